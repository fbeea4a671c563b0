"""The intake desk: a notice comes in, a person checks what was read from it, it goes out as a table or onto the board.

Knows Streamlit, as `ui` does, on which it stands. The draft is the session's: it is gone with the browser's page, and
the browser asks before.
"""

from __future__ import annotations

import hashlib
import tempfile
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Any, Final

import streamlit as st

from lib import errors, measures, notices, ui
from lib.errors import BoardError
from lib.i18n import Translator
from lib.notices import edits, output
from lib.notices.model import FIELDS, Cell, Notice

_BEFORE: Final = 200  # edits that can be undone
_HERE: Final = Path(__file__).parent
_WORDS: Final = (
    *("list", "year", "left", "checked", "previous", "next", "add", "undo", "table", "none", "doubt", "sure", "right"),
    *("save", "split", "merge", "drop", "milestones", "forget", "unplaced", "place", "problems", "earlier", "later"),
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
        pasted = st.text_area(t("intake.paste"), key=f"paste_{number}", height=154, placeholder=t("intake.paste_hint"))
        asked = st.button(t("intake.read"), key="read", type="primary")
    if draft() is None:
        st.markdown(t("intake.steps"))
    if dropped:
        _read(dropped.name, partial(notices.read, dropped.getvalue(), dropped.name), t)
    elif asked:
        name = t("intake.pasted")
        _read(name, partial(notices.read_text, pasted, name), t)


def _read(name: str, read: Callable[[], Notice], t: Translator) -> None:
    """Read a notice onto the desk; say why where it can't be read."""
    try:
        with st.spinner(t("intake.reading", name=ui.plain(errors.one_line(name)))):
            notice = read()
    except BoardError as error:
        st.error(ui.plain(errors.describe(error, t)))
        return
    number = st.session_state.get("drafts", 0) + 1
    st.session_state.update({"drafts": number, "draft": Draft(notice, number), "another": False})
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
            t("intake.preview"), key="intake_preview", on_click=_previewed, args=(on,), disabled=not notice.measures
        )
        if notice.measures:
            downloads(on, t)
        another = st.session_state.get("another", False)
        st.button(
            t("intake.back" if another else "intake.another"),
            key="intake_another",
            on_click=lambda: st.session_state.update(another=not another),
        )
    if trouble := st.session_state.pop("preview_trouble", None):
        st.error(ui.plain(errors.describe(trouble, t)))


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
            st.download_button(t(f"intake.download.{name}"), make, file, key=f"intake_{name}", on_click="ignore")


def _previewed(on: Draft) -> None:
    """Show the board over the draft instead of the table, to this session alone; nothing is saved."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "measures.csv"
        output.write(on.notice, path)
        version = [hashlib.sha256(file.read_bytes()).hexdigest() for file in sorted(Path(folder).iterdir())]
        try:
            ui.preview(measures.read(path), ("preview", *version), on.notice.name)
        except BoardError as error:
            st.session_state["preview_trouble"] = error
        else:
            ui.go("overview.py")("")
