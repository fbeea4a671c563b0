"""A table, a notice that revises it, and what a revision makes of its files."""

from __future__ import annotations

from pathlib import Path

import pytest

from lib import measures, revisions
from lib.errors import BoardError
from lib.measures import schema
from lib.notices.output import Rows
from lib.revisions.model import Contents
from tests.tables import HEADER

COLUMNS = HEADER.split(",")
DATES = list(schema.MILESTONE_COLUMNS.values())

TABLE = """编号,年度,清单,板块,条目,举措,责任领导,责任部门,完成时限,备注
a,2020,旧清单,一,一（一）,职工书屋建设,张慧,组宣部、办公室,8月,已开会
b,2020,旧清单,一,一（二）,劳模宣讲活动,张雷,办公室,全年,
c,2020,旧清单,二,二（一）,财务审计,张慧,财务部,待定,跟进
x,2019,别的清单,一,一（一）,职工书屋建设,李明,办公室,6月,
"""
MILESTONES = "编号,节点时限,节点,目标值,单位\na,6月,申报,4,个\nx,5月,验收,,\n"
OLD = Contents(TABLE.encode(), MILESTONES.encode())


def notice(
    *measures: str, milestones: tuple[str, ...] = (), name: str = "旧清单", year: str = "2020"
) -> tuple[Rows, Rows]:
    """A notice's rows: each measure is 条目,举措,责任领导,责任部门,完成时限."""
    rows = [COLUMNS]
    for number, line in enumerate(measures, 1):
        article, title, leaders, departments, deadline = line.split(",")
        rows.append(
            [
                f"{year}-{number}",
                year,
                name,
                article[:1],
                article,
                title,
                leaders,
                departments,
                deadline,
            ]
        )
    return rows, [DATES, *(line.split(",") for line in milestones)]


SAME = (
    "一（一）,职工书屋建设,张慧,组宣部、办公室,8月",
    "一（二）,劳模宣讲活动,张雷,办公室,全年",
    "二（一）,财务审计,张慧,财务部,待定",
)
REVISED = (
    "一（一）,职工书屋建设,张慧,组宣部、办公室,9月",
    "一（二）,工匠培训,王芳,组宣部,10月",
    "一（三）,劳模宣讲系列活动,张雷,办公室,全年",
)
LIST = "2020 · 旧清单"


def table_in(folder: Path) -> Path:
    """The table and its milestones as files of a folder."""
    path = folder / "measures.csv"
    write(path, OLD)
    return path


def write(path: Path, version: Contents) -> None:
    """A version in the place of the table."""
    for file, data in zip((path, measures.milestones_path(path)), version, strict=True):
        file.write_bytes(data or b"")


def revise(
    path: Path, issued: tuple[Rows, Rows], replaces: str | None = None
) -> revisions.Revision:
    revision = revisions.plan(path, *issued, replaces)
    revisions.save(revision)
    return revision


def contents(path):
    return [
        file.read_bytes() if file.exists() else None
        for file in (path, measures.milestones_path(path))
    ]


def refused(call, *args):
    with pytest.raises(BoardError) as caught:
        call(*args)
    return caught.value.code


def cells(path):
    """Each row of a table as it is read, by its 编号."""
    rows = measures.read(path).rows.astype(object)
    return {
        row["measure_id"]: {name: str(row[name]) for name in rows.columns}
        for _, row in rows.iterrows()
    }
