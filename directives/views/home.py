"""What each role sees first."""

from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from agencies.models import Role
from alertdesk.lib import clock
from directives.models import DirectiveState
from directives.reports.checklist import NextStep
from directives.reports.extensions import requests_to
from directives.reports.home import Desk, Work, desk, my_work
from directives.reports.incidents import figures_of, open_at_desk
from directives.reports.province import province
from directives.reports.province_roster import missed_now
from directives.reports.threads import count_questions
from directives.reports.told import unread_messages

NOTICES_SHOWN = 3


@require_safe
def home(request):
    """Show the person's own work, the desk's, and the state of the province: what their roles open."""
    roles, now = request.user.roles, clock.now()
    works_for_agency = bool(roles & {Role.OFFICER, Role.HEAD})
    work = _work_rows(my_work(request.user, now=now)) if works_for_agency else []
    read = desk(request.user, now=now) if roles & {Role.STAFF, Role.LEADER} else None
    context = {
        "now": now,
        "roles": roles,
        "works_for_agency": works_for_agency,
        "is_desk": Role.STAFF in roles,
        "is_leader": Role.LEADER in roles,
        "is_admin": Role.ADMIN in roles,
        "owed": [row for row in work if row["line"].owes],
        "ended": [row for row in work if not row["line"].owes],
        "notices": unread_messages(request.user, NOTICES_SHOWN) if works_for_agency else (),
        "desk": read,
        "province": province(read.in_progress, now=now) if Role.LEADER in roles else (),
        "lately_ended": _lately_ended(read),
        "incidents": open_at_desk(request.user, now=now) if Role.STAFF in roles else (),
        "incident_figures": _incident_figures(read, now) if Role.STAFF in roles else [],
        "questions": count_questions(request.user) if Role.STAFF in roles else 0,
        "extensions": requests_to(request.user) if Role.STAFF in roles else (),
        "missed": missed_now(request.user, now=now) if Role.STAFF in roles else (),
    }
    return render(request, "directives/home.html", context)


def _work_rows(work: tuple[Work, ...]) -> list[dict]:
    """Return each assignment with the page where it goes on: the check page once there is nothing to write."""
    checking = (NextStep.CHECK, NextStep.APPROVE)
    return [
        {
            "line": line,
            "url": reverse(
                "directives:check" if line.next_step in checking else "directives:assignment", args=[line.assignment_id]
            ),
        }
        for line in work
    ]


def _incident_figures(read: Desk, now) -> list[tuple]:
    """Return each directive in progress with its incidents."""
    found = figures_of([(line.directive_id, None) for line in read.in_progress], now=now)
    return [(line, found[line.directive_id]) for line in read.in_progress]


def _lately_ended(read: Desk | None) -> list:
    closed = (DirectiveState.CLOSED, DirectiveState.RECALLED, DirectiveState.SUPERSEDED)
    return [line for line in read.ended if line.state in closed] if read else []
