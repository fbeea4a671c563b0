"""The tables of a page of a PDF whose ruled lines make a grid."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from itertools import accumulate, product
from operator import attrgetter, neg
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
        bottom = self.row + self.down
        right = self.column + self.across
        rows = range(self.row, bottom)
        columns = range(self.column, right)
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
        left = self._widths[0]
        right = self._widths[-1]
        is_within_widths = left <= across <= right
        is_within_heights = self.bottom <= up <= self.top
        return is_within_widths and is_within_heights

    def blocks(self, chars: Sequence[Char], table: int) -> list[Block]:
        """The cells, top row first; a missing edge between two cells makes them one.

        Raises:
            BoardError: notice_too_long, for more cells than a document can have.
        """
        places = self._rows * self._columns
        if places > limits.PIECES:
            raise BoardError("notice_too_long", limit=limits.PIECES)
        blocks: list[Block] = []
        for cell, chars_of_cell in self._chars_by_cell(chars).items():
            width = self._width(cell)
            text = _cell_text(chars_of_cell, width)
            block = Block(text, 0, table, *cell)
            blocks.append(block)
        return blocks

    def _chars_by_cell(self, chars: Sequence[Char]) -> dict[_Cell, list[Char]]:
        """The characters in each cell, top row first; empty cells too."""
        cell_at = self._cell_at()
        by_cell: dict[_Cell, list[Char]] = {}
        for cell in sorted(set(cell_at.values())):
            by_cell[cell] = []
        for char in chars:
            cell = cell_at[self._place(char)]
            by_cell[cell].append(char)
        return by_cell

    def _cell_at(self) -> dict[Place, _Cell]:
        """The cell that covers each place; where two would, the one that begins later."""
        cell_at: dict[Place, _Cell] = {}
        rows = range(self._rows)
        columns = range(self._columns)
        for place in product(rows, columns):
            if place not in cell_at:
                cell = self._cell(place)
                covered = dict.fromkeys(cell.places(), cell)
                cell_at.update(covered)
        return cell_at

    def _cell(self, corner: Place) -> _Cell:
        """The cell whose upper left corner is at a place: up to the next edges that are drawn."""
        row, column = corner
        down = self._lower_edge(row, column) - row
        across = self._right_edge(row, column) - column
        return _Cell(row, column, down, across)

    def _right_edge(self, row: int, column: int) -> int:
        """The next line to the right that is drawn in the middle of a row."""
        upper = self._heights[row]
        lower = self._heights[row + 1]
        middle = (upper + lower) / 2
        for right in range(column + 1, self._columns):
            if self._down[right].reaches(middle):
                return right
        return self._columns

    def _lower_edge(self, row: int, column: int) -> int:
        """The next line below that is drawn in the middle of a column."""
        left = self._widths[column]
        right = self._widths[column + 1]
        middle = (left + right) / 2
        for bottom in range(row + 1, self._rows):
            if self._across[bottom].reaches(middle):
                return bottom
        return self._rows

    def _place(self, char: Char) -> Place:
        """The row and the column in which a character stands."""
        across, up = char.centre
        below = bisect_left(self._heights, -up, 1, self._rows, key=neg)  # heights go down
        right = bisect_left(self._widths, across, 1, self._columns)
        return below - 1, right - 1

    def _width(self, cell: _Cell) -> float:
        """How wide a cell is."""
        end = cell.column + cell.across
        left = self._widths[cell.column]
        right = self._widths[end]
        return right - left


def _cell_text(chars: Sequence[Char], width: float) -> str:
    """A cell's lines: one that fills the cell goes on in the next."""
    text = ""
    goes_on = False
    for line in characters.lines_of(chars):
        if text and not goes_on:
            text += "\n"
        text += characters.text_of(line)
        goes_on = _fills(line, width)
    return text


def _fills(line: Sequence[Char], width: float) -> bool:
    """Whether a line fills a cell that is so wide: hardly two more characters fit."""
    first = line[0]
    last = line[-1]
    first_width = first.right - first.left
    size = max(first.height, first_width)
    line_width = last.right - first.left
    return line_width > width - _FULL * size


def _places(rules: Sequence[Rule]) -> list[float]:
    """Where ruled lines stand, ascending; near ones are one."""
    places: list[float] = []
    for rule in sorted(rules):
        is_near = bool(places) and rule.place - places[-1] <= _NEAR
        if not is_near:
            places.append(rule.place)
    return places


class _Drawn(NamedTuple):
    """What is drawn of a line: where its pieces begin, ascending, and how far the line goes by then."""

    lows: list[float]
    highs: list[float]

    def reaches(self, along: float) -> bool:
        """Whether a piece is drawn there, give or take a point."""
        begun = bisect_right(self.lows, along + 1)
        if begun == 0:
            return False
        end = self.highs[begun - 1]
        return end >= along - 1


def _drawn_at(rules: Sequence[Rule], place: float) -> _Drawn:
    """What the ruled lines draw at a place."""
    pieces: list[tuple[float, float]] = []
    for rule in rules:
        distance = abs(rule.place - place)
        if distance <= _NEAR:
            pieces.append((rule.low, rule.high))
    pieces.sort()
    lows = [low for low, _ in pieces]
    highs = [high for _, high in pieces]
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
        has_rows = len(_places(level)) >= _FEWEST_LEVEL
        if has_columns and has_rows:
            grids.append(Grid(level, upright))
    return grids


class _Band(NamedTuple):
    """The heights between which upright lines follow without a gap: one band a table."""

    low: float
    high: float

    def touches(self, upright: Rule) -> bool:
        """Whether an upright line stands in it."""
        begins_below = upright.low < self.high
        ends_above = upright.high > self.low
        return begins_below and ends_above

    def holds(self, level: Rule) -> bool:
        """Whether a level line lies in it, or at one of its ends."""
        lowest = self.low - _NEAR
        highest = self.high + _NEAR
        return lowest <= level.place <= highest


def _bands(upright: Sequence[Rule]) -> list[_Band]:
    """The bands of upright lines, from the lowest."""
    bands: list[_Band] = []
    for rule in sorted(upright, key=attrgetter("low")):
        band = _Band(rule.low, rule.high)
        if bands and rule.low <= bands[-1].high + _NEAR:
            below = bands.pop()
            high = max(below.high, rule.high)
            band = _Band(below.low, high)
        bands.append(band)
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
        rules.across.append(Rule(bottom, left, right))
        rules.across.append(Rule(top, left, right))
        rules.down.append(Rule(left, bottom, top))
        rules.down.append(Rule(right, bottom, top))
    elif is_wide:
        middle = (top + bottom) / 2
        rules.across.append(Rule(middle, left, right))
    elif is_high:
        middle = (left + right) / 2
        rules.down.append(Rule(middle, bottom, top))
