"""From a sheet to a table: `read` a file, or `of` a sheet that is there already."""

from __future__ import annotations

from collections.abc import Sequence
from concurrent.futures import Executor, ThreadPoolExecutor
from pathlib import Path
from typing import Final

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from lib import files
from lib.errors import BoardError, Problem
from lib.measures import identity, schema
from lib.measures.cleaning import clean, is_clean
from lib.measures.columns import as_mask, blank
from lib.measures.labels import labels_of, list_labels
from lib.measures.milestones import (
    milestone_frame,
    milestones_beside,
    milestones_path,
    read_milestones,
)
from lib.measures.model import EMPTY, UNREADABLE, Codes, Labels, Table, Windows
from lib.measures.name_column import Names
from lib.measures.report import Report
from lib.measures.roles import explicit_roles, first_of_each, led_and_supported, repeated
from lib.measures.splitting import names_of
from lib.measures.windows import YEARS, window_columns, window_of, year_of
from lib.text import deadlines

_FEW: Final = frozenset(
    {"year", "list", "section", "article", "leaders", "deadline"}
)  # fields with few distinct texts


def read(source: str | Path) -> Table:
    """A measure table from .csv, .xlsx or .parquet, with Chinese or English headers, and its milestones if it has any.

    What is wrong with single rows is in `.problems`, the rows stand beside it. Raises BoardError where the file can't
    be opened or decoded, holds no table or lacks the required columns (the codes of `files.read`).
    """
    sheet, milestones, problems = _find_sheets(Path(source))
    return of(sheet, milestones, problems)


def of(
    sheet: files.Sheet, milestones: files.Sheet | None = None, problems: Sequence[Problem] = ()
) -> Table:
    """The table that stands on a sheet, with the milestones of another. problems: those found before."""
    reading = _Reading(sheet)
    rows, codes = reading.build()
    if milestones is None:
        return Table(rows, milestone_frame({}, []), (*problems, *reading.report.sorted()), codes)
    frame, more = read_milestones(milestones, codes)
    return Table(rows, frame, (*problems, *reading.report.sorted(), *more), codes)


def of_rows(rows: Sequence[Sequence[str]], milestones: Sequence[Sequence[str]]) -> Table:
    """The table that is read from the files of these rows, without the files.

    A row's line is its place among them, counted from 1.

    Args:
        rows: cells of text, the header row first.
        milestones: the same of its milestones; a header alone is none.
    """
    sheet = files.sheet_of_rows(rows)
    if len(milestones) == 1:
        return of(sheet)
    name = milestones_path(Path("measures.csv")).name
    return of(sheet, files.sheet_of_rows(milestones, name))


def _find_sheets(path: Path) -> tuple[files.Sheet, files.Sheet | None, list[Problem]]:
    """The measures, their milestones (in the same workbook, or in the file beside it), and what was passed over."""
    found = files.read(path, schema.MEASURE_TABLE, schema.MILESTONE_TABLE)
    tables = [
        sheet
        for sheet in found
        if schema.MEASURE_TABLE.fit(sheet.header) and sheet.name not in schema.MILESTONE_SHEETS
    ]
    if not tables:
        raise BoardError("no_header", file=path.name, found=files.shown("、".join(found[0].header)))
    # What rarer words make a table of comes after what is plainly one
    tables.sort(key=lambda sheet: not schema.USUAL_TABLE.fit(sheet.header))
    ignored = [Problem("sheet_ignored", 0, "", other.name) for other in tables[1:]]
    inside = [
        sheet
        for sheet in found
        if sheet.name in schema.MILESTONE_SHEETS and schema.MILESTONE_TABLE.fit(sheet.header)
    ]
    if inside:
        return tables[0], inside[0], ignored
    beside, problems = milestones_beside(path)
    return tables[0], beside, ignored + problems


