"""A notice from drag and drop to the board, as a person does it: mouse, keyboard, small screens,
both languages.
"""

from __future__ import annotations

import csv
import io
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Final
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Page, expect

from lib import measures
from tests.browser.axe import violations
from tests.browser.board import ROOT, serving, settle
from tests.browser.conftest import Visit
from tests.browser.gate import in_gate
from tests.browser.reader import downloaded, undo_writing, write_draft
from tests.real_board import bytes_held
from tests.tables import HOSTILE

NOTICE: Final = """沙河区总工会办公室关于印发《2024年服务职工工作清单》的通知
各基层工会：
一、建强组织
（一）开展建会行动。6月份申报职工书屋4个。（责任领导：王明；责任部室：组织部，办公室、财务部；完成时限：12月）
（二）规范换届。（责任领导：李晓；责任部门：组织部、机关党委；完成时限：尽快）
（三）培训干部。由组织部牵头，教育部配合，10月底前完成。
二、服务职工
（一）送清凉。（责任领导：王明、李晓；责任部门：权益部；完成时限：8月）
沙河区总工会办公室
"""
TITLE, DEADLINE = 2, 6
Read = Callable[..., Page]


@pytest.fixture
def read(visit: Visit) -> Read:
    """The desk with a notice on it."""

    def opened(text: str = NOTICE, **query: object) -> Page:
        page = visit("intake", **query)
        page.locator("input[type=file]").set_input_files(
            {"name": "notice.txt", "mimeType": "text/plain", "buffer": text.encode()}
        )
        page.locator(".desk .sheet").wait_for()
        settle(page)
        return page

    return opened


def port_of(page: Page) -> int:
    """The port of the board that a page belongs to."""
    return urlsplit(page.url).port or 0


def column(page: Page, field: int) -> list[str]:
    return [
        text.split("\n")[0]
        for text in page.locator(f".sheet tbody tr > td:nth-of-type({field + 1})").all_inner_texts()
    ]


def cell(page: Page, row: int, field: int) -> None:
    page.locator(".sheet tbody tr").nth(row).locator("td").nth(field).click()


def press(page: Page, *keys: str) -> None:
    for key in keys:
        page.keyboard.press(key)
    settle(page)


def test_what_was_read_stands_beside_the_document_and_the_first_doubt_is_chosen(read: Read) -> None:
    page = read()
    assert column(page, TITLE) == ["开展建会行动", "规范换届", "培训干部", "送清凉"]
    expect(page.locator(".paper .chosen")).to_have_text("尽快")
    expect(page.locator(".slip .why")).to_contain_text("时限写法读不出日期")
    expect(page.locator(".bar .left")).to_have_text("1 处待核对")


def test_a_cell_shows_the_words_that_it_was_read_from_and_why(read: Read) -> None:
    page = read()
    cell(page, 2, 4)
    expect(page.locator(".paper .chosen")).to_have_text("组织部")
    expect(page.locator(".slip .why")).to_contain_text("正文写明牵头、负责或配合")
    page.locator(".paper mark.deadline", has_text="10月底前").click()
    expect(page.locator(".sheet td[aria-selected='true']")).to_contain_text("2024-10-31")


def test_a_mouse_drops_a_file(visit: Visit) -> None:
    page = visit("intake")
    dropped = page.evaluate_handle(
        """text => {
          const data = new DataTransfer();
          data.items.add(new File([text], "notice.txt", { type: "text/plain" }));
          return data;
        }""",
        NOTICE,
    )
    zone = page.locator(".st-key-drop section")
    zone.dispatch_event("dragenter", {"dataTransfer": dropped})
    zone.dispatch_event("drop", {"dataTransfer": dropped})
    page.locator(".desk .sheet td").first.wait_for()
    assert len(column(page, TITLE)) == 4


