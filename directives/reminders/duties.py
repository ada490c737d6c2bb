"""What is read of duty rosters: for the planner, and for what a message says of them."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import F, Min
from django.utils.translation import gettext as _

from alertdesk.lib.clock import ZONE
from alertdesk.lib.duty import Fault, findings
from alertdesk.lib.working_days import Overrides
from directives.models import (
    REPORTED,
    WITH_REASON,
    Assignment,
    Directive,
    DutyWindow,
    Notice,
    RequiredAction,
    Shift,
    State,
)
from directives.services.check_in_links import check_in_link
from directives.templatetags.alertdesk import vn_date

from .addresses import addresses_of
from .duty_planning import Duty, Turn, is_of_day, is_of_interest
from .occasions import Rules
from .planning import TELLING

NO_LONGER_ASKED = (State.WITHDRAWN, State.LAPSED)
Kind = Notice.Kind
ABOUT_DUTY = (Kind.ROSTER, Kind.CHECK_IN, Kind.MANUAL)
NAMED_HOLES = 3


@dataclass(frozen=True)
class Link:
    """One shift of a check-in message: when, on which post, who by given name, and where to confirm."""

    hours: str
    post: str
    name: str
    url: str


def read_duties(now: datetime, overrides: Overrides, rules: dict[int, Rules]) -> list[Duty]:
    """Return the duties of the directives (by id) whose plan may send something about them on this day."""
    chosen = [pk for pk, own in rules.items() if is_of_interest(own, now, overrides)]
    if not chosen:
        return []
    rows = _rows(chosen)
    addresses = addresses_of(rows, now.astimezone(ZONE).date())
    told, first_at = _told_today(rows, now), _first_told(rows, now)
    return [
        Duty(
            assignment_id=row.pk,
            cycle=row.cycle,
            rules=rules[row.directive_id],
            lacks_roster=owes_roster(row, DutyWindow(*rules[row.directive_id].holiday)),
            addresses=tuple(addresses[row.pk]),
            turns=tuple(_turns(row, addresses[row.pk])),
            told=frozenset(told.get(row.pk, ())),
            first_at=first_at.get(row.pk, {}),
        )
        for row in rows
    ]


@dataclass(frozen=True)
class OnDuty:
    """How many agencies of a directive lack a roster today, and how many have somebody to confirm on each day."""

    lacking: int
    by_day: dict[date, int]


def read_on_duty(directive: Directive, rules: Rules) -> OnDuty:
    """Count what the planner would send about duty if nothing changed."""
    if not rules.holiday:
        return OnDuty(0, {})
    rows = _rows([directive.pk])
    window, by_day = DutyWindow(*rules.holiday), Counter()
    for row in rows:
        open_shifts = [shift for shift in row.shifts.all() if shift.checked_in_at is None]
        by_day.update({shift.starts_at.astimezone(ZONE).date() for shift in open_shifts})
    return OnDuty(sum(owes_roster(row, window) for row in rows), dict(by_day))


def _rows(directives: list[int]) -> list[Assignment]:
    rows = Assignment.objects.filter(directive__in=directives).exclude(state__in=NO_LONGER_ASKED)
    rows = rows.select_related("directive", "responsible_agency")
    return list(rows.prefetch_related("shifts__person", "answers__action"))


def _told_today(rows: list[Assignment], now: datetime) -> dict[int, set[tuple[str, str]]]:
    """Return what was said of duty today; a reminder by hand tells what the roster lacks, too."""
    today = now.astimezone(ZONE).date()
    told: dict[int, set[tuple[str, str]]] = {}
    notices = Notice.objects.filter(assignment__in=rows, kind__in=ABOUT_DUTY, occasion=today).order_by()
    for pk, kind, address in notices.values_list("assignment", "kind", "address"):
        told.setdefault(pk, set()).add((Kind.ROSTER if kind == Kind.MANUAL else kind, address))
    return told


def _first_told(rows: list[Assignment], now: datetime) -> dict[int, dict[str, datetime]]:
    """Return when each address was first told of the current cycle."""
    of_cycle = Notice.objects.filter(assignment__in=rows, cycle=F("assignment__cycle"), planned_at__lte=now)
    notices = of_cycle.filter(kind__in=TELLING).order_by()
    told: dict[int, dict[str, datetime]] = {}
    for pk, address, at in notices.values_list("assignment", "address").annotate(at=Min("planned_at")):
        told.setdefault(pk, {})[address] = at
    return told


def _turns(row: Assignment, addresses: list[str]) -> Iterable[Turn]:
    for shift in row.shifts.all():
        if shift.checked_in_at is None:
            for address in _confirming(shift, row) or addresses:
                yield Turn(shift.starts_at, shift.ends_at, address)


def _confirming(shift: Shift, row: Assignment) -> list[str]:
    """Return where the link of a shift goes: its person's own address, else the agency's mailbox, else nowhere."""
    found = (shift.person.email if shift.person else "") or row.responsible_agency.mailbox
    return [found.lower()] if found else []


def links_of(notice: Notice, now: datetime) -> list[Link]:
    """Return the unconfirmed shifts of this day whose links go to the address of a notice."""
    row = notice.assignment
    own = [shift for shift in row.shifts.all() if shift.checked_in_at is None and is_of_day(shift, now)]
    return [
        Link(_hours(shift), shift.post, shift.given_name, check_in_link(shift.pk))
        for shift in own
        if notice.address in (_confirming(shift, row) or [notice.address])
    ]


def _hours(shift: Shift) -> str:
    start, end = shift.starts_at.astimezone(ZONE), shift.ends_at.astimezone(ZONE)
    return f"{start:%H:%M %d/%m} – {end:%H:%M %d/%m}"


def owes_roster(row: Assignment, window: DutyWindow | None) -> bool:
    """Whether an agency is asked for a roster and leaves hours of its days of duty open.

    Units owe none, nor does who said why no duty is needed, or who reported without writing one here.
    """
    if window is None or row.parent_id or row.state in NO_LONGER_ASKED or not _is_asked(row):
        return False
    shifts = list(row.shifts.all())
    return bool(_holes(shifts, window)) if shifts else row.state not in REPORTED


def _is_asked(row: Assignment) -> bool:
    about_duty = (one for one in row.answers.all() if one.action.kind == RequiredAction.Kind.LAYERS_AND_DUTY)
    return any(answer.status not in WITH_REASON for answer in about_duty)


def _holes(shifts: Iterable[Shift], window: DutyWindow) -> list[tuple[datetime, datetime]]:
    """Return the stretches of the days of duty in which nobody stands on a post."""
    watches = [shift.watch for shift in shifts]
    found = findings(watches, starts_at=window.starts_at, ends_at=window.ends_at, posts=())
    return [(one.starts_at, one.ends_at) for one in found if one.fault is Fault.GAP]


def roster_lacks(row: Assignment, window: DutyWindow | None, now: datetime) -> list[str]:
    """Say what the roster of an assignment lacks while its days of duty are not over; nothing where it is whole."""
    if window is None or now >= window.ends_at or not owes_roster(row, window):
        return []
    holes = _holes(row.shifts.all(), window)
    if not holes:
        days = {"first": vn_date(window.first), "last": vn_date(window.last)}
        return [_("No duty roster yet for %(first)s to %(last)s") % days]
    named = [_("Nobody on duty %(from)s – %(to)s") % {"from": _moment(a), "to": _moment(b)} for a, b in holes]
    return named if len(named) <= NAMED_HOLES else [*named[:NAMED_HOLES], "…"]


def _moment(moment: datetime) -> str:
    return f"{moment.astimezone(ZONE):%H:%M %d/%m}"
