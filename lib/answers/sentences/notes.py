"""What words of the board mean, where they are easily taken for more."""

from __future__ import annotations

from collections.abc import Iterable

from lib import workload
from lib.i18n import Translator


def state_notes(states: Iterable[str], t: Translator) -> list[str]:
    """What the words of some date states mean, a sentence each."""
    used = frozenset(states)
    return [t(f"help.{state}") for state in workload.EXPLAINED if state in used]
