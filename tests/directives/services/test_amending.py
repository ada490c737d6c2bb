"""An issued directive is changed: what is written, who is told, what is opened again, and every refusal."""

from datetime import date, timedelta

import pytest

from agencies.models import Event
from alertdesk.lib import clock
from directives.models import (
    Amendment,
    Answer,
    Assignment,
    Directive,
    DirectiveState,
    Notice,
    RequiredAction,
    State,
    Verdict,
)
from directives.services.amending import Wanted, amend_directive, plan_amendment
from directives.services.answering import save_answer
from directives.services.closing import close_directive
from directives.services.errors import DomainError, Incomplete, NotAllowed, Overtaken
from directives.services.releasing import remove_recipient
from directives.services.reviewing import finish_review, save_review
from directives.services.submitting import ask_approval, stop_approval, submit_report
from tests.cast import DEADLINE, ISSUED_AT, answer_everything, make_cast

pytestmark = pytest.mark.django_db
LATER = DEADLINE + timedelta(days=7)
EARLIER = DEADLINE - timedelta(hours=6)
NEW = {
    "title": "Rà soát Log4j",
    "text": "Rà soát CVE-2021-44228 và báo cáo.",
    "kind": RequiredAction.Kind.GENERAL,
    "evidence_rule": RequiredAction.EvidenceRule.OPTIONAL,
    "due_at": None,
}


@pytest.fixture(autouse=True)
def on_the_day_of_issue():
    with clock.frozen(ISSUED_AT):
        yield


@pytest.fixture
def cast():
    return make_cast()


@pytest.fixture
def rows(cast):
    return cast.issue()


def fresh(row):
    return type(row).objects.get(pk=row.pk)


def wanted(fields=None, actions=None, added=()):
    return Wanted(fields or {}, actions or {}, tuple(added))


def amend(rows, cast, what, **grounds):
    directive = fresh(rows[0].directive)
    given = {"version": directive.version, "reason": "Theo chỉ đạo mới."} | grounds
    return amend_directive(directive, actor=cast.staff, wanted=what, **given)


def sent(assignment, actor):
    answer_everything(assignment, actor)
    return submit_report(fresh(assignment), actor=actor)


def accept(submission, actor):
    return finish_review(
        submission, actor=actor, verdicts={item.pk: (Verdict.OK, "") for item in submission.items.all()}
    )


def test_texts_are_changed_and_what_stood_before_is_kept(rows, cast):
    directive, action = rows[0].directive, rows[0].directive.actions.get(position=2)
    contacts = [{"name": "Tổ ứng cứu", "phones": ["0256.1"], "emails": []}]
    said = {"text": "Thực hiện nội dung 2 trước nghỉ lễ.", "evidence_rule": "required", "due_at": EARLIER}
    what = wanted({"closing": "Trân trọng./.", "contacts": contacts}, {action.pk: said})
    made = amend(rows, cast, what, document_number="20/STTTT", document_on=date(2023, 4, 26))
    directive, action = fresh(directive), fresh(action)
    assert (directive.closing, directive.contacts) == ("Trân trọng./.", contacts)
    assert (action.text, action.evidence_rule, action.due_at) == tuple(said.values())
    assert action.title == "Nội dung 2"
    assert [(c["what"], c["action"]) for c in made.changes] == [
        ("closing", None),
        ("contacts", None),
        ("text", 2),
        ("evidence_rule", 2),
        ("due_at", 2),
    ]
    assert made.changes[2]["before"] == "Thực hiện nội dung 2."
    assert made.changes[4] == {"what": "due_at", "action": 2, "before": None, "after": EARLIER.isoformat()}
    assert (made.position, made.reason, made.document_number) == (1, "Theo chỉ đạo mới.", "20/STTTT")
    event = Event.objects.get(act="amend")
    assert (event.subject_id, event.data) == (directive.pk, {"version": directive.version, "amendment": made.pk})


