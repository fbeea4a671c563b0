"""What the pages share of Streamlit: the cached load, the filters and the URL, drawing, problems.

With `server` the only module of lib that knows Streamlit. The frame opens the board once a run (`open_board`), the page
takes it (`board`). Widgets are bound to the URL; what the URL says and the table does not have is named, never dropped
in silence (DESIGN.md §2).
"""

from __future__ import annotations

import calendar
import os
import re
import threading
from collections.abc import Callable, Sequence
from contextvars import ContextVar
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from functools import partial
from html import escape
from pathlib import Path
from typing import Any, Final, TypeVar
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import numpy as np
import pandas as pd
import pyarrow.compute as pc
import streamlit as st
from streamlit.navigation.page import Page

from lib import errors, i18n, measures, workload
from lib.answers import charts, exports, sentences, tables
from lib.errors import BoardError
from lib.i18n import Translator
from lib.measures import schema

ROOT: Final = Path(__file__).resolve().parents[2]
PAGE_ROWS: Final = 50  # rows that a page of a long table holds
WHOLE: Final = 20  # rows up to which a table is shown whole, without a scroll bar of its own
MANY: Final = 200  # measures from which a timeline shows months and lanes in aggregate, and single bars by page
TOP: Final = 12  # names that a chart shows before it sums up the others
MORE: Final = 30  # the same for the one chart that a page is about
LOADS: Final = ("lead", "support", "weighted")
COLUMNS: Final = (
    "measure_id",
    "title",
    "state",
    "deadline",
    "due",
    "days_left",
    "leaders",
    "lead",
    "support",
)
_OPTIONS: Final = 300  # names that a filter offers; any other can be typed
_FILTERS: Final = {
    "list": "lists",
    "section": "sections",
    "leader": "leaders",
    "department": "departments",
}
_TEXTS: Final = ("q", "lang", "role", "w")  # text boxes that are bound to the URL
_WEIGHT: Final = f"{schema.DEFAULT_WEIGHT:g}"
_PROBLEMS: Final = 2000  # problems that the list shows
_VIEWS: Final = 128  # parts of pages that are kept made
_DAYS: Final = date(1949, 1, 1), date(2100, 12, 31)
_PASSING: Final = (
    "locked",
    "unreadable",
)  # errors that may be over without a change of the file: Excel, the network
_MARKDOWN: Final = re.compile(r"([!-/:-@\[-`{-~])")
_ADDRESS: Final = re.compile(r"https?://|www\.|(?<=\w)@(?=\w)", re.IGNORECASE)
_SCRIPT: Final = (ROOT / "lib" / "web" / "board.js").read_text(encoding="utf-8")
_BUTTON: Final = """
button {
  font: inherit; font-size: 0.875rem; line-height: 1.6;
  color: var(--st-text-color); background: var(--st-background-color); cursor: pointer;
  border: 1px solid var(--st-border-color); border-radius: var(--st-button-radius); padding: 0.42rem 0.8rem;
}
button:hover, button:focus-visible { color: var(--st-link-color); border-color: var(--st-link-color); }
"""


# --- the data --------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class _Loaded:
    """The last good table, what identifies the files that it came from, and why a newer one could not be read.

    name: of what is shown instead of the table, if anything is; again: whether it may be read as the same files later.
    """

    table: measures.Table | None = None
    version: tuple[object, ...] = ()
    trouble: BoardError | None = None
    name: str = ""
    again: bool = False


class _Store:
    """The one cache of the data, shared by all sessions: reads the table again when its files have changed."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._loaded = _Loaded()
        self._tried: tuple[object, ...] = ()

    def load(self) -> _Loaded:
        path = source()
        version = _identity(path)
        if version == self._tried and not self._loaded.again:
            return self._loaded
        # Who finds the lock taken looks at the last good table meanwhile, if there is one
        if not self._lock.acquire(blocking=self._loaded.table is None):
            return self._loaded
        try:
            if version != self._tried or self._loaded.again:
                self._loaded = self._read(path, version)
                self._tried = version
            return self._loaded
        finally:
            self._lock.release()

    def _read(self, path: Path, version: tuple[object, ...]) -> _Loaded:
        try:
            table = measures.read(path)
            unread = [found.value for found in table.problems if found.code == "milestones_unread"]
            # The same files give another table later, so that the version tells the two apart
            return _Loaded(table, (*version, *unread), again=not set(unread).isdisjoint(_PASSING))
        except BoardError as error:
            same = self._loaded.version[:1] == version[:1]
            kept = self._loaded.table if same else None
            return _Loaded(kept, self._loaded.version, error, again=error.code in _PASSING)


def source() -> Path:
    """The table that the board shows: data/measures.csv, or what MEASURES in the environment names."""
    return Path(os.environ.get("MEASURES") or ROOT / "data" / "measures.csv").expanduser()


def version() -> tuple[object, ...]:
    """What identifies the board's own table as it is now on disk."""
    return _identity(source())


