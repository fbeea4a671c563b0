"""What surrounds every page: settings, navigation, the bar with its filters, the view."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from typing import Final, NamedTuple

import streamlit as st
from streamlit.delta_generator import DeltaGenerator
from streamlit.navigation.page import Page

from lib import errors, i18n, measures, search, workload
from lib.answers import sentences
from lib.errors import BoardError
from lib.i18n import Translator
from lib.ledger import place
from lib.ledger.progress import Progress
from lib.web import (
    address,
    bound,
    defaults,
    draw,
    filters,
    ledgers,
    page_script,
    problems,
    store,
    title_bar,
    uses,
)
from lib.web.filters import Filters
from lib.web.markdown import plain
from lib.web.pages import BoardPage
from lib.web.scope import Scope
from lib.web.scope import scope as scope_of
from lib.web.store import Loaded, Mended, Version
from lib.web.uses import Misfit
from lib.web.view import Board, board, open_view, selected

AFTER_MIDNIGHT: Final = 5  # seconds that clocks may differ


def words() -> Translator:
    """The words in the reader's language."""
    return i18n.translator(defaults.language())


def begin() -> Translator:
    """Begin a run: nothing of the address has been read yet.

    Returns:
        The words in the reader's language.
    """
    uses.begin()
    bound.follow_back()
    return words()


def navigate(pages: Sequence[BoardPage], t: Translator) -> tuple[BoardPage, Page]:
    """Draw the navigation, and name the page in the browser's tab.

    Args:
        pages: in their order.
        t: the reader's words.

    Returns:
        The page that is asked for, in our table and as Streamlit runs it.
    """
    scripts = {page.name: _script(page, t) for page in pages}
    draw.set_pages(scripts)
    script = st.navigation([*scripts.values()], position="top")
    page = next(page for page in pages if page.path == script.url_path)
    tab_title = title_bar.tab_title(script.title, t)
    st.set_page_config(tab_title, page_icon="📋", layout="wide")
    return page, script


def _script(page: BoardPage, t: Translator) -> Page:
    title = t(f"page.{page.name}")
    return st.Page(f"{page.name}.py", title=title, default=page.path == "")


def unexpected(error: Exception) -> bool:
    """Say that a page could not be drawn, and what to do; True: that is all that is shown."""
    st.error(plain(words()("note.unexpected", kind=type(error).__name__)))
    return True


def name_unused(above: DeltaGenerator, t: Translator) -> None:
    """Say what of the address the page that has run has no use for, or could not apply.

    above: where it is said.
    """
    misfits = uses.unnamed()
    unused = uses.unused()
    if not misfits and not unused:
        return
    with above.container():
        _warn(_misfits(misfits, t))
        if unused:
            what = t("text.separator").join(unused)
            st.caption(plain(t("note.unused", what=what)))


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
    changed = t("mended.gone")
    if mended.changed:
        changed = defaults.minute(mended.changed)
    sentence = t(
        "mended.shown",
        file=mended.path.name,
        saved=defaults.minute(mended.saved),
        issued=mended.issued.name,
        changed=changed,
    )
    if mended.is_behind:
        behind = t("mended.behind", file=mended.path.name, issued=mended.issued.name)
        st.warning(plain(f"{sentence}  \n{behind}"))
    else:
        st.caption(plain(sentence))


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
    loaded: Loaded = st.session_state.get("preview") or store.load()
    if loaded.table is None:
        if needed:
            _say_why_no_table(loaded.trouble, i18n.translator(language))
        return False
    view = _view(loaded, loaded.table, today, language, needed)
    open_view(view)
    return True


