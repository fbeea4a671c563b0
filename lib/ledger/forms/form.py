"""What a form asks: the measures of a department for which it is to report in a period."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Final

import msgspec
import numpy as np

from lib.errors import BoardError
from lib.ledger import targets
from lib.ledger.coded import NONE
from lib.ledger.events import Asked, Cadence, Event, Report, Stage
from lib.ledger.forms import columns
from lib.ledger.forms.stamp import HASH_SHOWN, Stamp
from lib.ledger.journal import Journal
from lib.ledger.periods import Period
from lib.ledger.reporting import Outcome, Reporting
from lib.ledger.states import State
from lib.ledger.status import Round, Status
from lib.ledger.targets import Target
from lib.measures import NOBODY, Table

LEAD, SUPPORT = "牵头", "配合"
_SHOWN: Final = ["measure_id", "title", "leaders", "deadline"]  # of the table
_QUARTERS: Final = "一二三四"
_NOT_IN_NAMES: Final = re.compile(r'[\\/:*?"<>|\x00-\x1f]+')
_LONGEST_NAME: Final = 60  # characters of a department in the name of a file
_LONGEST_LAST: Final = 500  # characters of what was reported before
EventsAt = Callable[[Sequence[int]], Mapping[int, Event]]
Roles = dict[str, dict[int, str]]  # of each department its rows, and its role in each
_WORD_OF_STAGE: Final = {stage: word for word, stage in columns.STAGES.items()}


@dataclass(frozen=True)
class Basis:
    """What forms are made from, and compared with when they come back.

    events_at: gives some events by their seqs, `Ledger.at`; asked once for all forms.
    """

    table: Table
    journal: Journal
    status: Status
    reporting: Reporting
    events_at: EventsAt


@dataclass(frozen=True)
class FormRow:
    """A measure in a form.

    row: its position in the table; texts: the one of each column that the form says; targets: those
    with a number to be reached.
    """

    row: int
    measure_id: str
    texts: columns.Cells
    targets: tuple[Target, ...]


@dataclass(frozen=True)
class Form:
    """What one department is asked in one period. due: the day by which it is to come back."""

    stamp: Stamp
    due: date
    made_on: date
    rows: tuple[FormRow, ...]

    @property
    def title(self) -> str:
        """The line above the table."""
        stamp, due = self.stamp, self.due
        period = period_in_words(stamp.period)
        day = f"{due.year}年{due.month}月{due.day}日"
        return f"{stamp.list}　{TITLE_WORD}　{stamp.department}　{period}　请于 {day}前报回"

    @property
    def file_name(self) -> str:
        """The name of its workbook."""
        return file_name(self.stamp.department, self.stamp.period)


TITLE_WORD: Final = "进展报送表"


def file_name(department: str, period: str) -> str:
    """The name of a form's workbook, as every system takes it."""
    name = _NOT_IN_NAMES.sub("_", department)[:_LONGEST_NAME]
    return f"{name} {period} {TITLE_WORD}.xlsx"


def period_in_words(code: str) -> str:
    """2026年9月, 2026年第三季度."""
    period = Period.of_code(code)
    if period.cadence is Cadence.MONTH:
        return f"{period.year}年{period.number}月"
    quarter = _QUARTERS[period.number - 1]
    return f"{period.year}年第{quarter}季度"


def asked(basis: Basis, list_name: str, period: str, *, only_open: bool = False) -> Roles:
    """Who is asked in a period, in the table's order.

    What names no department stands under NOBODY.

    Args:
        only_open: whether to leave out what was claimed or closed meanwhile, of which nothing is to be
            reported any more.

    Raises:
        BoardError: act_nothing_asked_for where nobody is.
    """
    of_round = _round(basis, list_name, period)
    outcome = basis.reporting.of_round(of_round)
    rows = of_round.rows[outcome != Outcome.NOT_ASKED]
    if only_open:
        state = basis.status.state[rows]
        rows = rows[state == State.OPEN]
    roles = _roles(basis.table, rows.tolist(), of_round.asked)
    if not roles:
        raise BoardError("act_nothing_asked_for", period=period)
    return roles


def of_period(basis: Basis, list_name: str, period: str, *, only_open: bool = False) -> list[Form]:
    """The forms of all departments that are asked, in the table's order: of `asked`, which raises."""
    roles = asked(basis, list_name, period, only_open=only_open)
    return _forms(basis, list_name, period, roles)


def of_department(
    basis: Basis, list_name: str, period: str, department: str, *, only_open: bool = False
) -> Form:
    """The form of one department, of `asked`.

    Raises:
        BoardError: act_nothing_asked_for where it is not asked.
    """
    roles = asked(basis, list_name, period, only_open=only_open)
    if department not in roles:
        raise BoardError("act_nothing_asked_for", period=period)
    its_roles = {department: roles[department]}
    (form,) = _forms(basis, list_name, period, its_roles)
    return form


