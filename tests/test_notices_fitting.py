"""Tables that lost their grid: what each layout says is read as if it had one, or said to be doubtful."""

import itertools
from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lib import notices
from lib.notices.layout import flat, path
from lib.notices.layout.path import Gains, Move
from lib.notices.model import Block
from tests.notices.lines import read

TITLE = "南桥区2027年重点工作任务清单"

CELL_A_LINE = """序号
工作任务
责任单位
完成时限
1
修缮体育馆。
区体育局
5月底前
2
清理河道。
区水务局
8月底前"""
TWO_MEASURES = "|1|修缮体育馆||区体育局||5月底前\n|2|清理河道||区水务局||8月底前"

# How the table stands in the text → the text, and its measures as `tests.notices.lines` writes them.
LAYOUTS = {
    "a_cell_a_line": (CELL_A_LINE, TWO_MEASURES),
    "a_blank_line_between_cells": (CELL_A_LINE.replace("\n", "\n\n"), TWO_MEASURES),
    "a_cell_a_line_each_with_a_pipe_after_it": (
        CELL_A_LINE.replace("\n", " |\n") + " |",
        TWO_MEASURES,
    ),
    "pipes_on_lines_of_their_own": (
        """序号
|
工作任务
|
责任单位
|
完成时限
|
1
|
修缮体育馆。
|
区体育局
|
长期坚持
|""",
        "|1|修缮体育馆||区体育局||长期坚持",
    ),
    "cells_of_several_lines": (
        """序号
工作任务
责任单位
完成时限
1
修缮体育馆。
区体育局
区财政局
5月底前
2
清理河道，
疏通桥下。
区水务局
8月底前""",
        "|1|修缮体育馆||区体育局|区财政局|5月底前\n|2|清理河道，疏通桥下||区水务局||8月底前",
    ),
    "numbered_lines_in_a_cell": (
        """序号
问题
整改措施
责任领导
责任单位
整改时限
1
制度有缺漏。
1.补全制度。
2.每月检查。
林文清
办公室
5月底前""",
        "|1|补全制度|林文清|办公室||5月底前",
    ),
    "numbers_that_do_not_begin_with_one": (
        """序号
目标任务
分管领导
牵头单位
配合单位
18
修缮体育馆。
林文清
区体育局
区财政局
24
清理河道。
林文清
区水务局
各街道""",
        "|18|修缮体育馆|林文清|区体育局|区财政局|\n|24|清理河道|林文清|区水务局|各街道|",
    ),
    "labels_that_were_broken_in_two": (
        """序号
工作任务
责任
单位
完成
时限
1
修缮体育馆。
区体育局
5月底前""",
        "|1|修缮体育馆||区体育局||5月底前",
    ),
    "a_title_above_that_is_a_label_too": (
        """任务清单
重点任务
具体措施
牵头单位
一、便民
1.延长开馆时间。
区体育局
2.增加座位。
区图书馆
二、安全
3.检查电梯。
区市场监管局""",
        "一、便民|1|延长开馆时间||区体育局||\n一、便民|2|增加座位||区图书馆||\n"
        "二、安全|3|检查电梯||区市场监管局||",
    ),
    "merged_cells_that_stand_in_their_first_row_alone_between_pipes": (
        """工作任务 | 具体要求 | 责任部门 |
一、管好场馆 | 1.延长开馆时间。 | 体育科 |
2.增加座位。 | 后勤科 | |
二、管好河道 | 3.清理桥下。 | 水务科 |
4.立警示牌。 | 水务科牵头，各街道配合 | |""",
        "一、管好场馆|1|延长开馆时间||体育科||\n一、管好场馆|2|增加座位||后勤科||\n"
        "二、管好河道|3|清理桥下||水务科||\n二、管好河道|4|立警示牌||水务科|各街道|",
    ),
    "the_same_between_tabs": (
        "工作任务\t具体要求\t责任部门\t完成时限\n"
        "一、管好场馆\t1.延长开馆时间。\t体育科\t5月底前\n2.增加座位。\t后勤科\t8月底前\n"
        "二、管好河道\t3.清理桥下。\t水务科\t全年",
        "一、管好场馆|1|延长开馆时间||体育科||5月底前\n一、管好场馆|2|增加座位||后勤科||8月底前\n"
        "二、管好河道|3|清理桥下||水务科||全年",
    ),
    "a_line_that_lost_its_first_cells_and_was_filled_up_at_its_end": (
        """序号 | 工作任务 | 责任单位 | 一季度目标 | 进展情况、存在问题及打算 |
1 | 新建学校1所 | 区教育局 | 完成招标 | 已开标 |
新增座位600个 | ||||
2 | 清理河道 | 区水务局 | 完成测量 | 已测量 |""",
        "|1|新建学校1所||区教育局||\n|1|新增座位600个||区教育局||\n|2|清理河道||区水务局||",
    ),
    "a_group_that_was_blank_in_its_later_rows": (
        "序号|重点工作|具体措施|责任领导|责任科室|完成时限\n1|场馆|延长开馆时间|林文清|体育科|6月\n"
        "||增加座位|林文清|后勤科|9月",
        "场馆|1|延长开馆时间|林文清|体育科||6月\n场馆||增加座位|林文清|后勤科||9月",
    ),
    "a_header_of_two_lines": (
        """序号 | 内容清单 | 责任清单 | 措施清单 | ||
责任领导 | 责任人 | 责任科室 | 普法对象 | 方式 | |
1 | 宣讲消防法。 | 林文清 | 周一鸣 | 应急办 | 商户 | 上门 |
2 | 宣讲劳动法。 | 何玉兰 | 孙立 | 工会 | 职工 | 讲座 |""",
        "|1|宣讲消防法|林文清|应急办||\n|2|宣讲劳动法|何玉兰|工会||",
    ),
    "quarters_as_columns": (
        """序号 | 重点任务 | 一季度目标 | 二季度目标 | 三季度目标 | 四季度目标 | 责任单位
1 | 修缮体育馆 | 完成设计 | 开工 | 过半 | 完工 | 区体育局
2 | 清理河道 | 摸底 | 清理2处 | 清理6处 | 清理9处 | 区水务局、区住建局""",
        "|1|修缮体育馆||区体育局||\n|2|清理河道||区水务局|区住建局|",
    ),
    "section_rows_with_blank_cells": (
        """序号 | 目标与任务 | 牵头责任单位 | 责任单位 |
一、主要目标 | |||
(1) | 收入增长5%。 | 区发改局 | 各街道 |
二、重点工作 | |||
(一)管好场馆，延长开馆时间，方便上班的人。 | |||
(2) | 增加座位。 | 区体育局 区财政局 | 各街道 |""",
        "一、主要目标|(1)|收入增长5%||区发改局|各街道|\n二、重点工作|(2)|增加座位||区体育局、区财政局|各街道|",
    ),
    "markdown_on_one_line": (
        "| 序号 | 议定事项 | 责任单位 | 配合单位 | 完成时限 | |---|---|---|---|---| "
        "| 1 | 修改排班办法 | 办公室 | | 2027年9月30日前 | "
        "| 2 | 清点仓库 | 后勤科 | 办公室 | 2027年10月15日前 |",
        "|1|修改排班办法||办公室||2027年9月30日前\n|2|清点仓库||后勤科|办公室|2027年10月15日前",
    ),
    "all_in_one_line_with_its_title_and_a_note": (
        "南桥区任务分解表 序号 工 作 任 务 责任单位 完成时限 1 修缮体育馆 区体育局、区财政局 5月底前 "
        "2 清理河道 区水务局 持续推进 备注：每月报送。",
        "|1|修缮体育馆||区体育局|区财政局|5月底前\n|2|清理河道||区水务局||持续推进",
    ),
    "sections_with_a_number_in_its_own_cell_and_a_long_sentence": (
        """序号
工作任务
责任单位
一
安全
1
组织各街道逐段查看河堤，登记裂缝、渗水和塌陷的位置与长度，按轻重排出先后，汛期之前修好最险的两处，其余的在年内分批修好，修一处验一处，并把结果贴在河边让住户看见。
区水务局
二
便民
2
增加座位。
区体育局""",
        "一、安全|1|组织各街道逐段查看河堤，登记裂缝、渗水和塌陷的位置与长度，按轻重排出先后，汛期之前修好最险的两处，其余的在年内分批修好，修一处验一处，并把结果贴在河边让住户看见||区水务局||\n"
        "二、便民|2|增加座位||区体育局||",
    ),
    "numbers_over_which_nothing_is_printed": (
        """工作任务
牵头责任单位
一季度进展情况
1
修缮体育馆。
区体育局
已开工。
2
清理河道。
区水务局
区住建局
已清理3处。
3
修复河堤。
区水务局
已修复。""",
        "|1|修缮体育馆||区体育局||\n|2|清理河道||区水务局、区住建局||\n|3|修复河堤||区水务局||",
    ),
    "numbers_in_a_later_column_over_which_nothing_is_printed": (
        """|
工作任务 |
具体工作要求 |
责任单位 |
完成时限 |
|
|
一、管好场馆 |
1 |
延长开馆时间，方便上班的人。 |
区体育局 |
持续推进 |
|
2 |
增加座位，优先照顾老人。 |
区图书馆 |
5月底前 |
|
3 |
检查电梯。 |
区市场监管局 |
8月底前 |
|""",
        "一、管好场馆|1|延长开馆时间，方便上班的人||区体育局||持续推进\n"
        "一、管好场馆|2|增加座位，优先照顾老人||区图书馆||5月底前\n"
        "一、管好场馆|3|检查电梯||区市场监管局||8月底前",
    ),
    "labels_merged_over_columns_that_lost_theirs": (
        """具 体 要 求 | 责任科室 | ||
一、管好场馆 | 1 | 延长开馆时间，方便上班的人。 | 体育科牵头，各科室配合 |
2 | 增加座位，优先照顾老人。 | 后勤科 | |
3 | 检查电梯。 | 安全科 | |""",
        "一、管好场馆|1|延长开馆时间，方便上班的人||体育科|各科室|\n"
        "一、管好场馆|2|增加座位，优先照顾老人||后勤科||\n一、管好场馆|3|检查电梯||安全科||",
    ),
    "goals_with_dashes_below_a_field_and_blank_lines_between": (
        """领域

主 要 目 标

主要责任单位

责任单位

1.少年健康。

——近视的人减少一成。

区卫健局

区教育局

区体育局

——体测合格的人达到九成。

区教育局

区体育局

2.少年安全。

——溺水的人减少两成。

区教育局

各街道""",
        "1.少年健康。||近视的人减少一成||区卫健局|区教育局、区体育局|\n"
        "1.少年健康。||体测合格的人达到九成||区教育局|区体育局|\n"
        "2.少年安全。||溺水的人减少两成||区教育局|各街道|",
    ),
    "lines_with_single_spaces_of_which_one_is_broken": (
        """序号 工作任务 责任单位 完成时限
1 修缮体育馆 区体育局 区财政局 5月底前
2 清理河道，其中
城区6处 区水务局 8月底前
联系人：何玉兰 电话：1234567""",
        "|1|修缮体育馆||区体育局|区财政局|5月底前\n|2|清理河道，其中城区6处||区水务局||8月底前",
    ),
}


