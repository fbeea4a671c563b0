"""The cells of a measure: what several claims for one of them come to."""

from lib import notices
from lib.notices import kinds
from tests.notices.lines import read


def test_ditto_before_anything_and_for_a_role():
    first = "2024年清单\n1. 修路。（责任领导：同上；牵头部门：工程科）\n2. 架桥。（责任领导：林森；牵头部门：同上）"
    assert read(first) == ["|1|修路||工程科||", "|2|架桥|林森|工程科||"]
    assert not notices.read_text(first).measures[0].cells["leaders"].sure


def test_several_labels_for_leaders_the_leading_one_counts():
    text = "2024年清单\n1. 修路。（责任领导：林森；责任人：王小明；责任部门：工程科）"
    leaders = notices.read_text(text).measures[0].cells["leaders"]
    assert (leaders.names, leaders.sure) == (("林森",), False)


def test_departments_named_twice_and_lists_without_order():
    text = "2024年清单\n1. 修路。（牵头部门：工程科；配合部门：工程科、财务科）\n2. 架桥。（责任部门：工程科、财务科）\n（责任部门排名不分先后）"
    assert read(text) == ["|1|修路||工程科|财务科|", "|2|架桥||工程科|财务科|"]
    second = notices.read_text(text).measures[1].cells["lead_departments"]
    assert (second.reason, second.sure) == ("unordered", False)


def test_what_nearly_all_others_have_is_missed_where_it_is_empty():
    items = [
        f"{number}. 做好第{number}件事。（责任领导：林森；责任部门：办公室；完成时限：8月）"
        for number in range(1, 6)
    ]
    text = "\n".join(["2024年清单", *items, "6. 修路。（责任部门：办公室）"])
    cells = notices.read_text(text).measures[5].cells
    assert [(cells[f].reason, cells[f].sure) for f in ("leaders", "deadline")] == [
        ("others_have", False)
    ] * 2
    assert cells["support_departments"].sure  # most have none
    few = notices.read_text(
        "\n".join(["2024年清单", *items[:2], "3. 修路。（责任部门：办公室）"])
    ).measures[2]
    assert few.cells["leaders"].sure


def test_a_date_left_in_the_names_and_a_name_unlike_one():
    odd = (
        notices.read_text("2024年清单\n1. 修路。（责任部门：工程科、路政科按期完成）")
        .measures[0]
        .cells
    )
    assert (odd["support_departments"].reason, odd["support_departments"].sure) == (
        "odd_name",
        False,
    )
    missed = (
        notices.read_text("2024年清单\n1. 修路。（责任部门：工程科、路政科6月底前抢通）")
        .measures[0]
        .cells
    )
    assert (missed["deadline"].reason, missed["deadline"].sure) == ("missed_date", False)


def test_two_persons_whose_names_run_together_are_to_be_checked():
    text = "2024年清单\n1. 修路。（责任领导：陆明俞悦；责任部门：工程科）"
    leaders = notices.read_text(text).measures[0].cells["leaders"]
    assert (leaders.names, leaders.sure, leaders.reason) == (("陆明俞悦",), False, "odd_name")


def test_all_of_a_level_are_one_department_and_numbered_lines_are_several():
    text = "2024年清单\n1. 修路。（责任部门：各县、市、区政府，工程科）\n2. 架桥。（责任部门：1.工程科 2.财务科）\n3. 种树。（责任部门：园林科、各区、县级市）\n4. 治水。（责任部门：水利科等有关部门）"
    assert read(text) == [
        "|1|修路||各县、市、区政府|工程科|",
        "|2|架桥||工程科|财务科|",
        "|3|种树||园林科|各区、县级市|",
        "|4|治水||水利科||",
    ]
    cells = [measure.cells for measure in notices.read_text(text).measures]
    assert [row["lead_departments"].sure for row in cells] == [True, True, True, False]
    table = "2024年清单\n|序号|工作任务|责任单位|\n|1|修路|各县（市、区）政府、工程科|\n|2|架桥|各县、市、区政府|"
    assert read(table) == ["|1|修路||各县（市、区）政府|工程科|", "|2|架桥||各县、市、区政府||"]


def test_a_deadline_that_is_a_number_or_of_another_year_is_to_be_checked():
    def deadlines(title):
        items = [
            f"{line}. 修好第{line}条路。（责任部门：工程科；完成时限：{deadline}）"
            for line, deadline in enumerate(("46356", "2025年6月底前", "2027年3月底前"), 1)
        ]
        cells = notices.read_text("\n".join([title, *items])).measures
        return [
            (cell.text, cell.reason, cell.sure, cell.detail)
            for cell in (measure.cells["deadline"] for measure in cells)
        ]

    asked = ("2025年6月底前", "other_year", False, "2026 · 2025年6月底前 → 2025-06-30")
    number, past, later = deadlines("2026年重点工作清单")
    assert number == ("46356", "day_number", False, "46356 → 2026-11-30")
    assert (past, later[2]) == (asked, True)
    _, past, _ = deadlines("道路建设三年行动2026年工作清单")
    assert past[2]


def test_numbers_of_a_column_that_nobody_named_are_no_dates():
    assert [kinds.dated(cell) for cell in ("44000", "2024-06-30", "6月")] == [False, True, True]


def test_how_far_a_thing_is_makes_no_column_of_deadlines():
    assert [kinds.dated(cell) for cell in ("已完成", "已办结", "汛期前")] == [False, False, True]
