"""A form that came back, written again with what is to be corrected in each row."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import Final

from lib import errors, i18n
from lib.errors import BoardError, Problem
from lib.ledger.forms import columns, form, workbook
from lib.ledger.forms.columns import Cells
from lib.ledger.forms.form import Basis, Form
from lib.ledger.forms.preview import PreviewFile
from lib.ledger.forms.workbook import Filled

_LANGUAGE: Final = "zh"  # of a form, whatever the reader's is
_BREAK: Final = "\n"


def write(file: PreviewFile, basis: Basis) -> bytes:
    """The workbook of a form that came back: its answers, and 需要核对 beside each row.

    It is the same form: what was taken of it already is not taken again.

    Raises:
        BoardError: act_form_unknown where nobody knows which form it is, act_nothing_asked_for.
    """
    stamp = file.stamp
    if stamp is None:
        raise BoardError("act_form_unknown")
    asked = form.of_department(basis, stamp.list, stamp.period, stamp.department)
    ids = {row.measure_id for row in asked.rows}
    answers: dict[str, Cells] = {}
    notes: dict[str, str] = {}
    added: list[Cells] = []
    for row in file.rows:
        note = in_words(row.problems)
        if row.measure_id not in ids or row.measure_id in answers:
            added.append({**row.cells, columns.NOTE: note})
            continue
        answers[row.measure_id] = columns.answers_in(row.cells)
        if note:
            notes[row.measure_id] = note
    filled = Filled(answers, notes, in_words(file.problems), added)
    return workbook.write(Form(stamp, asked.due, asked.made_on, asked.rows), filled)


def in_words(problems: Iterable[Problem]) -> str:
    """What is to be corrected, a line each."""
    t = i18n.translator(_LANGUAGE)
    lines: list[str] = []
    for problem in problems:
        without_file = replace(problem, source="")
        lines.append(errors.describe(without_file, t))
    return _BREAK.join(lines)
