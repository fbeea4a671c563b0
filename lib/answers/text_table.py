"""A table as a reader sees it: heads, and rows of texts, each of which may open something."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from numbers import Integral, Real
from typing import Final, NamedTuple, TypeVar

import numpy as np
import pandas as pd
import pyarrow as pa

from lib import search
from lib.answers.marks import ALL_NAMES
from lib.i18n import Translator
from lib.text.excerpts import DRAWN, excerpt

PERSONS: Final = frozenset({"leader", "leaders"})  # columns whose names have surnames
LAST: Final = float("inf")

T = TypeVar("T")
Texts = tuple[str, ...]  # not a list: the garbage collector passes over a tuple of texts


class Column(NamedTuple):
    """A column by its key, with the words above it, which others may have too."""

    key: str
    head: str

    @classmethod
    def of_field(cls, name: str, t: Translator) -> Column:
        """The column of a field, under the words for it."""
        return cls(name, t(f"field.{name}"))


@dataclass(frozen=True)
class TextTable:
    """A table as a reader sees it.

    Attributes:
        columns: from left to right.
        rows: for each row the texts of its cells.
        opens: for each row what it opens, "" for nothing; empty where no row opens anything.
        numeric: the places of the columns that hold numbers.
        cells_open: by a column's place, for each row what its cell opens instead, "" where it opens
            what the row opens.
    """

    columns: tuple[Column, ...]
    rows: tuple[Texts, ...]
    opens: Texts = ()
    numeric: frozenset[int] = frozenset()
    cells_open: Mapping[int, Texts] = field(default_factory=dict)

    @classmethod
    def of(
        cls,
        columns: Mapping[Column, Iterable[object]],
        opens: Sequence[str] = (),
        cells_open: Mapping[int, Sequence[str]] | None = None,
    ) -> TextTable:
        """The table whose columns hold some values; of texts that no page can show the beginning.

        What a row or a cell opens goes into the URL: where that can't hold it, it opens nothing.
        """
        values = [list(column) for column in columns.values()]
        texts = [_texts(column) for column in values]
        numeric = [place for place, column in enumerate(values) if _is_numeric(column)]
        of_cells = cells_open or {}
        return cls(
            columns=tuple(columns),
            rows=tuple(zip(*texts, strict=True)),
            opens=_openable(opens),
            numeric=frozenset(numeric),
            cells_open={place: _openable(queries) for place, queries in of_cells.items()},
        )

    @property
    def offered(self) -> frozenset[str]:
        """All that its rows and cells open."""
        queries = {*self.opens}
        for of_column in self.cells_open.values():
            queries.update(of_column)
        return frozenset(queries - {""})

    def in_order(self, place: int, *, down: bool) -> TextTable:
        """The same rows by one of the columns.

        Empty cells come last either way, and the row that sums up the others.

        Args:
            place: of the column.
            down: whether the last comes first.
        """
        values = self._values(place)
        if down:
            values = np.where(values == LAST, LAST, -values)
        if self.opens:
            sums_up_others = [query == ALL_NAMES for query in self.opens]
            values = np.where(sums_up_others, LAST, values)
        order = np.argsort(values, kind="stable").tolist()
        of_cells = self.cells_open.items()
        return replace(
            self,
            rows=_taken(self.rows, order),
            opens=_taken(self.opens, order) if self.opens else (),
            cells_open={column: _taken(queries, order) for column, queries in of_cells},
        )

    def _values(self, place: int) -> np.ndarray:
        """A number for each row, the smallest for the first by a column."""
        texts = [row[place] for row in self.rows]
        if place in self.numeric:
            return np.array([_number(text) for text in texts], float)
        column = self.columns[place]
        are_persons = column.key in PERSONS
        places = search.places(pa.array(texts, pa.string()), persons=are_persons)
        has_text = [text != "" for text in texts]
        return np.where(has_text, places, LAST)


def _number(text: str) -> float:
    """The number that `_text` has written; an empty cell comes last."""
    if not text:
        return LAST
    return float(text.replace(",", ""))


def _openable(queries: Iterable[str]) -> Texts:
    return tuple(query if len(query) <= DRAWN else "" for query in queries)


def _taken(things: Sequence[T], order: Sequence[int]) -> tuple[T, ...]:
    return tuple(things[place] for place in order)


def _is_numeric(column: Sequence[object]) -> bool:
    """Whether a column holds numbers and nothing else."""
    stated = [value for value in column if not _is_none(value)]
    return bool(stated) and all(isinstance(value, Real) for value in stated)


def _is_none(value: object) -> bool:
    return value is None or value is pd.NA


def _texts(values: Iterable[object]) -> list[str]:
    return [_text(value) for value in values]


def _text(value: object) -> str:
    """A value as text: 1,500 and 8.5 and 2020-08-31."""
    if _is_none(value):
        return ""
    if isinstance(value, Integral):
        return f"{int(value):,}"
    if isinstance(value, Real):
        return f"{float(value):,.2f}".rstrip("0").rstrip(".")
    return excerpt(str(value))