def test_a_change_of_words_opens_nothing_again_but_begins_a_new_cycle(rows, cast):
    health, town = rows
    accept(sent(health, cast.officer), cast.staff)
    before = {row.pk: (fresh(row).cycle, fresh(row).version) for row in rows}
    amend(rows, cast, wanted(actions={health.directive.actions.first().pk: {"evidence_rule": "required"}}))
    assert (fresh(health).state, fresh(town).state) == (State.ACCEPTED, State.SENT)
    assert {row.pk: (fresh(row).cycle - 1, fresh(row).version - 1) for row in rows} == before


def test_an_added_action_opens_again_what_was_sent_and_accepted(rows, cast):
    health, town = rows
    accept(sent(health, cast.officer), cast.staff)
    sent(town, cast.head)
    cycles = [fresh(row).cycle for row in rows]
    made = amend(rows, cast, wanted(added=[NEW]))
    action = made.actions.get()
    assert (action.position, action.title, action.amendment) == (6, NEW["title"], made)
    assert [flaw.cve for flaw in action.vulnerabilities.all()] == ["CVE-2021-44228"]
    assert [fresh(row).state for row in rows] == [State.RETURNED, State.RETURNED]
    assert [fresh(row).cycle for row in rows] == [cycle + 1 for cycle in cycles]
    assert Answer.objects.filter(action=action, status="not_started").count() == 2
    assert made.changes == [{"what": "added", "action": 6, "before": "", "after": f"{NEW['title']}\n{NEW['text']}"}]
    assert Event.objects.filter(act="amend", subject_type="assignment").count() == 2


@pytest.mark.parametrize("state", [State.SENT, State.ACKNOWLEDGED, State.IN_PROGRESS, State.RETURNED])
def test_what_is_owed_stays_where_it_is_when_an_action_is_added(rows, cast, state):
    Assignment.objects.update(state=state)
    amend(rows, cast, wanted(added=[NEW]))
    assert {fresh(row).state for row in rows} == {state}
    assert {fresh(row).cycle for row in rows} == {2}


@pytest.mark.parametrize("state", [State.WITHDRAWN, State.LAPSED])
def test_what_is_released_is_neither_told_nor_moved(rows, cast, state):
    Assignment.objects.filter(pk=rows[1].pk).update(state=state)
    amend(rows, cast, wanted({"deadline": LATER}, added=[NEW]))
    released = fresh(rows[1])
    assert (released.state, released.cycle, released.version, released.due_at) == (state, 1, 1, DEADLINE)
    assert released.answers.count() == 6, "should it be asked again, nothing is missing"
    assert not released.notices.filter(kind=Notice.Kind.AMENDED).exists()


def test_answers_before_the_head_stay_there_and_cannot_be_sent_incomplete(rows, cast):
    town = rows[1]
    answer_everything(town, cast.town_officer)
    ask_approval(fresh(town), actor=cast.town_officer)
    amend(rows, cast, wanted(added=[NEW]))
    assert fresh(town).state == State.AWAITING_APPROVAL
    with pytest.raises(Incomplete):
        submit_report(fresh(town), actor=cast.head)
    stop_approval(fresh(town), actor=cast.head, note="Đề nghị bổ sung nội dung 6.")
    assert fresh(town).state == State.IN_PROGRESS


def test_a_new_deadline_moves_every_assignment_but_more_time_already_granted_stays(rows, cast):
    health, town = rows
    Assignment.objects.filter(pk=health.pk).update(due_at=LATER + timedelta(days=1), is_extended=True)
    Assignment.objects.filter(pk=town.pk).update(due_at=LATER - timedelta(days=1), is_extended=True)
    what = wanted({"deadline": LATER})
    plan = plan_amendment(health.directive, actor=cast.staff, version=health.directive.version, wanted=what)
    assert (plan.told, plan.reopened, plan.extended, plan.moves_deadline) == (2, 0, 1, True)
    amend(rows, cast, what)
    assert (fresh(health).due_at, fresh(health).is_extended) == (LATER + timedelta(days=1), True)
    assert (fresh(town).due_at, fresh(town).is_extended) == (LATER, False)
    assert fresh(health.directive).deadline == LATER


