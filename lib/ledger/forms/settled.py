"""What several rows that came back say of one measure: alike it counts once, else it is asked."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
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


Files = Sequence[PreviewFile]


class _Place(NamedTuple):
    """Where a row stands: the number of its file, and its own number in it."""

    file: int
    row: int

    def row_in(self, files: Files) -> PreviewRow:
        """The row that stands there."""
        return files[self.file].rows[self.row]


def settled(files: Files, known: Known) -> list[PreviewFile]:
    """The files, with rows about one measure and of one department settled.

    Of rows that say the same the first is taken. Where they differ, each of them is a question.
    """
    rows_of = [[*file.rows] for file in files]
    for places in _together(files).values():
        contents = {_content(place.row_in(files)) for place in places}
        settle = _taken_once if len(contents) == 1 else _asked_each
        for place, row in zip(places, settle(files, places), strict=True):
            rows_of[place.file][place.row] = row
    _follow(files, rows_of, known)
    settled_files: list[PreviewFile] = []
    for file, rows in zip(files, rows_of, strict=True):
        settled_files.append(replace(file, rows=tuple(rows)))
    return settled_files


def _taken_once(files: Files, places: Sequence[_Place]) -> Iterator[PreviewRow]:
    """Rows that say the same: the first as it is, the others as recorded already."""
    first, *others = places
    yield first.row_in(files)
    for place in others:
        row = place.row_in(files)
        yield replace(row, verdict=Verdict.UNCHANGED, drafts=())


def _asked_each(files: Files, places: Sequence[_Place]) -> Iterator[PreviewRow]:
    """Rows that differ, each a question that names the first of the others."""
    first, second, *_ = places
    for place in places:
        differing = second if place == first else first
        name = files[place.file].name
        row = place.row_in(files)
        yield _asked("form_versions_differ", name, row, _named(files, differing))


class _About(NamedTuple):
    """What a row is about."""

    measure_id: str
    department: str


def _together(files: Files) -> Mapping[_About, list[_Place]]:
    """The rows that say something, by measure and department."""
    together: defaultdict[_About, list[_Place]] = defaultdict(list)
    for file_number, file in enumerate(files):
        if not file.is_taken or file.stamp is None:
            continue
        department = file.stamp.department
        for row_number, row in enumerate(file.rows):
            if row.verdict in _COMPARED and row.row is not None:
                about = _About(row.measure_id, department)
                together[about].append(_Place(file_number, row_number))
    return together


def _content(row: PreviewRow) -> tuple[object, ...]:
    """What a row says: its events, or where it is a question its answers."""
    content: list[object] = []
    for draft in row.drafts:
        content += [draft.kind, written(draft.body)]
    if not content:
        answers = columns.answers_in(row.cells)
        content += sorted(answers.items())
    return tuple(content)


def _named(files: Files, place: _Place) -> str:
    """Where another row stands, for a sentence."""
    name = files[place.file].name
    row = place.row_in(files)
    return f"{name} {row.line}"


def _asked(code: str, name: str, row: PreviewRow, value: str) -> PreviewRow:
    header = columns.header_of(columns.ID)
    problem = Problem(code, row.line, header, value, name)
    problems = (*row.problems, problem)
    return replace(row, verdict=Verdict.QUESTION, drafts=(), problems=problems)


def _follow(files: Files, rows_of: list[list[PreviewRow]], known: Known) -> None:
    """Ask where the events of two departments about one measure can't follow each other."""
    kinds_of: dict[str, list[Kind]] = {}
    for file, rows in zip(files, rows_of, strict=True):
        for number, row in enumerate(rows):
            if row.verdict is not Verdict.NEW:
                continue
            measure_id = row.measure_id
            earlier = kinds_of.setdefault(measure_id, known.kinds(measure_id))
            state = states.after(earlier)
            kinds = [draft.kind for draft in row.drafts]
            if all(states.may_follow(kind, state) for kind in kinds):
                earlier += kinds
            else:
                code = OF_STATE[state]
                rows[number] = _asked(code, file.name, row, measure_id)
