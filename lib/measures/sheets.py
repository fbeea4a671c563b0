"""The sheets of a file as one measure table, and what was settled on the way."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Final

from lib import files
from lib.errors import BoardError, Problem
from lib.files import Grid, Sheet, shown
from lib.grids.cells import NONE
from lib.grids.headers import Columns
from lib.grids.model import Passed, Table
from lib.measures import parts, schema, settled
from lib.measures.headers import NO_CHOICES, Choices
from lib.measures.heads import Head
from lib.measures.parts import Part, Words
from lib.measures.placed import Placed, Source, find_tables, milestones_on, sources_of
from lib.measures.plain import coded, is_plain
from lib.measures.vocabulary import HEADERS, MILESTONE_HEADERS

_GROUPING: Final = ("year", "list", "section")  # fields that may stand in the first of many rows
_INNER: Final = "小标题"  # the extra column for headings inside a section
_BETWEEN_HEADINGS: Final = " / "
_SET_ASIDE: Final = "原{}"  # a column that a person has chosen another one for
_MEASURE_WORDS: Final = Words(HEADERS, schema.WORDS)
_MILESTONE_WORDS: Final = Words(MILESTONE_HEADERS, schema.MILESTONE_COLUMNS)


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
    columns: Columns
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


def of_content(content: files.Content, file: str, choices: Choices = NO_CHOICES) -> Sheets:
    """Find the measures of a file and their milestones.

    Args:
        file: its name, for errors.
        choices: what a person has chosen some of the columns to be.

    Raises:
        BoardError: no_header where no row is the header of a measure list.
    """
    if content.sheet is not None:
        return _of_sheet(content.sheet, file, choices)
    sheets = _of_grids(sources_of(content.grids), choices)
    if sheets is None:
        raise BoardError("no_header", file=file, found=content.found)
    return replace(sheets, problems=content.problems + sheets.problems)


def _of_sheet(sheet: Sheet, file: str, choices: Choices) -> Sheets:
    """The measures of a CSV or Parquet file: the rows as they stand, or a grid that is looked through.

    Raises:
        BoardError: no_header, as of `of_content`.
    """
    if not schema.MEASURE_TABLE.fit(sheet.header):
        headers = "、".join(sheet.header)
        raise BoardError("no_header", file=file, found=shown(headers))
    sheet = coded(sheet)
    as_it_stands = Sheets(sheet, standing=[_as_it_stands(sheet)])
    if not choices and _is_read_at_once(sheet):
        return as_it_stands
    source = Source(grid_of(sheet), 0, _lines_of(sheet))
    sheets = _of_grids([source], choices) or as_it_stands
    return _with_problems(sheets, sheet.problems)


def _with_problems(sheets: Sheets, problems: Sequence[Problem]) -> Sheets:
    """What was read, with the problems of the file and of the lines that are measures."""
    lines_read = {0, *sheets.measures.lines.tolist()}
    kept = [problem for problem in problems if problem.line in lines_read]
    measures = replace(sheets.measures, problems=kept)
    return replace(sheets, measures=measures)


def _is_read_at_once(sheet: Sheet) -> bool:
    """Whether nothing but measures stands on a sheet, and nothing above it is needed."""
    fields = schema.fields(sheet.header)
    says_list = "year" in fields and "list" in fields
    if sheet.above and not says_list:
        return False
    return is_plain(sheet)


def milestones_of(content: files.Content) -> Sheet | None:
    """The milestones in a file of their own, None where it has no such header."""
    if content.sheet is not None:
        return content.sheet
    milestones: list[Placed] = []
    for source in sources_of(content.grids):
        milestones += milestones_on(source)
    return _joined_milestones(_milestone_parts(milestones))


def grid_of(sheet: Sheet) -> Grid:
    """A sheet as a grid, with its header and the rows above it."""
    above = [[text] for text in sheet.above]
    columns = [column.to_pylist() for column in sheet.columns]
    body = map(list, zip(*columns, strict=True))
    rows = [*above, sheet.header, *body]
    return Grid("", _of_one_width(rows))


def _lines_of(sheet: Sheet) -> list[int]:
    """The line of each row of a sheet's grid in the file; 0 for the header and what is above it."""
    lines: list[int] = sheet.lines.tolist()
    rows_above = len(sheet.above) + 1
    return [0] * rows_above + lines


def _as_it_stands(sheet: Sheet) -> Standing:
    """Where a sheet stands whose rows are all measures."""
    header = len(sheet.above)
    first = header + 1
    rows = range(first, first + len(sheet.lines))
    columns = schema.fields(sheet.header)
    return Standing(0, header, sheet.header, columns, [*rows])


def _of_one_width(rows: list[list[str]]) -> list[list[str]]:
    """Rows with empty cells after those that are shorter than the longest."""
    width = max(map(len, rows))
    padded: list[list[str]] = []
    for row in rows:
        missing = width - len(row)
        padded.append(row + [""] * missing)
    return padded


