"""Who is responsible for each row: leaders, the departments that lead and those that support."""

from __future__ import annotations

import re
from concurrent.futures import Executor
from typing import Final, NamedTuple

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from lib.measures import counting, schema
from lib.measures.added_columns import added_columns
from lib.measures.arrays import Bools, Ints
from lib.measures.cells import Cells
from lib.measures.columns import as_mask
from lib.measures.name_column import Names, as_texts
from lib.measures.report import Report
from lib.measures.roles import explicit_roles, first_of_each, led_and_supported, repeated
from lib.measures.splitting import names_of
from lib.text import deadlines
from lib.text.folding import fold

# The columns of departments, of which the first that a table has is named for all
_OF_DEPARTMENTS: Final = ("departments", "lead_departments")
# What a name among departments has that is a deadline, and what may stand after it
_MAY_SAY_WHEN: Final = re.compile("[年月日底季]")
_DONE: Final = re.compile("(?:前|内)?(?:完成|办结|落实|到位)?$")


class Leaders(NamedTuple):
    """The leaders of each row as they are counted, and as printed, with title: 副主席张慧."""

    names: Names
    printed: Names


class Departments(NamedTuple):
    """The departments of each row, with shared codes. printed: 责任部门 as the table has it."""

    lead: Names
    support: Names
    printed: pa.Array


def leaders_of(cells: Cells, pool: Executor) -> Leaders:
    """The leaders of each row. Reports where there is none."""
    coded = cells.coded["leaders"]
    rows = coded.indices.to_numpy()
    header = cells.header("leaders")
    printed, _ = names_of(coded.dictionary, pool)
    counted = counting.as_counted(cells.report, header, printed, rows, persons=True)
    is_whole = ~counting.goes_on(printed, counted)
    counted = counted.part(is_whole)
    leaders = _each_once(counted, rows)
    if "leaders" in cells:
        cells.report_each("leader_missing", "leaders", leaders.counts == 0)
        counting.report_two_ways(cells.report, header, leaders)
    if counted is printed:
        return Leaders(leaders, leaders)
    return Leaders(leaders, _each_once(printed, rows))


def _each_once(distinct: Names, rows: Ints) -> Names:
    """The names of each row without repetition.

    Args:
        distinct: the names of each distinct cell.
        rows: which of these cells each row has.
    """
    each_once = distinct.part(~repeated(distinct))
    return each_once.at(rows)


def departments_of(cells: Cells, pool: Executor) -> Departments:
    """Who leads and who supports. Reports where nobody does, or somebody both.

    The first name of 责任部门 leads unless the cell says otherwise; 牵头部门 and 配合部门 win
    over it.
    """
    named, leads, explicit_counts = _of_all_columns(cells, pool)
    is_repeated = repeated(named)
    is_both = led_and_supported(named, leads, is_repeated)
    is_first = ~is_repeated
    lead = named.part(leads & is_first)
    support = named.part(~leads & is_first)
    counts = lead.counts + support.counts
    _report_both(cells, is_both)
    _report_two_ways(cells, named)
    _report_nobody(cells, counts == 0)
    _report_edited(cells, explicit_counts, counts)
    printed = cells.text["departments"]
    if "departments" not in cells:
        each_once = named.part(is_first)
        printed = as_texts(each_once.array())
    return Departments(lead, support, printed)


class _OfAllColumns(NamedTuple):
    """All departments of each row, and for each code whether it leads.

    explicit_counts: how many of them 牵头部门 and 配合部门 name in each row.
    """

    named: Names
    leads: Bools
    explicit_counts: Ints


def _of_all_columns(cells: Cells, pool: Executor) -> _OfAllColumns:
    """The three columns of departments taken together."""
    named, leading = _counted_names(cells, "departments", pool)
    leads = first_of_each(named.offsets, leading)
    if schema.ROLE_COLUMNS.keys().isdisjoint(cells.positions):
        none = np.zeros(len(cells), np.int32)
        return _OfAllColumns(named, leads, none)
    lead, _ = _counted_names(cells, "lead_departments", pool)
    support, _ = _counted_names(cells, "support_departments", pool)
    named, leads = explicit_roles(named, leads, lead, support)
    explicit_counts = lead.counts + support.counts
    return _OfAllColumns(named, leads, explicit_counts)


def _counted_names(cells: Cells, field: str, pool: Executor) -> tuple[Names, Ints]:
    """The names of a column as they are counted, and how many lead in each row."""
    report = cells.report
    header = cells.header(field)
    printed, leading = names_of(cells.stated[field], pool)
    counted = counting.as_counted(report, header, printed, None, persons=False)
    named = _without_times(report, header, counted, leading)
    return named, leading


def _without_times(report: Report, header: str, named: Names, leading: Ints) -> Names:
    """A column without what says by when among its names: 信息科，7月底前完成 is 信息科 alone.

    Reports what is left out. Names that lead are not looked at.

    Args:
        header: of the column.
        leading: how many names of each row lead.
    """
    names = named.names.to_pylist()
    folded = map(fold, names)
    is_time = np.array([*map(_says_when, folded)], bool)
    if not is_time.any():
        return named
    leads = first_of_each(named.offsets, leading)
    is_left_out = is_time[named.codes] & ~leads
    places = np.flatnonzero(is_left_out)
    rows = named.row[places]
    codes = named.codes[places]
    times = [names[code] for code in codes.tolist()]
    report.add_at("name_is_time", header, rows, times)
    return named.part(~is_left_out)


def _says_when(name: str) -> bool:
    """Whether a folded name is a deadline: 7月底前, 12月底前完成."""
    if not _MAY_SAY_WHEN.search(name):
        return False
    mentions = [*deadlines.find(name, 0, len(name))]
    if not mentions or mentions[0].start > 0:
        return False
    end = mentions[0].end
    return _DONE.match(name, end) is not None


def _report_both(cells: Cells, is_both: Bools) -> None:
    """Report who leads and supports in the column that says so."""
    for field in ("support_departments", "departments"):
        is_filled = as_mask(pc.not_equal(cells.text[field], ""))
        cells.report_each("lead_and_support", field, is_both & is_filled)
        is_both = is_both & ~is_filled


def _field_of_departments(cells: Cells) -> str:
    """The column of departments that is named for all, "" where the table has none."""
    for field in _OF_DEPARTMENTS:
        if field in cells:
            return field
    return ""


def _report_two_ways(cells: Cells, named: Names) -> None:
    """Report the departments that are written in two ways."""
    field = _field_of_departments(cells)
    if field:
        counting.report_two_ways(cells.report, cells.header(field), named)


def _report_nobody(cells: Cells, is_nobody: Bools) -> None:
    """Report the rows that name no department."""
    field = _field_of_departments(cells)
    if field:
        cells.report_each("department_missing", field, is_nobody)


def _report_edited(cells: Cells, explicit: Ints, counts: Ints) -> None:
    """Report where 责任部门 names somebody whom 牵头部门 and 配合部门 of a download lack.

    A download has all of them there: who is lacking was written into 责任部门 since.

    Args:
        explicit: how many departments these two columns name in each row.
        counts: how many all columns name.
    """
    is_download = bool(added_columns(cells.sheet))
    if "departments" in cells and is_download:
        is_edited = (explicit > 0) & (counts > explicit)
        cells.report_each("departments_edited", "departments", is_edited)
