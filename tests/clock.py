"""The processor's time for what a test runs, without the time that measuring coverage takes."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable
from typing import Generic, NamedTuple, TypeVar

T = TypeVar("T")


class Timed(NamedTuple, Generic[T]):
    """What a call gave, and how long it kept the processor, in seconds."""

    result: T
    seconds: float


def timed(act: Callable[[], T]) -> Timed[T]:
    """Call something without a tracer: coverage's makes short functions four times as slow.

    What only this call reaches counts as not covered.
    """

    def run() -> Timed[T]:
        begin = time.thread_time()
        result = act()
        return Timed(result, time.thread_time() - begin)

    return untraced(run)


def untraced(act: Callable[[], T]) -> T:
    """Call something large without a tracer, whose lines a smaller case reaches too."""
    tracer = sys.gettrace()
    sys.settrace(None)
    try:
        return act()
    finally:
        sys.settrace(tracer)
