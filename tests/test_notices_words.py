"""What a person says once of lines that are not understood, and what is then read of them."""

from __future__ import annotations

from typing import Any, Final

import pytest

from lib import notices
from lib.errors import describe
from lib.i18n import LANGUAGES, translator
from lib.notices import Notice, draft, words
from lib.notices.draft import Told
from lib.notices.model import FIELDS
from lib.notices.words import ABOVE, MEASURE, TABLE, Said, Word

ROWS: Final = (
    ("1", "开展重大危险源排查，建立问题台账", "张慧", "应急办", "各科室", "6月底前"),
    ("2", "修订干部培训方案，培训500人次", "李强", "组织部", "办公室、财务科", "8月"),
    ("3", "建设职工书屋，配齐图书设备", "王明", "宣传部", "财务科", "全年"),
    ("4", "推进老旧小区电梯加装", "赵敏", "住建局", "规划局", "10月底前"),
)
IN_ORDER: Final = (
    "serial",
    "title",
    "leaders",
    "lead_departments",
    "support_departments",
    "deadline",
)
READ: Final = [
    {
        "article": number,
        "title": title,
        "leaders": leader,
        "lead_departments": lead,
        "support_departments": support,
        "deadline": deadline,
    }
    for number, title, leader, lead, support, deadline in ROWS
]
HEAD: Final = "沙河区2026年重点工作安排\n"
SIGNED: Final = "\n沙河区机关工作委员会\n2026年1月8日\n"
POINTS: Final = """沙河区2026年工作要点
一、建强组织
开展建会行动，新建工会20家。
规范换届，做到应换尽换。责任单位：组织部；完成时限：8月
还要做好台账。
二、服务职工
（一）送清凉活动覆盖一线职工。
（二）办好职工运动会。
"""


def read(text: str, *words_said: Word) -> Notice:
    return notices.read_text(text, "x", words=words_said)


def cells(notice: Notice) -> list[dict[str, str]]:
    """What the measures say, without what they do not."""
    rows = []
    for measure in notice.measures:
        texts = {name: measure.cells[name].text for name in FIELDS}
        names = {name: "、".join(measure.cells[name].names) for name in FIELDS}
        rows.append(
            {name: texts[name] or names[name] for name in FIELDS if texts[name] or names[name]}
        )
    return rows


def titles(notice: Notice) -> list[str]:
    return [measure.cells["title"].text for measure in notice.measures]


# --- this is a table ------------------------------------------------------------------------------

FLATTENED: Final = {
    "a row a line, with slashes": "\n".join(map("／".join, ROWS)),
    "a row a line, with tabs": "\n".join(map("\t".join, ROWS)),
    "a row a line, with wide spaces": "\n".join(map("　　".join, ROWS)),
    "a row a line, with semicolons": "\n".join(map("；".join, ROWS)),
    "a row a line, in pipes": "\n".join(f"| {' | '.join(row)} |" for row in ROWS),
    "a cell a line": "\n".join(map("\n".join, ROWS)),
    "a cell a line with blank lines": "\n\n".join(map("\n\n".join, ROWS)),
}


@pytest.mark.parametrize("table", FLATTENED.values(), ids=FLATTENED)
def test_a_table_without_a_header_is_read_once_its_lines_are_said_to_be_one(table: str) -> None:
    text = HEAD + table + SIGNED
    assert cells(read(text)) != READ
    notice = read(text, Word(TABLE, (2, 1 + len(table.split("\n")))))
    assert cells(notice) == READ
    assert all(cell.sure for measure in notice.measures for cell in measure.cells.values())
    assert notice.issuer == "沙河区机关工作委员会"


def test_a_table_may_be_all_in_one_line_with_words_before_and_after_it() -> None:
    text = f"附表／{'／'.join(map('／'.join, ROWS))}／某某办公室"
    notice = read(text, Word(TABLE, (1, 1)))
    assert [row["title"] for row in cells(notice)] == [row["title"] for row in READ]
    assert [unplaced.text for unplaced in notice.unplaced] == ["附表／", "某某办公室"]


