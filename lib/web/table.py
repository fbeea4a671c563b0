"""A table on a page: a component of ours that draws an HTML table, by pages of its rows."""

from __future__ import annotations

from collections.abc import Callable, Container, Sequence
from dataclasses import replace
from typing import Any, Final, Literal, NamedTuple

import msgspec
import streamlit as st

from lib import workload
from lib.answers.tables import CHOOSABLE, COLUMNS, FIXED
from lib.answers.text_table import TextTable
from lib.i18n import Translator
from lib.web import components
from lib.web.view import PAGE_ROWS

TABLE: Final = components.of_assets("table", '<div class="place"></div>')
MARK: Final = components.of_assets("table_mark", "")
DOWN: Final = "-"  # before what is sorted by from the last to the first
TITLE: Final = "title"  # the column that a table of measures has, each of which may be a card
ON_CARDS: Final = frozenset({TITLE, "state", "due", "days_left", "leaders", "lead"})
WORDS: Final = ("more", "less", "columns", "orders", "back", "on")  # of the component
SORT_OF: Final = {"leaders": "leader"}  # column → what the rows of the whole list are sorted by

Paper = Literal["list", "sheet"]
OnPick = Callable[[str], None]  # gets what the row or the cell opens


class Arranged(NamedTuple):
    """How a reader has arranged a table.

    sort: what it is sorted by, with DOWN before it from the last to the first; "" for nothing.
    sort_by: takes another order.
    columns: of a list of measures what is shown of it; () where there is nothing to choose.
    show: takes other columns.
    offered: the columns that can be chosen.
    """

    sort: str
    sort_by: Callable[[str], None]
    columns: tuple[str, ...] = ()
    show: Callable[[Sequence[str]], None] | None = None
    offered: tuple[str, ...] = ()


def draw(
    table: TextTable,
    key: str,
    t: Translator,
    *,
    caption: str,
    on_pick: OnPick | None = None,
    at: str = "",
    arranged: Arranged | None = None,
    **place: Any,
) -> None:
    """Draw a table.

    Args:
        table: its rows; without `arranged` all that there are, which are sorted here.
        key: of the component.
        t: the reader's words.
        caption: what it is, for who does not see it.
        on_pick: called with what the row or the cell opens that was clicked, the open one too.
        at: what is open.
        arranged: of a list of measures, whose rows come sorted, since they may be a part of it.
        place: of the component: its width.
    """
    if not on_pick:
        table = replace(table, opens=(), cells_open={})
    if arranged:
        sorts = _names_of_columns(table)
    else:
        arranged = in_session(key)
        sorts = {str(column): column for column in range(len(table.columns))}
        table = _sorted(table, sorts, arranged.sort)
    message = _message(table, t, sorts, caption=caption, arranged=arranged)
    TABLE(
        key=key,
        data=msgspec.json.encode(message),
        **_listening(table, key, sorts, on_pick, arranged),
        **place,
    )
    if on_pick:
        MARK(key=f"mark_of_{key}", data={"table": key, "at": at})


def draw_on_paper(table: TextTable, key: str, t: Translator, paper: Paper) -> None:
    """Draw all rows of a table as they are printed, and nothing to press.

    Args:
        table: its rows.
        key: of the component.
        t: the reader's words.
        paper: a list has its texts whole, a sheet two lines of each.
    """
    bare = replace(table, opens=(), cells_open={})
    message = _message(bare, t, {}, caption=t("table.caption"), arranged=in_session(key))
    message |= {"orders": [], "asCards": False, "paper": paper, "pageRows": len(table.rows)}
    TABLE(key=key, data=msgspec.json.encode(message))


def _listening(
    table: TextTable,
    key: str,
    sorts: Container[str],
    on_pick: OnPick | None,
    arranged: Arranged,
) -> dict[str, Callable[[], None]]:
    """What listens to the browser, whatever it sends."""

    def said(name: str) -> str:
        return str(st.session_state[key][name])

    def opened() -> None:
        query = said("opened")
        if on_pick and query in table.offered:
            on_pick(query)

    def was_sorted() -> None:
        sort = said("sorted")
        if not sort or sort.removeprefix(DOWN) in sorts:
            arranged.sort_by(sort)

    def columns_chosen() -> None:
        columns = {*FIXED, *said("columns").split(",")}
        if arranged.show:
            arranged.show([name for name in CHOOSABLE if name in columns])

    return {
        "on_opened_change": opened,
        "on_sorted_change": was_sorted,
        "on_columns_change": columns_chosen,
    }


# --- order ----------------------------------------------------------------------------------------


def in_session(key: str, sort: str = "") -> Arranged:
    """The order of a table that the URL says nothing of.

    Args:
        key: of the table.
        sort: its order at first.
    """
    memory = f"{key}_sort"

    def sort_by(chosen: str) -> None:
        st.session_state[memory] = chosen

    return Arranged(st.session_state.get(memory, sort), sort_by)


def _sorted(table: TextTable, sorts: dict[str, int], sort: str) -> TextTable:
    column = sorts.get(sort.removeprefix(DOWN))
    if column is None:
        return table
    return table.in_order(column, down=sort.startswith(DOWN))


def _names_of_columns(table: TextTable) -> dict[str, int]:
    """What a list of measures is sorted by, with the places of the columns."""
    places: dict[str, int] = {}
    for place, column in enumerate(table.columns):
        name = SORT_OF.get(column.key, column.key)
        if name in workload.SORTABLE:
            places[name] = place
    return places


# --- what the browser gets ------------------------------------------------------------------------


def _message(
    table: TextTable,
    t: Translator,
    sorts: dict[str, int],
    *,
    caption: str,
    arranged: Arranged,
) -> dict[str, Any]:
    """The table as `assets/table.js` takes it."""
    keys = [column.key for column in table.columns]
    return {
        "caption": caption,
        "columns": _columns(table, keys, sorts),
        "rows": table.rows,
        "opens": table.opens,
        "cellsOpen": table.cells_open,
        "sort": arranged.sort,
        "orders": _orders(table, sorts, t),
        "choices": _choices(keys, arranged.offered, t),
        "pageRows": PAGE_ROWS,
        "asCards": TITLE in keys,
        "paper": "",
        "words": {word: t(f"table.{word}") for word in WORDS},
    }


def _columns(table: TextTable, keys: list[str], sorts: dict[str, int]) -> list[dict[str, Any]]:
    name_of_place = {place: name for name, place in sorts.items()}
    header = keys.index(TITLE) if TITLE in keys else 0
    return [
        {
            "key": key,
            "head": table.columns[place].head,
            "sort": name_of_place.get(place, ""),
            "isNumeric": place in table.numeric,
            "isHeader": place == header,
            "onCard": key in ON_CARDS or key not in COLUMNS,
        }
        for place, key in enumerate(keys)
    ]


def _orders(table: TextTable, sorts: dict[str, int], t: Translator) -> list[dict[str, str]]:
    """All orders in words, for a telephone, where a table has no heads."""
    orders = [{"sort": "", "words": t("sort.table")}]
    for name, place in sorts.items():
        head = table.columns[place].head
        orders.append({"sort": name, "words": t("sort.up", column=head)})
        orders.append({"sort": DOWN + name, "words": t("sort.down", column=head)})
    return orders


def _choices(keys: list[str], offered: Sequence[str], t: Translator) -> list[dict[str, Any]]:
    return [
        {"key": name, "head": t(f"field.{name}"), "isOn": name in keys, "isFixed": name in FIXED}
        for name in offered
    ]
