"""Paragraphs as pieces and items: where an item begins, what is taken out of it, what holds for several."""

from lib.notices.model import Line
from lib.notices.reading.outline import pieces, taking
from tests.notices.lines import read


def cut(text: str) -> list[str]:
    """The pieces of a paragraph that no other follows."""
    return [piece.span.text for piece in pieces.cut(Line.of(0, text), None)]


# --- pieces ----------------------------------------------------------------------------------------


def test_a_number_inside_a_sentence_begins_no_item():
    text = "修路（责任部门：工程科）要符合标准：1. 平整；绿化（责任部门：园林科）要补种"
    assert cut(text) == [text]


def test_items_in_one_paragraph_are_told_apart_though_the_first_has_another_number():
    assert cut("一、路桥：1. 修路（责任部门：工程科）（二）架桥（责任部门：园林科）") == [
        "一、路桥：1. 修路（责任部门：工程科）",
        "（二）架桥（责任部门：园林科）",
    ]


# --- what is taken out of a piece ------------------------------------------------------------------


def test_a_label_in_brackets_with_nothing_after_it_names_nobody():
    item = taking.take(Line.of(0, "修路【责任单位】").span)
    assert item.claims == []
    assert [part.text for part in item.body] == ["修路"]


def test_a_date_in_brackets_before_a_label_in_brackets_stays():
    item = taking.take(Line.of(0, "修路（6月底前完成）【责任单位】工程科").span)
    texts = {claim.field: claim.text for claim in item.claims}
    assert texts == {"deadline": "6月底前", "departments": "工程科"}


# --- items -----------------------------------------------------------------------------------------


def test_a_numbered_point_that_says_who_without_a_label_is_an_item():
    text = "2024年清单\n1. 修路\n（1）（由工程科牵头）\n（2）架桥（由园林科牵头）"
    assert read(text) == ["1. 修路|1（1）|||工程科||", "1. 修路|1（2）|架桥||园林科||"]


def test_who_leads_what_follows_an_answered_item_leads_the_rest_of_its_section():
    text = """2024年清单
一、路桥
1. 修路。（牵头部门：园林科；配合部门：财务科）
以下任务由工程科牵头。
2. 架桥。"""
    assert read(text) == ["一、路桥|一1|修路||园林科|财务科|", "一、路桥|一2|架桥||工程科||"]


def test_who_answers_for_a_group_stands_before_or_after_it():
    text = """2024年清单
一、路桥
以下任务由工程科牵头，8月底前完成。
1. 修路。
2. 架桥。
二、园林
1. 种树。
2. 种花。
（以上由园林科负责）
3. 种草。
（以上由环卫科负责）
以上各项请抓紧。"""
    assert read(text) == [
        "一、路桥|一1|修路||工程科||8月底前",
        "一、路桥|一2|架桥||工程科||8月底前",
        "二、园林|二1|种树||园林科||",
        "二、园林|二2|种花||园林科||",
        "二、园林|二3|种草||环卫科||",
    ]


def test_a_long_paragraph_says_of_no_group_who_answers():
    text = "2024年清单\n一、园林\n1. 种树。\n2. 种花。\n以上" + "各项工作要抓紧抓实、" * 22
    assert read(f"{text}由园林科负责。\n3. 种草。（责任部门：环卫科）") == [
        "一、园林|一1|种树||||",
        "一、园林|一2|种花||园林科||",
        "一、园林|一3|种草||环卫科||",
    ]


def test_a_higher_number_may_come_late_and_a_decimal_begins_no_item():
    text = "2024年清单\n（一）修路。（责任部门：工程科）\n一、园林\n（一）种树。（责任部门：园林科）\n二、其他\n1.1 清淤。（责任部门：水务科）"
    assert read(text) == [
        "|（一）|修路||工程科||",
        "一、园林|一（一）|种树||园林科||",
        "二、其他|1.1|清淤||水务科||",
    ]


def test_headings_and_items_in_one_paragraph_are_told_apart():
    text = "2024年清单\n一、路桥：（一）修路。（责任部门：工程科）（二）架桥。（责任部门：工程科）\n二、园林 ①说明：（一）种树。（责任部门：园林科）\n（二）种花。（责任部门：园林科）"
    assert [line.split("|")[2] for line in read(text)] == ["修路", "架桥", "种树", "种花"]


def test_labels_after_the_last_point_are_of_all_points():
    text = "2024年清单\n一、路桥\n1. 修路。\n2. 架桥。\n责任部门：工程科\n二、园林\n1. 种树。\n2. 种花。\n责任部门：园林科"
    assert [line.split("|")[:3] for line in read(text)] == [["", "一", "路桥"], ["", "二", "园林"]]


def test_items_need_no_numbers():
    text = "2024年清单\n一、路桥\n修缮主路并划线。（责任部门：工程科）\n加固老桥。（责任部门：工程科）\n种植行道树\n责任部门：园林科\n修剪草坪\n责任部门：园林科"
    assert [line.split("|")[2] for line in read(text)] == [
        "修缮主路并划线",
        "加固老桥",
        "种植行道树",
        "修剪草坪",
    ]
