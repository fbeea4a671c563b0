"""What was broken on the way and is put together again: lines, tables with one cell a line."""

from lib.notices.layout import stacked
from lib.notices.model import Block


def test_a_table_of_one_cell_a_line_ends_before_a_line_longer_than_any_cell():
    header = ["工作任务", "责任部门", "完成时限"]
    row = ["修路", "工程科", "8月"]
    lines = [*header, *row, "说明" * 200, "工程科", "9月"]

    table = stacked.read([Block(line) for line in lines], 0, 0)

    assert table is not None
    assert [cell.text for cell in table.cells] == [*header, *row]
    assert table.end == 6
