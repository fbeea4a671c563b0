"""Items of the running text as measures: titles, sections, articles."""

from tests.notices.lines import read


def test_a_card_without_a_label_for_its_title_is_called_by_its_first_words():
    text = "2024年清单\n序号：1 类别：城建\n责任单位：住建局"
    assert read(text) == ["|1|城建||住建局||"]


def test_a_space_after_a_comma_does_not_end_a_title():
    text = "2024年清单\n1. 修路，架桥 把城区其他道路全部修整一遍，保证通行（责任部门：工程科）"
    assert read(text) == ["|1|修路，架桥 把城区其他道路全部修整一遍，保证通行||工程科||"]


def test_two_numbers_in_digits_are_joined_by_a_stroke():
    text = "2024年清单\n1. 路桥\n1) 修路。（责任部门：工程科）\n2) 架桥。（责任部门：工程科）"
    assert [line.split("|")[1] for line in read(text)] == ["1-1)", "1-2)"]


def test_a_very_long_heading_names_nobody():
    heading = "一、" + "加快推进全县道路交通基础设施建设" * 4
    text = f"2024年清单\n{heading}\n1. 修路。（责任部门：工程科）"
    assert read(text) == [f"{heading}|一1|修路||工程科||"]
