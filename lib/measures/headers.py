"""What the headers of the board's own tables stand for, in one row or in several.

A person may choose otherwise, on Intake: a choice names a header, as `normal_header` writes it, and
the field that its column is; "" for none.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence, Set
from dataclasses import replace
from typing import Final

from lib.files.headers import normal_header
from lib.grids.headers import Words
from lib.grids.tables import Known
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
    word = normal_header(label)
    if word in SERIALS:
        return "serial"
    field = schema.likely_field_of(label)
    return _TASK if field == "section" and word.endswith(_WORK) else field


def _is_label(text: str) -> bool:
    return bool(_field_of(text) or field_of_header(text))


def _field_below(over: str, upper: str, lower: str) -> str:
    """What a label stands for below another: 牵头 below 责任单位 is 牵头单位."""
    if half := half_of_deadline(over, upper, lower):
        return half
    label = normal_header(lower)
    if field := HEADERS.get(label + normal_header(upper)) or schema.likely_field_of(lower):
        return field
    says_who = over in schema.NAMES or any(word in upper for word in _SAYS_WHO)
    below = BELOW.get(label, "")
    return below if below in schema.NAMES and says_who else ""


def half_of_deadline(over: str, upper: str, lower: str) -> str:
    """FROM or TO where a label divides one of times, 开始 below 完成时限; else "".

    Args:
        over: what the upper label stands for.
        upper, lower: the labels, folded.
    """
    half = BELOW.get(normal_header(lower), "")
    says_when = over == "deadline" or any(word in upper for word in _SAYS_WHEN)
    return half if half in _HALVES and says_when else ""


def _columns(labels: Sequence[str], known: Mapping[int, str]) -> dict[str, int]:
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
    """Whether fields are enough for a measure list; see `_columns`."""
    titled = fields | {"title"} if _TASK in fields else fields
    return schema.MEASURE_TABLE.has(titled)


def _milestone_field_below(_: str, __: str, lower: str) -> str:
    return schema.milestone_field_of(lower)


def _milestone_columns(labels: Sequence[str], known: Mapping[int, str]) -> dict[str, int]:
    return schema.columns_of(labels, known, schema.MILESTONE_COLUMNS)


MEASURES: Final = Known(
    words=Words(_field_of, _field_below, _is_label),
    columns=_columns,
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
    return replace(MEASURES, words=words, columns=lambda *of: _chosen_columns(choices, *of))


def _chosen(choices: Choices, label: str, field: str) -> str:
    """The field that was chosen for a label, else the one that its words stand for."""
    return choices.get(normal_header(label), field)


def _chosen_columns(
    choices: Choices, labels: Sequence[str], fields: Mapping[int, str]
) -> dict[str, int]:
    """The column of each field; a field that was chosen for some is no other's."""
    chosen = {
        position: choices[normal_header(label)]
        for position, label in enumerate(labels)
        if normal_header(label) in choices
    }
    others = {
        position: field
        for position, field in fields.items()
        if position not in chosen and field not in chosen.values()
    }
    used = {position: field for position, field in chosen.items() if field}
    return _columns(labels, others | used)


MILESTONES: Final = Known(
    words=Words(schema.milestone_field_of, _milestone_field_below, _is_label),
    columns=_milestone_columns,
    fits=schema.MILESTONE_TABLE.has,
    title="milestone",
    names=frozenset(),
    times=frozenset({"deadline"}),
)
