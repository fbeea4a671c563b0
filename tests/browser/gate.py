"""Which cases of a browser test are in the gate, which has 25 minutes, and which in `make test-long` alone."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import pytest


def in_gate(few: int, cases: Iterable[Any]) -> list[Any]:
    """Cases of which the gate has the first few, and `make test-long` the others.

    cases: of `pytest.mark.parametrize`; a tuple has several arguments.
    """
    all_cases = list(cases)
    others = [case if isinstance(case, tuple) else (case,) for case in all_cases[few:]]
    return [*all_cases[:few], *(pytest.param(*case, marks=pytest.mark.long) for case in others)]
