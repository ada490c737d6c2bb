"""Look again, just before sending, which notices of a message still say something true."""

from collections.abc import Iterable

from django.db.models import Exists, OuterRef

from agencies.models import User
from alertdesk.lib import clock
from directives.models import CalendarOverride, Delivery, DirectiveState, Notice, State, duty_window

from .content import with_content
from .duties import NO_LONGER_ASKED, links_of, owes_roster
from .news import load_news
from .planning import NEWS

Kind = Notice.Kind
# A message of one of these kinds does not stand in for an earlier reminder.
NOT_INSTEAD = (
    Kind.INVITATION, Kind.REPLY, Kind.RECALLED, Kind.ACCEPTED, Kind.ROSTER, Kind.CHECK_IN, Kind.ALSO_OPEN,
    Kind.ESCALATED,
)  # fmt: skip
# What is true only together with the state that it tells of.
STATE_OF_NEWS = {Kind.RECALLED: State.WITHDRAWN, Kind.ACCEPTED: State.ACCEPTED}


def needed_of(batch: Iterable[Delivery]) -> dict[int, list[Notice]]:
    """Return, per delivery, the notices that are still right: the answer owed, nothing newer planned since.

    What only comes along with a reminder about something else is no reason to write.
    """
    newer = Notice.objects.exclude(kind__in=NOT_INSTEAD).filter(
        assignment=OuterRef("assignment"),
        cycle=OuterRef("cycle"),
        address=OuterRef("address"),
        planned_at__gt=OuterRef("planned_at"),
        planned_at__lte=clock.now(),  # a clock that ran ahead may have planned for days to come
    )
    notices = with_content(Notice.objects.filter(delivery__in=[d.pk for d in batch]))
    notices = list(notices.annotate(is_overtaken=Exists(newer)))
    load_news(notices)
    look = _SecondLook(notices)
    found: dict[int, list[Notice]] = {}
    for notice in notices:
        if look.is_right(notice):
            found.setdefault(notice.delivery_id, []).append(notice)
    return {pk: own for pk, own in found.items() if any(notice.kind != Kind.ALSO_OPEN for notice in own)}


class _SecondLook:
    """Asks once for all notices what the single one cannot tell."""

    def __init__(self, notices: list[Notice]):
        self._waiting = _not_yet_seen(notices)
        asks_for_roster = any(notice.kind == Kind.ROSTER for notice in notices)
        self._overrides = CalendarOverride.objects.as_mapping() if asks_for_roster else {}

    def is_right(self, notice: Notice) -> bool:
        """Whether a notice still says something true: an open invitation, news that stand, something still owed."""
        if notice.kind == Kind.INVITATION:
            return notice.address in self._waiting
        if notice.kind in NEWS:
            return _stands(notice)
        if notice.kind == Kind.CHECK_IN:
            return _is_in_force(notice) and _is_to_confirm(notice)
        if notice.kind == Kind.ROSTER:
            window = duty_window(notice.assignment.directive, self._overrides)
            return _is_in_force(notice) and owes_roster(notice.assignment, window)
        return _is_owed(notice)


def _stands(notice: Notice) -> bool:
    """Whether the state is the one that news tell of; other news are right as long as a report is asked for."""
    state = notice.assignment.state
    wanted = STATE_OF_NEWS.get(Kind(notice.kind))
    return state == wanted if wanted else state != State.WITHDRAWN


def _is_in_force(notice: Notice) -> bool:
    return notice.assignment.directive.state == DirectiveState.ISSUED


def _is_to_confirm(notice: Notice) -> bool:
    is_asked = notice.occasion == clock.today() and notice.assignment.state not in NO_LONGER_ASKED
    return is_asked and bool(links_of(notice, clock.now()))


def _is_owed(notice: Notice) -> bool:
    assignment = notice.assignment
    is_open = assignment.owes_answer and _is_in_force(notice)
    # What a head is told stays right whatever else the address was told since.
    is_latest = notice.kind == Kind.ESCALATED or not notice.is_overtaken
    return is_open and assignment.cycle == notice.cycle and is_latest


def _not_yet_seen(notices: Iterable[Notice]) -> set[str]:
    """Return the invited addresses whose account has never been used."""
    invited = [notice.address for notice in notices if notice.kind == Kind.INVITATION]
    never_used = User.objects.filter(email__in=invited, is_active=True, last_login__isnull=True)
    return set(never_used.values_list("email", flat=True))
