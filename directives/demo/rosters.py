"""Rosters of some agencies of the demo: invented people; one roster has a hole, one puts somebody on two posts."""

from collections.abc import Callable
from datetime import datetime, time, timedelta
from functools import partial
from itertools import cycle

from alertdesk.lib import clock
from alertdesk.lib.duty import rotation
from directives.models import Assignment, RequiredAction, Shift, duty_window
from directives.services.rostering import check_in, put_roster, seen_roster

from . import people

Act = tuple[datetime, Callable[[], object]]
ROSTERED = (0, 1, 2, 3, 4, 5, 7, 9, 11, 12, 15, 18, 21, 26)  # places in Kính gửi
WITH_A_HOLE, WITH_TWO_POSTS = 2, 5
FORGETFUL = (3, 27)  # positions of the agencies whose people do not confirm by themselves
POST, SECOND_POST = "Trực giám sát an toàn thông tin", "Trực cổng, trang thông tin điện tử"
FAMILIES = ("Nguyễn", "Trần", "Lê", "Phạm", "Võ", "Đặng", "Bùi")
GIVEN = ("Văn An", "Thị Bình", "Minh Châu", "Quốc Dũng", "Thu Hà", "Đức Huy", "Ngọc Lan", "Hoài Nam", "Thanh Tâm")


def tell(assignments: list[Assignment]) -> list[Act]:
    """Return the writing of each roster with its moment: after the answers, before the reports are sent."""
    return [
        (clock.local(2023, 4, 27, 13, place), partial(_write, assignments[place], place))
        for place in ROSTERED
        if place < len(assignments)
    ]


def _write(assignment: Assignment, place: int) -> None:
    assignment = Assignment.objects.select_related("directive").get(pk=assignment.pk)
    shifts = _shifts(assignment, place)
    if place == WITH_A_HOLE:
        del shifts[3]
    actor = people.officer_of(assignment.agency)
    put_roster(assignment, actor=actor, seen=seen_roster(assignment), shifts=shifts)


def _shifts(assignment: Assignment, place: int) -> list[Shift]:
    answer = assignment.answers.filter(action__kind=RequiredAction.Kind.LAYERS_AND_DUTY).first()
    team = _team(place, (answer and answer.extra) or 4)
    if place != WITH_TWO_POSTS:
        return _turns(assignment, POST, team)
    second = _turns(assignment, SECOND_POST, team[2:], hours=24)
    second[2].name, second[2].telephone = team[0]
    return _turns(assignment, POST, team[:2]) + second


def _turns(assignment: Assignment, post: str, team: list[tuple[str, str]], hours: int = 12) -> list[Shift]:
    window = duty_window(assignment.directive)
    turns = rotation(window.starts_at, window.ends_at, length=timedelta(hours=hours), change_at=time(7))
    backups = cycle([*team[1:], team[0]])
    return [
        Shift(
            post=post,
            name=name,
            telephone=telephone,
            starts_at=start,
            ends_at=end,
            backup_name=backup[0],
            backup_telephone=backup[1],
        )
        for (start, end), (name, telephone), backup in zip(turns, cycle(team), backups, strict=False)
    ]


def _team(place: int, count: int) -> list[tuple[str, str]]:
    """Return invented people: another mixture of names in each agency, telephones that nobody has."""
    return [
        (
            f"{FAMILIES[(place + n * 3) % len(FAMILIES)]} {GIVEN[(place * 2 + n) % len(GIVEN)]}",
            f"0900.{place:03d}.{n:03d}",
        )
        for n in range(count)
    ]


def check_in_until(moment: datetime) -> None:
    """Let the people on duty confirm to be there in each shift that began by a moment; some agencies forget.

    What was confirmed after that moment is undone, since the clock of the demo also goes back.
    """
    Shift.objects.filter(checked_in_at__gt=moment).update(checked_in_at=None)
    for shift in Shift.objects.missed(moment).exclude(assignment__position__in=FORGETFUL):
        with clock.frozen(shift.starts_at + timedelta(minutes=1 + shift.pk % 20)):
            check_in(shift)
