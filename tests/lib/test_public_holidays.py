"""Which holidays come, what they are called, and how a deadline keeps its distance to them."""

from datetime import date

import pytest

from alertdesk.lib import clock
from alertdesk.lib.public_holidays import (
    Holiday,
    holiday_near,
    holidays_between,
    phrases_in,
    proposed_words,
    reworded,
    same_distance,
    shifted,
)

SPRING = Holiday(date(2023, 4, 29), date(2023, 5, 3), ("Giỗ Tổ Hùng Vương", "30/4 và 01/5"))
AUTUMN = Holiday(date(2023, 9, 1), date(2023, 9, 4), ("Quốc khánh 02/9",))


def test_the_holidays_of_a_year_with_their_first_and_last_day_off_and_their_names():
    found = holidays_between(date(2023, 4, 26), date(2024, 4, 25))
    assert [(one.first_day, one.last_day, one.name) for one in found] == [
        (date(2023, 4, 29), date(2023, 5, 3), "Giỗ Tổ Hùng Vương, 30/4 và 01/5"),
        (date(2023, 9, 1), date(2023, 9, 4), "Quốc khánh 02/9"),
        (date(2023, 12, 30), date(2024, 1, 1), "Tết Dương lịch 2024"),
        (date(2024, 2, 8), date(2024, 2, 14), "Tết Nguyên đán Giáp Thìn 2024"),
        (date(2024, 4, 18), date(2024, 4, 18), "Giỗ Tổ Hùng Vương"),
    ]


def test_a_holiday_under_way_is_not_ahead():
    assert holidays_between(date(2023, 4, 30), date(2023, 9, 1)) == [AUTUMN]


def test_an_offices_own_day_off_makes_the_holiday_longer():
    found = holidays_between(date(2023, 8, 25), date(2023, 9, 2), {date(2023, 8, 31): False})
    assert found[0].first_day == date(2023, 8, 31)
    assert found[0].feasts == AUTUMN.feasts


def test_a_day_off_instead_of_another_is_no_holiday_of_its_own():
    assert [one.name for one in holidays_between(date(2025, 4, 8), date(2025, 5, 30))] == ["30/4 và 01/5"]


@pytest.mark.parametrize(
    ("text", "phrase"),
    [
        ("dịp nghỉ lễ 30/4 và 01/5.", "lễ 30/4 và 01/5"),
        ("nghỉ lễ 30/4, 1/5/2023;", "lễ 30/4, 1/5/2023"),
        ("nghỉ Tết Nguyên đán Quý Mão năm 2023 và", "Tết Nguyên đán Quý Mão năm 2023"),
        ("dịp Tết Dương lịch 2024 và Tết Nguyên đán 2024", "Tết Dương lịch 2024 và Tết Nguyên đán 2024"),
        ("lễ Giỗ Tổ Hùng Vương (10/3 âm lịch), 30/4 và 01/5", "lễ Giỗ Tổ Hùng Vương (10/3 âm lịch), 30/4 và 01/5"),
        ("dịp Quốc khánh (2/9) năm 2023", "Quốc khánh (2/9) năm 2023"),
    ],
)
def test_the_holidays_words_are_found_whole(text, phrase):
    assert phrases_in([text, text]) == [phrase]


@pytest.mark.parametrize("text", ["trước ngày 30/4/2023", "ngày 02/9/2023", "an ninh quốc gia", ""])
def test_a_day_alone_names_no_holiday(text):
    assert phrases_in([text]) == []


@pytest.mark.parametrize(
    ("phrase", "words"),
    [
        ("lễ 30/4 và 01/5", "lễ Quốc khánh 02/9"),
        ("30/4 và 01/5", "Quốc khánh 02/9"),
        ("Tết Nguyên đán 2023", "lễ Quốc khánh 02/9 năm 2023"),
    ],
)
def test_new_words_are_proposed_in_the_manner_of_the_old(phrase, words):
    assert proposed_words(phrase, AUTUMN) == words


def test_only_the_phrases_given_are_reworded():
    text = "nghỉ lễ 30/4 và 01/5 như dịp Tết Nguyên đán"
    assert reworded(text, {"lễ 30/4 và 01/5": "lễ Quốc khánh 02/9"}) == "nghỉ lễ Quốc khánh 02/9 như dịp Tết Nguyên đán"


def test_the_holiday_that_a_deadline_was_set_for():
    assert holiday_near(date(2023, 4, 26)) == SPRING
    assert holiday_near(date(2024, 4, 17), text="dịp nghỉ lễ 30/4 và 01/5").first_day == date(2024, 4, 27)
    assert holiday_near(date(2023, 5, 4), text="dịp nghỉ Lễ 30/4 - 01/5/2023") == SPRING
    assert holiday_near(date(2023, 4, 30)) == SPRING
    assert holiday_near(date(2023, 6, 1)) is None


@pytest.mark.parametrize(
    ("moment", "there"),
    [
        (clock.local(2023, 4, 28, 17), clock.local(2023, 8, 31, 17)),
        (clock.local(2023, 4, 26, 16, 30), clock.local(2023, 8, 29, 16, 30)),
        (clock.end_of_day(date(2023, 4, 27)), clock.end_of_day(date(2023, 8, 30))),
        (clock.local(2023, 4, 30, 9), clock.local(2023, 8, 31, 9)),  # on the holiday itself: the last working day
    ],
)
def test_a_deadline_keeps_its_working_days_and_its_hour(moment, there):
    assert same_distance(moment, SPRING, AUTUMN) == there


def test_without_a_holiday_last_time_the_last_working_afternoon_is_proposed():
    assert same_distance(clock.local(2023, 6, 1, 9), None, AUTUMN) == clock.local(2023, 8, 31, 17)


def test_what_is_due_some_working_days_from_the_deadline_stays_so():
    old, new = clock.local(2023, 4, 28, 17), clock.local(2023, 8, 31, 17)
    assert shifted(clock.local(2023, 4, 27, 10), old, new) == clock.local(2023, 8, 30, 10)
    assert shifted(clock.local(2023, 5, 4, 10), old, new) == clock.local(2023, 9, 5, 10)
