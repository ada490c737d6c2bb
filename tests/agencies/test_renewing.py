"""A form that meets an ended session: carried through the sign-in, sealed, by nobody else's hand."""

import re

import pytest
from django.test import Client
from django.urls import reverse

from alertdesk.lib import clock
from alertdesk.lib.carrying import unpack
from directives.models import Answer
from tests.cast import ISSUED_AT, PASSWORD, make_cast

pytestmark = pytest.mark.django_db
ORIGIN = {"Origin": "http://testserver"}


@pytest.fixture
def cast():
    with clock.frozen(ISSUED_AT):
        yield make_cast()


@pytest.fixture
def answer(cast):
    return cast.issue()[0].answers.first()


@pytest.fixture
def strict():
    """A client that checks CSRF tokens as the site does."""
    return Client(enforce_csrf_checks=True)


def url(answer):
    return reverse("directives:answer", args=[answer.assignment_id, answer.action.position])


def hidden(page, name):
    return re.search(rf'name="{name}" value="([^"]*)"', page.content.decode())[1]


def typed(**changes):
    return {"status": "done", "note": "Dòng một\r\nDòng hai <b>", "version": "0", **changes}


def test_the_form_goes_through_the_sign_in_and_is_saved(strict, cast, answer):
    token = hidden(strict.get(reverse("agencies:login")), "csrfmiddlewaretoken")
    asked = strict.post(url(answer), typed(csrfmiddlewaretoken=token))
    assert asked.status_code == 401
    signing_in = {
        "username": cast.officer.email,
        "password": PASSWORD,
        "carried": hidden(asked, "carried"),
        "csrfmiddlewaretoken": hidden(asked, "csrfmiddlewaretoken"),
    }
    onward = strict.post(reverse("agencies:sign_in_again"), signing_in)
    assert f'action="{url(answer)}"' in onward.content.decode()
    assert "Dòng hai &lt;b&gt;" in onward.content.decode()
    assert PASSWORD not in onward.content.decode()
    token = hidden(onward, "csrfmiddlewaretoken")
    assert strict.post(url(answer), typed(csrfmiddlewaretoken=token)).status_code == 302
    assert Answer.objects.get(pk=answer.pk).note == "Dòng một\nDòng hai <b>"


def test_a_wrong_password_keeps_what_was_typed(client, cast, answer):
    sealed = hidden(client.post(url(answer), typed()), "carried")
    again = client.post(
        reverse("agencies:sign_in_again"), {"username": cast.officer.email, "password": "sai", "carried": sealed}
    )
    assert again.status_code == 422
    assert hidden(again, "carried") == sealed


@pytest.mark.parametrize("sealed", ["", "x", "eyJ0byI6Imh0dHBzOi8vZXZpbC5leGFtcGxlIn0:1abc:sig"])
def test_a_forged_or_empty_carrying_leads_to_the_first_page(client, cast, sealed):
    data = {"username": cast.officer.email, "password": PASSWORD, "carried": sealed}
    assert client.post(reverse("agencies:sign_in_again"), data).url == reverse("directives:home")


def test_a_form_of_another_site_is_refused_and_not_carried(strict, answer):
    strict.get(reverse("agencies:login"))
    page = strict.post(url(answer), typed(), headers={"Origin": "https://evil.example"})
    assert page.status_code == 403
    assert "carried" not in page.content.decode()
    assert "Dòng một" not in page.content.decode()


def test_a_form_with_an_old_token_asks_to_be_sent_again(strict, cast, answer):
    strict.get(reverse("agencies:login"))
    strict.force_login(cast.officer)
    page = strict.post(url(answer), typed(csrfmiddlewaretoken="a" * 64), headers=ORIGIN)
    assert page.status_code == 403
    assert "data-carry-on" not in page.content.decode()
    assert "Dòng một" in page.content.decode()
    token = hidden(page, "csrfmiddlewaretoken")
    assert strict.post(url(answer), typed(csrfmiddlewaretoken=token), headers=ORIGIN).status_code == 302


def test_a_browser_without_cookies_is_told_and_does_not_go_round(strict, cast, answer):
    strict.force_login(cast.officer)
    page = strict.post(url(answer), typed(), headers=ORIGIN)
    assert page.status_code == 403
    assert "carry-on" not in page.content.decode()


def test_passwords_are_never_carried(client):
    page = client.post(reverse("agencies:password_change"), {"old_password": "bi-mat-cu"})
    assert (page.status_code, page.url.split("?")[0]) == (302, reverse("agencies:login"))


def test_what_is_carried_is_the_form_and_its_address_and_no_token(client, answer):
    sealed = hidden(client.post(url(answer), typed(csrfmiddlewaretoken="x")), "carried")
    held = unpack(sealed)
    assert held.to == url(answer)
    assert dict(held.typed) == typed()


def test_a_part_of_a_page_reloads_the_page_it_stands_on(client, cast):
    reply = client.get(reverse("directives:list"), headers={"HX-Request": "true"})
    assert reply["HX-Refresh"] == "true"