@pytest.mark.parametrize("layout", LAYOUTS)
def test_a_table_that_lost_its_grid_is_read_from(layout: str):
    text, expected = LAYOUTS[layout]
    assert read(f"{TITLE}\n{text}") == expected.splitlines()


def test_what_stands_between_labels_in_one_line_is_no_table():
    spaced = "1.修缮体育馆。\n牵头领导 林文清 牵头单位 体育科 配合单位 办公室 完成时限 全年"
    assert read(f"{TITLE}\n{spaced}") == ["|1|修缮体育馆|林文清|体育科|办公室|全年"]


# --- doubts ----------------------------------------------------------------------------------------


def doubts(text: str) -> list[set[str]]:
    """The cells of each measure that are to be checked because the grid was lost."""
    measures = notices.read_text(f"{TITLE}\n{text}").measures
    doubted: list[set[str]] = []
    for measure in measures:
        cells = measure.cells.items()
        doubted.append({name for name, cell in cells if cell.reason == "fitted" and not cell.sure})
    return doubted


def test_a_row_that_may_be_laid_out_otherwise_is_doubtful_and_the_others_are_not():
    text = "序号\n工作任务\n责任部门\n1\n修路\n工程科\n多余\n2\n架桥\n工程科"
    first, second = doubts(text)
    assert {"title", "lead_departments"} <= first
    assert not second


