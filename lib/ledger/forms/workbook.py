"""A form as a workbook that every program of tables opens, and all forms of a period in an archive."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, time
from typing import Any, Final

from lib.ledger.forms import columns, form
from lib.ledger.forms.columns import (
    ANSWERS,
    ID,
    NOTE,
    SAID,
    STAGE,
    STAMP,
    TARGET,
    UNTIL,
    VALUE,
    Cells,
)
from lib.ledger.forms.form import Form, FormRow

SHEET: Final = form.TITLE_WORD
HIDDEN_SHEET: Final = "选项"
PROPERTY: Final = "form"  # form 1, form 2 …
PROPERTY_LENGTH: Final = 255  # characters that Excel keeps of one
HELP: Final = (
    "请填白色的格子，灰色的不用改；没有新情况的，「是否完成」选 无新进展；做完了的选 申请办结。"
    "不填的行视为没有报送。日期写成 2026-09-30。"
)
HIDDEN_HELP: Final = "本页供识别和下拉选项使用，请勿删除"
HEADER_ROW: Final = 2  # from 0
FIRST_ROW: Final = HEADER_ROW + 1  # of the measures
_OPTIONS_OFF: Final = ("strings_to_formulas", "strings_to_urls", "strings_to_numbers")
_A4: Final = 9
_WIDTHS: Final[Mapping[str, int]] = {
    ID: 11,
    NOTE: 36,
    columns.TITLE: 30,
    "role": 7,
    "leaders": 9,
    "first_due": 12,
    columns.DUE: 12,
    "last": 30,
    STAGE: 11,
    UNTIL: 12,
    columns.WHY: 18,
    "filled_by": 9,
    "checked_by": 9,
    TARGET: 18,
    VALUE: 9,
}
_OTHER_WIDTH: Final = 30
_GREY, _WHITE, _RED = "#EDEDED", "#FFFFFF", "#C00000"
_ALLOWED: Final = ("format_cells", "format_columns", "format_rows", "autofilter", "sort")
_NO_TARGET: Final = "—"
_ZIP_TIME: Final = (1980, 1, 1, 0, 0, 0)


@dataclass(frozen=True)
class Filled:
    """What stands in a form beside what is asked.

    answers: of each measure; notes: what is to be corrected in each measure's row; above: the same of
    the whole form; added: rows of no measure that is asked.
    """

    answers: Mapping[str, Cells] = field(default_factory=dict)
    notes: Mapping[str, str] = field(default_factory=dict)
    above: str = ""
    added: Sequence[Cells] = ()

    @property
    def goes_back(self) -> bool:
        """Whether something is to be corrected."""
        return bool(self.notes or self.above or self.added)


EMPTY: Final = Filled()


def write(asked: Form, filled: Filled = EMPTY) -> bytes:
    """The workbook of a form, empty or with what was filled in and is to be corrected."""
    import xlsxwriter

    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, dict.fromkeys(_OPTIONS_OFF, False))
    stamp = asked.stamp.written()
    title = asked.title[:PROPERTY_LENGTH]
    created = datetime.combine(asked.made_on, time.min)
    book.set_properties({"title": title, "created": created})
    for number, piece in enumerate(_pieces(stamp), 1):
        book.set_custom_property(f"{PROPERTY} {number}", piece, "text")
    sheet = book.add_worksheet(SHEET)
    hidden = book.add_worksheet(HIDDEN_SHEET)
    _write_hidden(hidden, stamp)
    _Sheet(book, sheet, asked, filled).write()
    book.close()
    return out.getvalue()


def write_all(forms: Sequence[Form]) -> bytes:
    """The workbooks of several forms in one archive."""
    out = io.BytesIO()
    names: set[str] = set()
    with zipfile.ZipFile(out, "w") as archive:
        for asked in forms:
            name = _free(asked.file_name, names)
            names.add(name)
            entry = zipfile.ZipInfo(name, _ZIP_TIME)
            archive.writestr(entry, write(asked))
    return out.getvalue()


def _free(name: str, names: set[str]) -> str:
    """A name that no other file has: two departments may differ in a mark that no name can have."""
    stem = name.removesuffix(".xlsx")
    number = 1
    while name in names:
        number += 1
        name = f"{stem} ({number}).xlsx"
    return name


def _pieces(text: str) -> Iterator[str]:
    for start in range(0, len(text), PROPERTY_LENGTH):
        yield text[start : start + PROPERTY_LENGTH]


def _write_hidden(sheet: Any, stamp: str) -> None:
    """The choices, from A1, and the stamp beside them."""
    for row, choice in enumerate(columns.CHOICES):
        sheet.write_string(row, 0, choice)
    sheet.write_string(0, 1, HIDDEN_HELP)
    sheet.write_string(1, 1, stamp)
    sheet.hide()


def fields_of(asked: Form, filled: Filled = EMPTY) -> list[str]:
    """The columns of a form, in their order."""
    first, *others = SAID
    stage, *answers = ANSWERS
    of_targets: list[str] = []
    for number in _numbers_of_targets(asked):
        of_targets.append(columns.numbered(TARGET, number))
        of_targets.append(columns.numbered(VALUE, number))
    start = [first, STAMP]
    if filled.goes_back:
        start.append(NOTE)
    return [*start, *others, stage, *of_targets, *answers]


def _numbers_of_targets(asked: Form) -> range:
    """1, 2, 3 … for as many targets as the row with most of them has."""
    counts = [len(row.targets) for row in asked.rows]
    return range(1, max(counts, default=0) + 1)


class _Sheet:
    """The sheet that a department fills in, as it is written."""

    def __init__(self, book: Any, sheet: Any, asked: Form, filled: Filled) -> None:
        self._sheet = sheet
        self._asked = asked
        self._filled = filled
        self._fields = fields_of(asked, filled)
        box = {"text_wrap": True, "valign": "top", "border": 1, "num_format": "@"}
        self._locked = book.add_format({**box, "bg_color": _GREY})
        self._open = book.add_format({**box, "bg_color": _WHITE, "locked": False})
        self._header = book.add_format({**box, "bg_color": _GREY, "bold": True})
        self._note = book.add_format({**box, "font_color": _RED})
        self._title = book.add_format({"bold": True, "font_size": 14})
        self._red = book.add_format({"font_color": _RED})
        self._plain = book.add_format({})

    def write(self) -> None:
        """Write all of it."""
        self._write_above()
        for column, name in enumerate(self._fields):
            header = columns.header_of(name)
            self._sheet.write_string(HEADER_ROW, column, header, self._header)
            self._set_width(column, name)
        rows = [*self._rows()]
        for row, cells in enumerate(rows, FIRST_ROW):
            for column, name in enumerate(self._fields):
                look = self._format(name, cells)
                self._write_cell(row, column, cells.get(name, ""), look)
        last_row = HEADER_ROW + max(len(rows), 1)
        self._add_choices(last_row)
        self._set_up(last_row)

    def _write_above(self) -> None:
        """Write the title, and below it what is to be corrected of the whole form, else the help."""
        self._sheet.write_string(0, 0, self._asked.title, self._title)
        correction = self._filled.above
        if correction:
            self._sheet.write_string(1, 0, correction, self._red)
        else:
            self._sheet.write_string(1, 0, HELP, self._plain)

    def _write_cell(self, row: int, column: int, text: str, look: Any) -> None:
        if text:
            self._sheet.write_string(row, column, text, look)
        else:
            self._sheet.write_blank(row, column, None, look)

    def _rows(self) -> Iterator[Cells]:
        numbers = _numbers_of_targets(self._asked)
        for row in self._asked.rows:
            cells = {**row.texts, **_targets(row, numbers)}
            cells |= self._filled.answers.get(row.measure_id, {})
            cells[STAMP] = self._asked.stamp.written(row.measure_id)
            cells[NOTE] = self._filled.notes.get(row.measure_id, "")
            yield cells
        yield from self._filled.added

    def _format(self, name: str, cells: Cells) -> Any:
        if name == NOTE:
            return self._note
        target = cells.get(name.replace(VALUE, TARGET))
        if name.startswith(VALUE) and target == _NO_TARGET:
            return self._locked
        is_added = not cells.get(STAMP)
        if is_added or columns.is_answer(name):
            return self._open
        return self._locked

    def _set_width(self, column: int, name: str) -> None:
        kind, _, _ = name.partition(" ")
        width = _WIDTHS.get(kind, _OTHER_WIDTH)
        hidden = {"hidden": name == STAMP}
        self._sheet.set_column(column, column, width, None, hidden)

    def _add_choices(self, last_row: int) -> None:
        column = self._fields.index(STAGE)
        choices = {
            "validate": "list",
            "source": f"='{HIDDEN_SHEET}'!$A$1:$A${len(columns.CHOICES)}",
            "error_title": columns.header_of(STAGE),
            "error_message": "请选：" + "、".join(columns.CHOICES),
        }
        self._sheet.data_validation(FIRST_ROW, column, last_row, column, choices)

    def _set_up(self, last_row: int) -> None:
        sheet = self._sheet
        last_column = len(self._fields) - 1
        title_column = self._fields.index(columns.TITLE)
        sheet.freeze_panes(FIRST_ROW, title_column + 1)
        sheet.protect("", dict.fromkeys(_ALLOWED, True))
        sheet.set_landscape()
        sheet.set_paper(_A4)
        sheet.fit_to_pages(1, 0)
        sheet.repeat_rows(HEADER_ROW)
        sheet.print_area(0, 0, last_row, last_column)


def _targets(row: FormRow, numbers: range) -> dict[str, str]:
    """The names of a row's targets, and a dash where other rows have one more."""
    names = {columns.numbered(TARGET, number): _NO_TARGET for number in numbers}
    for number, target in enumerate(row.targets, 1):
        column = columns.numbered(TARGET, number)
        names[column] = form.target_in_words(target)
    return names
