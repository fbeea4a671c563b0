"""The sheets of a file as one measure table, and what was settled on the way."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Final, NamedTuple

from lib import files
from lib.errors import BoardError, Problem
from lib.files import Grid, Sheet, shown
from lib.grids import tables
from lib.grids.cells import NONE
from lib.grids.tables import Known, Passed, Table
from lib.measures import heads, parts, schema
from lib.measures.headers import MILESTONES, NO_CHOICES, Choices, known
from lib.measures.heads import Head
from lib.measures.parts import Part
from lib.measures.plain import coded, is_plain
from lib.measures.unshown_years import unshown_years
from lib.measures.vocabulary import HEADERS, MILESTONE_HEADERS

_GROUPING: Final = ("year", "list", "section")  # fields that may stand in the first of many rows
_INNER: Final = "小标题"  # the extra column for headings inside a section
_BETWEEN_HEADINGS: Final = " / "
_SET_ASIDE: Final = "原{}"  # a column that a person has chosen another one for


@dataclass(frozen=True)
class Standing:
    """Where a table stands that was read.

    grid: the number of its grid in the file; 0 for the sheet of a CSV or Parquet file.
    header: the first row of its header; rows: the row of each measure, of the grid, from 0.
    labels: what is printed over each column.
    columns: field → column.
    passed: the rows below its header that are no measures, and no headings over some.
    """

    grid: int
    header: int
    labels: list[str]
    columns: dict[str, int]
    rows: list[int]
    passed: list[Passed] = field(default_factory=list)


@dataclass(frozen=True)
class Sheets:
    """A file's measures and the milestones that stand in it.

    problems: what was settled.
    standing, milestones_standing: where the rows of both stand, table by table.
    """

    measures: Sheet
    milestones: Sheet | None = None
    problems: list[Problem] = field(default_factory=list)
    standing: list[Standing] = field(default_factory=list)
    milestones_standing: list[Standing] = field(default_factory=list)


class _Source(NamedTuple):
    """A grid, its number in the file, and the line of each of its rows there."""

    grid: Grid
    number: int
    lines: Sequence[int]


class _Placed(NamedTuple):
    """A table, the grid that it stands on, and what the rows above it say."""

    table: Table
    source: _Source
    head: Head

    @property
    def sheet(self) -> str:
        """The name of its sheet."""
        return self.source.grid.name


def of_content(content: files.Content, file: str, choices: Choices = NO_CHOICES) -> Sheets:
    """Find the measures of a file and their milestones.

    Args:
        file: its name, for errors.
        choices: what a person has chosen some of the columns to be.

    Raises:
        BoardError: no_header where no row is the header of a measure list.
    """
    if content.sheet is None:
        sheets = _of_grids(_sources(content.grids), choices)
        if sheets is None:
            raise BoardError("no_header", file=file, found=content.found)
        return replace(sheets, problems=content.problems + sheets.problems)
    if not schema.MEASURE_TABLE.fit(content.sheet.header):
        raise BoardError("no_header", file=file, found=shown("、".join(content.sheet.header)))
    sheet = coded(content.sheet)
    says_list = {"year", "list"} <= schema.fields(sheet.header).keys()
    is_read_at_once = not choices and is_plain(sheet) and (says_list or not sheet.above)
    if is_read_at_once:
        return Sheets(sheet, standing=[_as_it_stands(sheet)])
    source = _Source(grid_of(sheet), 0, _lines_of(sheet))
    sheets = _of_grids([source], choices) or Sheets(sheet, standing=[_as_it_stands(sheet)])
    read = {0, *sheets.measures.lines.tolist()}
    problems = [problem for problem in sheet.problems if problem.line in read]
    return replace(sheets, measures=replace(sheets.measures, problems=problems))


def milestones_of(content: files.Content) -> Sheet | None:
    """The milestones in a file of their own, None where it has no such header."""
    if content.sheet is not None:
        return content.sheet
    placed: list[_Placed] = []
    for source in _sources(content.grids):
        placed += _placed(source, MILESTONES)
    return _milestones(placed)


def _sources(grids: Sequence[Grid]) -> list[_Source]:
    return [
        _Source(grid, number, range(1, len(grid.rows) + 1)) for number, grid in enumerate(grids)
    ]


def grid_of(sheet: Sheet) -> Grid:
    """A sheet as a grid, with its header and the rows above it."""
    above = [[text] for text in sheet.above]
    body = zip(*(column.to_pylist() for column in sheet.columns), strict=True)
    return Grid("", _of_one_width([*above, sheet.header, *map(list, body)]))


def _lines_of(sheet: Sheet) -> list[int]:
    """The line of each row of a sheet's grid in the file; 0 for the header and what is above it."""
    lines: list[int] = sheet.lines.tolist()
    return [0] * (len(sheet.above) + 1) + lines


