"""What axe finds on a page of the violations of WCAG 2.2 A and AA."""

from __future__ import annotations

from typing import Any

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]


def violations(page: Page) -> list[str]:
    """A line for each element; nothing of Streamlit's own is excepted: see streamlit.css."""
    options = {"resultTypes": ["violations"], "runOnly": TAGS}
    rules: Any = Axe().run(page, options=options).response["violations"]
    lines = []
    for rule in rules:
        for node in rule["nodes"]:
            html = node["html"][:300]
            summary = node["failureSummary"][:300]
            lines.append(f"{rule['id']}: {node['target']} {html} {summary}")
    return lines
