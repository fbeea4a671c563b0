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
        "columns": _columns(model.FIELDS, t),
        "head": {"list": notice.title, "year": str(notice.year or "")},
        "blocks": [_block(block, has_lines=notice.lines > 0) for block in notice.blocks],
        "rows": [_row(measure, reasons) for measure in notice.measures],
        "reasons": reasons.sentences,
        "milestones": _milestones(notice.milestones),
        "problems": [_problem(problem, t) for problem in notice.problems],
        "unplaced": [_unplaced(unplaced, t) for unplaced in notice.unplaced],
        "lines": notice.lines,
        "said": [_said(said) for said in notice.said],
        "cells": _cells_of_row(t),
        "tables": [_table(header) for header in notice.headers],
        "fields": _columns(CHOOSABLE, t),
        "remembers_columns": remembers_columns,
    }


def _columns(fields: Iterable[str], t: Translator) -> list[message.Column]:
    return [{"name": name, "label": t(f"field.{name or 'unused'}")} for name in fields]


def _cells_of_row(t: Translator) -> list[message.Column]:
    return [{"name": name, "label": t(f"field.{name or 'outside'}")} for name in words.CELLS]


def _said(said: words.Said) -> message.Said:
    pieces = zip(said.pieces, said.cells, strict=True)
    return {
        "kind": said.word.kind,
        "lines": [said.word.lines[0], said.word.lines[-1]],
        "pieces": [{"text": text, "cell": cell} for text, cell in pieces],
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


class Reasons:
    """The reasons of all cells, each once: most cells of a notice share a few."""

    def __init__(self, t: Translator) -> None:
        self.sentences: list[str] = []
        self._t = t
        self._places: dict[tuple[str, str], int] = {}

    def place(self, cell: model.Cell) -> int:
        """Where the sentence of a cell's reason stands."""
        key = (cell.reason, cell.detail)
        if key not in self._places:
            self._places[key] = len(self.sentences)
            self.sentences.append(output.reason(cell, self._t))
        return self._places[key]


def _words(t: Translator) -> message.Words:
    names = message.Words.__annotations__
    return cast(message.Words, {name: t(f"intake.desk.{name}", n="{}") for name in names})


def _block(block: model.Block, *, has_lines: bool) -> message.Block:
    shown: message.Block = {"text": block.text}
    if has_lines and block.line:
        shown["line"] = block.line
    if block.said:
        shown["said"] = True
    if block.table < 0:
        return shown
    place: message.TablePlace = {
        "number": block.table,
        "row": block.row,
        "down": block.down,
        "across": block.across,
    }
    return {**shown, "table": place}


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
    shown: message.Cell = {
        "text": output.text(cell),
        "reason": reasons.place(cell),
        "sure": cell.sure,
    }
    if cell.source:
        shown["source"] = _source(cell.source)
    return shown


def _milestones(milestones: Iterable[model.Milestone]) -> list[message.Milestone]:
    items = []
    for place, milestone in enumerate(milestones):
        quantity = f"{milestone.target}{milestone.unit}"
        text = f"{milestone.deadline} {milestone.text} {quantity}".strip()
        item: message.Milestone = {"item": place, "row": milestone.measure, "text": text}
        if milestone.source:
            item["source"] = _source(milestone.source)
        items.append(item)
    return items


def _problem(problem: Problem, t: Translator) -> message.Problem:
    text = errors.describe(problem, t)
    is_at_block = problem.code.startswith(_OF_NOTICES)  # else the line is a row of the table
    if not problem.line or not is_at_block:
        return {"text": text}
    return {"text": text, "block": problem.line - 1}


def _unplaced(unplaced: model.Unplaced, t: Translator) -> message.Unplaced:
    return {
        "text": unplaced.text,
        "why": t(f"notice.unplaced.{unplaced.why}"),
        "source": _source(unplaced.source),
    }


def _source(source: model.Source) -> message.Source:
    return {"block": source.block, "start": source.start, "end": source.end}
