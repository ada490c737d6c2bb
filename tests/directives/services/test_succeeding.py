"""Agencies merge, split, change their names and end; no report is lost, and history keeps the old names."""

from datetime import date

import pytest
from django.db import connection

from agencies.models import Agency, Event, Membership, Role, Succession
from agencies.services.succession import Act, NewAgency, heir_of
from alertdesk.lib import clock
from directives.models import Assignment, Directive, State
from directives.permissions import can_answer, can_approve, is_staff_of
from directives.services.answering import save_answer
from directives.services.errors import DomainError, Incomplete, NotAllowed, Overtaken
from directives.services.reviewing import finish_review
from directives.services.submitting import submit_report
from directives.services.succeeding import plan_succession, succeed
from tests.cast import answer_everything, make_agency, make_cast, make_user
from tests.directives.services.test_races import race

pytestmark = pytest.mark.django_db
MARCH = date(2025, 3, 1)
AT = clock.local(2025, 3, 3, 9)


def new(name, place=""):
    return NewAgency(name, name, "SM", place)


@pytest.fixture
def cast():
    with clock.frozen(AT):
        yield make_cast()


def make_act(act, predecessors, successors=(), **fields):
    return Act(act, MARCH, tuple(predecessors), tuple(successors), **fields)


def done(act, actor):
    return succeed(act, actor=actor, seen=plan_succession(act, actor=actor).digest)


def refused(act, actor):
    """Return the problems of an act and make sure that confirming it changes nothing."""
    problems = plan_succession(act, actor=actor).problems
    names = list(Agency.objects.values_list("names__name", "names__valid_to"))
    with pytest.raises(Incomplete):
        done(act, actor)
    assert list(Agency.objects.values_list("names__name", "names__valid_to")) == names
    return problems


def issue(cast, *agencies):
    return cast.issue(*agencies, at=clock.local(2025, 2, 20, 9), deadline=clock.local(2025, 3, 10, 17))


def test_a_merger_moves_the_open_report_and_keeps_it_under_the_old_name(cast):
    assignment, _other = issue(cast)
    answer_everything(assignment, cast.officer)
    plan = done(make_act("merge", [cast.health], [new("Sở Y tế và Dân số")], document="NQ 01"), cast.staff)
    heir = Agency.objects.get(names__name="Sở Y tế và Dân số")
    assert [row.pk for row in plan.moving] == [assignment.pk]
    assignment.refresh_from_db()
    assert (assignment.responsible_agency, assignment.agency, assignment.agency_name) == (heir, cast.health, "Sở Y tế")
    assert (assignment.state, assignment.cycle) == (State.IN_PROGRESS, 2)
    assert cast.health.names.get().valid_to == date(2025, 2, 28)
    assert (heir.names.get().valid_from, heir.parent, heir.kind) == (MARCH, cast.province, cast.health.kind)
    row = Succession.objects.get()
    assert (row.act, row.successor, row.happened_on, row.source_document) == ("merge", heir, MARCH, "NQ 01")
    assert {event.act for event in Event.objects.filter(agency=cast.health)} >= {"succession", "transfer"}
    assert Event.objects.get(act="transfer").data["responsible_to"] == heir.pk


def test_the_people_go_on_where_they_keep_their_roles(cast):
    assignment, _other = issue(cast)
    done(make_act("merge", [cast.health], [new("Sở Mới")]), cast.staff)
    officer = type(cast.officer).objects.get(pk=cast.officer.pk)
    assert Assignment.objects.visible_to(officer).get() == assignment
    assignment.refresh_from_db()
    assert can_answer(officer, assignment)
    answer_everything(assignment, officer)
    assignment.refresh_from_db()
    submission = submit_report(assignment, actor=officer)
    verdicts = {item.pk: ("ok", "") for item in submission.items.all()}
    assert finish_review(submission, actor=cast.staff, verdicts=verdicts).state == State.ACCEPTED


def test_people_without_a_role_at_the_successor_see_nothing_and_others_there_do(cast):
    assignment, _other = issue(cast)
    done(make_act("merge", [cast.health], [new("Sở Mới")], carries_people=False), cast.staff)
    old = type(cast.officer).objects.get(pk=cast.officer.pk)
    newcomer = make_user("vanthu@somoi.example", Role.OFFICER, Agency.objects.get(names__name="Sở Mới"))
    assignment.refresh_from_db()
    assert not Assignment.objects.visible_to(old).exists()
    assert Assignment.objects.visible_to(newcomer).get() == assignment
    assert can_answer(newcomer, assignment)
    assert not can_answer(old, assignment)


