"""python -m lib import: from a terminal, for a file or a folder."""

import csv
import json
from pathlib import Path

import pytest

from lib import measures, notices
from lib.terminal import main as command

GOOD = "某馆2024年任务清单\n1. 修缮礼堂2处。（责任领导：林森；责任部门：工程科、财务科；完成时限：8月）\n"
DOUBTFUL = "某馆任务清单\n1. 修缮礼堂。（责任领导：副馆长林森；责任部门：工程科；完成时限：待定）\n3. 种树。（配合部门：园林科）\n"


def main(arguments: list[str]) -> int:
    return command(["import", *arguments])


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "a.txt").write_text(GOOD, "utf-8")
    (tmp_path / "b.txt").write_text(DOUBTFUL, "utf-8")
    (tmp_path / "c.doc").write_bytes(b"\xd0\xcf\x11\xe0" + bytes(100))
    (tmp_path / "d.png").write_bytes(b"\x89PNG")
    (tmp_path / "~$a.docx").write_bytes(b"x")
    return tmp_path


def test_the_table_stands_on_standard_output_and_the_count_on_error(
    folder: Path, capsys: pytest.CaptureFixture[str]
):
    assert main([str(folder / "a.txt")]) == 0
    printed = capsys.readouterr()
    assert list(csv.reader(printed.out.splitlines()))[1] == [
        "2024-1",
        "2024",
        "某馆2024年任务清单",
        "",
        "1",
        "修缮礼堂2处",
        "林森",
        "工程科、财务科",
        "8月",
    ]
    assert "1 项举措，1 个节点，0 处待核对" in printed.err


def test_what_is_to_be_checked_is_said_in_both_languages(
    folder: Path, capsys: pytest.CaptureFixture[str]
):
    assert main([str(folder / "b.txt"), "--year", "2024", "--lang", "en"]) == 1
    printed = capsys.readouterr().err
    assert "no date can be read from the deadline" in printed
    assert "only supporting departments are named" in printed
    assert "the numbers leave one out" in printed
    assert main([str(folder / "b.txt")]) == 1
    assert "没有年份" in capsys.readouterr().err


def test_a_table_that_cannot_be_written_is_said_to_be_so(
    folder: Path, capsys: pytest.CaptureFixture[str]
):
    assert main([str(folder / "a.txt"), "-o", str(folder / "none" / "t.csv")]) == 2
    assert "t.csv 写不进去" in capsys.readouterr().err


def test_json_has_the_measures_their_sources_and_the_problems(
    folder: Path, capsys: pytest.CaptureFixture[str]
):
    assert main([str(folder / "a.txt"), "--format", "json"]) == 0
    notice = json.loads(capsys.readouterr().out)
    measure = notice["measures"][0]
    assert (notice["year"], measure["lead_departments"], measure["due"]) == (
        2024,
        ["工程科"],
        "2024-08-31",
    )
    assert measure["source"]["leaders"] == [1, 16, 18]
    assert measure["sure"]["leaders"]
    assert notice["milestones"][0]["target"] == 2
    assert main([str(folder / "b.txt"), "--format", "json"]) == 1
    notice = json.loads(capsys.readouterr().out)
    assert notice["measures"][0]["due"] is None
    assert {problem["code"] for problem in notice["problems"]} >= {
        "notice_number_gap",
        "notice_deadline",
    }


def test_old_files_are_named_with_what_to_do(folder: Path, capsys: pytest.CaptureFixture[str]):
    assert main([str(folder / "c.doc"), "--format", "json"]) == 2
    printed = capsys.readouterr()
    assert printed.out == ""
    assert ".docx" in printed.err


@pytest.mark.parametrize("kind", ["csv", "xlsx", "parquet"])
def test_a_written_table_with_its_milestones_is_a_table_of_the_board(folder: Path, kind: str):
    out = folder / f"out.{kind}"
    assert main([str(folder / "a.txt"), "-o", str(out)]) == 0
    table = measures.read(out)
    assert list(table.rows["title"]) == ["修缮礼堂2处"]
    if kind != "parquet":
        assert list(table.milestones["target"]) == ["2"]
    elsewhere = folder / "nodes.csv"
    assert main([str(folder / "a.txt"), "-o", str(out), "--milestones", str(elsewhere)]) == 0
    assert "修缮礼堂" in elsewhere.read_text("utf-8-sig")


def test_all_notices_of_a_folder_are_read(folder: Path, capsys: pytest.CaptureFixture[str]):
    assert main([str(folder), "--format", "json"]) == 2
    assert len(json.loads(capsys.readouterr().out)) == 2
    assert main([str(folder), "-o", str(folder / "out")]) == 2
    assert sorted(path.name for path in (folder / "out").iterdir()) == [
        "a.csv",
        "a.milestones.csv",
        "b.csv",
    ]


def test_nothing_in_a_table_runs_and_what_cannot_be_read_back_is_not_written(tmp_path: Path):
    text = "2024年清单\n1. =1+1修路。（责任领导：林森；责任部门：工程科、财务科；完成时限：8月）\n2. 架桥。（牵头部门：工程科；责任领导：林森）"
    notice = notices.read_text(text)
    notices.write(notice, tmp_path / "x.csv")
    assert "'=1+1修路" in (tmp_path / "x.csv").read_text("utf-8-sig")
    table = measures.read(tmp_path / "x.csv")
    assert list(table.rows["title"]) == ["=1+1修路", "架桥"]
    assert [list(names) for names in table.rows["support_departments"]] == [["财务科"], []]
    notices.write(notices.read_text("没有举措的一段话。"), tmp_path / "y.parquet")
    assert not (tmp_path / "y.milestones.csv").exists()


def test_json_says_why_a_text_is_part_of_no_measure(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
):
    file = tmp_path / "a.txt"
    file.write_text(GOOD + "二、工作要求\n各科室要高度重视。\n", "utf-8")
    main([str(file), "--format", "json"])
    unplaced = json.loads(capsys.readouterr().out)["unplaced"]
    assert "工作要求" in unplaced[0]["text"]
    assert unplaced[0]["why"]
