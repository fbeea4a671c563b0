"""The widgets of the frame: search, day, language, and behind a switch the filters."""

from __future__ import annotations

from datetime import date
from functools import partial
from typing import Final, NamedTuple

import streamlit as st

from lib import measures, workload
from lib.i18n import Translator
from lib.measures import When, schema
from lib.web import address, bound, components, typed
from lib.web.address import NAME_FILTERS
from lib.web.kept import Kept
from lib.web.scope import Scope
from lib.web.store import Loaded
from lib.web.view import FilterKey

OFFERED_NAMES: Final = 300  # names that a filter offers; any other can be typed
WEIGHT_STEP: Final = 0.05
NAMES: Final = (address.SECTION.name, address.LEADER.name, address.DEPARTMENT.name)
BEHIND_SWITCH: Final = (*NAMES, address.DUE_FROM.name, address.DUE_TO.name)
FOLDED: Final = components.ASSETS / "folded.css"
TYPING_PAUSE: Final = "400ms"  # of rest, or what an input method gives, after which it is searched
_OFFERED: Final = Kept(4)  # names on offer, by the version of the table

NameFilters = dict[str, tuple[str, ...]]  # filter → the names chosen


class Filters(NamedTuple):
    """What the widgets say.

    names: the ones chosen in each filter.
    role: as the URL has it.
    query: the text searched for.
    when: of which year's lists, and due between which days.
    """

    names: NameFilters
    role: str
    query: str
    when: When

    @property
    def known_role(self) -> str:
        """The role, "" where it is none."""
        return self.role if self.role in schema.ROLES else ""

    def key(self) -> FilterKey:
        """The filters as `measures.select` takes them."""
        names = [(NAME_FILTERS[name], values) for name, values in self.names.items() if values]
        return (
            *names,
            ("role", self.known_role),
            ("query", self.query),
            ("when", self.when),
        )


def reset() -> None:
    """Take all filters off and go back to the default weight, year and day."""
    for name in NAME_FILTERS:
        st.session_state[name] = []
        typed.forget(name)
    for box in bound.TEXT_BOXES:
        if box is not address.LANGUAGE:
            st.session_state[box.name] = ""
    bound.trust_session()


# --- in the bar -----------------------------------------------------------------------------------


def toggle(t: Translator) -> None:
    """The switch that shows the filters, with how many are in force."""
    in_force = sum(bool(st.session_state.get(name)) for name in BEHIND_SWITCH)
    label = t("filter.title", n=in_force) if in_force else t("filter.none")
    if not st.toggle(label, key="filters_open"):
        st.html(FOLDED)


def search_box(t: Translator) -> str:
    """The text to search for."""
    query = st.text_input(
        t("filter.search"),
        key=address.QUERY.name,
        bind="query-params",
        on_change=bound.trust_session,
        live=TYPING_PAUSE,
        placeholder=t("filter.search"),
        label_visibility="collapsed",
        width=240,
    )
    return (query or "").strip()


def day_box(scope: Scope, t: Translator) -> None:
    """The as-of day; the nearest day is no choice."""
    label = t("filter.as_of")
    _date_box(address.AS_OF, label, scope.as_of, no_choice=scope.nearest, width=225)


def _date_box(
    parameter: address.Parameter,
    label: str,
    shown: date | None,
    *,
    no_choice: date | None = None,
    width: int,
) -> None:
    """The box in which the reader sees and sets a day, and the one that carries it through the URL.

    Args:
        parameter: of the URL.
        label: of the box.
        shown: the day in it.
        no_choice: a day that is left out of the URL.
        width: in pixels.
    """
    bound.code_box(parameter)
    key = bound.shown_key(parameter)

    def set_day() -> None:
        day = st.session_state[key]
        is_choice = day not in {None, no_choice}
        bound.put_code(parameter, day.isoformat() if is_choice else "")

    if st.session_state.get(key) != shown:
        st.session_state[key] = shown
    st.date_input(
        label,
        None,
        address.FIRST_DAY,
        address.LAST_DAY,
        key=key,
        on_change=set_day,
        format="YYYY-MM-DD",
        width=width,
    )


def language_switch(t: Translator) -> None:
    """The languages, each in its own words."""
    bound.code_box(address.LANGUAGE)
    st.segmented_control(
        t("filter.language"),
        required=True,
        label_visibility="collapsed",
        **bound.words_of_code(address.LANGUAGE, t),
    )


def weight_in_url() -> float:
    """The weight of a support, from the box that carries it through the URL."""
    weight = address.parse_weight(bound.code_box(address.WEIGHT))
    return schema.DEFAULT_WEIGHT if weight is None else weight


# --- behind the switch ----------------------------------------------------------------------------


