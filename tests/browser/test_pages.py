"""Every page as every role sees it: readable by anybody, by keyboard, on a small phone, under the security policy."""

import pytest

from agencies.models import Role
from tests.browser.cases import CASES, VISITOR
from tests.browser.looking import axe_faults, hidden_stops, too_wide, unfold

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

DESKTOP, PHONE, SMALLEST = 1440, 390, 320
# Each page meets both widths and both schemes; its neighbours in the list meet them the other way round.
PAIRS = [((DESKTOP, "light"), (PHONE, "dark")), ((DESKTOP, "dark"), (PHONE, "light"))]
ROLES = [VISITOR, *Role]


def cases_of(role):
    """Return (number, case) of a role's pages; the number decides which pair a page meets."""
    return [(number, case) for number, case in enumerate(CASES) if case.role == role]


def seen_by_axe(page, combinations):
    """Return axe's findings under each width and colour scheme, with everything unfolded."""
    unfold(page)
    found = []
    for width, scheme in combinations:
        page.set_viewport_size({"width": width, "height": 900})
        page.emulate_media(color_scheme=scheme)
        found += [f"{width} {scheme}: {fault}" for fault in axe_faults(page)]
    page.emulate_media(color_scheme="light")
    return found


def walked(page, width):
    """Return the stops of the Tab key that cannot be seen at a width."""
    page.set_viewport_size({"width": width, "height": 900})
    return [f"{width} Tab: {stop}" for stop in hidden_stops(page)]


def squeezed(page):
    """Return what makes the page scroll sideways on the smallest phone, or at 400 % zoom."""
    page.set_viewport_size({"width": SMALLEST, "height": 700})
    return [f"{SMALLEST}: {part}" for part in too_wide(page)]


@pytest.mark.parametrize("role", ROLES)
def test_pages_are_open_to_everybody(visit, story, role):
    """Axe, the Tab key, 320 px, the console and foreign hosts: each page is opened once and looked at in every way."""
    faults = []
    for number, case in cases_of(role):
        page = visit(case)
        found = walked(page, (DESKTOP, PHONE)[number % 2])
        found += seen_by_axe(page, PAIRS[number % 2])
        found += squeezed(page)
        found += [f"console: {line}" for line in visit.said] + [f"asks {host}" for host in visit.strangers]
        faults += [f"{case}: {fault}" for fault in found]
    assert not faults, "\n".join(faults)


@pytest.mark.slow
@pytest.mark.parametrize("role", ROLES)
def test_axe_finds_nothing_the_other_way_round(visit, story, role):
    faults = []
    for number, case in cases_of(role):
        faults += [f"{case}: {fault}" for fault in seen_by_axe(visit(case), PAIRS[1 - number % 2])]
    assert not faults, "\n".join(faults)
