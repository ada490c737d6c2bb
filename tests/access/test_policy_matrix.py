"""Walk every URL with every role against own, foreign and missing objects: the policy table is what happens."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import URLResolver, get_resolver, reverse

from agencies.views.renewing import CARRIED_TOO
from alertdesk.lib import clock
from alertdesk.policy import POLICY, Scope
from tests.access.world import REST, REST_OF, make_world
from tests.cast import ISSUED_AT, make_user

pytestmark = pytest.mark.django_db

ROLES = ("staff", "officer", "head", "leader", "admin")
MISSING = 9_999_999
FOUND = {200, 302, 405}  # a page, its redirect, or one that only takes POST


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
    return reverse(name, kwargs={"pk": pk} | rest_of(name))


def rest_of(name):
    """Return what the URL names besides its object."""
    known = REST | REST_OF.get(name, {})
    return {part: value for part, value in known.items() if f":{part}>" in URLS[name][0]}


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


def signed_in_only(*scopes):
    """Return the names of URLs with an object that need signing in, perhaps of some scopes only."""
    rules = {name: POLICY[name] for name in WITH_OBJECT if POLICY[name].scope is not Scope.PUBLIC}
    return [name for name, rule in rules.items() if not scopes or rule.scope in scopes]


def asked(client, name, pk):
    """Return what GET and POST answer for one object."""
    return {getattr(client, method)(address(name, pk)).status_code for method in ("get", "post")}


def test_a_stranger_is_sent_to_sign_in_and_a_form_is_kept_for_afterwards(client, world):
    _cast, own, _foreign = world
    for name in signed_in_only():
        url, in_place = address(name, own.id_for(name, kind_of(name))), hasattr(URLS[name][1], "renewed_in_place")
        read, written = client.get(url), client.post(url, {"typed": "giữ lại"})
        if not in_place:
            assert (read.status_code, read.url.split("?")[0]) == (302, reverse("agencies:login")), name
        if (
            name.startswith("agencies:") and name not in CARRIED_TOO
        ):  # the accounts' room: its forms may hold passwords and are never carried
            assert written.status_code == 302, name
            continue
        if not in_place:
            assert 'name="carried"' in written.content.decode(), name
        assert written.status_code == 401, name
        assert 'name="password"' in written.content.decode(), name


@pytest.mark.parametrize("role", ROLES)
def test_another_desks_object_and_a_missing_one_are_alike(client, world, role):
    cast, _own, foreign = world
    user = getattr(cast, role)
    client.force_login(user)
    for name in signed_in_only():
        if role == "admin" and POLICY[name].scope is Scope.SITE:
            continue  # the whole directory is the administrator's; the next test
        allowed = {404, 405} if POLICY[name].roles & user.roles else {403}
        there = asked(client, name, foreign.id_for(name, kind_of(name)))
        assert there <= allowed, (name, there)
        assert asked(client, name, MISSING) == there, name


def test_the_administrator_opens_every_agency_and_staff_those_of_their_province(client, world):
    cast, own, foreign = world
    for role, status in (("admin", 200), ("staff", 404)):
        client.force_login(getattr(cast, role))
        for name in signed_in_only(Scope.SITE):
            assert client.get(address(name, own.ids["agencies"])).status_code == 200, name
            assert client.get(address(name, foreign.ids["agencies"])).status_code == status, name
            assert client.get(address(name, MISSING)).status_code == 404, name


@pytest.mark.parametrize("role", ["staff", "leader"])
def test_the_desk_opens_what_its_rules_name(client, world, role):
    cast, own, _foreign = world
    user = getattr(cast, role)
    client.force_login(user)
    for name in signed_in_only(Scope.ISSUER, Scope.READ):
        if POLICY[name].roles & user.roles:
            status = client.get(address(name, own.id_for(name, kind_of(name)))).status_code
            assert status in FOUND, (name, status)


def test_the_own_officer_gets_in_and_the_neighbour_does_not(client, world):
    cast, own, _foreign = world
    for name in signed_in_only(Scope.OWN, Scope.READ):
        url = address(name, own.id_for(name, kind_of(name)))
        client.force_login(cast.officer)
        status = client.get(url).status_code
        assert status in (FOUND if cast.officer.roles & POLICY[name].roles else {403}), (name, status)
        client.force_login(cast.town_officer)
        assert client.get(url).status_code in {403, 404, 405}, name


@pytest.mark.parametrize("role", ROLES)
def test_pages_without_an_object_follow_the_roles(client, world, role):
    cast, _own, _foreign = world
    user = getattr(cast, role)
    client.force_login(user)
    for name in [n for n in URLS if "<" not in URLS[n][0] and n not in ("readyz", "admin_login")]:
        status = client.get(reverse(name)).status_code
        rule = POLICY[name]
        if rule.roles and not rule.roles & user.roles:
            assert status == 403, name
        else:
            assert status in FOUND or (status == 404 and kind_of(name) == "demo"), (name, status)


# Who fetched which file of a paper is written down, and what was printed is kept.
RECORDED = {
    f"directives:{name}"
    for name in (
        "summary",
        "summary_docx",
        "summary_xlsx",
        "quick_report",
        "quick_report_docx",
        "paper",
        "paper_docx",
        "reply",
        "reply_docx",
        "paper_file",
        "roster_paper",
        "province_roster_paper",
        "incident_first",
        "incident_first_docx",
        "incident_closing",
        "incident_closing_docx",
    )
}


def test_a_get_of_any_page_writes_nothing(client, world):
    cast, own, _foreign = world
    client.force_login(cast.staff)
    for name in set(signed_in_only(Scope.ISSUER, Scope.READ)) - RECORDED:
        with CaptureQueriesContext(connection) as queries:
            client.get(address(name, own.id_for(name, kind_of(name))))
        writes = [q["sql"] for q in queries if q["sql"].split()[0] in {"INSERT", "UPDATE", "DELETE"}]
        assert [sql for sql in writes if "django_session" not in sql] == [], name


def test_an_account_without_a_role_sees_only_its_own_pages(client, world):
    client.force_login(make_user("khach@binhdinh.example"))
    for name in [n for n in WITH_OBJECT if POLICY[n].roles]:
        assert client.get(address(name, world[1].id_for(name, kind_of(name)))).status_code == 403, name


def test_a_role_that_has_ended_opens_nothing(client, world):
    cast, own, _foreign = world
    cast.staff.memberships.update(valid_to="2023-04-01")
    client.force_login(cast.staff)
    assert client.get(address("directives:board", own.ids["directives"])).status_code == 403
