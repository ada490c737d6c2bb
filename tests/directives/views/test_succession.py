"""The page of succession: agencies by name, what it does, and one confirmed act."""

from html.parser import HTMLParser

import pytest
from django.urls import reverse

from agencies.models import Agency, Succession
from alertdesk.lib import clock
from tests.cast import ISSUED_AT, make_agency, make_cast

pytestmark = pytest.mark.django_db
URL = reverse("directives:succession")


@pytest.fixture
def cast(client):
    with clock.frozen(ISSUED_AT):
        cast = make_cast()
        client.force_login(cast.staff)
        yield cast


def typed(**changed):
    values = {"act": "merge", "happened_on": "26/04/2023", "predecessors": "so y te", "carries_people": "on"}
    return values | {"successors": "Sở Mới | Sở Mới | SM"} | changed


class HiddenFields(HTMLParser):
    """Collects the hidden fields of a page's forms, as a browser would send those of the confirmation."""

    def __init__(self, page):
        super().__init__()
        self.found = {}
        self.feed(page)

    def handle_starttag(self, tag, attrs):
        attrs = dict(attrs)
        if tag == "input" and attrs.get("type") == "hidden":
            self.found[attrs["name"]] = attrs.get("value", "")


def hidden_fields(response):
    """Return what the confirmation button of a preview sends."""
    page = response.content.decode()
    assert 'value="confirm"' in page
    return {**HiddenFields(page).found, "do": "confirm"}


def test_an_agency_is_brought_along_from_its_page(client, cast):
    page = client.get(URL, {"predecessor": f"#{cast.health.pk}"}).content.decode()
    assert f"#{cast.health.pk}</textarea>" in page


def test_the_preview_names_everything_and_the_confirmation_does_it(client, cast):
    assignment, _other = cast.issue()
    shown = client.post(URL, typed())
    page = shown.content.decode()
    for said in ("Sở Y tế", "Sở Mới", "vanthu", "25/04/2023", "STTTT-BCVT"):
        assert said in page, said
    assert not Succession.objects.exists()
    done = client.post(URL, hidden_fields(shown))
    assert done.url == reverse("agencies:agency", args=[cast.health.pk])
    assignment.refresh_from_db()
    assert str(assignment.responsible_agency) == "Sở Mới"
    assert "Sở Mới" in client.get(done.url).content.decode()


def test_a_second_click_does_nothing_more(client, cast):
    fields = hidden_fields(client.post(URL, typed()))
    assert client.post(URL, fields).status_code == 302
    assert client.post(URL, fields).status_code == 422
    assert Succession.objects.count() == 1


def test_what_has_changed_since_the_preview_is_shown_again(client, cast):
    assignment, _other = cast.issue()
    fields = hidden_fields(client.post(URL, typed()))
    type(assignment).objects.filter(pk=assignment.pk).update(version=7)
    assert client.post(URL, fields).status_code == 409
    assert not Succession.objects.exists()


def test_a_change_to_come_is_shown_without_a_button(client, cast):
    response = client.post(URL, typed(happened_on="01/05/2023"))
    assert response.status_code == 200
    assert 'value="confirm"' not in response.content.decode()
    forced = typed(happened_on="01/05/2023", do="confirm", seen=response.context["plan"].digest)
    assert client.post(URL, forced).status_code == 422
    assert not Succession.objects.exists()


@pytest.mark.parametrize(
    "changed",
    [
        {"act": "nonsense"},
        {"happened_on": "30/02/2023"},
        {"predecessors": ""},
        {"predecessors": "Sở Không Có"},
        {"predecessors": "#999999"},
        {"successors": "Sở Chưa Có"},
        {"successors": "Sở Mới | SM"},
        {"successors": "x" * 201 + " | a | b"},
        {"parent": "Sở Không Có"},
    ],
)
def test_what_cannot_be_understood_is_said(client, cast, changed):
    response = client.post(URL, typed(**changed))
    assert response.status_code == 422
    assert response.context["form"].errors
    assert response.context["plan"] is None


def test_a_plan_with_problems_has_no_button(client, cast):
    response = client.post(URL, typed(act="split"))
    assert response.status_code == 422
    assert response.context["plan"].problems
    assert 'value="confirm"' not in response.content.decode()


def test_two_agencies_of_one_name_are_told_apart_by_their_ids(client, cast):
    other = make_agency("Sở Y tế", parent=cast.province, place="Gia Lai")
    response = client.post(URL, typed())
    assert f"#{other.pk} (Gia Lai)" in str(response.context["form"].errors)
    response = client.post(URL, typed(predecessors=f"#{cast.health.pk}\n#{other.pk}"))
    assert response.context["plan"].act.predecessors == (cast.health, other)


def test_a_merged_agency_may_keep_the_name_of_one_that_ends(client, cast):
    response = client.post(URL, typed(successors="Sở Y tế | Sở Y tế | SYT"))
    client.post(URL, hidden_fields(response))
    assert Agency.objects.filter(names__name="Sở Y tế").count() == 2


def test_another_provinces_agency_is_not_found_by_staff(client, cast):
    other = make_agency("UBND tỉnh Phú Yên", kind="province")
    make_agency("Sở Riêng Phú Yên", parent=other)
    assert client.post(URL, typed(predecessors="Sở Riêng Phú Yên")).status_code == 422
