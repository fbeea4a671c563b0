"""What the desk and the offers are sent: its fields have one description, its scripts make one."""

from __future__ import annotations

import re
from dataclasses import replace
from types import ModuleType
from typing import Any, Final, NotRequired, get_args, get_origin, get_type_hints, is_typeddict

import pytest

from lib import notices
from lib.answers import palette
from lib.i18n import LANGUAGES, translator, words
from lib.notices import message
from lib.notices.desk import compose
from lib.notices.model import Milestone
from lib.notices.words import Word
from lib.web.intake import desk, keeping, offers, scripts
from tests.tables import HEADER

NOTICE: Final = """沙河区总工会办公室关于印发《2024年服务职工工作清单》的通知
一、建强组织
（一）开展建会行动。6月份申报职工书屋4个。（责任领导：王明；责任部室：组织部，办公室、财务部；完成时限：12月）
（二）规范换届。（责任领导：李晓；责任部门：组织部、机关党委；完成时限：尽快）
沙河区总工会办公室
"""
SCRIPTS: Final = sorted(path.name for path in scripts.ASSETS.glob("*.js"))
DESCRIBED: Final = [("message.d.ts", message), ("kept.d.ts", keeping)]


def composed(text: str = NOTICE, language: str = "zh") -> message.Message:
    return compose(notices.read_text(text, "notice"), translator(language))


# --- the message ----------------------------------------------------------------------------------


def test_cells_say_where_they_were_read_and_why() -> None:
    sent = composed()
    names = [column["name"] for column in sent["columns"]]
    deadline = sent["rows"][0]["cells"][names.index("deadline")]
    source = deadline["source"]
    assert deadline["text"] == "12月"
    assert deadline["sure"]
    assert sent["reasons"][deadline["reason"]]
    text = sent["blocks"][source["block"]]["text"]
    assert text[source["start"] : source["end"]] == "12月"
    assert sent["rows"][0]["due"] == "2024-12-31"


def test_what_no_words_of_the_document_say_has_no_source() -> None:
    sent = composed("（一）开展建会行动。（责任领导：王明）\n（二）规范换届。（责任领导：李晓）\n")
    names = [column["name"] for column in sent["columns"]]
    assert "source" not in sent["rows"][0]["cells"][names.index("deadline")]
    assert sent["rows"][0]["due"] == ""


def test_a_day_may_be_given_where_a_deadline_says_none() -> None:
    dated, undated = composed()["rows"]
    assert "day" not in dated
    assert undated["day"] == ""


def test_milestones_name_their_measure_and_what_they_say() -> None:
    notice = notices.read_text(NOTICE, "notice")
    by_hand = Milestone(1, "10月", "建成", "2", "个")
    notice = replace(notice, milestones=(*notice.milestones, by_hand))
    read, written = compose(notice, translator("zh"))["milestones"]
    assert (read["item"], read["row"], read["text"]) == (0, 0, "6月份 申报职工书屋 4个")
    assert read["source"]["block"] == 2
    assert written == {"item": 1, "row": 1, "text": "10月 建成 2个"}


def test_text_that_was_not_placed_says_where_it_stands_and_why() -> None:
    sent = composed(NOTICE.replace("一、建强组织", "各基层工会：\n一、建强组织"))
    (unplaced,) = [item for item in sent["unplaced"] if "各基层工会" in item["text"]]
    assert unplaced["why"]
    source = unplaced["source"]
    text = sent["blocks"][source["block"]]["text"]
    assert text[source["start"] : source["end"]] == unplaced["text"]


def test_each_reason_is_sent_once() -> None:
    reasons = composed()["reasons"]
    assert len(reasons) == len(set(reasons))


def test_only_cells_of_a_table_say_where_they_stand_in_it() -> None:
    html = """<p>工作清单</p><table>
    <tr><th>序号</th><th>举措</th><th>责任领导</th><th>完成时限</th></tr>
    <tr><td>1</td><td>开展建会行动</td><td rowspan="2">王明</td><td>8月</td></tr>
    <tr><td>2</td><td>规范换届</td><td>9月</td></tr></table>"""
    notice = notices.read(html.encode(), "notice.html")
    blocks = {block["text"]: block for block in compose(notice, translator("zh"))["blocks"]}
    assert "table" not in blocks["工作清单"]
    assert blocks["王明"]["table"] == {"number": 0, "row": 1, "down": 2, "across": 1}


def test_lines_can_be_named_and_what_was_said_of_them_is_sent() -> None:
    text = "工作清单\n1／开展建会行动／组织部\n2／规范换届／组织部\n"
    word = Word("table", (2, 3))
    sent = compose(notices.read_text(text, "notice", words=[word]), translator("zh"))
    assert sent["lines"] == 4
    (as_sent,) = sent["said"]
    assert (as_sent["kind"], as_sent["lines"]) == ("table", [2, 3])
    assert as_sent["pieces"][:2] == [
        {"text": "1", "cell": "serial"},
        {"text": "开展建会行动", "cell": "title"},
    ]
    assert [block.get("line") for block in sent["blocks"]] == [1, *[None] * 3, *[2] * 3, *[3] * 3]
    assert [block.get("said") for block in sent["blocks"]] == [None, *[True] * 3, *[None] * 6]
    assert {"name": "", "label": "不在这一行"} in sent["cells"]


