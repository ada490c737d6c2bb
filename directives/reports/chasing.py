"""Whom the desk has to follow up: the owing agencies in three groups, on a page, on paper or as plain text."""

from dataclasses import dataclass

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from alertdesk.lib import clock
from directives.models import State

from .board import Board, Row

GROUPS = (
    ((State.SENT,), gettext_lazy("Not yet received")),
    ((State.ACKNOWLEDGED, State.IN_PROGRESS, State.AWAITING_APPROVAL), gettext_lazy("Received, report not sent")),
    ((State.RETURNED,), gettext_lazy("More is asked for")),
)


@dataclass(frozen=True)
class Group:
    """Owing agencies that are equally far, in the order of the board."""

    title: str
    rows: tuple[Row, ...]


def groups(board: Board) -> tuple[Group, ...]:
    """Return the groups that have any agency."""
    found = (Group(str(title), tuple(row for row in board.rows if row.state in states)) for states, title in GROUPS)
    return tuple(group for group in found if group.rows)


def chase_text(board: Board) -> str:
    """Write the groups as plain text to paste into a chat: name, telephone, lateness, one agency a line."""
    directive, numbers = board.directive, board.numbers
    head = [
        _("To be followed up – directive %(number)s: %(subject)s")
        % {"number": directive.full_number, "subject": directive.subject},
        _("Deadline: %(deadline)s. As of %(now)s: %(reported)d of %(agencies)d agencies have reported.")
        % {
            "deadline": _moment(directive.deadline),
            "now": _moment(board.now),
            "reported": numbers.reported,
            "agencies": numbers.agencies,
        },
    ]
    return "\n".join([*head, *(line for group in groups(board) for line in _lines(group))])


def _moment(moment) -> str:
    here = timezone.localtime(moment, clock.ZONE)
    return f"{here:%H:%M} {here.day}/{here.month}/{here.year}"


def _lines(group: Group) -> list[str]:
    return ["", f"{group.title} ({len(group.rows)}):", *(_line(row) for row in group.rows)]


def _line(row: Row) -> str:
    return " – ".join(part for part in (f"- {row.name}", row.telephone, _extended(row), _late(row)) if part)


def _extended(row: Row) -> str:
    return _("more time until %(until)s") % {"until": _moment(row.extended_until)} if row.extended_until else ""


def _late(row: Row) -> str:
    if not row.late:
        return ""
    if not row.days_late:
        return _("just past the deadline")
    return ngettext("%(days)s day late", "%(days)s days late", row.days_late) % {"days": row.days_late}
