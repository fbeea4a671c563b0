"""A notice gets into the table: nothing else there changes, the differences are shown before, a save is whole."""

from __future__ import annotations

from collections import Counter

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from lib import measures, revisions
from lib.files import kinds
from lib.files.csv_writing import csv_of_rows
from lib.measures import schema
from lib.revisions import pairing
from tests.examples import examples
from tests.revising import (
    COLUMNS,
    DATES,
    LIST,
    REVISED,
    SAME,
    TABLE,
    cells,
    contents,
    notice,
    refused,
    revise,
    table_in,
)
from tests.tables import thirty_mistakes


@pytest.fixture
def path(tmp_path):
    return table_in(tmp_path)


# --- what would change -----------------------------------------------------------------------------------------------


def test_the_differences_are_shown_before_anything_is_written(path):
    before = contents(path)
    revision = revisions.plan(path, *notice(*REVISED), LIST)
    assert [
        (change.kind, change.measure_id, change.article, change.title)
        for change in revision.changes
    ] == [
        ("changed", "a", "一（一）", "职工书屋建设"),
        ("added", "2020-2", "一（二）", "工匠培训"),
        ("changed", "b", "一（三）", "劳模宣讲系列活动"),
        ("removed", "c", "二（一）", "财务审计"),
    ]
    assert revision.changes[0].fields == {
        "deadline": ("8月", "9月"),
        "milestones": ("6月 申报 4 个", ""),
    }
    assert revision.changes[2].fields == {
        "article": ("一（二）", "一（三）"),
        "title": ("劳模宣讲活动", "劳模宣讲系列活动"),
    }
    assert revision.changes[1].fields["leaders"] == ("", "王芳")
    assert revision.changes[3].fields["deadline"] == ("待定", "")
    assert contents(path) == before


def test_the_same_notice_again_changes_nothing(path):
    before = contents(path)
    revision = revise(path, notice(*SAME), LIST)
    assert (revision.changes, revision.unchanged, revision.renamed) == ((), 3, None)
    assert contents(path) == before
    assert revisions.undoable(path) is None


def test_a_list_that_is_there_is_not_added_twice(path):
    assert refused(revisions.plan, path, *notice(*SAME)) == "list_exists"
    assert refused(revisions.plan, path, *notice(*SAME, name="旧 清单")) == "list_exists"
    assert (
        refused(revisions.plan, path, *notice(*SAME, name="别的清单", year="2019"), LIST)
        == "list_exists"
    )


def test_a_list_that_is_not_there_is_not_revised(path):
    assert refused(revisions.plan, path, *notice(*SAME), "2021 · 旧清单") == "list_unknown"


def test_a_list_that_is_called_otherwise_is_renamed_and_its_measures_are_unchanged(path):
    revision = revise(path, notice(*SAME, name="新清单"), LIST)
    assert (revision.renamed, revision.changes, revision.unchanged) == (
        (LIST, "2020 · 新清单"),
        (),
        3,
    )
    assert [row["list"] for row in cells(path).values()] == ["新清单"] * 3 + ["别的清单"]


def test_a_notice_without_measures_removes_those_of_the_list(path):
    revision = revise(path, notice(), LIST)
    assert [change.measure_id for change in revision.changes] == ["a", "b", "c"]
    assert [*cells(path)] == ["x"]


def test_measures_of_one_title_are_paired_by_their_articles(path):
    twice = notice("二,例会,甲,乙,6月", "一,例会,甲,乙,5月")
    revise(path, (twice[0], twice[1]), LIST)
    again = notice("一,例会,甲,乙,5月", "二,例会,甲,乙,6月")
    assert revisions.plan(path, *again, LIST).changes == ()


@pytest.mark.parametrize(
    ("article", "title", "kept"),
    [
        ("九", "职工书屋建设", True),
        ("一(一)", "职工书屋和文化驿站建设", True),
        ("九", "职工书屋的建设", True),
        ("九", "书屋", False),
        ("一（一）", "防汛值班", False),
    ],
)
def test_a_measure_keeps_its_id_by_its_title_or_by_a_like_one(path, article, title, kept):
    revision = revisions.plan(path, *notice(f"{article},{title},张慧,组宣部、办公室,8月"), LIST)
    assert (
        "a" in [change.measure_id for change in revision.changes if change.kind == "changed"]
    ) is kept


def test_of_two_like_measures_the_more_alike_is_the_one_that_stays(path):
    issued = notice("八,职工书屋的建设工作,张慧,组宣部,8月", "九,职工书屋的建设,张慧,组宣部,8月")
    changes = revisions.plan(path, *issued, LIST).changes
    assert [(change.kind, change.article) for change in changes[:2]] == [
        ("added", "八"),
        ("changed", "九"),
    ]


