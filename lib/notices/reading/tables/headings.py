"""Headings over the rows of a table: the lines above it, and its section rows."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import Final

from lib.grids import kinds
from lib.grids.cells import NONE
from lib.grids.kinds import Places, SectionRow
from lib.measures.meanings import DUTIES
from lib.notices.model import Cell, Line, Span
from lib.notices.reading.claims import brackets, headings, labelled
from lib.notices.reading.claims.claim import Claims, for_field, layered
from lib.notices.reading.tables.columns import SAYS, Columns, number_style
from lib.notices.reading.tables.sheet import Sheet, one_line
from lib.notices.reading.tables.table_row import TableRow
from lib.text import marks

ABOVE: Final = 3  # lines above a table that may say something of it
_NUMBERED: Final = frozenset({"chapter", "formal", "han", "han_bracket"})
_NUMBERED_LENGTH: Final = 40  # characters of a numbered heading above a table
_HEADING: Final = 30  # characters of any other
_GENERIC: Final = 2  # labels up to this length are words of common speech

# How deep headings are among themselves.
_OUTERMOST: Final = -1
_TOP: Final = 0
_USUAL: Final = 1
_LOWER: Final = 2
_ABOVE_TABLE: Final = 8
_DEEPEST: Final = 9
_DEPTHS: Final = {"chapter": _TOP, "formal": _TOP, "han_bracket": _LOWER}


@dataclass(frozen=True)
class Level:
    """A heading over rows, and what it says of who answers.

    cell: the section that it names, empty where it only says who answers.
    """

    cell: Cell
    claims: Claims
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
        higher = [above for above in self.levels if above.depth < level.depth]
        self.levels = [*higher, level]
        self.section = Cell()
        for open_level in self.levels:
            if open_level.cell.text:
                self.section = open_level.cell
                break

    def over(self, claims: Claims) -> Claims:
        """A row's own claims, and those that it inherits from the headings over it."""
        inherited = [level.claims for level in reversed(self.levels)]
        return layered(claims, *inherited)

    @property
    def say_who(self) -> bool:
        """Whether a heading says nothing but who answers."""
        return any(map(_says_only_who, self.levels))

    def section_of(self, row: TableRow) -> Cell:
        """The section of a row: of a section row, of a column, or of the row above.

        Of several levels it is the top one: a column inside a section divides it further.
        """
        for level in self.levels:
            if level.cell.reason == "section_row":
                return level.cell
        column = row.columns.section
        if row.is_filled(column):
            section = row.value(column)
            self.section = replace(section, text=one_line(section.text))
            return self.section
        has_column = row.at(column) >= 0
        if has_column and self.section.reason in ("column", "merged", "above"):
            return replace(self.section, reason="above", sure=row.columns.sparse)
        return self.section


def _says_only_who(level: Level) -> bool:
    """Whether a heading says nothing but who answers."""
    words = level.cell.text
    if not words:
        return bool(level.claims)
    return any(claim.text in words for claim in level.claims)


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
    claims: Claims = []
    for number in _lines_above(sheet, first):
        line = sheet.lines[number]
        level = _level(line, columns)
        is_section = _is_numbered_heading(line, level)
        says_something = is_section or bool(level.claims)
        if not says_something and len(line.text) > _HEADING:
            break
        claims += level.claims
        if says_something:
            used.add(number)
        if is_section:
            depth = _OUTERMOST if claims else _ABOVE_TABLE
            section = Level(level.cell, claims, depth)
            over.levels = []
            over.open(section)
            return used
    if claims:
        without_words = Level(Cell(), claims, _OUTERMOST)
        over.levels = []
        over.open(without_words)
    return used


def _lines_above(sheet: Sheet, first: int) -> Iterator[int]:
    """The lines above a table that may say something of it, from below, up to a sentence."""
    highest = max(first - ABOVE, 0)
    for number in reversed(range(highest, first)):
        in_table = sheet.blocks[number].table >= 0
        line = sheet.lines[number]
        if in_table or "。" in line.folded:
            return
        yield number