def test_the_number_above_the_first_line_is_of_the_table_unless_it_is_of_another() -> None:
    text = HEAD + FLATTENED["a cell a line"]
    assert cells(read(text, Word(TABLE, (3, 25)))) == READ
    two = read(text, Word(TABLE, (2, 13)), Word(TABLE, (14, 25)))
    assert cells(two) == READ
    ended = read(text, Word(TABLE, (2, 14)), Word(TABLE, (15, 25)))
    assert cells(ended)[:2] == READ[:2]


def test_what_the_pieces_of_its_first_row_are_can_be_said() -> None:
    text = "\n".join(f"{lead}／{title}／{support}" for _, title, _, lead, support, _ in ROWS)
    as_guessed = read(text, Word(TABLE, (1, 4)))
    assert as_guessed.said[0].cells[:3] == ("lead_departments", "title", "support_departments")
    row = ("support_departments", "title", "lead_departments")
    notice = read(text, Word(TABLE, (1, 4), row))
    assert cells(notice)[1] == {
        "title": "修订干部培训方案，培训500人次",
        "lead_departments": "办公室、财务科",
        "support_departments": "组织部",
    }


def test_pieces_before_the_row_are_no_cells_of_it() -> None:
    text = "第几 做啥 谁 哪里 还有谁 几时\n" + FLATTENED["a cell a line"]
    row = ("", *IN_ORDER)
    notice = read(text, Word(TABLE, (1, 25), row))
    assert cells(notice) == READ
    assert notice.blocks[0].text.startswith("第几")


def test_two_pieces_of_which_the_same_is_said_are_one_cell() -> None:
    lines = [line for row in ROWS for line in (row[0], *row[1].split("，"), *row[2:])]
    broken = "\n".join(lines)
    notice = read(broken, Word(TABLE, (1, 27), ("serial", "title", "title", *IN_ORDER[2:])))
    assert titles(notice)[0] == "开展重大危险源排查建立问题台账"
    assert [row["leaders"] for row in cells(notice)] == ["张慧", "李强", "王明", "赵敏"]


def test_what_follows_the_row_that_was_said_begins_another() -> None:
    text = "修路\n工程科\n6月\n架桥\n装灯\n工程科\n7月"
    row = ("title", "lead_departments", "deadline")
    assert titles(read(text, Word(TABLE, (1, 7), row))) == ["修路", "架桥装灯"]


def test_a_cell_that_is_nothing_of_ours_becomes_text_of_its_measure() -> None:
    text = "\n".join(f"{title}／资金三万／{lead}" for _, title, _, lead, _, _ in ROWS)
    notice = read(text, Word(TABLE, (1, 4), ("title", "other", "lead_departments")))
    assert notice.measures[0].text == "开展重大危险源排查，建立问题台账\n资金三万"


def test_a_table_that_is_said_need_not_say_who_answers() -> None:
    text = "\n".join(f"{title}／{when}／第{number}批" for number, title, _, _, _, when in ROWS)
    notice = read(text, Word(TABLE, (1, 4), ("title", "deadline", "other")))
    assert [row["deadline"] for row in cells(notice)] == ["6月底前", "8月", "全年", "10月底前"]


def test_headings_between_the_rows_are_sections() -> None:
    lines = ["／".join(row) for row in ROWS]
    text = "\n".join(["一、安全", *lines[:2], "二、民生", *lines[2:]])
    notice = read(text, Word(TABLE, (1, 6), ("", *IN_ORDER)))
    assert [row.get("section") for row in cells(notice)][2:] == ["二、民生"] * 2


def test_a_table_of_which_nothing_is_a_row_shows_its_pieces_to_be_said() -> None:
    notice = read("好。\n", Word(TABLE, (1, 1)))
    assert notice.said == (Said(Word(TABLE, (1, 1)), ("好。",), ("",)),)
    assert not notice.measures


