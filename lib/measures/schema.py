"""The words of the table: columns, header synonyms, states. Imports nothing of ours (DESIGN.md §3 and §4)."""

from __future__ import annotations

import re
import unicodedata
from typing import Final

# The measure table's columns in the order in which they are written, and the notice's own word for each.
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

MILESTONE_COLUMNS: Final[dict[str, str]] = {
    "measure_id": "编号",
    "deadline": "节点时限",
    "milestone": "节点",
    "target": "目标值",
    "unit": "单位",
}
MILESTONE_SHEET: Final = "节点"
MILESTONE_SHEETS: Final = (MILESTONE_SHEET, "Milestones")  # as our exports call it in each language

# What `measures.read` gives, in this order (derived: lead_departments … recurring).
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

_SYNONYMS: Final[dict[str, str]] = {
    "measure_id": "编号 举措编号 任务编号 id measure_id",
    "year": "年度 年份 所属年度 year",
    "list": "清单 清单名称 文件 文件名称 所属清单 list measure_list list_name",
    "section": "板块 类别 分类 任务类别 工作类别 项目类别 重点任务 领域 section category",
    "article": "条目 条款 条目号 条 article item",
    "title": (
        "举措 举措内容 工作举措 重点举措 具体举措 主要举措 措施 工作措施 具体措施 整改措施 任务 工作任务 任务内容 "
        "主要任务 具体任务 工作内容 任务事项 事项 工作事项 title measure task action"
    ),
    "leaders": (
        "责任领导 牵头领导 分管领导 包保领导 包联领导 责任人 项目责任人 leader leaders responsible responsible_leader "
        "responsible_leaders"
    ),
    "departments": (
        "责任部门 责任部室 责任科室 责任股室 责任处室 责任单位 承办部门 承办单位 部门 单位 department departments "
        "responsible_department responsible_departments"
    ),
    "lead_departments": (
        "牵头部门 牵头单位 牵头科室 牵头部室 牵头处室 主办部门 主办单位 主责部门 主责单位 第一责任单位 "
        "lead lead_department lead_departments"
    ),
    "support_departments": (
        "配合部门 配合单位 配合科室 配合部室 协办部门 协办单位 会办单位 参与部门 参与单位 协同部门 协同单位 "
        "support support_department support_departments supporting_department supporting_departments"
    ),
    "deadline": (
        "完成时限 完成时间 时限要求 时限 办结时限 责任时限 整改时限 完成期限 时间安排 时间节点 时间要求 "
        "截止时间 截止日期 deadline due_date due_phrase time_limit"
    ),
}
_MILESTONE_SYNONYMS: Final[dict[str, str]] = {
    "measure_id": _SYNONYMS["measure_id"],
    "deadline": "节点时限 节点时间 时限 完成时限 deadline when",
    "milestone": "节点 节点内容 事项 milestone",
    "target": "目标值 目标 数量 target quantity",
    "unit": "单位 计量单位 unit",
}

REQUIRED: Final = "title"
# One of these must be there for a table to be a measure list.
RESPONSIBLE: Final[tuple[str, ...]] = ("leaders", "departments", "lead_departments")

# Date states in the order in which the first that fits is taken (DESIGN.md §4), and the mark of each (§6).
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
# States as a reader wants them stacked: what has gone by, what presses, what is far, what has no day.
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

RECURRING: Final[tuple[str, ...]] = ("", "monthly", "quarterly", "weekly")
ROLES: Final[tuple[str, ...]] = ("lead", "support")
WEIGHTS: Final[tuple[float, ...]] = (0.0, 0.25, 0.5, 0.75, 1.0)
DEFAULT_WEIGHT: Final = 0.5
LONGEST_CELL: Final = 32_767  # Excel's own limit for a cell, in characters

_NOTE = re.compile(r"[(\[【〔].*?[)\]】〕]")


def normal_header(text: str) -> str:
    """A header as it is compared: NFKC, lower case, without spaces, underscores and notes in brackets."""
    folded = unicodedata.normalize("NFKC", text).lower().replace("\ufeff", "")
    return re.sub(r"[\s_*:：]+", "", _NOTE.sub("", folded)) or re.sub(r"\s+", "", folded)


def _table(synonyms: dict[str, str]) -> dict[str, str]:
    return {
        normal_header(word): field for field, words in synonyms.items() for word in words.split()
    }


HEADERS: Final[dict[str, str]] = _table(_SYNONYMS)
MILESTONE_HEADERS: Final[dict[str, str]] = _table(_MILESTONE_SYNONYMS)


def fields(header: list[str], words: dict[str, str] = HEADERS) -> dict[str, int]:
    """Which column of a header row holds which field: the notice's own word first, then the first synonym.

    header: the cells of the row; words: normalised word → field. A second column for the same field stays an extra one.
    """
    own = COLUMNS | ROLE_COLUMNS if words is HEADERS else MILESTONE_COLUMNS
    found: dict[str, int] = {}
    for at, text in enumerate(header):
        field = words.get(normal_header(text))
        if field and (
            field not in found or (text.strip() == own[field] != header[found[field]].strip())
        ):
            found[field] = at
    return found


def is_measure_table(found: dict[str, int]) -> bool:
    """Whether a header row names a measure list: 举措 and one of 责任领导, 责任部门, 牵头部门 (DESIGN.md §4)."""
    return REQUIRED in found and any(field in found for field in RESPONSIBLE)
