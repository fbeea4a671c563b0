"""What each section holds, when it falls due, and rows grouped by their sections.

A section is its heading: the same heading in two lists is one section, as in the filter. Sections
stand in the order of the table, which is the notice's; rows without one come last, as NOBODY.
"""

from __future__ import annotations

from datetime import date

import numpy as np
import pandas as pd

from lib.measures import Names, Table
from lib.workload.grids import Counting, Grid, names_by_month
from lib.workload.loads import load_frame, states_of_names
from lib.workload.rows import Positions, Rows, name_uses, positions
from lib.workload.states import STATES


def by_section(table: Table, rows: Rows, as_of: date) -> pd.DataFrame:
    """Count what each section holds.

    Returns:
        One row a section: section, measures, and one column for each date state.
    """
    sections = sections_of(table)
    order = as_in_table(sections, rows)
    counts = states_of_names(table, sections, rows, as_of)
    return load_frame("section", sections, order, counts, STATES)


def section_by_month(
    table: Table, rows: Rows, year: int, counting: Counting, limit: int, *, also: str = ""
) -> Grid:
    """Sections × the twelve months of a year. limit, also: as `names_by_month` has them."""
    sections = sections_of(table)
    order = as_in_table(sections, rows)
    return names_by_month(table, sections, rows, year, counting, limit, also=also, order=order)


def in_several_lists(table: Table, rows: Rows) -> int:
    """Count the sections whose heading stands in more than one list of the rows."""
    codes = table.codes
    names = codes.sections.names
    of_rows = positions(table, rows)
    sections = codes.sections.codes[of_rows]
    lists = codes.lists.codes[of_rows]
    pairs = np.stack((sections, lists))
    section_of_pair, _ = np.unique(pairs, axis=1)
    lists_of_sections = np.bincount(section_of_pair, minlength=len(names))
    is_counted = lists_of_sections > 1
    is_counted &= np.array(names) != ""
    return int(np.count_nonzero(is_counted))


def grouped(table: Table, ordered: Positions) -> Positions:
    """Rows section by section; within one they keep their order. ordered: positions."""
    section = sections_of(table).codes[ordered]
    order = np.argsort(section, kind="stable")
    return ordered[order]


def sections_of(table: Table) -> Names:
    """The sections as a column of one name a cell."""
    return table.codes.section_names.with_nobody


def as_in_table(names: Names, rows: Rows) -> np.ndarray:
    """The codes of the names that any of the rows has, the first in the table first."""
    uses = name_uses(names, rows)
    return np.flatnonzero(uses)
