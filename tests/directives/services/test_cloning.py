"""The next holiday's draft and the draft that replaces: what is taken over, what is left out, who is asked again."""

from datetime import date

import pytest

from agencies.models import AgencyName, Event, Role, Succession
from alertdesk.lib import clock
from directives.models import Answer, Directive, DirectiveState, State
from directives.services.cloning import clone_directive, draft_replacement
from directives.services.errors import DomainError, NotAllowed
from directives.services.issuing import add_recipient, issue_directive
from directives.services.releasing import remove_recipient
from tests.cast import DEADLINE, ISSUED_AT, make_agency, make_cast, make_directive, make_user

pytestmark = pytest.mark.django_db

LATER = clock.local(2023, 8, 25, 9)
NEXT = clock.local(2023, 8, 31, 17)
WORDS = {"lễ 30/4 và 01/5": "lễ Quốc khánh 02/9"}


@pytest.fixture
def cast():
    return make_cast()


@pytest.fixture
def issued(cast):
    """A directive issued before the spring holiday, read again in August."""
    letter = {"number": "1520/BTTTT-CATTT", "day": 26, "month": 4, "year": 2023, "issuer": "Bộ TT&TT"}
    directive = make_directive(
        cast.desk,
        number="512",
        day=26,
        addressees=["Sở Y tế"],
        based_on=[letter],
        preamble="Thực hiện Công văn số 1520 dịp nghỉ lễ 30/4 và 01/5 năm 2023;",
        closing="Trước kỳ nghỉ lễ 30/4 và 01/5.",
        urgency="urgent",
    )
    action = directive.actions.get(position=2)
    action.vulnerabilities.create(cve="CVE-2023-28252")
    directive.actions.filter(position=3).update(
        due_at=clock.local(2023, 4, 27, 11), text="Trực trong dịp nghỉ lễ 30/4 và 01/5.", evidence_rule="required"
    )
    with clock.frozen(ISSUED_AT):
        issue_directive(directive, actor=cast.staff, agencies=[cast.health, cast.town], deadline=DEADLINE)
    return directive


@pytest.fixture(autouse=True)
def in_august():
    with clock.frozen(LATER):
        yield


def clone(directive, actor, **changes):
    return clone_directive(directive, actor=actor, **{"deadline": NEXT, "words": WORDS} | changes)


def test_the_texts_are_taken_over_with_this_times_words(cast, issued):
    draft = clone(issued, cast.staff)
    assert draft.is_draft
    assert draft.subject.endswith("dịp nghỉ lễ Quốc khánh 02/9")
    assert draft.closing == "Trước kỳ nghỉ lễ Quốc khánh 02/9."
    assert draft.actions.get(position=3).text == "Trực trong dịp nghỉ lễ Quốc khánh 02/9."
    assert (draft.contacts, draft.copies, draft.signer_name) == (issued.contacts, issued.copies, issued.signer_name)
    assert (draft.urgency, draft.symbol, draft.addressees) == ("urgent", issued.symbol, ["Sở Y tế"])
    assert (draft.previous, draft.supersedes, draft.created_by) == (issued, None, cast.staff)


def test_the_actions_keep_number_kind_evidence_and_their_distance_to_the_deadline(cast, issued):
    draft = clone(issued, cast.staff)
    assert list(draft.actions.values_list("position", "kind")) == list(issued.actions.values_list("position", "kind"))
    moved = draft.actions.get(position=3)
    assert (moved.due_at, moved.evidence_rule) == (clock.local(2023, 8, 30, 11), "required")
    assert draft.actions.get(position=1).due_at is None


def test_what_belongs_to_last_time_is_left_out_and_named(cast, issued):
    draft = clone(issued, cast.staff)
    assert (draft.number, draft.day, draft.month, draft.year) == ("", None, 8, 2023)
    assert (draft.deadline, draft.based_on, draft.source_text) == (NEXT, [], "")
    assert not draft.actions.filter(vulnerabilities__isnull=False).exists()
    assert not draft.files.exists()
    said = " ".join(draft.unread)
    assert "1520/BTTTT-CATTT" in said
    assert "1 lỗ hổng" in said
    assert not Answer.objects.filter(assignment__directive=draft).exists()


def test_a_year_still_named_is_pointed_at(cast, issued):
    issued.actions.filter(position=2).update(text="Khắc phục lỗ hổng từ tháng 01 đến tháng 4 năm 2023.")
    assert any("nội dung 2" in line for line in clone(issued, cast.staff).unread)


def test_the_original_is_not_touched(cast, issued):
    before = Directive.objects.filter(pk=issued.pk).values().get()
    texts = list(issued.actions.values())
    clone(issued, cast.staff)
    assert Directive.objects.filter(pk=issued.pk).values().get() == before
    assert list(issued.actions.values()) == texts
    event = Event.objects.get(act="clone")
    assert event.data == {"source": issued.pk}


