"""The table's only reader: `read(path)` gives rows, milestones, problems and integer codes; `select` finds rows.

The table says what the notice says; start, due, ongoing, recurring and the split names are derived from it. Beside the
rows stand integer codes, built once, from which `workload` answers: a million rows then cost what ten cost.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Sequence
from concurrent.futures import Executor, ThreadPoolExecutor
from dataclasses import dataclass, replace
from functools import cache, cached_property
from pathlib import Path
from typing import Final

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from lib import search
from lib.errors import BoardError, Problem
from lib.files import sheets
from lib.measures import schema
from lib.text import deadlines

READ, EMPTY, UNREADABLE = 0, 1, 2  # Windows.kind
_SEPARATORS: Final = ",，、；;/／|｜\n\r\t"
_OPEN, _CLOSE = r"[（(〔\[【]", r"[）)〕\]】]"
_INSIDE: Final = rf"[^{_OPEN[1:-1]}{_CLOSE[1:-1]}]"
# A name runs to the next separator outside brackets; a bracket that is never closed is a character like others.
_NAME: Final = re.compile(
    rf"(?:{_OPEN}(?:{_INSIDE}|{_OPEN}{_INSIDE}*{_CLOSE})*{_CLOSE}|[^{_SEPARATORS}])+"
)
_ROLE: Final = "牵头|主办|主责|配合|协办|协同|会办|参与"
_ROLE_BEFORE: Final = re.compile(
    rf"({_ROLE}|责任)(?:部门|单位|部室|科室|股室|处室|领导|人)?\s*[:：]\s*"
)
_ROLE_BEHIND: Final = re.compile(
    rf"(?<!\s)\s*(?:[（(]({_ROLE})(?:部门|单位)?[)）]|(?:负责)?(牵头|配合))$"
)
_LEADING: Final = frozenset({"牵头", "主办", "主责"})
_NOT_PLAIN: Final = rf"[\s\p{{Z}}]|{_ROLE}|责任.*[:：]"
_PAIR: Final = f"{_OPEN}{_INSIDE}*{_CLOSE}"
_WIDE: Final = 0x80  # the first byte of UTF-8 that is not ASCII
_NARROW_SEPARATORS: Final = np.array(
    [ord(sign) for sign in _SEPARATORS if sign.isascii()], np.uint8
)
_WIDE_SEPARATORS: Final = np.array(
    [int.from_bytes(sign.encode()) for sign in _SEPARATORS if not sign.isascii()], np.int32
)
_DELETE: Final = 0x7F
_LEADS: Final = (0xE3, 0xEF)  # their first bytes
_BLOCK: Final = 1 << 18  # bytes
_MANY: Final = 16  # names in a cell
_FEW: Final = frozenset(
    {"year", "list", "section", "article", "leaders", "deadline"}
)  # fields with few distinct texts
_CONTROL: Final = r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]"
# What Excel would run: anything after =, and a call, a bracket or a pipe after + - @.
_FORMULA: Final = r"^(?:=.|[+\-@][^，。；、]*[(|!])"
_GUARD: Final = r"^'('*[=+\-@\t\r＝＋－＠])"
_DIGITS: Final = str.maketrans("〇零一二三四五六七八九", "00123456789")
_UNITS: Final = {"十": 10, "百": 100}
_NUMERAL: Final = re.compile(r"\d{1,9}|[〇零一二三四五六七八九十百]{1,9}")
_NUMBER: Final = re.compile(r"(?:\d+(?:\.\d+)?)?")
_YEARS: Final = range(2000, 2100)  # those of `deadlines`: its lunar tables have no others
_BROKEN: Final = frozenset({"too_few_cells", "too_many_cells", "unclosed_quote"})


@dataclass(frozen=True, eq=False)
class Names:
    """A column of several names a cell, as codes.

    names: the distinct ones; offsets: row i has codes[offsets[i]:offsets[i + 1]].
    """

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

    @cached_property
    def counts(self) -> np.ndarray:
        """How many names each row has."""
        return np.diff(self.offsets)

    @cached_property
    def uses(self) -> np.ndarray:
        """How many rows have each name."""
        return np.bincount(self.codes, minlength=len(self.names))

    @cached_property
    def busiest(self) -> np.ndarray:
        """The codes that any row has, in descending order of their uses, the earlier in the table first."""
        return descending(self.uses)

    @cached_property
    def _postings(self) -> tuple[np.ndarray, np.ndarray]:
        return self.row[np.argsort(self.codes, kind="stable")], np.concatenate(
            ([0], np.cumsum(self.uses))
        )

    def rows_of(self, code: int) -> np.ndarray:
        """The rows that have a name, ascending."""
        rows, starts = self._postings
        return rows[starts[code] : starts[code + 1]]

    def pairs(self, rows: np.ndarray | None) -> tuple[np.ndarray, np.ndarray]:
        """(row, code) of every name in the rows; None means all rows."""
        if rows is None:
            return self.row, self.codes
        starts, counts = self.offsets[rows], self.offsets[rows + 1] - self.offsets[rows]
        steps = np.arange(counts.sum(), dtype=np.int64) - np.repeat(
            np.cumsum(counts) - counts, counts
        )
        return np.repeat(rows, counts), self.codes[np.repeat(starts, counts) + steps]

    def of(self, row: int) -> list[str]:
        """The names of one row."""
        return [
            self.names[int(code)].as_py()
            for code in self.codes[self.offsets[row] : self.offsets[row + 1]]
        ]

    def array(self) -> pa.ListArray:
        """The column as Arrow lists of strings."""
        return pa.ListArray.from_arrays(
            pa.array(self.offsets, pa.int32()), self.names.take(pa.array(self.codes))
        )


def descending(uses: np.ndarray) -> np.ndarray:
    """The places of those above zero, the highest first, in the order of the array where they tie."""
    order = np.argsort(-uses, kind="stable")
    return order[: np.count_nonzero(uses)]


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

    @cached_property
    def uses(self) -> np.ndarray:
        """How many rows have each deadline."""
        return np.bincount(self.code, minlength=len(self.kind))


@dataclass(frozen=True)
class Codes:
    """The table as integers, and the columns that are looked up.

    lead and support share their names; a year of 0 is none.
    """

    ids: pa.Array
    leaders: Names
    lead: Names
    support: Names
    lists: Labels
    sections: Labels
    windows: Windows
    titles: pa.Array
    years: np.ndarray

    @cached_property
    def section_names(self) -> Names:
        """The sections as a column of one name a cell."""
        names = pa.array(self.sections.names, pa.string())
        return Names(
            names, np.arange(len(self.sections.codes) + 1, dtype=np.int32), self.sections.codes
        )

    def once(self, count: Callable[..., np.ndarray], *names: Names) -> np.ndarray:
        """What a function counts of whole columns, counted once. count: of these codes and the columns given."""
        key = (count, *names)
        if key not in self._counted:
            self._counted[key] = count(self, *names)
        return self._counted[key]

    @cached_property
    def _counted(self) -> dict[tuple[object, ...], np.ndarray]:
        return {}


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

    What is wrong with single rows is in `.problems`, the rows stand beside it. Raises BoardError where the file can't
    be opened or decoded, holds no table or lacks the required columns (the codes of `sheets.read`).
    """
    sheet, milestones, problems = _find_sheets(Path(source))
    return of(sheet, milestones, problems)


