"""Properties that are costly: fewer examples in the gate, and without what measures coverage."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final, TypeVar

import pytest
from hypothesis import settings

Test = TypeVar("Test", bound=Callable[..., object])

MANY: Final = 400  # of the profile long


def examples(gate: int, long: int = MANY) -> Callable[[Test], Test]:
    """A property of which the gate tries a few examples, and `make test-long` many.

    Coverage's tracer would take as long as the property itself: what it reaches is counted in the
    tests beside it, which say one case each.
    """
    is_long = settings.get_current_profile_name() == "long"
    count = settings(max_examples=long if is_long else gate)

    def tried(test: Test) -> Test:
        return pytest.mark.no_cover(count(test))

    return tried
