"""Problems are mended where they are listed: opened, typed over, saved, undone, by mouse and by keyboard."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from playwright.sync_api import Page, expect

from tests.browser.axe import violations
from tests.browser.board import serving, settle
from tests.tables import table_of

Visit = Callable[..., Page]

ROWS = """
1,2026,防汛要点,一,1,清理河道淤泥,周全,工程科,资金到位后
2,2026,防汛要点,一,2,汛期每日巡堤,,工程科,8月
3,2026,防汛要点,一,3,储备沙袋,周全,工程科,6月底前
"""


def to_the_list(page: Page) -> None:
    page.locator(".st-key-problems button").click()
    settle(page)


def save(page: Page) -> None:
    page.get_by_role("dialog").get_by_role("button", name="保存").click()
    expect(page.get_by_text("上一版留在旁边")).to_be_visible()
    settle(page)


def test_two_cells_are_mended_from_the_list_of_problems(visit: Visit, tmp_path: Path) -> None:
    path = table_of(tmp_path, ROWS)
    before = path.read_text("utf-8")
    with serving(path) as address:
        page = visit("", address=address)
        to_the_list(page)
        dialog = page.get_by_role("dialog")
        dialog.get_by_role("button", name="资金到位后").click()
        settle(page)
        day = dialog.get_by_role("group", name="止（给定）改为")
        day.get_by_role("spinbutton").first.click()
        page.keyboard.type("20260615")
        save(page)
        dialog.get_by_role("button", name="责任领导").click()
        settle(page)
        dialog.get_by_label("责任领导改为").fill("周全")
        save(page)
        expect(dialog.get_by_text("没有问题了")).to_be_visible()
        after = before.replace("巡堤,,", "巡堤,周全,").splitlines()
        days = ["止", "2026-06-15", "", ""]
        mended = [f"{line},{day}" for line, day in zip(after, days, strict=True)]
        assert path.read_text("utf-8-sig").splitlines() == mended
        dialog.get_by_role("button", name="撤销上次写入").click()
        settle(page)
        dialog.get_by_role("button", name="换回", exact=True).click()
        settle(page)
        expect(dialog.get_by_role("listitem")).to_have_count(1)
        assert "巡堤,," in path.read_text("utf-8-sig")


def test_a_problem_is_mended_from_the_keyboard_on_a_phone(visit: Visit, tmp_path: Path) -> None:
    path = table_of(tmp_path, ROWS)
    with serving(path) as address:
        page = visit("", address=address, width=390, bypass_csp=True)
        page.locator(".st-key-filters_open label").click()
        to_the_list(page)
        dialog = page.get_by_role("dialog")
        dialog.get_by_role("listitem").first.get_by_role("button").focus()
        page.keyboard.press("ArrowDown")
        page.keyboard.press("Enter")
        settle(page)
        assert violations(page) == []
        assert dialog.evaluate("part => part.scrollWidth <= part.clientWidth")
        leader = dialog.get_by_label("责任领导改为")
        leader.fill("周全")
        leader.press("Enter")
        expect(page.get_by_text("上一版留在旁边")).to_be_visible()
        assert "巡堤,周全," in path.read_text("utf-8-sig")
        page.keyboard.press("Escape")
        expect(dialog).to_have_count(0)
