"""The made workbooks: a list written down in text becomes a workbook, and what is right in it is read."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Final

import openpyxl
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont
from openpyxl.comments import Comment
from openpyxl.styles import Border, Side
from openpyxl.utils import get_column_letter
from openpyxl.workbook import Workbook
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from tests.made_workbooks import other_tools
from tests.notices.golden import COLUMNS

FOLDER: Final = Path(__file__).parent
EXPECTED: Final = ".expected.csv"
CASES: Final = sorted(path.name.removesuffix(EXPECTED) for path in FOLDER.glob("*" + EXPECTED))

LEFT, ABOVE, WHOLE_ROW, RED = "<", "^", "<<", "**"
LINE: Final = Side(style="thin")
BOX: Final = Border(left=LINE, right=LINE, top=LINE, bottom=LINE)
HEADING: Final = re.compile(r"= (?P<name>.+?)(?P<hidden> \(hidden\))?(?P<active> \(active\))?")


def make(case: str, folder: Path) -> Path:
    """Make the file of a case in a folder."""
    maker = other_tools.MAKERS.get(case)
    if maker is not None:
        return maker(folder)
    path = folder / f"{case}.xlsx"
    workbook_of((FOLDER / f"{case}.txt").read_text("utf-8")).save(path)
    return path


def expected(case: str) -> list[dict[str, str]]:
    """The measures of a case by field, as they were written down."""
    with (FOLDER / (case + EXPECTED)).open(encoding="utf-8-sig", newline="") as file:
        return [{COLUMNS[head]: text for head, text in row.items()} for row in csv.DictReader(file)]


def workbook_of(text: str) -> Workbook:
    """A workbook of sheets written in text; README.md says how."""
    workbook = openpyxl.Workbook()
    workbook.remove(workbook.active)
    for part in re.split(r"^(?== )", text, flags=re.MULTILINE)[1:]:
        heading, *lines = part.splitlines()
        words = HEADING.fullmatch(heading)
        assert words, heading
        sheet = workbook.create_sheet(words["name"])
        if words["hidden"]:
            sheet.sheet_state = "hidden"
        if words["active"]:
            workbook.active = sheet
        fill(sheet, lines)
    return workbook


def fill(sheet: Worksheet, lines: list[str]) -> None:
    rows = [cells_of(line) for line in lines if not line.startswith("! ")]
    width = max(len(row) for row in rows)
    for number, row in enumerate(rows, 1):
        if row[-1] == WHOLE_ROW:
            row[1:] = [LEFT] * (width - 1)
        for column, text in enumerate(row, 1):
            if text and text not in (LEFT, ABOVE):
                put(sheet, number, column, text)
    for area in merged_areas(rows):
        sheet.merge_cells(area)
    for line in lines:
        if line.startswith("! "):
            dress(sheet, line)


def cells_of(line: str) -> list[str]:
    return [cell.strip(" ").replace("\\n", "\n") for cell in line.split("|")]


def put(sheet: Worksheet, row: int, column: int, text: str) -> None:
    """Write a cell: a number, a date or number with its format behind an @, or text."""
    cell = sheet.cell(row, column)
    cell.border = BOX
    if text.startswith("@"):
        value, cell.number_format = text[1:].split(" ", 1)
        is_date = "-" in value
        cell.value = datetime.fromisoformat(value) if is_date else float(value)
    elif re.fullmatch("0|[1-9][0-9]*", text):
        cell.value = int(text)
    elif RED in text:
        before, red, after = text.split(RED)
        cell.value = CellRichText(
            before, TextBlock(InlineFont(b=True, color="FFFF0000"), red), after
        )
    else:
        cell.value = text


def merged_areas(rows: list[list[str]]) -> Iterator[str]:
    """The areas that cover cells marked with < behind a cell or with ^ below it."""
    for top, row in enumerate(rows):
        for left, text in enumerate(row):
            if text in (LEFT, ABOVE):
                continue
            right, bottom = left, top
            while row[right + 1 : right + 2] == [LEFT]:
                right += 1
            while bottom + 1 < len(rows) and rows[bottom + 1][left : left + 1] == [ABOVE]:
                bottom += 1
            if (right, bottom) != (left, top):
                first = f"{get_column_letter(left + 1)}{top + 1}"
                yield f"{first}:{get_column_letter(right + 1)}{bottom + 1}"


def dress(sheet: Worksheet, line: str) -> None:
    """Do what a line such as `! hidden rows: 4 6` or `! filter: A2:H7` says."""
    kind, words = line.removeprefix("! ").rsplit(": ", 1)
    if kind == "hidden rows":
        for row in words.split():
            sheet.row_dimensions[int(row)].hidden = True
    elif kind == "hidden columns":
        for column in words.split():
            sheet.column_dimensions[column].hidden = True
    elif kind == "filter":
        sheet.auto_filter.ref = words
    elif kind == "frozen":
        sheet.freeze_panes = words
    elif kind == "one of 是, 否":
        choice = DataValidation(type="list", formula1='"是,否"')
        choice.add(words)
        sheet.add_data_validation(choice)
    else:
        place = kind.removeprefix("comment ")
        sheet[place].comment = Comment(words, "李")
