"""A page's own choices: what is picked, sorted and counted, which month, which part of a table.

The URL alone holds a choice; a value in it that is none of the options is named on the page.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from functools import partial
from typing import Any, Final
from urllib.parse import parse_qsl

import pandas as pd
import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from lib import workload
from lib.answers.names import named
from lib.i18n import Translator
from lib.ledger import selection
from lib.text.excerpts import DRAWN
from lib.web import address, bound, filters, typed, uses
from lib.web.address import Parameter
from lib.web.defaults import address_reading
from lib.web.markdown import plain
from lib.web.view import FIRST_NAMES, MOST_NAMES, PAGE_ROWS, Board, Limits, board, months

# Names that the box for a pick offers; a click or a link reaches the others
OFFERED_PICKS: Final = 300
COUNTED: Final[tuple[workload.Counting, ...]] = ("due", "in_force")  # by the grids of a page
PAGE_BOX: Final = 165  # pixels
MONTH_BOX: Final = 140  # pixels
PROGRESS_BOX: Final = 190  # pixels
PICK_BOX: Final = 320  # pixels


def row() -> DeltaGenerator:
    """The row above the figures of a page in which its choices stand."""
    return st.container(horizontal=True, vertical_alignment="bottom", gap="small", key="choices")


def choose(
    parameter: Parameter,
    label: str,
    empty: str = "",
    resolve: Callable[[str], str] | None = None,
    **place: Any,
) -> str:
    """A select box over the codes of a parameter.

    Args:
        parameter: with the codes that it offers.
        label: of the box.
        empty: what stands in it where nothing is chosen, without it the word of the default.
        resolve: what was typed and is no code → the code, "" for none; without it nothing else can
            be typed.
        place: of `st.selectbox`: its width, its help.

    Returns:
        The code; where nothing is chosen, the parameter's default.
    """
    view = board()
    code = code_in_url(parameter)
    key = bound.shown_key(parameter)

    def word(name: str) -> str:
        return parameter.word(name, view.t)

    def set_code() -> None:
        value = st.session_state[key]
        if resolve and value and value not in parameter.codes:
            bound.put(parameter.name, resolve(value) or code)
        else:
            bound.put(parameter.name, bound.code_in(key, parameter.codes, code))

    bound.show_code(key, code or None, word)
    st.selectbox(
        label,
        parameter.codes,
        index=None,
        format_func=word,
        key=key,
        placeholder=empty or _word_of_default(parameter, view.t),
        accept_new_options=resolve is not None,
        on_change=set_code,
        **place,
    )
    return code or parameter.default


def _word_of_default(parameter: Parameter, t: Translator) -> str:
    if parameter.default:
        return parameter.word(parameter.default, t)
    return t("filter.all")


def code_in_url(parameter: Parameter) -> str:
    """What the URL says of a parameter and fits; what does not fit is named on the page once."""
    for misfit in filter(uses.is_news, uses.misfits(parameter)):
        st.warning(plain(board().t("note.misfit", key=misfit.key, value=misfit.text)))
    return address_reading(parameter).text


def counting() -> workload.Counting:
    """Whether the grids of a page count what is due or what is in force."""
    t = board().t
    parameter = address.COUNT
    code = code_in_url(parameter)
    if code not in COUNTED:
        code = "due"
    key = bound.shown_key(parameter)

    def word(name: str) -> str:
        return parameter.word(name, t)

    bound.show_code(key, code, word)
    st.segmented_control(
        t("count.label"),
        COUNTED,
        required=True,
        format_func=word,
        key=key,
        on_change=lambda: bound.put(parameter.name, st.session_state[key]),
        label_visibility="collapsed",
    )
    if code == "in_force":
        return "in_force"
    return "due"


def limits(count: int, fit: int = FIRST_NAMES.beside) -> Limits:
    """How many names the figures of a page show: the first, or all, which a switch decides.

    It stands there only where not all fit.

    Args:
        count: how many names there are, of the kind that has the most.
        fit: how many a figure of the page shows, the least of several.
    """
    parameter = address.NAMES
    shows_all = bool(code_in_url(parameter))
    all_fit = count <= fit + 1  # one too many is shown
    if shows_all or not all_fit:
        key = bound.shown_key(parameter)
        if st.session_state.get(key) != shows_all:
            st.session_state[key] = shows_all
        st.toggle(
            board().t("names.all"),
            key=key,
            on_change=lambda: bound.put(parameter.name, "all" if st.session_state[key] else None),
        )
    return MOST_NAMES if shows_all else FIRST_NAMES


def part(total: int) -> int:
    """Which part of a long table is shown, 1 for the first: there are PAGE_ROWS rows in each."""
    t = board().t
    first = address.PAGE.default
    parts = max(math.ceil(total / PAGE_ROWS), 1)
    in_url = uses.texts(address.PAGE)
    if parts == 1 and set(in_url) <= {first}:
        return 1

    def word(number: str, t: Translator) -> str:
        return t("page_of.number", n=number, total=parts)

    numbers = [str(number) for number in range(1, parts + 1)]
    offered = address.PAGE.among(numbers, word)
    return int(choose(offered, t("page_of.label"), width=PAGE_BOX))


def progress(view: Board) -> None:
    """What of the ledger is asked for, where a list is followed; a period's word if the URL has one."""
    if view.progress is None:
        return
    in_url = address_reading(address.PROGRESS).text
    words = dict.fromkeys(selection.offered(view.progress.reporting))
    if in_url:
        words[in_url] = None
    choose(address.PROGRESS.among(tuple(words)), view.t("field.light"), width=PROGRESS_BOX)


