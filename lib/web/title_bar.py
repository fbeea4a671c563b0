"""The bar on top of every page: whose board it is, which list, how fresh, and at which day."""

from __future__ import annotations

import os
from typing import Final

import streamlit as st

from lib.answers import sentences
from lib.i18n import Translator
from lib.web import address, bound, defaults, draw, filters
from lib.web.markdown import plain
from lib.web.scope import Scope
from lib.web.store import Loaded

UNIT: Final = "BOARD_UNIT"  # in the environment: the name of the unit whose board it is


def unit() -> str:
    """The unit whose board it is, "" where nobody says."""
    return " ".join(os.environ.get(UNIT, "").split())


def tab_title(page: str, t: Translator) -> str:
    """What the browser's tab says. page: the page's name in the reader's words."""
    return t("title.tab", page=page, board=unit() or t("app.title"))


def draw_bar(loaded: Loaded, scope: Scope, t: Translator) -> tuple[str, ...]:
    """Draw the bar.

    Returns:
        The lists that are chosen in it, () for all.
    """
    has_years = len(scope.years) > 1
    with st.container(key="title_bar", horizontal=True, vertical_alignment="center", gap="small"):
        st.markdown(_whose(loaded, scope, t), width="content")
        if loaded.is_sample and not loaded.is_preview:
            draw.link("intake", plain(t("title.own")))
        if has_years or bound.code(address.YEAR):
            bound.code_box(address.YEAR)
        if has_years:
            _year_switch(scope, t)
        lists = _list_switch(scope, t)
        _day(scope, t)
    return lists


def _whose(loaded: Loaded, scope: Scope, t: Translator) -> str:
    """The product, the unit, the lists and how fresh they are, as Markdown."""
    name = f"**{plain(t('app.title'))}**"
    if loaded.is_sample and not loaded.is_preview:
        name = t("title.sample", name=name)
    parts = [name, plain(unit()), plain(lists_in_words(scope, t))]
    if loaded.saved:
        parts.append(plain(t("title.fresh", time=defaults.minute(loaded.saved))))
    return t("text.dot").join(part for part in parts if part)


def lists_in_words(scope: Scope, t: Translator) -> str:
    """The one list by its name, several by their number and years."""
    lists = scope.lists_shown
    if len(lists) == 1:
        return lists[0]
    years = sentences.years(scope.years_shown, t)
    return t("title.lists", n=len(lists), years=years) if lists else years


# --- the year, the lists, the day -----------------------------------------------------------------


def _year_switch(scope: Scope, t: Translator) -> None:
    """The years, the newest first, and all of them."""
    codes = [str(year) for year in reversed(scope.years)]

    def word(code: str) -> str:
        return t("title.all_years") if code == address.ALL_YEARS else code

    key = bound.shown_key(address.YEAR)
    bound.show_code(key, scope.year_code, word)
    st.segmented_control(
        t("field.year"),
        [*codes, address.ALL_YEARS],
        required=True,
        format_func=word,
        key=key,
        on_change=_set_year,
        label_visibility="collapsed",
    )


def _set_year() -> None:
    bound.put_code(address.YEAR, st.session_state[bound.shown_key(address.YEAR)])
    st.session_state[address.LIST.name] = []


def _list_switch(scope: Scope, t: Translator) -> tuple[str, ...]:
    """The lists of the year, where there are several."""
    if len(scope.offered) <= 1 and not scope.lists:
        return ()
    offered = scope.offered[: filters.OFFERED_NAMES]
    chosen = st.multiselect(
        t("field.list"),
        list(dict.fromkeys([*offered, *scope.lists])),
        key=address.LIST.name,
        bind="query-params",
        accept_new_options=True,
        select_all=False,
        placeholder=t("title.every_list", n=len(scope.offered)),
        label_visibility="collapsed",
        width="stretch",
    )
    return tuple(chosen)


def _day(scope: Scope, t: Translator) -> None:
    """Say in plain sight where the day is not today, and show the way back."""
    if scope.as_of == scope.today:
        return
    with st.container(key="other_day", horizontal=True, vertical_alignment="center", gap="small"):
        st.markdown(plain(other_day_in_words(scope, t)), width="content")
        if scope.is_chosen:
            st.button(
                _way_back(scope, t),
                key="back_to_today",
                type="tertiary",
                on_click=bound.put_code,
                args=(address.AS_OF, ""),
            )


def other_day_in_words(scope: Scope, t: Translator) -> str:
    """Why the day is not today: it was chosen, or today is outside the lists' years."""
    day = sentences.day(scope.as_of, t)
    years = sentences.years(scope.years_shown, t)
    if not scope.is_chosen:
        return t("title.nearest_day", date=day, years=years)
    text = t("title.other_day", date=day)
    if scope.years_shown and scope.as_of.year not in scope.years_shown:
        text += t("title.beyond", years=years)
    return text


def _way_back(scope: Scope, t: Translator) -> str:
    if scope.nearest == scope.today:
        return t("title.back_to_today")
    return t("title.back_to", date=sentences.day(scope.nearest, t))
