"""Names that stand in one piece without a separator: 办公室和财务部, 张　慧　王小明.

A name may hold such a word or a space itself: 市人力资源和社会保障局, 张　慧. So a piece is parted
only where both sides are whole names; where that may be so and is not sure, it stays one name, and
`is_doubtful` says so.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final, NamedTuple

from lib.measures import name_forms
from lib.measures.spelling import CHINESE
from lib.text.folding import fold

_JOINER: Final = re.compile(r"以及|[和及与并&+\\]")
# Between two persons these may be a slip for 、; 张·王 is a name.
_SLIP: Final = re.compile(r"[.-]")
_SIGN: Final = re.compile(rf"(?<=[{CHINESE}])[&+\\](?=[{CHINESE}])")
_AND: Final = re.compile("以及|[和及与]")
_SHORT: Final = re.compile(f"[{CHINESE}]{{2,4}}")
_ALL_CHINESE: Final = re.compile(f"[{CHINESE}]+")
_BRACKETS: Final = re.compile(r"\([^()]*\)|\[[^\[\]]*\]")
_OFFICE_END: Final = re.compile("(?<!总)(?:局|厅|委|办|处|部|科|股|院|中心|公司|管委会)")
# Where the names of a column are looked through: what every name of two such offices holds
MAY_BE_OFFICES: Final = "|".join(
    (
        *(f"{end}.{{2,}}{end}$" for end in "局厅委办处部科股院心司会"),
        "[局厅委办处部科股院心司会][各省市县区镇乡].",
    )
)
_PARTS_OF_OFFICES: Final = ("分局", "支局", "分院", "分中心", "分公司", "支部", "监委")
_SHORTEST_OFFICE: Final = 3  # characters
_LEVELS: Final = "省市州县区镇乡"
_COMMITTEES: Final = ("党委", "工委")
_LONGEST_COMMITTEE: Final = 3  # characters without a place: 党工委
_ITS_GOVERNMENTS: Final = frozenset({"政府", "人民政府", "管委会", "管理委员会", "办事处"})
_LONGEST: Final = 80  # characters of a text that may be names
_MOST_WORDS: Final = 40  # between spaces, that may be names set wide
_SHORTEST_OF_A_KIND: Final = 3  # characters of 城东区 and 城西区, which one ending makes two names
_LONGEST_GIVEN: Final = 2
_LONGEST_WIDE: Final = 3  # characters set wide that are one name whatever they are
_PAIR: Final = 2  # characters of a surname and the shortest name
_AND_OTHERS: Final = re.compile(
    r"(?<=[一-鿿]{2})等(?:[0-9一二三四五六七八九十]{1,2}[人名位]|班子成员|领导|同志|人|$)[一-鿿]{0,4}$"
)
_AND_SO_ON: Final = re.compile(
    r"等(?:[0-9一二三四五六七八九十]{1,3}[个家]?)?(?:有关|相关|各)?(?:责任)?"
    r"(?:部门|单位|科室|处室|部室|乡镇)?$|等$"
)


class _Sides(NamedTuple):
    """What stands before and after a word that may join two names, folded, and where it stands."""

    left: str
    right: str
    start: int
    end: int


def _sides(folded: str, word: re.Pattern[str]) -> Iterator[_Sides]:
    """The two sides of each such word outside brackets."""
    outside = _BRACKETS.sub(_hidden, folded)
    for match in word.finditer(outside):
        start, end = match.span()
        before = folded[:start].strip()
        after = folded[end:].strip()
        if before and after:
            yield _Sides(before, after, start, end)


def _hidden(brackets: re.Match[str]) -> str:
    """As many characters as the brackets have, none of which is a word."""
    return "□" * len(brackets[0])


# --- joined by a word -------------------------------------------------------------------------------


def at_joiners(piece: str) -> list[str]:
    """Part a piece at 和, 及, 与, 并 and & where both sides are whole names."""
    if len(piece) > _LONGEST:
        return [piece]
    folded = fold(piece)
    joiners = list(_sides(folded, _JOINER))
    names: list[str] = []
    stop = len(piece)
    while joiners:
        joiner = joiners.pop()
        right = folded[joiner.end : stop].strip()
        left_names = _names_before(joiner, joiners, folded)
        if any(_are_two(left, right) for left in left_names):
            name = piece[joiner.end : stop]
            names.append(name.strip())
            stop = joiner.start
    first_name = piece[:stop]
    names.append(first_name.strip())
    return names[::-1]


def _names_before(joiner: _Sides, earlier: list[_Sides], folded: str) -> Iterator[str]:
    """The names that may end before a joiner, the longest first.

    市发展和改革委员会和市财政局: the name before the last 和 may hold such a word itself.
    """
    starts = [0]
    for word in earlier:
        starts.append(word.end)
    for start in starts:
        name = folded[start : joiner.start]
        yield name.strip()


def _are_two(left: str, right: str) -> bool:
    """Whether both are whole names of one kind: two offices, or two persons."""
    if _are_persons(left, right):
        return True
    if not _are_departments(left, right):
        return False
    if name_forms.is_body(left) and name_forms.is_office_of_body(right):
        return False  # 市委和市政府办公室
    if _are_of_one_place(left, right):
        return False
    if _are_of_a_kind(left, right):
        return True
    return name_forms.is_whole_office(left) and name_forms.is_whole_office(right)


def _are_departments(left: str, right: str) -> bool:
    return name_forms.is_department(left) and name_forms.is_department(right)


def _are_persons(left: str, right: str) -> bool:
    return _is_person(left) and _is_person(right)


def _are_of_one_place(left: str, right: str) -> bool:
    """Whether a government is that of the committee before it: 各县党委和人民政府."""
    is_of_place = left.endswith(_COMMITTEES) and len(left) > _LONGEST_COMMITTEE
    return is_of_place and right in _ITS_GOVERNMENTS


def _are_of_a_kind(left: str, right: str) -> bool:
    """Whether two names have one ending: 城东区 and 城西区."""
    if min(len(left), len(right)) < _SHORTEST_OF_A_KIND:
        return False
    if name_forms.is_generic(left):
        return False
    return left[-1] == right[-1]


def _is_person(name: str) -> bool:
    """Whether a name is a person's, 张慧 or 马县长, or a title alone."""
    if name_forms.is_of_office(name):
        return False
    return name_forms.is_person(name) or name_forms.is_called(name) or name_forms.is_title(name)


