"""From a file, a sheet or rows to a table."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc

from lib import files
from lib.errors import Problem
from lib.measures import dated_ids, identity, schema, sheets
from lib.measures.arrays import Bools, Ints
from lib.measures.cells import FEW_TEXTS, Cells
from lib.measures.cleaning import beginnings
from lib.measures.columns import as_mask
from lib.measures.labels import labels_of, list_labels
from lib.measures.milestones import (
    milestones_beside,
    no_milestones,
    read_milestones,
)
from lib.measures.model import Codes, Labels, Table
from lib.measures.name_column import Names
from lib.measures.paths import milestones_path
from lib.measures.responsible import Departments, departments_of, leaders_of
from lib.measures.windows import window_columns, windows_of
from lib.measures.years import years_of


def read(source: str | Path) -> Table:
    """Read a measure table with its milestones from .csv, .xlsx or .parquet.

    Headers may be Chinese or English. What is wrong with single rows is in the table's problems,
    and the rows stand beside it.

    Raises:
        BoardError: the file can't be opened or decoded, holds no table or lacks the required
            columns (the codes of `files.read`).
    """
    path = Path(source)
    content = files.read(path, schema.MEASURE_TABLE, schema.MILESTONE_TABLE)
    in_file = sheets.of_content(content, path.name)
    if in_file.milestones is not None:
        return of(in_file.measures, in_file.milestones, in_file.problems)
    beside = milestones_beside(path)
    problems = [*in_file.problems, *beside.problems]
    return of(in_file.measures, beside.milestones, problems)


def of(
    sheet: files.Sheet, milestones: files.Sheet | None = None, problems: Sequence[Problem] = ()
) -> Table:
    """Read the table that stands on a sheet.

    Args:
        sheet: the measures.
        milestones: the sheet with their milestones.
        problems: those found before.
    """
    places = schema.fields(sheet.header)
    own_words = schema.COLUMNS | schema.ROLE_COLUMNS | _dates_among(places)
    with ThreadPoolExecutor() as pool:  # Arrow and NumPy work on several columns at a time
        cells = Cells(sheet, places, own_words, few_texts=FEW_TEXTS, each=pool.map)
        is_repeated = pool.submit(identity.seen_before, cells.text["measure_id"])
        departments = departments_of(cells, pool)
        leaders = leaders_of(cells, pool)
    codes = _codes(cells, leaders.names, departments, is_repeated.result())
    has_no_title = _are_empty(cells.stated["title"])
    cells.report_each("title_missing", "title", has_no_title)
    _report_columns(cells)
    columns = _row_table(cells, codes, leaders.printed, departments.printed)
    problems_of_milestones: list[Problem] = []
    if milestones is None:
        milestone_columns = no_milestones()
    else:
        milestone_columns, problems_of_milestones = read_milestones(milestones, codes)
    all_problems = (*problems, *cells.report.sorted(), *problems_of_milestones)
    return Table(columns, milestone_columns, all_problems, codes)


def of_rows(rows: Sequence[Sequence[str]], milestones: Sequence[Sequence[str]]) -> Table:
    """The table that is read from the files of these rows, without the files.

    A row's line is its place among them, counted from 1.

    Args:
        rows: cells of text, the header row first.
        milestones: the same of its milestones; a header alone is none.
    """
    sheet = files.sheet_of_rows(rows)
    if len(milestones) == 1:
        return of(sheet)
    name = milestones_path(Path("measures.csv")).name
    return of(sheet, files.sheet_of_rows(milestones, name))


# --- from cells to rows -------------------------------------------------------------------------


def _codes(cells: Cells, leaders: Names, departments: Departments, is_repeated: Bools) -> Codes:
    """The table as integers.

    Args:
        is_repeated: for each 编号 as given whether it has stood above.
    """
    years = years_of(cells)
    lists = list_labels(years, cells.coded["list"])
    return Codes(
        ids=_ids(cells, is_repeated, years, lists),
        leaders=leaders,
        lead=departments.lead,
        support=departments.support,
        lists=lists,
        sections=labels_of(cells.coded["section"]),
        windows=windows_of(cells, years),
        titles=beginnings(cells.text["title"]),
        years=years,
    )


def _ids(cells: Cells, is_repeated: Bools, years: Ints, lists: Labels) -> pa.Array:
    """编号 as given, before a spreadsheet took it for a date; derived where the table has none."""
    if "measure_id" not in cells:
        return identity.of_table(years, lists, cells.coded["article"])
    ids = cells.text["measure_id"]
    restored = dated_ids.restored(ids, years, cells.text["article"])
    if restored:
        ids = cells.text["measure_id"] = restored.ids
        is_repeated = identity.seen_before(ids)
        cells.report.whole("ids_were_dates", cells.header("measure_id"), restored.example)
    is_empty = _are_empty(ids)
    cells.report_each("duplicate_id", "measure_id", is_repeated & ~is_empty)
    if not is_empty.any():
        return ids
    cells.report_each("id_missing", "measure_id", is_empty)
    return identity.filled(ids, is_empty, years)


def _dates_among(places: Collection[str]) -> dict[str, str]:
    """The columns of days that a file has, with the notice's words for them."""
    columns: dict[str, str] = {}
    for field, word in schema.DATE_COLUMNS.items():
        if field in places:
            columns[field] = word
    return columns


def _report_columns(cells: Cells) -> None:
    """Report each column that is missing or not used.

    编号 is derived, 责任部门 not needed beside 牵头部门.
    """
    needless = {"measure_id"}
    if "lead_departments" in cells:
        needless.add("departments")
    for field in schema.COLUMNS:
        if field not in cells and field not in needless:
            cells.report.whole("missing_column", cells.header(field))
    header = cells.sheet.header
    for column in schema.unused_columns(header):
        cells.report.whole("column_unused", header[column])


def _row_table(cells: Cells, codes: Codes, leaders: Names, departments: pa.Array) -> pa.Table:
    """The columns of the rows. leaders, departments: as printed."""
    has_no_year = codes.years == 0
    columns = cells.text | window_columns(codes.windows)
    columns["measure_id"] = codes.ids
    columns["year"] = pa.array(codes.years, pa.int16(), mask=has_no_year)
    columns["leaders"] = leaders.array()
    columns["departments"] = departments
    columns["lead_departments"] = codes.lead.array()
    columns["support_departments"] = codes.support.array()
    fields = (*schema.ROW_COLUMNS, *_dates_among(cells.positions))
    in_order = {field: columns[field] for field in fields}
    in_order |= cells.extra()
    return pa.table(in_order)


def _are_empty(column: pa.Array) -> Bools:
    return as_mask(pc.equal(column, ""))