def _as_it_stands(sheet: Sheet) -> Standing:
    """Where a sheet stands whose rows are all measures."""
    header = len(sheet.above)
    rows = [*range(header + 1, header + 1 + len(sheet.lines))]
    return Standing(0, header, sheet.header, schema.fields(sheet.header), rows)


def _of_one_width(rows: list[list[str]]) -> list[list[str]]:
    width = max(map(len, rows))
    return [row + [""] * (width - len(row)) for row in rows]


def _of_grids(sources: Sequence[_Source], choices: Choices) -> Sheets | None:
    """The measures and milestones of several sheets, None where no table lists measures."""
    wanted = known(choices)
    measures: list[_Placed] = []
    milestones: list[_Placed] = []
    unread: list[str] = []
    for source in sources:
        name = source.grid.name
        placed = _placed(source, wanted)
        if placed and name not in schema.MILESTONE_SHEETS:
            measures += placed
        elif placed := _placed(source, MILESTONES):
            milestones += placed
        elif any(map(any, source.grid.rows)):
            unread.append(name)
    if not measures:
        return None
    plain_sheets = _plain_sheets(measures)
    plainly = [placed for placed in measures if placed.sheet in plain_sheets]
    doubtful = {placed.sheet for placed in measures} - plain_sheets
    found = [_part(placed, choices) for placed in plainly]
    kept = parts.without_copies(found)
    read = plainly + milestones
    problems = _of_sheets(sources, read[0].sheet)
    problems += [Problem("sheet_ignored", 0, "", name) for name in sorted(doubtful)]
    problems += [Problem("sheet_unread", 0, "", name) for name in unread]
    problems += [Problem("rows_repeated", 0, "", name) for name in kept.copied_from]
    problems += _of_heads(plainly)
    problems += _of_milestones(milestones)
    problems += _of_days(found, plainly)
    for table in read:
        problems += _of_rows(table, read)
    places = [schema.fields(part.header) for part in kept.parts]
    return Sheets(
        parts.joined(kept.parts, places),
        _milestones(milestones),
        problems,
        [_standing(*of) for of in zip(plainly, kept.parts, strict=True)],
        [_standing(*of) for of in zip(milestones, _milestone_parts(milestones), strict=True)],
    )


def _standing(placed: _Placed, part: Part) -> Standing:
    """Where the rows of a part stand."""
    table, source, _ = placed
    row_of = {source.lines[row]: row for row in table.lines}
    rows = [row_of[line] for line in part.lines]
    return Standing(source.number, table.header, table.labels, table.columns, rows, table.passed)


def _placed(source: _Source, wanted: Known) -> list[_Placed]:
    placed: list[_Placed] = []
    for table in tables.read(source.grid, wanted):
        head = heads.of_rows(table.above, source.grid.name)
        placed.append(_Placed(table, source, head))
    return placed


def _plain_sheets(measures: Sequence[_Placed]) -> set[str]:
    """The sheets that plainly hold a measure list; all where none does.

    A sheet of rarer words may be something else; one of samples or instructions is.
    """
    plain_sheets = {placed.sheet for placed in measures if _is_plainly(placed)}
    return plain_sheets or {placed.sheet for placed in measures}


def _is_plainly(placed: _Placed) -> bool:
    if placed.source.grid.is_sample:
        return False
    columns = placed.table.columns.keys()
    says_all = {"leaders", "deadline"} <= columns
    return says_all or schema.USUAL_TABLE.fit(placed.table.labels)


