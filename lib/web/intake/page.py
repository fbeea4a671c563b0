"""The page around the desk: it asks for a notice, says what was read, and hands it out again."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from functools import partial
from pathlib import Path

import streamlit as st
from streamlit.runtime.uploaded_file_manager import UploadedFile

from lib import errors, measures
from lib.apart import reader
from lib.errors import BoardError
from lib.i18n import Translator
from lib.notices import output
from lib.notices.draft import doubts
from lib.notices.model import Notice
from lib.web import draw, frame, streamlit_internals
from lib.web.intake.draft import Draft, current, next_number, put_on_desk
from lib.web.markdown import plain

PASTE_HEIGHT = 154  # pixels, as high as the place for a file beside it


def headline(draft: Draft | None, t: Translator) -> str:
    """Say what was read, and what is left to check."""
    if draft is None:
        return t("intake.headline.none")
    notice = draft.notice
    if not notice.measures:
        return t("intake.headline.nothing")
    counts = {
        "read": len(notice.measures),
        "milestones": len(notice.milestones),
        "left": len(list(doubts(notice))),
    }
    sentence = "".join(t(f"intake.headline.{name}", n=n) for name, n in counts.items() if n)
    if not counts["left"]:
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
    left, right = st.columns(2)
    with left:
        file = _file(t)
    with right:
        text = _text(number, t)
    if not has_draft:
        st.markdown(t("intake.steps"))
    if text is not None:
        name = t("intake.pasted")
        _read(name, partial(reader.text, text, name), t)
    elif file is not None:
        data = _taken(file)
        _read(file.name, partial(reader.notice_of, data, file.name), t)
    _say_refusal(t)


def _file(t: Translator) -> UploadedFile | None:
    """The place for a file; what was put there."""
    with st.container(key="drop"):
        taken = st.session_state.get("files_taken", 0)
        file = st.file_uploader(t("intake.file"), key=f"file_{taken}")
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


def _read(name: str, read: Callable[[], Notice], t: Translator) -> None:
    """Read a notice onto the desk, or keep why it can't be read; then begin a new run."""
    try:
        with st.spinner(t("intake.reading", name=plain(errors.one_line(name)))):
            notice = read()
    except BoardError as error:
        st.session_state["refused"] = error
    else:
        put_on_desk(notice)
    st.rerun()


def _say_refusal(t: Translator) -> None:
    """Say why the last notice could not be read, until another is."""
    refused: BoardError | None = st.session_state.get("refused")
    if refused is not None:
        _say(refused, t)


def _say(error: BoardError, t: Translator) -> None:
    st.error(plain(errors.describe(error, t)))


# --- the draft as a whole -------------------------------------------------------------------------


def head(draft: Draft, t: Translator) -> None:
    """Say where the notice comes from, and offer what can be done with the draft as a whole."""
    st.caption(plain(_origin(draft.notice, t)))
    with st.container(key="acts", horizontal=True, gap="small"):
        st.button(
            t("intake.preview"),
            key="intake_preview",
            on_click=_preview,
            args=(draft, t),
            disabled=not draft.notice.measures,
        )
        if draft.notice.measures:
            _downloads(draft, t)
        another = st.session_state.get("another", False)
        st.button(
            t("intake.back" if another else "intake.another"),
            key="intake_another",
            on_click=lambda: st.session_state.update(another=not another),
        )


def _origin(notice: Notice, t: Translator) -> str:
    facts = [notice.name, notice.issuer, notice.document_number]
    if notice.issued:
        facts.append(notice.issued.isoformat())
    return t("text.dot").join(errors.one_line(fact) for fact in facts if fact)


def _downloads(draft: Draft, t: Translator) -> None:
    """Offer the table as CSV and .xlsx, and the milestones, as `measures.read` reads them back."""
    rows, milestones = output.to_table(draft.notice)
    path = Path(f"{Path(draft.notice.name).stem or 'measures'}.csv")

    def button(kind: str, file: Path, make: Callable[[], bytes]) -> None:
        label = t(f"intake.download.{kind}")
        st.download_button(label, make, file.name, key=f"intake_{kind}", on_click="ignore")

    button("csv", path, partial(output.csv_bytes, rows))
    if draft.notice.milestones:
        beside = measures.milestones_path(path)
        button("milestones", beside, partial(output.csv_bytes, milestones))
    button("xlsx", path.with_suffix(".xlsx"), partial(output.xlsx_bytes, rows, milestones))


def _preview(draft: Draft, t: Translator) -> None:
    """Show the board over the draft, to this session alone; nothing is saved."""
    rows, milestones = output.to_table(draft.notice)
    version = hashlib.sha256(repr((rows, milestones)).encode()).hexdigest()
    try:
        table = reader.table_of_rows(rows, milestones, draft.notice.name)
    except BoardError as error:
        _say(error, t)
        return
    frame.preview(table, ("preview", version), draft.notice.name)
    draw.go("overview.py")("")
