"""Which header words name which column."""

from __future__ import annotations

import pytest

from lib.files.headers import normal_header
from lib.measures import meanings, schema, vocabulary
from lib.text.folding import fold

HEADERS = [
    # the notice's own words
    ("编号", "measure_id"),
    ("责任领导", "leaders"),
    # what other offices write
    ("责任部室", "departments"),
    ("责任单位", "departments"),
    ("牵头单位", "lead_departments"),
    ("协办单位", "support_departments"),
    ("完成时间", "deadline"),
    ("时限要求", "deadline"),
    ("工作任务", "title"),
    # English
    ("Measure", "title"),
    ("responsible_leader", "leaders"),
    ("DUE_DATE", "deadline"),
    ("Due date", "deadline"),
    ("Measure list", "list"),
    # what counts the rows
    ("序号", "article"),
    ("No.", "article"),
    ("Lead department(s)", "lead_departments"),
    ("supportdepartments", "support_departments"),
    # set with spaces, line breaks, full-width letters, marks and notes in brackets
    ("责 任 领 导", "leaders"),
    ("责任\n部门", "departments"),
    ("完成时限（年月日）", "deadline"),
    ("完成时限[必填]", "deadline"),
    ("举措*", "title"),
    ("举措：", "title"),
    ("\ufeff编号", "measure_id"),
    ("\uff29\uff24", "measure_id"),
    # with marks that nobody sees, inside and around
    ("举\u200b措", "title"),
    ("\u200e责任\u00ad部门\u2060", "departments"),
    ("完成\u00a0时限\ufeff", "deadline"),
    # in traditional writing
    ("編號", "measure_id"),
    ("年度", "year"),
    ("清單", "list"),
    ("板塊", "section"),
    ("條目", "article"),
    ("舉措", "title"),
    ("責任領導", "leaders"),
    ("責任部門", "departments"),
    ("牽頭單位", "lead_departments"),
    ("完成時限", "deadline"),
    ("【必填】責任單位", "departments"),
    # put together of what is known
    ("牵头负责领导", "leaders"),
    ("协同配合单位", "support_departments"),
    ("拟定时限", "deadline"),
    ("公开时限", "deadline"),
    ("信息类别", "section"),
    ("建设时间", "deadline"),
]
# By these a table is read that would be none without them.
LIKELY = [("问题整改责任单位", "departments"), ("县（市、区）责任单位", "departments")]
# Columns that a list of measures has beside its own.
OTHERS = [
    "序时进度",
    "形象进度",
    "实际完成情况",
    "年度投资金额(万元)",
    "普法对象",
    "方式措施",
    "办理状态",
    "公开方式",
    "一季度目标",
    "三季度工作计划",
    "上半年任务",
]
# Of these, those that say more closely what is to be done.
DETAILS = [("具体要求", True), ("年度目标", True), ("一季度目标", True), ("工作标准", True)]
NO_DETAILS = [("工作任务", False), ("时限要求", False), ("备注", False), ("进展情况", False)]


@pytest.mark.parametrize(("header", "field"), HEADERS)
def test_a_header_is_known_by_its_synonyms(header, field):
    assert schema.fields([header]) == {field: 0}


@pytest.mark.parametrize(("header", "field"), LIKELY)
def test_a_header_that_only_holds_a_label_is_known_where_no_other_is(header, field):
    assert schema.fields([header]) == {}
    assert schema.likely_field_of(header) == field


@pytest.mark.parametrize("header", OTHERS)
def test_a_header_of_something_else_is_known_and_names_no_column(header):
    assert schema.fields([header]) == {}
    assert schema.likely_field_of(header) == ""
    assert meanings.field_of_header(fold(header)) == "other"


@pytest.mark.parametrize(("header", "is_detail"), [*DETAILS, *NO_DETAILS])
def test_a_header_of_more_about_the_work_is_told(header, is_detail):
    assert meanings.is_detail(fold(header)) == is_detail


@pytest.mark.parametrize("header", ["备注", "", "   ", "（必填）", "*"])
def test_other_headers_name_no_column(header):
    assert schema.fields([header]) == {}


def test_a_header_that_is_all_bracket_keeps_its_words():
    assert normal_header("（牵头）") == "(牵头)"


def test_the_notices_own_word_wins_over_a_synonym_wherever_it_stands():
    assert schema.fields(["责任人", "责任领导"]) == {"leaders": 1}
    assert schema.fields(["责任领导", "责任人"]) == {"leaders": 0}