def test_a_table_in_which_nothing_says_what_is_to_be_done_has_no_measures() -> None:
    notice = read("1／张慧／6月\n2／李强／8月\n", Word(TABLE, (1, 2)))
    assert notice.said[0].cells[:3] == ("serial", "leaders", "deadline")
    assert not notice.measures


def test_a_table_that_lies_beyond_the_document_is_none() -> None:
    notice = read("好。\n", Word(TABLE, (30, 40)), Word(MEASURE, (50,)))
    assert notice.said[0].pieces == ()
    assert not notice.measures


def test_only_lines_are_said_to_be_a_table_not_cells_that_have_their_grid() -> None:
    html = "<p>修路／工程科／6月</p><table><tr><td>甲</td></tr></table><p>架桥／工程科／7月</p>"
    notice = notices.read(html.encode(), "a.html", words=[Word(TABLE, (1, 3))])
    assert titles(notice) == ["修路"]
    assert [block.line for block in notice.blocks if block.text == "甲"] == [0]


def test_a_header_that_was_said_stands_in_no_line_and_what_was_read_stands_in_its_own() -> None:
    text = HEAD + FLATTENED["a row a line, with slashes"]
    notice = read(text, Word(TABLE, (2, 5)))
    header = [block for block in notice.blocks if block.said]
    assert [block.text for block in header] == [
        "序号",
        "举措",
        "责任领导",
        "牵头部门",
        "配合部门",
        "完成时限",
    ]
    assert {block.line for block in header} == {0}
    lines = [block.line for block in notice.blocks if block.column == 1 and block.row]
    assert lines == [2, 3, 4, 5]


# --- each of these paragraphs is a measure --------------------------------------------------------


def test_each_paragraph_is_a_measure_in_the_section_above_it() -> None:
    notice = read(POINTS, Word(MEASURE, (3, 4, 7, 8)))
    assert cells(notice) == [
        {"section": "一、建强组织", "title": "开展建会行动，新建工会20家"},
        {
            "section": "一、建强组织",
            "title": "规范换届，做到应换尽换",
            "lead_departments": "组织部",
            "deadline": "8月",
        },
        {"section": "二、服务职工", "article": "二（一）", "title": "送清凉活动覆盖一线职工"},
        {"section": "二、服务职工", "article": "二（二）", "title": "办好职工运动会"},
    ]


def test_who_answers_for_such_a_measure_is_asked_where_nothing_says_it() -> None:
    notice = read(POINTS, Word(MEASURE, (3, 4)))
    asked = [measure.cells["leaders"] for measure in notice.measures]
    assert [(cell.reason, cell.sure) for cell in asked] == [("empty", False), ("absent", True)]


def test_a_measure_may_have_others_below_it_that_say_who_answers() -> None:
    text = "一、建强组织，夯实基层。\n（一）规范换届。（责任单位：组织部）\n"
    assert titles(read(text, Word(MEASURE, (1,)))) == ["建强组织，夯实基层", "规范换届"]


def test_lines_that_would_be_joined_or_left_are_measures_where_that_is_said() -> None:
    text = "沙河区要点\n开展建会行动，\n规范换届，\n技术支持：某某公司\n"
    notice = read(text, Word(MEASURE, (2, 3, 4)))
    assert len(notice.measures) == 3


def test_a_bracket_that_is_not_closed_takes_in_no_paragraph_that_is_a_measure() -> None:
    text = "开展建会行动（见\n规范换届\n附件）"
    assert titles(read(text, Word(MEASURE, (1, 2))))[1] == "规范换届"


def test_a_line_of_a_table_that_was_found_can_be_a_measure_instead() -> None:
    text = "序号 举措 责任部门\n1 修路 工程科\n2 架桥 工程科\n3 装灯 工程科\n"
    assert len(read(text).measures) == 3
    notice = read(text, Word(MEASURE, (1, 2, 3, 4)))
    assert not any(block.table >= 0 for block in notice.blocks)
    assert len(notice.measures) == 4


