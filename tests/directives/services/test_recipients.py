"""Kính gửi lines become agencies in force on the directive's day; nothing unmatched is dropped."""

from datetime import date

import pytest

from directives.services.recipients import match_recipients
from tests.cast import make_directory

pytestmark = pytest.mark.django_db

LINES = [
    "Văn phòng Đoàn ĐBQH và HĐND tỉnh Bình Định",
    "Văn phòng UBND tỉnh",
    "Các Sở, ban, ngành",
    "UBND các huyện, thị xã, thành phố",
]


@pytest.fixture
def issuer():
    return make_directory()


def names(match, day):
    return [agency.name_on(day).name for agency in match.agencies]


def count(matches):
    return sum(len(match.agencies) for match in matches)


def test_the_four_lines_of_2023_are_32_agencies_without_the_issuer(issuer):
    day = date(2023, 4, 26)
    matches = match_recipients(LINES, issuer=issuer, day=day)
    assert [len(match.agencies) for match in matches] == [1, 1, 19, 11]
    everyone = [name for match in matches for name in names(match, day)]
    assert len(set(everyone)) == 32
    assert "Sở Thông tin và Truyền thông" not in everyone


def test_the_same_lines_follow_the_merger_of_1_march_2025(issuer):
    day = date(2025, 3, 1)
    matches = match_recipients([*LINES, "Các doanh nghiệp viễn thông"], issuer=issuer, day=day)
    assert [len(match.agencies) for match in matches] == [1, 1, 14, 11, 0]
    departments = names(matches[2], day)
    assert "Sở Nông nghiệp và Môi trường" in departments
    assert not {"Sở Tài nguyên và Môi trường", "Sở Du lịch", "Ban Dân tộc"} & set(departments)
    assert matches[4].line == "Các doanh nghiệp viễn thông"


def test_after_the_districts_end_their_line_matches_nothing(issuer):
    matches = match_recipients(LINES, issuer=issuer, day=date(2025, 7, 1))
    assert [len(match.agencies) for match in matches] == [1, 1, 14, 0]


@pytest.mark.parametrize("line", ["Sở Y tế", "so y te", "SỞ Y TẾ;", "SYT", "Sở Y tế tỉnh Bình Định"])
def test_an_agency_is_found_by_name_without_accents_and_by_a_symbol_of_its_own(issuer, line):
    (match,) = match_recipients([line], issuer=issuer, day=date(2023, 4, 26))
    assert names(match, date(2023, 4, 26)) == ["Sở Y tế"]
    assert not match.is_class


def test_a_symbol_that_twelve_bodies_share_matches_none(issuer):
    (match,) = match_recipients(["UBND"], issuer=issuer, day=date(2023, 4, 26))
    assert match.agencies == ()


def test_an_agency_named_apart_is_not_taken_again_by_its_class(issuer):
    day = date(2023, 4, 26)
    named, others = match_recipients(["Sở Y tế", "Các sở, ban, ngành"], issuer=issuer, day=day)
    assert names(named, day) == ["Sở Y tế"]
    assert "Sở Y tế" not in names(others, day)


def test_loading_the_directory_twice_changes_nothing(issuer):
    again = make_directory()
    assert again == issuer
    assert count(match_recipients(LINES, issuer=issuer, day=date(2023, 4, 26))) == 32
