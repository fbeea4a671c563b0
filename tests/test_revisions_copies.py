"""A copy of the table is edited and given back."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import numpy as np
import pytest

from lib import measures, notices, revisions
from lib.answers import exports
from lib.i18n import translator
from lib.notices.output import Rows, to_table
from tests.revising import (
    LIST,
    MILESTONES,
    TABLE,
    cells,
    table_in,
)
from tests.tables import HEADER


@pytest.fixture
def path(tmp_path):
    return table_in(tmp_path)


def copied(path: Path, kind: str = "csv", edit=lambda text: text) -> tuple[Rows, Rows]:
    """A download of the table, edited, as Intake reads it."""
    table = measures.read(path)
    make = {"csv": exports.csv, "xlsx": exports.xlsx}[kind]
    t = translator("zh")
    data = make(table, np.arange(len(table)), date(2020, 7, 1), (t("app.title"),), t)
    if kind == "csv":
        data = edit(data.decode("utf-8-sig")).encode()
    return to_table(notices.read(data, f"copy.{kind}"))


def fields_of(revision: revisions.Revision) -> dict[str, dict[str, tuple[str, str]]]:
    return {change.measure_id: {**change.fields} for change in revision.changes}


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_a_copy_that_nobody_has_edited_changes_nothing(path, kind):
    revision = revisions.plan(path, *copied(path, kind), is_copy=True)
    assert (revision.changes, revision.unchanged) == ((), 4)
    assert revision.after == revision.before


def test_two_edits_of_a_copy_are_two_changes(path):
    """In two lists; a title that is another altogether is known by its 编号, and milestones stay."""

    def edit(text: str) -> str:
        return text.replace("劳模宣讲活动", "工匠进校园").replace('"6月"', '"7月"')

    revision = revisions.plan(path, *copied(path, edit=edit), is_copy=True)
    assert fields_of(revision) == {
        "b": {"title": ("劳模宣讲活动", "工匠进校园")},
        "x": {"deadline": ("6月", "7月")},
    }
    revisions.save(revision)
    assert path.read_text("utf-8-sig") == edit(TABLE.replace(",6月,", ',"6月",')).replace('"', "")
    assert measures.milestones_path(path).read_text("utf-8-sig") == MILESTONES


def test_a_copy_that_excel_saved_is_known_by_the_ids_that_it_took_for_dates(path):
    """Lines as long as the longest, days as Excel writes them, and GBK."""
    path.write_text(TABLE.replace("\na,", "\n2020-1-1,").replace("\nb,", "\n2020-1-2,"), "utf-8")
    table = measures.read(path)
    data = exports.csv(table, np.arange(4), date(2020, 7, 1), ("举措看板",), translator("zh"))
    lines = (
        data.decode("utf-8-sig").replace("2020-1-", "2020/1/").replace("全年", "9月").splitlines()
    )
    kept = [line for line in lines if not line.startswith(('"c"', '"x"'))]
    saved = "\r\n".join([*(line + "," * 14 for line in kept[:2]), *kept[2:]]).encode("gbk")
    copy = notices.read(saved, "copy.csv")
    assert [problem.code for problem in copy.problems] == ["ids_were_dates"]
    rows, milestones = to_table(copy)
    changes = revisions.plan(path, rows, milestones, is_copy=True).changes
    assert [(change.kind, change.measure_id) for change in changes] == [
        ("changed", "2020-1-2"),
        ("removed", "c"),
    ]


def test_who_leads_is_edited_in_a_copy_where_it_is_printed(path):
    """Though 牵头部门 and 配合部门 stand beside it in each download, and would win over it."""

    def edit(text: str) -> str:
        return text.replace('"组宣部、办公室"', '"财务部、组宣部"').replace(
            '"财务部","待定"', '"","待定"'
        )

    revision = revisions.plan(path, *copied(path, edit=edit), is_copy=True)
    assert fields_of(revision) == {
        "a": {
            "lead_departments": ("组宣部", "财务部"),
            "support_departments": ("办公室", "组宣部"),
        }
    }


@pytest.mark.parametrize("printed", ["组宣部、办公室", "办公室、组宣部"])
def test_who_leads_is_edited_in_a_copy_in_its_own_column(path, printed):
    def edit(text: str) -> str:
        text = text.replace('"组宣部","办公室"', '"办公室","组宣部"')
        return text.replace('"组宣部、办公室"', f'"{printed}"')

    revision = revisions.plan(path, *copied(path, edit=edit), is_copy=True)
    assert fields_of(revision) == {
        "a": {
            "lead_departments": ("组宣部", "办公室"),
            "support_departments": ("办公室", "组宣部"),
        }
    }


def test_columns_of_the_offices_own_are_edited_and_added_in_a_copy(path):
    def edit(text: str) -> str:
        lines = text.replace("已开会", "已办结").splitlines()
        return "\n".join([*lines[:2], f"{lines[2]},进展", f"{lines[3]},快", *lines[4:]])

    revision = revise_copy(path, edit)
    assert fields_of(revision) == {"a": {"备注": ("已开会", "已办结"), "进展": ("", "快")}}
    lines = path.read_text("utf-8-sig").splitlines()
    assert lines[0] == f"进展,{HEADER},备注"
    assert lines[1].startswith("快,a,2020,旧清单,")
    assert lines[1].endswith(",已办结")
    assert lines[2].startswith(",b,2020,")


def revise_copy(path: Path, edit) -> revisions.Revision:
    revision = revisions.plan(path, *copied(path, edit=edit), is_copy=True)
    revisions.save(revision)
    return revision


def test_a_column_without_a_name_of_its_own_is_left_alone(path):
    path.write_text(TABLE.replace(",备注", ",").replace("6月,", "6月,夹注"), "utf-8")
    revision = revisions.plan(
        path, *copied(path, edit=lambda text: text.replace("夹注", "别的")), is_copy=True
    )
    assert revision.changes == ()


def test_rows_come_and_go_in_a_copy(path):
    def edit(text: str) -> str:
        lines = text.splitlines()
        new = '"n",2020,"旧清单","二","","种树","张慧","园林科","3月","","","","","",""'
        return "\n".join(lines[:4] + lines[5:6] + [new] + lines[6:])

    revision = revise_copy(path, edit)
    assert [(change.kind, change.measure_id) for change in revision.changes] == [
        ("added", "n"),
        ("removed", "b"),
    ]
    assert [*cells(path)] == ["a", "c", "n", "x"]


def test_a_measure_moves_to_another_list_in_a_copy(path):
    def edit(text: str) -> str:
        return text.replace('"c",2020,"旧清单"', '"c",2020,"新清单"')

    revision = revise_copy(path, edit)
    assert fields_of(revision) == {"c": {"list": ("旧清单", "新清单")}}
    assert cells(path)["c"]["list"] == "新清单"


def test_a_copy_may_be_taken_for_one_of_the_lists_alone(path):
    rows, milestones = copied(path)
    one_list = [rows[0], *(row for row in rows if row[2] == "旧清单")]
    revision = revisions.plan(path, one_list, milestones, LIST, is_copy=True)
    assert (revision.changes, revision.unchanged) == ((), 3)
    renamed = [[cell.replace("旧清单", "新清单") for cell in row] for row in one_list]
    revision = revisions.plan(path, renamed, milestones, LIST, is_copy=True)
    assert (revision.changes, revision.renamed) == ((), (LIST, "2020 · 新清单"))
