"""How much one reading may take: in proportion to the size of what is read (docs/limits.md)."""

from __future__ import annotations

from typing import Final, NamedTuple

MEGABYTE: Final = 1 << 20

# The least and the most, and what each megabyte of the file adds. A .parquet of 12 MB takes 1 GB.
LEAST_SECONDS: Final = 5
SECONDS_PER_MEGABYTE: Final = 10
MOST_SECONDS: Final = 60
LEAST_MEMORY: Final = 300 * MEGABYTE
MEMORY_PER_BYTE: Final = 128
MOST_MEMORY: Final = 4096 * MEGABYTE
IDLE: Final = 160 * MEGABYTE  # what a process holds that has loaded all and reads nothing
_PATIENCE: Final = 4  # seconds on the clock for each of the processor, on a busy machine


class Limits(NamedTuple):
    """What one reading may take. seconds: of the processor; memory: bytes beside what is idle."""

    seconds: int
    memory: int

    @property
    def clock_seconds(self) -> int:
        """After how many seconds on the clock it ends, also where it only waits for a drive."""
        return _PATIENCE * self.seconds


def of_size(size: int) -> Limits:
    """The limits for so many bytes."""
    seconds = LEAST_SECONDS + SECONDS_PER_MEGABYTE * size // MEGABYTE
    memory = LEAST_MEMORY + MEMORY_PER_BYTE * size
    return Limits(min(seconds, MOST_SECONDS), min(memory, MOST_MEMORY))
