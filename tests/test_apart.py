"""What comes from outside is read in a process of its own, which may fail without harm."""

from __future__ import annotations

import dataclasses
import io
import json
import logging
import os
import subprocess
import sys
import threading
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import NamedTuple

import numpy as np
import psutil
import pyarrow as pa
import pytest
from openpyxl import load_workbook

from lib import measures, notices, revisions
from lib.apart import limits, pool, reader, wire, worker
from lib.apart.limits import MEGABYTE, Limits
from lib.apart.message import Draft, Outcome, Request, Source
from lib.apart.pool import EndedError, Pool
from lib.errors import PIPE_OR_DEVICE, BoardError
from lib.files.csv_writing import csv_of_rows
from lib.i18n import LANGUAGES, translator
from lib.notices import Notice, desk
from lib.notices import draft as drafts
from tests.tables import many_measures, table_of
from tests.workbooks import of_rows

ROOT = Path(__file__).parents[1]
WORKBOOKS = sorted((ROOT / "tests" / "made_workbooks").rglob("*.xlsx"))[::4]
MANY = Limits(60, 1024 * MEGABYTE)
NOTICE = "一、组织建设\n（一）建立制度。责任领导：张慧；责任部门：办公室；完成时限：8月\n"
PASTED = Source(NOTICE.encode(), "x", is_pasted=True)


@pytest.fixture(autouse=True, scope="module")
def ended() -> Iterator[None]:
    """The processes of the board end with these tests, so that what they ran is counted."""
    yield
    pool.of_the_board.close()


@pytest.fixture
def processes() -> Iterator[Pool]:
    pool = Pool()
    yield pool
    pool.close()


# --- what is read apart is what is read here -----------------------------------------------------


def same(left: object, right: object) -> bool:
    """Whether two values are alike in all that they hold."""
    if isinstance(left, np.ndarray) and isinstance(right, np.ndarray):
        return left.dtype == right.dtype and np.array_equal(
            left, right, equal_nan=left.dtype.kind == "M"
        )
    if isinstance(left, pa.Array | pa.Table) and isinstance(right, pa.Array | pa.Table):
        return bool(left.equals(right))
    if dataclasses.is_dataclass(left):
        return type(left) is type(right) and all(
            same(getattr(left, field.name), getattr(right, field.name))
            for field in dataclasses.fields(left)
        )
    return left == right


@pytest.mark.parametrize("path", [ROOT / "data" / "measures.csv", *WORKBOOKS], ids=lambda p: p.stem)
def test_a_table_is_the_same(path: Path) -> None:
    assert same(reader.table(path), measures.read(path))


def test_a_table_of_many_measures_and_two_years_is_the_same(tmp_path: Path) -> None:
    path = many_measures(tmp_path, [2025, 2026])
    assert same(reader.table(path), measures.read(path))


def test_a_table_without_a_measure_is_the_same(tmp_path: Path) -> None:
    path = table_of(tmp_path, "")
    assert same(reader.table(path), measures.read(path))


def test_a_notice_is_the_same(tmp_path: Path) -> None:
    path = tmp_path / "notice.txt"
    path.write_text(NOTICE, "utf-8")
    assert reader.notice(path, 2026) == notices.read(path, year=2026)


def test_a_table_of_the_board_s_own_is_the_same_on_intake() -> None:
    path = ROOT / "data" / "measures.csv"
    assert reader.notice(path) == notices.read(path)


def test_a_plan_is_the_same(tmp_path: Path) -> None:
    path = table_of(tmp_path, "1,2020,清单,一,1,第一项,甲,办公室,8月\n")
    here = revisions.plan(path, *notices.to_table(notices.read_text(NOTICE, "x")))
    assert reader.plan(path, reader.draft(PASTED), is_copy=False) == here


def test_a_row_is_the_same_and_so_is_what_is_mended_in_it(tmp_path: Path) -> None:
    path = table_of(tmp_path, "1,2020,清单,一,1,第一项,甲,办公室,8月\n")
    row = reader.row(path, 2)
    assert row == revisions.row_of(path, 2)
    assert reader.mended(row, {"deadline": "9月"}) == revisions.mend(row, {"deadline": "9月"})
    workbook, table = tmp_path / "list.xlsx", tmp_path / "list.board.csv"
    of_rows({"清单": [["任务", "责任单位"], ["第一项", "办公室"]]}).save(workbook)
    assert reader.row(table, 2, "", workbook) == revisions.row_of(table, 2, "", workbook)


