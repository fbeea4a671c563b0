"""Sentences computed from the data: headlines, findings above charts, the filters in words, what a
weight changes.

Each takes what `workload` answered and the words `t`, and gives plain text; nothing here is markup.
Who is named as having most is all who tie for it, and what a count leaves out is said beside it
(docs/design.md).
"""

from lib.answers.sentences.conditions import filters, part
from lib.answers.sentences.findings import (
    clauses,
    departments_finding,
    grid_finding,
    leaders_finding,
    months_finding,
    next_finding,
    pressing_finding,
    timeline_finding,
    weight_effect,
)
from lib.answers.sentences.headlines import headline, month_rows, person
from lib.answers.sentences.phrases import day, month, names, share, years

__all__ = [
    "clauses",
    "day",
    "departments_finding",
    "filters",
    "grid_finding",
    "headline",
    "leaders_finding",
    "month",
    "month_rows",
    "months_finding",
    "names",
    "next_finding",
    "part",
    "person",
    "pressing_finding",
    "share",
    "timeline_finding",
    "weight_effect",
    "years",
]
