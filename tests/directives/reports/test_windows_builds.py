"""What a Windows build says about the updates of the directive's time."""

from datetime import date

import pytest

from directives.reports.windows_builds import floor_for, read_build

APRIL = date(2023, 4, 26)


@pytest.mark.parametrize(
    ("text", "build"),
    [
        ("19045.2846", (19045, 2846)),
        (" 10.0.19045.2846 ", (19045, 2846)),
        ("6.3.9600.20919", (9600, 20919)),
        ("22H2", None),
        ("19045", None),
        ("", None),
        ("19045.2846.1", None),
    ],
)
def test_a_build_is_read_as_people_write_it(text, build):
    assert read_build(text) == build


def test_the_floor_of_april_answers_for_april_and_may_and_for_no_later_holiday():
    assert floor_for(19045, APRIL).patch == 2846
    assert floor_for(19045, date(2023, 5, 2)).patch == 2846
    assert floor_for(19045, date(2023, 8, 30)) is None
    assert floor_for(19045, date(2023, 3, 30)) is None


def test_a_branch_that_no_table_names_has_no_floor():
    assert floor_for(26100, APRIL) is None
