"""The columns of a form, the words by which they are found again, and the choices in them.

They are Chinese in every language: departments fill them in.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from typing import Final

from lib.files.headers import normal_header
from lib.ledger.events import Stage
from lib.text.invisible import visible

Cells = Mapping[str, str]  # the texts of a row by column

ID: Final = "id"
STAMP: Final = "stamp"  # hidden
NOTE: Final = "note"  # what is to be corrected, in a form that goes back
TITLE: Final = "title"
DUE: Final = "due"
STAGE: Final = "stage"
UNTIL: Final = "until"
WHY: Final = "why"
TARGET: Final = "target"  # with a number: target 1, value 1
VALUE: Final = "value"

# What a form says, and nobody is to change
SAID: Final[Mapping[str, str]] = {
    ID: "编号",
    TITLE: "举措",
    "role": "牵头/配合",
    "leaders": "责任领导",
    "first_due": "原定时限",
    DUE: "现定时限",
    "last": "上期进展",
}
# What a department writes
TEXTS: Final[Mapping[str, str]] = {
    "did": "做法成效",
    "problems": "存在问题",
    "difficulties": "困难及需协调",
    "next": "下一步打算",
}
EXTENSION: Final[Mapping[str, str]] = {UNTIL: "申请延期至", WHY: "延期理由"}
PEOPLE: Final[Mapping[str, str]] = {"filled_by": "填报人", "checked_by": "审核人"}
ANSWERS: Final[Mapping[str, str]] = {STAGE: "是否完成", **TEXTS, **EXTENSION, **PEOPLE}
HEADERS: Final[Mapping[str, str]] = {
    **SAID,
    **ANSWERS,
    STAMP: "识别码（请勿改动）",
    NOTE: "需要核对",
}

_SYNONYMS: Final[Mapping[str, tuple[str, ...]]] = {
    ID: ("举措编号", "任务编号", "事项编号"),
    TITLE: ("工作举措", "举措内容", "任务", "工作任务", "事项", "工作内容"),
    "role": ("角色", "牵头或配合"),
    "leaders": ("分管领导", "牵头领导"),
    "first_due": ("完成时限", "原完成时限"),
    DUE: ("现完成时限", "当前时限"),
    "last": ("上期情况", "上次进展"),
    STAGE: ("完成情况", "进展状态", "办理状态", "推进状态", "完成状态", "状态", "办结情况"),
    "did": ("做法及成效", "主要做法", "工作进展", "进展情况", "本期进展", "工作成效", "做法和成效"),
    "problems": ("存在的问题", "主要问题", "问题"),
    "difficulties": ("困难", "需协调事项", "需协调解决的问题", "困难及需协调事项"),
    "next": ("下一步工作", "下步打算", "下一步计划", "下一步工作打算", "下步工作计划"),
    UNTIL: ("延期至", "申请延期到", "申请延期时间"),
    WHY: ("延期原因", "申请延期理由"),
    "filled_by": ("填表人", "填报人员", "经办人"),
    "checked_by": ("审核人员", "审签人", "审核领导"),
}
_NUMBERED: Final = re.compile("(目标|完成值)([1-9][0-9]?)?")
_OF_NUMBERED: Final = {"目标": TARGET, "完成值": VALUE}
_FIELD_OF_WORD: Final = {
    normal_header(word): field
    for field, header in HEADERS.items()
    for word in (header, *_SYNONYMS.get(field, ()))
}


def numbered(field: str, number: int) -> str:
    """A column of targets: `value 1`."""
    return f"{field} {number}"


def header_of(field: str) -> str:
    """What stands above a column."""
    name, _, number = field.partition(" ")
    if name == TARGET:
        return f"目标{number}"
    if name == VALUE:
        return f"完成值{number}"
    return HEADERS[field]


def field_of(header: str) -> str:
    """The column that a header stands for, "" where it is none of a form."""
    word = normal_header(header)
    match = _NUMBERED.fullmatch(word)
    if match:
        return numbered(_OF_NUMBERED[match[1]], int(match[2] or 1))
    return _FIELD_OF_WORD.get(word, "")


def is_answer(field: str) -> bool:
    """Whether a department writes into a column."""
    return field in ANSWERS or field.startswith(VALUE)


def answers_in(cells: Cells) -> dict[str, str]:
    """What a department has written into a row, by column."""
    return {field: text for field, text in cells.items() if is_answer(field)}


# --- choices --------------------------------------------------------------------------------------

CLAIM: Final = "申请办结"
STAGES: Final[Mapping[str, Stage]] = {
    "未启动": Stage.NOT_STARTED,
    "推进中": Stage.UNDER_WAY,
    "无新进展": Stage.NO_NEWS,
}
CHOICES: Final = (*STAGES, CLAIM)
_SAID_OTHERWISE: Final[Mapping[str, tuple[str, ...]]] = {
    "未启动": ("尚未启动", "没有启动", "还未启动", "未开展", "尚未开展"),
    "推进中": (
        "推进",
        "在推进",
        "正在推进",
        "正在推进中",
        "正常推进",
        "有序推进",
        "持续推进",
        "持续推进中",
        "按计划推进",
        "进行中",
        "正在进行",
    ),
    "无新进展": ("没有新进展", "暂无新进展", "无进展", "暂无进展"),
    CLAIM: (
        "已申请办结",
        "申请销号",
        "申请办结销号",
        "已完成",
        "完成",
        "全部完成",
        "已全部完成",
        "已办结",
        "办结",
        "100%",
        "完成100%",
        "已完成100%",
    ),
}
_CHOICE_OF_WORD: Final = {
    word: choice for choice in CHOICES for word in (choice, *_SAID_OTHERWISE[choice])
}
_BESIDE: Final = re.compile(r"[\s,.;:!、，。；：！()（）“”\"'√☑✓]")


def choice_of(text: str) -> str:
    """The choice that a text means; "" where that is not sure, as with 1, 是 or 基本完成."""
    word = _BESIDE.sub("", unicodedata.normalize("NFKC", visible(text)))
    return _CHOICE_OF_WORD.get(word, "")
