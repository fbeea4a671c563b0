"""The table's only reader: `read(path)` gives rows, milestones, problems and integer codes; `select` finds rows.

The table says what the notice says; start, due, ongoing, recurring and the split names are derived from it. Beside the
rows stand integer codes, built once, from which `workload` answers: a million rows then cost what ten cost.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path
from typing import Final

import cn2an
import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from lib import deadlines, schema, search, sheets
from lib.errors import BoardError, Problem

READ, EMPTY, UNREADABLE = 0, 1, 2  # Windows.kind
_SEPARATORS: Final = "，、；;/｜|\n\r\t"  # beside the comma, into which they are turned
# Cells whose names can't be split at each separator: separators inside brackets, spaces, a role in brackets.
_HARD: Final = r"[（(〔\[【].*[，,、；;/｜|\s].*[）)〕\]】]|\S[ 　\x{A0}]+\S|[（(](?:牵头|主办|主责|配合|协办)[)）]"
_OPEN, _CLOSE = "（(〔[【", "）)〕]】"
_ROLE_NOTE: Final = re.compile(r"[（(](牵头|主办|主责|配合|协办)[)）]$")
_LEADING: Final = frozenset({"牵头", "主办", "主责"})
_CONTROL: Final = r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]"
# What Excel would run: anything after =, and a call, a bracket or a pipe after + - @.
_FORMULA: Final = r"^(?:=.|[+\-@][^，。；、]*[(|!])"
_GUARD: Final = re.compile(r"^'(?=[=+\-@\t\r])")
_NUMERAL: Final = re.compile(r"\d+|[〇零一二三四五六七八九十百]+")
_NUMBER: Final = re.compile(r"(?:\d+(?:\.\d+)?)?")
_YEARS: Final = range(1949, 2101)


@dataclass(frozen=True)
class Names:
    """A column of several names a cell, as codes. names: the distinct ones; offsets: row i has codes[offsets[i]:offsets[i+1]]."""

    names: pa.Array
    offsets: np.ndarray
    codes: np.ndarray

    @cached_property
    def row(self) -> np.ndarray:
        """The row of each code."""
        return np.repeat(np.arange(len(self.offsets) - 1, dtype=np.int32), np.diff(self.offsets))

    @cached_property
    def position(self) -> dict[str, int]:
        """The code of each name."""
        return {name: code for code, name in enumerate(self.names.to_pylist())}

    def pairs(self, rows: np.ndarray | None) -> tuple[np.ndarray, np.ndarray]:
        """(row, code) of every name in the rows; None means all rows."""
        if rows is None:
            return self.row, self.codes
        starts, counts = self.offsets[rows], self.offsets[rows + 1] - self.offsets[rows]
        steps = np.arange(counts.sum(), dtype=np.int64) - np.repeat(np.cumsum(counts) - counts, counts)
        return np.repeat(rows, counts), self.codes[np.repeat(starts, counts) + steps]

    def of(self, row: int) -> list[str]:
        """The names of one row."""
        return [self.names[int(code)].as_py() for code in self.codes[self.offsets[row] : self.offsets[row + 1]]]

    def array(self) -> pa.ListArray:
        """The column as Arrow lists of strings."""
        return pa.ListArray.from_arrays(pa.array(self.offsets, pa.int32()), self.names.take(pa.array(self.codes)))


@dataclass(frozen=True)
class Labels:
    """A column of one label a row, as codes. names: the distinct labels in the order of the table."""

    names: list[str]
    codes: np.ndarray

    @cached_property
    def position(self) -> dict[str, int]:
        return {name: code for code, name in enumerate(self.names)}


@dataclass(frozen=True)
class Windows:
    """The distinct deadlines of the table, one entry for each pair of phrase and year, and each row's entry.

    code: entry of each row; start, due: datetime64[D], NaT where there is none; year: the list's year, 0 where it has
    none; recurring: index into schema.RECURRING; kind: READ, EMPTY or UNREADABLE.
    """

    code: np.ndarray
    phrase: list[str]
    start: np.ndarray
    due: np.ndarray
    ongoing: np.ndarray
    recurring: np.ndarray
    year: np.ndarray
    kind: np.ndarray


@dataclass(frozen=True)
class Codes:
    """The table as integers, and the columns that are looked up. lead and support share their names; a year of 0 is none."""

    ids: pa.Array
    leaders: Names
    lead: Names
    support: Names
    lists: Labels
    sections: Labels
    windows: Windows
    titles: pa.Array
    years: np.ndarray


@dataclass(frozen=True)
class Table:
    """A measure list as read.

    rows: Arrow-backed DataFrame in schema.ROW_COLUMNS, then the file's extra columns; leaders, lead_departments and
    support_departments are lists, departments the cell as printed. milestones: measure_id, deadline, milestone, target,
    unit, row (position in rows, -1 if none), start, due. problems: what is wrong, in the order of the lines.
    """

    rows: pd.DataFrame
    milestones: pd.DataFrame
    problems: tuple[Problem, ...]
    codes: Codes

    def __len__(self) -> int:
        return len(self.rows)


# --- reading ---------------------------------------------------------------------------------------------------------


def milestones_path(path: Path) -> Path:
    """Where the milestones of a table stand: <stem>.milestones.csv beside it (DESIGN.md §4)."""
    return path.with_name(f"{path.stem}.milestones.csv")


def read(source: str | Path) -> Table:
    """A measure table from .csv, .xlsx or .parquet, with Chinese or English headers, and its milestones if it has any.

    What is wrong with single rows is in `.problems`, the rows stand beside it. Raises BoardError where the file can't be
    opened or decoded, holds no table or lacks the required columns (the codes of `sheets.read`).
    """
    path = Path(source)
    found = sheets.read(path, lambda cells: schema.is_measure_table(schema.fields(cells)))
    sheet, *others = found
    ignored = [Problem("sheet_ignored", 0, "", other.name) for other in others]
    builder = _Builder(sheet)
    rows, codes = builder.build()
    milestones, problems = _milestones(path, codes)
    return Table(rows, milestones, (*ignored, *builder.problems, *problems), codes)


class _Builder:
    """One reading: from a sheet's text columns to rows and codes, collecting problems on the way."""

    def __init__(self, sheet: sheets.Sheet) -> None:
        self.sheet = sheet
        self.found = schema.fields(sheet.header)
        self.problems: list[Problem] = list(sheet.problems)
        self.size = len(sheet.lines)
        self.extra = [i for i, name in enumerate(sheet.header) if name and i not in self.found.values()]

    def build(self) -> tuple[pd.DataFrame, Codes]:
        """The rows and their codes; the problems are complete afterwards."""
        text = {name: self._column(name) for name in (*schema.COLUMNS, *schema.ROLE_COLUMNS)}
        self._missing_columns()
        years = self._years(text["year"])
        windows = self._windows(text["deadline"], years)
        leaders = _coded(_name_lists(text["leaders"]))
        leaders = _part(leaders, ~_repeated(leaders))
        lead, support, departments = self._roles(text)
        lists = _list_labels(years, text["list"])
        ids = self._ids(text["measure_id"], years, lists, text["article"])
        self._check_filled(text["title"], leaders, lead, support)
        columns = {
            **text,
            "measure_id": ids,
            "year": pa.array(years, pa.int16(), mask=years == 0),
            "leaders": leaders.array(),
            "departments": departments,
            "lead_departments": lead.array(),
            "support_departments": support.array(),
            **_window_columns(windows),
        }
        data = {name: columns[name] for name in schema.ROW_COLUMNS}
        data |= {self._extra_name(i, data): self._clean(i) for i in self.extra}
        rows = pa.table(data).to_pandas(types_mapper=pd.ArrowDtype)
        self.problems.sort(key=lambda problem: problem.line)
        sections = _labels(text["section"])
        return rows, Codes(ids, leaders, lead, support, lists, sections, windows, text["title"], years)

    # -- columns as text

    def _column(self, field: str) -> pa.Array:
        at = self.found.get(field)
        return _blank(self.size) if at is None else self._clean(at)

    def _extra_name(self, at: int, taken: dict[str, pa.Array]) -> str:
        name = self.sheet.header[at]
        return name if name not in taken else f"{name} ({at + 1})"

    def _header(self, field: str) -> str:
        at = self.found.get(field)
        return (schema.COLUMNS | schema.ROLE_COLUMNS)[field] if at is None else self.sheet.header[at]

    def _clean(self, at: int) -> pa.Array:
        """A column without outer white space and control characters; what was odd in a cell is a Problem."""
        column, header = self.sheet.columns[at], self.sheet.header[at]
        column = pc.utf8_trim_whitespace(column)
        raw = _bytes(column)
        if ((raw < 0x20) | (raw == 0x7F)).any():
            odd = pc.match_substring_regex(column, _CONTROL)
            self._report("control_characters", header, odd, column)
            column = pc.utf8_trim_whitespace(pc.replace_substring_regex(column, _CONTROL, ""))
        if self.size and pc.max(pc.binary_length(column)).as_py() > schema.LONGEST_CELL:
            self._report("too_long", header, pc.greater(pc.utf8_length(column), schema.LONGEST_CELL), column)
        return self._unguarded(column, header)

    def _unguarded(self, column: pa.Array, header: str) -> pa.Array:
        """Report cells that a spreadsheet would run as a formula, and take off the apostrophe that our exports put there."""
        first = _first_bytes(column)
        if np.isin(first, np.frombuffer(b"=+-@", np.uint8)).any():
            self._report("formula", header, pc.match_substring_regex(column, _FORMULA), column)
        if (first == ord("'")).any():
            return pa.array([_GUARD.sub("", cell) for cell in column.to_pylist()], pa.string())
        return column

    def _report(self, code: str, header: str, where: pa.Array | np.ndarray, values: pa.Array | None) -> None:
        mask = where if isinstance(where, np.ndarray) else where.to_numpy(zero_copy_only=False)
        for at in np.flatnonzero(mask).tolist():
            value = sheets.shown(values[at].as_py()) if values is not None else ""
            self.problems.append(Problem(code, int(self.sheet.lines[at]), header, value))

    def _missing_columns(self) -> None:
        has_roles = "lead_departments" in self.found
        for field, header in schema.COLUMNS.items():
            derived = field in ("measure_id", "list", "article") or (field == "departments" and has_roles)
            if field not in self.found and not derived:
                self.problems.append(Problem("missing_column", 0, header, ""))

    # -- years and deadlines

    def _years(self, column: pa.Array) -> np.ndarray:
        """The year of each row, 0 where there is none."""
        coded = column.dictionary_encode()
        read = np.array([_year(text) for text in coded.dictionary.to_pylist()], np.int16)
        years = read[coded.indices.to_numpy()] if len(read) else np.zeros(self.size, np.int16)
        if "year" in self.found:
            self._report("year_invalid", self._header("year"), years == 0, column)
        return years

    def _windows(self, column: pa.Array, years: np.ndarray) -> Windows:
        coded = column.dictionary_encode()
        phrases: list[str] = coded.dictionary.to_pylist()
        keys = coded.indices.to_numpy().astype(np.int64) * 4096 + years
        code, distinct = pd.factorize(keys)
        entries = [_window(phrases[key // 4096], int(key % 4096)) for key in distinct.tolist()]
        windows = Windows(
            code.astype(np.int32),
            [phrases[key // 4096] for key in distinct.tolist()],
            np.array([w.start for w, _ in entries], "datetime64[D]"),
            np.array([w.due for w, _ in entries], "datetime64[D]"),
            np.array([w.ongoing for w, _ in entries], bool),
            np.array([schema.RECURRING.index(w.recurring) for w, _ in entries], np.int8),
            (distinct % 4096).astype(np.int16),
            np.array([kind for _, kind in entries], np.int8),
        )
        if "deadline" in self.found:
            self._report_deadlines(windows, column)
        return windows

    def _report_deadlines(self, windows: Windows, column: pa.Array) -> None:
        needs_year = np.array(
            [
                kind == UNREADABLE and year == 0 and deadlines.read(phrase, 2000) is not None
                for kind, year, phrase in zip(windows.kind, windows.year, windows.phrase, strict=True)
            ],
            bool,
        )
        header = self._header("deadline")
        kind = windows.kind
        for code, wrong in (
            ("deadline_missing", kind == EMPTY),
            ("deadline_needs_year", needs_year),
            ("deadline_unreadable", (kind == UNREADABLE) & ~needs_year),
        ):
            if wrong.any():
                self._report(code, header, wrong[windows.code], column)

    # -- who

    def _roles(self, text: dict[str, pa.Array]) -> tuple[Names, Names, pa.Array]:
        """Lead and support of each row, with shared codes, and 责任部门 as printed.

        The first name of 责任部门 leads; a cell in 牵头部门 or 配合部门 wins over that (DESIGN.md §4).
        """
        printed = text["departments"]
        lists, leading = _name_lists(printed), np.ones(self.size, np.int64)
        if "lead_departments" in self.found or "support_departments" in self.found:
            lists, leading = _explicit_roles(lists, text)
        if "departments" not in self.found:
            printed = pc.binary_join(lists, "、")
        named = _coded(lists)
        leads = np.arange(len(named.codes)) - np.repeat(named.offsets[:-1], np.diff(named.offsets)) < leading[named.row]
        again = _repeated(named)
        if again.any():
            both = np.zeros(self.size, bool)
            both[_led_and_supported(named, leads, again)] = True
            self._report("lead_and_support", self._header("departments"), both, printed)
        return _part(named, leads & ~again), _part(named, ~leads & ~again), printed

    def _check_filled(self, titles: pa.Array, leaders: Names, lead: Names, support: Names) -> None:
        self._report("title_missing", self._header("title"), pc.equal(titles, ""), None)
        if "leaders" in self.found:
            self._report("leader_missing", self._header("leaders"), np.diff(leaders.offsets) == 0, None)
        if {"departments", "lead_departments"} & set(self.found):
            nobody = (np.diff(lead.offsets) == 0) & (np.diff(support.offsets) == 0)
            field = "departments" if "departments" in self.found else "lead_departments"
            self._report("department_missing", self._header(field), nobody, None)

    # -- identity

    def _ids(self, given: pa.Array, years: np.ndarray, lists: Labels, articles: pa.Array) -> pa.Array:
        """编号 as given; derived where the table has none, so that it is the same at each reading."""
        if "measure_id" not in self.found:
            return pa.array(_derived_ids(years, lists, articles), pa.string())
        self._report_duplicates(given)
        empty = pc.equal(given, "").to_numpy(zero_copy_only=False)
        if not empty.any():
            return given
        self._report("id_missing", self._header("measure_id"), empty, None)
        return pa.array(_fill_ids(given.to_pylist(), years), pa.string())

    def _report_duplicates(self, given: pa.Array) -> None:
        if pc.count_distinct(given).as_py() == self.size:
            return
        again = pd.Series(pd.array(given, dtype=pd.ArrowDtype(pa.string()))).duplicated().to_numpy()
        filled = pc.not_equal(given, "").to_numpy(zero_copy_only=False)
        self._report("duplicate_id", self._header("measure_id"), again & filled, given)


def _blank(size: int) -> pa.Array:
    return pa.repeat(pa.scalar("", pa.string()), size)


def _bytes(column: pa.Array) -> np.ndarray:
    """The column's characters as one run of bytes."""
    offsets = _offsets(column)
    data = column.buffers()[2]
    return np.frombuffer(data, np.uint8)[offsets[0] : offsets[-1]] if data is not None else np.zeros(0, np.uint8)


def _offsets(column: pa.Array) -> np.ndarray:
    found = column.buffers()[1]
    if found is None:
        return np.zeros(1, np.int32)
    return np.frombuffer(found, np.int32)[column.offset : column.offset + len(column) + 1]


def _first_bytes(column: pa.Array) -> np.ndarray:
    """The first byte of each cell that has one."""
    offsets = _offsets(column)
    return _bytes(column)[(offsets[:-1] - offsets[0])[np.diff(offsets) > 0]]


def _year(text: str) -> int:
    """2020, 2020年, 2020年度 or 二〇二〇年 as a number, 0 where it is none between 1949 and 2100."""
    plain = unicodedata.normalize("NFKC", text).strip().removesuffix("度").removesuffix("年")
    plain = plain.translate(str.maketrans("〇零一二三四五六七八九", "00123456789"))
    return int(plain) if re.fullmatch(r"\d{4}", plain) and int(plain) in _YEARS else 0


def _window(phrase: str, year: int) -> tuple[deadlines.Window, int]:
    if not phrase:
        return deadlines.Window(None, None), EMPTY
    window = deadlines.read(phrase, year or None)
    return (window, READ) if window else (deadlines.Window(None, None), UNREADABLE)


def _window_columns(windows: Windows) -> dict[str, pa.Array]:
    code = pa.array(windows.code)
    return {
        "start": pa.array(windows.start, pa.date32()).take(code),
        "due": pa.array(windows.due, pa.date32()).take(code),
        "ongoing": pa.array(windows.ongoing).take(code),
        "recurring": pa.array([schema.RECURRING[i] for i in windows.recurring], pa.string()).take(code),
    }


def _list_labels(years: np.ndarray, column: pa.Array) -> Labels:
    """Lists with their year, `2020 · name`: an office issues a list of the same name each year."""
    named = _labels(column)
    code, distinct = pd.factorize(named.codes.astype(np.int64) * 4096 + years)
    parts = [(str(key % 4096 or ""), named.names[key // 4096]) for key in distinct.tolist()]
    return Labels([" · ".join(filter(None, part)) for part in parts], code.astype(np.int32))


def _labels(column: pa.Array) -> Labels:
    coded = column.dictionary_encode()
    return Labels(coded.dictionary.to_pylist(), coded.indices.to_numpy())


# --- names -----------------------------------------------------------------------------------------------------------


def split_names(cell: str) -> list[tuple[str, str]]:
    """The names of a cell and each one's role note: split outside brackets, `张 慧` is one name, （牵头） is a note.

    `组宣部，机关党委、市文广旅局（市体育局）` gives three names without notes; `办公室、组宣部（牵头）` notes 牵头 at the second.
    """
    names = []
    for piece in _pieces(cell):
        note = _ROLE_NOTE.search(piece)
        name = piece[: note.start()].strip() if note else piece
        if name:
            names.append((name, note[1] if note else ""))
    return names


def _pieces(cell: str) -> list[str]:
    depth, piece, pieces = 0, "", []
    for char in cell:
        depth += (char in _OPEN) - (char in _CLOSE and depth > 0)
        if not depth and (char == "," or char in _SEPARATORS):
            pieces.append(piece)
            piece = ""
        else:
            piece += char
    return [name for whole in (*pieces, piece) for name in _spaced(whole.strip())]


def _spaced(piece: str) -> list[str]:
    """Spaces part Chinese names, but `张 慧` is one name set wide, and names in Latin letters keep their spaces."""
    words = re.split(r"[\s　]+", piece)
    if len(words) == 1 or not all("㐀" <= word[0] <= "鿿" for word in words):
        return [piece]
    return ["".join(words)] if all(len(word) == 1 for word in words) else words


def _name_lists(cells: pa.Array) -> pa.ListArray:
    """The names of each cell, the leading ones first; empty strings may stand between them."""
    hard = pc.match_substring_regex(cells, _HARD)
    if pc.any(hard).as_py():
        return _hard_lists(cells, hard.to_numpy(zero_copy_only=False))
    return _easy_lists(cells)


def _easy_lists(cells: pa.Array) -> pa.ListArray:
    for separator in _SEPARATORS:
        cells = pc.replace_substring(cells, separator, ",")
    return pc.split_pattern(cells, ",")


def _hard_lists(cells: pa.Array, hard: np.ndarray) -> pa.ListArray:
    """Easy cells by Arrow, the few others one by one; a department noted as leading comes first, as if named first."""
    where = pa.array(np.flatnonzero(hard))
    split = {text: _led_first(split_names(text)) for text in pc.unique(cells.take(where)).to_pylist()}
    others = pa.array([split[text] for text in cells.take(where).to_pylist()], pa.list_(pa.string()))
    order = np.arange(len(cells))
    order[hard] = len(cells) + np.arange(len(where))
    easy = _easy_lists(pc.if_else(pa.array(hard), "", cells))
    return pa.concat_arrays([easy, others]).take(pa.array(order))


def _led_first(names: list[tuple[str, str]]) -> list[str]:
    return [name for name, _ in sorted(names, key=lambda pair: pair[1] not in _LEADING)]


def _explicit_roles(named: pa.ListArray, text: dict[str, pa.Array]) -> tuple[pa.ListArray, np.ndarray]:
    """Each row's departments, the leading ones first, and how many lead, where 牵头部门 or 配合部门 say so."""
    lists, leading = [], []
    explicit = (_name_lists(text[field]).to_pylist() for field in schema.ROLE_COLUMNS)
    for cells in zip(named.to_pylist(), *explicit, strict=True):
        names, lead, support = ([name.strip() for name in cell if name.strip()] for cell in cells)
        lead = lead or [name for name in names if name not in support][:1]
        support = support or [name for name in names if name not in lead]
        lists.append(lead + support)
        leading.append(len(lead))
    return pa.array(lists, pa.list_(pa.string())), np.array(leading, np.int64)


def _coded(lists: pa.ListArray) -> Names:
    """Codes for the names of a list column, without its empty strings."""
    values = pc.utf8_trim_whitespace(lists.flatten())
    offsets = lists.offsets.to_numpy().astype(np.int64)
    offsets = offsets - offsets[0]
    filled = pc.not_equal(values, "").to_numpy(zero_copy_only=False)
    if not filled.all():
        offsets = np.concatenate(([0], np.cumsum(filled)))[offsets]
        values = values.filter(pa.array(filled))
    coded = values.dictionary_encode()
    return Names(coded.dictionary, offsets.astype(np.int32), coded.indices.to_numpy())


def _repeated(named: Names) -> np.ndarray:
    """For each code whether its row has named it before."""
    keys = named.row.astype(np.int64) * (len(named.names) + 1) + named.codes
    return pd.Series(keys).duplicated().to_numpy()


def _led_and_supported(named: Names, leads: np.ndarray, again: np.ndarray) -> list[int]:
    """The rows in which a department that leads is named a second time as supporting."""
    found = []
    for row in np.unique(named.row[again & ~leads]).tolist():
        part = slice(named.offsets[row], named.offsets[row + 1])
        if np.isin(named.codes[part][again[part]], named.codes[part][leads[part]]).any():
            found.append(row)
    return found


def _part(named: Names, which: np.ndarray) -> Names:
    """The column with only some of its codes; the names stay shared."""
    if which.all():
        return named
    offsets = np.concatenate(([0], np.cumsum(which)))[named.offsets]
    return Names(named.names, offsets.astype(np.int32), named.codes[which])


# --- identity --------------------------------------------------------------------------------------------------------


def _numerals(article: str) -> list[int]:
    """The numbers of an article as printed: 一（二） gives [1, 2]."""
    found = []
    for numeral in _NUMERAL.findall(unicodedata.normalize("NFKC", article)):
        try:
            found.append(int(numeral) if numeral.isascii() else int(cn2an.cn2an(numeral, "smart")))
        except ValueError:
            return []
    return found


def _derived_ids(years: np.ndarray, lists: Labels, articles: pa.Array) -> list[str]:
    """`2020-1-3` from year, list and article; by the order in the list where the articles don't tell its rows apart.

    The second list of a year is `2020.2-…`, so that two lists of one year never share an id.
    """
    texts = articles.to_pylist()
    printed = {text: "-".join(map(str, _numerals(text))) for text in set(texts)}
    members: dict[tuple[int, int], list[int]] = {}
    for row, key in enumerate(zip(years.tolist(), lists.codes.tolist(), strict=True)):
        members.setdefault(key, []).append(row)
    ids = [""] * len(texts)
    lists_of: Counter[int] = Counter()
    for (year, _), rows in members.items():
        lists_of[year] += 1
        prefix = f"{year:04}" + (f".{lists_of[year]}" if lists_of[year] > 1 else "")
        numbers = [printed[texts[row]] for row in rows]
        if not all(numbers) or len(set(numbers)) < len(numbers):
            numbers = [str(order) for order in range(1, len(rows) + 1)]
        for row, number in zip(rows, numbers, strict=True):
            ids[row] = f"{prefix}-{number}"
    return ids


def _fill_ids(given: list[str], years: np.ndarray) -> list[str]:
    """An id by the order for each row that has none, one that no other row has."""
    taken = set(given)
    for row, text in enumerate(given):
        if not text:
            given[row] = _free(f"{years[row]:04}-#{row + 1}", taken)
            taken.add(given[row])
    return given


def _free(name: str, taken: set[str]) -> str:
    while name in taken:
        name += "'"
    return name


# --- milestones ------------------------------------------------------------------------------------------------------


def _milestones(path: Path, codes: Codes) -> tuple[pd.DataFrame, list[Problem]]:
    """The milestones of a table, and what is wrong with them. None at all is no problem."""
    beside, book = milestones_path(path), path.suffix.lower() == ".xlsx"
    found: list[sheets.Sheet] = []
    problems: list[Problem] = []
    try:
        if book:
            found = [sheet for sheet in sheets.read(path, _has_milestones) if sheet.name == schema.MILESTONE_SHEET]
        elif beside.exists():
            found = sheets.read(beside, _has_milestones)
    except BoardError as error:
        if not (book and error.code == "no_header"):
            problems.append(Problem("milestones_unread", 0, "", error.code, beside.name))
    if not found:
        return _milestone_frame({}, []), problems
    return _read_milestones(found[0], found[0].name or beside.name, codes)


def _has_milestones(cells: list[str]) -> bool:
    found = schema.fields(cells, schema.MILESTONE_HEADERS)
    return "measure_id" in found and "milestone" in found


def _milestone_frame(text: dict[str, list[str]], windows: list[deadlines.Window], row: Sequence[int] = ()) -> pd.DataFrame:
    columns: dict[str, object] = {field: text.get(field, []) for field in schema.MILESTONE_COLUMNS}
    start, due = ([getattr(window, name) for window in windows] for name in ("start", "due"))
    return pd.DataFrame(columns | {"row": np.array(row, np.int64), "start": start, "due": due})


def _read_milestones(sheet: sheets.Sheet, source: str, codes: Codes) -> tuple[pd.DataFrame, list[Problem]]:
    found = schema.fields(sheet.header, schema.MILESTONE_HEADERS)
    text = {
        field: pc.utf8_trim_whitespace(sheet.columns[found[field]]).to_pylist() if field in found else [""] * len(sheet.lines)
        for field in schema.MILESTONE_COLUMNS
    }
    at = pc.fill_null(pc.index_in(pa.array(text["measure_id"], pa.string()), value_set=codes.ids), -1).to_pylist()
    windows = [
        _window(phrase, int(codes.years[row])) if row >= 0 else (deadlines.Window(None, None), READ)
        for phrase, row in zip(text["deadline"], at, strict=True)
    ]
    wrong = {
        ("milestone_orphan", "measure_id"): [row < 0 for row in at],
        ("milestone_deadline", "deadline"): [kind != READ for _, kind in windows],
        ("milestone_target", "target"): [not _NUMBER.fullmatch(target) for target in text["target"]],
    }
    problems = [replace(problem, source=source) for problem in sheet.problems]
    for (code, field), mask in wrong.items():
        header = sheet.header[found[field]] if field in found else schema.MILESTONE_COLUMNS[field]
        problems += [
            Problem(code, line, header, sheets.shown(value), source)
            for line, value, bad in zip(sheet.lines.tolist(), text[field], mask, strict=True)
            if bad
        ]
    problems.sort(key=lambda problem: problem.line)
    return _milestone_frame(text, [window for window, _ in windows], at), problems


# --- selecting -------------------------------------------------------------------------------------------------------


def select(
    table: Table,
    *,
    lists: Sequence[str] = (),
    sections: Sequence[str] = (),
    leaders: Sequence[str] = (),
    departments: Sequence[str] = (),
    role: str = "",
    query: str = "",
) -> np.ndarray | None:
    """The positions of the rows that fit every filter, ascending; None for all of them.

    Within one filter any value fits; role "lead" or "support" says how the departments must be named. A value that the
    table does not have fits nothing: a selection is never widened. query: see `search.find`.
    """
    codes = table.codes
    masks = [
        *([_labelled(codes.lists, lists)] if lists else []),
        *([_labelled(codes.sections, sections)] if sections else []),
        *([_naming([codes.leaders], leaders, len(table))] if leaders else []),
        *([_naming(_by_role(codes, role), departments, len(table))] if departments else []),
        *([_searched(table, query)] if query.strip() else []),
    ]
    if not masks:
        return None
    return np.flatnonzero(np.logical_and.reduce(masks))


def _by_role(codes: Codes, role: str) -> list[Names]:
    return {"lead": [codes.lead], "support": [codes.support]}.get(role, [codes.lead, codes.support])


def _labelled(labels: Labels, wanted: Sequence[str]) -> np.ndarray:
    fits = np.zeros(len(labels.names), bool)
    fits[[labels.position[name] for name in wanted if name in labels.position]] = True
    return fits[labels.codes]


def _naming(columns: Sequence[Names], wanted: Sequence[str], size: int) -> np.ndarray:
    found = np.zeros(size, bool)
    for column in columns:
        fits = np.zeros(len(column.names), bool)
        fits[[column.position[name] for name in wanted if name in column.position]] = True
        found[column.row[fits[column.codes]]] = True
    return found


def _searched(table: Table, query: str) -> np.ndarray:
    """Rows in which each word of the query finds something: the title, a leader, a department or the id."""
    found = np.ones(len(table), bool)
    for word in query.split():
        found &= _finding(table.codes, word)
    return found


def _finding(codes: Codes, word: str) -> np.ndarray:
    found = search.find(word, codes.titles)
    found = found | pc.match_substring(codes.ids, word, ignore_case=True).to_numpy(zero_copy_only=False)
    for column, kind in ((codes.leaders, "person"), (codes.lead, "name"), (codes.support, "name")):
        found[column.row[search.find(word, column.names, kind=kind)[column.codes]]] = True
    return found
