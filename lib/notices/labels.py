"""The table of labels (labels.toml)."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Container
from functools import cache
from pathlib import Path
from typing import Any, Final, NamedTuple

_FILE: Final = Path(__file__).with_name("labels.toml")
_TABLE: Final[dict[str, Any]] = tomllib.loads(_FILE.read_text(encoding="utf-8"))
_QUALIFIERS: Final = tuple(sorted(_TABLE["qualifiers"], key=len, reverse=True))
WORDS: Final[dict[str, str]] = {
    word: field for field, words in _TABLE["fields"].items() for word in words
}
_JOINERS: Final = re.compile("[和及与]")
_SPELLINGS: Final = {
    _JOINERS.sub("", word): word for word in WORDS
}  # 责任单位（和责任人）, 责任单位及责任人
NAMES: Final[dict[str, Any]] = _TABLE["names"]
CLAUSES: Final[dict[str, list[str]]] = _TABLE["clauses"]
DUTIES: Final = frozenset(
    {
        "leaders",
        "departments",
        "lead_departments",
        "support_departments",
        "lead_who",
        "support_who",
        "who",
        "both",
        "deadline",
    }
)
_LONGEST: Final = max(map(len, WORDS)) + 6
_PASSED: Final = " ()[]、/和及与·"  # inside a label: 责任领导（单位）, 责 任 人


def key(text: str) -> str:
    """A folded label or header without spaces, notes in brackets and the marks between its parts."""
    bare = re.sub(r"\([^()]{0,20}\)|\[[^\[\]]{0,20}\]", "", text)
    return re.sub(r"[\s()\[\]、/和及与·:*]", "", bare) or re.sub(r"[\s()\[\]:*]", "", text)


def field_of(text: str) -> str:
    """What a folded header or label stands for, "" where it is none: 整改责任单位（部门） is departments."""
    bare = key(text)
    if len(bare) > _LONGEST:
        return ""
    for word in (bare, re.sub(r"[\s()\[\]、/和及与·:*]", "", text)):
        if word in _SPELLINGS:
            return WORDS[_SPELLINGS[word]]
    whole = _compound(_JOINERS.sub("", bare))
    while bare and whole != "title":
        shorter = next((bare[len(q) :] for q in _QUALIFIERS if bare.startswith(q)), "")
        if shorter in _SPELLINGS:
            return WORDS[_SPELLINGS[shorter]]
        bare = shorter
    return whole


def _any(*kinds: str) -> str:
    words = {word for kind in kinds for word in _TABLE["compounds"][kind]}
    return "(?:" + "|".join(sorted(words, key=len, reverse=True)) + ")"


_COMPOUNDS_OF: Final = tuple(
    (field, re.compile(pattern))
    for field, pattern in (
        (
            "leaders",
            f"{_any('leads', 'charged')}{_any('levels')}{{0,3}}{_any('persons')}"
            f"|{_any('levels')}{{1,3}}{_any('persons')}|{_any('persons')[:-1]})(?<=长)",
        ),
        ("lead_departments", f"{_any('leads')}(?:责任)?{_any('levels')}{{0,3}}{_any('offices')}"),
        (
            "support_departments",
            f"{_any('supports')}(?:责任)?{_any('levels')}{{0,3}}{_any('offices')}",
        ),
        ("departments", f"{_any('charged')}{_any('levels')}{{0,3}}{_any('offices')}"),
        ("deadline", f"{_any('ends')}{{1,3}}(?:的)?{_any('times')}(?:要求|安排)?"),
        ("title", f"[一-鿿]{{0,4}}{_any('titles')}{{1,2}}{_any('title_ends')}"),
        ("serial", f"[一-鿿]{{2,4}}{_any('serials')}"),
    )
)


@cache
def _compound(bare: str) -> str:
    """What a label put together stands for, "" where it is none: 分管区领导, 牵头办所, 竣工时限."""
    if not 3 <= len(bare) <= _LONGEST:
        return ""
    return next((field for field, pattern in _COMPOUNDS_OF if pattern.fullmatch(bare)), "")


class Label(NamedTuple):
    """A label in a text: `field` for the text from `end` on."""

    start: int
    end: int
    field: str
    word: str


_GENERIC: Final = 3  # labels up to this length are words of common speech: only behind a mark
_GAPS: Final = 12  # marks and spaces inside a label: 责 任 人
_BOUNDARY: Final = " ;,.。:()[]!、\n|/"


def labels_in(text: str, start: int, end: int) -> list[Label]:
    """The labels with a colon (or in brackets of their own) in a part of a folded text, from left to right.

    Behind a first label a semicolon written for the colon passes: 责任部门；德育处.
    """
    found: list[Label] = []
    low = start
    for match in _AFTER.finditer(text, start, end):
        label = (_in_brackets if match[0] == "]" else _before)(text, low, match.start())
        if label and match[0] in "为是" and (label[1] not in DUTIES or len(label[2]) <= _GENERIC):
            continue
        if label and (
            match[0] != ";"
            or (
                found
                and len(label[2]) > _GENERIC
                and label[1] in DUTIES
                and text[label[0] - 1] in _BOUNDARY
            )
        ):
            stop = match.end()
            found.append(Label(label[0], stop, label[1], label[2]))
            low = stop
    return found


def first_of(text: str, begin: int, fields: Container[str]) -> Label | None:
    """The label with its colon or brackets that a folded text begins with there, if it is for one of the fields."""
    found = labels_in(text, begin, min(begin + _OPENED, len(text)))
    return found[0] if found and found[0].start - begin <= 2 and found[0].field in fields else None


_OPENED: Final = 20
_AFTER: Final = re.compile(r"[:;]|\](?! *:)|[为是](?![了期主止准否指]|牵头|配合|责任|协办|第一)")
_SPACED: Final = re.compile(r"(?:(?<=\s)|^)[一-鿿]{4,10}(?= )")


def spaced_labels(text: str, start: int, end: int) -> list[Label]:
    """Labels between spaces, without colons: 责任领导 甲 责任单位 乙."""
    found = []
    for match in _SPACED.finditer(text, start, end):
        field = WORDS.get(match[0], "")
        if field in DUTIES or field == "other":
            found.append(Label(match.start(), match.end(), field, match[0]))
    return found


def _before(text: str, low: int, colon: int) -> tuple[int, str, str] | None:
    """The longest label that ends at a colon, with the qualifiers before it."""
    word, best, passed = "", None, 0
    for at in range(colon - 1, max(low, colon - _LONGEST - 8) - 1, -1):
        char = text[at]
        if char in _PASSED:
            passed += 1
        elif "㐀" <= char <= "鿿":
            word = char + word
            if field := _ending(word, edge=at == low or text[at - 1] in _BOUNDARY):
                best = (at, field, _SPELLINGS.get(word, word))
        if passed > _GAPS or not (char in _PASSED or "㐀" <= char <= "鿿"):
            break
    return _with_qualifiers(text, low, best) if best else None


def _ending(word: str, *, edge: bool) -> str:
    """What a word before a colon stands for. edge: a mark or the line's beginning stands before it."""
    known = _SPELLINGS.get(word, "")
    if known:
        return WORDS[known] if edge or len(word) > _GENERIC else ""
    field = _compound(word) if edge else ""
    return field if field not in ("serial", "title") else ""


