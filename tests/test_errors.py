"""Problems and errors as sentences."""

from __future__ import annotations

import ast
import errno
import tomllib
from functools import cache
from pathlib import Path

import pytest

from lib.errors import PIPE_OR_DEVICE, BoardError, Problem, cause, describe, one_line
from lib.i18n import LANGUAGES, translator, words

LIB = Path(__file__).parent.parent / "lib"
REPORTERS = ("Problem", "report.add", "report.whole", "cells.report_each")


@cache
def pieces():
    """The calls that have arguments, and the texts, of each source of lib, which is parsed once."""
    return {
        path: [
            node
            for node in ast.walk(ast.parse(path.read_text("utf-8")))
            if (isinstance(node, ast.Call) and node.args)
            or (isinstance(node, ast.Constant) and isinstance(node.value, str))
        ]
        for path in sorted(LIB.rglob("*.py"))
    }


@cache
def calls(package):
    """The calls of lib or of one of its packages, each with its name."""
    found = [
        (dotted(node.func), node)
        for path, nodes in pieces().items()
        if path.is_relative_to(LIB / package)
        for node in nodes
        if isinstance(node, ast.Call)
    ]
    assert found, package
    return found


def dotted(function):
    """The name of what is called, with what stands before it: `.report.add`."""
    if isinstance(function, ast.Attribute):
        return f"{dotted(function.value)}.{function.attr}"
    return f".{function.id}" if isinstance(function, ast.Name) else ""


def texts(node):
    """The texts that an expression may be: one for a constant, each arm of a condition."""
    if isinstance(node, ast.IfExp):
        return texts(node.body) | texts(node.orelse)
    return {node.value} if isinstance(node, ast.Constant) else set()


def first_arguments(callees, package=""):
    """The texts that are the first argument of a call of one of the names, which may be dotted."""
    endings = tuple(f".{name}" for name in callees)
    fitting = [call for name, call in calls(package) if name.endswith(endings)]
    return {text for call in fitting for text in texts(call.args[0])}


def sentences(kind):
    """The codes that have a sentence in the locale."""
    return {key.removeprefix(f"{kind}.") for key in words("zh") if key.startswith(f"{kind}.")}


def of_the_table(codes):
    """Without those of a notice or of an act in the ledger, which follow other rules, and without the
    frame of a sentence.
    """
    others = ("notice_", "act_")
    return sorted(code for code in codes if not code.startswith(others) and code != "elsewhere")


CONSTANTS = {
    node.value for nodes in pieces().values() for node in nodes if isinstance(node, ast.Constant)
}
ACT = {
    "id": "2026-1-1",
    "n": 9,
    "most": 9,
    "seq": 9,
    "period": "2026-09",
    "day": "2026-09-01",
    "until": "2026-09-01",
    "due": "2026-09-01",
    "list": "清单",
    "lists": "甲、乙",
    "target": "职工书屋",
    "value": -1.0,
    "department": "组宣部",
}
PROBLEMS = of_the_table(sentences("problem"))
ERRORS = of_the_table(sentences("error"))


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_code_has_a_sentence(language):
    raised = {f"error.{code}" for code in first_arguments(["BoardError"])}
    reported = {f"problem.{code}" for code in first_arguments(REPORTERS)}
    assert len(raised) > 30
    assert len(reported) > 20
    assert (raised | reported) - set(words(language)) == set()


@pytest.mark.parametrize("kind", ["problem", "error"])
def test_every_sentence_has_a_code(kind):
    """A code may stand in a table or a condition before it is raised or reported."""
    assert {
        code
        for code in sentences(kind)
        if code not in CONSTANTS and f"{kind}.{code}" not in CONSTANTS
    } == set()


# Codes, or how they begin, that are about a whole file, sheet or column.
WHOLE = (
    "missing_column",
    "column_unused",
    "sheet_",
    "milestones_",
    "rows_",
    "year_taken",
    "ids_",
    "form_file_",
)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("code", PROBLEMS)
def test_a_problem_names_its_line_and_column_and_what_stood_there(language, code):
    sentence = describe(Problem(code, 37, "某列", "某值"), translator(language))
    template = words(language)[f"problem.{code}"]
    for name, text in (("line", "37"), ("column", "某列"), ("value", "某值")):
        is_named = f"{{{name}}}" in template or (name == "value" and "{given}" in template)
        assert (text in sentence) is is_named
    assert ("{line}" in template) or code.startswith(WHOLE)


@pytest.mark.parametrize("code", PROBLEMS)
def test_a_problem_says_what_to_do(code):
    assert "请" in words("zh")[f"problem.{code}"]
    assert "; " in words("en")[f"problem.{code}"] or "add it" in words("en")[f"problem.{code}"]


