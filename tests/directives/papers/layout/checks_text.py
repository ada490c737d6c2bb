"""Rules of the text: title, Kính gửi, paragraphs, headings, the end."""

import re

from .measure import MM
from .paper import squeezed
from .rules import assert_capital, assert_face, assert_middle, assert_part_rule, assert_size, rule

INDENTS = (28.35, 36.0)
ROMAN_HEADING = re.compile(r"[IVX]+\. \S")
JUSTIFIED_SLACK = 2.5  # stretched blanks are rounded, kerned letters lean over the edge
SINGLE, ONE_AND_A_HALF = 1.1, 1.725


@rule(lambda paper: bool(paper.expected.title))
def title_is_centred_over_the_text(paper):
    """§3 Tên loại, Trích yếu (F2): 13-14 upright bold, type in capitals, centred, one under the other."""
    name, *about = paper.title_lines
    assert name.text == paper.expected.title
    assert squeezed(" ".join(run.text for run in about)) == paper.expected.title_subject
    for run in paper.title_lines:
        assert_size(run, 13, 14)
        assert_middle(run, _text_middle(paper))
    assert_capital(name)


def _text_middle(paper) -> float:
    return (paper.left + max(run.right for run in paper.lines)) / 2


@rule(lambda paper: bool(paper.expected.title_subject))
def rule_under_the_title_is_a_third_to_a_half_of_it(paper):
    """§3 Trích yếu (F2): a solid rule below, 1/3-1/2 of the line, centred."""
    assert_part_rule(paper.first, paper.title_lines)


@rule(lambda paper: len(paper.expected.addressees) == 1)
def one_addressee_stands_on_the_line(paper):
    """§7 (F2): one recipient on the line of Kính gửi, 13-14 upright regular."""
    _assert_addressed(paper, f"Kính gửi: {paper.expected.addressees[0]}")


@rule(lambda paper: len(paper.expected.addressees) > 1)
def several_addressees_stand_in_a_list_under_the_colon(paper):
    """§7 (F2): each on its own line with a dash under the colon, ";" after each and "." after the last."""
    ends = [";"] * (len(paper.expected.addressees) - 1) + ["."]
    names = [f"- {name}{end}" for name, end in zip(paper.expected.addressees, ends, strict=True)]
    _assert_addressed(paper, " ".join(["Kính gửi:", *names]))
    assert paper.addressing.text == "Kính gửi:"
    colon = paper.addressing.glyphs[-1]
    dashes = [run.left for run in paper.addressee_lines if run.text.startswith("- ")]
    assert len(dashes) >= len(names)
    assert max(dashes) - min(dashes) < 0.1, "the dashes do not stand under each other"
    assert abs(dashes[0] - colon.left) <= 1, f"dashes at {dashes[0]:.1f}, the colon at {colon.left:.1f}"


def _assert_addressed(paper, words: str) -> None:
    assert squeezed(" ".join(run.text for run in paper.addressee_lines)) == words
    for run in paper.addressee_lines:
        assert_size(run, 13, 14)
        assert_face(run, "")


@rule(lambda paper: not paper.expected.addressees)
def paper_to_nobody_above_has_no_addressing(paper):
    """§7 Where (F2): Kính gửi only where a body is addressed."""
    assert not any(run.text.startswith("Kính gửi") for run in paper.first.runs)


def _paragraph_starts(paper) -> list[bool]:
    """Return for each line of the text whether it begins a paragraph: it is indented."""
    return [run.left > paper.left + 5 for run in paper.lines]


@rule()
def paragraphs_begin_one_indent_in(paper):
    """§3 Body (F2): first-line indent of 1 or 1.27 cm, the same throughout."""
    indents = {round(run.left - paper.left, 1) for run in paper.lines if run.left > paper.left + 5}
    assert len(indents) <= 1, f"indents of {sorted(indents)} pt"
    assert all(any(abs(indent - allowed) <= 0.5 for allowed in INDENTS) for indent in indents), indents


