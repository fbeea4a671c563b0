"""What a reader gets: downloads, one language at a time, small screens, and names that look like
code as they are.
"""

from __future__ import annotations

import io
import re
from pathlib import Path
from typing import Final

import openpyxl
import pytest
from playwright.sync_api import Page, expect

from lib import measures
from tests.browser.axe import violations
from tests.browser.board import serving, settle
from tests.browser.charts import chart
from tests.browser.conftest import PAGES, Look, Visit
from tests.browser.gate import in_gate
from tests.browser.reader import downloaded, headline, query
from tests.tables import HOSTILE, thirty_mistakes

ROOT: Final = Path(__file__).resolve().parent.parent.parent


# --- downloads ------------------------------------------------------------------------------------


@pytest.mark.parametrize("button", ["下载 CSV", "下载 Excel"])
def test_a_download_says_its_filters_and_reads_back_as_a_table(
    visit: Visit, button: str, tmp_path: Path
) -> None:
    page = visit("measures", leader="张雷", q="劳模")
    path = downloaded(page, button, tmp_path)
    assert path.stem == "measures-责任领导 张雷 搜索 劳模-2020-09-15"
    top = _top(path)
    assert "2020年9月15日" in top
    assert "责任领导：张雷" in top
    assert "搜索：劳模" in top
    table = measures.read(path)
    assert table.problems == ()
    assert table.rows["measure_id"].tolist() == ["2020-3-1"]
    assert table.rows["departments"].tolist() == ["经济保障女工部，市教科文卫体工会、组宣部"]


def _top(path: Path) -> str:
    """What stands above the header row."""
    if path.suffix == ".csv":
        data = path.read_bytes()
        assert data.startswith(b"\xef\xbb\xbf")
        return data.decode("utf-8-sig").partition("编号,")[0]
    sheet = openpyxl.load_workbook(io.BytesIO(path.read_bytes())).worksheets[0]
    return "\n".join(str(row[0]) for row in sheet.iter_rows(max_row=3, values_only=True))


# --- languages ------------------------------------------------------------------------------------

# All words that are seen, heard or shown on hover, those of our components too.
_WORDS = """() => {
  const found = [document.body.innerText];
  for (const element of document.querySelectorAll('*'))
    for (const part of element.shadowRoot?.children ?? [])
      if (part instanceof HTMLElement) found.push(part.innerText ?? '');
  for (const text of document.querySelectorAll('.main-svg text')) found.push(text.textContent);
  for (const name of ['aria-label', 'title', 'placeholder', 'alt', 'data-title'])
    for (const element of document.querySelectorAll(`[${name}]`))
      if (element.checkVisibility()) found.push(element.getAttribute(name));
  return found;
}"""
# Streamlit's own, in English whatever we do (1.67): the name of a drawing.
STREAMLIT_S: Final = frozenset(("expand_more",))
NOT_WORDS: Final = {"English", "CSV", "Excel", "PNG", "w", "p"}


def latin_words(page: Page) -> set[str]:
    """Latin words on a page that are neither ours by intent nor Streamlit's own."""
    lines = [
        line
        for text in page.evaluate(_WORDS)
        for line in text.splitlines()
        if line.strip() not in STREAMLIT_S
    ]
    return {word for line in lines for word in re.findall(r"[A-Za-z]{2,}", line)} - NOT_WORDS


@pytest.mark.parametrize("name", PAGES)
def test_no_english_is_left_in_the_chinese_interface(look: Look, name: str) -> None:
    page = look(name)
    assert latin_words(page) == set()


def test_an_open_filter_offers_its_names_and_no_english(visit: Visit) -> None:
    page = visit("")
    page.locator(".st-key-filters_open label").click()
    page.locator(".st-key-leader input").first.click()
    expect(page.get_by_role("option")).to_have_text(["张慧", "张雷"])


