"""Change an issued directive: what is typed is shown as differences first, then confirmed."""

from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils.formats import localize
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from directives.forms.amending import ACTING, AmendmentSheet
from directives.models import DirectiveState
from directives.reports.amendments import differences_of
from directives.services.amending import RELEASED, amend_directive, plan_amendment
from directives.services.errors import DomainError, Overtaken

from .desk import directive_kept
from .refusals import UNPROCESSABLE, add_refusal


@require_http_methods(["GET", "HEAD", "POST"])
def directive_amend(request, pk):
    """Show the directive to be changed, then what would change, then change it; nothing typed is lost."""
    directive = directive_kept(request, pk)
    if request.method != "POST":
        return _first_page(request, directive)
    act = request.POST.get("do", "preview")
    if act not in ACTING:
        return _page(request, AmendmentSheet.rearranged(directive, request.POST, act))
    sheet = AmendmentSheet.typed(directive, request.POST)
    if not sheet.is_valid():
        return _page(request, sheet, status=UNPROCESSABLE)
    try:
        if act == "confirm" and request.POST.get("seen") == sheet.digest:
            return _amend(request, sheet)
        plan = plan_amendment(directive, actor=request.user, version=sheet.version, wanted=sheet.wanted)
    except DomainError as refusal:
        return _refused(request, pk, sheet, refusal)
    return _page(request, sheet, plan=plan, has_moved=act == "confirm")


def _first_page(request, directive):
    if directive.state != DirectiveState.ISSUED:
        messages.warning(request, _("Only a directive that has been issued and not ended can be changed here."))
        return redirect("directives:detail", directive.pk)
    return _page(request, AmendmentSheet.saved(directive))


def _amend(request, sheet):
    """Change the directive and go back to it."""
    directive = sheet.directive
    amendment = amend_directive(
        directive, actor=request.user, version=sheet.version, wanted=sheet.wanted, **sheet.grounds
    )
    told = amendment.directive.assignments.exclude(state__in=RELEASED).count()
    messages.success(
        request,
        ngettext("Changed; %(count)s agency is told.", "Changed; %(count)s agencies are told.", told)
        % {"count": localize(told)},
    )
    return redirect("directives:detail", directive.pk)


def _refused(request, pk, sheet, refusal):
    """Show the page as typed; where someone else was faster, with what stands now beside it."""
    if isinstance(refusal, Overtaken):
        sheet = AmendmentSheet.typed(directive_kept(request, pk), request.POST)
        sheet.is_valid()
        sheet.compare()
    return _page(request, sheet, status=add_refusal(sheet.document, refusal))


def _page(request, sheet, *, status=200, plan=None, has_moved=False):
    context = {
        "sheet": sheet,
        "directive": sheet.directive,
        "plan": plan,
        "has_moved": has_moved,
        "differences": differences_of(plan.changes) if plan else (),
    }
    return render(request, "directives/directive_amend.html", context, status=status)
