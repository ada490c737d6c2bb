"""The plan of reminders of a directive: a calendar of what goes out when, and the form that changes it."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from alertdesk.lib import clock
from directives.forms.planning import ReplanForm, SkipDayForm
from directives.models import CalendarOverride, Directive, DirectiveState
from directives.reminders.plans import as_rules
from directives.reports.reminder_plan import plan_calendar
from directives.services.errors import DomainError
from directives.services.replanning import plan_of, replan

from .desk import directive_kept
from .refusals import UNPROCESSABLE, add_refusal

GET_AND_POST = ("GET", "HEAD", "POST")


@require_http_methods(GET_AND_POST)
def plan(request, pk):
    """Show which reminders go out on which day; the desk changes the plan, or leaves out a single day."""
    directive = directive_kept(request, pk)
    if directive.is_draft:
        return redirect("directives:edit", pk)
    if request.method != "POST":
        return _page(request, directive)
    if request.POST.get("do") == "skip":
        return _skip(request, directive)
    form = ReplanForm(request.POST)
    if not form.is_valid():
        return _page(request, directive, form, UNPROCESSABLE)
    fields = dict(form.cleaned_data)
    try:
        replan(directive, actor=request.user, **fields)
    except DomainError as refusal:
        return _page(request, directive, form, add_refusal(form, refusal))
    messages.success(request, _("The plan is changed. The calendar shows it as it is now."))
    return redirect("directives:plan", pk)


def _skip(request: HttpRequest, directive: Directive) -> HttpResponse:
    """Leave a day out, or take it in again."""
    form = SkipDayForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("Choose a day in the calendar."))
        return _page(request, directive, status=UNPROCESSABLE)
    days = form.skipped_after(plan_of(directive))
    try:
        replan(directive, actor=request.user, seen=form.cleaned_data["seen"], skipped=days)
    except DomainError as refusal:
        shown = ReplanForm.shown(plan_of(directive))
        messages.error(request, str(refusal))
        return _page(request, directive, shown, add_refusal(form, refusal))
    day = form.cleaned_data["day"]
    said = _("Nothing is sent on %(day)s.") if day in days else _("On %(day)s reminders are sent again.")
    messages.success(request, said % {"day": f"{day:%d/%m/%Y}"})
    return redirect("directives:plan", directive.pk)


def _page(request: HttpRequest, directive: Directive, form: ReplanForm | None = None, status: int = 200):
    overrides, kept = CalendarOverride.objects.as_mapping(), plan_of(directive)
    rules = as_rules(kept, directive, overrides)
    context = {
        "directive": directive,
        "kept": kept,
        "calendar": plan_calendar(directive, rules, now=clock.now(), overrides=overrides),
        "form": form or ReplanForm.shown(kept),
        "may_change": directive.state == DirectiveState.ISSUED,
    }
    return render(request, "directives/plan.html", context, status=status)