@rule()
def text_is_one_size_and_upright(paper):
    """§3 Body (F2): 13-14, upright; regular but for headings; Căn cứ in italics."""
    sizes = {size for run in paper.lines for size in run.sizes}
    assert sizes <= {13.0} or sizes <= {14.0}, f"sizes of {sizes} pt"
    for run in paper.lines:
        is_base = any(run.text[:20] in base for base in paper.expected.bases) or run.faces == {"Italic"}
        assert is_base or run.faces in ({""}, {"Bold"}), f"{run.text[:30]!r} is set {run.faces}"


@rule()
def lines_are_justified(paper):
    """§3 Body (F2): justified at both edges; only the last line of a paragraph may end earlier."""
    right = max(run.right for run in paper.lines)
    pairs = zip(paper.lines, paper.lines[1:], _paragraph_starts(paper)[1:], strict=False)
    for run, below, begins in pairs:
        goes_on = not begins and run.page == below.page and below.baseline - run.baseline < 30
        if goes_on and run.faces != {"Bold"}:
            assert run.right >= right - JUSTIFIED_SLACK, f"{run.text[:40]!r} ends at {run.right:.1f}, not {right:.1f}"


@rule()
def lines_are_single_to_one_and_a_half_apart(paper):
    """§3 Body (F2): line spacing from single to 1.5 lines."""
    for run, below, begins in zip(paper.lines, paper.lines[1:], _paragraph_starts(paper)[1:], strict=False):
        if not begins and run.page == below.page:
            pitch = (below.baseline - run.baseline) / run.size
            assert SINGLE <= pitch <= ONE_AND_A_HALF, f"{below.text[:30]!r} stands {pitch:.2f} lines below"


@rule()
def paragraphs_stand_at_least_six_points_apart(paper):
    """§3 Body (F2): at least 6 pt between paragraphs."""
    for run, below, begins in zip(paper.lines, paper.lines[1:], _paragraph_starts(paper)[1:], strict=False):
        if begins and run.page == below.page:
            gap = below.baseline - run.baseline - 1.15 * below.size
            assert gap >= 5.9, f"{gap:.1f} pt above {below.text[:30]!r}"


@rule(lambda paper: bool(paper.expected.bases))
def legal_bases_are_italic_lines(paper):
    """§3 Căn cứ, §6 (F2): 13-14 italic, each its own paragraph ending ";", the last ending "."."""
    italic = squeezed(" ".join(run.text for run in paper.lines if run.faces == {"Italic"}))
    ends = [";"] * (len(paper.expected.bases) - 1) + ["."]
    wanted = " ".join(f"{base}{end}" for base, end in zip(paper.expected.bases, ends, strict=True))
    assert italic == wanted, italic


@rule(lambda paper: any(ROMAN_HEADING.match(run.text) and run.faces == {"Bold"} for run in paper.lines))
def headings_of_parts_are_bold_capitals(paper):
    """§3 Layout b) (F2): "I. KẾT LUẬN": Roman and a dot, capitals, 13-14 upright bold."""
    for run in paper.lines:
        if ROMAN_HEADING.match(run.text) and run.faces == {"Bold"}:
            assert_capital(run)
            assert_size(run, 13, 14)


@rule()
def no_heading_stands_last_on_a_page(paper):
    """A typographer's rule: a heading keeps the text that follows it."""
    for page in paper.main:
        here = [run for run in page.runs if run.baseline > 20 * MM]
        assert here[-1].faces != {"Bold"} or here[-1].left > page.width / 2 - 60, f"{here[-1].text!r} ends a page"


@rule()
def text_ends_with_its_mark(paper):
    """§6 Ending mark (F2): "./."."""
    assert paper.lines[-1].text.endswith("./."), paper.lines[-1].text
    assert sum(run.text.endswith("./.") for run in paper.lines) == 1


@rule()
def numbers_and_symbols_are_not_broken(paper):
    """A typographer's rule: nothing is broken after the stroke or hyphen of a number, a symbol or a date."""
    text = " ".join(run.text for run in paper.lines)
    for run in paper.lines:
        broken = re.search(r"\S(/|[A-ZĐ\d]-)$", run.text)
        assert not broken or len(run.text.rpartition(" ")[2]) > 60, f"{run.text[-30:]!r} is broken at its end"
    assert text
