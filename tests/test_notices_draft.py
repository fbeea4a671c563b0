"""What a person changes in a notice that was read."""

from datetime import date

import hypothesis.strategies as st
import pytest
from hypothesis import given

from lib import measures, notices
from lib.notices import draft, output
from lib.notices.draft import plain
from lib.notices.model import FIELDS

TEXT = """沙河区总工会2024年重点工作清单
一、建强组织
（一）开展建会行动。6月份申报职工书屋4个，年底命名15个。（责任领导：王明；责任部门：组织部，办公室、财务部；完成时限：12月）
（二）规范换届。（责任领导：李晓；责任部门：组织部、机关党委；完成时限：尽快）
二、服务职工
（一）送清凉。（责任领导：王明、李晓；责任部门：权益部；完成时限：8月）
三、工作要求
各单位要高度重视。及时报送。
"""


@pytest.fixture
def notice():
    return notices.read_text(TEXT)


def column(notice, field):
    return [output.text(measure.cells[field]) for measure in notice.measures]


def quantities(notice):
    return [(milestone.measure, milestone.target) for milestone in notice.milestones]


def test_the_cells_to_check_come_row_by_row(notice):
    assert list(draft.doubts(notice)) == [(1, "deadline")]


def test_a_cell_that_a_person_writes_is_sure_and_keeps_where_it_stood(notice):
    changed = draft.put(notice, 0, "title", "  开展建会\n集中行动 ")
    cell = changed.measures[0].cells["title"]
    assert (cell.text, cell.sure, cell.reason) == ("开展建会 集中行动", True, "edited")
    assert cell.source == notice.measures[0].cells["title"].source
    assert notice.measures[0].cells["title"].text == "开展建会行动"


def test_names_that_a_person_writes_are_told_apart_as_in_the_table(notice):
    changed = draft.put(notice, 0, "support_departments", "办公室，市文广旅局（市体育局）")
    assert changed.measures[0].cells["support_departments"].names == (
        "办公室",
        "市文广旅局（市体育局）",
    )


def test_roles_that_a_person_writes_hold_in_the_table(notice, tmp_path):
    changed = draft.put(notice, 0, "lead_departments", "办公室、组织部")
    output.write(draft.put(changed, 0, "support_departments", "财务部"), tmp_path / "t.csv")
    row = measures.read(tmp_path / "t.csv").rows.iloc[0]
    assert (list(row["lead_departments"]), list(row["support_departments"])) == (
        ["办公室", "组织部"],
        ["财务部"],
    )


def test_a_deadline_that_can_be_read_is_sure_and_one_that_cannot_is_not(notice):
    assert not list(draft.doubts(draft.put(notice, 1, "deadline", "11月底前")))
    assert draft.put(notice, 1, "deadline", "11月底前").measures[1].due == date(2024, 11, 30)
    cell = draft.put(notice, 0, "deadline", "有空时").measures[0].cells["deadline"]
    assert (cell.sure, cell.reason) == (False, "unreadable")
    assert draft.put(notice, 1, "deadline", "").measures[1].cells["deadline"].sure


def days(notice):
    return [measure.due for measure in notice.measures]


def test_a_day_is_given_beside_a_phrase_that_says_none(notice, tmp_path):
    changed = draft.apply(notice, {"do": "day", "row": 1, "text": "2024-05-31"})
    cell = changed.measures[1].cells["deadline"]
    assert (cell.text, cell.sure, cell.reason) == ("尽快", True, "day_given")
    assert days(changed)[1] == date(2024, 5, 31)
    output.write(changed, tmp_path / "t.csv")
    row = measures.read(tmp_path / "t.csv").rows.iloc[1]
    assert (row["deadline"], row["due"]) == ("尽快", date(2024, 5, 31))


def test_a_day_that_was_given_is_taken_back_and_goes_with_the_phrase(notice):
    changed = draft.apply(notice, {"do": "day", "row": 1, "text": "2024-05-31"})
    back = draft.apply(changed, {"do": "day", "row": 1, "text": ""})
    assert days(back) == days(notice)
    assert not back.measures[1].cells["deadline"].sure
    written = draft.put(changed, 1, "deadline", "汛期前")
    assert days(written) == days(notice)
    assert written.measures[1].may_be_given_a_day


