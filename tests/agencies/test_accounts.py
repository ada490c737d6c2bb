"""Accounts: sign-in by e-mail, a first password by a link that works once, no self sign-up."""

import re
from datetime import timedelta

import pytest
from django.conf import settings
from django.core import mail
from django.db.models import F
from django.urls import reverse

from agencies.models import Event, Role, User
from agencies.services.invitations import invite_agency, make_link
from alertdesk.lib import clock
from tests.cast import PASSWORD, make_cast

pytestmark = pytest.mark.django_db
NEW = "mat-khau-moi-dai-hon-2023"


@pytest.fixture
def cast():
    return make_cast()


def sign_in(client, email, password=PASSWORD):
    return client.post(reverse("agencies:login"), {"username": email, "password": password})


def path_of(link):
    return link.removeprefix(settings.SITE_URL)


def test_a_person_signs_in_by_e_mail_in_any_case(client, cast):
    assert sign_in(client, cast.officer.email.upper()).url == reverse("directives:home")


def test_the_first_page_is_vietnamese_whatever_the_browser_prefers(client, cast):
    page = client.get(reverse("agencies:login"), headers={"Accept-Language": "en-US,en"}).content.decode()
    assert '<html lang="vi">' in page
    assert "Đăng nhập" in page


def test_five_failures_make_even_the_right_password_wait_until_the_pause_is_over(client, cast):
    for _ in range(settings.LOGIN_FAILURES_ALLOWED):
        sign_in(client, cast.officer.email, "sai")
    paused = sign_in(client, cast.officer.email)
    assert paused.status_code == 429
    assert paused.headers["Retry-After"] == str(settings.LOGIN_PAUSE_MINUTES * 60)
    assert f'value="{cast.officer.email}"' in paused.content.decode()
    Event.objects.update(at=F("at") - timedelta(minutes=settings.LOGIN_PAUSE_MINUTES + 1))
    assert sign_in(client, cast.officer.email).status_code == 302


def test_the_pause_ends_although_the_demo_clock_stands_still(client, cast):
    with clock.frozen(clock.local(2023, 4, 28, 9)):
        for _ in range(settings.LOGIN_FAILURES_ALLOWED):
            sign_in(client, cast.officer.email, "sai")
        Event.objects.update(at=F("at") - timedelta(minutes=settings.LOGIN_PAUSE_MINUTES + 1))
        assert sign_in(client, cast.officer.email).status_code == 302
        sign_in(client, cast.officer.email, "sai")
        assert Event.objects.latest("id").at.year > 2023


def test_an_unknown_address_and_a_wrong_password_read_the_same(client, cast):
    def said(email):
        page = sign_in(client, email, "sai-mat-khau").content.decode()
        return re.sub(r"csrfmiddlewaretoken\W+value=.\w+|value=\"[^\"]*\"", "", page)

    assert said(cast.officer.email) == said("khong-co@binhdinh.example")


def test_an_invitation_sets_the_first_password_once(client, cast):
    user = invite_agency(cast.health, actor=cast.staff)
    link = path_of(make_link(user))
    assert client.get(link).status_code == 200
    response = client.post(link, {"new_password1": NEW, "new_password2": NEW})
    assert response.url == reverse("directives:home")
    assert client.get(reverse("directives:home")).wsgi_request.user == user
    client.logout()
    assert client.get(link).status_code == 410
    assert sign_in(client, cast.health.mailbox, NEW).status_code == 302


@pytest.mark.parametrize("password", ["ngan", "1234567890123", "password12"])
def test_a_weak_first_password_is_refused_and_the_link_stays_good(client, cast, password):
    link = path_of(make_link(invite_agency(cast.health, actor=cast.staff)))
    assert client.post(link, {"new_password1": password, "new_password2": password}).status_code == 200
    assert client.get(link).status_code == 200


def test_a_forged_link_opens_nothing(client, cast):
    link = path_of(make_link(cast.officer))
    assert client.get(link[:-4] + "abc/").status_code == 410


def test_a_link_older_than_its_days_opens_nothing(client, cast, settings):
    link = path_of(make_link(cast.officer))
    settings.INVITATION_DAYS = -1
    assert client.get(link).status_code == 410


def test_inviting_twice_makes_one_account(cast):
    assert invite_agency(cast.health, actor=cast.staff) == invite_agency(cast.health, actor=cast.staff)
    assert User.objects.filter(email=cast.health.mailbox).count() == 1


def test_an_invitation_does_not_give_back_a_role_that_was_ended(cast):
    user = invite_agency(cast.health, actor=cast.staff)
    user.memberships.update(valid_to=clock.today() - timedelta(days=1))
    invite_agency(cast.health, actor=cast.staff)
    assert User.objects.get(pk=user.pk).agencies_as(Role.OFFICER) == []


