"""The page around the desk: it asks for a notice, says what was read, and hands it out again."""

from __future__ import annotations

import itertools
from collections.abc import Iterable
from functools import partial
from pathlib import Path

import streamlit as st
from streamlit.runtime.uploaded_file_manager import UploadedFile

from lib import errors, measures
from lib.apart import reader
from lib.apart.message import Drawn, Source
from lib.errors import BoardError
from lib.i18n import Translator
from lib.notices.message import Edit
from lib.web import draw, frame, streamlit_internals
from lib.web.intake import keeping, offers
from lib.web.intake.draft import OnDesk, current, next_number, put_on_desk
from lib.web.markdown import plain

PASTE_HEIGHT = 154  # pixels, as high as the place for a file beside it

_PREVIEWS = itertools.count()  # each has a number, by which the pages know what they have made


def headline(on_desk: OnDesk | None, t: Translator) -> str:
    """Say what was read, and what is left to check."""
    if on_desk is None:
        return t("intake.headline.none")
    drawn = on_desk.drawn
    if not drawn.measures:
        return t("intake.headline.columns" if drawn.is_table else "intake.headline.nothing")
    counts = {"read": drawn.measures, "milestones": drawn.milestones, "left": drawn.left}
    sentence = "".join(t(f"intake.headline.{name}", n=n) for name, n in counts.items() if n)
    if not drawn.left:
        sentence += t("intake.headline.checked")
    return sentence


# --- a notice comes in ----------------------------------------------------------------------------


def ask(t: Translator) -> None:
    """Ask for a file or for pasted text, unless there is a draft and no other notice was asked for.

    What can't be read is said below the two places, and they stay.
    """
    has_draft = current() is not None
    if has_draft and not st.session_state.get("another"):
        return
    number = next_number()
    kept = offers.chosen(current(), t)
    left, right = st.columns(2)
    with left:
        file = _file(t)
    with right:
        text = _text(number, t)
    if not has_draft:
        st.markdown(t("intake.steps"))
    if text is not None:
        _read(Source(text.encode(), t("intake.pasted"), is_pasted=True), t)
    elif file is not None:
        _read(Source(_taken(file), file.name), t)
    elif kept is not None:
        _go_on(kept, t)
    _say_refusal(t)


def _file(t: Translator) -> UploadedFile | None:
    """The place for a file; what was put there."""
    with st.container(key="drop"):
        files_before = st.session_state.get("files_taken", 0)
        file = st.file_uploader(t("intake.file"), key=f"file_{files_before}")
        st.caption(t("intake.kinds"))
    return file


def _text(number: int, t: Translator) -> str | None:
    """The place for pasted text; what stands there, once the button below it is pressed."""
    text = st.text_area(
        t("intake.paste"),
        key=f"paste_{number}",
        height=PASTE_HEIGHT,
        placeholder=t("intake.paste_hint"),
    )
    if st.button(t("intake.read"), key="read", type="primary"):
        return text
    return None


def _taken(file: UploadedFile) -> bytes:
    """The bytes of a file, which nobody else keeps from now on: its place is empty again.

    So it is read once, and not again with every run.
    """
    data = file.getvalue()
    streamlit_internals.give_back(file)
    st.session_state["files_taken"] = st.session_state.get("files_taken", 0) + 1
    return data


def _go_on(kept: object, t: Translator) -> None:
    """Read a draft that the browser has kept onto the desk, with its edits."""
    try:
        draft = keeping.unpacked(kept)
    except BoardError as error:
        st.session_state["refused"] = error
    else:
        _read(draft.source, t, draft.log, draft.key)


def _read(source: Source, t: Translator, log: Iterable[Edit] = (), before: str = "") -> None:
    """Read a notice onto the desk, or keep why it can't be read; then begin a new run.

    Args:
        log, before: of a draft that was kept, as `put_on_desk` takes them.
    """
    try:
        with st.spinner(t("intake.reading", name=plain(errors.one_line(source.name)))):
            put_on_desk(source, log, before)
    except BoardError as error:
        st.session_state["refused"] = error
    st.rerun()


def _say_refusal(t: Translator) -> None:
    """Say why the last notice could not be read, until another is."""
    refused: BoardError | None = st.session_state.get("refused")
    if refused is not None:
        _say(refused, t)


def _say(error: BoardError, t: Translator) -> None:
    st.error(plain(errors.describe(error, t)))


# --- the draft as a whole -------------------------------------------------------------------------


def head(on_desk: OnDesk, t: Translator) -> None:
    """Say where the notice comes from, and offer what can be done with the draft as a whole."""
    has_measures = on_desk.drawn.measures > 0
    st.caption(plain(_origin(on_desk.drawn, t)))
    with st.container(key="acts", horizontal=True, gap="small"):
        st.button(
            t("intake.preview"),
            key="intake_preview",
            on_click=_preview,
            args=(on_desk, t),
            disabled=not has_measures,
        )
        if has_measures:
            _downloads(on_desk, t)
        another = st.session_state.get("another", False)
        st.button(
            t("intake.back" if another else "intake.another"),
            key="intake_another",
            on_click=lambda: st.session_state.update(another=not another),
        )
    if on_desk.refused:
        _say(on_desk.refused, t)
    if on_desk.lost:
        st.warning(t("intake.lost", n=on_desk.lost))


def _origin(drawn: Drawn, t: Translator) -> str:
    facts = [drawn.name, drawn.issuer, drawn.document_number]
    if drawn.issued:
        facts.append(drawn.issued.isoformat())
    return t("text.dot").join(errors.one_line(fact) for fact in facts if fact)


def _downloads(on_desk: OnDesk, t: Translator) -> None:
    """Offer the table as CSV and .xlsx, and the milestones, as `measures.read` reads them back."""
    name = on_desk.drawn.name
    table = Path(f"{Path(name).stem or 'measures'}.csv")
    files = {"csv": table}
    if on_desk.drawn.milestones:
        files["milestones"] = measures.milestones_path(table)
    files["xlsx"] = table.with_suffix(".xlsx")
    for kind, file in files.items():
        st.download_button(
            t(f"intake.download.{kind}"),
            partial(reader.file, on_desk.draft, name, kind),
            file.name,
            key=f"intake_{kind}",
            on_click="ignore",
        )


def _preview(on_desk: OnDesk, t: Translator) -> None:
    """Show the board over the draft, to this session alone; nothing is saved."""
    name = on_desk.drawn.name
    try:
        table = reader.tried(on_desk.draft, name)
    except BoardError as error:
        _say(error, t)
        return
    frame.preview(table, ("preview", next(_PREVIEWS)), name)
    draw.go("overview.py")("")
