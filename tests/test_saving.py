"""A table is saved whole, keeps what it is to the system, and nothing of anybody else's is written over."""

from __future__ import annotations

import contextlib
import errno
import os
import stat
import time
from pathlib import Path

import pytest

from lib import measures, revisions
from lib.errors import BoardError
from lib.files import saving
from tests.revising import (
    LIST,
    MILESTONES,
    REVISED,
    SAME,
    TABLE,
    cells,
    contents,
    notice,
    refused,
    revise,
    table_in,
)


@pytest.fixture
def path(tmp_path):
    return table_in(tmp_path)


def not_permitted(*_, **__):
    """A call that the system refuses."""
    raise PermissionError(errno.EPERM, "Operation not permitted")


def test_undo_puts_every_byte_back_and_undo_of_undo_too(path):
    before = contents(path)
    revise(path, notice(*REVISED), LIST)
    after = contents(path)
    undoable = revisions.undoable(path)
    assert undoable is not None
    assert abs(undoable.saved.timestamp() - time.time()) < 60
    assert contents(undoable.other) == before
    revisions.undo(path)
    assert contents(path) == before
    undoable = revisions.undoable(path)
    assert undoable is not None
    assert contents(undoable.other) == after
    revisions.undo(path)
    assert contents(path) == after


def test_the_version_before_stands_beside_the_table_and_can_be_opened(path):
    before = cells(path)
    revise(path, notice(*REVISED), LIST)
    assert cells(path.with_name("measures.previous.csv")) == before


def test_nothing_is_undone_where_nothing_was_saved(path):
    assert revisions.undoable(path) is None
    assert refused(revisions.undo, path) == "nothing_to_undo"


@pytest.mark.parametrize(
    "record", [b"", b"[]", b"{}", b'{"saved": 1, "previous": 2}', b'{"saved": [], "previous": []}']
)
def test_a_record_that_is_damaged_undoes_nothing(path, record):
    revise(path, notice(*REVISED), LIST)
    path.with_name("measures.previous.json").write_bytes(record)
    assert refused(revisions.undo, path) == "nothing_to_undo"


def test_a_saved_version_that_somebody_has_edited_undoes_nothing(path):
    revise(path, notice(*REVISED), LIST)
    path.with_name(".measures.saved.csv").write_bytes(b"edited")
    assert refused(revisions.undo, path) == "nothing_to_undo"


def test_edits_after_a_save_are_never_undone_away(path):
    revise(path, notice(*REVISED), LIST)
    path.write_text(path.read_text("utf-8-sig") + "y,2020,旧清单,,,手工,甲,乙,6月,\n", "utf-8")
    assert revisions.undoable(path) is None
    assert refused(revisions.undo, path) == "undo_overtaken"


def test_a_table_that_changed_after_the_differences_were_shown_is_not_overwritten(path):
    revision = revisions.plan(path, *notice(*REVISED), LIST)
    measures.milestones_path(path).write_text(MILESTONES + "b,8月,另加,,\n", "utf-8")
    before = contents(path)
    assert refused(revisions.save, revision) == "revised_meanwhile"
    assert contents(path) == before


def test_a_second_writer_waits_and_is_then_refused(path, monkeypatch):
    monkeypatch.setattr(saving, "PATIENCE", 0.1)
    revision = revisions.plan(path, *notice(*REVISED), LIST)
    with saving.only_writer(path):
        assert refused(revisions.save, revision) == "busy"
    revisions.save(revision)


def test_a_link_stays_a_link_and_permissions_stay(tmp_path, path):
    link = tmp_path / "elsewhere" / "board.csv"
    link.parent.mkdir()
    link.symlink_to(path)
    path.chmod(0o640)
    revise(link, notice(*REVISED), LIST)
    assert link.is_symlink()
    assert "工匠培训" in path.read_text("utf-8-sig")
    assert path.stat().st_mode & 0o777 == 0o640


def test_a_table_that_cannot_be_read_is_said_to_be_so(tmp_path):
    assert refused(revisions.plan, tmp_path, *notice(*SAME)) == "unreadable"


@pytest.mark.parametrize(
    "name",
    ["measures.csv", "measures.milestones.csv", ".measures.saved.csv", "measures.previous.json"],
)
def test_a_pipe_in_the_place_of_a_file_is_not_waited_for(path, name):
    revise(path, notice(*REVISED), LIST)
    revision = revisions.plan(path, *notice(*SAME), LIST)
    path.with_name(name).unlink(missing_ok=True)
    os.mkfifo(path.with_name(name))
    assert revisions.undoable(path) is None
    assert refused(revisions.undo, path) == "unreadable"
    if name != ".measures.saved.csv":  # which a save writes anew
        assert refused(revisions.save, revision) == "unreadable"


def test_a_folder_that_is_not_there_is_said_to_be_so(tmp_path):
    revision = revisions.plan(tmp_path / "none" / "t.csv", *notice(*SAME))
    with pytest.raises(BoardError) as caught:
        revisions.save(revision)
    assert (caught.value.code, caught.value.details["why"]) == ("unwritable", "missing")


