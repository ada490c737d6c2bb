"""One more recipient or one fewer, through the pages."""

import pytest
from django.urls import reverse

from directives.models import Assignment, State
from directives.services.closing import close_directive
from tests.cast import make_agency


@pytest.fixture
def health(assignments):
    return assignments[0]


@pytest.fixture
def staff(as_user, cast):
    return as_user(cast.staff)


def add(client, directive, name):
    return client.post(reverse("directives:recipient_add", args=[directive.pk]), {"name": name})


def release(client, assignment):
    return client.post(reverse("directives:recipient_remove", args=[assignment.pk]))


def test_a_released_agency_is_offered_and_asked_again(staff, health):
    release(staff, health)
    page = staff.get(reverse("directives:recipient_add", args=[health.directive_id])).content.decode()
    assert '<option value="Sở Y tế">' in page
    add(staff, health.directive, "so y te")
    again = Assignment.objects.get(pk=health.pk)
    assert (again.state, again.cycle) == (State.SENT, 2)
    history = staff.get(reverse("directives:assignment", args=[health.pk])).content.decode()
    assert "nay được đề nghị báo cáo lại" in history


def test_who_has_the_directive_is_not_offered(staff, health):
    page = staff.get(reverse("directives:recipient_add", args=[health.directive_id])).content.decode()
    assert '<option value="Sở Y tế">' not in page
    response = add(staff, health.directive, "Sở Y tế")
    assert response.status_code == 422
    assert 'value="Sở Y tế"' in response.content.decode()


def test_adding_to_a_directive_that_was_closed_meanwhile_says_why_and_keeps_the_name(staff, cast, health):
    make_agency("Sở Tư pháp", parent=cast.province)
    close_directive(health.directive, actor=cast.second_staff)
    response = add(staff, health.directive, "Sở Tư pháp")
    assert response.status_code == 422
    assert "Chỉ công văn" in response.content.decode()
    assert 'value="Sở Tư pháp"' in response.content.decode()


def test_releasing_twice_is_a_conflict(staff, health):
    assert release(staff, health).status_code == 302
    assert release(staff, health).status_code == 409


def test_an_acknowledged_report_keeps_its_agency(staff, health):
    Assignment.objects.filter(pk=health.pk).update(state=State.ACCEPTED)
    response = release(staff, health)
    assert response.status_code == 422
    assert Assignment.objects.get(pk=health.pk).state == State.ACCEPTED


@pytest.mark.parametrize("name", ["close", "recall"])
def test_the_refused_act_shows_the_state_it_is_in_by_now(staff, cast, health, name):
    close_directive(health.directive, actor=cast.second_staff)
    response = staff.post(reverse(f"directives:{name}", args=[health.directive_id]))
    assert response.status_code == 409
    assert "Công văn hiện ở trạng thái “Đã kết thúc”" in response.content.decode()
