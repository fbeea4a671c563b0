"""Whatever a click on a chart does, a select box or a table row does from the keyboard."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final
from urllib.parse import parse_qsl

import pytest
from playwright.sync_api import Page, expect

from tests.browser.board import settle
from tests.browser.charts import chart, click
from tests.browser.conftest import Look, Visit
from tests.browser.gate import in_gate
from tests.browser.reader import arrive, headline, path, query
from tests.browser.tables import in_table


def listed(page: Page) -> int:
    """How many measures the measures page says that it has."""
    captions = page.locator(".st-key-page [data-testid=stCaptionContainer]").all_inner_texts()
    return next(int(text.split()[0]) for text in captions if text[0].isdigit())


@pytest.mark.long  # test_marks.py has some of them
def test_every_card_opens_its_rows(visit: Visit) -> None:
    page = visit("")
    assert page.locator(".st-key-cards a >> visible=true").count() == 5
    for place in range(5):
        card = page.locator(".st-key-cards > *").nth(place)
        number = int(card.locator("strong >> visible=true").inner_text())
        box = card.bounding_box()
        assert box
        page.mouse.click(
            box["x"] + box["width"] - 5, box["y"] + 5
        )  # anywhere on the card, not only on its words
        arrive(page, "measures")
        assert listed(page) == number
        page.go_back()
        settle(page)


MARKS_MORE: Final = [
    ("", "departments", "pick=财务部&part=support", "departments", 4),
    ("leaders", "leaders", "pick=张雷&state=later", "leaders", 1),
    ("leaders", "lead", "pick=张雷&part=lead&beside=经济保障女工部", "leaders", 2),
    ("leaders", "support", "pick=张雷&part=support&beside=组宣部", "leaders", 2),
    ("departments", "departments", "pick=组宣部&part=lead", "departments", 8),
]


@pytest.mark.parametrize(
    ("on", "key", "data", "to", "number"),
    [
        ("", "months", "month=2020-08&count=due", "measures", 1),
        ("", "months", "month=2020-02", "measures", 0),
        ("", "leaders", "pick=张雷&state=passed", "leaders", 1),
        ("leaders", "months", "pick=张慧&month=2020-12&count=due", "leaders", 3),
        (
            *("departments", "months_support"),
            *("pick=财务部&month=2020-12&count=due&part=support", "departments", 2),
        ),
        ("departments", "together", "pick=组宣部&part=lead&beside=财务部", "departments", 4),
        ("timeline", "month_head", "month=2020-12&count=ongoing", "timeline", 3),
        *(pytest.param(*mark, marks=pytest.mark.long) for mark in MARKS_MORE),
    ],
)
def test_a_click_on_a_chart_opens_what_it_shows(
    visit: Visit, on: str, key: str, data: str, to: str, number: int
) -> None:
    page = visit(on, leader=["张慧", "张雷"])
    click(page, key, data)
    arrive(page, to, **dict(parse_qsl(data)))
    assert query(page)["leader"] == ["张慧", "张雷"]
    expect(page.locator("[data-testid=stAlert]")).to_have_count(0)
    if to == "measures":
        assert listed(page) == number
    else:
        expect(page.locator(".st-key-detail h3")).to_contain_text(f"{number} 项举措")


def test_what_is_opened_stands_right_below_what_was_clicked_and_a_second_click_closes_it(
    visit: Visit,
) -> None:
    page = visit("leaders")
    clicked = "pick=张慧&month=2020-12&count=due"
    click(page, "months", clicked)
    settle(page)
    grid = page.locator(".st-key-figure_months").bounding_box()
    detail = page.locator(".st-key-detail").bounding_box()
    assert grid
    assert detail
    assert 0 <= detail["y"] - (grid["y"] + grid["height"]) < 60
    heading = page.locator(".st-key-detail h3").bounding_box()
    assert heading
    assert 0 < heading["y"] < 900
    click(page, "months", clicked)
    settle(page)
    expect(page.locator(".st-key-detail")).to_have_count(0)
    assert not {"pick", "month", "at"} & set(query(page))


def test_a_click_on_a_measure_opens_it_over_the_page_which_stays_as_it_is(visit: Visit) -> None:
    page = visit("timeline", leader="张慧")
    click(page, "timeline", "measure=2020-2-2")
    settle(page)
    dialog = page.get_by_role("dialog")
    expect(dialog).to_contain_text("持续推进职工宣传教育阵地建设")
    expect(dialog).to_contain_text("命名职工书屋")
    assert query(page)["measure"] == ["2020-2-2"]
    page.keyboard.press("Escape")
    settle(page)
    expect(dialog).to_have_count(0)
    assert path(page) == "timeline"
    assert "measure" not in query(page)


@pytest.mark.parametrize("beside", ["left", "right"])
def test_a_name_and_a_total_beside_a_chart_are_marks_too(visit: Visit, beside: str) -> None:
    page = visit("leaders")
    box = chart(page, "leaders").bounding_box()
    assert box
    across = 12 if beside == "left" else box["width"] - 6
    page.mouse.move(box["x"] + across, box["y"] + 14)
    page.mouse.click(box["x"] + across, box["y"] + 14)
    page.wait_for_timeout(200)
    settle(page)
    assert query(page)["pick"] == ["张慧"]
    expect(page.locator(".st-key-detail h3")).to_contain_text("张慧：8 项举措")


def test_a_click_that_opens_another_page_keeps_all_that_narrows_the_view(visit: Visit) -> None:
    narrowed = {
        "q": ["学习"],
        "department": ["组宣部"],
        "role": ["lead"],
        "w": ["0.25"],
        "lang": ["en"],
    }
    page = visit("", **narrowed)
    click(page, "leaders", "pick=张慧&state=ongoing")
    arrive(page, "leaders")
    assert {name: query(page).get(name) for name in narrowed} == narrowed
    page.go_back()
    arrive(page, "")
    assert {name: query(page).get(name) for name in narrowed} == narrowed


def test_a_click_on_a_month_without_measures_shows_none(visit: Visit) -> None:
    page = visit("")
    click(page, "months", "month=2020-02")
    settle(page)
    assert listed(page) == 0


def scrolled(page: Page) -> float:
    """How far down the page is scrolled."""
    return float(page.evaluate("document.querySelector('[data-testid=stMain]').scrollTop"))


def test_a_finger_on_a_chart_scrolls_the_page_and_a_tap_picks(visit: Visit) -> None:
    page = visit("", width=390, height=500, has_touch=True)
    page.evaluate("document.querySelector('.st-key-months').scrollIntoView({block: 'center'})")
    box, devtools = (
        page.locator(".st-key-months").bounding_box(),
        page.context.new_cdp_session(page),
    )
    assert box
    before = scrolled(page)
    for kind, way in [("touchStart", 0), *(("touchMove", 12 * step) for step in range(1, 11))]:
        place = {"x": 200, "y": box["y"] + 90 - way}
        devtools.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": [place]})
        page.wait_for_timeout(16)
    devtools.send("Input.dispatchTouchEvent", {"type": "touchEnd", "touchPoints": []})
    page.wait_for_timeout(300)
    assert scrolled(page) > before + 60
    box = page.locator(".st-key-leaders").bounding_box()
    assert box
    page.touchscreen.tap(box["x"] + 100, box["y"] + 20)
    arrive(page, "leaders")


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_the_words_of_a_chart_have_the_colour_of_the_page(look: Look, theme: str) -> None:
    page = look("", "zh", theme)
    colours = page.locator(".st-key-months text, .st-key-page h1").evaluate_all(
        "found => [...new Set(found.map("
        "e => getComputedStyle(e)[e.tagName == 'H1' ? 'color' : 'fill']))]"
    )
    assert len(colours) == 1


def test_the_chart_stays_when_something_is_picked(visit: Visit) -> None:
    page = visit("departments")
    charts = page.locator("[data-testid=stPlotlyChart]").count()
    click(page, "departments", "pick=财务部&part=support")
    settle(page)
    assert page.locator("[data-testid=stPlotlyChart]").count() == charts
    expect(page.locator(".st-key-detail h3")).to_contain_text("财务部（配合）：4 项举措")
    page.locator(".st-key-pick_to_filter button").click()
    settle(page)
    assert query(page)["department"] == ["财务部"]
    assert "pick" not in query(page)
    assert headline(page)


# --- by keyboard ----------------------------------------------------------------------------------


def focused(page: Page) -> str:
    """What has the focus: the keys of the containers that it stands in, and its own words."""
    return str(
        page.evaluate(
            """() => {
              let found = [];
              const at = document.activeElement;
              for (let e = at; e; e = e.parentElement)
                found.push(...[...e.classList].filter(name => name.startsWith('st-key-')));
              const label = at.getAttribute('aria-label') || at.textContent || '';
              return found.join(' ') + ' ' + label.trim();
            }"""
        )
    )


def tabs(page: Page, limit: int = 80) -> Iterator[str]:
    """Press Tab again and again."""
    for _ in range(limit):
        page.keyboard.press("Tab")
        yield focused(page)


def tab_to(page: Page, key: str) -> None:
    assert any(f"st-key-{key}" in stop for stop in tabs(page)), f"Tab does not reach {key}"


@pytest.mark.parametrize(
    ("on", "name"), in_gate(1, [("leaders", "张雷"), ("departments", "市教科文卫体工会")])
)
def test_a_name_is_picked_from_the_keyboard(visit: Visit, on: str, name: str) -> None:
    page = visit(on)
    tab_to(page, "pick_shown")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    settle(page)
    assert query(page)["pick"] == [name]
    expect(page.locator(".st-key-detail")).to_be_visible()


def test_a_month_is_chosen_from_the_keyboard(visit: Visit) -> None:
    page = visit("timeline")
    tab_to(page, "month_shown")
    page.keyboard.type("12月")
    page.keyboard.press("Enter")
    settle(page)
    assert query(page)["month"] == ["2020-12"]
    expect(page.locator(".st-key-detail h3")).to_contain_text("7 项举措")


def test_a_card_is_followed_from_the_keyboard(visit: Visit) -> None:
    page = visit("")
    assert any("st-key-cards" in stop and "已过期限" in stop for stop in tabs(page))
    page.keyboard.press("Enter")
    settle(page)
    assert query(page)["state"] == ["passed"]
    assert listed(page) == 1


@pytest.mark.parametrize(
    ("on", "key", "to", "parameter"),
    in_gate(
        2,
        [
            ("", "months", "measures", ("month", "2020-01")),
            ("timeline", "timeline", "timeline", ("measure", "2020-3-2")),
            ("", "leaders", "leaders", ("pick", "张慧")),
            ("leaders", "lead", "leaders", ("pick", "张慧")),
        ],
    ),
)
def test_the_table_behind_a_chart_opens_what_the_chart_opens(
    visit: Visit, on: str, key: str, to: str, parameter: tuple[str, str]
) -> None:
    page = visit(on)
    tab_to(page, f"{key}_table")
    page.keyboard.press("Enter")
    settle(page)
    expect(page.locator(f".st-key-{key}_rows")).to_be_visible()
    choose_row(page, f"{key}_rows")
    arrive(page, to, **dict([parameter]))


def test_a_row_of_the_measures_is_picked_from_the_keyboard(visit: Visit) -> None:
    page = visit("measures")
    choose_row(page, "rows", down=2)
    assert query(page)["pick"] == ["2020-1-3"]
    expect(page.locator(".st-key-detail")).to_be_visible()


def choose_row(page: Page, key: str, down: int = 0) -> None:
    """Tab past a table's heads into its rows, go down some of them, and choose."""
    tab_to(page, key)
    for _ in range(20):
        if in_table(page) == "row":
            break
        page.keyboard.press("Tab")
    for stroke in ["ArrowDown"] * down + ["Enter"]:
        page.keyboard.press(stroke)
    settle(page)