def of(
    sheet: sheets.Sheet, milestones: sheets.Sheet | None = None, problems: Sequence[Problem] = ()
) -> Table:
    """The table that stands on a sheet, with the milestones of another. problems: those found before."""
    reading = _Reading(sheet)
    rows, codes = reading.build()
    if milestones is None:
        return Table(rows, _milestone_frame({}, []), (*problems, *reading.report.sorted()), codes)
    frame, more = _read_milestones(milestones, codes)
    return Table(rows, frame, (*problems, *reading.report.sorted(), *more), codes)


def _find_sheets(path: Path) -> tuple[sheets.Sheet, sheets.Sheet | None, list[Problem]]:
    """The measures, their milestones (in the same workbook, or in the file beside it), and what was passed over."""
    found = sheets.read(path, lambda cells: has_measures(cells) or has_milestones(cells))
    tables = [
        sheet
        for sheet in found
        if has_measures(sheet.header) and sheet.name not in schema.MILESTONE_SHEETS
    ]
    if not tables:
        raise BoardError(
            "no_header", file=path.name, found=sheets.shown("、".join(found[0].header))
        )
    ignored = [Problem("sheet_ignored", 0, "", other.name) for other in tables[1:]]
    inside = [
        sheet
        for sheet in found
        if sheet.name in schema.MILESTONE_SHEETS and has_milestones(sheet.header)
    ]
    if inside:
        return tables[0], inside[0], ignored
    beside, problems = _milestones_beside(path)
    return tables[0], beside, ignored + problems


def has_measures(cells: list[str]) -> bool:
    """Whether a row is the header of a measure list."""
    return schema.is_measure_table(schema.fields(cells))


def has_milestones(cells: list[str]) -> bool:
    """Whether a row is the header of its milestones."""
    found = schema.fields(cells, schema.MILESTONE_HEADERS)
    return "measure_id" in found and "milestone" in found


class _Report:
    """The problems of one sheet. A line that is broken as such is not judged cell by cell: one mistake, one problem."""

    def __init__(self, sheet: sheets.Sheet, source: str = "") -> None:
        self.problems = [replace(problem, source=source) for problem in sheet.problems]
        self.lines = sheet.lines
        self.header = sheet.header
        self.source = source
        self.broken = {problem.line for problem in sheet.problems if problem.code in _BROKEN}
        self.damaged = {(problem.line, problem.column) for problem in sheet.problems}

    def add(
        self, code: str, column: str, where: np.ndarray, values: pa.Array | None = None
    ) -> None:
        """A problem for each row of a mask, with what stands there in values."""
        rows = np.flatnonzero(where)
        shown = [""] * len(rows) if values is None else values.take(pa.array(rows)).to_pylist()
        for line, value in zip(self.lines[rows].tolist(), shown, strict=True):
            if line not in self.broken and (line, column) not in self.damaged:
                self.problems.append(Problem(code, line, column, sheets.shown(value), self.source))

    def whole(self, code: str, column: str) -> None:
        """A problem of the whole table."""
        self.problems.append(Problem(code, 0, column, "", self.source))

    def sorted(self) -> list[Problem]:
        """In the order of the table: by line, then by column."""
        place = {name: at for at, name in reversed([*enumerate(self.header)])}
        return sorted(
            self.problems, key=lambda found: (found.line, place.get(found.column, -1), found.code)
        )


