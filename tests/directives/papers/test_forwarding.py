"""The agency's letter to its units passes on what the directive asks, on the agency's own letterhead."""

import pytest

from alertdesk.lib import clock
from directives.papers import paper_file_name, render_forwarding, render_forwarding_docx
from directives.services.cascading import pass_on
from tests.cast import DEADLINE
from tests.directives.units import FOR_UNITS, make_unit

from . import word
from .reading import text

TODAY = clock.local(2023, 4, 26, 15)


@pytest.fixture
def town(cast):
    with clock.frozen(TODAY):
        yield cast.issue(number="123", day=26)[1]


def test_the_letter_names_the_directive_and_leaves_number_and_day_blank(town):
    said = text(render_forwarding(town))
    assert said.startswith("ỦY BAN NHÂN DÂN THÀNH PHỐ QUY NHƠN")
    assert "Số: /UBND Quy Nhơn, ngày tháng 4 năm 2023" in said
    assert "V/v triển khai thực hiện Công văn số 123/STTTT-BCVT&CNTT" in said
    assert "Kính gửi: Ủy ban nhân dân các xã, phường, thị trấn" in said
    assert "Thực hiện Công văn số 123/STTTT-BCVT&CNTT ngày 26 tháng 4 năm 2023 của Sở Thông tin và Truyền thông" in said
    assert "TM. ỦY BAN NHÂN DÂN CHỦ TỊCH" in said
    assert "- Như trên; - Sở Thông tin và Truyền thông (để b/cáo); - Lưu: VT." in said


def test_every_action_is_listed_as_the_directive_words_it(town):
    said = text(render_forwarding(town))
    for action in town.directive.actions.all():
        assert f"{action.position}. {action.text}" in said


def test_other_agencies_write_to_the_units_below_them(cast):
    with clock.frozen(TODAY):
        said = text(render_forwarding(cast.issue(number="123", day=26)[0]))
    assert "Kính gửi: Các đơn vị trực thuộc" in said
    assert "Số: /SYT Bình Định" in said


def test_the_deadline_is_what_the_units_were_given_and_blank_where_that_is_not_one(cast, town):
    units = [make_unit(cast.town, number)[0] for number in (1, 2)]
    assert "trước …… giờ …… ngày …… để tổng hợp" in text(render_forwarding(town))
    pass_on(town, actor=cast.head, units=units[:1], deadline=FOR_UNITS)
    assert "trước 17 giờ 00 phút ngày 27/4/2023 để tổng hợp" in text(render_forwarding(town))
    pass_on(town, actor=cast.head, units=units[1:], deadline=DEADLINE)
    assert "trước …… giờ …… ngày ……" in text(render_forwarding(town))


def test_the_word_file_says_the_same(town):
    assert word.text(render_forwarding_docx(town)) == text(render_forwarding(town))


def test_its_file_is_named_for_the_agency(town):
    assert paper_file_name("forwarding", town, "docx") == (
        f"cong-van-trien-khai-ubnd-thanh-pho-quy-nhon-{town.pk}.docx"
    )
