"""Contradictions inside a notice: pointed out, not resolved."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from itertools import pairwise
from typing import Final, NamedTuple

from lib.errors import Problem
from lib.measures.vocabulary import LABELS
from lib.notices.model import Cell, Lines, Measure, Measures, Milestone, Source
from lib.text import deadlines, folding
from lib.text.marks import Mark

_NAMES: Final = 3_000  # names that are compared
_LONGEST: Final = 40  # characters of such a name
_SHORTEST: Final = 3  # characters of names that may be one name misspelled
_SHORTEST_OFFICE: Final = 5

_SESSION: Final = re.compile(  # 省委十届六次全会
    r"(?P<body>党的|[省市县区州]委)?(?P<number>[一二三四五六七八九十]{1,3})届"
    r"(?P<time>[一二三四五六七八九十]{1,2}(?:次|中)全会)"
)
_SPACE: Final = re.compile(r"\s")
# Characters by which the names of two different offices may differ: 一科 and 二科, 省 and 市.
_TELLING: Final = frozenset(
    "一二三四五六七八九十东南西北中上下大小老新甲乙丙丁0123456789"
    "省市县区镇乡村各财税农林水工商文体教科"
)
_WHO: Final = ("leaders", "lead_departments", "support_departments")


def find(
    measures: Measures,
    milestones: Sequence[Milestone],
    lines: Lines,
    *,
    words: Sequence[tuple[str, Source]],
    numbers: Sequence[tuple[int, Mark]],
    year: int | None,
) -> Iterator[Problem]:
    """Everything that a reader would ask the office about.

    Args:
        words: the labels as written.
        numbers: the measures that have a number, and which.
        year: the list's, None where nothing says it.
    """
    yield from _labels(words)
    yield from _sessions(lines)
    yield from _numbering(measures, numbers)
    yield from _serials(measures)
    yield from _names(measures, ("leaders",))
    yield from _names(measures, ("lead_departments", "support_departments"))
    yield from _late(measures, milestones)
    yield from _cells(measures)
    if measures and year is None:
        yield Problem("notice_year_missing")


def _line(source: Source | None) -> int:
    """The line of a place, counted from 1; 0 where there is none."""
    if source:
        return source.block + 1
    return 0


# --- words -----------------------------------------------------------------------------------------


def _labels(words: Sequence[tuple[str, Source]]) -> Iterator[Problem]:
    """责任部室 once and 责任部门 everywhere else."""
    used: dict[str, Counter[str]] = defaultdict(Counter)
    first_line: dict[str, int] = {}
    for word, source in dict.fromkeys(words):
        field = LABELS[word]
        used[field][word] += 1
        first_line.setdefault(word, _line(source))
    for field, counts in used.items():
        if not field.endswith("departments"):
            continue
        is_written_two_ways = len(counts) > 1
        if is_written_two_ways:
            rarest, _ = counts.most_common()[-1]
            line = first_line[rarest]
            spellings = "、".join(counts)
            yield Problem("notice_label_two_ways", line, "", spellings)


class _Session(NamedTuple):
    """The session of a body, without its number: 省委, 六次全会."""

    body: str
    time: str

    def numbered(self, number: str) -> str:
        """The session with its number: 省委十届六次全会."""
        return f"{self.body}{number}届{self.time}"


def _sessions(lines: Lines) -> Iterator[Problem]:
    """省委十届六次全会 and 省委十一届六次全会 in one notice."""
    # the line in which each number stands first: 省委, 六次全会 → 十: 3, 十一: 8
    sessions: defaultdict[_Session, dict[str, int]] = defaultdict(dict)
    for line in lines:
        for match in _SESSION.finditer(line.folded):
            body = match["body"] or ""
            session = _Session(body, match["time"])
            first_lines = sessions[session]
            first_lines.setdefault(match["number"], line.block + 1)
    for session, first_lines in sessions.items():
        if len(first_lines) > 1:
            last_line = max(first_lines.values())
            spellings = "、".join(map(session.numbered, first_lines))
            yield Problem("notice_body_two_ways", last_line, "", spellings)


# --- numbers ---------------------------------------------------------------------------------------


def _numbering(measures: Measures, numbers: Sequence[tuple[int, Mark]]) -> Iterator[Problem]:
    """A number that is left out or stands twice in a row of items."""
    for (_, before), (row, mark) in pairwise(numbers):
        if before.style == mark.style:
            steps = f"{before.label} → {mark.label}"
            measure = measures[row]
            yield from _step(before.number, mark.number, measure, steps)


def _serials(measures: Measures) -> Iterator[Problem]:
    """The same in a table's column of numbers."""
    serials: list[tuple[int, Measure]] = []
    for measure in measures:
        article = measure.cells["article"]
        is_of_column = article.reason in ("column", "merged")
        if is_of_column and article.text.isdigit():
            number = int(article.text)
            serials.append((number, measure))
    for (before, _), (number, measure) in pairwise(serials):
        steps = f"{before} → {number}"
        yield from _step(before, number, measure, steps)


