"""The lists of a directive written as plain lines and read back."""

import pytest

from directives.forms.document_lines import (
    lines_of,
    read_contacts,
    read_copies,
    read_letters,
    write_contacts,
    write_copies,
    write_letters,
)


def test_lines_lose_bullets_blank_lines_and_end_marks():
    assert lines_of("- Văn phòng UBND tỉnh;\r\n\r\n– Các Sở, ban, ngành;\n") == [
        "Văn phòng UBND tỉnh",
        "Các Sở, ban, ngành",
    ]


def test_copies_survive_a_round():
    copies = [
        {"name": "Như trên", "note": None},
        {"name": "UBND tỉnh", "note": "để b/cáo"},
        {"name": "Công an tỉnh", "note": "PA 03"},
        {"name": "Lưu", "note": "VT, BCVT&CNTT"},
    ]
    assert write_copies(copies).splitlines()[-1] == "Lưu: VT, BCVT&CNTT"
    assert read_copies(write_copies(copies)) == copies


def test_contacts_survive_a_round_though_their_names_have_commas():
    contacts = [
        {"name": "Phòng Bưu chính, Viễn thông và CNTT", "phones": ["0256.2210517", "0912 345 678"], "emails": []},
        {"name": "Trung tâm", "phones": [], "emails": ["tt@binhdinh.example"]},
    ]
    assert read_contacts(write_contacts(contacts)) == contacts


def test_contact_line_that_is_no_list_of_numbers_stays_whole():
    assert read_contacts("Liên hệ: bộ phận một cửa") == [
        {"name": "Liên hệ: bộ phận một cửa", "phones": [], "emails": []}
    ]


@pytest.mark.parametrize(
    ("line", "letter"),
    [
        (
            "1520/BTTTT-CATTT ngày 26/4/2023 của Bộ Thông tin và Truyền thông",
            {
                "number": "1520/BTTTT-CATTT",
                "day": 26,
                "month": 4,
                "year": 2023,
                "issuer": "Bộ Thông tin và Truyền thông",
            },
        ),
        ("15/CV-UBND", {"number": "15/CV-UBND", "day": None, "month": None, "year": None, "issuer": None}),
    ],
)
def test_letters_survive_a_round(line, letter):
    assert read_letters(line) == [letter]
    assert write_letters([letter]) == line


def test_letter_of_another_form_is_not_lost():
    assert read_letters("theo chỉ đạo của lãnh đạo tỉnh")[0]["number"] == "theo chỉ đạo của lãnh đạo tỉnh"
