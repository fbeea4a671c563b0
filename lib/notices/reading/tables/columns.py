"""Which column of a table holds what, by its header and by what stands in it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Final

from lib.grids.cells import NONE, Row, cell
from lib.measures.meanings import DUTIES
from lib.notices import kinds
from lib.notices.reading.tables.sheet import Sheet

_BLANK: Final = 5  # one cell in so many is empty in a column that groups the rows

_NUMBER_STYLES: Final = {
    "brackets": re.compile(r"\([0-9]{1,4}\)"),
    "characters": re.compile("[一二三四五六七八九十]{1,4}"),
    "figures": re.compile("[0-9]{1,4}"),
}
# Of each cell of a measure, the columns of which one says it.
SAYS: Final = {
    "section": {"section"},
    "article": {"serial"},
    "title": {"title"},
    "leaders": {"leaders", "lead_who", "who", "both"},
    "lead_departments": {"departments", "lead_departments", "lead_who", "who", "both"},
    "support_departments": {"departments", "support_departments", "support_who", "both"},
    "deadline": {"deadline"},
}


@dataclass
class Columns:
    """Which column of a table holds what.

    fields: what the header of a column stands for; words: the header itself.
    title, section, serial: columns, NONE where there is none; number_style: how the serials of the
        rows are written in which somebody answers, "" where in several ways; begins: when a deadline begins that
        stands in two columns.
    guessed: no header says which column is the measure.
    grouped: columns of names that are filled in the first row of each section alone.
    sparse: the section stands in its first row alone.
    unknown: columns whose header says nothing that is known.
    doubts: cells that an unknown column may hold.
    details: columns that say more closely what is to be done.
    body: the columns whose text is the measure's.
    said: whether a person says what the columns are.
    """

    fields: dict[int, str] = field(default_factory=dict)
    words: dict[int, str] = field(default_factory=dict)
    title: int = NONE
    section: int = NONE
    serial: int = NONE
    number_style: str = ""
    begins: int = NONE
    guessed: bool = False
    sparse: bool = False
    grouped: tuple[int, ...] = ()
    unknown: tuple[int, ...] = ()
    doubts: dict[str, int] = field(default_factory=dict)
    details: tuple[int, ...] = ()
    body: tuple[int, ...] = ()
    said: bool = False

    @property
    def names(self) -> set[str]:
        """What its headers stand for."""
        return set(self.fields.values())

    @property
    def says_who(self) -> bool:
        """Whether a column says who answers."""
        return not self.names.isdisjoint(DUTIES - {"deadline"})

    def has_header_of(self, other: Columns) -> bool:
        """Whether both headers say the same."""
        return (self.fields, self.words) == (other.fields, other.words)

    def word(self, column: int) -> str:
        """The header of a column."""
        return self.words.get(column, "")


def arrange(sheet: Sheet, columns: Columns, rows: Sequence[Row], title: str) -> None:
    """Find out which column is what in these rows.

    A roster, an account and a table without words have no measures.

    Args:
        title: the lines above the table of which one may be its title.
    """
    columns.title = columns.section = NONE
    account = kinds.is_account(title) and "deadline" not in columns.names
    if not account and not kinds.is_roster(title):
        _place(sheet, columns, rows)
    if columns.serial < 0:
        columns.serial = _counting(sheet, columns, rows)
    columns.number_style = _number_style(sheet, columns, rows)
    columns.doubts = _doubts(sheet, columns, rows)


def number_style(folded: str) -> str:
    """How a serial is written: in brackets, in characters, in figures; "" where it is none."""
    for style, spelling in _NUMBER_STYLES.items():
        if spelling.fullmatch(folded.strip().rstrip("、.")):
            return style
    return ""


def _number_style(sheet: Sheet, columns: Columns, rows: Sequence[Row]) -> str:
    """How the serials of the rows are written in which somebody answers."""
    duties = [column for column, name in columns.fields.items() if name in DUTIES]
    styles: set[str] = set()
    for row in rows:
        if any(sheet.is_filled(cell(row, column)) for column in duties):
            styles.add(number_style(sheet.folded(cell(row, columns.serial))))
    styles.discard("")
    return styles.pop() if len(styles) == 1 else ""


def _counting(sheet: Sheet, columns: Columns, rows: Sequence[Row]) -> int:
    """A column without a known header, or without any, that counts the rows that say something."""
    worded = [row for row in rows if len(set(row)) > 1]
    for column in range(columns.title):
        if column in columns.fields:
            continue
        if kinds.counts([sheet.folded(row[column]) for row in worded if column < len(row)]):
            return column
    return NONE


def _doubts(sheet: Sheet, columns: Columns, rows: Sequence[Row]) -> dict[str, int]:
    """The cells of a measure that an unknown column may hold, because no known one does."""
    known = (columns.title, columns.section, columns.serial)
    unknown = [column for column in columns.unknown if column not in known]
    doubts: dict[str, int] = {}
    for name, is_kind in kinds.OF_CELLS:
        if not columns.names.isdisjoint(SAYS[name]):
            continue
        for column in unknown:
            if kinds.mostly(is_kind, sheet.column(column, rows)):
                doubts[name] = column
                break
    if columns.section >= 0:
        return doubts
    for column in unknown:
        if column < columns.title and _repeats(sheet, column, rows):
            doubts["section"] = column
            break
    return doubts


def _place(sheet: Sheet, columns: Columns, rows: Sequence[Row]) -> None:
    """Find the column that is the measure, and the one that is its section.

    The measure is the first text column that is not merged over rows of the next.
    """
    texts = sorted(columns.body)
    sections = [column for column in texts if columns.fields.get(column) == "section"]
    titles = [column for column in texts if column not in sections]
    sections_only = bool(columns.unknown) and not titles
    if columns.guessed or (sections_only and _repeats(sheet, sections[-1], rows)):
        titles = _longest(sheet, columns.unknown or texts, rows)
        columns.guessed = True
    while len(titles) > 1 and _groups(sheet, titles[0], titles[1], rows):
        sections.append(titles.pop(0))
    if not titles:
        titles, sections = sections[-1:], sections[:-1]
    if not titles:
        return
    columns.title = _finest(sheet, titles[0], columns.details, rows)
    if columns.title != titles[0]:
        sections.append(titles[0])
        columns.body = (*columns.body, columns.title)
    columns.section = sections[0] if sections else _merged_unknown(sheet, columns, rows)
    columns.sparse = columns.section >= 0 and _groups(sheet, columns.section, columns.title, rows)
    columns.grouped = tuple(_grouped(sheet, columns, rows))


def _grouped(sheet: Sheet, columns: Columns, rows: Sequence[Row]) -> Iterator[int]:
    """The columns of names whose cells are blank wherever that of the section is, and only there."""
    for column, name in columns.fields.items():
        if name not in DUTIES or name == "deadline" or column == columns.section:
            continue
        pairs = [(row[columns.section], row[column]) for row in rows if columns.section >= 0]
        filled = [(sheet.is_filled(section), sheet.is_filled(names)) for section, names in pairs]
        if (False, False) in filled and all(section == names for section, names in filled):
            yield column


def _finest(sheet: Sheet, title: int, details: Sequence[int], rows: Sequence[Row]) -> int:
    """The column that is the measure: one of details whose cells divide those of the title's.

    具体要求 below a 工作任务 that is merged over several rows is what is to be done in each.
    """
    for column in details:
        has_words = kinds.mostly(kinds.words, sheet.column(column, rows))
        if column > title and has_words and _groups(sheet, title, column, rows):
            title = column
    return title


def _merged_unknown(sheet: Sheet, columns: Columns, rows: Sequence[Row]) -> int:
    """The first column of no known label before the measure whose cells cover several of its."""
    for column in range(columns.title):
        is_unknown = column not in columns.fields and column != columns.serial
        if is_unknown and _merged(sheet, column, columns.title, rows):
            return column
    return NONE


def _longest(sheet: Sheet, columns: Sequence[int], rows: Sequence[Row]) -> list[int]:
    """Of the columns of words, neither dates nor people nor figures, the one with the most text."""
    lengths: dict[int, int] = {}
    for column in columns:
        cells = sheet.column(column, rows)
        if kinds.mostly(kinds.words, cells):
            lengths[column] = sum(map(len, cells))
    return [max(lengths, key=lambda column: lengths[column])] if lengths else []


def _repeats(sheet: Sheet, column: int, rows: Sequence[Row]) -> bool:
    """Whether a column says the same in row after row: sections, not measures."""
    said = [sheet.text(row[column]).strip() for row in rows if column < len(row)]
    return len(said) > 1 and len(set(said)) * 4 <= len(said) * 3


def _groups(sheet: Sheet, left: int, right: int, rows: Sequence[Row]) -> bool:
    """Whether the left column's cells stand for several of the right."""
    if _merged(sheet, left, right, rows):
        return True
    pairs = sheet.pairs(left, right, rows)
    blank = sum(not sheet.is_filled(cell) for cell, _ in pairs)
    return blank * _BLANK >= len(pairs) > 0


def _merged(sheet: Sheet, left: int, right: int, rows: Sequence[Row]) -> bool:
    """Whether a cell of the left column covers several of the right."""
    for (above, beside), (below, beside_below) in pairwise(sheet.pairs(left, right, rows)):
        if above == below and beside != beside_below and sheet.is_filled(above):
            return True
    return False
