"""An agency's own letters, read by intake as any office would read them: the same fields from PDF and Word."""

from datetime import timedelta

import pytest

from agencies.models import Letterhead
from alertdesk.lib import clock
from directives.intake import read_directive
from directives.intake.errors import DirectiveUnreadable
from directives.models import Answer, Assignment, Directive
from directives.papers import (
    render_forwarding,
    render_forwarding_docx,
    render_reply,
    render_reply_docx,
)
from tests.cast import DEADLINE

TODAY = clock.local(2023, 4, 28, 9)
REPLY = pytest.mark.parametrize("render", [render_reply, render_reply_docx], ids=["pdf", "docx"])
FORWARDING = pytest.mark.parametrize("render", [render_forwarding, render_forwarding_docx], ids=["pdf", "docx"])
BASED_ON = {
    "number": "123/STTTT-BCVT&CNTT",
    "day": 26,
    "month": 4,
    "year": 2023,
    "issuer": "Sở Thông tin và Truyền thông",
}
SIGNERS = [
    (["GIÁM ĐỐC"], {"authority": None, "title": "GIÁM ĐỐC"}),
    (["Q. GIÁM ĐỐC"], {"authority": None, "title": "Q. GIÁM ĐỐC"}),
    (["KT. GIÁM ĐỐC", "PHÓ GIÁM ĐỐC"], {"authority": "KT. GIÁM ĐỐC", "title": "PHÓ GIÁM ĐỐC"}),
    (["TL. GIÁM ĐỐC", "CHÁNH VĂN PHÒNG"], {"authority": "TL. GIÁM ĐỐC", "title": "CHÁNH VĂN PHÒNG"}),
    (["TUQ. GIÁM ĐỐC", "TRƯỞNG PHÒNG"], {"authority": "TUQ. GIÁM ĐỐC", "title": "TRƯỞNG PHÒNG"}),
    (["TM. ỦY BAN NHÂN DÂN", "CHỦ TỊCH"], {"authority": "TM. ỦY BAN NHÂN DÂN", "title": "CHỦ TỊCH"}),
    (
        ["TM. ỦY BAN NHÂN DÂN", "KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH"],
        {"authority": "TM. ỦY BAN NHÂN DÂN KT. CHỦ TỊCH", "title": "PHÓ CHỦ TỊCH"},
    ),
    (
        ["TL. GIÁM ĐỐC", "KT. CHÁNH VĂN PHÒNG", "PHÓ CHÁNH VĂN PHÒNG"],
        {"authority": "TL. GIÁM ĐỐC KT. CHÁNH VĂN PHÒNG", "title": "PHÓ CHÁNH VĂN PHÒNG"},
    ),
]


@pytest.fixture
def issued(cast):
    with clock.frozen(TODAY):
        yield cast.issue(number="123", day=26)


def fields(content) -> dict:
    """Return what intake reads; the lines of an authority joined."""
    read = read_directive(content).to_dict()
    authority = read["signer"]["authority"]
    read["signer"]["authority"] = " ".join(authority.split()) if authority else None
    return read


def headed(assignment, **chosen) -> Assignment:
    """Give an agency a letterhead and return its assignment, read anew."""
    Letterhead.objects.create(agency=assignment.agency, **chosen)
    return Assignment.objects.get(pk=assignment.pk)


@REPLY
def test_a_reply_comes_back_with_its_fields(issued, render):
    Answer.objects.filter(assignment=issued[0], action__position=3).update(status="nil", note="Không vận hành.")
    read = fields(render(issued[0]))
    assert {name: read[name] for name in ("issuer_parent", "issuer", "doc_type", "number", "symbol")} == {
        "issuer_parent": "UBND TỈNH BÌNH ĐỊNH",
        "issuer": "SỞ Y TẾ",
        "doc_type": "công văn",
        "number": None,
        "symbol": "SYT",
    }
    assert (read["place"], read["day"], read["month"], read["year"]) == ("Bình Định", None, 4, 2023)
    assert read["subject"] == "báo cáo kết quả thực hiện Công văn số 123/STTTT-BCVT&CNTT"
    assert read["recipients"] == ["Sở Thông tin và Truyền thông"]
    assert read["based_on"] == [BASED_ON]
    assert read["copies"] == [{"name": "Như trên", "note": None}, {"name": "Lưu", "note": "VT"}]
    assert read["signer"] == {"authority": None, "title": "GIÁM ĐỐC", "name": None}
    assert [action["text"].splitlines()[0] for action in read["actions"]] == [f"Nội dung {n}" for n in range(1, 6)]
    assert "Lý do: Không vận hành." in read["actions"][2]["text"]


@REPLY
def test_a_long_reply_is_read_alike_on_every_page(issued, render):
    note = "\n".join(f"Đã phân công cán bộ phụ trách hệ thống số {n} theo quy định của ngành." for n in range(12))
    Answer.objects.filter(assignment=issued[0]).update(status="done", note=note)
    read = fields(render(issued[0]))
    assert len(read["actions"]) == 5
    assert all(f"hệ thống số {n} " in read["actions"][1]["text"] for n in range(12))
    assert read["copies"][-1] == {"name": "Lưu", "note": "VT"}


