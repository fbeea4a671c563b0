"""The editor of one row of the table's files: what stands there, and beside it what it is to be."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Final, NamedTuple

import streamlit as st

from lib import errors, revisions
from lib.apart import reader
from lib.errors import BoardError, Problem
from lib.i18n import Translator
from lib.measures import schema
from lib.revisions import Cell, Row
from lib.text import days, deadlines
from lib.web import address, store, written
from lib.web.markdown import plain
from lib.web.written import Keep, Outcome

LONG: Final = 24  # characters from which a text has a box of several lines
# Of what says by when, all is wanted where a problem is about a part of it.
TIMES: Final = ("deadline", *schema.DATE_COLUMNS)
ANY_DAY: Final = date(2020, 1, 1)  # of issue: whether a phrase counts from it
# The keys of the cells that a field of the board's own has
KNOWN: Final = frozenset(
    (*schema.COLUMNS, *schema.ROLE_COLUMNS, *schema.MILESTONE_COLUMNS, *TIMES),
)


class Opened(NamedTuple):
    """A row that is open in the editor.

    Attributes:
        problem: that led to it.
        row: as it was when it was opened.
        number: of the opening, with which its boxes begin anew.
    """

    problem: Problem
    row: Row
    number: int


class Cells(NamedTuple):
    """The cells that get a box: first those that a problem is about, then the others."""

    first: list[Cell]
    others: list[Cell]

    @property
    def has_deadline_first(self) -> bool:
        """Whether the problem is about the deadline."""
        return any(cell.key == "deadline" for cell in self.first)


def open_row(problem: Problem, t: Translator) -> Outcome | None:
    """Open the row of a problem; where it can't be read, tell why."""
    try:
        row = reader.row(store.written(), problem.line, problem.source, _issued())
    except BoardError as error:
        return Outcome(errors.describe(error, t), done=False)
    number = st.session_state.get("openings", 0) + 1
    st.session_state["openings"] = number
    st.session_state["open_row"] = Opened(problem, row, number)
    return None


def _issued() -> Path | None:
    """The workbook beside which the board's table is written, None where it is a CSV file itself."""
    issued = store.source()
    if issued == store.written():
        return None
    return issued


def close() -> None:
    """Open no row any more."""
    st.session_state.pop("open_row", None)


def draw(t: Translator, keep: Keep) -> bool:
    """Draw the row that is open.

    Args:
        keep: gets what came of saving it.

    Returns:
        Whether a row is open.
    """
    opened: Opened | None = st.session_state.get("open_row")
    if opened is None:
        return False
    _head(opened, t)
    cells = _parted(opened)
    if opened.row.is_measure and cells.has_deadline_first and cells.others:
        st.caption(t("editor.given"))
    with st.form("editor", border=False):
        mended = _boxes(cells.first, opened, t)
        is_saved = st.form_submit_button(t("editor.save"), type="primary")
        if cells.others:
            with st.expander(t("editor.others")):
                mended |= _boxes(cells.others, opened, t)
    if is_saved:
        _save(opened, mended, t, keep)
    return True


def _head(opened: Opened, t: Translator) -> None:
    """The way back, which row it is, and its problem."""
    st.button(t("editor.back"), key="editor_back", on_click=close, type="tertiary")
    st.markdown(plain(_place(opened.row, t)))
    st.warning(plain(errors.describe(opened.problem, t)))
    _say_where(opened.row, t)


def _say_where(row: Row, t: Translator) -> None:
    """Say that a workbook is never written to, before the first time that it would be."""
    if row.issued and not row.path.exists():
        st.caption(plain(t("mended.sheet_first", issued=row.issued.name, file=row.path.name)))


def _place(row: Row, t: Translator) -> str:
    """Which row it is: where it stands, and what it is about."""
    place = t("editor.place", file=row.file, line=row.line)
    title = row.text("title") or row.text("milestone")
    words = (place, row.text("measure_id"), title)
    return t("text.dot").join(errors.one_line(text) for text in words if text)


# --- which cells ----------------------------------------------------------------------------------


def _parted(opened: Opened) -> Cells:
    """The cells that a problem is about, and the others; all are first where it is about none."""
    cells = _offered(opened.row)
    about = _keys_of_problem(opened, cells)
    first = [cell for cell in cells if cell.key in about]
    others = [cell for cell in cells if cell.key in KNOWN - about]
    if not first:
        return Cells(others, [])
    return Cells(first, others)


def _keys_of_problem(opened: Opened, cells: Sequence[Cell]) -> set[str]:
    """What a problem is about; where it is about a part of what says by when, all of that."""
    keys = _keys_under(opened.problem.column, cells)
    is_about_time = not keys.isdisjoint(TIMES)
    if is_about_time and opened.row.is_measure:
        keys.update(TIMES)
    return keys


