"""Whom a name stands for, by its form: a department, a person, a title. All names are folded."""

from __future__ import annotations

import re
from typing import Final

from lib.measures.vocabulary import CLAUSES, COMPOUNDS, NAMES

_DEPARTMENT_ENDS: Final = NAMES["department_ends"]
_OFFICE_ENDS: Final = NAMES["office_ends"]
_TITLES: Final = tuple(sorted(NAMES["titles"], key=len, reverse=True))
_RANKS: Final = NAMES["ranks"]
_SURNAMES: Final = frozenset("".join(NAMES["surnames"]))
_COMPOUND_SURNAMES: Final = NAMES["compound_surnames"]
_LEVELS: Final = frozenset(COMPOUNDS["levels"])
_WHOLE_ENDS: Final = NAMES["whole_ends"]
_NO_OFFICES: Final = NAMES["no_offices"]
_VAGUE: Final = frozenset(NAMES["vague"])
_TOPICS: Final = frozenset(NAMES["topics"])
_PERSONS: Final = [word for word in COMPOUNDS["persons"] if len(word) > 1]
_ROLES: Final = (*_TITLES, *_PERSONS)
# 各镇, 市直各部门, 区属各有关单位
_ALL_OF_THEM: Final = re.compile("(?:[省市州县区旗镇乡][直级属])?(?:各|全体|有关|相关)")

_SHORTEST: Final = 2  # characters of a name
_LONGEST_PERSON: Final = 3
_LONGEST_DEPARTMENT: Final = 30
_LONGEST_COLLECTIVE: Final = 16  # 各县（市、区）, 有关部门
_LONGEST_NAME: Final = 24  # inside a sentence
_LONGEST_BARE: Final = 22  # that a name outside its brackets rarely has
_WITH_COMPOUND_SURNAME: Final = (3, 4)
_TITLES_OF_ONE: Final = 3  # that a person's name may carry

_LAST_BRACKETS: Final = re.compile(r"\([^()]*\)$")
_BRACKETS: Final = re.compile(r"\([^()]{0,40}\)")
_NO_NAME: Final = re.compile(r"[\d,。;:!?“”]")
_ACTIONS: Final = "|".join(
    word
    for word in CLAUSES["actions"]
    if not word.endswith("办")  # many an office ends so
)
_ODD: Final = re.compile(
    r"[0-9一二三四五六七八九十] *月(?:[底末初前份]|[上中下]旬|[0-9一二三四五六七八九十])"
    r"|[0-9] *[年日]|[。;:!?]"
    r"|完成|办结|召开|举办|牵头|月底|年底|季度|长期|常态|按照|^由|^请|^并|^以及|[的了]$"
    rf"|(?:{_ACTIONS})$"
)
# 中共某县委, 县政府: the offices of such bodies are called 县委和县政府办公室.
_BODY: Final = re.compile(
    r"[一-鿿]{0,8}(?:[省市县区州旗镇乡]委|街道|党?工委|党委|政府|人大(?:常委会)?|政协)"
)
_OFFICE_OF_BODY: Final = re.compile(
    r"[一-鿿]{0,8}(?:[省市县区州旗镇乡]委|党委|工委|政府|人大|政协)[一-鿿]{1,6}[室办处科局]"
)
_ODD_NOTE: Final = re.compile(
    r"\([^()]{0,20}"
    r"(?:始终|长期|常态|持续|适时|随时|全程|每[年月季周日]|[月旬季年][底初末]?前?)\)"
)


def is_department(name: str) -> bool:
    """Whether a name is formed like a department's: 市教育局, 各县（市、区）, 机关各部室."""
    bare = _LAST_BRACKETS.sub("", name).strip()
    if not _SHORTEST <= len(bare) <= _LONGEST_DEPARTMENT:
        return False
    if len(bare) <= _LONGEST_COLLECTIVE and _ALL_OF_THEM.match(bare):
        return True
    return bare.endswith(_DEPARTMENT_ENDS)


def is_office(name: str) -> bool:
    """Whether it is an office where it stands alone: 市教育局, but 平安校园 may be a heading."""
    is_formed_like_one = is_department(name) and name.endswith(_OFFICE_ENDS)
    return is_formed_like_one and not name.endswith("小镇")


def is_whole_office(name: str) -> bool:
    """Whether it is an office beyond doubt beside another: 财务部, 各镇, but not 干部 or 政府."""
    bare = _LAST_BRACKETS.sub("", name).strip()
    if _ALL_OF_THEM.match(bare):
        return is_department(bare)
    if len(bare) < _SHORTEST or is_generic(bare):
        return False
    return bare.endswith(_WHOLE_ENDS)