class _Reading:
    """One reading: from a sheet's text columns to rows and codes, collecting problems on the way."""

    def __init__(self, sheet: sheets.Sheet) -> None:
        self.sheet = sheet
        self.found = schema.fields(sheet.header)
        self.report = _Report(sheet)
        self.size = len(sheet.lines)
        self.kinds: dict[str, pa.DictionaryArray] = {}

    def build(self) -> tuple[pd.DataFrame, Codes]:
        """The rows and their codes; the problems are complete afterwards."""
        with ThreadPoolExecutor() as pool:  # Arrow and NumPy work on several columns at a time
            fields = (*schema.COLUMNS, *schema.ROLE_COLUMNS)
            text = dict(zip(fields, pool.map(self._column, fields), strict=True))
            again = pool.submit(_seen_before, text["measure_id"])
            lead, support, departments = self._roles(text, pool)
            leaders, _ = _names(self.kinds["leaders"].dictionary, pool)
        leaders = _expanded(
            _part(leaders, ~_repeated(leaders)), self.kinds["leaders"].indices.to_numpy()
        )
        years = self._years(text["year"])
        windows = self._windows(text["deadline"], years)
        lists, sections = _list_labels(years, self.kinds["list"]), _labels(self.kinds["section"])
        ids = self._ids(text["measure_id"], again.result(), years, lists)
        self._missing_columns()
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
        rows = pa.table({name: columns[name] for name in schema.ROW_COLUMNS} | self._extra())
        codes = Codes(ids, leaders, lead, support, lists, sections, windows, text["title"], years)
        return rows.to_pandas(types_mapper=pd.ArrowDtype), codes

    # -- columns as text

    def _column(self, field: str) -> pa.Array:
        """The cells of a field, empty where the table lacks it; the distinct ones are kept where they are few."""
        at = self.found.get(field)
        if field not in _FEW:
            return _blank(self.size) if at is None else self._clean(at)
        column = _blank(self.size) if at is None else self.sheet.columns[at]
        kinds = self.sheet.kinds.get(-1 if at is None else at) or column.dictionary_encode()
        if not _is_clean(kinds.dictionary):
            column = _clean(column, self._header(field), self.report)
            kinds = column.dictionary_encode()
        self.kinds[field] = kinds
        return column

    def _clean(self, at: int) -> pa.Array:
        column = self.sheet.columns[at]
        return column if _is_clean(column) else _clean(column, self.sheet.header[at], self.report)

    def _extra(self) -> dict[str, pa.Array]:
        """The columns that are none of ours; one without a name only if there is something in it."""
        extra: dict[str, pa.Array] = {}
        for at, name in enumerate(self.sheet.header):
            cells = self.sheet.columns[at]
            if at in self.found.values() or not (name or pc.any(pc.not_equal(cells, "")).as_py()):
                continue
            taken = not name or name in schema.ROW_COLUMNS or name in extra
            extra[f"{name} ({at + 1})" if taken else name] = self._clean(at)
        return extra

    def _header(self, field: str) -> str:
        at = self.found.get(field)
        return (
            (schema.COLUMNS | schema.ROLE_COLUMNS)[field] if at is None else self.sheet.header[at]
        )

    def _missing_columns(self) -> None:
        """编号 is derived, and 责任部门 not needed beside 牵头部门; every other column that is missing is a problem."""
        has_lead = "lead_departments" in self.found
        for field, header in schema.COLUMNS.items():
            needless = field == "measure_id" or (field == "departments" and has_lead)
            if field not in self.found and not needless:
                self.report.whole("missing_column", header)

    # -- years and deadlines

    def _years(self, column: pa.Array) -> np.ndarray:
        """The year of each row, 0 where there is none."""
        coded = self.kinds["year"]
        read = np.array([*map(_year, coded.dictionary.to_pylist()), 0], np.int16)
        years: np.ndarray = read[coded.indices.to_numpy()]
        if "year" in self.found:
            empty = _mask(pc.equal(column, ""))
            self.report.add("year_missing", self._header("year"), empty)
            self.report.add("year_invalid", self._header("year"), (years == 0) & ~empty, column)
        return years

    def _windows(self, column: pa.Array, years: np.ndarray) -> Windows:
        coded = self.kinds["deadline"]
        phrases: list[str] = coded.dictionary.to_pylist()
        keys = coded.indices.to_numpy().astype(np.int64) * 4096 + years
        code, distinct = pd.factorize(keys)
        entries = [_window(phrases[key // 4096], key % 4096) for key in distinct.tolist()]
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
        # Where only the year is wanting, that is said already: of the row's 年度, or of the missing column
        unread = [
            kind == UNREADABLE and (year > 0 or deadlines.read(phrase, _YEARS.start) is None)
            for kind, year, phrase in zip(windows.kind, windows.year, windows.phrase, strict=True)
        ]
        for code, wrong in (
            ("deadline_missing", windows.kind == EMPTY),
            ("deadline_unreadable", np.array(unread, bool)),
        ):
            if wrong.any():
                self.report.add(code, self._header("deadline"), wrong[windows.code], column)

    # -- who

    def _roles(self, text: dict[str, pa.Array], pool: Executor) -> tuple[Names, Names, pa.Array]:
        """Lead and support of each row, with shared codes, and 责任部门 as printed.

        The first name of 责任部门 leads unless the cell says otherwise; 牵头部门 and 配合部门 win over it (DESIGN.md
        §4).
        """
        named, leading = _names(text["departments"], pool)
        leads = _first_of_each(named.offsets, leading)
        if "lead_departments" in self.found or "support_departments" in self.found:
            explicit = (_names(text[field], pool)[0] for field in schema.ROLE_COLUMNS)
            named, leads = _explicit_roles(named, leads, *explicit)
        again = _repeated(named)
        both = _led_and_supported(named, leads, again)
        for field in ("support_departments", "departments"):
            here = both & _mask(pc.not_equal(text[field], ""))
            self.report.add("lead_and_support", self._header(field), here, text[field])
            both = both & ~here
        lead, support = _part(named, leads & ~again), _part(named, ~leads & ~again)
        if "departments" in self.found:
            return lead, support, text["departments"]
        return lead, support, pc.binary_join(_part(named, ~again).array(), "、")

    def _check_filled(self, titles: pa.Array, leaders: Names, lead: Names, support: Names) -> None:
        self.report.add("title_missing", self._header("title"), _mask(pc.equal(titles, "")))
        if "leaders" in self.found:
            self.report.add(
                "leader_missing", self._header("leaders"), np.diff(leaders.offsets) == 0
            )
        if {"departments", "lead_departments"} & set(self.found):
            nobody = (np.diff(lead.offsets) == 0) & (np.diff(support.offsets) == 0)
            field = "departments" if "departments" in self.found else "lead_departments"
            self.report.add("department_missing", self._header(field), nobody)

    # -- identity

    def _ids(
        self, given: pa.Array, again: np.ndarray, years: np.ndarray, lists: Labels
    ) -> pa.Array:
        """编号 as given; derived where the table has none, so that it is the same at each reading."""
        if "measure_id" not in self.found:
            return _derived_ids(years, lists, self.kinds["article"])
        header = self._header("measure_id")
        empty = _mask(pc.equal(given, ""))
        self.report.add("duplicate_id", header, again & ~empty, given)
        if not empty.any():
            return given
        self.report.add("id_missing", header, empty)
        return _filled_ids(given, empty, years)


# --- cells as text ---------------------------------------------------------------------------------------------------


def _blank(size: int) -> pa.Array:
    return pa.repeat(pa.scalar("", pa.string()), size)


def _clean(column: pa.Array, header: str, report: _Report) -> pa.Array:
    """A column without outer white space and control characters; what was odd in a cell is a Problem."""
    column = pc.utf8_trim_whitespace(column)
    if _has_control(column):
        odd = _mask(pc.match_substring_regex(column, _CONTROL))
        report.add("control_characters", header, odd, column)
        column = _replaced(column, odd, _CONTROL, "")
    if np.diff(_offsets(column)).max(initial=0) > schema.LONGEST_CELL:
        report.add(
            "too_long",
            header,
            _mask(pc.greater(pc.utf8_length(column), schema.LONGEST_CELL)),
            column,
        )
    run = _beginning_with(column, b"=+-@")
    run[run] = _mask(pc.match_substring_regex(column.filter(pa.array(run)), _FORMULA))
    report.add("formula", header, run, column)
    # Our own exports put an apostrophe before what a spreadsheet would run, and before what has one already
    return _replaced(column, _beginning_with(column, b"'"), _GUARD, r"\1")


def _beginning_with(column: pa.Array, signs: bytes) -> np.ndarray:
    """The cells that begin with one of the ASCII signs."""
    found = np.diff(_offsets(column)) > 0
    found[found] = np.isin(_first_bytes(column), list(signs))
    return found


def _replaced(column: pa.Array, where: np.ndarray, pattern: str, by: str) -> pa.Array:
    """A column in which some cells have a pattern replaced, and are trimmed again."""
    mask = pa.array(where)
    cells = pc.utf8_trim_whitespace(pc.replace_substring_regex(column.filter(mask), pattern, by))
    return pc.replace_with_mask(column, mask, cells)


def _is_clean(column: pa.Array) -> bool:
    """Whether `_clean` would find nothing."""
    first = np.bincount(_first_bytes(column), minlength=256)
    long = np.diff(_offsets(column)).max(initial=0) > schema.LONGEST_CELL
    odd = long or first[list(b"=+-@'")].any() or _has_control(column)
    return not odd and pc.utf8_trim_whitespace(column).equals(column)


def _has_control(column: pa.Array) -> bool:
    return any(
        block.min() < ord(" ") or (block == _DELETE).any() for block in _blocks(_bytes(column))
    )


def _blocks(raw: np.ndarray) -> list[np.ndarray]:
    """Parts that stay in the processor's cache."""
    return [raw[begin : begin + _BLOCK] for begin in range(0, len(raw), _BLOCK)]


def _mask(found: pa.Array) -> np.ndarray:
    mask: np.ndarray = found.to_numpy(zero_copy_only=False)
    return mask


def _bytes(column: pa.Array) -> np.ndarray:
    """The column's characters as one run of bytes."""
    offsets, data = _offsets(column), column.buffers()[2]
    return (
        np.zeros(0, np.uint8)
        if data is None
        else np.frombuffer(data, np.uint8)[offsets[0] : offsets[-1]]
    )


def _offsets(column: pa.Array) -> np.ndarray:
    if not len(column):  # then Arrow may keep none
        return np.zeros(1, np.int32)
    return np.frombuffer(column.buffers()[1], np.int32)[
        column.offset : column.offset + len(column) + 1
    ]


def _first_bytes(column: pa.Array) -> np.ndarray:
    """The first byte of each cell that has one."""
    offsets = _offsets(column)
    first: np.ndarray = _bytes(column)[(offsets[:-1] - offsets[0])[np.diff(offsets) > 0]]
    return first


def _list_labels(years: np.ndarray, coded: pa.DictionaryArray) -> Labels:
    """Lists with their year, `2020 · name`: an office issues a list of the same name each year."""
    named = _labels(coded)
    code, distinct = pd.factorize(named.codes.astype(np.int64) * 4096 + years)
    parts = [(str(key % 4096 or ""), named.names[key // 4096]) for key in distinct.tolist()]
    return Labels([" · ".join(filter(None, part)) for part in parts], code.astype(np.int32))


def _labels(coded: pa.DictionaryArray) -> Labels:
    return Labels(coded.dictionary.to_pylist(), coded.indices.to_numpy())


def _codes(column: pa.Array) -> np.ndarray:
    """A number for each distinct text, in the order of the table."""
    codes: np.ndarray = column.dictionary_encode().indices.to_numpy()
    return codes


def _year(text: str) -> int:
    """2020, 2020年, 2020年度 or 二〇二〇年 as a number, 0 where it is none between 2000 and 2099."""
    plain = (
        unicodedata.normalize("NFKC", text)
        .strip()
        .removesuffix("度")
        .removesuffix("年")
        .removesuffix(".0")
    )
    plain = plain.translate(_DIGITS)
    return int(plain) if re.fullmatch("[0-9]{4}", plain) and int(plain) in _YEARS else 0


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
        "recurring": pa.array([schema.RECURRING[i] for i in windows.recurring], pa.string()).take(
            code
        ),
    }


# --- names -----------------------------------------------------------------------------------------------------------


def split_names(cell: str) -> list[tuple[str, str]]:
    """The names of a cell and each one's role note: split outside brackets, `张 慧` is one name, （牵头） is a note.

    `组宣部，机关党委、市文广旅局（市体育局）` gives three names without notes; `办公室、组宣部（牵头）` notes 牵头 at
    the second; `牵头单位：组宣部；配合单位：机关党委、办公室` notes 牵头 once and 配合 twice.
    """
    names, role = [], ""
    for piece in _NAME.findall(cell):
        name = piece.strip()
        if before := _ROLE_BEFORE.match(name):
            name, role = name[before.end() :], before[1].replace("责任", "")
        behind = _ROLE_BEHIND.search(name)
        if behind and behind.start():
            note = behind[1] or behind[2]
            name = name[: behind.start()]
        else:
            note = role
        names += [(one, note) for one in _spaced(name) if one]
    return names


def _spaced(piece: str) -> list[str]:
    """Spaces part Chinese names, but `张 慧` is one name set wide, and names in Latin letters keep their spaces."""
    words = piece.split()
    if not all("㐀" <= word[0] <= "鿿" for word in words):
        return [piece]
    return ["".join(words)] if all(len(word) == 1 for word in words) else words


def _led_first(cell: str) -> tuple[list[str], int]:
    """The names of a cell, the noted leaders first, and how many lead: without notes, the first."""
    names = split_names(cell)
    leading = [name for name, note in names if note in _LEADING]
    unnoted = [name for name, note in names if not note]
    supporting = [name for name, note in names if note and note not in _LEADING]
    return leading + unnoted + supporting, len(leading) or min(len(unnoted), 1)


def _names(cells: pa.Array, pool: Executor) -> tuple[Names, np.ndarray]:
    """The names of each cell as codes, those that lead first, and how many of them lead."""
    half = len(cells) // 2
    named = _joined(*pool.map(_split, [cells[:half], cells[half:]]))
    odd = _are_odd(named.names)
    rows = np.zeros(len(cells), bool)
    if odd.any():
        rows[named.row[odd[named.codes]]] = True
    named, leading = _with_odd_cells(named, np.flatnonzero(rows), cells)
    return _without_empty(named), leading


def _expanded(named: Names, rows: np.ndarray) -> Names:
    """The column whose cells are those of the given rows."""
    offsets = np.concatenate((np.zeros(1, np.int32), np.cumsum(named.counts[rows], dtype=np.int32)))
    return Names(named.names, offsets, named.pairs(rows)[1])


def _split(cells: pa.Array) -> Names:
    """The pieces of each cell between separators, trimmed, without regard to brackets."""
    offsets, pieces, between = _pieces(cells)
    coded = pieces.dictionary_encode()
    codes = coded.indices.to_numpy()[~between]
    used = np.bincount(codes, minlength=len(coded.dictionary)) > 0  # the separators are not
    names = pc.utf8_trim_whitespace(coded.dictionary.filter(pa.array(used))).dictionary_encode()
    place = np.zeros(len(used), np.int32)
    place[used] = names.indices.to_numpy()
    return Names(names.dictionary, offsets, place[codes])


def _joined(above: Names, below: Names) -> Names:
    """Two columns one below the other, with the names in common."""
    names = pa.concat_arrays([above.names, below.names]).dictionary_encode()
    codes = names.indices.to_numpy()[len(above.names) :][below.codes]
    offsets = np.concatenate((above.offsets, below.offsets[1:] + above.offsets[-1]))
    return Names(names.dictionary, offsets, np.concatenate((above.codes, codes)))


def _without_empty(named: Names) -> Names:
    filled = _mask(pc.not_equal(named.names, ""))
    if filled.all():
        return named
    left = _part(named, filled[named.codes])
    place = np.cumsum(filled, dtype=np.int32) - np.int32(1)
    return Names(named.names.filter(pa.array(filled)), left.offsets, place[left.codes])


def _pieces(cells: pa.Array) -> tuple[np.ndarray, pa.Array, np.ndarray]:
    """The cells cut at their separators: which is the first name of each cell, all pieces, and which are separators.

    The pieces lie where the cells lie, separators among them: nothing is copied, and no string is made before it is
    known to be new.
    """
    begins, raw = _offsets(cells) - _offsets(cells)[0], _bytes(cells)
    ends, widths = _separators(raw)
    before = np.searchsorted(ends, begins, side="right").astype(np.int32)
    offsets = np.arange(len(begins), dtype=np.int32) + before
    bounds = np.empty(len(begins) + 2 * len(ends), np.int32)
    between = np.ones(len(bounds), bool)
    between[offsets + before] = False  # a cell begins here
    cuts = np.flatnonzero(between)
    bounds[offsets + before] = begins
    bounds[cuts[::2]], bounds[cuts[1::2]] = ends - widths, ends
    between[cuts[1::2]] = False
    return (
        offsets,
        pa.StringArray.from_buffers(len(bounds) - 1, pa.py_buffer(bounds), pa.py_buffer(raw)),
        between[:-1],
    )


def _separators(raw: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Where in a run of UTF-8 bytes the separators end, ascending, and how many bytes each has."""
    found = [_candidates(block) + at * _BLOCK for at, block in enumerate(_blocks(raw))]
    at = np.concatenate([np.zeros(0, np.int32), *found])
    first = raw[at]
    wide = at[first >= _WIDE]
    codes = raw[wide].astype(np.int32) << 16 | raw[wide + 1].astype(np.int32) << 8 | raw[wide + 2]
    wide = wide[np.isin(codes, _WIDE_SEPARATORS)] + 3
    narrow = at[np.isin(first, _NARROW_SEPARATORS)] + 1
    ends = np.sort(np.concatenate((wide, narrow)), kind="stable") if len(narrow) else wide
    return ends, np.where(raw[ends - 1] < _WIDE, 1, 3).astype(np.int32)


def _candidates(raw: np.ndarray) -> np.ndarray:
    """Bytes with which a separator may begin: ASCII, and the first ones of 、 and ，."""
    return np.flatnonzero((raw < _WIDE) | (raw == _LEADS[0]) | (raw == _LEADS[1])).astype(np.int32)


def _are_odd(names: pa.Array) -> np.ndarray:
    """Which pieces are more than a name: with a role, white space, or a bracket whose other half is elsewhere."""
    halves = pc.match_substring_regex(
        pc.replace_substring_regex(names, _PAIR, ""), _OPEN + "|" + _CLOSE
    )
    return _mask(pc.or_(halves, pc.match_substring_regex(names, _NOT_PLAIN)))


def _with_odd_cells(named: Names, rows: np.ndarray, cells: pa.Array) -> tuple[Names, np.ndarray]:
    """The same with the cells of some rows split one by one, and how many names lead in each row."""
    leading = np.ones(len(cells), np.int64)
    if not len(rows):
        return named, leading
    coded = cells.take(pa.array(rows)).dictionary_encode()
    split = [_led_first(cell) for cell in coded.dictionary.to_pylist()]
    lists = pa.array([names for names, _ in split], pa.list_(pa.string()))
    names = pa.concat_arrays([named.names, lists.values]).dictionary_encode()
    apart = pa.ListArray.from_arrays(lists.offsets, names.indices[len(named.names) :])
    order = np.arange(len(cells))
    order[rows] = len(cells) + coded.indices.to_numpy()
    whole = pa.ListArray.from_arrays(pa.array(named.offsets), pa.array(named.codes))
    together = pa.concat_arrays([whole, apart]).take(pa.array(order))
    leading[rows] = np.array([count for _, count in split])[coded.indices.to_numpy()]
    return _used(
        Names(names.dictionary, together.offsets.to_numpy(), together.values.to_numpy())
    ), leading


def _used(named: Names) -> Names:
    """The column without names that no cell has, the names in the order of the table."""
    first = np.full(len(named.names), len(named.codes))
    first[named.codes[::-1]] = np.arange(len(named.codes))[
        ::-1
    ]  # the last to be written is the first in the table
    order = np.argsort(first, kind="stable")[: np.count_nonzero(first < len(named.codes))]
    place = np.zeros(len(first), np.int32)
    place[order] = np.arange(len(order))
    return Names(named.names.take(pa.array(order)), named.offsets, place[named.codes])


def _explicit_roles(
    named: Names, leads: np.ndarray, lead: Names, support: Names
) -> tuple[Names, np.ndarray]:
    """All names of each row, the leading ones first, and which lead, by 牵头部门, then 配合部门, then 责任部门."""
    parts = (lead, named, support)
    names = pa.concat_arrays([part.names for part in parts]).dictionary_encode()
    starts = np.cumsum([0, *(len(part.names) for part in parts)])
    codes = [
        names.indices.to_numpy()[part.codes + start]
        for part, start in zip(parts, starts, strict=False)
    ]
    led, given, supported = (
        part.row * len(names) + code for part, code in zip(parts, codes, strict=True)
    )
    leads = (
        _leads_beside(named.row, leads, np.isin(given, supported))
        & (np.diff(lead.offsets) == 0)[named.row]
    )
    # Lead, then of 责任部门 who leads, then support, then of 责任部门 whom the other two columns leave over
    rank = np.concatenate((np.full(len(led), 0), np.where(leads, 1, 3), np.full(len(supported), 2)))
    row, code = np.concatenate([part.row for part in parts]), np.concatenate(codes)
    order = np.argsort(row * np.int64(4) + rank, kind="stable")
    order = order[~np.isin(order, len(led) + np.flatnonzero(np.isin(given, led)))]
    offsets = np.searchsorted(row[order], np.arange(len(named.offsets))).astype(np.int32)
    return _used(Names(names.dictionary, offsets, code[order])), rank[order] <= 1


def _leads_beside(row: np.ndarray, leads: np.ndarray, supports: np.ndarray) -> np.ndarray:
    """Who leads of 责任部门 where 配合部门 names supporters: the first that it does not name, if there is one."""
    free = np.flatnonzero(~supports)
    first = np.zeros(len(row), bool)
    first[free[np.diff(row[free], prepend=-1) > 0]] = True
    still = leads & ~supports
    keeps = np.isin(row, row[still])
    replaced = ~keeps & np.isin(row, row[first])
    return np.where(keeps, still, np.where(replaced, first, leads))


def _repeated(named: Names) -> np.ndarray:
    """For each code whether its row has named it before."""
    codes, counts = named.codes, np.diff(named.offsets)
    again = np.zeros(len(codes), bool)
    for step in range(1, min(counts.max(initial=0), _MANY)):
        same = np.flatnonzero(codes[step:] == codes[:-step])
        again[step + same[named.row[step + same] == named.row[same]]] = True
    for row in np.flatnonzero(counts > _MANY).tolist():
        part = slice(named.offsets[row], named.offsets[row + 1])
        again[part] = pd.Series(codes[part]).duplicated()
    return again


def _first_of_each(offsets: np.ndarray, counts: np.ndarray) -> np.ndarray:
    """For each code whether it is among the first of its row, so many as counts says, or all that there are."""
    some = np.minimum(counts, np.diff(offsets)) > 0
    edges = np.zeros(offsets[-1] + 1, np.int8)
    edges[offsets[:-1][some]] += 1
    edges[np.minimum(offsets[:-1] + counts, offsets[1:])[some]] -= 1
    return np.cumsum(edges, dtype=np.int8)[:-1] > 0


def _led_and_supported(named: Names, leads: np.ndarray, again: np.ndarray) -> np.ndarray:
    """The rows in which a department that leads is named a second time as supporting."""
    found = np.zeros(len(named.offsets) - 1, bool)
    twice = np.flatnonzero(again & ~leads)
    found[named.row[twice]] = True
    led = np.flatnonzero(leads & found[named.row]) if len(twice) else twice
    led_keys, keys = (
        named.row[which].astype(np.int64) * len(named.names) + named.codes[which]
        for which in (led, twice)
    )
    found[:] = False
    found[named.row[twice[np.isin(keys, led_keys)]]] = True
    return found


def _part(named: Names, which: np.ndarray) -> Names:
    """The column with only some of its codes; the names stay shared."""
    if which.all():
        return named
    offsets = np.concatenate((np.zeros(1, np.int32), np.cumsum(which, dtype=np.int32)))[
        named.offsets
    ]
    return Names(named.names, offsets, named.codes[which])


# --- identity --------------------------------------------------------------------------------------------------------


def _seen_before(cells: pa.Array) -> np.ndarray:
    """For each cell whether it has stood above: then its number is no higher than all so far."""
    highest = np.maximum.accumulate(_codes(cells))
    again: np.ndarray = np.diff(highest, prepend=np.int32(-1)) == 0
    return again


def _derived_ids(years: np.ndarray, lists: Labels, articles: pa.DictionaryArray) -> pa.Array:
    """`2020-1-3` from year, list and article; by the order in the list where the articles don't tell its rows apart.

    The second list of a year is `2020.2-…`, so that two lists of one year never share an id.
    """
    group, keys = pd.factorize(years.astype(np.int64) * (len(lists.names) + 1) + lists.codes)
    printed = ["-".join(map(str, _numerals(text))) for text in articles.dictionary.to_pylist()]
    numbers = pa.array(printed, pa.string()).dictionary_encode()
    number = numbers.indices.to_numpy()[articles.indices.to_numpy()]
    vague = pd.Series(group * (len(numbers.dictionary) + 1) + number).duplicated().to_numpy()
    vague = vague | _mask(pc.equal(numbers.dictionary, ""))[number]
    by_order = np.isin(group, group[vague])
    order = pd.Series(group).groupby(group).cumcount().to_numpy() + 1
    tail = pc.if_else(
        pa.array(by_order),
        pa.array(order).cast(pa.string()),
        numbers.dictionary.take(pa.array(number)),
    )
    prefixes = pa.array(_prefixes((keys // (len(lists.names) + 1)).tolist()), pa.string())
    return pc.binary_join_element_wise(prefixes.take(pa.array(group)), tail, "-")


def _prefixes(years: list[int]) -> list[str]:
    """2020 for the first list of a year, 2020.2 for the second."""
    seen: Counter[int] = Counter()
    found = []
    for year in years:
        seen[year] += 1
        found.append(f"{year:04}" + (f".{seen[year]}" if seen[year] > 1 else ""))
    return found


def _numerals(article: str) -> list[int]:
    """The numbers of an article as printed: 一（二） gives [1, 2]."""
    return [
        _number(numeral) for numeral in _NUMERAL.findall(unicodedata.normalize("NFKC", article))
    ]


def _number(numeral: str) -> int:
    """12, 十二, 一百零三 or 二〇 as a number. cn2an does as much and more, but takes 0.2 s to import."""
    digits = numeral.translate(_DIGITS)
    if digits.isdecimal():
        return int(digits)
    total = unit = 0
    for char in digits:
        if char in _UNITS:
            total, unit = total + (unit or 1) * _UNITS[char], 0
        else:
            unit = int(char)
    return total + unit


def _filled_ids(given: pa.Array, empty: np.ndarray, years: np.ndarray) -> pa.Array:
    """An id by the order for each row that has none, one that no other row has."""
    ids = given.to_pylist()
    taken = set(ids)
    for row in np.flatnonzero(empty).tolist():
        name = f"{years[row]:04}-#{row + 1}"
        while name in taken:
            name += "'"
        ids[row] = name
    return pa.array(ids, pa.string())


# --- milestones ------------------------------------------------------------------------------------------------------


def _milestones_beside(path: Path) -> tuple[sheets.Sheet | None, list[Problem]]:
    """The milestones file of a table, if it has one that can be read. None at all is no problem."""
    beside = milestones_path(path)
    if not beside.exists():
        return None, []
    try:
        (found,) = sheets.read(beside, has_milestones)
    except BoardError as error:
        code = "milestones_no_header" if error.code == "no_header" else "milestones_unread"
        return None, [Problem(code, 0, "", error.code, beside.name)]
    return replace(found, name=beside.name), []


def _milestone_frame(
    text: dict[str, list[str]], windows: list[deadlines.Window], row: Sequence[int] = ()
) -> pd.DataFrame:
    columns: dict[str, object] = {field: text.get(field, []) for field in schema.MILESTONE_COLUMNS}
    start, due = ([getattr(window, name) for window in windows] for name in ("start", "due"))
    return pd.DataFrame(columns | {"row": np.array(row, np.int64), "start": start, "due": due})


def _read_milestones(sheet: sheets.Sheet, codes: Codes) -> tuple[pd.DataFrame, list[Problem]]:
    found = schema.fields(sheet.header, schema.MILESTONE_HEADERS)
    report = _Report(sheet, sheet.name)
    header = {
        field: sheet.header[found[field]] if field in found else name
        for field, name in schema.MILESTONE_COLUMNS.items()
    }
    text = {
        field: _clean(sheet.columns[found[field]], header[field], report)
        if field in found
        else _blank(len(sheet.lines))
        for field in schema.MILESTONE_COLUMNS
    }
    row = pc.fill_null(pc.index_in(text["measure_id"], value_set=codes.ids), -1).to_numpy()
    window = cache(_window)
    windows = [
        window(phrase, int(codes.years[at])) if at >= 0 else (deadlines.Window(None, None), READ)
        for phrase, at in zip(text["deadline"].to_pylist(), row.tolist(), strict=True)
    ]
    report.add("milestone_orphan", header["measure_id"], row < 0, text["measure_id"])
    if "deadline" in found:
        kind = np.array([kind for _, kind in windows], np.int8)
        report.add("milestone_deadline_missing", header["deadline"], kind == EMPTY)
        report.add(
            "milestone_deadline_unreadable",
            header["deadline"],
            kind == UNREADABLE,
            text["deadline"],
        )
    else:
        report.whole("missing_column", header["deadline"])
    no_number = [not _NUMBER.fullmatch(target) for target in text["target"].to_pylist()]
    report.add(
        "milestone_target_invalid", header["target"], np.array(no_number, bool), text["target"]
    )
    lists = {field: column.to_pylist() for field, column in text.items()}
    return _milestone_frame(lists, [window for window, _ in windows], row), report.sorted()


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
        *([_naming([codes.leaders], leaders, len(table))] if leaders else []),
        *([_naming(_by_role(codes, role), departments, len(table))] if departments else []),
        *([_searched(table, query)] if query.strip() else []),
    ]
    rows = np.flatnonzero(np.logical_and.reduce(masks)) if masks else None
    for labels, wanted in ((codes.lists, lists), (codes.sections, sections)):
        if wanted:  # last: most often few rows are left, and a million labels need not be looked at
            rows = _labelled(labels, wanted, rows)
    return rows


def _by_role(codes: Codes, role: str) -> list[Names]:
    return {"lead": [codes.lead], "support": [codes.support]}.get(role, [codes.lead, codes.support])


def _labelled(labels: Labels, wanted: Sequence[str], rows: np.ndarray | None) -> np.ndarray:
    fits = np.zeros(len(labels.names), bool)
    fits[[labels.position[name] for name in wanted if name in labels.position]] = True
    return np.flatnonzero(fits[labels.codes]) if rows is None else rows[fits[labels.codes[rows]]]


def _naming(columns: Sequence[Names], wanted: Sequence[str], size: int) -> np.ndarray:
    found = np.zeros(size, bool)
    for column in columns:
        for name in wanted:
            if name in column.position:
                found[column.rows_of(column.position[name])] = True
    return found


def _searched(table: Table, query: str) -> np.ndarray:
    """Rows in which each word of the query finds something: the title, a leader, a department or the id."""
    found = np.ones(len(table), bool)
    for word in query.split():
        found &= _finding(table.codes, word)
    return found


def _finding(codes: Codes, word: str) -> np.ndarray:
    found: np.ndarray = search.find(word, codes.titles) | _mask(
        pc.match_substring(codes.ids, word, ignore_case=True)
    )
    for column, kind in ((codes.leaders, "person"), (codes.lead, "name"), (codes.support, "name")):
        found[column.row[search.find(word, column.names, kind=kind)[column.codes]]] = True
    return found
