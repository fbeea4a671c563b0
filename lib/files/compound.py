"""Compound files (OLE), which .xls, .et, .doc and .wps are: named streams in chains of sectors."""

from __future__ import annotations

import struct
from typing import Final, NamedTuple

# Of the header: how long sectors and small ones are (as powers of two), where the directory begins,
# the size from which a stream has no small sectors, where the table of these begins, and where the
# chain of further sectors of the allocation table begins and how long it is
_HEADER: Final = struct.Struct("<30x 2H 14x I 4x 2I 4x 2I")
_NUMBERS: Final = struct.Struct("<109I")  # the first sectors of the allocation table, after that
_FREE: Final = 0xFFFFFFFA  # from which a sector's number is none

# Of an entry of the directory: its name and the bytes of it, and the numbers of an `_Entry`
_ENTRY: Final = struct.Struct("<64s H B x 3I 36x 2I")
_ENTRY_SIZE: Final = 128  # bytes
_STREAM: Final = 2  # the kind of an entry

# What a damaged file raises: places beyond its end, a chain that comes back to itself
BROKEN: Final = (struct.error, IndexError, ValueError)


class _Header(NamedTuple):
    """The numbers of the header, in its order."""

    sector_bits: int
    small_bits: int
    directory: int
    least_size: int
    small_table: int
    first_further: int
    further: int


class _Entry(NamedTuple):
    """An entry of the directory, with the numbers of those beside and below it."""

    name: str
    kind: int
    left: int
    right: int
    below: int
    sector: int
    size: int


class Compound:
    """A compound file; raises what stands in `BROKEN` where it is damaged."""

    def __init__(self, data: bytes) -> None:
        numbers = _HEADER.unpack_from(data)
        header = _Header(*numbers)
        self._data = data
        self._header = header
        self._sector_size = 1 << header.sector_bits
        self._small_size = 1 << header.small_bits
        self._table = self._allocation()
        small_table = self._chain(header.small_table)
        self._small_table = _numbers(small_table)
        directory = self._chain(header.directory)
        entries = _entries(directory)
        self._small_data = self._chain(entries[0].sector)
        self._streams = _at_the_root(entries)

    @property
    def names(self) -> frozenset[str]:
        """The names of the streams that stand in no folder, in small letters."""
        return frozenset(self._streams)

    def read(self, name: str) -> bytes:
        """A stream's bytes, by its name in small letters."""
        entry = self._streams[name]
        if entry.size >= self._header.least_size:
            content = self._chain(entry.sector)
        else:
            content = self._small_chain(entry.sector)
        return content[: entry.size]

    def _allocation(self) -> tuple[int, ...]:
        """Which sector follows each; the sectors that say so are named in the header, then in a chain."""
        sectors = [*_NUMBERS.unpack_from(self._data, _HEADER.size)]
        next_further = self._header.first_further
        for _ in range(self._header.further):
            sector = self._sector(next_further)
            *numbers, next_further = _numbers(sector)
            sectors += numbers
        used = [number for number in sectors if number < _FREE]
        table = b"".join(map(self._sector, used))
        return _numbers(table)

    def _sector(self, number: int) -> bytes:
        start = (number + 1) * self._sector_size  # the first holds the header
        end = start + self._sector_size
        return self._data[start:end]

    def _chain(self, first: int) -> bytes:
        numbers = _followed(self._table, first)
        return b"".join(map(self._sector, numbers))

    def _small_sector(self, number: int) -> bytes:
        start = number * self._small_size
        end = start + self._small_size
        return self._small_data[start:end]

    def _small_chain(self, first: int) -> bytes:
        numbers = _followed(self._small_table, first)
        return b"".join(map(self._small_sector, numbers))


def _followed(table: tuple[int, ...], first: int) -> list[int]:
    """The numbers of a chain; raises ValueError where it has no end."""
    chain = []
    number = first
    while number < _FREE:
        chain.append(number)
        number = table[number]
        if len(chain) > len(table):
            raise ValueError("a chain of sectors comes back to itself")
    return chain


def _numbers(data: bytes) -> tuple[int, ...]:
    count = len(data) // struct.calcsize("<I")
    return struct.unpack(f"<{count}I", data)


def _entries(directory: bytes) -> list[_Entry]:
    entries = []
    for start in range(0, len(directory), _ENTRY_SIZE):
        end = start + _ENTRY_SIZE
        entries.append(_entry(directory[start:end]))
    return entries


def _entry(data: bytes) -> _Entry:
    written, length, *numbers = _ENTRY.unpack_from(data)
    name = written[:length].decode("utf-16-le")
    return _Entry(name.rstrip("\0"), *numbers)


def _at_the_root(entries: list[_Entry]) -> dict[str, _Entry]:
    """The streams directly below the root, which stand in a tree of left and right."""
    streams = {}
    waiting = [entries[0].below]
    seen: set[int] = set()
    while waiting:
        number = waiting.pop()
        if number >= _FREE or number in seen:
            continue
        seen.add(number)
        entry = entries[number]
        waiting += [entry.left, entry.right]
        if entry.kind == _STREAM:
            streams[entry.name.lower()] = entry
    return streams
