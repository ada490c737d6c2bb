"""The admin site is for accounts, agencies and the calendar, and for administrators alone."""

import pytest
from django.contrib import admin
from django.urls import reverse

from agencies.models import Agency, Event, User
from directives.models import CalendarOverride
from tests.cast import make_cast

pytestmark = pytest.mark.django_db
PAGES = ["agencies_agency", "agencies_user", "agencies_succession", "directives_calendaroverride"]


@pytest.fixture
def cast():
    cast = make_cast()
    User.objects.filter(pk__in=[cast.admin.pk, cast.staff.pk]).update(is_staff=True)
    return cast


def test_it_registers_accounts_and_settings_only():
    mine = {m for m in admin.site._registry if m._meta.app_label in ("agencies", "directives")}
    assert {m._meta.model_name for m in mine} == {"agency", "user", "succession", "calendaroverride"}


@pytest.mark.parametrize("page", PAGES)
def test_the_administrator_opens_it_and_nobody_else(client, cast, page):
    url = reverse(f"admin:{page}_changelist")
    for who, status in (("admin", 200), ("staff", 403), ("officer", 302)):
        client.force_login(User.objects.get(pk=getattr(cast, who).pk))
        assert client.get(url).status_code == status, who


def test_a_new_account_has_no_password_and_its_making_is_in_the_trail(client, cast):
    client.force_login(cast.admin)
    data = {
        "email": "Moi@STTTT.example",
        "full_name": "Nguyễn Văn A",
        "language": "vi",
        "is_active": "on",
        "memberships-TOTAL_FORMS": 1,
        "memberships-INITIAL_FORMS": 0,
        "memberships-0-agency": cast.desk.pk,
        "memberships-0-role": "staff",
    }
    client.post(reverse("admin:agencies_user_add"), data)
    user = User.objects.get(email="moi@stttt.example")
    assert not user.has_usable_password()
    assert user.roles == {"staff"}
    event = Event.objects.get(act="admin_add")
    assert (event.actor, event.subject_id) == (cast.admin, user.pk)


def test_nothing_of_the_directory_is_deleted(client, cast):
    client.force_login(cast.admin)
    assert client.post(reverse("admin:agencies_agency_delete", args=[cast.town.pk]), {"post": "yes"}).status_code == 403
    assert Agency.objects.filter(pk=cast.town.pk).exists()


def test_a_day_of_the_calendar_is_set_by_decision(client, cast):
    client.force_login(cast.admin)
    client.post(
        reverse("admin:directives_calendaroverride_add"),
        {"day": "06/05/2023", "is_working": "on", "source_document": "Thông báo 123/TB"},
    )
    assert CalendarOverride.objects.get().is_working
