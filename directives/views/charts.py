"""The charts of one directive."""

from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from agencies.models import Agency
from alertdesk.lib import clock
from directives.reports import charts as drawn
from directives.reports.coverage import coverage
from directives.reports.summary import summary

from .desk import directive_seen


@require_safe
def charts(request, pk):
    """Draw how the reports come in, each chart with its table, and count how far the protection reaches."""
    directive = directive_seen(request, pk)
    read = summary(directive, now=clock.now())
    context = {
        "directive": directive,
        "read": read,
        "cover": coverage(directive),
        "days": drawn.by_day(read.progress),
        "groups": drawn.by_group(read, dict(Agency.Kind.choices)),
        "actions": drawn.by_action(read),
        "group_key": _key(_("Acknowledged by the desk"), _("Sent, not acknowledged yet"), _("No report yet")),
        "action_key": _key(_("Done, or nothing to do"), _("Partly done"), _("No result yet")),
    }
    return render(request, "directives/charts.html", context)


def _key(full: str, light: str, open_: str) -> list[tuple[str, str]]:
    return [(drawn.FULL, full), (drawn.LIGHT, light), (drawn.OPEN, open_)]