def _in_brackets(text: str, low: int, close: int) -> tuple[int, str, str] | None:
    """A label in square brackets of its own: 【责任单位】."""
    at = text.rfind("[", max(low, close - _LONGEST - 8), close)
    known = (
        _SPELLINGS.get(_JOINERS.sub("", re.sub(r"\s", "", text[at + 1 : close])), "")
        if at >= 0
        else ""
    )
    return (at, WORDS[known], known) if known else None


def _with_qualifiers(text: str, low: int, best: tuple[int, str, str]) -> tuple[int, str, str]:
    at, field, word = best
    while qualifier := next((q for q in _QUALIFIERS if text.endswith(q, low, at)), ""):
        at -= len(qualifier)
    while at > low and text[at - 1] in "[(":
        at -= 1
    return at, field, word


_OPENING: Final = re.compile(r"[ \[(]*([一-鿿]{4,12})(?:[\])]| +|为(?!了)|是)")


def opening_label(text: str, start: int, end: int) -> Label | None:
    """A label without a colon at the beginning of a part: 责任单位 甲, 牵头单位为甲."""
    match = _OPENING.match(text, start, end)
    if not match:
        return None
    field = WORDS.get(match[1], "")
    return (
        Label(match.start(1), match.end(), field, match[1]) if field in DUTIES | {"other"} else None
    )


# Who a name stands for

_ENDS: Final = tuple(NAMES["department_ends"])
_TITLES: Final = tuple(sorted(NAMES["titles"], key=len, reverse=True))
_PERSONS: Final = tuple(word for word in _TABLE["compounds"]["persons"] if len(word) > 1)
_LEVELS: Final = frozenset(_TABLE["compounds"]["levels"])
_RANKS: Final = tuple(NAMES["ranks"])
_SURE_ENDS: Final = tuple(NAMES["office_ends"])
_SURNAMES: Final = frozenset(NAMES["surnames"].split()[0])
_COMPOUNDS: Final = tuple(NAMES["compound_surnames"])
_NO_NAME: Final = re.compile(r"[的了要把对将并已未为是在以和或应须能会可请让使被向从到按各其该此]")


def is_department(name: str) -> bool:
    """Whether a folded name is formed like a department's: 市教育局, 各县（市、区）, 机关各部室."""
    bare = re.sub(r"\([^()]*\)$", "", name).strip()
    return 2 <= len(bare) <= 30 and (
        bare.endswith(_ENDS)
        or (len(bare) <= 16 and bare.startswith(("各", "全体", "有关", "相关")))
    )


def is_office(name: str) -> bool:
    """Whether it is an office where it stands alone: 市教育局, but 平安校园 may be a heading."""
    return is_department(name) and name.endswith(_SURE_ENDS) and not name.endswith("小镇")