def own_lists() -> list[str]:
    """The lists of the board's own table, whatever is previewed; none where it can't be read."""
    table = _STORE.load().table
    return [] if table is None else table.codes.lists.names


def _identity(path: Path) -> tuple[object, ...]:
    found: list[object] = [str(path)]
    for file in (path, measures.milestones_path(path)):
        try:
            stat = file.stat()
            found += [stat.st_size, stat.st_mtime_ns]
        except OSError:
            found += [None, None]
    return tuple(found)


_STORE: Final = _Store()


def warm() -> None:
    """Load the table before the first visitor comes, and all that the first answers load: calendars, postings.

    What is loaded later than this the collector walks after every run (see `server.WarmUp`).
    """
    table = _STORE.load().table
    if table is not None:
        years = workload.years(table) or (2000,)
        workload.next_due(table, None, date(years[0], 1, 1), TOP)
        workload.leader_by_department(table, None, "support", TOP)


def warm_search() -> None:
    """Load what the first search loads: readings and both writings of what the table names."""
    table = _STORE.load().table
    if table is not None:
        measures.select(table, query="zz组")


# --- the view of one reader ------------------------------------------------------------------------------------------


Chosen = dict[str, tuple[str, ...]]
Drawing = tuple[
    Any, str, str, Callable[[], pd.DataFrame]
]  # what `figure` draws: chart, key, finding, table
T = TypeVar("T")


@dataclass(frozen=True)
class Board:
    """One reader's view: the table, the rows that the filters leave, the day, the language, the weight.

    rows: positions, None for all; key: what the filters were, for the cache; words: the filters in force in words;
    weight: what a support counts in a weighted load; name: of the table's file, or of the notice that is previewed.
    """

    table: measures.Table
    version: tuple[object, ...]
    rows: np.ndarray | None
    key: tuple[object, ...]
    as_of: date
    language: str
    t: Translator
    weight: float
    words: str
    name: str

    @property
    def total(self) -> int:
        """How many measures the filters leave."""
        return len(self.table) if self.rows is None else len(self.rows)

    def once(self, compose: Callable[..., T], *args: object) -> T:
        """What a page makes of this view — frames, sentences, figures — made once and kept for all readers of the same.

        It is shared between sessions, so never changed in place. args: what the page's own choices add.
        """
        code = compose.__code__
        view = (self.version, self.key, self.as_of, self.language, self.weight)
        made: T = _made(view, (code.co_filename, code.co_name), args, self, compose)
        return made

    def position(self, measure_id: str) -> int:
        """Where a measure stands in the table, -1 if it is none of the rows."""
        row: int = pc.index(self.table.codes.ids, measure_id).as_py()
        return row if row >= 0 and (self.rows is None or np.isin(row, self.rows)) else -1

    def within(self, **filters: Any) -> Board:
        """The same view with filters more (those of `measures.select`); rows must fit the old and the new ones."""
        key = tuple(sorted(filters.items()))
        rows = _selected(self.version, key, self.table)
        both = (
            rows
            if self.rows is None
            else np.intersect1d(self.rows, np.asarray(rows), assume_unique=True)
        )
        return replace(self, rows=both, key=(*self.key, *key))


@st.cache_resource(show_spinner=False, max_entries=256)
def _selected(
    version: tuple[object, ...], key: tuple[tuple[str, Any], ...], _table: measures.Table
) -> np.ndarray | None:
    return measures.select(_table, **dict(key))


@st.cache_resource(show_spinner=False, max_entries=_VIEWS)
def _made(
    view: tuple[object, ...],
    name: tuple[str, str],
    args: tuple[object, ...],
    _board: Board,
    _compose: Callable[..., Any],
) -> Any:
    return charts.packed(_compose(_board, *args))


_BOARD: ContextVar[Board] = ContextVar("board")
_PAGES: ContextVar[dict[str, Page]] = ContextVar(
    "pages"
)  # a link to a file's name would look the file up on disk


def board() -> Board:
    """The view that the frame has opened for this run."""
    return _BOARD.get()


# --- the frame -------------------------------------------------------------------------------------------------------


def zone() -> ZoneInfo | None:
    """The reader's time zone as the browser tells it; None (the server's own) where it doesn't or it is unknown."""
    try:
        return ZoneInfo(st.context.timezone or "")
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return None


def configure() -> Translator:
    """The page's settings, and the words in the reader's language: first thing in a run."""
    _follow_back()
    t = words()
    st.set_page_config(page_title=t("app.title"), page_icon="📋", layout="wide")
    return t


