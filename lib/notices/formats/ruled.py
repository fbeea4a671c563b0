"""The tables of a page of a PDF whose ruled lines make a grid."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from itertools import accumulate, product
from operator import neg
from typing import Any, Final, NamedTuple

from lib.errors import BoardError
from lib.files.grid import Place
from lib.notices.formats import characters, limits
from lib.notices.formats.characters import Char
from lib.notices.model import Block

_RULES: Final = 3_000  # ruled lines of a page: with more it is a drawing
_LAYERS: Final = 3  # forms inside forms that are looked into for lines
_NEAR: Final = 3.0  # points within which two ruled lines are one
_FULL: Final = 2.2  # characters: a line that leaves less of its cell empty goes on in the next
_FEWEST_UPRIGHT: Final = 3  # ruled lines of a table: one with a single column is a frame
_FEWEST_LEVEL: Final = 2


class Rule(NamedTuple):
    """A ruled line: at `place` across, from `low` to `high` along."""

    place: float
    low: float
    high: float


class Rules(NamedTuple):
    """The ruled lines of a page or of a table: those that lie and those that stand."""

    across: list[Rule]
    down: list[Rule]

    @property
    def total(self) -> int:
        """How many they are."""
        return len(self.across) + len(self.down)


class _Cell(NamedTuple):
    """The place of a cell, and how many rows and columns it covers."""

    row: int
    column: int
    down: int
    across: int

    def places(self) -> Iterator[Place]:
        """The places that it covers."""
        rows = range(self.row, self.row + self.down)
        columns = range(self.column, self.column + self.across)
        return product(rows, columns)


class Grid:
    """A ruled table: the heights and widths at which lines stand, and which edges between cells are drawn.

    heights: from the top down; widths: from left to right.
    rows, columns: how many lie between them.
    """

    def __init__(self, across: Sequence[Rule], down: Sequence[Rule]) -> None:
        heights = _places(across)
        heights.reverse()
        widths = _places(down)
        self._heights = heights
        self._widths = widths
        self._rows = len(heights) - 1
        self._columns = len(widths) - 1
        self._across = [_drawn_at(across, height) for height in heights]
        self._down = [_drawn_at(down, width) for width in widths]

    @property
    def bottom(self) -> float:
        """The height of its lowest line."""
        return self._heights[-1]

    @property
    def top(self) -> float:
        """The height of its uppermost line."""
        return self._heights[0]

    def holds(self, char: Char) -> bool:
        """Whether a character stands in the table."""
        across, up = char.centre
        if not self._widths[0] <= across <= self._widths[-1]:
            return False
        return self.bottom <= up <= self.top

    def blocks(self, chars: Sequence[Char], table: int) -> list[Block]:
        """The cells, top row first; a missing edge between two cells makes them one.

        Raises:
            BoardError: notice_too_long, for more cells than a document can have.
        """
        if self._rows * self._columns > limits.PIECES:
            raise BoardError("notice_too_long", limit=limits.PIECES)
        inside: dict[_Cell, list[Char]] = {}
        cell_at: dict[Place, _Cell] = {}
        for row, column in product(range(self._rows), range(self._columns)):
            if (row, column) not in cell_at:
                cell = self._cell(row, column)
                inside[cell] = []
                cell_at |= dict.fromkeys(cell.places(), cell)
        for char in chars:
            cell = cell_at[self._place(char)]
            inside[cell].append(char)
        blocks: list[Block] = []
        for cell, chars_of_cell in inside.items():
            text = _cell_text(chars_of_cell, self._width(cell))
            blocks.append(Block(text, 0, table, *cell))
        return blocks

    def _cell(self, row: int, column: int) -> _Cell:
        """The cell whose upper left corner is at a place: up to the next edges that are drawn."""
        right = self._right_edge(row, column)
        bottom = self._lower_edge(row, column)
        return _Cell(row, column, down=bottom - row, across=right - column)

    def _right_edge(self, row: int, column: int) -> int:
        """The next line to the right that is drawn in the middle of a row."""
        upper, lower = self._heights[row : row + 2]
        middle = (upper + lower) / 2
        right = column + 1
        while right < self._columns and not self._down[right].reaches(middle):
            right += 1
        return right

    def _lower_edge(self, row: int, column: int) -> int:
        """The next line below that is drawn in the middle of a column."""
        left, right = self._widths[column : column + 2]
        middle = (left + right) / 2
        bottom = row + 1
        while bottom < self._rows and not self._across[bottom].reaches(middle):
            bottom += 1
        return bottom

    def _place(self, char: Char) -> Place:
        """The row and the column in which a character stands."""
        across, up = char.centre
        below = bisect_left(self._heights, -up, 1, self._rows, key=neg)  # heights go down
        right = bisect_left(self._widths, across, 1, self._columns)
        return below - 1, right - 1

    def _width(self, cell: _Cell) -> float:
        """How wide a cell is."""
        right = cell.column + cell.across
        return self._widths[right] - self._widths[cell.column]


def _cell_text(chars: Sequence[Char], width: float) -> str:
    """A cell's lines: one that fills the cell goes on in the next."""
    text = ""
    goes_on = False
    for line in characters.lines_of(chars):
        if text and not goes_on:
            text += "\n"
        text += characters.text_of(line)
        first = line[0]
        size = max(first.height, first.right - first.left)
        line_width = line[-1].right - first.left
        goes_on = line_width > width - _FULL * size
    return text


