"""The list of problems on a page, and the editor of a row that opens from it, without a browser."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

from lib import measures
from lib.i18n import LANGUAGES, translator
from lib.web import problems
from lib.web.store import Loaded
from tests import workbooks
from tests.pages import opened, run, texts
from tests.tables import HEADER

TABLE = f"""{HEADER},备注
1,2026,要点,一,1,清淤,周全,工程科,资金到位后,急
2,2026,要点,一,2,巡堤,,工程科,8月,
3,2026,要点,一,3,备料,周全,工程科,三个月内,
"""
MILESTONES = "编号,节点时限,节点\n1,视情,勘测\n"
OF_LINE_2, OF_LINE_3, OF_LINE_4 = range(3)  # the problems of the table


@pytest.fixture
def path(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The board's table, which everybody may write."""
    table = tmp_path / "list.csv"
    table.write_text(TABLE, "utf-8")
    monkeypatch.setenv("MEASURES", str(table))
    monkeypatch.setenv("BOARD_WRITES", "all")
    monkeypatch.setattr(problems, "LIST", as_buttons)
    return table


def as_buttons(key: str, data: bytes, on_opened_change: Callable[[], None]) -> None:
    """The list as the browser draws it, of Streamlit's own widgets."""

    def choose(number: int) -> None:
        st.session_state[key] = {"opened": number}
        on_opened_change()

    listed = json.loads(data)
    for number, sentence in enumerate(listed["sentences"]):
        kind = "problem" if number in listed["opening"] else "sentence"
        st.button(sentence, key=f"{kind}_{number}", on_click=choose, args=(number,))


def listed(lang: str = "zh", page: str = "overview") -> AppTest:
    """The list of problems."""
    app = opened(page, lang)
    app.button(key="problems").click()
    return run(app)


def editing(number: int, lang: str = "zh") -> AppTest:
    """The editor that a problem of the list opens."""
    app = listed(lang)
    app.button(key=f"problem_{number}").click()
    return run(app)


def box(app: AppTest, label: str) -> Any:
    boxes = [*app.text_input, *app.text_area, *app.date_input]
    return next(text_box for text_box in boxes if text_box.label == label)


def labels(app: AppTest) -> list[str]:
    """What the boxes of the editor are called, from top to bottom."""
    texts: list[str] = []

    def look(node: Any) -> None:
        label = getattr(node, "label", "") or ""
        if getattr(node, "form_id", "") == "editor" and label.endswith("改为"):
            texts.append(label.removesuffix("改为"))
        for child in getattr(node, "children", {}).values():
            look(child)

    look(app._tree)
    return texts


def save(app: AppTest) -> AppTest:
    next(button for button in app.button if button.label == "保存").click()
    return run(app)


def said(app: AppTest) -> str:
    return "\n".join(text.replace("\\", "") for text in texts(app))


# --- the list -------------------------------------------------------------------------------------


@pytest.mark.parametrize("lang", LANGUAGES)
def test_each_problem_of_a_row_opens_it(path: Path, lang: str) -> None:
    app = listed(lang)
    assert [button.key for button in app.button if "problem_" in str(button.key)] == [
        f"problem_{number}" for number in range(3)
    ]
    assert translator(lang)("problems.open") in said(app)


def test_a_problem_of_the_whole_file_opens_nothing(path: Path) -> None:
    path.write_text("举措,责任领导\n清淤,周全\n", "utf-8")
    app = listed()
    assert not [button for button in app.button if "problem_" in str(button.key)]
    assert any("没有「完成时限」列" in button.label for button in app.button)


