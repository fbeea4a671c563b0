"""The board's own table: the ten measures of the Leshan notice of 2020 (docs/design.md)."""

from __future__ import annotations

from collections import Counter
from datetime import date
from pathlib import Path

import pytest

from lib import measures

TABLE = Path(__file__).parent.parent / "data" / "measures.csv"


@pytest.fixture(scope="module")
def table():
    return measures.read(TABLE)


def uses(names):
    return dict(zip(names.names.to_pylist(), names.uses.tolist(), strict=True))


def test_it_has_no_problems(table):
    assert table.problems == ()


def test_it_has_ten_measures_in_three_sections_of_one_list(table):
    rows = table.rows
    assert [len(part) for part in (rows, set(rows["section"]), set(rows["list"]))] == [10, 3, 1]
    assert [*Counter(rows["section"]).values()] == [4, 3, 3]
    assert set(rows["year"]) == {2020}


def test_the_leaders_are_two(table):
    assert uses(table.codes.leaders) == {"张慧": 8, "张雷": 2}


def test_two_departments_lead(table):
    assert {name: n for name, n in uses(table.codes.lead).items() if n} == {
        "组宣部": 8,
        "经济保障女工部": 2,
    }


def test_seven_departments_support(table):
    assert uses(table.codes.support) == {
        "市教科文卫体工会": 10,
        "机关党委": 6,
        "办公室": 6,
        "财务部": 4,
        "经审办": 4,
        "经济保障女工部": 3,
        "组宣部": 2,
    }


def test_the_deadlines_are_those_of_the_notice(table):
    assert Counter(table.rows["deadline"]) == {"全年": 3, "8月": 1, "9月": 1, "10月": 1, "12月": 4}
    assert Counter(table.rows["due"]) == {
        date(2020, 8, 31): 1,
        date(2020, 9, 30): 1,
        date(2020, 10, 31): 1,
        date(2020, 12, 31): 7,
    }
    assert table.rows["ongoing"].sum() == 3


def test_the_articles_are_those_of_the_notice(table):
    assert table.rows["article"].tolist() == [
        *("一（一）", "一（二）", "一（三）", "一（四）"),
        *("二（一）", "二（二）", "二（三）"),
        *("三（一）", "三（二）", "三（三）"),
    ]


def test_the_ids_as_given_are_the_ones_that_would_be_derived(table, tmp_path):
    path = tmp_path / "without.csv"
    lines = TABLE.read_text("utf-8-sig").splitlines()
    path.write_text("\n".join(line.partition(",")[2] for line in lines), "utf-8")
    again = measures.read(path)
    assert again.problems == ()
    assert again.rows["measure_id"].tolist() == table.rows["measure_id"].tolist()


MILESTONES = [
    ("一（三）", "五一", date(2020, 5, 1), 2, {}),
    ("二（一）", "10月份", date(2020, 10, 31), 1, {}),
    (
        "二（二）",
        "6月份",
        date(2020, 6, 30),
        3,
        {"职工教育培训点": 2, "职工书屋": 4, "文化驿站": 3},
    ),
    ("二（二）", "年底", date(2020, 12, 31), 1, {"职工书屋": 15}),
    ("二（三）", "10月份", date(2020, 10, 31), 1, {}),
    (
        "二（三）",
        "今年",
        date(2020, 12, 31),
        4,
        {"省级建设项目": 5, "市级": 10, "模范职工之家": 15, "模范职工小家": 15},
    ),
    ("三（二）", "下半年", date(2020, 12, 31), 3, {}),
]


def test_it_has_fifteen_milestones_and_no_others(table):
    assert len(table.milestones) == 15 == sum(count for *_, count, _ in MILESTONES)
    assert (table.milestones["target"] != "").sum() == 8


@pytest.mark.parametrize(("article", "phrase", "due", "count", "targets"), MILESTONES)
def test_the_milestones_are_those_of_the_notice(table, article, phrase, due, count, targets):
    milestones = table.milestones
    milestones = milestones[
        (table.rows["article"].to_numpy()[milestones["row"]] == article)
        & (milestones["deadline"] == phrase)
    ]
    assert (len(milestones), set(milestones["due"])) == (count, {due})
    for text, target in targets.items():
        assert milestones.loc[milestones["milestone"].str.contains(text), "target"].tolist() == [
            str(target)
        ]


def test_it_opens_in_excel_and_wps_as_it_is():
    for path in (TABLE, measures.milestones_path(TABLE)):
        assert path.read_bytes().startswith(b"\xef\xbb\xbf")