def _follow_back() -> None:
    """Let the browser's Back undo what stands in the frame's text boxes.

    It changes the URL, and the other widgets with it, but a text box tells the server its old value (Streamlit 1.67).
    """
    if not st.session_state.pop("typed", False):
        for key in _TEXTS:
            if st.session_state.get(key, value := st.query_params.get(key, "")) != value:
                st.session_state[key] = value


def _typed() -> None:
    """The session has a text that the URL does not have yet: in the run of this callback the session is right."""
    st.session_state["typed"] = True


def navigate(names: Sequence[str], t: Translator) -> Page:
    """The navigation over the files of these names, the first of which opens the board; the page that is asked for."""
    pages = {
        name: st.Page(f"{name}.py", title=t(f"page.{name}"), default=name == names[0])
        for name in names
    }
    _PAGES.set(pages)
    return st.navigation([*pages.values()], position="top")


def words() -> Translator:
    """The words in the reader's language."""
    return i18n.translator(_language())


def _language() -> str:
    """The language that was chosen, that the URL names, or that the browser prefers; Chinese where none says."""
    for value in (st.session_state.get("lang"), st.query_params.get("lang")):
        if value in i18n.LANGUAGES:
            return str(value)
    locale = st.context.locale or "zh"
    return "zh" if locale.lower().startswith("zh") else "en"


def unexpected(error: Exception) -> bool:
    """Say that a page could not be drawn, and what to do; True: that is all that is shown."""
    st.error(plain(words()("note.unexpected", kind=type(error).__name__)))
    return True


def preview(table: measures.Table, version: tuple[object, ...], name: str) -> None:
    """Show a table to this session instead of the board's own, until `end_preview`; filters and day begin anew."""
    st.session_state["preview"] = _Loaded(table, version, None, name)
    reset()


def end_preview() -> None:
    """Show the board's own table again."""
    st.session_state.pop("preview", None)
    reset()


def _name_preview(name: str, t: Translator) -> None:
    with st.container(key="preview", horizontal=True, vertical_alignment="center", gap="small"):
        st.info(plain(t("preview.shown", name=errors.one_line(name))))
        st.button(t("preview.end"), key="preview_end", on_click=end_preview)


def open_board(day: date, needed: bool = True) -> bool:
    """Load the table, draw the filters, open the view that the page will draw; whether there is a table.

    Whatever the URL says and nothing fits, and whatever keeps the table from being read, is said to the reader.
    day: today, the as-of date of a first visit; needed: stop the run where there is no table.
    """
    language = _language()
    t = i18n.translator(language)
    loaded: _Loaded = st.session_state.get("preview") or _STORE.load()
    if loaded.table is None:
        if needed:
            st.error(
                plain(errors.describe(loaded.trouble or BoardError("empty", file=source().name), t))
            )
            link("intake", t("intake.instead"))
            st.stop()
        return False
    if loaded.name:
        _name_preview(loaded.name, t)
    name = loaded.name or source().name
    notes = [t("note.stale", why=errors.describe(loaded.trouble, t))] if loaded.trouble else []
    notes += [t("note.misfit", key=key, value=value) for key, value in _ensure(loaded.table, day)]
    with st.container(
        key="bar" if needed else "bar_bare",
        horizontal=True,
        vertical_alignment="center",
        gap="small",
    ):
        _filter_toggle(t)
        query = st.text_input(
            t("filter.search"),
            key="q",
            bind="query-params",
            on_change=_typed,
            placeholder=t("filter.search"),
            label_visibility="collapsed",
            width=240,
        )
        as_of = _as_of(t)
        _problems(loaded.table, name, t)
        _copy_link(t)
        _code("lang")
        st.segmented_control(
            t("filter.language"),
            required=True,
            label_visibility="collapsed",
            **_for_code("lang", i18n.LANGUAGES, lambda name: i18n.translator(name)("app.language")),
        )
        w = _code("w")
        weight = float(w) if _is_weight(w) else schema.DEFAULT_WEIGHT
    chosen, role = (
        _filters(loaded.table, loaded.version, weight, t, needed) if _filters_drawn() else ({}, "")
    )
    notes += [
        t("note.unknown", key=key, value=value) for key, value in _unknown(loaded.table, chosen)
    ]
    if role and role not in schema.ROLES:
        notes.append(t("note.misfit", key="role", value=role))
    if notes:
        st.warning("  \n".join(map(plain, notes)))
    filters: dict[str, Any] = {_FILTERS[name]: values for name, values in chosen.items() if values}
    filters |= {"role": role if role in schema.ROLES else "", "query": (query or "").strip()}
    key = tuple(filters.items())
    rows = _selected(loaded.version, key, loaded.table)
    words = _words(loaded.table, chosen, filters, (as_of, day), t)
    _BOARD.set(
        Board(loaded.table, loaded.version, rows, key, as_of, language, t, weight, words, name)
    )
    return True


