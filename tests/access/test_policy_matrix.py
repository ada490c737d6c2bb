"""Walk every URL with every role against own, foreign and missing objects: the policy table is what happens."""

import pytest
from django.urls import URLResolver, get_resolver, reverse

from alertdesk.lib import clock
from alertdesk.policy import POLICY, Scope
from tests.access.world import make_world
from tests.cast import ISSUED_AT, make_user

pytestmark = pytest.mark.django_db

ROLES = ("staff", "officer", "head", "leader", "admin")
MISSING = 9_999_999


def walk(resolver, names=(), prefix=""):
    """Yield (full name, route, callback) of every URL but the admin site's and the static files'."""
    for entry in resolver.url_patterns:
        if isinstance(entry, URLResolver):
            if entry.namespace != "admin":
                yield from walk(
                    entry, (*names, entry.namespace) if entry.namespace else names, prefix + str(entry.pattern)
                )
        else:
            yield ":".join((*names, entry.name or "")), prefix + str(entry.pattern), entry.callback


URLS = {name: (route, callback) for name, route, callback in walk(get_resolver())}
WITH_OBJECT = [name for name, (route, _callback) in URLS.items() if "<int:pk>" in route]


def address(name, pk):
    """Return the URL of a page for one object."""
    route = URLS[name][0]
    return reverse(name, kwargs={"pk": pk, **({"position": 1} if "position" in route else {})})


def kind_of(name):
    return URLS[name][0].split("/")[0]


@pytest.fixture
def world():
    with clock.frozen(ISSUED_AT):
        yield make_world()


def test_every_url_has_a_rule_and_every_rule_a_url():
    assert set(URLS) == set(POLICY)


def test_only_the_named_public_set_opts_out_of_signing_in():
    public = {name for name, rule in POLICY.items() if rule.scope is Scope.PUBLIC}
    assert {name for name, (_r, view) in URLS.items() if not getattr(view, "login_required", True)} == public


def test_a_url_without_a_rule_is_refused_at_run_time(client, world, monkeypatch):
    cast, _own, _foreign = world
    client.force_login(cast.staff)
    monkeypatch.delitem(POLICY, "directives:list")
    assert client.get(reverse("directives:list")).status_code == 403


@pytest.mark.parametrize("method", ["get", "post"])
@pytest.mark.parametrize("name", [n for n in WITH_OBJECT if POLICY[n].scope is not Scope.PUBLIC])
def test_a_stranger_is_sent_to_sign_in(client, world, name, method):
    _cast, own, _foreign = world
    response = getattr(client, method)(address(name, own.ids[kind_of(name)]))
    assert response.status_code == 302
    assert response.url.startswith(reverse("agencies:login"))


@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize("name", [n for n in WITH_OBJECT if POLICY[n].scope is not Scope.PUBLIC])
def test_role_and_scope_decide(client, world, name, role):
    cast, own, foreign = world
    user = getattr(cast, role)
    client.force_login(user)
    rule = POLICY[name]
    kind = kind_of(name)
    for method in ("get", "post"):
        ask = getattr(client, method)
        wrong = {ask(address(name, foreign.ids[kind])).status_code, ask(address(name, MISSING)).status_code}
        if rule.roles & user.roles:
            assert wrong <= {404, 405}, (method, wrong)
        else:
            assert wrong == {403}, (method, wrong)
    if rule.roles & user.roles and role in ("staff", "leader") and rule.scope in (Scope.ISSUER, Scope.READ):
        assert client.get(address(name, own.ids[kind])).status_code in (200, 302, 405, 409)


@pytest.mark.parametrize("name", [n for n in WITH_OBJECT if POLICY[n].scope in (Scope.OWN, Scope.READ)])
def test_the_own_officer_gets_in_and_the_neighbour_does_not(client, world, name):
    cast, own, _foreign = world
    url = address(name, own.ids[kind_of(name)])
    client.force_login(cast.officer)
    assert client.get(url).status_code in ((200, 302, 405, 409) if cast.officer.roles & POLICY[name].roles else (403,))
    client.force_login(cast.town_officer)
    assert client.get(url).status_code in (403, 404, 405)


@pytest.mark.parametrize("name", [n for n in URLS if n not in WITH_OBJECT and "<" not in URLS[n][0]])
@pytest.mark.parametrize("role", ROLES)
def test_pages_without_an_object_follow_the_roles(client, world, name, role):
    cast, _own, _foreign = world
    user = getattr(cast, role)
    client.force_login(user)
    status = client.get(reverse(name)).status_code
    rule = POLICY[name]
    if rule.roles and not rule.roles & user.roles:
        assert status == 403
    else:
        assert status in (200, 302, 404, 405, 503), status
        assert status != 404 or kind_of(name) == "demo"


def test_an_account_without_a_role_sees_only_its_own_pages(client, world):
    client.force_login(make_user("khach@binhdinh.example"))
    for name in WITH_OBJECT:
        if POLICY[name].roles:
            assert client.get(address(name, world[1].ids[kind_of(name)])).status_code == 403


def test_a_role_that_has_ended_opens_nothing(client, world):
    cast, own, _foreign = world
    cast.staff.memberships.update(valid_to="2023-04-01")
    client.force_login(cast.staff)
    assert client.get(address("directives:board", own.ids["directives"])).status_code == 403
