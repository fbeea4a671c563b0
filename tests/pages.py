"""The pages without a browser: opened as by a link, run anew, and their texts."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from lib.web import store

ROOT = Path(__file__).resolve().parent.parent
DAY = "2020-09-15"
WAITED_FOR = 60.0  # seconds that a page of a test waits for its table, on a machine that is busy


def opened(
    name: str = "overview", /, lang: str = "zh", as_of: str = DAY, **query: str | list[str]
) -> AppTest:
    """A page as a link opens it; an empty value leaves the parameter out."""
    app = AppTest.from_file(str(ROOT / "pages" / "frame.py"), default_timeout=60)
    app.switch_page(f"{name}.py")
    for key, value in {"lang": lang, "as_of": as_of, **query}.items():
        if value:
            app.query_params[key] = value
    return run(app)


def run(app: AppTest) -> AppTest:
    """Run a page anew; it must not fail."""
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(store, "PATIENCE", WAITED_FOR)
        patched.setattr(store, "READING_PATIENCE", WAITED_FOR)
        app.run()
    assert not list(app.exception)
    return app


def texts(app: AppTest) -> Iterator[str]:
    """Every text that the reader gets: Markdown, labels, options, alternative texts; not the data
    inside charts.
    """
    yield from _texts(app._tree)


def _texts(node: Any) -> Iterator[str]:
    proto = getattr(node, "proto", None)
    if hasattr(proto, "ListFields") and getattr(node, "type", "") not in ("html", "bidi_component"):
        yield from _strings(proto)
    for child in getattr(node, "children", {}).values():
        yield from _texts(child)


def _strings(message: Any) -> Iterator[str]:
    for field, value in message.ListFields():
        if field.name in (
            "spec",
            "id",
            "config",
            "columns",
            "deferred_file_id",
            "page_script_hash",
        ):
            continue
        for item in value if field.is_repeated else [value]:
            if hasattr(item, "ListFields"):
                yield from _strings(item)
            elif isinstance(item, str):
                yield item
