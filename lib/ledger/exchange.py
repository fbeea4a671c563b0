"""A ledger as a file, and back: JSON lines, or a workbook that people can read.

What was exported can be taken in by an empty ledger, each event as it was, to the byte of its hash.
"""

from __future__ import annotations

import io
import json
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Final

import msgspec

from lib.errors import BoardError
from lib.ledger.events import SECOND, Event

CHUNK: Final = 30_000  # characters of an event in a cell, which holds 32,767
EVENT: Final = "event"  # above the cells that hold an event as JSON, in as many as it needs
HEADERS: Final = (
    "序号",
    "登记时间（UTC）",
    "清单",
    "编号",
    "事项",
    "报送期",
    "经办",
    "代表",
    "生效日",
    "内容",
    "来源",
)
LONGEST_SHOWN: Final = 1_000  # characters of the column 内容, which is for reading only


def as_lines(chain: Sequence[Event]) -> bytes:
    """The events as JSON lines."""
    return b"".join(msgspec.json.encode(event) + b"\n" for event in chain)


def of_lines(data: bytes, name: str) -> list[Event]:
    """The events that JSON lines hold.

    Raises:
        BoardError: export_unreadable, with the line.
    """
    chain: list[Event] = []
    for number, line in enumerate(data.splitlines(), 1):
        if line.strip():
            chain.append(_event(line, name, number))
    return chain


def as_workbook(chain: Sequence[Event]) -> bytes:
    """The events as a workbook: a row each in columns to be read, and whole in the last ones."""
    import xlsxwriter

    out = io.BytesIO()
    options = {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    book = xlsxwriter.Workbook(out, options)
    sheet = book.add_worksheet("台账")
    for column, header in enumerate((*HEADERS, EVENT)):
        sheet.write_string(0, column, header)
    for row, event in enumerate(chain, 1):
        texts = [*_readable(event), *_chunks(event)]
        for column, text in enumerate(texts):
            sheet.write_string(row, column, text)
    sheet.freeze_panes(1, 0)
    book.close()
    return out.getvalue()


def _readable(event: Event) -> tuple[str, ...]:
    recorded = datetime.fromtimestamp(event.recorded / SECOND, UTC)
    return (
        str(event.seq),
        recorded.strftime("%Y-%m-%d %H:%M:%S"),
        event.list,
        event.measure_id,
        event.kind,
        event.period,
        event.actor,
        event.on_behalf,
        event.effective,
        event.body[:LONGEST_SHOWN],
        event.source,
    )


def _chunks(event: Event) -> list[str]:
    """An event as JSON in ASCII, which no program changes, in pieces that fit a cell.

    A workbook takes `_x0041_` for A, so that `_x` is written as a code.
    """
    text = json.dumps(msgspec.structs.asdict(event))
    plain = text.replace("_x", "\\u005fx")
    return [plain[first : first + CHUNK] for first in range(0, len(plain), CHUNK)]


def of_rows(rows: Sequence[Sequence[str]], name: str) -> list[Event]:
    """The events that the cells of such a workbook hold.

    Raises:
        BoardError: export_unreadable, with the row.
    """
    header = [cell.strip() for cell in rows[0]] if rows else []
    if EVENT not in header:
        raise BoardError("export_unreadable", file=name, line=1)
    first = header.index(EVENT)
    texts = ["".join(row[first:]) for row in rows[1:]]
    return [_event(text.encode(), name, n) for n, text in enumerate(texts, 2) if text.strip()]


def _event(line: bytes, name: str, number: int) -> Event:
    try:
        return msgspec.json.decode(line, type=Event)
    except (msgspec.DecodeError, msgspec.ValidationError) as error:
        raise BoardError("export_unreadable", file=name, line=number) from error
