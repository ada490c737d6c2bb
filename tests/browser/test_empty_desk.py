"""A desk on its first morning: no directive, no report, no mail; every page says what to do next."""

import pytest
from django.urls import reverse

from tests.browser.cases import EMPTY_CASES
from tests.browser.looking import axe_faults, hidden_stops, too_wide
from tests.cast import make_cast

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def test_an_empty_desk_is_open_to_everybody(visit):
    cast = make_cast()
    faults = []
    for number, case in enumerate(EMPTY_CASES):
        visit.be(getattr(cast, case.role))
        page = visit.open(reverse(case.name))
        page.emulate_media(color_scheme=("light", "dark")[number % 2])
        page.set_viewport_size({"width": 320, "height": 700})
        found = too_wide(page) + hidden_stops(page)
        page.set_viewport_size({"width": (1440, 390)[number % 2], "height": 900})
        faults += [f"{case}: {fault}" for fault in found + axe_faults(page) + visit.said]
    assert not faults, "\n".join(faults)
