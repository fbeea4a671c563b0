"""The table and the ledger, as far as the forms that came back are about them."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from collections.abc import Set as AbstractSet
from typing import Final

import numpy as np

from lib.ledger import names
from lib.ledger.coded import NONE
from lib.ledger.events import Event, Kind
from lib.ledger.forms import form
from lib.ledger.forms.columns import ID, TITLE
from lib.ledger.forms.form import Basis, Form
from lib.ledger.forms.lines import ReturnedRow
from lib.ledger.forms.returned import Returned
from lib.ledger.forms.stamp import HASH_SHOWN, Stamp
from lib.ledger.names import Name
from lib.ledger.periods import Period
from lib.measures.dated_ids import id_of_date
from lib.measures.spelling import key

_SPACE: Final = re.compile(r"\s+")
# What is recorded of a measure and changes nothing of what a department may say
_BESIDE: Final = (Kind.REMINDED,)


class Known:
    """The table and the ledger, as far as the forms that came back are about them."""

    def __init__(
        self,
        basis: Basis,
        forms: Mapping[str, Form],
        period: Period,
        sheets: Sequence[Returned],
    ) -> None:
        self.basis = basis
        self.status = basis.status
        self.forms = forms
        self.period = period
        first_form = next(iter(forms.values()))
        self.list = first_form.stamp.list
        ids: list[str] = basis.table.codes.ids.to_pylist()
        self.place_of = {measure_id: row for row, measure_id in enumerate(ids)}
        self.id_of_key = {key(measure_id): measure_id for measure_id in ids}
        self.ids_of_title: dict[str, list[str]] = {}
        self._code_of: dict[str, int] = {}
        places = self._places(sheets)
        self.rows = form.rows_of(basis, places)
        for place in places:
            measure_id = ids[place]
            title = close(self.rows[place].texts[TITLE])
            ids_of_title = self.ids_of_title.setdefault(title, [])
            ids_of_title.append(measure_id)
            self._code_of[measure_id] = int(self.status.code[place])
        codes = set(self._code_of.values())
        self._seqs_of_code = self._seqs_of(codes - {NONE})
        seqs = {sheet.stamp.seq for sheet in sheets if sheet.stamp}
        seqs.update(*self._seqs_of_code.values())
        self._events = basis.events_at(sorted(seqs))

    def _places(self, sheets: Sequence[Returned]) -> list[int]:
        """The rows of the table that the forms ask, or that those that came back name."""
        places: set[int] = set()
        for asked in self.forms.values():
            places.update(row.row for row in asked.rows)
        ids: set[str] = set()
        for sheet in sheets:
            for returned_row in sheet.rows:
                ids.update(self.named(returned_row))
        for measure_id in ids & self.place_of.keys():
            places.add(self.place_of[measure_id])
        return sorted(places)

    def named(self, row: ReturnedRow) -> list[str]:
        """The measures that a row names: by its stamp, and as it shows."""
        text = row.cells.get(ID, "")
        ids: list[str] = []
        if row.stamped:
            ids.append(row.stamped.measure_id)
        if text:
            ids.append(self._id(text))
        return [*dict.fromkeys(ids)]

    def _id(self, text: str) -> str:
        """The id that a text means, also one that a program took for a date."""
        as_shown = key(text)
        before_the_date = key(id_of_date(text))
        for possible in (as_shown, before_the_date):
            if possible in self.id_of_key:
                return self.id_of_key[possible]
        return text

    def _seqs_of(self, codes: AbstractSet[int]) -> dict[int, list[int]]:
        """The events of some measures, in order, by their codes in the journal."""
        journal = self.basis.journal
        beside = journal.of_kind(*_BESIDE)
        is_of_these = np.isin(journal.measure, [*codes])
        places = np.flatnonzero(is_of_these & ~beside)
        measures = journal.measure[places].tolist()
        seqs = journal.seq[places].tolist()
        seqs_of: dict[int, list[int]] = {}
        for code, seq in zip(measures, seqs, strict=True):
            seqs_of.setdefault(code, []).append(seq)
        return seqs_of

    def events(self, measure_id: str) -> list[Event]:
        """The events of a measure, in order."""
        code = self._code_of[measure_id]
        seqs = self._seqs_of_code.get(code, [])
        return [self._events[seq] for seq in seqs]

    def kinds(self, measure_id: str) -> list[Kind]:
        """The kinds of the events of a measure, in order."""
        return [Kind(event.kind) for event in self.events(measure_id)]

    def is_of_this_ledger(self, stamp: Stamp) -> bool:
        """Whether the event that a form was made after is one of this ledger."""
        event = self._events.get(stamp.seq)
        if event is None:
            return False
        return event.hash[:HASH_SHOWN] == stamp.hash

    def was_renamed_since(self, stamp: Stamp) -> bool:
        """Whether the table calls the form's list, or measures of it, otherwise since it was made."""
        for renaming in self.basis.journal.renamings:
            labels = (renaming.list, renaming.body.list_was)
            if renaming.seq > stamp.seq and stamp.list in labels:
                return True
        return False

    def named_at(self, measure_id: str) -> int:
        """The seq from which on a measure has its name, 0 where it always had."""
        name = Name(self.list, measure_id)
        return names.touched_at(name, self.basis.journal.renamings)


def close(text: str) -> str:
    """A text as it is compared: no program's line breaks and spaces count."""
    return _SPACE.sub("", key(text))