def test_a_reset_link_names_this_site_and_not_the_host_the_request_claims(client, cast):
    client.post(reverse("agencies:password_reset"), {"email": cast.officer.email}, headers={"host": "localhost"})
    (message,) = mail.outbox
    assert f"{settings.SITE_URL}/password/reset/" in message.body
    assert "Đề nghị mở liên kết" in message.body


def test_a_reset_for_an_unknown_address_looks_alike_and_sends_nothing(client, cast):
    known = client.post(reverse("agencies:password_reset"), {"email": cast.officer.email})
    unknown = client.post(reverse("agencies:password_reset"), {"email": "khong-co@binhdinh.example"})
    assert (known.status_code, known.url) == (unknown.status_code, unknown.url)
    assert len(mail.outbox) == 1


def test_an_account_whose_first_password_was_never_set_gets_a_link_too(client, cast):
    user = invite_agency(cast.health, actor=cast.staff)
    client.post(reverse("agencies:password_reset"), {"email": user.email.upper()})
    (message,) = mail.outbox
    assert message.to == [user.email]
    link = re.search(r"/password/reset/\S+", message.body).group()
    form = client.get(link, follow=True)
    client.post(form.request["PATH_INFO"], {"new_password1": NEW, "new_password2": NEW})
    assert sign_in(client, user.email, NEW).status_code == 302


def test_a_password_is_changed_with_the_old_one(client, cast):
    client.force_login(cast.officer)
    url = reverse("agencies:password_change")
    wrong = {"old_password": "sai", "new_password1": NEW, "new_password2": NEW}
    assert client.post(url, wrong).status_code == 200
    assert client.post(url, wrong | {"old_password": PASSWORD}).status_code == 302
    assert client.post(reverse("agencies:logout")).status_code == 302
    assert sign_in(client, cast.officer.email, NEW).status_code == 302


def test_the_profile_keeps_name_and_language_and_nothing_else(client, cast):
    client.force_login(cast.officer)
    data = {"full_name": "Nguyễn Thị Hạnh", "title": "Văn thư", "telephone": "", "language": "en"}
    client.post(reverse("agencies:profile"), data | {"is_staff": "on", "is_superuser": "on", "email": "x@x.example"})
    cast.officer.refresh_from_db()
    assert (cast.officer.full_name, cast.officer.language) == ("Nguyễn Thị Hạnh", "en")
    assert not cast.officer.is_staff
    assert cast.officer.email == "vanthu@syt.example"


@pytest.mark.parametrize("path", ["/signup/", "/register/", "/accounts/signup/", "/dang-ky/"])
def test_there_is_no_sign_up(client, cast, path):
    assert client.get(path).status_code in (302, 404)
    client.force_login(cast.officer)
    assert client.get(path).status_code == 404


def test_the_directory_is_searched_without_accents(client, cast):
    client.force_login(cast.staff)
    page = client.get(reverse("agencies:directory"), {"q": "y te"}).content.decode()
    assert "Sở Y tế" in page
    assert "Quy Nhơn" not in page


def test_the_admin_site_is_entered_by_the_same_door_and_nobody_is_sent_round(client, cast):
    door = client.get("/admin/", follow=True)
    assert door.request["PATH_INFO"] == reverse("agencies:login")
    client.force_login(cast.officer)
    assert client.get("/admin/", follow=True).status_code == 403


def test_behind_the_proxy_the_pause_counts_the_visitor_and_not_the_proxy(client, cast, settings):
    settings.BEHIND_PROXY = True
    there = {"X-Forwarded-For": "203.0.113.9, 198.51.100.7"}
    for _ in range(settings.LOGIN_FAILURES_ALLOWED):
        data = {"username": cast.officer.email, "password": "sai"}
        client.post(reverse("agencies:login"), data, headers=there)
    right = {"username": cast.officer.email, "password": PASSWORD}
    forged = {"X-Forwarded-For": "192.0.2.1, 198.51.100.7"}
    assert client.post(reverse("agencies:login"), right, headers=forged).status_code == 429
    assert client.post(reverse("agencies:login"), right, headers={"X-Forwarded-For": "192.0.2.1"}).status_code == 302


def test_only_a_leader_is_asked_about_the_quick_report_and_decides_alone(client, db):
    cast = make_cast()
    client.force_login(cast.leader)
    page = reverse("agencies:profile")
    assert 'name="wants_quick_report"' in client.get(page).content.decode()
    client.post(page, {"full_name": "Lãnh đạo", "language": "vi", "wants_quick_report": "on"})
    cast.leader.refresh_from_db()
    assert cast.leader.wants_quick_report
    client.force_login(cast.staff)
    assert 'name="wants_quick_report"' not in client.get(page).content.decode()
    client.post(page, {"full_name": "Cán bộ", "language": "vi", "wants_quick_report": "on"})
    cast.staff.refresh_from_db()
    assert not cast.staff.wants_quick_report
