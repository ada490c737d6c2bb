"""The switch is remembered by browser and account, and always leads back to a page that opens."""

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse

from agencies.services.invitations import invite_agency, make_link
from alertdesk.policy import POLICY, POST_ONLY
from tests.access.test_policy_matrix import URLS, address, kind_of
from tests.access.world import make_world
from tests.cast import PASSWORD, make_agency, make_cast

pytestmark = pytest.mark.django_db
COOKIE = settings.LANGUAGE_COOKIE_NAME
SWITCH = reverse("set_language")
HOME = reverse("directives:home")


@pytest.fixture
def cast():
    return make_cast()


def sign_in(client, user):
    return client.post(reverse("agencies:login"), {"username": user.email, "password": PASSWORD})


def language_of(client, url=HOME):
    text = client.get(url, headers={"Accept-Language": "en"}).content.decode()
    return text.split('<html lang="')[1][:2]


def test_the_choice_of_a_signed_in_person_is_kept_with_the_account(client, cast):
    client.force_login(cast.officer)
    assert language_of(client) == "vi"
    client.post(SWITCH, {"language": "en"})
    assert language_of(client) == "en"
    cast.officer.refresh_from_db()
    assert cast.officer.language == "en"


def test_signing_in_on_another_machine_brings_the_language_back(client, cast):
    client.force_login(cast.officer)
    client.post(SWITCH, {"language": "en"})
    elsewhere = Client()
    assert language_of(elsewhere, reverse("agencies:login")) == "vi"
    sign_in(elsewhere, cast.officer)
    assert language_of(elsewhere) == "en"


def test_a_stranger_keeps_the_choice_in_the_browser_alone(client, cast):
    client.post(SWITCH, {"language": "en"})
    assert language_of(client, reverse("agencies:login")) == "en"
    assert client.cookies[COOKIE]["max-age"] > 30 * 24 * 3600


def test_an_invitation_opens_in_the_language_of_its_account(client, cast):
    user = invite_agency(cast.health, actor=cast.staff)
    user.language = "en"
    user.save()
    client.post(make_link(user).removeprefix(settings.SITE_URL), {"new_password1": PASSWORD, "new_password2": PASSWORD})
    assert language_of(client) == "en"


def test_the_profile_changes_the_pages_too(client, cast):
    client.force_login(cast.officer)
    page = client.post(reverse("agencies:profile"), {"full_name": "A", "language": "en"}, follow=True)
    assert "Your details have been saved." in page.content.decode()


def test_the_switch_leads_back_to_the_page_with_its_filters(client, cast):
    back = reverse("agencies:directory") + "?q=y+te"
    assert client.post(SWITCH, {"language": "en", "next": back}).url == back


@pytest.mark.parametrize("back", ["https://example.org/", "//example.org/", "javascript:alert(1)", "", "/nothing/"])
def test_the_switch_leads_nowhere_else(client, back):
    assert client.post(SWITCH, {"language": "en", "next": back}).url == "/"


def test_an_address_that_only_takes_a_form_is_not_gone_back_to(client, cast):
    for name in POST_ONLY:
        back = address(name, 1) if "<int:pk>" in URLS[name][0] else reverse(name)
        assert client.post(SWITCH, {"language": "en", "next": back}).url == "/", name


def test_an_unknown_language_and_a_link_change_nothing(client, cast):
    client.force_login(cast.officer)
    assert client.post(SWITCH, {"language": "fr"}).status_code == 400
    assert client.get(SWITCH, {"language": "en"}).status_code == 405
    cast.officer.refresh_from_db()
    assert cast.officer.language == "vi"
    assert COOKIE not in client.cookies


def test_the_list_of_addresses_that_only_take_a_form_is_what_the_views_do(client):
    """When this fails for a new address, write it into POST_ONLY of alertdesk/policy.py or let it answer GET."""
    cast, own, _foreign = make_world()
    people = {role: getattr(cast, role) for role in ("staff", "officer", "head", "leader", "admin")}
    refusing = set()
    for name in sorted(POLICY):
        roles = sorted(POLICY[name].roles) or ["staff"]
        client.force_login(people[roles[0] if "officer" not in roles else "officer"])
        kind = kind_of(name)
        url = address(name, own.id_for(name, kind)) if "<int:pk>" in URLS[name][0] else None
        if (url or "<" not in URLS[name][0]) and client.get(url or reverse(name)).status_code == 405:
            refusing.add(name)
    demo = {name for name in POST_ONLY if kind_of(name) == "demo"}  # no demo here: 405 comes before its 404
    assert refusing | demo == POST_ONLY


def test_the_directory_stands_in_the_order_of_the_vietnamese_alphabet(client, cast):
    for name in ("Sở Đất đai", "Sở Dân tộc", "Sở Ẩm thực", "Sở An ninh"):
        make_agency(name, parent=cast.province)
    client.force_login(cast.staff)
    page = client.get(reverse("agencies:directory"), {"q": "so"}).content.decode()
    names = ("Sở An ninh", "Sở Ẩm thực", "Sở Dân tộc", "Sở Đất đai", "Sở Y tế")
    places = [page.index(f">{name}<") for name in names]
    assert places == sorted(places)
