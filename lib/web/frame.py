"""What surrounds every page: settings, navigation, the bar with its filters, the view."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from typing import Final, NamedTuple

import streamlit as st
from streamlit.navigation.page import Page

from lib import errors, i18n, measures, search, workload
from lib.answers import sentences
from lib.errors import BoardError
from lib.i18n import Translator
from lib.web import address, bound, defaults, draw, filters, page_script, problems, store
from lib.web.filters import Filters
from lib.web.markdown import plain
from lib.web.pages import BoardPage
from lib.web.store import Loaded, Mended, Version
from lib.web.view import Board, board, open_view, selected

AFTER_MIDNIGHT: Final = 5  # seconds that clocks may differ


def words() -> Translator:
    """The words in the reader's language."""
    return i18n.translator(defaults.language())


def configure() -> Translator:
    """The page's settings, and the words in the reader's language: first thing in a run."""
    bound.follow_back()
    t = words()
    st.set_page_config(page_title=t("app.title"), page_icon="📋", layout="wide")
    return t


def navigate(pages: Sequence[BoardPage], t: Translator) -> tuple[BoardPage, Page]:
    """Draw the navigation.

    Args:
        pages: in their order.
        t: the reader's words.

    Returns:
        The page that is asked for, in our table and as Streamlit runs it.
    """
    scripts = {page.name: _script(page, t) for page in pages}
    draw.set_pages(scripts)
    asked = st.navigation([*scripts.values()], position="top")
    page = next(page for page in pages if page.path == asked.url_path)
    return page, asked


def _script(page: BoardPage, t: Translator) -> Page:
    title = t(f"page.{page.name}")
    return st.Page(f"{page.name}.py", title=title, default=page.path == "")


def unexpected(error: Exception) -> bool:
    """Say that a page could not be drawn, and what to do; True: that is all that is shown."""
    st.error(plain(words()("note.unexpected", kind=type(error).__name__)))
    return True


def midnight(now: datetime) -> None:
    """Run again just after midnight, where the board stands at today."""
    if board().as_of != now.date():
        return
    tomorrow = now.date() + timedelta(days=1)
    begin_of_tomorrow = datetime.combine(tomorrow, time(), now.tzinfo)
    seconds_left = (begin_of_tomorrow - now).total_seconds()
    runs: list[None] = []

    @st.fragment(run_every=seconds_left + AFTER_MIDNIGHT)
    def run_again() -> None:
        if runs:  # the first run is this one, the next comes by the clock
            st.rerun()
        runs.append(None)

    run_again()


# --- another table instead of the board's own -----------------------------------------------------


def preview(table: measures.Table, version: Version, name: str) -> None:
    """Show a table to this session instead of the board's own, until `end_preview`.

    Filters and day begin anew.
    """
    st.session_state["preview"] = Loaded(table, version, name=name, is_preview=True)
    filters.reset()


def end_preview() -> None:
    """Show the board's own table again."""
    st.session_state.pop("preview", None)
    filters.reset()


def _name_preview(name: str, t: Translator) -> None:
    with st.container(
        key="preview",
        horizontal=True,
        vertical_alignment="center",
        gap="small",
    ):
        st.info(plain(t("preview.shown", name=errors.one_line(name))))
        st.button(t("preview.end"), key="preview_end", on_click=end_preview)


def _name_mended(mended: Mended, t: Translator) -> None:
    """Say that a workbook's mended table is shown, of when both are, and what the workbook has since."""
    said = t(
        "mended.shown",
        file=mended.path.name,
        saved=defaults.minute(mended.saved),
        issued=mended.issued.name,
        changed=defaults.minute(mended.changed) if mended.changed else t("mended.gone"),
    )
    if mended.is_behind:
        behind = t("mended.behind", file=mended.path.name, issued=mended.issued.name)
        st.warning(plain(f"{said}  \n{behind}"))
    else:
        st.caption(plain(said))


# --- the view of this run -------------------------------------------------------------------------