# --- these lines belong to the measure above ------------------------------------------------------


def test_lines_of_the_measure_above_are_its_text_whatever_they_look_like() -> None:
    text = "（一）规范换届。（责任单位：组织部）\n（二）先摸底。\n责任领导：王明\n（三）送清凉。（责任单位：权益部）"
    notice = read(text, Word(ABOVE, (2, 3)))
    assert titles(notice) == ["规范换届", "送清凉"]
    assert notice.measures[0].text == "规范换届。\n（二）先摸底。"
    assert cells(notice)[0]["leaders"] == "王明"


def test_lines_without_a_measure_above_them_stay_where_they_are() -> None:
    notice = read("还要做好台账。\n（一）规范换届。（责任单位：组织部）\n", Word(ABOVE, (1,)))
    assert titles(notice) == ["规范换届"]
    assert [unplaced.text for unplaced in notice.unplaced] == ["还要做好台账。"]


def test_lines_below_a_table_are_of_its_last_measure() -> None:
    text = "序号 举措 责任部门\n1 修路 工程科\n2 架桥 工程科\n要装护栏。\n还要验收。\n完。\n"
    notice = read(text, Word(ABOVE, (4, 5)))
    assert notice.measures[1].text == "架桥\n要装护栏。\n还要验收。"
    assert [unplaced.text for unplaced in notice.unplaced] == ["完。"]


def test_lines_below_a_table_without_measures_are_not_placed() -> None:
    html = "<table><tr><td>甲</td><td>乙</td></tr></table><p>要装护栏。</p>"
    notice = notices.read(html.encode(), "a.html", words=[Word(ABOVE, (3,))])
    assert "要装护栏" in [unplaced.text for unplaced in notice.unplaced]


# --- nothing vanishes -----------------------------------------------------------------------------


@pytest.mark.parametrize("word", [Word(TABLE, (3, 8)), Word(MEASURE, (3, 5)), Word(ABOVE, (5, 7))])
def test_whatever_is_said_all_words_of_the_document_stay(word: Word) -> None:
    kept = "".join(block.text for block in read(POINTS, word).blocks if block.said != TABLE)
    assert "".join(kept.split()) == "".join(POINTS.split())


# --- one word after another -----------------------------------------------------------------------


def test_a_word_holds_for_its_lines_whatever_was_said_of_them_before() -> None:
    table, points, heading = Word(TABLE, (2, 5)), Word(MEASURE, (6, 7)), Word(ABOVE, (9,))
    valid = words.after((table, points, heading), Word(ABOVE, (7,)))
    assert valid == (table, Word(MEASURE, (6,)), heading, Word(ABOVE, (7,)))
    assert words.after((table, heading), Word(MEASURE, (4,))) == (heading, Word(MEASURE, (4,)))
    assert words.after((table, heading), Word(MEASURE, (1, 6))) == (
        table,
        heading,
        Word(MEASURE, (1, 6)),
    )
    fixed = Word(TABLE, (2, 9), ("title",))
    assert words.after((table, points, heading), fixed) == (fixed,)


UNDERSTOOD: Final[dict[str, tuple[dict[str, Any], Word]]] = {
    "a table from its first to its last line": (
        {"do": "table", "lines": [9, 3, 4]},
        Word(TABLE, (3, 9)),
    ),
    "a table of one line": ({"do": "table", "lines": [3]}, Word(TABLE, (3, 3))),
    "a table with its cells": (
        {"do": "table", "lines": [3, 4], "cells": ["", "title"]},
        Word(TABLE, (3, 4), ("", "title")),
    ),
    "paragraphs in their order": ({"do": "measure", "lines": [9, 3, 3]}, Word(MEASURE, (3, 9))),
}
NOT_UNDERSTOOD: Final[dict[str, dict[str, Any]]] = {
    "another edit": {"do": "put", "lines": [1]},
    "without lines": {"do": "table"},
    "no lines": {"do": "table", "lines": []},
    "a line before the first": {"do": "table", "lines": [0, 1]},
    "a line that no document has": {"do": "table", "lines": [1, 2**60]},
    "lines in words": {"do": "table", "lines": ["1"]},
    "a cell that nobody knows": {"do": "table", "lines": [1], "cells": ["explode"]},
    "cells that are none": {"do": "table", "lines": [1], "cells": "title"},
    "too many cells": {"do": "table", "lines": [1], "cells": ["title"] * 65},
}


