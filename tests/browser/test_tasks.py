"""What people come for each morning: how many clicks it takes, on a county's list in a small window.

`pytest tests/browser/test_tasks.py -m browser -rP --log-level=INFO` says how long each takes.
"""

from __future__ import annotations

import io
import logging
import time
from collections.abc import Iterator
from typing import Final

import openpyxl
import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.board import serving, settle
from tests.browser.charts import place
from tests.browser.conftest import Visit
from tests.counties import county_list

LOG: Final = logging.getLogger(__name__)
DAY: Final = "2026-08-20"
UNIT: Final = "青石县人民政府办公室"


class Hand:
    """A reader's hand, which begins on the overview; its clicks are counted."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.clicks = 0
        self.began = time.monotonic()

    def click(self, target: Locator) -> None:
        """Click what is in the window."""
        expect(target).to_be_in_viewport(ratio=0.9)
        box = target.bounding_box()
        assert box
        self._click_at(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)

    def click_mark(self, key: str, query: str, *, scroll: bool = False) -> None:
        """Click the mark of a chart that opens something. scroll: whether to look for it further down."""
        self._click_at(*place(self.page, key, query, scroll=scroll))

    def click_name(self, key: str, name: str) -> None:
        """Click a name beside a chart."""
        names = self.page.locator(
            f".st-key-{key} .yaxislayer-above text, .st-key-{key} .ytick text"
        )
        self.click(names.filter(has_text=name))

    def click_card(self, words: str) -> None:
        """Click a card of the overview."""
        self.click(self.page.locator(".st-key-cards a >> visible=true").filter(has_text=words))

    def _click_at(self, x: float, y: float) -> None:
        size = self.page.viewport_size
        assert size
        assert 0 < y < size["height"], "it is out of sight"
        self.page.mouse.move(x - 1, y)
        self.page.mouse.move(x, y)
        self.page.wait_for_timeout(80)  # Plotly hears a click where it has seen the pointer
        self.page.mouse.click(x, y)
        self.clicks += 1
        self.page.wait_for_timeout(200)
        settle(self.page)

    def done(self) -> int:
        """How many clicks it took; the time is logged."""
        LOG.info("%d clicks, %.1f s", self.clicks, time.monotonic() - self.began)
        return self.clicks


@pytest.fixture(scope="module")
def county(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a board over a county's list, which says whose it is."""
    with serving(county_list(tmp_path_factory.mktemp("county")), BOARD_UNIT=UNIT) as address:
        yield address


@pytest.fixture
def hand(visit: Visit, county: str) -> Hand:
    return Hand(visit("", address=county, as_of=DAY, width=1366, height=768))


def in_sight(page: Page, text: str) -> None:
    expect(page.get_by_text(text).first).to_be_in_viewport()


def test_whose_board_it_is_takes_no_click(hand: Hand) -> None:
    in_sight(hand.page, UNIT)
    in_sight(hand.page, "2026年政府工作报告重点任务分工")
    assert hand.done() == 0


def test_what_a_leader_carries_takes_one_click(hand: Hand) -> None:
    hand.click_name("leaders", "王秀英")
    in_sight(hand.page, "王秀英：32 项举措")
    assert hand.done() == 1


def test_what_is_late_takes_one_click(hand: Hand) -> None:
    hand.click_card("已过期限")
    in_sight(hand.page, "12 项举措")
    assert hand.done() == 1


def test_the_next_30_days_as_a_workbook_take_two_clicks(hand: Hand) -> None:
    hand.click_card("未来 30 天到期")
    button = hand.page.locator(".st-key-download_xlsx button")
    with hand.page.expect_download() as download:
        hand.click(button)
    sheet = openpyxl.load_workbook(io.BytesIO(download.value.path().read_bytes())).active
    assert sheet is not None
    days = [cell.value for row in sheet.iter_rows() for cell in row if cell.is_date]
    assert days
    assert {f"{day:%Y-%m}" for day in days} <= {"2026-08", "2026-09"}
    assert hand.done() == 2


def test_what_a_department_has_in_december_takes_two_clicks(hand: Hand) -> None:
    hand.click_mark("departments", "pick=县财政局&part=lead", scroll=True)
    hand.click_mark("months_lead", "pick=县财政局&month=2026-12&count=due&part=lead", scroll=True)
    in_sight(hand.page, "县财政局（牵头） · 2026年12月")
    assert hand.done() == 2


def test_a_leader_s_sheet_for_the_printer_takes_two_clicks(hand: Hand) -> None:
    hand.click_name("leaders", "王秀英")
    hand.click(hand.page.locator(".st-key-paper_open button"))
    in_sight(hand.page, "王秀英：32 项举措")
    expect(hand.page.locator(".st-key-paper_sheet")).to_be_visible()
    assert hand.done() == 2
