"""The cache of the data: a table on disk is read again when it has changed, and only then."""

from __future__ import annotations

import os
import threading
import time
from pathlib import Path
from typing import NamedTuple

import pytest

from lib import measures
from lib.web import store
from lib.web.store import Loaded, Look, Read, Store, Version
from tests.pages import WAITED_FOR
from tests.tables import HEADER, table_of
from tests.workbooks import as_bytes, of_rows

ONE = "1,2020,清单,一,1,第一项,甲,办公室,8月\n"
TWO = ONE + "2,2020,清单,一,2,第二项,乙,办公室,9月\n"
MILESTONES = "编号,节点时限,节点,目标值,单位\n1,6月,中期检查,,\n"


def rows(loaded: Loaded) -> int:
    assert loaded.table is not None
    return len(loaded.table)


def held_by_excel(monkeypatch: pytest.MonkeyPatch, held: Path) -> None:
    """Keep a file from being read, as Excel does while it has it open."""
    read_bytes = Path.read_bytes

    def read(path: Path) -> bytes:
        if path == held:
            raise PermissionError
        return read_bytes(path)

    monkeypatch.setattr(Path, "read_bytes", read)


def test_a_table_is_read_once_while_its_files_stay_the_same(tmp_path: Path) -> None:
    path, cache = table_of(tmp_path, ONE), Store()
    assert cache.load(path).table is cache.load(path).table


def test_a_table_that_has_changed_is_read_again(tmp_path: Path) -> None:
    path, cache = table_of(tmp_path, ONE), Store()
    before = cache.load(path)
    table_of(tmp_path, TWO)
    after = cache.load(path)
    assert (rows(before), rows(after)) == (1, 2)
    assert before.version != after.version


def test_milestones_that_have_changed_are_read_again(tmp_path: Path) -> None:
    path, cache = table_of(tmp_path, ONE), Store()
    before = cache.load(path)
    measures.milestones_path(path).write_text(MILESTONES, "utf-8")
    after = cache.load(path)
    assert before.table is not None
    assert after.table is not None
    assert (len(before.table.milestones), len(after.table.milestones)) == (0, 1)


def test_the_last_good_table_stays_with_the_reason_why(tmp_path: Path) -> None:
    path, cache = table_of(tmp_path, ONE), Store()
    good = cache.load(path)
    path.write_bytes(b"")
    stale = cache.load(path)
    assert stale.table is good.table
    assert stale.version == good.version
    assert stale.trouble is not None
    assert not stale.again
    assert cache.load(path) is stale


def test_the_last_good_table_is_not_shown_for_another_file(tmp_path: Path) -> None:
    path, cache = table_of(tmp_path, ONE), Store()
    cache.load(path)
    missing = cache.load(tmp_path / "none.csv")
    assert missing.table is None
    assert missing.trouble is not None