def test_an_agency_that_inherits_a_directive_it_has_itself_keeps_both(cast):
    inherited, own = issue(cast)
    done(make_act("merge", [cast.health], [cast.town]), cast.staff)
    town_officer = type(cast.town_officer).objects.get(pk=cast.town_officer.pk)
    assert set(Assignment.objects.visible_to(town_officer)) == {inherited, own}
    for assignment in Assignment.objects.all():
        assert can_answer(town_officer, assignment)
        answer = assignment.answers.first()
        save_answer(answer, actor=town_officer, version=answer.version, status="done", note="Xong.", total=1, done=1)


def test_of_a_split_the_first_takes_the_work_over_and_alone_reads_it(cast):
    assignment, _other = issue(cast)
    first, second = make_agency("Sở Một"), make_agency("Sở Hai")
    done(make_act("split", [cast.health], [first, second]), cast.staff)
    readers = [make_user(f"{a.pk}@x.example", Role.OFFICER, a) for a in (first, second)]
    seen = [list(Assignment.objects.visible_to(reader)) for reader in readers]
    assert seen == [[assignment], []]
    assert set(Succession.objects.values_list("successor", "takes_over")) == {(first.pk, True), (second.pk, False)}


def test_a_renamed_agency_goes_on_as_itself(cast):
    assignment, _other = issue(cast)
    done(make_act("rename", [cast.health], [new("Sở Y tế và Dân số")]), cast.staff)
    assignment.refresh_from_db()
    assert (assignment.responsible_agency, assignment.cycle) == (cast.health, 1)
    assert str(Agency.objects.get(pk=cast.health.pk)) == "Sở Y tế và Dân số"
    assert cast.health.name_on(date(2025, 2, 28)).name == "Sở Y tế"
    assert Membership.objects.get(user=cast.officer).valid_to is None
    done(Act("rename", date(2025, 3, 2), (Agency.objects.get(pk=cast.health.pk),), (new("Sở Y tế"),)), cast.staff)
    assert cast.health.names.count() == 3


def test_a_settled_report_is_read_by_the_successor_and_asked_there_if_opened_again(cast):
    assignment, _other = issue(cast)
    Assignment.objects.filter(pk=assignment.pk).update(state=State.ACCEPTED)
    plan = done(make_act("merge", [cast.health], [new("Sở Mới")]), cast.staff)
    assignment.refresh_from_db()
    assert (plan.moving, plan.settled, assignment.cycle, assignment.version) == ((), 1, 1, 1)
    assert str(assignment.responsible_agency) == "Sở Mới"


def test_a_released_report_stays_where_it_was(cast):
    assignment, _other = issue(cast)
    Assignment.objects.filter(pk=assignment.pk).update(state=State.WITHDRAWN)
    done(make_act("merge", [cast.health], [new("Sở Mới")]), cast.staff)
    assignment.refresh_from_db()
    assert assignment.responsible_agency == cast.health


def test_the_desk_goes_on_at_the_body_that_took_the_issuer_over(cast):
    assignment, _other = issue(cast)
    done(make_act("merge", [cast.desk], [new("Sở Khoa học và Công nghệ")]), cast.staff)
    for person, is_staff in ((cast.staff, True), (cast.leader, False)):
        person = type(person).objects.get(pk=person.pk)
        assert Directive.objects.visible_to(person).get() == assignment.directive
        assert is_staff_of(person, assignment.directive) is is_staff


def test_units_below_move_under_the_successor_with_their_work(cast):
    unit = make_agency("Trung tâm Y tế", kind="unit", parent=cast.health)
    (assignment,) = issue(cast, unit)
    done(make_act("merge", [cast.health], [new("Sở Mới")]), cast.staff)
    unit.refresh_from_db()
    officer = type(cast.officer).objects.get(pk=cast.officer.pk)
    assert str(unit.parent) == "Sở Mới"
    assert Assignment.objects.visible_to(officer).get() == assignment


def test_a_chain_of_changes_leads_to_the_last_heir(cast):
    assignment, _other = issue(cast)
    second, third = make_agency("Sở Hai"), make_agency("Sở Ba")
    done(make_act("merge", [cast.health], [second]), cast.staff)
    done(Act("merge", date(2025, 3, 2), (second,), (third,)), cast.staff)
    assignment.refresh_from_db()
    reader = make_user("ba@x.example", Role.OFFICER, third)
    assert (assignment.responsible_agency, assignment.cycle) == (third, 3)
    assert heir_of(cast.health, date(2025, 3, 2)) == third
    assert heir_of(cast.health, date(2025, 2, 1)) == cast.health
    assert can_answer(reader, assignment)
    assert not can_approve(reader, assignment)


