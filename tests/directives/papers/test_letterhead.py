"""The head is broken by meaning and falls back to the small sizes before anything overflows."""

import pytest

from directives.papers.fonts import text_width
from directives.papers.letterhead import LARGE, MM, SMALL, break_name, letterhead


def _head(issuer="SỞ Y TẾ", number="Số:       /SYT", place="Bình Định, ngày      tháng 4 năm 2023", parent=""):
    return letterhead(parent=parent, issuer=issuer, number=number, place=place)


@pytest.mark.parametrize(
    ("name", "lines"),
    [
        ("Sở Y tế", ["SỞ Y TẾ"]),
        ("Sở Thông tin và Truyền thông", ["SỞ THÔNG TIN", "VÀ TRUYỀN THÔNG"]),
        ("Sở Lao động - Thương binh và Xã hội", ["SỞ LAO ĐỘNG -", "THƯƠNG BINH VÀ XÃ HỘI"]),
        ("Ủy ban nhân dân thị xã Hoài Nhơn", ["ỦY BAN NHÂN DÂN", "THỊ XÃ HOÀI NHƠN"]),
        ("Ủy ban nhân dân thành phố Quy Nhơn", ["ỦY BAN NHÂN DÂN", "THÀNH PHỐ QUY NHƠN"]),
        ("Văn phòng Đoàn ĐBQH và HĐND tỉnh", ["VĂN PHÒNG ĐOÀN ĐBQH", "VÀ HĐND TỈNH"]),
    ],
)
def test_name_is_broken_by_meaning(name, lines):
    assert break_name(name.upper(), "bold", LARGE.name, LARGE.left * MM) == lines


def test_ordinary_head_takes_the_large_sizes():
    assert _head().css == LARGE.css


@pytest.mark.parametrize(
    "part",
    [
        {"place": "Thành phố Hồ Chí Minh, ngày 29 tháng 6 năm 2019 và hơn"},
        {"number": "Số:       /VPĐĐBQH&HĐND-TTDN&CCHC"},
        {"issuer": "Ban Chỉ đạo Phòng, chống khủng bố và Ứng phó sự cố an toàn thông tin mạng tỉnh Bình Định khóa mới"},
    ],
)
def test_head_that_would_overflow_takes_the_small_sizes(part):
    assert _head(**part).css == SMALL.css


def test_number_too_long_even_for_the_small_sizes_may_wrap():
    assert _head(number=f"Số:       /{'TTTTT-' * 9}BC").number_may_wrap
    assert not _head().number_may_wrap


def test_rule_under_the_name_is_between_a_third_and_half_of_its_line():
    head = _head(issuer="Sở Thông tin và Truyền thông")
    widest = max(text_width(line, "bold", LARGE.name) for line in head.issuer_lines)
    assert widest / 3 <= float(head.rule) <= widest / 2
