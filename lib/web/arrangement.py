"""How a reader arranges a list of measures: its order, and the columns that are shown."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from lib.answers.tables import CHOOSABLE, COLUMNS, OF_LEDGER
from lib.web import address, bound, choices, table
from lib.web.table import Arranged
from lib.web.view import board


def of_address() -> Arranged:
    """The order and the columns that the URL says; both stay while rows are picked."""
    return Arranged(
        sort=choices.code_in_url(address.SORT),
        sort_by=_sort_by,
        columns=columns(),
        show=partial(_show, usual()),
        offered=offered(),
    )


def of_session(key: str, sort: str) -> Arranged:
    """The columns that the URL says, and the order that a table on the page was given.

    The URL's order may be another's there: of departments it is that of their loads.

    Args:
        key: of the table.
        sort: its order at first.
    """
    arranged = table.in_session(key, sort)
    return arranged._replace(columns=columns(), show=partial(_show, usual()), offered=offered())


def columns() -> tuple[str, ...]:
    """The columns of a list of measures, in their order."""
    code = choices.code_in_url(address.COLUMNS)
    return address.parse_columns(code) or usual()


def usual() -> tuple[str, ...]:
    """The columns that are shown where nobody has chosen.

    A list that is followed has its light in the place of the date state, which says less.
    """
    left_out = "state" if board().progress else "light"
    return tuple(name for name in COLUMNS if name != left_out)


def offered() -> tuple[str, ...]:
    """The columns that can be chosen; those of the ledger where a list is followed."""
    if board().progress:
        return CHOOSABLE
    return tuple(name for name in CHOOSABLE if name not in OF_LEDGER)


def _sort_by(sort: str) -> None:
    bound.put(address.SORT.name, sort)
    bound.put(address.PAGE.name, None)


def _show(usual_ones: Sequence[str], chosen: Sequence[str]) -> None:
    """Take other columns, in a callback; the usual ones stand in no URL."""
    is_default = tuple(chosen) == tuple(usual_ones)
    text = "" if is_default else address.write_columns(chosen)
    bound.put(address.COLUMNS.name, text)