def test_a_folder_that_is_not_to_be_written_to_is_said_to_be_so(path, monkeypatch):
    revision = revisions.plan(path, *notice(*REVISED), LIST)
    monkeypatch.setattr(Path, "touch", not_permitted)
    with pytest.raises(BoardError) as caught:
        revisions.save(revision)
    assert (caught.value.code, caught.value.details["why"]) == ("unwritable", "permission")


# --- what a table is to the system ----------------------------------------------------------------------

IS_ROOT = os.geteuid() == 0  # who alone may give files away
SOMEBODY = 1234 if IS_ROOT else os.geteuid()
THEIR_GROUP = 2345 if IS_ROOT else os.getegid()
MADE_BESIDE = 5  # the version before and the saved one, each with its milestones, and the record


def files_of(path: Path) -> list[Path]:
    return [path, measures.milestones_path(path)]


def made_beside(path: Path) -> list[Path]:
    """What the board keeps beside a table, without the lock."""
    others = {*path.parent.iterdir()} - {*files_of(path)}
    return [file for file in others if file.suffix != ".lock"]


def test_a_table_keeps_its_owner_and_mode_and_what_is_kept_of_it_has_them_too(path):
    for file in files_of(path):
        os.chown(file, SOMEBODY, THEIR_GROUP)
        file.chmod(0o640)
    revise(path, notice(*REVISED, milestones=("2020-2,7月,开班,,",)), LIST)
    revisions.undo(path)
    assert len(made_beside(path)) == MADE_BESIDE
    for file in files_of(path) + made_beside(path):
        status = file.stat()
        assert (status.st_uid, status.st_gid) == (SOMEBODY, THEIR_GROUP)
        assert status.st_mode & 0o777 == 0o640


def test_an_older_version_before_that_everybody_could_read_is_as_the_table_is(path):
    revise(path, notice(*REVISED), LIST)
    path.with_name("measures.previous.csv").chmod(0o644)
    path.chmod(0o600)
    revise(path, notice(*SAME), LIST)
    assert path.with_name("measures.previous.csv").stat().st_mode & 0o777 == 0o600


def test_milestones_that_are_made_anew_are_for_those_who_may_read_the_table(path):
    measures.milestones_path(path).unlink()
    path.chmod(0o600)
    revise(path, notice(*REVISED, milestones=("2020-2,7月,开班,,",)), LIST)
    assert measures.milestones_path(path).stat().st_mode & 0o777 == 0o600


def test_not_even_while_it_is_written_can_others_read_what_the_table_keeps_from_them(
    path, monkeypatch
):
    flush, modes = os.fsync, set()

    def looked_at(descriptor):
        modes.add(stat.filemode(os.fstat(descriptor).st_mode))
        flush(descriptor)

    path.chmod(0o600)
    measures.milestones_path(path).chmod(0o600)
    monkeypatch.setattr(os, "fsync", looked_at)
    revise(path, notice(*REVISED), LIST)
    assert {mode for mode in modes if mode.startswith("-")} == {"-rw-------"}


def test_a_table_keeps_its_extended_attributes_and_not_its_time(path):
    with contextlib.suppress(OSError):  # a file system without them keeps none
        os.setxattr(path, "user.issued_by", b"office")
    before = {name: os.getxattr(path, name) for name in os.listxattr(path)}
    os.utime(path, (0, 0))
    revise(path, notice(*REVISED), LIST)
    assert {name: os.getxattr(path, name) for name in os.listxattr(path)} == before
    assert path.stat().st_mtime > time.time() - 60


def new_files_are_somebody_elses(monkeypatch) -> None:
    looked_at = Path.stat

    def of_another(self, **options):
        status = [*looked_at(self, **options)]
        if self.suffix == ".tmp":
            status[stat.ST_GID] += 1
        return os.stat_result(status)

    monkeypatch.setattr(Path, "stat", of_another)


def test_a_new_file_of_another_group_gets_the_tables(path, monkeypatch):
    owners, change = [], os.chown

    def noted(file, *ids):
        owners.append(ids)
        change(file, *ids)

    monkeypatch.setattr(os, "chown", noted)
    new_files_are_somebody_elses(monkeypatch)
    revise(path, notice(*REVISED), LIST)
    assert {*owners} == {(path.stat().st_uid, path.stat().st_gid)}


def test_a_table_whose_owner_would_become_another_is_not_written(path, monkeypatch):
    revision = revisions.plan(path, *notice(*REVISED), LIST)
    before = contents(path)
    new_files_are_somebody_elses(monkeypatch)
    monkeypatch.setattr(os, "chown", not_permitted)
    with pytest.raises(BoardError) as caught:
        revisions.save(revision)
    assert (caught.value.code, caught.value.details["file"]) == ("owner_unkept", "measures.csv")
    assert contents(path) == before
    assert made_beside(path) == []