def _view(loaded: Loaded, table: measures.Table, today: date, language: str, needed: bool) -> Board:
    """Draw what stands above every page, and make the view that the reader asks for there."""
    t = i18n.translator(language)
    if loaded.is_preview:
        _name_preview(loaded.name, t)
    problems.show(loaded, t)
    misfits = [*defaults.fill_in(), *_code_misfits(table)]
    followed = frozenset() if loaded.is_preview else ledgers.followed_lists(today)
    scope = _scope(table, today, followed)
    lists = title_bar.draw_bar(loaded, scope, t)
    scope = replace(scope, lists=lists)
    bar = _bar(table, scope, t, needed)
    query = search.counted(bar.query)
    chosen = filters.draw(loaded, scope, bar.weight, query, t, needed)
    if loaded.mended:
        _name_mended(loaded.mended, t)
    notes = [
        *_setting(t),
        *_stale(loaded, t),
        *_misfits(misfits, t),
        *_unknown(table, chosen, t),
    ]
    progress = _progress(loaded, scope, notes, t)
    if query != bar.query:
        notes.append(t("note.long_query", n=search.LONGEST_QUERY, query=query))
    _warn(notes)
    key = chosen.key()
    return Board(
        table=table,
        version=loaded.version,
        rows=selected(table, loaded.version, key),
        key=key,
        as_of=scope.as_of,
        language=language,
        t=t,
        weight=bar.weight,
        scope_words=_scope_in_words(scope, t),
        filter_words=_filters_in_words(chosen, t),
        name=loaded.name,
        today=today,
        progress=progress,
        years=scope.years_shown,
    )


def _progress(loaded: Loaded, scope: Scope, notes: list[str], t: Translator) -> Progress | None:
    """What the ledger says on a day; what keeps it from being read, or from being seen, is noted."""
    if loaded.is_preview or loaded.table is None:
        return None
    try:
        progress = ledgers.of_table(loaded.table, loaded.version, scope.as_of)
    except BoardError as error:
        notes.append(errors.describe(error, t))
        return None
    trouble = ledgers.follower().known().trouble
    if trouble:
        notes.append(errors.describe(trouble, t))
    last_day = ledgers.last_day()
    if last_day and scope.as_of == scope.today < last_day:
        notes.append(t("note.ledger_ahead", day=last_day.isoformat()))
    return progress


def _scope(table: measures.Table, today: date, followed: Collection[str]) -> Scope:
    """What the address says of the year, the lists and the day."""
    key = address.LIST.name
    lists = st.session_state.get(key) or st.query_params.get_all(key)
    year = bound.code(address.YEAR)
    as_of = bound.code(address.AS_OF)
    return scope_of(table, today, year=year, as_of=as_of, lists=lists, followed=followed)


def _code_misfits(table: measures.Table) -> list[Misfit]:
    """What the address says of days and the year and does not fit."""
    years = [str(year) for year in workload.years(table)]
    of_table = address.YEAR.among([*years, address.ALL_YEARS])
    parameters = (address.AS_OF, of_table, address.DUE_FROM, address.DUE_TO)
    return [misfit for parameter in parameters for misfit in uses.misfits(parameter)]


class Bar(NamedTuple):
    """What the widgets of the bar say."""

    query: str
    weight: float


def _bar(table: measures.Table, scope: Scope, t: Translator, needed: bool) -> Bar:
    with st.container(
        key="bar" if needed else "bar_bare",
        horizontal=True,
        vertical_alignment="center",
        gap="small",
    ):
        filters.toggle(t)
        query = filters.search_box(t)
        filters.day_box(scope, t)
        problems.count(table, t)
        page_script.draw(scope, t)
        filters.language_switch(t)
        weight = filters.weight_in_url()
    return Bar(query, weight)


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


def _misfits(misfits: list[Misfit], t: Translator) -> list[str]:
    return [t("note.misfit", key=misfit.key, value=misfit.text) for misfit in misfits]


def _setting(t: Translator) -> list[str]:
    name = place.unknown_zone()
    return [t("note.unknown_zone", value=name, zone=place.ZONE)] if name else []


def _unknown(table: measures.Table, chosen: Filters, t: Translator) -> list[str]:
    unknown = filters.unknown_names(table, chosen.names)
    notes = [t("note.unknown", key=key, value=name) for key, name in unknown]
    if chosen.role != chosen.known_role:
        notes.append(t("note.misfit", key=address.ROLE.name, value=chosen.role))
    return notes


def _scope_in_words(scope: Scope, t: Translator) -> str:
    """The lists and the as-of date, as they stand above what leaves the board."""
    parts = [
        title_bar.lists_in_words(scope, t),
        t("note.as_of", date=sentences.day(scope.as_of, t)),
    ]
    return t("text.dot").join(part for part in parts if part)


def _filters_in_words(chosen: Filters, t: Translator) -> str:
    """The filters in force, without the lists, which stand in the title bar."""
    names = {name: values for name, values in chosen.names.items() if name != address.LIST.name}
    return sentences.filters(names, chosen.known_role, chosen.query, chosen.when, t)
