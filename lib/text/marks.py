"""Numbers that items begin with: 一、 壹、 （一） 1. (1) ① 第一条 and their kin."""

from __future__ import annotations

import re
from typing import Final, NamedTuple

from lib.text import numerals

_STEMS: Final = "甲乙丙丁戊己庚辛壬癸"
_RUN: Final = "[〇一二三四五六七八九十百]{1,6}"
_CLOSED: Final = " *+(?:[、.]|:(?=.)|(?<= )(?=[一-鿿“《]))"  # by a mark, or by a space before words
_NO_UNIT: Final = "(?!项(?!目)|[年月日个号%时点分亿万元米公千场次家户岁周季天名条类批人届级楼])"

# A style, its spelling, and what of it is printed as the article.
_STYLES: Final = (
    (
        "chapter",
        rf"第 *(?P<n>{_RUN}|[0-9]{{1,3}}) *(?:部分|章|节|篇|类|议题|专题|板块|模块)[、.: ]*"
        rf"|(?:议题|专题|板块|模块) *(?P<m>{_RUN}|[0-9]{{1,3}}) *[、.: ]+",
    ),
    ("article", rf"第 *(?P<n>{_RUN}|[0-9]{{1,3}}) *(?:条|项)(?!到|至|和)[、.: ]*"),
    ("formal", rf"(?P<n>[壹贰叁参肆伍陆柒捌玖拾]{{1,3}}){_CLOSED}"),
    ("stem", r"(?P<n>[甲乙丙丁戊己庚辛壬癸]) *、"),
    (
        "word",
        rf"(?:问题|任务|举措|措施|项目|事项|行动|工程|实事) *(?P<n>{_RUN}|[0-9]{{1,3}}) *[、.:： ]+",
    ),
    ("han", rf"(?P<n>{_RUN}){_CLOSED}"),
    (
        "han_bracket",
        rf"[(\[] *(?P<n>{_RUN}|[㈠-㈩]) *[)\]] *[、.]?"
        rf"|(?P<m>[㈠-㈩]|{_RUN}(?=\))) *\)?[、.]?",
    ),
    (
        "decimal",
        r"(?P<n>[0-9]{1,2}(?:\.[0-9]{1,2}){1,3})(?:[、.]| +(?=[^0-9])|(?=[一-鿿“《]))" + _NO_UNIT,
    ),
    (
        "arabic",
        rf"(?P<n>[0-9]{{1,5}}) *(?:[、.](?![0-9])| {{1,4}}(?=[一-鿿“《]){_NO_UNIT})"
        r"|(?P<m>[⒈-⒛]) *[、.]?",
    ),
    ("arabic_bracket", r"[(\[] *(?P<n>[0-9]{1,3}) *[)\]] *[、.]?|(?P<m>[⑴-⒇]) *[、.]?"),
    ("arabic_half", r"(?P<n>[0-9]{1,3}) *\)[、.]?"),
    ("circle", r"(?P<n>[①-⑳❶-❿➀-➉]) *[、.]?"),
)
_PATTERNS: Final = tuple((style, re.compile(spelling)) for style, spelling in _STYLES)
_FIRST: Final = re.compile(
    r"[第议专板模问任举措项事行工实甲乙丙丁戊己庚辛壬癸壹贰叁参肆伍陆柒捌玖拾0-9〇一二三四五六七八九十百(\[①-⒛㈠-㈩❶-❿➀-➉]"
)
_INNER: Final = re.compile(r"(?<=[。;；:!)\]】 ])(?=[第0-9〇一二三四五六七八九十(\[①-⒛㈠-㈩])")
_BULLETS: Final = " *#-·●◆■★☆"  # what may come before a number
_LABEL_EDGES: Final = " \u3000、.．﹒:："


class Mark(NamedTuple):
    """A number at the beginning of an item.

    label: as printed, without the mark that closes it; end: where the words begin.
    """

    style: str
    number: int
    label: str
    start: int
    end: int


def at(folded: str, text: str, start: int = 0, end: int | None = None) -> Mark | None:
    """The mark at a place, None where there is none; spaces and bullets may come before it."""
    stop = len(folded) if end is None else end
    while start < stop and folded[start] in _BULLETS:
        start += 1
    if start >= stop or not _FIRST.match(folded, start):
        return None
    for style, pattern in _PATTERNS:
        match = pattern.match(folded, start, stop)
        if match:
            return _mark(style, match, text)
    return None


def _mark(style: str, match: re.Match[str], text: str) -> Mark | None:
    """Make the mark of a match; None where its numeral is no number."""
    groups = match.groupdict()
    numeral = groups.get("n") or groups.get("m") or ""
    number = _value(numeral)
    if number < 1:
        return None
    end = match.end()
    label = text[match.start() : end].strip(_LABEL_EDGES)
    if style in ("arabic", "han", "decimal"):
        label = label.rstrip(")）")
    if style == "decimal":
        style = f"decimal{numeral.count('.')}"
    return Mark(style, number, label, match.start(), end)


def _value(numeral: str) -> int:
    """The number that a numeral or a stem stands for: 十二, 12, 乙, and of 1.3 the last."""
    if numeral in _STEMS:
        return _STEMS.index(numeral) + 1
    return numerals.read(numeral.rpartition(".")[2])


def inner(folded: str, text: str) -> list[Mark]:
    """Marks inside a paragraph: after the end of a sentence, a bracket or a colon."""
    inside: list[Mark] = []
    for match in _INNER.finditer(folded, 1):
        mark = at(folded, text, match.end())
        if mark and mark.start == match.end():
            inside.append(mark)
    return inside
