"""Items of the running text as measures: titles, sections, articles."""

from lib import notices
from tests.notices.lines import codes, read


def test_a_card_without_a_label_for_its_title_is_called_by_its_first_words():
    text = "2024年清单\n序号：1 类别：城建\n责任单位：住建局"
    assert read(text) == ["|1|城建||住建局||"]


def test_what_a_page_has_around_its_text_is_no_measure_and_no_text_of_one():
    around = ["您现在的位置：首页 > 通知公告", "打印本页", "发布时间：2024-03-10 来源：县府办"]
    items = ["1. 修路。（责任部门：工程科）。", "2. 架桥。", "责任部门：桥梁科。"]
    lines = ["2024年清单", *around, items[0], *around, items[1], *around, items[2], *around]
    notice = notices.read_text("\n".join(lines))
    assert read("\n".join(lines)) == ["|1|修路||工程科||", "|2|架桥||桥梁科||"]
    assert [measure.text for measure in notice.measures] == ["修路。", "架桥。"]
    assert "".join(unplaced.text for unplaced in notice.unplaced) == "".join(around) * 4


def test_what_a_page_has_around_its_text_is_no_section_of_a_table():
    cells = "</td><td>".join(("工作任务", "责任部门", "完成时限"))
    page = f"<table><tr><td>{cells}</td></tr>"
    for title in ("修路", "架桥"):
        page += "<tr><td colspan=3>打印本页</td></tr>"
        page += f"<tr><td>{title}</td><td>工程科</td><td>8月</td></tr>"
    rows = notices.read(f"<html>{page}</table></html>".encode(), "x.html").measures
    assert [measure.cells["section"].text for measure in rows] == ["", ""]


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


def test_an_item_without_a_responsibility_among_others_and_one_that_inherits():
    text = "2024年清单\n1. 修路。（责任部门：工程科）\n2. 架桥。\n3. 种树。（责任部门：园林科）"
    assert [line.split("|")[2] for line in read(text)] == ["修路", "架桥", "种树"]
    assert "notice_nobody" in codes(text)
    text = "2024年清单\n一、路桥（责任领导：林森；责任部门：工程科）\n1. 修路。（责任部门：养护科）\n2. 架桥。"
    assert read(text) == ["一、路桥|一1|修路|林森|养护科||", "一、路桥|一2|架桥|林森|工程科||"]
    text = "2024年清单\n1. 修路。\n2. 架桥。\n3. 种树。（责任部门：园林科）"
    assert [line.split("|")[2] for line in read(text)] == ["种树"]


def test_an_item_with_work_of_its_own_is_a_measure_beside_its_points():
    points = "1. 修路。（责任部门：养护科）\n2. 架桥。（责任部门：桥梁科）"
    item = "（一）路桥提升。摸清底数，列出清单。（责任部门：工程科）"
    assert read(f"2024年清单\n一、城建\n{item}\n{points}") == [
        "一、城建|一（一）|路桥提升||工程科||",
        "一、城建|一（一）1|修路||养护科||",
        "一、城建|一（一）2|架桥||桥梁科||",
    ]


def test_a_heading_that_says_who_answers_for_its_points_is_no_measure():
    points = "1. 修路。（责任部门：养护科）\n2. 架桥。（责任部门：桥梁科）"
    for heading in (
        "（一）路桥提升（责任部门：工程科）",
        "（一）路桥提升。分步推进。（责任领导：林森）",
    ):
        titles = [line.split("|")[2] for line in read(f"2024年清单\n一、城建\n{heading}\n{points}")]
        assert titles == ["修路", "架桥"]


def test_titles_before_a_space_and_by_a_label_once():
    text = "2024年清单\n1. 修缮礼堂 更换座椅、灯具，粉刷墙面，完善消防设施。（责任部门：工程科）\n2. 任务：任务：修路。（责任部门：工程科）\n3. 春季 植树。（责任部门：园林科）"
    assert [line.split("|")[2] for line in read(text)] == ["修缮礼堂", "任务：修路", "春季 植树"]


def test_of_a_problem_the_cure_is_the_measure():
    notice = notices.read_text(
        "一、作风方面\n1.存在问题：会议偏多。\n整改措施：压减会议三成。\n责任部门：办公室\n整改时限：2023年9月30日前\n"
    )
    assert [measure.cells["title"].text for measure in notice.measures] == ["压减会议三成"]


def test_a_measure_that_is_called_by_its_date_alone_is_to_be_checked():
    titles = [
        measure.cells["title"]
        for measure in notices.read_text(
            "值守\n7月1日 责任领导：王强\n7月2日 责任领导：李静\n修路 责任领导：李静"
        ).measures
    ]
    assert [(cell.text, cell.sure) for cell in titles] == [
        ("7月1日", False),
        ("7月2日", False),
        ("修路", True),
    ]


def test_what_stands_behind_a_label_that_is_not_known_is_to_be_checked():
    text = """2024年清单
1. 修路两处，方便出行。
操盘手：王强、李静
收官节点是：8月底
责任单位：工程科
2. 建桥一座。掌舵人：王强
来龙去脉：说来话长
联系人：李静
责任单位：路政科
3. 植树。
谁来做：市林业局
责任领导：王强
"""
    doubts = [
        {
            name: cell.detail
            for name, cell in measure.cells.items()
            if cell.reason == "unknown_label"
        }
        for measure in notices.read_text(text).measures
    ]
    assert doubts == [
        {"leaders": "操盘手", "deadline": "收官节点是"},
        {"leaders": "掌舵人"},
        {"lead_departments": "谁来做"},
    ]


def test_a_date_in_the_middle_of_a_sentence_is_no_deadline():
    text = "2024年清单\n1. 修路，6月底前完成方案编制工作并上报审定。（责任部门：工程科）\n2. 架桥》（，9月底前完成。（责任部门：工程科）"
    assert [line.split("|")[-1] for line in read(text)] == ["", "9月底前"]
