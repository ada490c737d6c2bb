"""Rules of the head: nation and motto, the two names, number, place and date, V/v, the stamp."""

import re
from itertools import pairwise

from .measure import MM
from .paper import squeezed
from .rules import (
    PLACE_SLACK,
    assert_capital,
    assert_face,
    assert_middle,
    assert_part_rule,
    assert_size,
    rule,
    the_rule_below,
)

CODES = "NQ|QĐ|CT|QC|QyĐ|TC|TB|HD|CTr|KH|PA|ĐA|DA|BC|BB|TTr|HĐ|CĐ|BGN|BTT|GUQ|GM|GGT|GNP|PG|PC|PB"
GROUP = "[A-ZĐĂÂÊÔƠƯ0-9&]+"
NAMED = re.compile(rf"Số: (?:0[1-9]|[1-9]\d{{1,4}}) ?/(?:{CODES})(?:-{GROUP})+")
LETTER = re.compile(rf"Số: (?:0[1-9]|[1-9]\d{{1,4}}) ?/(?!(?:{CODES})-){GROUP}(?:-{GROUP})*")
DATE = re.compile(r"(.+), ngày (0[1-9]|[12]\d|3[01]) tháng (0[12]|[3-9]|1[0-2]) năm (\d{4})")
DRAFT_DATE = re.compile(r"(.+), ngày +tháng (0[12]|[3-9]|1[0-2]) năm (\d{4})")


@rule()
def nation_stands_top_right(paper):
    """§3 Quốc hiệu (F2): capitals, 12-13, upright bold, top right on page 1."""
    assert_size(paper.nation, 12, 13)
    assert_face(paper.nation, "Bold")
    assert paper.nation.left > paper.first.width * 0.4
    assert paper.nation.baseline == min(run.baseline for run in paper.first.runs)


@rule()
def motto_is_centred_under_the_nation(paper):
    """§3 Tiêu ngữ (F2): 13-14 upright bold, single spacing, centred under Quốc hiệu."""
    assert_size(paper.motto, 13, 14)
    assert_face(paper.motto, "Bold")
    assert_middle(paper.motto, paper.nation.middle)
    assert 1.0 * paper.motto.size <= paper.motto.baseline - paper.nation.baseline <= 1.3 * paper.motto.size


@rule()
def rule_under_the_motto_is_as_long_as_it(paper):
    """§3 Tiêu ngữ (F2): a solid rule below, as long as the line."""
    drawn = the_rule_below(paper.first, paper.motto)
    assert abs(drawn.width - paper.motto.width) <= PLACE_SLACK, f"{drawn.width:.1f} under {paper.motto.width:.1f} pt"
    assert abs(drawn.middle - paper.motto.middle) <= PLACE_SLACK
    assert drawn.colour == (0, 0, 0)


@rule()
def sizes_of_the_head_go_together(paper):
    """§1 Size pairing (F1): 13/14/14 or 12/13/13 for Quốc hiệu, Tiêu ngữ, place and date."""
    sizes = tuple(round(run.size, 1) for run in (paper.nation, paper.motto, paper.place))
    assert sizes in ((13, 14, 14), (12, 13, 13)), sizes


@rule(lambda paper: bool(paper.expected.parent))
def body_above_is_named_regular(paper):
    """§3 Tên cơ quan chủ quản (F2): capitals, 12-13, upright regular, centred, may wrap."""
    assert squeezed(" ".join(run.text for run in paper.parent_lines)) == paper.expected.parent
    for run in paper.parent_lines:
        assert_size(run, 12, 13)
        assert_capital(run)
        assert_middle(run, paper.issuer_lines[0].middle)


@rule()
def issuing_body_is_named_bold(paper):
    """§3 Tên cơ quan ban hành (F2): capitals, 12-13, upright bold, centred under the body above, may wrap."""
    assert squeezed(" ".join(run.text for run in paper.issuer_lines)) == paper.expected.issuer
    for run in paper.issuer_lines:
        assert_size(run, 12, 13)
        assert_capital(run)
        assert_middle(run, paper.issuer_lines[0].middle)
    assert all(above.baseline < paper.issuer_lines[0].baseline for above in paper.parent_lines)


@rule()
def names_are_single_spaced(paper):
    """§3 (F2): single spacing between the lines of the names; both columns begin level."""
    lines = paper.names
    for above, below in pairwise(lines):
        assert 1.0 <= (below.baseline - above.baseline) / below.size <= 1.3, f"{below.text!r} is set apart"
    assert abs(lines[0].baseline - paper.nation.baseline) <= PLACE_SLACK


@rule()
def names_leave_the_nation_free(paper):
    """§2 boxes 1 and 2 (F2): left and right do not run into each other."""
    numbers = [paper.number] if paper.expected.has_number else []
    left = max(run.right for run in [*paper.names, *numbers, *paper.subject_lines])
    right = min(paper.nation.left, paper.motto.left, paper.place.left)
    assert left <= right, f"the left column ends at {left:.1f}, the right one begins at {right:.1f}"


@rule()
def rule_under_the_name_is_a_third_to_a_half_of_it(paper):
    """§3 Tên cơ quan ban hành (F2): a solid rule below, 1/3-1/2 of the line, centred."""
    assert_part_rule(paper.first, paper.issuer_lines)


