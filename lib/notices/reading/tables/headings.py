"""Headings over the rows of a table: the lines above it, and its section rows."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Final

from lib.notices.fields import DUTIES
from lib.notices.layout import marks
from lib.notices.layout.marks import Mark
from lib.notices.model import Cell, Line, Span
from lib.notices.reading.claims import brackets, headings, labelled
from lib.notices.reading.claims.claim import Claim, layered
from lib.notices.reading.tables.columns import SAYS, Columns
from lib.notices.reading.tables.sheet import Row, Sheet, cell

ABOVE: Final = 3  # lines above a table that may say something of it
_NUMBERED: Final = frozenset({"chapter", "formal", "han", "han_bracket"})
_NUMBERED_LENGTH: Final = 40  # characters of a numbered heading above a table
_HEADING: Final = 30  # characters of any other
_SECTION: Final = 60  # characters of a section row's heading
_GENERIC: Final = 2  # labels up to this length are words of common speech

# How deep headings are among themselves.
_OUTERMOST, _TOP, _USUAL, _LOWER, _DEEPEST = -1, 0, 1, 2, 9
_DEPTHS: Final = {"chapter": _TOP, "formal": _TOP, "han_bracket": _LOWER}

_NOTE: Final = re.compile(
    r"^(?:注|备注|说明|附注|填表|填报|制表|审核|联系人|合计|总计|小计|单位[:(]|共计)"
)
_FIGURE: Final = re.compile(r"[约¥]? *[0-9.,]+ *(?:[%个项件条户]|[万亿]?元)?|[-/—]+|〇")
_TALLY: Final = re.compile(  # the number of a section in its own cell
    r"[一二三四五六七八九十]{1,3}|\([一二三四五六七八九十]{1,3}\)|[壹贰叁参肆伍陆柒捌玖拾]{1,3}"
    r"|[A-Z]|[IVX]{1,4}|[\u2160-\u216b]|第[一二三四五六七八九十]{1,3}[类部章]分?"
)
_TALLY_EDGES: Final = " 、.．"


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


@dataclass(frozen=True, slots=True)
class SectionRow:
    """A row that says one thing. cell: where; number: the cell of its number, None for none."""

    cell: int
    number: int | None


def find_section_row(
    sheet: Sheet, row: Row, filled: Sequence[int], columns: Columns
) -> SectionRow | None:
    """Tell a row that says one thing, with a number and sums beside it.

    Args:
        filled: the cells of the row that say something.
    """
    number: int | None = cell(row, columns.serial)
    if number not in filled or number == cell(row, columns.title):
        number = None
    said = [other for other in filled if other != number and not _is_figure(sheet, other)]
    if not said and number is not None:
        said, number = [number], None
    if len(said) != 1 or len(row) == 1:
        return None
    section = SectionRow(said[0], number)
    alone = len(filled) == 1
    return section if _is_heading(sheet, row, section, columns, alone=alone) else None


def _is_figure(sheet: Sheet, number: int) -> bool:
    return _FIGURE.fullmatch(sheet.folded(number).strip()) is not None


def _is_heading(
    sheet: Sheet, row: Row, section: SectionRow, columns: Columns, *, alone: bool
) -> bool:
    """Whether the only words of a row are a heading: by width, by number or by what they count."""
    block, folded = sheet.blocks[section.cell], sheet.folded(section.cell).strip()
    if block.across > 2:
        return True
    if section.number is not None:
        tally = sheet.folded(section.number).strip(_TALLY_EDGES)
        return _TALLY.fullmatch(tally) is not None
    if block.across > 1:
        return True
    says_who = columns.fields.get(row.index(section.cell)) in DUTIES
    if block.down > 1 or says_who:
        return False
    if section.cell != cell(row, columns.title):
        return True
    numbered = alone and marks.at(folded, folded) is not None
    return numbered or headings.COUNT.search(folded) is not None


def section_level(sheet: Sheet, section: SectionRow, columns: Columns) -> Level | None:
    """The heading that a section row is; None for a note below all rows."""
    folded = sheet.folded(section.cell).strip()
    if _NOTE.match(folded) or len(folded) > _SECTION or brackets.is_note(folded):
        return None
    line = sheet.lines[section.cell]
    level = _level(line, marks.at(line.folded, line.text), columns)
    text, depth = level.cell.text, level.depth
    if section.number is not None:
        tally = sheet.text(section.number).strip(_TALLY_EDGES)
        text = f"{tally}{text}" if text[:1] in ("", "、", ".") else f"{tally}、{text}"
        depth = _LOWER if tally[0] in "(（" else _USUAL
    if not text:
        return Level(Cell(), level.claims, _DEEPEST)
    source = sheet.source(section.cell)
    return Level(Cell(text, (), "section_row", True, source), level.claims, depth)
