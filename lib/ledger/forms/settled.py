"""What several rows that came back say of one measure: alike it counts once, else it is asked."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Final, NamedTuple

from lib.errors import Problem
from lib.ledger import states
from lib.ledger.events import Kind, written
from lib.ledger.forms import columns
from lib.ledger.forms.compared import OF_STATE
from lib.ledger.forms.known import Known
from lib.ledger.forms.preview import PreviewFile, PreviewRow, Verdict

_COMPARED: Final = (Verdict.NEW, Verdict.CONFLICT, Verdict.QUESTION)


class _Place(NamedTuple):
    """Where a row stands: the number of its file, and its own number in it."""

    file: int
    row: int


def settled(files: Sequence[PreviewFile], known: Known) -> list[PreviewFile]:
    """The files, with rows about one measure and of one department settled.

    Of rows that say the same the first is taken. Where they differ, each of them is a question.
    """
    rows_of = [[*file.rows] for file in files]
    for places in _together(files).values():
        rows = [files[place.file].rows[place.row] for place in places]
        are_alike = len({_content(row) for row in rows}) == 1
        for place, row in zip(places[1:], rows[1:], strict=True):
            if are_alike:
                rows_of[place.file][place.row] = replace(row, verdict=Verdict.UNCHANGED, drafts=())
        if not are_alike:
            for place, row in zip(places, rows, strict=True):
                others = [_named(files, other) for other in places if other != place]
                asked = _asked("form_versions_differ", files[place.file].name, row, others[0])
                rows_of[place.file][place.row] = asked
    _follow(files, rows_of, known)
    return [replace(file, rows=tuple(rows)) for file, rows in zip(files, rows_of, strict=True)]


def _together(files: Sequence[PreviewFile]) -> dict[tuple[str, str], list[_Place]]:
    """The rows that say something, by measure and department."""
    places: dict[tuple[str, str], list[_Place]] = {}
    for file_number, file in enumerate(files):
        if not file.is_taken or file.stamp is None:
            continue
        for row_number, row in enumerate(file.rows):
            if row.verdict in _COMPARED and row.row is not None:
                about = (row.measure_id, file.stamp.department)
                places.setdefault(about, []).append(_Place(file_number, row_number))
    return places


def _content(row: PreviewRow) -> tuple[object, ...]:
    """What a row says: its events, or where it is a question its answers."""
    if row.drafts:
        return tuple((draft.kind, written(draft.body)) for draft in row.drafts)
    answers = {name: text for name, text in row.cells.items() if columns.is_answer(name)}
    return tuple(sorted(answers.items()))


def _named(files: Sequence[PreviewFile], place: _Place) -> str:
    """Where another row stands, for a sentence."""
    file = files[place.file]
    return f"{file.name} {file.rows[place.row].line}"


def _asked(code: str, name: str, row: PreviewRow, value: str) -> PreviewRow:
    problem = Problem(code, row.line, columns.header_of(columns.ID), value, name)
    return replace(row, verdict=Verdict.QUESTION, drafts=(), problems=(*row.problems, problem))


def _follow(files: Sequence[PreviewFile], rows_of: list[list[PreviewRow]], known: Known) -> None:
    """Ask where the events of two departments about one measure can't follow each other."""
    kinds: dict[str, list[Kind]] = {}
    for file, rows in zip(files, rows_of, strict=True):
        for number, row in enumerate(rows):
            if row.verdict is not Verdict.NEW:
                continue
            earlier = kinds.setdefault(row.measure_id, known.kinds(row.measure_id))
            state = states.after(earlier)
            if all(states.may_follow(draft.kind, state) for draft in row.drafts):
                earlier += [draft.kind for draft in row.drafts]
            else:
                rows[number] = _asked(OF_STATE[state], file.name, row, row.measure_id)