def month(view: Board) -> None:
    """The month whose rows are opened, with the one before and the one after it."""
    t = view.t
    offered = address.MONTH.among(view.once(months))
    stands_at = code_in_url(offered) or f"{view.as_of:%Y-%m}"

    def step(name: str, months: int) -> None:
        moved = address.month_moved(stands_at, months)
        st.button(
            t(f"month_step.{name}"),
            key=f"month_{name}",
            help=t(f"month_step.{name}_help"),
            on_click=bound.put,
            args=(address.MONTH.name, moved),
            disabled=moved not in offered.codes,
        )

    with st.container(
        key="month_step", horizontal=True, vertical_alignment="bottom", gap=None, width="content"
    ):
        step("previous", -1)
        choose(offered, t("field.month"), width=MONTH_BOX)
        step("next", 1)


# --- what is picked -------------------------------------------------------------------------------


def pick_measure(query: str) -> None:
    """Pick a measure in the list, or pick none where it is picked; for the callback of a table."""
    asked = dict(parse_qsl(query))[address.MEASURE.name]
    is_picked = st.query_params.get(address.PICK.name) == asked
    bound.put(address.PICK.name, None if is_picked else asked)


def picked(
    names: pd.Series,
    label: str,
    position: Callable[[str], int] | None = None,
    kind: str = "",
) -> str:
    """What is picked on a page, "" for nothing.

    By a click in a chart or table, or by this select box.

    Args:
        names: what can be picked; the box offers the first of them, but for those that no box can
            show.
        label: of the box.
        position: where a name of the URL stands that is none of `names`, -1 for nowhere.
        kind: of names, as `search.find` has it, where they are found by pinyin.
    """
    first = names.iloc[:OFFERED_PICKS]
    offered = [name for name in first.tolist() if len(name) <= DRAWN]
    asked = st.query_params.get(address.PICK.name)
    if asked and asked not in offered and _is_there(asked, names, position):
        offered.append(asked)
    t = board().t
    key = address.PICK.name

    def resolve(text: str) -> str:
        return typed.resolve_one(key, text, names, kind)

    name = choose(
        address.PICK.among(offered, named),
        label,
        t("pick.nobody"),
        resolve if kind else None,
        width=PICK_BOX,
    )
    typed.offer(key, partial(bound.put, key), t)
    return name


def _is_there(asked: str, names: pd.Series, position: Callable[[str], int] | None) -> bool:
    if (names == asked).any():
        return True
    return position is not None and position(asked) >= 0


def filter_by_pick(field: str, name: str) -> None:
    """The button that turns what is picked into a filter."""
    t = board().t

    def turn() -> None:
        # A widget that is new on the page does not tell the URL its value
        if not filters.are_drawn():
            bound.put(field, name)
        st.session_state[field] = [name]
        bound.put(address.PICK.name, None)

    words = named(name, t)
    st.button(t("pick.filter", name=plain(words)), key="pick_to_filter", on_click=turn)
