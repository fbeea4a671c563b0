"""The intake desk: a notice comes in, a person checks what was read from it, it goes out as a table or onto the board.

Knows Streamlit, as `ui` does, on which it stands. The draft is the session's: it is gone with the browser's page, and
the browser asks before.
"""

from __future__ import annotations

import hashlib
import os
import sys
import tempfile
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from functools import partial
from ipaddress import ip_address
from pathlib import Path
from typing import Any, Final
from urllib.parse import urlsplit

import pandas as pd
import streamlit as st

from lib import errors, measures, notices, revisions
from lib.answers import tables
from lib.errors import BoardError
from lib.i18n import Translator
from lib.notices import draft as edits
from lib.notices import output
from lib.notices.model import FIELDS, Cell, Notice
from lib.web import ui

_BEFORE: Final = 200  # edits that can be undone
_HERE: Final = Path(__file__).parent
_WORDS: Final = (
    *(
        "list",
        "year",
        "left",
        "checked",
        "previous",
        "next",
        "add",
        "undo",
        "table",
        "none",
        "doubt",
        "sure",
        "right",
    ),
    *(
        "save",
        "split",
        "merge",
        "drop",
        "milestones",
        "forget",
        "unplaced",
        "place",
        "problems",
        "earlier",
        "later",
    ),
    *("paper", "keys"),
)
_DESK = st.components.v2.component(
    "desk",
    html=(_HERE / "desk.html").read_text(encoding="utf-8"),
    css=(_HERE / "desk.css").read_text(encoding="utf-8"),
    js=(_HERE / "desk.js").read_text(encoding="utf-8"),
)


@dataclass
class Draft:
    """What a session has on its desk: the notice as it is now, how it was before each edit, the last edit taken."""

    notice: Notice
    number: int
    before: list[Notice] = field(default_factory=list)
    done: int = 0

    def take(self, log: list[dict[str, Any]]) -> None:
        """Make the edits of the browser's log that were not made yet, in their order."""
        for edit in log:
            if edit["n"] <= self.done:
                continue
            self.done = edit["n"]
            if edit.get("do") == "undo":
                self.notice = self.before.pop() if self.before else self.notice
                continue
            changed = edits.apply(self.notice, edit)
            if changed is not self.notice:
                self.before = [*self.before[1 - _BEFORE :], self.notice]
                self.notice = changed


def draft() -> Draft | None:
    """What is on the desk, None where nothing is."""
    found: Draft | None = st.session_state.get("draft")
    return found


# --- a notice comes in -----------------------------------------------------------------------------------------------


def ask(t: Translator) -> None:
    """The places for a file and for pasted text; what can't be read is said below them, and they stay."""
    number = st.session_state.get("drafts", 0)
    left, right = st.columns(2)
    with left, st.container(key="drop"):
        dropped = st.file_uploader(t("intake.file"), key=f"file_{number}")
        st.caption(t("intake.kinds"))
    with right:
        pasted = st.text_area(
            t("intake.paste"), key=f"paste_{number}", height=154, placeholder=t("intake.paste_hint")
        )
        asked = st.button(t("intake.read"), key="read", type="primary")
    if draft() is None:
        st.markdown(t("intake.steps"))
    if asked:
        name = t("intake.pasted")
        _read(name, partial(notices.read_text, pasted, name), t)
    elif dropped:
        _read(dropped.name, partial(notices.read, dropped.getvalue(), dropped.name), t)


def _read(name: str, read: Callable[[], Notice], t: Translator) -> None:
    """Read a notice onto the desk; say why where it can't be read."""
    try:
        with st.spinner(t("intake.reading", name=ui.plain(errors.one_line(name)))):
            notice = read()
    except BoardError as error:
        st.error(ui.plain(errors.describe(error, t)))
        return
    number = st.session_state.get("drafts", 0) + 1
    st.session_state.update(
        {"drafts": number, "draft": Draft(notice, number), "another": False, "added": None}
    )
    st.rerun()


def headline(on: Draft | None, t: Translator) -> str:
    """The page's sentence: what was read, and what is left to do."""
    if on is None:
        return t("intake.headline.none")
    if not on.notice.measures:
        return t("intake.headline.nothing")
    counts = {
        "read": len(on.notice.measures),
        "milestones": len(on.notice.milestones),
        "left": sum(1 for _ in edits.doubts(on.notice)),
    }
    sentence = "".join(t(f"intake.headline.{name}", n=n) for name, n in counts.items() if n)
    return sentence if counts["left"] else sentence + t("intake.headline.checked")


# --- on the desk -----------------------------------------------------------------------------------------------------


def head(on: Draft, t: Translator) -> None:
    """Where the notice comes from, and what can be done with the draft as a whole."""
    notice = on.notice
    issued = notice.issued.isoformat() if notice.issued else ""
    facts = [notice.name, notice.issuer, notice.document_number, issued]
    st.caption(ui.plain(t("text.dot").join(errors.one_line(fact) for fact in facts if fact)))
    with st.container(key="acts", horizontal=True, gap="small"):
        st.button(
            t("intake.preview"),
            key="intake_preview",
            on_click=_previewed,
            args=(on,),
            disabled=not notice.measures,
        )
        if notice.measures:
            downloads(on, t)
        another = st.session_state.get("another", False)
        st.button(
            t("intake.back" if another else "intake.another"),
            key="intake_another",
            on_click=lambda: st.session_state.update(another=not another),
        )


