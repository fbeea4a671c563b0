"""What was recorded stays with its measure, whatever the table calls it later."""

import sqlite3
from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from lib import measures
from lib.errors import BoardError
from lib.ledger import acts, coded, journal, names, place, status, unplaced
from lib.ledger.events import Kind, Renamed, Report, Stage
from lib.ledger.names import Name, Renaming, Span
from lib.ledger.periods import Period
from lib.ledger.states import State
from lib.ledger.store import Ledger
from tests.ledgers import LIST, MONTHLY, ROWS, Office
from tests.tables import table_of

DAY = "2026-07-01"
START_2027 = msgspec.structs.replace(MONTHLY, first_period="2027-01")


@pytest.fixture
def office(tmp_path: Path) -> Office:
    """1 is closed, 2 is paused."""
    office = Office(tmp_path)
    office.start()
    office.close("2026-05-20", "1")
    office.record("2026-05-21", acts.pause(office.about("2026-05-21", "2"), "等资金到位"))
    return office


def rename(office: Office, ids: Mapping[str, str], list_was: str = "", day: str = DAY) -> None:
    office.record(day, acts.rename(office.about(day), ids, list_was))


def states_of(office: Office, rows: str) -> dict[str, State]:
    """The state of each measure of a table as it is written now."""
    table = measures.read(table_of(office.path.parent, rows))
    on_day = status.of_table(table, office.journal(), date(2026, 8, 1))
    ids = table.codes.ids.to_pylist()
    followed = on_day.followed.tolist()
    return {
        name: State(state)
        for name, state, is_followed in zip(ids, on_day.state.tolist(), followed, strict=True)
        if is_followed
    }


def with_ids(changed: Mapping[str, str]) -> str:
    """The rows of the table with other 编号."""
    lines = [line.strip().split(",") for line in ROWS.strip().splitlines()]
    return "\n".join(",".join([changed.get(cells[0], cells[0]), *cells[1:]]) for cells in lines)


# --- measures -------------------------------------------------------------------------------------


def test_what_was_recorded_goes_along_to_the_new_number(office: Office) -> None:
    rename(office, {"1": "1-A"})
    assert states_of(office, with_ids({"1": "1-A"})) == {
        "1-A": State.CLOSED, "2": State.PAUSED, "3": State.OPEN, "4": State.OPEN,
    }  # fmt: skip


def test_two_numbers_may_change_places(office: Office) -> None:
    rename(office, {"1": "2", "2": "1"})
    states = states_of(office, with_ids({"1": "2", "2": "1"}))
    assert (states["2"], states["1"]) == (State.CLOSED, State.PAUSED)


def test_a_number_that_was_freed_is_a_new_measure(office: Office) -> None:
    rename(office, {"1": "1@2026-07-01"})
    assert states_of(office, ROWS)["1"] is State.OPEN
    assert office.ledger.of_measure(Name(LIST, "1"))[0].kind == Kind.RENAMED
    kinds = [event.kind for event in office.ledger.of_measure(Name(LIST, "1@2026-07-01"))]
    assert kinds == [Kind.CLOSED, Kind.RENAMED]


def test_the_history_of_a_measure_has_all_its_names_and_when_they_changed(office: Office) -> None:
    rename(office, {"1": "7"})
    office.record(
        "2026-07-02",
        acts.reopen(replace(office.about("2026-07-02", "7"), after=4), "没有做完"),
    )
    rename(office, {"7": "8"}, day="2026-07-03")
    found = office.ledger.of_measure(Name(LIST, "8"))
    assert [(event.measure_id, event.kind) for event in found] == [
        ("1", Kind.CLOSED), ("", Kind.RENAMED), ("7", Kind.REOPENED), ("", Kind.RENAMED),
    ]  # fmt: skip
    assert [event.seq for event in found] == sorted(event.seq for event in found)


def test_what_fits_a_measure_is_told_by_its_whole_history(office: Office) -> None:
    rename(office, {"1": "7"})
    again = replace(office.about("2026-07-02", "7"), after=4)
    with pytest.raises(BoardError) as refused:
        office.record("2026-07-02", acts.close(again, date(2026, 7, 2)))
    assert refused.value.code == "act_measure_closed"


@pytest.mark.parametrize("measure_id", ["1", "7"])
def test_who_had_not_seen_the_new_number_records_nothing(office: Office, measure_id: str) -> None:
    rename(office, {"1": "7"})
    stale = replace(office.about("2026-07-02", measure_id), after=2)
    with pytest.raises(BoardError) as refused:
        office.record("2026-07-02", acts.reopen(stale, "没有做完"))
    assert refused.value.code == "act_renamed"


def test_a_measure_that_kept_its_number_is_not_held_up(office: Office) -> None:
    rename(office, {"1": "7"})
    report = acts.report(
        office.about("2026-07-02", "3"), Period.of_code("2026-06"), Report(Stage.NO_NEWS)
    )
    office.record("2026-07-02", report)
    assert [event.kind for event in office.ledger.of_measure(Name(LIST, "3"))] == [Kind.REPORTED]


def test_a_number_that_has_records_is_not_given_to_another(office: Office) -> None:
    with pytest.raises(BoardError) as refused:
        rename(office, {"1": "2"})
    assert refused.value.code == "act_name_taken"
    assert office.ledger.head().seq == 3


# --- lists ----------------------------------------------------------------------------------------


def test_a_list_that_is_called_otherwise_is_still_followed(office: Office) -> None:
    rows = ROWS.replace("重点工作", "重点任务")
    assert states_of(office, rows) == {}
    office.record(DAY, acts.rename(replace(office.about(DAY), list="2026 · 重点任务"), {}, LIST))
    states = states_of(office, rows)
    assert (states["1"], states["2"]) == (State.CLOSED, State.PAUSED)


