"""The intake page without a browser: what comes in, what is said, the draft, what goes out."""

from __future__ import annotations

import json
import os
import shutil
import threading
import time
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any, NoReturn
from urllib.parse import parse_qs

import pytest
from streamlit.testing.v1 import AppTest

from lib import measures
from lib.apart import pool, reader
from lib.apart.message import Drawn
from lib.errors import BoardError
from lib.i18n import LANGUAGES
from lib.ledger import acts, place
from lib.ledger.acts import About
from lib.ledger.events import Kind
from lib.ledger.store import Ledger
from lib.web.intake import OnDesk
from tests.drawn import drawn
from tests.ledgers import MONTHLY
from tests.pages import ROOT, opened, run, texts
from tests.workbooks import as_bytes, of_rows

NOTICE = """沙河区总工会办公室关于印发《2024年服务职工工作清单》的通知
一、建强组织
（一）开展建会行动。6月份申报职工书屋4个。（责任领导：王明；责任部门：组织部，办公室、财务部；完成时限：12月）
（二）规范换届。（责任领导：李晓；责任部门：组织部、机关党委；完成时限：尽快）
沙河区总工会办公室
"""


pytestmark = pytest.mark.usefixtures("real_list")


def pasted(text: str = NOTICE, lang: str = "zh") -> AppTest:
    app = opened("intake", lang=lang)
    app.text_area[0].set_value(text)
    app.button(key="read").click()
    return run(app)


def edited(app: AppTest, *edits: dict[str, Any]) -> AppTest:
    """The page after edits from the browser's log."""
    on_desk: OnDesk = app.session_state["draft"]
    for edit in edits:
        on_desk.take([{"n": on_desk.draft.done + 1, **edit}])
    return run(app)