def test_the_queue_is_worked_through_by_keyboard(read: Read) -> None:
    page = read(NOTICE.replace("8月", "有空时"))
    page.locator(".sheet .pen").focus()
    press(page, "F8")
    expect(page.locator(".paper .chosen")).to_have_text("有空时")
    press(page, "Shift+F8")
    expect(page.locator(".paper .chosen")).to_have_text("尽快")
    press(page, "F2", "Control+a")
    page.keyboard.type("11月底前")
    press(page, "Enter")
    expect(page.locator(".paper .chosen")).to_have_text("有空时")
    press(page, "Enter")
    expect(page.locator(".bar .left")).to_have_text("没有待核对的")
    expect(page.locator("h1")).to_contain_text("全部核对完毕")
    assert column(page, DEADLINE)[1] == "11月底前"


def test_rows_are_merged_dropped_added_and_brought_back_by_keyboard(read: Read) -> None:
    page = read()
    cell(page, 0, TITLE)
    press(page, "Control+Shift+M")
    assert column(page, TITLE) == ["开展建会行动；规范换届", "培训干部", "送清凉"]
    press(page, "Control+z")
    press(page, "Control+Shift+Backspace")
    assert column(page, TITLE) == ["规范换届", "培训干部", "送清凉"]
    press(page, "Control+z")
    press(page, "Control+Shift+Enter")
    page.keyboard.type("职工体检")
    press(page, "Enter")
    assert column(page, TITLE) == ["开展建会行动", "职工体检", "规范换届", "培训干部", "送清凉"]


def test_a_title_is_split_where_the_cursor_stands(read: Read) -> None:
    page = read()
    cell(page, 0, TITLE)
    press(page, "F2", "Home", "ArrowRight", "ArrowRight", "Control+Enter")
    assert column(page, TITLE)[:2] == ["开展", "建会行动"]


def test_a_day_is_given_beside_a_deadline_that_says_none(read: Read) -> None:
    page = read()
    cell(page, 0, DEADLINE)
    assert page.locator(".slip input[type=date]").count() == 0
    cell(page, 1, DEADLINE)
    page.locator(".slip input[type=date]").fill("2024-05-31")
    settle(page)
    row = page.locator(".sheet tbody tr").nth(1)
    assert row.locator("td").nth(DEADLINE).inner_text().split("\n") == ["尽快", "2024-05-31"]
    assert "由人给定" in page.locator(".slip .why").inner_text()


def test_an_edit_that_was_not_meant_is_left_with_escape(read: Read) -> None:
    page = read()
    cell(page, 0, TITLE)
    press(page, "F2")
    page.keyboard.type("不要")
    press(page, "Escape", "ArrowDown")
    assert column(page, TITLE)[0] == "开展建会行动"


def test_typing_on_a_cell_writes_it_and_changes_no_row(read: Read) -> None:
    page = read()
    cell(page, 0, TITLE)
    page.keyboard.type("maming")
    expect(page.locator(".sheet .pen")).to_have_class("pen writing")
    expect(page.locator(".slip textarea")).to_have_value("maming")
    assert column(page, TITLE)[0] == "开展建会行动", "nothing is taken over before its time"
    press(page, "ArrowDown")
    page.keyboard.type("换届")
    press(page, "Enter")
    assert column(page, TITLE) == ["maming", "换届", "培训干部", "送清凉"]
    press(page, "Control+z")
    assert column(page, TITLE) == ["maming", "规范换届", "培训干部", "送清凉"]


def test_a_row_that_goes_takes_what_was_being_written_in_it_along(read: Read) -> None:
    page = read()
    cell(page, 0, TITLE)
    page.keyboard.type("建会")
    press(page, "Control+Shift+Backspace")
    expect(page.locator(".sheet .pen")).to_have_class("pen")
    assert column(page, TITLE) == ["规范换届", "培训干部", "送清凉"]
    press(page, "Control+z")
    assert column(page, TITLE)[0] == "建会"
    page.keyboard.type("开展")
    press(page, "Control+Shift+M", "ArrowDown")
    assert column(page, TITLE) == ["开展；规范换届", "培训干部", "送清凉"]


def test_what_is_typed_on_a_cell_is_left_with_escape_or_gone_on_with(read: Read) -> None:
    page = read()
    cell(page, 0, TITLE)
    page.keyboard.type("不要")
    press(page, "Escape")
    assert column(page, TITLE)[0] == "开展建会行动"
    page.keyboard.type("开展")
    press(page, "F2")
    page.keyboard.type("行动")
    press(page, "Enter")
    assert column(page, TITLE)[0] == "开展行动"