def is_generic(name: str) -> bool:
    """Whether it is a word for offices or places and no office's name: 学校, 离退休干部."""
    return is_vague(name) or name.endswith(_NO_OFFICES)


def is_vague(name: str) -> bool:
    """Whether it is a word for offices and no office's name: 政府, 学校."""
    return name in _VAGUE


def is_topic(name: str) -> bool:
    """Whether it says what an office is for, though formed like a name: 安全, 宣传, 应急."""
    return name in _TOPICS


def is_of_office(name: str) -> bool:
    """Whether it is formed like a department's name or says what one is for."""
    return is_topic(name) or is_department(name)


def is_body(name: str) -> bool:
    """Whether it is a committee of the party, a government, a congress: 市委, 县政府."""
    return _BODY.fullmatch(name) is not None


def is_office_of_body(name: str) -> bool:
    """Whether it is an office that several such bodies may have together: 市政府办公室."""
    return _OFFICE_OF_BODY.fullmatch(name) is not None


def is_surname(text: str) -> bool:
    """Whether it is a surname and nothing else."""
    return text in _SURNAMES or text in _COMPOUND_SURNAMES


def is_called(name: str) -> bool:
    """Whether it is a surname with a title: 马县长, 李书记."""
    for title in _TITLES:
        if name.endswith(title):
            return is_surname(name.removesuffix(title))
    return False


def is_person(name: str) -> bool:
    """Whether a name is a person's: a surname and one or two characters, or with a title."""
    without_notes = _LAST_BRACKETS.sub("", name)
    bare = untitled(without_notes.replace(" ", "").replace("·", ""))
    if bare.startswith(_COMPOUND_SURNAMES):
        return len(bare) in _WITH_COMPOUND_SURNAME
    if not bare or bare[0] not in _SURNAMES:
        return False
    if "某" in bare:
        return len(bare) <= _LONGEST_PERSON
    is_as_long_as_a_name = _SHORTEST <= len(bare) <= _LONGEST_PERSON
    return is_as_long_as_a_name and not bare.endswith(_TITLES)


def untitled(name: str) -> str:
    """A person's name without title: 副主席张慧, 张慧同志, 组织部部长张慧 are 张慧."""
    return _after_title(name) or _without_titles(name)


def _begins_with_surname(name: str) -> bool:
    if name.startswith(_COMPOUND_SURNAMES):
        return True
    return name[:1] in _SURNAMES


def _after_title(name: str) -> str:
    """The person that an office's title stands before, 组织部部长张慧; "" where there is none."""
    if len(name) <= _LONGEST_PERSON + 1:
        return ""
    for title in _TITLES:
        office, _, person = name.rpartition(title)
        if office and _begins_with_surname(person) and is_person(person):
            return person
    return ""


def _without_titles(name: str) -> str:
    if not name.startswith(_TITLES) and not name.endswith(_TITLES):
        return name
    for _ in range(_TITLES_OF_ONE):
        title = next((title for title in _TITLES if _stands_at_an_end(title, name)), "")
        if not title or len(name) - len(title) < _SHORTEST:
            return name
        name = _without(title, name)
    return name


def _without(title: str, name: str) -> str:
    if name.startswith(title):
        return name.removeprefix(title)
    return name.removesuffix(title)


def _stands_at_an_end(title: str, name: str) -> bool:
    return name.startswith(title) or name.endswith(title)


def is_title(name: str) -> bool:
    """Whether it is a title alone: 副主席, 党组成员, 宣传部部长, 分管副局长."""
    if len(name) > _LONGEST_BARE or not name.endswith(_TITLES):
        return False
    title = next(title for title in _TITLES if name.endswith(title))
    before = name.removesuffix(title)
    if not before or before.endswith(_RANKS) or before in _LEVELS:
        return True
    if is_department(before):
        may_be_person = is_person(before) and not before.endswith(_OFFICE_ENDS)
        if not may_be_person:
            return True
    return is_title(before)


def is_role(name: str) -> bool:
    """Whether it says an office, 分管领导, instead of a name; 田老师 is a name here."""
    role = next((role for role in _ROLES if name.endswith(role)), "")
    if not role:
        return False
    return name.removesuffix(role) not in _SURNAMES


def is_name(name: str) -> bool:
    """Whether it can be a name inside a sentence: short, and formed like one."""
    if not _SHORTEST <= len(name) <= _LONGEST_NAME or _NO_NAME.search(name):
        return False
    return is_department(name) or is_person(name)


def is_odd(name: str) -> bool:
    """Whether it looks like no name: very long, or with a date or a verb in it."""
    bare = _BRACKETS.sub("", name)
    if len(bare) > _LONGEST_BARE:
        return True
    return _ODD.search(bare) is not None or _ODD_NOTE.search(name) is not None
