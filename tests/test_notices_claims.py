"""What labels, lists and sentences claim: who leads, who supports, by when."""

import pytest

from lib.notices import labels
from lib.notices.model import Line
from lib.notices.reading.claims import brackets, clauses, labelled, names, sentences


def labels_say(text: str) -> list[tuple[str, tuple[str, ...]]]:
    """The field and the names of each claim of a line of labels."""
    return [(claim.field, claim.names) for claim in labelled.read(Line.of(0, text).span)]


def sentences_say(text: str) -> list[tuple[str, tuple[str, ...]]]:
    """The same of running text."""
    return [(claim.field, claim.names) for claim in sentences.read(Line.of(0, text).span)]


def test_a_mark_between_separators_is_no_name():
    assert [name for name, _ in names.split(Line.of(0, "技改科、：、工会").span)] == [
        "技改科",
        "工会",
    ]


# --- labels ----------------------------------------------------------------------------------------


def test_a_label_with_its_colon_after_a_space_counts_once():
    assert labels_say("责任单位 办公室 完成时限 ：8月") == [
        ("departments", ("办公室",)),
        ("deadline", ()),
    ]


def test_a_second_date_after_a_semicolon_names_nobody():
    line = Line.of(0, "完成时限：8月底前；全年推进")
    assert {claim.field for claim in labelled.read(line.span)} == {"deadline"}


def test_a_way_of_supporting_is_no_supporter():
    assert labels_say("责任股室：预算股，国库股配合") == [
        ("departments", ("预算股",)),
        ("support_departments", ("国库股",)),
    ]
    fields = [field for field, _ in labels_say("责任股室：预算股，按计划配合")]
    assert fields == ["departments"]
    assert labels_say("责任单位：协助办案中心") == [("departments", ("协助办案中心",))]


# --- lists -----------------------------------------------------------------------------------------


def test_and_others_without_a_name_before_it_names_nobody():
    assert labels_say("责任部门：等有关部门") == []


def test_a_star_alone_is_no_name():
    listed = names.split(Line.of(0, "★、办公室").span)
    assert [name for name, _ in listed] == ["办公室"]


# --- sentences -------------------------------------------------------------------------------------


def test_whoever_acts_in_a_sentence_answers_unless_it_is_everybody():
    assert sentences_say("由市财政局审核后拨付。") == [("departments", ("市财政局",))]
    assert sentences_say("由各县区审核后拨付。") == []


def test_whoever_collects_reports_answers_for_nothing():
    assert sentences_say("由督查室汇总后报告。") == []
    assert sentences_say("每月底报进展，由政务局统一汇总。") == []


def test_words_that_end_like_a_department_but_hold_a_year_are_no_name():
    assert sentences_say("由2024年市财政局审核后拨付。") == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("（责任单位 办公室）", {"departments": "办公室"}),
        ("（责任分工：林森）", {"leaders": "林森"}),
        ("（请办公室牵头）", {"lead_departments": "办公室"}),
        ("（责任领导：林森市级责任单位：办公室）", {"leaders": "林森", "departments": "办公室"}),
        ("（责任领导：林森书记主任局长处长）", {"leaders": "林森书记"}),
        ("（责任部门：（（（（办公室）", {"departments": "（办公室）"}),
        ("（责任部门：办公室）））", {"departments": "办公室"}),
        ("（责任部门：办公室（甲、财务科", {"departments": "办公室 甲 财务科"}),
    ],
)
def test_a_bracket_is_read_whatever_its_marks(text: str, expected: dict[str, str]):
    line = Line.of(0, text)
    claims = labelled.read(line.span.since(1))
    assert {claim.field: " ".join(claim.names) for claim in claims} == expected


def test_a_bracket_needs_no_colon_after_its_label_but_too_many_are_none():
    line = Line.of(0, "修路（责任单位 办公室）")
    assert brackets.of_duty(line) == [line.span.since(2)]
    span = Line.of(0, "(" * 12 + "甲").span
    assert span.trimmed() == span.since(8)


