"""The desk tells the heads of late agencies: first exactly who gets what, then one act."""

from urllib.parse import urlencode

from django.contrib import messages
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from alertdesk.lib import clock
from directives.models import CalendarOverride, Notice
from directives.reminders.preview import previews
from directives.services.escalating import escalate, sort_out_late

from .desk import directive_kept, rows_of, ticked


@require_http_methods(["GET", "HEAD", "POST"])
def escalation(request, pk):
    """Show whose head would be told with which words, and whose not and why; a POST sends it."""
    directive = directive_kept(request, pk)
    if request.method == "POST":
        outcome = escalate(ticked(directive, request.POST), actor=request.user)
        _tell(request, outcome)
        return redirect(f"{reverse('directives:reminders', args=[pk])}?{urlencode({'kind': Notice.Kind.ESCALATED})}")
    chosen = ticked(directive, request.GET) if "a" in request.GET else _late(directive)
    outcome = sort_out_late(chosen)
    calendar = CalendarOverride.objects.as_mapping()
    letters = previews(outcome.due, clock.now(), calendar, kind=Notice.Kind.ESCALATED)
    return render(request, "directives/escalate.html", {"directive": directive, "outcome": outcome, "letters": letters})


def _late(directive):
    """Return all late agencies of the directive's board."""
    late = directive.assignments.overdue(clock.now()).values_list("pk", flat=True)
    return list(rows_of(directive, late))


def _tell(request, outcome) -> None:
    count = len(outcome.due)
    if count:
        said = ngettext(
            "The head of %(count)d agency is being told.", "The heads of %(count)d agencies are being told.", count
        )
        messages.success(request, said % {"count": count})
    for reason, names in outcome.left_out_by_reason:
        messages.warning(request, f"{reason}: {', '.join(names)}.")
