"""Functions as a page has them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any


def function(source: str, name: str = "compose", file: str = "page.py") -> Callable[..., Any]:
    """A function as a page has it: its source is run anew in each run."""
    page: dict[str, Any] = {}
    exec(compile(source, file, "exec"), page)
    built: Callable[..., Any] = page[name]
    return built
