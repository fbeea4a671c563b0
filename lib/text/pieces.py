"""The pieces that dates are made of, each in two spellings, as patterns.

A rule is written once, with its pieces in braces: "{year}{month}{day}". `in_one_form` fills them in
for a phrase after `spellings.normal`: in digits, without spaces. `printed` fills them in for folded
text: numbers may be Chinese, and spaces may stand around them.
"""

from __future__ import annotations

from typing import Final, NamedTuple

from lib.text import feasts, numerals

MONTH: Final = "(?:1[0-2]|0?[1-9])"
DAY: Final = "(?:3[01]|[12][0-9]|0?[1-9])"
NEXT_YEAR: Final = "明年|来年|次年|翌年"
_THIS_YEAR: Final = "今年|本年度?|当年"
_YEAR: Final = rf"(?:(?P<year>20[0-9]{{2}})年度?|(?P<word>{_THIS_YEAR}|{NEXT_YEAR}))"
_THIRD: Final = "初|上旬|上中旬|中旬|中下旬|下旬"

_HAN_YEAR: Final = f"[二两]〇[{numerals.DIGITS}]{{2}}年"
_PRINTED_MONTH: Final = "(?:1[0-2]|0?[1-9]|十[一二]?|[一二三四五六七八九])"
# 25年6月, 25年底: what must follow two digits that are a year, beside a month and a quarter.
SHORT_YEAR_BEFORE: Final = "年?[底末]|[上下]半年"
_SHORT_YEAR: Final = (
    rf"(?<![0-9])[23][0-9]年(?={_PRINTED_MONTH}月|{SHORT_YEAR_BEFORE}|第?[1-4一二三四]季)"
)
_PRINTED_YEAR: Final = (
    rf"(?:(?:20[0-9]{{2}} *年度?|{_SHORT_YEAR}|{_HAN_YEAR}|{_THIS_YEAR}|{NEXT_YEAR}) *)"
)
_SEVERAL_MONTHS: Final = f"{_PRINTED_MONTH}(?: *[-至到、和] *{_PRINTED_MONTH})?"  # 3、5月, 3-5月
_PRINTED_DAY: Final = (
    "(?:3[01]|[12][0-9]|0?[1-9]|三十一?|卅一?|廿[一二三四五六七八九]?"
    "|二?十[一二三四五六七八九]?|[一二三四五六七八九])"
)


class _Piece(NamedTuple):
    """A piece in a phrase of one form, where its group is named, and as printed."""

    in_one_form: str
    printed: str


_PIECES: Final = {
    "year": _Piece(f"{_YEAR}?", f"{_PRINTED_YEAR}?"),
    "named_year": _Piece(_YEAR, _PRINTED_YEAR),
    # 2020年底, 2020年年底 and 年底, but not 底.
    "in_year": _Piece(f"(?:{_YEAR}年?|年)", f"(?:{_PRINTED_YEAR}年?|年)"),
    # 3月 and 3月份, not 3月度 and 5月饼.
    "month": _Piece(f"(?P<month>{MONTH})月", f"{_SEVERAL_MONTHS} *月份?(?![度刊季报饼球嫂子]) *"),
    "day": _Piece(f"(?P<day>{DAY})日", f"{_PRINTED_DAY} *[日号]"),
    "third": _Piece(f"(?P<third>{_THIRD})", f"(?:{_THIRD})"),
    "quarter": _Piece("第?(?P<quarter>[1-4])季度?", "(?:第 *)?[1-4一二三四] *季度(?!初)"),
    "count": _Piece("(?P<count>[23两])", "[23二三两]"),
    "half": _Piece("(?P<half>[上下前后])半年度?", "[上下]半年"),
    "feast": _Piece(f"(?P<feast>{feasts.NAMES})", f"(?:{feasts.PRINTED})"),
    "plan": _Piece("十(?P<plan>[三四五六])五(?:规划)?", '[“"]?十[三四五六]五[”"]?(?:规划)?'),
}
_IN_ONE_FORM: Final = {name: piece.in_one_form for name, piece in _PIECES.items()}
_PRINTED: Final = {name: piece.printed for name, piece in _PIECES.items()}


def in_one_form(rule: str) -> str:
    """Fill the pieces in for a phrase in its one form; their groups have the pieces' names."""
    return rule.format_map(_IN_ONE_FORM)


def printed(rule: str) -> str:
    """Fill the pieces in for folded text, without groups."""
    return rule.format_map(_PRINTED)
