"""`python -m lib`: what is printed, where, and the exit code."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from lib import measures
from lib import terminal as cli
from tests.tables import HEADER, THIRTY, table_of, thirty_mistakes

ROOT = Path(__file__).parent.parent
GOOD = "1,2020,清单,一,一,宣讲,张,办公室,8月"
BAD = "1,2020,清单,一,一,宣讲,张,办公室,待定"


@pytest.fixture(autouse=True)
def chinese(monkeypatch):
    for name in ("LC_ALL", "LC_MESSAGES", "LANG"):
        monkeypatch.delenv(name, raising=False)


@pytest.fixture
def run(capsys):
    """Run a command: exit code, standard output, standard error."""

    def run_it(*arguments):
        code = cli.main([str(argument) for argument in arguments])
        return code, *capsys.readouterr()

    return run_it


def test_a_good_table_is_said_to_be_good(run, tmp_path):
    path = table_of(tmp_path, GOOD)
    assert run("check", path) == (0, "", f"{path}：1 项举措，没有问题\n")


def test_a_problem_is_printed_with_file_line_and_column(run, tmp_path):
    path = table_of(tmp_path, BAD)
    code, out, summary = run("check", path)
    assert (code, summary) == (1, f"{path}：1 项举措，1 处问题\n")
    assert out == (
        f"{path}:2: 完成时限: 第 2 行「完成时限」写的是“待定”；请写成 8月、2026年8月31日 或 全年\n"
    )


def test_a_problem_of_the_whole_file_has_no_line_and_one_of_a_whole_line_no_column(run, tmp_path):
    path = tmp_path / "table.csv"
    path.write_text(
        "年度,清单,条目,举措,责任领导,责任部门,完成时限\n2020,甲,一,修路,张,办公室\n", "utf-8"
    )
    first, second = run("check", path)[1].splitlines()
    assert first.startswith(f"{path}: 板块: 表中没有「板块」列")
    assert second.startswith(f"{path}:2: 第 2 行的格数比表头少")


def test_problems_of_the_milestones_stand_under_their_own_file(run, tmp_path):
    path = table_of(tmp_path, GOOD)
    beside = measures.milestones_path(path)
    beside.write_text("编号,节点时限,节点\n9,6月,申报\n", "utf-8")
    assert run("check", path)[1].startswith(f"{beside}:2: 编号: 第 2 行「编号」写的是“9”")


def test_problems_of_a_sheet_stand_under_its_name(run, tmp_path):
    import openpyxl

    book = openpyxl.Workbook()
    for cells in (HEADER.split(","), GOOD.split(",")):
        book.active.append(cells)
    for cells in (["编号", "节点时限", "节点"], ["9", "6月", "申报"]):
        (book["节点"] if "节点" in book.sheetnames else book.create_sheet("节点")).append(cells)
    book.save(tmp_path / "list.xlsx")
    assert run("check", tmp_path / "list.xlsx")[1].startswith(
        f"{tmp_path / 'list.xlsx'}[节点]:2: 编号: "
    )


def test_a_column_is_on_one_line_whatever_its_header(run, tmp_path):
    path = tmp_path / "table.csv"
    path.write_text('编号,年度,清单,板块,条目,举措,责任领导,责任部门,"完成\n时限"\n' + BAD, "utf-8")
    assert run("check", path)[1].startswith(f"{path}:3: 完成␊时限: 第 3 行「完成␊时限」")


def test_thirty_mistakes_are_thirty_problems(run, tmp_path):
    code, out, summary = run("check", thirty_mistakes(tmp_path), "--format", "json")
    problems = json.loads(out)["problems"]
    assert code == 1
    assert sorted(problem["code"] for problem in problems) == sorted(THIRTY)
    assert len({problem["message"] for problem in problems}) == len(THIRTY)
    assert f"{len(THIRTY)} 处问题" in summary


def test_json_has_the_same_fields_for_each_problem(run, tmp_path):
    path = table_of(tmp_path, BAD)
    (problem,) = json.loads(run("check", path, "--format", "json", "--lang", "en")[1])["problems"]
    assert problem == {
        "code": "deadline_unreadable",
        "file": str(path),
        "line": 2,
        "column": "完成时限",
        "value": "待定",
        "message": "Line 2, “完成时限” says “待定”; write 8月, 2026年8月31日 or 全年",
    }


def test_json_says_what_was_understood_of_each_measure(run, tmp_path):
    """Names as lists, days as 2026-06-30, and null for what is not known."""
    rows = """
    2026-1-1,2026,改革清单,一、创新,一（一）,建一座书屋,郭宁、秦岭,综合科、财务科（配合）,3月至6月底前
    2026-1-2,,改革清单,,,每月回访,,后勤科,每月
    """
    code, out, _ = run("check", table_of(tmp_path, rows), "--format", "json")
    printed = json.loads(out)
    assert code == 1
    assert [problem["code"] for problem in printed["problems"]] == [
        "year_missing",
        "leader_missing",
    ]
    assert printed["measures"] == [
        {
            "measure_id": "2026-1-1",
            "year": 2026,
            "list": "改革清单",
            "section": "一、创新",
            "article": "一（一）",
            "title": "建一座书屋",
            "leaders": ["郭宁", "秦岭"],
            "lead_departments": ["综合科"],
            "support_departments": ["财务科"],
            "deadline": "3月至6月底前",
            "start": "2026-03-01",
            "due": "2026-06-30",
            "ongoing": False,
            "recurring": "",
        },
        {
            "measure_id": "2026-1-2",
            "year": None,
            "list": "改革清单",
            "section": "",
            "article": "",
            "title": "每月回访",
            "leaders": [],
            "lead_departments": ["后勤科"],
            "support_departments": [],
            "deadline": "每月",
            "start": None,
            "due": None,
            "ongoing": False,
            "recurring": "monthly",
        },
    ]


def test_json_of_a_good_table_has_no_problems(run, tmp_path):
    code, out, _ = run("check", table_of(tmp_path, GOOD), "--format", "json")
    printed = json.loads(out)
    assert (code, printed["problems"], len(printed["measures"])) == (0, [], 1)


def test_a_table_that_cant_be_read_is_two(run, tmp_path):
    code, out, message = run("check", tmp_path / "none.csv")
    assert (code, out, message) == (2, "", "找不到文件 none.csv；请检查文件名和位置\n")


def test_json_of_a_table_that_cant_be_read_has_no_measures_and_one_problem(run, tmp_path):
    code, out, message = run("check", tmp_path / "none.csv", "--format", "json")
    assert (code, message) == (2, "找不到文件 none.csv；请检查文件名和位置\n")
    problem = {
        "code": "not_found",
        "file": str(tmp_path / "none.csv"),
        "line": 0,
        "column": "",
        "value": "",
        "message": "找不到文件 none.csv；请检查文件名和位置",
    }
    assert json.loads(out) == {"measures": [], "problems": [problem]}


@pytest.mark.parametrize(
    ("environment", "language"),
    [
        ({}, "zh"),
        ({"LANG": "C.UTF-8"}, "zh"),
        ({"LANG": "zh_CN.UTF-8"}, "zh"),
        ({"LANG": "en_GB.UTF-8"}, "en"),
        ({"LANG": "en_GB", "LC_ALL": "zh_CN"}, "zh"),
        ({"LANG": "zh_CN", "LC_ALL": "", "LC_MESSAGES": "en_US"}, "en"),
    ],
)
def test_the_language_is_the_systems_else_chinese(environment, language):
    assert cli.system_language(environment) == language


def test_help_is_in_the_language_asked_for(run, capsys):
    for language, words in (("zh", "检查一张举措清单"), ("en", "check a measure list")):
        with pytest.raises(SystemExit) as left:
            run("check", "--help", "--lang", language)
        assert left.value.code == 0
        assert words in capsys.readouterr().out


@pytest.mark.parametrize(
    "arguments", [[], ["chekc"], ["check"], ["check", "x", "--lang", "fr"], ["check", "--lang"]]
)
def test_a_command_that_isnt_understood_is_two(run, capsys, arguments):
    with pytest.raises(SystemExit) as left:
        run(*arguments)
    assert left.value.code == 2
    assert "python -m lib" in capsys.readouterr().err


def as_process(*arguments, **environment):
    return subprocess.run(
        [sys.executable, "-m", "lib", *map(str, arguments)],
        cwd=ROOT,
        env={**os.environ, **environment},
        capture_output=True,
        check=False,
    )


def test_a_console_without_chinese_gets_utf_8(tmp_path):
    done = as_process("check", table_of(tmp_path, BAD), PYTHONIOENCODING="cp1252", PYTHONUTF8="0")
    assert done.returncode == 1
    assert "待定" in done.stdout.decode("utf-8")
    assert "1 处问题" in done.stderr.decode("utf-8")


def test_output_that_nobody_reads_to_the_end_is_no_error(tmp_path):
    path = table_of(tmp_path, "\n".join([BAD] * 1000))
    with subprocess.Popen(
        [sys.executable, "-m", "lib", "check", str(path)],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    ) as process:
        assert process.stdout
        assert process.stderr
        process.stdout.readline()
        process.stdout.close()
        assert "Traceback" not in process.stderr.read().decode()
        assert process.wait() == 1


def test_a_stream_that_is_none_of_pythons_own_is_left_as_it_is(monkeypatch):
    monkeypatch.setattr(sys, "stdout", None)
    cli.speak_utf8()
    assert sys.stdout is None
