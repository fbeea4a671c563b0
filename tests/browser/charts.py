"""Clicks on a chart as a reader makes them: on the place where a bar or a mark is drawn."""

from __future__ import annotations

from playwright.sync_api import Page, expect

# Where the shape with some customdata is drawn, in pixels of the window; null where there is none.
_PLACE = """(chart, [wanted, scroll]) => {
  const shapes = chart.querySelectorAll('.js-plotly-plot .trace .point');
  for (const shape of shapes) {
    const trace = shape.closest('.trace').__data__;
    const data = (Array.isArray(trace) ? trace[0].trace : trace.trace).customdata || [];
    const point = shape.__data__;
    const value = data[point.i ?? point.index];
    if (String(Array.isArray(value) ? value[0] : value) !== wanted) continue;
    if (scroll) shape.scrollIntoView({block: 'center'});  // a timeline may be taller than the window
    const box = shape.getBoundingClientRect();
    if (box.width < 2 || box.height < 2) continue;
    return [box.x + box.width / 2, box.y + box.height / 2];
  }
  return null;
}"""


def chart(page: Page, key: str):
    """The chart with a key, scrolled into view; the one before it may stand a moment longer."""
    figure = page.locator(f".st-key-{key} [data-testid=stPlotlyChart]")
    expect(figure).to_have_count(1)
    figure.scroll_into_view_if_needed()
    return figure


def place(page: Page, key: str, data: str, *, scroll: bool = True) -> tuple[float, float]:
    """Where the chart draws what carries this customdata, in pixels of the window.

    scroll: whether it is scrolled into sight.
    """
    drawn = page.locator(f".st-key-{key} [data-testid=stPlotlyChart]")
    if scroll:
        page.mouse.wheel(
            0, 1
        )  # as who scrolls does: after Back that ends the way to the place that was left
    spot = drawn.evaluate(_PLACE, [data, scroll])
    assert spot, f"{key} draws nothing for {data}"
    return spot[0], spot[1]


def click(page: Page, key: str, data: str) -> None:
    """Click where the chart draws what carries this customdata."""
    x, y = place(page, key, data)
    page.mouse.move(x - 1, y)
    page.mouse.move(x, y)
    page.wait_for_timeout(80)
    page.mouse.click(x, y)
    page.wait_for_timeout(200)  # the page hears of it a moment later, and comes to rest after that
