"""Good files of every kind, and strategies that damage them.

Bytes are flipped, lost and repeated; parts of an archive are swapped, doubled and lost, and what
stands in them is rewritten: attributes, texts, numbers, elements.
"""

from __future__ import annotations

import io
import re
import warnings
import zipfile
from collections.abc import Callable, Sequence
from functools import cache
from pathlib import Path
from typing import Any, Final

from hypothesis import strategies as st

from lib.files.csv_writing import csv_of_rows
from lib.notices import output
from tests import workbooks
from tests.tables import HEADER

NOTICES: Final = Path(__file__).with_name("notices")
LIST: Final = Path(__file__).resolve().parents[1] / "data" / "measures.csv"
ROWS: Final = [
    HEADER.split(","),
    [
        "2026-1",
        "2026",
        "要点",
        "一、建设",
        "一（一）",
        "建设职工书屋",
        "王敏",
        "组宣部、办公室",
        "6月底前",
    ],
    [
        "2026-2",
        "2026",
        "要点",
        "一、建设",
        "一（二）",
        "举办“技能”竞赛",
        "张慧",
        "财务部",
        "每季度",
    ],
    [
        "2026-3",
        "2026",
        "要点",
        "二、服务",
        "二（一）",
        "走访困难职工",
        "张雷、李明",
        "办公室",
        "2026年8月31日",
    ],
]
MOST_DAMAGES: Final = 3  # of one file
MOST_FLIPS: Final = 6  # bytes at a time
MOST_REPEATS: Final = 300
ENDING: Final = (
    200  # bytes: what leads to all else stands at the end of a PDF, an archive, a Parquet
)

Draw = Callable[[st.SearchStrategy[Any]], Any]
Damage = Callable[[Draw, bytes], bytes]
Parts = list[tuple[str, bytes]]  # of an archive, in their order

# What nobody expects to be written in an attribute, an element or a number
ODD: Final = [
    *("", " ", "0", "-1", "1.5", "1e308", "NaN", "true", "2147483648", "99999999999", "9" * 40),
    *("A0", "XFD1048576", "A1:XFD1048576", "\tA9", "ZZZZ1", "1048577", "16385"),
    *("../../x", "rId99", "&#0;", "&none;", "&#x10FFFF;", "]]>", "<", "甲" * 3000, "\u202e", "%s"),
    *("9999-12-31", "0000-00-00", "12/31/1899", '[h]:mm;"', "=1+1", "utf-99", "e"),
]
ODD_IN_TEXT: Final = [
    *('"', '""', '"\n', "\r", "\n", "\r\n\r\n", ",", ",,,,", "\t", "\0", "\ufeff", "'", "|", "，"),
    *("\u2028", "\x85", "\x1f", "（", "责任部门", "合计", "同上", "46356", "2026年13月", "-", "—"),
]
_BETWEEN: Final = re.compile(rb"""(?<==")[^"<>]{0,200}|(?<=>)[^<>]{1,200}(?=<)""")
_ELEMENT: Final = re.compile(rb"<[^<>]{1,200}>")
_NUMBER: Final = re.compile(rb"[0-9]+")


@st.composite
def damaged(draw: Draw, kind: str) -> bytes:
    """A good file of a kind with one or several damages."""
    data: bytes = draw(st.sampled_from(good_files(kind)))
    damages = st.lists(st.sampled_from(DAMAGES[kind]), min_size=1, max_size=MOST_DAMAGES)
    for damage in draw(damages):
        data = damage(draw, data)
    return data


@cache
def good_files(kind: str) -> Sequence[bytes]:
    """Files that are read without an error."""
    return GOOD[kind]()


# --- any bytes ------------------------------------------------------------------------------------


def flipped(draw: Draw, data: bytes) -> bytes:
    """Some bytes are others."""
    if not data:
        return data
    out = bytearray(data)
    for _ in range(draw(st.integers(1, MOST_FLIPS))):
        out[_place(draw, data)] = draw(st.integers(0, 255))
    return bytes(out)


def cut(draw: Draw, data: bytes) -> bytes:
    """A piece is lost."""
    begin, end = _piece(draw, data)
    return data[:begin] + data[end:]


