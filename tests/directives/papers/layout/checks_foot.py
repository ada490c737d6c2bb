"""Rules of the foot: who signs, Nơi nhận; and of appendices."""

import re

from .measure import MM
from .paper import ANNEX, squeezed
from .rules import PLACE_SLACK, assert_capital, assert_face, assert_middle, assert_size, rule

AUTHORITY = re.compile(r"^(TM|Q|KT|TL|TUQ)\. \S")
ROMAN = ("I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X")


@rule()
def signer_is_named_bold_in_the_right_half(paper):
    """§3 Quyền hạn, Chức vụ, Họ tên (F2): 13-14 upright bold, titles in capitals, all on one middle, right."""
    words = [*paper.expected.signer_titles, *([paper.expected.signer] if paper.expected.signer else [])]
    assert squeezed(" ".join(run.text for run in paper.signature)) == " ".join(words)
    middle = paper.signature[0].middle
    for run in paper.signature:
        assert_size(run, 13, 14)
        assert_face(run, "Bold")
        assert_middle(run, middle)
    assert middle > paper.last_page.width / 2


@rule()
def titles_of_the_signer_are_capitals_each_on_its_line(paper):
    """§8 (F2): "TM. …", "KT. …", "TL. …", "TUQ. …", "Q. …" and the post, each on a line, in capitals."""
    titles = [run.text for run in paper.signature if run.text not in paper.expected.signer]
    assert all(title == title.upper() for title in titles), titles
    for title in paper.expected.signer_titles:
        first = next(text for text in titles if title.startswith(text))
        if re.match(r"(TM|Q|KT|TL|TUQ)\.", title):
            assert AUTHORITY.match(first), first


@rule(lambda paper: bool(paper.expected.signer))
def room_for_the_signature_is_left(paper):
    """§8 Gap (OWN 40-60 pt): between post and name there is room to sign."""
    runs = paper.signature
    first = next(n for n, run in enumerate(runs) if paper.expected.signer.startswith(run.text))
    gap = runs[first].baseline - runs[first - 1].baseline
    assert 50 <= gap <= 100, f"{gap:.0f} pt between post and name"


@rule()
def copies_are_headed_level_with_the_signer(paper):
    """§3, §8 "Nơi nhận:" (F2): 12, italic bold, flush left, level with the first title, not underlined."""
    label = paper.copies_label
    assert_size(label, 12, 12)
    assert_face(label, "BoldItalic")
    assert abs(label.left - min(run.left for run in paper.lines)) <= PLACE_SLACK
    assert abs(label.baseline - paper.signature[0].baseline) <= 0.1, "not level with the signer's title"
    assert not paper.last_page.below(label), "underlined"


@rule()
def copies_are_listed_small_and_flush_left(paper):
    """§3, §8 Nơi nhận list (F2): 11 upright regular, "- " flush left, ";" after each, "." after the last."""
    ends = [";"] * (len(paper.expected.copies) - 1) + ["."]
    lines = [f"- {copy}{end}" for copy, end in zip(paper.expected.copies, ends, strict=True)]
    assert squeezed(" ".join(run.text for run in paper.copy_lines)) == " ".join(lines)
    for run in paper.copy_lines:
        assert_size(run, 11, 11)
        assert_face(run, "")
        if run.text.startswith("- "):
            assert abs(run.left - paper.copies_label.left) <= PLACE_SLACK


@rule()
def copies_begin_as_above_and_end_in_the_archive(paper):
    """§8 (F2): first "- Như trên;" where Kính gửi exists, last "- Lưu: VT, ….", with colon and dot."""
    texts = [run.text for run in paper.copy_lines]
    assert (texts[0] == "- Như trên;") == bool(paper.expected.addressees), texts[0]
    last = next(text for text in reversed(texts) if text.startswith("- "))
    assert last.startswith("- Lưu: VT"), last
    assert texts[-1].endswith(".")


@rule()
def signature_is_never_alone_on_a_page(paper):
    """A typographer's rule: at least two lines of the text, or all of its last paragraph, stand above the signature."""
    here = [run for run in paper.lines if run.page == paper.copies_label.page]
    assert here, "the signature stands alone"
    assert len(here) > 1 or here[0].left > paper.left + 5, "one line of a paragraph stands above the signature"