def test_a_table_that_somebody_else_alone_may_write_is_read_only_before_all_else(path, monkeypatch):
    monkeypatch.setattr(os, "access", lambda file, _: Path(file) != path)
    monkeypatch.setattr(os, "chown", not_permitted)
    new_files_are_somebody_elses(monkeypatch)
    revision = revisions.plan(path, *notice(*REVISED), LIST)
    with pytest.raises(BoardError) as caught:
        revisions.save(revision)
    assert (caught.value.code, caught.value.details["file"]) == ("read_only", "measures.csv")
    assert made_beside(path) == []


@pytest.mark.parametrize("name", ["measures.csv", "measures.milestones.csv"])
def test_a_table_that_is_read_only_is_not_written(path, name):
    revision = revisions.plan(path, *notice(*REVISED), LIST)
    before = contents(path)
    path.with_name(name).chmod(0o444)
    assert refused(revisions.save, revision) == "read_only"
    assert contents(path) == before
    assert made_beside(path) == []


# --- files of others beside it ------------------------------------------------------------------------


@pytest.mark.parametrize("before", [TABLE, None], ids=["a table", "none yet"])
@pytest.mark.parametrize(
    "name", ["measures.previous.csv", "measures.previous.milestones.csv", "measures.previous.json"]
)
def test_a_file_that_is_called_as_the_version_before_is_not_written_over(path, name, before):
    if before is None:
        path.unlink()
    foreign = path.with_name(name)
    foreign.write_bytes(b'{"my": "own"}')
    revision = revisions.plan(path, *notice(*REVISED, name="新清单"))
    with pytest.raises(BoardError) as caught:
        revisions.save(revision)
    assert (caught.value.code, caught.value.details["file"]) == ("previous_foreign", name)
    assert contents(path) == [*revision.before]
    assert foreign.read_bytes() == b'{"my": "own"}'


def test_a_version_before_that_somebody_has_edited_is_not_written_over(path):
    revise(path, notice(*REVISED), LIST)
    path.with_name("measures.previous.csv").write_bytes(b"edited")
    assert refused(revise, path, notice(*SAME), LIST) == "previous_foreign"
    assert path.with_name("measures.previous.csv").read_bytes() == b"edited"


def test_only_temporary_files_of_this_table_are_swept(path):
    ours = [".measures.csv.0123abcd.tmp", ".measures.previous.milestones.csv.0123abcd.tmp"]
    others = [".measures.csv.0123.tmp", ".measures.2021.csv.0123abcd.tmp", "measures.csv.tmp"]
    for name in ours + others:
        path.with_name(name).write_bytes(b"half")
    revise(path, notice(*REVISED), LIST)
    assert not any(path.with_name(name).exists() for name in ours)
    assert all(path.with_name(name).exists() for name in others)


def test_a_temporary_file_that_cannot_be_swept_is_left(path):
    path.with_name(".measures.csv.0123abcd.tmp").mkdir()
    revise(path, notice(*REVISED), LIST)
    assert "工匠培训" in path.read_text("utf-8-sig")


# --- locks and files in use ---


def test_whatever_stands_in_the_lock_it_locks(path, monkeypatch):
    monkeypatch.setattr(saving, "PATIENCE", 0.1)
    path.with_name(".measures.csv.lock").write_bytes(b"no lock " * 200)
    with saving.only_writer(path):
        assert refused(revisions.undo, path) == "busy"
    assert refused(revisions.undo, path) == "nothing_to_undo"


def test_a_lock_that_is_a_folder_is_said_to_be_so(path):
    path.with_name(".measures.csv.lock").mkdir()
    assert refused(revisions.undo, path) == "lock_is_folder"


def test_a_file_system_without_locks_is_not_written_to(path, monkeypatch):
    def missing(*_):
        raise OSError(errno.ENOSYS, "Function not implemented")

    monkeypatch.setattr("fcntl.flock", missing)
    assert refused(revisions.undo, path) == "unwritable"


def test_a_file_that_somebody_reads_on_windows_is_tried_again(path, monkeypatch):
    revision = revisions.plan(path, *notice(*REVISED), LIST)
    replaced, refusals = Path.replace, [1, 1]

    def busy(self, target):
        if refusals:
            refusals.pop()
            raise PermissionError(errno.EACCES, "in use")
        return replaced(self, target)

    monkeypatch.setattr(Path, "replace", busy)
    revisions.save(revision)
    assert contents(path) == list(revision.after)


def test_a_file_that_excel_keeps_open_is_said_to_be_so(path, monkeypatch):
    revision = revisions.plan(path, *notice(*REVISED), LIST)
    before = contents(path)

    def busy(self, target):
        raise PermissionError(errno.EACCES, "in use")

    monkeypatch.setattr(Path, "replace", busy)
    assert refused(revisions.save, revision) == "locked"
    assert contents(path) == before


def test_a_folder_that_cannot_be_opened_is_not_flushed(path, monkeypatch):
    opened = os.open

    def windows(file, *args, **kwargs):
        if Path(file).is_dir():
            raise PermissionError(errno.EACCES, "a folder")
        return opened(file, *args, **kwargs)

    monkeypatch.setattr(os, "open", windows)
    revise(path, notice(*REVISED), LIST)
    assert "工匠培训" in path.read_text("utf-8-sig")
