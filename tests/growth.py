"""How the time that something takes grows with the size of its input."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable
from typing import Final

from tests.clock import timed

# As a power of the size; the square is 2. A busy machine that takes twice as long for the larger of
# two runs, and for each of many tries, makes 1.3 of 1.
LINEAR: Final = 1.45
_TIMES: Final = 8  # as large is the larger input
_TRIES: Final = 15  # of which the shortest counts

Run = Callable[[], object]


def growth(run: Callable[[int], Run], sizes: Iterable[int], floor: float) -> float:
    """The power of the size by which the time grows: 1 where twice as much takes twice as long.

    Args:
        made: a size → what is timed.
        sizes: ascending; the first that takes longer than the floor is judged, against an eighth.
        floor: seconds below which a time says nothing.

    Returns:
        The power, at best of several tries; 0 where even the largest size takes no longer than the
        floor.
    """
    for size in sizes:
        larger = run(size)
        if _seconds(larger) > floor:
            return _power(run(size // _TIMES), larger)
    return 0.0


def _power(smaller: Run, larger: Run) -> float:
    """The growth between two, measured again as long as it looks like more than linear."""
    shorter = longer = math.inf
    power = math.inf
    for _ in range(_TRIES):
        shorter = min(shorter, _seconds(smaller))
        longer = min(longer, _seconds(larger))
        power = math.log(longer / shorter, _TIMES)
        if power <= LINEAR:
            break
    return power


def _seconds(run: Run) -> float:
    """How long something takes of the processor, whatever else the machine does."""
    return timed(run).seconds