def test_a_word_of_the_input_method_is_ended_by_its_own_keys(read: Read) -> None:
    """Enter and arrows choose among the words that it offers, and are no keys of the sheet."""
    page = read()
    cell(page, 0, TITLE)
    typing = page.context.new_cdp_session(page)
    typing.send("Input.imeSetComposition", {"text": "jian", "selectionStart": 4, "selectionEnd": 4})
    expect(page.locator(".sheet .pen")).to_have_class("pen writing")
    page.locator(".sheet .pen").evaluate(
        """pen => ["Enter", "ArrowDown", "Escape"].forEach(key => pen.dispatchEvent(
             new KeyboardEvent("keydown", { key, isComposing: true, bubbles: true })))"""
    )
    expect(page.locator(".sheet .pen")).to_have_value("jian")
    typing.send("Input.insertText", {"text": "建会"})
    press(page, "Enter")
    assert column(page, TITLE)[0] == "建会"


def test_delete_empties_a_cell_and_a_copy_is_the_whole_cell(read: Read) -> None:
    page = read()
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    cell(page, 0, TITLE)
    press(page, "Control+c")
    assert page.evaluate("navigator.clipboard.readText()") == "开展建会行动"
    press(page, "Delete")
    assert column(page, TITLE)[0] in {"", "?"}
    press(page, "Control+v", "Enter")
    assert column(page, TITLE)[0] == "开展建会行动"


def test_an_answer_that_comes_while_somebody_writes_takes_nothing_away(read: Read) -> None:
    page = read()
    cell(page, 0, DEADLINE)
    page.keyboard.type("9月")
    page.keyboard.press("ArrowUp")
    cell(page, 0, TITLE)
    page.keyboard.type("建会")  # while Python answers the first
    settle(page)
    expect(page.locator(".sheet .pen")).to_have_value("建会")
    press(page, "Enter")
    assert column(page, TITLE)[0] == "建会"
    assert column(page, DEADLINE)[0].startswith("9月")


def test_fast_edits_are_all_made_in_their_order(read: Read) -> None:
    page = read()
    cell(page, 0, TITLE)
    for _ in range(3):
        page.keyboard.press("Control+Shift+Backspace")
    settle(page)
    assert column(page, TITLE) == ["送清凉"]
    for _ in range(3):
        page.keyboard.press("Control+z")
    settle(page)
    assert column(page, TITLE) == ["开展建会行动", "规范换届", "培训干部", "送清凉"]


def listeners(page: Page) -> dict[str, int]:
    """How many listeners of the kinds that the desk needs the window has."""
    counts: dict[str, int] = page.context.new_cdp_session(page).send(
        "Runtime.evaluate",
        {
            "expression": """
              Object.fromEntries(["pointerup", "pointercancel", "beforeunload"].map(
                (kind) => [kind, (getEventListeners(window)[kind] ?? []).length]))""",
            "includeCommandLineAPI": True,
            "returnByValue": True,
        },
    )["result"]["value"]
    return counts


def test_a_new_draft_leaves_no_listeners_behind(read: Read) -> None:
    page = read()
    first = listeners(page)
    for name in ("second", "third", "fourth"):
        page.get_by_role("button", name="换一份文件").click()
        settle(page)
        page.locator("input[type=file]").set_input_files(
            {"name": f"{name}.txt", "mimeType": "text/plain", "buffer": NOTICE.encode()}
        )
        expect(page.locator(".stMainBlockContainer")).to_contain_text(f"{name}.txt")
        settle(page)
    assert listeners(page) == first
    cell(page, 0, TITLE)
    press(page, "Control+Shift+Backspace")
    assert column(page, TITLE) == ["规范换届", "培训干部", "送清凉"]