def _words(
    table: measures.Table,
    chosen: Chosen,
    filters: dict[str, Any],
    days: tuple[date, date],
    t: Translator,
) -> str:
    """The as-of date and the filters in force; where the date is outside the lists' years or moved into them, that."""
    as_of, day = days
    words = [t("note.as_of", date=sentences.day(as_of, t))]
    years = workload.years(table, chosen.get("list", ()))
    if years and as_of.year not in years:
        words.append(t("note.beyond", years=sentences.years(years, t)))
    if as_of == _clamped(table, day, chosen.get("list", ())) != day:
        words.append(t("note.outside", date=sentences.day(day, t)))
    words.append(sentences.filters(chosen, filters["role"], filters["query"], t))
    return t("text.dot").join(word for word in words if word)


def _given(key: str, fits: Callable[[str], bool]) -> tuple[bool, list[str]]:
    """Whether the URL holds a value that fits, and the values that don't."""
    values = st.query_params.get_all(key)
    return any(map(fits, values)), [value for value in values if not fits(value)]


def _ensure(table: measures.Table, day: date) -> list[tuple[str, str]]:
    """Give lang, as_of and w a value in the widgets and in the URL, where neither has one that fits; what did not fit.

    A default of the widget would be left out of the URL, and the link would then mean something else tomorrow.
    """
    misfits: list[tuple[str, str]] = []
    default_day = _clamped(
        table, day, st.session_state.get("list") or st.query_params.get_all("list")
    )
    for key, fits, value, text in (
        ("lang", i18n.LANGUAGES.__contains__, _language(), _language()),
        ("as_of", _is_day, default_day, default_day.isoformat()),
        ("w", _is_weight, _WEIGHT, _WEIGHT),
    ):
        good, bad = _given(key, fits)
        misfits += [(key, found) for found in bad]
        if (
            key not in st.session_state
        ):  # the first run: the widget will take a good value from the URL
            if bad or not good:
                st.query_params[key] = text
                st.session_state[key] = value
        elif st.session_state[key] in (
            None,
            "",
        ):  # reset, or emptied by the reader: the URL still says what was
            st.session_state[key] = value
    if misfits and not {"today", "misfits"} & set(st.session_state):
        st.session_state["misfits"] = misfits
        st.rerun()  # with the URL as it is now: what a widget can't take from it, Streamlit would take out of it
    _roll_over(day)
    return list(st.session_state.pop("misfits", misfits))


def _roll_over(day: date) -> None:
    """A page that stands at today goes on to the new day at midnight; one that stands at another day stays there."""
    before = st.session_state.get("today")
    if before and before != day and st.session_state.get("as_of") == before:
        st.session_state["as_of"] = day
    st.session_state["today"] = day


def midnight(now: datetime) -> None:
    """Run again just after midnight, where the board stands at today."""
    if board().as_of != now.date():
        return
    left = datetime.combine(now.date() + timedelta(days=1), time(), now.tzinfo) - now
    runs: list[None] = []

    @st.fragment(run_every=left.total_seconds() + 5)
    def look() -> None:
        if runs:  # the first run is this one, the next comes by the clock
            st.rerun()
        runs.append(None)

    look()


def _clamped(table: measures.Table, day: date, lists: Sequence[str]) -> date:
    """The day itself, or the nearest one inside the years of the chosen lists."""
    years = workload.years(table, lists)
    if not years or day.year in years:
        return day
    ends = [date(year, 12, 31) if year < day.year else date(year, 1, 1) for year in years]
    return min(ends, key=lambda end: abs(end - day))


def _is_day(text: str) -> bool:
    """Whether a text is a day as the widget writes it: 2020-09-15, not 20200915 or 2020-W38-2."""
    try:
        day = date.fromisoformat(text)
        return _DAYS[0] <= day <= _DAYS[1] and day.isoformat() == text
    except ValueError:
        return False


def _is_weight(text: str) -> bool:
    try:
        return 0 <= float(text) <= 1
    except ValueError:
        return False


# --- the filters -----------------------------------------------------------------------------------------------------


def _filter_toggle(t: Translator) -> None:
    """The switch that shows the filters."""
    count = sum(bool(st.session_state.get(name)) for name in _FILTERS)
    st.toggle(t("filter.title", n=count) if count else t("filter.none"), key="filters_open")


def _filters_drawn() -> bool:
    """Whether the filters are on the page: where they are open, and, seen or not, where one may be in force.

    For only on the page a filter is kept in the URL. Else they are not there, so that nobody waits for them.
    """
    in_force = any(
        st.session_state.get(name) or name in st.query_params for name in (*_FILTERS, "role")
    )
    return in_force or bool(st.session_state["filters_open"])


