"""Parquet as a sheet: typed columns as text, and as codes where the file keeps them so."""

from __future__ import annotations

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any, Final, NamedTuple

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet

from lib.errors import BoardError
from lib.files.headers import Headers, is_header
from lib.files.sheet import Sheet, in_one_piece, names_of, shown

_FEW_TEXTS: Final = 250_000  # bytes of a column's distinct texts up to which they count as few


class _Column(NamedTuple):
    """A column as text; codes: the same as codes, where the file keeps it so."""

    text: pa.Array
    codes: pa.DictionaryArray | None


def read_parquet(path: Path, data: bytes, headers: Sequence[Headers]) -> Sheet:
    """The table in a Parquet file; raises BoardError: broken_parquet, no_header."""
    try:
        table = _table(data)
        header = names_of(table.column_names)
        if not is_header(header, headers):
            names = "、".join(header)
            raise BoardError("no_header", file=path.name, found=shown(names))
        with ThreadPoolExecutor() as pool:
            columns = [*pool.map(_read_column, table.columns)]
    except (pa.ArrowException, OSError, UnicodeDecodeError) as error:
        raise BoardError("broken_parquet", file=path.name, why=str(error)) from error

    texts = [column.text for column in columns]
    lines = np.arange(1, table.num_rows + 1, dtype=np.int32)
    codes = {}
    for number, column in enumerate(columns):
        if column.codes is not None:
            codes[number] = column.codes
    return Sheet(header, texts, lines, codes=codes)


def _table(data: bytes) -> pa.Table:
    metadata = pyarrow.parquet.read_metadata(pa.BufferReader(data))
    few_texts = _columns_of_few_texts(metadata)
    file = pyarrow.parquet.ParquetFile(pa.BufferReader(data), read_dictionary=few_texts)
    return file.read()


def _columns_of_few_texts(metadata: Any) -> list[str]:
    """The columns that the file keeps as codes for few texts; to read them as such costs half."""
    if not metadata.num_row_groups:
        return []
    group = metadata.row_group(0)
    names = []
    for number in range(group.num_columns):
        chunk = group.column(number)
        if _has_few_texts(chunk):
            names.append(chunk.path_in_schema)
    return names


def _has_few_texts(chunk: Any) -> bool:
    if not chunk.has_dictionary_page:
        return False
    size: int = chunk.data_page_offset - chunk.dictionary_page_offset
    return size < _FEW_TEXTS


def _read_column(column: pa.ChunkedArray) -> _Column:
    column.validate(full=True)  # texts may be no text, and codes stand for none
    array = in_one_piece(column)
    if not _is_coded(array):
        return _Column(_as_text(array), None)
    codes = _in_order(array)
    return _Column(codes.dictionary_decode(), codes)


def _is_coded(array: pa.Array) -> bool:
    if not pa.types.is_dictionary(array.type) or array.null_count:
        return False
    return bool(pa.types.is_string(array.type.value_type))


def _in_order(array: pa.DictionaryArray) -> pa.DictionaryArray:
    """The same with the texts in the order of the table, without any that no row has."""
    codes = array.indices.dictionary_encode()
    texts = array.dictionary.take(codes.dictionary)
    return pa.DictionaryArray.from_arrays(codes.indices, texts)


def _as_text(array: pa.Array) -> pa.Array:
    """A typed column as text.

    "" for null, a date without its midnight, the items of a list with 、 between them.
    """
    if pa.types.is_dictionary(array.type):
        array = array.dictionary_decode()
    if pa.types.is_timestamp(array.type):
        array = _without_midnight(array)
    try:
        return pc.fill_null(array.cast(pa.string()), "")
    except pa.ArrowException:  # lists, structures, bytes that are no text
        texts = map(_nested_text, array.to_pylist())
        return pa.array([*texts], pa.string())


def _without_midnight(array: pa.Array) -> pa.Array:
    """Dates where no value has a time of day, seconds where none has fractions."""
    without_time = pa.date32()
    without_fractions = pa.timestamp("s", array.type.tz)
    for unit, simpler in (("day", without_time), ("second", without_fractions)):
        floored = pc.floor_temporal(array, unit=unit)
        is_same = pc.equal(array, floored)
        if pc.all(is_same, min_count=0).as_py():
            return array.cast(simpler)
    return array


def _nested_text(value: Any) -> str:
    if isinstance(value, list):
        items = [_nested_text(item) for item in value if item is not None]
        return "、".join(items)
    if isinstance(value, bytes):
        return value.decode("utf-8", errors="replace")
    if value is None:
        return ""
    return str(value)
