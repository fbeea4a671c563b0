"""Properties that are costly: fewer examples in the gate than by `make test-long`."""

from __future__ import annotations

from typing import Final

from hypothesis import settings

MANY: Final = 400  # of the profile long


def examples(gate: int, long: int = MANY) -> settings:
    """How many examples a property tries in the gate, and how many by `make test-long`."""
    is_long = settings.get_current_profile_name() == "long"
    return settings(max_examples=long if is_long else gate)