def _filters(
    table: measures.Table, version: tuple[object, ...], weight: float, t: Translator, needed: bool
) -> tuple[Chosen, str]:
    """The values of each filter, and the role; out of sight while their switch is off."""
    options = _options(version, table)
    key = "filters" if needed and st.session_state["filters_open"] else "filters_away"
    with st.container(key=key, horizontal=True, vertical_alignment="bottom", gap="small"):
        chosen = {
            name: tuple(
                st.multiselect(
                    t(f"field.{name}"),
                    list(dict.fromkeys([*options[name], *st.session_state.get(name, ())])),
                    key=name,
                    bind="query-params",
                    accept_new_options=True,
                    select_all=False,  # it would stand in English, and all are the same as none
                    placeholder=t("filter.all"),
                    width=205,
                )
            )
            for name in _FILTERS
        }
        role = _code("role")
        st.selectbox(
            t("filter.as_role"),
            index=None,
            placeholder=t("role.any"),
            width=140,
            **_for_code("role", schema.ROLES, lambda name: t(f"role.{name}")),
        )
        _weight(t, weight)
        st.button(t("filter.reset"), key="reset", on_click=reset)
    return chosen, role


def _code(key: str) -> str:
    """A choice whose code stands in the URL, though the reader sees words; "" for none.

    A bound widget writes into the URL what it shows, which changes with the language, and only while it is on the page.
    So a text box that nobody sees (see the stylesheet) carries the code from page to page.
    """
    return st.text_input(key, key=key, bind="query-params", label_visibility="collapsed") or ""


def _for_code(key: str, codes: Sequence[str], words: Callable[[str], str]) -> dict[str, Any]:
    """The options, the key and the callback of a widget that shows the words of a code, and sets the code."""
    shown = f"{key}_shown"
    code: str = st.session_state[key]

    def taken() -> None:
        st.session_state[key] = _chosen(shown, codes, code)
        _typed()

    _follow_url(shown, code if code in codes else None, words)
    return {"options": codes, "format_func": words, "key": shown, "on_change": taken}


def _weight(t: Translator, weight: float) -> None:
    """The box for the weight, whose code the URL has."""

    def taken() -> None:
        chosen = st.session_state["w_shown"]
        st.session_state["w"] = "" if chosen is None else f"{chosen:g}"
        _typed()

    if st.session_state.get("w_shown") != weight:
        st.session_state["w_shown"] = weight
    st.number_input(
        t("filter.weight"),
        0.0,
        1.0,
        None,
        0.05,
        format="%.2f",
        key="w_shown",
        width=140,
        on_change=taken,
    )


def _follow_url(widget: str, code: str | None, words: Callable[[str], str]) -> None:
    """Let a widget show what the URL says, in the words of now: they change with the language.

    Written only where one of them differs, or the browser would set it anew each run.
    """
    said = code, words(code) if code else ""
    before = st.session_state.get(f"{widget}_said", said)
    if st.session_state.get(widget) != code or (before[0] == code and before != said):
        st.session_state[widget] = code
    st.session_state[f"{widget}_said"] = said


def _chosen(widget: str, options: Sequence[str], before: str) -> str:
    """The code that a widget has now, "" for none, or the one before where it has none of the options.

    When the language has changed, the browser sends the words that it showed before, as if they were chosen.
    """
    value = st.session_state[widget]
    return (value or "") if value in (*options, None) else before


@st.cache_resource(show_spinner=False, max_entries=4)
def _options(version: tuple[object, ...], _table: measures.Table) -> dict[str, list[str]]:
    """What the filters offer: labels in the order of the table, of names the ones with most measures first."""
    codes = _table.codes
    return {
        "list": codes.lists.names[:_OPTIONS],
        "section": codes.sections.names[:_OPTIONS],
        "leader": workload.busiest([codes.leaders], _OPTIONS),
        "department": workload.busiest([codes.lead, codes.support], _OPTIONS),
    }


def _unknown(table: measures.Table, chosen: Chosen) -> list[tuple[str, str]]:
    """The values of the filters that the table does not have; they stay, so that the view is empty and not wider."""
    codes = table.codes
    known: dict[str, measures.Labels | measures.Names] = {
        "list": codes.lists,
        "section": codes.sections,
        "leader": codes.leaders,
        "department": codes.lead,
    }
    return [
        (name, value)
        for name, values in chosen.items()
        for value in values
        if value not in known[name].position
    ]


def reset() -> None:
    """Take all filters off and go back to the default weight and day."""
    for name in _FILTERS:
        st.session_state[name] = []
    st.session_state.update({"role": "", "q": "", "w": "", "as_of": None})
    _typed()