def repeated(draw: Draw, data: bytes) -> bytes:
    """A piece stands there several times."""
    begin, end = _piece(draw, data)
    times = draw(st.integers(2, 5))
    return data[:begin] + data[begin:end] * times + data[end:]


def _place(draw: Draw, data: bytes) -> int:
    """A place, as often near the end as anywhere."""
    first = draw(st.sampled_from([0, max(0, len(data) - ENDING)]))
    place: int = draw(st.integers(first, len(data) - 1))
    return place


def _piece(draw: Draw, data: bytes | str) -> tuple[int, int]:
    begin = draw(st.integers(0, len(data)))
    return begin, draw(st.integers(begin, min(len(data), begin + ENDING)))


# --- text -----------------------------------------------------------------------------------------


def with_odd_text(draw: Draw, data: bytes) -> bytes:
    """Something that belongs nowhere stands at a place of a text, once or often."""
    text = data.decode("utf-8", "surrogateescape")
    begin, end = _piece(draw, text)
    odd = draw(st.sampled_from(ODD_IN_TEXT)) * draw(st.sampled_from([1, 1, 2, 50]))
    text = text[:begin] + odd + text[draw(st.sampled_from([begin, end])) :]
    return text.encode("utf-8", "surrogateescape")


def lines_exchanged(draw: Draw, data: bytes) -> bytes:
    lines = data.split(b"\n")
    first, second = (draw(st.integers(0, len(lines) - 1)) for _ in range(2))
    lines[first], lines[second] = lines[second], lines[first]
    return b"\n".join(lines)


# --- XML, HTML and PDF ----------------------------------------------------------------------------


def rewritten(draw: Draw, data: bytes) -> bytes:
    """An attribute, or the text of an element, is an odd one."""
    return _with_odd(draw, data, _BETWEEN)


def numbers_rewritten(draw: Draw, data: bytes) -> bytes:
    return _with_odd(draw, data, _NUMBER)


def _with_odd(draw: Draw, data: bytes, pattern: re.Pattern[bytes]) -> bytes:
    places = [*pattern.finditer(data)]
    if not places:
        return data
    place = draw(st.sampled_from(range(len(places))))
    odd = draw(st.sampled_from(ODD))
    return data[: places[place].start()] + odd.encode() + data[places[place].end() :]


def elements_repeated(draw: Draw, data: bytes) -> bytes:
    """What stands between two tags stands there often, or is lost."""
    tags = [tag.start() for tag in _ELEMENT.finditer(data)]
    if not tags:
        return data
    first = draw(st.integers(0, len(tags) - 1))
    last = draw(st.integers(first, min(len(tags) - 1, first + 20)))
    begin, end = tags[first], tags[last]
    times = draw(st.sampled_from([0, 2, 3, MOST_REPEATS]))
    return data[:begin] + data[begin:end] * times + data[end:]


# --- archives -------------------------------------------------------------------------------------


def _parts(data: bytes) -> Parts:
    """The parts of an archive, none where it is no sound one any more."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            return [(entry.filename, archive.read(entry)) for entry in archive.infolist()]
    except Exception:  # whatever damage it has
        return []


def _packed(parts: Parts) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive, warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of names that stand there twice, which is the point
        for name, data in parts:
            is_kind = name == "mimetype"  # which is read without unpacking
            archive.writestr(name, data, zipfile.ZIP_STORED if is_kind else None)
    return out.getvalue()


def parts_swapped(draw: Draw, data: bytes) -> bytes:
    """Two parts have each other's content."""
    parts = _parts(data)
    if not parts:
        return data
    first, second = (draw(st.integers(0, len(parts) - 1)) for _ in range(2))
    (name, content), (second_name, second_content) = parts[first], parts[second]
    parts[first], parts[second] = (name, second_content), (second_name, content)
    return _packed(parts)


def part_doubled(draw: Draw, data: bytes) -> bytes:
    """A name stands there twice, the second time with the content of any part."""
    parts = _parts(data)
    if not parts:
        return data
    name, _ = draw(st.sampled_from(parts))
    _, content = draw(st.sampled_from(parts))
    parts.insert(draw(st.integers(0, len(parts))), (name, content))
    return _packed(parts)


