"""The demo town's units: six invented communes with an account, nine without one, and how far each is."""

from collections.abc import Callable
from datetime import date, datetime
from functools import partial

from agencies.models import Agency, AgencyName
from alertdesk.lib import clock
from directives.models import AnswerStatus, Assignment, RequiredAction, UnitRow, Verdict
from directives.services.answering import acknowledge, save_answer
from directives.services.cascading import pass_on
from directives.services.extending import ask_extension
from directives.services.reviewing import finish_review
from directives.services.submitting import submit_report

from . import people, texts

Act = tuple[datetime, Callable[[], object]]
TOWN = "UBND thành phố Quy Nhơn"
NAME = "xã Minh họa"
COURSES = ("accepted", "submitted", "returned", "working", "received", "silent")
ALL = 15
PASSED_ON_AT = clock.local(2023, 4, 26, 15)
DUE = clock.local(2023, 4, 27, 17)
STEPS = {
    "accepted": ("read", "write", "send", "accept"),
    "submitted": ("read", "write", "send"),
    "returned": ("read", "write", "send", "return"),
    "working": ("read", "begin"),
    "received": ("read", "wait"),
    "silent": (),
}
HOURS = {
    "read": (26, 16),
    "write": (27, 8),
    "begin": (27, 8),
    "send": (27, 10),
    "accept": (27, 15),
    "return": (27, 15),
    "wait": (27, 16),
}
WHY_MORE_TIME = "Cán bộ phụ trách đi vắng, chờ tổng hợp số liệu của các thôn."
ASKED = "Đề nghị ghi rõ số máy đã cập nhật."


def open_units() -> None:
    """Make the communes that have an account, each with its officer."""
    town = Agency.objects.get(names__name=TOWN)
    for number in range(1, len(COURSES) + 1):
        unit = Agency.objects.create(kind=Agency.Kind.COMMUNE, parent=town, place=town.place)
        AgencyName.objects.create(
            agency=unit, name=f"UBND {NAME} {number}", short_name=f"UBND {NAME} {number}", symbol="UBND"
        )
        people.open_agency(unit)


def tell(assignments: list[Assignment]) -> list[Act]:
    """Return the acts of the town and its communes with their moments, unsorted."""
    town = next(assignment for assignment in assignments if assignment.agency_name == TOWN)
    acts: list[Act] = [
        (PASSED_ON_AT, partial(_pass_on, town)),
        (clock.local(2023, 4, 27, 11, 30), partial(_list_units, town)),
    ]
    for place, course in enumerate(COURSES):
        for step in STEPS[course]:
            day, hour = HOURS[step]
            acts.append((clock.local(2023, 4, day, hour, 5 + place), partial(_ACTS[step], town, place)))
    return acts


def _pass_on(town: Assignment) -> None:
    units = list(Agency.objects.answering_under(town.agency, clock.today()).order_by("pk"))
    pass_on(town, actor=people.officer_of(town.agency), units=units, deadline=DUE)


def _list_units(town: Assignment) -> None:
    """Write down the communes without an account, as the telephone told."""
    answer = town.answers.get(action__kind=RequiredAction.Kind.CASCADE)
    rows = [
        UnitRow(
            name=f"UBND {NAME} {number}",
            sent_on=date(2023, 4, 26),
            is_received=number % 4 != 0,
            is_done=number % 3 == 0,
            machines=10 + number if number % 3 == 0 else None,
        )
        for number in range(len(COURSES) + 1, ALL + 1)
    ]
    save_answer(
        answer,
        actor=people.officer_of(town.agency),
        version=answer.version,
        status=AnswerStatus.PARTLY,
        note="Các xã còn lại báo cáo trong ngày 28/4.",
        reference="812/UBND-VHTT ngày 26/04/2023",
        rows=rows,
    )


def _child(town: Assignment, place: int) -> Assignment:
    return town.children.order_by("position")[place]


def _read(town, place) -> None:
    child = _child(town, place)
    acknowledge(child, actor=people.officer_of(child.agency))


def _write(town, place, *, only: int | None = None) -> None:
    child = _child(town, place)
    for answer in child.answers.select_related("action")[:only]:
        status, note, *_figures = texts.ANSWERS[answer.action.kind][0]
        save_answer(
            answer,
            actor=people.officer_of(child.agency),
            version=answer.version,
            status=status,
            note=note,
            total=12 + place,
            done=12 + place,
        )


def _send(town, place) -> None:
    child = _child(town, place)
    submit_report(child, actor=people.officer_of(child.agency))


def _decide(town, place, *, more: int | None = None) -> None:
    submission = _child(town, place).submission
    verdicts = {
        item.pk: (Verdict.MORE, ASKED) if item.action.position == more else (Verdict.OK, "")
        for item in submission.items.select_related("action")
    }
    finish_review(submission, actor=people.officer_of(town.agency), verdicts=verdicts)


def _ask_for_time(town, place) -> None:
    child = _child(town, place)
    until = clock.local(2023, 4, 28, 11)
    ask_extension(child, actor=people.officer_of(child.agency), until=until, reason=WHY_MORE_TIME)


_ACTS = {
    "read": _read,
    "write": _write,
    "begin": partial(_write, only=2),
    "send": _send,
    "accept": _decide,
    "return": partial(_decide, more=2),
    "wait": _ask_for_time,
}