def _as_of(t: Translator) -> date:
    """The as-of date, with a month back and a month forward."""
    st.button(t("filter.month_back"), key="as_of_previous", on_click=_move, args=(-1,))
    day = st.date_input(
        t("filter.as_of"),
        None,
        *_DAYS,
        key="as_of",
        bind="query-params",
        format="YYYY-MM-DD",
        label_visibility="collapsed",
        width=165,
    )
    st.button(t("filter.month_on"), key="as_of_next", on_click=_move, args=(1,))
    return day or date.min  # never empty: `_ensure` has given it a day


def _move(months: int) -> None:
    """Move the as-of date by months: the last day of a month stays a last day."""
    day: date = st.session_state["as_of"]
    index = day.year * 12 + day.month - 1 + months
    year, month = divmod(index, 12)
    last = calendar.monthrange(year, month + 1)[1]
    at_end = day.day == calendar.monthrange(day.year, day.month)[1]
    moved = date(year, month + 1, last if at_end else min(day.day, last))
    st.session_state["as_of"] = moved if _DAYS[0] <= moved <= _DAYS[1] else day


_COPY = st.components.v2.component(
    "copy_link", html='<button type="button"></button>', css=_BUTTON, js=_SCRIPT
)


def _copy_link(t: Translator) -> None:
    """A button that copies the address; its script also tells the browser the page's language."""
    _COPY(
        data={"label": t("link.copy"), "done": t("link.copied"), "lang": t("app.lang")},
        key="copy_link",
        width="content",
    )


def _problems(table: measures.Table, name: str, t: Translator) -> None:
    """How many problems the data has, and behind it the list of them."""
    if not table.problems:
        return
    with st.popover(
        t("problems.count", n=len(table.problems)), key="problems", on_change="rerun"
    ) as shown:
        if shown.open:
            found = table.problems[:_PROBLEMS]
            st.caption(
                plain(t("problems.intro", file=name, n=len(table.problems), shown=len(found)))
            )
            # Not in a table, which would cut the end of a sentence: what to write. The keyboard scrolls what has focus
            items = "".join(f"<li>{escape(errors.describe(problem, t))}</li>" for problem in found)
            st.html(f'<ul tabindex="0">{items}</ul>')


# --- drawing ---------------------------------------------------------------------------------------------------------


def plain(text: str) -> str:
    """Text from the data as Markdown that shows it as written: no markup, link, formula, directive or emoji code.

    Addresses would become links in spite of the backslashes; a character without width keeps them apart.
    """
    return _MARKDOWN.sub(r"\\\1", _ADDRESS.sub("\\g<0>\u2060", " ".join(text.split())))


def headline(text: str) -> None:
    """The page's sentence, below it the day and the filters in words; where nothing matches the way back, no more."""
    view = board()
    st.title(plain(text if view.total else view.t("headline.nothing")), anchor=False)
    st.caption(plain(view.words))
    if not view.total:
        st.info(plain(view.t("note.nothing")))
        st.button(view.t("filter.reset"), key="reset_here", on_click=reset, type="primary")
        st.stop()


def heading(text: str) -> None:
    """A heading inside a page."""
    st.subheader(plain(text), anchor=False)


def figure(
    chart: Any,
    key: str,
    finding: str,
    table: Callable[[], pd.DataFrame],
    on_pick: Callable[[str], None] | None = None,
) -> None:
    """A chart under its finding, with the same numbers as a table behind a button.

    finding: also the chart's alternative text. table: made when it is opened; its index holds what a row picks.
    on_pick: called with what was clicked in the chart or chosen in the table: the same by mouse and by keyboard.
    """
    view = board()
    with st.container(key=f"figure_{key}", gap=None):
        st.subheader(plain(finding), anchor=False)
        _table_view(key, table, on_pick, view.t)
        st.plotly_chart(
            chart,
            key=key,
            alt=finding,
            theme=None,
            config=charts.config(view.language),
            on_select=_picker(key, on_pick) if on_pick else "ignore",
            selection_mode="points",
        )


def _table_view(
    key: str,
    table: Callable[[], pd.DataFrame],
    on_pick: Callable[[str], None] | None,
    t: Translator,
) -> None:
    with st.popover(
        t("table.show"), key=f"{key}_table", on_change="rerun", type="tertiary"
    ) as shown:
        if shown.open:
            fit = tables.fitted(table())
            if not fit.picks:
                st.caption(t("chart.nothing"))
            grid(fit, f"{key}_rows", on_pick, width=640)


def grid(
    fit: tables.Fitted, key: str, on_pick: Callable[[str], None] | None, **options: Any
) -> None:
    """A table whose rows can be chosen; on_pick gets the index of the chosen row. Long texts wrap, they are not cut.

    One without rows is not drawn: what stands above it says so, and Streamlit would write “empty” into it.
    """
    if not fit.picks:
        return

    def chosen() -> None:
        rows = st.session_state[key]["selection"]["rows"]
        if rows and on_pick:
            on_pick(str(fit.picks[rows[0]]))

    if len(fit.picks) <= WHOLE:
        options.setdefault("height", "content")
    st.dataframe(
        fit.table,
        hide_index=True,
        key=key,
        on_select=chosen if on_pick else "ignore",
        selection_mode="single-row",
        row_height=35
        if fit.lines == 1
        else max(fit.lines * 18 + 20, 58),  # in rows above 4 rem lines are broken
        column_config={
            name: st.column_config.Column(width=width) for name, width in fit.widths.items()
        },
        placeholder="",
        **options,
    )