@pytest.mark.parametrize(
    ("row", "text"), [(0, "2024-05-31"), (1, "31.5."), (1, "0202-05-31"), (9, "2024-05-31")]
)
def test_no_day_is_given_beside_one_or_that_is_none(notice, row, text):
    assert draft.apply(notice, {"do": "day", "row": row, "text": text}) is notice


def test_the_end_of_a_month_without_its_name_is_that_of_the_month_of_issue(tmp_path):
    text = TEXT.replace("完成时限：8月", "完成时限：月底前")
    assert [measure.due for measure in notices.read_text(text).measures][2] is None
    notice = notices.read_text(f"{text}\n沙河区总工会\n2024年3月5日\n")
    assert notice.measures[2].due == date(2024, 3, 31)
    output.write(notice, tmp_path / "t.csv")
    table = measures.read(tmp_path / "t.csv")
    assert table.rows["deadline"].to_list()[2] == "月底前"
    assert table.rows["due"].to_list()[2] == date(2024, 3, 31)


def test_a_title_without_words_is_to_be_checked(notice):
    assert draft.put(notice, 0, "title", " ").measures[0].cells["title"].reason == "empty"


def test_a_confirmed_cell_is_sure_as_it_was_read(notice):
    changed = draft.confirm(notice, 1, "deadline")
    assert not list(draft.doubts(changed))
    assert changed.measures[1].cells["deadline"].text == "尽快"


def test_a_title_is_split_in_two_measures_with_the_same_responsibility(notice):
    changed = draft.split(draft.put(notice, 1, "title", "规范换届，培训干部"), 1, 5)
    assert column(changed, "title") == ["开展建会行动", "规范换届", "培训干部", "送清凉"]
    assert column(changed, "leaders") == ["王明", "李晓", "李晓", "王明、李晓"]


def test_split_rows_have_ids_of_their_own(notice):
    assert output.identities(draft.split(notice, 0, 2)) == [
        "2024-1-1",
        "2024-1-1-2",
        "2024-1-2",
        "2024-2-1",
    ]


def test_formal_numerals_count_as_numbers(notice):
    changed = draft.put(draft.put(notice, 0, "article", "贰（一）"), 1, "article", "參")
    assert output.identities(changed)[:2] == ["2024-2-1", "2024-3"]


@pytest.mark.parametrize("place", [-1, 0, 6, 99])
def test_nothing_is_split_where_a_side_would_be_empty(notice, place):
    with pytest.raises(ValueError, match=str(place)):
        draft.split(notice, 0, place)


def test_merged_measures_have_both_titles_and_all_names(notice):
    changed = draft.merge(notice, 0)
    assert column(changed, "title") == ["开展建会行动；规范换届", "送清凉"]
    assert column(changed, "leaders")[0] == "王明、李晓"
    assert column(changed, "lead_departments")[0] == "组织部"
    assert column(changed, "support_departments")[0] == "办公室、财务部、机关党委"
    assert column(changed, "deadline")[0] == "12月"


def test_what_two_merged_measures_say_differently_is_to_be_checked(notice):
    doubtful = [field for row, field in draft.doubts(draft.merge(notice, 0)) if row == 0]
    assert doubtful == ["article", "leaders", "support_departments", "deadline"]


def test_what_only_one_of_two_merged_measures_says_holds(notice):
    cell = draft.merge(draft.put(notice, 0, "leaders", ""), 0).measures[0].cells["leaders"]
    assert (cell.names, cell.sure) == (("李晓",), True)


def test_a_department_that_leads_one_of_two_merged_measures_does_not_support_it_as_well(notice):
    changed = draft.merge(draft.put(notice, 1, "lead_departments", "财务部"), 0)
    assert column(changed, "lead_departments")[0] == "组织部、财务部"
    assert column(changed, "support_departments")[0] == "办公室、机关党委"


