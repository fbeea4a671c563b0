"""The ledger from a terminal: verify, export, import, start; and the demonstration."""

from __future__ import annotations

import sqlite3
from datetime import date
from pathlib import Path

import pytest

from lib import measures, terminal
from lib.ledger import demo, journal, lights, place, progress
from lib.ledger.chase import Reason
from lib.ledger.events import Cadence, Kind, Month, Started, body_of
from lib.ledger.store import Ledger, check_chain
from tests.ledgers import Office


@pytest.fixture
def office(tmp_path: Path) -> Office:
    kept = Office(tmp_path)
    kept.start()
    kept.report("2026-02-03", "1", "2026-01", did="走访 3 户")
    return kept


def run(*arguments: object) -> int:
    return terminal.main([*map(str, arguments), "--lang", "zh"])


def test_a_ledger_is_verified_by_walking_its_chain(
    office: Office, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run("ledger", "verify", office.path) == 0
    assert "2 条记录，前后衔接" in capsys.readouterr().out
    with sqlite3.connect(office.path.with_name("table.ledger.db")) as changed:
        changed.execute("UPDATE events SET body = '{}' WHERE seq = 2")
    assert run("ledger", "verify", office.path) == 2
    assert "第 2 条记录与前一条接不上" in capsys.readouterr().err


@pytest.mark.parametrize("name", ["ledger.jsonl", "ledger.xlsx"])
def test_an_export_is_taken_in_by_an_empty_ledger(
    office: Office, tmp_path: Path, name: str, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / name
    assert run("ledger", "export", office.path, out) == 0
    other = tmp_path / "other.csv"
    assert run("ledger", "import", other, out) == 0
    assert Ledger(place.of_table(other)).events() == office.ledger.events()
    assert "已导入到 other.ledger.db：2 条记录" in capsys.readouterr().out
    assert run("ledger", "import", other, out) == 2
    assert "只能导入到空的台账" in capsys.readouterr().err


def test_a_file_that_is_no_workbook_is_refused(
    office: Office, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    broken = tmp_path / "broken.xlsx"
    broken.write_bytes(b"PK\x03\x04 broken")
    assert run("ledger", "import", office.path, broken) == 2
    assert "broken.xlsx" in capsys.readouterr().err


def test_a_list_is_started_as_the_button_does(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    office = Office(tmp_path)
    assert run("ledger", "start", office.path, "--first", "2026-Q2", "--cadence", "quarter") == 0
    assert "已开始跟踪“2026 · 重点工作”，第一个报送期 2026-Q2" in capsys.readouterr().out
    (event,) = office.ledger.events()
    assert event.source == "terminal"
    assert body_of(event) == Started(Cadence.QUARTER, 5, Month.NEXT, "2026-Q2")


def test_a_list_that_the_table_does_not_have_is_not_started(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    office = Office(tmp_path)
    assert run("ledger", "start", office.path, "--list", "别的清单") == 2
    assert "请写其中一份：2026 · 重点工作" in capsys.readouterr().err
    assert not office.ledger.exists()


# --- the demonstration ----------------------------------------------------------------------------


def test_the_demonstration_shows_all_that_a_ledger_knows(tmp_path: Path) -> None:
    path = demo.make(tmp_path / "demo", date(2026, 11, 28))
    table = measures.read(path)
    assert len(table) == 40
    assert table.problems == ()
    ledger = Ledger(place.of_table(path))
    chain = ledger.events()
    check_chain(chain)
    kinds = {event.kind for event in chain}
    assert kinds >= {
        *(Kind.STARTED, Kind.REPORTED, Kind.CLAIMED, Kind.CLOSED, Kind.RETURNED),
        *(Kind.EXTENSION_ASKED, Kind.EXTENSION_GRANTED, Kind.EXTENSION_REFUSED, Kind.CANCELLED),
    }
    rules = lights.read(lights.preset(lights.DEFAULT))
    known = journal.load(ledger, place.zone())
    shown = progress.of_table(table, known, date(2026, 11, 28), rules)
    assert set(shown.chased(None)["reason"]) >= {Reason.LATE, Reason.DUE_SOON, Reason.SILENT}
    assert len(shown.status.rounds) == 10


@pytest.mark.parametrize("today", [date(2026, 1, 1), date(2028, 12, 31)])
def test_the_demonstration_can_be_made_on_any_day(tmp_path: Path, today: date) -> None:
    path = demo.make(tmp_path, today)
    assert measures.read(path).problems == ()
    check_chain(Ledger(place.of_table(path)).events())


def test_a_demonstration_that_is_there_is_left_as_it_is(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = tmp_path / "demo"
    assert run("demo", folder) == 0
    before = (folder / demo.TABLE).stat().st_mtime_ns
    assert run("demo", folder) == 0
    assert (folder / demo.TABLE).stat().st_mtime_ns == before
    assert "照原样打开" in capsys.readouterr().out
