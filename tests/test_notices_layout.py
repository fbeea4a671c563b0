"""What was broken on the way and is put together again: lines, tables with one cell a line."""

from lib import notices
from lib.notices.layout import paragraphs
from lib.notices.model import Block
from tests.notices.lines import read
from tests.notices.office import docx, p


def test_a_line_that_is_not_at_its_end_goes_on_with_the_next():
    text = "2024年清单\n1. 修路\n责任部门：\n工程科、\n财务科\n完成时限：8月"
    assert read(text) == ["|1|修路||工程科|财务科|8月"]
    far = "2024年清单\n1. 修路（含\n" + "无关的一行\n" * 20 + "2. 架桥。（责任部门：工程科）"
    assert [line.split("|")[2] for line in read(far)] == ["架桥"]
    crossed = "2024年清单\n1. 修路《规范（试行》。（责任部门：工程科）\n“引号\n"
    assert [line.split("|")[2] for line in read(crossed)] == ["修路《规范"]
    data = docx(p("1. 修路（见") + "<w:tbl><w:tr><w:tc><w:p/></w:tc></w:tr></w:tbl>")
    assert notices.read(data, "x.docx").measures == ()


def test_flattened_tables_may_have_sections_notes_and_missing_cells():
    assert read("2024年清单\n序号|工作任务|责任部门\n一、路桥\n1|修路|工程科\n说明：以上。") == [
        "一、路桥|1|修路||工程科||"
    ]
    assert read("序号|工作任务|责任部门") == []
    assert read("工作任务\n责任领导\n责任部门\n") == []
    assert read(
        "2024年清单\n工作任务\n责任领导\n责任部门\n修路\n林森\n工程科\n架桥\n林森\n工程科"
    ) == [
        "||修路|林森|工程科||",
        "||架桥|林森|工程科||",
    ]
    assert read(
        "2024年清单\n序号\n工作任务\n责任部门\n1\n修路\n工程科\n多余\n2\n架桥\n工程科\n"
    ) == [
        "|1|修路||工程科|多余|",
        "|2|架桥||工程科||",
    ]
    assert read("序号\n工作任务\n责任部门\n甲\n") == []


def test_boxes_may_have_cells_over_two_rows_and_no_rules():
    box = "2024年清单\n┌──┬────┬────┐\n│序号│工作任务│责任部门│\n├──┼────┼────┤\n│1   │修路    │工程科  │\n├──┼────┤        │\n│2   │架桥    │        │\n└──┴────┴────┘\n说明"
    assert read(box) == ["|1|修路||工程科||", "|2|架桥||工程科||"]
    assert read(
        "2024年清单\n│序号│工作任务│责任部门│\n│1   │修路    │工程科  │\n│    │并划线  │        │\n│2   │架桥    │工程科  │\n说明"
    ) == ["|1|修路并划线||工程科||", "|2|架桥||工程科||"]
    assert read("│只有一行│\n说明") == []
    assert read("2024年清单\n┌──┬────┐") == []


def lines_joined(*lines: str) -> list[str]:
    """The paragraphs of lines that may have been broken anywhere."""
    return [block.text for block in paragraphs.joined([Block(line, soft=True) for line in lines])]


def test_a_heading_broken_in_two_is_one_before_the_next_number():
    heading, ending = "一、大力推进全县农村公路养护", "管理体制改革"
    assert lines_joined(heading, ending, "", "二、园林") == [heading + ending, "二、园林"]
    assert lines_joined(heading, ending) == [heading, ending]
    assert lines_joined(heading, ending, "修路") == [heading, ending, "修路"]


def test_a_closing_mark_of_another_kind_does_not_close_a_bracket():
    assert lines_joined("修路（》见", "附件）") == ["修路（》见附件）"]


def test_a_space_stays_between_latin_words_of_two_lines_and_none_between_chinese_ones():
    assert lines_joined("责任单位：", "Smart", "责任单位：", "工程科") == [
        "责任单位：Smart",
        "责任单位：工程科",
    ]
    assert lines_joined("（用Smart", "City平台", "管理）") == ["（用Smart City平台管理）"]
