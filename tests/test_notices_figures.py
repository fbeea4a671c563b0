"""The dates and the quantities inside a measure's text."""

import pytest

from lib import notices


def milestones(text: str) -> list[tuple[str, str, str]]:
    """Deadline, text and target of each milestone of one measure."""
    notice = notices.read_text(f"2024年清单\n1. {text}（责任部门：工会；完成时限：12月）")
    return [
        (milestone.deadline, milestone.text, milestone.target) for milestone in notice.milestones
    ]


def test_what_is_counted_on_a_feast_is_no_event_besides():
    assert milestones("开展庆“五一”走访职工4户。") == [("“五一”", "走访职工", "4")]


def test_an_event_before_the_first_comma_stands_beside_what_is_counted_after_it():
    assert milestones("6月举办职工歌手大赛，培训职工40人。") == [
        ("6月", "培训职工", "40"),
        ("6月", "举办职工歌手大赛", ""),
    ]


def test_what_is_listed_up_to_the_deadline_does_not_take_the_deadline_in():
    notice = notices.read_text("2024年清单\n1. 修路，4月底前启动、10月底前完成。（责任部门：工会）")
    assert [(milestone.deadline, milestone.text) for milestone in notice.milestones] == [
        ("4月底前", "启动")
    ]


# --- in a deadline -----------------------------------------------------------------------------------

# A deadline, the part of it that is due, and what is to be there before.
STEPS = [
    ("6月底前完成方案；12月底前完成验收", "12月底前", [("6月底前", "完成方案")]),
    ("4月底前启动、10月底前完成", "10月底前", [("4月底前", "启动")]),
    (
        "3月完成选址、6月底前建成4个，12月底前验收",
        "12月底前",
        [("3月", "完成选址"), ("6月底前", "建成")],
    ),
    ("12月底前完成验收", "12月底前", []),
]


@pytest.mark.parametrize(("phrase", "due", "steps"), STEPS)
def test_the_last_date_is_due_and_those_before_it_are_milestones(
    phrase: str, due: str, steps: list[tuple[str, str]]
):
    labelled = f"2024年清单\n1. 修路。（责任部门：工会；完成时限：{phrase}）"
    table = (
        f"2024年清单\n|序号|工作任务|责任单位|完成时限|\n|1|修路|工会|{phrase}|\n|2|架桥|工会|全年|"
    )
    for text in (labelled, table):
        notice = notices.read_text(text)
        assert notice.measures[0].cells["deadline"].text == due
        assert [(milestone.deadline, milestone.text) for milestone in notice.milestones] == steps


@pytest.mark.parametrize(("phrase", "due", "steps"), STEPS)
def test_so_they_are_in_a_table_of_the_office(phrase: str, due: str, steps: list[tuple[str, str]]):
    rows = f"举措,责任部门,完成时限\n修路,工会,{phrase}\n"
    notice = notices.read(rows.encode(), "清单.csv")
    assert notice.measures[0].cells["deadline"].text == phrase
    assert [(milestone.deadline, milestone.text) for milestone in notice.milestones] == steps
