"""What was settled while the sheets of a file were read, as problems."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from lib.errors import Problem
from lib.files import shown
from lib.measures import schema
from lib.measures.parts import Part
from lib.measures.placed import Placed, Source, Tables
from lib.measures.unshown_years import unshown_years


def problems(
    sources: Sequence[Source], tables: Tables, measures: Sequence[Part], copied_from: Sequence[str]
) -> list[Problem]:
    """What was left out of the sheets of a file, and what was taken for granted.

    Args:
        measures: what was read of each table of measures.
        copied_from: the sheets whose rows stand in others, and how many.
    """
    main_sheet = tables.measures[0].sheet
    return [
        *_of_sources(sources, main_sheet),
        *_of_names("sheet_ignored", tables.ignored),
        *_of_names("sheet_unread", tables.unread),
        *_of_names("rows_repeated", copied_from),
        *_of_heads(tables.measures),
        *_of_milestones(tables.milestones),
        *_of_days(measures, tables.measures),
        *_of_rows([*tables.measures, *tables.milestones], main_sheet),
    ]


def _of_names(code: str, names: Sequence[str]) -> list[Problem]:
    """A problem for each of some sheets, which it names."""
    return [Problem(code, 0, "", name) for name in names]


def _of_sources(sources: Sequence[Source], main: str) -> list[Problem]:
    """What was left out of the sheets, which are named but for the main one."""
    problems: list[Problem] = []
    for source in sources:
        name = source.grid.name
        if name == main:
            problems += source.grid.problems
            continue
        for problem in source.grid.problems:
            problems.append(replace(problem, source=name))
    return problems


def _of_days(measures: Sequence[Part], tables: Sequence[Placed]) -> list[Problem]:
    """The days whose cells hold a year that they don't show."""
    problems: list[Problem] = []
    for part, placed in zip(measures, tables, strict=True):
        problems += unshown_years(part, placed.table, placed.source.grid)
    return problems


def _of_heads(measures: Sequence[Placed]) -> list[Problem]:
    """The years that were taken from above a table, because no column says them."""
    years: dict[int, None] = {}
    for placed in measures:
        year = placed.head.year
        if year and "year" not in placed.table.columns:
            years[year] = None
    header = schema.WORDS["year"]
    return [Problem("year_taken", 0, header, str(year)) for year in years]


def _of_milestones(milestones: Sequence[Placed]) -> list[Problem]:
    """Sheets of milestones that are called otherwise than in our own files."""
    names: dict[str, None] = {}
    for placed in milestones:
        if placed.sheet not in schema.MILESTONE_SHEETS:
            names[placed.sheet] = None
    return _of_names("milestones_sheet", [*names])


def _of_rows(read: Sequence[Placed], main: str) -> list[Problem]:
    """The rows of tables that are no measures, and those that belong to the row above them.

    Args:
        main: the sheet that problems need not name.
    """
    problems: list[Problem] = []
    for placed in read:
        source = "" if placed.sheet == main else placed.sheet
        if placed.table.passed:
            problems.append(_of_passed(placed, source))
        if placed.table.joined:
            problems.append(_of_joined(placed, source))
    return problems


def _of_passed(placed: Placed, source: str) -> Problem:
    """The rows of a table that are no measures, and what they say."""
    passed = placed.table.passed
    rows = [row.row for row in passed]
    lines = placed.lines_of(rows)
    texts: list[str] = []
    for line, row in zip(lines, passed, strict=True):
        texts.append(f"{line}: {row.text}")
    text = "; ".join(texts)
    return Problem("rows_passed", lines[0], "", shown(text), source)


def _of_joined(placed: Placed, source: str) -> Problem:
    """The rows of a table that belong to the row above them."""
    lines = placed.lines_of(placed.table.joined)
    text = ", ".join(map(str, lines))
    return Problem("rows_joined", lines[0], "", shown(text), source)
