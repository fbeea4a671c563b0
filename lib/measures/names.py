"""The grammar of a cell of names: where it is split, and who of them leads."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import Final, NamedTuple

from lib.measures import name_forms
from lib.measures.joined import at_joiners, at_spaces
from lib.measures.placeholders import STATED, kind_of
from lib.measures.spelling import CHINESE
from lib.text.folding import fold
from lib.text.invisible import visible

SEPARATORS: Final = ",，、；;/／|｜\n\r\t\v﹑､﹐﹔。｡"
OPEN: Final = r"[（(〔\[【]"
CLOSE: Final = r"[）)〕\]】]"
INSIDE: Final = rf"[^{OPEN[1:-1]}{CLOSE[1:-1]}]"
ROLE: Final = "牵头|主办|主责|配合|协办|协同|会办|参与"
_ROLES: Final = frozenset(ROLE.split("|"))
LEADING: Final = frozenset({"牵头", "主办", "主责"})
_LEAD: Final = "牵头"
_SUPPORT: Final = "配合"
_LISTED: Final = frozenset("、﹑､")  # between names of which a verb after the last is said

# A name runs to the next separator outside brackets, of which two may stand one in the other.
# A bracket that is never closed is a character like others.
_IN_BRACKETS: Final = f"{OPEN}(?:{INSIDE}|{OPEN}{INSIDE}*{CLOSE})*{CLOSE}"
# 各县、市、区政府 and 各区、县级市 are one group: what stands after 各 is of one level. 各县、市教育局 is
# two: there the office may be the city's. 各审判庭、局 is one, since 局 alone is none.
_COUNTIES: Final = "县级市|自治县|自治旗|县区|县|市|区|州|盟|旗"
_TOWNS: Final = "乡镇|镇街|乡|镇|街道|苏木"
_OR_COUNTY: Final = rf"(?:[（(](?:{_COUNTIES})[)）])?"  # 各市（县）、区政府
ALL_OF_A_LEVEL: Final = f"各(?:{_COUNTIES}|{_TOWNS}){_OR_COUNTY}"
_GOVERNMENT: Final = "(?:人民)?政府"
_OF_COUNTY: Final = (
    f"(?:{_GOVERNMENT}|[党纪团]?委(?![一-鿿])|总?工会|管委会|(?!域)[一-鿿]{{1,8}}局(?![一-鿿]))"
)
_ENDS: Final = f"(?![一-鿿])|(?={ROLE}|分别|共同|具体|负责|按|等)"
BARE_OFFICES: Final = "局|处|室|科|股|所|站|队|庭|院|系|部|中心|学院"
_GROUP: Final = (
    f"各(?:(?:{_COUNTIES}){_OR_COUNTY}、){{1,5}}"
    f"(?:(?:县级市|自治县|自治旗|县|区|州|盟|旗){_OF_COUNTY}|(?:{_COUNTIES})(?:{_ENDS}))"
    f"|各(?:(?:{_TOWNS})、){{1,5}}"
    f"(?:(?:{_TOWNS})(?:{_GOVERNMENT}|办事处|办|[党纪团]?工?委)?(?:{_ENDS}))"
    f"|各[一-鿿]{{1,8}}(?:、(?:{BARE_OFFICES})){{1,5}}(?:{_ENDS})"
)
_NAME: Final = re.compile(f"(?:{_IN_BRACKETS}|{_GROUP}|[^{SEPARATORS}])+")
_LINE_BREAK: Final = re.compile(r"<[Bb][Rr] ?/?>|_x000[Dd]_")
_SPACES: Final = rf"[^\S{SEPARATORS}]*"  # that part no names
# 1.办公室 2.财务部, ①办公室②财务部
_NUMBER: Final = re.compile(
    rf"[①-⓿❶-➓]|(?<![^\s{SEPARATORS}:：])[0-9０-９]{{1,2}}[.．)）]"
    rf"(?={_SPACES}[^\s0-9０-９.．{SEPARATORS}])"
)
# 1、办公室 2、财务部; where no second number follows, 1 may be a name
_LISTED_NUMBER: Final = re.compile(
    r"(?:^|(?<=[\s;；]))(?:[0-9０-９]{1,2}|[一二三四五六七八九十]{1,3})、"
)
_ARE_NUMBERED: Final = re.compile(r"[1１]、.*[\s;；][2２]、|一、.*[\s;；]二、", re.DOTALL)
# （一）办公室（二）财务部, of which only the first stands at the beginning
_BRACKETED_NUMBER: Final = re.compile(r"[（(](?:[0-9]{1,2}|[一二三四五六七八九十]{1,3})[)）]")
# 牵头单位：组宣部
_WHOSE: Final = "(?:部门|单位|部室|科室|股室|处室|领导|人)?"
LABEL: Final = rf"(?:{ROLE}|责任|负责){_WHOSE}"
_LABEL: Final = re.compile(
    rf"(?:总|主要|共同|具体)?(?P<role>{ROLE}|责任|负责){_WHOSE}{_SPACES}[:：]{_SPACES}"
)
_BRACKETS_OR_LABEL: Final = re.compile(f"{_IN_BRACKETS}|(?P<label>{_LABEL.pattern})")
# 组宣部（牵头）
_ROLE_IN_BRACKETS: Final = re.compile(rf"(?<!\s)\s*[（(]({ROLE})(?:部门|单位)?[)）]$")
# 组宣部负责牵头, 由组宣部牵头落实
_ROLE_AFTER: Final = re.compile(
    r"(?<!\s)\s*(?:负责|共同|具体|总|积极)?"
    r"(?:(牵头|配合)(?:负责|落实|组织|推进|实施|办理|抓好|做好)?|协助)$"
)
_CHARGED: Final = re.compile(r"(?:具体|分别|共同)?负责(?:落实|实施|推进|办理)?$")
# 办公室（财务部配合）
_NAMES_IN_BRACKETS: Final = re.compile(
    rf"(?P<before>.*?)[（(]由?(?P<inside>{INSIDE}+?)(?:负责)?(?P<role>{ROLE}|协助)[)）]"
)
# 各部门（牵头：办公室；配合：财务部）
_LABELS_IN_BRACKETS: Final = re.compile(
    rf"(?=.*[)）]\Z)(?P<before>.*?)[（(](?P<inside>(?:{_LABEL.pattern}).+)[)）]"
)
_TOGETHER: Final = "会同"
_SHORT: Final = 40  # characters of a piece that is remembered
_REMEMBERED: Final = 10_000  # pieces
# A starred name leads; （联系人：甲） is no part of one
_STARS: Final = re.compile(f"^[*＊★☆▲△#＃](?=[{CHINESE}])|(?<=[{CHINESE}])[*＊★☆▲△]$")
_EXPLANATION: Final = re.compile(
    rf"[（(](?!{_LABEL.pattern})[{CHINESE}]{{1,20}}[:：][^（()）]{{0,40}}[)）]$"
)


class Named(NamedTuple):
    """A name and the role that is noted at it or before it: 市教育局（牵头）."""

    name: str
    note: str


class LedNames(NamedTuple):
    """The names of a cell, those that lead first, and how many do."""

    names: list[str]
    leading: int


class _Piece(NamedTuple):
    """What stands between two separators. is_listed: the one before it is 、."""

    text: str
    is_listed: bool


class _Statement(NamedTuple):
    """What a piece says.

    names: before any bracket, never changed in place; verb: what is said of them, one that leads of those
    listed before as well; inside: whom a bracket names with a role.
    """

    names: list[Named]
    verb: str = ""
    inside: Sequence[Named] = ()


def led_first(cell: str) -> LedNames:
    """The names of a cell, the noted leaders first; without notes the first leads."""
    leading: list[str] = []
    unnoted: list[str] = []
    supporting: list[str] = []
    for name, note in split_names(cell):
        if note in LEADING:
            leading.append(name)
        elif note:
            supporting.append(name)
        else:
            unnoted.append(name)
    names = leading + unnoted + supporting
    if leading or not unnoted:
        return LedNames(names, len(leading))
    return LedNames(names, 1)


def split_names(cell: str) -> list[Named]:
    """Split a cell into its names, each with the role that is noted at it or before it.

    Only separators outside brackets split, and words and spaces between whole names (`joined`). 无
    and 待定 are nobody. A label counts until the next one; a leading verb for the names that are listed
    before it too, a supporting one for its own name alone.

        组宣部，市文广旅局（市体育局）       two names without notes
        办公室、组宣部（牵头）               牵头 at the second
        牵头：组宣部；配合：机关党委、办公室   牵头 once, 配合 twice
        办公室、组宣部牵头，财务部配合        牵头 twice, 配合 once
    """
    if kind_of(cell) != STATED:
        return []
    names: list[Named] = []
    role = ""
    list_start = 0
    for piece in _pieces(cell):
        text = piece.text
        label = _LABEL.match(text)
        if label:
            text = text[label.end() :]
            role = label["role"] if label["role"] in _ROLES else ""
        if label or not piece.is_listed:
            list_start = len(names)
        statement = _statement_of_starred(text, role)
        verb = statement.verb
        if verb in LEADING:
            listed = names[list_start:]
            names[list_start:] = [_noted(name, verb) for name in listed]
        names += statement.names
        if verb:
            list_start = len(names)
        if statement.inside:
            names = _with_brackets(names, statement.inside)
    return names


def _pieces(cell: str) -> Iterator[_Piece]:
    """What stands between the separators, the labels and the numbers of a cell."""
    in_lines = _LINE_BREAK.sub("\n", visible(cell))
    text = _BRACKETS_OR_LABEL.sub(_apart, _without_numbers(in_lines))
    end = 0
    for piece in _NAME.finditer(text):
        separators = text[end : piece.start()]
        is_listed = bool(separators) and _LISTED.issuperset(separators)
        yield _Piece(piece[0].strip(), is_listed)
        end = piece.end()


def _without_numbers(text: str) -> str:
    """A text with line breaks for the numbers before names."""
    if _ARE_NUMBERED.match(text):
        text = _LISTED_NUMBER.sub("\n", text)
    if _BRACKETED_NUMBER.match(text):
        text = _BRACKETED_NUMBER.sub("\n", text)
    return _NUMBER.sub("\n", text)


def _apart(match: re.Match[str]) -> str:
    """A label with a line break before it; a bracket as it is."""
    if match["label"]:
        return f"\n{match[0]}"
    return match[0]


def _noted(named: Named, note: str) -> Named:
    """A name with the note that it has already, else with another."""
    return named if named.note else Named(named.name, note)


def _with_brackets(names: list[Named], inside: Sequence[Named]) -> list[Named]:
    """The names of a cell so far, with those of a bracket: 甲、乙（甲牵头） are two."""
    not_before = {named.name: named for named in inside}
    with_roles = [not_before.pop(named.name, named) for named in names]
    return [*with_roles, *not_before.values()]


# --- what one piece says ----------------------------------------------------------------------------


def _statement_of_starred(text: str, role: str) -> _Statement:
    """What a piece says that may have a star, and an explanation in brackets."""
    bare = _EXPLANATION.sub("", text).strip()
    unstarred = _STARS.sub("", bare)
    if unstarred != bare:
        role = _LEAD
    if len(unstarred) > _SHORT:
        return _statement_of(unstarred, role)
    return _statement_of_short(unstarred, role)


@lru_cache(_REMEMBERED)
def _statement_of_short(text: str, role: str) -> _Statement:
    """What a short piece says: the same few stand in cell after cell, and before verb after verb."""
    return _statement_of(text, role)


def _statement_of(text: str, role: str) -> _Statement:
    """What a piece says of whom. role: the label's before it."""
    role_in_brackets = _ROLE_IN_BRACKETS.search(text)
    if role_in_brackets and role_in_brackets.start():
        before = text[: role_in_brackets.start()]
        names = _names_without_roles(before, role_in_brackets[1])
        return _Statement(names)
    bracket = _bracket(text)
    if bracket.inside:
        names = _names_without_roles(bracket.before, role)
        return _Statement(names, inside=bracket.inside)
    verb = _ROLE_AFTER.search(text)
    if verb and verb.start():
        note = verb[1] or _SUPPORT
        return _Statement(_together(_subject(verb), note), note)
    charged = _CHARGED.search(text)
    if charged and charged.start():
        subject = _subject(charged)
        if _is_name(subject):
            text = subject
    return _Statement(_together(text, role))


