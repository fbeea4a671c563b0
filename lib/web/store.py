"""The one cache of the data: the table is read again when its files have changed.

All sessions share it. While a changed table is read they look at the last good one, if there is
one: who comes first waits for it, but not long. Nothing here knows Streamlit.
"""

from __future__ import annotations

import hashlib
import logging
import os
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Final

from lib import measures, workload
from lib.apart import reader
from lib.errors import BoardError

LOG: Final = logging.getLogger(__name__)
ROOT: Final = Path(__file__).resolve().parents[2]
PASSING_ERRORS: Final = frozenset(
    {"locked", "unreadable"}  # Excel or the network: over without a change of the file
)
SHIPPED: Final = (
    "4b0565ea1b4012e65bb2e6500adc6d33ed8ae980cc44e9e18079d9eeaed1bbc2"  # SHA-256 of its bytes
)
SHIPPED_SIZE: Final = 3_461  # bytes
PATIENCE: Final = 0.1  # seconds that a click waits for a look at the files
READING_PATIENCE: Final = 1.0  # seconds that a click waits for a changed table to be read
RESTS: Final = 10  # times as long as a slow look took, until the next one
WARM_YEAR: Final = 2000  # the calendar that is loaded where the table names no year
WARM_NAMES: Final = 12  # names of a grid: what a page shows

Version = tuple[object, ...]  # what identifies the files of a table
Read = Callable[[Path], measures.Table]


@dataclass(frozen=True)
class Mended:
    """That a file of the board's own is shown instead of a workbook, which is never written to.

    path: the file; saved: when it was written.
    issued: the workbook; changed: when that was, None where it is gone.
    """

    path: Path
    saved: datetime
    issued: Path
    changed: datetime | None

    @property
    def is_behind(self) -> bool:
        """Whether the workbook was changed after the file was written."""
        return self.changed is not None and self.changed > self.saved


@dataclass(frozen=True)
class Loaded:
    """A table as it was read, and what a reader has to know of it.

    table: the last good one, None where there is none.
    version: what identifies the files that it came from.
    trouble: why a newer one could not be read.
    name: of the file that it came from, or of what is shown instead of the board's own table.
    saved: when that file was written, None where nobody knows.
    is_sample: whether it is the table that the board ships with, unchanged.
    is_preview: whether it is shown instead of the board's own table.
    mended: where a workbook's mended table is shown instead of the workbook.
    again: whether the same files may be read once more, because the trouble may be over.
    """

    table: measures.Table | None = None
    version: Version = ()
    trouble: BoardError | None = None
    name: str = ""
    saved: datetime | None = None
    is_sample: bool = False
    is_preview: bool = False
    mended: Mended | None = None
    again: bool = False


class Look:
    """What identifies the files of a table, without waiting for a slow drive at each click.

    A look that takes long goes on in the background, and the last one counts until it is over.
    """

    def __init__(self, path: Path, identify: Callable[[Path], Version] | None = None) -> None:
        self.path = path
        self._identify = identify or identity
        self._version: Version = ()
        self._lock = threading.Lock()
        self._over = threading.Event()
        self._is_on = False
        self._not_before = 0.0

    def version(self) -> Version:
        """The files as they are, or as they were when they were last looked at."""
        with self._lock:
            if not self._is_on and time.monotonic() >= self._not_before:
                self._is_on = True
                self._over = threading.Event()
                threading.Thread(target=self._look, args=(self._over,), daemon=True).start()
            over = self._over
        over.wait(PATIENCE if self._version else None)
        return self._version

    def _look(self, over: threading.Event) -> None:
        begin = time.monotonic()
        self._version = self._identify(self.path)
        end = time.monotonic()
        with self._lock:
            if end - begin > PATIENCE:
                self._not_before = end + RESTS * (end - begin)
            self._is_on = False
        over.set()