@rule(lambda paper: paper.expected.has_number)
def number_stands_under_the_name(paper):
    """§3 Số, ký hiệu (F2): 13, upright regular, centred under the name."""
    assert_size(paper.number, 13, 13)
    assert_face(paper.number, "")
    assert_middle(paper.number, paper.issuer_lines[0].middle, 6 if paper.expected.number is None else PLACE_SLACK)
    assert paper.number.baseline > paper.issuer_lines[-1].baseline


@rule(lambda paper: paper.expected.number is not None)
def number_is_written_by_the_rules(paper):
    """§4 (F2): "Số: ", a zero before one digit, "/" before the symbol, "-" between groups, no blanks; no year."""
    pattern = NAMED if paper.expected.title else LETTER
    assert pattern.fullmatch(paper.number.text), paper.number.text
    assert paper.number.text == f"Số: {paper.expected.number:0>2}/{paper.expected.symbol}"


@rule(lambda paper: paper.expected.has_number and paper.expected.number is None)
def number_not_given_leaves_room(paper):
    """§4 Unnumbered draft (F1): a blank before the stroke."""
    assert squeezed(paper.number.text) == f"Số: /{paper.expected.symbol}"
    colon, stroke = (next(g for g in paper.number.glyphs if g.char == char) for char in ":/")
    assert stroke.left - colon.right >= 5 * MM, f"{(stroke.left - colon.right) / MM:.1f} mm for the number"


@rule()
def place_stands_on_the_line_of_the_number(paper):
    """§2 box 4, §3 Địa danh, thời gian (F2): same line as Số, 13-14 italic, centred on Quốc hiệu."""
    assert_size(paper.place, 13, 14)
    assert_face(paper.place, "Italic")
    assert abs(paper.place.baseline - paper.number.baseline) < 0.1
    assert_middle(paper.place, paper.nation.middle)


@rule()
def date_is_padded_by_the_rules(paper):
    """§5 (F2): comma after the place; days 1-9 and months 1-2 take a zero, others none; four digits of the year."""
    day, month, year = paper.expected.date
    written = paper.place.text
    if day is None:
        assert DRAFT_DATE.fullmatch(written), written
        assert squeezed(written) == f"{paper.expected.place}, ngày tháng {_month(month)} năm {year}"
    else:
        assert DATE.fullmatch(written), written
        assert written == f"{paper.expected.place}, ngày {'0' * (day < 10)}{day} tháng {_month(month)} năm {year}"


def _month(month: int) -> str:
    return f"0{month}" if month in (1, 2) else str(month)


@rule(lambda paper: bool(paper.expected.subject))
def subject_of_a_letter_stands_under_its_number(paper):
    """§3 Trích yếu công văn (F2): "V/v", 12-13, upright regular, centred under Số, 6 pt apart."""
    lines = paper.subject_lines
    assert squeezed(" ".join(run.text for run in lines)) == f"V/v {paper.expected.subject}"
    for run in lines:
        assert_size(run, 12, 13)
        assert_face(run, "")
        assert_middle(run, paper.issuer_lines[0].middle)
    gap = lines[0].baseline - paper.number.baseline - 1.15 * lines[0].size
    assert 5 <= gap <= 8, f"V/v stands {gap:.1f} pt under the number"


@rule(lambda paper: bool(paper.expected.subject))
def no_rule_stands_under_the_subject_of_a_letter(paper):
    """§3 Trích yếu công văn (F1): no rule below."""
    assert not paper.first.below(paper.subject_lines[-1])


@rule(lambda paper: bool(paper.expected.title))
def named_type_has_no_subject_line(paper):
    """§2 boxes 5a, 5b (F2): a named type has its title over the text, no V/v."""
    assert not any(run.text.startswith("V/v") for run in paper.first.runs)


STAMPS = {"KHẨN": 20, "HỎA TỐC": 30, "THƯỢNG KHẨN": 40}


@rule(lambda paper: bool(paper.expected.urgency))
def urgency_is_stamped_red_in_its_box(paper):
    """§10 (F2): 30x8, 40x8 or 20x8 mm, capitals, 13-14 upright bold, red, single border, the text in its middle."""
    stamp = paper.stamp
    assert_size(stamp, 13, 14)
    assert_face(stamp, "Bold")
    ((red, green, blue),) = stamp.colours
    assert red > 150, "the stamp is not red"
    assert max(green, blue) < 60, "the stamp is not red"
    frames = [box for box in paper.first.boxes if box.left < stamp.left and box.right > stamp.right and box.height > 15]
    frame = next(box for box in frames if box.top < stamp.baseline < box.bottom)
    assert abs(frame.width - STAMPS[stamp.text] * MM) < 1, f"{frame.width / MM:.1f} mm wide"
    assert abs(frame.height - 8 * MM) < 1, f"{frame.height / MM:.1f} mm high"
    assert_middle(stamp, frame.middle)
    above, below = stamp.baseline - 0.68 * stamp.size - frame.top, frame.bottom - stamp.baseline
    assert abs(above - below) <= 4, f"{above:.1f} pt above the word, {below:.1f} below it"


@rule(lambda paper: bool(paper.expected.urgency))
def urgency_stands_in_the_left_column(paper):
    """§2 box 10b (F1): in the left column, below the number and V/v."""
    assert paper.stamp.right < paper.nation.left + 20
    assert paper.stamp.baseline > paper.number.baseline