def test_another_page_has_no_listeners_of_the_desk_and_the_way_back_has_them_once(
    read: Read,
) -> None:
    page = read()
    on_desk = listeners(page)
    page.get_by_role("link", name="总览").first.click()
    settle(page)
    assert all(listeners(page)[kind] < count for kind, count in on_desk.items())
    page.get_by_role("link", name="导入").first.click()
    page.locator(".desk .sheet td").first.wait_for()
    settle(page)
    assert listeners(page) == on_desk


LONG: Final = "\n".join(
    ["2024年服务职工工作清单", "一、建强组织"]
    + [
        f"（{number}）开展第{number}项行动。（责任领导：王明；责任部门：组织部；完成时限：12月）"
        for number in range(1, 121)
    ]
)


def test_a_long_table_is_turned_page_by_page(read: Read) -> None:
    page = read(LONG)
    assert len(column(page, TITLE)) == 50
    page.get_by_role("button", name="后 50 行").click()
    assert column(page, TITLE)[0] == "开展第51项行动"
    expect(page.locator(".sheet .pages")).to_contain_text("2 / 3")
    cell(page, 0, TITLE)
    press(page, "ArrowUp")
    assert column(page, TITLE)[-1] == "开展第50项行动"
    expect(page.locator(".paper .chosen")).to_have_text("开展第50项行动")
    expect(page.get_by_role("button", name="前 50 行")).to_be_disabled()


DRAWN: Final = """key => {
  const host = [...document.querySelectorAll("*")].find(
    node => node.shadowRoot?.querySelector(".desk"));
  const desk = host.shadowRoot.querySelector(".desk");
  const observer = new MutationObserver(() => {});
  observer.observe(desk, { childList: true, subtree: true });
  const pen = desk.querySelector(".pen");
  pen.dispatchEvent(new KeyboardEvent("keydown", { key, bubbles: true }));
  const isPen = ({ addedNodes, removedNodes }) => [...addedNodes, ...removedNodes].includes(pen);
  const drawn = observer.takeRecords().filter(record => !isPen(record)).map(({ target }) =>
    ["sheet", "paper", "slip", "bar"].find(part => target.closest("." + part)));
  observer.disconnect();
  return [...new Set(drawn)];
}"""


def test_a_key_that_moves_draws_only_the_slip(read: Read) -> None:
    """The rest is 50 rows and 400 paragraphs: a key would take ten times as long."""
    page = read(LONG)
    cell(page, 0, TITLE)
    assert page.evaluate(DRAWN, "ArrowDown") == ["slip"]
    assert page.evaluate(DRAWN, "ArrowRight") == ["slip"]


def test_text_that_was_not_placed_is_made_a_measure(read: Read) -> None:
    page = read()
    page.locator(".loose summary").click()
    page.locator(".loose li", has_text="各基层工会").get_by_role("button", name="转为举措").click()
    settle(page)
    assert column(page, TITLE)[0] == "各基层工会："


def test_contradictions_lead_to_their_place(read: Read) -> None:
    page = read()
    page.locator(".notes summary").click()
    page.locator(".notes li", has_text="责任部室").get_by_role("button").click()
    expect(page.locator(".paper .shown")).to_contain_text("责任部室")


def test_the_board_is_tried_on_the_draft_and_the_way_back_finds_the_draft(read: Read) -> None:
    page = read()
    cell(page, 0, TITLE)
    press(page, "Control+Shift+Backspace")
    page.get_by_role("button", name="在看板上试看").click()
    settle(page)
    expect(page.locator("h1")).to_contain_text("3 项举措")
    expect(page.locator(".st-key-preview")).to_contain_text("notice.txt")
    page.get_by_role("link", name="导入").first.click()
    settle(page)
    assert len(column(page, TITLE)) == 3
    page.get_by_role("button", name="结束试看").click()
    settle(page)
    page.get_by_role("link", name="总览").first.click()
    settle(page)
    expect(page.locator("h1")).to_contain_text("10 项举措")


@pytest.mark.parametrize("button", ["下载 CSV", "下载 Excel"])
def test_the_download_reads_back_as_what_stands_on_the_desk(
    read: Read, button: str, tmp_path: Path
) -> None:
    page = read()
    table = measures.read(downloaded(page, button, tmp_path))
    assert table.rows["title"].tolist() == column(page, TITLE)
    assert table.rows["lead_departments"].iloc[2] == ["组织部"]


