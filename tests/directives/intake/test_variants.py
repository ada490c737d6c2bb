"""Directives in many clothes give the draft that a person would write down."""

import json

import pytest

from directives.intake import read_directive, read_text
from tests.corpus.tcvn3 import tcvn3
from tests.directives.intake.builders import (
    VARIANTS,
    demo_text,
    docx_bytes,
    pdf_bytes,
    windows_1258,
)

KINDS = ["systems", "vulnerabilities", "portals", "layers_and_duty", "cascade"]


def expected(name: str) -> dict:
    return json.loads((VARIANTS / f"{name}.json").read_text(encoding="utf-8"))


def one_line_of_addressees() -> bytes:
    before, rest = demo_text().split("Kính gửi:\n\n- ")
    names, after = rest.replace("\n- ", " ", 3).split("\n\nThực hiện", 1)
    return f"{before}Kính gửi: {names}\n\nThực hiện{after}".encode()


DEMO_IN_OTHER_CLOTHES = {
    "as it is": lambda: demo_text().encode(),
    "UTF-8 with a mark": lambda: demo_text().encode("utf-8-sig"),
    "UTF-16": lambda: demo_text().encode("utf-16"),
    "UTF-16 LE without a mark": lambda: demo_text().encode("utf-16-le"),
    "UTF-16 BE without a mark": lambda: demo_text().encode("utf-16-be"),
    "Windows-1258": lambda: windows_1258(demo_text()),
    "TCVN3": lambda: tcvn3(demo_text()),
    "TCVN3 pasted as if it were Latin-1": lambda: tcvn3(demo_text()).decode("latin-1").encode(),
    "Windows line ends": lambda: demo_text().replace("\n", "\r\n").encode(),
    "addressees on one line": one_line_of_addressees,
    "Word": docx_bytes,
    "PDF": pdf_bytes,
}


@pytest.mark.parametrize("clothes", DEMO_IN_OTHER_CLOTHES)
def test_the_demo_directive_gives_the_same_draft_in_any_clothes(clothes):
    draft = read_directive(DEMO_IN_OTHER_CLOTHES[clothes]()).to_dict()
    assert draft == expected("demo")
    assert list(draft) == list(expected("demo"))


@pytest.mark.parametrize(
    "name", ["other-province", "four-actions", "seven-actions", "prose-in-tables", "plan-in-sections"]
)
def test_another_directive_gives_its_own_draft(name):
    assert read_directive((VARIANTS / f"{name}.txt").read_bytes()).to_dict() == expected(name)


def test_the_demo_draft_holds_what_the_paper_holds():
    draft = read_text(demo_text())
    assert [action.kind for action in draft.actions] == KINDS
    assert all(action.reason for action in draft.actions)
    assert (draft.number, draft.day, draft.deadline) == (None, None, None)
    assert (len(draft.recipients), len(draft.copies), len(draft.contacts)) == (4, 6, 2)
    assert [warning.code for warning in draft.unread] == ["number", "day", "deadline"]


def test_opening_and_closing_are_kept_paragraph_by_paragraph():
    draft = read_text(demo_text())
    assert [line[:12] for line in draft.preamble.splitlines()] == ["Thực hiện Cô", "Để chủ động "]
    assert [line[:12] for line in draft.closing.splitlines()] == ["Trong trường", "Kính đề nghị"]


@pytest.mark.parametrize("width", [60, 72, 80, 96])
def test_lines_broken_at_the_margin_change_nothing(width):
    broken = "\n".join(wrapped(line, width) for line in demo_text().splitlines())
    folded = json.loads(json.dumps(read_text(broken).to_dict()).replace("\\n", " "))
    assert folded == expected("demo")


def wrapped(line: str, width: int) -> str:
    rows = [""]
    for word in line.split(" "):
        if rows[-1] and len(rows[-1]) + 1 + len(word) > width:
            rows.append(word)
        else:
            rows[-1] = f"{rows[-1]} {word}".strip()
    return "\n".join(rows)


@pytest.mark.parametrize("mark", ["{}) ", "{}.", "\t{}.\t", "**{}.** ", "Nội dung {}: ", "({}) "])
def test_actions_are_found_under_any_style_of_number(mark):
    text = demo_text()
    for number in range(1, 6):
        text = text.replace(f"\n{number}. ", f"\n{mark.format(number)}")
    assert read_text(text).to_dict() == expected("demo")


def test_without_numbers_the_demo_gives_proposals_and_says_so():
    text = demo_text()
    for number in range(1, 6):
        text = text.replace(f"\n{number}. ", "\n")
    draft = read_text(text)
    assert draft.proposed
    assert "proposed" in [warning.code for warning in draft.unread]
    assert list(dict.fromkeys(action.kind for action in draft.actions)) == KINDS
    assert not any("liên hệ: Phòng" in action.text or "Quý cơ quan" in action.text for action in draft.actions)


def test_the_signature_may_stand_beside_or_before_the_copies():
    start, signed = demo_text().index("Nơi nhận:"), demo_text().index("**KT.")
    body, copies, signature = demo_text()[:start], demo_text()[start:signed], demo_text()[signed:]
    rows = [line for line in copies.splitlines() if line]
    beside = ["KT. GIÁM ĐỐC", "PHÓ GIÁM ĐỐC", "", "(Đã ký)", "", "", "Nguyễn Minh Thảo"]
    columns = "\n".join(f"{left:<50}{right}" for left, right in zip(rows, beside, strict=True))
    for foot in (f"{signature}\n\n{copies}", columns, signature.replace("**\n\n", "**") + f"\n{copies}"):
        assert read_text(body + foot).to_dict() == expected("demo")


def test_an_annex_adds_no_addressees_actions_or_signers():
    annex = "\n\nPHỤ LỤC I\nDANH MỤC\n\nKính gửi: ai đó\n1. Một\n2. Hai\nCVE-2023-23397\nGIÁM ĐỐC\nTrần Văn Nam\n"
    draft = read_text(demo_text() + annex)
    assert draft.cves == ("CVE-2023-23397",)
    assert draft.to_dict() | {"cves": []} == expected("demo")