def _keys_under(header: str, cells: Sequence[Cell]) -> set[str]:
    """The cells under a header; else those under another word for its field, as of a workbook."""
    keys = {cell.key for cell in cells if cell.header == header}
    if keys:
        return keys
    field = schema.field_of(header)
    return {cell.key for cell in cells if cell.key == field}


def _offered(row: Row) -> list[Cell]:
    """The cells of a row; beside a deadline those of days too that the file has no column for."""
    cells = [*row.cells]
    keys = [cell.key for cell in cells]
    if not row.is_measure or "deadline" not in keys:
        return cells
    place = keys.index("deadline") + 1
    absent = [
        Cell(key, header, "")
        for key, header in schema.DATE_COLUMNS.items()
        if key not in keys and _is_of_use(key, row)
    ]
    return [*cells[:place], *absent, *cells[place:]]


def _is_of_use(date_column: str, row: Row) -> bool:
    """Whether a day says something about a deadline; that of issue only where it counts from it."""
    if date_column != "issued":
        return True
    return deadlines.needs_issue(row.text("deadline"), ANY_DAY.year, ANY_DAY)


# --- boxes ----------------------------------------------------------------------------------------


def _boxes(cells: Sequence[Cell], opened: Opened, t: Translator) -> dict[str, str]:
    """A line for each cell, what stands there and a box; what the boxes say, by the cells' keys."""
    mended: dict[str, str] = {}
    for cell in cells:
        left, right = st.columns(2, vertical_alignment="top")
        with left, st.container(gap=None):
            st.caption(plain(cell.header))
            st.markdown(plain(cell.text) or t("editor.empty"))
        with right:
            key = f"mend_{opened.number}_{cell.key}"
            mended[cell.key] = _box(cell, key, opened.row, t)
    return mended


def _box(cell: Cell, key: str, row: Row, t: Translator) -> str:
    """A box for what a cell is to be, and what it says."""
    label = t("editor.mended", field=_name(cell, row, t))
    day = days.read(cell.text)
    is_unread = bool(cell.text) and day is None
    if cell.key in schema.DATE_COLUMNS and not is_unread:
        return _day_box(label, day, key)
    is_long = len(cell.text) >= LONG or "\n" in cell.text
    if is_long:
        return st.text_area(label, cell.text, height="content", key=key) or ""
    return st.text_input(label, cell.text, key=key) or ""


def _day_box(label: str, day: date | None, key: str) -> str:
    chosen = st.date_input(
        label, day, address.FIRST_DAY, address.LAST_DAY, key=key, format="YYYY-MM-DD"
    )
    if not chosen:
        return ""
    return chosen.isoformat()


def _name(cell: Cell, row: Row, t: Translator) -> str:
    """What a box is called: the field, or the header of a column of the office's own."""
    if cell.key == "deadline" and not row.is_measure:
        return t("field.milestone_deadline")
    if cell.key in schema.OWN_COLUMNS or not row.is_measure:
        return t(f"field.{cell.key}")
    return cell.header


# --- saved ----------------------------------------------------------------------------------------


def _save(opened: Opened, mended: Mapping[str, str], t: Translator, keep: Keep) -> None:
    """Write what has changed; where it can't be written all boxes stay as they are."""
    row = opened.row
    changed = _changed(opened, mended)
    if not changed:
        st.info(t("editor.nothing"))
        return

    def save() -> None:
        revisions.save(reader.mended(row, changed))

    sentence = t("editor.saved", file=row.file, line=row.line)
    outcome = written.outcome_of(save, sentence, t)
    if not outcome.done:
        written.say(outcome)
        return
    keep(outcome)
    close()
    st.rerun()


def _changed(opened: Opened, mended: Mapping[str, str]) -> dict[str, str]:
    """The cells that are to be other than they are.

    A day that is written otherwise, 2026/6/15, stays as it is, unless the problem is that.
    """
    header_of_problem = opened.problem.column
    headers = {cell.key: cell.header for cell in opened.row.cells}
    changed: dict[str, str] = {}
    for key, text in mended.items():
        before = opened.row.text(key)
        after = text.strip()
        if key in schema.DATE_COLUMNS:
            after = _as_day(after)
            if headers.get(key) != header_of_problem:
                before = _as_day(before)
        if after != before:
            changed[key] = after
    return changed


def _as_day(text: str) -> str:
    """A day as it is written, 2026-06-15; other texts as they are."""
    day = days.read(text)
    if day is None:
        return text
    return day.isoformat()