def _forms(basis: Basis, list_name: str, period: str, roles: Roles) -> list[Form]:
    of_round = _round(basis, list_name, period)
    rows_asked = set().union(*roles.values())
    row_of = rows_of(basis, sorted(rows_asked))
    forms: list[Form] = []
    for department, roles_of_rows in roles.items():
        rows = [_with_role(row_of[row], role) for row, role in roles_of_rows.items()]
        form = Form(
            stamp=_stamp(basis, list_name, period, department),
            due=of_round.due,
            made_on=basis.status.as_of,
            rows=tuple(rows),
        )
        forms.append(form)
    return forms


def _stamp(basis: Basis, list_name: str, period: str, department: str) -> Stamp:
    head = basis.journal.head
    hash_shown = head.hash[:HASH_SHOWN]
    return Stamp(list_name, period, department, head.seq, hash_shown)


def _with_role(row: FormRow, role: str) -> FormRow:
    return replace(row, texts={**row.texts, "role": role})


# --- who is asked ---------------------------------------------------------------------------------


def _round(basis: Basis, list_name: str, period: str) -> Round:
    """The round of a list and a period; raises BoardError: act_nothing_asked_for."""
    for of_round in basis.reporting.rounds:
        is_of_period = of_round.period.code == period
        if is_of_period and of_round.list == list_name:
            return of_round
    raise BoardError("act_nothing_asked_for", period=period)


def _roles(table: Table, rows: Sequence[int], asked: Asked) -> Roles:
    """The rows of each department that is asked, and its role in each."""
    lead, support = table.codes.lead, table.codes.support
    roles: Roles = {}
    for row in rows:
        role_of: dict[str, str] = {}
        if asked is Asked.ALL:
            role_of |= dict.fromkeys(support.of(row), SUPPORT)
        role_of |= dict.fromkeys(lead.of(row), LEAD)
        if not role_of:
            role_of[NOBODY] = ""
        for department, role in role_of.items():
            of_department = roles.setdefault(department, {})
            of_department[row] = role
    return roles


# --- what is said of a measure --------------------------------------------------------------------


def rows_of(basis: Basis, rows: Sequence[int]) -> dict[int, FormRow]:
    """What a form says of some measures, by their rows in the table, but for the role."""
    positions = np.array(rows, np.int64)
    columns_shown = basis.table.columns.select(_SHOWN)
    measures = columns_shown.take(positions).to_pylist()
    last = _last_reports(basis, rows)
    targets_of = targets.by_row(basis.table)
    row_of: dict[int, FormRow] = {}
    for row, measure in zip(rows, measures, strict=True):
        measure_id = measure["measure_id"]
        leaders = measure["leaders"] or ()
        phrase = measure["deadline"] or ""
        due = basis.status.due_of(row)
        texts = {
            columns.ID: measure_id,
            columns.TITLE: measure["title"] or "",
            "leaders": "、".join(leaders),
            "first_due": phrase,
            columns.DUE: due.isoformat() if due else phrase,
            "last": last.get(row, ""),
        }
        asked_for = _asked_for(targets_of.get(row, ()))
        row_of[row] = FormRow(row, measure_id, texts, asked_for)
    return row_of


def _asked_for(of_measure: Sequence[Target]) -> tuple[Target, ...]:
    """The targets of a measure for which a form asks a number."""
    numeric = [target for target in of_measure if target.number is not None]
    return tuple(targets.each_name_once(numeric))


def target_in_words(target: Target) -> str:
    """申报职工书屋（目标 4 个）."""
    quantity = f"{target.number:.15g} {target.unit}".rstrip()
    return f"{target.name}（目标 {quantity}）"


def _last_reports(basis: Basis, rows: Sequence[int]) -> dict[int, str]:
    """What was reported last of each row, in a few words."""
    seq_of_row: dict[int, int] = {}
    for row in rows:
        place = basis.status.report[row]
        if place != NONE:
            seq_of_row[row] = int(basis.journal.seq[place])
    seqs = [*seq_of_row.values()]
    event_of = basis.events_at(seqs)
    return {row: _in_words(event_of[seq]) for row, seq in seq_of_row.items()}


def _in_words(event: Event) -> str:
    """（2026年8月 推进中）已建成 2 个。职工书屋 2."""
    report = msgspec.json.decode(event.body, type=Report)
    words: list[str] = []
    if report.stage is not Stage.UNDER_WAY:
        words.append(_WORD_OF_STAGE[report.stage])
    if report.did:
        words.append(report.did)
    if report.values:
        values = [f"{name} {number:.15g}" for name, number in report.values.items()]
        words.append("；".join(values))
    period = period_in_words(event.period)
    text = f"（{period}）" + " ".join(words)
    if len(text) <= _LONGEST_LAST:
        return text
    return f"{text[: _LONGEST_LAST - 1]}…"
