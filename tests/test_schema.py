"""Which header words name which column."""

from __future__ import annotations

import pytest

from lib.measures import schema

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
]


@pytest.mark.parametrize(("header", "field"), HEADERS)
def test_a_header_is_known_by_its_synonyms(header, field):
    assert schema.fields([header]) == {field: 0}


@pytest.mark.parametrize("header", ["序号", "备注", "", "   ", "（必填）", "*"])
def test_other_headers_name_no_column(header):
    assert schema.fields([header]) == {}


def test_a_header_that_is_all_bracket_keeps_its_words():
    assert schema.normal_header("（牵头）") == "(牵头)"


def test_the_notices_own_word_wins_over_a_synonym_wherever_it_stands():
    assert schema.fields(["责任人", "责任领导"]) == {"leaders": 1}
    assert schema.fields(["责任领导", "责任人"]) == {"leaders": 0}


def test_of_two_synonyms_the_first_is_taken():
    assert schema.fields(["责任单位", "责任科室"]) == {"departments": 0}


def test_of_two_columns_with_the_notices_own_word_the_first_is_taken():
    assert schema.fields(["举措", "举措"]) == {"title": 0}


def test_milestones_have_words_of_their_own():
    found = schema.fields(["编号", "节点时限", "节点", "目标值", "单位"], schema.MILESTONE_HEADERS)
    assert found == {"measure_id": 0, "deadline": 1, "milestone": 2, "target": 3, "unit": 4}


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
    assert schema.is_measure_table(schema.fields(header)) is is_table


def test_no_synonym_names_two_columns():
    for words in (schema._SYNONYMS, schema._MILESTONE_SYNONYMS):
        normal = [
            schema.normal_header(word) for text in words.values() for word in set(text.split())
        ]
        assert {word for word in normal if normal.count(word) > 1} <= {"measureid"}


def test_every_column_is_among_the_rows_and_every_state_has_its_place():
    assert set(schema.COLUMNS) | set(schema.ROLE_COLUMNS) <= set(schema.ROW_COLUMNS)
    assert sorted(schema.STATES) == sorted(schema.STATE_ORDER)