@pytest.mark.parametrize("name", PAGES)
def test_no_chinese_of_ours_is_left_in_the_english_interface(look: Look, name: str) -> None:
    page = look(name, "en", "dark")
    data = "".join(
        (ROOT / "data" / file).read_text("utf-8-sig")
        for file in ("measures.csv", "measures.milestones.csv")
    )
    texts = "\n".join(page.evaluate(_WORDS))
    assert {word for word in re.findall("[㐀-鿿]+", texts) if word not in data} <= {"中文"}


def test_the_switch_changes_the_language_of_everything_at_once(visit: Visit) -> None:
    page = visit("timeline", leader="张慧")
    assert "8月" in chart(page, "month_head").inner_text()
    page.get_by_role("radio", name="English").click()
    settle(page)
    expect(page.locator("html")).to_have_attribute("lang", "en")
    assert "lang=en" in page.url
    assert "Aug" in chart(page, "month_head").inner_text()
    assert (
        "Leader: 张慧"
        in page.locator(".st-key-page [data-testid=stCaptionContainer]").first.inner_text()
    )
    page.reload()
    settle(page)
    expect(page.locator("html")).to_have_attribute("lang", "en")


def test_what_is_chosen_outlives_a_change_of_the_language_and_is_said_in_it(visit: Visit) -> None:
    chosen = {"state": "later", "month": "2020-12", "sort": "-due", "role": "support"}
    page = visit("measures", department="财务部", **chosen)
    page.get_by_role("radio", name="English").click()
    settle(page)
    expect(page.locator(".st-key-state_shown input")).to_have_value("Due later")
    expect(page.locator(".st-key-rows [aria-sort]")).to_have_text("Due")
    page.locator(".st-key-filters_open label").click()
    settle(page)
    assert {key: query(page)[key] for key in chosen} == {
        key: [value] for key, value in chosen.items()
    }
    expect(page.locator("[data-testid=stAlert]")).to_have_count(0)


def test_the_tools_of_a_chart_speak_the_reader_s_language(visit: Visit) -> None:
    page = visit("")
    chart(page, "leaders").hover()
    titles = page.locator(".st-key-leaders .modebar-btn").evaluate_all(
        "all => all.map(e => e.dataset.title)"
    )
    assert not any(re.search("[A-Za-z]{2,}", title.replace("PNG", "")) for title in titles if title)


# --- small screens --------------------------------------------------------------------------------


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("name", PAGES)
def test_nothing_is_wider_than_a_telephone(look: Look, name: str, lang: str) -> None:
    page = look(name, lang, "dark" if lang == "en" else "light")
    page.set_viewport_size({"width": 390, "height": 844})
    settle(page)
    widths = page.evaluate(
        "[document.scrollingElement, document.querySelector('[data-testid=stMain]')]"
        ".map(e => e.scrollWidth)"
    )
    page.set_viewport_size({"width": 1366, "height": 900})
    settle(page)
    assert max(widths) <= 390


@pytest.mark.parametrize("name", in_gate(1, ["departments", "leaders", "measures"]))
def test_a_telephone_shows_all_words_of_the_box_to_pick_from(visit: Visit, name: str) -> None:
    page = visit(name, lang="en", width=390, height=844)
    page.locator(".st-key-filters_open label").click()  # what there is to choose is folded
    settle(page)
    fields = page.locator(".st-key-choices, .st-key-pick_shown").evaluate_all(
        "all => all.map(e => e.clientWidth)"
    )
    assert fields[0] == fields[1]


def test_the_choices_of_a_long_table_stand_in_one_row(visit: Visit, long: str) -> None:
    page = visit(
        "measures", address=long, lang="en", width=1351, height=768
    )  # 1366 less a scroll bar
    buttons = page.locator("[class*=st-key-download_] button")
    assert len({*buttons.evaluate_all("all => all.map(e => e.getBoundingClientRect().top)")}) == 1


# --- a table that looks like code -----------------------------------------------------------------

