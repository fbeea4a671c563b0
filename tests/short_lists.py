"""A short list of measures, written as its rows."""

from __future__ import annotations

import inspect
from collections.abc import Iterable

from lib import measures
from tests.by_hand import HEADER

NO_MILESTONES = "编号"


def short_list(lines: str, milestones: str = NO_MILESTONES) -> measures.Table:
    """The table of lines `年度,责任领导,责任部门,完成时限`; milestones: those of them, with a header."""
    rows = [
        [year, "单", f"板{number % 2}", f"举措{number}", leaders, departments, deadline]
        for number, (year, leaders, departments, deadline) in enumerate(cells_of(lines))
    ]
    return measures.of_rows([HEADER, *rows], [*cells_of(milestones)])


def cells_of(text: str) -> Iterable[list[str]]:
    return [line.split(",") for line in inspect.cleandoc(text).splitlines()]
