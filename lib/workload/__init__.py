"""Who carries what: by leader, department and role, by month, and who works with whom.

Every question is answered from the table's integer codes. `rows` are positions in the table,
ascending, or None for all of them (`measures.select`); `as_of` is always given, never asked for.
Lead and support are counted apart and never summed but with a stated weight (docs/design.md).
"""

from lib.measures import NOBODY
from lib.workload.grids import (
    Counting,
    Grid,
    department_by_month,
    lead_by_support,
    leader_by_department,
    leader_by_month,
)
from lib.workload.listings import listing, milestones, next_due
from lib.workload.loads import (
    RankChange,
    busiest,
    by_department,
    by_leader,
    concentration,
    rank_changes,
    top,
)
from lib.workload.months import (
    by_month,
    due_in,
    due_months,
    in_month,
    in_year,
    lists_of_year,
    outside,
    peak,
    years,
)
from lib.workload.order import SORTABLE, SORTS, Part, chosen, ordered, upcoming
from lib.workload.rows import OTHERS, ROLES, Positions, Role, Rows
from lib.workload.sections import (
    by_section,
    grouped,
    in_several_lists,
    section_by_month,
)
from lib.workload.splits import Kinds, Whose, by_kind, months_by_kind
from lib.workload.states import (
    EXPLAINED,
    MARKS,
    NEXT_30,
    STATES,
    by_state,
    due_soon,
    in_state,
    row_states,
)
from lib.workload.timeline import LANES, Dot, Lanes, bars, by_lane, running
from lib.workload.workdays import days_left, workdays_left

__all__ = [
    "EXPLAINED",
    "LANES",
    "MARKS",
    "NEXT_30",
    "NOBODY",
    "OTHERS",
    "ROLES",
    "SORTABLE",
    "SORTS",
    "STATES",
    "Counting",
    "Dot",
    "Grid",
    "Kinds",
    "Lanes",
    "Part",
    "Positions",
    "RankChange",
    "Role",
    "Rows",
    "Whose",
    "bars",
    "busiest",
    "by_department",
    "by_kind",
    "by_lane",
    "by_leader",
    "by_month",
    "by_section",
    "by_state",
    "chosen",
    "concentration",
    "days_left",
    "department_by_month",
    "due_in",
    "due_months",
    "due_soon",
    "grouped",
    "in_month",
    "in_several_lists",
    "in_state",
    "in_year",
    "lead_by_support",
    "leader_by_department",
    "leader_by_month",
    "listing",
    "lists_of_year",
    "milestones",
    "months_by_kind",
    "next_due",
    "ordered",
    "outside",
    "peak",
    "rank_changes",
    "row_states",
    "running",
    "section_by_month",
    "top",
    "upcoming",
    "workdays_left",
    "years",
]
