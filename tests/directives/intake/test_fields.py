"""Single fields in the shapes that letters use: read where they are said, None where they are not."""

import pytest

from directives.intake import read_text
from directives.intake.kinds import propose_kind
from directives.intake.proposals import proposals_of
from tests.directives.intake.builders import demo_text

LETTER = """UBND TỈNH AN BÌNH
SỞ THÔNG TIN VÀ TRUYỀN THÔNG

CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Độc lập - Tự do - Hạnh phúc

{number}
{date}

V/v bảo đảm an toàn thông tin

Kính gửi: Các sở, ban, ngành.

{opening}

1. {action}
2. Phân công trực 24/7.

{closing}

Nơi nhận:
{copies}

{signer}
"""
PARTS = {
    "number": "Số: 12/STTTT-CNTT",
    "date": "An Bình, ngày 25 tháng 4 năm 2023",
    "opening": "Sở Thông tin và Truyền thông đề nghị:",
    "action": "Rà soát lỗ hổng.",
    "closing": "Trân trọng./.",
    "copies": "- Như trên;\n- Lưu: VT.",
    "signer": "GIÁM ĐỐC\n\nTrần Văn Nam",
}


def read(**parts):
    return read_text(LETTER.format(**PARTS | parts))


@pytest.mark.parametrize(
    ("line", "number", "symbol"),
    [
        ("Số: 05/STTTT-CNTT", "05", "STTTT-CNTT"),
        ("Số:      /STTTT-BCVT&CNTT", None, "STTTT-BCVT&CNTT"),
        ("Số: ……/STTTT-CNTT", None, "STTTT-CNTT"),
        ("Số: ___/STTTT-CNTT", None, "STTTT-CNTT"),
        ("Số 77 /STTTT - CNTT", "77", "STTTT-CNTT"),
        ("Số 1234-CV/BTGTU", "1234", "CV/BTGTU"),
        ("Số: 12a/STTTT-CNTT", "12a", "STTTT-CNTT"),
        ("", None, None),
    ],
)
def test_number_and_symbol(line, number, symbol):
    draft = read(number=line)
    assert (draft.number, draft.symbol) == (number, symbol)


@pytest.mark.parametrize(
    ("line", "read_as"),
    [
        ("An Bình, ngày 05 tháng 01 năm 2023", ("An Bình", 5, 1, 2023)),
        ("An Bình, ngày      tháng 4 năm 2023", ("An Bình", None, 4, 2023)),
        ("An Bình, ngày … tháng … năm 2023", ("An Bình", None, None, 2023)),
        ("An Bình, ngày ... tháng ... năm 20...", ("An Bình", None, None, None)),
        ("Thành phố Hồ Chí Minh, ngày 29/6/2019", ("Thành phố Hồ Chí Minh", 29, 6, 2019)),
        ("An Bình, ngày 31 tháng 4 năm 2023", ("An Bình", None, 4, 2023)),
        ("", (None, None, None, None)),
    ],
)
def test_place_and_date(line, read_as):
    draft = read(date=line)
    assert (draft.place, draft.day, draft.month, draft.year) == read_as


@pytest.mark.parametrize(
    ("sentence", "deadline"),
    [
        ("Báo cáo kết quả về Sở trước ngày 28/4/2023.", "2023-04-28"),
        ("Báo cáo kết quả về Sở trước 17 giờ 00 ngày 28/4/2023.", "2023-04-28T17:00"),
        ("Gửi báo cáo trước 16h30, thứ Sáu, ngày 28 tháng 4 năm 2023.", "2023-04-28T16:30"),
        ("Báo cáo gửi về Sở chậm nhất ngày 04/5/2023 để tổng hợp.", "2023-05-04"),
        ("Hạn báo cáo: 28/4/2023.", "2023-04-28"),
        ("Thời hạn gửi báo cáo: trước 11:00 ngày 28-4-2023.", "2023-04-28T11:00"),
        ("Báo cáo kết quả trước ngày 28/4.", "2023-04-28"),
        ("Trực từ ngày 29/4/2023 đến hết ngày 03/5/2023.", None),
        ("Khắc phục lỗ hổng công bố trước ngày 01/01/2023.", None),
        ("Báo cáo nhanh trước ngày 29/4/2023. Báo cáo tổng hợp trước ngày 04/5/2023.", None),
        ("Báo cáo trước ngày 31/4/2023.", None),
        ("Trân trọng./.", None),
    ],
)
def test_deadline(sentence, deadline):
    assert read(closing=sentence).deadline == deadline


def test_the_reporting_day_is_told_from_a_day_within_an_action():
    draft = read(action="Vá lỗ hổng, hoàn thành trước ngày 27/4/2023.", closing="Báo cáo Sở trước ngày 04/5/2023.")
    assert draft.deadline == "2023-05-04"


