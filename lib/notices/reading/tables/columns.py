"""Which column of a table holds what, by its header and by what stands in it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Final

from lib.grids.cells import NONE, cell
from lib.measures.meanings import DUTIES
from lib.notices import kinds
from lib.notices.reading.tables.rows import Rows

_WHO: Final = DUTIES - {"deadline"}
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
    title, section, serial: columns, NONE where there is none.
    number_style: how the serials of the rows are written in which somebody answers, "" where in
        several ways.
    begins: the column that says when a deadline begins, where it stands in two.
    guessed: no header says which column is the measure.
    grouped: columns of names that are filled in the first row of each section alone.
    sparse: the section stands in its first row alone.
    unknown: columns whose header says nothing that is known.
    doubts: cells that an unknown column may hold.
    details: columns that say more closely what is to be done.
    body: the columns whose text is the measure's.
    by_person: whether a person says what the columns are.
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
    by_person: bool = False

    @property
    def names(self) -> set[str]:
        """What its headers stand for."""
        return set(self.fields.values())

    @property
    def says_who(self) -> bool:
        """Whether a column says who answers."""
        return not self.names.isdisjoint(_WHO)

    def has_header_of(self, columns: Columns) -> bool:
        """Whether both headers say the same."""
        if self.fields != columns.fields:
            return False
        return self.words == columns.words

    @property
    def duties(self) -> list[int]:
        """The columns that say who answers or by when."""
        return [column for column, field in self.fields.items() if field in DUTIES]

    def word(self, column: int) -> str:
        """The header of a column."""
        return self.words.get(column, "")


def arrange(rows: Rows, columns: Columns, title: str) -> None:
    """Find out which column is what in these rows.

    A roster, an account and a table without words have no measures.

    Args:
        title: the lines above the table of which one may be its title.
    """
    columns.title = NONE
    columns.section = NONE
    is_account = kinds.is_account(title) and "deadline" not in columns.names
    if not is_account and not kinds.is_roster(title):
        _place(rows, columns)
    if columns.serial < 0:
        columns.serial = _counting(rows, columns)
    columns.number_style = _number_style(rows, columns)
    columns.doubts = _doubts(rows, columns)


# --- numbers ---------------------------------------------------------------------------------------


def number_style(folded: str) -> str:
    """How a serial is written: in brackets, in characters, in figures; "" where it is none."""
    serial = folded.strip().rstrip("、.")
    for style, spelling in _NUMBER_STYLES.items():
        if spelling.fullmatch(serial):
            return style
    return ""


def _number_style(rows: Rows, columns: Columns) -> str:
    """How the serials of the rows are written in which somebody answers."""
    sheet = rows.sheet
    duties = columns.duties
    styles: set[str] = set()
    for row in rows.rows:
        is_answered = any(sheet.is_filled(cell(row, column)) for column in duties)
        if is_answered:
            serial = cell(row, columns.serial)
            styles.add(number_style(sheet.folded(serial)))
    styles.discard("")
    if len(styles) == 1:
        return styles.pop()
    return ""


def _counting(rows: Rows, columns: Columns) -> int:
    """A column without a known header, or without any, that counts the rows that say something."""
    of_several_cells = [row for row in rows.rows if len(set(row)) > 1]
    counted = Rows(rows.sheet, of_several_cells)
    for column in range(columns.title):
        is_known = column in columns.fields
        if not is_known and kinds.counts(counted.folded(column)):
            return column
    return NONE


# --- cells of unknown columns ----------------------------------------------------------------------


def _doubts(rows: Rows, columns: Columns) -> dict[str, int]:
    """The cells of a measure that an unknown column may hold, because no known one does."""
    known = (columns.title, columns.section, columns.serial)
    unknown = [column for column in columns.unknown if column not in known]
    doubts: dict[str, int] = {}
    for name, is_kind in kinds.OF_CELLS:
        is_said = not columns.names.isdisjoint(SAYS[name])
        if is_said:
            continue
        for column in unknown:
            if kinds.mostly(is_kind, rows.column(column)):
                doubts[name] = column
                break
    if columns.section >= 0:
        return doubts
    for column in unknown:
        if column < columns.title and rows.repeats(column):
            doubts["section"] = column
            break
    return doubts


# --- the measure and its section -------------------------------------------------------------------


def _place(rows: Rows, columns: Columns) -> None:
    """Find the column that is the measure, and the one that is its section.

    The measure is the first text column that is not merged over rows of the next.
    """
    titles, sections = _titles_and_sections(rows, columns)
    if not titles:
        return
    first_title = titles[0]
    columns.title = _finest(rows, first_title, columns.details)
    if columns.title != first_title:
        sections.append(first_title)
        columns.body = (*columns.body, columns.title)
    if sections:
        columns.section = sections[0]
    else:
        columns.section = _merged_unknown(rows, columns)
    has_section = columns.section >= 0
    columns.sparse = has_section and rows.groups(columns.section, columns.title)
    grouped = _grouped(rows, columns)
    columns.grouped = tuple(grouped)


def _titles_and_sections(rows: Rows, columns: Columns) -> tuple[list[int], list[int]]:
    """The columns that may be the measure, and those that stand over these."""
    texts = sorted(columns.body)
    titles: list[int] = []
    sections: list[int] = []
    for column in texts:
        if columns.fields.get(column) == "section":
            sections.append(column)
        else:
            titles.append(column)
    has_sections_only = bool(columns.unknown) and not titles
    if has_sections_only and rows.repeats(sections[-1]):
        columns.guessed = True
    if columns.guessed:
        titles = _longest(rows, columns.unknown or texts)
    while len(titles) > 1 and rows.groups(titles[0], titles[1]):
        section = titles.pop(0)
        sections.append(section)
    if not titles:
        return sections[-1:], sections[:-1]
    return titles, sections


def _grouped(rows: Rows, columns: Columns) -> Iterator[int]:
    """The columns of names whose cells are blank wherever that of the section is, and only there."""
    if columns.section < 0:
        return
    section_filled = _filled(rows, columns.section)
    if all(section_filled):
        return
    for column in columns.duties:
        is_date = columns.fields[column] == "deadline"
        if is_date or column == columns.section:
            continue
        if _filled(rows, column) == section_filled:
            yield column


def _filled(rows: Rows, column: int) -> list[bool]:
    """In which rows a column says something."""
    is_filled = rows.sheet.is_filled
    return [is_filled(row[column]) for row in rows.rows]


def _finest(rows: Rows, title: int, details: Sequence[int]) -> int:
    """The column that is the measure: one of details whose cells divide those of the title's.

    具体要求 below a 工作任务 that is merged over several rows is what is to be done in each.
    """
    for column in details:
        is_after_title = column > title and rows.has_words(column)
        if is_after_title and rows.groups(title, column):
            title = column
    return title


def _merged_unknown(rows: Rows, columns: Columns) -> int:
    """The first column of no known label before the measure whose cells cover several of its."""
    for column in range(columns.title):
        if column in columns.fields or column == columns.serial:
            continue
        if rows.merges(column, columns.title):
            return column
    return NONE


def _longest(rows: Rows, columns: Sequence[int]) -> list[int]:
    """Of the columns of words, the one with the most text; [] where there is none."""
    lengths: dict[int, int] = {}
    for column in columns:
        if rows.has_words(column):
            cells = rows.column(column)
            lengths[column] = sum(map(len, cells))
    if not lengths:
        return []
    longest = max(lengths, key=lambda column: lengths[column])
    return [longest]
