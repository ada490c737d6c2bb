"""Lines pasted from a spreadsheet: what is read, what stays in the box, and why."""

import pytest

from alertdesk.lib import clock
from directives.forms.rows.pasting import read_lines
from tests.cast import ISSUED_AT

pytestmark = pytest.mark.once


@pytest.fixture(autouse=True)
def now():
    with clock.frozen(ISSUED_AT):
        yield


FULL = {
    "name": "Xã Minh họa 1",
    "sent_on": "26/4/2023",
    "is_received": "on",
    "is_done": "on",
    "machines": "12",
    "note": "gọi điện",
}


@pytest.mark.parametrize("sign", ["\t", ";"])
def test_cells_are_parted_by_tabs_or_semicolons(sign):
    read = read_lines(sign.join(["Xã Minh họa 1", "26/4/2023", "x", "Có", "12", "gọi điện"]))
    assert read.rows == (FULL,)
    assert (read.left, read.problems) == ("", ())


def test_a_name_alone_is_a_row():
    assert read_lines("Xã Minh họa 1\r\n\r\nXã Minh họa 2").rows == (
        {"name": "Xã Minh họa 1"},
        {"name": "Xã Minh họa 2"},
    )


def test_a_head_line_gives_the_order():
    text = "STT\tGhi chú\tĐơn vị\tĐã báo cáo\tLãnh đạo\n1\tgọi điện\tXã Minh họa 1\trồi\tA\n2\t\tXã Minh họa 2\trồi\t"
    read = read_lines(text)
    assert read.rows[0] == {"note": "gọi điện", "name": "Xã Minh họa 1", "is_done": "on"}
    assert len(read.rows) == 2


def test_running_numbers_are_passed_over_without_a_head():
    assert read_lines("1.;Xã Minh họa 1;26/4/2023").rows == ({"name": "Xã Minh họa 1", "sent_on": "26/4/2023"},)


@pytest.mark.parametrize("yes", ["x", "X", "có", "Rồi", "đã", "1", "yes", "Y", "true", "✓"])
def test_words_for_yes(yes):
    assert read_lines(f"Xã A;;{yes}").rows[0]["is_received"] == "on"


@pytest.mark.parametrize("no", ["", "không", "Chưa", "0", "no", "-"])
def test_words_for_no(no):
    assert "is_received" not in read_lines(f"Xã A;;{no}").rows[0]


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("Xã A;31/02/2023", "31/02/2023"),
        ("Xã A;30/4/2023", "30/4/2023"),
        ("Xã A;26/4/2023;có thể", "có thể"),
        ("Xã A;;;;mười", "mười"),
        ("Xã A;;;;-3", "-3"),
        (";26/4/2023", "thiếu tên"),
        ("Xã A;;;;;ghi chú;thừa", "nhiều cột"),
        ("Xã A" * 60, "quá dài"),
        ("Xã A\nXã a", "hai lần"),
    ],
)
def test_a_line_that_cannot_be_read_stays_whole_with_its_sentence(line, said):
    text = f"Xã Minh họa 9;26/4/2023;x\n{line}"
    read = read_lines(text)
    assert read.rows[0]["name"] == "Xã Minh họa 9"
    assert read.left == line.split("\n")[-1]
    (problem,) = read.problems
    assert problem.startswith("Dòng ")
    assert said in problem


def test_the_head_stays_with_what_is_left():
    read = read_lines("Đơn vị;Đã báo cáo;Ngày gửi\nXã A;có thể;26/4/2023\nXã B;có;26/4/2023")
    assert read.left == "Đơn vị;Đã báo cáo;Ngày gửi\nXã A;có thể;26/4/2023"
    assert read.rows == ({"name": "Xã B", "sent_on": "26/4/2023", "is_done": "on"},)


@pytest.mark.parametrize("text", ["", "  \n\t\n", ";;;\n", "\x00", "a" * 5000, ";" * 500])
def test_no_text_breaks_it(text):
    read = read_lines(text)
    assert len(read.rows) + len(read.problems) <= 2