@pytest.mark.parametrize(
    ("opening", "letters"),
    [
        (
            "Thực hiện Công văn số 1520/BTTTT-CATTT ngày 26 tháng 4 năm 2023 của Bộ Thông tin và Truyền thông về "
            "việc tăng cường; Công văn số 9/UBND-VX của UBND tỉnh, Sở đề nghị:",
            [
                ("1520/BTTTT-CATTT", 26, 4, 2023, "Bộ Thông tin và Truyền thông"),
                ("9/UBND-VX", None, None, None, "UBND tỉnh"),
            ],
        ),
        (
            "Căn cứ Nghị định số 85/2016/NĐ-CP ngày 01/7/2016 của Chính phủ, Sở đề nghị:",
            [],
        ),
        (
            "Thực hiện chỉ đạo của UBND tỉnh tại Công văn số 77/UBND-NC ngày 24/4/2023, Sở đề nghị:",
            [("77/UBND-NC", 24, 4, 2023, "UBND tỉnh")],
        ),
        ("Sở đề nghị:", []),
    ],
)
def test_base_letters(opening, letters):
    found = read(opening=opening).based_on
    assert [(base.number, base.day, base.month, base.year, base.issuer) for base in found] == letters


def test_a_letter_that_a_dashed_demand_names_is_no_base():
    text = demo_text()
    for number in range(1, 6):
        text = text.replace(f"\n{number}. ", "\n- ")
    text = text.replace("\n- ", "\n- Theo Chỉ thị số 14/CT-TTg, ", 5)
    assert [base.number for base in read_text(text).based_on] == ["1520/BTTTT-CATTT"]


@pytest.mark.parametrize(
    ("lines", "signer"),
    [
        ("GIÁM ĐỐC\nTrần Văn Nam", (None, "GIÁM ĐỐC", "Trần Văn Nam")),
        ("KT. GIÁM ĐỐC\nPHÓ GIÁM ĐỐC\n(Đã ký)\nTrần Văn Nam", ("KT. GIÁM ĐỐC", "PHÓ GIÁM ĐỐC", "Trần Văn Nam")),
        ("**KT. GIÁM ĐỐC\nPHÓ GIÁM ĐỐC**Trần Văn Nam", ("KT. GIÁM ĐỐC", "PHÓ GIÁM ĐỐC", "Trần Văn Nam")),
        (
            "TM. ỦY BAN NHÂN DÂN\nKT. CHỦ TỊCH\nPHÓ CHỦ TỊCH\nTrần Văn Nam",
            ("TM. ỦY BAN NHÂN DÂN\nKT. CHỦ TỊCH", "PHÓ CHỦ TỊCH", "Trần Văn Nam"),
        ),
        ("TL. GIÁM ĐỐC\nCHÁNH VĂN PHÒNG\nTrần Văn Nam", ("TL. GIÁM ĐỐC", "CHÁNH VĂN PHÒNG", "Trần Văn Nam")),
        ("Q. GIÁM ĐỐC\nTrần Văn Nam", (None, "Q. GIÁM ĐỐC", "Trần Văn Nam")),
        (
            "TUQ. GIÁM ĐỐC\nTRƯỞNG PHÒNG CÔNG NGHỆ\nTHÔNG TIN",
            ("TUQ. GIÁM ĐỐC", "TRƯỞNG PHÒNG CÔNG NGHỆ THÔNG TIN", None),
        ),
        ("GIÁM ĐỐC\nTRẦN VĂN NAM", (None, "GIÁM ĐỐC", "TRẦN VĂN NAM")),
        ("", (None, None, None)),
    ],
)
def test_signer(lines, signer):
    found = read(signer=lines).signer
    assert (found.authority, found.title, found.name) == signer


def test_copies_are_name_and_note():
    draft = read(copies="- Như trên;\n- Văn phòng Đoàn ĐBQH\nvà HĐND tỉnh (b/c);\n- Lưu: VT, CNTT (05b).")
    assert [(copy.name, copy.note) for copy in draft.copies] == [
        ("Như trên", None),
        ("Văn phòng Đoàn ĐBQH và HĐND tỉnh", "b/c"),
        ("Lưu", "VT, CNTT (05b)"),
    ]


def test_contacts_leave_out_fax_and_keep_all_telephones():
    draft = read(
        closing="Liên hệ: Phòng CNTT, ĐT: 0256.3811626 - 0905 123 456, fax: 0256.3999999, email: cntt@anbinh.example."
    )
    (contact,) = draft.contacts
    assert contact.name == "Phòng CNTT"
    assert contact.phones == ("0256.3811626", "0905 123 456")
    assert contact.emails == ("cntt@anbinh.example",)


