"""A form as a workbook that every program of tables opens, and all forms of a period in an archive."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Final

from lib.ledger.forms import columns, form
from lib.ledger.forms.columns import ANSWERS, ID, NOTE, SAID, STAGE, STAMP, TARGET, UNTIL, VALUE
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

Cells = Mapping[str, str]  # the texts of a row by column


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
    options = dict.fromkeys(("strings_to_formulas", "strings_to_urls", "strings_to_numbers"), False)
    book = xlsxwriter.Workbook(out, options)
    stamp = asked.stamp.written()
    made = datetime.combine(asked.made_on, datetime.min.time())
    book.set_properties({"title": asked.title[:PROPERTY_LENGTH], "created": made})
    for number, piece in enumerate(_pieces(stamp), 1):
        book.set_custom_property(f"{PROPERTY} {number}", piece, "text")
    sheet, hidden = book.add_worksheet(SHEET), book.add_worksheet(HIDDEN_SHEET)
    _write_hidden(hidden, stamp)
    _Sheet(book, sheet, asked, filled).write()
    book.close()
    return out.getvalue()


def write_all(forms: Sequence[Form]) -> bytes:
    """The workbooks of several forms in one archive."""
    out = io.BytesIO()
    taken: set[str] = set()
    with zipfile.ZipFile(out, "w") as archive:
        for asked in forms:
            name = _free(asked.file_name, taken)
            taken.add(name)
            archive.writestr(zipfile.ZipInfo(name, _ZIP_TIME), write(asked))
    return out.getvalue()


def _free(name: str, taken: set[str]) -> str:
    """A name that no other file has: two departments may differ in a mark that no name can have."""
    stem = name.removesuffix(".xlsx")
    number = 1
    while name in taken:
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
    of_targets = [
        columns.numbered(name, number)
        for number in range(1, _most_targets(asked) + 1)
        for name in (TARGET, VALUE)
    ]
    stage, *answers = ANSWERS
    start = [first, STAMP]
    if filled.goes_back:
        start.append(NOTE)
    return [*start, *others, stage, *of_targets, *answers]


def _most_targets(asked: Form) -> int:
    return max((len(row.targets) for row in asked.rows), default=0)


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
        sheet, filled = self._sheet, self._filled
        sheet.write_string(0, 0, self._asked.title, self._title)
        above = self._red if filled.above else self._plain
        sheet.write_string(1, 0, filled.above or HELP, above)
        for column, name in enumerate(self._fields):
            sheet.write_string(HEADER_ROW, column, columns.header_of(name), self._header)
            self._set_width(column, name)
        rows = [*self._rows()]
        for row, cells in enumerate(rows, HEADER_ROW + 1):
            for column, name in enumerate(self._fields):
                self._write_cell(row, column, cells.get(name, ""), self._format(name, cells))
        self._add_choices(len(rows))
        self._set_up(len(rows))

    def _write_cell(self, row: int, column: int, text: str, look: Any) -> None:
        if text:
            self._sheet.write_string(row, column, text, look)
        else:
            self._sheet.write_blank(row, column, None, look)

    def _rows(self) -> Iterator[Cells]:
        most = _most_targets(self._asked)
        for row in self._asked.rows:
            answers = self._filled.answers.get(row.measure_id, {})
            note = self._filled.notes.get(row.measure_id, "")
            stamp = self._asked.stamp.written(row.measure_id)
            yield {**row.texts, **_targets(row, most), **answers, STAMP: stamp, NOTE: note}
        yield from self._filled.added

    def _format(self, name: str, cells: Cells) -> Any:
        if name == NOTE:
            return self._note
        if name.startswith(VALUE) and cells.get(name.replace(VALUE, TARGET)) == _NO_TARGET:
            return self._locked
        is_open = columns.is_answer(name) or not cells.get(STAMP)
        return self._open if is_open else self._locked

    def _set_width(self, column: int, name: str) -> None:
        kind = name.split(" ", maxsplit=1)[0]
        hidden = {"hidden": name == STAMP}
        self._sheet.set_column(column, column, _WIDTHS.get(kind, _OTHER_WIDTH), None, hidden)

    def _add_choices(self, rows: int) -> None:
        column = self._fields.index(STAGE)
        last = HEADER_ROW + max(rows, 1)
        choices = {
            "validate": "list",
            "source": f"='{HIDDEN_SHEET}'!$A$1:$A${len(columns.CHOICES)}",
            "error_title": columns.header_of(STAGE),
            "error_message": "请选：" + "、".join(columns.CHOICES),
        }
        self._sheet.data_validation(HEADER_ROW + 1, column, last, column, choices)

    def _set_up(self, rows: int) -> None:
        sheet = self._sheet
        sheet.freeze_panes(HEADER_ROW + 1, self._fields.index(columns.TITLE) + 1)
        sheet.protect("", dict.fromkeys(_ALLOWED, True))
        sheet.set_landscape()
        sheet.set_paper(_A4)
        sheet.fit_to_pages(1, 0)
        sheet.repeat_rows(HEADER_ROW)
        sheet.print_area(0, 0, HEADER_ROW + max(rows, 1), len(self._fields) - 1)


def _targets(row: FormRow, most: int) -> dict[str, str]:
    """The names of a row's targets, and a dash where other rows have one more."""
    names = {columns.numbered(TARGET, number): _NO_TARGET for number in range(1, most + 1)}
    for number, target in enumerate(row.targets, 1):
        names[columns.numbered(TARGET, number)] = form.target_in_words(target)
    return names
