"""A draft outlives its page: reloaded, killed, cut off from the server, until it is saved, thrown
away, or seven days old.
"""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from typing import Final
from urllib.parse import urlsplit

import psutil
import pytest
from playwright.sync_api import Browser, BrowserContext, Dialog, Locator, Page, expect

from tests.browser.axe import violations
from tests.browser.board import FLAGS, ROOT, browser_path, free_port, serving, settle
from tests.browser.conftest import Visit
from tests.browser.reader import write_draft
from tests.browser.relay import Relay

NOTICE: Final = """沙河区总工会办公室关于印发《2024年服务职工工作清单》的通知
（一）开展建会行动。（责任领导：王明；责任部门：组织部；完成时限：12月）
（二）规范换届。（责任领导：李晓；责任部门：组织部；完成时限：尽快）
（三）培训干部。（责任领导：李晓；责任部门：教育部；完成时限：10月）
"""
TITLE: Final = 2


# --- what a person does ---------------------------------------------------------------------------


def bring(page: Page, name: str = "notice.txt") -> None:
    """Put a file on the desk."""
    page.locator("input[type=file]").set_input_files(
        {"name": name, "mimeType": "text/plain", "buffer": NOTICE.encode()}
    )
    expect(page.locator(".stMainBlockContainer")).to_contain_text(name)
    expect(titles(page)).to_have_count(3)


def titles(page: Page) -> Locator:
    return page.locator(f".sheet tbody tr > td:nth-of-type({TITLE + 1})")


def write(page: Page, row: int, text: str) -> None:
    """Write over a title."""
    titles(page).nth(row).click()
    page.keyboard.insert_text(text)
    page.keyboard.press("ArrowDown")


def drop(page: Page, row: int) -> None:
    titles(page).nth(row).click()
    page.keyboard.press("Control+Shift+Backspace")


def names(page: Page) -> Locator:
    """The names of the drafts that are offered."""
    return page.locator(".offers .name")


def go_on(page: Page, name: str = "notice.txt") -> None:
    """Go on with the first draft of a name."""
    draft = page.locator(".offers li", has_text=name).first
    draft.get_by_role("button", name="继续").click()
    titles(page).first.wait_for()


# --- what the browser keeps -----------------------------------------------------------------------

DATABASE: Final = """
  const answered = (request) => new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
  const database = await answered(indexedDB.open("measure-board"));
  const table = (name) => database.transaction(name, "readwrite").objectStore(name);
"""
COUNTS: Final = f"""async () => {{ {DATABASE}
  const names = ["drafts", "sources", "edits"];
  const counts = await Promise.all(names.map((name) => answered(table(name).count())));
  database.close();
  return counts;
}}"""
MORE: Final = f"""async (changes) => {{ {DATABASE}
  const [record] = await answered(table("drafts").getAll());
  for (const change of changes) await answered(table("drafts").put({{ ...record, ...change }}));
  database.close();
}}"""
NOTHING: Final = (0, 0, 0)


def wait_until_kept(page: Page, drafts: int, sources: int, edits: int) -> None:
    """Until the browser keeps so much."""
    for _ in range(100):
        if tuple(page.evaluate(COUNTS)) == (drafts, sources, edits):
            return
        page.wait_for_timeout(50)
    raise TimeoutError(page.evaluate(COUNTS))


def questions(page: Page) -> list[str]:
    """What the browser asks from now on."""
    asked: list[str] = []

    def answer(dialog: Dialog) -> None:
        asked.append(dialog.type)
        dialog.accept()

    page.on("dialog", answer)
    return asked


# --- reloaded, killed, cut off --------------------------------------------------------------------


def test_after_a_reload_the_draft_is_offered_and_goes_on_where_it_was_left(visit: Visit) -> None:
    page = visit("intake", timezone_id="Asia/Shanghai")
    asked = questions(page)
    bring(page)
    drop(page, 0)
    write(page, 0, "按期换届")
    wait_until_kept(page, 1, 1, 2)
    page.reload()
    expect(names(page)).to_have_text(["notice.txt"])
    now = page.evaluate("new Date().toLocaleString('sv-SE').slice(0, 13)")
    expect(page.locator(".offers li")).to_contain_text(now)
    expect(page.locator(".offers li")).to_contain_text("改动 2 步")
    go_on(page)
    expect(titles(page)).to_have_text(["按期换届", "培训干部"])
    page.get_by_role("button", name="撤销").click()
    expect(titles(page)).to_have_text(["规范换届", "培训干部"])
    wait_until_kept(page, 1, 1, 3)
    page.reload()
    expect(names(page)).to_have_text(["notice.txt"])
    assert asked == []


