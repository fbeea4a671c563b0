"""Photograph the pages: `python -m tests.browser.shots [PAGE …] [--table FILE] [--out DIR] [--query
"as_of=…"]`.

Every page at three sizes, in both themes and languages, into shots/.
"""

from __future__ import annotations

import argparse
from itertools import product
from pathlib import Path

from playwright.sync_api import Page

from lib.web.pages import PAGES
from tests.browser.board import ROOT, chromium, serving, settle

PATHS = {page.name: page.path for page in PAGES}
SIZES = {"390": (390, 844), "1366": (1366, 768), "1920": (1920, 1080)}


def drop(page: Page, notice: Path) -> None:
    """Put a notice on the desk."""
    page.locator("input[type=file]").set_input_files(notice)
    page.locator(".desk .sheet td").first.wait_for()
    settle(page)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("pages", nargs="*", default=PATHS)
    parser.add_argument("--table", type=Path)
    parser.add_argument(
        "--notice", type=Path, default=ROOT / "tests" / "notices" / "001-women-federation-theme.txt"
    )
    parser.add_argument("--out", type=Path, default=Path("shots"))
    parser.add_argument("--query", default="as_of=2020-09-15")
    parser.add_argument("--sizes", default="390,1366,1920")
    parser.add_argument("--themes", default="light,dark")
    parser.add_argument("--languages", default="zh,en")
    parser.add_argument(
        "--window", action="store_true", help="only what fits the window, not the whole page"
    )
    options = parser.parse_args()
    options.out.mkdir(parents=True, exist_ok=True)
    with serving(options.table) as address, chromium() as browser:
        for size, theme in product(options.sizes.split(","), options.themes.split(",")):
            width, height = SIZES[size]
            context = browser.new_context(
                viewport={"width": width, "height": height}, color_scheme=theme
            )
            for name, language in product(options.pages, options.languages.split(",")):
                page = context.new_page()
                page.goto(f"{address}/{PATHS[name]}?lang={language}&{options.query}")
                settle(page)
                if name == "intake":
                    drop(page, options.notice)
                if not options.window:
                    inner = page.evaluate(
                        "document.querySelector('[data-testid=stMain]').scrollHeight"
                    )
                    page.set_viewport_size(
                        {"width": width, "height": max(height, min(inner + 60, 6000))}
                    )
                    settle(page)
                target = options.out / f"{name}-{size}-{theme}-{language}.png"
                page.screenshot(path=target)
                print(target)
                page.close()
            context.close()


if __name__ == "__main__":
    main()
