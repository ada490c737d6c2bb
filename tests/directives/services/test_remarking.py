"""Threads: which side writes, where, how often the agency is told, and which questions wait."""

import pytest
from django.db import IntegrityError, connection, transaction

from agencies.models import Event, Role
from alertdesk.lib import clock
from directives.models import Assignment, Notice, Remark, State
from directives.services.errors import DomainError, Incomplete, NotAllowed, Overtaken
from directives.services.remarking import LONGEST, settle, write_remark
from tests.cast import ISSUED_AT, make_cast
from tests.directives.services.test_races import RACERS, race, winners

pytestmark = pytest.mark.django_db
ASKED = "Máy của đơn vị thuê ngoài có phải thống kê không?"
REPLIED = "Có, đề nghị thống kê cả máy thuê ngoài."


@pytest.fixture(autouse=True)
def on_the_day_of_issue():
    with clock.frozen(ISSUED_AT):
        yield


@pytest.fixture
def cast():
    return make_cast()


@pytest.fixture
def health(cast):
    return cast.issue()[0]


@pytest.fixture
def action(health):
    return health.directive.actions.get(position=2)


@pytest.fixture
def question(cast, health, action):
    return write_remark(health, action, actor=cast.officer, text=ASKED)


def test_each_side_writes_its_own_lines_and_only_the_desks_are_told(cast, health, action, question):
    assert (question.by_desk, question.written_by, question.written_at) == (False, cast.officer, ISSUED_AT)
    assert not Notice.objects.exists()
    reply = write_remark(health, action, actor=cast.staff, text=REPLIED)
    assert reply.by_desk
    told = set(Notice.objects.values_list("kind", "cycle", "address"))
    assert told == {("reply", 1, "syt@binhdinh.example"), ("reply", 1, "vanthu@syt.example")}


def test_a_question_waits_until_the_desk_has_the_last_word(cast, health, action, question):
    waiting = Remark.objects.awaiting_reply()
    assert list(waiting) == [question]
    further = write_remark(health, action, actor=cast.officer, text="Xin bổ sung câu hỏi.")
    assert list(waiting.all()) == [further]
    write_remark(health, action, actor=cast.staff, text=REPLIED)
    assert not waiting.all()
    again = write_remark(health, action, actor=cast.officer, text="Xin cảm ơn.")
    settle(again, actor=cast.second_staff)
    assert not waiting.all()
    write_remark(health, action, actor=cast.officer, text="Còn một câu.")
    assert waiting.all().count() == 1


def test_threads_of_two_actions_wait_apart(cast, health, action, question):
    other = health.directive.actions.get(position=3)
    write_remark(health, other, actor=cast.staff, text="Đề nghị lưu ý biểu mẫu.")
    assert list(Remark.objects.awaiting_reply()) == [question]


@pytest.mark.parametrize("state", State)
def test_a_thread_is_open_in_every_state_but_withdrawn(cast, health, action, question, state):
    Assignment.objects.filter(pk=health.pk).update(state=state)
    if state != State.WITHDRAWN:
        assert write_remark(health, action, actor=cast.staff, text=REPLIED).pk
        assert write_remark(health, action, actor=cast.officer, text="Đã rõ.").pk
        return
    for who in (cast.staff, cast.officer):
        with pytest.raises(DomainError):
            write_remark(health, action, actor=who, text=REPLIED)
    assert not Remark.objects.awaiting_reply()


@pytest.mark.parametrize("who", ["leader", "town_officer", "head", "admin"])
def test_nobody_else_writes_or_settles(cast, health, action, question, who):
    stranger = getattr(cast, who)
    with pytest.raises(NotAllowed):
        write_remark(health, action, actor=stranger, text=REPLIED)
    with pytest.raises(NotAllowed):
        settle(question, actor=stranger)
    with pytest.raises(NotAllowed):
        settle(question, actor=cast.officer)


def test_who_works_for_both_sides_writes_for_neither(cast, health, action):
    cast.staff.memberships.create(agency=cast.health, role=Role.OFFICER)
    both = type(cast.staff).objects.get(pk=cast.staff.pk)
    with pytest.raises(DomainError, match="một bên"):
        write_remark(health, action, actor=both, text=REPLIED)


@pytest.mark.parametrize("text", ["", "  \n", "a" * (LONGEST + 1)])
def test_blank_and_endless_words_are_refused(cast, health, action, text):
    with pytest.raises(Incomplete):
        write_remark(health, action, actor=cast.officer, text=text)
    with pytest.raises(IntegrityError), transaction.atomic():
        Remark.objects.create(assignment=health, action=action, text="", by_desk=False, written_by=cast.officer)


def test_who_has_not_read_the_last_line_is_told_first(cast, health, action, question):
    write_remark(health, action, actor=cast.staff, text=REPLIED, seen=question.pk)
    with pytest.raises(Overtaken):
        write_remark(health, action, actor=cast.second_staff, text="Không cần.", seen=question.pk)
    with pytest.raises(Overtaken):
        write_remark(health, action, actor=cast.officer, text=ASKED, seen=0)
    assert health.remarks.count() == 2


def test_what_is_answered_or_settled_is_not_settled_again(cast, health, action, question):
    settle(question, actor=cast.staff)
    with pytest.raises(Overtaken):
        settle(question, actor=cast.second_staff)
    answered = write_remark(health, action, actor=cast.officer, text="Còn một câu.")
    write_remark(health, action, actor=cast.staff, text=REPLIED)
    with pytest.raises(Overtaken):
        settle(answered, actor=cast.second_staff)


def test_the_trail_holds_ids_and_no_words(cast, health, action, question):
    settle(question, actor=cast.staff)
    events = [(e.act, e.actor, e.subject_id, e.data) for e in Event.objects.filter(subject_type="remark")]
    assert events == [
        ("remark", cast.officer, question.pk, {"action": action.pk}),
        ("settle", cast.staff, question.pk, {}),
    ]


@pytest.mark.server
@pytest.mark.django_db(transaction=True)
def test_of_many_replies_to_what_was_read_one_is_kept_and_told_once(cast, health, action, question):
    assert connection.vendor == "postgresql"
    acts = [
        lambda n=n: write_remark(
            health, action, actor=(cast.staff, cast.second_staff)[n % 2], text=f"{REPLIED} {n}", seen=question.pk
        )
        for n in range(RACERS)
    ]
    acts.append(lambda: settle(question, actor=cast.staff))
    results = race(*acts)
    assert health.remarks.filter(by_desk=True).count() == 1
    assert len(winners(results)) <= 2  # settled first, then answered
    assert Notice.objects.filter(channel="email").count() == 2
