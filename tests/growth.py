"""How the time that something takes grows when its input is doubled."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable
from typing import Final

LINEAR: Final = 3.0  # times as long for twice as much, on a busy machine; the square takes four
_TRIES: Final = 15  # of which the shortest counts

Run = Callable[[], object]


def growth(made: Callable[[int], Run], sizes: Iterable[int], floor: float) -> float:
    """How many times as long twice as much takes.

    Args:
        made: a size → what is timed.
        sizes: ascending; the first that takes longer than the floor is judged, against its half.
        floor: seconds below which a time says nothing.

    Returns:
        The growth, at best of several; 0 where even the largest size takes no longer than the floor.
    """
    for size in sizes:
        larger = made(size)
        if _seconds(larger) > floor:
            return _growth(made(size // 2), larger)
    return 0.0


def _growth(smaller: Run, larger: Run) -> float:
    """The growth between two, measured again as long as it looks like more than linear."""
    shorter = longer = float("inf")
    for _ in range(_TRIES):
        shorter = min(shorter, _seconds(smaller))
        longer = min(longer, _seconds(larger))
        if longer <= LINEAR * shorter:
            break
    return longer / shorter


def _seconds(run: Run) -> float:
    """How long something takes of the processor, whatever else the machine does."""
    began = time.thread_time()
    run()
    return time.thread_time() - began
