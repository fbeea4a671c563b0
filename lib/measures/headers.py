"""What the headers of the board's own tables stand for, in one row or in several.

A person may choose otherwise, on Intake: a choice names a header, as `normal_header` writes it, and
the field that its column is; "" for none.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence, Set
from dataclasses import replace
from functools import partial
from typing import Final

from lib.files.headers import normal_header
from lib.grids.headers import Columns, Fields, Words
from lib.grids.model import Known
from lib.measures import schema
from lib.measures.meanings import field_of_header
from lib.measures.vocabulary import BELOW, HEADERS, SERIALS

# The two halves of a deadline that stands in two columns.
FROM: Final = "from"
TO: Final = "to"

Choices = Mapping[str, str]  # header, as `normal_header` writes it → field, "" for none
NO_CHOICES: Final[Choices] = {}
# The fields that may be chosen, in the order in which they are offered
CHOOSABLE: Final = (
    "title",
    "leaders",
    "lead_departments",
    "support_departments",
    "departments",
    "deadline",
    "section",
    "article",
    "measure_id",
    "year",
    "list",
    "given_start",
    "given_due",
    "issued",
    "progress",
    "",
)

# What 重点任务 stands for: the measure where no other column is, else the section
_TASK: Final = "task"
_WORK: Final = ("任务", "工作", "项目", "事项", "行动", "工程")

_HALVES: Final = frozenset({FROM, TO})
_SAYS_WHO: Final = ("责任", "分工", "单位", "部门", "落实")  # in a label over several columns
_SAYS_WHEN: Final = ("时", "期", "进度")


def _field_of(label: str) -> str:
    """What a label stands for; 重点任务 is a task, which may be the measure or its section."""
    word = normal_header(label)
    if word in SERIALS:
        return "serial"
    field = schema.likely_field_of(label)
    if field == "section" and word.endswith(_WORK):
        return _TASK
    return field


def _is_label(text: str) -> bool:
    """Whether a text is a header's, also of a column that no field is."""
    return bool(_field_of(text) or field_of_header(text))


def _field_below(over: str, upper: str, lower: str) -> str:
    """What a label stands for below another: 牵头 below 责任单位 is 牵头单位."""
    half = half_of_deadline(over, upper, lower)
    if half:
        return half
    label = normal_header(lower)
    both_labels = label + normal_header(upper)
    field = HEADERS.get(both_labels) or schema.likely_field_of(lower)
    if field:
        return field
    field_below = BELOW.get(label, "")
    upper_says_who = over in schema.NAMES or _holds_any(upper, _SAYS_WHO)
    is_name = upper_says_who and field_below in schema.NAMES
    return field_below if is_name else ""


def _holds_any(label: str, words: Sequence[str]) -> bool:
    return any(word in label for word in words)


def half_of_deadline(over: str, upper: str, lower: str) -> str:
    """FROM or TO where a label divides one of times, 开始 below 完成时限; else "".

    Args:
        over: what the upper label stands for.
        upper, lower: the labels, folded.
    """
    half = BELOW.get(normal_header(lower), "")
    upper_says_when = over == "deadline" or _holds_any(upper, _SAYS_WHEN)
    if upper_says_when and half in _HALVES:
        return half
    return ""


def _measure_columns(labels: Sequence[str], known: Fields) -> Columns:
    """The column of each field; where none is headed 举措, a 重点任务 is the measure.

    Of several it is the last one, and the first is the section: they grow finer.
    """
    columns = schema.columns_of(labels, known)
    columns.pop(_TASK, None)
    tasks = [position for position, field in known.items() if field == _TASK]
    if tasks and "title" not in columns:
        columns["title"] = tasks.pop()
    if tasks and "section" not in columns:
        columns["section"] = tasks[0]
    return columns


def _fits(fields: Set[str]) -> bool:
    """Whether fields are enough for a measure list; see `_measure_columns`."""
    if _TASK in fields:
        fields = fields | {"title"}
    return schema.MEASURE_TABLE.has(fields)


def _milestone_field_below(_: str, __: str, lower: str) -> str:
    return schema.milestone_field_of(lower)


def _milestone_columns(labels: Sequence[str], known: Fields) -> Columns:
    return schema.columns_of(labels, known, schema.MILESTONE_COLUMNS)


MEASURES: Final = Known(
    words=Words(_field_of, _field_below, _is_label),
    columns=_measure_columns,
    fits=_fits,
    title="title",
    names=frozenset(schema.NAMES),
    times=frozenset({"deadline", FROM, TO}),
)


def known(choices: Choices) -> Known:
    """What measure lists are known by, once a person has chosen what some of their columns are."""
    if not choices:
        return MEASURES
    words = Words(
        lambda label: _chosen(choices, label, _field_of(label)),
        lambda over, upper, lower: _chosen(choices, lower, _field_below(over, upper, lower)),
        lambda text: normal_header(text) in choices or _is_label(text),
    )
    columns = partial(_chosen_columns, choices)
    return replace(MEASURES, words=words, columns=columns)


def _chosen(choices: Choices, label: str, field: str) -> str:
    """The field that was chosen for a label, else the one that its words stand for."""
    return choices.get(normal_header(label), field)


def _chosen_columns(choices: Choices, labels: Sequence[str], fields: Fields) -> Columns:
    """The column of each field; a field that was chosen for some is no other's."""
    chosen: Fields = {}
    for position, label in enumerate(labels):
        header = normal_header(label)
        if header in choices:
            chosen[position] = choices[header]
    # First those that nobody chose, as `_measure_columns` takes the first of two that are alike
    known_fields: Fields = {}
    for position, field in fields.items():
        if position not in chosen and field not in chosen.values():
            known_fields[position] = field
    for position, field in chosen.items():
        if field:
            known_fields[position] = field
    return _measure_columns(labels, known_fields)


MILESTONES: Final = Known(
    words=Words(schema.milestone_field_of, _milestone_field_below, _is_label),
    columns=_milestone_columns,
    fits=schema.MILESTONE_TABLE.has,
    title="milestone",
    names=frozenset(),
    times=frozenset({"deadline"}),
)
