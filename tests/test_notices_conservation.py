"""Nothing vanishes: all of a document is said of a measure, stands around that, or is shown as not placed."""

import contextlib
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import chain
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lib import notices
from lib.errors import BoardError
from lib.measures.vocabulary import CLAUSES, COMPOUNDS, LABELS, VOCABULARY
from lib.notices import owners, pipeline
from lib.notices.formats import document, plain
from lib.notices.layout import flat, paragraphs
from lib.notices.model import Block, Document, Notice
from lib.notices.owners import Owned, Role
from tests.notices import golden, made

SAMPLES = [*golden.samples(golden.FOLDER), *golden.samples(golden.FOLDER / "blind")]
# Of drawn tables, which cells need no more
SEPARATORS = re.compile(r"[\s|｜:\-+\u2500-\u257f—═]")
TOKEN = re.compile(r"\w+")
NUMBER = re.compile(r"[①-⑳\d]+")  # of an item, run together with its words
PLACEHOLDERS = VOCABULARY["placeholders"]
OTHER_WORDS = """
    会同 联合 协同 商 以上 上述 本项 分别 统一 共同 具体 积极 协调 协助 按职责分工 由 请 均 并 等 在 于
    任务 工作 事项 各项 内容 措施 举措 问题 力争 确保 完成 办结 启动 建成 开工 动工 第 条 章 节
    零 一 二 三 四 五 六 七 八 九 十 ① ② ③ ④ ⑤ ⑥ ⑦ ⑧ ⑨ 0 1 2 3 4 5 6 7 8 9
"""
# Words that say nothing by themselves where they stand around names and dates
AROUND = {
    *LABELS,
    *chain(*COMPOUNDS.values(), *PLACEHOLDERS.values()),
    *chain(*(CLAUSES[kind] for kind in ("lead_verbs", "support_verbs", "charge_verbs"))),
    *OTHER_WORDS.split(),
}
AROUND_VALUES = re.compile("|".join(map(re.escape, sorted(AROUND, key=len, reverse=True))))
LONGEST_APART = 120  # characters of a title, a heading, a header or a note


def laid_out(read: Document) -> list[Block]:
    """The blocks that are read: without the numbers of pages."""
    return paragraphs.joined(flat.tables(read.blocks))


def owned(read: Document) -> list[Owned]:
    _, parts = pipeline.read_blocks(laid_out(read))
    return [*owners.of(parts).stretches()]


def bare(text: str) -> str:
    return re.sub(r"\s", "", text)


def characters(blocks: Iterable[Block]) -> Counter[str]:
    return Counter("".join(SEPARATORS.sub("", block.text) for block in blocks))


def said_of(notice: Notice) -> Iterator[str]:
    """What a person is told of the measures, and of what is none."""
    for measure in notice.measures:
        yield measure.text
        yield measure.departments
        for cell in measure.cells.values():
            yield cell.text
            yield from cell.names
        if measure.given:
            yield from measure.given.extra.values()
    yield from (item.text for item in notice.unplaced)


def lost(read: Document, notice: Notice) -> list[str]:
    """The words of a document that are said nowhere, or whose owner hides them."""
    kept = "\n".join([*map(bare, said_of(notice)), *chain(*PLACEHOLDERS.values())])
    words: list[str] = []
    for span, role in owned(read):
        if role in (Role.TEXT, Role.CELL, Role.UNPLACED):
            words += [token for token in TOKEN.findall(span.text) if not is_said(token, kept)]
        elif role == Role.WORDING:
            words += TOKEN.findall(AROUND_VALUES.sub("", bare(span.folded)))
        elif span.length > LONGEST_APART:
            words.append(span.text)
    return words


def is_said(token: str, kept: str) -> bool:
    """Whether a word, or each of those that stand run together, is said."""
    if token in kept or NUMBER.sub("", token, count=1) in kept:
        return True
    return all(word in kept for word in AROUND_VALUES.sub(" ", token).split())


def assert_conserved(read: Document) -> Notice:
    notice = pipeline.understand(read, "x")
    assert characters(notice.blocks) == characters(read.blocks)
    if not notice.is_own:
        spans = owned(read)
        lines = [block.text for block in laid_out(read)]
        assert "".join(taken_in.span.text for taken_in in spans) == "".join(lines)
        assert lost(read, notice) == []
    return notice


# --- all samples


@pytest.mark.parametrize("path", SAMPLES, ids=lambda path: path.stem)
def test_nothing_of_a_sample_vanishes(path: Path):
    assert_conserved(document.read(path.read_bytes(), path.name))


