"""The draft page's links to the directive that is carried out, and what both directives' pages show of it."""

import pytest
from django.urls import reverse

from agencies.models import Role
from directives.models import Assignment, Directive
from directives.services.issuing import issue_directive
from directives.services.submitting import submit_report
from tests.cast import DEADLINE, answer_everything, make_agency, make_directive, make_user
from tests.directives.views.test_drafting_pages import edit_data


@pytest.fixture
def unit(cast):
    """A unit of the health department with its officer."""
    unit = make_agency("Trung tâm Y tế Quy Nhơn", kind="unit", parent=cast.health)
    make_user("vanthu@ttyt.example", Role.OFFICER, unit)
    return unit


@pytest.fixture
def clerk(cast, unit):
    """Who drafts at the health department, which received the desk's directive."""
    return make_user("canbo@syt.example", Role.STAFF, cast.health)


@pytest.fixture
def parent(cast):
    return cast.issue(number="512")[0].directive


@pytest.fixture
def draft(cast, parent):
    return make_directive(cast.health, actions=2, subject="triển khai bảo đảm an toàn thông tin", symbol="SYT-VP")


def url(name, directive):
    return reverse(f"directives:{name}", args=[directive.pk])


def text_of(response):
    return response.content.decode()


def test_the_page_offers_what_was_received_and_its_actions_with_proposals(as_user, clerk, parent, draft):
    client = as_user(clerk)
    page = text_of(client.get(url("edit", draft)))
    assert f'<option value="{parent.pk}">512/STTTT' in page
    assert "Thực hiện nội dung</label>" not in page
    response = client.post(url("edit", draft), edit_data(draft, parent=parent.pk, do="link"))
    page = text_of(response)
    first = parent.actions.get(position=1)
    assert f'<option value="{first.pk}" selected>1. Nội dung 1</option>' in page
    draft.refresh_from_db()
    assert draft.parent is None, "looking saves nothing"


def test_an_unlinked_action_is_told_what_is_proposed_and_why(as_user, clerk, parent, draft):
    Directive.objects.filter(pk=draft.pk).update(parent=parent)
    page = text_of(as_user(clerk).get(url("edit", draft)))
    assert "Đề xuất: 1. Nội dung 1 – nội dung gần giống nhau" in page
    assert "selected>1. Nội dung 1" not in page


def test_parent_and_links_are_saved_through_the_page(as_user, clerk, parent, draft):
    second = parent.actions.get(position=2)
    as_user(clerk).post(url("edit", draft), edit_data(draft, parent=parent.pk, **{"a1-carries_out": second.pk}))
    draft.refresh_from_db()
    assert draft.parent == parent
    assert [action.carries_out for action in draft.actions.all()] == [None, second]


def test_another_parent_drops_the_links_to_the_first_ones_actions(as_user, cast, clerk, parent, draft):
    other = cast.issue(subject="việc khác")[0].directive
    second = parent.actions.get(position=2)
    as_user(clerk).post(url("edit", draft), edit_data(draft, parent=other.pk, **{"a1-carries_out": second.pk}))
    draft.refresh_from_db()
    assert draft.parent == other
    assert not draft.actions.filter(carries_out__isnull=False).exists()


@pytest.mark.parametrize("value", ["9999999", "x", "-1"])
def test_what_cannot_be_carried_out_is_refused_and_the_words_stay(as_user, clerk, draft, value):
    response = as_user(clerk).post(url("edit", draft), edit_data(draft, parent=value, subject="chữ đã gõ"))
    assert response.status_code == 422
    assert "chữ đã gõ" in text_of(response)
    draft.refresh_from_db()
    assert draft.parent is None


def test_a_colleagues_other_parent_is_shown_by_its_name(as_user, clerk, parent, draft):
    client = as_user(clerk)
    client.post(url("edit", draft), edit_data(draft, parent=parent.pk))
    stale = client.post(url("edit", draft), edit_data(draft, parent=""))
    assert stale.status_code == 409
    assert "512/STTTT-BCVT&amp;CNTT · tăng cường" in text_of(stale)


@pytest.fixture
def carried_out(cast, clerk, unit, parent, draft):
    """The health department's directive to its unit, which has answered."""
    Directive.objects.filter(pk=draft.pk).update(parent=parent)
    draft.actions.filter(position=2).update(carries_out=parent.actions.get(position=2))
    draft.refresh_from_db()
    (own,) = issue_directive(draft, actor=clerk, agencies=[unit], deadline=DEADLINE)
    officer = unit.memberships.get().user
    answer_everything(own, officer)
    submit_report(Assignment.objects.get(pk=own.pk), actor=officer)
    return draft


def test_the_parents_page_lists_what_carries_it_out_with_how_many_answered(as_user, cast, parent, carried_out):
    page = text_of(as_user(cast.staff).get(url("detail", parent)))
    assert "Văn bản triển khai" in page
    assert "…/SYT-VP" in page
    assert "2. Nội dung 2: <b>1 trong 1 cơ quan đã có kết quả</b>" in page
    assert url("detail", carried_out) not in page, "another desk's directive is named, not opened"


def test_the_childs_page_names_its_parent_and_leads_to_the_own_report(as_user, cast, clerk, parent, carried_out):
    page = text_of(as_user(clerk).get(url("detail", carried_out)))
    assert "2. Nội dung 2 → <span" in page
    own = parent.assignments.get(agency=cast.health)
    assert reverse("directives:assignment", args=[own.pk]) not in page, "staff alone do not answer for the agency"
    clerk.memberships.create(agency=cast.health, role=Role.OFFICER)
    page = text_of(as_user(type(clerk).objects.get(pk=clerk.pk)).get(url("detail", carried_out)))
    assert f'<a href="{reverse("directives:assignment", args=[own.pk])}">512/STTTT' in page


def test_a_draft_that_carries_it_out_is_not_told_to_others(as_user, cast, parent, draft):
    Directive.objects.filter(pk=draft.pk).update(parent=parent)
    assert "SYT-VP" not in text_of(as_user(cast.staff).get(url("detail", parent)))