def test_what_is_being_written_is_taken_along(visit: Visit) -> None:
    page = visit("intake")
    asked = questions(page)
    page.get_by_role("textbox", name="或者把文字粘贴到这里").fill(NOTICE)
    page.get_by_role("button", name="读取").click()
    expect(page.locator(".keeping")).to_contain_text("草稿保留在本浏览器中")
    titles(page).first.click()
    page.keyboard.insert_text("写到一半")
    page.reload()
    go_on(page, "粘贴的文字")
    expect(titles(page)).to_have_text(["写到一半", "规范换届", "培训干部"])
    assert asked == []


def test_a_browser_that_is_killed_offers_the_draft_when_it_is_opened_again(
    chrome: Browser, board: str, tmp_path: Path
) -> None:
    def opened() -> BrowserContext:
        return chrome.browser_type.launch_persistent_context(
            tmp_path, executable_path=browser_path(), args=FLAGS, locale="zh-CN"
        )

    page = opened().pages[0]
    page.goto(f"{board}/intake")
    bring(page)
    write(page, 0, "建会")
    wait_until_kept(page, 1, 1, 1)
    kill_browser_of(tmp_path)
    with closing(opened()) as context:
        page = context.pages[0]
        page.goto(f"{board}/intake")
        go_on(page)
        expect(titles(page)).to_have_text(["建会", "规范换届", "培训干部"])


def kill_browser_of(folder: Path) -> None:
    """Kill the browser that keeps its data in a folder, with all of its processes."""
    processes = [
        process
        for process in psutil.process_iter(["cmdline"])
        if f"--user-data-dir={folder}" in (process.info["cmdline"] or ())
    ]
    assert processes
    for process in processes:
        process.kill()
    psutil.wait_procs(processes, 10)


@pytest.fixture
def alone(chrome: Browser) -> Iterator[Page]:
    """A page of a browser of its own, whose errors are not looked at: it loses its server."""
    with closing(chrome.new_context(locale="zh-CN")) as context:
        yield context.new_page()


@pytest.mark.long
def test_what_is_written_while_the_server_is_away_is_there_when_it_is_back(alone: Page) -> None:
    port = free_port()
    with serving(port=port) as address:
        alone.goto(f"{address}/intake")
        bring(alone)
        write(alone, 0, "建会")
        wait_until_kept(alone, 1, 1, 1)
    write(alone, 1, "按期换届")
    write(alone, 2, "培训")
    wait_until_kept(alone, 1, 1, 3)
    with serving(port=port):
        go_on(alone)
        expect(titles(alone)).to_have_text(["建会", "按期换届", "培训"])


def test_what_is_changed_during_a_lost_connection_is_made_when_it_is_back(
    alone: Page, board: str
) -> None:
    with closing(Relay(urlsplit(board).port or 0)) as relay:
        alone.goto(f"http://127.0.0.1:{relay.port}/intake")
        bring(alone)
        wait_until_kept(alone, 1, 1, 0)
        relay.cut()
        drop(alone, 0)
        wait_until_kept(alone, 1, 1, 1)
        expect(titles(alone)).to_have_count(3)
        relay.mend()
        expect(titles(alone)).to_have_text(["规范换届", "培训干部"])


# --- until it is saved, thrown away, or too old ---------------------------------------------------


def test_a_draft_that_is_saved_is_kept_no_longer_until_it_is_edited(
    tmp_path: Path, visit: Visit
) -> None:
    for name in ("measures.csv", "measures.milestones.csv"):
        shutil.copy(ROOT / "data" / name, tmp_path / name)
    with serving(tmp_path / "measures.csv") as address:
        page = visit("intake", address=address)
        bring(page)
        wait_until_kept(page, 1, 1, 0)
        write_draft(page, "作为一份新的清单", "新增")
        expect(page.locator(".keeping")).to_contain_text("已写入看板的表")
        wait_until_kept(page, *NOTHING)
        drop(page, 0)
        wait_until_kept(page, 1, 1, 1)


def test_a_draft_that_is_thrown_away_is_gone(visit: Visit) -> None:
    page = visit("intake")
    bring(page)
    wait_until_kept(page, 1, 1, 0)
    page.get_by_role("button", name="丢弃").click()
    page.get_by_role("button", name="确定丢弃").click()
    expect(page.locator(".desk")).to_have_count(0)
    expect(page.get_by_role("button", name="读取")).to_be_visible()
    wait_until_kept(page, *NOTHING)
    expect(page.locator(".offers")).to_be_empty()


@pytest.mark.long
def test_a_draft_that_is_offered_can_be_thrown_away(visit: Visit) -> None:
    page = visit("intake")
    bring(page)
    wait_until_kept(page, 1, 1, 0)
    page.reload()
    page.get_by_role("button", name="丢弃").dblclick()
    expect(names(page)).to_have_text(["notice.txt"])  # a double click is asked as well
    page.get_by_role("button", name="确定丢弃").click()
    expect(page.locator(".offers")).to_be_empty()
    wait_until_kept(page, *NOTHING)


