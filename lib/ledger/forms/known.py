"""The table and the ledger, as far as the forms that came back are about them."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from collections.abc import Set as AbstractSet
from typing import Final

import numpy as np

from lib.ledger import names
from lib.ledger.events import Event, Kind
from lib.ledger.forms import form
from lib.ledger.forms.columns import ID, TITLE
from lib.ledger.forms.form import Basis, Form
from lib.ledger.forms.lines import ReturnedRow
from lib.ledger.forms.returned import Returned
from lib.ledger.forms.stamp import HASH_SHOWN, Stamp
from lib.ledger.journal import NONE
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
        self.forms = forms
        self.period = period
        self.list = next(iter(forms.values())).stamp.list
        ids: list[str] = basis.table.codes.ids.to_pylist()
        self.place_of = {measure_id: row for row, measure_id in enumerate(ids)}
        self.id_of_key: dict[str, str] = {key(measure_id): measure_id for measure_id in ids}
        self.ids_of_title: dict[str, list[str]] = {}
        places = self._places(sheets)
        self.rows = form.rows_of(basis, places)
        for place in places:
            title = close(self.rows[place].texts[TITLE])
            self.ids_of_title.setdefault(title, []).append(ids[place])
        self._code_of = {ids[place]: int(basis.status.code[place]) for place in places}
        stamps = {sheet.stamp for sheet in sheets if sheet.stamp}
        self._seqs_of_code = self._seqs_of(set(self._code_of.values()) - {NONE})
        seqs = {seq for of_code in self._seqs_of_code.values() for seq in of_code}
        seqs |= {stamp.seq for stamp in stamps}
        self._events = basis.events_at(sorted(seqs))

    def _places(self, sheets: Sequence[Returned]) -> list[int]:
        """The rows of the table that the forms ask, or that those that came back name."""
        places = {row.row for asked in self.forms.values() for row in asked.rows}
        for sheet in sheets:
            for row in sheet.rows:
                named = self.named(row)
                places |= {self.place_of[name] for name in named if name in self.place_of}
        return sorted(places)

    def named(self, row: ReturnedRow) -> list[str]:
        """The measures that a row names: by its stamp, and as it shows."""
        shown = row.cells.get(ID, "")
        names = [row.stamped.measure_id] if row.stamped else []
        if shown:
            names.append(self._id(shown))
        return [*dict.fromkeys(names)]

    def _id(self, shown: str) -> str:
        """The id that a text means, also one that a program took for a date."""
        for text in (shown, id_of_date(shown)):
            if key(text) in self.id_of_key:
                return self.id_of_key[key(text)]
        return shown

    def _seqs_of(self, codes: AbstractSet[int]) -> dict[int, list[int]]:
        """The events of some measures, in order, by their codes in the journal."""
        journal = self.basis.journal
        beside = journal.of_kind(*_BESIDE)
        wanted = np.isin(journal.measure, [*codes]) & ~beside
        seqs: dict[int, list[int]] = {}
        for place in np.flatnonzero(wanted).tolist():
            seqs.setdefault(int(journal.measure[place]), []).append(int(journal.seq[place]))
        return seqs

    def events(self, measure_id: str) -> list[Event]:
        """The events of a measure, in order."""
        seqs = self._seqs_of_code.get(self._code_of[measure_id], [])
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
        return any(
            renaming.seq > stamp.seq and stamp.list in (renaming.list, renaming.body.list_was)
            for renaming in self.basis.journal.renamings
        )

    def named_at(self, measure_id: str) -> int:
        """The seq from which on a measure has its name, 0 where it always had."""
        return names.touched_at(Name(self.list, measure_id), self.basis.journal.renamings)


def close(text: str) -> str:
    """A text as it is compared: no program's line breaks and spaces count."""
    return _SPACE.sub("", key(text))
