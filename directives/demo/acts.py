"""Who does what until 09:00 on 28/4/2023: each agency follows one of a few courses, so that every state is there."""

from collections.abc import Callable
from datetime import date, datetime
from functools import partial

from django.core.files.uploadedfile import SimpleUploadedFile

from agencies.models import User
from alertdesk.lib import clock
from directives.models import Assignment, RecordedReport, RequiredAction, Verdict
from directives.services.answering import acknowledge, add_evidence, save_answer
from directives.services.calling import log_call
from directives.services.extending import ask_extension
from directives.services.recording import record_report
from directives.services.releasing import remove_recipient
from directives.services.remarking import write_remark
from directives.services.reviewing import finish_review
from directives.services.submitting import ask_approval, submit_report

from . import people, texts
from .rows import rows_for

Act = tuple[datetime, Callable[[], object]]
# The course of each recipient in the order of Kính gửi; the story's officer is the third (Sở Nội vụ).
COURSES = (
    "accepted",
    "accepted",
    "working",
    "accepted",
    "submitted",
    "returned",
    "working",
    "accepted",
    "received",
    "submitted",
    "silent",
    "accepted",
    "working",
    "returned",
    "recorded",
    "accepted",
    "received",
    "silent",
    "submitted",
    "redoing",
    "withdrawn",
    "approval",
    "working",
    "silent",
    "received",
    "approval",
    "submitted",
    "silent",
    "recorded",
    "working",
    "received",
    "silent",
)
CALLED = (11, 18, 24)
WANTS_TIME = 16


def tell(assignments: list[Assignment], staff: tuple[User, User]) -> list[Act]:
    """Return every act of the story with its moment, unsorted."""
    acts: list[Act] = []
    for index, assignment in enumerate(assignments):
        acts += _course(COURSES[index % len(COURSES)], index, assignment, staff)
        if index in CALLED:
            acts.append((clock.local(2023, 4, 28, 8, 20 + index), partial(_call, assignment, staff[0], index)))
        if index == WANTS_TIME:
            acts.append((clock.local(2023, 4, 28, 8, 15), partial(_ask_for_time, assignment)))
    for index, position, moment, by_desk, text in texts.REMARKS:
        acts.append((moment, partial(_remark, assignments[index], position, staff[0] if by_desk else None, text)))
    return acts


def _course(name: str, index: int, assignment: Assignment, staff: tuple[User, User]) -> list[Act]:
    """Return one agency's acts; `index` spreads the moments and varies the answers."""
    moments = {
        "read": clock.local(2023, 4, 26, 14, 10 + index),
        "write": clock.local(2023, 4, 27, 8 + index % 3, index),
        "send": clock.local(2023, 4, 27, 14 + index % 3, index),
        "review": clock.local(2023, 4, 28, 7, 30 + index % 20),
        "again": clock.local(2023, 4, 28, 8, 30 + index % 20),
    }
    steps = {
        "silent": [],
        "received": ["read"],
        "working": ["read", "half"],
        "submitted": ["read", "write", "send"],
        "approval": ["read", "write", "ask"],
        "accepted": ["read", "write", "send", "accept"],
        "returned": ["read", "write", "send", "return"],
        "redoing": ["read", "write", "send", "return", "again"],
        "recorded": ["record"],
        "withdrawn": ["withdraw"],
    }[name]
    return [(moments[_WHEN.get(step, step)], partial(_STEPS[step], assignment, index, staff)) for step in steps]


_WHEN = {"half": "write", "ask": "send", "accept": "review", "return": "review", "record": "review", "withdraw": "send"}


def _read(assignment, index, staff) -> None:
    User.objects.filter(pk=people.officer_of(assignment.agency).pk).update(last_login=clock.now())
    acknowledge(
        _fresh(assignment),
        actor=people.officer_of(assignment.agency),
        incoming_number=f"{410 + index}",
        incoming_on=date(2023, 4, 26),
    )


def _write(assignment, index, staff, *, only: int | None = None) -> None:
    actor = people.officer_of(assignment.agency)
    for answer in assignment.answers.select_related("action", "assignment__responsible_agency")[:only]:
        choices = texts.ANSWERS[answer.action.kind]
        status, note, total, done, extra, reference = choices[(index + answer.action.position) % len(choices)]
        save_answer(
            answer,
            actor=actor,
            version=answer.version,
            status=status,
            note=note,
            total=total,
            done=done,
            extra=extra,
            reference=reference,
            rows=rows_for(answer, status=status, pending=(total or 0) - (done or 0), index=index),
        )
        if answer.action.position in (2, 3) and total:
            add_evidence(answer, SimpleUploadedFile("minh-chung-minh-hoa.txt", texts.EVIDENCE.encode()), actor=actor)


def _half(assignment, index, staff) -> None:
    _write(assignment, index, staff, only=2 + index % 2)


def _ask(assignment, index, staff) -> None:
    ask_approval(_fresh(assignment), actor=people.officer_of(assignment.agency))


def _send(assignment, index, staff) -> None:
    submit_report(
        _fresh(assignment),
        actor=people.officer_of(assignment.agency),
        signed_number=f"{100 + index}/BC",
        signed_on=date(2023, 4, 27),
    )


def _review(assignment, index, staff, *, more: int | None = None) -> None:
    submission = _fresh(assignment).submission
    items = list(submission.items.select_related("action"))
    verdicts = {
        item.pk: (Verdict.MORE, texts.REASON) if item.action.position == more else (Verdict.OK, "") for item in items
    }
    # The desk has the signed commitments of the portals before it and compares them.
    verified = {item.pk for item in items if item.action.kind == RequiredAction.Kind.PORTALS and item.has_figures}
    note = texts.REVIEW_NOTE if more else ""
    finish_review(submission, actor=staff[index % 2], verdicts=verdicts, verified=verified, note=note)


def _return(assignment, index, staff) -> None:
    _review(assignment, index, staff, more=2)


def _record(assignment, index, staff) -> None:
    items = [
        {"action": action, "status": texts.ANSWERS[action.kind][0][0], "note": "Theo báo cáo gửi ngoài hệ thống."}
        for action in assignment.directive.actions.all()
    ]
    channels = (RecordedReport.Channel.TELEPHONE, RecordedReport.Channel.E_OFFICE)
    record_report(
        _fresh(assignment),
        actor=staff[0],
        channel=channels[index % 2],
        arrived_on=date(2023, 4, 28),
        arrival_number=f"{1200 + index}",
        items=items,
    )


def _withdraw(assignment, index, staff) -> None:
    remove_recipient(_fresh(assignment), actor=staff[0])


def _call(assignment, actor, index) -> None:
    spoke_with, promised = texts.CALLS[CALLED.index(index)]
    log_call(assignment, actor=actor, spoke_with=spoke_with, telephone=assignment.agency.telephone, promised=promised)


def _ask_for_time(assignment) -> None:
    actor = people.officer_of(assignment.agency)
    ask_extension(_fresh(assignment), actor=actor, until=clock.local(2023, 5, 4, 17), reason=texts.WHY_MORE_TIME)


def _remark(assignment, position, desk, text) -> None:
    action = assignment.directive.actions.get(position=position)
    write_remark(assignment, action, actor=desk or people.officer_of(assignment.agency), text=text)


def _fresh(assignment: Assignment) -> Assignment:
    return Assignment.objects.get(pk=assignment.pk)


_STEPS = {
    "read": _read,
    "write": _write,
    "half": _half,
    "send": _send,
    "ask": _ask,
    "accept": _review,
    "return": _return,
    "again": partial(_write, only=2),
    "record": _record,
    "withdraw": _withdraw,
}
