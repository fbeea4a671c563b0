"""Rows as people read them, with what the ledger says of them. Nothing here knows Streamlit."""

from __future__ import annotations

import msgspec
import numpy as np

from lib import workload
from lib.answers import progress as answers
from lib.answers import sentences
from lib.errors import BoardError, one_line
from lib.i18n import Translator
from lib.ledger.events import Event, Report
from lib.web import ledgers
from lib.web.view import Board, Frame

TEXTS = ("did", "problems", "difficulties", "next")  # of a report, in their order


def of_rows(view: Board, rows: np.ndarray) -> Frame:
    """`workload.listing` of rows; where lists are followed, with `light`, the day in words, `due_words`,
    and the last report in a line, `last_report`.
    """
    listing = workload.listing(view.table, rows, view.as_of)
    if view.progress is None:
        return listing
    of_ledger = answers.columns(view.progress, rows, last_reports(view, rows), view.t)
    for name in of_ledger:
        listing[name] = of_ledger[name]
    return listing


def for_download(view: Board, rows: np.ndarray) -> dict[str, list[str]]:
    """What a download says of the ledger, by `schema.FOLLOWED_COLUMNS`; {} where no list is followed."""
    if view.progress is None:
        return {}
    reports = last_reports(view, rows)
    return answers.for_download(view.progress, rows, reports, view.t)


def last_reports(view: Board, rows: np.ndarray) -> dict[int, str]:
    """The last report of each of some rows in a line, by row; none where the ledger can't be read.

    One of a supporting department begins with its name.
    """
    seqs = ledgers.seqs_at(view.followed.status.report[rows])
    try:
        by_seq = ledgers.follower().ledger().by_seq([seq for seq in seqs if seq])
    except BoardError:
        return {}
    lines: dict[int, str] = {}
    for row, seq in zip(rows.tolist(), seqs, strict=True):
        if seq not in by_seq:
            continue
        event = by_seq[seq]
        lines[row] = report_in_line(event, view.t)
        if event.on_behalf in view.table.codes.support.of(row):
            lines[row] = view.t("text.dot").join([event.on_behalf, lines[row]])
    return lines


def report_in_line(event: Event, t: Translator) -> str:
    """A report as one line: its period, then what was done, else how far it is."""
    body = msgspec.json.decode(event.body, type=Report)
    texts = [getattr(body, name) for name in TEXTS]
    said = next(filter(None, texts), "") or t(f"progress.stage.{body.stage}")
    return one_line(sentences.period(event.period, t) + t("text.colon") + said)