def test_the_page_asks_for_a_document_first() -> None:
    app = opened("intake")
    assert app.title[0].value == "把自己的表或印发的通知拖进来，一分钟后就是看板"
    assert not [button for button in app.button if button.key == "intake_preview"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_was_read_is_said_in_a_sentence(language: str) -> None:
    sentence = {
        "zh": "读出 2 项举措、1 个节点，1 处待核对",
        "en": "2 measures read, 1 milestone, 1 cell to check",
    }
    assert pasted(lang=language).title[0].value.replace("\\", "") == sentence[language]


def test_a_dropped_file_is_read() -> None:
    app = opened("intake")
    app.file_uploader[0].upload("notice.txt", NOTICE.encode("gb18030"), "text/plain")
    assert "读出 2 项举措" in run(app).title[0].value
    assert "notice\\.txt" in app.caption[0].value


@pytest.mark.parametrize(
    ("text", "sentence"),
    [("", "没有文字"), ("  \n", "没有文字"), ("好" * 2_500_001, "内容太多")],
)
def test_what_cannot_be_read_is_said_and_the_page_goes_on_asking(text: str, sentence: str) -> None:
    app = pasted(text)
    assert sentence in app.error[0].value
    assert run(app).text_area[0].label == "或者把文字粘贴到这里"


def test_where_the_notice_comes_from_stands_above_it() -> None:
    app = pasted(NOTICE + "2024年3月5日\n")
    assert app.caption[0].value.replace("\\", "") == "粘贴的文字 · 沙河区总工会办公室 · 2024-03-05"


def test_a_document_without_measures_says_so() -> None:
    app = pasted("同志们：\n今天开会，讲三点意见。\n")
    assert app.title[0].value == "这份文件里没有读出举措"
    assert app.button(key="intake_preview").disabled


def test_an_edit_is_made_once_however_often_the_browser_sends_it() -> None:
    app = pasted()
    on_desk: OnDesk = app.session_state["draft"]
    add = {"n": 1, "do": "add", "row": 0}
    on_desk.take([add])
    on_desk.take([add, {"n": 2, "do": "add", "row": 0}])
    on_desk.take([add])
    assert on_desk.drawn.measures == 4


def test_edits_can_be_undone_one_by_one() -> None:
    app = edited(pasted(), {"do": "drop", "row": 0}, {"do": "drop", "row": 0})
    assert app.title[0].value == "这份文件里没有读出举措"
    app = edited(app, {"do": "undo"}, {"do": "undo"}, {"do": "undo"})
    assert app.title[0].value == "读出 2 项举措、1 个节点，1 处待核对"


def test_an_edit_that_changes_nothing_is_no_step_to_undo() -> None:
    app = edited(pasted(), {"do": "drop", "row": 0}, {"do": "drop", "row": 99}, {"do": "undo"})
    assert "读出 2 项举措" in app.title[0].value


def test_when_all_is_checked_the_page_says_so() -> None:
    app = edited(pasted(), {"do": "put", "row": 1, "field": "deadline", "text": "11月"})
    assert app.title[0].value == "读出 2 项举措、1 个节点，全部核对完毕"


def test_the_board_is_shown_over_the_draft_and_nothing_is_saved() -> None:
    app = pasted()
    app.button(key="intake_preview").click()
    run(app)
    assert app.title[0].value.startswith("2 项举措")
    assert "正在试看" in app.info[0].value
    app.button(key="preview_end").click()
    assert not run(app).info


def test_the_draft_waits_while_the_board_is_looked_at() -> None:
    app = edited(pasted(), {"do": "drop", "row": 0})
    app.switch_page("overview.py")
    run(app).switch_page("intake.py")
    assert "读出 1 项举措" in run(app).title[0].value


def test_another_document_can_be_read_and_the_draft_stays_until_then() -> None:
    app = pasted()
    app.button(key="intake_another").click()
    assert "读出 2 项举措" in run(app).title[0].value
    app.text_area[0].set_value(
        NOTICE.replace("（二）规范换届。", "（二）规范换届。（责任领导：甲）\n（三）培训。")
    )
    app.button(key="read").click()
    assert "读出 3 项举措" in run(app).title[0].value


def test_without_a_table_the_page_reads_notices_all_the_same(
    tmp_path: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("MEASURES", str(tmp_path / "none.csv"))
    assert "读出 2 项举措" in pasted().title[0].value
    app = opened("overview")
    assert app.error


def test_the_words_are_all_of_the_language() -> None:
    page_text = "\n".join(texts(pasted("Plain words\n" + NOTICE, lang="en")))
    assert "导入" not in page_text
    assert "Try it on the board" in page_text


# --- into the board's table -----------------------------------------------------------------------


@pytest.fixture
def table(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A table of the office's own, to which everybody may write."""
    for name in ("measures.csv", "measures.milestones.csv"):
        shutil.copy(ROOT / "data" / name, tmp_path / name)
    monkeypatch.setenv("MEASURES", str(tmp_path / "measures.csv"))
    monkeypatch.setenv("BOARD_WRITES", "all")
    return tmp_path / "measures.csv"


def adding(app: AppTest, choice: str) -> AppTest:
    app.selectbox(key="add_1").set_value(choice)
    return run(app)


def pressed(app: AppTest, key: str) -> AppTest:
    app.button(key=key).click()
    return run(app)


def undone(app: AppTest) -> AppTest:
    return pressed(pressed(app, "add_undo"), "undo_now")


@pytest.mark.parametrize("language", LANGUAGES)
def test_an_undo_says_what_it_will_do_and_asks_once(table: Path, language: str) -> None:
    app = pressed(adding(pasted(lang=language), "new"), "add_write")
    written = table.read_bytes()
    app = pressed(app, "add_undo")
    sentence = {"zh": "现在 12 项举措，换回后 10 项", "en": "12 measures now, 10 then"}
    assert sentence[language] in app.warning[0].value.replace("\\", "")
    assert table.read_bytes() == written
    app = pressed(app, "undo_not")
    assert not app.warning
    assert table.read_bytes() == written


def test_a_question_about_one_save_is_not_asked_about_the_next(table: Path) -> None:
    app = pressed(adding(pasted(), "new"), "add_write")
    app = pressed(app, "add_undo")
    os.utime(table.with_name("measures.previous.json"), (0, 0))  # as if there were another save
    assert not run(app).warning
    assert "undo_now" not in [button.key for button in app.button]


def test_an_undo_of_what_can_no_longer_be_read_says_why(
    table: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    app = pressed(adding(pasted(), "new"), "add_write")
    monkeypatch.setattr(pool, "of_the_board", EndingPool())
    assert "已经停止" in pressed(app, "add_undo").error[0].value


def test_after_a_revision_the_link_leads_to_the_list_that_was_revised(table: Path) -> None:
    pressed(adding(pasted(), "new"), "add_write")
    name = measures.read(table).codes.lists.names[-1]
    revised = pasted(NOTICE.replace("12月", "11月"))
    app = pressed(adding(revised, f"list:{name}"), "add_write")
    assert linked(app)["list"] == [name]


def linked(app: AppTest) -> dict[str, list[str]]:
    """The filters of the link to what was written."""
    (link,) = [link for link in app.get("page_link") if "写入的举措" in link.proto.label]
    return parse_qs(link.proto.query_string)


@pytest.mark.parametrize("choice", ["new", "copy"])
def test_after_writing_a_link_leads_to_what_is_new_on_the_board(table: Path, choice: str) -> None:
    text = NOTICE if choice == "new" else table.read_text("utf-8-sig").replace(",10月", ",11月")
    app = opened("intake")
    app.file_uploader[0].upload("list.csv" if choice == "copy" else "list.txt", text.encode())
    app = pressed(adding(run(app), choice), "add_write")
    name = measures.read(table).codes.lists.names[-1]
    assert linked(app).get("list") == ([name] if choice == "new" else None)


def test_nothing_changes_until_the_changes_were_looked_at(table: Path) -> None:
    before = table.read_bytes()
    app = adding(pasted(), "new")
    assert "新增 2 项，删去 0 项，改动 0 项；其余 0 项不变。" in [
        text.value.replace("\\", "") for text in app.markdown
    ]
    assert table.read_bytes() == before
    assert not run(app).button(key="add_write").disabled


def test_a_new_list_is_written_and_undone_and_written_again(table: Path) -> None:
    before = table.read_bytes()
    app = pressed(adding(pasted(), "new"), "add_write")
    assert "已写入" in app.success[0].value
    assert len(measures.read(table)) == 12
    app = undone(app)
    assert "已恢复" in app.success[0].value
    assert table.read_bytes() == before
    undone(app)
    assert len(measures.read(table)) == 12


def test_the_same_notice_again_is_pointed_out_and_can_be_added_as_a_revision(table: Path) -> None:
    pressed(adding(pasted(), "new"), "add_write")
    app = adding(pasted(NOTICE.replace("12月", "11月")), "new")
    assert app.error
    name = measures.read(table).codes.lists.names[-1]
    app = adding(app, f"list:{name}")
    assert "新增 0 项，删去 0 项，改动 1 项；其余 1 项不变。" in [
        text.value.replace("\\", "") for text in app.markdown
    ]
    [changes] = drawn(app)
    assert changes.heads == ["改动", "条目", "举措", "列", "原来", "改为"]
    assert changes.rows[0][1::2] == ["一（一）", "完成时限", "11月"]
    assert changes.column("原来") == ["12月"]
    pressed(app, "add_write")
    assert measures.read(table).rows["deadline"].tolist()[-2:] == ["11月", "尽快"]


def test_a_list_that_is_called_otherwise_is_said_to_be_renamed(table: Path) -> None:
    app = edited(pasted(), {"do": "name", "text": "新名"}, {"do": "year", "text": "2020"})
    adding(app, f"list:{measures.read(table).codes.lists.names[0]}")
    assert any("清单改名" in text.value and "新名" in text.value for text in app.markdown)


def test_a_revision_says_what_the_ledger_has_of_measures_that_go_and_keeps_the_list(
    table: Path,
) -> None:
    codes = measures.read(table).codes
    name, going = codes.lists.names[0], codes.ids[0].as_py()
    ledger = Ledger(place.of_table(table))
    of_list = About(name, "", date(2026, 2, 3))
    claim = acts.pause(replace(of_list, measure_id=going), "等资金到位")
    ledger.append([acts.start(of_list, MONTHLY), claim])
    app = adding(pasted(), f"list:{name}")
    (warning,) = [box.value.replace("\\", "") for box in app.warning]
    assert f"将删去的举措 {going} 在台账里有 1 条记录" in warning
    pressed(app, "add_write")
    renamed = ledger.events()[-1]
    assert renamed.kind == Kind.RENAMED
    assert renamed.list == measures.read(table).codes.lists.names[0]


def test_two_edits_in_a_copy_of_the_table_are_two_changes(table: Path) -> None:
    """One of them in a column of the office's own."""
    first, *lines = table.read_text("utf-8-sig").replace(",10月", ",11月").splitlines()
    pasted_lines = [f"{first},备注", f"{lines[0]},已部署", *(f"{line}," for line in lines[1:])]
    app = opened("intake")
    app.file_uploader[0].upload("copy.csv", "\n".join(pasted_lines).encode(), "text/csv")
    app = adding(run(app), "copy")
    assert "新增 0 项，删去 0 项，改动 2 项；其余 8 项不变。" in [
        text.value.replace("\\", "") for text in app.markdown
    ]
    assert [[row[n] for n in (1, 3, 4, 5)] for row in drawn(app)[0].rows] == [
        ["一（一）", "备注", "", "已部署"],
        ["二（一）", "完成时限", "10月", "11月"],
    ]
    pressed(app, "add_write")
    assert measures.read(table).rows["备注"].tolist() == ["已部署", *[""] * 9]


def test_an_undo_needs_no_draft_on_the_desk(table: Path) -> None:
    before = table.read_bytes()
    pressed(adding(pasted(), "new"), "add_write")
    undone(opened("intake"))
    assert table.read_bytes() == before


def is_saved(app: AppTest) -> bool:
    """Whether the draft on the desk stands in the table."""
    return bool(app.session_state["draft"].is_saved)


def test_a_draft_stands_in_the_table_until_it_is_edited_or_the_writing_undone(table: Path) -> None:
    app = pasted()
    assert not is_saved(app)
    app = pressed(adding(app, "new"), "add_write")
    assert is_saved(app)
    app = undone(app)
    assert not is_saved(app)
    app = pressed(adding(edited(app, {"do": "drop", "row": 0}), "new"), "add_write")
    assert is_saved(app)
    assert not is_saved(edited(app, {"do": "undo"}))


def test_a_list_without_changes_has_nothing_to_write(table: Path) -> None:
    pressed(adding(pasted(), "new"), "add_write")
    app = adding(pasted(), f"list:{measures.read(table).codes.lists.names[-1]}")
    assert app.button(key="add_write").disabled


def test_a_table_that_changed_meanwhile_is_planned_upon_anew(table: Path) -> None:
    app = adding(pasted(), "new")
    table.write_bytes(table.read_bytes().replace("张雷".encode(), "张磊".encode()))
    pressed(app, "add_write")
    assert app.error or app.success
    rows = measures.read(table).rows
    assert "张磊" in [name for names in rows["leaders"] for name in names]


def test_who_may_not_write_is_told_why_and_sees_no_button(
    table: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("BOARD_WRITES", "none")
    app = pasted()
    assert "BOARD_WRITES=all" in app.caption[-1].value.replace("\\", "")
    assert not [box for box in app.selectbox if box.key == "add_1"]
    assert table.read_bytes() == (ROOT / "data" / "measures.csv").read_bytes()


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_setting_that_is_unknown_is_named_and_lets_nobody_write(
    table: Path, monkeypatch: pytest.MonkeyPatch, language: str
) -> None:
    monkeypatch.setenv("BOARD_WRITES", "everybody")
    app = pasted(lang=language)
    assert "BOARD_WRITES=everybody" in app.warning[0].value.replace("\\", "")
    assert not [box for box in app.selectbox if box.key == "add_1"]


def test_who_comes_a_way_that_is_not_known_does_not_sit_here(
    table: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("BOARD_WRITES", "here")
    assert not [box for box in pasted().selectbox if box.key == "add_1"]


def test_a_file_that_cannot_be_read_is_not_read_again_with_every_run() -> None:
    app = opened("intake")
    app.file_uploader[0].upload("picture.docx", b"\x89PNG....", "image/png")
    run(app)
    refused = app.session_state["refused"]
    assert "PNG" in app.error[0].value
    assert app.file_uploader[0].value is None, "its place is empty again"
    run(app)
    assert app.session_state["refused"] is refused
    assert "PNG" in app.error[0].value
    app.file_uploader[0].upload("notice.txt", NOTICE.encode(), "text/plain")
    assert not run(app).error


class EndingPool(pool.Pool):
    """Processes of which each ends while it reads."""

    def ask(self, *_: object) -> NoReturn:
        raise pool.EndedError(pool.End.TOO_LONG)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_draft_that_takes_too_long_to_be_tried_says_so_and_stays(
    language: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    app = pasted(lang=language)
    monkeypatch.setattr(pool, "of_the_board", EndingPool())
    app.button(key="intake_preview").click()
    run(app)
    sentence = {"zh": "已经停止", "en": "was given up"}
    assert sentence[language] in app.error[0].value
    assert app.session_state["draft"].drawn.measures


def test_a_kept_draft_whose_edits_take_too_long_is_not_gone_on_with(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    on_desk: OnDesk = pasted().session_state["draft"]
    monkeypatch.setattr(pool, "of_the_board", EndingPool())
    with pytest.raises(BoardError, match="reading_too_long"):
        on_desk.go_on([{"n": 1, "do": "drop", "row": 0}])
    assert on_desk.drawn.measures == 2


def test_edits_of_two_runs_at_once_are_made_one_after_the_other(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Streamlit begins the next run while the one before still waits for its reading."""
    on_desk: OnDesk = pasted().session_state["draft"]
    drawn, is_reading = reader.drawn, threading.Event()

    def slowly(*arguments: Any) -> Drawn:
        is_reading.set()
        time.sleep(0.2)
        return drawn(*arguments)

    monkeypatch.setattr(reader, "drawn", slowly)
    first = {"n": 1, "do": "put", "row": 0, "field": "title", "text": "甲"}
    second = {"n": 2, "do": "put", "row": 1, "field": "title", "text": "乙"}
    run_before = threading.Thread(target=on_desk.take, args=([first],))
    run_before.start()
    is_reading.wait()
    on_desk.take([first, second])
    run_before.join()
    assert on_desk.draft.log == (first, second)
    assert json.loads(on_desk.drawn.message)["done"] == 2


@pytest.mark.parametrize("language", LANGUAGES)
def test_an_edit_that_takes_too_long_is_said_and_made_when_it_comes_again(
    language: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    app = pasted(lang=language)
    with monkeypatch.context() as patch:
        patch.setattr(pool, "of_the_board", EndingPool())
        app = edited(app, {"do": "drop", "row": 0})
    sentence = {"zh": "已经停止", "en": "was given up"}
    assert sentence[language] in app.error[0].value
    on_desk: OnDesk = app.session_state["draft"]
    assert on_desk.drawn.measures == 2
    app = edited(app, {"do": "drop", "row": 0})
    assert on_desk.drawn.measures == 1
    assert not app.error


def test_the_desk_speaks_the_language_that_the_reader_changes_to() -> None:
    app = pasted()
    assert "核对" in sent(app)["words"]["left"]
    app.query_params["lang"] = "en"
    assert "to check" in sent(run(app))["words"]["left"]


def sent(app: AppTest) -> Any:
    """What the desk was sent."""
    return json.loads(app.session_state["draft"].drawn.message)


# --- what a person says of lines ------------------------------------------------------------------

FLATTENED = """2026年重点工作
1／修一段路／工程科／6月底前
2／装二十盏灯／后勤科／全年
3／架一座桥／工程科／8月
"""
IS_TABLE = {"do": "table", "lines": [2, 4]}


def test_what_is_said_of_lines_reads_the_document_anew_and_can_be_undone() -> None:
    app = pasted(FLATTENED)
    assert "没有读出举措" in app.title[0].value
    app = edited(app, IS_TABLE)
    assert "读出 3 项举措" in app.title[0].value
    assert [row["due"] for row in sent(app)["rows"]] == ["2026-06-30", "2026-12-31", "2026-08-31"]
    app = edited(app, {**IS_TABLE, "cells": ["serial", "title", "leaders", "deadline"]})
    assert sent(app)["rows"][0]["cells"][3]["text"] == "工程科"
    app = edited(app, {"do": "undo"})
    assert sent(app)["rows"][0]["cells"][3]["text"] == ""
    app = edited(app, {"do": "undo"})
    assert "没有读出举措" in app.title[0].value
    assert not sent(app)["said"]


def test_edits_stay_where_the_same_rows_are_measures_and_else_are_said_to_be_lost() -> None:
    put = {"do": "put", "row": 1, "field": "title", "text": "装十盏灯"}
    app = edited(pasted(FLATTENED), IS_TABLE, put)
    app = edited(app, {**IS_TABLE, "cells": ["serial", "title", "leaders", "deadline"]})
    assert sent(app)["rows"][1]["cells"][2]["text"] == "装十盏灯"
    assert not app.warning
    app = edited(app, {"do": "table", "lines": [2, 3]})
    assert "1 处修改" in app.warning[0].value
    app = edited(app, {"do": "unsay", "item": 0})
    assert sent(app)["rows"] == []


def test_a_kept_draft_goes_on_with_what_was_said(table: Path) -> None:
    put = {"do": "put", "row": 1, "field": "title", "text": "装十盏灯"}
    app = edited(pasted(FLATTENED), IS_TABLE, put)
    on_desk: OnDesk = app.session_state["draft"]
    again = OnDesk.of(on_desk.source, {}, 1)
    again.go_on(on_desk.draft.log)
    assert again.drawn == on_desk.drawn


def test_pasted_cells_of_which_something_was_said_are_lines() -> None:
    text = FLATTENED.replace("／", "\t").removeprefix("2026年重点工作\n")
    app = edited(pasted(text), {"do": "table", "lines": [1, 3]})
    assert sent(app)["rows"][0]["cells"][2]["text"] == "修一段路"


# --- a table of one's own -----------------------------------------------------------------------------

OWN = """重点工作台账（2026年）
板块,干什么,谁负责,责任部门,何时
道路,修一段路,罗敏,工程科,6月底前
道路,装二十盏灯,罗敏,后勤科,全年
"""
TITLE = {"do": "column", "text": "干什么", "field": "title"}
LEADERS = {"do": "column", "text": "谁负责", "field": "leaders"}


def dropped(text: str = OWN, lang: str = "zh", name: str = "台账.csv") -> AppTest:
    app = opened("intake", lang=lang)
    app.file_uploader[0].upload(name, text.encode(), "text/csv")
    return run(app)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_table_of_unknown_headers_asks_what_its_columns_are(language: str) -> None:
    app = dropped(OWN.replace("板块", "方面").replace("责任部门", "谁办"), lang=language)
    sentence = {"zh": "每列的上方选它是什么", "en": "choose above each column"}
    assert sentence[language] in app.title[0].value
    assert sent(app)["tables"][0]["labels"] == ["方面", "干什么", "谁负责", "谁办", "何时"]


def test_choosing_a_column_reads_the_table_anew_and_can_be_undone() -> None:
    app = edited(dropped(), TITLE)
    assert "读出 2 项举措" in app.title[0].value
    before = sent(app)["rows"]
    app = edited(app, {"do": "column", "text": "何时", "field": "deadline"})
    assert [row["due"] for row in sent(app)["rows"]] == ["2026-06-30", "2026-12-31"]
    assert sent(edited(app, {"do": "undo"}))["rows"] == before


def test_what_a_person_has_changed_stays_when_a_column_is_chosen() -> None:
    app = edited(
        dropped(), TITLE, {"do": "put", "row": 1, "field": "title", "text": "装十盏灯"}, LEADERS
    )
    titles = [row["cells"][2]["text"] for row in sent(app)["rows"]]
    assert titles == ["修一段路", "装十盏灯"]
    assert not app.warning


def test_edits_of_rows_that_are_no_measures_any_more_are_said_to_be_lost(table: Path) -> None:
    text = OWN + ",,,,\n备注,,,,\n"
    app = edited(
        dropped(text.replace("责任部门", "谁办")),
        TITLE,
        {**LEADERS, "text": "谁办", "field": "departments"},
    )
    app = edited(app, {"do": "put", "row": 0, "field": "title", "text": "改了"})
    app = edited(app, {"do": "column", "text": "干什么", "field": ""})
    assert "1 处修改" in app.warning[0].value
    assert sent(app)["rows"] == []
    app = edited(app, TITLE)
    assert [row["cells"][2]["text"] for row in sent(app)["rows"]] == ["修一段路", "装二十盏灯"]


def test_a_kept_draft_goes_on_as_it_was_with_its_columns_and_what_fell_away(
    table: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    text = OWN.replace("责任部门", "谁办")
    app = edited(dropped(text), TITLE, {**LEADERS, "text": "谁办", "field": "departments"})
    app = edited(app, {"do": "put", "row": 0, "field": "title", "text": "改了"})
    app = edited(app, {**TITLE, "field": ""}, TITLE)
    app = edited(app, {"do": "put", "row": 1, "field": "title", "text": "又改了"})
    on_desk: OnDesk = app.session_state["draft"]
    measures.columns_path(table).unlink()
    again = OnDesk.of(on_desk.source, {}, 1)
    again.go_on(on_desk.draft.log)
    assert again.drawn == on_desk.drawn
    titles = [row["cells"][2]["text"] for row in json.loads(again.drawn.message)["rows"]]
    assert titles == ["修一段路", "又改了"]


def test_what_was_chosen_is_remembered_beside_the_table_for_the_same_header(table: Path) -> None:
    app = edited(dropped(), TITLE, {"do": "column", "text": "谁负责", "field": ""})
    remembered = measures.columns_path(table)
    assert '"干什么" = "举措"' in remembered.read_text("utf-8")
    assert '"谁负责" = "不采用"' in remembered.read_text("utf-8")
    assert not sent(app)["remembers_columns"]
    app = dropped(OWN.replace("干什么", " 干 什 么 "))
    assert "读出 2 项举措" in app.title[0].value


def test_a_file_of_columns_that_a_person_has_spoiled_is_no_obstacle(table: Path) -> None:
    remembered = measures.columns_path(table)
    for text in ("这不是 TOML", '"干什么" = "别的"\n"谁负责" = 3\n', "\udcff"):
        remembered.write_bytes(text.encode("utf-8", "surrogateescape"))
        assert "还没有读出举措" in dropped().title[0].value


def test_where_it_cannot_be_remembered_that_is_said_and_the_table_is_read(table: Path) -> None:
    remembered = measures.columns_path(table)
    remembered.write_bytes(b"")
    remembered.chmod(0o444)
    app = edited(dropped(), TITLE)
    assert "measures.columns.toml" in app.error[0].value.replace("\\", "")
    assert "读出 2 项举措" in app.title[0].value
    assert remembered.read_bytes() == b""


def test_where_writing_is_off_the_browser_remembers_the_columns(
    table: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("BOARD_WRITES", "none")
    app = edited(dropped(), TITLE)
    assert sent(app)["remembers_columns"]
    assert not measures.columns_path(table).exists()


def test_ones_own_table_stands_instead_of_the_sample_and_an_undo_brings_it_back(
    table: Path,
) -> None:
    sample = table.read_bytes()
    app = pressed(adding(edited(dropped(), TITLE), "instead"), "add_write")
    assert [*measures.read(table).rows["title"]] == ["修一段路", "装二十盏灯"]
    assert not measures.milestones_path(table).exists()
    assert "instead" not in app.selectbox(key="add_1").options
    undone(app)
    assert table.read_bytes() == sample


def test_a_table_that_is_no_sample_is_not_replaced_as_a_whole(table: Path) -> None:
    table.write_bytes(table.read_bytes() + b"\r\n")
    app = edited(dropped(), TITLE)
    assert len(app.selectbox(key="add_1").options) == 2


def test_a_table_that_cannot_be_read_may_be_replaced(table: Path) -> None:
    table.write_bytes("甲,乙\n1,2\n".encode())
    app = edited(dropped(), TITLE)
    assert app.selectbox(key="add_1").options[0] == "代替看板读不出的那张表"
    pressed(adding(app, "instead"), "add_write")
    assert len(measures.read(table)) == 2


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_workbook_is_not_written_and_what_stands_beside_it_is_said(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, language: str
) -> None:
    path = tmp_path / "list.xlsx"
    rows = [
        line.split(",")
        for line in (ROOT / "data" / "measures.csv").read_text("utf-8-sig").splitlines()
    ]
    path.write_bytes(as_bytes(of_rows({"举措": rows})))
    issued = path.read_bytes()
    monkeypatch.setenv("MEASURES", str(path))
    monkeypatch.setenv("BOARD_WRITES", "all")
    app = adding(pasted(lang=language), "new")
    sentence = {"zh": "不会被写", "en": "never written to"}
    assert sentence[language] in app.info[0].value
    app = pressed(app, "add_write")
    assert path.read_bytes() == issued
    assert len(measures.read(measures.written_path(path))) == 12
    assert any("list.board.csv" in text.value.replace("\\", "") for text in app.caption)
    assert "mended" in [button.proto.id.split("-")[-1] for button in app.get("download_button")]
    os.utime(path, (4_000_000_000, 4_000_000_000))
    behind = {"zh": "又改过", "en": "was changed after that"}
    while not run(app).warning:  # the files are looked at in the background
        pass
    assert behind[language] in app.warning[0].value
    undone(app)
    assert not measures.written_path(path).exists()