def _step(before: int, number: int, measure: Measure, steps: str) -> Iterator[Problem]:
    """What is wrong with a number after another; with 1 or a lower one a list begins anew."""
    counts_on = number == before + 1
    begins_anew = number == 1 or number < before
    if counts_on or begins_anew:
        return
    is_twice = number == before
    code = "notice_number_twice" if is_twice else "notice_number_gap"
    title = measure.cells["title"]
    line = _line(title.source)
    yield Problem(code, line, "", steps)


# --- names -----------------------------------------------------------------------------------------


def _names(measures: Measures, fields: Sequence[str]) -> Iterator[Problem]:
    """A department or a person spelled two ways.

    One character more, less or other, and one of the two spellings rare.
    """
    cells = _cells_of(measures, fields)
    counts, first_lines = _spellings(cells)
    are_persons = "leaders" in fields
    short = [name for name in counts if len(name) <= _LONGEST]
    seen: dict[str, str] = {}
    for name in short[:_NAMES]:
        similar = _similar(name, seen, counts, persons=are_persons)
        if similar:
            line = max(first_lines[similar], first_lines[name])
            spellings = f"{similar}、{name}"
            yield Problem("notice_name_two_ways", line, "", spellings)


class _Spellings(NamedTuple):
    """How often each name is written, and in which line first."""

    counts: Counter[str]
    first_lines: dict[str, int]


def _spellings(cells: Iterable[Cell]) -> _Spellings:
    """Count the names of cells."""
    spellings = _Spellings(Counter(), {})
    for cell in cells:
        line = _line(cell.source)
        for name in cell.names:
            spellings.counts[name] += 1
            spellings.first_lines.setdefault(name, line)
    return spellings


def _cells_of(measures: Measures, fields: Sequence[str]) -> Iterator[Cell]:
    """The cells of some fields, measure by measure."""
    for measure in measures:
        for field in fields:
            yield measure.cells[field]


def _similar(name: str, seen: dict[str, str], counts: Counter[str], *, persons: bool) -> str:
    """An earlier name that is suspiciously like one, "" where there is none.

    Args:
        seen: the earlier names by their forms; those of this name are added. So the work grows
            with the number of names, not with that of the pairs.
    """
    bare = _bare(name)
    forms = _forms(bare)
    similar = ""
    for form in sorted(forms):
        earlier = seen.get(form, name)
        if earlier == name:
            continue
        if _are_suspicious(earlier, name, counts, persons=persons):
            similar = earlier
            break
    for form in forms:
        seen.setdefault(form, name)
    return similar


def _bare(name: str) -> str:
    folded = folding.fold(name)
    return _SPACE.sub("", folded)


def _forms(name: str) -> set[str]:
    """What a name has in common with those that differ in one character.

    办公室 has *公室, 办*室 and 办公* for another character in a place, and +办公室, 办+公室,
    +公室 … for one more or less.
    """
    forms = {name, f"{name}+"}
    for place in range(len(name)):
        before = name[:place]
        from_here = name[place:]
        after = from_here[1:]
        forms.add(f"{before}*{after}")
        forms.add(f"{before}+{after}")
        forms.add(f"{before}+{from_here}")
    return forms


def _are_suspicious(first: str, second: str, counts: Counter[str], *, persons: bool) -> bool:
    """Whether two names may be one: not 一科 and 二科, nor two common names."""
    if _bare(first) == _bare(second):
        return True
    rarer = min(counts[first], counts[second])
    if rarer > 1:
        return False
    folded_first = folding.fold(first)
    folded_second = folding.fold(second)
    if persons and not _are_like_persons(folded_first, folded_second):
        return False
    differing = set(folded_first) ^ set(folded_second)
    if not _TELLING.isdisjoint(differing):
        return False
    shortest = _SHORTEST if persons else _SHORTEST_OFFICE
    return len(folded_first) >= shortest


def _are_like_persons(first: str, second: str) -> bool:
    """Whether two persons have one surname, and names as long, of three characters at least."""
    if len(first) < _SHORTEST:
        return False
    if len(first) != len(second):
        return False
    return first[0] == second[0]


# --- dates and answers -----------------------------------------------------------------------------


def _late(measures: Measures, milestones: Sequence[Milestone]) -> Iterator[Problem]:
    """A date in the text after the measure's own deadline."""
    for milestone in milestones:
        measure = measures[milestone.measure]
        due = measure.due
        begins = _first_day(milestone, measure)
        if due and begins and begins > due:
            deadline = measure.cells["deadline"]
            line = _line(milestone.source)
            yield Problem("notice_date_after_deadline", line, deadline.text, milestone.deadline)


def _first_day(milestone: Milestone, measure: Measure) -> date | None:
    """The first day of a milestone, or else its last."""
    window = deadlines.read(milestone.deadline, measure.year, measure.issued)
    if window is None:
        return None
    return window.start or window.due


def _cells(measures: Measures) -> Iterator[Problem]:
    """A deadline that can't be read, a measure that nobody answers for."""
    for measure in measures:
        title = measure.cells["title"]
        deadline = measure.cells["deadline"]
        if deadline.text and measure.window is None:
            line = _line(deadline.source) or _line(title.source)
            yield Problem("notice_deadline", line, "", deadline.text)
        cells_of_names = [measure.cells[field] for field in _WHO]
        if not any(cell.names for cell in cells_of_names):
            line = _line(title.source)
            yield Problem("notice_nobody", line, "", title.text)
