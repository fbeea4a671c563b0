"""One reader's view of the table: the rows that the filters leave, the day, the weight.

The frame opens it once a run (`open_view`), the page takes it (`board`). What pages make of it is
kept for all readers of the same view. Nothing here knows Streamlit.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable
from contextvars import ContextVar
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, Final, NamedTuple, TypeVar

import numpy as np
import pandas as pd

from lib import measures, workload
from lib.answers import charts
from lib.i18n import Translator
from lib.ledger import selection
from lib.ledger.progress import Progress
from lib.measures import position, select
from lib.web.kept import Kept, code_key
from lib.web.store import Version

PAGE_ROWS: Final = 50  # rows that a page of a long table holds
MONTHS_OF_A_YEAR: Final = range(1, 13)


def slice_of_part(part: int) -> slice:
    """Where the rows of a part of a long table stand in it, 1 for the first part."""
    start = (part - 1) * PAGE_ROWS
    return slice(start, start + PAGE_ROWS)


class Limits(NamedTuple):
    """How many names the figures of a page show before they sum up the others.

    main: in the figure that the page is about.
    beside: in one of several.
    pairs: down and across, where names stand against names.
    """

    main: int
    beside: int
    pairs: int


FIRST_NAMES: Final = Limits(main=30, beside=12, pairs=12)
MOST_NAMES: Final = Limits(main=300, beside=300, pairs=60)  # as far as a figure can be read

Frame = pd.DataFrame  # numbers as a table; pages know no pandas
Column = pd.Series
FilterKey = tuple[tuple[str, Any], ...]  # the filters of `measures.select`, name and value
T = TypeVar("T")

_SELECTIONS: Final = Kept(256)  # rows by filters
_COMPOSED: Final = Kept(512)  # parts of pages, of which one view has up to 16


@dataclass(frozen=True)
class Board:
    """One reader's view.

    version: what identifies the table; key: what the filters were; both for what is kept.
    rows: positions in the table that the filters leave, ascending; None for all.
    weight: what a support counts beside a lead in a weighted load.
    scope_words: the lists and the day as the reader sees them; filter_words: the filters in force.
    name: of the table's file, or of the notice that is previewed.
    today: the reader's, whatever the day of the view is.
    progress: what the ledger says on the day, None where no list is followed.
    years: those of the lists that are shown.
    """

    table: measures.Table
    version: Version
    rows: np.ndarray | None
    key: FilterKey
    as_of: date
    language: str
    t: Translator
    weight: float
    scope_words: str
    filter_words: str
    name: str
    today: date
    progress: Progress | None = None
    years: tuple[int, ...] = ()

    @property
    def year(self) -> int:
        """The year whose months are shown: the day's, and of a list that is followed beyond it its own."""
        day = self.as_of.year
        if self.progress is None or day in self.years:
            return day
        return min(self.years, key=lambda year: abs(year - day), default=day)

    @property
    def total(self) -> int:
        """How many measures the filters leave."""
        if self.rows is None:
            return len(self.table)
        return len(self.rows)

    def once(self, compose: Callable[..., T], *args: object) -> T:
        """What a page makes of this view (frames, sentences, figures), made once.

        All readers of the same view get the same thing, so it is never changed in place.

        Args:
            compose: a function of the view and args.
            args: what the page's own choices add.
        """
        reader = (self.version, self.key, self.as_of, self.language, self.weight, self._of_ledger)
        key = (reader, code_key(compose), args)

        def make() -> Any:
            return charts.packed(compose(self, *args))

        composed: T = _COMPOSED.get(key, make)
        return composed

    @property
    def _of_ledger(self) -> Hashable:
        """What identifies the ledger's part of the view."""
        return None if self.progress is None else (self.progress.head, self.progress.rules)

    @property
    def followed(self) -> Progress:
        """What the ledger says, on a page that has asked whether it says anything."""
        if self.progress is None:
            raise LookupError("No list of this view is followed")
        return self.progress

    def chosen(self, of: workload.Part, sort: str) -> np.ndarray:
        """The positions of the part of the rows that a mark counts, by one of `workload.SORTS`."""
        rows = self.rows
        word = selection.parse(of.progress)
        if word and self.progress:
            rows = self.progress.rows(word, rows)
        return workload.chosen(self.table, rows, self.as_of, of, sort)

    def only(self, filter_name: str) -> str:
        """The one name of a filter in force, "" where it has several or none.

        filter_name: as `measures.select` has it.
        """
        names = dict(self.key).get(filter_name, ())
        if len(names) != 1:
            return ""
        return str(names[0])

    def narrowed(self, rows: np.ndarray, of: workload.Part) -> Board:
        """The same view of the part of its rows that a mark counts. rows: their positions."""
        key = (*self.key, ("part", of))
        return replace(self, rows=np.sort(rows), key=key)

    def position(self, measure_id: str) -> int:
        """Where a measure stands in the table, -1 if it is none of the rows."""
        row = position(self.table, measure_id)
        is_filtered_out = self.rows is not None and not np.isin(row, self.rows)
        if is_filtered_out:
            return -1
        return row

    def within(self, **filters: Any) -> Board:
        """The same view with more filters; rows must fit the old and the new ones.

        Args:
            filters: as `measures.select` has them.
        """
        key = tuple(sorted(filters.items()))
        rows = selected(self.table, self.version, key)
        if self.rows is not None:
            rows = np.intersect1d(self.rows, np.asarray(rows), assume_unique=True)
        return replace(self, rows=rows, key=(*self.key, *key))


def months(view: Board) -> list[str]:
    """The months that can be asked for: the day's year, and others in which something falls due."""
    year = view.year
    of_the_year = {f"{year}-{month:02}" for month in MONTHS_OF_A_YEAR}
    with_deadlines = workload.due_months(view.table, view.rows)
    return sorted(of_the_year.union(with_deadlines))


def selected(table: measures.Table, version: Version, key: FilterKey) -> np.ndarray | None:
    """The rows that filters leave, kept by the version of the table."""

    def make() -> np.ndarray | None:
        return select(table, **dict(key))

    rows: np.ndarray | None = _SELECTIONS.get((version, key), make)
    return rows


_BOARD: ContextVar[Board] = ContextVar("board")


def open_view(board: Board) -> None:
    """Make a view the one of this run."""
    _BOARD.set(board)


def board() -> Board:
    """The view that the frame has opened for this run."""
    return _BOARD.get()
