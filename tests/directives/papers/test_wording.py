"""Dates, numbers and titles follow Decree 30/2020/NĐ-CP."""

import pytest

from agencies.models import Agency
from alertdesk.lib import clock
from directives.models import AnswerStatus, RequiredAction, State
from directives.papers import wording
from directives.papers.wording import ended, full_name, moment, number_line, place_line, signing_titles

Kind = Agency.Kind


@pytest.mark.parametrize(
    ("parts", "said"),
    [
        ((5, 1, 2020), "Hà Nội, ngày 05 tháng 01 năm 2020"),
        ((10, 2, 2023), "Hà Nội, ngày 10 tháng 02 năm 2023"),
        ((29, 6, 2019), "Hà Nội, ngày 29 tháng 6 năm 2019"),
        ((None, 4, 2023), "Hà Nội, ngày       tháng 4 năm 2023"),
    ],
)
def test_place_and_date_are_padded_by_the_rule_and_blank_when_not_given(parts, said):
    assert place_line("Hà Nội", *parts) == said


def test_number_is_padded_below_ten_and_leaves_room_when_not_given():
    assert number_line("5", "BC-STTTT") == "Số: 05/BC-STTTT"
    assert number_line("123", "STTTT-BCVT&CNTT") == "Số: 123/STTTT-BCVT&CNTT"
    assert number_line("", "STTTT-BCVT&CNTT") == "Số:       /STTTT-BCVT&CNTT"


def test_moment_names_the_hour_or_the_end_of_the_day():
    assert moment(clock.local(2023, 4, 28, 17)) == "17 giờ 00 phút ngày 28/4/2023"
    assert moment(clock.end_of_day(clock.local(2023, 1, 5).date())) == "hết ngày 05/01/2023"


@pytest.mark.parametrize(
    ("kind", "name", "titles"),
    [
        (Kind.DEPARTMENT, "Sở Nội vụ", ("GIÁM ĐỐC",)),
        (Kind.DEPARTMENT, "Thanh tra tỉnh", ("CHÁNH THANH TRA",)),
        (Kind.DEPARTMENT, "Ban Dân tộc", ("TRƯỞNG BAN",)),
        (Kind.BOARD, "Ban Quản lý Khu kinh tế", ("TRƯỞNG BAN",)),
        (Kind.OFFICE, "Văn phòng UBND tỉnh", ("CHÁNH VĂN PHÒNG",)),
        (Kind.DISTRICT, "UBND huyện An Lão", ("TM. ỦY BAN NHÂN DÂN", "CHỦ TỊCH")),
        (Kind.VERTICAL, "Cục Thuế tỉnh", ("CỤC TRƯỞNG",)),
        (Kind.VERTICAL, "Bảo hiểm xã hội tỉnh", ("THỦ TRƯỞNG CƠ QUAN",)),
    ],
)
def test_signer_is_titled_by_the_kind_of_agency(kind, name, titles):
    assert signing_titles(kind, name) == titles


def test_paper_ends_with_its_mark_once():
    assert ended("Kính đề nghị phối hợp, thực hiện./.") == ended("Kính đề nghị phối hợp, thực hiện.")


def test_committee_name_is_written_out():
    assert full_name("UBND huyện An Lão") == "Ủy ban nhân dân huyện An Lão"
    assert full_name("Sở Y tế") == "Sở Y tế"


def test_every_state_status_kind_and_group_has_its_words():
    assert set(wording.STATE_WORDS) == set(State)
    assert set(wording.STATUS_WORDS) == set(AnswerStatus)
    assert set(wording.FIGURE_WORDS) == set(RequiredAction.Kind)
    assert set(wording.GROUP_WORDS) == set(Kind)
