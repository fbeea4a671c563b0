"""What several pages count, and the headline that two of them have: made once for each view."""

from __future__ import annotations

from lib import workload
from lib.answers import sentences
from lib.web.view import Board, Frame


def by_month(view: Board, year: int) -> Frame:
    """What falls due in each month of a year."""
    return view.once(_by_month, year)


def _by_month(view: Board, year: int) -> Frame:
    return workload.by_month(view.table, view.rows, year)


def by_leader(view: Board) -> Frame:
    """What each leader carries, in which date state."""
    return view.once(_by_leader)


def _by_leader(view: Board) -> Frame:
    return workload.by_leader(view.table, view.rows, view.as_of)


def by_department(view: Board, sort: str = "weighted") -> Frame:
    """What each department leads and supports, by the view's weight."""
    return view.once(_by_department, sort)


def _by_department(view: Board, sort: str) -> Frame:
    return workload.by_department(view.table, view.rows, weight=view.weight, sort=sort)


def headline(view: Board) -> str:
    """How many measures there are, when most fall due, who carries most."""
    return sentences.headline(
        view.total,
        view.as_of,
        view.t,
        months=by_month(view, view.as_of.year),
        leaders=by_leader(view),
        departments=by_department(view),
    )
