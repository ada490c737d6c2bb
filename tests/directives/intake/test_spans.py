"""Each field keeps where in the source it was read; what became no field is listed."""

import re

import pytest

from directives.intake import read_directive, read_text
from tests.directives.intake.builders import demo_text
from tools.bench.intake import files

SINGLE = ("issuer_parent", "issuer", "number", "symbol", "place", "day", "month", "year", "subject", "deadline")
LISTS = ("recipients", "based_on", "actions", "contacts", "copies", "cves")


def letters(text: str) -> str:
    return "".join(re.findall(r"[^\W_]", text.replace("<br>", "")))


def said(draft, field: str) -> str:
    return " ".join(draft.source[span.start : span.end] for span in draft.spans[field])


@pytest.mark.parametrize("path", files("corpus"), ids=lambda path: path.name)
def test_every_field_of_every_directive_is_found_in_its_source(path):
    draft = read_directive(path.read_bytes())
    fields = [name for name in SINGLE if getattr(draft, name)]
    fields += [f"{name}.{number}" for name in LISTS for number in range(1, len(getattr(draft, name)) + 1)]
    assert [field for field in fields if field not in draft.spans] == []
    for name in ("issuer_parent", "issuer", "symbol", "place", "subject", "number"):
        assert letters(said(draft, name) if getattr(draft, name) else "") == letters(getattr(draft, name) or "")
    for number, action in enumerate(draft.actions, 1):
        assert letters(said(draft, f"actions.{number}")) == letters(action.text)


def test_spans_lie_where_the_field_is_said_and_not_where_the_same_words_stand_elsewhere():
    draft = read_text(demo_text())
    assert said(draft, "issuer") == "SỞ THÔNG TIN VÀ TRUYỀN THÔNG"
    assert said(draft, "year") == "2023"
    assert draft.spans["year"][0].start < draft.source.index("V/v")
    assert draft.spans["copies.2"][0].start > draft.source.index("Nơi nhận:")
    assert said(draft, "contacts.2").endswith("0256.3811626")
    assert "1520/BTTTT-CATTT ngày 26/4/2023 của Bộ" in said(draft, "based_on.1")


def test_a_subject_beside_another_column_is_found_in_pieces():
    path = next(path for path in files("held_out") if path.name.startswith("01"))
    draft = read_directive(path.read_bytes())
    assert len(draft.spans["subject"]) == 1
    pdf = next(path for path in files("held_out") if path.name.startswith("07"))
    assert len(read_directive(pdf.read_bytes()).spans["subject"]) > 1


def test_what_became_no_field_is_listed_and_the_words_of_the_form_are_not():
    text = demo_text().replace("\n\nSố:", "\n\nHỎA TỐC\n\nSố:") + "\n\nPHỤ LỤC\nDanh sách máy chủ\n"
    draft = read_text(text)
    assert said(draft, "urgency") == "HỎA TỐC"
    left_out = [draft.source[span.start : span.end].strip() for span in draft.left_out]
    assert left_out == ["PHỤ LỤC", "Danh sách máy chủ"]


def test_a_sentence_that_is_no_proposal_is_listed():
    path = next(path for path in files("held_out") if path.name.startswith("05"))
    draft = read_directive(path.read_bytes())
    assert any("đã được nhắc nhiều lần" in draft.source[span.start : span.end] for span in draft.left_out)
