"""Hostile files end no process of the board, whoever reads them: a sentence, and the next one is read."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from lib import terminal
from lib.apart import pool, reader
from lib.apart.message import Drawn, Source
from lib.errors import BoardError, describe
from lib.i18n import LANGUAGES, translator
from tests import hostile

GOOD = "一、组织建设\n（一）建立制度。责任领导：张慧；责任部门：办公室；完成时限：8月\n"
LONG = {"long_notice.txt", "many_measures.txt"}  # take as long as they are long: by the bench alone


@pytest.fixture(autouse=True, scope="module")
def own_processes() -> Iterator[None]:
    """Processes that may die and take their coverage with them, which is not measured."""
    with pytest.MonkeyPatch.context() as patch:
        for name in [name for name in os.environ if name.startswith("COV")]:
            patch.delenv(name)
        processes = pool.Pool()
        patch.setattr(pool, "of_the_board", processes)
        yield
        processes.close()


def pasted(text: str) -> Drawn:
    return reader.drawn(reader.draft(Source(text.encode(), "x", is_pasted=True)), "x", "zh")


def is_read_or_said(reading: Callable[[], object]) -> bool:
    """Whether it gives something, or an error that has a sentence in each language."""
    try:
        return bool(reading())
    except BoardError as error:
        return all(describe(error, translator(language)) for language in LANGUAGES)


@pytest.mark.parametrize("name", sorted(hostile.FILES.keys() - LONG))
def test_a_hostile_file_is_a_sentence_and_the_next_one_is_read(name: str, tmp_path: Path) -> None:
    path = tmp_path / name
    path.write_bytes(hostile.FILES[name]())
    assert is_read_or_said(lambda: reader.table(path))
    assert is_read_or_said(lambda: reader.notice(path))
    assert pasted(GOOD).measures


@pytest.mark.parametrize("name", hostile.PASTES)
def test_a_hostile_paste_is_read_or_a_sentence(name: str) -> None:
    assert is_read_or_said(lambda: pasted(hostile.PASTES[name]()))
    assert pasted(GOOD).measures


def test_a_folder_is_read_to_its_end(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for name in ("forms_in_forms.pdf", "unknown_encoding.html"):
        (tmp_path / name).write_bytes(hostile.FILES[name]())
    (tmp_path / "zz.txt").write_text(GOOD, "utf-8")
    assert terminal.main(["import", str(tmp_path), "--lang", "zh"]) == 2
    printed = capsys.readouterr()
    assert "建立制度" in printed.out
    assert "forms_in_forms.pdf" in printed.err
    assert "Traceback" not in printed.err