@rule()
def signature_is_whole_on_its_page(paper):
    """§2 boxes 7, 9b (F2): bottom of the text, titles, name and the copies' head on one page."""
    assert {run.page for run in [*paper.signature, paper.copies_label]} == {paper.copies_label.page}


# --- appendices ---

HAS_ANNEX = lambda paper: bool(paper.expected.annexes)  # noqa: E731 (read as a predicate)


@rule()
def there_are_the_appendices_that_were_asked_for(paper):
    """§9 (F2): one is "Phụ lục", several are "Phụ lục I", "Phụ lục II", …"""
    labels = [pages[0].runs[0].text for pages in paper.annexes]
    count = len(paper.expected.annexes)
    assert labels == (["Phụ lục"] * count if count < 2 else [f"Phụ lục {n}" for n in ROMAN[:count]])


@rule(HAS_ANNEX)
def text_points_to_every_appendix(paper):
    """§9 Mention (F2): the main text names the appendix."""
    text = squeezed(" ".join(run.text for run in paper.lines))
    for label in (pages[0].runs[0].text for pages in paper.annexes):
        assert re.search(rf"{label}\b", text), f"{label} is not named in the text"


@rule(HAS_ANNEX)
def appendix_is_headed_by_the_rules(paper):
    """§9 lines 1-3 (F2): label 14 bold, title 13-14 bold capitals, "(Kèm theo …)" 13-14 italic; all centred."""
    for pages, title in zip(paper.annexes, paper.expected.annexes, strict=True):
        label, *others = pages[0].runs
        assert ANNEX.match(label.text)
        assert_size(label, 14, 14)
        assert_face(label, "Bold")
        heading = [run for run in others if run.faces == {"Bold"} and run.size > 12.9]
        assert squeezed(" ".join(run.text for run in heading)) == title
        noted = [run for run in others if run.faces == {"Italic"} and run.size > 12.9]
        note = squeezed(" ".join(run.text for run in noted))
        assert re.fullmatch(r"\(Kèm theo ((Công văn|Báo cáo) số .*/\S+|Lịch trực) ngày .* của .+\)", note), note
        for run in [*heading, *noted]:
            assert_size(run, 13, 14)
            assert_middle(run, label.middle)
        for run in heading:
            assert_capital(run)
        assert abs(label.middle - (30 + 210 - 18) / 2 * MM) <= 9


@rule(HAS_ANNEX)
def appendix_has_no_head_and_no_signature(paper):
    """§9 (F2): no Quốc hiệu, number, place or signature of its own."""
    for pages in paper.annexes:
        text = " ".join(page.text for page in pages)
        assert not re.search(r"CỘNG HÒA XÃ HỘI|Độc lập - Tự do|Nơi nhận:|Kính gửi", text)


@rule(lambda paper: any(len(pages) > 1 for pages in paper.annexes))
def heads_of_tables_are_repeated(paper):
    """A typographer's rule: a table that goes on over the page repeats its head."""
    for pages in paper.annexes:
        for page in pages[1:]:
            tops = [run.text for run in page.runs if 20 * MM < run.baseline < 40 * MM]
            assert "TT" in tops or not page.rules, f"page {page.number + 1}: {tops}"


@rule(HAS_ANNEX)
def figures_of_tables_stand_right(paper):
    """A typographer's rule: counts in a column end at one edge."""
    for pages in paper.annexes:
        for page in pages:
            _assert_right(page)


def _assert_right(page) -> None:
    """Of figures that stand in one column, those of different lengths end together."""
    figures = [
        run for run in page.runs if re.fullmatch(r"[\d.]+", run.text) and run.baseline > 20 * MM and run.size < 13
    ]
    for run in figures:
        near = [other for other in figures if abs(other.middle - run.middle) < 12]
        rights = {round(other.right, 0) for other in near}
        assert max(rights) - min(rights) <= 1, f"{run.text!r} on page {page.number + 1} does not end with its column"