class Store:
    """Keeps the table of the files that it was last asked for. read: how a table is read."""

    def __init__(self, read: Read = reader.table) -> None:
        self._read_table = read
        self._lock = threading.Lock()
        self._loaded = Loaded()
        self._version: Version = ()
        self._look: Look | None = None

    def load(self, path: Path) -> Loaded:
        """The table of a file, read again only if its files are not those of the last time.

        Where there is one to look at, the reading of the next is waited for a moment only.
        """
        if self._look is None or self._look.path != path:
            self._look = Look(path)
        version = self._look.version()
        if self._holds(version):
            return self._loaded
        nothing_to_show = self._loaded.table is None
        if self._lock.acquire(blocking=nothing_to_show):
            reading = threading.Thread(target=self._read_and_keep, args=(path, version))
            reading.start()
            reading.join(None if nothing_to_show else READING_PATIENCE)
        return self._loaded

    def current(self, path: Path) -> Loaded:
        """The table of a file as it is now, however long its reading takes."""
        version = identity(path)
        self._lock.acquire()
        self._read_and_keep(path, version)
        return self._loaded

    def _read_and_keep(self, path: Path, version: Version) -> None:
        """Read, unless it was read meanwhile, and let the next one read."""
        try:
            if not self._holds(version):
                self._loaded = self._read(path, version)
                self._version = version
        finally:
            self._lock.release()

    def _holds(self, version: Version) -> bool:
        return version == self._version and not self._loaded.again

    def _read(self, path: Path, version: Version) -> Loaded:
        shown = shown_instead(path)
        try:
            table = self._read_table(shown)
        except BoardError as error:
            return self._last_good(version, error)
        except Exception:  # a fault of ours: the last good table stays all the same
            LOG.exception("The table could not be read.")
            return self._last_good(version, BoardError("reading_failed", file=shown.name))
        unread = [
            problem.value for problem in table.problems if problem.code == "milestones_unread"
        ]
        # The same files give another table once the milestones can be read: the version tells the
        # two apart.
        return Loaded(
            table,
            (*version, *unread),
            name=shown.name,
            saved=_changed(shown),
            is_sample=_is_shipped(shown),
            mended=_mended(path, shown),
            again=not PASSING_ERRORS.isdisjoint(unread),
        )

    def _last_good(self, version: Version, error: BoardError) -> Loaded:
        """The table from before the error, unless another file is asked for now."""
        same_path = self._loaded.version[:1] == version[:1]
        return Loaded(
            self._loaded.table if same_path else None,
            self._loaded.version,
            error,
            name=self._loaded.name,
            saved=self._loaded.saved,
            is_sample=self._loaded.is_sample,
            mended=self._loaded.mended if same_path else None,
            again=error.code in PASSING_ERRORS,
        )


def shown_instead(path: Path) -> Path:
    """The file of the board's own beside a workbook, where there is one; else the table itself."""
    written = measures.written_path(path)
    return written if written.exists() else path


def _mended(path: Path, shown: Path) -> Mended | None:
    saved = _changed(shown)
    if shown == path or saved is None:
        return None
    return Mended(shown, saved, path, _changed(path))


def _changed(path: Path) -> datetime | None:
    """When a file was last written, None where there is none."""
    try:
        return datetime.fromtimestamp(path.stat().st_mtime).astimezone()
    except OSError:
        return None


def identity(path: Path) -> Version:
    """What identifies a table and its milestones on disk, and those that are shown instead.

    Beside path, sizes and times of writing the times of change and the numbers of the files: who
    writes other content of the same size may set back the time of writing, but not these.
    """
    version: list[object] = [str(path)]
    written = measures.written_path(path)
    for file in dict.fromkeys(
        (path, measures.milestones_path(path), written, measures.milestones_path(written))
    ):
        try:
            stat = file.stat()
        except OSError:
            version.append(None)
        else:
            version.append((stat.st_size, stat.st_mtime_ns, stat.st_ctime_ns, stat.st_ino))
    return tuple(version)


_STORE: Final = Store()


def source() -> Path:
    """The board's table: data/measures.csv, or the one that MEASURES in the environment names."""
    return Path(os.environ.get("MEASURES") or ROOT / "data" / "measures.csv").expanduser()


def load() -> Loaded:
    """The board's own table as it is now, or as it was where reading it takes long."""
    return _STORE.load(source())


def current() -> Loaded:
    """The board's own table as it is now, however long reading it takes."""
    return _STORE.current(source())


def written() -> Path:
    """The file in which it is written what is changed in the board's own table."""
    return measures.written_path(source())


def is_sample() -> bool:
    """Whether the board's own table is the one that it ships with, unchanged."""
    return _is_shipped(source())


def _is_shipped(path: Path) -> bool:
    try:
        if path.stat().st_size != SHIPPED_SIZE:
            return False
        data = path.read_bytes()
    except OSError:
        return False
    return hashlib.sha256(data).hexdigest() == SHIPPED


def version() -> Version:
    """What identifies the board's own table as it is now on disk."""
    return identity(source())


def own_lists() -> list[str]:
    """The lists of the board's own table, whatever is previewed; none where it can't be read."""
    table = load().table
    return [] if table is None else table.codes.lists.names


def warm() -> None:
    """Load the table before the first visitor comes, and the calendars and postings of answers.

    What is loaded later than this the garbage collector walks after every run (`server.warm_up`).
    """
    table = load().table
    if table is None:
        return
    first_year, *_ = workload.years(table) or (WARM_YEAR,)
    workload.next_due(table, None, date(first_year, 1, 1), WARM_NAMES)
    workload.leader_by_department(table, None, "support", WARM_NAMES)


def warm_search() -> None:
    """Load what the first search needs, readings and both writings of what the table names, and
    what the first order by names needs.
    """
    table = load().table
    if table is not None:
        measures.select(table, query="zz组")
        workload.ordered(table, None, date(WARM_YEAR, 1, 1), "leader")