def test_where_nobody_may_write_one_sentence_says_so(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("BOARD_WRITES", "none")
    opens_nothing(listed(), "problems.off")


def test_a_table_that_is_only_looked_at_is_not_mended(path: Path) -> None:
    app = opened()
    app.session_state["preview"] = Loaded(
        measures.read(path), ("preview", 1), name="通知.docx", is_preview=True
    )
    app.session_state["problems_open"] = True
    opens_nothing(run(app), "problems.of_preview")


def opens_nothing(app: AppTest, why: str) -> None:
    """Whatever the browser sends."""
    assert not [button for button in app.button if "problem_" in str(button.key)]
    assert translator("zh")(why) in said(app)
    app.button(key="sentence_0").click()
    assert "open_row" not in run(app).session_state


def test_a_closed_list_is_drawn_no_more(path: Path) -> None:
    app = editing(OF_LINE_2)
    script = AppTest.from_function(close)
    script.session_state["open_row"] = app.session_state["open_row"]
    script.session_state["problems_open"] = True
    assert "open_row" not in run(script).session_state
    assert "problems_open" not in script.session_state


def close() -> None:
    """What the dialog does when it is closed."""
    from lib.web import problems

    problems.close()


def test_a_file_that_changes_while_the_list_is_open_is_read_anew(path: Path) -> None:
    script = AppTest.from_function(list_of_an_older_file)
    script.session_state["problems_open"] = True
    assert "problem_0" in [button.key for button in run(script).button]
    assert script.session_state["runs"] == 2


def list_of_an_older_file() -> None:
    """The list of what the file was in the first run, and is in the second."""
    from dataclasses import replace

    import streamlit as st

    from lib import i18n
    from lib.web import problems, store

    st.session_state["runs"] = st.session_state.get("runs", 0) + 1
    loaded = store.load()
    if st.session_state["runs"] == 1:
        loaded = replace(loaded, version=("before",))
    problems.show(loaded, i18n.translator("zh"))


# --- the editor -----------------------------------------------------------------------------------


def test_what_the_problem_is_about_comes_first_and_the_rest_of_the_row_is_behind_it(
    path: Path,
) -> None:
    assert labels(editing(OF_LINE_3)) == [
        "责任领导",
        *("编号", "年度", "清单", "板块", "条目", "举措", "责任部门", "完成时限"),
        *("起（给定）", "止（给定）"),
    ]


def test_beside_a_deadline_that_cant_be_read_stand_the_boxes_of_days(path: Path) -> None:
    app = editing(OF_LINE_2)
    assert labels(app)[:3] == ["完成时限", "起（给定）", "止（给定）"]
    assert "第 2 行「完成时限」写的是“资金到位后”" in app.warning[0].value.replace("\\", "")
    assert "资金到位后" in [markdown.value for markdown in app.markdown]
    assert box(app, "完成时限改为").value == "资金到位后"


def test_a_phrase_that_counts_from_the_day_of_issue_has_a_box_for_it(path: Path) -> None:
    app = editing(OF_LINE_4)
    assert labels(app)[:4] == ["完成时限", "起（给定）", "止（给定）", "印发日期"]
    box(app, "印发日期改为").set_value(date(2026, 3, 10))
    app = save(app)
    assert measures.read(path).columns["due"].to_pylist()[2] == date(2026, 6, 10)


def test_a_day_is_given_and_the_phrase_stays(path: Path) -> None:
    app = editing(OF_LINE_2)
    box(app, "止（给定）改为").set_value(date(2026, 6, 15))
    app = save(app)
    lines = TABLE.splitlines()
    assert path.read_text("utf-8-sig").splitlines() == [
        f"{lines[0]},止",
        f"{lines[1]},2026-06-15",
        f"{lines[2]},",
        f"{lines[3]},",
    ]
    assert [success.value.replace("\\", "") for success in app.success] == [
        "已写入 list.csv 第 2 行；上一版留在旁边，可以撤销。"
    ]
    assert "list.csv 中有 2 处问题" in said(app)
    assert "数据问题 2" in said(app)


def test_several_cells_of_a_row_are_mended_at_once(path: Path) -> None:
    app = editing(OF_LINE_3)
    box(app, "责任领导改为").set_value("周全、 李明 ")
    box(app, "举措改为").set_value("巡查堤防")
    save(app)
    line = TABLE.splitlines()[2].replace("巡堤,", "巡查堤防,周全、 李明")
    assert path.read_text("utf-8-sig") == TABLE.replace(TABLE.splitlines()[2], line)


def test_a_milestone_is_mended_in_its_own_file(path: Path) -> None:
    measures.milestones_path(path).write_text(MILESTONES, "utf-8")
    app = editing(OF_LINE_4 + 1)
    assert labels(app) == ["节点时限", "编号", "节点"]
    box(app, "节点时限改为").set_value("7月")
    save(app)
    beside = measures.milestones_path(path).read_text("utf-8-sig")
    assert beside == MILESTONES.replace("视情", "7月")
    assert path.read_text("utf-8") == TABLE


def test_without_a_change_nothing_is_saved(path: Path) -> None:
    app = save(editing(OF_LINE_2))
    assert [info.value for info in app.info] == ["没有改动，没有保存。"]
    assert path.read_text("utf-8") == TABLE


def test_the_editor_leads_back_to_the_list(path: Path) -> None:
    app = editing(OF_LINE_2)
    app.button(key="editor_back").click()
    assert "problem_0" in [button.key for button in run(app).button]


def test_a_line_that_is_about_no_cell_shows_them_all(path: Path) -> None:
    path.write_text(f"{HEADER}\n1,2026,要点,一,1,清淤,周全,工程科\n", "utf-8")
    app = editing(0)
    assert labels(app)[:3] == ["编号", "年度", "清单"]
    box(app, "完成时限改为").set_value("8月")
    save(app)
    assert measures.read(path).problems == ()


def test_a_cell_of_the_offices_own_is_mended_where_the_problem_is_about_it(path: Path) -> None:
    path.write_text(f"{HEADER},备注\n1,2026,要点,一,1,清淤,周全,工程科,8月,=A1\n", "utf-8")
    app = editing(0)
    assert labels(app)[0] == "备注"
    box(app, "备注改为").set_value("急")
    save(app)
    assert measures.read(path).problems == ()


LONG = "疏浚河道，清理淤泥，加固堤防，拆除阻水的旧桥和围堰，并逐段验收"


def test_a_long_text_has_a_box_of_several_lines(path: Path) -> None:
    path.write_text(TABLE.replace("清淤", LONG), "utf-8")
    assert [area.value for area in editing(OF_LINE_2).text_area] == [LONG]


def test_over_a_workbook_it_is_written_beside_it(
    tmp_path: Path, path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """In the workbook the header stands below a title, in words of its own, and the cell in line 4."""
    rows = [["2026年要点"], ["序号", "任务", "责任人", "责任单位", "时限"]]
    rows += [
        ["1", "清\n淤", "周全", "工程科", "8月"],
        ["2", "巡堤", "周全", "工程科", "资金到位后"],
    ]
    workbook = tmp_path / "office.xlsx"
    workbook.write_bytes(workbooks.as_bytes(workbooks.of_rows({"清单": rows})))
    before = workbook.read_bytes()
    monkeypatch.setenv("MEASURES", str(workbook))
    app = listed()
    next(button for button in app.button if "资金到位后" in button.label).click()
    app = run(app)
    assert labels(app)[0] == "完成时限"
    assert "office.xlsx 不会被写" in said(app)
    box(app, "止（给定）改为").set_value(date(2026, 6, 15))
    app = save(app)
    assert workbook.read_bytes() == before
    table = measures.read(tmp_path / "office.board.csv")
    assert table.columns["due"].to_pylist() == [date(2026, 8, 31), date(2026, 6, 15)]
    assert table.columns["deadline"].to_pylist() == ["8月", "资金到位后"]
    assert "资金到位后" not in " ".join(button.label for button in app.button)
    app.button(key="mended_add_undo").click()
    run(app).button(key="mended_undo_now").click()
    run(app)
    assert not (tmp_path / "office.board.csv").exists()


# --- days -----------------------------------------------------------------------------------------

DAYS = f"{HEADER},起,止\n1,2026,要点,一,1,清淤,周全,工程科,资金到位后,2026/3/1,"


def test_a_day_that_is_written_otherwise_stays_as_it_is(path: Path) -> None:
    path.write_text(f"{DAYS}六月\n", "utf-8")
    app = editing(0)
    assert box(app, "起（给定）改为").value == date(2026, 3, 1)
    box(app, "止（给定）改为").set_value("2026.6.15")
    save(app)
    assert path.read_text("utf-8-sig") == f"{DAYS}2026-06-15\n"


def test_a_number_becomes_the_day_that_it_is(path: Path) -> None:
    path.write_text(f"{DAYS}46188\n", "utf-8")
    save(editing(0))
    assert path.read_text("utf-8-sig") == f"{DAYS}2026-06-15\n"


def test_a_day_is_taken_back(path: Path) -> None:
    path.write_text(f"{DAYS}2026-02-15\n", "utf-8")
    app = editing(0)
    box(app, "起（给定）改为").set_value(None)
    save(app)
    assert path.read_text("utf-8-sig") == DAYS.replace("2026/3/1", "") + "2026-02-15\n"


# --- what stands in the way -----------------------------------------------------------------------


def test_a_row_that_was_changed_meanwhile_is_refused_and_nothing_typed_is_lost(path: Path) -> None:
    app = editing(OF_LINE_2)
    changed = TABLE.replace("资金到位后", "项目批复后")
    path.write_text(changed, "utf-8")
    box(app, "完成时限改为").set_value("6月底前")
    app = save(app)
    assert "又有人改过，没有保存" in app.error[0].value
    assert box(app, "完成时限改为").value == "6月底前"
    assert path.read_text("utf-8") == changed


def test_a_row_that_is_gone_is_said_to_be_on_the_list(path: Path) -> None:
    app = listed()
    path.write_text(HEADER, "utf-8")
    app.button(key=f"problem_{OF_LINE_2}").click()
    assert "第 2 行已经不在了" in run(app).error[0].value


def test_a_file_that_has_become_another_is_listed_anew(path: Path) -> None:
    app = listed()
    path.write_text(TABLE.replace("资金到位后", "6月底前"), "utf-8")
    assert "list.csv 中有 2 处问题" in said(run(app))


# --- undone ---------------------------------------------------------------------------------------


def test_the_last_problem_mended_can_be_undone_once_asked(path: Path) -> None:
    path.write_text("\n".join(TABLE.splitlines()[:2]), "utf-8")
    before = path.read_bytes()
    app = editing(OF_LINE_2)
    box(app, "止（给定）改为").set_value(date(2026, 6, 15))
    app = save(app)
    assert "list.csv 中没有问题了" in said(app)
    app.button(key="mended_add_undo").click()
    run(app).button(key="mended_undo_now").click()
    app = run(app)
    assert path.read_bytes() == before
    assert "已恢复为上一版" in app.success[0].value
    assert "list.csv 中有 1 处问题" in said(app)