@pytest.mark.parametrize("path", SAMPLES, ids=lambda path: path.stem)
def test_nothing_of_a_file_of_rows_and_columns_vanishes(path: Path):
    notice = notices.read(path)
    if not notice.headers:
        return
    passed = [problem.value for problem in notice.problems if problem.code == "rows_passed"]
    kept = "\n".join(map(bare, [*said_of(notice), *passed, notice.title]))
    read = cited(notice)
    first = min((notice.blocks[number].row for number in read), default=0)
    hidden: list[str] = []
    for number, block in enumerate(notice.blocks):
        if number not in read and not is_header(block, notice, first):
            hidden += [token for token in TOKEN.findall(bare(block.text)) if token not in kept]

    # The sum beside a heading over rows is derived
    assert [token for token in hidden if not token.isdigit()] == []


def cited(notice: Notice) -> set[int]:
    """The blocks that a cell of a measure was read from."""
    cells = [cell for measure in notice.measures for cell in measure.cells.values()]
    return {cell.source.block for cell in cells if cell.source}


def is_header(block: Block, notice: Notice, first: int) -> bool:
    """Whether a block stands in a header above the first row, or in one that is printed again."""
    labels = "".join(bare(label) for header in notice.headers for label in header.labels)
    rows = [header.row for header in notice.headers if header.table == block.table]
    return any(row <= block.row < max(first, row + 1) for row in rows) or bare(block.text) in labels


# --- made documents: each of their words occurs once


def assert_each_word_is_kept(read: Document) -> None:
    """Each word is said, or stands in a header or a heading."""
    notice = assert_conserved(read)
    words = set(made.WORD.findall("".join(block.text for block in read.blocks)))
    kept = set(made.WORD.findall("".join([*said_of(notice), notice.title])))
    for span, role in owned(read):
        if role in (Role.HEAD, Role.HEADER, Role.HEADING, Role.NOTE):
            kept.update(made.WORD.findall(span.text))
    assert words - kept == set()


@given(made.texts())
def test_no_word_of_a_text_vanishes(text: str):
    assert_each_word_is_kept(Document(plain.lines(text)))


@given(made.tables())
def test_no_word_of_a_table_vanishes(table: made.Table):
    assert_each_word_is_kept(document.read(table.html().encode(), "x.html"))


@given(made.tables(), st.sampled_from(["\t", " | ", "\n", " ", "\n|\n"]))
def test_no_word_of_a_table_that_became_lines_vanishes(table: made.Table, separator: str):
    assert_each_word_is_kept(Document(plain.lines(table.lines(separator))))


@given(made.any_texts())
def test_nothing_of_any_text_vanishes(text: str):
    read = Document(plain.lines(text))
    with contextlib.suppress(BoardError):
        assert_conserved(read)


# --- what vanished once


def text_of(read: Notice) -> list[str]:
    return [measure.text for measure in read.measures]


def unplaced_of(read: Notice) -> list[tuple[str, str]]:
    return [(item.text, item.why) for item in read.unplaced]


def table(*rows: str, above: str = "某区2024年任务分解表") -> Notice:
    """A page with a table whose cells stand between |; ^ goes on with the cell above."""
    cells = [row.split("|") for row in rows]
    merged: dict[tuple[int, int], tuple[int, int]] = {}
    for column in range(len(cells[0])):
        for row, line in enumerate(cells):
            if line[column] != "^":
                top = row
            else:
                merged[top, column] = (row - top + 1, 1)
    page = made.Table(cells, merged).html().replace("某区2024年任务分解表", above)
    return assert_conserved(document.read(page.encode(), "x.html"))


def test_a_row_keeps_what_its_other_columns_say_with_their_headers():
    read = table(
        "序号|工作任务|一季度目标|投资（万元）|责任部门|备注",
        "1|修建步道|完成设计|120|工程科|续建",
        "2|更换路灯||80|路灯所|—",
    )

    assert text_of(read) == [
        "修建步道\n一季度目标：完成设计\n投资：120\n备注：续建",
        "更换路灯\n投资：80\n备注：—",
    ]
    assert read.unplaced == ()


def test_figures_and_remarks_of_a_row_are_no_milestones():
    read = table("工作任务|责任部门|完成时限|备注", "修建步道|工程科|10月底前|去年已建成4座")

    assert read.milestones == ()


def test_a_second_row_of_a_measure_adds_its_words_to_the_text():
    read = table("工作任务|责任部门|进展情况", "整治河道|水利科|已开始", "^|^|已过半")

    assert text_of(read) == ["整治河道\n进展情况：已开始\n进展情况：已过半"]


