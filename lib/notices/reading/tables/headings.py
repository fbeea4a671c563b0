"""Headings over the rows of a table: the lines above it, and its section rows."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Final

from lib.grids import kinds
from lib.grids.cells import NONE, Row, cell
from lib.grids.kinds import Places, SectionRow
from lib.measures.meanings import DUTIES
from lib.notices.model import Cell, Line, Span
from lib.notices.reading.claims import brackets, headings, labelled
from lib.notices.reading.claims.claim import Claim, layered
from lib.notices.reading.tables.columns import SAYS, Columns, number_style
from lib.notices.reading.tables.sheet import Sheet
from lib.text import marks
from lib.text.marks import Mark

ABOVE: Final = 3  # lines above a table that may say something of it
_NUMBERED: Final = frozenset({"chapter", "formal", "han", "han_bracket"})
_NUMBERED_LENGTH: Final = 40  # characters of a numbered heading above a table
_HEADING: Final = 30  # characters of any other
_GENERIC: Final = 2  # labels up to this length are words of common speech

# How deep headings are among themselves.
_OUTERMOST, _TOP, _USUAL, _LOWER, _DEEPEST = -1, 0, 1, 2, 9
_DEPTHS: Final = {"chapter": _TOP, "formal": _TOP, "han_bracket": _LOWER}


@dataclass(frozen=True)
class Level:
    """A heading over rows, and what it says of who answers.

    cell: the section that it names, empty where it only says who answers.
    """

    cell: Cell
    claims: list[Claim]
    depth: int


@dataclass
class Headings:
    """The headings that hold for a row, the outermost first.

    section: the cell of the section for the rows that follow.
    """

    levels: list[Level] = field(default_factory=list)
    section: Cell = field(default_factory=Cell)

    def open(self, level: Level) -> None:
        """Begin a heading: it ends those of its own depth and deeper ones."""
        above = [other for other in self.levels if other.depth < level.depth]
        self.levels = [*above, level]
        named = [other.cell for other in self.levels if other.cell.text]
        self.section = named[0] if named else Cell()

    def over(self, claims: list[Claim]) -> list[Claim]:
        """A row's own claims, and those that it inherits from the headings over it."""
        return layered(claims, *(level.claims for level in reversed(self.levels)))

    @property
    def say_who(self) -> bool:
        """Whether a heading says nothing but who answers."""
        for level in self.levels:
            for claim in level.claims:
                if not level.cell.text or claim.text in level.cell.text:
                    return True
        return False

    @property
    def section_row(self) -> Cell | None:
        """The section of the topmost section row."""
        for level in self.levels:
            if level.cell.reason == "section_row":
                return level.cell
        return None


# --- lines above a table ---------------------------------------------------------------------------


def read_above(sheet: Sheet, first: int, columns: Columns, over: Headings) -> set[int]:
    """Read what the lines above a table say of it.

    A numbered heading is its section; labels say who answers. Where a line says something, the
    headings of the table before end.

    Args:
        first: the table's first cell.
        over: the headings, which are changed.

    Returns:
        The blocks that belong to the table.
    """
    used: set[int] = set()
    claims: list[Claim] = []
    for number in range(first - 1, max(first - 1 - ABOVE, -1), -1):
        line = sheet.lines[number]
        if sheet.blocks[number].table >= 0 or "。" in line.folded:
            break
        mark = marks.at(line.folded, line.text)
        level = _level(line, mark, columns)
        short = len(level.cell.text) < _NUMBERED_LENGTH
        is_section = mark is not None and mark.style in _NUMBERED and short
        if not is_section and not level.claims and len(line.text) > _HEADING:
            break
        claims += level.claims
        if is_section or level.claims:
            used.add(number)
        if is_section:
            over.levels = []
            over.open(Level(level.cell, claims, _OUTERMOST if claims else _DEEPEST - 1))
            return used
    if claims:
        over.levels = []
        over.open(Level(Cell(), claims, _OUTERMOST))
    return used


def _level(line: Line, mark: Mark | None, columns: Columns) -> Level:
    """A heading without its responsibility, and what it says of who answers."""
    words = line.span.since(mark.end) if mark else line.span
    claims, stop = _duties(words, numbered=mark is not None)
    words = words.until(stop)
    claims = layered(claims, _named(words.trimmed(), columns))
    heading = words.since(mark.start if mark else 0).trimmed()
    text = " ".join(heading.text.split())
    depth = _DEPTHS.get(mark.style, _USUAL) if mark else _USUAL
    return Level(Cell(text, (), "heading", True, heading.source), claims, depth)


def _duties(words: Span, *, numbered: bool) -> tuple[list[Claim], int]:
    """What a bracket or labels in a heading say of who answers, and where its words end."""
    duties = brackets.of_duty(words.line)
    if duties:
        return labelled.read(brackets.inside(duties[0])), duties[0].start
    given = [label for label in words.find_labels() if label.field in DUTIES]
    if not given or len(given[0].word) <= _GENERIC:
        return [], words.end
    claims = labelled.read(words.since(given[0].start))
    first_of_all = given[0].start == words.start and numbered
    if not claims or first_of_all:
        return claims, words.end
    return claims, given[0].start


def _named(words: Span, columns: Columns) -> list[Claim]:
    """Whom a heading names: 副市长王强负责的工作, or an office or a titled person alone.

    An office alone counts only over a table that has no column for it.
    """
    claims = headings.led(words)
    if claims:
        return claims
    alone = headings.alone(words)
    if not columns.names.isdisjoint(SAYS["lead_departments"]):
        return [claim for claim in alone if claim.field == "leaders"]
    sure = "support_departments" in columns.names
    return [replace(claim, sure=sure or claim.field == "leaders") for claim in alone]


# --- section rows ----------------------------------------------------------------------------------


def find_section_row(
    sheet: Sheet, row: Row, filled: Sequence[int], columns: Columns
) -> SectionRow | None:
    """Tell a row that says one thing, with a number and sums beside it.

    Args:
        filled: the cells of the row that say something.
    """
    duties = [column for column, name in columns.fields.items() if name in DUTIES]
    places = Places(columns.title, columns.serial, duties)
    section = kinds.find_section(sheet, row, filled, places)
    return section or _numbered_otherwise(sheet, row, filled, columns)


def _numbered_otherwise(
    sheet: Sheet, row: Row, filled: Sequence[int], columns: Columns
) -> SectionRow | None:
    """Tell a row of words alone whose number is not written as those of the measures are.

    1 大力提振消费 stands over (8) and (9), for which somebody answers.
    """
    number, title = cell(row, columns.serial), cell(row, columns.title)
    if not columns.number_style or set(filled) != {number, title}:
        return None
    is_like = number_style(sheet.folded(number)) == columns.number_style
    return None if is_like else SectionRow(title, number)


def section_level(sheet: Sheet, section: SectionRow, columns: Columns) -> Level | None:
    """The heading that a section row is; None for a note below all rows."""
    folded = sheet.folded(section.cell).strip()
    if kinds.is_note(folded) or brackets.is_note(folded):
        return None
    line = sheet.lines[section.cell]
    level = _level(line, marks.at(line.folded, line.text), columns)
    text, depth = level.cell.text, level.depth
    if section.number != NONE:
        text = kinds.with_number(sheet, section, text)
        depth = _LOWER if text[0] in "(（" else _USUAL
    if not text:
        return Level(Cell(), level.claims, _DEEPEST)
    return Level(replace(level.cell, text=text, reason="section_row"), level.claims, depth)