def test_everybody_asked_last_time_is_asked_again_also_who_was_added_later(cast, issued):
    other = make_agency("Sở Nội vụ", parent=cast.province)
    with clock.frozen(ISSUED_AT):
        add_recipient(issued, other, actor=cast.staff)
        remove_recipient(issued.assignments.get(agency=cast.town), actor=cast.staff)
    assert clone(issued, cast.staff).added == [other.pk]


def test_an_agency_that_has_ended_gives_way_to_the_one_that_took_over(cast, issued):
    heir = make_agency("UBND phường Quy Nhơn", parent=cast.province)
    AgencyName.objects.filter(agency=cast.town).update(valid_to=date(2023, 6, 30))
    Succession.objects.create(act="merge", predecessor=cast.town, successor=heir, happened_on=date(2023, 7, 1))
    assert clone(issued, cast.staff).added == [heir.pk]


def test_the_body_that_took_the_desks_work_over_issues_the_next_one(cast, issued):
    heir = make_agency("Sở Khoa học và Công nghệ", parent=cast.province)
    Succession.objects.create(act="merge", predecessor=cast.desk, successor=heir, happened_on=date(2023, 7, 1))
    staff = make_user("canbo@skhcn.example", Role.STAFF, heir)
    draft = clone(issued, staff)
    assert (draft.issuer, draft.issuer_name) == (heir, "SỞ KHOA HỌC VÀ CÔNG NGHỆ")


def test_a_second_click_finds_the_first_ones_draft(cast, issued):
    clone(issued, cast.staff)
    with pytest.raises(DomainError, match="Đã có dự thảo"):
        clone(issued, cast.second_staff)
    assert issued.next_ones.count() == 1


@pytest.mark.parametrize("state", DirectiveState)
def test_only_what_was_issued_is_drafted_again(cast, issued, state):
    Directive.objects.filter(pk=issued.pk).update(state=state)
    if state in (DirectiveState.ISSUED, DirectiveState.CLOSED):
        assert clone(issued, cast.staff).previous == issued
        return
    with pytest.raises(DomainError):
        clone(issued, cast.staff)
    assert Directive.objects.count() == 1


@pytest.mark.parametrize("who", ["leader", "officer", "admin"])
@pytest.mark.parametrize("act", [clone, lambda directive, actor: draft_replacement(directive, actor=actor)])
def test_nobody_but_the_desk_makes_a_draft(cast, issued, who, act):
    with pytest.raises(NotAllowed):
        act(issued, getattr(cast, who))
    assert Directive.objects.count() == 1


def test_a_replacement_keeps_texts_dates_weaknesses_and_what_it_follows(cast, issued):
    parent = make_directive(cast.province)
    Directive.objects.filter(pk=issued.pk).update(parent=parent)
    issued.actions.filter(position=1).update(carries_out=parent.actions.get(position=1))
    draft = draft_replacement(issued, actor=cast.staff)
    assert (draft.supersedes, draft.previous, draft.parent) == (issued, issued, parent)
    assert (draft.subject, draft.deadline, draft.based_on) == (issued.subject, DEADLINE, issued.based_on)
    assert (draft.number, draft.day, draft.month) == ("", None, 8)
    assert draft.actions.get(position=2).vulnerabilities.get().cve == "CVE-2023-28252"
    assert draft.actions.get(position=3).due_at == clock.local(2023, 4, 27, 11)
    assert draft.actions.get(position=1).carries_out.directive == parent
    issued.refresh_from_db()
    assert issued.state == DirectiveState.ISSUED, "it ends only with the issue of the new one"


def test_only_one_draft_replaces_a_directive(cast, issued):
    draft_replacement(issued, actor=cast.staff)
    with pytest.raises(DomainError, match="Đã có dự thảo"):
        draft_replacement(issued, actor=cast.second_staff)


def test_what_has_ended_is_not_replaced(cast, issued):
    Directive.objects.filter(pk=issued.pk).update(state=DirectiveState.CLOSED)
    with pytest.raises(DomainError):
        draft_replacement(issued, actor=cast.staff)


def test_the_replacement_is_issued_and_the_old_one_ends(cast, issued):
    with clock.frozen(ISSUED_AT):
        draft = draft_replacement(issued, actor=cast.staff)
        issue_directive(draft, actor=cast.staff, agencies=[cast.health], deadline=DEADLINE)
    issued.refresh_from_db()
    assert issued.state == DirectiveState.SUPERSEDED
    assert set(issued.assignments.values_list("state", flat=True)) == {State.WITHDRAWN}
