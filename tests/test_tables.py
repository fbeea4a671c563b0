"""The tables behind the charts: the numbers of the chart, the reader's words, and what each row opens."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path
from urllib.parse import unquote

import numpy as np
import pandas as pd
import pytest

from lib import measures, workload
from lib.answers import one_measure, tables
from lib.answers.marks import ALL_NAMES, opens
from lib.answers.segments import of_states
from lib.answers.text_table import Column, TextTable
from lib.i18n import LANGUAGES, translator
from lib.measures import schema
from lib.text.excerpts import DRAWN
from lib.workload import NOBODY
from tests.tables import HOSTILE, hostile_table, table_of

LESHAN = measures.read(Path(__file__).resolve().parent.parent / "data" / "measures.csv")
DAY = date(2020, 9, 15)
ZH, EN = translator("zh"), translator("en")


def many(folder: Path) -> measures.Table:
    """Six leaders and six departments, the first with most."""
    pairs = [(leader, n) for leader in range(6) for n in range(6 - leader)]
    return measures.read(
        table_of(
            folder,
            "\n".join(
                f"{leader}-{n},2020,清单,一,1,甲,领导{leader},部门{leader},{n + 7}月"
                for leader, n in pairs
            ),
        )
    )


def rows_of(table: TextTable) -> list[list[str]]:
    return [list(row) for row in table.rows]


def heads(table: TextTable) -> list[str]:
    return [column.head for column in table.columns]


def opened(table: TextTable) -> list[str]:
    """What the rows open, as a person reads it."""
    return [unquote(query) for query in table.opens]


def cell_opens(name: str, across: str) -> str:
    """What a cell of a grid opens."""
    return f"{name}/{across}"


def column(table: TextTable, head: str) -> list[str]:
    place = heads(table).index(head)
    return [row[place] for row in table.rows]


# --- load ------------------------------------------------------------------------------------------------------------


def test_leaders_have_their_states_in_the_order_of_the_chart() -> None:
    table = tables.loads(workload.top(workload.by_leader(LESHAN, None, DAY), 12), of_states(ZH), ZH)
    assert heads(table) == [
        "责任领导",
        "举措数",
        *(ZH(f"state.{state}") for state in schema.STATE_ORDER),
    ]
    assert rows_of(table) == [
        ["张慧", "8", "0", "1", "0", "4", "3", "0", "0", "0"],
        ["张雷", "2", "1", "0", "0", "1", "0", "0", "0", "0"],
    ]
    assert opened(table) == ["pick=张慧", "pick=张雷"]
    assert [unquote(query) for query in table.cells_open[5]] == [
        "pick=张慧&state=later",
        "pick=张雷&state=later",
    ]


@pytest.mark.parametrize(
    ("weight", "head", "load"),
    [(0.5, "加权（配合×0.5）", "9"), (1, "加权（配合×1）", "10"), (0, "加权（配合×0）", "8")],
)
def test_the_weight_stands_in_the_heading_of_the_weighted_load(
    weight: float, head: str, load: str
) -> None:
    table = tables.departments(
        workload.top(workload.by_department(LESHAN, None, weight=weight), 12), weight, ZH
    )
    assert heads(table) == ["责任部门", "牵头", "配合", head]
    assert rows_of(table)[0] == ["组宣部", "8", "2", load]
    assert len(table.rows) == 7


def test_headings_are_in_the_readers_language() -> None:
    table = tables.departments(
        workload.top(workload.by_department(LESHAN, None, weight=0.25), 12), 0.25, EN
    )
    assert heads(table) == [
        "Department",
        "Lead",
        "Support",
        "Weighted" + EN("chart.weight", w="0.25"),
    ]


def test_a_row_of_others_says_how_many_and_opens_all_names(tmp_path: Path) -> None:
    table = many(tmp_path)
    text_table = tables.loads(
        workload.top(workload.by_leader(table, None, DAY), 3), of_states(ZH), ZH
    )
    assert column(text_table, "责任领导") == ["领导0", "领导1", "领导2", "其他 3 个"]
    assert column(text_table, "举措数") == ["6", "5", "4", "6"]
    assert text_table.opens[-1] == ALL_NAMES


def test_the_months_have_three_counts_and_open_themselves() -> None:
    table = tables.months(workload.by_month(LESHAN, None, 2020), 2020, ZH)
    assert heads(table) == ["月份", "到期", "全年", "进行中"]
    assert rows_of(table)[11] == ["12月", "4", "3", "7"]
    assert (table.opens[0], table.opens[11]) == ("month=2020-01", "month=2020-12")
    assert (table.cells_open[1][11], table.cells_open[1][0]) == ("month=2020-12&count=due", "")


def test_a_grid_of_months_is_headed_by_them() -> None:
    table = tables.grid(
        workload.leader_by_month(LESHAN, None, 2020, "due", 12), "leader", ZH, True, cell_opens
    )
    assert heads(table) == ["责任领导", *(f"{month}月" for month in range(1, 13))]
    assert rows_of(table)[0] == ["张慧", "0", "0", "0", "0", "0", "0", "0", "0", "1", "1", "0", "3"]


def test_a_grid_of_names_is_headed_by_them() -> None:
    table = tables.grid(
        workload.leader_by_department(LESHAN, None, "lead", 12), "leader", ZH, False, cell_opens
    )
    assert heads(table) == ["责任领导", "组宣部", "经济保障女工部"]
    assert rows_of(table) == [["张慧", "8", "0"], ["张雷", "0", "2"]]


def test_a_grid_says_how_many_others_there_are_down_and_across(tmp_path: Path) -> None:
    table = tables.grid(
        workload.leader_by_department(many(tmp_path), None, "lead", 2),
        "leader",
        ZH,
        False,
        cell_opens,
    )
    assert heads(table) == ["责任领导", "部门0", "部门1", "其他 4 个"]
    assert rows_of(table)[-1] == ["其他 4 个", "0", "0", "10"]
    assert table.opens[-1] == ALL_NAMES


def test_as_many_others_may_not_be_down_as_across() -> None:
    grid = workload.Grid(["甲", ""], ["乙", ""], np.array([[3, 2], [1, 0]]), (4, 7))
    table = tables.grid(grid, "leader", ZH, False, cell_opens)
    assert heads(table) == ["责任领导", "乙", "其他 7 个"]
    assert rows_of(table) == [["甲", "3", "2"], ["其他 4 个", "1", "0"]]
    assert table.cells_open == {1: ("甲/乙", ALL_NAMES), 2: (ALL_NAMES, "")}


def test_a_department_called_like_the_heading_has_a_column_of_its_own(tmp_path: Path) -> None:
    table = measures.read(table_of(tmp_path, "1,2020,清单,一,1,甲,张慧,Leader,8月"))
    text_table = tables.grid(
        workload.leader_by_department(table, None, "lead", 12), "leader", EN, False, cell_opens
    )
    assert heads(text_table) == ["Leader", "Leader"]
    assert rows_of(text_table) == [["张慧", "1"]]


# --- measures --------------------------------------------------------------------------------------------------------


def test_measures_have_the_columns_that_were_asked_for_and_open_themselves() -> None:
    listing = workload.listing(LESHAN, np.array([2, 8]), DAY)
    table = tables.measures(listing, ("title", "state", "due", "days_left", "lead", "support"), ZH)
    assert heads(table) == ["举措", "状态", "到期日", "剩余天数", "牵头", "配合"]
    assert rows_of(table)[0][1:] == [
        "■ 已过期限",
        "2020-08-31",
        "-15",
        "经济保障女工部",
        "机关党委、市教科文卫体工会、组宣部、办公室",
    ]
    assert opened(table) == ["measure=2020-1-3", "measure=2020-3-2"]


def test_a_measure_without_a_date_has_none_in_the_table(tmp_path: Path) -> None:
    table = measures.read(table_of(tmp_path, "1,2020,清单,一,1,甲,,,待定"))
    text_table = tables.measures(
        workload.listing(table, np.array([0]), DAY), ("due", "days_left", "leaders", "state"), EN
    )
    assert rows_of(text_table) == [["", "", "", "! Deadline unreadable"]]


def test_the_bars_of_a_timeline_open_their_measures(tmp_path: Path) -> None:
    table = measures.read(
        table_of(
            tmp_path,
            """1,2020,清单,一,1,有人,张慧,办公室,3—5月
            2,2020,清单,一,2,无人,,办公室,待定""",
        )
    )
    bars = workload.bars(table, None, DAY, "leader", ["张慧", NOBODY], slice(0, 10))
    text_table = tables.bars(bars, of_states(ZH), ZH)
    assert heads(text_table) == ["分组", "举措", "开始", "结束", "到期日", "状态"]
    assert rows_of(text_table) == [
        ["张慧", "有人", "2020-03-01", "2020-05-31", "2020-05-31", "■ 已过期限"],
        ["（未写明）", "无人", "", "", "", "! 时限不可读"],
    ]
    assert opened(text_table) == ["measure=1", "measure=2"]


def test_a_bar_opens_its_measure_wherever_it_stands(tmp_path: Path) -> None:
    """What is over last in its lane, and once in each lane of those who share it."""
    lines = "1,2020,清单,一,1,过,张慧、张雷,办公室,3月\n2,2020,清单,一,2,未,张慧,办公室,9月"
    table = measures.read(table_of(tmp_path, lines))
    bars = workload.bars(table, None, DAY, "leader", ["张慧", "张雷"], slice(0, 10))
    text_table = tables.bars(bars, of_states(ZH), ZH)
    assert list(zip(text_table.opens, column(text_table, "举措"), strict=True)) == [
        ("measure=2", "未"),
        ("measure=1", "过"),
        ("measure=1", "过"),
    ]


def test_a_row_of_the_lanes_of_a_timeline_opens_its_lane(tmp_path: Path) -> None:
    lines = "1,2020,清单,一,1,有人,张慧,办公室,3—5月\n2,2020,清单,一,2,无人,,办公室,8月"
    lanes = workload.by_lane(measures.read(table_of(tmp_path, lines)), None, 2020, "leader", 9)
    table = tables.lanes(lanes, "leader", ZH, lambda name, month: f"{name} in {month}")
    assert heads(table)[:3] == ["责任领导", "举措数", "1月"]
    assert list(table.opens) == ["open=张慧", "open=无"]
    assert table.offered == {*table.opens, "张慧 in 5", "无 in 8"}
    assert [column(table, head)[1] for head in ("责任领导", "举措数", "8月")] == [
        "（未写明）",
        "1",
        "1",
    ]


def test_the_sections_of_a_table_open_their_measures(tmp_path: Path) -> None:
    lines = "1,2020,清单,二、乙,1,甲,张慧,办公室,8月\n2,2020,清单,,2,乙,张慧,办公室,全年"
    table = measures.read(table_of(tmp_path, lines))
    text_table = tables.loads(
        workload.top(workload.by_section(table, None, DAY), 9), of_states(ZH), ZH
    )
    assert list(text_table.opens) == ["pick=二、乙", "pick=无"]
    assert [row[:2] for row in rows_of(text_table)] == [["二、乙", "1"], ["（未写明）", "1"]]
    assert column(text_table, "已过期限") == ["1", "0"]


def test_everything_about_a_measure_as_issued_and_as_derived() -> None:
    assert one_measure.facts(LESHAN, 2, DAY, ZH) == [
        ("编号", "2020-1-3"),
        ("年度", "2020"),
        ("清单", "“中国梦·劳动美——决胜小康 奋斗有我”主题宣传教育活动的工作举措清单"),
        ("板块", "一、持续深化习近平新时代中国特色社会主义思想学习教育"),
        ("条目", "一（三）"),
        ("责任领导", "张雷"),
        ("责任部门", "经济保障女工部，机关党委、市教科文卫体工会、组宣部、办公室"),
        ("完成时限", "8月"),
        ("牵头", "经济保障女工部"),
        ("配合", "机关党委、市教科文卫体工会、组宣部、办公室"),
        ("到期日", "2020-08-31"),
        ("状态", "■ 已过期限"),
        ("剩余天数", "-15"),
        ("剩余工作日", "-11"),
    ]


def test_facts_name_the_extra_columns_and_leave_out_what_is_empty(tmp_path: Path) -> None:
    path = tmp_path / "t.csv"
    path.write_text(
        "编号,举措,责任领导,责任部门,完成时限,备注,状态,空\n1,甲,,办公室,待定,注意,进行中,\n",
        "utf-8",
    )
    assert one_measure.facts(measures.read(path), 0, DAY, EN) == [
        ("ID", "1"),
        ("Departments", "办公室"),
        ("Deadline", "待定"),
        ("Lead", "办公室"),
        ("备注", "注意"),
        ("状态", "进行中"),
        ("State", "! Deadline unreadable"),
    ]


def test_the_due_day_itself_is_zero_days_away_and_not_left_out() -> None:
    facts = dict(one_measure.facts(LESHAN, 8, date(2020, 9, 30), ZH))
    assert (facts["剩余天数"], facts["剩余工作日"]) == ("0", "0")


# --- milestones ------------------------------------------------------------------------------------------------------


def with_milestones(folder: Path, lines: str) -> measures.Table:
    (folder / "table.milestones.csv").write_text(
        "编号,节点时限,节点,目标值,单位\n" + lines, "utf-8"
    )
    return measures.read(
        table_of(
            folder, "1,2020,清单,一,1,甲,张慧,办公室,9月\n2,2020,清单,一,2,乙,张慧,办公室,12月"
        )
    )


def test_milestones_have_their_day_phrase_and_target() -> None:
    table = tables.milestones(workload.milestones(LESHAN, np.array([5])), ZH)
    assert heads(table) == ["到期日", "节点时限", "节点", "目标值"]
    assert rows_of(table)[0] == ["2020-06-30", "6月份", "申报四川省职工教育培训点", "2 个"]
    assert rows_of(table)[3] == ["2020-12-31", "年底", "命名职工书屋", "15 个"]


def test_milestones_of_several_measures_say_whose_they_are() -> None:
    table = tables.milestones(workload.milestones(LESHAN, np.array([4, 5])), ZH)
    assert heads(table)[0] == "编号"
    assert set(column(table, "编号")) == {"2020-2-1", "2020-2-2"}


def test_a_milestone_past_its_deadline_says_where_it_stands() -> None:
    table = tables.milestones(workload.milestones(LESHAN, np.array([8])), ZH)
    assert rows_of(table)[0] == [
        "2020-09-30",
        "下半年",
        "市职工歌手大赛（时段超出完成时限，标在到期日）",
        "",
    ]


def test_a_milestone_without_a_day_or_a_number_is_shown_as_it_is(tmp_path: Path) -> None:
    table = with_milestones(tmp_path, "1,待定,中期,若干,个\n1,,末期,,\n")
    text_table = tables.milestones(workload.milestones(table, None), ZH)
    assert rows_of(text_table) == [["", "待定", "中期", "若干 个"], ["", "", "末期", ""]]


def test_no_milestones_are_a_table_without_rows(tmp_path: Path) -> None:
    table = measures.read(table_of(tmp_path, "1,2020,清单,一,1,甲,张慧,办公室,9月"))
    assert not tables.milestones(workload.milestones(table, None), ZH).rows


def coming(table: measures.Table, as_of: date, language: str = "zh") -> dict[str, str]:
    following = workload.next_due(table, None, as_of, 10)
    milestones = workload.milestones(table, following["position"].to_numpy())
    text_table = tables.coming(following, milestones, as_of, translator(language))
    ids = [query.removeprefix("measure=") for query in text_table.opens]
    return dict(zip(ids, [row[-1] for row in text_table.rows], strict=True))


def test_what_comes_next_has_the_next_milestone_of_each_measure() -> None:
    assert coming(LESHAN, DAY) == {
        "2020-3-2": "下半年 市职工歌手大赛 等 3 项",
        "2020-2-1": "10月31日 职工志愿服务现场展示活动（夹江县）",
        "2020-2-2": "12月31日 命名职工书屋",
        "2020-2-3": "10月31日 职工之家阵地建设现场展示活动",
        "2020-3-1": "",
        "2020-3-3": "",
    }
    assert coming(LESHAN, date(2020, 12, 31), "en")["2020-2-3"].endswith(
        "省级建设项目 and others (4)"
    )


def test_a_milestone_of_the_day_itself_is_still_to_come(tmp_path: Path) -> None:
    table = with_milestones(tmp_path, "2,6月,前,,\n2,10月,后,,\n2,待定,无日期,,\n")
    assert coming(table, date(2020, 6, 30))["2"] == "6月30日 前"
    assert coming(table, date(2020, 7, 1), "en")["2"] == "31 Oct 后"
    assert coming(table, date(2020, 11, 1))["2"] == ""


def test_what_comes_next_has_days_and_workdays() -> None:
    following = workload.next_due(LESHAN, None, DAY, 1)
    table = tables.coming(
        following, workload.milestones(LESHAN, following["position"].to_numpy()), DAY, EN
    )
    assert heads(table) == [
        "Due",
        "Measure",
        "Days left",
        "Workdays left",
        "Leaders",
        "Lead",
        "Next milestone",
    ]
    assert rows_of(table)[0][2:4] == ["15", "12"]


# --- as texts --------------------------------------------------------------------------------------------------------


def texts(*columns: list[object], opens: Sequence[str] = ()) -> TextTable:
    """A table of some columns."""
    heads = {Column(str(place), f"列{place}"): values for place, values in enumerate(columns)}
    return TextTable.of(heads, opens)


def test_values_are_written_as_people_write_them() -> None:
    table = texts([1500, -3], [8.5, 9.0], [date(2020, 8, 31), None], ["甲 乙", pd.NA])
    assert rows_of(table) == [["1,500", "8.5", "2020-08-31", "甲 乙"], ["-3", "9", "", ""]]
    assert table.numeric == {0, 1}


def test_a_column_of_nothing_holds_no_numbers() -> None:
    assert texts([None, pd.NA]).numeric == frozenset()


def test_of_a_text_that_no_page_can_show_the_beginning_stands_in_the_table() -> None:
    [[cut], [whole]] = rows_of(texts(["长" * 1_000_000, "长" * 1000]))
    assert cut == "长" * 999 + "…"
    assert whole == "长" * 1000


@pytest.mark.parametrize(
    ("cells", "down", "order"),
    [
        ([9, 10, None, -1], False, ["-1", "9", "10", ""]),
        ([9, 10, None, -1], True, ["10", "9", "-1", ""]),
        (["组宣部", "", "办公室"], False, ["办公室", "组宣部", ""]),
        (["组宣部", "", "办公室"], True, ["组宣部", "办公室", ""]),
        ([date(2020, 8, 31), date(2019, 8, 31)], False, ["2019-08-31", "2020-08-31"]),
        (["2026-1-10", "2026-1-9"], False, ["2026-1-9", "2026-1-10"]),
    ],
)
def test_a_table_is_sorted_with_what_is_empty_last(
    cells: list[object], down: bool, order: list[str]
) -> None:
    assert [row[0] for row in rows_of(texts(cells).in_order(0, down=down))] == order


def test_names_of_persons_are_sorted_by_their_surnames() -> None:
    table = TextTable.of({Column("leader", "责任领导"): ["单立", "仇亮", "大卫"]})
    assert [row[0] for row in rows_of(table.in_order(0, down=False))] == ["大卫", "仇亮", "单立"]


def test_what_rows_and_cells_open_goes_along_and_the_others_stay_below() -> None:
    table = replace(
        texts(["乙", "甲", "其他 3 个"], [1, 2, 9], opens=("b", "a", ALL_NAMES)),
        cells_open={1: ("b1", "a1", "")},
    )
    by_number = table.in_order(1, down=True)
    assert rows_of(by_number) == [["甲", "2"], ["乙", "1"], ["其他 3 个", "9"]]
    assert by_number.opens == ("a", "b", ALL_NAMES)
    assert by_number.cells_open == {1: ("a1", "b1", "")}


@pytest.mark.parametrize("language", LANGUAGES)
def test_names_that_look_like_placeholders_or_markup_stand_as_they_are(
    language: str, tmp_path: Path
) -> None:
    t, table = translator(language), measures.read(hostile_table(tmp_path))
    listing = workload.listing(table, np.arange(len(table)), DAY)
    text_table = tables.measures(listing, ("title", "leaders"), t)
    assert [row[0] for row in text_table.rows] == list(HOSTILE)
    grid = tables.grid(
        workload.leader_by_department(table, None, "lead", 99),
        "leader",
        t,
        False,
        cell_opens,
    )
    assert {row[0] for row in grid.rows} == set(table.codes.leaders.names.to_pylist())


def test_a_name_that_is_too_long_to_be_drawn_opens_nothing() -> None:
    assert opens(pick="甲" * DRAWN, state="passed")
    assert opens(pick="甲" * (DRAWN + 1), state="passed") == ""
