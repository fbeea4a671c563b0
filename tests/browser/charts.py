"""Clicks on a chart as a reader makes them: on the place where a bar or a mark is drawn."""

from __future__ import annotations

from playwright.sync_api import Page

# Where the shape with some customdata is drawn, in pixels of the window; null where there is none.
_PLACE = """(chart, wanted) => {
  const shapes = chart.querySelectorAll('.js-plotly-plot .trace .point');
  for (const shape of shapes) {
    const trace = shape.closest('.trace').__data__;
    const data = (Array.isArray(trace) ? trace[0].trace : trace.trace).customdata || [];
    const point = shape.__data__;
    const value = data[point.i ?? point.index];
    if (String(Array.isArray(value) ? value[0] : value) !== wanted) continue;
    shape.scrollIntoView({block: 'center'});  // a timeline may be taller than the window
    const box = shape.getBoundingClientRect();
    if (box.width < 2 || box.height < 2) continue;
    return [box.x + box.width / 2, box.y + box.height / 2];
  }
  return null;
}"""


def chart(page: Page, key: str):
    """The chart with a key, scrolled into view."""
    found = page.locator(f".st-key-{key} [data-testid=stPlotlyChart]")
    found.scroll_into_view_if_needed()
    return found


def click(page: Page, key: str, data: str) -> None:
    """Click where the chart draws what carries this customdata."""
    place = chart(page, key).evaluate(_PLACE, data)
    assert place, f"{key} draws nothing for {data}"
    page.mouse.move(place[0] - 1, place[1])
    page.mouse.move(*place)
    page.wait_for_timeout(80)
    page.mouse.click(*place)
    page.wait_for_timeout(200)  # the page hears of it a moment later, and comes to rest after that
