"""Who is responsible for each row: leaders, the departments that lead and those that support."""

from __future__ import annotations

from concurrent.futures import Executor
from typing import NamedTuple

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from lib.measures import schema
from lib.measures.cells import Cells
from lib.measures.columns import as_mask
from lib.measures.name_column import Names
from lib.measures.roles import explicit_roles, first_of_each, led_and_supported, repeated
from lib.measures.splitting import names_of


class Departments(NamedTuple):
    """The departments of each row, with shared codes. printed: 责任部门 as the table has it."""

    lead: Names
    support: Names
    printed: pa.Array


def leaders_of(cells: Cells, pool: Executor) -> Names:
    """The leaders of each row. Reports where there is none."""
    coded = cells.coded["leaders"]
    distinct, _ = names_of(coded.dictionary, pool)
    leaders = distinct.part(~repeated(distinct)).at(coded.indices.to_numpy())
    if "leaders" in cells:
        cells.report.add("leader_missing", cells.header("leaders"), leaders.counts == 0)
    return leaders


def departments_of(cells: Cells, pool: Executor) -> Departments:
    """Who leads and who supports. Reports where nobody does, or somebody both.

    The first name of 责任部门 leads unless the cell says otherwise; 牵头部门 and 配合部门 win
    over it.
    """
    named, leading = names_of(cells.text["departments"], pool)
    leads = first_of_each(named.offsets, leading)
    if any(field in cells for field in schema.ROLE_COLUMNS):
        lead, support = (names_of(cells.text[field], pool)[0] for field in schema.ROLE_COLUMNS)
        named, leads = explicit_roles(named, leads, lead, support)
    is_repeated = repeated(named)
    _report_both(cells, led_and_supported(named, leads, is_repeated))
    lead = named.part(leads & ~is_repeated)
    support = named.part(~leads & ~is_repeated)
    _report_nobody(cells, (lead.counts == 0) & (support.counts == 0))
    printed = cells.text["departments"]
    if "departments" not in cells:
        printed = pc.binary_join(named.part(~is_repeated).array(), "、")
    return Departments(lead, support, printed)


def _report_both(cells: Cells, is_both: np.ndarray) -> None:
    """Report who leads and supports in the column that says so."""
    for field in ("support_departments", "departments"):
        is_here = is_both & as_mask(pc.not_equal(cells.text[field], ""))
        cells.report_each("lead_and_support", field, is_here)
        is_both = is_both & ~is_here


def _report_nobody(cells: Cells, is_nobody: np.ndarray) -> None:
    for field in ("departments", "lead_departments"):
        if field in cells:
            cells.report.add("department_missing", cells.header(field), is_nobody)
            return