@pytest.mark.parametrize("code", ERRORS)
@pytest.mark.parametrize("language", LANGUAGES)
def test_an_error_names_the_file_and_says_what_to_do(language, code):
    named = {
        "why": "坏了",
        "kind": "PNG",
        "lock": ".清单.csv.lock",
        "found": "甲、乙",
        "list": "清单",
        "limit": 9,
        "line": 9,
        "rows": 9,
        "columns": 9,
        "seconds": 5,
        "megabytes": 300,
        "reason": "坏了",
        "n": 30,
        "most": 20,
        "version": 9,
        "known": 1,
        "mark": "✖",
    }
    error = BoardError(code, file="清单.csv", **named)
    sentence = describe(error, translator(language))
    assert "清单.csv" in sentence
    assert ("；" if language == "zh" else "; ") in sentence


@pytest.mark.parametrize("code", sorted(code for code in sentences("error") if code[:4] == "act_"))
def test_an_act_that_is_refused_says_what_to_do(code):
    assert "请" in words("zh")[f"error.{code}"] or "不需要" in words("zh")[f"error.{code}"]
    assert "act_" not in describe(BoardError(code, **ACT), translator("en"))


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_pipe_or_a_device_is_called_so(language):
    error = BoardError("unreadable", file="清单.csv", why=PIPE_OR_DEVICE)
    assert words(language)["why.pipe"] in describe(error, translator(language))


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(
    "number",
    [*sorted(errno.errorcode), 9999, None],
)
@pytest.mark.parametrize("code", ["unreadable", "unwritable", "notice_unreadable"])
def test_why_the_system_failed_is_said_in_the_readers_language(code, language, number):
    error = OSError(number, "in the system's words") if number else OSError("without a number")
    sentence = describe(BoardError(code, file="清单.csv", why=cause(error)), translator(language))
    assert words(language)[f"why.{cause(error)}"] in sentence
    assert "system's words" not in sentence


@pytest.mark.parametrize(
    ("number", "why"),
    [
        (errno.ENOENT, "missing"),
        (errno.EACCES, "permission"),
        (errno.EPERM, "permission"),
        (errno.ENOSPC, "full"),
        (errno.EDQUOT, "full"),
        (errno.EFBIG, "too_large"),
        (errno.EROFS, "read_only"),
        (errno.EISDIR, "folder"),
        (errno.ENAMETOOLONG, "name"),
        (errno.EMFILE, "busy"),
        (errno.EBUSY, "busy"),
        (errno.EIO, "device"),
        (errno.ETIMEDOUT, "network"),
        (errno.ENOLCK, "unsupported"),
        (errno.ECHILD, "other"),
    ],
)
def test_a_number_of_the_system_is_a_cause(number, why):
    assert cause(OSError(number, "in the system's words")) == why


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(
    "code",
    sorted(
        set(of_the_table(first_arguments(["BoardError"], "files")))
        - {"no_header", "busy", "lock_is_folder", "owner_unkept", "read_only"}
        - {"broken_archive", "archive_too_large"}
    ),
)
def test_why_the_milestones_were_not_read_is_said_in_the_readers_language(language, code):
    sentence = describe(Problem("milestones_unread", value=code), translator(language))
    assert words(language)[f"why.{code}"] in sentence


def test_the_sentence_of_an_unreadable_deadline_is_the_one_of_the_design():
    problem = Problem("deadline_unreadable", 3, "完成时限", "待定")
    assert (
        describe(problem, translator("zh"))
        == "第 3 行「完成时限」写的是“待定”；请写成 8月、2026年8月31日 或 全年"
    )


def test_a_problem_of_another_file_begins_with_its_name():
    problem = Problem("milestone_orphan", 2, "编号", "2020-9-9", "list.milestones.csv")
    assert describe(problem, translator("zh")).startswith("list.milestones.csv：第 2 行「编号」")


def test_braces_in_the_data_are_no_placeholders():
    assert "{line}{0}" in describe(Problem("formula", 1, "举措", "={line}{0}"), translator("zh"))


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("一行", "一行"),
        ("两\n行", "两␊行"),
        ("两\r\n行", "两␊行"),
        ("两\u2028行", "两␊行"),
        ("制\t表", "制 表"),
        ("响\x07铃", "响铃"),
        ("反\u202e向", "反向"),
        ("字" * 80, "字" * 80),
        ("字" * 81, "字" * 79 + "…"),
        ("\x00" * 100_000 + "字", ""),
    ],
)
def test_a_value_is_shown_on_one_line_and_not_too_long(text, line):
    assert one_line(text) == line


def test_an_error_without_a_translator_still_says_what_it_knows():
    assert str(BoardError("empty")) == "empty"
    assert str(BoardError("locked", file="清单.csv")) == "locked (file=清单.csv)"


def test_problems_are_values():
    assert Problem("formula", 3, "举措", "=1") == Problem("formula", 3, "举措", "=1")
    assert len({Problem("formula", 3), Problem("formula", 3)}) == 1


def test_locale_files_say_each_thing_once():
    for language in LANGUAGES:
        text = (LIB.parent / "locales" / f"{language}.toml").read_text("utf-8")
        assert tomllib.loads(text)  # which refuses a key that is there twice
