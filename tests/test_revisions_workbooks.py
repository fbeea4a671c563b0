"""A list instead of the whole table, and what changes beside a workbook."""

from __future__ import annotations

import pytest

from lib import measures, revisions
from lib.files.csv_writing import csv_of_rows
from lib.measures import schema
from lib.measures.as_issued import as_csv
from tests.revising import (
    LIST,
    MILESTONES,
    REVISED,
    TABLE,
    contents,
    notice,
    refused,
    table_in,
)
from tests.tables import thirty_mistakes
from tests.workbooks import as_bytes, of_rows


@pytest.fixture
def path(tmp_path):
    return table_in(tmp_path)


def test_a_list_may_stand_in_the_place_of_the_whole_table(path):
    rows, milestones = notice("一（一）,修路,罗敏,工程科,6月", name="新清单", year="2026")
    revision = revisions.plan(path, rows, milestones, instead=True)
    assert [change.kind for change in revision.changes] == ["added", *["removed"] * 4]
    revisions.save(revision)
    assert path.read_bytes() == csv_of_rows(rows)
    assert not measures.milestones_path(path).exists()
    revisions.undo(path)
    assert contents(path) == [*revision.before]


def test_what_is_to_go_need_not_be_read(path):
    path.write_bytes("谁,什么\n甲,乙\n".encode())
    rows, milestones = notice("一（一）,修路,罗敏,工程科,6月", milestones=("2020-1,5月,半程,,",))
    assert refused(lambda: revisions.plan(path, rows, milestones)) == "no_header"
    revisions.save(revisions.plan(path, rows, milestones, instead=True))
    assert [*measures.read(path).rows["title"]] == ["修路"]
    assert len(measures.read(path).milestones) == 1
    revisions.undo(path)
    assert path.read_bytes() == "谁,什么\n甲,乙\n".encode()


def lines(text):
    return [line.split(",") for line in text.splitlines()]


@pytest.fixture
def workbook(tmp_path):
    """The table as a workbook, with the milestones on a sheet of their own."""
    sheets = {"举措": lines(TABLE), "节点": lines(MILESTONES)}
    path = tmp_path / "list.xlsx"
    path.write_bytes(as_bytes(of_rows(sheets)))
    return path


def test_a_workbook_stays_as_it_is_and_what_changes_stands_beside_it(workbook):
    before = workbook.read_bytes()
    written = measures.written_path(workbook)
    assert written.name == "list.board.csv"
    revisions.save(revisions.plan(written, *notice(*REVISED), LIST, issued=workbook))
    assert workbook.read_bytes() == before
    mended, issued = measures.read(written), measures.read(workbook)
    assert [*mended.rows["measure_id"]] == ["a", "2020-2", "b", "x"]
    assert mended.rows["备注"][0] == issued.rows["备注"][0] == "已开会"
    assert mended.rows.iloc[3].equals(issued.rows.iloc[3])
    assert [*mended.milestones["milestone"]] == ["验收"]  # what the notice does not concern


def test_the_next_change_goes_on_from_what_stands_beside_the_workbook(workbook):
    written = measures.written_path(workbook)
    revisions.save(revisions.plan(written, *notice(*REVISED), LIST, issued=workbook))
    next_list = notice("一（一）,修路,罗敏,工程科,6月", name="新清单", year="2026")
    revisions.save(revisions.plan(written, *next_list, issued=workbook))
    assert [*measures.read(written).rows["title"]][-2:] == ["职工书屋建设", "修路"]


def test_after_an_undo_the_workbook_stands_alone_again(workbook):
    written = measures.written_path(workbook)
    revisions.save(revisions.plan(written, *notice(*REVISED), LIST, issued=workbook))
    assert revisions.undoable(written) is not None
    revisions.undo(written)
    assert not written.exists()
    assert not measures.milestones_path(written).exists()
    revisions.undo(written)
    assert len(measures.read(written)) == 4


def test_beside_a_workbook_without_milestones_there_are_none(tmp_path):
    path = tmp_path / "list.xlsx"
    path.write_bytes(as_bytes(of_rows({"举措": lines(TABLE)})))
    written = measures.written_path(path)
    revisions.save(revisions.plan(written, *notice(*REVISED), LIST, issued=path))
    assert not measures.milestones_path(written).exists()


@pytest.mark.parametrize("kind", ["csv", "txt", "CSV"])
def test_a_table_of_text_is_written_itself(tmp_path, kind):
    path = tmp_path / f"list.{kind}"
    assert measures.written_path(path) == path


def test_a_table_as_issued_reads_back_as_the_table(tmp_path):
    table = measures.read(thirty_mistakes(tmp_path))
    again = tmp_path / "again.csv"
    again.write_bytes(as_csv(table))
    columns = [*schema.COLUMNS, *schema.ROLE_COLUMNS, "due"]
    assert measures.read(again).columns.select(columns).equals(table.columns.select(columns))
