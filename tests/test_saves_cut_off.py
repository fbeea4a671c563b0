"""A save or an undo that is cut off, by a kill, a full disk or a limit, or that meets others, loses nothing."""

from __future__ import annotations

import errno
import os
import resource
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from itertools import count
from pathlib import Path

import pytest

from lib import measures, revisions
from lib.errors import BoardError
from lib.revisions.model import Contents
from tests.revising import (
    LIST,
    OLD,
    REVISED,
    contents,
    notice,
    revise,
    table_in,
    write,
)

ROOT = Path(__file__).resolve().parent.parent
UNLIMITED = nullcontext()
NEW = notice(*REVISED, milestones=("2020-2,7月,开班,,",))


@pytest.fixture
def path(tmp_path):
    return table_in(tmp_path)


def plan(path: Path) -> revisions.Revision:
    return revisions.plan(path, *NEW, LIST)


# --- kills --------------------------------------------------------------------------------------------

KILLED = """
import os, shutil, signal, sys
from itertools import count
from pathlib import Path
from lib import revisions
from lib.files import saving
from lib.revisions import history
from tests.test_saves_cut_off import plan, table_in

WRITERS = (saving.__file__, history.__file__)
act, folder, first, every = sys.argv[1], Path(sys.argv[2]), int(sys.argv[3]), int(sys.argv[4])
work = folder / "work"
work.mkdir()
path = table_in(work)
revision = plan(path)
if act == "undo":
    revisions.save(revision)

def killed_at(step):
    def trace(frame, event, argument):
        nonlocal step
        if frame.f_code.co_filename not in WRITERS:
            return None
        step -= event == "line"
        if step < 0:
            os.kill(os.getpid(), signal.SIGKILL)
        return trace
    sys.settrace(trace)
    revisions.save(revision) if act == "save" else revisions.undo(path)
    sys.settrace(None)
    os._exit(0)

for number, step in enumerate(count(first, every)):
    at_step = folder / str(number)
    shutil.copytree(work, at_step)
    path = at_step / path.name
    revision = revisions.Revision(path, *[getattr(revision, name) for name in
        ("changes", "unchanged", "renamed", "before", "after")])
    os.fork() or killed_at(step)
    status = os.wait()[1]
    if status != signal.SIGKILL:
        sys.exit(status)
"""


@pytest.mark.parametrize("act", ["save", "undo"])
@pytest.mark.parametrize(
    ("first", "every"), [(7, 30), pytest.param(0, 1, marks=pytest.mark.long)], ids=["some", "all"]
)
def test_a_process_killed_at_any_line_of_the_writing_loses_nothing(
    tmp_path, act: str, first: int, every: int
) -> None:
    new = plan(table_in(tmp_path)).after
    script = [sys.executable, "-c", KILLED, act, str(tmp_path), str(first), str(every)]
    subprocess.run(script, cwd=ROOT, check=True)
    tables = [*tmp_path.glob("[0-9]*/measures.csv")]
    assert len(tables) * every > 100
    for table in tables:
        now = contents(table)
        assert now[0] in (OLD[0], new[0])
        assert now[1] in (OLD[1], new[1])
        measures.read(table)
        if act == "save" and now[0] == OLD[0]:
            revise(table, NEW, LIST)  # the lock died with its process
            assert contents(table) == [*new]
        assert both_versions(table) == {OLD, new}
        assert [*table.parent.glob(".*.tmp")] == []


def both_versions(path: Path) -> set[Contents]:
    """The contents that undoing leads to."""
    versions = set()
    for _ in range(2):
        revisions.undo(path)
        versions.add(Contents(*contents(path)))
    return versions


# --- full disks and limits ----------------------------------------------------------------------------


class Fails:
    """Calls of the system, of which the n-th finds the disk full."""

    def __init__(self, monkeypatch, step: int) -> None:
        self.left = step
        for name in ("fsync", "replace", "unlink", "chmod", "utime"):
            monkeypatch.setattr(os, name, self.wrapped(getattr(os, name)))

    def wrapped(self, call: Callable) -> Callable:
        def counted(*args, **kwargs):
            self.left -= 1
            if self.left == 0:
                raise OSError(errno.ENOSPC, "No space left on device")
            return call(*args, **kwargs)

        return counted


@pytest.mark.parametrize("act", ["save", "undo"])
def test_a_failure_at_any_step_leaves_a_whole_table_and_no_temporary_file(path, act):
    revision = plan(path)
    new, failed = revision.after, 0
    for step in count(1):
        write(path, OLD)
        if act == "undo":
            revisions.save(revision)
        with pytest.MonkeyPatch.context() as patch:
            calls = Fails(patch, step)
            try:
                revisions.save(revision) if act == "save" else revisions.undo(path)
            except BoardError as error:
                failed += error.code == "disk_full"
        now = Contents(*contents(path))
        assert now.table in (OLD.table, new.table)
        assert now.milestones in (OLD.milestones, new.milestones)
        measures.read(path)
        assert [*path.parent.glob(".*.tmp")] == []
        if now not in (OLD, new):  # between the two files: an undo leads out of it
            revisions.undo(path)
            assert contents(path) == [*OLD]
        if calls.left > 0:
            break
    assert failed > 10


@contextmanager
def limited(kind: int, limit: int) -> Iterator[None]:
    """A limit of the system on this process."""
    before, hard = resource.getrlimit(kind)
    resource.setrlimit(kind, (limit, hard))
    try:
        yield
    finally:
        resource.setrlimit(kind, (before, hard))