def test_a_document_that_looks_like_code_is_shown_as_written(read: Read) -> None:
    names = [text for text in HOSTILE if len(text) < 100]
    out = io.StringIO()
    csv.writer(out).writerows(
        [["序号", "举措", "责任领导", "责任部门", "完成时限"]]
        + [[str(number), f"{text}举措", text, text, "8月"] for number, text in enumerate(names, 1)]
    )
    page = read(out.getvalue())
    desk = page.locator(".desk").inner_text()
    for text in ("<script>window.hacked=1</script>", "<b>粗</b>", "**星号**", "$x^2$", ":red[红]"):
        assert text in desk
    assert page.evaluate("window.hacked === undefined")
    assert page.locator(".desk :is(b:has-text('粗'), img, a, script)").count() == 0


def test_what_is_read_is_not_held_by_the_server(read: Read) -> None:
    assert bytes_held(port_of(read())) == 0


def test_what_cannot_be_read_is_said_and_the_page_goes_on_asking(visit: Visit) -> None:
    page = visit("intake")
    for name, data, sentence in (
        ("old.doc", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "旧版 Word"),
        ("picture.txt", b"\x89PNG\r\n\x1a\n" + b"\0" * 100, "picture.txt"),
    ):
        page.locator("input[type=file]").set_input_files(
            {"name": name, "mimeType": "application/octet-stream", "buffer": data}
        )
        expect(page.get_by_role("alert")).to_contain_text(sentence)
        assert bytes_held(port_of(page)) == 0


@pytest.mark.parametrize(
    ("theme", "lang"),
    in_gate(2, [("light", "zh"), ("dark", "en"), ("light", "en"), ("dark", "zh")]),
)
def test_axe_finds_no_violation(read: Read, lang: str, theme: str) -> None:
    page = read(lang=lang, color_scheme=theme, bypass_csp=True)
    page.locator(".loose summary").click()
    assert violations(page) == []


def test_the_page_before_a_document_has_no_violation(visit: Visit) -> None:
    assert violations(visit("intake", bypass_csp=True)) == []


def test_a_phone_shows_the_desk_one_below_the_other(read: Read) -> None:
    page = read(width=390, height=844)
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    expect(page.locator(".sheet td[aria-selected='true']")).to_be_in_viewport()


def test_a_notice_goes_into_the_table_and_out_again(tmp_path: Path, visit: Visit) -> None:
    for name in ("measures.csv", "measures.milestones.csv"):
        shutil.copy(ROOT / "data" / name, tmp_path / name)
    with serving(tmp_path / "measures.csv") as address:
        page = visit("intake", address=address)
        page.locator("input[type=file]").set_input_files(
            {"name": "notice.txt", "mimeType": "text/plain", "buffer": NOTICE.encode()}
        )
        page.locator(".desk .sheet td").first.wait_for()
        settle(page)
        write_draft(page, "作为一份新的清单", "新增 4 项")
        expect(page.locator(".st-key-adding")).to_contain_text("已写入")
        page.get_by_role("link", name="总览").first.click()
        settle(page)
        expect(page.locator("h1")).to_contain_text("4 项举措，2024年12月到期 1 项")
        page.get_by_role("link", name="导入").first.click()
        settle(page)
        undo_writing(page)
        assert (tmp_path / "measures.csv").read_bytes() == (
            ROOT / "data" / "measures.csv"
        ).read_bytes()


# --- what is not understood is said once ----------------------------------------------------------

INTRODUCTION: Final = (
    "现将2026年重点工作安排如下，请各科室认真组织实施，于每月底前报送进展，年底统一验收并通报结果，"
    "未按期完成的书面说明原因，由办公室汇总后报机关党委。"
)
FLATTENED: Final = f"2026年重点工作\n{INTRODUCTION}\n" + "\n".join(
    f"{number}／{work}／{leader}／{office}／各科室／{when}"
    for number, (work, leader, office, when) in enumerate(
        [
            ("开展重大危险源排查", "张慧", "应急办", "6月底前"),
            ("修订干部培训方案", "李强", "组织部", "8月"),
            ("建设职工书屋4个", "王明", "宣传部", "全年"),
            ("推进老旧小区电梯加装", "赵敏", "住建局", "10月底前"),
        ]
        * 3,
        1,
    )
)


