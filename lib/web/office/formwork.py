"""Forms out and in: workbooks for the departments of a period, and what comes of those that came back."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import partial
from typing import Final, NamedTuple

import streamlit as st

from lib.answers.text_table import Column, TextTable
from lib.apart import reader
from lib.apart.message import Source
from lib.errors import BoardError, describe
from lib.files.whole import WholeFile
from lib.ledger import forms
from lib.ledger.events import Draft
from lib.ledger.forms import Basis, Preview, PreviewFile, PreviewRow, Roles, Verdict
from lib.ledger.store import Head
from lib.web import access, draw, ledgers, streamlit_internals, written
from lib.web.kept import Kept
from lib.web.markdown import plain
from lib.web.office.history import heading
from lib.web.view import Board
from lib.web.written import Outcome

EXCEL: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
KINDS: Final = ["xlsx", "xls", "et", "ods", "csv", "zip"]
COUNTED: Final = (Verdict.NEW, Verdict.UNCHANGED, Verdict.CONFLICT, Verdict.EMPTY, Verdict.QUESTION)
BOX: Final = 220  # pixels
MOST_SENTENCES: Final = 40  # of one file
_ROLES: Final = Kept(8)  # who is asked, by table, head, day, list and period


class Asked(NamedTuple):
    """Of which list and which period forms go out and come back."""

    list: str
    period: str


class Returned(NamedTuple):
    """What came back and what comes of it. head: of the ledger that it was compared with."""

    files: Sequence[WholeFile]
    asked: Asked
    head: Head
    preview: Preview


def draw_forms(view: Board) -> None:
    """Draw the forms of a period: to be handed out, and taken in by who may keep the ledger."""
    t = view.t
    draw.heading(t("progress.forms.title"))
    asked = _asked(view)
    if asked is None:
        draw.note(t("progress.forms.none"))
        return
    out, back = st.columns(2, gap="medium")
    with out:
        _hand_out(view, asked)
    with back:
        if not access.may_keep_ledger():
            draw.note(t("progress.read_only"))
        elif view.as_of != view.today:
            draw.note(t("progress.only_today"))
        else:
            _take_back(view, asked)


def _asked(view: Board) -> Asked | None:
    """The boxes for the list and the period, at first the current one; None before the first one."""
    t = view.t
    rounds = view.followed.status.rounds
    lists = list(dict.fromkeys(of_round.list for of_round in rounds))
    if not lists:
        return None
    with st.container(horizontal=True, gap="small"):
        name = lists[0]
        if len(lists) > 1:
            name = str(st.selectbox(t("field.list"), lists, key="forms_list", width=BOX))
        periods = [of_round.period for of_round in rounds if of_round.list == name][::-1]
        current = view.followed.status.current(name)
        period = st.selectbox(
            t("progress.text.period"),
            [period.code for period in periods],
            index=periods.index(current) if current else 0,
            key="forms_period",
            width=BOX,
        )
    return Asked(name, str(period))


def _basis(view: Board) -> Basis:
    follower = ledgers.follower()
    progress = view.followed
    return Basis(
        table=view.table,
        journal=follower.known().journal,
        status=progress.status,
        reporting=progress.reporting,
        events_at=follower.ledger().by_seq,
    )


# --- out ------------------------------------------------------------------------------------------


def _hand_out(view: Board, asked: Asked) -> None:
    t = view.t
    key = (view.version, view.followed.head, view.as_of, asked)
    roles: Roles = _ROLES.get(key, partial(_roles, view, asked))
    if not roles:
        draw.note(t("progress.forms.nobody"))
        return
    basis = _basis(view)
    rows = sum(map(len, roles.values()))
    draw.note(t("progress.forms.out", n=len(roles), rows=rows))
    with st.container(horizontal=True, vertical_alignment="bottom", gap="small"):
        department = str(
            st.selectbox(t("field.department"), list(roles), key="forms_department", width=BOX)
        )
        st.download_button(
            t("progress.forms.download_one"),
            partial(_workbook, basis, asked, department),
            forms.file_name(department, asked.period),
            EXCEL,
            key="forms_one",
            on_click="ignore",
        )
        st.download_button(
            t("progress.forms.download_all"),
            partial(_archive, basis, asked),
            f"{asked.period}.zip",
            "application/zip",
            key="forms_all",
            on_click="ignore",
        )


def _roles(view: Board, asked: Asked) -> Roles:
    """Who has still to report on what; empty where nobody has."""
    try:
        return forms.asked(_basis(view), *asked, only_open=True)
    except BoardError:
        return {}


def _workbook(basis: Basis, asked: Asked, department: str) -> bytes:
    return forms.write(forms.of_department(basis, *asked, department, only_open=True))


def _archive(basis: Basis, asked: Asked) -> bytes:
    return forms.write_all(forms.of_period(basis, *asked, only_open=True))


# --- in -------------------------------------------------------------------------------------------


def _take_back(view: Board, asked: Asked) -> None:
    t = view.t
    turn = st.session_state.setdefault("forms_turn", 0)
    uploads = st.file_uploader(
        t("progress.forms.back"), KINDS, accept_multiple_files=True, key=f"forms_{turn}"
    )
    if uploads:
        sources = [Source(upload.getvalue(), upload.name) for upload in uploads]
        for upload in uploads:
            streamlit_internals.give_back(upload)
        st.session_state["forms_turn"] = turn + 1
        _keep(view, asked, reader.whole(sources))
        st.rerun()
    returned: Returned | None = st.session_state.get("forms_returned")
    if returned and (returned.head != view.followed.head or returned.asked != asked):
        _keep(view, asked, returned.files)
        st.rerun()
    outcome = st.session_state.pop("forms_outcome", None)
    if outcome:  # said when nothing draws the page anew any more
        written.say(outcome)
    if returned:
        _show(view, returned)
    else:
        draw.note(t("progress.forms.back_about"))


def _keep(view: Board, asked: Asked, files: Sequence[WholeFile]) -> None:
    """Compare files with the ledger as it is now, and keep what comes of them."""
    try:
        preview = forms.read(files, _basis(view), *asked)
    except BoardError as error:
        st.session_state["forms_outcome"] = Outcome(describe(error, view.t), done=False)
        _drop()
        return
    st.session_state["forms_returned"] = Returned(files, asked, view.followed.head, preview)


def _show(view: Board, returned: Returned) -> None:
    """What comes of the files, what is to be corrected, and the button that records."""
    t = view.t
    preview = returned.preview
    draw.grid(_table(preview, view), "forms_preview", None, caption=t("progress.forms.preview"))
    for number, file in enumerate(preview.files):
        _say_doubts(view, file, number)
    drafts = [*preview.drafts, *_conflicts(view, preview)]
    with st.container(horizontal=True, gap="small"):
        st.button(
            t("progress.forms.record", n=len(drafts)),
            key="forms_record",
            type="primary",
            disabled=not drafts,
            on_click=_record,
            args=(view, returned, drafts),
        )
        st.button(t("progress.forms.drop"), key="forms_drop", on_click=_drop)


def _table(preview: Preview, view: Board) -> TextTable:
    t = view.t
    columns: dict[Column, Iterable[object]] = {
        Column("file", t("progress.forms.file")): [file.name for file in preview.files],
        Column("department", t("field.department")): [
            file.stamp.department if file.stamp else "" for file in preview.files
        ],
    }
    for verdict in COUNTED:
        head = Column(verdict, t(f"progress.verdict.{verdict}"))
        columns[head] = [file.count(verdict) for file in preview.files]
    return TextTable.of(columns)


def _say_doubts(view: Board, file: PreviewFile, number: int) -> None:
    """What of a file is to be corrected, and the file with that written into it."""
    t = view.t
    if file.error:
        st.error(plain(describe(file.error, t)))
        return
    problems = [*file.problems, *(problem for row in file.rows for problem in row.problems)]
    if not problems:
        return
    sentences = [plain(describe(problem, t)) for problem in problems[:MOST_SENTENCES]]
    st.warning("  \n".join(sentences))
    if file.stamp:
        st.download_button(
            t("progress.forms.corrections", file=file.name),
            partial(forms.write_corrections, file, _basis(view)),
            file.name.rpartition("/")[2].rpartition(".")[0] + ".xlsx",
            EXCEL,
            key=f"forms_corrections_{number}",
            on_click="ignore",
        )


def _conflicts(view: Board, preview: Preview) -> list[Draft]:
    """Say what was recorded since of rows in conflict; their events, if they are taken all the same."""
    t = view.t
    rows = preview.rows(Verdict.CONFLICT)
    if not rows:
        return []
    st.warning("  \n".join(plain(_conflict_in_words(row, view)) for row in rows[:MOST_SENTENCES]))
    is_taken = st.checkbox(t("progress.forms.take_conflicts", n=len(rows)), key="forms_conflicts")
    return preview.conflicting_drafts if is_taken else []


def _conflict_in_words(row: PreviewRow, view: Board) -> str:
    """A measure, and what was recorded of it since its form was made."""
    since = view.t("text.semicolon").join(heading(event, view.t) for event in row.recorded)
    return view.t("progress.forms.recorded_since", id=row.measure_id, since=since)


def _record(view: Board, returned: Returned, drafts: Sequence[Draft]) -> None:
    try:
        ledgers.follower().record(drafts)
    except BoardError as error:
        st.session_state["forms_outcome"] = Outcome(describe(error, view.t), done=False)
        return
    done = view.t("progress.forms.recorded", n=len(drafts))
    st.session_state["forms_outcome"] = Outcome(done, done=True)
    st.session_state.pop("forms_conflicts", None)
    preview = returned.preview
    all_taken = len(drafts) == len(preview.drafts) + len(preview.conflicting_drafts)
    if all_taken and not any(file.has_questions for file in preview.files):
        _drop()


def _drop() -> None:
    st.session_state.pop("forms_returned", None)