def open_board(today: date, needed: bool = True) -> bool:
    """Load the table, draw the bar and the filters, and open the view that the page will draw.

    What fits nothing in the URL, and what keeps the table from being read, is said to the reader.

    Args:
        today: the as-of date of a first visit.
        needed: whether the page draws the table; where there is none, the run then ends here.

    Returns:
        Whether there is a table.
    """
    language = defaults.language()
    t = i18n.translator(language)
    loaded: Loaded = st.session_state.get("preview") or store.load()
    table = loaded.table
    if table is None:
        if needed:
            _say_why_no_table(loaded.trouble, t)
        return False
    if loaded.is_preview:
        _name_preview(loaded.name, t)
    name = loaded.name
    problems.show(loaded, t)
    misfits = defaults.fill_in(table, today)
    bar = _bar(table, name, t, needed)
    query = search.counted(bar.query)
    chosen = filters.draw(loaded, bar.weight, query, t, needed)
    if loaded.mended:
        _name_mended(loaded.mended, t)
    notes = [*_stale(loaded, t), *_misfits(misfits, t), *_unknown(table, chosen, t)]
    if query != bar.query:
        notes.append(t("note.long_query", n=search.LONGEST_QUERY, query=query))
    _warn(notes)
    key = chosen.key()
    open_view(
        Board(
            table=table,
            version=loaded.version,
            rows=selected(table, loaded.version, key),
            key=key,
            as_of=bar.as_of,
            language=language,
            t=t,
            weight=bar.weight,
            words=_view_in_words(table, chosen, bar.as_of, today, t),
            name=name,
        )
    )
    return True


class Bar(NamedTuple):
    """What the widgets of the bar say."""

    query: str
    as_of: date
    weight: float


def _bar(table: measures.Table, name: str, t: Translator, needed: bool) -> Bar:
    with st.container(
        key="bar" if needed else "bar_bare",
        horizontal=True,
        vertical_alignment="center",
        gap="small",
    ):
        filters.toggle(t)
        query = filters.search_box(t)
        as_of = filters.day_box(t)
        problems.count(table, t)
        page_script.draw(t)
        filters.language_switch(t)
        weight = filters.weight_in_url()
    return Bar(query, as_of, weight)


def _say_why_no_table(trouble: BoardError | None, t: Translator) -> None:
    """Say it, show the way to the one page that needs no table, and end the run."""
    error = trouble or BoardError("empty", file=store.source().name)
    st.error(plain(errors.describe(error, t)))
    draw.link("intake", t("intake.instead"))
    st.stop()


def _warn(notes: list[str]) -> None:
    if notes:
        st.warning("  \n".join(map(plain, notes)))


def _stale(loaded: Loaded, t: Translator) -> list[str]:
    if loaded.trouble is None:
        return []
    return [t("note.stale", why=errors.describe(loaded.trouble, t))]


def _misfits(misfits: list[defaults.Misfit], t: Translator) -> list[str]:
    return [t("note.misfit", key=misfit.key, value=misfit.text) for misfit in misfits]


def _unknown(table: measures.Table, chosen: Filters, t: Translator) -> list[str]:
    unknown = filters.unknown_names(table, chosen.names)
    notes = [t("note.unknown", key=key, value=name) for key, name in unknown]
    if chosen.role != chosen.known_role:
        notes.append(t("note.misfit", key=address.ROLE.name, value=chosen.role))
    return notes


def _view_in_words(
    table: measures.Table, chosen: Filters, as_of: date, today: date, t: Translator
) -> str:
    """The as-of date and the filters in force.

    Where the date is outside the lists' years, or was moved into them, that too.
    """
    parts = [t("note.as_of", date=sentences.day(as_of, t))]
    lists = chosen.names.get(address.LIST.name, ())
    years = workload.years(table, lists)
    outside = bool(years) and as_of.year not in years
    if outside:
        parts.append(t("note.beyond", years=sentences.years(years, t)))
    nearest = address.nearest_day(today, years)
    if as_of == nearest != today:
        parts.append(t("note.outside", date=sentences.day(today, t)))
    parts.append(sentences.filters(chosen.names, chosen.known_role, chosen.query, t))
    return t("text.dot").join(part for part in parts if part)