def said(page: Page) -> list[str]:
    """The words that were said, as the desk lists them."""
    return page.locator(".saying li").evaluate_all("all => all.map(one => one.firstChild.data)")


def test_a_flattened_table_is_a_board_after_three_clicks(read: Read) -> None:
    page = read(FLATTENED)
    lines = page.locator(".paper p[data-line]")
    lines.nth(2).click()
    lines.nth(13).click(modifiers=["Shift"])
    expect(page.locator(".saying [role=status]")).to_have_text("已选 12 行")
    assert page.evaluate("String(getSelection())") == ""
    page.get_by_role("button", name="这是一张表").click()
    expect(page.locator(".sheet tbody tr")).to_have_count(12)
    assert column(page, TITLE)[:2] == ["开展重大危险源排查", "修订干部培训方案"]
    assert said(page) == ["第 3–14 行 这是一张表"]
    page.get_by_label("“各科室”是").select_option("other")
    expect(page.locator(".sheet tbody tr").first.locator("td").nth(5)).to_have_text("")
    page.locator(".saying").get_by_role("button", name="收回").click()
    expect(page.locator("h1")).to_contain_text("没有读出举措")
    page.get_by_role("button", name="撤销").click()
    expect(page.locator("h1")).to_contain_text("读出 12 项举措")


def test_lines_are_picked_and_said_to_be_measures_by_keyboard(read: Read) -> None:
    page = read("2026年要点\n一、建强组织\n新建工会20家。\n规范换届选举。\n还要做好台账。\n")
    page.locator(".paper .pick").first.focus()
    press(page, "ArrowDown", "ArrowDown", "Shift+ArrowDown")
    expect(page.locator(".paper .pick:checked")).to_have_count(2)
    page.get_by_role("button", name="每段是一项举措").press("Enter")
    expect(page.locator(".sheet tbody tr")).to_have_count(2)
    assert column(page, TITLE) == ["新建工会20家", "规范换届选举"]
    expect(page.locator(".saying li button")).to_be_focused()
    page.get_by_role("button", name="选中原文的行").press("Enter")
    page.locator(".paper .pick").last.press("Space")
    page.get_by_role("button", name="属于上一项举措").press("Enter")
    expect(page.locator(".paper p.said")).to_have_count(3)
    assert said(page) == ["第 3–4 行 每段是一项举措", "第 5 行 属于上一项举措"]
    press(page, "Control+z", "Control+z")
    expect(page.locator("h1")).to_contain_text("没有读出举措")


def test_a_finger_picks_a_run_of_lines(read: Read) -> None:
    page = read(FLATTENED, width=390)
    lines = page.locator(".paper p[data-line]")
    lines.nth(2).click()
    page.get_by_role("button", name="连选到").click()
    lines.nth(13).click()
    expect(page.locator(".saying [role=status]")).to_have_text("已选 12 行")
    page.get_by_role("button", name="不选").click()
    expect(page.locator(".paper .pick:checked")).to_have_count(0)


def test_a_header_that_was_not_understood_is_said_and_leads_to_its_lines(read: Read) -> None:
    page = read("通知\n序号\n工作任务\n责任单位\n完成时限\n甲\n乙\n丙\n丁乙\n")
    page.get_by_role("button", name="像是表头").click()
    expect(page.locator(".paper .shown")).to_have_text("序号")


@pytest.mark.parametrize(("lang", "theme"), in_gate(1, [("zh", "light"), ("en", "dark")]))
def test_axe_finds_no_violation_where_lines_are_picked(read: Read, lang: str, theme: str) -> None:
    page = read(FLATTENED, lang=lang, color_scheme=theme, bypass_csp=True)
    page.locator(".paper .pick").nth(2).click()
    assert violations(page) == []
    page.locator(".saying button.main").first.click()
    page.locator(".saying li select").first.wait_for()
    settle(page)
    assert violations(page) == []
