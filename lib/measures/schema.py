"""The measure table's columns, types and states, and which column of a file is which.

The words of its headers stand in vocabulary.toml; what a measure list must have, in docs/design.md.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import lru_cache
from typing import Final

from lib.files import Headers
from lib.files.headers import normal_header
from lib.grids.headers import Columns, Fields
from lib.measures.meanings import compound, field_of_header, key, without_joiners
from lib.measures.vocabulary import (
    CARRIED_HEADERS,
    HEADERS,
    MILESTONE_HEADERS,
    RARER_HEADERS,
    SERIALS,
    USUAL_HEADERS,
)
from lib.text.folding import fold
from lib.text.invisible import visible

# The measure table's columns in the order in which they are written, with the notice's own words.
COLUMNS: Final[dict[str, str]] = {
    "measure_id": "编号",
    "year": "年度",
    "list": "清单",
    "section": "板块",
    "article": "条目",
    "title": "举措",
    "leaders": "责任领导",
    "departments": "责任部门",
    "deadline": "完成时限",
}
# Columns that a table may have and that then win over the order of the names in 责任部门.
ROLE_COLUMNS: Final[dict[str, str]] = {
    "lead_departments": "牵头部门",
    "support_departments": "配合部门",
}
# A column that the table carries along, and that is known by its word.
CARRIED_COLUMNS: Final[dict[str, str]] = {"progress": "进展"}
# Columns of days that a table may have: what a person gives beside 完成时限, and the day of issue.
DATE_COLUMNS: Final[dict[str, str]] = {
    "given_start": "起",
    "given_due": "止",
    "issued": "印发日期",
}
GIVEN_DAYS: Final = ("given_start", "given_due")
# The notice's own word for each of these.
WORDS: Final = COLUMNS | ROLE_COLUMNS | DATE_COLUMNS | CARRIED_COLUMNS
# What a download adds after these and the file's own, as of its day.
ADDED_COLUMNS: Final[tuple[str, ...]] = ("due", "state", "days_left")
# What it adds after these of a list that is followed.
FOLLOWED_COLUMNS: Final[tuple[str, ...]] = ("light", "current_due", "last_report")

MILESTONE_COLUMNS: Final[dict[str, str]] = {
    "measure_id": "编号",
    "deadline": "节点时限",
    "milestone": "节点",
    "target": "目标值",
    "unit": "单位",
}
MILESTONE_SHEET: Final = "节点"
MILESTONE_SHEETS: Final = (MILESTONE_SHEET, "Milestones")  # as our exports call it in each language

# What `measures.read` gives, in this order (derived: lead_departments … recurring); after these
# come the columns of DATE_COLUMNS that the file has, then the file's own.
ROW_COLUMNS: Final[tuple[str, ...]] = (
    "measure_id",
    "year",
    "list",
    "section",
    "article",
    "title",
    "leaders",
    "departments",
    "lead_departments",
    "support_departments",
    "deadline",
    "start",
    "due",
    "ongoing",
    "recurring",
)

# The names that no column of the office's own can have in what `measures.read` gives.
OWN_COLUMNS: Final = frozenset({*ROW_COLUMNS, *DATE_COLUMNS})

# By which the tables of a file are known: a measure list has 举措 and one of 责任领导, 责任部门
# and 牵头部门.
_REQUIRED: Final = (
    frozenset({"title"}),
    frozenset({"leaders", "departments", "lead_departments"}),
)
MEASURE_TABLE: Final = Headers(HEADERS, _REQUIRED)
USUAL_TABLE: Final = Headers(USUAL_HEADERS, _REQUIRED)  # plainly one: without the rarer words
# The board's own form, which its downloads and what Intake writes have as well: a table in a notice
# has neither years nor lists.
OWN_TABLE: Final = Headers(
    USUAL_HEADERS,
    (*_REQUIRED, frozenset({"measure_id"}), frozenset({"year"}), frozenset({"list"})),
)
MILESTONE_TABLE: Final = Headers(
    MILESTONE_HEADERS, (frozenset({"measure_id"}), frozenset({"milestone"}))
)

# Date states in the order in which the first that fits is taken, and the mark of each.
STATES: Final[dict[str, str]] = {
    "unreadable": "!",
    "no_date": "–",
    "recurring": "↻",
    "passed": "■",
    "ongoing": "●",
    "this_month": "▲",
    "within_30": "△",
    "later": "○",
}
# States as a reader wants them stacked: what is past, what presses, what is far, what has no day.
STATE_ORDER: Final[tuple[str, ...]] = (
    "passed",
    "this_month",
    "within_30",
    "later",
    "ongoing",
    "recurring",
    "no_date",
    "unreadable",
)

RECURRING: Final[tuple[str, ...]] = (
    "",
    "monthly",
    "quarterly",
    "weekly",
    "half_yearly",
    "yearly",
)
ROLES: Final[tuple[str, ...]] = ("lead", "support")
NAMES: Final = ("leaders", "lead_departments", "departments", "support_departments")
_REMEMBERED: Final = 4096  # headers
DEFAULT_WEIGHT: Final = 0.5
LONGEST_CELL: Final = 32_767  # Excel's own limit for a cell, in characters

# How well a header names its field: the lowest wins.
_OWN_WORD, _USUAL, _RARER, _PUT_TOGETHER_WORD = range(4)

# Fields whose header may be put together, and what else such a header may mean.
_PUT_TOGETHER: Final = frozenset({*COLUMNS, *ROLE_COLUMNS}) - {"measure_id", "year", "list"}
_OF_MEANING: Final = {
    "who": "departments",
    "both": "departments",
    "lead_who": "lead_departments",
    "support_who": "support_departments",
}


def fields(header: Sequence[str]) -> Columns:
    """Find the column of each field in the header row of a measure list.

    The notice's own word wins over a usual synonym, and this over a rarer one; of two that are
    alike the first wins. A second column for the same field stays an extra one.

    Returns:
        Field → position in the row.
    """
    return columns_of(header, _known(header, field_of))


def unused_columns(header: Sequence[str]) -> list[int]:
    """The columns with a usual or rarer word for a field that another one is taken for."""
    used = fields(header).values()
    unused: list[int] = []
    for column, cell in enumerate(header):
        word = normal_header(cell)
        names_a_field = word in HEADERS and word not in SERIALS
        if names_a_field and column not in used:
            unused.append(column)
    return unused


def milestone_fields(header: Sequence[str]) -> Columns:
    """Find the column of each field in the header row of milestones, as `fields` does."""
    return columns_of(header, _known(header, milestone_field_of), MILESTONE_COLUMNS)


def _known(header: Sequence[str], meaning: Callable[[str], str]) -> Fields:
    """What the headers stand for that are known, by their positions."""
    known: Fields = {}
    for position, cell in enumerate(header):
        field = meaning(cell)
        if field:
            known[position] = field
    return known


@lru_cache(_REMEMBERED)
def field_of(label: str) -> str:
    """What a header stands for: a word of the vocabulary, or one put together like 区政府分管领导."""
    field = HEADERS.get(normal_header(label))
    if field:
        return field
    bare = key(fold(label))
    return _own(compound(without_joiners(bare)))


@lru_cache(_REMEMBERED)
def likely_field_of(label: str) -> str:
    """What a header most likely stands for, also one that is too general, or only holds a label.

    By such a header a table is read that would be none without it.
    """
    field = field_of(label)
    if field:
        return field
    on_one_line = fold(label).replace("\n", "")
    return _own(field_of_header(on_one_line))


def _own(meaning: str) -> str:
    """The field of a meaning, "" where the table has none for it."""
    field = _OF_MEANING.get(meaning, meaning)
    return field if field in _PUT_TOGETHER else ""


@lru_cache(_REMEMBERED)
def milestone_field_of(label: str) -> str:
    """What a header of milestones stands for."""
    return MILESTONE_HEADERS.get(normal_header(label), "")


def carried_field_of(label: str) -> str:
    """What a header stands for of `CARRIED_COLUMNS`, "" for none."""
    return CARRIED_HEADERS.get(normal_header(label), "")


def columns_of(
    header: Sequence[str],
    known: Fields,
    own_words: Mapping[str, str] = COLUMNS | ROLE_COLUMNS | DATE_COLUMNS,
) -> Columns:
    """Choose the column of each field among those that stand for it, as `fields` says.

    Args:
        known: position → field.
        own_words: the notice's own word for each field.
    """
    columns: Columns = {}
    ranks: dict[str, int] = {}
    for position, field in known.items():
        cell = header[position]
        is_own = visible(cell).strip() == own_words.get(field)
        rank = _rank(normal_header(cell), is_own=is_own)
        if field not in columns or rank < ranks[field]:
            columns[field] = position
            ranks[field] = rank
    return columns


def _rank(word: str, *, is_own: bool) -> int:
    if is_own:
        return _OWN_WORD
    if word not in HEADERS and word not in MILESTONE_HEADERS:
        return _PUT_TOGETHER_WORD
    return _RARER if word in RARER_HEADERS else _USUAL
