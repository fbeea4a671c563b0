"""What a person changes in a notice that was read.

Each edit gives a new notice, the old one stays as it was. The edits come from a browser as plain
data (`apply`); one that doesn't fit the notice changes nothing.
"""

from __future__ import annotations

from lib.notices.draft.cells import confirm, doubts, give_day, put
from lib.notices.draft.head import in_year, name
from lib.notices.draft.log import NOTHING_TOLD, Replayed, Told, replay
from lib.notices.draft.plain import apply
from lib.notices.draft.rows import add, drop, forget, merge, place, split

__all__ = [
    "NOTHING_TOLD",
    "Replayed",
    "Told",
    "add",
    "apply",
    "confirm",
    "doubts",
    "drop",
    "forget",
    "give_day",
    "in_year",
    "merge",
    "name",
    "place",
    "put",
    "replay",
    "split",
]
