"""How the cells of a sheet look, which their values alone do not say."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from lib.errors import Problem
from lib.files.archives import column_letters
from lib.files.grid import Extent, Grid, Place, Rows
from lib.files.number_formats import Shown
from lib.files.sheet import shown

Range = tuple[Place, Place]  # its first and its last place


@dataclass
class Look:
    """What formats, strike-out and hidden rows make of a sheet.

    texts: what cells show instead of their value.
    struck: the text that is struck out in a cell, None for all that stands there.
    concealed: cells whose format shows nothing.
    unknown: cells with a formula whose value was never worked out.
    rows, columns: the hidden ones, from 0.
    """

    texts: dict[Place, Shown] = field(default_factory=dict)
    struck: dict[Place, str | None] = field(default_factory=dict)
    concealed: set[Place] = field(default_factory=set)
    unknown: list[Place] = field(default_factory=list)
    rows: set[int] = field(default_factory=set)
    columns: set[int] = field(default_factory=set)

    def add_runs(self, place: Place, runs: Sequence[tuple[str, bool]]) -> None:
        """Note what a cell shows whose text is written in several ways.

        Args:
            runs: the parts of the text, and whether they are struck out.
        """
        struck = []
        kept = []
        for text, is_struck in runs:
            if is_struck:
                struck.append(text)
            else:
                kept.append(text)
        if struck:
            text_kept = "".join(kept)
            self.texts[place] = Shown(text_kept)
            self.struck[place] = "".join(struck)

    def repeat(self, place: Place, later_rows: Iterable[int]) -> None:
        """Note of the cells of later rows what is noted of one that they repeat."""
        _, column = place
        later = [(row, column) for row in later_rows]
        if place in self.texts:
            text = self.texts[place]
            self.texts |= dict.fromkeys(later, text)
        if place in self.struck:
            struck = self.struck[place]
            self.struck |= dict.fromkeys(later, struck)
        if place in self.concealed:
            self.concealed.update(later)


def grid_of(name: str, rows: Rows, ranges: Sequence[Range], look: Look) -> Grid:
    """A sheet as its reader sees it.

    Args:
        rows: what its cells hold, all of one length; they become the grid's.
        ranges: the merged ones.
    """
    years = _write_texts(rows, look)
    merged = _merge(rows, ranges)
    hidden = _hidden_with_text(rows, look)
    problems = [
        *_struck_out(rows, look),
        *_concealed(rows, look),
        *_unknown(look),
        *_hidden_columns(rows, look),
        *_hidden_rows(hidden),
    ]
    return Grid(name, rows, merged, hidden, problems, years)


def _write_texts(rows: Rows, look: Look) -> dict[Place, int]:
    """Write what cells show in place of their values; return the years that they don't show."""
    years = {}
    for place, cell in look.texts.items():
        _replace(rows, place, cell.text)
        if cell.year:
            years[place] = cell.year
    return years


def _replace(rows: Rows, place: Place, text: str) -> str:
    """Write another text into a cell. Returns what stood there, "" for a cell that isn't there."""
    row, column = place
    if not 0 <= row < len(rows):  # a damaged A0 is row -1
        return ""
    cells = rows[row]
    if not 0 <= column < len(cells):
        return ""
    before = cells[column]
    cells[column] = text
    return before


def _width(rows: Rows) -> int:
    return max(map(len, rows), default=0)


# --- merged cells ---------------------------------------------------------------------------------


def _merge(rows: Rows, ranges: Sequence[Range]) -> dict[Place, Extent]:
    """Empty the cells that merged ones cover.

    No cell is covered twice: what all ranges cover together is no more than the sheet.

    Returns:
        How many rows and columns each merged cell covers, by its place.
    """
    merged = {}
    height = len(rows)
    width = _width(rows)
    free = height * width
    for first, (bottom, right) in ranges:
        top, left = first
        # A range may reach beyond the last cell with a text
        bottom_end = min(bottom + 1, height)
        right_end = min(right + 1, width)
        down = bottom_end - top
        across = right_end - left
        if down < 1 or across < 1:
            continue
        covered = down * across
        if covered == 1 or covered > free:
            continue
        free -= covered
        extent = (down, across)
        merged[first] = extent
        _empty_covered(rows, first, extent)
    return merged


def _empty_covered(rows: Rows, first: Place, extent: Extent) -> None:
    """Empty all cells of a merged range but the first."""
    top, left = first
    down, across = extent
    bottom = top + down
    right = left + across
    text = rows[top][left]
    for cells in rows[top:bottom]:
        cells[left:right] = [""] * across
    rows[top][left] = text


# --- what is left out, and what is hidden ---------------------------------------------------------


def _struck_out(rows: Rows, look: Look) -> Iterator[Problem]:
    """Empty the cells that are struck out, and name each cell in which something is."""
    for place in sorted(look.struck):
        text = look.struck[place]
        if text is None:
            text = _replace(rows, place, "")
        if text.strip():
            yield _problem_in_cell("sheet_struck_out", place, text)


def _concealed(rows: Rows, look: Look) -> Iterator[Problem]:
    """Empty the cells whose format shows nothing, and name the first of them."""
    is_first = True
    for place in sorted(look.concealed):
        text = _replace(rows, place, "")
        if is_first and text.strip():
            yield _problem_in_cell("sheet_concealed", place, text)
            is_first = False


def _unknown(look: Look) -> Iterator[Problem]:
    """Say how many formulas have no value, at the first of them."""
    if look.unknown:
        first = look.unknown[0]
        count = str(len(look.unknown))
        yield _problem_in_cell("sheet_unknown_values", first, count)


def _problem_in_cell(code: str, place: Place, text: str) -> Problem:
    row, column = place
    line = row + 1
    letters = column_letters(column + 1)
    address = f"{letters}{line}"
    return Problem(code, line, address, shown(text))


def _hidden_columns(rows: Rows, look: Look) -> Iterator[Problem]:
    """Name the hidden columns in which something stands."""
    letters = []
    width = _width(rows)
    for column in sorted(look.columns):
        is_in_sheet = 0 <= column < width
        if is_in_sheet and any(cells[column] for cells in rows):
            letters.append(column_letters(column + 1))
    if letters:
        names = "、".join(letters)
        yield Problem("sheet_hidden_columns", 0, "", shown(names))


def _hidden_with_text(rows: Rows, look: Look) -> frozenset[int]:
    """The numbers of the hidden rows in which something stands."""
    hidden = set()
    for row in look.rows:
        is_in_sheet = 0 <= row < len(rows)
        if is_in_sheet and any(rows[row]):
            hidden.add(row)
    return frozenset(hidden)


def _hidden_rows(hidden: frozenset[int]) -> Iterator[Problem]:
    """Say how many rows are hidden, at the first of them."""
    if hidden:
        first = min(hidden) + 1
        count = str(len(hidden))
        yield Problem("sheet_hidden_rows", first, "", count)
