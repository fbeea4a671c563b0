"""How many examples Hypothesis tries, and the table that the pages are over.

The gate tries some examples, the same each time; `make test-long` tries many others.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import settings

settings.register_profile("gate", settings.get_profile("ci"), max_examples=40)
settings.register_profile("long", settings.get_profile("ci"), derandomize=False, max_examples=400)


@pytest.fixture
def real_list(monkeypatch: pytest.MonkeyPatch) -> None:
    """The table of the notice, whatever the environment says."""
    monkeypatch.delenv("MEASURES", raising=False)


@pytest.fixture
def over(monkeypatch: pytest.MonkeyPatch) -> Callable[[Path], None]:
    """Point the board at another table."""
    return lambda path: monkeypatch.setenv("MEASURES", str(path))
