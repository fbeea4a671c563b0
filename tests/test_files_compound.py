"""Compound files: where their streams stand, and what a damaged one raises."""

from __future__ import annotations

import struct

import pytest

from lib.files import kinds
from lib.files.compound import BROKEN, Compound
from tests.workbooks import END, NONE, SECTOR, compound

LARGE = bytes(range(256)) * 20


def changed(data: bytes, place: int, *numbers: int) -> bytes:
    """A file with other numbers from a place on."""
    new = struct.pack(f"<{len(numbers)}I", *numbers)
    return data[:place] + new + data[place + len(new) :]


@pytest.mark.parametrize("stream", [b"short", LARGE])
def test_a_stream_stands_in_small_or_in_large_sectors(stream: bytes) -> None:
    file = Compound(compound(stream, "Book"))
    assert file.names == {"book"}
    assert file.read("book") == stream


def test_the_table_of_sectors_may_be_named_in_a_sector_of_its_own() -> None:
    data = compound(LARGE)
    place = len(data) // SECTOR - 1
    data = changed(changed(data, 68, place, 1), 76, NONE)
    data += struct.pack("<128I", 0, *[NONE] * 126, END)
    assert Compound(data).read("workbook") == LARGE


def test_a_folder_is_no_stream_and_a_tree_that_comes_back_to_itself_has_an_end() -> None:
    data = compound(LARGE)
    entry = 2 * SECTOR + 128
    data = changed(data, entry + 68, 1)
    assert Compound(data).names == {"workbook"}
    folder = data[: entry + 66] + b"\1" + data[entry + 67 :]
    assert Compound(folder).names == frozenset()


def test_a_chain_that_comes_back_to_itself_is_damage() -> None:
    data = changed(compound(LARGE), SECTOR + 3 * 4, 3)
    with pytest.raises(BROKEN):
        Compound(data).read("workbook")


def test_a_workbook_is_told_by_the_streams_that_stand_in_no_folder() -> None:
    assert kinds.is_workbook(compound(LARGE))
    assert kinds.is_workbook(compound(b"", "Book"))
    assert not kinds.is_workbook(compound(LARGE, "WordDocument"))
    assert not kinds.is_workbook(compound("Workbook\0".encode("utf-16-le"), "WordDocument"))
    assert not kinds.is_workbook(b"Workbook\0")
    assert kinds.old_kind(compound(LARGE, "WordDocument")) == "Word"
    assert kinds.old_kind(compound(LARGE, "VisioDocument")) == "OLE"
