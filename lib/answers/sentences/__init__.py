"""Sentences computed from the data: headlines, findings above charts, the filters in words, what a
weight changes.

Each takes what `workload` answered and the words `t`, and gives plain text; nothing here is markup.
Who is named as having most is all who tie for it, and what a count leaves out is said beside it
(docs/design.md).
"""

from lib.answers.sentences.alone import (
    department_alone,
    late_alone,
    leader_alone,
    person,
    pressing_alone,
    weighted_alone,
)
from lib.answers.sentences.conditions import filters, part, period, progress_word
from lib.answers.sentences.findings import (
    clauses,
    departments_finding,
    grid_finding,
    late_finding,
    leaders_finding,
    months_finding,
    next_finding,
    pressing_finding,
    sections_finding,
    timeline_finding,
    weight_effect,
)
from lib.answers.sentences.headlines import headline, listed_headline, month_rows
from lib.answers.sentences.notes import state_notes
from lib.answers.sentences.phrases import counted, day, month, names, share, years
from lib.answers.sentences.progress import (
    due_days,
    progress_headline,
    punctuality,
    reached,
    reasons,
    status_in_words,
    target_in_words,
    why,
    why_with_marks,
)
from lib.answers.sentences.reminders import reminder

__all__ = [
    "clauses",
    "counted",
    "day",
    "department_alone",
    "departments_finding",
    "due_days",
    "filters",
    "grid_finding",
    "headline",
    "late_alone",
    "late_finding",
    "leader_alone",
    "leaders_finding",
    "listed_headline",
    "month",
    "month_rows",
    "months_finding",
    "names",
    "next_finding",
    "part",
    "period",
    "person",
    "pressing_alone",
    "pressing_finding",
    "progress_headline",
    "progress_word",
    "punctuality",
    "reached",
    "reasons",
    "reminder",
    "sections_finding",
    "share",
    "state_notes",
    "status_in_words",
    "target_in_words",
    "timeline_finding",
    "weight_effect",
    "weighted_alone",
    "why",
    "why_with_marks",
    "years",
]