def test_an_error_is_the_same(tmp_path: Path) -> None:
    path = tmp_path / "empty.csv"
    path.write_bytes(b"")
    with pytest.raises(BoardError) as here:
        measures.read(path)
    with pytest.raises(BoardError) as apart:
        reader.table(path)
    assert (apart.value.code, apart.value.details) == (here.value.code, here.value.details)


def test_a_file_that_is_not_there_is_named() -> None:
    with pytest.raises(BoardError, match="not_found"):
        reader.table("none.csv")


# --- a draft --------------------------------------------------------------------------------------


@pytest.fixture
def draft() -> Draft:
    """A notice of one measure, whose deadline a person has changed."""
    edit = {"n": 7, "do": "put", "row": 0, "field": "deadline", "text": "9月"}
    return Draft(reader.draft(PASTED).notice, (edit,))


@pytest.fixture
def edited() -> Notice:
    """The same."""
    return drafts.put(notices.read_text(NOTICE, "x"), 0, "deadline", "9月")


def test_a_draft_of_a_file_is_that_of_its_text() -> None:
    assert reader.draft(Source(NOTICE.encode(), "x")) == reader.draft(PASTED)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_draft_is_drawn_as_it_is_now(draft: Draft, edited: Notice, language: str) -> None:
    drawn = reader.drawn(draft, "x", language)
    message = desk.compose(edited, translator(language), done=7, can_undo=True)
    assert json.loads(drawn.message) == message
    assert drawn.name == "x"
    assert drawn.measures == 1
    assert drawn.left == len(list(drafts.doubts(edited)))


def test_the_board_over_a_draft_is_that_of_its_rows(draft: Draft, edited: Notice) -> None:
    assert same(reader.tried(draft, "x"), measures.of_rows(*notices.to_table(edited)))


def test_a_draft_is_handed_out_as_it_is_now(draft: Draft, edited: Notice) -> None:
    rows, milestones = notices.to_table(edited)
    assert reader.file(draft, "x", "csv") == csv_of_rows(rows)
    assert reader.file(draft, "x", "milestones") == csv_of_rows(milestones)
    sheet = load_workbook(io.BytesIO(reader.file(draft, "x", "xlsx"))).active
    assert [[cell or "" for cell in row] for row in sheet.values] == rows


# --- a reading that fails -------------------------------------------------------------------------


def long_text(measures: int = 20_000) -> Request:
    text = NOTICE * measures
    return Request("draft", {"source": Source(text.encode(), "x", is_pasted=True), "told": {}}, 60)


def short_text() -> Request:
    return Request("draft", {"source": PASTED, "told": {}}, 60)


@pytest.mark.parametrize(
    ("allowed", "end"),
    [
        (Limits(1, 4096 * MEGABYTE), pool.End.TOO_LONG),
        (Limits(60, -150 * MEGABYTE), pool.End.TOO_MUCH),
    ],
)
def test_a_reading_that_takes_too_much_is_ended(
    allowed: Limits, end: pool.End, processes: Pool
) -> None:
    with pytest.raises(EndedError) as ended:
        processes.ask(long_text(), bytes, allowed)
    assert ended.value.how is end
    assert processes.ask(short_text(), bytes, MANY)


def test_a_reading_that_only_waits_is_ended_by_the_clock(processes: Pool) -> None:
    processes.ask(short_text(), bytes, MANY)
    [process] = processes._idle
    process._watched.suspend()
    while process._watched.status() != psutil.STATUS_STOPPED:
        pass
    with pytest.raises(EndedError) as ended:
        processes.ask(short_text(), bytes, Limits(0, 1024 * MEGABYTE))
    assert ended.value.how is pool.End.TOO_LONG


def test_a_process_that_dies_is_replaced(processes: Pool) -> None:
    processes.start()
    [process] = processes._idle
    killer = threading.Timer(0.5, process._watched.kill)
    killer.start()
    with pytest.raises(EndedError) as ended:
        processes.ask(long_text(), bytes, MANY)
    assert ended.value.how is pool.End.FAILED
    assert processes.ask(short_text(), bytes, MANY)


def test_all_readings_but_the_first_give_way(processes: Pool) -> None:
    processes.start()
    [first] = processes._idle
    before = first._watched.nice()
    processes.ask(short_text(), bytes, MANY)
    after = first._watched.nice()
    processes.ask(short_text(), bytes, MANY)
    assert first._watched.nice() == after != before
    processes.close()
    processes.start()
    [later] = processes._idle
    assert later._watched.nice() == after