def part_lost(draw: Draw, data: bytes) -> bytes:
    parts = _parts(data)
    if len(parts) < 2:
        return data
    parts.pop(draw(st.integers(0, len(parts) - 1)))
    return _packed(parts)


def in_a_part(damage: Damage) -> Damage:
    """A damage of what stands in a part, whose check sum is right again."""

    def inside(draw: Draw, data: bytes) -> bytes:
        parts = _parts(data)
        if not parts:
            return data
        place = draw(st.integers(0, len(parts) - 1))
        name, content = parts[place]
        parts[place] = (name, damage(draw, content))
        return _packed(parts)

    return inside


# --- good files -----------------------------------------------------------------------------------


def _samples(pattern: str) -> list[bytes]:
    """Sample notices with measures, the smallest of a kind, which are damaged where it matters."""
    paths = [
        path for path in NOTICES.rglob(pattern) if not re.search("none|no-measures", path.stem)
    ]
    by_size = sorted(paths, key=lambda path: (path.stat().st_size, path.name))
    return [path.read_bytes() for path in by_size[:8]]


def _csv() -> list[bytes]:
    text = csv_of_rows(ROWS)
    quoted = "\r\n".join(",".join(f'"{cell}"' for cell in row) for row in ROWS)
    titled = f"2026年工作要点,,\r\n{text.decode('utf-8-sig')}合计,,,,3\r\n"
    return [text, LIST.read_bytes(), quoted.encode("gb18030"), titled.encode("utf-16")]


def _xls() -> list[bytes]:
    texts = [cell for row in ROWS for cell in row]
    width = len(ROWS[0])
    places = range(len(texts))
    cells = b"".join(workbooks.string(place // width, place % width, place) for place in places)
    book = workbooks.strings(*map(workbooks.text, texts))
    return [workbooks.compound(workbooks.xls_stream(book, [("清单", cells)]))]


def _ods() -> list[bytes]:
    rows = [workbooks.ods_row(*row) for row in ROWS]
    repeating = 'table:number-rows-repeated="3" table:number-columns-repeated="2"'
    return [
        workbooks.ods(workbooks.ods_table(*rows)),
        workbooks.ods(workbooks.ods_table(*rows, workbooks.ods_row("", attributes=repeating))),
    ]


def _xlsb() -> list[bytes]:
    cells = []
    for number, row in enumerate(ROWS):
        cells += [(number, column, cell) for column, cell in enumerate(row)]
    return [workbooks.xlsb(*cells)]


def _xlsx() -> list[bytes]:
    merged = workbooks.of_rows({"清单": [["2026年工作要点"], *ROWS]}, ["A1:I1"])
    return [output.xlsx_bytes(ROWS, []), workbooks.as_bytes(merged), *_samples("*.xlsx")]


GOOD: Final[dict[str, Callable[[], list[bytes]]]] = {
    "csv": _csv,
    "xlsx": _xlsx,
    "xls": _xls,
    "ods": _ods,
    "xlsb": _xlsb,
    "parquet": lambda: [output.parquet_bytes(ROWS)],
    "docx": lambda: _samples("*.docx"),
    "html": lambda: _samples("*.html"),
    "pdf": lambda: _samples("*.pdf"),
}

_BYTES: Final[list[Damage]] = [flipped, cut, repeated]
_MARKUP: Final[list[Damage]] = [rewritten, numbers_rewritten, elements_repeated]
_ARCHIVE: Final[list[Damage]] = [
    *(parts_swapped, part_doubled, part_lost, flipped),
    *map(in_a_part, [*_BYTES, *_MARKUP, *_MARKUP]),
]
DAMAGES: Final[dict[str, list[Damage]]] = {
    "csv": [*_BYTES, with_odd_text, with_odd_text, lines_exchanged],
    "xlsx": _ARCHIVE,
    "xls": _BYTES,
    "ods": _ARCHIVE,
    "xlsb": _ARCHIVE,
    "parquet": _BYTES,
    "docx": _ARCHIVE,
    "html": [*_BYTES, *_MARKUP, with_odd_text, lines_exchanged],
    "pdf": [*_BYTES, numbers_rewritten, with_odd_text, lines_exchanged],
}