def test_a_dropped_measure_leaves_its_text_and_takes_its_milestones_along(notice):
    changed = draft.drop(notice, 0)
    assert column(changed, "title") == ["规范换届", "送清凉"]
    assert [left.why for left in changed.unplaced].count("dropped") == 1
    assert "职工书屋4个" in next(left.text for left in changed.unplaced if left.why == "dropped")
    assert changed.milestones == ()


def test_a_dropped_row_without_words_leaves_nothing(notice):
    assert draft.drop(draft.add(notice, 1), 1) == notice


def test_milestones_stay_with_their_measures(notice):
    assert quantities(notice) == [(0, "4"), (0, "15")]
    assert quantities(draft.add(notice, 0)) == [(1, "4"), (1, "15")]
    assert quantities(draft.merge(draft.add(notice, 0), 0)) == [(0, "4"), (0, "15")]
    assert quantities(draft.drop(draft.add(notice, 0), 0)) == [(0, "4"), (0, "15")]
    assert quantities(draft.split(draft.add(notice, 0), 1, 2)) == [(1, "4"), (1, "15")]


def test_a_milestone_that_is_none_is_forgotten(notice):
    assert quantities(draft.forget(notice, 0)) == [(0, "15")]


def test_an_added_row_asks_for_a_title_and_who_answers_and_stands_in_the_section_before(notice):
    changed = draft.add(notice, 2)
    assert column(changed, "section") == [
        "一、建强组织",
        "一、建强组织",
        "一、建强组织",
        "二、服务职工",
    ]
    assert [field for row, field in draft.doubts(changed) if row == 2] == [
        "section",
        "title",
        "leaders",
        "lead_departments",
    ]


def test_the_first_row_of_a_table_is_in_no_section(notice):
    assert column(draft.add(notice, 0), "section")[0] == ""


def test_text_that_was_not_placed_becomes_a_measure_where_the_document_has_it(notice):
    item = next(number for number, left in enumerate(notice.unplaced) if "高度重视" in left.text)
    changed = draft.place(notice, item)
    assert column(changed, "title")[-1] == "各单位要高度重视"
    assert changed.measures[-1].text == notice.unplaced[item].text
    assert len(changed.unplaced) == len(notice.unplaced) - 1
    first = draft.drop(notice, 0)
    item = next(number for number, left in enumerate(first.unplaced) if left.why == "dropped")
    assert column(draft.place(first, item), "title")[1:] == ["规范换届", "送清凉"]


def test_the_list_gets_another_name(notice):
    assert draft.name(notice, " 服务职工\n清单 ").title == "服务职工 清单"


def test_a_year_dates_what_had_no_date():
    notice = notices.read_text(TEXT.replace("2024", ""))
    assert notice.year is None
    assert "notice_year_missing" in [problem.code for problem in notice.problems]
    changed = draft.in_year(notice, 2025)
    assert [str(measure.due) for measure in changed.measures] == [
        "2025-12-31",
        "None",
        "2025-08-31",
    ]
    assert list(draft.doubts(changed)) == [(1, "deadline")]
    assert "notice_year_missing" not in [problem.code for problem in changed.problems]


EDITS = [
    ({"do": "put", "row": 0, "field": "title", "text": "甲"}, ["甲", "规范换届", "送清凉"]),
    ({"do": "split", "row": 0, "at": 2}, ["开展", "建会行动", "规范换届", "送清凉"]),
    ({"do": "merge", "row": 0}, ["开展建会行动；规范换届", "送清凉"]),
    ({"do": "drop", "row": 0}, ["规范换届", "送清凉"]),
    ({"do": "add", "row": 3}, ["开展建会行动", "规范换届", "送清凉", ""]),
]


@pytest.mark.parametrize(("edit", "titles"), EDITS)
def test_an_edit_comes_as_plain_data(notice, edit, titles):
    assert column(draft.apply(notice, edit), "title") == titles