def _is_numbered_heading(line: Line, level: Level) -> bool:
    """Whether a line above a table begins with the number of a heading, and is short."""
    mark = marks.at(line.folded, line.text)
    if mark is None:
        return False
    if mark.style not in _NUMBERED:
        return False
    return len(level.cell.text) < _NUMBERED_LENGTH


def _level(line: Line, columns: Columns) -> Level:
    """A heading without its responsibility, and what it says of who answers."""
    mark = marks.at(line.folded, line.text)
    words = heading = line.span
    depth = _USUAL
    if mark:
        words = line.span.since(mark.end)
        heading = line.span.since(mark.start)
        depth = _DEPTHS.get(mark.style, _USUAL)
    is_numbered = mark is not None
    claims, words_end = _duties(words, numbered=is_numbered)
    words = words.until(words_end).trimmed()
    heading = heading.until(words_end).trimmed()
    text = " ".join(heading.text.split())
    cell = Cell(text=text, reason="heading", source=heading.source)
    named = _named(words, columns)
    return Level(cell, layered(claims, named), depth)


def _duties(words: Span, *, numbered: bool) -> tuple[Claims, int]:
    """What a bracket or labels in a heading say of who answers, and where its words end."""
    duties = brackets.of_duty(words.line)
    if duties:
        bracket = duties[0]
        claims = labelled.read(brackets.inside(bracket))
        return claims, bracket.start
    labels = [label for label in words.find_labels() if label.field in DUTIES]
    if not labels or len(labels[0].word) <= _GENERIC:
        return [], words.end
    start = labels[0].start
    claims = labelled.read(words.since(start))
    is_all = numbered and start == words.start
    if not claims or is_all:
        return claims, words.end
    return claims, start


def _named(words: Span, columns: Columns) -> Claims:
    """Whom a heading names: 副市长王强负责的工作, or an office or a titled person alone.

    An office alone counts only over a table that has no column for it.
    """
    claims = headings.led(words)
    if claims:
        return claims
    alone = headings.alone(words)
    has_column_for_lead = not columns.names.isdisjoint(SAYS["lead_departments"])
    if has_column_for_lead:
        return for_field(alone, "leaders")
    has_support = "support_departments" in columns.names
    named: Claims = []
    for claim in alone:
        is_sure = has_support or claim.field == "leaders"
        named.append(replace(claim, sure=is_sure))
    return named


# --- section rows ----------------------------------------------------------------------------------


def find_section_row(row: TableRow, filled: Sequence[int]) -> SectionRow | None:
    """Tell a row that says one thing, with a number and sums beside it.

    Args:
        filled: the cells of the row that say something.
    """
    columns = row.columns
    places = Places(columns.title, columns.serial, columns.duties)
    section = kinds.find_section(row.sheet, row.cells, filled, places)
    return section or _numbered_otherwise(row, filled)


def _numbered_otherwise(row: TableRow, filled: Sequence[int]) -> SectionRow | None:
    """Tell a row of words alone whose number is not written as those of the measures are.

    1 大力提振消费 stands over (8) and (9), for which somebody answers.
    """
    usual_style = row.columns.number_style
    number = row.at(row.columns.serial)
    has_title_alone = set(filled) == {number, row.title}
    if not usual_style or not has_title_alone:
        return None
    printed = row.sheet.folded(number)
    if number_style(printed) == usual_style:
        return None
    return SectionRow(row.title, number)


def section_level(sheet: Sheet, section: SectionRow, columns: Columns) -> Level | None:
    """The heading that a section row is; None for a note below all rows."""
    folded = sheet.folded(section.cell).strip()
    if kinds.is_note(folded) or brackets.is_note(folded):
        return None
    level = _level(sheet.lines[section.cell], columns)
    text = level.cell.text
    depth = level.depth
    if section.number != NONE:
        text = kinds.with_number(sheet, section, text)
        depth = _LOWER if text[0] in "(（" else _USUAL
    if not text:
        return Level(Cell(), level.claims, _DEEPEST)
    cell = replace(level.cell, text=text, reason="section_row")
    return Level(cell, level.claims, depth)