@pytest.mark.parametrize(
    ("sentence", "name"),
    [
        ("Khi có sự cố, thông báo ngay về Tổ ứng cứu sự cố (điện thoại: 0256.3811626).", "Tổ ứng cứu sự cố"),
        ("Đề nghị liên hệ đầu mối hỗ trợ của Sở: Trung tâm CNTT, số máy 0256.3811626.", "Trung tâm CNTT"),
        ("Trung tâm CNTT là đầu mối tiếp nhận sự cố, điện thoại 0256.3811626.", "Trung tâm CNTT"),
        ("Mọi vướng mắc xin liên hệ đồng chí Lê Thị Hoa, ĐT 0256.3811626.", "Lê Thị Hoa"),
        ("Báo cáo kết quả gửi về Cục An toàn dữ liệu, số máy 0256.3811626.", "Cục An toàn dữ liệu"),
    ],
)
def test_a_contact_is_named_without_what_leads_to_it(sentence, name):
    (contact,) = read(closing=sentence).contacts
    assert (contact.name, contact.phones) == (name, ("0256.3811626",))


def test_a_closing_that_gives_no_telephone_gives_no_contact():
    assert read(closing="Nếu có vướng mắc, đề nghị liên hệ Sở để được hướng dẫn.").contacts == ()


def test_cves_are_listed_once_in_order():
    assert read(action="Vá CVE-2023-23397, cve-2023–24880 và CVE-2023-23397.").cves == (
        "CVE-2023-23397",
        "CVE-2023-24880",
    )


def test_sub_items_stay_in_the_text_of_their_action():
    draft = read(action="Rà soát:\na) máy chủ;\n- máy trạm;\n1.1. thiết bị mạng.")
    assert len(draft.actions) == 2
    assert draft.actions[0].text == "Rà soát:\na) máy chủ;\n- máy trạm;\n1.1. thiết bị mạng."


def test_a_demand_after_a_connector_is_proposed_by_its_verb():
    prose = (
        "Đề nghị các cơ quan rà soát máy tính. Đồng thời, đổi mật khẩu các tài khoản quản trị; "
        "tắt các chức năng bình luận."
    )
    _before, sentences, _after = proposals_of([prose])
    assert sentences[1].startswith("Đồng thời, đổi mật khẩu")


def test_an_overlong_number_counts_as_not_read():
    draft = read(number=f"Số: {'9' * 30}/STTTT-CNTT")
    assert draft.number is None
    assert "number" in [warning.code for warning in draft.unread]


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Tăng cường bảo vệ hệ thống thông tin quan trọng, dữ liệu cá nhân.", "systems"),
        ("Cập nhật bản vá cho máy chủ.", "vulnerabilities"),
        ("Kiểm tra bài viết trên trang thông tin điện tử.", "portals"),
        ("Trực giám sát 24/7 theo mô hình 4 lớp.", "layers_and_duty"),
        ("Sao gửi văn bản đến các đơn vị trực thuộc.", "cascade"),
        ("Không dùng phần mềm không rõ nguồn gốc.", "general"),
    ],
)
def test_the_kind_follows_the_words_with_and_without_accents(text, kind):
    assert propose_kind(text).kind == kind
    assert bool(propose_kind(text).reason) is (kind != "general")


@pytest.mark.parametrize(
    ("stamp", "urgency"),
    [
        ("HỎA TỐC", "immediate"),
        ("HOẢ TỐC HẸN GIỜ", "immediate"),
        ("THƯỢNG KHẨN", "very_urgent"),
        ("[Khẩn]", "urgent"),
        ("MẬT", ""),
        ("", ""),
    ],
)
def test_urgency_is_what_is_stamped_in_the_head(stamp, urgency):
    draft = read(number=f"Số: 12/STTTT-CNTT\n\n{stamp}\n")
    assert draft.urgency == urgency
    assert draft.subject == "bảo đảm an toàn thông tin"
    assert "urgency" not in draft.to_dict()


def test_urgency_behind_the_name_of_the_type_is_no_part_of_the_subject():
    draft = read(number="Số: 12/CĐ-UBND\n\nCÔNG ĐIỆN KHẨN")
    assert (draft.doc_type, draft.urgency, draft.subject) == ("công điện", "urgent", "bảo đảm an toàn thông tin")


def test_hurry_that_is_only_spoken_of_is_no_urgency():
    assert read(action="Khẩn trương rà soát.", closing="Hỏa tốc\n\nTrân trọng./.").urgency == ""


def test_a_number_broken_behind_its_dash_is_one_word_again():
    draft = read(opening="Thực hiện Công văn số 702/CATTT-\nNCSC ngày 26/4/2023 của Cục An toàn thông tin, đề nghị:")
    assert [letter.number for letter in draft.based_on] == ["702/CATTT-NCSC"]


def test_a_single_numbered_demand_is_read_without_its_number():
    draft = read_text(LETTER.format(**PARTS).replace("2. Phân công trực 24/7.", ""))
    assert [action.text for action in draft.actions] == ["Rà soát lỗ hổng."]
