"""The ledger on disk: nothing acknowledged is lost, nothing is half, nothing is recorded twice."""

from __future__ import annotations

import re
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path, PurePosixPath, PureWindowsPath
from typing import Final, NamedTuple

import msgspec
import psutil
import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import event
from sqlalchemy.engine import Engine

from lib.errors import BoardError
from lib.files import whole
from lib.ledger import acts, coded, events, exchange, journal, place, store
from lib.ledger.acts import About
from lib.ledger.events import Draft, Event, Kind, Reminder, Report, Stage
from lib.ledger.migrations import MIGRATIONS
from lib.ledger.names import Name
from lib.ledger.periods import Period
from lib.ledger.store import Head, Ledger, check_chain
from tests.ledgers import Office

ROOT = Path(__file__).parent.parent
JANUARY = Period.of_code("2026-01")
DAY = date(2026, 1, 31)


@pytest.fixture
def ledger(tmp_path: Path) -> Ledger:
    return Ledger(address(tmp_path))


def address(folder: Path) -> str:
    return f"sqlite:///{folder / 'table.ledger.db'}"


def draft(measure_id: str = "1", did: str = "", form: str = "a", after: int = 0) -> Draft:
    about = About("清单", measure_id, DAY, form=form, after=after)
    return acts.report(about, JANUARY, Report(Stage.UNDER_WAY, did=did))


# --- one chain ------------------------------------------------------------------------------------


def test_a_ledger_comes_to_be_with_its_first_event(ledger: Ledger) -> None:
    assert not ledger.exists()
    assert ledger.events() == []
    assert ledger.head() == Head()
    ledger.append([draft()])
    assert ledger.exists()
    assert ledger.head().seq == 1


def test_each_event_follows_the_one_before_it(ledger: Ledger) -> None:
    ledger.append([draft("1"), draft("2")])
    ledger.append([draft("3")])
    chain = ledger.events()
    assert [link.seq for link in chain] == [1, 2, 3]
    assert [link.prev for link in chain] == [events.FIRST_PREVIOUS, chain[0].hash, chain[1].hash]
    check_chain(chain)
    assert ledger.head() == Head(3, chain[2].hash)
    assert ledger.events(after=2) == chain[2:]
    assert ledger.of_measure(Name("清单", "2")) == [chain[1]]
    assert ledger.by_seq([1, 3]) == {1: chain[0], 3: chain[2]}


@pytest.mark.parametrize("column", [name for name in events.COLUMNS if name != "hash"])
def test_any_change_of_any_column_breaks_the_chain(ledger: Ledger, column: str) -> None:
    ledger.append([draft("1"), draft("2"), draft("3")])
    chain = ledger.events()
    value = getattr(chain[1], column)
    other = value + 1 if isinstance(value, int) else value + "x"
    chain[1] = msgspec.structs.replace(chain[1], **{column: other})
    with pytest.raises(BoardError) as broken:
        check_chain(chain)
    assert broken.value.code == "act_chain_broken"
    assert broken.value.details["seq"] == 2


def test_an_event_that_is_left_out_or_moved_breaks_the_chain(ledger: Ledger) -> None:
    ledger.append([draft("1"), draft("2"), draft("3")])
    first, second, third = ledger.events()
    for chain in ([first, third], [second, first, third], [second, third]):
        with pytest.raises(BoardError):
            check_chain(chain)


def test_a_second_sending_of_the_same_form_is_the_same_event(ledger: Ledger) -> None:
    (first,) = ledger.append([draft(did="甲")])
    assert ledger.append([draft(did="甲")]) == [first]
    assert ledger.append([draft(did="甲"), draft(did="甲")]) == [first, first]
    assert ledger.head().seq == 1


def test_a_then_b_then_a_again_are_three_events(ledger: Ledger) -> None:
    for did, after in (("甲", 0), ("乙", 1), ("甲", 2)):
        ledger.append([draft(did=did, after=after)])
    assert ledger.head().seq == 3