def _of_grids(sources: Sequence[Source], choices: Choices) -> Sheets | None:
    """The measures and milestones of several sheets, None where no table lists measures."""
    tables = find_tables(sources, choices)
    if not tables.measures:
        return None
    measures = [_measures_of(placed, choices) for placed in tables.measures]
    kept, copied_from = parts.without_copies(measures)
    milestones = _milestone_parts(tables.milestones)
    return Sheets(
        measures=_joined_measures(kept),
        milestones=_joined_milestones(milestones),
        problems=settled.problems(sources, tables, measures, copied_from),
        standing=_standing(tables.measures, kept),
        milestones_standing=_standing(tables.milestones, milestones),
    )


def _joined_measures(measure_parts: Sequence[Part]) -> Sheet:
    """The measures of all tables as one sheet."""
    places = [schema.fields(part.header) for part in measure_parts]
    return parts.joined(measure_parts, places)


def _standing(tables: Sequence[Placed], parts_of_tables: Sequence[Part]) -> list[Standing]:
    """Where the rows stand that are kept of each table."""
    standing: list[Standing] = []
    for placed, part in zip(tables, parts_of_tables, strict=True):
        table = placed.table
        lines = placed.lines_of(table.lines)
        row_of = dict(zip(lines, table.lines, strict=True))
        stands = Standing(
            grid=placed.source.number,
            header=table.header,
            labels=table.labels,
            columns=table.columns,
            rows=[row_of[line] for line in part.lines],
            passed=table.passed,
        )
        standing.append(stands)
    return standing


def _measures_of(placed: Placed, choices: Choices) -> Part:
    """The measures of a table, with the year, the list and the sections that no column says."""
    table, source, head = placed
    if choices:
        labels = _without_others(table)
        table = replace(table, labels=labels)
    part = parts.of_table(table, source.lines, placed.sheet, _MEASURE_WORDS)
    part = _with_head(part, head)
    part = _with_sections(part, table)
    if schema.OWN_TABLE.fit(part.header):  # as in a download each row says its own
        return part
    return parts.filled_down(part, _GROUPING)


def _with_head(part: Part, head: Head) -> Part:
    """A part with the year and the list that stand above it, where no column says them."""
    places = schema.fields(part.header)
    if head.year and "year" not in places:
        part = _with_same(part, "year", str(head.year))
    if head.list and "list" not in places:
        part = _with_same(part, "list", head.list)
    return part


def _with_same(part: Part, field: str, text: str) -> Part:
    """A part with one more field, which is the same in all rows."""
    header = schema.WORDS[field]
    return part.with_column(header, [text] * len(part.rows))


def _without_others(table: Table) -> list[str]:
    """The labels of a table, other ones over columns that are a field by their words alone."""
    labels = [*table.labels]
    used = table.columns.values()
    for column, label in enumerate(labels):
        if column not in used and schema.field_of(label):
            labels[column] = _SET_ASIDE.format(label)
    return labels


def _with_sections(part: Part, table: Table) -> Part:
    """A part with the headings over its rows: the outermost is the section where no column says it.

    Without headings a column that groups the rows is the section.
    """
    if "section" in schema.fields(part.header):
        return _with_inner(part, table.sections)
    sections = _sections_of(table)
    if any(sections):
        header = schema.WORDS["section"]
        part = part.with_column(header, sections)
    inner = [headings[1:] for headings in table.sections]
    return _with_inner(part, inner)


def _sections_of(table: Table) -> list[str]:
    """The section of each row, "" for none."""
    outermost = ["".join(headings[:1]) for headings in table.sections]
    if any(outermost) or table.group == NONE:
        return outermost
    return [cells[table.group] for cells in table.rows]


def _with_inner(part: Part, headings: Sequence[Sequence[str]]) -> Part:
    """A part with the headings of each row in a column of their own, if there are any."""
    cells = [_BETWEEN_HEADINGS.join(texts) for texts in headings]
    if not any(cells):
        return part
    return part.with_column(_INNER, cells)


def _milestone_parts(milestones: Sequence[Placed]) -> list[Part]:
    """The milestones of each table."""
    milestone_parts: list[Part] = []
    for table, source, _ in milestones:
        sheet = source.grid.name
        part = parts.of_table(table, source.lines, sheet, _MILESTONE_WORDS)
        milestone_parts.append(part)
    return milestone_parts


def _joined_milestones(milestone_parts: Sequence[Part]) -> Sheet | None:
    """The milestones of all tables as one sheet, None where there is no table."""
    if not milestone_parts:
        return None
    places = [schema.milestone_fields(part.header) for part in milestone_parts]
    sheet = parts.joined(milestone_parts, places)
    return replace(sheet, name=milestone_parts[0].name)