class _Reading:
    """One reading: from a sheet's text columns to rows and codes, collecting problems on the way."""

    def __init__(self, sheet: files.Sheet) -> None:
        self.sheet = sheet
        self.found = schema.fields(sheet.header)
        self.report = Report(sheet)
        self.size = len(sheet.lines)
        self.kinds: dict[str, pa.DictionaryArray] = {}

    def build(self) -> tuple[pd.DataFrame, Codes]:
        """The rows and their codes; the problems are complete afterwards."""
        with ThreadPoolExecutor() as pool:  # Arrow and NumPy work on several columns at a time
            fields = (*schema.COLUMNS, *schema.ROLE_COLUMNS)
            text = dict(zip(fields, pool.map(self._column, fields), strict=True))
            again = pool.submit(identity.seen_before, text["measure_id"])
            lead, support, departments = self._roles(text, pool)
            leaders, _ = names_of(self.kinds["leaders"].dictionary, pool)
        leaders = leaders.part(~repeated(leaders)).at(self.kinds["leaders"].indices.to_numpy())
        years = self._years(text["year"])
        windows = self._windows(text["deadline"], years)
        lists, sections = list_labels(years, self.kinds["list"]), labels_of(self.kinds["section"])
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
            **window_columns(windows),
        }
        rows = pa.table({name: columns[name] for name in schema.ROW_COLUMNS} | self._extra())
        codes = Codes(ids, leaders, lead, support, lists, sections, windows, text["title"], years)
        return rows.to_pandas(types_mapper=pd.ArrowDtype), codes

    # -- columns as text

    def _column(self, field: str) -> pa.Array:
        """The cells of a field, empty where the table lacks it; the distinct ones are kept where they are few."""
        at = self.found.get(field)
        if field not in _FEW:
            return blank(self.size) if at is None else self._clean(at)
        column = blank(self.size) if at is None else self.sheet.columns[at]
        kinds = self.sheet.kinds.get(-1 if at is None else at) or column.dictionary_encode()
        if not is_clean(kinds.dictionary):
            column = clean(column, self._header(field), self.report)
            kinds = column.dictionary_encode()
        self.kinds[field] = kinds
        return column

    def _clean(self, at: int) -> pa.Array:
        column = self.sheet.columns[at]
        return column if is_clean(column) else clean(column, self.sheet.header[at], self.report)

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
        read = np.array([*map(year_of, coded.dictionary.to_pylist()), 0], np.int16)
        years: np.ndarray = read[coded.indices.to_numpy()]
        if "year" in self.found:
            empty = as_mask(pc.equal(column, ""))
            self.report.add("year_missing", self._header("year"), empty)
            self.report.add("year_invalid", self._header("year"), (years == 0) & ~empty, column)
        return years

    def _windows(self, column: pa.Array, years: np.ndarray) -> Windows:
        coded = self.kinds["deadline"]
        phrases: list[str] = coded.dictionary.to_pylist()
        keys = coded.indices.to_numpy().astype(np.int64) * 4096 + years
        code, distinct = pd.factorize(keys)
        entries = [window_of(phrases[key // 4096], key % 4096) for key in distinct.tolist()]
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
            kind == UNREADABLE and (year > 0 or deadlines.read(phrase, YEARS.start) is None)
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
        named, leading = names_of(text["departments"], pool)
        leads = first_of_each(named.offsets, leading)
        if "lead_departments" in self.found or "support_departments" in self.found:
            explicit = (names_of(text[field], pool)[0] for field in schema.ROLE_COLUMNS)
            named, leads = explicit_roles(named, leads, *explicit)
        again = repeated(named)
        both = led_and_supported(named, leads, again)
        for field in ("support_departments", "departments"):
            here = both & as_mask(pc.not_equal(text[field], ""))
            self.report.add("lead_and_support", self._header(field), here, text[field])
            both = both & ~here
        lead, support = named.part(leads & ~again), named.part(~leads & ~again)
        if "departments" in self.found:
            return lead, support, text["departments"]
        return lead, support, pc.binary_join(named.part(~again).array(), "、")

    def _check_filled(self, titles: pa.Array, leaders: Names, lead: Names, support: Names) -> None:
        self.report.add("title_missing", self._header("title"), as_mask(pc.equal(titles, "")))
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
            return identity.of_table(years, lists, self.kinds["article"])
        header = self._header("measure_id")
        empty = as_mask(pc.equal(given, ""))
        self.report.add("duplicate_id", header, again & ~empty, given)
        if not empty.any():
            return given
        self.report.add("id_missing", header, empty)
        return identity.filled(given, empty, years)
