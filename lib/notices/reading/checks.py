"""Contradictions inside a notice: pointed out, not resolved."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Final

from lib.errors import Problem
from lib.measures.vocabulary import LABELS
from lib.notices.layout.marks import Mark
from lib.notices.model import Cell, Line, Measure, Milestone, Source
from lib.text import deadlines, folding

_NAMES: Final = 3_000  # names that are compared
_LONGEST: Final = 40  # characters of such a name
_SESSION: Final = re.compile(
    r"(?P<body>党的|[省市县区州]委)?(?P<number>[一二三四五六七八九十]{1,3})届(?P<time>[一二三四五六七八九十]{1,2}(?:次|中)全会)"
)


def find(
    measures: Sequence[Measure],
    milestones: Sequence[Milestone],
    lines: Sequence[Line],
    *,
    words: Sequence[tuple[str, Source]],
    numbers: Sequence[tuple[int, Mark]],
    year: int | None,
) -> Iterator[Problem]:
    """Everything that a reader would ask the office about."""
    yield from _labels(words)
    yield from _sessions(lines)
    yield from _numbering(measures, numbers)
    yield from _names(measures)
    yield from _late(measures, milestones)
    yield from _cells(measures)
    if measures and year is None:
        yield Problem("notice_year_missing")


def _line(cell: Cell) -> int:
    return cell.source.block + 1 if cell.source else 0


def _labels(words: Sequence[tuple[str, Source]]) -> Iterator[Problem]:
    """责任部室 once and 责任部门 everywhere else."""
    used: dict[str, Counter[str]] = defaultdict(Counter)
    first: dict[str, int] = {}
    for word, source in dict.fromkeys(words):
        used[LABELS[word]][word] += 1
        first.setdefault(word, source.block + 1)
    for field, counts in used.items():
        if len(counts) > 1 and field.endswith("departments"):
            yield Problem(
                "notice_label_two_ways", first[counts.most_common()[-1][0]], "", "、".join(counts)
            )


def _sessions(lines: Sequence[Line]) -> Iterator[Problem]:
    """省委十届六次全会 and 省委十一届六次全会 in one notice."""
    found: dict[tuple[str, str], dict[str, int]] = defaultdict(dict)
    for line_ in lines:
        for match in _SESSION.finditer(line_.folded):
            found[match["body"] or "", match["time"]].setdefault(match["number"], line_.block + 1)
    for (body, time), sessions in found.items():
        if len(sessions) > 1:
            yield Problem(
                "notice_body_two_ways",
                max(sessions.values()),
                "",
                "、".join(f"{body}{number}届{time}" for number in sessions),
            )


def _numbering(
    measures: Sequence[Measure], numbers: Sequence[tuple[int, Mark]]
) -> Iterator[Problem]:
    """A number that is left out or stands twice in a row of items."""
    for (_, before), (at, mark) in pairwise(numbers):
        if before.style == mark.style and mark.number != 1 and mark.number != before.number + 1:
            code = "notice_number_twice" if mark.number == before.number else "notice_number_gap"
            if mark.number >= before.number:
                yield Problem(
                    code, _line(measures[at].cells["title"]), "", f"{before.label} → {mark.label}"
                )
    serials = [
        (at, int(m.cells["article"].text))
        for at, m in enumerate(measures)
        if m.cells["article"].text.isdigit() and m.cells["article"].reason in ("column", "merged")
    ]
    for (_, first), (at, second) in pairwise(serials):
        if second != 1 and second != first + 1 and second >= first:
            yield Problem(
                "notice_number_twice" if second == first else "notice_number_gap",
                _line(measures[at].cells["title"]),
                "",
                f"{first} → {second}",
            )


def _names(measures: Sequence[Measure]) -> Iterator[Problem]:
    """A department or a person spelled two ways: one character more, less or other, and one of the two rare."""
    for fields in (("leaders",), ("lead_departments", "support_departments")):
        counts: Counter[str] = Counter()
        first: dict[str, int] = {}
        for measure in measures:
            for field in fields:
                counts.update(measure.cells[field].names)
                for name in measure.cells[field].names:
                    first.setdefault(name, _line(measure.cells[field]))
        yield from _alike(counts, first, persons=fields == ("leaders",))


def _alike(counts: Counter[str], first: dict[str, int], *, persons: bool) -> Iterator[Problem]:
    """Pairs found by the names without one of their characters: linear in the number of names."""
    seen: dict[str, str] = {}
    for name in [name for name in counts if len(name) <= _LONGEST][:_NAMES]:
        bare = re.sub(r"\s", "", folding.fold(name))
        shorter = {
            bare,
            *(bare[:at] + "*" + bare[at + 1 :] for at in range(len(bare))),
            *(bare[:at] + "+" + bare[at:] for at in range(len(bare) + 1)),
        }
        shorter |= {bare[:at] + "+" + bare[at + 1 :] for at in range(len(bare))}
        for key in sorted(shorter):
            other = seen.get(key)
            if other and other != name and _suspicious(other, name, counts, persons=persons):
                yield Problem(
                    "notice_name_two_ways", max(first[other], first[name]), "", f"{other}、{name}"
                )
                break
        for key in shorter:
            seen.setdefault(key, name)


def _suspicious(one: str, other: str, counts: Counter[str], *, persons: bool) -> bool:
    """Not 一科 and 二科, nor two common names; a person's name only where one of the two is rare."""
    a, b = folding.fold(one), folding.fold(other)
    if re.sub(r"\s", "", a) == re.sub(r"\s", "", b):
        return True
    if min(counts[one], counts[other]) > 1 or (
        persons and (len(a) < 3 or len(a) != len(b) or a[0] != b[0])
    ):
        return False
    differs = set(a) ^ set(b)
    return (
        len(a) > 2
        and not differs
        & set(
            "一二三四五六七八九十东南西北中上下大小老新甲乙丙丁0123456789省市县区镇乡村各财税农林水工商文体教科"
        )
        and (persons or len(a) > 4)
    )


def _late(measures: Sequence[Measure], milestones: Sequence[Milestone]) -> Iterator[Problem]:
    """A date in the text after the measure's own deadline."""
    for milestone in milestones:
        due = measures[milestone.measure].due
        window = deadlines.read(milestone.deadline, measures[milestone.measure].year)
        starts = window and (window.start or window.due)
        if due and starts and starts > due:
            line = milestone.source.block + 1 if milestone.source else 0
            yield Problem(
                "notice_date_after_deadline",
                line,
                measures[milestone.measure].cells["deadline"].text,
                milestone.deadline,
            )


def _cells(measures: Sequence[Measure]) -> Iterator[Problem]:
    """A deadline that can't be read, a measure that nobody answers for."""
    for measure in measures:
        line = _line(measure.cells["title"])
        deadline = measure.cells["deadline"]
        if deadline.text and measure.window is None:
            yield Problem("notice_deadline", _line(deadline) or line, "", deadline.text)
        if not any(
            measure.cells[field].names
            for field in ("leaders", "lead_departments", "support_departments")
        ):
            yield Problem("notice_nobody", line, "", measure.cells["title"].text)