def test_of_very_many_new_titles_only_those_under_one_article_are_compared(path, monkeypatch):
    monkeypatch.setattr(pairing, "_MOST_PAIRS", 3)
    issued = notice("九,职工书屋的建设,张慧,组宣部,8月", "一（二）,劳模的宣讲活动,张雷,办公室,全年")
    changes = revisions.plan(path, *issued, LIST).changes
    assert [(change.kind, change.article) for change in changes[:2]] == [
        ("added", "九"),
        ("changed", "一（二）"),
    ]


# --- what is written -------------------------------------------------------------------------------------------------


def test_a_revision_touches_only_the_lines_that_it_concerns(path):
    revise(path, notice(*REVISED, milestones=("2020-2,7月,开班,,",)), LIST)
    assert path.read_text("utf-8-sig").splitlines() == [
        TABLE.splitlines()[0],
        "a,2020,旧清单,一,一（一）,职工书屋建设,张慧,组宣部、办公室,9月,已开会",
        "2020-2,2020,旧清单,一,一（二）,工匠培训,王芳,组宣部,10月,",
        "b,2020,旧清单,一,一（三）,劳模宣讲系列活动,张雷,办公室,全年,",
        TABLE.splitlines()[4],
    ]
    assert measures.milestones_path(path).read_text("utf-8-sig").splitlines() == [
        "编号,节点时限,节点,目标值,单位",
        "x,5月,验收,,",
        "2020-2,7月,开班,,",
    ]


def test_a_new_list_stands_under_the_others_and_its_ids_are_its_own(path):
    revise(path, notice(*REVISED, name="一号清单"))
    revise(path, notice(*REVISED, name="二号清单", milestones=("2020-1,7月,开班,12,人",)))
    assert [*cells(path)][4:] == ["2020-1", "2020-2", "2020-3", "2020.2-1", "2020.2-2", "2020.2-3"]
    assert measures.read(path).milestones["measure_id"].tolist() == ["a", "x", "2020.2-1"]
    assert path.read_text("utf-8-sig").startswith(TABLE)


def test_an_id_that_was_removed_is_not_given_to_another_measure(path):
    revise(path, notice("一,甲事,甲,乙,6月", name="新清单"))
    revision = revise(path, notice("九,全然不同的另一项,甲,乙,6月", name="新清单"), "2020 · 新清单")
    assert [(change.kind, change.measure_id) for change in revision.changes] == [
        ("added", "2020.2-1"),
        ("removed", "2020-1"),
    ]


def test_a_table_is_made_where_there_is_none(tmp_path):
    path = tmp_path / "new.csv"
    issued = notice(*SAME, milestones=("2020-1,6月,申报,4,个",))
    revise(path, issued)
    assert contents(path) == [csv_of_rows(issued[0]), csv_of_rows(issued[1])]
    revisions.undo(path)
    assert contents(path) == [None, None]
    revisions.undo(path)
    assert contents(path) == [csv_of_rows(issued[0]), csv_of_rows(issued[1])]


def test_no_milestones_no_file_of_them(tmp_path):
    path = tmp_path / "new.csv"
    revise(path, notice(*SAME))
    assert not measures.milestones_path(path).exists()


def test_milestones_that_somebody_added_stay_where_the_notice_says_nothing(path):
    assert revisions.plan(path, *notice(*SAME), LIST).changes == ()
    (change,) = revise(path, notice(*SAME, milestones=("2020-1,7月,申报,5,个",)), LIST).changes
    assert change.fields == {"milestones": ("6月 申报 4 个", "7月 申报 5 个")}
    assert measures.read(path).milestones["deadline"].tolist() == ["7月", "5月"]


def test_milestones_get_the_columns_that_they_need(path):
    measures.milestones_path(path).write_text("编号,节点时限,节点\nx,5月,验收\n", "utf-8")
    revise(path, notice(*SAME, milestones=("2020-1,7月,申报,5,个",)), LIST)
    assert measures.milestones_path(path).read_text("utf-8-sig").splitlines() == [
        "目标值,单位,编号,节点时限,节点",
        ",,x,5月,验收",
        "5,个,a,7月,申报",
    ]


def test_derived_ids_are_written_out_before_the_order_changes(tmp_path):
    path = tmp_path / "t.csv"
    path.write_text("标题\n\n举措,责任领导,备注\n第一项,甲,一\n\n第二项,乙,二\n", "utf-8")
    before = [*cells(path)]
    revise(path, notice("一,新的,甲,办公室,6月"))
    assert path.read_text("utf-8-sig") == (
        "标题\n\n编号,年度,清单,板块,条目,责任部门,完成时限,举措,责任领导,备注\n"
        "0000-1,,,,,,,第一项,甲,一\n\n0000-2,,,,,,,第二项,乙,二\n"
        "2020-1,2020,旧清单,一,一,办公室,6月,新的,甲,\n"
    )
    assert [*cells(path)] == [*before, "2020-1"]