@REPLY
@pytest.mark.parametrize(("titles", "expected"), SIGNERS, ids=[" / ".join(titles) for titles, _read in SIGNERS])
def test_every_form_of_signing_comes_back(issued, render, titles, expected):
    signers = [{"titles": titles, "name": "Nguyễn Văn An"}]
    read = fields(render(headed(issued[0], signers=signers)))
    assert read["signer"] == expected | {"name": "Nguyễn Văn An"}


@REPLY
def test_what_an_agency_chose_for_its_letterhead_comes_back(issued, render):
    chosen = {
        "parent_name": "Bộ Y tế",
        "own_name": "Sở Y tế tỉnh Bình Định",
        "symbol": "SYT-NVY&VP",
        "place": "Thành phố Quy Nhơn",
        "copies": "Như trên\nGiám đốc Sở (để b/cáo)\nLưu: VT, NVY (02)",
        "reply_opening": "Căn cứ {văn bản} {ngày} của {nơi ban hành}, {cơ quan} báo cáo như sau:",
    }
    read = fields(render(headed(issued[0], **chosen)))
    assert (read["issuer_parent"], read["issuer"]) == ("BỘ Y TẾ", "SỞ Y TẾ TỈNH BÌNH ĐỊNH")
    assert (read["symbol"], read["place"]) == ("SYT-NVY&VP", "Thành phố Quy Nhơn")
    assert read["copies"] == [
        {"name": "Như trên", "note": None},
        {"name": "Giám đốc Sở", "note": "để b/cáo"},
        {"name": "Lưu", "note": "VT, NVY (02)"},
    ]
    assert read["based_on"] == [BASED_ON]


@FORWARDING
def test_a_letter_to_the_units_comes_back_with_its_fields(issued, render):
    read = fields(render(issued[1]))
    assert (read["issuer_parent"], read["issuer"]) == (None, "ỦY BAN NHÂN DÂN THÀNH PHỐ QUY NHƠN")
    assert (read["symbol"], read["place"], read["day"], read["month"]) == ("UBND", "Quy Nhơn", None, 4)
    assert read["subject"] == "triển khai thực hiện Công văn số 123/STTTT-BCVT&CNTT"
    assert read["recipients"] == ["Ủy ban nhân dân các xã, phường, thị trấn"]
    assert read["based_on"] == [BASED_ON]
    assert [action["text"] for action in read["actions"]] == [f"Thực hiện nội dung {n}." for n in range(1, 6)]
    assert read["copies"] == [
        {"name": "Như trên", "note": None},
        {"name": "Sở Thông tin và Truyền thông", "note": "để b/cáo"},
        {"name": "Lưu", "note": "VT"},
    ]
    assert read["signer"] == {"authority": "TM. ỦY BAN NHÂN DÂN", "title": "CHỦ TỊCH", "name": None}


@FORWARDING
def test_the_preamble_and_the_actions_of_a_letter_to_the_units_are_the_directives(issued, render):
    draft = read_directive(render(issued[0]))
    subject = issued[0].directive.subject
    assert " ".join(draft.preamble.split()) == (
        "Thực hiện Công văn số 123/STTTT-BCVT&CNTT ngày 26 tháng 4 năm 2023 của Sở Thông tin và Truyền thông "
        f"về việc {subject}, Sở Y tế đề nghị các đơn vị triển khai thực hiện các nội dung sau:"
    )
    assert "quan tâm, tổ chức thực hiện" in draft.closing


@FORWARDING
@pytest.mark.parametrize(("titles", "expected"), SIGNERS[2:], ids=[" / ".join(titles) for titles, _ in SIGNERS[2:]])
def test_every_form_of_signing_comes_back_from_a_letter_to_the_units(issued, render, titles, expected):
    read = fields(render(headed(issued[1], signers=[{"titles": titles, "name": ""}])))
    assert read["signer"] == expected | {"name": None}


@FORWARDING
def test_the_deadline_of_the_units_comes_back(cast, issued, render):
    unit = Assignment.objects.get(pk=issued[1].pk)
    Assignment.objects.filter(pk=unit.pk).update(parent=issued[0], due_at=DEADLINE - timedelta(hours=6))
    assert fields(render(issued[0]))["deadline"] == "2023-04-28T11:00"


def test_pdf_and_word_are_read_alike(issued):
    for render, write in ((render_reply, render_reply_docx), (render_forwarding, render_forwarding_docx)):
        for assignment in issued:
            assert fields(render(assignment)) == fields(write(assignment))


@REPLY
def test_a_report_is_told_from_what_directs(issued, render):
    with pytest.raises(DirectiveUnreadable) as refused:
        read_directive(render(issued[0], form="report"))
    assert refused.value.code == "not_a_directive"


@REPLY
def test_a_telegram_of_the_committee_is_cited_in_full(issued, render):
    Directive.objects.update(doc_type="công điện", issuer_name="ỦY BAN NHÂN DÂN TỈNH BÌNH ĐỊNH", symbol="CĐ-UBND")
    assert fields(render(issued[0]))["based_on"] == [
        BASED_ON | {"number": "123/CĐ-UBND", "issuer": "Ủy ban nhân dân tỉnh Bình Định"}
    ]