def test_a_cell_that_a_row_does_not_have_is_doubtful_and_not_empty_beyond_doubt():
    text = "序号\n工作任务\n责任部门\n完成时限\n1\n修路。\n工程科\n5月\n2\n架桥。\n工程科"
    assert doubts(text) == [set(), {"deadline"}]


def test_a_line_goes_on_after_a_table_that_ends_in_its_middle():
    line = "序号 工作任务 责任单位 1 修路 区交通局 2 架桥 区交通局 说明：每月报送。"
    *cells, paragraph = flat.tables([Block(line)])
    assert paragraph == Block("说明：每月报送。")
    assert [cell.text for cell in cells if cell.column == 1] == ["工作任务", "修路", "架桥"]


def test_a_repeated_header_begins_a_table_of_its_own():
    half = "序号 | 工作任务 | 责任单位 |\n{} | {} | 区交通局 |"
    text = f"{half.format(1, '修路')}\n{half.format(2, '架桥')}"
    assert read(f"{TITLE}\n{text}") == ["|1|修路||区交通局||", "|2|架桥||区交通局||"]


def test_one_row_below_labels_in_two_lines_is_a_table():
    labels = "序号 | 工作任务 | 责任单位 | 完成时限\n牵头单位 | 配合单位"
    text = f"{labels}\n1 | 修缮体育馆。 | 区体育局 | 区财政局 | 5月底前"
    assert read(f"{TITLE}\n{text}") == ["|1|修缮体育馆||区体育局|区财政局|5月底前"]