def desk(on: Draft, t: Translator) -> None:
    """The document and what was read from it, side by side, to be checked and mended."""
    key = f"desk_{on.number}"
    _DESK(
        key=key,
        data=_shown(on, t),
        default={"log": []},
        on_log_change=lambda: on.take(st.session_state[key]["log"]),
    )


def _shown(on: Draft, t: Translator) -> dict[str, Any]:
    """What the desk draws, as plain data; reasons once, each cell with the place of its own."""
    notice = on.notice
    reasons: dict[str, int] = {}
    rows = [
        {
            "cells": [_cell(measure.cells[name], reasons, t) for name in FIELDS],
            "due": measure.due.isoformat() if measure.due else "",
        }
        for measure in notice.measures
    ]
    return {
        "done": on.done,
        "undo": bool(on.before),
        "words": {name: t(f"intake.desk.{name}", n="{}") for name in _WORDS},
        "fields": [(name, t(f"field.{name}")) for name in FIELDS],
        "head": {"list": notice.title, "year": str(notice.year or "")},
        "blocks": [(b.text, b.table, b.row, b.column, b.down, b.across) for b in notice.blocks],
        "rows": rows,
        "reasons": list(reasons),
        "milestones": [_milestone(at, notice) for at in range(len(notice.milestones))],
        "problems": [(errors.describe(problem, t), problem.line) for problem in notice.problems],
        "unplaced": [
            {"text": left.text, "why": t(f"notice.unplaced.{left.why}"), **_place(left.source)}
            for left in notice.unplaced
        ],
    }


def _cell(cell: Cell, reasons: dict[str, int], t: Translator) -> tuple[Any, ...]:
    place = reasons.setdefault(output.reason(cell, t), len(reasons))
    return (output.text(cell), place, cell.sure, *(cell.source or (None, 0, 0)))


def _milestone(at: int, notice: Notice) -> dict[str, Any]:
    found = notice.milestones[at]
    text = f"{found.deadline} {found.text} {found.target}{found.unit}".strip()
    return {"item": at, "row": found.measure, "text": text, **_place(found.source)}


def _place(source: notices.Source | None) -> dict[str, int]:
    return source._asdict() if source else {}


# --- out -------------------------------------------------------------------------------------------------------------


def downloads(on: Draft, t: Translator) -> None:
    """The table as CSV and .xlsx, and the milestones, as `measures.read` reads them back."""
    stem = Path(on.notice.name).stem or "measures"
    rows, milestones = output.to_table(on.notice)
    for name, file, make in (
        ("csv", f"{stem}.csv", partial(output.csv_bytes, rows)),
        ("milestones", f"{stem}.milestones.csv", partial(output.csv_bytes, milestones)),
        ("xlsx", f"{stem}.xlsx", partial(output.xlsx_bytes, rows, milestones)),
    ):
        if name != "milestones" or on.notice.milestones:
            st.download_button(
                t(f"intake.download.{name}"), make, file, key=f"intake_{name}", on_click="ignore"
            )


def _previewed(on: Draft) -> None:
    """Show the board over the draft instead of the table, to this session alone; nothing is saved."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "measures.csv"
        output.write(on.notice, path)
        version = [
            hashlib.sha256(file.read_bytes()).hexdigest() for file in sorted(Path(folder).iterdir())
        ]
        ui.preview(measures.read(path), ("preview", *version), on.notice.name)
    ui.go("overview.py")("")


# --- into the board's table ------------------------------------------------------------------------------------------


def adding(on: Draft | None, t: Translator) -> None:
    """What the draft would change in the board's table, shown before it is written; and the last writing undone."""
    path = ui.source()
    if not may_write():
        if on is not None:
            st.caption(ui.plain(t("intake.add.off")))
        return
    with st.container(key="adding", gap="small"):
        if on is not None and on.notice.measures:
            _add(on, path, t)
        if said := st.session_state.get("added"):
            text, done = said
            (st.success if done else st.error)(ui.plain(text))
        _undoing(path, t)