def _places(rules: Sequence[Rule]) -> list[float]:
    """Where ruled lines stand, ascending; near ones are one."""
    places: list[float] = []
    for rule in sorted(rules):
        if not places or rule.place - places[-1] > _NEAR:
            places.append(rule.place)
    return places


class _Drawn(NamedTuple):
    """What is drawn of a line: where its pieces begin, ascending, and how far the line goes by then."""

    lows: list[float]
    highs: list[float]

    def reaches(self, along: float) -> bool:
        """Whether a piece is drawn there, give or take a point."""
        begun = bisect_right(self.lows, along + 1)
        return begun > 0 and self.highs[begun - 1] >= along - 1


def _drawn_at(rules: Sequence[Rule], place: float) -> _Drawn:
    """What the ruled lines draw at a place."""
    near = [rule for rule in rules if abs(rule.place - place) <= _NEAR]
    near.sort(key=lambda rule: (rule.low, rule.high))
    lows = [rule.low for rule in near]
    highs = [rule.high for rule in near]
    highest_so_far = accumulate(highs, max)
    return _Drawn(lows, list(highest_so_far))


# --- the tables of a page --------------------------------------------------------------------------


def tables(page: Any) -> list[Grid]:
    """The ruled tables of a page: groups of lines that touch."""
    rules = _rules(page)
    if rules.total > _RULES:
        return []
    grids: list[Grid] = []
    for band in _bands(rules.down):
        upright = [rule for rule in rules.down if band.touches(rule)]
        level = [rule for rule in rules.across if band.holds(rule)]
        has_columns = len(_places(upright)) >= _FEWEST_UPRIGHT
        if has_columns and len(_places(level)) >= _FEWEST_LEVEL:
            grids.append(Grid(level, upright))
    return grids


class _Band(NamedTuple):
    """The heights between which upright lines follow without a gap: one band a table."""

    low: float
    high: float

    def touches(self, upright: Rule) -> bool:
        """Whether an upright line stands in it."""
        return upright.high > self.low and upright.low < self.high

    def holds(self, level: Rule) -> bool:
        """Whether a level line lies in it, or at one of its ends."""
        return self.low - _NEAR <= level.place <= self.high + _NEAR


def _bands(upright: Sequence[Rule]) -> list[_Band]:
    """The bands of upright lines, from the lowest."""
    bands: list[_Band] = []
    for rule in sorted(upright, key=lambda rule: rule.low):
        if bands and rule.low <= bands[-1].high + _NEAR:
            below = bands.pop()
            bands.append(_Band(below.low, max(below.high, rule.high)))
        else:
            bands.append(_Band(rule.low, rule.high))
    return bands


def _rules(page: Any) -> Rules:
    """Lines and thin or framed rectangles."""
    from pypdfium2 import raw

    rules = Rules([], [])
    for item in page.get_objects(filter=[raw.FPDF_PAGEOBJ_PATH], max_depth=_LAYERS):
        _add_edges(item.get_bounds(), rules)
        if rules.total > _RULES:
            break
    return rules


def _add_edges(box: tuple[float, float, float, float], rules: Rules) -> None:
    """Add what a box is: a ruled line where it is thin, else its four edges; nothing for a dot."""
    left, bottom, right, top = box
    is_wide = right - left > _NEAR
    is_high = top - bottom > _NEAR
    if is_wide and is_high:
        rules.across.extend((Rule(bottom, left, right), Rule(top, left, right)))
        rules.down.extend((Rule(left, bottom, top), Rule(right, bottom, top)))
    elif is_wide:
        middle = (top + bottom) / 2
        rules.across.append(Rule(middle, left, right))
    elif is_high:
        middle = (left + right) / 2
        rules.down.append(Rule(middle, bottom, top))
