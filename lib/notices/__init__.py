"""A notice as issued → measures, each cell with its reason and its place in the document.

`read` and `read_text` understand a document, `to_table` and `write` put down what was understood.
Rules only: every cell is sure or to be checked, and says why.
"""

from __future__ import annotations

from lib.notices.model import Block, Cell, Measure, Milestone, Notice, Source, Unplaced
from lib.notices.output import to_table, write
from lib.notices.pipeline import read, read_text

__all__ = [
    "Block",
    "Cell",
    "Measure",
    "Milestone",
    "Notice",
    "Source",
    "Unplaced",
    "read",
    "read_text",
    "to_table",
    "write",
]
