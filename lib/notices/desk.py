"""A draft as the desk in the browser draws it: the document, what was read of it, and why."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Final, cast

from lib import errors
from lib.errors import Problem
from lib.i18n import Translator
from lib.measures.headers import CHOOSABLE
from lib.notices import message, model, output, words
from lib.notices.message import Message
from lib.notices.model import Notice

_OF_NOTICES: Final = "notice_"  # how the codes of problems with a notice begin
_UNUSED: Final = "unused"  # what the label of a column of none of our fields is called
_OUTSIDE: Final = "outside"  # … and of a piece that is no cell of its row


def compose(
    notice: Notice,
    t: Translator,
    *,
    done: int = 0,
    can_undo: bool = False,
    remembers_columns: bool = False,
) -> Message:
    """A draft as the desk draws it.

    Args:
        done: number of the browser's last edit that is in it.
        can_undo: whether an edit can be undone.
        remembers_columns: whether the browser is to remember what columns are chosen to be.
    """
    reasons = Reasons(t)
    return {
        "done": done,
        "undo": can_undo,
        "words": _words(t),
        "columns": _columns(model.FIELDS, t, _UNUSED),
        "head": {"list": notice.title, "year": str(notice.year or "")},
        "blocks": [_block(block, has_lines=notice.lines > 0) for block in notice.blocks],
        "rows": [_row(measure, reasons) for measure in notice.measures],
        "reasons": reasons.sentences,
        "milestones": _milestones(notice.milestones),
        "problems": [_problem(problem, t) for problem in notice.problems],
        "unplaced": [_unplaced(unplaced, t) for unplaced in notice.unplaced],
        "lines": notice.lines,
        "said": [_said(said) for said in notice.said],
        "cells": _columns(words.CELLS, t, _OUTSIDE),
        "tables": [_table(header) for header in notice.headers],
        "fields": _columns(CHOOSABLE, t, _UNUSED),
        "remembers_columns": remembers_columns,
    }


# --- what can be said or chosen -------------------------------------------------------------------


def _words(t: Translator) -> message.Words:
    texts: dict[str, str] = {}
    for name in message.Words.__annotations__:
        texts[name] = t(f"intake.desk.{name}", n="{}")
    return cast(message.Words, texts)


def _columns(fields: Iterable[str], t: Translator, nameless: str) -> list[message.Column]:
    """Fields with their labels. nameless: the key of the label of the field ""."""
    columns: list[message.Column] = []
    for field in fields:
        label = t(f"field.{field or nameless}")
        columns.append({"name": field, "label": label})
    return columns


def _said(said: words.Said) -> message.Said:
    lines = said.word.lines
    pieces: list[message.PieceOfRow] = []
    for text, cell in zip(said.pieces, said.cells, strict=True):
        pieces.append({"text": text, "cell": cell})
    return {
        "kind": said.word.kind,
        "lines": [lines[0], lines[-1]],
        "pieces": pieces,
    }


def _table(header: model.TableHeader) -> message.Table:
    """A header; a field that nobody can choose is none."""
    return {
        "number": header.table,
        "row": header.row,
        "labels": list(header.labels),
        "fields": [field if field in CHOOSABLE else "" for field in header.fields],
        "guess": header.is_guess,
    }


# --- the document ---------------------------------------------------------------------------------


def _block(block: model.Block, *, has_lines: bool) -> message.Block:
    drawn: message.Block = {"text": block.text}
    if has_lines and block.line:
        drawn["line"] = block.line
    if block.said:
        drawn["said"] = True
    if block.table >= 0:
        drawn["table"] = {
            "number": block.table,
            "row": block.row,
            "down": block.down,
            "across": block.across,
        }
    return drawn


def _source(source: model.Source) -> message.Source:
    return {"block": source.block, "start": source.start, "end": source.end}


# --- the measures ---------------------------------------------------------------------------------


class Reasons:
    """The reasons of all cells, each once: most cells of a notice share a few."""

    def __init__(self, t: Translator) -> None:
        self.sentences: list[str] = []
        self._t = t
        self._places: dict[tuple[str, str], int] = {}

    def place(self, cell: model.Cell) -> int:
        """Where the sentence of a cell's reason stands."""
        reason = (cell.reason, cell.detail)
        if reason not in self._places:
            self._places[reason] = len(self.sentences)
            sentence = output.reason(cell, self._t)
            self.sentences.append(sentence)
        return self._places[reason]


def _row(measure: model.Measure, reasons: Reasons) -> message.Row:
    row: message.Row = {
        "cells": [_cell(measure.cells[name], reasons) for name in model.FIELDS],
        "due": _day(measure.due),
    }
    if measure.may_be_given_a_day:
        row["day"] = _day(measure.due_given)
    return row


def _day(day: date | None) -> str:
    return day.isoformat() if day else ""


def _cell(cell: model.Cell, reasons: Reasons) -> message.Cell:
    drawn: message.Cell = {
        "text": output.text(cell),
        "reason": reasons.place(cell),
        "sure": cell.sure,
    }
    if cell.source:
        drawn["source"] = _source(cell.source)
    return drawn


def _milestones(milestones: Iterable[model.Milestone]) -> list[message.Milestone]:
    items: list[message.Milestone] = []
    for place, milestone in enumerate(milestones):
        quantity = f"{milestone.target}{milestone.unit}"
        text = f"{milestone.deadline} {milestone.text} {quantity}"
        item: message.Milestone = {
            "item": place,
            "row": milestone.measure,
            "text": text.strip(),
        }
        if milestone.source:
            item["source"] = _source(milestone.source)
        items.append(item)
    return items


def _problem(problem: Problem, t: Translator) -> message.Problem:
    text = errors.describe(problem, t)
    is_line_a_block = problem.code.startswith(_OF_NOTICES)  # else it is a row of the table
    if problem.line and is_line_a_block:
        return {"text": text, "block": problem.line - 1}
    return {"text": text}


def _unplaced(unplaced: model.Unplaced, t: Translator) -> message.Unplaced:
    return {
        "text": unplaced.text,
        "why": t(f"notice.unplaced.{unplaced.why}"),
        "source": _source(unplaced.source),
    }