def _add(on: Draft, path: Path, t: Translator) -> None:
    st.subheader(t("intake.add.title"), anchor=False)
    lists = {f"list:{name}": name for name in ui.own_lists()}
    choice = st.selectbox(
        t("intake.add.how"),
        ["new", *lists],
        index=None,
        format_func=lambda code: (
            t("intake.add.revise", name=lists[code]) if code in lists else t("intake.add.new")
        ),
        placeholder=t("intake.add.choose"),
        key=f"add_{on.number}",
        on_change=lambda: st.session_state.pop("added", None),
        width=640,
    )
    if choice is None:
        return
    try:
        revision = _planned(on, path, lists.get(choice))
    except BoardError as error:
        st.error(ui.plain(errors.describe(error, t)))
        return
    counts = Counter(change.kind for change in revision.changes)
    words = [t(f"intake.add.{kind}", n=counts[kind]) for kind in ("added", "removed", "changed")]
    st.markdown(
        ui.plain(t("intake.add.summary", words=t("text.comma").join(words), n=revision.unchanged))
    )
    if revision.renamed:
        before, after = revision.renamed
        st.markdown(ui.plain(t("intake.add.renamed", before=before, after=after)))
    if revision.changes:
        ui.grid(tables.fitted(_changes(revision.changes, t)), "changes", None)
    st.button(
        t("intake.add.write", file=ui.plain(path.name)),
        key="add_write",
        type="primary",
        disabled=revision.after == revision.before,
        on_click=_save,
        args=(on, revision, t),
    )


def _save(on: Draft, revision: revisions.Revision, t: Translator) -> None:
    _do(partial(revisions.save, revision), t("intake.add.written", file=revision.path.name), t)
    st.session_state[f"add_{on.number}"] = None


def _changes(changes: Iterable[revisions.Change], t: Translator) -> pd.DataFrame:
    """What changes, a line for each field of a changed measure, one for a measure that comes or goes."""
    lines = []
    for change in changes:
        names = {name: t(f"field.{name}") for name in change.fields}
        cells = (
            change.fields.items() if change.kind == "changed" else [("", _whole(change, names, t))]
        )
        lines += [
            (
                t(f"intake.add.kind.{change.kind}"),
                change.article,
                change.title,
                names.get(name, ""),
                before,
                after,
            )
            for name, (before, after) in cells
        ]
    heads = (
        "intake.add.change",
        "field.article",
        "field.title",
        "field.column",
        "intake.add.before",
        "intake.add.after",
    )
    return pd.DataFrame(lines, columns=[t(head) for head in heads])


def _whole(change: revisions.Change, names: dict[str, str], t: Translator) -> tuple[str, str]:
    """All fields of a measure that comes or goes, before and after, but what the line names already."""
    shown = {
        name: cells for name, cells in change.fields.items() if name not in ("article", "title")
    }
    parts = [
        [names[name] + t("text.colon") + cells[at] for name, cells in shown.items() if cells[at]]
        for at in (0, 1)
    ]
    before, after = (t("text.semicolon").join(part) for part in parts)
    return before, after


def _planned(on: Draft, path: Path, replaces: str | None) -> revisions.Revision:
    """The plan for the draft as it is and the table as it is, kept until one of them changes."""
    now = (on.notice, path, replaces, ui.version())
    if st.session_state.get("planned", (None,))[0] != now:
        st.session_state["planned"] = (
            now,
            revisions.plan(path, *output.to_table(on.notice), replaces),
        )
    plan: revisions.Revision = st.session_state["planned"][1]
    return plan


def _undoing(path: Path, t: Translator) -> None:
    when = revisions.undoable(path)
    if when is None:
        return
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        time = when.astimezone(ui.zone()).strftime("%Y-%m-%d %H:%M")
        st.button(
            t("intake.add.undo"),
            key="add_undo",
            on_click=_do,
            args=(partial(revisions.undo, path), t("intake.add.undone", file=path.name), t),
        )
        st.caption(ui.plain(t("intake.add.last", file=path.name, time=time)))


def _do(act: Callable[[], None], said: str, t: Translator) -> None:
    """Save or undo; what came of it is said in the run that follows."""
    try:
        act()
    except BoardError as error:
        st.session_state["added"] = (errors.describe(error, t), False)
    else:
        st.session_state["added"] = (said, True)
        ui.end_preview()


def may_write() -> bool:
    """Whether this reader may write to the board's table: INTAKE_WRITES=1 or 0 in the environment says it for all.

    Without it only who sits at the machine itself, while the server listens to nobody else.
    """
    said = os.environ.get("INTAKE_WRITES", "")
    if said:
        return said.lower() in ("1", "on", "true", "yes")
    headers = st.context.headers
    proxied = any(name in headers for name in ("X-Forwarded-For", "Forwarded", "X-Real-Ip"))
    origin = urlsplit(headers.get("Origin", "")).hostname or ""
    return (
        not proxied
        and st.context.ip_address is None
        and _is_loopback(origin)
        and _is_loopback(_listens())
    )


def _listens() -> str:
    """The address that the server was told to listen on; "" where that is unknown."""
    given = sys.orig_argv
    if any(Path(word).stem == "uvicorn" for word in given[:4]):
        if any(word.startswith(("--uds", "--fd")) for word in given):
            return ""
        words = " ".join(given).replace("--host=", "--host ").split()
        named = "--host" in words[:-1]
        return (
            words[words.index("--host") + 1]
            if named
            else os.environ.get("UVICORN_HOST", "127.0.0.1")
        )
    return str(st.get_option("server.address") or "") if "run" in given else ""


def _is_loopback(host: str) -> bool:
    try:
        return host == "localhost" or ip_address(host).is_loopback
    except ValueError:
        return False