@pytest.mark.parametrize(("edit", "word"), UNDERSTOOD.values(), ids=UNDERSTOOD)
def test_a_word_comes_as_plain_data(edit: dict[str, Any], word: Word) -> None:
    assert words.of_edit(edit) == word


@pytest.mark.parametrize("edit", NOT_UNDERSTOOD.values(), ids=NOT_UNDERSTOOD)
def test_what_is_no_word_says_nothing(edit: dict[str, Any]) -> None:
    assert words.of_edit(edit) is None


def test_words_stand_in_the_log_and_each_can_be_undone_or_taken_back() -> None:
    notice = read(POINTS)
    table: dict[str, Any] = {"do": "table", "lines": [3, 4]}
    above: dict[str, Any] = {"do": "above", "lines": [5]}
    undo, unsay = {"do": "undo"}, {"do": "unsay", "item": 0}
    spoken = (Word(TABLE, (3, 4)), Word(ABOVE, (5,)))
    assert draft.replay(notice, [table, above]).told == Told(words=spoken)
    assert draft.replay(notice, [table, above, undo]).told.words == spoken[:1]
    assert draft.replay(notice, [table, above, unsay]).told.words == spoken[1:]
    assert draft.replay(notice, [table, above, unsay, undo]).told.words == spoken
    assert not draft.replay(notice, [table, table, undo]).can_undo
    assert not draft.replay(notice, [unsay, {"do": "unsay"}, {"do": "unsay", "item": -1}]).can_undo


# --- what was seen where nothing was read ---------------------------------------------------------

UNREAD: Final = {
    "a header and cells that fit no rows": (
        "通知\n序号\n工作任务\n责任单位\n完成时限\n甲\n乙\n丙\n丁乙\n",
        "notice_header_alone",
        (2, "4", "序号｜工作任务｜责任单位｜完成时限"),
    ),
    "a header and one line below it, up to a table": (
        "<p>序号 项目 责任单位</p><p>今天天气很好</p><table><tr><td>甲</td></tr></table>",
        "notice_header_alone",
        (1, "1", "序号｜项目｜责任单位"),
    ),
    "a table that says not who": (
        "<table><tr><td>甲</td></tr><tr><td>序号</td><td>姓名</td><td>完成时限</td></tr>"
        "<tr><td>1</td><td>甲</td><td></td></tr></table>",
        "notice_table_alone",
        (2, "2", "序号｜姓名｜完成时限"),
    ),
}


@pytest.mark.parametrize(("document", "code", "seen"), UNREAD.values(), ids=UNREAD)
@pytest.mark.parametrize("language", LANGUAGES)
def test_without_measures_it_is_said_what_looks_like_a_table(
    document: str, code: str, seen: tuple[int, str, str], language: str
) -> None:
    name = "a.html" if document.startswith("<") else "a.txt"
    nothing, problem = notices.read(document.encode(), name).problems
    assert nothing.code == "notice_no_measures"
    assert problem.code == code
    assert (problem.line, problem.column, problem.value) == seen
    assert seen[1] in describe(problem, translator(language))


def test_without_measures_and_without_a_table_nothing_else_is_said() -> None:
    for text in ("今天天气很好。", "通知\n序号 项目 责任单位\n"):
        assert [problem.code for problem in read(text).problems] == ["notice_no_measures"]