def test_a_preview_writes_nothing_and_a_changed_state_is_not_overrun(cast):
    assignment, _other = issue(cast)
    act = make_act("merge", [cast.health], [new("Sở Mới")])
    seen = plan_succession(act, actor=cast.staff).digest
    assert not Succession.objects.exists()
    answer_everything(assignment, cast.officer)
    with pytest.raises(Overtaken):
        succeed(act, actor=cast.staff, seen=seen)
    assert not Agency.objects.filter(names__name="Sở Mới").exists()


def test_what_lies_ahead_is_shown_but_not_done(cast):
    act = Act("merge", date(2025, 4, 1), (cast.health,), (new("Sở Mới"),))
    plan = plan_succession(act, actor=cast.staff)
    assert (plan.problems, plan.may_be_done) == ((), False)
    with pytest.raises(DomainError, match=r"\w"):
        done(act, cast.staff)
    assert not Succession.objects.exists()


@pytest.mark.parametrize("kind", ["merge", "split", "rename", "dissolve"])
def test_an_act_with_the_wrong_number_of_agencies_is_refused(cast, kind):
    wrong = {
        "merge": ([cast.health], [new("A"), new("B")]),
        "split": ([cast.health], [new("A")]),
        "rename": ([cast.health], [cast.town]),
        "dissolve": ([cast.health], [new("A"), new("B")]),
    }[kind]
    assert refused(make_act(kind, *wrong), cast.staff)


def test_an_agency_with_open_reports_is_not_dissolved_into_nothing(cast):
    assignment, _other = issue(cast)
    act = make_act("dissolve", [cast.health])
    assert refused(act, cast.staff)
    Assignment.objects.filter(pk=assignment.pk).update(state=State.WITHDRAWN)
    done(act, cast.staff)
    assert Succession.objects.get().successor is None
    assert not Agency.objects.in_force_on(MARCH).filter(pk=cast.health.pk).exists()


def test_what_has_ended_or_been_taken_over_or_is_to_begin_is_refused(cast):
    other = make_agency("Sở Khác")
    cast.health.names.update(valid_to=date(2025, 1, 31))
    assert refused(make_act("merge", [cast.health], [other]), cast.staff)
    assert refused(make_act("merge", [cast.town], [cast.health]), cast.staff)
    assert refused(make_act("merge", [cast.town], [cast.town]), cast.staff)
    Succession.objects.create(predecessor=cast.town, successor=other, act="merge", happened_on=MARCH)
    assert refused(make_act("merge", [cast.town], [new("Sở Mới")]), cast.staff)
    other.names.update(valid_from=date(2025, 6, 1))
    assert refused(make_act("rename", [other], [new("Sở Mới")]), cast.staff)


def test_staff_cannot_move_another_bodys_power_and_officers_nothing(cast):
    act = make_act("merge", [cast.province], [cast.desk])
    assert refused(act, cast.staff)
    assert not plan_succession(act, actor=cast.admin).problems
    with pytest.raises(NotAllowed):
        done(make_act("merge", [cast.health], [cast.town]), cast.officer)


def test_a_person_with_one_role_in_two_merged_agencies_has_it_once(cast):
    Membership.objects.create(user=cast.officer, agency=cast.town, role=Role.OFFICER)
    done(make_act("merge", [cast.health, cast.town], [new("Sở Mới")]), cast.staff)
    heir = Agency.objects.get(names__name="Sở Mới")
    assert cast.officer.memberships.filter(agency=heir).count() == 1
    assert set(heir.memberships.values_list("valid_from", flat=True)) == {MARCH}


@pytest.mark.server
@pytest.mark.django_db(transaction=True)
def test_two_staff_who_record_the_same_merger_leave_one(cast):
    issue(cast)
    act = make_act("merge", [cast.health], [new("Sở Mới")])
    with clock.frozen(AT):
        seen = plan_succession(act, actor=cast.staff).digest

    def record(actor):
        def run():
            with clock.frozen(AT):
                return succeed(act, actor=actor, seen=seen)

        return run

    results = race(record(cast.staff), record(cast.second_staff))
    assert connection.vendor == "postgresql"
    assert sum(isinstance(result, DomainError) for result in results) == 1
    assert Agency.objects.filter(names__name="Sở Mới").count() == 1
