"""The page of charts: three drawings, each with its key and its numbers as a table."""

import re

import pytest
from django.urls import reverse

from alertdesk.lib import clock
from tests.cast import DEADLINE


@pytest.fixture
def page(cast, assignments, as_user):
    client = as_user(cast.leader)
    with clock.frozen(DEADLINE):
        return client.get(reverse("directives:charts", args=[assignments[0].directive_id])).content.decode()


def test_three_charts_each_with_a_name_and_a_table_behind_it(page):
    figures = page.split("<figure")[1:]
    assert len(figures) == 3
    for figure in figures:
        assert re.search(r'<svg [^>]*role="img" aria-label="[^"]+"', figure)
        assert re.search(r"<details>.*<table.*<caption.*<th scope=\"row\">", figure, re.DOTALL)


def test_the_table_has_every_day_from_issue_to_today(page):
    days = re.findall(r'<th scope="row">(\d\d/\d\d/\d{4})</th><td class="num">(\d+)</td><td class="num">(\d+)', page)
    assert days == [("26/04/2023", "0", "2"), ("27/04/2023", "0", "2"), ("28/04/2023", "0", "2")]


def test_numbers_in_the_drawing_are_not_grouped_or_given_a_comma(page):
    for drawing in re.findall(r"<svg xmlns.*?</svg>", page, re.DOTALL):
        places = re.findall(r'\b(?:x|y|width|height|font-size)="([^"]*)"', drawing)
        assert places
        assert all(place.isdecimal() for place in places)


def test_the_legend_says_in_words_what_filled_light_and_outlined_mean(page):
    assert "Sở đã ghi nhận" in page or "Đã ghi nhận" in page
    assert page.count('fill-opacity="0"') >= 2
    assert "Chưa có kết quả" in page


def test_an_officer_does_not_see_the_charts(cast, assignments, as_user):
    client = as_user(cast.officer)
    assert client.get(reverse("directives:charts", args=[assignments[0].directive_id])).status_code == 403
