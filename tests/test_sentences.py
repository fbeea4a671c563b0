"""What the board says: each sentence word for word in both languages, ties named, nothing counted in silence."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

import numpy as np
import pytest

from lib import measures, workload
from lib.answers import sentences
from lib.i18n import LANGUAGES, Translator, translator
from lib.measures import When
from lib.workload import Part
from tests.tables import HOSTILE, hostile_table, table_of

LESHAN = measures.read(Path(__file__).resolve().parent.parent / "data" / "measures.csv")
SEPTEMBER = date(2020, 9, 15)
DECEMBER = date(2020, 12, 31)
ZH, EN = translator("zh"), translator("en")

Of = Callable[..., measures.Table]


@pytest.fixture
def of(tmp_path: Path) -> Of:
    """A table of 2020 from lines of 责任领导,责任部门,完成时限; the titles are 甲, 乙, 丙 …"""

    def made(*lines: str) -> measures.Table:
        titles = "甲乙丙丁戊己庚辛壬癸"
        rows = [f"{n},2020,清单,一,{n},{titles[n % 10]},{line}" for n, line in enumerate(lines)]
        return measures.read(table_of(tmp_path, "\n".join(rows)))

    return made


def headline(table: measures.Table, as_of: date, t: Translator = ZH) -> str:
    return sentences.headline(
        len(table),
        as_of,
        t,
        months=workload.by_month(table, None, as_of.year),
        passed=workload.by_state(table, None, as_of)["passed"],
        leaders=workload.by_leader(table, None, as_of),
        departments=workload.by_department(table, None, weight=0.5),
    )


def strip(table: measures.Table, year: int = 2020, t: Translator = ZH) -> str:
    months = workload.by_month(table, None, year)
    return sentences.months_finding(
        months, year, workload.outside(table, None, year), len(table), t
    )


def leaders(table: measures.Table, t: Translator = ZH) -> str:
    return sentences.leaders_finding(workload.by_leader(table, None, SEPTEMBER), len(table), t)


def departments(table: measures.Table, t: Translator = ZH) -> str:
    return sentences.departments_finding(workload.by_department(table, None, weight=0.5), t)


def pressing(table: measures.Table, as_of: date, t: Translator = ZH) -> str:
    return sentences.pressing_finding(workload.by_leader(table, None, as_of), t)


def weighing(table: measures.Table, weight: float, t: Translator = ZH) -> list[str]:
    return sentences.weight_effect(workload.by_department(table, None, weight=weight), weight, t)


def coming(table: measures.Table, as_of: date, t: Translator = ZH) -> str:
    return sentences.next_finding(workload.next_due(table, None, as_of, 10), t)


def person(table: measures.Table, name: str, t: Translator = ZH, year: int = 2020) -> str:
    rows = measures.select(table, leaders=[name])
    assert rows is not None
    return sentences.person(name, len(rows), workload.by_month(table, rows, year), year, t)


def department(table: measures.Table, name: str, t: Translator = ZH) -> str:
    rows, led = (measures.select(table, departments=[name], role=role) for role in ("", "lead"))
    assert rows is not None
    assert led is not None
    return sentences.person(
        name, len(rows), workload.by_month(table, rows, 2020), 2020, t, lead=len(led)
    )


def timeline(table: measures.Table, as_of: date, t: Translator = ZH, lane: str = "leader") -> str:
    lanes = workload.by_lane(table, None, as_of.year, lane, 30)
    running = workload.running(table, None, as_of)
    return sentences.timeline_finding(lanes, len(table), running, t)


# --- the real list ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("t", "as_of", "text"),
    [
        (
            ZH,
            SEPTEMBER,
            "10 项举措，9月到期 1 项，最多的是12月（4 项），1 项已过期限；张慧负责 8 项（80%）；"
            "组宣部牵头 8 项（80%）。",
        ),
        (
            ZH,
            DECEMBER,
            "10 项举措，12月到期 4 项（另 3 项全年），3 项已过期限；张慧负责 8 项（80%）；组宣部牵头 8 项（80%）。",
        ),
        (
            EN,
            SEPTEMBER,
            "10 measures, 1 due in Sep, most in Dec (4), 1 past its deadline; "
            "张慧 carries 8 (80%); 组宣部 leads 8 (80%).",
        ),
        (
            EN,
            DECEMBER,
            "10 measures, 4 due in Dec (and 3 all year), 3 past their deadline; "
            "张慧 carries 8 (80%); 组宣部 leads 8 (80%).",
        ),
    ],
)
def test_the_headline_says_what_the_real_list_holds(t: Translator, as_of: date, text: str) -> None:
    assert headline(LESHAN, as_of, t) == text


def test_the_findings_of_the_real_list_are_chinese_sentences() -> None:
    assert strip(LESHAN) == "2020年到期最集中的是12月（4 项），另有 3 项全年"
    assert leaders(LESHAN) == "2 位责任领导中，张慧负责最多（8 项，占 80%）"
    assert departments(LESHAN) == "组宣部牵头最多（8 项），市教科文卫体工会配合最多（10 项）"
    assert person(LESHAN, "张慧") == "张慧：8 项举措，到期最集中在12月（3 项）"
    assert person(LESHAN, "张雷") == "张雷：2 项举措，到期最集中在8月、12月（各 1 项）"
    assert (
        department(LESHAN, "组宣部")
        == "组宣部：10 项举措（牵头 8，配合 2），到期最集中在12月（4 项）"
    )


def test_the_findings_of_the_real_list_are_english_sentences() -> None:
    assert strip(LESHAN, t=EN) == "In 2020 most fall due in Dec (4); besides, 3 run all year"
    assert leaders(LESHAN, EN) == "Of 2 leaders, 张慧 carries most: 8 (80%)"
    assert departments(LESHAN, EN) == "组宣部 leads most (8), 市教科文卫体工会 supports most (10)"
    assert person(LESHAN, "张慧", EN) == "张慧: 8 measures, most due in Dec (3)"
    assert person(LESHAN, "张雷", EN) == "张雷: 2 measures, most due in Aug and Dec (1 each)"
    assert (
        department(LESHAN, "组宣部", EN)
        == "组宣部: 10 measures (8 as lead, 2 as support), most due in Dec (4)"
    )


@pytest.mark.parametrize(
    ("t", "as_of", "text"),
    [
        (ZH, SEPTEMBER, "已过期限最多的是张雷（1 项）；本月到期最多的是张慧（1 项）"),
        (ZH, DECEMBER, "已过期限最多的是张慧（2 项）；本月到期最多的是张慧（3 项）"),
        (ZH, date(2020, 1, 15), "没有已过期限或本月到期的举措"),
        (EN, SEPTEMBER, "张雷 has most past the deadline (1); 张慧 has most due this month (1)"),
        (EN, DECEMBER, "张慧 has most past the deadline (2); 张慧 has most due this month (3)"),
        (EN, date(2020, 1, 15), "Nothing is past its deadline or due this month"),
    ],
)
def test_what_presses_in_the_real_list_is_said(t: Translator, as_of: date, text: str) -> None:
    assert pressing(LESHAN, as_of, t) == text


@pytest.mark.parametrize(
    ("t", "as_of", "text"),
    [
        (
            ZH,
            SEPTEMBER,
            "下一到期日 2020年9月30日（还有 15 天）：组织开展全市第三届职工书画摄影作品展等系列活动",
        ),
        (ZH, DECEMBER, "基准日（2020年12月31日）当天到期：持续推进职工宣传教育阵地建设等"),
        (ZH, date(2021, 1, 1), "基准日及以后没有到期的举措（全年、长期的不计）"),
        (
            EN,
            SEPTEMBER,
            "Next due 30 Sep 2020, in 15 days: 组织开展全市第三届职工书画摄影作品展等系列活动",
        ),
        (
            EN,
            date(2020, 9, 29),
            "Next due 30 Sep 2020, in 1 day: 组织开展全市第三届职工书画摄影作品展等系列活动",
        ),
        (
            EN,
            DECEMBER,
            "Due on the as-of date, 31 Dec 2020: 持续推进职工宣传教育阵地建设, and more",
        ),
        (
            EN,
            date(2021, 1, 1),
            "Nothing falls due on or after the as-of date (ongoing measures aside)",
        ),
    ],
)
def test_what_comes_next_in_the_real_list_is_said(t: Translator, as_of: date, text: str) -> None:
    assert coming(LESHAN, as_of, t) == text


@pytest.mark.parametrize(
    ("t", "as_of", "text"),
    [
        (ZH, SEPTEMBER, "图中 10 项举措，分 2 组，基准日 9 项在进行时段内"),
        (ZH, DECEMBER, "图中 10 项举措，分 2 组，基准日 7 项在进行时段内"),
        (EN, SEPTEMBER, "Shown: 10 measures in 2 lanes, 9 of them in force on the as-of date"),
        (EN, DECEMBER, "Shown: 10 measures in 2 lanes, 7 of them in force on the as-of date"),
    ],
)
def test_what_the_timeline_of_the_real_list_shows_is_said(
    t: Translator, as_of: date, text: str
) -> None:
    assert timeline(LESHAN, as_of, t) == text


def test_the_fullest_cells_of_the_real_list_are_named() -> None:
    due = workload.leader_by_month(LESHAN, None, 2020, "due", 12)
    in_force = workload.leader_by_month(LESHAN, None, 2020, "in_force", 12)
    with_whom = workload.leader_by_department(LESHAN, None, "lead", 12)
    together = workload.lead_by_support(LESHAN, None, 12)
    assert sentences.grid_finding(due, "due", ZH) == "张慧在12月到期最多（3 项）"
    assert sentences.grid_finding(due, "due", EN) == "张慧 has most due in Dec (3)"
    assert (
        sentences.grid_finding(in_force, "in_force", ZH) == "张慧在1月至9月进行中的最多（各 8 项）"
    )
    assert (
        sentences.grid_finding(in_force, "in_force", EN)
        == "张慧 has most in force in Jan to Sep (8 each)"
    )
    assert (
        sentences.grid_finding(with_whom, "leader_department", ZH) == "张慧与组宣部共事最多（8 项）"
    )
    assert (
        sentences.grid_finding(with_whom, "leader_department", EN)
        == "张慧 works most with 组宣部 (8)"
    )
    assert (
        sentences.grid_finding(together, "departments_together", ZH)
        == "组宣部牵头、市教科文卫体工会配合最多（8 项）"
    )
    assert (
        sentences.grid_finding(together, "departments_together", EN)
        == "组宣部 leads and 市教科文卫体工会 supports most often (8)"
    )


@pytest.mark.parametrize(
    ("t", "month", "text"),
    [
        (ZH, "2020-08", "2020年8月到期 1 项"),
        (ZH, "2020-12", "2020年12月到期 4 项（另 3 项全年）"),
        (ZH, "2020-07", "2020年7月没有到期"),
        (EN, "2020-08", "1 due in Aug 2020"),
        (EN, "2020-12", "4 due in Dec 2020 (and 3 all year)"),
        (EN, "2020-07", "none due in Jul 2020"),
    ],
)
def test_a_month_says_apart_what_is_due_because_the_year_ends(
    t: Translator, month: str, text: str
) -> None:
    """December lists seven rows, and the strip counts four."""
    assert sentences.month_rows(month, workload.by_month(LESHAN, None, 2020), t) == text


# --- the weight ------------------------------------------------------------------------------------------------------

LEVEL_AT_ONE = "权重取 1 时，市教科文卫体工会与组宣部持平"
ABOVE_029 = "权重高于 0.29 时，市教科文卫体工会排到经济保障女工部之前"
ABOVE_067 = "权重高于 0.67 时，机关党委排到经济保障女工部之前"


@pytest.mark.parametrize(
    ("weight", "lines"),
    [
        (0, ["按“牵头 + 配合 × 0”计，组宣部居首（8）", LEVEL_AT_ONE, ABOVE_029]),
        (0.25, ["按“牵头 + 配合 × 0.25”计，组宣部居首（8.5）", LEVEL_AT_ONE, ABOVE_029]),
        (0.5, ["按“牵头 + 配合 × 0.5”计，组宣部居首（9）", LEVEL_AT_ONE, ABOVE_067]),
        (
            1,
            [
                "按“牵头 + 配合 × 1”计，组宣部、市教科文卫体工会并列居首（各 10）",
                "权重低于 0.29 时，经济保障女工部排到市教科文卫体工会之前",
                "权重低于 0.67 时，经济保障女工部排到机关党委之前",
            ],
        ),
    ],
)
def test_the_weight_stands_beside_the_load_and_what_it_turns_is_said(
    weight: float, lines: list[str]
) -> None:
    assert weighing(LESHAN, weight) == lines


def test_what_the_weight_turns_is_one_line_with_one_capital() -> None:
    _, *effects = weighing(LESHAN, 0.5, EN)
    line = sentences.clauses(effects, EN)
    assert line.startswith("At weight 1, ")
    assert "; above weight 0.67, " in line
    assert sentences.clauses([], EN) == ""


def test_the_weight_is_said_in_english() -> None:
    assert weighing(LESHAN, 0.5, EN) == [
        "By lead + support × 0.5, 组宣部 comes first (9)",
        "at weight 1, 市教科文卫体工会 draws level with 组宣部",
        "above weight 0.67, 机关党委 passes 经济保障女工部",
    ]
    assert weighing(LESHAN, 1, EN) == [
        "By lead + support × 1, 组宣部 and 市教科文卫体工会 share first place (10 each)",
        "below weight 0.29, 经济保障女工部 passes 市教科文卫体工会",
        "below weight 0.67, 经济保障女工部 passes 机关党委",
    ]


def test_a_weight_that_turns_nothing_is_said_once(of: Of) -> None:
    assert weighing(of("甲,办公室,8月"), 0.5) == ["按“牵头 + 配合 × 0.5”计，办公室居首（1）"]


def test_of_the_weights_that_turn_first_place_the_nearest_is_said(of: Of) -> None:
    """办公室 leads four; 财务部 (1, 8) passes it from 0.38 on, 经审办 (0, 10) from 0.4 on."""
    two_supporting = "甲,财务部（配合）、经审办（配合）,8月"
    table = of(
        *("甲,办公室、财务部、经审办,8月",) * 4,
        "甲,财务部、经审办,8月",
        *(two_supporting,) * 4,
        "甲,经审办（配合）,8月",
    )
    assert weighing(table, 0)[1:] == ["权重高于 0.38 时，财务部排到办公室之前"]


def test_a_weight_of_nothing_where_nobody_leads_says_so(tmp_path: Path) -> None:
    text = "编号,年度,举措,责任领导,责任部门,完成时限\n1,2020,甲,张慧,办公室（配合）,8月\n"
    (tmp_path / "t.csv").write_text(text, "utf-8")
    table = measures.read(tmp_path / "t.csv")
    assert weighing(table, 0) == ["按“牵头 + 配合 × 0”计，各部门都是 0"]
    assert weighing(table, 0, EN) == ["By lead + support × 0, every department has 0"]


def test_without_departments_the_weight_has_one_sentence(of: Of) -> None:
    assert weighing(of("张慧,,8月"), 0.5) == ["没有写明责任部门"]


# --- ties ------------------------------------------------------------------------------------------------------------


def test_two_leaders_at_the_top_are_both_named(of: Of) -> None:
    table = of(
        "张慧,办公室,8月",
        "张雷,财务部,9月",
        "张慧,办公室,9月",
        "张雷,财务部,8月",
        "李明,财务部,8月",
    )
    assert leaders(table) == "3 位责任领导中，张慧、张雷负责最多（各 2 项，各占 40%）"
    assert leaders(table, EN) == "Of 3 leaders, 张慧 and 张雷 carry most: 2 each (40% each)"
    assert headline(table, SEPTEMBER).split("；")[1] == "张慧、张雷各负责 2 项（各占 40%）"
    assert headline(table, SEPTEMBER, EN).split("; ")[1] == "张慧 and 张雷 carry 2 each (40% each)"
    assert (
        pressing(table, SEPTEMBER)
        == "已过期限最多的是张慧、张雷、李明（各 1 项）；本月到期最多的是张慧、张雷（各 1 项）"
    )
    assert pressing(table, SEPTEMBER, EN).startswith(
        "张慧, 张雷 and 李明 have most past the deadline (1 each)"
    )


def test_two_peak_months_are_both_named(of: Of) -> None:
    table = of(
        "张慧,办公室,8月",
        "张慧,办公室,8月",
        "张慧,办公室,10月",
        "张慧,办公室,10月",
        "张慧,办公室,9月",
    )
    assert strip(table) == "2020年到期最集中的是8月、10月（各 2 项）"
    assert strip(table, t=EN) == "In 2020 most fall due in Aug and Oct (2 each)"
    assert headline(table, SEPTEMBER).startswith(
        "5 项举措，9月到期 1 项，最多的是8月、10月（各 2 项），2 项已过期限；"
    )
    assert headline(table, SEPTEMBER, EN).startswith(
        "5 measures, 1 due in Sep, most in Aug and Oct (2 each), 2 past their deadline; "
    )
    assert headline(table, date(2020, 8, 1)).startswith("5 项举措，8月到期 2 项；")


def test_months_that_are_all_equal_have_no_peak(of: Of) -> None:
    table = of(*(f"张慧,办公室,{month}月" for month in range(1, 13)))
    assert strip(table) == "2020年每月到期的一样多（各 1 项）"
    assert strip(table, t=EN) == "Every month of 2020 has as many due (1)"
    assert headline(table, SEPTEMBER).startswith("12 项举措，9月到期 1 项，8 项已过期限；")


def test_cells_that_are_as_full_are_named_or_counted(of: Of) -> None:
    table = of("张慧,办公室,8月", "张慧,办公室,9月", "张雷,办公室,9月", "张雷,办公室,10月")
    grid = workload.leader_by_month(table, None, 2020, "due", 12)
    assert (
        sentences.grid_finding(grid, "due", ZH)
        == "张慧在8月、9月到期最多（各 1 项），另有 2 处与之相同"
    )
    assert (
        sentences.grid_finding(grid, "due", EN)
        == "张慧 has most due in Aug and Sep (1 each), and 2 more places are as high"
    )


@pytest.mark.parametrize(
    ("names", "chinese", "english"),
    [
        (1, "部门1", "部门1"),
        (2, "部门1、部门2", "部门1 and 部门2"),
        (3, "部门1、部门2、部门3", "部门1, 部门2 and 部门3"),
        (4, "部门1、部门2、部门3等 4 个部门", "部门1, 部门2, 部门3 and 1 other department"),
        (9, "部门1、部门2、部门3等 9 个部门", "部门1, 部门2, 部门3 and 6 other departments"),
    ],
)
def test_beyond_three_names_a_sentence_says_how_many(
    names: int, chinese: str, english: str
) -> None:
    departments = [f"部门{n}" for n in range(1, names + 1)]
    assert sentences.names(departments, "department", ZH) == chinese
    assert sentences.names(departments, "department", EN) == english


@pytest.mark.parametrize(
    ("kind", "text"), [("leader", "甲、乙、丙等 4 人"), ("month", "甲、乙、丙等 4 个月")]
)
def test_people_and_months_are_counted_as_such(kind: str, text: str) -> None:
    assert sentences.names(["甲", "乙", "丙", "丁"], kind, ZH) == text


def test_of_many_that_tie_three_are_named(of: Of) -> None:
    table = of(*(f"领导{n},部门{n},8月" for n in (1, 1, 2, 2, 3, 3, 4, 4, 5)))
    assert (
        leaders(table) == "5 位责任领导中，领导1、领导2、领导3等 4 人负责最多（各 2 项，各占 22%）"
    )
    assert departments(table) == "部门1、部门2、部门3等 4 个部门牵头最多（各 2 项）"
    assert departments(table, EN) == "部门1, 部门2, 部门3 and 1 other department lead most (2 each)"


@pytest.mark.parametrize(
    ("months", "chinese", "english"),
    [
        ((8, 9), "8月、9月", "Aug and Sep"),
        ((1, 2, 3), "1月至3月", "Jan to Mar"),
        ((1, 3, 5), "1月、3月、5月", "Jan, Mar and May"),
        ((1, 2, 3, 5), "1月、2月、3月等 4 个月", "Jan, Feb, Mar and 1 other month"),
        ((1, 3, 5, 7, 9), "1月、3月、5月等 5 个月", "Jan, Mar, May and 2 other months"),
    ],
)
def test_months_that_follow_one_another_are_a_span(
    of: Of, months: tuple[int, ...], chinese: str, english: str
) -> None:
    table = of(*(f"张慧,办公室,{month}月" for month in months))
    assert strip(table) == f"2020年到期最集中的是{chinese}（各 1 项）"
    assert strip(table, t=EN) == f"In 2020 most fall due in {english} (1 each)"


def test_four_hundred_departments_that_all_tie_are_counted_not_listed(of: Of) -> None:
    table = of(*(f"领导{n},部门{n}、部门{n + 1000},8月" for n in range(400)))
    assert departments(table) == "400 个部门牵头最多（各 1 项），400 个部门配合最多（各 1 项）"
    assert (
        departments(table, EN)
        == "400 departments lead most (1 each), 400 departments support most (1 each)"
    )
    assert headline(table, SEPTEMBER) == (
        "400 项举措，9月没有到期，最多的是8月（400 项），400 项已过期限；400 位责任领导各负责 1 项（各占 <1%）；"
        "400 个部门各牵头 1 项（各占 <1%）。"
    )
    assert headline(table, SEPTEMBER, EN) == (
        "400 measures, none due in Sep, most in Aug (400), 400 past their deadline; "
        "400 leaders carry 1 each (<1% each); "
        "400 departments lead 1 each (<1% each)."
    )
    first, *others = weighing(table, 1)
    assert first == "按“牵头 + 配合 × 1”计，800 个部门并列居首（各 1）"
    assert all(len(line) < 80 for line in (first, *others))


# --- few, none, many -------------------------------------------------------------------------------------------------


def test_without_measures_the_headline_says_so(of: Of) -> None:
    assert headline(of(), SEPTEMBER) == "没有符合筛选条件的举措。"
    assert headline(of(), SEPTEMBER, EN) == "No measures match the filters."


def test_without_measures_every_finding_is_a_sentence_too(of: Of) -> None:
    table = of()
    assert strip(table) == "2020年没有按月到期的举措"
    assert strip(table, t=EN) == "Nothing falls due by month in 2020"
    assert (leaders(table), leaders(table, EN)) == ("没有写明责任领导", "No leader is named")
    assert (departments(table), departments(table, EN)) == (
        "没有写明责任部门",
        "No department is named",
    )
    assert pressing(table, SEPTEMBER) == "没有已过期限或本月到期的举措"
    assert weighing(table, 0.5, EN) == ["No department is named"]
    assert coming(table, SEPTEMBER).startswith("基准日及以后没有到期")
    assert timeline(table, SEPTEMBER) == "图中 0 项举措，分 0 组，基准日 0 项在进行时段内"
    grid = workload.lead_by_support(table, None, 12)
    assert sentences.grid_finding(grid, "departments_together", ZH) == "所选范围内没有可计的举措"


def test_a_grid_of_zeros_has_nothing_to_count(of: Of) -> None:
    grid = workload.leader_by_month(of("张慧,办公室,全年"), None, 2020, "due", 12)
    assert sentences.grid_finding(grid, "due", EN) == "Nothing to count in this selection"


def test_one_measure_is_one(of: Of) -> None:
    table = of("张慧,办公室、财务部,9月")
    assert (
        headline(table, SEPTEMBER)
        == "1 项举措，9月到期 1 项；张慧负责 1 项（100%）；办公室牵头 1 项（100%）。"
    )
    assert (
        headline(table, SEPTEMBER, EN)
        == "1 measure, 1 due in Sep; 张慧 carries 1 (100%); 办公室 leads 1 (100%)."
    )
    assert (strip(table), strip(table, t=EN)) == (
        "2020年到期的 1 项在9月",
        "The 1 measure due in 2020 falls in Sep",
    )
    assert leaders(table) == "责任领导只有张慧一位，负责 1 项（100%）"
    assert leaders(table, EN) == "张慧 is the only leader named and carries 1 (100%)"
    assert person(table, "张慧") == "张慧：1 项举措，9月到期 1 项"
    assert person(table, "张慧", EN) == "张慧: 1 measure, 1 due in Sep"
    assert department(table, "财务部") == "财务部：1 项举措（牵头 0，配合 1），9月到期 1 项"
    assert (
        department(table, "财务部", EN)
        == "财务部: 1 measure (0 as lead, 1 as support), 1 due in Sep"
    )
    assert (
        timeline(table, SEPTEMBER, EN)
        == "Shown: 1 measure in 1 lane, 1 of them in force on the as-of date"
    )


def test_measures_all_in_one_month_are_said_to_be(of: Of) -> None:
    table = of("张慧,办公室,9月", "张慧,办公室,9月")
    assert strip(table) == "2020年到期的 2 项都在9月"
    assert strip(table, t=EN) == "All 2 measures due in 2020 fall in Sep"
    assert person(table, "张慧") == "张慧：2 项举措，9月到期 2 项"


def test_measures_that_all_run_on_have_no_month(of: Of) -> None:
    table = of("张慧,办公室,全年", "张慧,办公室,全年")
    assert strip(table) == "2020年没有按月到期的举措，另有 2 项全年"
    assert strip(table, t=EN) == "Nothing falls due by month in 2020; besides, 2 run all year"
    assert headline(table, DECEMBER).startswith("2 项举措，12月没有到期（另 2 项全年）；")
    assert headline(table, SEPTEMBER).startswith("2 项举措，9月没有到期；")
    assert person(table, "张慧") == "张慧：2 项举措"
    assert coming(table, SEPTEMBER) == "基准日及以后没有到期的举措（全年、长期的不计）"


def test_big_numbers_are_grouped_and_never_in_powers_of_ten(of: Of) -> None:
    table = of("张慧,办公室,8月")
    frame = workload.by_department(table, None, weight=0.5).assign(
        lead=1_234_567, weighted=1_234_567.5
    )
    assert sentences.departments_finding(frame, ZH) == "办公室牵头最多（1,234,567 项）"
    assert sentences.weight_effect(frame, 0.5, ZH)[0].endswith("办公室居首（1,234,567.5）")


def test_a_load_is_rounded_to_what_a_reader_wants(of: Of) -> None:
    """0.7 × 3 is 2.0999999999999996 for a computer, 0.15 × 20 is 3."""
    frame = workload.by_department(of("张慧,办公室,8月"), None, weight=0.5)
    loads = {2.0999999999999996: "2.1", 2.9999999999999996: "3", 8.125: "8.12", 10.0: "10"}
    for load, text in loads.items():
        assert sentences.weight_effect(frame.assign(weighted=load), 0.5, ZH)[0].endswith(
            f"居首（{text}）"
        )


@pytest.mark.parametrize(
    ("part", "text"),
    [
        (1, "100%"),
        (0.999, ">99%"),
        (0.994, "99%"),
        (0.8, "80%"),
        (1 / 3, "33%"),
        (0.01, "1%"),
        (0.001, "<1%"),
        (0, "0%"),
    ],
)
def test_a_share_is_never_rounded_to_all_or_nothing(part: float, text: str) -> None:
    assert sentences.share(part) == text


# --- nothing is counted in silence -----------------------------------------------------------------------------------


def test_what_stands_in_no_bar_of_the_strip_is_counted_beside_it(of: Of) -> None:
    """5 + 1 + 1 + 3 measures: the sentence adds up to all ten."""
    table = of(
        *("张慧,办公室,8月",) * 4,
        "张慧,办公室,9月",
        "张慧,办公室,全年",
        "张慧,办公室,2021年3月",
        "张慧,办公室,长期",
        "张慧,办公室,待定",
        "张慧,办公室,每月",
    )
    undated = int(np.isnat(table.codes.windows.due[table.codes.windows.code]).sum())
    assert undated == 3
    assert (
        strip(table)
        == "2020年到期最集中的是8月（4 项），另有 1 项全年、1 项在其他年份到期、3 项没有到期日"
    )
    assert strip(table, t=EN) == (
        "In 2020 most fall due in Aug (4); besides, 1 runs all year, 1 falls due in another year and 3 have no due date"
    )


def test_where_the_year_holds_not_all_measures_it_is_named(of: Of) -> None:
    table = of("张慧,办公室,8月", "张慧,办公室,8月", "张慧,办公室,9月", "张慧,办公室,2021年3月")
    assert headline(table, SEPTEMBER).startswith(
        "4 项举措，2020年9月到期 1 项，最多的是8月（2 项），2 项已过期限；"
    )
    assert headline(table, SEPTEMBER, EN).startswith(
        "4 measures, 1 due in Sep 2020, most in Aug (2), 2 past their deadline; "
    )
    assert person(table, "张慧") == "张慧：4 项举措，到期最集中在2020年8月（2 项）"
    assert person(table, "张慧", year=2021) == "张慧：4 项举措，2021年3月到期 1 项"


def test_it_is_said_why_the_sum_of_the_leaders_exceeds_the_total(of: Of) -> None:
    table = of("张慧、张雷,办公室,8月", "张慧、张雷,办公室,9月", "张慧,办公室,9月")
    assert leaders(table) == (
        "2 位责任领导中，张慧负责最多（3 项，占 100%）；由几位领导共同负责的，每位各计一次，因此各人合计比总数多 2 项"
    )
    assert leaders(table, EN) == (
        "Of 2 leaders, 张慧 carries most: 3 (100%); a measure that several leaders share counts once for each, "
        "so their sum exceeds the total by 2"
    )


def test_one_more_than_the_total_is_explained_too(of: Of) -> None:
    assert leaders(of("张慧、张雷,办公室,8月")).endswith("因此各人合计比总数多 1 项")


def test_two_that_fall_due_on_one_day_are_more_than_the_first(of: Of) -> None:
    assert coming(of("张慧,办公室,9月", "张慧,办公室,9月"), SEPTEMBER).endswith("：甲等")
    assert coming(of("张慧,办公室,9月", "张慧,办公室,10月"), SEPTEMBER).endswith("：甲")


def test_a_measure_in_two_lanes_is_one_measure(of: Of) -> None:
    table = of("张慧、张雷,办公室,8月", "张慧,办公室,9月")
    assert (
        timeline(table, SEPTEMBER)
        == "图中 2 项举措，分 2 组，基准日 1 项在进行时段内；几方共同负责的，在各组中分别列出"
    )
    assert timeline(table, SEPTEMBER, EN).endswith(
        "; a measure that several share stands in each one's lane"
    )


def test_a_window_is_open_on_its_first_and_on_its_last_day(of: Of) -> None:
    table = of("张慧,办公室,3—5月", "张慧,办公室,待定")
    opened = {
        day: timeline(table, day, EN).split(", ")[1][0] for day in map(date.fromisoformat, _AROUND)
    }
    assert [opened[date.fromisoformat(day)] for day in _AROUND] == ["0", "1", "1", "0"]


_AROUND = ("2020-02-29", "2020-03-01", "2020-05-31", "2020-06-01")


def test_names_that_are_summed_up_as_others_are_not_spoken_for(of: Of) -> None:
    """Ranked by all measures, the first names need not hold the fullest cell."""
    lines = [f"领导{n},部门{n},{month}月" for n in range(5) for month in range(n + 1, 7)]
    grid = workload.leader_by_month(of(*lines), None, 2020, "due", 2)
    assert grid.rows[-1] == workload.OTHERS
    assert sentences.grid_finding(grid, "due", ZH).startswith("就图中所列，领导0在")
    assert sentences.grid_finding(grid, "due", EN).startswith(
        "Of those shown, 领导0 has most due in "
    )


def test_a_column_of_others_is_not_the_fullest(of: Of) -> None:
    lines = ["甲,部门0、部门9,8月", "甲,部门0,8月", *(f"甲,部门{n},8月" for n in range(1, 9))]
    grid = workload.leader_by_department(of(*lines), None, "lead", 2)
    assert grid.columns[-1] == workload.OTHERS
    assert (
        sentences.grid_finding(grid, "leader_department", ZH)
        == "就图中所列，甲与部门0共事最多（2 项）"
    )


# --- the frame's words -----------------------------------------------------------------------------------------------


def test_a_day_is_written_as_each_language_writes_it() -> None:
    assert sentences.day(SEPTEMBER, ZH) == "2020年9月15日"
    assert sentences.day(SEPTEMBER, EN) == "15 Sep 2020"


@pytest.mark.parametrize(
    ("chosen", "role", "query", "chinese", "english"),
    [
        ({}, "", "", "", ""),
        ({"list": (), "leader": ()}, "lead", "  ", "", ""),
        ({"leader": ("张慧", "张雷")}, "", "", "责任领导：张慧 或 张雷", "Leader: 张慧 or 张雷"),
        (
            {"department": ("组宣部",)},
            "support",
            "",
            "责任部门：组宣部（配合）",
            "Department: 组宣部 (Support)",
        ),
        (
            {"department": ("组宣部",), "list": ("甲",)},
            "lead",
            "",
            "责任部门：组宣部（牵头）；清单：甲",
            "Department: 组宣部 (Lead); List: 甲",
        ),
        (
            {"leader": ("张慧",)},
            "lead",
            " 书屋 ",
            "责任领导：张慧；搜索：书屋",
            "Leader: 张慧; search: 书屋",
        ),
    ],
)
def test_the_filters_are_said_in_words(
    chosen: dict[str, tuple[str, ...]], role: str, query: str, chinese: str, english: str
) -> None:
    assert sentences.filters(chosen, role, query, When(), ZH) == chinese
    assert sentences.filters(chosen, role, query, When(), EN) == english


@pytest.mark.parametrize(
    ("first", "last", "chinese", "english"),
    [
        (date(2020, 3, 1), None, "到期：2020年3月1日起", "due from 1 Mar 2020"),
        (None, date(2020, 5, 31), "到期：2020年5月31日止", "due to 31 May 2020"),
        (
            date(2020, 3, 1),
            date(2020, 5, 31),
            "到期：2020年3月1日至2020年5月31日",
            "due 1 Mar 2020 to 31 May 2020",
        ),
    ],
)
def test_the_days_between_which_it_falls_due_are_said_in_words(
    first: date | None, last: date | None, chinese: str, english: str
) -> None:
    when = When(0, first, last)
    assert sentences.filters({}, "", "", when, ZH) == chinese
    assert sentences.filters({}, "", "", when, EN) == english


@pytest.mark.parametrize(
    ("names", "words"),
    [
        (2, "局1 9、局2 8"),
        (10, "局1 9、局2 8、局3 7、局4 6、局5 5、局6 4、局7 3、局8 2、局9 1、局10 0"),
        (12, "局1 9、局2 8、局3 7、局4 6、局5 5、局6 4、局7 3、局8 2、局9 1、局10 0等 12 个部门"),
    ],
)
def test_names_with_their_counts_say_how_many_there_are_where_they_are_many(
    names: int, words: str
) -> None:
    numbers = range(1, names + 1)
    row = sentences.counted(
        [f"局{n}" for n in numbers], [10 - n for n in numbers], "department", ZH
    )
    assert row == words


@pytest.mark.parametrize(
    ("part", "words"),
    [
        (Part(), ""),
        (Part("passed"), "■ 已过期限"),
        (Part("next_30"), "→ 未来 30 天到期"),
        (Part(month="2020-12"), "2020年12月到期（含全年）"),
        (Part(month="2020-12", count="due"), "2020年12月到期（不含全年）"),
        (Part("later", "2020-12", "in_force"), "○ 以后到期 · 2020年12月进行中"),
    ],
)
def test_a_part_of_the_rows_is_said_in_words(part: Part, words: str) -> None:
    assert sentences.part(part, ZH) == words


@pytest.mark.parametrize("language", LANGUAGES)
def test_names_that_look_like_placeholders_or_markup_stand_as_they_are(
    language: str, tmp_path: Path
) -> None:
    t = translator(language)
    table = measures.read(hostile_table(tmp_path))
    for name in table.codes.leaders.names.to_pylist():
        assert person(table, name, t).startswith(name)
    assert sentences.filters({"leader": HOSTILE}, "", "{n}", When(), t).endswith("{n}")
    assert HOSTILE[0] in coming(table, date(2020, 1, 1), t)


@pytest.mark.parametrize(
    ("years", "text"),
    [
        ((2020,), "2020"),
        ((2019, 2020, 2021), "2019–2021"),
        ((2019, 2020, 2025), "2019–2020、2025"),
        ((), ""),
    ],
)
def test_years_that_follow_each_other_are_put_together(years: tuple[int, ...], text: str) -> None:
    assert sentences.years(years, ZH) == text


def test_a_month_of_the_address_is_named_with_its_year():
    assert sentences.month("2020-12", ZH) == "2020年12月"


def test_lanes_that_do_not_fit_are_counted_in_the_finding_of_the_timeline(of: Of) -> None:
    table = of(*(f"领导{n},办公室,9月" for n in range(5)))
    lanes = workload.by_lane(table, None, 2020, "leader", 2)
    text = sentences.timeline_finding(lanes, 5, 5, ZH)
    assert text == "图中 5 项举措，分 5 组，基准日 5 项在进行时段内"


def test_a_heading_of_several_lists_is_said_to_be_one_section(tmp_path: Path) -> None:
    lines = """
        1,2026,甲清单,一、园林,1,种树,张慧,园林科,8月
        2,2026,乙清单,一、园林,1,种花,李强,园林科,9月
        3,2026,乙清单,二、路桥,2,修路,李强,工程科,9月
    """
    table = measures.read(table_of(tmp_path, lines))
    sections = workload.by_section(table, None, date(2026, 5, 1))
    shared = workload.in_several_lists(table, None)
    finding = sentences.sections_finding(sections, shared, translator("zh"))
    assert finding.endswith("；1 个板块在几份清单中同名，合在一起计")