def test_the_time_of_recording_never_steps_back(ledger: Ledger) -> None:
    ledger.append([draft("1")], now=2_000)
    ledger.append([draft("2")], now=1_000)
    assert [link.recorded for link in ledger.events()] == [2_000, 2_000]


def test_what_no_database_can_hold_is_left_out_of_a_text(ledger: Ledger) -> None:
    ledger.append([draft(did="甲\x00乙\ud800丙\r\n丁\r戊")])
    (recorded,) = ledger.events()
    body = events.body_of(recorded)
    assert isinstance(body, Report)
    assert body.did == "甲乙?丙\n丁\n戊"
    check_chain([recorded])


def test_a_text_may_be_long_but_not_endless(ledger: Ledger) -> None:
    ledger.append([draft(did="字" * events.LONGEST_TEXT)])
    with pytest.raises(BoardError) as refused:
        ledger.append([draft(did="字" * (events.LONGEST_TEXT + 1))])
    assert refused.value.code == "act_text_too_long"


def test_of_several_events_all_are_recorded_or_none(ledger: Ledger) -> None:
    closed = acts.close(About("清单", "1", DAY, form="close"), DAY)
    with pytest.raises(BoardError):
        ledger.append([draft("1"), closed, draft("1", form="late")])
    assert ledger.events() == []


# --- what may follow ------------------------------------------------------------------------------


def act(kind: Kind, form: str) -> Draft:
    about = About("清单", "1", DAY, form=form)
    acts_by_kind = {
        Kind.REPORTED: lambda: acts.report(about, JANUARY, Report(Stage.NO_NEWS)),
        Kind.CLAIMED: lambda: acts.claim(about, JANUARY, DAY),
        Kind.CLOSED: lambda: acts.close(about, DAY),
        Kind.RETURNED: lambda: acts.give_back(about, "因为"),
        Kind.REOPENED: lambda: acts.reopen(about, "因为"),
        Kind.EXTENSION_ASKED: lambda: acts.ask_extension(about, DAY, date(2026, 3, 1), "因为"),
        Kind.EXTENSION_GRANTED: lambda: acts.grant_extension(about, DAY, date(2026, 3, 1)),
        Kind.EXTENSION_REFUSED: lambda: acts.refuse_extension(about, "因为"),
        Kind.PAUSED: lambda: acts.pause(about, "因为"),
        Kind.CANCELLED: lambda: acts.cancel(about, "因为"),
        Kind.REMINDED: lambda: acts.remind(about, "请报送"),
    }
    return acts_by_kind[kind]()


REFUSED = (
    ((), Kind.RETURNED, "act_measure_open"),
    ((), Kind.REOPENED, "act_measure_open"),
    ((), Kind.EXTENSION_REFUSED, "act_nothing_asked"),
    ((Kind.CLAIMED,), Kind.CLAIMED, "act_measure_claimed"),
    ((Kind.CLAIMED,), Kind.EXTENSION_ASKED, "act_measure_claimed"),
    ((Kind.CLOSED,), Kind.REPORTED, "act_measure_closed"),
    ((Kind.CLOSED,), Kind.CLOSED, "act_measure_closed"),
    ((Kind.PAUSED,), Kind.CLAIMED, "act_measure_paused"),
    ((Kind.CANCELLED,), Kind.CLOSED, "act_measure_cancelled"),
    ((Kind.EXTENSION_ASKED, Kind.EXTENSION_GRANTED), Kind.EXTENSION_REFUSED, "act_nothing_asked"),
)


@pytest.mark.parametrize(("before", "kind", "code"), REFUSED)
def test_what_does_not_fit_the_state_of_its_measure_is_refused(
    ledger: Ledger, before: tuple[Kind, ...], kind: Kind, code: str
) -> None:
    for number, earlier in enumerate(before):
        ledger.append([act(earlier, f"before {number}")])
    with pytest.raises(BoardError) as refused:
        ledger.append([act(kind, "now")])
    assert refused.value.code == code
    assert ledger.head().seq == len(before)


