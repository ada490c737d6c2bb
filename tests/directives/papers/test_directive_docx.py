"""The directive's Word file says what its PDF says, in the shape of an official paper."""

from collections import Counter

import pytest
from docx.oxml.ns import qn
from docx.shared import Mm, Pt

from alertdesk.lib import clock
from directives.models import DemoClock, Directive
from directives.papers import MissingGlyph, render_directive, render_directive_docx
from tests.cast import make_directive

from . import reading, word

LONG = "Văn phòng Đoàn đại biểu Quốc hội và Hội đồng nhân dân tỉnh Bình Định nhiệm kỳ 2021 - 2026"


@pytest.fixture
def make(cast):
    def _make(**fields):
        return make_directive(cast.desk, issuer_parent_name="UBND TỈNH BÌNH ĐỊNH", **fields)

    return _make


@pytest.mark.parametrize(
    "fields",
    [
        {},
        {"number": "5", "day": 6, "urgency": "very_urgent"},
        {"doc_type": "kế hoạch", "symbol": "KH-STTTT", "subject": "Bảo đảm an toàn thông tin mạng"},
        {"doc_type": "công điện", "symbol": "CĐ-UBND", "urgency": "immediate", "addressees": ["Sở Y tế"]},
        {"addressees": [f"{LONG} số {n}" for n in range(30)], "closing": "Đề nghị\tthực hiện."},
        {"copies": [{"name": f"{LONG} số {n}", "note": "để b/cáo"} for n in range(30)]},
        {"issuer_name": "BAN QUẢN LÝ CÁC KHU CÔNG NGHIỆP VÀ KHU CHẾ XUẤT TỈNH", "signer_name": ""},
    ],
    ids=["letter", "urgent", "plan", "telegram", "addressees", "copies", "small-sizes"],
)
def test_says_the_words_of_the_pdf(make, fields):
    directive = make(**fields)
    printed, written = render_directive(directive), render_directive_docx(directive)
    # In no order: a PDF's columns are read across, a table's cells one by one. Intake's round trip sees to the order.
    in_print, in_word = Counter(reading.text(printed).split()), Counter(word.text(written).split())
    assert in_word - in_print == Counter()
    assert in_print - in_word == Counter(str(page) for page in range(2, reading.page_count(printed) + 1))


def test_parts_carry_named_styles(make):
    styled = word.styled(render_directive_docx(make(urgency="urgent", preamble="Thực hiện Công văn số 1/BTTTT.")))
    assert styled["Quốc hiệu"] == ["CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"]
    assert styled["Tên cơ quan chủ quản"] == ["UBND TỈNH BÌNH ĐỊNH"]
    assert styled["Tên cơ quan"] == ["SỞ THÔNG TIN VÀ TRUYỀN THÔNG"]
    assert styled["Số ký hiệu"] == ["Số:       /STTTT-BCVT&CNTT"]
    assert styled["Trích yếu"] == ["V/v tăng cường bảo đảm an toàn thông tin mạng dịp nghỉ lễ 30/4 và 01/5"]
    assert styled["Mức độ khẩn"] == ["KHẨN"]
    assert styled["Nội dung"][0] == "Thực hiện Công văn số 1/BTTTT."
    assert styled["Nội dung yêu cầu"] == [f"Thực hiện nội dung {number}." for number in range(1, 6)]
    assert styled["Danh sách nơi nhận"] == ["- Như trên;", "- Lưu: VT, BCVT&CNTT."]
    assert styled["Chức vụ người ký"] == ["KT. GIÁM ĐỐC", "PHÓ GIÁM ĐỐC"]
    assert styled["Họ tên người ký"] == ["Nguyễn Minh Thảo"]


def test_page_font_and_language_are_those_of_an_official_paper(make):
    content = render_directive_docx(make())
    section = word.opened(content).sections[0]
    assert [round(side / Mm(1)) for side in (section.page_width, section.page_height)] == [210, 297]
    margins = (section.top_margin, section.right_margin, section.bottom_margin, section.left_margin)
    assert [round(side / Mm(1)) for side in margins] == [20, 18, 20, 30]
    document = word.opened(content)
    assert {style.font.name for style in document.styles if style.quick_style and style.name != "Normal"} == {
        "Times New Roman"
    }
    assert document.styles["Nội dung"].font.size == Pt(14)
    assert 'w:val="vi-VN"' in word.part(content, "word/styles.xml")
    assert "PAGE" in word.part(content, "word/header1.xml") + word.part(content, "word/header2.xml")
    assert section.different_first_page_header_footer


def test_a_long_letterhead_takes_the_smaller_sizes(make):
    document = word.opened(render_directive_docx(make(place="Thành phố Quy Nhơn, tỉnh Bình Định, Việt Nam")))
    assert document.styles["Nội dung"].font.size == Pt(13)
    assert document.styles["Quốc hiệu"].font.size == Pt(12)


def test_word_numbers_the_actions_by_one_definition(make):
    content = render_directive_docx(make())
    numbering = word.opened(content).part.numbering_part.element
    assert len(list(numbering.iter(qn("w:abstractNum")))) == 1
    assert "w:numPr" not in word.part(content, "word/document.xml")
    assert "4. Thực hiện nội dung 4. 5. Thực hiện nội dung 5." in word.text(content)


@pytest.mark.parametrize("render", [render_directive_docx, render_directive], ids=["docx", "pdf"])
def test_actions_that_count_within_themselves_are_numbered_in_roman_figures(make, render):
    directive = make(actions=2)
    directive.actions.filter(position=1).update(text="Sở Y tế:\n1. Trực 24/7.\n2. Báo cáo.")
    content = render(directive)
    said = word.text(content) if render is render_directive_docx else reading.text(content)
    assert "I. Sở Y tế: 1. Trực 24/7. 2. Báo cáo. II. Thực hiện nội dung 2." in said


def test_same_directive_gives_the_same_bytes_on_any_day(make):
    directive = make()
    with clock.frozen(clock.local(2023, 4, 26, 9)):
        first = render_directive_docx(directive)
    with clock.frozen(clock.local(2024, 1, 1, 9)):
        assert render_directive_docx(Directive.objects.get(pk=directive.pk)) == first
    assert word.part_dates(first) == {(1980, 1, 1, 0, 0, 0)}
    assert "python-docx" not in word.part(first, "docProps/core.xml")


def test_a_demo_says_so_above_every_page(make):
    directive = make()
    assert "DỮ LIỆU MINH HỌA" not in "".join(word.running_heads(render_directive_docx(directive)))
    DemoClock.objects.create(now=clock.local(2023, 4, 28, 9))
    first, further = word.running_heads(render_directive_docx(directive))
    assert "DỮ LIỆU MINH HỌA" in first
    assert "DỮ LIỆU MINH HỌA" in further


def test_invisible_signs_are_dropped_and_unknown_letters_refused(make):
    assert "Kính đề nghị./." in word.text(render_directive_docx(make(closing="Kính \u200bđề\x02 nghị")))
    with pytest.raises(MissingGlyph) as refused:
        render_directive_docx(make(closing="Xong 🎉"))
    assert refused.value.letters == ["🎉"]


def test_an_empty_draft_is_still_a_paper(cast):
    empty = Directive.objects.create(issuer=cast.desk)
    assert "Nơi nhận: - Như trên; - Lưu: VT." in word.text(render_directive_docx(empty))
