"""Any text, any bytes: no exception but BoardError, in time linear in the length; a table goes to a notice and back."""

import contextlib
import tempfile
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lib import measures, notices
from lib.errors import BoardError
from lib.files.csv_writing import csv_of_rows
from lib.notices.output import to_table
from tests.examples import examples
from tests.notices import made
from tests.notices.office import docx, xlsx


@given(made.any_texts())
@settings(max_examples=300)
def test_any_text_is_read_and_every_source_is_in_it(text: str):
    try:
        notice = notices.read_text(text)
    except BoardError:
        return
    for measure in notice.measures:
        for cell in measure.cells.values():
            if cell.source:
                assert (
                    0
                    <= cell.source.start
                    <= cell.source.end
                    <= len(notice.blocks[cell.source.block].text)
                )
    for milestone in notice.milestones:
        assert 0 <= milestone.measure < len(notice.measures)


@given(
    st.binary(max_size=400),
    st.sampled_from(["x.docx", "x.txt", "x.html", "x.csv", "x.pdf", "x.xlsx", ""]),
)
@settings(max_examples=200)
def test_any_bytes_are_read_or_refused(data: bytes, name: str):
    with contextlib.suppress(BoardError):
        notices.read(data, name)


@given(
    st.lists(
        st.sampled_from(
            [
                "<w:tbl>",
                "</w:tbl>",
                "<w:tr>",
                "</w:tr>",
                "<w:tc>",
                "</w:tc>",
                "<w:p>",
                "</w:p>",
                "<w:t>责任部门：办公室</w:t>",
                "<w:br/>",
                "<w:vMerge/>",
                '<w:gridSpan w:val="3"/>',
                "<w:del>",
            ]
        ),
        max_size=30,
    )
)
@settings(max_examples=150)
def test_any_word_file_is_read_or_refused(tags: list[str]):
    with contextlib.suppress(BoardError):
        notices.read(docx("".join(tags)), "x.docx")


@given(
    st.lists(
        st.sampled_from(
            [
                '<row r="2">',
                "<row>",
                "</row>",
                '<c r="B3" t="s">',
                "<c>",
                "</c>",
                "<v>1</v>",
                "<v>x</v>",
                '<mergeCell ref="A1:C9"/>',
            ]
        ),
        max_size=20,
    )
)
@settings(max_examples=100)
def test_any_workbook_is_read_or_refused(tags: list[str]):
    with contextlib.suppress(BoardError):
        notices.read(xlsx("".join(tags), strings=["<si><t>责任部门</t></si>"]), "x.xlsx")


NAMES = st.sampled_from(
    ["办公室", "财务科", "市文广旅局（市体育局）", "工程科", "各街道办事处", "人事处"]
)
ROW = st.tuples(
    st.sampled_from(["修缮礼堂", "走访职工", "举办“读书月”活动", "更新设备（含软件）", "建立台账"]),
    st.lists(st.sampled_from(["林森", "欧阳海", "王小明"]), min_size=1, max_size=2, unique=True),
    st.lists(NAMES, min_size=1, max_size=4, unique=True),
    st.sampled_from(
        ["全年", "8月", "6月底前", "2024年12月31日前", "长期坚持", "每季度", "上半年", "3—5月"]
    ),
)


@given(
    st.lists(ROW, min_size=1, max_size=9),
    st.booleans(),
    st.sampled_from(["x.csv", "x.xlsx", "x.parquet"]),
)
@pytest.mark.no_cover
@examples(gate=25, long=100)
def test_a_table_goes_to_a_notice_and_back(
    table: list[tuple[str, list[str], list[str], str]], explicit: bool, name: str
):
    lines = ["某馆2024年任务清单", "一、重点工作"]
    for number, (title, leaders, departments, deadline) in enumerate(table):
        roles = (
            f"牵头部门：{departments[0]}；配合部门：{'、'.join(departments[1:])}"
            if explicit
            else f"责任部门：{'、'.join(departments)}"
        )
        lines.append(
            f"（{'一二三四五六七八九'[number]}）{title}。抓好落实。（责任领导：{'、'.join(leaders)}；{roles}；完成时限：{deadline}）"
        )
    notice = notices.read_text("\n".join(lines))
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / name
        notices.write(notice, path)
        back = measures.read(path)
    assert list(back.rows["title"]) == [row[0] for row in table]
    assert [list(names) for names in back.rows["leaders"]] == [row[1] for row in table]
    assert [list(names) for names in back.rows["lead_departments"]] == [row[2][:1] for row in table]
    assert [list(names) for names in back.rows["support_departments"]] == [
        row[2][1:] for row in table
    ]
    assert list(back.rows["deadline"]) == [row[3] for row in table]
    again = notices.read(_csv(notice), "again.csv")
    as_read, as_written = (measures.of_rows(*to_table(each)).rows for each in (again, notice))
    assert as_read.equals(as_written)


def _csv(notice: notices.Notice) -> bytes:
    return csv_of_rows(to_table(notice)[0])