def test_a_measure_may_be_closed_reopened_paused_and_cancelled(ledger: Ledger) -> None:
    kinds = [
        *(Kind.CLAIMED, Kind.RETURNED, Kind.CLAIMED, Kind.CLOSED, Kind.REOPENED),
        *(Kind.PAUSED, Kind.REOPENED, Kind.EXTENSION_ASKED, Kind.EXTENSION_ASKED),
        *(Kind.EXTENSION_REFUSED, Kind.EXTENSION_GRANTED, Kind.REMINDED, Kind.CANCELLED),
        Kind.REOPENED,
    ]
    for number, kind in enumerate(kinds):
        ledger.append([act(kind, str(number))])
    assert [link.kind for link in ledger.of_measure(Name("清单", "1"))] == kinds
    bodies = [events.body_of(link) for link in ledger.of_measure(Name("清单", "1"))]
    assert Reminder("", "请报送") in bodies


BAD_ACTS = (
    (lambda about: acts.close(about, date(2026, 2, 1)), "act_done_in_future"),
    (lambda about: acts.claim(about, JANUARY, date(2026, 2, 1)), "act_done_in_future"),
    (lambda about: acts.give_back(about, "  "), "act_reason_missing"),
    (lambda about: acts.ask_extension(about, None, DAY, "因为"), "act_nothing_to_extend"),
    (lambda about: acts.ask_extension(about, DAY, DAY, "因为"), "act_extension_not_later"),
    (lambda about: acts.ask_extension(about, DAY, date(2026, 3, 1), ""), "act_reason_missing"),
    (lambda about: acts.grant_extension(about, DAY, date(2025, 1, 1)), "act_extension_not_later"),
    (lambda about: acts.start(about, started(day=32)), "act_due_day_invalid"),
    (lambda about: acts.start(about, started(first="2026-Q1")), "act_first_period_invalid"),
    (lambda about: acts.start(about, started(first="下月")), "act_first_period_invalid"),
)


def started(day: int = 5, first: str = "2026-01") -> events.Started:
    return events.Started(events.Cadence.MONTH, day, events.Month.NEXT, first)


@pytest.mark.parametrize(("make", "code"), BAD_ACTS, ids=map(str, range(len(BAD_ACTS))))
def test_an_act_that_says_what_cannot_be_is_refused(make, code: str) -> None:
    with pytest.raises(BoardError) as refused:
        make(About("清单", "1", DAY))
    assert refused.value.code == code


# --- out and in again -----------------------------------------------------------------------------

TEXTS = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\x00"), max_size=50)


@given(st.lists(TEXTS, max_size=5), st.sampled_from([1, 40_000]))
def test_what_is_exported_comes_back_to_the_byte(texts: list[str], times: int) -> None:
    last: Event | None = None
    chain: list[Event] = []
    for number, text in enumerate(texts):
        said = draft(f"{text} {number}", did=(text * times)[: events.LONGEST_TEXT])
        last = events.of_draft(said, last, 1_000 + number)
        chain.append(last)
    assert exchange.of_lines(exchange.as_lines(chain), "a.jsonl") == chain
    (workbook,) = whole.read("a.xlsx", exchange.as_workbook(chain))
    assert exchange.of_rows(workbook.sheets[0].rows, "a.xlsx") == chain


def test_an_export_is_taken_in_by_an_empty_ledger_only(ledger: Ledger, tmp_path: Path) -> None:
    ledger.append([draft("1"), draft("2")])
    other = Ledger(f"sqlite:///{tmp_path / 'other.db'}")
    other.take_in(ledger.events())
    assert other.events() == ledger.events()
    assert other.head() == ledger.head()
    with pytest.raises(BoardError) as refused:
        other.take_in(ledger.events())
    assert refused.value.code == "ledger_not_empty"
    Ledger(f"sqlite:///{tmp_path / 'none.db'}").take_in([])


