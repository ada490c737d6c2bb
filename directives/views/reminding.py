"""The desk reminds a selection of agencies: first exactly who gets what, then one act, then what became of it."""

from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_safe

from alertdesk.lib import clock
from directives.models import CalendarOverride
from directives.reminders.preview import previews
from directives.reports.board import board
from directives.reports.board_filters import Filters
from directives.reports.reminded import reminded_today
from directives.services.reminding import remind_now, sort_out

from .desk import directive_kept, rows_of, ticked


@require_http_methods(["GET", "HEAD", "POST"])
def remind(request, pk):
    """Show who would be reminded with which words, and who not and why; a POST sends it."""
    directive = directive_kept(request, pk)
    if request.method == "POST":
        outcome = remind_now(ticked(directive, request.POST), actor=request.user)
        _tell(request, outcome)
        return redirect("directives:reminded", pk)
    chosen = _chosen(directive, request.GET)
    if not chosen:
        messages.warning(request, _("Tick at least one agency that owes a report, or remind all that are shown."))
        return redirect("directives:board", pk)
    outcome = sort_out(chosen)
    letters = previews(outcome.due, clock.now(), CalendarOverride.objects.as_mapping())
    return render(request, "directives/remind.html", {"directive": directive, "outcome": outcome, "letters": letters})


@require_safe
def reminded(request, pk):
    """Show agency by agency what became of the desk's reminders of today."""
    directive = directive_kept(request, pk)
    rows = reminded_today(directive, clock.today())
    return render(request, "directives/reminded.html", {"directive": directive, "rows": rows})


def _chosen(directive, query):
    """Return the ticked assignments, or all that the board's filters in the URL show."""
    if "chosen" in query:
        return ticked(directive, query)
    shown = board(directive, now=clock.now(), filters=Filters.from_query(query)).rows
    return list(rows_of(directive, [row.assignment_id for row in shown]))


def _tell(request, outcome) -> None:
    count = len(outcome.due)
    if count:
        said = ngettext("%(count)d agency is being reminded.", "%(count)d agencies are being reminded.", count)
        messages.success(request, said % {"count": count})
    for reason, names in outcome.left_out_by_reason:
        messages.warning(request, f"{reason}: {', '.join(names)}.")