@pytest.mark.long
def test_what_is_too_old_or_unreadable_is_dropped(visit: Visit) -> None:
    page = visit("intake")
    bring(page)
    wait_until_kept(page, 1, 1, 0)
    eight_days_ago = page.evaluate("Date.now()") - 8 * 24 * 60 * 60 * 1000
    others: list[dict[str, object]] = [
        {"key": "old", "begun": eight_days_ago},
        {"key": "of another version", "format": 0},
        {"key": "without name", "name": None},
        {"key": "without time", "begun": "<b>"},
    ]
    page.evaluate(MORE, others)
    wait_until_kept(page, 5, 1, 0)
    page.reload()
    expect(names(page)).to_have_text(["notice.txt"])
    wait_until_kept(page, 1, 1, 0)


@pytest.mark.long
def test_a_draft_in_place_of_another_leaves_that_to_be_gone_on_with(visit: Visit) -> None:
    page = visit("intake")
    bring(page, "first.txt")
    drop(page, 0)
    expect(titles(page)).to_have_count(2)
    page.get_by_role("button", name="换一份文件").click()
    bring(page, "second.txt")
    wait_until_kept(page, 2, 2, 1)
    page.get_by_role("button", name="换一份文件").click()
    expect(names(page)).to_have_text(["first.txt"])
    go_on(page, "first.txt")
    expect(titles(page)).to_have_count(2)


# --- two tabs -------------------------------------------------------------------------------------


@pytest.mark.long
def test_two_tabs_keep_their_drafts_though_both_go_on_with_one(visit: Visit) -> None:
    first = visit("intake")
    bring(first)
    write(first, 0, "甲")
    wait_until_kept(first, 1, 1, 1)
    second = visit("intake")
    go_on(second)
    write(second, 1, "乙")
    wait_until_kept(second, 1, 1, 2)
    write(first, 1, "丙")
    wait_until_kept(first, 2, 2, 4)
    second.close()
    first.reload()
    expect(names(first)).to_have_text(["notice.txt", "notice.txt"])
    go_on(first)
    expect(titles(first)).to_have_text(["甲", "丙", "培训干部"])
    first.get_by_role("button", name="换一份文件").click()
    go_on(first)
    expect(titles(first)).to_have_text(["甲", "乙", "培训干部"])


# --- where nothing is kept ------------------------------------------------------------------------


def test_on_a_server_for_others_nothing_is_kept_until_the_reader_ticks_it(visit: Visit) -> None:
    with serving(BOARD_HOSTS="board.example") as address:
        page = visit("intake", address=address.replace("127.0.0.1", "board.example"))
        asked = questions(page)
        tick = page.get_by_role("checkbox", name="在本浏览器中保留草稿")
        bring(page)
        write(page, 0, "甲")
        settle(page)
        expect(tick).not_to_be_checked()
        wait_until_kept(page, *NOTHING)
        tick.check()
        wait_until_kept(page, 1, 1, 1)
        write(page, 1, "乙")
        wait_until_kept(page, 1, 1, 2)
        page.reload()
        go_on(page)
        expect(titles(page)).to_have_text(["甲", "乙", "培训干部"])
        expect(tick).to_be_checked()
        tick.uncheck()
        wait_until_kept(page, *NOTHING)
        assert asked == []
        page.reload()
        assert asked == ["beforeunload"]


def without_database(page: Page) -> None:
    page.add_init_script("Object.defineProperty(window, 'indexedDB', { value: undefined })")


def without_room(page: Page) -> None:
    origin = "{0.scheme}://{0.netloc}".format(urlsplit(page.url))
    browser = page.context.new_cdp_session(page)
    browser.send("Storage.overrideQuotaForOrigin", {"origin": origin, "quotaSize": 1})


@pytest.mark.parametrize(
    "prevent", [without_database, pytest.param(without_room, marks=pytest.mark.long)]
)
def test_a_browser_that_keeps_nothing_says_so_and_asks_before_it_goes(
    visit: Visit, prevent: Callable[[Page], None]
) -> None:
    page = visit("intake")
    prevent(page)
    page.reload()
    asked = questions(page)
    bring(page)
    expect(page.locator(".keeping")).to_contain_text("存不了草稿")
    drop(page, 0)
    expect(titles(page)).to_have_count(2)
    page.reload()
    assert asked == ["beforeunload"]


# --- for everybody --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("theme", "lang"), [("light", "zh"), pytest.param("dark", "en", marks=pytest.mark.long)]
)
def test_the_offers_fit_a_phone_and_axe_finds_no_violation(
    visit: Visit, theme: str, lang: str
) -> None:
    page = visit("intake", lang=lang, color_scheme=theme, width=390, height=844, bypass_csp=True)
    bring(page, f"{'很长的文件名' * 10}.txt")
    wait_until_kept(page, 1, 1, 0)
    page.reload()
    expect(names(page)).to_have_count(1)
    settle(page)
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    assert violations(page) == []
