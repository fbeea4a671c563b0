"""Made notices for Hypothesis, each with words that occur once: whatever is read, they must not vanish.

Words such as 青甲乙丙渠 stand in each place of a notice in which something may be said.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from hypothesis import strategies as st

_STEMS = "甲乙丙丁戊己庚辛壬"  # no digits: 三八 is a feast
WORD = re.compile(f"青[{_STEMS}]{{3}}渠")
_DIGITS = "一二三四五六七八九"

# What a text may consist of; each {} is a word of its own.
_PARAGRAPHS = (
    "{}是今年的重点。",
    "{}",
    "附件：{}清单",
    "联系人：{}",
    "以上由办公室负责。{}",
    "以下任务由林森牵头，{}。",
    "责任部门：办公室、财务科",
    "责任领导：林森；备注：{}",
    "责任部门：人事处（{}）；完成时限：{}后",
    "— 3 —",
    "（排名第一的为牵头单位，下同）",
)
_HEADS = ("{}工作", "{}工作（牵头领导：林森）", "{}。要抓好{}", "{}：{}")
_ITEMS = (
    "整治{}。",
    "整治{}。修好{}。",
    "整治{}，由办公室牵头，财务科配合。",
    "整治{}。（责任领导：林森；责任部门：办公室、{}科；完成时限：6月底前）",
    "整治{}。（责任部门：办公室；经办人：{}；完成时限：8月）",
    "整治{}（办公室负责，{}前完成）",
    "整治{}。（责任部门：办公室；完成时限：6月底前；完成时限：{}前）",
    "整治{}。（责任领导：林森；联系领导：{}；责任部门：办公室）",
    "整治{}。责任单位：办公室。配合单位：无。{}",
    "整治{}，6月底前完成；{}，12月底前完成。（牵头单位：财务科）",
    "{}（责任领导：林森）{}（责任部门：办公室）",
)
_HEADERS = (
    *("序号", "板块", "工作任务", "具体要求", "责任领导", "责任部门", "配合单位", "完成时限"),
    *("备注", "进展情况", "年度目标", "一季度目标", "投资（万元）", "存在问题", "联系人", "领域"),
)
_CELLS = {
    "序号": ("1", "2", "{}"),
    "责任领导": ("林森", "林森、欧阳海", "同上", "{}", ""),
    "责任部门": ("办公室", "财务科牵头，人事处配合", "{}科", "办公室（{}）", "—", ""),
    "配合单位": ("人事处", "无", "{}科、工程科", ""),
    "完成时限": ("6月底前", "全年", "{}前", "6月底前完成{}", "待定", ""),
}
_ANY_CELL = ("{}", "整治{}。", "1.整治{}。\n2.修好{}。", "{}：{}", "")
_ROWS_APART = (  # over the whole width of a table
    "一、{}",
    "{}",
    "合计",
    "注：{}",
    "填表人：{}",
    "（二）{}（牵头单位：办公室）",
)


# What notices are made of, so that random texts come near them
_PIECES = (
    *"（）()【】〔〕《》“”，、；：。,;:|｜│─┼\t \u3000\n一二三1①第条年月日前底〇同上*",
    *(
        "责任领导：",
        "责任部门：",
        "牵头",
        "配合",
        "完成时限：",
        "由",
        "会同",
        "负责",
        "6月底前",
        "2024年",
    ),
    *(
        "各15个",
        "（一）",
        "1.",
        "一、",
        "办公室",
        "财务科",
        "林森",
        "欧阳海",
        "工作任务",
        "序号",
        "以上由",
    ),
    *("下同", "排名第一的为牵头单位", "附件", "清单", "<td>", "#"),
)


def any_texts() -> st.SearchStrategy[str]:
    """Any text, of pieces of notices and other characters."""
    return st.lists(st.sampled_from(_PIECES) | st.text(max_size=3), max_size=60).map("".join)


@dataclass
class _Words:
    """Gives each {} of a text a word that no other has."""

    count: int = 0

    def into(self, text: str) -> str:
        return re.sub(r"\{\}", lambda _: self.next(), text)

    def next(self) -> str:
        self.count += 1
        first, remainder = divmod(self.count, 81)
        second, third = divmod(remainder, 9)
        return f"青{_STEMS[first]}{_STEMS[second]}{_STEMS[third]}渠"


@st.composite
def texts(draw: st.DrawFn) -> str:
    """Running text: a title, headings, items and paragraphs, in any order."""
    words = _Words()
    lines = ["某区2024年任务清单"]
    for number, kind in enumerate(draw(st.lists(st.sampled_from("hhiiiiippb"), max_size=14))):
        count = _DIGITS[number % 9]
        if kind == "h":
            lines.append(f"{count}、{draw(st.sampled_from(_HEADS))}")
        elif kind == "i":
            mark = draw(st.sampled_from([f"（{count}）", f"{number + 1}.", "", "①"]))
            lines.append(mark + draw(st.sampled_from(_ITEMS)))
        elif kind == "b":
            lines.append("")
        else:
            lines.append(draw(st.sampled_from(_PARAGRAPHS)))
    return words.into("\n".join(lines))


@dataclass
class Table:
    """Rows of cells, some merged. merged: where a cell begins → rows and columns that it covers."""

    rows: list[list[str]]
    merged: dict[tuple[int, int], tuple[int, int]] = field(default_factory=dict)

    def html(self) -> str:
        """The table on a page."""
        covered = {
            (row + down, column + across)
            for (row, column), (height, width) in self.merged.items()
            for down in range(height)
            for across in range(width)
        } - set(self.merged)
        lines: list[str] = []
        for row, cells in enumerate(self.rows):
            lines.append("<tr>")
            for column, text in enumerate(cells):
                if (row, column) not in covered:
                    down, across = self.merged.get((row, column), (1, 1))
                    content = text.replace("\n", "<br>")
                    lines.append(f"<td rowspan={down} colspan={across}>{content}</td>")
            lines.append("</tr>")
        return f"<html><p>某区2024年任务分解表</p><table>{''.join(lines)}</table></html>"

    def lines(self, separator: str) -> str:
        """The table as lines of text, as one loses its cells: what is merged stands once."""
        lines = [separator.join(cell.replace("\n", " ") for cell in row) for row in self.rows]
        return "\n".join(["某区2024年任务分解表", *lines])


@st.composite
def tables(draw: st.DrawFn) -> Table:
    """A table of measures with columns of all kinds, merged cells, and rows that are none."""
    words = _Words()
    others = [header for header in _HEADERS if header not in ("工作任务", "责任部门")]
    chosen = draw(st.lists(st.sampled_from(others), max_size=5, unique=True))
    headers = draw(st.permutations(["工作任务", "责任部门", *chosen]))
    width = len(headers)
    table = Table([])
    if draw(st.booleans()):
        table.merged[0, 0] = (1, width)
        table.rows.append([words.into("填报日期：{}"), *[""] * (width - 1)])
    table.rows.append([*headers])
    for _ in range(draw(st.integers(1, 6))):
        kind = draw(st.sampled_from("rrrrrah"))
        row = len(table.rows)
        if kind == "a":
            table.merged[row, 0] = (1, width)
            apart = words.into(draw(st.sampled_from(_ROWS_APART)))
            table.rows.append([apart, *[""] * (width - 1)])
        elif kind == "h":
            table.rows.append([*headers])
        else:
            cells = [draw(st.sampled_from(_CELLS.get(header, _ANY_CELL))) for header in headers]
            table.rows.append([words.into(cell) for cell in cells])
            column = draw(st.integers(0, width * 2))
            if column < width and row and draw(st.booleans()):
                _merge_down(table, row - 1, column)
    return table


def _merge_down(table: Table, row: int, column: int) -> None:
    """Let a cell cover the one below it, which then says nothing, if it is merged with no other."""
    already_merged = any(
        place[0] in (row, row + 1) and size[1] > 1 for place, size in table.merged.items()
    )
    below_another = any(
        place[1] == column and place[0] + size[0] > row and place != (row, column)
        for place, size in table.merged.items()
    )
    if not already_merged and not below_another:
        table.merged[row, column] = (2, 1)
        table.rows[row + 1][column] = ""