def test_the_same_numbers_in_the_next_year_s_list_are_other_measures(office: Office) -> None:
    rows = ROWS.replace("2026", "2027")
    office.record(
        "2027-01-04",
        acts.start(replace(office.about("2027-01-04"), list="2027 · 重点工作"), START_2027),
    )
    table = measures.read(table_of(office.path.parent, rows))
    on_day = status.of_table(table, office.journal(), date(2027, 2, 1))
    assert on_day.followed.all()
    assert (on_day.state == State.OPEN).all()
    assert office.ledger.of_measure(Name("2027 · 重点工作", "1")) == []


# --- the rules ------------------------------------------------------------------------------------


def test_a_name_that_was_another_s_has_no_history_before() -> None:
    renaming = Renaming(5, LIST, Renamed({"1": "2"}))
    assert renaming.before(Name(LIST, "1")) is None
    assert names.spans(Name(LIST, "1"), [renaming]) == [Span(Name(LIST, "1"), 5, None)]
    assert renaming.before(Name("另一清单", "1")) == Name("另一清单", "1")
    assert renaming.after(Name("另一清单", "1")) == Name("另一清单", "1")


def test_the_old_name_of_a_list_may_be_another_list_s(office: Office) -> None:
    office.record(DAY, acts.rename(replace(office.about(DAY), list="2026 · 重点任务"), {}, LIST))
    head = office.ledger.head().seq
    office.record("2026-07-02", acts.start(office.about("2026-07-02"), MONTHLY))
    assert [event.kind for event in office.ledger.of_measure(Name(LIST, "1"))] == [Kind.RENAMED]
    again = replace(office.about("2026-07-02", "1"), after=head)
    office.record("2026-07-02", acts.close(again, date(2026, 7, 2)))
    known = office.journal()
    of_old = known.measure == known.measures.code(coded.key_of(LIST, "1"))
    assert known.seq[of_old].tolist() == [head + 2]


IDS = st.permutations(["1", "2", "3", "4"]).map(
    lambda to: {old: new for old, new in zip("1234", to, strict=True) if old != new}
)


@given(st.lists(IDS, max_size=5))
def test_walking_back_finds_what_walking_forward_made(shuffles: list[dict[str, str]]) -> None:
    renamings = [Renaming(seq, LIST, Renamed(ids)) for seq, ids in enumerate(shuffles, 1)]
    for first in "1234":
        name = Name(LIST, first)
        for renaming in renamings:
            name = renaming.after(name)
        oldest = names.spans(name, renamings)[-1]
        assert (oldest.name, oldest.after) == (Name(LIST, first), 0)


@given(st.lists(IDS, max_size=4))
def test_the_journal_and_the_store_agree_on_whose_an_event_is(
    shuffles: list[dict[str, str]],
) -> None:
    with TemporaryDirectory() as folder:
        office = Office(Path(folder))
        office.start()
        for number, ids in enumerate([*shuffles, {}]):
            if ids:
                rename(office, ids)
            head = office.ledger.head().seq
            for measure_id in "1234":
                about = replace(office.about(DAY, measure_id), after=head)
                office.record(DAY, acts.remind(about, f"{number} {measure_id}"))
        known = journal.load(office.ledger, place.zone())
        for measure_id in "1234":
            code = known.measures.code(coded.key_of(LIST, measure_id))
            by_journal = known.seq[known.measure == code].tolist()
            events = office.ledger.of_measure(Name(LIST, measure_id))
            assert by_journal == [event.seq for event in events if event.measure_id]


# --- what the table has no row for ----------------------------------------------------------------


def unplaced_of(office: Office, rows: str) -> tuple[list[str], list[str], list[int]]:
    """The lists and the measures that are gone, and the rows of the first list without records."""
    table = measures.read(table_of(office.path.parent, rows))
    known = office.journal()
    codes = status.measure_codes(table, known)
    gone = [each.name.id for each in unplaced.measures(table, known, codes)]
    first = table.codes.lists.names[0]
    free = unplaced.without_records(table, known, codes, first)
    return unplaced.lists(table, known), gone, free


def test_a_measure_with_records_and_no_row_is_named_the_last_recorded_first(office: Office) -> None:
    assert unplaced_of(office, with_ids({"1": "1-A", "2": "2-A"})) == ([], ["2", "1"], [0, 1, 2, 3])
    assert unplaced_of(office, ROWS) == ([], [], [2, 3])


def test_a_measure_that_was_given_back_is_gone_no_more(office: Office) -> None:
    rename(office, {"1": "1-A"})
    assert unplaced_of(office, with_ids({"1": "1-A"})) == ([], [], [2, 3])
    assert unplaced_of(office, ROWS)[1:] == (["1-A"], [0, 2, 3])


def test_a_list_under_another_name_is_gone_and_its_measures_are_not_listed(office: Office) -> None:
    assert unplaced_of(office, ROWS.replace("重点工作", "重点任务")) == ([LIST], [], [0, 1, 2, 3])


def test_only_numbers_with_records_are_freed(office: Office) -> None:
    new = [Name(LIST, "1"), Name(LIST, "3"), Name("另一清单", "2")]
    assert unplaced.freed(office.journal(), new, date(2026, 7, 1)) == {"1": "1@2026-07-01"}


def test_what_is_no_ledger_yet_has_no_measure(tmp_path: Path) -> None:
    path = tmp_path / "none.ledger.db"
    ledger = Ledger(f"sqlite:///{path}")
    assert ledger.of_measure(Name(LIST, "1")) == []
    sqlite3.connect(path).execute("CREATE TABLE other (x)")
    assert ledger.of_measure(Name(LIST, "1")) == []
