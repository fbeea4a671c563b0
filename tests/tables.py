"""Tables that the tests put before the board: small, hostile, one with thirty mistakes."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Final

HEADER: Final = "编号,年度,清单,板块,条目,举措,责任领导,责任部门,完成时限"


def table_of(folder: Path, rows: str, name: str = "table.csv") -> Path:
    """A table with the usual columns; blank lines and indents of the rows don't count."""
    lines = [HEADER, *filter(None, map(str.strip, rows.splitlines()))]
    path = folder / name
    path.write_text("\n".join(lines) + "\n", "utf-8")
    return path


def many_measures(folder: Path, years: Sequence[int]) -> Path:
    """450 measures of 40 leaders and 60 departments, in turn in each of the years."""
    rows = []
    for n in range(450):
        names = f"领导{n % 40:02},部门{n % 60:02}、部门{(n + 7) % 60:02}"
        rows.append(
            f"{n},{years[n % len(years)]},清单,板块{n % 7},{n},第 {n} 项举措,{names},{n % 12 + 1}月"
        )
    return table_of(folder, "\n".join(rows))


# Lines of a list of 2020 without the column 板块, each with the problem that it makes ("" for
# none).
_LINES: Final[tuple[tuple[str, str], ...]] = (
    ("", "1,2020,清单,一,好的举措,甲,办公室、财务部,8月"),
    ("title_missing", "2,2020,清单,二,,甲,办公室,8月"),
    ("title_missing", "3,2020,清单,三,  ,甲,办公室,8月"),
    ("duplicate_id", "1,2020,清单,四,编号与第一行相同,甲,办公室,8月"),
    ("duplicate_id", "1,2020,清单,五,编号又相同,乙,办公室,9月"),
    ("id_missing", ",2020,清单,六,没有编号,甲,办公室,8月"),
    ("leader_missing", "7,2020,清单,七,没有领导,,办公室,8月"),
    ("leader_missing", "8,2020,清单,八,领导只有标点,、,办公室,8月"),
    ("department_missing", "9,2020,清单,九,没有部门,甲,,8月"),
    ("department_missing", "10,2020,清单,十,部门只有标点,甲,，,8月"),
    ("lead_and_support", "11,2020,清单,十一,既牵头又配合,甲,办公室、财务部、办公室,8月"),
    (
        "lead_and_support",
        "12,2020,清单,十二,既牵头又配合,甲,财务部（牵头）、办公室、财务部（配合）,8月",
    ),
    ("deadline_unreadable", "13,2020,清单,十三,时限待定,甲,办公室,待定"),
    ("deadline_unreadable", "14,2020,清单,十四,没有十三月,甲,办公室,13月"),
    ("deadline_unreadable", "15,2020,清单,十五,没有二月三十日,甲,办公室,2月30日前"),
    ("deadline_unreadable", "16,2020,清单,十六,另行通知,甲,办公室,另行通知"),
    ("deadline_unreadable", "17,2020,清单,十七,尽早完成,甲,办公室,尽早完成"),
    ("deadline_missing", "18,2020,清单,十八,没有时限,甲,办公室,"),
    ("year_invalid", "19,明年,清单,十九,年度不是年,甲,办公室,8月"),
    ("year_invalid", "20,20203,清单,二十,年度多一位,甲,办公室,8月"),
    ("year_missing", "21,,清单,二十一,没有年度,甲,办公室,8月"),
    ("too_few_cells", "22,2020,清单,二十二,少一格,甲,办公室"),
    ("too_many_cells", "23,2020,清单,二十三,多一格,甲,办公室,8月,多出来的"),
    ("unclosed_quote", '24,2020,清单,二十四,"引号没有闭合,甲,办公室,8月'),
    ("encoding", "25,2020,清单,二十五,错\udcff误的编码,甲,办公室,8月"),
    ("too_long", f"26,2020,清单,二十六,{'长' * 32_768},甲,办公室,8月"),
    ("control_characters", "27,2020,清单,二十七,控\x07制字符,甲,办公室,8月"),
    ("control_characters", "28,2020,清单,二十八,控制字符在部门里,甲,办公\x08室,8月"),
    ("formula", "29,2020,清单,二十九,=1+1,甲,办公室,8月"),
    ("formula", "30,2020,清单,三十,@SUM(A1),甲,办公室,8月"),
    ("", "31,2020,清单,三十一,又一项好的举措,乙,财务部、办公室,全年"),
)
THIRTY: Final = ("missing_column", *(code for code, _ in _LINES if code))


