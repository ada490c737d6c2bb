"""Rows read as tables: what nobody said has no column, a count of nothing has one."""

from django.utils import translation

from directives.models import ProductRow, SystemRow
from directives.reports.row_tables import row_tables


def test_a_count_of_nothing_is_shown_and_what_nobody_said_is_not():
    rows = [ProductRow(product_line="Windows 10", total=4, updated=0, reason="Chờ bản vá")]
    with translation.override("vi"):
        (table,) = row_tables([row.to_dict() for row in rows])
    assert table.headings == ("dòng sản phẩm", "số máy", "đã cập nhật", "lý do chưa cập nhật")
    assert table.lines == (("Windows 10", "4", "0", "Chờ bản vá"),)


def test_an_unset_tick_is_a_word_where_another_row_has_it_and_no_column_where_none_has():
    rows = [SystemRow(name="A", is_strengthened=True), SystemRow(name="B")]
    with translation.override("vi"):
        (table,) = row_tables([row.to_dict() for row in rows])
    assert table.lines == (("A", "có"), ("B", "không"))


def test_a_row_type_that_no_longer_exists_is_left_out():
    assert row_tables([{"row": "formerrow", "name": "A"}]) == ()


def test_each_cell_can_say_its_column_where_there_is_no_head():
    (table,) = row_tables([ProductRow(product_line="Windows 10", total=2, updated=1).to_dict()])
    assert [[heading for heading, _cell in line] for line in table.labelled] == [list(table.headings)]
    assert tuple(cell for _heading, cell in table.labelled[0]) == table.lines[0]
