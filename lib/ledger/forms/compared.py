"""A row that came back, beside what the ledger says of its measure."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from lib.errors import BoardError, Problem
from lib.ledger import acts, states
from lib.ledger.acts import About
from lib.ledger.events import Draft, Event, Extension, Kind, Source, written
from lib.ledger.forms import answers, columns
from lib.ledger.forms.answers import Answers
from lib.ledger.forms.columns import DUE, ID, TITLE, UNTIL
from lib.ledger.forms.form import FormRow
from lib.ledger.forms.known import Known, close
from lib.ledger.forms.lines import ReturnedRow
from lib.ledger.forms.preview import PreviewRow, Verdict
from lib.ledger.forms.returned import Returned
from lib.ledger.forms.stamp import Stamp
from lib.ledger.states import State
from lib.ledger.status import REPORTS
from lib.measures import NOBODY
from lib.text import deadlines

OF_STATE: Final = {
    State.OPEN: "form_measure_open",
    State.CLAIMED: "form_measure_claimed",
    State.CLOSED: "form_measure_closed",
    State.PAUSED: "form_measure_paused",
    State.CANCELLED: "form_measure_cancelled",
}
_OF_ACT: Final = {
    "act_nothing_to_extend": "form_nothing_to_extend",
    "act_extension_not_later": "form_until_not_later",
}


def unread(row: ReturnedRow, measure_id: str, place: int | None) -> PreviewRow:
    """A row that is not read, since something of its whole form is in doubt."""
    verdict = Verdict.QUESTION if row.is_answered else Verdict.EMPTY
    return PreviewRow(row.line, measure_id, place, row.cells, verdict)


class Row:
    """A row that came back, as it is read."""

    def __init__(self, sheet: Returned, row: ReturnedRow, stamp: Stamp, known: Known) -> None:
        self._sheet = sheet
        self._row = row
        self._stamp = stamp
        self._known = known
        names = known.named(row)
        self._measure_id = names[0] if names else ""
        self._place = known.place_of.get(self._measure_id)
        self._problems: list[Problem] = [*row.problems]
        self._is_sure = len(names) == 1 and self._place is not None

    def unread(self) -> PreviewRow:
        """The row of a form of which something is in doubt."""
        return unread(self._row, self._measure_id, self._place)

    def read(self) -> PreviewRow:
        """The row with what comes of it."""
        row = self._row
        is_of_the_form = self._is_sure or row.stamped
        if is_of_the_form and not row.is_answered:
            return self._with(Verdict.EMPTY)
        self._doubt_measure()
        if not self._is_sure or self._place is None:
            return self._with(Verdict.QUESTION)
        asked = self._known.rows[self._place]
        events = self._known.events(self._measure_id)
        self._doubt_locked(asked, events)
        reply, doubts = answers.read(row.cells, asked.targets, self._year())
        for doubt in doubts:
            self._doubt(*doubt)
        if reply is None or self._problems:
            return self._with(Verdict.QUESTION)
        return self._compared(reply, self._place, events)

    def _year(self) -> int:
        """Of a day that names none: the cell's own, else that of the period."""
        return self._row.years.get(UNTIL, self._known.period.year)

    def _with(
        self, verdict: Verdict, drafts: Sequence[Draft] = (), recorded: Sequence[Event] = ()
    ) -> PreviewRow:
        return PreviewRow(
            line=self._row.line,
            measure_id=self._measure_id,
            row=self._place,
            cells=self._row.cells,
            verdict=verdict,
            drafts=tuple(drafts),
            problems=tuple(self._problems),
            recorded=tuple(recorded),
        )

    # Doubts

    def _doubt(self, code: str, field: str, value: str) -> None:
        """Ask about a cell; code: of a Problem."""
        header = self._sheet.header.text_of(field)
        problem = Problem(code, self._row.line, header, value, self._sheet.name)
        self._problems.append(problem)

    def _doubt_measure(self) -> None:
        """Ask where it is not sure which measure a row is about; without one known 编号 it never was."""
        row = self._row
        names = self._known.named(row)
        if row.stamped and row.stamped.stamp != self._stamp:
            stamp = row.stamped.stamp
            self._is_sure = False
            other_form = f"{stamp.department} {stamp.period}"
            self._doubt("form_row_other_form", ID, other_form)
        elif len(names) > 1:
            shown_id = row.cells.get(ID, "")
            self._doubt("form_id_differs", ID, shown_id)
        elif names and self._place is None:
            self._doubt("form_measure_unknown", ID, names[0])
        elif not names:
            self._doubt_unnamed()
        elif self._place not in self._asked_rows() and not row.stamped:
            self._is_sure = False
            self._doubt("form_row_not_asked", ID, self._measure_id)

    def _doubt_unnamed(self) -> None:
        title = close(self._row.cells.get(TITLE, ""))
        ids = self._known.ids_of_title.get(title, [])
        if len(ids) == 1:
            self._doubt("form_id_missing", ID, ids[0])
        else:
            self._doubt("form_row_added", ID, self._row.first_text)

    def _asked_rows(self) -> set[int]:
        form = self._known.forms[self._stamp.department]
        return {row.row for row in form.rows}

    def _doubt_locked(self, asked: FormRow, events: Sequence[Event]) -> None:
        """Ask where what nobody was to change says something else than the board."""
        cells = self._row.cells
        title = cells.get(TITLE, "")
        title_asked = asked.texts[TITLE]
        if title and close(title) != close(title_asked):
            self._doubt("form_title_changed", TITLE, title)
        due = cells.get(DUE, "")
        due_asked = asked.texts[DUE]
        if not due or _same_day(due, due_asked, self._year()):
            return
        kinds_since = {event.kind for event in events if self._is_later(event)}
        if Kind.EXTENSION_GRANTED not in kinds_since:
            self._doubt("form_due_changed", DUE, due)

    # Drafts

    def _compared(self, reply: Answers, place: int, events: Sequence[Event]) -> PreviewRow:
        """The row beside what the ledger says of its measure."""
        since = [event for event in events if self._is_since(event)]
        after = self._last_seen(events, is_all_shown=bool(since))
        try:
            drafts = self._drafts(reply, place, events, after)
        except BoardError as error:
            until = self._row.cells.get(UNTIL, "")
            self._doubt(_OF_ACT[error.code], UNTIL, until)
            return self._with(Verdict.QUESTION)
        new_drafts = [draft for draft in drafts if not self._is_recorded(draft, events)]
        if not new_drafts:
            return self._with(Verdict.UNCHANGED)
        kinds = self._known.kinds(self._measure_id)
        self._doubt_state(new_drafts, states.after(kinds))
        if self._problems:
            return self._with(Verdict.QUESTION, recorded=since)
        if since:
            return self._with(Verdict.CONFLICT, new_drafts, since)
        return self._with(Verdict.NEW, new_drafts)

    def _last_seen(self, events: Sequence[Event], *, is_all_shown: bool) -> int:
        """The seq of the last event that whoever confirms the row has seen of its measure.

        is_all_shown: whether it stands beside all events, a conflict, and not only those that its form knew.
        """
        seqs = [self._known.named_at(self._measure_id)]
        for event in events:
            if is_all_shown or not self._is_later(event):
                seqs.append(event.seq)
        return max(seqs)

    def _is_later(self, event: Event) -> bool:
        """Whether an event came after the form was made."""
        return event.seq > self._stamp.seq

    def _is_since(self, event: Event) -> bool:
        """Whether an event came after the form was made, and is no report of another department."""
        is_report = event.kind in REPORTS
        if is_report and event.on_behalf not in ("", self._stamp.department):
            return False
        return self._is_later(event)

    def _drafts(
        self, reply: Answers, place: int, events: Sequence[Event], after: int
    ) -> list[Draft]:
        """The events that come of answers; raises what `acts.ask_extension` raises."""
        about = self._about(after)
        period = self._known.period
        drafts: list[Draft] = []
        if reply.report:
            report = acts.report(about, period, reply.report)
            drafts.append(report)
        if reply.until and not self._was_asked(reply, events):
            due = self._known.status.due_of(place)
            extension = acts.ask_extension(about, due, reply.until, reply.why)
            drafts.append(extension)
        if reply.is_done:
            done_on = min(about.today, period.last_day)
            text = reply.report.did if reply.report else ""
            claim = acts.claim(about, period, done_on, text)
            drafts.append(claim)
        return drafts

    def _about(self, after: int) -> About:
        stamp = self._stamp
        return About(
            list=stamp.list,
            measure_id=self._measure_id,
            today=self._known.status.as_of,
            on_behalf="" if stamp.department == NOBODY else stamp.department,
            source=Source.FORM,
            form=stamp.form,
            after=after,
        )

    def _was_asked(self, reply: Answers, events: Sequence[Event]) -> bool:
        """Whether this extension was asked for since the form was made; the day may be moved by now."""
        extension = Extension(str(reply.until), reply.why)
        since = filter(self._is_later, events)
        asked = [event.body for event in since if event.kind == Kind.EXTENSION_ASKED]
        return asked[-1:] == [written(extension)]

    def _is_recorded(self, draft: Draft, events: Sequence[Event]) -> bool:
        """Whether the last event of its kind says the same.

        A report is compared with the last one of its period and department, anything else with what
        was recorded since the form was made.
        """
        if draft.kind in REPORTS:
            alike = [event.body for event in events if _is_beside(event, draft)]
        else:
            since = filter(self._is_later, events)
            alike = [event.body for event in since if event.kind == draft.kind]
        return alike[-1:] == [written(draft.body)]

    def _doubt_state(self, drafts: Sequence[Draft], state: State) -> None:
        """Ask where the measure's state takes no such event."""
        for draft in drafts:
            if not states.may_follow(draft.kind, state):
                self._doubt(OF_STATE[state], columns.STAGE, self._measure_id)
                return


def _is_beside(event: Event, draft: Draft) -> bool:
    """Whether an event is a report of the same period and department."""
    if event.kind not in REPORTS or event.period != draft.period:
        return False
    return event.on_behalf in ("", draft.on_behalf)


def _same_day(shown: str, said: str, year: int) -> bool:
    """Whether two cells of a day say the same, in whatever form a program shows it."""
    if close(shown) == close(said):
        return True
    window = deadlines.read(shown, year)
    return window is not None and window == deadlines.read(said, year)