def test_a_unit_keeps_the_earlier_day_that_its_agency_gave_it(rows, cast):
    agency, unit = rows
    Assignment.objects.filter(pk=unit.pk).update(parent=agency, due_at=EARLIER)
    amend(rows, cast, wanted({"deadline": LATER}))
    assert (fresh(agency).due_at, fresh(unit).due_at, fresh(unit).cycle) == (LATER, EARLIER, 2)
    amend(rows, cast, wanted({"deadline": EARLIER - timedelta(hours=1)}))
    assert {fresh(row).due_at for row in rows} == {EARLIER - timedelta(hours=1)}


def test_the_deadline_of_an_accepted_report_moves_with_the_rest(rows, cast):
    accept(sent(rows[0], cast.officer), cast.staff)
    amend(rows, cast, wanted({"deadline": LATER}))
    assert (fresh(rows[0]).due_at, fresh(rows[0]).state) == (LATER, State.ACCEPTED)


def test_a_plan_writes_nothing_and_counts_what_would_be_opened_again(rows, cast):
    accept(sent(rows[0], cast.officer), cast.staff)
    directive = rows[0].directive
    plan = plan_amendment(directive, actor=cast.staff, version=directive.version, wanted=wanted(added=[NEW]))
    assert (plan.told, plan.reopened, plan.moves_deadline) == (2, 1, False)
    assert not Amendment.objects.exists()
    assert fresh(directive).version == directive.version


def test_several_changes_are_numbered_and_positions_go_on(rows, cast):
    first, second = amend(rows, cast, wanted(added=[NEW, NEW])), amend(rows, cast, wanted(added=[NEW]))
    assert (first.position, second.position) == (1, 2)
    assert [a.position for a in first.actions.all()] == [6, 7]
    assert [a.position for a in second.actions.all()] == [8]
    assert {row.answers.count() for row in rows} == {8}


PAST = ISSUED_AT - timedelta(minutes=1)
REFUSALS = {
    "nothing": (wanted(), "Chưa có nội dung nào được sửa đổi."),
    "the same": (wanted({"closing": ""}), "Chưa có nội dung nào được sửa đổi."),
    "deadline past": (wanted({"deadline": PAST}), "Thời hạn mới còn để trống hoặc đã qua."),
    "deadline blank": (wanted({"deadline": None}), "Thời hạn mới còn để trống hoặc đã qua."),
    "added past": (wanted(added=[NEW | {"due_at": PAST}]), "Nội dung được bổ sung cần có thời hạn chưa qua"),
    "added blank": (wanted(added=[NEW | {"text": "  "}]), "Nội dung yêu cầu được bổ sung cần có tên"),
}


@pytest.mark.parametrize("case", REFUSALS)
def test_what_cannot_be_meant_is_refused_and_nothing_is_changed(rows, cast, case):
    what, sentence = REFUSALS[case]
    with pytest.raises(DomainError) as refusal:
        amend(rows, cast, what)
    said = [str(line) for line in getattr(refusal.value, "missing", ())] or [str(refusal.value)]
    assert sentence in said[0]
    assert not Amendment.objects.exists()
    assert fresh(rows[0].directive).version == rows[0].directive.version


@pytest.mark.parametrize(
    ("said", "sentence"),
    [
        ({"due_at": PAST}, "Thời hạn mới của nội dung 1 đã qua."),
        ({"text": " "}, "Nội dung 1 cần có tên ngắn và nội dung."),
    ],
)
def test_an_action_gets_neither_a_past_deadline_nor_a_blank_text(rows, cast, said, sentence):
    with pytest.raises(Incomplete) as refusal:
        amend(rows, cast, wanted(actions={rows[0].directive.actions.first().pk: said}))
    assert [str(line) for line in refusal.value.missing] == [sentence]


def test_after_the_deadline_an_added_action_needs_one_that_is_to_come(rows, cast):
    with clock.frozen(DEADLINE + timedelta(hours=1)):
        with pytest.raises(Incomplete):
            amend(rows, cast, wanted(added=[NEW]))
        amend(rows, cast, wanted(added=[NEW | {"due_at": LATER}]))
        amend(rows, cast, wanted({"deadline": LATER}, added=[NEW]))


def test_a_reason_is_needed(rows, cast):
    with pytest.raises(Incomplete):
        amend(rows, cast, wanted(added=[NEW]), reason="  ")


