"""The desk itself: a component of our own that draws the draft and sends back what a person edits."""

from __future__ import annotations

from pathlib import Path
from typing import Any, Final

import streamlit as st

from lib import errors, notices
from lib.i18n import Translator
from lib.notices import output
from lib.notices.model import FIELDS, Cell, Notice
from lib.web.intake.draft import Draft

ASSETS: Final = Path(__file__).with_name("assets")
WORDS: Final = (
    *("list", "year", "left", "checked", "previous", "next", "add", "undo", "table", "none"),
    *("doubt", "sure", "right", "save", "split", "merge", "drop", "milestones", "forget"),
    *("unplaced", "place", "problems", "earlier", "later", "paper", "keys"),
)

_COMPONENT = st.components.v2.component(
    "desk",
    html=(ASSETS / "desk.html").read_text(encoding="utf-8"),
    css=(ASSETS / "desk.css").read_text(encoding="utf-8"),
    js=(ASSETS / "desk.js").read_text(encoding="utf-8"),
)


def show(draft: Draft, t: Translator) -> None:
    """Draw the document and what was read from it, side by side, to be checked and mended."""
    key = f"desk_{draft.number}"
    _COMPONENT(
        key=key,
        data=_shown(draft, t),
        default={"log": []},
        on_log_change=lambda: draft.take(st.session_state[key]["log"]),
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
        "undo": bool(on.earlier),
        "words": {name: t(f"intake.desk.{name}", n="{}") for name in WORDS},
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
