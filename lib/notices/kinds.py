"""What a column holds whose header is not known: numbers, people, offices, dates or words."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from itertools import pairwise
from typing import Final

from lib.measures import name_forms
from lib.text import day_numbers, deadlines

_READ: Final = 200  # characters of a cell that are looked at
_FEWEST: Final = 3  # cells that must be filled for a run of numbers
_ANY_YEAR: Final = 2020  # whether a phrase can be read does not depend on the year

_FIGURE: Final = re.compile(r"[-/—0-9.,%+≥≤<>¥]+ *(?:[%个项件条户人次分]|[万亿]?元)?")
_DAY: Final = re.compile(
    r"(?:[0-9]{1,2}月[0-9]{1,2}日?|(?:星期|周)[一二三四五六日天]|第[一二三四五六七八九十0-9]{1,3}周)"
    r"\D{0,6}"
)
_NUMBER: Final = re.compile("[0-9]{1,4}")
_HAN: Final = re.compile("[一二三四五六七八九十]{1,3}")
_NUMBER_EDGES: Final = " 、.()"
_BETWEEN: Final = re.compile(r"[、,;/\s]+")

# Lists that hold no measures, whatever their columns are.
_ROSTER: Final = re.compile(
    r"(?:(?:值班|值守|带班|轮值|签到|考勤)(?:人员|安排|轮值|一览|登记|汇总|统计){0,8}表|通[讯信]录|花名册"
    r"|(?:联系|联络)(?:人|方式|电话)(?:一览)?表) *(?:\([^()]{0,20}\))?$",
    re.M,
)
# Lists that hold none unless a column is named for deadlines.
_ACCOUNT: Final = re.compile(
    r"(?:评分|打分|计分|得分|统计|预算|决算)(?:标准|细则|情况|汇总|明细|一览)*表?"
    r" *(?:\([^()]{0,20}\))?$",
    re.M,
)


def is_roster(title: str) -> bool:
    """Whether a folded title is of a duty roster, a list of contacts or the like."""
    return bool(_ROSTER.search(title))


def is_account(title: str) -> bool:
    """Whether a folded title is of scores, statistics or a budget."""
    return bool(_ACCOUNT.search(title))


def counts(cells: Sequence[str]) -> bool:
    """Whether cells count 1, 2, 3 …; they may begin anew below 一、二、三."""
    bare = [cell.strip(_NUMBER_EDGES) for cell in cells]
    serials = [cell for cell in bare if cell and not _HAN.fullmatch(cell)]
    are_numbers = all(map(_NUMBER.fullmatch, serials))
    if not are_numbers or len(serials) < _FEWEST:
        return False
    numbers = [0, *map(int, serials)]
    restarts: list[int] = []
    for before, after in pairwise(numbers):
        if after != before + 1:
            restarts.append(after)
    all_begin_anew = all(number == 1 for number in restarts)
    are_few = len(restarts) * 2 < len(serials)
    return all_begin_anew and are_few


def people(cell: str) -> bool:
    """One or several persons, and nothing else."""
    untitled: list[str] = []
    for piece in _BETWEEN.split(cell.strip()):
        if not name_forms.is_title(piece):
            untitled.append(name_forms.untitled(piece))
    names = filter(None, untitled)
    return bool(untitled) and all(map(_is_only_person, names))


def _is_only_person(name: str) -> bool:
    return name_forms.is_person(name) and not name_forms.is_department(name)


def offices(cell: str) -> bool:
    """One or several offices, and nothing else."""
    names = listed(cell)
    return bool(names) and all(map(name_forms.is_office, names))


def listed(cell: str) -> list[str]:
    """What a cell lists, each without the marks between them."""
    pieces = _BETWEEN.split(cell.strip())
    return [name for name in pieces if name]


def dated(cell: str) -> bool:
    """A date, a range of dates or a deadline; not 已完成, which says how far a thing is."""
    bare = cell.strip()
    if day_numbers.in_words(bare) or bare.startswith("已"):  # a sum as likely as a day
        return False
    if _DAY.fullmatch(bare):
        return True
    return deadlines.read(bare, _ANY_YEAR) is not None


def words(cell: str) -> bool:
    """What none of the others is: it can be what is to be done."""
    is_figure = _FIGURE.fullmatch(cell.strip()) is not None
    if is_figure or dated(cell):
        return False
    return not people(cell)


# What a column or a label that is not known may hold, by the cell that would then be missed.
OF_CELLS: Final = (("leaders", people), ("lead_departments", offices), ("deadline", dated))


def mostly(is_kind: Callable[[str], bool], cells: Sequence[str]) -> bool:
    """Whether more than half of the folded cells that are filled are of a kind."""
    filled = [cell[:_READ] for cell in cells if cell.strip()]
    fitting = [cell for cell in filled if is_kind(cell)]
    half = len(filled) / 2
    return len(fitting) > half
