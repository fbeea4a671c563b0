"""What the cover of a list says for all of its measures."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace
from typing import Final

from lib.notices.model import Cell, Line, Measure, Measures, Span
from lib.notices.reading.rules import Rules

_OF_THE_LIST: Final = re.compile("以下|下列|所列|附件|附表|清单|全部|逐[项一条]")
_DONE_BY_THEN: Final = re.compile(r" *(?:全部|全面|逐[项一条])*(?:完成|办结|整改|落实到位|销号)")


def with_deadline(measures: Measures, lines: Iterable[Line], rules: Rules) -> list[Measure]:
    """Give the measures the one deadline that the cover sets, where none of them has its own.

    It is to be checked: nothing says that it holds for each of them.

    Args:
        measures: of the list.
        lines: of the cover, those before the first measure.
        rules: of the list: in which year a date without one is.
    """
    if any(measure.cells["deadline"].text for measure in measures):
        return list(measures)
    dates: list[Span] = []
    for line in lines:
        dates += _dates_of_the_list(line)
    if len(dates) != 1:
        return list(measures)
    (date,) = dates
    deadline = Cell(text=date.text, reason="cover", sure=False, source=date.source)
    return [_with(measure, deadline, rules) for measure in measures]


def _dates_of_the_list(line: Line) -> list[Span]:
    """The dates by which a line wants what the list holds to be done."""
    if not _OF_THE_LIST.search(line.folded):
        return []
    dates: list[Span] = []
    for mention in line.span.find_dates():
        after_date = line.span.since(mention.end)
        if after_date.match(_DONE_BY_THEN):
            dates.append(line.span.part(mention.start, mention.end))
    return dates


def _with(measure: Measure, deadline: Cell, rules: Rules) -> Measure:
    cells = measure.cells | {"deadline": deadline}
    return replace(measure, cells=cells, year=rules.year_of(deadline.text))
