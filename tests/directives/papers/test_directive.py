"""The directive is printed from its data as its issuer would have typed it."""

import pytest

from directives.models import Directive
from directives.papers import paper_file_name, render_directive
from tests.cast import make_directive

from .reading import MM, letters, page_count, pages_text, phrase, text

LONG = "Văn phòng Đoàn đại biểu Quốc hội và Hội đồng nhân dân tỉnh Bình Định nhiệm kỳ 2021 - 2026"


@pytest.fixture
def make(cast):
    def _make(**fields):
        return make_directive(cast.desk, issuer_parent_name="UBND TỈNH BÌNH ĐỊNH", **fields)

    return _make


@pytest.mark.parametrize(
    ("doc_type", "name"),
    [
        ("công văn", "cong-van"),
        ("kế hoạch", "ke-hoach"),
        ("Chỉ thị", "chi-thi"),
        ("công điện", "cong-dien"),
        ("", "cong-van"),
    ],
)
def test_file_is_named_by_the_type_of_document(cast, doc_type, name):
    directive = make_directive(cast.desk, doc_type=doc_type, number="5")
    assert paper_file_name("directive", directive) == f"{name}-5-stttt-bcvt-cntt-{directive.pk}.pdf"


def test_number_and_day_not_given_are_left_blank(make):
    said = text(render_directive(make()))
    assert "UBND TỈNH BÌNH ĐỊNH SỞ THÔNG TIN VÀ TRUYỀN THÔNG" in said
    assert "Số: /STTTT-BCVT&CNTT Bình Định, ngày tháng 4 năm 2023" in said
    assert "V/v tăng cường bảo đảm an toàn thông tin mạng" in said
    assert said.endswith("KT. GIÁM ĐỐC PHÓ GIÁM ĐỐC Nguyễn Minh Thảo")


def test_one_addressee_stands_on_the_line_and_several_in_a_list(make):
    assert "Kính gửi: Sở Nội vụ 1. Thực hiện" in text(render_directive(make(addressees=["Sở Nội vụ;"])))
    several = render_directive(make(addressees=["Văn phòng UBND tỉnh", "Các Sở, ban, ngành"]))
    assert "Kính gửi: - Văn phòng UBND tỉnh; - Các Sở, ban, ngành." in text(several)
    colon = phrase(several, "Kính gửi:")[-1]
    assert phrase(several, "- Văn phòng")[0].left == pytest.approx(colon.left, abs=3)


def test_support_contacts_are_told_once(make):
    assert "liên hệ: Phòng Bưu chính, Viễn thông và Công nghệ thông tin (điện thoại: 0256.2210517)./." in text(
        render_directive(make())
    )
    told = text(render_directive(make(closing="Đề nghị liên hệ 0256.2210517.\nĐề nghị thực hiện.")))
    assert told.count("0256.2210517") == 1
    assert "Đề nghị thực hiện./. Nơi nhận: - Như trên; - Lưu: VT, BCVT&CNTT." in told


@pytest.mark.parametrize(
    ("urgency", "words", "width"),
    [("urgent", "KHẨN", 20), ("very_urgent", "THƯỢNG KHẨN", 40), ("immediate", "HỎA TỐC", 30)],
)
def test_urgency_is_boxed_in_its_size(make, urgency, words, width):
    content = render_directive(make(urgency=Directive.Urgency(urgency)))
    printed = phrase(content, words)
    assert round(printed[0].size) == 13
    assert printed[-1].right - printed[0].left < width * MM


@pytest.mark.parametrize(
    ("subject", "printed"),
    [("tăng cường bảo đảm", "Về việc tăng cường bảo đảm"), ("Bảo đảm an toàn", "Bảo đảm an toàn")],
)
def test_named_type_has_a_title_instead_of_a_subject_line(make, subject, printed):
    said = text(render_directive(make(doc_type="kế hoạch", symbol="KH-STTTT", subject=subject)))
    assert f"KẾ HOẠCH {printed}" in said
    assert "V/v" not in said


def test_sixty_addressees_and_copies_with_long_names_stay_within_the_margins(make):
    content = render_directive(
        make(
            closing="Đề nghị thực hiện.",
            addressees=[f"{LONG} số {n}" for n in range(60)],
            copies=[{"name": f"{LONG} số {n}", "note": "để b/cáo"} for n in range(60)],
        )
    )
    said = text(content)
    assert all(f"{LONG} số {n};" in said for n in range(59))
    signed = next(page for page in pages_text(content) if "Nơi nhận:" in page)
    assert "thực hiện./." in signed
    assert "Nguyễn Minh Thảo" in signed
    for page in range(page_count(content)):
        body = [letter for letter in letters(content, page) if letter.baseline > 20 * MM]
        assert max(letter.right for letter in body) <= (210 - 18) * MM + 1.5
        assert max(letter.baseline for letter in body) <= (297 - 20) * MM


def test_copies_printed_in_two_columns_do_not_run_into_the_signature(make):
    content = render_directive(make(copies=[{"name": LONG, "note": None}]))
    right_edge = max(letter.right for letter in phrase(content, "- Văn phòng Đoàn", page_count(content) - 1))
    assert right_edge < phrase(content, "KT. GIÁM ĐỐC", page_count(content) - 1)[0].left
