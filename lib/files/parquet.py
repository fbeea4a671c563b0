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
        metadata = pyarrow.parquet.read_metadata(pa.BufferReader(data))
        file = pyarrow.parquet.ParquetFile(
            pa.BufferReader(data), read_dictionary=_columns_of_few_texts(metadata)
        )
        table = file.read()
        header = names_of(table.column_names)
        if not is_header(header, headers):
            raise BoardError("no_header", file=path.name, found=shown("、".join(header)))
        with ThreadPoolExecutor() as pool:
            columns = [*pool.map(_read_column, table.columns)]
    except (pa.ArrowException, OSError, UnicodeDecodeError) as error:
        raise BoardError("broken_parquet", file=path.name, why=str(error)) from error
    kinds = {}
    for place, column in enumerate(columns):
        if column.codes is not None:
            kinds[place] = column.codes
    texts = [column.text for column in columns]
    lines = np.arange(1, table.num_rows + 1, dtype=np.int32)
    return Sheet(header, texts, lines, kinds=kinds)


def _columns_of_few_texts(metadata: Any) -> list[str]:
    """The columns that the file keeps as codes for few texts; to read them as such costs half."""
    if not metadata.num_row_groups:
        return []
    group = metadata.row_group(0)
    chunks = map(group.column, range(group.num_columns))
    return [chunk.path_in_schema for chunk in chunks if _has_few_texts(chunk)]


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
    return pa.DictionaryArray.from_arrays(codes.indices, array.dictionary.take(codes.dictionary))


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
        return pa.array([_nested_text(value) for value in array.to_pylist()], pa.string())


def _without_midnight(array: pa.Array) -> pa.Array:
    """Dates where no value has a time of day, seconds where none has fractions."""
    for unit, simpler in (("day", pa.date32()), ("second", pa.timestamp("s", array.type.tz))):
        floored = pc.floor_temporal(array, unit=unit)
        if pc.all(pc.equal(array, floored), min_count=0).as_py():
            return array.cast(simpler)
    return array


def _nested_text(value: Any) -> str:
    if isinstance(value, list):
        return "、".join(_nested_text(item) for item in value if item is not None)
    if isinstance(value, bytes):
        return value.decode("utf-8", errors="replace")
    if value is None:
        return ""
    return str(value)
