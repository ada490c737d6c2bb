"""A paper is an archive file: PDF/A-3a with tags, its language and title, and its own facts as JSON."""

import io
import json
import shutil
import subprocess

import pikepdf
import pytest

from directives.papers import render_commitment, render_directive, render_forwarding, render_reply, render_summary

from .reading import text

PAPERS = {
    "directive": lambda row: render_directive(row.directive),
    "summary": lambda row: render_summary(row.directive),
    "reply": render_reply,
    "forwarding": render_forwarding,
    "commitment": render_commitment,
}
EVERY_PAPER = pytest.mark.parametrize("kind", PAPERS)


@pytest.fixture
def assignment(cast):
    return cast.issue(number="123", day=26)[0]


@pytest.fixture
def printed(assignment, kind):
    content = PAPERS[kind](assignment)
    with pikepdf.open(io.BytesIO(content)) as document:
        yield document


def attached(document) -> dict:
    """Return the facts that a paper carries."""
    (file,) = document.attachments.values()
    return json.loads(file.get_file().read_bytes())


@EVERY_PAPER
def test_paper_says_that_it_is_pdf_a_3_and_accessible(printed):
    metadata = printed.open_metadata()
    assert metadata["pdfaid:part"] == "3"
    assert metadata["pdfaid:conformance"] == "A"
    assert metadata["{http://www.aiim.org/pdfua/ns/id/}part"] == "1"
    assert b"<pdfaExtension:schemas>" in printed.Root.Metadata.read_bytes()


@EVERY_PAPER
def test_paper_has_what_an_archive_asks_for(printed):
    root = printed.Root
    assert str(root.Lang) == "vi"
    assert root.MarkInfo.Marked
    assert root.ViewerPreferences.DisplayDocTitle
    assert str(root.OutputIntents[0].S) == "/GTS_PDFA1"
    assert len(printed.trailer.ID) == 2
    assert printed.docinfo.Title
    assert str(printed.docinfo.Author).startswith(("SỞ", "ỦY BAN"))
    assert not any(key in printed.docinfo for key in ("/CreationDate", "/ModDate"))


@EVERY_PAPER
def test_every_font_is_carried_under_its_own_name(printed):
    fonts = [each for each in printed.objects if isinstance(each, pikepdf.Dictionary) and "/FontName" in each]
    assert fonts
    assert all("/FontFile2" in font and "+Liberation-Serif" in str(font.FontName) for font in fonts)


@EVERY_PAPER
def test_everything_on_the_pages_is_marked(printed):
    for page in printed.pages:
        marked, painted = 0, {"Tj", "TJ", "Do", "f", "S"}
        for operands, operator in pikepdf.parse_content_stream(page):
            marked += {"BDC": 1, "BMC": 1, "EMC": -1}.get(str(operator), 0)
            assert marked or str(operator) not in painted, operands
    assert str(printed.Root.StructTreeRoot.K[0].S) == "/Document"


@EVERY_PAPER
def test_facts_are_attached_as_data_dated_the_same_on_every_day(printed, kind):
    (file,) = printed.Root.AF
    assert str(file.AFRelationship) == "/Data"
    assert str(file.EF.F.Subtype) == "/application/json"
    assert str(file.EF.F.Params.ModDate) == "D:19800101000000Z"
    assert attached(printed)["paper"] == kind


def test_attached_facts_are_those_that_the_paper_says(assignment):
    assignment.answers.filter(action__position=2).update(status="done", total=1200, done=1195, extra=5)
    content = render_reply(assignment)
    facts = attached(pikepdf.open(io.BytesIO(content)))
    assert facts["number"] is None
    assert facts["symbol"] == "SYT"
    assert facts["recipients"] == ["Sở Thông tin và Truyền thông"]
    assert facts["directive"]["number"] == "123"
    assert facts["items"][1] | {"status": "done", "total": 1200, "done": 1195, "extra": 5} == facts["items"][1]
    assert "1.200" in text(content)


@EVERY_PAPER
def test_file_has_no_fault(assignment, kind, tmp_path):
    path = tmp_path / "paper.pdf"
    path.write_bytes(PAPERS[kind](assignment))
    with pikepdf.open(path) as document:
        assert document.check_pdf_syntax() == []
    if shutil.which("qpdf"):
        subprocess.run(["qpdf", "--check", path], check=True, capture_output=True)


def test_every_chart_says_in_words_what_it_shows(assignment):
    document = pikepdf.open(io.BytesIO(render_summary(assignment.directive)))
    figures = [
        each for each in document.objects if isinstance(each, pikepdf.Dictionary) and each.get("/S") == "/Figure"
    ]
    assert len(figures) == 3
    assert all(str(figure.Alt).startswith("Biểu đồ") for figure in figures)