def _subject(verb: re.Match[str]) -> str:
    """Of whom a verb is said: what stands before it, without 由."""
    before = verb.string[: verb.start()]
    return before.removeprefix("由")


class _Bracket(NamedTuple):
    """What stands before a bracket, and whom it names with their roles: nobody in most."""

    before: str
    inside: Sequence[Named] = ()


def _bracket(text: str) -> _Bracket:
    """The bracket at the end of a piece; where it names nobody, all stands before it."""
    with_labels = _LABELS_IN_BRACKETS.fullmatch(text)
    if with_labels:
        return _Bracket(with_labels["before"], split_names(with_labels["inside"]))
    with_verb = _NAMES_IN_BRACKETS.fullmatch(text)
    if with_verb is None:
        return _Bracket(text)
    role = with_verb["role"] if with_verb["role"] in _ROLES else _SUPPORT
    inside: list[Named] = []
    for name, _ in split_names(with_verb["inside"]):
        if not _is_name(name):
            return _Bracket(text)
        inside.append(Named(name, role))
    return _Bracket(with_verb["before"], inside)


def _together(text: str, note: str) -> list[Named]:
    """The names before and after 会同, of which these support."""
    before, _, after = text.partition(_TOGETHER)
    if not _is_name(after) or (before and not _is_name(before)):
        return _names_without_roles(text, note)
    named = _names_without_roles(before, note)
    supporting = _names_without_roles(after, _SUPPORT)
    return [*named, *supporting]


def _names_without_roles(text: str, note: str) -> list[Named]:
    """The names of a text without separators and roles."""
    names: list[Named] = []
    for word in at_spaces(text):
        for name in at_joiners(word):
            if name and kind_of(name) == STATED:
                names.append(Named(name, note))
    return names


def _is_name(text: str) -> bool:
    folded = fold(text)
    if name_forms.is_topic(folded):
        return False
    return name_forms.is_department(folded) or name_forms.is_person(folded)