def test_a_process_that_has_ended_gives_way_to_everybody() -> None:
    process = pool.Process()
    process.end()
    process.give_way()
    assert process._process.returncode is not None


def test_a_process_that_does_not_end_by_itself_is_ended(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pool, "_CLOSING", 0.1)
    process = pool.Process()
    process._watched.suspend()
    process.end()
    assert process._process.returncode


def test_one_idle_process_is_enough(processes: Pool) -> None:
    processes.start()
    processes.start()
    assert len(processes._idle) == 1


def test_a_process_that_is_asked_though_it_has_died_says_so() -> None:
    process = pool.Process()
    process._process.kill()
    process._process.wait()
    with pytest.raises(EndedError):
        process.ask(short_text(), bytes, MANY)


def test_a_process_that_has_died_while_nothing_was_read_is_not_asked(processes: Pool) -> None:
    processes.start()
    [process] = processes._idle
    process._watched.kill()
    process._watched.wait()
    assert processes.ask(short_text(), bytes, MANY)


def test_who_breaks_off_leaves_nothing_for_the_next_one(
    processes: Pool, monkeypatch: pytest.MonkeyPatch
) -> None:
    def break_off(*_: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as by_hand:
        by_hand.setattr(wire, "receive", break_off)
        with pytest.raises(KeyboardInterrupt):
            processes.ask(long_text(100), bytes, MANY)
    short = reader.draft(PASTED).notice
    assert processes.ask(short_text(), bytes, MANY) == short


def test_a_process_that_has_grown_is_replaced() -> None:
    processes = Pool(swollen=0)
    processes.ask(short_text(), bytes, MANY)
    [first] = processes._idle
    processes.ask(short_text(), bytes, MANY)
    [second] = processes._idle
    processes.close()
    assert first is not second


def test_a_fault_of_ours_is_logged_and_is_an_error_of_the_reading(
    processes: Pool, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.ERROR), pytest.raises(EndedError) as ended:
        processes.ask(Request("draft", {}, 60), bytes, MANY)
    assert ended.value.how is pool.End.FAILED
    assert "TypeError" in caplog.text
    assert processes.ask(short_text(), bytes, MANY)


def test_the_error_names_the_file_and_what_it_may_take(
    processes: Pool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "long.txt"
    path.write_text(NOTICE * 20_000, "utf-8")
    monkeypatch.setattr(limits, "MOST_SECONDS", 1)
    monkeypatch.setattr(pool, "of_the_board", processes)
    with pytest.raises(BoardError) as refused:
        reader.notice(path)
    assert refused.value.code == "reading_too_long"
    assert refused.value.details["file"] == "long.txt"
    assert refused.value.details["seconds"] == 1


def test_readers_read_side_by_side(processes: Pool) -> None:
    """While one reads, here a process that is stopped in the middle, another one is asked."""
    processes.start()
    [stopped] = processes._idle
    stopped._watched.suspend()
    slow = threading.Thread(target=processes.ask, args=(short_text(), bytes, MANY))
    slow.start()
    while processes._idle:
        pass
    assert processes.ask(short_text(), bytes, MANY)
    assert slow.is_alive()
    stopped._watched.resume()
    slow.join()


def test_a_process_ends_with_who_has_begun_it() -> None:
    script = "from lib.apart import pool; pool.of_the_board.start(); import os, psutil;"
    script += "print(psutil.Process().children()[0].pid, flush=True); os._exit(0)"
    begun = subprocess.run(
        [sys.executable, "-c", script], cwd=ROOT, capture_output=True, check=True
    )
    pid = int(begun.stdout)
    assert not psutil.pid_exists(pid) or psutil.wait_procs([psutil.Process(pid)], 10)


# --- what the process takes from itself -----------------------------------------------------------


def run(script: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-c", script], cwd=ROOT, capture_output=True, text=True, check=False
    )


def test_it_has_no_network_where_the_system_lets_it() -> None:
    is_let = run(
        "import ctypes; from lib.apart import confinement as c;"
        "print(ctypes.CDLL(None).unshare(c._new_network()))"
    )
    networks = run(
        "import socket; from lib.apart import confinement; confinement.begin();"
        "print([name for _, name in socket.if_nameindex()])"
    )
    assert networks.stdout == "['lo']\n" or is_let.stdout != "0\n"


@pytest.mark.skipif(
    sys.platform == "win32", reason="Windows has no such limit, as docs/limits.md says"
)
def test_it_ends_after_its_seconds_also_where_nobody_watches() -> None:
    ended = run("from lib.apart import confinement; confinement.allow(0)\nwhile True: pass")
    assert ended.returncode < 0


@pytest.mark.parametrize(
    ("size", "seconds", "megabytes"),
    [(0, 5, 300), (MEGABYTE, 15, 428), (20 * MEGABYTE, 60, 2860), (1 << 40, 60, 4096)],
)
def test_the_limits_grow_with_the_file(size: int, seconds: int, megabytes: int) -> None:
    assert limits.of_size(size) == Limits(seconds, megabytes * MEGABYTE)


# --- values on their way --------------------------------------------------------------------------


class Pair(NamedTuple):
    left: np.ndarray
    right: np.ndarray


def sent(value: object) -> io.BytesIO:
    stream = io.BytesIO()
    wire.Sender(stream).send(value)
    stream.seek(0)
    return stream


def test_who_shares_an_array_shares_it_on_the_other_side() -> None:
    numbers = np.arange(10)
    pair = wire.receive(Pair, sent(Pair(numbers, numbers)))
    assert np.shares_memory(pair.left, pair.right)


def test_much_is_received_as_little_is_and_stays_when_more_comes() -> None:
    stream = io.BytesIO()
    sender = wire.Sender(stream)
    numbers = np.arange(wire._MUCH)
    sender.send(Pair(numbers, numbers))
    end_of_first = stream.tell()
    stream.seek(0)
    first = wire.receive(Pair, stream)
    sender.send(Pair(numbers + 1, numbers))
    stream.seek(end_of_first)
    second = wire.receive(Pair, stream)
    assert (first.left == numbers).all()
    assert (second.left == numbers + 1).all()


@pytest.mark.skipif(
    sys.platform != "linux", reason="only Linux has files in memory: others use the pipe"
)
def test_a_file_in_memory_that_could_be_changed_is_refused() -> None:
    file = os.memfd_create("open")
    with pytest.raises(wire.StreamError):
        wire._mapped(Path(f"/proc/self/fd/{file}"))
    os.close(file)


def test_a_column_in_several_pieces_is_one_on_the_other_side() -> None:
    table = pa.table({"x": pa.chunked_array([["甲"], ["乙"]], pa.string())})
    assert wire.receive(pa.Table, sent(table)).equals(table)


@pytest.mark.parametrize("value", ["甲", {"x": "甲"}, {"x": 7}, 7])
def test_what_names_no_column_is_refused(value: object) -> None:
    with pytest.raises(wire.StreamError):
        wire.receive(pa.Table, sent(value))


@pytest.mark.parametrize("cut", [0, 8, 20, -1])
def test_what_is_cut_off_is_refused(cut: int) -> None:
    data = sent(Outcome(code="x")).getvalue()[:cut]
    with pytest.raises(wire.StreamError):
        wire.receive(Outcome, io.BytesIO(data))


@pytest.mark.parametrize("value", [date(2026, 1, 1), {"code": 1}, [[]]])
def test_what_is_of_another_type_is_refused(value: object) -> None:
    with pytest.raises(wire.StreamError):
        wire.receive(Outcome, sent(value))


def test_an_array_that_has_not_come_is_refused() -> None:
    with pytest.raises(wire.StreamError):
        wire.receive(Pair, sent([0, 1]))


def test_what_has_no_form_on_the_way_is_a_fault_of_ours() -> None:
    with pytest.raises(NotImplementedError):
        wire.Sender(io.BytesIO()).send(object())


def test_the_worker_answers_until_there_are_no_more_requests(tmp_path: Path) -> None:
    path = table_of(tmp_path, "1,2020,清单,一,1,第一项,甲,办公室,8月\n")
    answers = io.BytesIO()
    request = sent(Request("table", {"path": str(path)}, 3600)).getvalue()
    worker.serve(io.BytesIO(2 * request), answers)
    answers.seek(0)
    for _ in range(2):
        assert wire.receive(Outcome, answers).is_good
        assert len(wire.receive(measures.Table, answers)) == 1


# --- what never ends is not read ------------------------------------------------------------------


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no pipes among its files")
def test_a_pipe_is_no_file(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe.csv"
    os.mkfifo(pipe)
    with pytest.raises(BoardError) as of_a_table:
        measures.read(pipe)
    with pytest.raises(BoardError) as of_a_notice:
        notices.read(pipe)
    assert of_a_table.value.details["why"] == of_a_notice.value.details["why"] == PIPE_OR_DEVICE