def are_drawn() -> bool:
    """Whether the filters are on the page: where they are open, and where one may be in force.

    For only on the page, in sight or not, a filter is kept in the URL. Else they are not there, so
    that nobody waits for them.
    """
    if st.session_state["filters_open"]:
        return True
    return any(
        st.session_state.get(name) or name in st.query_params
        for name in (*BEHIND_SWITCH, address.ROLE.name)
    )


def draw(
    loaded: Loaded, scope: Scope, weight: float, query: str, t: Translator, needed: bool
) -> Filters:
    """The filters, where they are needed to keep the URL or are open.

    Args:
        loaded: the table and its version.
        scope: the year and the lists, which are chosen elsewhere.
        weight: what the box for it shows.
        query: what is searched for.
        t: the reader's words.
        needed: whether the page draws the table; on others they stay out of sight.

    Returns:
        What all widgets of the frame say.
    """
    table = loaded.table
    names: NameFilters = {address.LIST.name: scope.lists}
    if table is None or not are_drawn():
        return Filters(names, "", query, When(scope.year))
    in_sight = needed and st.session_state["filters_open"]
    offered = _OFFERED.get(loaded.version, lambda: _names_on_offer(table))
    columns = _columns(table)
    with st.container(
        key="filters" if in_sight else "filters_away",
        horizontal=True,
        vertical_alignment="bottom",
        gap="small",
    ):
        for name in NAMES:
            names[name] = _name_filter(name, offered[name], columns[name], t)
        role = _role_filter(t)
        first = _due_filter(address.DUE_FROM, t)
        last = _due_filter(address.DUE_TO, t)
        _weight_box(weight, t)
        st.button(t("filter.reset"), key="reset", on_click=reset)
        for name in NAMES:
            typed.offer(name, partial(_choose, name), t)
    return Filters(names, role, query, When(scope.year, first, last))


def _name_filter(
    name: str, offered: list[str], column: typed.Column, t: Translator
) -> tuple[str, ...]:
    chosen = st.session_state.get(name, ())
    names = st.multiselect(
        t(f"field.{name}"),
        list(dict.fromkeys([*offered, *chosen])),
        key=name,
        on_change=typed.resolve,
        args=(name, column, "person" if name == address.LEADER.name else "name"),
        bind="query-params",
        accept_new_options=True,
        select_all=False,  # it would stand in English, and all are the same as none
        placeholder=t("filter.all"),
        width=205,
    )
    return tuple(names)


def _choose(filter_name: str, name: str) -> None:
    """Add a name to a filter."""
    st.session_state[filter_name] = [*st.session_state[filter_name], name]


def _role_filter(t: Translator) -> str:
    role = bound.code_box(address.ROLE)
    st.selectbox(
        t("filter.as_role"),
        index=None,
        placeholder=t("role.any"),
        width=140,
        **bound.words_of_code(address.ROLE, t),
    )
    return role


def _due_filter(parameter: address.Parameter, t: Translator) -> date | None:
    """The first or the last day of what falls due."""
    day = address.parse_day(bound.code(parameter))
    _date_box(parameter, t(f"filter.due_{parameter.name}"), day, width=165)
    return day


def _weight_box(weight: float, t: Translator) -> None:
    """The box in which the reader sees and sets the weight."""
    key = bound.shown_key(address.WEIGHT)

    def set_weight() -> None:
        value = st.session_state[key]
        st.session_state[address.WEIGHT.name] = "" if value is None else f"{value:g}"
        bound.trust_session()

    if st.session_state.get(key) != weight:
        st.session_state[key] = weight
    st.number_input(
        t("filter.weight"),
        0.0,
        1.0,
        None,
        WEIGHT_STEP,
        format="%.2f",
        key=key,
        width=140,
        help=t("help.weight"),
        on_change=set_weight,
    )


def _names_on_offer(table: measures.Table) -> dict[str, list[str]]:
    """Labels in the order of the table; leaders and departments with most measures first."""
    codes = table.codes
    return {
        "section": [name or measures.NOBODY for name in codes.sections.names[:OFFERED_NAMES]],
        "leader": workload.busiest([codes.leaders], OFFERED_NAMES),
        "department": workload.busiest([codes.lead, codes.support], OFFERED_NAMES),
    }


def unknown_names(table: measures.Table, names: NameFilters) -> list[tuple[str, str]]:
    """The filters' names that the table does not have, each with its filter.

    They stay in force, so that the view is empty and not wider.
    """
    columns = _columns(table)
    return [
        (filter_name, name)
        for filter_name, chosen in names.items()
        for name in chosen
        if columns[filter_name].code_of(name) < 0
    ]


def _columns(table: measures.Table) -> dict[str, typed.Column]:
    """For each filter the column with the names that there are."""
    codes = table.codes
    return {
        "list": codes.lists,
        "section": codes.sections,
        "leader": codes.leaders,
        "department": codes.lead,
    }