def test_edits_of_the_head_and_of_what_stands_beside_come_as_plain_data(notice):
    assert draft.apply(notice, {"do": "name", "text": "清单"}).title == "清单"
    assert draft.apply(notice, {"do": "year", "text": "2025"}).year == 2025
    assert len(draft.apply(notice, {"do": "forget", "item": 1}).milestones) == 1
    assert len(draft.apply(notice, {"do": "place", "item": 0}).measures) == 4
    assert not list(
        draft.doubts(draft.apply(notice, {"do": "confirm", "row": 1, "field": "deadline"}))
    )


def test_a_log_of_edits_is_made_in_its_order(notice):
    log = [
        {"do": "drop", "row": 0},
        {"do": "put", "row": 0, "field": "title", "text": "甲"},
    ]
    replayed = draft.replay(notice, log)
    assert column(replayed.notice, "title") == ["甲", "送清凉"]
    assert replayed.can_undo


def test_undoing_takes_back_the_last_edit_that_has_changed_something(notice):
    drop: dict[str, object] = {"do": "drop", "row": 0}
    misfit: dict[str, object] = {"do": "drop", "row": 99}
    undo: dict[str, object] = {"do": "undo"}
    replayed = draft.replay(notice, [drop, misfit, undo, undo])
    assert replayed.notice is notice
    assert not replayed.can_undo


def test_columns_are_chosen_in_the_log_and_the_choice_can_be_undone(notice):
    choose: dict[str, object] = {"do": "column", "text": "谁 负责", "field": "leaders"}
    departments = {**choose, "field": "departments"}
    unknown = {**choose, "field": "explode"}
    undo: dict[str, object] = {"do": "undo"}
    before = draft.Told({"何时": "deadline"})
    with_both = draft.replay(notice, [choose, unknown, departments], before)
    assert with_both.told.choices == {"何时": "deadline", "谁负责": "departments"}
    assert with_both.notice is notice
    with_one = draft.replay(notice, [choose, unknown, departments, departments, undo], before)
    assert with_one.told.choices == {"何时": "deadline", "谁负责": "leaders"}
    assert draft.replay(notice, [choose, undo, undo], before).told == before


MISFITS = [
    {},
    {"do": "explode"},
    {"do": "put", "row": 0, "field": "year", "text": "1"},
    {"do": "put", "row": 99, "field": "title", "text": "甲"},
    {"do": "put", "row": -1, "field": "title", "text": "甲"},
    {"do": "put", "row": "0", "field": "title", "text": "甲"},
    {"do": "confirm", "row": 0},
    {"do": "merge", "row": 2},
    {"do": "add", "row": 4},
    {"do": "place", "item": -1},
    {"do": "forget", "item": 2},
    {"do": "year", "text": "next"},
    {"do": "year", "text": "1066"},
]


@pytest.mark.parametrize("edit", MISFITS)
def test_an_edit_that_does_not_fit_changes_nothing(notice, edit):
    assert draft.apply(notice, edit) is notice


anything = st.one_of(
    st.none(), st.integers(-2, 9), st.floats(), st.text(max_size=5), st.lists(st.integers())
)
an_edit = st.fixed_dictionaries(
    {
        "do": st.sampled_from([*plain.EDITS, "?"]),
        "row": anything,
        "at": anything,
        "item": anything,
        "text": anything,
    },
    optional={"field": st.sampled_from([*FIELDS, "?"])},
)


@given(st.lists(an_edit, max_size=6))
def test_no_edit_ends_in_an_exception_and_the_table_can_always_be_written(edits):
    notice = notices.read_text(TEXT)
    for edit in edits:
        notice = draft.apply(notice, edit)
    rows, milestones = output.to_table(notice)
    assert len(rows) == len(notice.measures) + 1
    assert {row[0] for row in milestones[1:]} <= {row[0] for row in rows[1:]}
    assert len({row[0] for row in rows}) == len(rows)


def test_an_added_row_after_one_without_a_section_has_none():
    plain = notices.read_text("2024年清单\n1. 修路。（责任部门：工程科）")
    assert draft.add(plain, 1).measures[1].cells["section"].text == ""