@pytest.mark.parametrize("data", [b"{", b"[]", b'{"seq": 1}'])
def test_what_is_no_export_is_refused_with_its_line(data: bytes) -> None:
    with pytest.raises(BoardError) as refused:
        exchange.of_lines(b"\n" + data, "a.jsonl")
    assert refused.value.details == {"file": "a.jsonl", "line": 2}


@pytest.mark.parametrize("rows", [[], [["甲"]]])
def test_a_workbook_that_is_no_export_is_refused(rows: list[list[str]]) -> None:
    with pytest.raises(BoardError):
        exchange.of_rows(rows, "a.xlsx")


# --- kills, many writers, bad disks ---------------------------------------------------------------


def writer(*arguments: object) -> subprocess.Popen[str]:
    command = [sys.executable, "-m", "tests.ledger_writer", *map(str, arguments)]
    return subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True)


def acknowledged(process: subprocess.Popen[str]) -> list[int]:
    out, _ = process.communicate()
    return [int(line) for line in out.split()]


def kill_and_look(folder: Path, stops: range) -> None:
    """Kill a writer at each of these statements of its own: what it was told is there, and whole."""
    seen: set[int] = set()
    for stop in stops:
        process = writer(address(folder), f"kill {stop}", 50, stop)
        seen |= set(acknowledged(process))
        assert process.returncode == -9
        chain = Ledger(address(folder)).events()
        check_chain(chain)
        assert seen <= {link.seq for link in chain}


def test_a_writer_that_is_killed_loses_nothing_that_it_was_told(tmp_path: Path) -> None:
    kill_and_look(tmp_path, range(1, 40, 5))


@pytest.mark.long
def test_a_writer_that_is_killed_anywhere_loses_nothing_that_it_was_told(tmp_path: Path) -> None:
    kill_and_look(tmp_path, range(1, 201))


def many_writers(folder: Path, writers: int, count: int) -> None:
    processes = [writer(address(folder), f"writer {n}", count) for n in range(writers)]
    told = sorted(seq for process in processes for seq in acknowledged(process))
    assert told == list(range(1, writers * count + 1))
    check_chain(Ledger(address(folder)).events())


def test_writers_side_by_side_write_one_chain(tmp_path: Path) -> None:
    many_writers(tmp_path, 3, 20)


@pytest.mark.long
def test_eight_writers_of_500_events_write_one_chain(tmp_path: Path) -> None:
    many_writers(tmp_path, 8, 500)


@contextmanager
def at_connect(statement: str) -> Iterator[None]:
    """What a statement sets holds for every connection that is opened meanwhile."""

    def run(connection: sqlite3.Connection, _record: object) -> None:
        connection.execute(statement)

    event.listen(Engine, "connect", run)
    try:
        yield
    finally:
        event.remove(Engine, "connect", run)


def test_a_full_disk_loses_nothing_and_is_said(ledger: Ledger) -> None:
    ledger.append([draft("1")])
    many = [draft(f"full {number}", did="字" * 3_000) for number in range(20)]
    with at_connect("PRAGMA max_page_count=20"), pytest.raises(BoardError) as refused:
        ledger.append(many)
    assert refused.value.code == "ledger_full"
    assert [link.measure_id for link in ledger.events()] == ["1"]
    ledger.append(many)
    check_chain(ledger.events())


def test_a_ledger_that_may_only_be_read_is_read_and_says_so(ledger: Ledger) -> None:
    ledger.append([draft("1")])
    with at_connect("PRAGMA query_only=ON"):
        assert len(ledger.events()) == 1
        with pytest.raises(BoardError) as refused:
            ledger.append([draft("2")])
    assert refused.value.code == "ledger_read_only"


