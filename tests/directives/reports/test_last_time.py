"""Last time's results: found for the agency or for those whose work it took over, and for the same action only."""

from datetime import date

import pytest

from agencies.models import Succession
from alertdesk.lib import clock
from directives.models import Assignment, RecordedReport, RequiredAction, State
from directives.reports.last_time import last_answers, last_time_by_assignment, last_time_of, same_actions
from directives.services.recording import record_report
from tests.cast import DEADLINE, ISSUED_AT, make_agency, make_cast, make_directive

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast():
    return make_cast()


@pytest.fixture
def last(cast):
    """Last time's assignments of the health department and the town."""
    return cast.issue(number="512")


def next_to(cast, last, *agencies):
    """Issue the next directive, made from last time's, to the agencies."""
    return cast.issue(
        *agencies, previous=last[0].directive, at=clock.local(2023, 8, 25, 9), deadline=DEADLINE.replace(month=9)
    )


def recorded_on(assignment, cast, day):
    """Let the desk record a report that arrived on a day by telephone."""
    rows = [
        {"action": a, "status": "done", "note": "đã làm", "total": 4, "done": 3}
        for a in assignment.directive.actions.all()
    ]
    fresh = Assignment.objects.get(pk=assignment.pk)
    with clock.frozen(clock.local(2023, 5, 4, 9)):
        record_report(fresh, actor=cast.staff, channel=RecordedReport.Channel.TELEPHONE, arrived_on=day, items=rows)


def test_a_directive_without_a_last_time_has_none(cast, last):
    assert last_time_of(last[0].directive) == {}
    assert last_time_by_assignment(last[0].directive) == {}
    assert last_answers(last[0].answers.first()) == ()


def test_days_late_count_to_the_day_the_report_arrived_not_to_when_it_was_recorded(cast, last):
    recorded_on(last[0], cast, date(2023, 4, 30))
    found = last_time_of(next_to(cast, last)[0].directive)
    assert [(one.state, one.days_late) for one in found[cast.health.pk]] == [(State.SUBMITTED, 2)]
    assert [(one.state, one.days_late) for one in found[cast.town.pk]] == [(State.SENT, 0)]


def test_a_granted_deadline_counts(cast, last):
    Assignment.objects.filter(pk=last[0].pk).update(due_at=clock.local(2023, 4, 30, 17), is_extended=True)
    recorded_on(last[0], cast, date(2023, 4, 30))
    assert last_time_of(next_to(cast, last)[0].directive)[cast.health.pk][0].days_late == 0


@pytest.fixture
def heir(cast, last):
    """The body that took over from both agencies of last time."""
    heir = make_agency("Sở Y tế và Xã hội", parent=cast.province)
    for agency in (cast.health, cast.town):
        Succession.objects.create(act="merge", predecessor=agency, successor=heir, happened_on=date(2023, 7, 1))
    return heir


def test_who_took_work_over_sees_how_its_predecessors_fared(cast, last, heir):
    (now,) = next_to(cast, last, heir)
    with clock.frozen(clock.local(2023, 8, 25, 9)):
        found = last_time_by_assignment(now.directive)[now.pk]
    assert [one.agency_name for one in found] == ["Sở Y tế", "UBND thành phố Quy Nhơn"]


def test_before_the_day_of_the_merger_nobody_inherits(cast, last, heir):
    (now,) = next_to(cast, last, heir)
    with clock.frozen(ISSUED_AT):
        assert last_time_by_assignment(now.directive)[now.pk] == ()


def test_what_was_said_about_the_same_action_stands_with_its_figures_and_day(cast, last):
    recorded_on(last[0], cast, date(2023, 4, 28))
    now = next_to(cast, last)[0]
    (said,) = last_answers(now.answers.get(action__position=1))
    assert (said.status, said.note, said.reported_on, said.number) == (
        "done", "đã làm", date(2023, 4, 28), "512/STTTT-BCVT&CNTT",
    )  # fmt: skip
    assert [figure.value for figure in said.figures][:2] == [4, 3]
    assert said.assignment_id == last[0].pk


def test_what_was_never_sent_is_not_shown(cast, last):
    last[0].answers.update(note="viết dở")
    (said,) = last_answers(next_to(cast, last)[0].answers.first())
    assert (said.said, said.note, said.state) == (False, "", State.SENT)


def actions(cast, *kinds):
    directive = make_directive(cast.desk, actions=0)
    rows = [
        RequiredAction(directive=directive, position=n, title="", text="", kind=kind) for n, kind in enumerate(kinds, 1)
    ]
    return RequiredAction.objects.bulk_create(rows)


@pytest.mark.parametrize(
    ("now", "before", "pairs"),
    [
        (["systems", "general"], ["systems", "general"], {1: 1, 2: 2}),
        (["portals", "systems"], ["systems", "portals"], {1: 2, 2: 1}),
        (["general", "systems"], ["systems", "general"], {2: 1}),
        (["portals", "portals"], ["systems", "portals"], {2: 2}),
        (["cascade"], ["systems"], {}),
    ],
)
def test_actions_are_the_same_by_number_and_kind_or_as_the_only_ones_of_a_kind(cast, now, before, pairs):
    new, old = actions(cast, *now), actions(cast, *before)
    found = same_actions(new, old)
    assert {action.position: found[action.pk].position for action in new if action.pk in found} == pairs