def thirty_mistakes(folder: Path) -> Path:
    """A table with every kind of mistake that leaves a table readable, thirty in all."""
    path = folder / "thirty.csv"
    text = "\n".join((HEADER.replace("板块,", ""), *(line for _, line in _LINES))) + "\n"
    path.write_bytes(text.encode("utf-8", "surrogateescape"))
    return path


# What might be taken for markup, a link, a formula, a directive, a placeholder or code; each is a
# name or a title.
HOSTILE: Final = (
    "<script>window.hacked=1</script>",
    "<img src=x onerror=window.hacked=1>",
    "<b>粗</b>",
    "**星号**",
    "$x^2$",
    ":red[红]",
    "<b>粗体<b>",
    "[链接](javascript:x)",
    "[链接](http://example.invalid/x)",
    ":material/home:",
    "{{花括号}}",
    "{n}",
    "%s %(n)d",
    "%{x}",
    "# 井号",
    "- 横线",
    "`反引号`",
    "http://example.invalid/自动",
    "&lt;实体&amp;",
    "a\u202eb反向",
    "“引号'",
    "很" * 500,
)


def hostile_table(folder: Path) -> Path:
    """Titles, leaders, departments, lists, sections and the file's own name that look like code."""
    rows = []
    for number, text in enumerate(HOSTILE):
        following = HOSTILE[(number + 1) % len(HOSTILE)]
        cells = (
            f"h{number}",
            "2020",
            text,
            text,
            text,
            f"{text}\x07",
            text,
            f"{text}，{following}",
            f"{number % 12 + 1}月",
        )
        rows.append(",".join('"' + cell.replace('"', '""') + '"' for cell in cells))
    return table_of(folder, "\n".join(rows), "<b>${x}**[a](http:x).csv".replace("/", ""))


# What a browser, or what draws Markdown, might take for an address.
ADDRESSES: Final = (
    "http://evil.test",
    "HTTP://EVIL.TEST/x",
    "https://evil.test/a?b=c#d",
    "见http://evil.test",
    "（http://evil.test）",
    "_http://evil.test_",
    "http://evil",
    "http://127.0.0.1:1/x",
    "http://[::1]/x",
    "http://evil.test。",
    "http:\u200b//evil.test",
    "http&#58;//evil.test",
    "http&colon;//evil.test",
    "http\\://evil.test",
    "http:/evil.test",
    "//evil.test/x",
    "ftp://evil.test/x",
    "file:///etc/passwd",
    "www.evil.test",
    "WWW.evil.test",
    "www.evil.test/x?y=z",
    "见 www.evil.test 。",
    "(www.evil.test)",
    "*www.evil.test*",
    "~www.evil.test~",
    "www.www.evil.test",
    "wwww.evil.test",
    "www..evil.test",
    "www.evil",
    "www\u2024evil.test",
    "a@evil.test",
    "a+@evil.test",
    "a-@evil.test",
    "a.@evil.test",
    "a_@evil.test",
    "+@evil.test",
    ".@evil.test",
    "a@b@evil.test",
    "a.b-c+d@evil.test",
    "(a@evil.test)",
    "见a@evil.test",
    "mailto:a@evil.test",
    "mailto:a+@evil.test",
    "xmpp:a@evil.test/x",
    "a@evil.test:8080",
    "<http://evil.test>",
    "<a@evil.test>",
    "<a href='http://evil.test'>x</a>",
    "<a href=http://evil.test>x",
    '<svg><a xlink:href="http://evil.test">x</a></svg>',
    "[x](http://evil.test)",
    "[x](//evil.test)",
    "[x](javascript:alert(1))",
    "[x](<http://evil.test>)",
    "[x][1] [1]: http://evil.test",
    "[1]: http://evil.test",
    "![x](http://evil.test/x.png)",
    "[^1] [^1]: http://evil.test",
    "`http://evil.test`",
    "$\\href{http://evil.test}{x}$",
    "$$\\url{http://evil.test}$$",
    ":blue-badge[http://evil.test]",
    "javascript:alert(1)",
    "data:text/html,x",
)


def table_of_addresses(folder: Path) -> Path:
    """A table whose every text looks like an address; the first measure's title is all of them."""
    rows = []
    for number, text in enumerate((" ".join(ADDRESSES), *ADDRESSES)):
        name = text if number else "甲"
        cells = (f"a{number}", "2020", text, text, text, text, name, name, f"{number % 12 + 1}月")
        rows.append(",".join('"' + cell.replace('"', '""') + '"' for cell in cells))
    return table_of(folder, "\n".join(rows), "www.evil.test a+@evil.test.csv")
