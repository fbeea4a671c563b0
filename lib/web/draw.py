"""What a page draws with: headline, charts and their tables, cards, downloads, links."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from contextvars import ContextVar
from functools import partial
from pathlib import Path
from typing import Any, Final, Literal
from urllib.parse import parse_qsl

import numpy as np
import streamlit as st
from streamlit.delta_generator import DeltaGenerator
from streamlit.navigation.page import Page

from lib import workload
from lib.answers import charts, exports, sentences
from lib.answers.marks import opens
from lib.answers.text_table import TextTable
from lib.i18n import Translator
from lib.web import address, bound, counts, filters, listing
from lib.web.drawing import Drawing
from lib.web.markdown import plain
from lib.web.table import Arranged, OnPick
from lib.web.table import draw as draw_table
from lib.web.view import FIRST_NAMES, Board, Limits, board

_OPENED: Final = frozenset(address.OPENED) - {address.COUNT.name, address.AT.name}
TABLE_WIDTH: Final = 640  # pixels of a table behind a chart
Whose = Literal["leader", "department"]
EXCEL: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


# --- words ----------------------------------------------------------------------------------------


def nothing() -> None:
    """Keep a place for what may stand there in another run.

    The browser knows an element by its place: where one comes or goes, all that follow are made
    anew, figures too.
    """
    st.empty()


def headline(text: str) -> None:
    """The page's sentence, below it the filters in words.

    Where nothing matches, the way back and no more; where there is nothing, how to bring it.
    """
    view = board()
    t = view.t
    if not len(view.table):
        _show_that_table_is_empty(view)
        st.stop()
    sentence = text if view.total else t("headline.nothing")
    scope_and_filters = [view.scope_words, view.filter_words]
    with st.container(key="headline", gap="xsmall"):
        st.title(plain(sentence), anchor=False)
        note(view.filter_words)
        with st.container(key="scope"):  # out of sight: what the picture of a figure says of itself
            st.text(t("text.dot").join(words for words in scope_and_filters if words))
    if not view.total:
        _show_way_back(t)
        st.stop()


def _show_that_table_is_empty(view: Board) -> None:
    st.title(plain(view.t("headline.no_rows")), anchor=False)
    st.info(plain(view.t("note.no_rows", file=view.name)))
    link("intake", view.t("intake.instead"))


def _show_way_back(t: Translator) -> None:
    st.info(plain(t("note.nothing")))
    st.button(
        t("filter.reset"),
        key="reset_here",
        on_click=filters.reset,
        type="primary",
    )


def title(text: str) -> None:
    """The heading of a sheet."""
    st.title(plain(text), anchor=False)


def heading(text: str) -> None:
    """A heading inside a page."""
    st.subheader(plain(text), anchor=False)


def note(text: str) -> None:
    """A small line of text, none where there is nothing to say."""
    if text:
        st.caption(plain(text))
    else:
        nothing()


# --- charts and tables ----------------------------------------------------------------------------


def figure(drawing: Drawing, on_pick: OnPick | None = None) -> None:
    """A chart under its finding, with the same numbers as a table behind a button.

    Args:
        drawing: the chart and what belongs to it.
        on_pick: called with what was clicked in the chart or chosen in the table: the same by mouse
            and by keyboard.
    """
    view = board()
    with st.container(key=f"figure_{drawing.key}", gap=None):
        st.subheader(plain(drawing.finding), anchor=False)
        _table_button(drawing, on_pick, view.t)
        if drawing.is_wide:
            with st.container(key=f"wide_{drawing.key}"):
                _chart(drawing, on_pick, view.language)
        else:
            _chart(drawing, on_pick, view.language)


def _chart(drawing: Drawing, on_pick: OnPick | None, language: str) -> None:
    opened = repr(bound.texts(address.OPENED))
    st.plotly_chart(
        drawing.chart.with_opened(opened),
        key=drawing.key,
        alt=drawing.finding,
        theme=None,
        config=charts.config(language),
        on_select=_chart_picker(drawing.key, on_pick) if on_pick else "ignore",
        selection_mode="points",
    )


def places(limits: Limits) -> Sequence[DeltaGenerator]:
    """Places for two figures: side by side where they have few names, else one below the other."""
    if limits == FIRST_NAMES:
        return st.columns(2, gap="medium")
    return [st.container(), st.container()]


def _table_button(drawing: Drawing, on_pick: OnPick | None, t: Translator) -> None:
    popover = st.popover(
        t("table.show"),
        key=f"{drawing.key}_table",
        on_change="rerun",
        type="tertiary",
    )
    if not popover.open:
        return
    with popover:
        table = drawing.table()
        if not table.rows:
            st.caption(t("chart.nothing"))
        key = f"{drawing.key}_rows"
        grid(table, key, on_pick, caption=drawing.finding, width=TABLE_WIDTH)


def _chart_picker(key: str, on_pick: OnPick) -> Callable[[], None]:
    def clicked() -> None:
        points = st.session_state[key]["selection"]["points"]
        if not points:
            return
        query = points[0].get("customdata")
        if query and isinstance(query, list):
            query = query[0]
        if query:
            on_pick(str(query))

    return clicked


def grid(
    table: TextTable,
    key: str,
    on_pick: OnPick | None,
    *,
    caption: str = "",
    at: str | None = None,
    arranged: Arranged | None = None,
    **place: Any,
) -> None:
    """A table whose rows can be chosen; one without rows is not drawn: what stands above says so.

    Args:
        table: what is drawn.
        key: of the component.
        on_pick: gets what the chosen row or cell opens.
        caption: what it is, for who does not see it.
        at: what is open; without it what the URL says is opened.
        arranged: where the table is a part of a list of measures: how the reader has it.
        place: of the component: its width.
    """
    t = board().t
    if not table.rows:
        nothing()
    else:
        draw_table(
            table,
            key,
            t,
            caption=caption or t("table.caption"),
            on_pick=on_pick,
            at=_opened_in(table) if at is None else at,
            arranged=arranged,
            **place,
        )


def _opened_in(table: TextTable) -> str:
    """Which of the things that a table opens the URL says is opened, "" for none.

    A table may offer thousands, so each is compared as it is written. What the grids count may stand in
    the URL without a month.
    """
    in_url = bound.texts(list(st.query_params))
    said = {name: opens(**{name: text}) for name, text in in_url.items()}
    of_name = {pair for name, pair in said.items() if name in _OPENED}
    of_measure = said.get(address.MEASURE.name)
    all_said = frozenset(said.values())
    opened: list[str] = []
    for query in table.offered:
        pairs = query.split("&")
        if all_said.issuperset(pairs) and (of_measure in pairs or of_name.issubset(pairs)):
            opened.append(query)
    return max(opened, key=len, default="")


# --- ways to other pages --------------------------------------------------------------------------

# By name: for a link by a file's name Streamlit would look the file up on disk
_LINKED: ContextVar[dict[str, Page]] = ContextVar("pages")


def set_pages(pages: dict[str, Page]) -> None:
    """Say which pages there are in this run, by name, so that `link` can lead there."""
    _LINKED.set(pages)


def link(page: str, label: str, query: Mapping[str, str] | None = None, **place: Any) -> None:
    """A link to another page, with the filters and the day, so that a new tab keeps them.

    Args:
        page: its name.
        label: Markdown.
        query: what the page is to show of them.
        place: of `st.page_link`.
    """
    of_link = query or {}
    parameters: list[tuple[str, str]] = []
    for name in address.FRAME:
        if name not in of_link:
            parameters += [(name, text) for text in st.query_params.get_all(name)]
    parameters += of_link.items()
    st.page_link(_LINKED.get()[page], label=label, query_params=parameters, **place)


def go(page: str) -> OnPick:
    """A callback that opens what was clicked on another page.

    A callback can't switch the page, so it leaves word, and `follow` goes there in the same run.
    """

    def leave_word(query: str) -> None:
        st.session_state["go"] = (page, dict(parse_qsl(query)))

    return leave_word


def follow() -> None:
    """Go where a callback wants to go."""
    if "go" in st.session_state:
        page, query = st.session_state.pop("go")
        bound.trust_session()  # the new URL has only `query`: the search, the role … are no Back
        st.switch_page(page, query_params=query)


# --- counts and files -----------------------------------------------------------------------------


def cards(states: Mapping[str, int], soon: int, shown: Sequence[str]) -> None:
    """The counts of the overview, each a link to its rows; on hover and focus what it counts.

    Below them, smaller, the states that have no card.

    Args:
        states: how many measures are in each date state.
        soon: how many fall due in the next 30 days, whatever their state.
        shown: the states that have cards, in their order; NEXT_30 among them. Where a list is followed,
            what is late has its card, and what is past its deadline none.
    """
    view = board()
    t = view.t
    if view.progress is not None:
        shown = [state for state in shown if state != "passed"]
    counts = {**states, workload.NEXT_30: soon}
    with st.container(key="cards", horizontal=True, gap="small"):
        _card(t("card.measures"), view.total, {}, t("card.measures_help"))
        for state in shown:
            label = t("mark", mark=workload.MARKS[state], text=t(f"state.{state}"))
            _card(label, counts[state], {"state": state}, t(f"card.help.{state}"))
    _states_without_card({state: n for state, n in states.items() if state not in shown}, t)


def _states_without_card(states: Mapping[str, int], t: Translator) -> None:
    """Links to the rows of the states that any measure has."""
    used = {state: count for state, count in states.items() if count}
    if not used:
        nothing()
        return
    with st.container(key="more_states", horizontal=True, gap="medium"):
        for state, count in used.items():
            mark = workload.MARKS[state]
            label = t("card.rest", mark=mark, text=t(f"state.{state}"), n=count)
            link("measures", plain(label), {"state": state})


def progress(view: Board) -> None:
    """What the ledger says of the view: a sentence, and cards of what waits. Without one, nothing."""
    if view.progress is None:
        nothing()
        return
    with st.container(key="progress", gap="small"):
        heading(view.once(counts.progress_headline))
        progress_cards(view.once(counts.in_progress))


def completion(view: Board, whose: Whose, on_pick: OnPick) -> None:
    """How much each leader or department has done, and how much of it in time. Without a ledger, nothing."""
    if view.progress is None:
        nothing()
        return
    t = view.t
    with st.container(key="completion_figure", gap="small"):
        heading(t(f"progress.completion.{whose}"))
        note(view.once(counts.punctuality))
        table = view.once(counts.completion, whose)
        grid(table, "completion", on_pick, caption=t(f"progress.completion.{whose}"))


def progress_cards(counts: Mapping[str, int]) -> None:
    """What the ledger counts, each a link to its rows. counts: by word of `ledger.selection`."""
    t = board().t
    with st.container(key="progress_cards", horizontal=True, gap="small"):
        for word, count in counts.items():
            meaning = t(f"progress.help.{word}")
            _card(t(f"progress.card.{word}"), count, {"progress": word}, meaning)


def _card(label: str, count: int, query: dict[str, str], meaning: str) -> None:
    link("measures", f"{plain(label)} **{count:,}**", query, help=meaning, width="stretch")


def downloads(rows: np.ndarray, of: workload.Part) -> None:
    """Buttons for the rows as CSV and .xlsx; in the file and its name stand the day and what fits.

    of: the part of the view's rows that they are.
    """
    with st.container(horizontal=True, gap="small", width="content"):
        _download("csv", exports.csv, "text/csv", rows, of)
        _download("xlsx", exports.xlsx, EXCEL, rows, of)


def _file(
    make: Callable[..., bytes], view: Board, rows: np.ndarray, preamble: Sequence[str]
) -> bytes:
    followed = listing.for_download(view, rows)
    return make(view.table, rows, view.as_of, preamble, view.t, followed)


def _download(
    kind: str, make: Callable[..., bytes], mime: str, rows: np.ndarray, of: workload.Part
) -> None:
    """A button for a file, which is made when it is asked for."""
    view = board()
    words = [view.filter_words, sentences.part(of, view.t)]
    conditions = [text for text in words if text]
    preamble = (view.scope_words, *conditions)
    name_parts = [Path(view.name).stem, *conditions]
    st.download_button(
        view.t(f"download.{kind}"),
        partial(_file, make, view, rows, preamble),
        exports.file_name(name_parts, view.as_of, kind),
        mime,
        key=f"download_{kind}",
        on_click="ignore",
    )