def test_a_list_without_a_name_can_be_revised(tmp_path):
    path = tmp_path / "t.csv"
    path.write_text("举措,责任领导\n第一项,甲\n第二项,乙", "utf-8")
    revise(path, notice("一,第二项,乙,,", "二,第三项,乙,,"), "")
    assert path.read_text("utf-8-sig") == (
        "编号,年度,清单,板块,条目,举措,责任领导\n0000-2,2020,旧清单,一,一,第二项,乙\n2020-2,2020,旧清单,二,二,第三项,乙\n"
    )


def test_an_empty_id_gets_the_derived_one(path):
    path.write_text(TABLE.replace("c,2020", ",2020"), "utf-8")
    before = cells(path)
    revise(path, notice(*REVISED, name="新清单"))
    assert {name: cells(path)[name] for name in before} == before


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16", "utf-16-le", "utf-16-be"]
)
@pytest.mark.parametrize("delimiter", [",", "\t", ";"])
def test_a_table_keeps_its_encoding_its_delimiter_and_its_line_ends(path, encoding, delimiter):
    text = TABLE.replace(",", delimiter).replace("\n", "\r\n")
    path.write_bytes(text.encode(encoding))
    revise(path, notice(REVISED[0], *SAME[1:]), LIST)
    kept = {"utf-8": "utf-8-sig", "utf-16-le": "utf-16", "utf-16-be": "utf-16"}.get(
        encoding, encoding
    )
    assert path.read_bytes() == text.replace("8月", "9月").encode(kept)


def test_bytes_that_are_no_text_come_out_as_they_were(path):
    data = TABLE.encode().replace("跟进".encode(), "跟".encode() + b"\xff\xfe")
    path.write_bytes(data)
    revise(path, notice(REVISED[0], *SAME[1:]), LIST)
    assert path.read_bytes() == b"\xef\xbb\xbf" + data.replace("8月".encode(), "9月".encode())


def test_half_a_character_of_utf_16_is_refused_rather_than_lost(path):
    path.write_bytes(TABLE.encode("utf-16") + b"x")
    assert refused(revisions.plan, path, *notice(*REVISED), LIST) == "undecodable"


@pytest.mark.parametrize("name", ["t.xlsx", "t.parquet"])
def test_a_workbook_is_not_rewritten(tmp_path, name):
    assert refused(revisions.plan, tmp_path / name, *notice(*SAME)) == "not_revisable"


def test_sums_and_notes_below_the_measures_stay_in_their_lines(path):
    path.write_text(TABLE + "合计,,,,,4,,,,\n,,,,,备注：按季调度。,,,,\n", "utf-8")
    revise(path, notice(*REVISED), LIST)
    assert path.read_text("utf-8").endswith("合计,,,,,4,,,,\n,,,,,备注：按季调度。,,,,\n")


@pytest.mark.parametrize(
    "header", ["2020年旧清单\n举措,责任部门", "举措,责任单位,\n,牵头单位,配合单位"]
)
def test_a_table_whose_header_is_not_one_line_is_not_rewritten(path, header):
    path.write_text(f"{header}\n职工书屋建设,组宣部,办公室\n", "utf-8")
    assert refused(revisions.plan, path, *notice(*SAME)) == "not_one_header"


@pytest.mark.parametrize(
    "lines",
    [
        "技能,办夜校,组宣部\n,,办公室\n生活,修球场,办公室\n",
        "技能,办夜校,组宣部\n,办竞赛,组宣部\n,办展览,办公室\n",
    ],
    ids=["a measure on two lines", "a section in the first line alone"],
)
def test_a_table_whose_measures_are_not_one_line_each_is_not_rewritten(path, lines):
    path.write_text(f"板块,举措,责任部门\n{lines}", "utf-8")
    assert refused(revisions.plan, path, *notice(*REVISED)) == "not_line_by_line"


@pytest.mark.parametrize("magic", [kinds.ZIP, kinds.PARQUET])
def test_a_workbook_called_csv_is_not_rewritten(path, magic):
    path.write_bytes(magic + b"...")
    assert refused(revisions.plan, path, *notice(*SAME), LIST) == "not_revisable"


def test_milestones_that_cannot_be_read_are_not_replaced(path):
    measures.milestones_path(path).write_text("没有表头\n", "utf-8")
    assert refused(revisions.plan, path, *notice(*REVISED), LIST) == "no_header"


