"""Every paper's Word file says what its PDF says, in the same order, in named styles."""

import os
import re
import subprocess
import sys
from datetime import timedelta

import pytest
from docx.oxml.ns import qn

from alertdesk.lib import clock
from directives.models import Answer, AnswerStatus, Assignment, Directive
from directives.papers import (
    MissingGlyph,
    render_directive,
    render_directive_docx,
    render_forwarding,
    render_forwarding_docx,
    render_reply,
    render_reply_docx,
    render_summary,
    render_summary_docx,
)
from directives.services.answering import save_answer
from directives.services.submitting import submit_report
from tests.cast import DEADLINE, answer_everything, make_agency

from . import word
from .layout.cases import LETTERS
from .reading import letters, page_count

TODAY = clock.local(2023, 4, 28, 9)
TOP = 20 * 72 / 25.4
# What a chart says stands in no other file: its numbers are in the tables.
OF_CHARTS = re.compile(r"cộng dồn theo ngày|Đậm: |hết hạn")


# A letter that needs no database, written by a process of its own.
ELSEWHERE = """
import hashlib, django
django.setup()
from directives.papers import sheet
from directives.papers.letterhead import letterhead
from directives.papers.word import paper_file
sheet.is_demo = lambda: False
place = "Bình Định, ngày 05 tháng 4 năm 2023"
head = letterhead(parent="UBND TỈNH", issuer="SỞ Y TẾ", number="Số: 05/SYT", place=place, subject="thử")
signer = sheet.Signer(("KT. GIÁM ĐỐC", "PHÓ GIÁM ĐỐC"), "An")
said = {"preamble": ["Một."], "actions": [{"label": "1.", "lines": ["Hai."]}], "closing": ["Ba./."]}
context = sheet.sheet(title="V/v thử", head=head, addressees=["A", "B"], copies=["Lưu: VT"], signer=signer, **said)
print(hashlib.sha256(paper_file("directive.html", context)).hexdigest())
"""


@pytest.fixture
def health(cast):
    """One report as it is written: figures, reasons and notes of several lines."""
    with clock.frozen(TODAY):
        assignment = cast.issue(number="123", day=26)[0]
        answer = assignment.answers.get(action__kind="vulnerabilities")
        save_answer(answer, actor=cast.officer, version=0, status="done", total=1200, done=1195, extra=5)
        Answer.objects.filter(assignment=assignment, action__position=3).update(status="nil", note="Không vận hành")
        Answer.objects.filter(assignment=assignment, action__position=5).update(status="done", note="Một.\nHai & ba.")
        yield assignment


@pytest.fixture
def issued(cast):
    """A directive with one report sent, one agency silent, three days past the deadline."""
    health = cast.issue(cast.health, cast.town, make_agency("Sở Tư pháp", parent=cast.province), number="123", day=26)[
        0
    ]
    with clock.frozen(DEADLINE - timedelta(days=1)):
        answer_everything(health, cast.officer)
        submit_report(health, actor=cast.officer)
    with clock.frozen(DEADLINE + timedelta(days=3)):
        yield health.directive


def bare(text: str) -> str:
    """Return a text without blanks."""
    return re.sub(r"\s+", "", text)


def printed(content: bytes) -> str:
    """Return the letters of a PDF in the order of printing, without page numbers and blanks."""
    pages = (letters(content, page) for page in range(page_count(content)))
    return bare("".join(letter.char for page in pages for letter in page if letter.baseline > TOP))


def skipped(content: bytes, lines: list[str]) -> str:
    """Return what the PDF prints between the lines of a Word file; fails where a line is missing or out of order."""
    rest, between = printed(content), []
    for line in lines:
        before, found, rest = rest.partition(bare(line))
        assert found, f"not in the PDF, or not here: {line!r}; the PDF goes on: {before[:80]!r}"
        between.append(before)
    return "".join([*between, rest])


PAPERS = [
    pytest.param(lambda a: render_directive(a.directive), lambda a: render_directive_docx(a.directive), id="directive"),
    pytest.param(render_forwarding, render_forwarding_docx, id="forwarding"),
    pytest.param(render_reply, render_reply_docx, id="reply"),
    pytest.param(
        lambda a: render_reply(a, form="report"), lambda a: render_reply_docx(a, form="report"), id="reply-report"
    ),
]


@pytest.mark.parametrize(("render", "write"), PAPERS)
def test_word_says_the_paragraphs_of_the_pdf_in_their_order(health, render, write):
    assert skipped(render(health), word.lines(write(health))) == ""


QUICK = ("plain", "name-board", "signer-tl-kt", "immediate-long-name", "40-copies", "order-with-bases", "report-above")


@pytest.mark.parametrize(
    "name", [name if name in QUICK else pytest.param(name, marks=pytest.mark.slow) for name in LETTERS]
)
def test_directives_of_every_shape_are_the_same_in_word(cast, name):
    LETTERS[name].print(cast)
    directive = Directive.objects.latest("pk")
    assert skipped(render_directive(directive), word.lines(render_directive_docx(directive))) == ""


