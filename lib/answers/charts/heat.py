"""Who × when and who × with whom, as a heat map.

The cells are bars, since those fill their column at any width and can be clicked.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, Literal, NamedTuple

from lib.answers import palette
from lib.answers.charts.figure import (
    TELEPHONE,
    Figure,
    Margin,
    Trace,
    axis,
    figure,
    sentence,
)
from lib.answers.charts.rows import BAR, Row, Rows
from lib.answers.charts.shades import shade
from lib.answers.charts.traces import bars
from lib.answers.charts.words import (
    HOVER_LIMIT,
    SMALL,
    ems,
    heading,
    in_lines,
    room_for,
    short_number,
    wrapped,
)
from lib.answers.marks import CellOpens, of_cell
from lib.answers.names import name_or_others
from lib.i18n import Translator
from lib.workload import OTHERS, Grid

Columns = Literal["months", "names"]

NAME_LIMIT: Final = 7  # Chinese characters in a line of a row's name
CELL_GAP: Final = 3  # pixels between two cells, one below the other
CELL_WIDTH: Final = 0.96  # of a column
FRAME: Final = 3  # pixels, the thickness of the frame around what is picked

HEAD_LINE: Final = 16  # pixels, a line of a name on top
HEAD_GAP: Final = 3  # pixels between the names of two columns
HEAD_MARGIN: Final = 8  # pixels above the names on top
MONTHS_HEIGHT: Final = 34  # pixels, of months on top, turned or not
USUAL_NAME: Final = 3  # signs of most names
SHORTEST_LINE: Final = 5  # Chinese characters below which a turned name is not broken
TALLEST_HEAD: Final = 9  # lines of a name on top, beyond which it is turned
TWO_LINE_COLUMNS: Final = 9  # columns that leave room for turned names in two lines
SIGN: Final = re.compile(r"[!-~]+|\S")  # a Latin word or number, or one Chinese sign


def heat(
    grid: Grid,
    t: Translator,
    *,
    unit: str,
    columns: Columns,
    opens: CellOpens,
    picked: tuple[str, str] = ("", ""),
) -> Figure:
    """A number in each cell, darker for more; empty cells are faint, and so are sums of OTHERS.

    Args:
        unit: what a cell counts, told on hover by `chart.unit_<unit>`: due, in_force, lead, support
            or together.
        columns: whether they are months, which are named in the reader's language, or names.
        opens: what a cell opens, by the names of its row and its column.
        picked: a row and a column, either may be "".

    Returns:
        A figure whose customdata is what a cell opens: "" for an empty one, the names for a sum of
        OTHERS.
    """
    if not grid.counts.size:
        return sentence(t("chart.nothing"))
    picked_row, picked_column = picked
    down_others, across_others = grid.others
    rows = Rows.of(grid.rows, down_others, t, limit=NAME_LIMIT, bar=BAR, picked=picked_row)
    bold = [name != OTHERS and name == picked_column for name in grid.columns]
    if columns == "months":
        words = [t(f"month.{name}") for name in grid.columns]
        heads = _months_above(words, bold)
    else:
        words = [name_or_others(name, across_others, t) for name in grid.columns]
        heads = _names_above(words, bold, TELEPHONE - rows.left)
    across = axis(
        -0.5,
        len(words) - 0.5,
        size=SMALL,
        side="top",
        tickvals=list(range(len(words))),
        **heads.axis,
    )
    return figure(
        [_cells(grid, rows, words, t, unit, opens)],
        rows.bottom + heads.height + 4,
        Margin(left=rows.left, right=2, top=heads.height, bottom=4),
        rows.bands(),
        xaxis=across,
        yaxis=rows.axis(),
        shapes=_frame(grid, rows, picked_column),
    )


# --- cells ----------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Cell:
    """One cell.

    single: neither its row nor its column stands for several names, whose sum would outshine the
    rest.
    """

    row: Row
    column: int
    name: str
    count: int
    single: bool


def _cells(
    grid: Grid, rows: Rows, words: list[str], t: Translator, unit: str, opens: CellOpens
) -> Trace:
    cells = _in_reading_order(grid, rows)
    counts = [cell.count if cell.single else 0 for cell in cells]
    most = max(counts)
    shades = [shade(count, most) for count in counts]
    return bars(
        [cell.column for cell in cells],
        [cell.row.height - CELL_GAP for cell in cells],
        {"color": [each.back for each in shades], "line": {"width": 0}},
        base=[cell.row.top + CELL_GAP / 2 for cell in cells],
        width=CELL_WIDTH,
        customdata=[of_cell(cell.row.name, cell.name, cell.count, opens) for cell in cells],
        text=[_cell_text(cell.count, t) for cell in cells],
        textposition="inside",
        insidetextanchor="middle",
        insidetextfont={"size": SMALL, "color": [each.ink for each in shades]},
        textangle=0,
        hovertext=_hover(cells, rows, words, t, unit),
    )


def _hover(
    cells: Sequence[_Cell], rows: Rows, words: list[str], t: Translator, unit: str
) -> list[str]:
    """What each cell tells: the names of its row and its column, and what it counts."""
    row_heads = {row.name: heading(row.words) for row in rows.rows}
    column_heads = [in_lines(wrapped(word, HOVER_LIMIT)) for word in words]
    hover: list[str] = []
    for cell in cells:
        row = row_heads[cell.row.name]
        column = column_heads[cell.column]
        count = t(f"chart.unit_{unit}", n=cell.count)
        hover.append(f"{row}<br>{column}<br>{count}")
    return hover


def _in_reading_order(grid: Grid, rows: Rows) -> list[_Cell]:
    cells: list[_Cell] = []
    for row, counts in zip(rows.rows, grid.counts.tolist(), strict=True):
        for column, count in enumerate(counts):
            name = grid.columns[column]
            single = row.single and name != OTHERS
            cell = _Cell(row, column, name, count, single)
            cells.append(cell)
    return cells


def _cell_text(count: int, t: Translator) -> str:
    if not count:
        return ""
    return short_number(count, t)


def _frame(grid: Grid, rows: Rows, picked: str) -> list[Trace]:
    """A frame around the picked cell, row or column. picked: a column."""
    is_column_picked = bool(picked) and picked in grid.columns
    if not is_column_picked and not rows.picked:
        return []
    left = 0
    right = len(grid.columns) - 1
    if is_column_picked:
        left = right = grid.columns.index(picked)
    top = 0.0
    bottom = rows.bottom
    if rows.picked:
        place = rows.names.index(rows.picked)
        row = rows.rows[place]
        top = row.top
        bottom = row.bottom
    return [
        {
            "type": "rect",
            "x0": left - 0.5,
            "x1": right + 0.5,
            "y0": top,
            "y1": bottom,
            "line": {"color": palette.PICKED, "width": FRAME},
        }
    ]


# --- the words on top -----------------------------------------------------------------------------


class _Heads(NamedTuple):
    """The words on top: the pixels that they need, and what the axis is told of them."""

    height: int
    axis: Trace


def _months_above(words: Sequence[str], bold: Sequence[bool]) -> _Heads:
    """Months, which Plotly turns where they do not fit."""
    labels = [in_lines([word], strong) for word, strong in zip(words, bold, strict=True)]
    return _Heads(MONTHS_HEIGHT, {"ticktext": labels, "autotickangles": [0, -90]})


def _names_above(words: Sequence[str], bold: Sequence[bool], room: int) -> _Heads:
    """Names, in lines as wide as a telephone leaves them; turned where that breaks words or grows
    too tall.

    room: pixels for all columns.
    """
    columns = len(words)
    limit = _signs_a_line(room / columns)
    lines = [_narrow_lines(word, limit) for word in words]
    tallest = max(map(len, lines))
    angle = 0
    height = tallest * HEAD_LINE + HEAD_MARGIN
    if tallest > TALLEST_HEAD or _breaks_a_word(words, limit):
        lines = [_turned_lines(word, columns) for word in words]
        angle = -90
        all_lines = itertools.chain.from_iterable(lines)
        height = room_for(all_lines, SMALL)
    labels = [in_lines(line, strong) for line, strong in zip(lines, bold, strict=True)]
    return _Heads(height, {"ticktext": labels, "tickangle": angle})


def _signs_a_line(width: float) -> int:
    """How many Chinese signs a column holds beside another. width: of a column, in pixels."""
    signs = (width - HEAD_GAP) / SMALL
    if USUAL_NAME - 0.5 < signs < USUAL_NAME:
        return USUAL_NAME  # rather no gap than a break in most names
    return int(signs)


def _narrow_lines(word: str, limit: int) -> Sequence[str]:
    """A name in lines, sign by sign where the column holds no two."""
    if limit > 1:
        return wrapped(word, limit)
    return SIGN.findall(word)


def _breaks_a_word(words: Sequence[str], limit: int) -> bool:
    """Whether a Latin word or number is longer than a line."""
    longest = max(limit, 2)
    for word in words:
        for sign in SIGN.findall(word):
            if ems(sign) > longest:
                return True
    return False


def _turned_lines(word: str, columns: int) -> Sequence[str]:
    """A turned name, in two lines where it is long and the columns are wide."""
    if columns > TWO_LINE_COLUMNS:
        return (word,)
    limit = max(SHORTEST_LINE, int(ems(word) / 2))
    lines = wrapped(word, limit)
    while len(lines) > 2:  # noqa: PLR2004
        limit += 1
        lines = wrapped(word, limit)
    return lines