def test_a_writer_that_waits_too_long_is_told_so(ledger: Ledger, tmp_path: Path) -> None:
    ledger.append([draft("1")])
    other = sqlite3.connect(tmp_path / "table.ledger.db", isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    with at_connect("PRAGMA busy_timeout=50"), pytest.raises(BoardError) as refused:
        ledger.append([draft("2")])
    other.close()
    assert refused.value.code == "ledger_busy"
    assert len(ledger.append([draft("2")])) == 1


def test_what_is_no_ledger_is_called_damaged(tmp_path: Path) -> None:
    (tmp_path / "table.ledger.db").write_bytes(b"no database at all" * 100)
    with pytest.raises(BoardError) as refused:
        Ledger(address(tmp_path)).events()
    assert refused.value.code == "ledger_damaged"


def test_a_ledger_in_a_folder_that_is_not_there_cannot_be_opened(tmp_path: Path) -> None:
    with pytest.raises(BoardError) as refused:
        Ledger(address(tmp_path / "none")).append([draft()])
    assert refused.value.code == "ledger_unopened"


def test_another_database_has_no_events(tmp_path: Path) -> None:
    with sqlite3.connect(tmp_path / "table.ledger.db") as other:
        other.execute("CREATE TABLE something (a)")
    assert Ledger(address(tmp_path)).events() == []


def test_an_error_of_another_kind_is_said_to_have_failed(ledger: Ledger, tmp_path: Path) -> None:
    ledger.append([draft("1")])
    with sqlite3.connect(tmp_path / "table.ledger.db") as other:
        other.execute("DROP TABLE events")
    with pytest.raises(BoardError) as refused:
        ledger.events()
    assert refused.value.code == "ledger_failed"


def test_a_ledger_of_a_newer_board_is_left_alone(ledger: Ledger, tmp_path: Path) -> None:
    ledger.append([draft("1")])
    with sqlite3.connect(tmp_path / "table.ledger.db") as other:
        other.execute("INSERT INTO migrations VALUES (?, 'later')", [len(MIGRATIONS) + 1])
    for use in (ledger.events, lambda: ledger.append([draft("2")])):
        with pytest.raises(BoardError) as refused:
            use()
        assert refused.value.code == "ledger_newer"


def test_the_ledger_stands_beside_its_table_or_where_the_environment_says(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    table = tmp_path / "lists" / "2026.xlsx"
    assert place.of_table(table) == f"sqlite:///{tmp_path / 'lists' / '2026.ledger.db'}"
    monkeypatch.setenv("LEDGER", "sqlite:////srv/ledger.db")
    assert place.of_table(table) == "sqlite:////srv/ledger.db"
    assert place.zone().key == "Asia/Shanghai"
    monkeypatch.setenv("BOARD_ZONE", "Europe/Zurich")
    assert place.zone().key == "Europe/Zurich"


class Mount(NamedTuple):
    mountpoint: str
    fstype: str
    opts: str = "rw"


MOUNTS: Final = (
    Mount("/", "ext4"),
    Mount("/mnt", "nfs4"),
    Mount("/mnt/local", "ext4"),
    Mount("/share", "fuse.sshfs"),
    Mount("/z", "ntfs", "rw,remote"),
)
PLACES: Final = (
    ("/srv/a.db", False),
    ("/mnt/lists/a.db", True),
    ("/mnt/local/a.db", False),
    ("/share/a.db", True),
    ("/z/a.db", True),
    ("relative/a.db", False),
)


@pytest.mark.parametrize(("path", "is_remote"), PLACES)
def test_a_drive_of_the_network_is_known(path: str, is_remote: bool) -> None:
    assert place.is_below_remote(PurePosixPath(path), MOUNTS) is is_remote


def test_a_share_of_windows_is_a_drive_of_the_network() -> None:
    assert place.is_below_remote(PureWindowsPath(r"\\server\share\a.db"), ())


def test_a_ledger_on_a_drive_of_the_network_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert not place.is_on_network(tmp_path)
    monkeypatch.setattr(psutil, "disk_partitions", lambda **_: [Mount("/", "cifs")])
    with pytest.raises(BoardError) as refused:
        Ledger(address(tmp_path))
    assert refused.value.code == "ledger_on_network"


@pytest.mark.parametrize("text", ["postgresql+psycopg://host/db", "sqlite://", "ledger.db", ""])
def test_an_address_that_is_not_understood_is_refused(text: str) -> None:
    with pytest.raises(BoardError) as refused:
        Ledger(text)
    assert refused.value.code == "ledger_address_unknown"


def test_two_that_begin_at_once_both_come_to_write(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Who switches to WAL while another holds the file is told to come again."""
    other = sqlite3.connect(tmp_path / "table.ledger.db", isolation_level=None, timeout=0)
    other.execute("CREATE TABLE begun (a)")
    other.execute("BEGIN EXCLUSIVE")
    monkeypatch.setattr(store, "WAL_PAUSE", 0.01)
    monkeypatch.setattr(store, "WAL_TRIES", 2)
    monkeypatch.setattr(store, "BUSY_SECONDS", 0.05)
    waiting = Ledger(address(tmp_path))
    with pytest.raises(BoardError) as refused:
        waiting.append([draft()])
    assert refused.value.code == "ledger_busy"
    other.execute("COMMIT")
    other.close()
    assert len(waiting.append([draft()])) == 1


# --- as columns -----------------------------------------------------------------------------------


def test_later_events_are_added_to_the_columns_and_not_read_again(tmp_path: Path) -> None:
    office = Office(tmp_path)
    office.start()
    office.report("2026-02-03", "1", "2026-01", values={"职工书屋": 2.0})
    early = office.journal()
    office.report("2026-02-04", "2", "2026-01", values={"走访": 3.0})
    office.close("2026-02-05", "1")
    added = journal.load(office.ledger, place.zone(), early)
    whole = office.journal()
    assert journal.load(office.ledger, place.zone(), added) is added
    for name in ("seq", "measure", "period", "kind", "known", "effective", "stage"):
        assert (getattr(added, name) == getattr(whole, name)).all(), name
    assert added.head == whole.head == office.ledger.head()
    assert added.measures == whole.measures
    assert added.values.number.tolist() == [2.0, 3.0]
    assert len(added) == 4


def test_a_day_is_the_office_s_and_not_the_server_s(tmp_path: Path) -> None:
    office = Office(tmp_path)
    office.ledger.append([draft("1")], now=1_767_225_600_000_000)  # 2026-01-01 00:00 in UTC
    office.ledger.append([draft("2")], now=1_767_283_200_000_000)  # 16:00, which is midnight there
    assert office.journal().known.astype(str).tolist() == ["2026-01-01", "2026-01-02"]


@pytest.mark.parametrize("place_of_damage", [0, 100])
def test_damage_that_is_met_while_events_are_read_is_named(
    tmp_path: Path, place_of_damage: int
) -> None:
    ledger = Ledger(f"sqlite:///{tmp_path / 'ledger.db'}")
    ledger.append([draft(str(number)) for number in range(200)])
    ledger.close()
    page_size = 4096
    data = bytearray(ledger.path.read_bytes())
    body = re.escape(ledger.events()[0].body.encode())
    bodies = [found.start() for found in re.finditer(body, bytes(data))]
    begin = bodies[place_of_damage] // page_size * page_size
    data[begin : begin + page_size] = b"\xff" * page_size
    ledger.path.write_bytes(data)
    assert ledger.head().seq == 200
    with pytest.raises(BoardError) as refused:
        journal.load(ledger, place.zone())
    assert refused.value.code == "ledger_damaged"


def test_a_dictionary_keeps_its_codes_when_texts_are_added() -> None:
    nothing = journal.empty().measures
    some, codes = nothing.with_texts(pa.array(["乙", "", "甲", "乙"]))
    assert codes.tolist() == [0, coded.NONE, 1, 0]
    more, codes = some.with_texts(pa.array(["丙", "甲"]))
    assert codes.tolist() == [2, 1]
    assert more.texts.to_pylist() == ["乙", "甲", "丙"]
    assert [more.code("丙"), some.code("丙"), len(some)] == [2, coded.NONE, 2]