def test_summary_in_word_says_all_but_the_charts_in_the_same_order(issued):
    content, lines = render_summary(issued), word.lines(render_summary_docx(issued))
    left_out = skipped(content, lines)
    assert len(left_out) < 900
    for said in ("Đậm:đãghinhận", "cộngdồntheongày"):
        assert said in left_out
    for said in ("KẾTLUẬN", "SởTưpháp", "Phụlục", "Nơinhận"):
        assert said not in left_out


@pytest.mark.parametrize(("render", "write"), PAPERS)
def test_word_file_is_the_same_at_any_hour_and_carries_styles(health, render, write):
    first = write(health)
    with clock.frozen(TODAY + timedelta(hours=3)):
        assert write(Assignment.objects.get(pk=health.pk)) == first
    assert not any(word.styled(first).get("", ()))  # nothing is said in no style
    assert word.part_dates(first) == {(1980, 1, 1, 0, 0, 0)}


def test_two_processes_with_other_hash_seeds_write_the_same_bytes():
    def written(seed):
        environment = {**os.environ, "DJANGO_SETTINGS_MODULE": "alertdesk.settings", "PYTHONHASHSEED": seed}
        command = [sys.executable, "-c", ELSEWHERE]
        return subprocess.run(command, env=environment, capture_output=True, text=True, check=True).stdout

    assert len(written("1")) == 65
    assert written("1") == written("2")


def test_reply_carries_named_styles_and_is_numbered_by_word(health):
    content = render_reply_docx(health)
    styled = word.styled(content)
    assert styled["Tên cơ quan"] == ["SỞ Y TẾ"]
    assert styled["Trích yếu"] == ["V/v báo cáo kết quả thực hiện Công văn số 123/STTTT-BCVT&CNTT"]
    assert styled["Tên nội dung"] == [f"Nội dung {position}" for position in range(1, 6)]
    assert "Hai & ba." in styled["Nội dung"]
    assert styled["Chức vụ người ký"] == ["GIÁM ĐỐC"]
    assert len(list(word.opened(content).part.numbering_part.element.iter(qn("w:num")))) == 1
    assert "5. Nội dung 5 Kết quả: đã hoàn thành." in word.text(content)


def test_appendix_of_a_reply_is_a_table_of_word_and_said_in_the_same_order(health):
    rows = [
        {"row": "productrow", "product_line": product, "total": 1000 * n, "updated": n, "build": "", "reason": ""}
        for n, product in enumerate(("Windows 10", "Windows Server 2019"), 1)
    ]
    health.answers.filter(action__kind="vulnerabilities").update(rows=rows)
    content = render_reply_docx(health)
    assert skipped(render_reply(health), word.lines(content)) == ""
    styled = word.styled(content)
    assert styled["Phụ lục"] == ["Phụ lục"]
    assert "Windows Server 2019" in styled["Chữ trong bảng"]
    assert "3.000" in styled["Số của dòng tổng số"]
    assert len(word.opened(content).sections) == 2


def test_number_of_a_directive_stays_on_one_line_in_the_subject(health):
    head = word.opened(render_reply_docx(health)).tables[0]
    (subject,) = (line for row in head.rows for line in row.cells[0].paragraphs if line.style.name == "Trích yếu")
    assert subject.text.count("\n") == 2
    assert subject.text.endswith("số 123/STTTT-BCVT&CNTT")


def test_summary_tables_are_words_own_with_heads_that_every_page_repeats(issued):
    content = render_summary_docx(issued)
    document = word.opened(content)
    grids = [table for table in document.tables if table.style.name == "Bảng số liệu"]
    assert len(grids) == 4
    for grid in grids:
        heads = [row for row in grid.rows if row._tr.find(f".//{qn('w:tblHeader')}") is not None]
        assert [row._tr for row in heads] == [grid.rows[0]._tr]
        assert {len(row.cells) for row in grid.rows} == {len(grid.columns)}
    styled = word.styled(content)
    assert styled["Đề mục"][0] == "I. KẾT LUẬN"
    assert styled["Số của dòng tổng số"] == ["3", "1", "0", "2"]
    assert "Sở Y tế" in styled["Chữ trong bảng"]
    assert (styled["Đầu cột chữ"][0], styled["Đầu cột số"][1]) == ("Nội dung", "Đã hoàn thành")


def test_figures_in_a_words_table_stand_on_the_right(issued):
    document = word.opened(render_summary_docx(issued))
    assert document.styles["Số trong bảng"].paragraph_format.alignment == 2
    assert word.styled(render_summary_docx(issued))["Số trong bảng"]


def test_appendix_in_word_counts_its_own_pages(issued):
    first, annex = word.opened(render_summary_docx(issued)).sections
    assert first._sectPr.find(qn("w:pgNumType")) is None
    assert annex._sectPr.find(qn("w:pgNumType")).get(qn("w:start")) == "1"
    assert annex.different_first_page_header_footer


def test_letters_that_cannot_be_printed_are_refused_in_word_too(health):
    Answer.objects.filter(assignment=health, action__position=1).update(status=AnswerStatus.DONE, note="xong ✅")
    with pytest.raises(MissingGlyph) as refused:
        render_reply_docx(health)
    assert refused.value.letters == ["✅"]
