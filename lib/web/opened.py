"""What a mark of a page has opened: which part of the rows, and where it is shown.

A mark of a chart, a card or a table stands for the rows that it counts. A click puts what they are
into the URL, and the page shows them right below what was clicked; a second click closes them.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final
from urllib.parse import parse_qsl

import streamlit as st

from lib import workload
from lib.web import address, bound
from lib.web.choices import code_in_url
from lib.web.defaults import address_reading
from lib.web.markdown import plain
from lib.web.table import OnPick
from lib.web.view import Board, months

WITHOUT_COUNT: Final = tuple(name for name in address.OPENED if name != address.COUNT.name)


@dataclass(frozen=True)
class Opened:
    """What is opened on a page.

    name: of the leader, department or section, "" for none.
    part: the role in which a department is named, "" for any.
    beside: the name that stands across from it in a grid, "" for none.
    of: the state and the month.
    at: the key of the figure below which it is shown, "" for the first one.
    """

    name: str
    part: str
    beside: str
    of: workload.Part
    at: str

    @property
    def is_name_alone(self) -> bool:
        """Whether it is all that a name has."""
        has_more = self.part or self.beside or self._has_part_of_rows
        return bool(self.name) and not has_more

    def __bool__(self) -> bool:
        return bool(self.name) or self._has_part_of_rows

    @property
    def _has_part_of_rows(self) -> bool:
        return bool(self.of.state or self.of.month or self.of.progress)


def opened(view: Board, name: str, *figures: str) -> Opened:
    """What the URL says is opened; what fits nothing is named on the page.

    Args:
        view: of the page.
        name: what the page's box for a name has.
        figures: the keys of the page's figures but the first.
    """
    code_in_url(address.STATE)  # no box of the page names one that fits nothing
    beside = address_reading(address.BESIDE).text
    if beside and view.table.codes.lead.code_of(beside) < 0:
        st.warning(plain(view.t("note.unknown", key=address.BESIDE.name, value=beside)))
    return Opened(
        name=name,
        part=code_in_url(address.PART),
        beside=beside,
        of=part(view),
        at=code_in_url(address.AT.among(figures)),
    )


def part(view: Board) -> workload.Part:
    """The state, the month and the word of the ledger that the URL asks for."""
    month = address.MONTH.among(view.once(months))
    # where no list is followed, no word of the ledger fits
    progress = address.PROGRESS if view.progress else address.PROGRESS.among(())
    return workload.Part(
        state=address_reading(address.STATE).text,
        month=address_reading(month).text,
        count=address_reading(address.COUNT).text,
        progress=address_reading(progress).text,
    )


def here(at: str = "") -> OnPick:
    """A callback that opens what was clicked on the same page, or closes it.

    A measure is opened over the page, which stays as it is; the sum of others becomes their names.

    Args:
        at: the key of the figure that was clicked, "" for the first of the page.
    """

    def toggle(query: str) -> None:
        clicked = dict(parse_qsl(query))
        for alone in (address.MEASURE.name, address.NAMES.name):
            if alone in clicked:
                bound.put(alone, clicked[alone])
                return
        if at:
            clicked[address.AT.name] = at
        is_open = bound.texts({*WITHOUT_COUNT, *clicked}) == clicked
        if is_open:
            close()
        else:
            _put_all(clicked)

    return toggle


def _put_all(clicked: Mapping[str, str]) -> None:
    """Write into the URL what was clicked, and take out what was opened before."""
    # Without a month `count` says what the grids count
    replaced = address.OPENED if address.MONTH.name in clicked else WITHOUT_COUNT
    for name in replaced:
        bound.put(name, clicked.get(name))


def close() -> None:
    """Close what is opened, in a callback; what the grids count stays."""
    for name in WITHOUT_COUNT:
        bound.put(name, None)