def test_nothing_can_be_said_of_the_lines_of_a_table_file() -> None:
    sent = compose(notices.read(f"{HEADER}\n".encode(), "own.csv"), translator("zh"))
    assert not any("line" in block for block in sent["blocks"])


def test_a_problem_leads_to_its_place_in_a_notice_and_names_its_row_in_a_table() -> None:
    text = "1. 修路。（责任领导：王明；责任部门：组织部）\n3. 架桥。（责任领导：李晓；责任部门：组织部）"
    gap = [problem for problem in composed(text)["problems"] if "编号" in problem["text"]]
    assert [problem["block"] for problem in gap] == [1]
    row = "1,2024,清单,一,1,修路,王明,组织部,尽快"
    notice = notices.read(f"{HEADER}\n{row}\n".encode(), "own.csv")
    (problem,) = compose(notice, translator("zh"))["problems"]
    assert problem["text"].startswith("第 2 行")
    assert "block" not in problem


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_desk_is_sent_all_its_words(language: str) -> None:
    texts = words(language)
    in_locale = {key.removeprefix("intake.desk.") for key in texts if key.startswith("intake.desk")}
    assert set(composed(language=language)["words"]) == in_locale


# --- its description in two languages -------------------------------------------------------------

TYPES: Final = {str: "string", int: "number", bool: "boolean"}


def declaration(fields: type) -> dict[str, str]:
    """The fields of a TypedDict as TypeScript has them: name (`name?` if optional) → type."""
    declared = {}
    for name, annotation in get_type_hints(fields, include_extras=True).items():
        if get_origin(annotation) is NotRequired:
            (present,) = get_args(annotation)
            declared[f"{name}?"] = typescript(present)
        else:
            declared[name] = typescript(annotation)
    return declared


def typescript(annotation: Any) -> str:
    """A Python type as TypeScript writes it."""
    if get_origin(annotation) is list:
        (item,) = get_args(annotation)
        return f"{typescript(item)}[]"
    return TYPES.get(annotation) or str(annotation.__name__)


@pytest.mark.parametrize(("description", "module"), DESCRIBED)
def test_python_and_javascript_have_the_same_fields(description: str, module: ModuleType) -> None:
    source = (scripts.ASSETS / description).read_text(encoding="utf-8")
    interfaces = re.findall(r"export interface (\w+) {(.*?)\n}", source, re.DOTALL)
    in_javascript = {
        name: dict(re.findall(r"^ +(\w+\??): (.+);$", body, re.MULTILINE))
        for name, body in interfaces
    }
    in_python = {
        name: declaration(fields)
        for name, fields in vars(module).items()
        if is_typeddict(fields) and fields.__module__ == module.__name__
    }
    assert in_javascript == in_python


def test_javascript_asks_for_no_field_that_is_not_described() -> None:
    """What is not checked with types is still checked here: words are the easiest to mistype."""
    source = "".join((scripts.ASSETS / name).read_text(encoding="utf-8") for name in SCRIPTS)
    asked = set(re.findall(r"\bwords\.([a-z_]+)\b", source))
    kinds = (message.Words, keeping.KeepingWords, keeping.OfferingWords)
    assert asked == {name for kind in kinds for name in kind.__annotations__}


# --- its scripts ----------------------------------------------------------------------------------

COMPONENTS: Final = {"desk": desk.MODULES, "offers": offers.MODULES}
every_component: Final = pytest.mark.parametrize("modules", COMPONENTS.values(), ids=COMPONENTS)


def test_every_script_is_part_of_a_component() -> None:
    assert sorted({*desk.MODULES, *offers.MODULES}) == SCRIPTS


@every_component
def test_scripts_are_joined_each_after_those_that_it_imports(modules: tuple[str, ...]) -> None:
    for place, name in enumerate(modules):
        source = (scripts.ASSETS / name).read_text(encoding="utf-8")
        imported = re.findall(r'^import .*?"\./(\w+\.js)";$', source, re.MULTILINE | re.DOTALL)
        assert set(imported) <= set(modules[:place]), name


@every_component
def test_the_joined_script_imports_nothing_and_has_one_export(modules: tuple[str, ...]) -> None:
    script = scripts.joined(modules)
    assert not re.search(r"^import\b", script, re.MULTILINE)
    (export,) = re.findall(r"^export .*$", script, re.MULTILINE)
    assert export.startswith("export default function show(")


@every_component
def test_no_name_stands_at_the_top_of_two_scripts(modules: tuple[str, ...]) -> None:
    names = re.findall(
        r"^(?:export )?(?:default )?(?:async )?(?:const|let|class|function) (\w+)",
        scripts.joined(modules),
        re.MULTILINE,
    )
    assert sorted(names) == sorted(set(names))


# --- its style ------------------------------------------------------------------------------------


def test_the_style_takes_its_colours_from_the_theme_and_the_palette() -> None:
    style = (scripts.ASSETS / "desk.css").read_text(encoding="utf-8")
    assert not re.search(r"#[0-9a-f]{3,8}\b", style, re.IGNORECASE)
    defined = set(re.findall(r"^ *(--[\w-]+):", style, re.MULTILINE))
    used = set(re.findall(r"var\((--[\w-]+)\)", style))
    unknown = {name for name in used - defined if not name.startswith("--st-")}
    assert unknown <= set(palette.variables())