def test_every_mistake_of_a_table_stays_as_it_is(tmp_path):
    path = thirty_mistakes(tmp_path)
    before = cells(path)
    problems = Counter(problem.code for problem in measures.read(path).problems)
    revise(path, notice(*REVISED, name="新清单"))
    assert {name: cells(path)[name] for name in before} == before
    # The notice has a 板块, the derived id is written out, and the broken quote is written soundly
    assert problems - Counter(problem.code for problem in measures.read(path).problems) == {
        "missing_column": 1,
        "id_missing": 1,
        "unclosed_quote": 1,
    }


def test_what_would_run_as_a_formula_is_guarded_and_reads_back(path):
    revise(path, notice("一,=1+1,@甲,-组宣部,6月", name="'=x"))
    assert ",'=1+1,'@甲,'-组宣部," in path.read_text("utf-8-sig")
    assert cells(path)["2020-1"]["title"] == "=1+1"


# --- who leads -------------------------------------------------------------------------------------------------------

WITH_ROLES = [*COLUMNS, "牵头部门", "配合部门"]


@pytest.mark.parametrize("lead", ["甲部", "甲部、乙部", ""])
@pytest.mark.parametrize("support", ["丙部、丁部", ""])
@pytest.mark.parametrize(
    "header",
    [
        "责任部门",
        "牵头部门",
        "牵头部门,配合部门",
        "责任部门,牵头部门",
        "责任部门,配合部门",
        "responsible_departments,lead,support",
    ],
)
def test_who_leads_is_written_in_the_columns_that_the_table_has(tmp_path, lead, support, header):
    path = tmp_path / "t.csv"
    header_before = ",".join(name for name in COLUMNS if name != "责任部门")
    path.write_text(f"{header_before},{header}\n", "utf-8")
    departments = (
        f"{lead}、{support}" if lead and support else lead or support.replace("部", "部（配合）")
    )
    rows = [
        WITH_ROLES,
        ["2020-1", "2020", "清单", "一", "一", "一件事", "张慧", departments, "8月", lead, support],
    ]
    revise(path, (rows, [DATES]))
    table = measures.read(path)
    assert table.codes.lead.of(0) == list(filter(None, lead.split("、")))
    assert table.codes.support.of(0) == list(filter(None, support.split("、")))
    assert revisions.plan(path, rows, [DATES], "2020 · 清单").changes == ()


def test_who_leads_can_change_hands(path):
    path.write_text(TABLE.replace("责任部门", "牵头部门"), "utf-8")
    revise(path, notice(SAME[1], "二（一）,财务审计,张慧,审计部,待定"), LIST)
    assert "c,2020,旧清单,二,二（一）,财务审计,张慧,审计部,待定,跟进\n" in path.read_text(
        "utf-8-sig"
    )


# --- any table, any notice -------------------------------------------------------------------------------------------

TEXT = st.text(st.sampled_from("甲乙,，\"'=\n\r\t；、 (）a1\\�"), max_size=6)
ROW = st.tuples(
    st.sampled_from(["一", "二", ""]), TEXT, TEXT, TEXT, st.sampled_from(["8月", "待定", ""])
)


def table_of(rows, name, prefix):
    header = [*COLUMNS, "备注"]
    lines = [
        [f"{prefix}{number}", "2020", name, "节", *row, "注"] for number, row in enumerate(rows)
    ]
    return [header, *lines]


@given(st.lists(ROW, max_size=5), st.lists(ROW, max_size=5), st.lists(ROW, max_size=5))
@pytest.mark.no_cover
@examples(gate=20, long=40)
@example([("一", '"', "", "", "")], [], [("一", '"', "", "", "")])
def test_other_rows_stay_and_the_notice_reads_back(tmp_path_factory, others, replaced, issued):
    path = tmp_path_factory.mktemp("any") / "t.csv"
    table = table_of(others, "别的", "o") + table_of(replaced, "本单", "n")[1:]
    path.write_bytes(csv_of_rows(table))
    before, bytes_before = cells(path), contents(path)
    rows = [[*COLUMNS], *(row[:-1] for row in table_of(issued, "本单", "2020-")[1:])]
    revise(path, (rows, [DATES]), "2020 · 本单" if replaced else None)
    after = cells(path)
    assert {name: row for name, row in after.items() if name[0] == "o"} == {
        name: row for name, row in before.items() if name[0] == "o"
    }
    mine = [row for row in after.values() if row["list"] == "本单"]
    fresh = path.with_name("fresh.csv")
    fresh.write_bytes(csv_of_rows(rows))
    names = [name for name in schema.ROW_COLUMNS if name not in ("measure_id", "departments")]
    assert sorted([row[name] for name in names] for row in mine) == sorted(
        [row[name] for name in names] for row in cells(fresh).values()
    )
    if issued:
        assert revisions.plan(path, rows, [DATES], "2020 · 本单").changes == ()
    if contents(path) != bytes_before:
        revisions.undo(path)
    assert contents(path) == bytes_before