def test_another_deadline_in_a_second_row_of_a_measure_is_not_placed():
    read = table("工作任务|责任部门|完成时限", "整治河道|水利科|3月底前", "^|水利科|6月底前")

    assert unplaced_of(read) == [("6月底前", "table")]


def test_a_row_with_a_number_and_no_measure_is_not_placed():
    read = table(
        "序号|工作任务|责任部门|备注", "1|修建步道|工程科|", "2||水利科|补报", "3|更换路灯|路灯所|"
    )

    assert unplaced_of(read) == [("2", "table"), ("水利科", "table"), ("补报", "table")]


def test_rows_of_a_table_in_which_nobody_answers_are_not_placed():
    page = "<html><table><tr><td>序号</td><td>工作任务</td><td>完成时限</td></tr>"
    page += "<tr><td>1</td><td>修建步道</td><td>6月</td></tr></table></html>"
    read = assert_conserved(document.read(page.encode(), "x.html"))

    assert read.measures == ()
    assert [item.text for item in read.unplaced] == ["1", "修建步道", "6月"]


def test_what_stands_above_a_header_in_its_table_is_not_placed():
    read = table("填报日期：3月5日||", "工作任务|责任部门|完成时限", "修建步道|工程科|6月底前")

    assert unplaced_of(read) == [("填报日期：3月5日", "table")]


def test_a_heading_over_rows_keeps_its_number_and_what_more_it_says():
    read = table(
        "序号|工作任务|责任部门",
        "一|城乡建设（联系人：小周）|",
        "1|修建步道|工程科",
        "2|种树|园林所",
    )

    assert {measure.cells["section"].text for measure in read.measures} == {
        "一、城乡建设（联系人：小周）"
    }
    assert read.unplaced == ()


def test_a_cell_that_says_nothing_is_not_left_over():
    read = table(
        "工作任务|责任部门|配合单位|完成时限", "修建步道|工程科|无|—", "种树|园林所|/|全年"
    )

    assert read.unplaced == ()


def test_labels_for_none_of_our_fields_are_not_placed():
    read = notices.read_text("1.修建步道。（责任部门：工程科；经办人：小周；完成时限：6月底前）")

    assert unplaced_of(read) == [("经办人：小周", "rest")]


def test_what_a_text_says_between_a_heading_and_its_items_is_not_placed():
    read = notices.read_text(
        "一、城乡建设。今年要啃下硬骨头。\n（一）修建步道。（责任部门：工程科）\n（二）种树。（责任部门：园林所）"
    )

    assert [measure.cells["section"].text for measure in read.measures] == ["一、城乡建设"] * 2
    assert unplaced_of(read) == [("今年要啃下硬骨头", "rest")]


def test_a_second_lead_of_an_item_is_not_placed():
    read = notices.read_text(
        "一、修建步道\n铺好路面。\n责任部门：工程科\n责任部门：水利科\n二、种树\n责任部门：园林所"
    )

    assert [measure.cells["lead_departments"].names for measure in read.measures] == [
        ("工程科",),
        ("园林所",),
    ]
    assert unplaced_of(read) == [("水利科", "rest")]


def test_a_second_deadline_in_a_bracket_is_not_placed():
    read = notices.read_text(
        "1.修建步道。（责任部门：工程科；完成时限：3月底前；完成时限：6月底前）"
    )

    assert read.measures[0].cells["deadline"].text == "3月底前"
    assert unplaced_of(read) == [("6月底前", "rest")]


def test_who_answers_for_items_that_are_none_is_not_placed():
    read = notices.read_text("以下任务由林森牵头，不得拖延。")

    assert read.measures == ()
    assert unplaced_of(read) == [("以下任务由林森牵头，不得拖延", "rest")]


def test_the_numbers_of_pages_stand_at_the_end_of_the_document():
    read = notices.read_text(
        "1.修建步道。（责任部门：工程科；\n— 1 —\n完成时限：6月底前）\n2.种树。（责任部门：园林所）\n— 2 —"
    )

    assert [block.text for block in read.blocks][-1] == "— 1 — — 2 —"
    assert [measure.cells["deadline"].text for measure in read.measures] == ["6月底前", ""]
    assert read.unplaced == ()


def test_lines_above_the_header_of_a_file_are_not_placed():
    rows = (
        "某区2024年任务清单,,\n统计至三月,,\n工作任务,责任部门,完成时限\n修建步道,工程科,6月底前\n"
    )
    read = notices.read(rows.encode(), "x.csv")

    assert unplaced_of(read) == [("统计至三月", "table")]
