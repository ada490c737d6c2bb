"""The list of pages is the policy table's: what is left out is no page, and what is in answers as one."""

import pytest
from django.test import Client

from agencies.models import Role
from alertdesk.policy import POLICY, POST_ONLY
from directives.models import AnswerStatus, Assignment, State
from tests.browser.cases import CASES, EMPTY_CASES, LEADS_ON, NOT_PAGES, PAGES, VISITOR, Case, roles_of
from tests.browser.world import address, person, tell_story

pytestmark = [pytest.mark.django_db, pytest.mark.once]


def answer_to(case):
    client = Client()
    user = person(case)
    if user:
        client.force_login(user)
    return client.get(address(case))


def test_every_name_that_answers_get_is_a_page_or_known_not_to_be_one():
    assert set(PAGES) | NOT_PAGES | LEADS_ON | POST_ONLY == set(POLICY)
    assert {case.name for case in CASES} == set(PAGES)
    assert {case.role for case in CASES} == {VISITOR, *Role}


def test_every_page_is_one_and_nothing_else_is():
    tell_story()
    kinds = {case: answer_to(case)["Content-Type"].split(";")[0] for case in CASES}
    assert {str(case): kind for case, kind in kinds.items() if kind != "text/html"} == {}
    for name in NOT_PAGES - {"readyz"}:  # which asks a broker that is not there
        answer = answer_to(Case(roles_of(name)[-1], name, State.ACCEPTED))
        assert answer.status_code == 200, name
        assert answer["Content-Type"].split(";")[0] != "text/html", name
    for name in LEADS_ON:
        assert answer_to(Case(roles_of(name)[-1], name, State.ACCEPTED)).status_code == 302, name


def test_the_story_holds_every_state_of_an_assignment_and_an_answer():
    tell_story()
    assert set(Assignment.objects.values_list("state", flat=True)) == set(State)
    statuses = set(Assignment.objects.values_list("answers__status", flat=True))
    assert statuses - {None} == set(AnswerStatus)


def test_the_empty_desk_is_seen_by_every_role():
    assert {case.role for case in EMPTY_CASES} == set(Role)
