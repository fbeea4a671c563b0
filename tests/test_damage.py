"""Whatever has happened to a file, it is read or refused in a sentence: nothing else ever comes of it."""

from __future__ import annotations

import logging
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings

from lib.apart import pool, reader
from lib.apart.message import Drawn, Source
from lib.errors import BoardError, describe
from lib.i18n import translator
from tests import damage

TABLES = ["csv", "xlsx", "xls", "ods", "xlsb", "parquet"]
NOTICES = ["csv", "xlsx", "xls", "ods", "xlsb", "docx", "html", "pdf"]
SOME = settings(max_examples=25, suppress_health_check=[*HealthCheck])
MANY = settings(SOME, max_examples=2000, derandomize=False)
EXAMPLES = [
    pytest.param(SOME, id="25 examples"),
    pytest.param(MANY, id="2,000 examples", marks=pytest.mark.long),
]


@contextmanager
def failures() -> Iterator[list[str]]:
    """What a reading raised that is no BoardError: the board logs it and says that the file is damaged."""
    messages: list[str] = []

    def note(record: logging.LogRecord) -> bool:
        if record.levelno == logging.ERROR:
            messages.append(record.getMessage())
        return False  # not logged

    pool.LOG.addFilter(note)
    try:
        yield messages
    finally:
        pool.LOG.removeFilter(note)


def read(reading: Callable[[], object]) -> None:
    """Read something, or be told in a sentence why not."""
    with failures() as messages:
        try:
            reading()
        except BoardError as error:
            describe(error, translator("zh"))
    assert messages == []


@pytest.mark.parametrize("kind", TABLES)
@pytest.mark.parametrize("examples", EXAMPLES)
def test_a_damaged_table_is_read_or_refused(kind: str, examples: settings) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / f"list.{kind}"

        @examples
        @given(damage.damaged(kind))
        def reads(data: bytes) -> None:
            path.write_bytes(data)
            read(lambda: reader.table(path))

        reads()


def drawn(data: bytes, name: str) -> Drawn:
    """What Intake makes of a file."""
    return reader.drawn(reader.draft(Source(data, name)), name, "zh")


@pytest.mark.parametrize("kind", NOTICES)
@pytest.mark.parametrize("examples", EXAMPLES)
def test_a_damaged_notice_is_read_or_refused(kind: str, examples: settings) -> None:
    @examples
    @given(damage.damaged(kind))
    def reads(data: bytes) -> None:
        read(lambda: drawn(data, f"notice.{kind}"))

    reads()


@pytest.mark.parametrize("kind", damage.GOOD)
def test_what_is_damaged_was_good(kind: str, tmp_path: Path) -> None:
    for number, data in enumerate(damage.good_files(kind)):
        if kind in TABLES:
            path = tmp_path / f"{number}.{kind}"
            path.write_bytes(data)
            assert len(reader.table(path)) > 0
        if kind in NOTICES:
            assert drawn(data, f"{number}.{kind}").measures
