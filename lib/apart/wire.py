"""Values on their way between two processes: plain data in MessagePack, arrays as Arrow.

Nothing that arrives is run: it is checked against the type that is asked for, and no class is named
by the other side, as pickle would let it.
"""

from __future__ import annotations

import mmap
import os
import struct
from collections.abc import Sequence
from pathlib import Path
from typing import IO, Any, Final, TypeVar

import msgspec
import numpy as np
import pyarrow as pa

Kind = TypeVar("Kind")

_LENGTHS: Final = struct.Struct("<QQ?")  # bytes of the plain data and of the arrays; whether apart
_FILE: Final = struct.Struct("<i")  # the number of the file in memory that the arrays stand in
_MUCH: Final = 8 << 20  # bytes of arrays that are worth a file of their own
_SEALED: Final = 0xF  # Linux: nobody can write into it, shorten it or take that back


class StreamError(Exception):
    """The other side has ended, or has sent what is none of ours."""


class Sender:
    """Writes values into a stream, and on Linux much of arrays into a file in memory beside it.

    That is mapped by who receives it, so that it is copied once, and not twice as through a pipe.
    """

    def __init__(self, stream: IO[bytes]) -> None:
        self._stream = stream
        self._file = -1

    def send(self, value: object) -> None:
        """Write a value: text, numbers, bytes, dates, dataclasses, named tuples, arrays, frames."""
        arrays = _Sent()
        data = msgspec.msgpack.encode(value, enc_hook=arrays.plain)
        batch = arrays.as_batch()
        size = _size(batch)
        is_beside = size >= _MUCH and hasattr(os, "memfd_create")
        self._stream.write(_LENGTHS.pack(len(data), size, is_beside))
        self._stream.write(data)
        if is_beside:
            self._write_beside(batch)
        else:
            _write(batch, pa.PythonFile(self._stream, "w"))
        self._stream.flush()

    def _write_beside(self, batch: pa.RecordBatch) -> None:
        import fcntl  # not on Windows

        if self._file >= 0:
            os.close(self._file)  # who has received it holds it
        self._file = os.memfd_create("table", os.MFD_ALLOW_SEALING | os.MFD_CLOEXEC)
        with open(self._file, "wb", buffering=0, closefd=False) as memory:
            _write(batch, pa.PythonFile(memory, "w"))
        fcntl.fcntl(self._file, fcntl.F_ADD_SEALS, _SEALED)
        self._stream.write(_FILE.pack(self._file))


def receive(kind: type[Kind], stream: IO[bytes], sender: int | str = "self") -> Kind:
    """Read a value of a type.

    Args:
        sender: the process that sends it.

    Raises:
        StreamError: the stream ends before, or holds something else.
    """
    lengths = _exactly(stream, _LENGTHS.size)
    in_plain_data, in_arrays, is_beside = _LENGTHS.unpack(lengths)
    data = _exactly(stream, in_plain_data)
    try:
        if is_beside:
            arrays = _Received(_mapped(_file_beside(stream, sender)))
        else:
            arrays = _Received(_exactly(stream, in_arrays))
        return msgspec.msgpack.decode(data, type=kind, dec_hook=arrays.of_kind)
    except (msgspec.DecodeError, pa.ArrowException, LookupError) as error:
        raise StreamError from error


def _file_beside(stream: IO[bytes], sender: int | str) -> Path:
    """The file in memory that the sender names, among those that it has open."""
    (number,) = _FILE.unpack(_exactly(stream, _FILE.size))
    return Path(f"/proc/{sender}/fd/{number}")


def _exactly(stream: IO[bytes], length: int) -> pa.Buffer:
    """So many bytes of a stream, in memory that arrays can stay in."""
    buffer = pa.allocate_buffer(length)
    unread = memoryview(buffer)
    while unread:
        count = stream.readinto(unread)  # type: ignore[attr-defined]
        if not count:
            raise StreamError
        unread = unread[count:]
    return buffer


def _mapped(path: Path) -> pa.Buffer:
    """A file in memory that nobody can change any more: who shortens it would end this process."""
    import fcntl

    with path.open("rb") as memory:
        seals = fcntl.fcntl(memory, fcntl.F_GET_SEALS)
        if seals != _SEALED:
            raise StreamError
        mapped = mmap.mmap(memory.fileno(), 0, prot=mmap.PROT_READ)
        return pa.py_buffer(mapped)


# --- arrays ---------------------------------------------------------------------------------------


class _Sent:
    """The arrays of a value, each once: whoever shares one shares it on the other side as well."""

    def __init__(self) -> None:
        self._arrays: list[pa.Array] = []
        self._places: dict[object, int] = {}

    def plain(self, value: object) -> object:
        """What stands in the plain data for a value that is none."""
        if isinstance(value, Path):
            return str(value)
        if isinstance(value, pa.Table):
            return self._columns(value)
        if isinstance(value, np.ndarray):
            return self._place(pa.array(value))
        if isinstance(value, pa.Array):
            return self._place(value)
        raise NotImplementedError(type(value))

    def _columns(self, table: pa.Table) -> dict[str, int]:
        """The place of each column."""
        columns = zip(table.column_names, table.columns, strict=True)
        return {name: self._place(_whole(column)) for name, column in columns}

    def _place(self, array: pa.Array) -> int:
        addresses = [buffer.address for buffer in array.buffers() if buffer]
        key = (str(array.type), array.offset, len(array), *addresses)
        if key not in self._places:
            self._places[key] = len(self._arrays)
            self._arrays.append(array)
        return self._places[key]

    def as_batch(self) -> pa.RecordBatch:
        """All arrays as one row whose cells they are, since their lengths differ."""
        cells = [*map(_as_cell, self._arrays)]
        names = [*map(str, range(len(cells)))]
        return pa.RecordBatch.from_arrays(cells, names)


def _as_cell(array: pa.Array) -> pa.Array:
    """A list array with one list, of all the values of an array."""
    bounds = pa.array([0, len(array)], pa.int64())
    return pa.LargeListArray.from_arrays(bounds, array)


def _whole(column: pa.ChunkedArray) -> pa.Array:
    """A column as one array, not copied where it is one already."""
    if column.num_chunks == 1:
        return column.chunk(0)
    return column.combine_chunks()


def _write(batch: pa.RecordBatch, stream: pa.NativeFile) -> None:
    with pa.ipc.new_stream(stream, batch.schema) as writer:
        writer.write_batch(batch)


def _size(batch: pa.RecordBatch) -> int:
    """How many bytes a batch takes."""
    counter = pa.MockOutputStream()
    _write(batch, counter)
    size: int = counter.size()
    return size


class _Received:
    """The arrays that came with a value."""

    def __init__(self, data: pa.Buffer) -> None:
        with pa.ipc.open_stream(data) as reader:
            batch = reader.read_next_batch()
        batch.validate()
        self._arrays: Sequence[pa.Array] = [column.values for column in batch.columns]

    def of_kind(self, kind: type[Any], value: Any) -> object:
        """A value that is no plain data, from what stands there for it."""
        if kind is Path:
            return Path(value)
        if kind is pa.Table:
            places = msgspec.convert(value, dict[str, int])
            columns = {name: self._arrays[place] for name, place in places.items()}
            return pa.table(columns)
        place = msgspec.convert(value, int)
        array = self._arrays[place]
        if kind is np.ndarray:
            return array.to_numpy(zero_copy_only=False)
        return array
