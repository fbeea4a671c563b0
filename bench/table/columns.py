"""The columns of an invented table, as Arrow strings: one function a column."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from bench.table.words import ACTIONS, DEADLINES, OBJECTS, RESULTS, SCOPES, VERBS

YEARS = range(2020, 2027)
Codes = np.ndarray[Any, Any]

# How often a cell names one department, two, …, seven.
DEPARTMENTS_A_CELL = [0.10, 0.20, 0.25, 0.20, 0.12, 0.08, 0.05]
MOST_DEPARTMENTS = len(DEPARTMENTS_A_CELL)
# The mark after the first name, the mark between the others, and how often they are used.
FIRST_MARKS = ["，", "、", "，", "；"]
OTHER_MARKS = ["、", "、", "，", "；"]
MARKS = [0.45, 0.35, 0.15, 0.05]

# Departments of one cell are neighbours: from one to the next it is at most so far, and never
# further than a part of all of them.
LONGEST_GAP = 8
PARTS_OF_THE_CITY = 8
LONGEST_GAP_OF_LEADERS = 5

PER_CENT = range(70, 100)  # of a result in per cent
PIECES = range(3, 120)  # of any other result
WITH_RESULT = 0.9  # share of titles that end with a number
WITH_SECOND_LEADER = 0.05
WITH_STRANGE_LEADER = 0.02  # share of measures whose leader is anybody


def pick(choices: Sequence[str], codes: Codes) -> pa.Array:
    """Give the choice of each code."""
    return pa.array(choices, pa.string()).take(pa.array(codes))


def join(*parts: pa.Array | str, sep: str = "") -> pa.Array:
    """Join columns cell by cell."""
    return pc.binary_join_element_wise(*parts, sep)


def text_of(numbers: Codes) -> pa.Array:
    """Write numbers as text."""
    return pc.cast(pa.array(numbers), pa.string())


def titles(rows: int, rng: np.random.Generator) -> pa.Array:
    """Say what is done where, and mostly with which result."""

    def any_of(choices: Sequence[str]) -> pa.Array:
        return pick(choices, rng.integers(len(choices), size=rows))

    plain = join(any_of(VERBS), any_of(SCOPES), any_of(OBJECTS), any_of(ACTIONS))
    has_result = pa.array(rng.random(rows) < WITH_RESULT)
    return pc.if_else(has_result, join(plain, any_of(_results()), sep="，"), plain)


def _results() -> list[str]:
    """Give each result with each of its numbers."""
    results = []
    for template in RESULTS:
        numbers = PER_CENT if template.endswith("%") else PIECES
        results += [template.format(n=number) for number in numbers]
    return results


def department_cells(home: Codes, names: list[str], rng: np.random.Generator) -> pa.Array:
    """Name one to seven different departments a cell.

    Args:
        home: the position of the first name; the others are its neighbours, as offices of one
            place work together.
    """
    rows, known = len(home), len(names)
    sizes = np.arange(1, MOST_DEPARTMENTS + 1)
    counts = np.minimum(rng.choice(sizes, size=rows, p=DEPARTMENTS_A_CELL), known)
    longest_gap = max(1, min(LONGEST_GAP, known // PARTS_OF_THE_CITY))
    gaps = rng.integers(1, longest_gap + 1, size=(rows, MOST_DEPARTMENTS))
    gaps[:, 0] = 0
    codes = (home[:, None] + gaps.cumsum(axis=1)) % known

    style = rng.choice(len(MARKS), size=rows, p=MARKS)
    first = pick(names, codes[:, 0])
    others = pc.binary_join(_others(codes, counts, names), pick(OTHER_MARKS, style))
    several = join(first, pick(FIRST_MARKS, style), others)
    return pc.if_else(pa.array(counts > 1), several, first)


def _others(codes: Codes, counts: Codes, names: list[str]) -> pa.ListArray:
    """Give the names of each cell but the first, which is joined on with a mark of its own.

    Args:
        codes: for each cell as many names as a cell may have.
        counts: how many of them it has.
    """
    is_other = np.arange(MOST_DEPARTMENTS)[None, :] < counts[:, None]
    is_other[:, 0] = False
    bounds = np.concatenate([[0], is_other.sum(axis=1).cumsum()])
    offsets = pa.array(bounds.astype(np.int32))
    return pa.ListArray.from_arrays(offsets, pick(names, codes[is_other]))


def leader_cells(home: Codes, places: int, names: list[str], rng: np.random.Generator) -> pa.Array:
    """Name the leader of a measure, and in one of twenty a second one.

    Each leader answers for a run of departments.

    Args:
        home: the position of the measure's first department.
        places: the number of departments.
    """
    rows, known = len(home), len(names)
    beside_the_run = rng.integers(-1, 2, size=rows)
    usual = home * known // places + beside_the_run
    is_strange = rng.random(rows) < WITH_STRANGE_LEADER
    anybody = rng.integers(known, size=rows)
    first = np.where(is_strange, anybody, usual) % known
    longest_gap = max(1, min(LONGEST_GAP_OF_LEADERS, known - 1))
    second = (first + rng.integers(1, longest_gap + 1, size=rows)) % known
    is_two = (rng.random(rows) < WITH_SECOND_LEADER) & (second != first)
    alone = pick(names, first)
    two = join(alone, pick(names, second), sep="、")
    return pc.if_else(pa.array(is_two), two, alone)


def deadline_cells(years: Codes, rng: np.random.Generator) -> pa.Array:
    """Write deadlines as notices do; some name the year of the measure."""
    phrases = list(DEADLINES)
    weights = np.array(list(DEADLINES.values()), dtype=float)
    choices = []
    for year in YEARS:
        choices += [phrase.replace("{year}", str(year)) for phrase in phrases]
    phrase = rng.choice(len(phrases), size=len(years), p=weights / weights.sum())
    first_of_year = (years - YEARS[0]) * len(phrases)
    return pick(choices, first_of_year + phrase)