def is_person(name: str) -> bool:
    """Whether a folded name is formed like a person's: a surname and one or two characters, or with a title."""
    bare = untitled(re.sub(r"\([^()]*\)$", "", name).replace(" ", "").replace("·", ""))
    if bare.startswith(_COMPOUNDS):
        return len(bare) in (3, 4)
    if "某" in bare and bare[0] in _SURNAMES:
        return len(bare) <= 3
    return len(bare) in (2, 3) and bare[0] in _SURNAMES and not bare.endswith(_TITLES)


def untitled(name: str) -> str:
    """A person's name without title: 副主席张慧, 张慧副主席, 组织部部长张慧 and 张慧同志 are 张慧."""
    for title in _TITLES if len(name) > 4 else ():
        before, found, after = name.rpartition(title)
        if found and before and is_person(after) and after[0] in _SURNAMES:
            return after
    for _ in range(3):
        title = next((t for t in _TITLES if name.startswith(t) or name.endswith(t)), "")
        if not title or len(name) - len(title) < 2:
            return name
        name = name[len(title) :] if name.startswith(title) else name[: -len(title)]
    return name


def is_title(name: str) -> bool:
    """Whether it is a title alone: 副主席, 党组成员, 宣传部部长, 分管副局长."""
    title = next((title for title in _TITLES if name.endswith(title)), "")
    rest = name.removesuffix(title)
    if not title or not rest or len(name) > _LONG:
        return bool(title) and len(name) <= _LONG
    office = is_department(rest) and (not is_person(rest) or rest.endswith(_SURE_ENDS))
    return office or rest.endswith(_RANKS) or rest in _LEVELS or is_title(rest)


def is_role(name: str) -> bool:
    """Whether it says an office instead of a name: 分管领导, 各科室负责人; 田老师 is one's name here."""
    title = next((title for title in (*_TITLES, *_PERSONS) if name.endswith(title)), "")
    return bool(title) and name.removesuffix(title) not in _SURNAMES


def is_name(name: str) -> bool:
    """Whether it can be a name at all, inside a sentence: short, of characters, and formed like one."""
    if not 2 <= len(name) <= 24 or re.search(r"[\d,。;:!?“”]", name):
        return False
    return is_department(name) or is_person(name)


_ODD: Final = re.compile(
    r"[0-9一二三四五六七八九十] *月(?:[底末初前份]|[上中下]旬|[0-9一二三四五六七八九十])|[0-9] *[年日]|[。;:!?]"
    r"|完成|办结|召开|举办|牵头|月底|年底|季度|长期|常态|按照|^由|^请|^并|^以及|[的了]$"
    rf"|(?:{'|'.join(word for word in CLAUSES['actions'] if word[-1] != '办')})$"  # 办 ends many an office
)
_ODD_NOTE: Final = re.compile(
    r"\([^()]{0,20}(?:始终|长期|常态|持续|适时|随时|全程|每[年月季周日]|[月旬季年][底初末]?前?)\)"
)
_LONG: Final = 22  # characters that a name outside its brackets rarely has


def is_odd(name: str) -> bool:
    """Whether a folded name looks like none: a date, a verb or the end of a sentence in it, or very long."""
    bare = re.sub(r"\([^()]{0,40}\)", "", name)
    return len(bare) > _LONG or bool(_ODD.search(bare) or _ODD_NOTE.search(name))


def header(text: str) -> str:
    """What a folded header cell stands for: a label, or one that holds a label of four characters and more."""
    if field := _both(text) or field_of(text):
        return field
    bare = key(text)
    if _TIMES.fullmatch(bare):
        return "other"
    if not 4 <= len(bare) <= 18:
        return ""
    for size in range(len(bare) - 1, 3, -1):
        for at in range(len(bare) - size, -1, -1):
            if known := _SPELLINGS.get(bare[at : at + size], ""):
                return WORDS[known]
    return "title" if _WORK.fullmatch(bare) else ""


def _both(text: str) -> str:
    """A header for an office and its person: 牵头单位及责任人, 责任科室（责任人）."""
    parts = [part for part in re.split(r"[及和与、/\n()]+| +", text) if part]
    fields = {field_of(part) for part in parts} if len(parts) == 2 else set()
    if "leaders" not in fields:
        return ""
    return "both" if "lead_departments" in fields else "who" if "departments" in fields else ""


# A column of a calendar: what is done in that month.
_TIMES: Final = re.compile(
    r"(?:20[0-9]{2}年?)?(?:(?:1[0-2]|[1-9]|十[一二]?|[一二三四五六七八九])月份?|第?[一二三四1-4]季度?|q[1-4]|[上下]半年)|20[0-9]{2}年度?",
    re.I,
)
_WORK: Final = re.compile(
    f"(?!存在|下一?步|上级|相关)[一-鿿]{{2,6}}(?:{'|'.join(_TABLE['compounds']['titles'])})"
)
