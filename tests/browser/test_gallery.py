"""In the gallery every part keeps to its place at every width."""

import pytest
from django.urls import reverse

from tests.browser.looking import cramped, too_wide
from tests.cast import make_cast

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def test_no_part_spills_over_its_box(visit):
    visit.be(make_cast().admin)
    page = visit.open(reverse("directives:gallery"))
    for width in (320, 390, 800, 1440):
        page.set_viewport_size({"width": width, "height": 900})
        assert (width, too_wide(page), cramped(page)) == (width, [], [])
    assert visit.said == []