def test_another_directives_action_is_not_touched(rows, cast):
    other = cast.issue(cast.health)[0].directive.actions.first()
    with pytest.raises(DomainError):
        amend(rows, cast, wanted(actions={other.pk: {"text": "khác"}}))
    assert fresh(other).text == "Thực hiện nội dung 1."


@pytest.mark.parametrize("who", ["leader", "officer", "admin"])
def test_only_the_desk_changes_a_directive(rows, cast, who):
    directive, given = rows[0].directive, {"actor": getattr(cast, who), "version": 2, "wanted": wanted(added=[NEW])}
    with pytest.raises(NotAllowed):
        amend_directive(directive, reason="x", **given)
    with pytest.raises(NotAllowed):
        plan_amendment(directive, **given)


@pytest.mark.parametrize("state", [s for s in DirectiveState if s != DirectiveState.ISSUED])
def test_only_an_issued_directive_is_changed(rows, cast, state):
    Directive.objects.filter(pk=rows[0].directive_id).update(state=state)
    directive = fresh(rows[0].directive)
    with pytest.raises(Overtaken):
        amend(rows, cast, wanted(added=[NEW]))
    with pytest.raises(Overtaken):
        plan_amendment(directive, actor=cast.staff, version=directive.version, wanted=wanted(added=[NEW]))


def test_an_older_version_is_overtaken_by_a_change_and_by_the_end(rows, cast):
    seen = rows[0].directive.version
    amend(rows, cast, wanted(added=[NEW]))
    with pytest.raises(Overtaken):
        amend(rows, cast, wanted({"closing": "khác"}), version=seen)
    close_directive(fresh(rows[0].directive), actor=cast.staff)
    with pytest.raises(Overtaken):
        amend(rows, cast, wanted({"closing": "khác"}))
    assert Amendment.objects.count() == 1


def test_a_review_of_what_was_opened_again_is_overtaken_and_the_next_round_goes_its_way(rows, cast):
    health = rows[0]
    first = sent(health, cast.officer)
    save_review(first, actor=cast.staff, verdicts={first.items.first().pk: (Verdict.OK, "")})
    amend(rows, cast, wanted(added=[NEW]))
    with pytest.raises(Overtaken):
        accept(first, cast.staff)
    with pytest.raises(Overtaken):
        save_review(first, actor=cast.staff, verdicts={})
    answer = health.answers.get(action__position=6)
    save_answer(answer, actor=cast.officer, version=0, status="done", note="Đã rà soát.", total=1, done=1)
    second = submit_report(fresh(health), actor=cast.officer)
    assert (second.round, second.items.count()) == (2, 6)
    assert accept(second, cast.staff).state == State.ACCEPTED


def test_everyone_is_told_once_and_a_released_agency_is_not(rows, cast):
    remove_recipient(rows[1], actor=cast.staff)
    amend(rows, cast, wanted(added=[NEW]))
    told = Notice.objects.filter(kind=Notice.Kind.AMENDED)
    assert {notice.assignment_id for notice in told} == {rows[0].pk}
    assert len({(n.address, n.cycle, n.channel) for n in told}) == told.count() > 0
    amend(rows, cast, wanted({"closing": "Trân trọng./."}))
    assert {notice.cycle for notice in told.all()} == {2, 3}, "a second change on one day is told as well"


@pytest.mark.parametrize(
    ("closing", "said"),
    [
        ("Đề nghị báo cáo kết quả trước 17h00 ngày 28/4/2023.", "17h00 ngày 28/4/2023"),
        ("Đề nghị báo cáo kết quả đúng hạn.", ""),
    ],
)
def test_a_closing_that_still_gives_the_old_deadline_is_pointed_out(cast, closing, said):
    directive = cast.issue()[0].directive
    Directive.objects.update(closing=closing)
    directive.refresh_from_db()
    given = {"actor": cast.staff, "version": directive.version}
    still_says = plan_amendment(directive, **given, wanted=wanted({"deadline": LATER})).still_says
    assert (said in still_says) if said else (still_says == "")
    assert plan_amendment(directive, **given, wanted=wanted(added=[NEW])).still_says == ""