def outcome(
    path: Path, revision: revisions.Revision, limit: AbstractContextManager = UNLIMITED
) -> str:
    """What a save comes to; where it is refused, the table is as it was and nothing is left behind."""
    refusal = None
    with limit:
        try:
            revisions.save(revision)
        except BoardError as error:
            refusal = error
    if refusal is None:
        assert contents(path) == [*revision.after]
        return "saved"
    assert contents(path) == [*revision.before]
    assert [*path.parent.glob(".*.tmp")] == []
    return f"{refusal.code} {refusal.details.get('why')}"


LARGEST = 600  # bytes, more than each file of the table has


@pytest.mark.parametrize("every", [97, pytest.param(1, marks=pytest.mark.long)])
def test_a_file_that_grows_beyond_the_limit_of_the_system_is_not_written(
    tmp_path, every: int
) -> None:
    outcomes = set()
    for limit in range(0, LARGEST, every):
        folder = tmp_path / str(limit)
        folder.mkdir()
        path = table_in(folder)
        revision = plan(path)
        outcomes.add(outcome(path, revision, limited(resource.RLIMIT_FSIZE, limit)))
    assert outcomes == {"unwritable too_large", "saved"}


def test_a_process_without_a_free_file_descriptor_writes_nothing(tmp_path) -> None:
    outcomes = set()
    for free in range(5):
        folder = tmp_path / str(free)
        folder.mkdir()
        path = table_in(folder)
        revision = plan(path)
        next_descriptor = os.dup(0)
        os.close(next_descriptor)
        limit = limited(resource.RLIMIT_NOFILE, next_descriptor + free)
        outcomes.add(outcome(path, revision, limit))
    assert "saved" in outcomes
    assert "unwritable busy" in outcomes
    assert outcomes <= {"unwritable busy", "unreadable busy", "saved"}


SMALL_DISK = """
import os, sys
from pathlib import Path
from lib import revisions
from tests.test_saves_cut_off import OLD, outcome, plan, table_in, write

folder = Path(sys.argv[1])
outcomes = []
path = table_in(folder)
revision = plan(path)
for free in range(12):
    for file in folder.iterdir():
        file.unlink()
    write(path, OLD)
    disk = os.statvfs(folder)
    (folder / "filler").write_bytes(bytes((disk.f_bfree - free) * disk.f_bsize))
    outcomes.append(outcome(path, revision))
print(*sorted(set(outcomes)), sep=";")
"""


@pytest.mark.long
def test_a_disk_that_is_really_full_is_said_to_be_so_and_changes_nothing(tmp_path) -> None:
    """With no page free, then one, two … A disk of a few pages needs a name space of its own: Linux."""
    mounted = 'mount -t tmpfs -o size=256k none "$1" && exec "$2" -c "$3" "$1"'
    apart = ["unshare", "--mount", "--map-root-user", "sh", "-c", mounted, "-"]
    script = [*apart, str(tmp_path), sys.executable, SMALL_DISK]
    ended = subprocess.run(script, cwd=ROOT, check=True, capture_output=True, text=True)
    assert ended.stdout.strip() == "disk_full full;saved"


# --- others at the same time --------------------------------------------------------------------------

SESSIONS = """
import os, sys
from pathlib import Path
from lib import revisions
from lib.errors import BoardError
from tests.revising import REVISED, notice

def add(path, name):
    for _ in range(1000):
        try:
            revisions.save(revisions.plan(path, *notice(*REVISED, name=name, milestones=("2020-1,7月,开班,,",))))
        except BoardError as error:
            if error.code not in ("revised_meanwhile", "busy"):
                os._exit(1)
        else:
            os._exit(0)

for number in range(int(sys.argv[2])):
    os.fork() or add(Path(sys.argv[1]), f"清单{number}号")
for _ in range(int(sys.argv[2])):
    assert os.wait()[1] == 0
"""


@pytest.mark.parametrize("sessions", [3, pytest.param(20, marks=pytest.mark.long)])
def test_what_sessions_side_by_side_save_is_all_there(path, sessions: int) -> None:
    script = [sys.executable, "-c", SESSIONS, str(path), str(sessions)]
    subprocess.run(script, cwd=ROOT, check=True)
    table = measures.read(path)
    added = {f"2020 · 清单{number}号" for number in range(sessions)}
    assert {*table.codes.lists.names} - {LIST, "2019 · 别的清单"} == added
    assert len(table) == 4 + 3 * sessions
    assert len(table.milestones) == 2 + sessions
    revisions.undo(path)
    assert len(measures.read(path)) == 4 + 3 * (sessions - 1)


def test_of_two_who_save_at_once_one_is_told_that_the_table_has_changed(path):
    planned = [revisions.plan(path, *notice(*REVISED, name=name)) for name in ("甲清单", "乙清单")]
    told = []

    def save(revision):
        try:
            revisions.save(revision)
        except BoardError as error:
            told.append(error.code)

    threads = [threading.Thread(target=save, args=(revision,)) for revision in planned]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert told == ["revised_meanwhile"]
    assert len(measures.read(path)) == 7


def test_who_reads_while_others_save_sees_the_old_or_the_new_table(path):
    over = threading.Event()
    seen: set[object] = set()

    def look():
        while not over.is_set():
            try:
                seen.add(tuple(measures.read(path).codes.ids.to_pylist()))
            except BoardError as error:  # noticed that it was replaced: the board reads again
                seen.add(error.code)

    reader = threading.Thread(target=look)
    reader.start()
    old = ("a", "b", "c", "x")
    revise(path, notice(*REVISED), LIST)
    for _ in range(60):
        revisions.undo(path)
    over.set()
    reader.join()
    assert seen - {"changed"} == {old, ("a", "2020-2", "b", "x")}
