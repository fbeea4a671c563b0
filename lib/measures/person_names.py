"""A person's name as printed, and without title, bracket and telephone number."""

from __future__ import annotations

import re
from typing import Final

from lib.measures import name_forms
from lib.text.folding import fold

_INNER: Final = r"[（(\[［〔【][^（()）\[\]］〕】]{0,40}[)）\]］〕】]"
_TELEPHONE: Final = "[0-9][0-9 -]{5,20}$"
_ASIDE: Final = re.compile(rf"^{_INNER}|{_INNER}$|{_TELEPHONE}")
_PLAIN: Final = re.compile(
    "[一-鿿㐀-䶿]{2,4}|[一-鿿]{1,9}[·•][一-鿿·•]{1,12}|[A-Za-z][A-Za-z .]{1,30}|[甲乙丙丁戊己庚辛]"
)
# What may be said of a person without telling whom from another: （组长）, ：全面, a number
_REMARK: Final = re.compile(rf"\(([^()]{{1,12}})\)$|:.*$|{_TELEPHONE}")
_LAST_BRACKETS: Final = re.compile(r"（[^（）]*）$")
_GENDERS: Final = frozenset("男女")


def bare(name: str) -> str:
    """A person's name without what is said in brackets, before a colon or in digits."""
    title, _, after = fold(name).rpartition(":")
    if name_forms.is_title(title):
        start = len(name) - len(after)
        name = name[start:]
    return _ASIDE.sub("", name).strip()


def untitled(name: str) -> str:
    """A person's name without title and bracket; what then looks like none stays as it is."""
    name = bare(name) or name
    folded = name_forms.untitled(fold(name))
    person = _unfolded(name, folded)
    return person if is_plain(person) else name


def is_plain(name: str) -> bool:
    """Whether a name is beyond doubt a person's, also with a surname that is not listed."""
    folded = fold(name)
    if name_forms.is_person(folded):
        return True
    is_unlike = name_forms.is_department(folded) or name_forms.is_role(folded)
    return not is_unlike and _PLAIN.fullmatch(name) is not None


def counted(name: str) -> str:
    """A leader's name as it is counted: 副主席张慧, 张慧同志 and 张慧（组长） are 张慧.

    What may tell a person from another of the same name stays, 张慧（教育局）, and a title alone does.
    """
    folded = fold(name)
    if name_forms.is_title(folded):
        return name
    person = name_forms.untitled(_without_remark(folded))
    if name_forms.is_of_office(person) or not name_forms.is_person(person):
        return name
    bare_name = _unfolded(name, person)
    without_brackets = _LAST_BRACKETS.sub("", bare_name)
    return bare_name if _PLAIN.fullmatch(without_brackets) else name


def _without_remark(folded: str) -> str:
    """A name without what is said of the person, if that tells nobody from another."""
    remark = _REMARK.search(folded)
    if remark is None:
        return folded
    in_brackets = remark[1]
    if in_brackets is None or in_brackets in _GENDERS or _is_office_held(in_brackets):
        return folded[: remark.start()].strip()
    return folded


def _is_office_held(text: str) -> bool:
    return name_forms.is_title(text) or name_forms.is_role(text)


def _unfolded(name: str, folded: str) -> str:
    """The part of a name that is folded to a text."""
    start = fold(name).find(folded)
    return name[start : start + len(folded)]
