"""Mergers, splits, renamings and dissolutions: what one does is shown before it is done."""

from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils.formats import localize
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from agencies.models import Succession
from directives.forms.succession import SuccessionForm
from directives.models import Assignment
from directives.services.errors import DomainError
from directives.services.succeeding import plan_succession, succeed

from .refusals import lines_of, show_refusal, status_of


@require_http_methods(["GET", "HEAD", "POST"])
def succession(request):
    """Show what a change of agencies would do; carry it out when it is confirmed as shown."""
    if request.method != "POST":
        form = SuccessionForm(actor=request.user, initial={"predecessors": request.GET.get("predecessor", "")[:200]})
        return _page(request, form)
    form = SuccessionForm(request.POST, actor=request.user)
    if not form.is_valid():
        return _page(request, form, status=422)
    if request.POST.get("do") != "confirm":
        return _preview(request, form)
    try:
        plan = succeed(form.typed_act, actor=request.user, seen=request.POST.get("seen", ""))
    except DomainError as refusal:
        return _refused(request, form, refusal)
    messages.success(
        request,
        ngettext(
            "Recorded. %(count)s open report has moved.",
            "Recorded. %(count)s open reports have moved.",
            len(plan.moving),
        )
        % {"count": localize(len(plan.moving))},
    )
    return redirect("agencies:agency", plan.act.predecessors[0].pk)


def _refused(request, form, refusal):
    """Show the plan as it is now, with the reason; its own problems stand in it already."""
    plan = plan_succession(form.typed_act, actor=request.user)
    if not set(lines_of(refusal)) <= set(plan.problems):
        show_refusal(request, refusal)
    return _page(request, form, plan=plan, status=status_of(refusal))


def _preview(request, form):
    plan = plan_succession(form.typed_act, actor=request.user)
    return _page(request, form, plan=plan, status=422 if plan.problems else 200)


def _page(request, form, *, plan=None, status=200):
    context = {"form": form, "plan": plan}
    if plan:
        # Other desks' directives move too, but are counted only.
        seen = set(Assignment.objects.visible_to(request.user).values_list("pk", flat=True))
        context["words"] = Succession.Act(plan.act.act).label
        context["moving"] = [assignment for assignment in plan.moving if assignment.pk in seen]
        context["others"] = len(plan.moving) - len(context["moving"])
    return render(request, "directives/succession.html", context, status=status)
