"""Contradictions inside a notice are pointed out."""

from lib import notices
from tests.notices.lines import codes
from tests.notices.pages import HEAD, page, tr


def test_contradictions_are_pointed_out():
    text = "2024年清单\n1. 修路。（责任部门：信息 IT 中心、市道路工程养护管理处）\n3. 架桥。（责任部门：信息 IT中心）\n2. 种树。（责任部门：市道路工程维护管理处）\n2. 种花。12月举办花展。（责任部门：园林科；完成时限：8月）"
    contradictions = codes(text)
    assert {
        "notice_number_gap",
        "notice_number_twice",
        "notice_date_after_deadline",
        "notice_name_two_ways",
    } <= set(contradictions)
    spaced = "2024年清单\n1. 修路。（责任部门：IT 中心）\n2. 架桥。（责任部门：IT中心）"
    assert "notice_name_two_ways" in codes(spaced)
    table = page(
        HEAD
        + tr("1", "修路", "工程科", "8月")
        + tr("3", "架桥", "工程科", "8月")
        + tr("3", "种树", "园林科", "8月")
    )
    assert len(table) == 3


def test_serial_numbers_of_a_table_with_a_gap():
    data = "序号,工作任务,责任部门\n1,修路,工程科\n3,架桥,工程科\n3,种树,园林科"
    notice = notices.read(data.encode(), "x.csv", year=2024)
    assert [problem.code for problem in notice.problems] == [
        "missing_column",
        "missing_column",
        "notice_number_gap",
        "notice_number_twice",
    ]
    assert [problem.column for problem in notice.problems[:2]] == ["责任领导", "完成时限"]