# --- doubts -----------------------------------------------------------------------------------------


def is_doubtful(name: str, *, persons: bool = False) -> bool:
    """Whether a name that was not parted may be several.

    persons: whether it stands among persons, where 张慧王敏 may be two.
    """
    if len(name) > _LONGEST:
        return False
    folded = fold(name)
    if _SIGN.search(folded) or _are_offices_run_together(folded):
        return True
    if any(_may_be_two(sides) for sides in _sides(folded, _JOINER)):
        return True
    if any(_are_persons(sides.left, sides.right) for sides in _sides(folded, _SLIP)):
        return True
    return persons and _may_be_several_persons(folded)


def _are_offices_run_together(name: str) -> bool:
    """Whether two offices of one kind or of one level stand side by side: 教育局财政局, 县教育局县残联.

    县教育局办公室 is one: the second is a part of the first.
    """
    for ending in _OFFICE_END.finditer(name):
        cut = ending.end()
        left = name[:cut]
        right = name[cut:]
        shortest = min(len(left), len(right))
        if shortest < _SHORTEST_OFFICE:
            continue
        is_part = right.endswith(_PARTS_OF_OFFICES)
        is_of_one_kind = right.endswith(ending[0]) and not is_part
        is_like = is_of_one_kind or _is_of_level(left, right)
        if is_like and _are_departments(left, right):
            return True
    return False


def _is_of_level(left: str, right: str) -> bool:
    """Whether an office says that it is of the level of the one before it, or of each of a level."""
    if right[0] == "各":
        return True
    return right[0] == left[0] and left[0] in _LEVELS


def _may_be_two(sides: _Sides) -> bool:
    """Whether the two sides of a joiner may be two offices, or two persons."""
    left, right, _, _ = sides
    if _are_of_one_place(left, right):
        return False
    if name_forms.is_vague(left) and name_forms.is_vague(right):
        return True
    return _may_be_name(left) and _may_be_name(right)


def _may_be_name(text: str) -> bool:
    if name_forms.is_topic(text) or name_forms.is_generic(text):
        return False
    return name_forms.is_department(text) or _is_person(text)


def _may_be_several_persons(folded: str) -> bool:
    if _are_two_persons(folded):
        return True
    return any(_may_be_persons(sides) for sides in _sides(folded, _AND))