def _picker(key: str, on_pick: Callable[[str], None]) -> Callable[[], None]:
    def clicked() -> None:
        points = st.session_state[key]["selection"]["points"]
        data = points[0].get("customdata") if points else None
        if data:
            on_pick(str(data[0] if isinstance(data, list) else data))

    return clicked


def pick(name: str) -> None:
    """Put a name or id into the URL as what is picked, for the callback of a chart or table."""
    _put("pick", name)


def _put(key: str, value: str | None) -> None:
    """Write a page's own choice into the URL, where `choose` reads it; the browser's Back takes it out again."""
    if value:
        st.query_params[key] = value
    else:
        st.query_params.pop(key, None)


def go(page: str, **query: str) -> Callable[[str], None]:
    """A callback that opens another page; `{}` in a value stands for what was clicked.

    A callback can't switch the page, so it leaves word, and `follow` goes there in the same run.
    """

    def leave(name: str) -> None:
        st.session_state["go"] = (page, {key: value.format(name) for key, value in query.items()})

    return leave


def follow() -> None:
    """Go where a callback wants to go."""
    if "go" in st.session_state:
        page, query = st.session_state.pop("go")
        st.switch_page(page, query_params=query)


def link(page: str, label: str, query: dict[str, str] | None = None, **place: Any) -> None:
    """A link to another page. label: Markdown."""
    st.page_link(_PAGES.get()[page], label=label, query_params=query, **place)


def cards(states: dict[str, int], shown: Sequence[str]) -> None:
    """The counts of the overview, each a link to its rows; below them, smaller, the states that have no card."""
    t = board().t
    counts = {"": (t("card.measures"), board().total)}
    counts |= {
        name: (t("mark", mark=schema.STATES[name], text=t(f"state.{name}")), states[name])
        for name in shown
    }
    with st.container(key="cards", horizontal=True, gap="small"):
        for state, (label, n) in counts.items():
            query = {"state": state} if state else {}
            link("measures", f"{plain(label)} **{n:,}**", query, width="stretch")
    rest = {state: n for state, n in states.items() if n and state not in shown}
    if rest:
        with st.container(key="more_states", horizontal=True, gap="medium"):
            for state, n in rest.items():
                label = t("card.rest", mark=schema.STATES[state], text=t(f"state.{state}"), n=n)
                link("measures", plain(label), {"state": state})


def detail(view: Board, field: str, name: str) -> None:
    """One leader or department: the load in a sentence, the measures, the milestones; a button makes it a filter."""
    t, as_of = view.t, view.as_of
    months = workload.by_month(view.table, view.rows, as_of.year)
    led = view.within(departments=(name,), role="lead").total if field == "department" else None
    with st.container(border=True, key="detail"):
        with st.container(horizontal=True, vertical_alignment="center"):
            sentence = sentences.person(name, view.total, months, as_of.year, t, lead=led)
            st.subheader(plain(sentence), anchor=False, width="stretch")
            filter_by_pick(field, name)
        rows = workload.ordered(view.table, view.rows, as_of, "due")
        listing = workload.listing(view.table, rows[:PAGE_ROWS], as_of)
        if field == "department":
            listing["role"] = [
                t("role.lead") if name in lead else t("role.support") for lead in listing["lead"]
            ]
        columns = ("role", *COLUMNS) if field == "department" else COLUMNS
        grid(
            tables.fitted(tables.measures(listing, columns, t)),
            "detail_rows",
            go("measures.py", pick="{}"),
        )
        if len(rows) > PAGE_ROWS:
            st.caption(t("note.first_rows", n=PAGE_ROWS, total=len(rows)))
        milestones(rows[:PAGE_ROWS])


def milestones(rows: np.ndarray) -> None:
    """The milestones and targets of some rows as a table, if they have any."""
    view = board()
    found = workload.milestones(view.table, rows)
    if len(found):
        with st.container(key="figure_milestones", gap="small"):
            st.markdown(f"**{view.t('field.milestones')}**")
            grid(tables.fitted(tables.milestones(found, view.t)), "milestones", None)