def test_labels_stand_between_spaces_but_not_of_other_kinds():
    assert [
        label.word
        for label in labels.spaced_labels("责任单位 办公室 工作任务 修路 完成时限 8月", 0, 26)
    ] == [
        "责任单位",
        "完成时限",
    ]


def test_a_role_in_brackets_inside_a_sentence_counts():
    text = "由办公室（牵头）、财务科负责。"
    assert [claim.names for claim in sentences.read(Line.of(0, text).span)] == [
        ("办公室",),
        ("财务科",),
    ]


@pytest.mark.parametrize(
    ("text", "expected", "sure"),
    [
        (
            "（责任部门：办公室（牵头）、财务科）",
            {"lead_departments": "办公室", "support_departments": "财务科"},
            True,
        ),
        (
            "（责任部门：办公室（牵头）、财务科等）",
            {"lead_departments": "办公室", "support_departments": "财务科"},
            False,
        ),
        ("（责任部门：办公室（牵头）、等有关部门）", {"lead_departments": "办公室"}, False),
        (
            "（责任部门：办公室（牵头）、财务科（王强））",
            {
                "lead_departments": "办公室",
                "support_departments": "财务科",
                "leaders": "王强",
            },
            False,
        ),
        ("（责任分工：张慧（牵头）、李强（配合））", {"leaders": "张慧 李强"}, True),
    ],
)
def test_a_role_in_brackets_takes_no_other_names_than_those_without_one(
    text: str, expected: dict[str, str], sure: bool
) -> None:
    claims = labelled.read(Line.of(0, text).span.since(1))
    assert {claim.field: " ".join(claim.names) for claim in claims} == expected
    assert all(claim.sure for claim in claims) is sure


@pytest.mark.parametrize(
    ("text", "lead", "support"),
    [
        ("水利科和财务科负责", "水利科 财务科", ""),
        ("水利科与财务科负责", "水利科 财务科", ""),
        ("水利科和财务科牵头，办公室配合", "水利科 财务科", "办公室"),
    ],
)
def test_two_that_are_joined_by_a_word_answer_alike(text: str, lead: str, support: str):
    claims = clauses.read(Line.of(0, text).span, strict=True)
    names = {claim.field: " ".join(claim.names) for claim in claims}
    assert names.get("lead_departments", "") == lead
    assert names.get("support_departments", "") == support


def test_of_two_that_are_listed_the_first_leads():
    claims = clauses.read(Line.of(0, "水利科、财务科负责").span, strict=True)
    assert [(claim.field, claim.names) for claim in claims] == [
        ("departments", ("水利科", "财务科"))
    ]


@pytest.mark.parametrize(
    ("after", "deadline", "sure"),
    [
        ("6月底前完成", "6月底前", True),
        ("年内持续推进", "年内持续推进", True),
        ("2026-2028", "2026-2028", True),
        ("两个月内完成", "两个月内", True),
        ("汛期前完成", "汛期前", True),
        ("春季开学前投入使用", "春季开学前", True),
        ("力争供暖期之前建成", "供暖期之前", True),
        ("60天内完成", "60天内", True),
        ("资金到位前完成", "资金到位前", False),
        ("力争项目批复之前建成", "项目批复之前", False),
        ("11月底前后陆续投用", "11月底前", False),
        ("2026-28号文件", "", True),
    ],
)
def test_what_stands_after_the_last_names_is_the_deadline_as_printed(
    after: str, deadline: str, sure: bool
):
    claims = clauses.read(Line.of(0, f"由水利科牵头，{after}").span, strict=True)
    dated = [(claim.text, claim.sure) for claim in claims if claim.field == "deadline"]
    assert dated == ([(deadline, sure)] if deadline else [])


def test_a_label_without_a_colon_needs_a_person_after_it():
    text = "由办公室牵头，分管领导高度重视，责任人工程科。"
    assert [claim.field for claim in sentences.read(Line.of(0, text).span)] == ["lead_departments"]