def _may_be_persons(sides: _Sides) -> bool:
    return _may_be_person(sides.left) and _may_be_person(sides.right)


def _may_be_person(name: str) -> bool:
    """Whether a name may be a person's with a surname that is not listed: 图尔逊 and 阿里木."""
    is_short = _SHORT.fullmatch(name) is not None
    return is_short and not name_forms.is_of_office(name)


def _are_two_persons(name: str) -> bool:
    """Whether two persons stand in one name: 张慧王敏, 张慧王小明."""
    if not _ALL_CHINESE.fullmatch(name) or _is_one_name(name):
        return False
    cuts = range(2, len(name) - 1)
    return any(_are_persons(name[:cut], name[cut:]) for cut in cuts)


def _is_one_name(name: str) -> bool:
    """Whether a name as a whole is a person's, or that of an office, a title or a role."""
    if name_forms.is_person(name) or name_forms.is_department(name):
        return True
    return name_forms.is_title(name) or name_forms.is_role(name)


def without_others(name: str) -> str:
    """A name without 等, 等部门 or 等同志 at its end, of which nobody knows who they are.

    Nothing is left of 等有关部门, which may stand after a separator.
    """
    folded = fold(name)
    others = _AND_SO_ON.search(folded) or _AND_OTHERS.search(folded)
    if others is None:
        return name
    return name[: others.start()]


def without_unnamed(name: str) -> str:
    """A name without others, never an empty one: 等有关部门 that stands alone is 有关部门."""
    return without_others(name) or name.removeprefix("等") or name


# --- joined by spaces -------------------------------------------------------------------------------


def at_spaces(piece: str) -> list[str]:
    """Part Chinese names at spaces; 张　慧 is one name set wide, Latin names keep spaces."""
    words = piece.split()
    if not all(_begins_chinese(word) for word in words):
        return [piece]
    if len(words) > _MOST_WORDS:
        return words
    whole = "".join(words)
    if _is_set_wide(words, whole):
        return [whole]
    return _wide_pairs(words, whole) or _aligned(words)


def _begins_chinese(word: str) -> bool:
    return re.match(f"[{CHINESE}]", word) is not None


def _is_set_wide(words: list[str], whole: str) -> bool:
    """Whether the words are the characters of one name: 张　慧, 办 公 室, 办 公室."""
    is_office = name_forms.is_department(fold(whole))
    characters = [word for word in words if len(word) == 1]
    are_all_characters = len(characters) == len(words)
    if are_all_characters and len(words) <= _LONGEST_WIDE:
        return True
    if are_all_characters:
        return is_office or not _is_surname(words[0])
    return is_office and not all(map(_is_surname, characters))


def _is_surname(word: str) -> bool:
    return name_forms.is_surname(fold(word))


def _wide_pairs(words: list[str], whole: str) -> list[str]:
    """Persons of two characters set wide, between whom a line end was lost: 陈 新马 明; [] for none.

    The words are then 1, 2, …, 2, 1 characters long: each space stands within a name.
    """
    words_between = len(words) - 2
    lengths = [len(word) for word in words]
    if lengths != [1, *[_PAIR] * words_between, 1]:
        return []
    starts = range(0, len(whole), _PAIR)
    pairs = [whole[start : start + _PAIR] for start in starts]
    are_persons = all(_is_person(fold(pair)) for pair in pairs)
    return pairs if are_persons else []


def _aligned(words: list[str]) -> list[str]:
    """Put together what belongs together: a surname and its name, a person and a title."""
    first, *others = words
    names = [first]
    for number, word in enumerate(others, 1):
        is_last = number == len(others)
        before = fold(names[-1])
        if _belongs_to(before, fold(word), is_last=is_last):
            names[-1] += word
        else:
            names.append(word)
    return names


def _belongs_to(name: str, word: str, *, is_last: bool) -> bool:
    """Whether a word goes on with the name before it."""
    if name_forms.is_surname(name):
        return len(word) <= _LONGEST_GIVEN
    ends_name = is_last or not name_forms.is_surname(word)
    if len(word) == 1 and ends_name:
        return _is_person(name) and _is_person(name + word)
    name_is_title = name_forms.is_title(name)
    if name_forms.is_title(word):
        return not name_is_title and _is_person(name)
    return name_is_title and _is_person(word)