# --- the best path ---------------------------------------------------------------------------------


OUTSIDE = -1  # the place of a piece that stands in no row


def gain_of(gains: Gains, ways: Sequence[tuple[Move, int]]) -> float | None:
    """What a way gains: of each piece its move and its column; None where there is no such way."""
    total = 0.0
    place = OUTSIDE  # the column of the piece before
    for piece, (move, column) in enumerate(ways):
        if move is Move.AFTER:
            stays = all(later is Move.AFTER for later, _ in ways[piece:])
            return total + left(gains, place) if stays else None
        if not is_open(move, place, column):
            return None
        if move in (Move.ROW, Move.HEADING):
            total += left(gains, place)
        total += step_gain(gains, piece, move, place, column)
        if move is Move.HEADING:
            place = OUTSIDE
        elif move is not Move.NOTHING:
            place = column
    return total + left(gains, place)


def is_open(move: Move, place: int, column: int) -> bool:
    """Whether a piece may make a move after one that stands in a place."""
    if move is Move.NEXT:
        return OUTSIDE < place < column
    return move is not Move.SAME or column == place


def left(gains: Gains, place: int) -> float:
    """What a row gains that ends in a place."""
    return 0.0 if place == OUTSIDE else sum(gains.missing[place + 1 :])


def step_gain(gains: Gains, piece: int, move: Move, place: int, column: int) -> float:
    """What a move itself gains."""
    if move is Move.ROW:
        return gains.row[piece] + gains.cells[piece][column] + sum(gains.missing[:column])
    if move is Move.NEXT:
        skipped = sum(gains.missing[place + 1 : column])
        return gains.next[piece] + gains.cells[piece][column] + skipped
    if move is Move.SAME:
        return gains.same[piece][column]
    return gains.heading[piece] if move is Move.HEADING else gains.nothing[piece]


def weights(count: int) -> st.SearchStrategy[list[float]]:
    """So many gains and losses."""
    return st.lists(st.integers(-6, 4).map(float), min_size=count, max_size=count)


@given(st.data())
def test_no_other_way_gains_more_than_the_best(data: st.DataObject):
    columns = data.draw(st.integers(1, 3))
    pieces = data.draw(st.integers(0, 3))
    missing = data.draw(weights(columns))
    of_columns = [data.draw(weights(columns)) for _ in range(2 * pieces)]
    alone = [data.draw(weights(pieces)) for _ in range(4)]
    gains = Gains(
        cells=of_columns[:pieces],
        row=alone[0],
        next=alone[1],
        same=of_columns[pieces:],
        heading=alone[2],
        nothing=alone[3],
        missing=missing,
    )
    in_columns = itertools.product((Move.ROW, Move.NEXT, Move.SAME), range(columns))
    choices = [*in_columns, (Move.HEADING, 0), (Move.NOTHING, 0), (Move.AFTER, 0)]
    all_gains = [gain_of(gains, ways) for ways in itertools.product(choices, repeat=pieces)]

    best = path.best(gains)

    assert best.gain == max(gain for gain in all_gains if gain is not None)
    steps = [(step.move, step.column) for step in best.steps]
    assert gain_of(gains, steps) == best.gain
    assert all(step.margin >= 0 for step in best.steps)