def test_a_table_that_excel_holds_is_read_as_soon_as_it_lets_go(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path, cache = table_of(tmp_path, ONE), Store(measures.read)
    with monkeypatch.context() as excel:
        held_by_excel(excel, path)
        assert cache.load(path).again
    assert rows(cache.load(path)) == 1


def test_milestones_that_excel_held_make_another_version_when_it_has_let_them_go(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path, cache = table_of(tmp_path, ONE), Store(measures.read)
    measures.milestones_path(path).write_text(MILESTONES, "utf-8")
    with monkeypatch.context() as excel:
        held_by_excel(excel, measures.milestones_path(path))
        without = cache.load(path)
    complete = cache.load(path)
    assert without.table is not None
    assert complete.table is not None
    assert (len(without.table.milestones), len(complete.table.milestones)) == (0, 1)
    assert without.version != complete.version


def slow_reading() -> tuple[Read, threading.Event, threading.Event]:
    """A way to read that has begun when the first event is set, and waits for the second."""
    reading, go_on = threading.Event(), threading.Event()

    def read(path: Path) -> measures.Table:
        reading.set()
        assert go_on.wait(10)
        return measures.read(path)

    return read, reading, go_on


def test_who_comes_while_the_table_is_read_again_looks_at_the_last_good_one(tmp_path: Path) -> None:
    read, reading, go_on = slow_reading()
    path, cache = table_of(tmp_path, ONE), Store(read)
    go_on.set()
    cache.load(path)
    table_of(tmp_path, TWO)
    reading.clear()
    go_on.clear()
    reader = threading.Thread(target=cache.load, args=(path,))
    reader.start()
    assert reading.wait(10)
    assert rows(cache.load(path)) == 1
    go_on.set()
    reader.join(10)
    assert rows(cache.load(path)) == 2


class BeingRead(NamedTuple):
    """A table that was changed since a store has read it: its reading waits for the event."""

    path: Path
    cache: Store
    go_on: threading.Event


@pytest.fixture
def being_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> BeingRead:
    monkeypatch.setattr(store, "READING_PATIENCE", 0.01)
    read, _, go_on = slow_reading()
    path, cache = table_of(tmp_path, ONE), Store(read)
    go_on.set()
    cache.load(path)
    table_of(tmp_path, TWO)
    go_on.clear()
    return BeingRead(path, cache, go_on)


def test_who_comes_first_does_not_wait_long_where_there_is_a_table(being_read: BeingRead) -> None:
    path, cache, go_on = being_read
    assert rows(cache.load(path)) == 1
    go_on.set()
    while rows(cache.load(path)) == 1:
        time.sleep(0.01)
    assert rows(cache.load(path)) == 2


def test_who_has_written_the_table_waits_until_it_is_read(being_read: BeingRead) -> None:
    path, cache, go_on = being_read
    threading.Timer(0.1, go_on.set).start()
    assert rows(cache.current(path)) == 2


def test_a_fault_of_ours_leaves_the_last_good_table_too(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    def read(path: Path) -> measures.Table:
        if "第二项" in path.read_text("utf-8"):
            raise ZeroDivisionError
        return measures.read(path)

    path, cache = table_of(tmp_path, ONE), Store(read)
    cache.load(path)
    table_of(tmp_path, TWO)
    after = cache.load(path)
    assert rows(after) == 1
    assert after.trouble is not None
    assert after.trouble.code == "reading_failed"
    assert "ZeroDivisionError" in caplog.text


def test_two_who_come_before_there_is_a_table_wait_for_one_reading(tmp_path: Path) -> None:
    read, reading, go_on = slow_reading()
    path, cache = table_of(tmp_path, ONE), Store(read)
    answers: list[Loaded] = []
    readers = [threading.Thread(target=lambda: answers.append(cache.load(path))) for _ in "ab"]
    readers[0].start()
    assert reading.wait(10)
    readers[1].start()
    go_on.set()
    for reader in readers:
        reader.join(10)
    assert answers[0].table is answers[1].table is not None


def test_other_content_of_the_same_size_and_time_is_read(tmp_path: Path) -> None:
    path, cache = table_of(tmp_path, ONE), Store()
    before = path.stat()
    cache.load(path)
    table_of(tmp_path, ONE.replace("第一项", "另一项"))
    os.utime(path, ns=(before.st_atime_ns, before.st_mtime_ns))
    table = cache.load(path).table
    assert table is not None
    assert table.rows["title"].to_list() == ["另一项"]


# --- a slow drive ---------------------------------------------------------------------------------


def test_a_look_at_a_slow_drive_goes_on_while_the_last_one_counts(tmp_path: Path) -> None:
    versions, go_on = iter([("first",), ("second",)]), threading.Event()
    go_on.set()

    def slow(_: Path) -> Version:
        assert go_on.wait(10)
        return next(versions)

    look = Look(tmp_path, slow)
    assert look.version() == ("first",)
    go_on.clear()
    assert look.version() == ("first",)
    assert look.version() == ("first",)  # no second look beside the one that goes on
    go_on.set()
    while look.version() == ("first",):
        pass
    assert look.version() == ("second",)


def test_after_a_slow_look_the_next_one_is_not_taken_at_once(tmp_path: Path) -> None:
    looks: list[Path] = []

    def slow(path: Path) -> Version:
        looks.append(path)
        time.sleep(2 * store.PATIENCE)
        return (len(looks),)

    look = Look(tmp_path, slow)
    assert [look.version() for _ in range(5)] == [(1,)] * 5
    assert len(looks) == 1


# --- the board's own table ------------------------------------------------------------------------


def test_the_environment_names_the_table(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = table_of(tmp_path, TWO)
    monkeypatch.setattr(store, "READING_PATIENCE", WAITED_FOR)
    monkeypatch.setenv("MEASURES", str(path))
    assert store.source() == path
    assert rows(store.load()) == 2
    assert store.version() == store.load().version
    assert store.own_lists() == ["2020 · 清单"]


def test_without_it_the_table_is_that_of_the_data_folder(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(store, "READING_PATIENCE", WAITED_FOR)
    monkeypatch.delenv("MEASURES", raising=False)
    assert store.source().parts[-2:] == ("data", "measures.csv")
    assert rows(store.load()) == 10


@pytest.mark.parametrize("text", [ONE, "1,,清单,一,1,没有年度,甲,办公室,全年\n", ""])
def test_every_table_is_warmed_up(
    text: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("MEASURES", str(table_of(tmp_path, text)))
    store.warm()
    store.warm_search()
    assert store.load().table is not None


def test_where_there_is_no_table_nothing_is_warmed_up_and_no_list_is_offered(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("MEASURES", str(tmp_path / "none.csv"))
    store.warm()
    store.warm_search()
    assert store.own_lists() == []


# --- a workbook and the file of the board's own beside it ---------------------------------------------


def workbook_of(folder: Path, *titles: str) -> Path:
    path = folder / "list.xlsx"
    rows = [
        [str(n), "2020", "清单", "一", str(n), title, "甲", "办公室", "8月"]
        for n, title in enumerate(titles, 1)
    ]
    path.write_bytes(as_bytes(of_rows({"举措": [HEADER.split(","), *rows]})))
    return path


def test_a_workbook_gives_way_to_the_file_beside_it_and_comes_back_when_that_goes(
    tmp_path: Path,
) -> None:
    path, cache = workbook_of(tmp_path, "第一项"), Store()
    issued = cache.load(path)
    assert (rows(issued), issued.name, issued.mended) == (1, "list.xlsx", None)
    written = measures.written_path(path)
    written.write_text(f"{HEADER}\n{TWO}", "utf-8")
    mended = cache.load(path)
    assert (rows(mended), mended.name) == (2, "list.board.csv")
    assert mended.mended is not None
    assert (mended.mended.path, mended.mended.issued) == (written, path)
    assert not mended.mended.is_behind
    written.unlink()
    assert (rows(cache.load(path)), cache.load(path).mended) == (1, None)


def test_a_workbook_that_is_newer_than_the_file_beside_it_is_said_to_be(tmp_path: Path) -> None:
    path, cache = workbook_of(tmp_path, "第一项"), Store()
    written = measures.written_path(path)
    written.write_text(f"{HEADER}\n{TWO}", "utf-8")
    os.utime(written, (1_700_000_000, 1_700_000_000))
    mended = cache.load(path).mended
    assert mended is not None
    assert mended.is_behind
    path.unlink()
    gone = cache.load(path).mended
    assert gone is not None
    assert (gone.changed, gone.is_behind) == (None, False)


def test_the_table_that_ships_with_the_board_is_known_until_it_is_changed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("MEASURES", raising=False)
    assert store.is_sample()
    path = tmp_path / "measures.csv"
    path.write_bytes(store.source().read_bytes())
    monkeypatch.setenv("MEASURES", str(path))
    assert store.is_sample()
    path.write_bytes(path.read_bytes() + b"\r\n")
    assert not store.is_sample()
    path.unlink()
    assert not store.is_sample()