# Those that are one name each: / ; and the like part names in a cell. Titles have them all.
NAMES: Final = [text for text in HOSTILE if len(text) < 100 and not set("/;，,、|") & set(text)]


def squeezed(text: str) -> str:
    """Without what is not seen: white space, control characters, marks of direction."""
    return re.sub(r"[\s\x00-\x1f\u202a-\u202e\u2066-\u2069\u200b\u2060]", "", text)


# What markup, links, formulas, directives and icons in the data would become.
MADE: Final = (
    "b",
    "i",
    "em",
    "code",
    "img[src=x]",
    ".katex",
    "[href*='example.invalid']",
    "[style*='color: red']",
    "hr",
)


def nothing_ran(page: Page) -> None:
    assert page.evaluate("window.hacked") is None
    traces = [
        selector
        for selector in MADE
        if page.locator(f".st-key-page {selector}, .st-key-bar {selector}").count()
    ]
    assert traces == []


@pytest.mark.parametrize("name", in_gate(2, PAGES))
def test_nothing_of_a_hostile_table_runs(visit: Visit, hostile: str, name: str) -> None:
    page = visit(name, address=hostile, pick="h3" if name == "measures" else "")
    assert headline(page)
    nothing_ran(page)


@pytest.mark.parametrize(
    ("name", "key"),
    in_gate(1, [("timeline", "timeline"), ("leaders", "leaders"), ("departments", "departments")]),
)
def test_charts_write_hostile_names_as_they_are(
    visit: Visit, hostile: str, name: str, key: str
) -> None:
    short = [text for text in HOSTILE if len(text) < 100]
    page = visit(name, address=hostile, lane="section", open=short)
    written = squeezed(
        "".join(
            chart(page, key)
            .locator(".main-svg text")
            .evaluate_all("all => all.map(e => e.textContent)")
        )
    )
    texts = short if name == "timeline" else NAMES
    assert [text for text in texts if squeezed(text) not in written] == []


@pytest.mark.parametrize("text", in_gate(1, NAMES))
def test_a_hostile_name_can_be_picked_and_filtered(visit: Visit, hostile: str, text: str) -> None:
    page = visit("leaders", address=hostile, pick=text)
    expect(page.locator("[data-testid=stAlert]")).to_have_count(0)
    assert squeezed(text) in squeezed(page.locator(".st-key-detail h3").inner_text())
    page.locator(".st-key-pick_to_filter button").click()
    settle(page)
    assert squeezed(text) in squeezed(
        page.locator(".st-key-page [data-testid=stCaptionContainer]").first.inner_text()
    )
    nothing_ran(page)


def test_the_list_of_problems_shows_hostile_values_as_they_are(visit: Visit, hostile: str) -> None:
    page = visit("", address=hostile)
    page.locator(".st-key-problems button").click()
    settle(page)
    intro = page.get_by_role("dialog").locator("[data-testid=stCaptionContainer]").first
    assert "<b>${x}**[a](http:x).csv" in squeezed(intro.inner_text())
    nothing_ran(page)


def test_the_problems_are_read_whole_and_scrolled_from_the_keyboard(
    visit: Visit, tmp_path: Path
) -> None:
    with serving(thirty_mistakes(tmp_path)) as address:
        page = visit("", address=address, width=390, bypass_csp=True)
        page.locator(".st-key-filters_open label").click()
        page.locator(".st-key-problems button").click()
        settle(page)
        dialog = page.get_by_role("dialog")
        expect(dialog.get_by_role("listitem")).to_have_count(30)
        for part in (dialog, dialog.get_by_role("list")):
            assert part.evaluate("part => part.scrollWidth <= part.clientWidth")
        assert violations(page) == []
        dialog.get_by_role("listitem").first.locator("> *").focus()
        page.keyboard.press("End")
        expect(dialog.get_by_role("listitem").last).to_be_in_viewport()