def counting() -> workload.Counting:
    """Whether the grids of a page count what is due or what is in force; a switch whose code stands in the URL."""
    t = board().t
    fits, misfits = _given("count", ("due", "in_force").__contains__)
    _name_misfits("count", misfits)
    code = "in_force" if fits and st.query_params["count"] == "in_force" else "due"

    def words(name: str) -> str:
        return t(f"count.{name}")

    _follow_url("count_shown", code, words)
    st.segmented_control(
        t("count.label"),
        ("due", "in_force"),
        required=True,
        format_func=words,
        key="count_shown",
        on_change=lambda: _put("count", st.session_state["count_shown"]),
        label_visibility="collapsed",
    )
    return "in_force" if code == "in_force" else "due"


def months(view: Board) -> list[str]:
    """The months that can be asked for: all of the day's year, and any other in which something falls due."""
    year = (f"{view.as_of.year}-{month:02}" for month in range(1, 13))
    return sorted({*year, *workload.due_months(view.table, view.rows)})


def page_of(total: int) -> int:
    """The page of a long table, 1 where it fits on one; stands in the URL."""
    pages = max(-(-total // PAGE_ROWS), 1)
    if pages == 1 and set(st.query_params.get_all("page")) <= {"1"}:
        return 1
    t = board().t
    names = [str(number) for number in range(1, pages + 1)]

    def words(number: str) -> str:
        return t("page_of.number", n=number, total=pages)

    return int(choose("page", t("page_of.label"), names, words, words("1"), width=165) or 1)


def on_timeline(view: Board) -> Callable[[str], None]:
    """What a click on the timeline opens: a month its rows below, a bar its measure."""

    def opened(name: str) -> None:
        if name.isdigit():
            go("measures.py", pick="{}")(view.table.codes.ids[int(name)].as_py())
        else:
            _put("month", name)

    return opened


def downloads(rows: np.ndarray) -> None:
    """Buttons for the rows as CSV and .xlsx, with the as-of date and the filters on top; made when asked for."""
    view = board()
    preamble = (view.t("app.title"), view.words)
    with st.container(horizontal=True, gap="small"):
        for kind, make in (("csv", exports.csv), ("xlsx", exports.xlsx)):
            st.download_button(
                view.t(f"download.{kind}"),
                partial(make, view.table, rows, view.as_of, preamble, view.t),
                f"{Path(view.name).stem}-{view.as_of}.{kind}",
                "text/csv"
                if kind == "csv"
                else "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
                key=f"download_{kind}",
                on_click="ignore",
            )


def measure(row: int) -> None:
    """One measure in full: everything that the notice says about it, where it stands there, milestones and targets."""
    view = board()
    t, cells = view.t, view.table.rows.iloc[row]
    with st.container(border=True, key="detail"):
        st.subheader(plain(str(cells["title"])), anchor=False)
        facts = tables.facts(view.table, row, view.as_of, t)
        st.markdown(
            "\n".join(f"- **{plain(name)}**{t('text.colon')}{plain(text)}" for name, text in facts)
        )
        milestones(np.array([row]))


def pick_of(names: pd.Series, label: str, position: Callable[[str], int] | None = None) -> str:
    """What is picked on a page, "" for nothing: by a click in a chart or table, or by this select box.

    It offers the first names; another one that the URL asks for is taken too if it is among the names or, where
    `position` is given, has a position.
    """
    asked = st.query_params.get("pick")
    offered = names.iloc[:_OPTIONS].tolist()
    if (
        asked
        and asked not in offered
        and ((names == asked).any() or (position and position(asked) >= 0))
    ):
        offered.append(asked)
    return choose("pick", label, offered, empty=board().t("pick.nobody"), width=320)


def _name_misfits(key: str, values: Sequence[str]) -> None:
    for value in values:
        st.warning(plain(board().t("note.misfit", key=key, value=value)))


def choose(
    key: str,
    label: str,
    options: Sequence[str],
    words: Callable[[str], str] = str,
    empty: str = "",
    **place: Any,
) -> str:
    """A select box of this page whose code stands in the URL; "" where nothing is chosen.

    The URL alone holds the choice. A value in it that is none of the options is named on the page.
    """
    view = board()
    fits, misfits = _given(key, options.__contains__)
    _name_misfits(key, misfits)
    code = st.query_params[key] if fits else ""
    shown = f"{key}_shown"
    _follow_url(shown, code or None, words)
    st.selectbox(
        label,
        options,
        index=None,
        format_func=words,
        key=shown,
        placeholder=empty or view.t("filter.all"),
        on_change=lambda: _put(key, _chosen(shown, options, code)),
        **place,
    )
    return code


def filter_by_pick(field: str, name: str) -> None:
    """The button that turns what is picked into a filter."""
    t = board().t

    def turn() -> None:
        if not _filters_drawn():
            _put(
                field, name
            )  # a widget that is new on the page does not tell the URL what it was given
        st.session_state[field] = [name]
        _put("pick", None)

    st.button(t("pick.filter", name=plain(name)), key="pick_to_filter", on_click=turn)
