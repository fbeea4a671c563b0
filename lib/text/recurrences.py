"""What recurs: 每月, 每季度末前, 每年."""

from __future__ import annotations

from typing import Final, NamedTuple

from lib.text.pieces import DAY
from lib.text.spellings import CLOSINGS, FEWEST


class _Recurrence(NamedTuple):
    """How something recurs.

    Attributes:
        recurring: the Window's word for it.
        words: how it is written.
        narrowed: what may follow, as 底前 and 25日 after 每月.
    """

    recurring: str
    words: str
    narrowed: str


_IN_MONTH: Final = rf"(?:月?[底末初]|[上中下]旬|(?:{DAY}日?-)?{DAY}日?)?"
_AT_END: Final = "[底末初]?"
# 每季度首月10日前, 每季度第1个月的20日前, 每季度最后一个月的30日前
_IN_QUARTER: Final = (
    rf"(?:(?:[首末]月|第[123一二三]个?月|最后[1一]?个?月)的?(?:{DAY}日)?|[底末初])?"
)
_RECURRENCES: Final = (
    _Recurrence(
        "weekly", "[每各]个?(?:周|星期)|[按逐]周", "(?:[1-6一二三四五六日天末](?:[上下]午)?)?"
    ),
    _Recurrence("monthly", "[每各]个?月|[按逐分]月", _IN_MONTH),
    _Recurrence("quarterly", "[每各]个?季度?|[按逐分]季度?", _IN_QUARTER),
    _Recurrence("half_yearly", "[每各]个?半年度?|[按逐]半年", _AT_END),
    _Recurrence("yearly", "每年度?|[按逐]年度?", ""),
)
_TIMES: Final = rf"(?:(?:{CLOSINGS})*(?:{FEWEST})?[1-9两][次期])?前?"  # 每季度报送1次

PRINTED: Final = "|".join(f"(?:{each.words}){each.narrowed}前?" for each in _RECURRENCES)
IN_ONE_FORM: Final = "|".join(
    f"(?P<{each.recurring}>(?:{each.words}){each.narrowed}){_TIMES}" for each in _RECURRENCES
)


def recurring(words: dict[str, str]) -> str:
    """Give the Window's word for the groups of a match of IN_ONE_FORM."""
    return next(each.recurring for each in _RECURRENCES if words[each.recurring])