def _part(placed: _Placed, choices: Choices) -> Part:
    """The measures of a table, with the year, the list and the sections that no column says."""
    table, source, head = placed
    if choices:
        table = replace(table, labels=_without_others(table))
    part = parts.of_table(table, source.lines, placed.sheet, HEADERS, schema.WORDS)
    height = len(part.rows)
    places = schema.fields(part.header)
    if head.year and "year" not in places:
        part = part.with_column(schema.WORDS["year"], [str(head.year)] * height)
    if head.list and "list" not in places:
        part = part.with_column(schema.WORDS["list"], [head.list] * height)
    part = _with_sections(part, table)
    if schema.OWN_TABLE.fit(part.header):  # as in a download each row says its own
        return part
    return parts.filled_down(part, _GROUPING)


def _without_others(table: Table) -> list[str]:
    """The labels of a table, other ones over columns that are a field by their words alone."""
    labels: list[str] = []
    used = {*table.columns.values()}
    for column, label in enumerate(table.labels):
        is_other = column not in used and schema.field_of(label)
        labels.append(_SET_ASIDE.format(label) if is_other else label)
    return labels


def _with_sections(part: Part, table: Table) -> Part:
    """A part with the headings over its rows: the outermost is the section where no column says it.

    Without headings a column that groups the rows is the section.
    """
    outer = [headings[0] if headings else "" for headings in table.sections]
    if not any(outer) and table.group != NONE:
        outer = [cells[table.group] for cells in table.rows]
    inner = [_BETWEEN_HEADINGS.join(headings[1:]) for headings in table.sections]
    if "section" in schema.fields(part.header):
        inner = [_BETWEEN_HEADINGS.join(headings) for headings in table.sections]
    elif any(outer):
        part = part.with_column(schema.WORDS["section"], outer)
    return part.with_column(_INNER, inner) if any(inner) else part


def _milestones(placed: Sequence[_Placed]) -> Sheet | None:
    """The milestones of all such tables as one sheet."""
    if not placed:
        return None
    found = _milestone_parts(placed)
    sheet = parts.joined(found, [schema.milestone_fields(part.header) for part in found])
    return replace(sheet, name=found[0].name)


def _milestone_parts(placed: Sequence[_Placed]) -> list[Part]:
    return [
        parts.of_table(
            table, source.lines, source.grid.name, MILESTONE_HEADERS, schema.MILESTONE_COLUMNS
        )
        for table, source, _ in placed
    ]


# --- what was settled, as problems ---------------------------------------------------------------


def _of_sheets(sources: Sequence[_Source], main: str) -> list[Problem]:
    """What was left out of the sheets, which are named but for the main one."""
    problems: list[Problem] = []
    for source in sources:
        name = source.grid.name
        if name == main:
            problems += source.grid.problems
        else:
            problems += [replace(problem, source=name) for problem in source.grid.problems]
    return problems


def _of_days(found: Sequence[Part], measures: Sequence[_Placed]) -> list[Problem]:
    """The days whose cells hold a year that they don't show."""
    problems: list[Problem] = []
    for part, placed in zip(found, measures, strict=True):
        problems += unshown_years(part, placed.table, placed.source.grid)
    return problems


def _of_heads(measures: Sequence[_Placed]) -> list[Problem]:
    """The years that were taken from above a table, because no column says them."""
    years: dict[str, None] = {}
    for placed in measures:
        if placed.head.year and "year" not in placed.table.columns:
            years[str(placed.head.year)] = None
    return [Problem("year_taken", 0, schema.WORDS["year"], year) for year in years]


def _of_milestones(milestones: Sequence[_Placed]) -> list[Problem]:
    """Sheets of milestones that are called otherwise than in our own files."""
    names = dict.fromkeys(placed.sheet for placed in milestones)
    return [
        Problem("milestones_sheet", 0, "", name)
        for name in names
        if name not in schema.MILESTONE_SHEETS
    ]


def _of_rows(placed: _Placed, read: Sequence[_Placed]) -> list[Problem]:
    """The rows of a table that are no measures, and those that belong to the row above them."""
    table, source, _ = placed
    name = placed.sheet if placed.sheet != read[0].sheet else ""
    problems: list[Problem] = []
    if table.passed:
        rows = [f"{source.lines[row.row]}: {row.text}" for row in table.passed]
        first = source.lines[table.passed[0].row]
        problems.append(Problem("rows_passed", first, "", shown("; ".join(rows)), name))
    if table.joined:
        lines = ", ".join(str(source.lines[row]) for row in table.joined)
        problems.append(
            Problem("rows_joined", source.lines[table.joined[0]], "", shown(lines), name)
        )
    return problems
