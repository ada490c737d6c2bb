"""The checks themselves: each speaks of some paper, and each fault put into the sheet is found by the check for it."""

import pytest
from django.template.loader import render_to_string
from weasyprint import CSS
from weasyprint.text.fonts import FontConfiguration

from directives.papers import render as renderer
from directives.papers.render import MemoryFetcher

from .rules import RULES, faults
from .test_rules import CASES

PLAIN, LONG, PLAN, ROWS = "directive-plain", "directive-length-4", "directive-plan", "reply-long-appendices"
# A fault as a rule of CSS, the paper to show it in, and the check that must find it.
FAULTS = [
    ("@page { margin-left: 25mm }", PLAIN, "everything_stays_within_the_margins"),
    ("@page { margin-right: 25mm }", PLAIN, "text_fills_the_breadth_between_the_margins"),
    ("@page { margin-top: 30mm }", PLAIN, "first_line_of_a_page_begins_under_the_top_margin"),
    ("@page { size: 210mm 280mm }", PLAIN, "every_page_is_a4_portrait"),
    ("body { color: #333 }", PLAIN, "everything_is_black_but_the_stamp"),
    ("@page { @top-center { content: none } }", LONG, "pages_are_numbered_above_from_the_second_on"),
    ("@page { @top-center { font-size: 11pt } }", LONG, "pages_are_numbered_above_from_the_second_on"),
    ("@page :first { @top-center { content: '1' } }", PLAIN, "pages_are_numbered_above_from_the_second_on"),
    (".head .state { font-size: 14pt }", PLAIN, "nation_stands_top_right"),
    (".head .motto { font-weight: normal }", PLAIN, "motto_is_centred_under_the_nation"),
    (".head .motto span::after { width: 50% }", PLAIN, "rule_under_the_motto_is_as_long_as_it"),
    (".head .motto, .head .place { font-size: 13pt }", PLAIN, "sizes_of_the_head_go_together"),
    (".head .parent { font-weight: bold }", PLAIN, "issuing_body_is_named_bold"),
    (".head .issuer { text-align: left }", PLAIN, "issuing_body_is_named_bold"),
    (".head .names .rule { width: 70% !important }", PLAIN, "rule_under_the_name_is_a_third_to_a_half_of_it"),
    (".head .number { font-size: 14pt }", PLAIN, "number_stands_under_the_name"),
    (".head .place { font-style: normal }", PLAIN, "place_stands_on_the_line_of_the_number"),
    (".head .line { line-height: 1.8 }", PLAIN, "names_are_single_spaced"),
    (".head .subject { padding-top: 0 }", PLAIN, "subject_of_a_letter_stands_under_its_number"),
    (".head .subject { font-style: italic }", PLAIN, "subject_of_a_letter_stands_under_its_number"),
    (".stamp-khan { width: 30mm }", "directive-urgent", "urgency_is_stamped_red_in_its_box"),
    (".stamp { color: #000 }", "directive-urgent", "urgency_is_stamped_red_in_its_box"),
    (".title { text-align: left }", PLAN, "title_is_centred_over_the_text"),
    (".title .rule { width: 100% !important }", PLAN, "rule_under_the_title_is_a_third_to_a_half_of_it"),
    (".to { font-weight: bold }", PLAIN, "several_addressees_stand_in_a_list_under_the_colon"),
    (".to.many .item { margin-left: 0 }", PLAIN, "several_addressees_stand_in_a_list_under_the_colon"),
    (".p { text-align: left }", PLAIN, "lines_are_justified"),
    (".p { margin-top: 3pt }", PLAIN, "paragraphs_stand_at_least_six_points_apart"),
    (".p { text-indent: 11mm }", PLAIN, "paragraphs_begin_one_indent_in"),
    (".p { line-height: 1.9 }", PLAIN, "lines_are_single_to_one_and_a_half_apart"),
    (".action { font-size: 12pt }", PLAIN, "text_is_one_size_and_upright"),
    (".nw { white-space: normal }", LONG, "numbers_and_symbols_are_not_broken"),
    (".base { font-style: normal }", "directive-order-with-bases", "legal_bases_are_italic_lines"),
    (".sign .label { font-weight: normal }", PLAIN, "copies_are_headed_level_with_the_signer"),
    (
        ".sign td { vertical-align: top } .sign .right { padding-top: 9pt }",
        PLAIN,
        "copies_are_headed_level_with_the_signer",
    ),
    (".copy { font-size: 12pt }", PLAIN, "copies_are_listed_small_and_flush_left"),
    (".sign .right { font-weight: normal }", PLAIN, "signer_is_named_bold_in_the_right_half"),
    (".sign .room { height: 10pt }", PLAIN, "room_for_the_signature_is_left"),
    (".sign { break-before: page }", PLAIN, "signature_is_never_alone_on_a_page"),
    (".annex .label { font-size: 13pt }", ROWS, "appendix_is_headed_by_the_rules"),
    ("@page :nth(1 of annex) { counter-reset: page 5 }", ROWS, "appendices_count_their_own_pages"),
    (".grid td { text-align: center }", ROWS, "figures_of_tables_stand_right"),
    ("thead { display: table-row-group }", ROWS, "heads_of_tables_are_repeated"),
]


@pytest.fixture
def spoil(monkeypatch):
    """Return a function that puts a fault into the sheet of all papers."""

    def _spoil(css: str) -> None:
        source, fonts = render_to_string("papers/paper.css"), FontConfiguration()
        sheet = CSS(string=f"{source}\n{css}", font_config=fonts, url_fetcher=MemoryFetcher())
        monkeypatch.setattr(renderer, "warm", lambda: (sheet, fonts))

    return _spoil


@pytest.mark.parametrize(("css", "name", "check"), FAULTS, ids=[f"{css[:40]}" for css, _name, _check in FAULTS])
def test_a_fault_in_the_sheet_is_found_by_its_check(cast, spoil, css, name, check):
    spoil(css)
    assert check in {fault.partition(":")[0] for fault in faults(CASES[name](cast))}


def test_every_check_is_a_rule_that_cites_its_row():
    assert len(RULES) >= 45
    assert all("§" in (each.check.__doc__ or "") or "typographer" in each.check.__doc__ for each in RULES)
    assert len({each.name for each in RULES}) == len(RULES)


def test_there_are_papers_of_every_shape():
    assert len(CASES) >= 40