def test_of_two_synonyms_the_first_is_taken():
    assert schema.fields(["责任单位", "责任科室"]) == {"departments": 0}


def test_of_two_columns_with_the_notices_own_word_the_first_is_taken():
    assert schema.fields(["举措", "举措"]) == {"title": 0}


def test_milestones_have_words_of_their_own():
    columns = schema.milestone_fields(["编号", "节点时限", "节点", "目标值", "单位"])
    assert columns == {"measure_id": 0, "deadline": 1, "milestone": 2, "target": 3, "unit": 4}


@pytest.mark.parametrize(
    ("header", "is_table"),
    [
        (["举措", "责任领导"], True),
        (["举措", "责任部门"], True),
        (["举措", "牵头部门"], True),
        (["举措", "配合部门"], False),
        (["举措", "完成时限"], False),
        (["责任领导", "责任部门"], False),
    ],
)
def test_a_measure_list_has_the_measure_and_somebody_responsible(header, is_table):
    assert schema.MEASURE_TABLE.fit(header) is is_table


# header row → field: position
ROWS = [
    # words that only notices had
    (
        "序号 举措 责任领导 主管部门 办结期限",
        {"article": 0, "title": 1, "leaders": 2, "departments": 3, "deadline": 4},
    ),
    (
        "工作类型 项目名称 项目负责人 牵头责任单位 协同科室 计划完成时间",
        {
            "section": 0,
            "title": 1,
            "leaders": 2,
            "lead_departments": 3,
            "support_departments": 4,
            "deadline": 5,
        },
    ),
    (
        "重点工作 分管校领导 责任院系 实施期限",
        {"title": 0, "leaders": 1, "departments": 2, "deadline": 3},
    ),
    # a usual word wins wherever it stands: these tables were read before the rarer words were known
    ("重点工作 具体任务 责任单位", {"title": 1, "departments": 2}),
    ("负责人 举措 责任人 归口科室 责任部门", {"title": 1, "leaders": 2, "departments": 4}),
    ("举措 责任单位 牵头责任单位 牵头单位", {"title": 0, "departments": 1, "lead_departments": 3}),
    ("举措 责任单位 起止时间 完成时限", {"title": 0, "departments": 1, "deadline": 3}),
    ("工作类型 类别 举措 责任人", {"section": 1, "title": 2, "leaders": 3}),
    # who supervises does not lead
    ("举措 主管部门 责任部门", {"title": 0, "departments": 2}),
    # of two rarer words the first
    ("项目名称 建设内容 项目负责人", {"title": 0, "leaders": 2}),
    # words too general for a column of the table
    ("举措 责任部门 时间 领导 内容 成员 组长 完成 进度", {"title": 0, "departments": 1}),
    ("项目 活动 内容 责任部门", {"departments": 3}),
    ("举措 责任分工 牵头 配合", {"title": 0}),
    # part of a longer word is no word
    ("举措 责任部门意见 完成时限说明 责任单位", {"title": 0, "departments": 3}),
]


@pytest.mark.parametrize(("header", "columns"), ROWS)
def test_a_header_row_says_which_column_is_which(header, columns):
    assert schema.fields(header.split()) == columns


def test_a_table_of_rarer_words_is_a_measure_list_but_not_plainly_one():
    header = ["项目名称", "项目负责人"]
    assert schema.MEASURE_TABLE.fit(header)
    assert not schema.USUAL_TABLE.fit(header)
    assert schema.USUAL_TABLE.fit(["任务", "责任人"])


def test_no_synonym_names_two_columns():
    words = vocabulary.VOCABULARY
    alone = [words["board"][rank] for rank in ("usual", "rarer")]
    assert _repeated([words["both"]["usual"], words["both"]["rarer"], *alone]) == set()
    assert _repeated([words["board"]["below"]]) == set()
    assert _repeated([words["milestones"]]) == set()
    vocabularies = [words["both"]["usual"], words["both"]["rarer"], words["notices"]["labels"]]
    assert _repeated(vocabularies, as_written=str) == set()


def _repeated(groups, as_written=normal_header):
    words = [as_written(word) for group in groups for words in group.values() for word in words]
    return {word for word in words if words.count(word) > 1}


def test_every_column_is_among_the_rows_and_every_state_has_its_place():
    assert set(schema.COLUMNS) | set(schema.ROLE_COLUMNS) <= set(schema.ROW_COLUMNS)
    assert sorted(schema.STATES) == sorted(schema.STATE_ORDER)
