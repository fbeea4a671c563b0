"""Compound files (OLE), which .xls, .et, .doc and .wps are: named streams in chains of sectors."""

from __future__ import annotations

import struct
from typing import Final, NamedTuple

_FREE: Final = 0xFFFFFFFA  # from which a sector's number is none
_ENTRY: Final = 128  # bytes of an entry of the directory
_STREAM: Final = 2  # the kind of an entry
_IN_HEADER: Final = 109  # sectors of the allocation table that the header names

# What a damaged file raises: places beyond its end, a chain that comes back to itself
BROKEN: Final = (struct.error, IndexError, ValueError)


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
        self._data = data
        (sector_bits, small_bits) = struct.unpack_from("<2H", data, 30)
        (directory,) = struct.unpack_from("<I", data, 48)
        (self._cutoff, small_table) = struct.unpack_from("<2I", data, 56)
        self._sector = 1 << sector_bits
        self._small = 1 << small_bits
        self._table = self._allocation()
        self._small_table = _numbers(self._chain(small_table))
        entries = [*map(_entry, _cut(self._chain(directory), _ENTRY))]
        self._small_data = self._chain(entries[0].sector)
        self._streams = _at_the_root(entries)

    @property
    def names(self) -> frozenset[str]:
        """The names of the streams that stand in no folder, in small letters."""
        return frozenset(self._streams)

    def read(self, name: str) -> bytes:
        """A stream's bytes, by its name in small letters."""
        entry = self._streams[name]
        if entry.size >= self._cutoff:
            return self._chain(entry.sector)[: entry.size]
        pieces = []
        for number in _followed(self._small_table, entry.sector):
            pieces.append(self._small_data[number * self._small : (number + 1) * self._small])
        return b"".join(pieces)[: entry.size]

    def _allocation(self) -> tuple[int, ...]:
        """Which sector follows each; the sectors that say so are named in the header, then in a chain."""
        numbers = [*struct.unpack_from(f"<{_IN_HEADER}I", self._data, 76)]
        (more, chained) = struct.unpack_from("<2I", self._data, 68)
        for _ in range(chained):
            *further, more = _numbers(self._at(more))
            numbers += further
        return _numbers(b"".join(self._at(number) for number in numbers if number < _FREE))

    def _at(self, number: int) -> bytes:
        start = (number + 1) * self._sector  # the first holds the header
        return self._data[start : start + self._sector]

    def _chain(self, first: int) -> bytes:
        return b"".join(map(self._at, _followed(self._table, first)))


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
    return struct.unpack(f"<{len(data) // 4}I", data)


def _cut(data: bytes, size: int) -> list[bytes]:
    return [data[start : start + size] for start in range(0, len(data), size)]


def _entry(data: bytes) -> _Entry:
    length, kind = struct.unpack_from("<HB", data, 64)
    left, right, below = struct.unpack_from("<3I", data, 68)
    sector, size = struct.unpack_from("<2I", data, 116)
    name = data[: min(length, 64)].decode("utf-16-le").rstrip("\0")
    return _Entry(name, kind, left, right, below, sector, size)


def _at_the_root(entries: list[_Entry]) -> dict[str, _Entry]:
    """The streams directly below the root, which stand in a tree of left and right."""
    streams = {}
    waiting, seen = [entries[0].below], set[int]()
    while waiting:
        number = waiting.pop()
        if number < _FREE and number not in seen:
            seen.add(number)
            entry = entries[number]
            waiting += [entry.left, entry.right]
            if entry.kind == _STREAM:
                streams[entry.name.lower()] = entry
    return streams
