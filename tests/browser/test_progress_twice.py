"""What must be recorded once: a double click, two tabs, and a connection that breaks while somebody writes."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Final
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, Page, expect

from lib.ledger import acts, place
from lib.ledger.acts import About
from lib.ledger.events import Cadence, Kind, Month, Started
from lib.ledger.names import Name
from lib.ledger.store import Ledger
from tests.browser.board import serving, settle
from tests.browser.conftest import Visit
from tests.browser.office import PATIENCE, act, submit
from tests.browser.relay import Relay
from tests.office_day import office_day
from tests.tables import table_of

TODAY: Final = office_day()
BOOKS: Final = f"{TODAY.year}-1-1"
LIST: Final = f"{TODAY.year} · 重点工作"
ROWS: Final = f"{BOOKS},{TODAY.year},重点工作,一,一（一）,建成职工书屋,张慧,组宣部、办公室,12月底前"


@pytest.fixture
def own(tmp_path: Path) -> Path:
    return table_of(tmp_path, ROWS)


@pytest.fixture
def address(own: Path) -> Iterator[str]:
    """A board whose list is followed since this month."""
    rule = Started(Cadence.MONTH, 31, Month.SAME, f"{TODAY.year}-{TODAY.month:02}")
    ledger(own).append([acts.start(About(LIST, "", TODAY), rule)])
    with serving(own) as address:
        yield address


def ledger(own: Path) -> Ledger:
    return Ledger(place.of_table(own))


def kinds(own: Path) -> list[str]:
    """What was recorded of the measure."""
    return [event.kind for event in ledger(own).of_measure(Name(LIST, BOOKS))]


@pytest.fixture
def desk(visit: Visit, address: str) -> Page:
    return visit("progress", address=address, first=True, lang="zh", measure=BOOKS)


def test_a_double_click_is_one_entry(desk: Page, own: Path) -> None:
    desk.get_by_role("button", name="本期无新进展").dblclick()
    expect(desk.get_by_text("已记入台账。")).to_be_visible(timeout=PATIENCE)
    settle(desk)
    act(desk, "申请延期")
    desk.locator(".st-key-acts textarea").fill("等资金到位")
    desk.get_by_role("button", name="记入台账").dblclick()
    expect(desk.get_by_text("已记入台账。")).to_be_visible(timeout=PATIENCE)
    settle(desk)
    assert kinds(own) == [Kind.REPORTED, Kind.EXTENSION_ASKED]


def test_of_two_tabs_the_later_one_is_told_that_it_is_closed(
    desk: Page, visit: Visit, address: str, own: Path
) -> None:
    act(desk, "同意销号")
    other = visit("progress", address=address, first=True, lang="zh", measure=BOOKS)
    act(other, "取消")
    other.locator(".st-key-acts textarea").fill("合并")
    submit(desk)
    expect(desk.get_by_text("✔ 已销号").first).to_be_visible(timeout=PATIENCE)
    submit(other)
    expect(other.get_by_text("已销号").first).to_be_visible(timeout=PATIENCE)
    assert kinds(own) == [Kind.CLOSED]


@pytest.fixture
def alone(chrome: Browser) -> Iterator[Page]:
    """A page of a browser of its own, whose errors are not looked at: it loses its server."""
    with closing(chrome.new_context(locale="zh-CN")) as context:
        yield context.new_page()


def test_what_is_typed_outlives_a_connection_that_breaks(
    alone: Page, address: str, own: Path
) -> None:
    with closing(Relay(urlsplit(address).port or 0)) as relay:
        alone.goto(f"http://127.0.0.1:{relay.port}/progress?lang=zh&measure={BOOKS}")
        settle(alone)
        act(alone, "报送进展")
        done = alone.get_by_label("做法成效")
        expect(done).to_be_visible(timeout=PATIENCE)
        done.fill("已选定三个点位。")
        relay.cut()
        expect(done).to_be_disabled(timeout=PATIENCE)
        relay.mend()
        expect(done).to_be_enabled(timeout=PATIENCE)
        expect(done).to_have_value("已选定三个点位。")
        submit(alone)
        expect(alone.get_by_text("已记入台账。")).to_be_visible(timeout=PATIENCE)
    assert kinds(own) == [Kind.REPORTED]
    assert "已选定三个点位。" in ledger(own).events()[-1].body
