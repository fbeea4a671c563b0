"""By whom a notice was issued, when, and under which number."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import chain
from typing import Final

from lib.measures import name_forms
from lib.measures.meanings import DUTIES
from lib.notices.model import Line, Lines
from lib.notices.reading.heads.page import Page
from lib.notices.reading.heads.patterns import DATE, NUMBER
from lib.text import marks, numerals
from lib.text.folding import fold
from lib.text.titles import ENDING

_NUMBER_LINES: Final = 40  # lines at the top in which the document number stands
_TABLE_LINES: Final = 12  # blocks at the top in which a page's own table has the date
_LABEL_LINES: Final = 30  # lines at the top in which 填报单位：… stands
_DATED_LINE: Final = 80  # characters of a line that says more than a date
_SIGNED: Final = 3  # lines up to the date in which the office signs
# Lines at the beginning and at the end of the text in which the office stands without a date.
_HEAD: Final = 4
_FOOT: Final = 4
_OFFICE: Final = range(4, 40)  # characters of an office's name
_DUTY: Final = 24  # characters in which a label begins

_SPACES: Final = re.compile(r"\s+")
_DATE_LABEL: Final = re.compile(
    r"^(?:印发|发布|发文|成文|填报|制表|填表|印发时间|日期|时间)(?:时间|日期)?[: ]*|(?:印发|发布)$"
)
_ISSUED: Final = re.compile(
    r"印发|填报日期|填表日期|制表日期|填报时间|发文日期|发布(?:时间|日期)"
    r"|^ *(?:时间|日期) *:|通过\)?$|^ *\(.*(?:通过|审议)"
)
_OWN: Final = re.compile(
    r"^(?:[一-鿿]{2,20}?(?:有限公司|集团|医院|学校|大学|学院|中学|小学|档案馆|图书馆|博物馆|文化馆"
    r"|管委会|委员会|办事处|总工会|工会|人民政府|政府|街道|[省市县区镇乡][一-鿿]{1,10}局"
    r"|局|委|厅|馆|院|中心|公司|协会|联合会|供销社|社区|林场|农场|管理站|水利站|合作社))"
    r"(?=20[0-9]{2}|二〇|关于|[一-鿿])"
)
_LABEL: Final = re.compile(r"^[^:：]{2,6}[:：]\s*")
_ISSUER_LABEL: Final = re.compile(
    r"(?:^单位|填报单位|制表单位|发文单位|印发单位|发布单位)\s*[:：]\s*([^\s：:]{3,30})"
)
_LETTERHEAD: Final = re.compile("文件$")
_NO_NAME: Final = re.compile("[:。,;]|^各|^附")
_ABOUT: Final = re.compile(r"关于|關於")


# --- number and date -------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class DocumentNumber:
    """The number of a notice as printed, and the year in it."""

    text: str
    year: int


def document_number(page: Page) -> DocumentNumber | None:
    """The first document number among the lines at the top."""
    for line in page.lines[:_NUMBER_LINES]:
        match = NUMBER.search(line.folded)
        if match:
            printed = line.span.group(match).text
            text = _SPACES.sub("", printed)
            _, _, bare = text.rpartition("文件")
            return DocumentNumber(bare or text, int(match[1]))
    return None


@dataclass(frozen=True, slots=True)
class Issued:
    """The date of issue, and the block that it stands in."""

    day: date
    block: int


def issued(page: Page) -> Issued | None:
    """The date that stands alone in a line, or else one in a line that says so.

    One below the text counts rather than one in a page's own table.
    """
    in_table: Issued | None = None
    for number, line in enumerate(page.lines):
        dated = _alone(line)
        if dated and not page.in_table[number]:
            return dated
        if number < _TABLE_LINES:
            in_table = in_table or dated
    if in_table:
        return in_table
    for line in page.lines:
        dated = _said(line)
        if dated:
            return dated
    return None


def _alone(line: Line) -> Issued | None:
    """The date that a line consists of."""
    text = line.folded.strip().strip("()[] ")
    match = DATE.fullmatch(_DATE_LABEL.sub("", text).strip())
    if match:
        return _issued(line, match)
    return None


def _said(line: Line) -> Issued | None:
    """The date in a line that says it is of issue, or that names an office before it."""
    if len(line.text) >= _DATED_LINE:
        return None
    match = DATE.search(line.folded)
    if not match:
        return None
    says_issued = _ISSUED.search(line.folded) is not None
    ends_line = match.end() == len(line.folded.rstrip(" )"))
    before_date = line.folded[: match.start()].strip(" (")
    is_signed = ends_line and name_forms.is_department(before_date)
    if says_issued or is_signed:
        return _issued(line, match)
    return None


def _issued(line: Line, match: re.Match[str]) -> Issued | None:
    year, month, day = map(numerals.read, match.groups())
    try:
        return Issued(date(year, month, day), line.block)
    except ValueError:
        return None


# --- issuer ----------------------------------------------------------------------------------------


def issuer(page: Page, dated: Issued | None, title_texts: Sequence[str]) -> str:
    """Who issued a notice.

    The name above the date, before 关于 in a title, at the head or the foot of the text; or else
    after a label, or at the beginning of the title.

    Args:
        title_texts: the titles of the notice.
    """
    signed = _signatures(page, dated) if dated else []
    in_titles = _before_about(title_texts)
    at_the_ends = _first_and_last_lines(page.text)
    for text in chain(signed, in_titles, at_the_ends):
        if _is_office(text):
            return _SPACES.sub("", text)
    return _from_label(page.lines) or _of_title(title_texts)


def _signatures(page: Page, dated: Issued) -> Iterator[str]:
    """The names in the line of the date and above it."""
    above_all = max(dated.block - _SIGNED, -1)
    for number in range(dated.block, above_all, -1):
        is_date_line = number == dated.block
        if is_date_line or not page.in_table[number]:
            yield _signed(page.lines[number])


def _before_about(title_texts: Sequence[str]) -> Iterator[str]:
    """The office in a title: 某市工会关于…."""
    for title in title_texts:
        about = _ABOUT.search(title)
        if about:
            yield title[: about.start()].strip()


def _first_and_last_lines(text: Lines) -> Iterator[str]:
    """The first lines of a text, and then the last, from below.

    Of the first ones titles are left out, and 文件 is taken off a letterhead: 某市工会文件.
    """
    for line in text[:_HEAD]:
        head = _LETTERHEAD.sub("", line.text.strip())
        if not ENDING.search(fold(head)):
            yield head
    for line in reversed(text[-_FOOT:]):
        yield line.text.strip()


def _signed(line: Line) -> str:
    """Who a line near the date names: 发布单位：某局 does, 协同单位：某站 answers for a measure."""
    end = min(len(line.folded), _DUTY)
    labels = line.span.until(end).find_labels()
    if labels and labels[0].field in DUTIES:
        return ""
    name = line.text
    dated = DATE.search(line.folded)
    if dated:
        name = name[: dated.start()]
    return _LABEL.sub("", name.strip())


def _is_office(text: str) -> bool:
    """Whether a line can be the office that issued: a name, no sentence."""
    folded = fold(text)
    if len(text) not in _OFFICE:
        return False
    if _NO_NAME.search(folded):
        return False
    has_number = marks.at(folded, folded) is not None
    return not has_number and name_forms.is_department(folded)


def _from_label(lines: Lines) -> str:
    """The office after a label for it: 填报单位：…."""
    for line in lines[:_LABEL_LINES]:
        match = _ISSUER_LABEL.search(line.text)
        if match:
            return match[1]
    return ""


def _of_title(title_texts: Sequence[str]) -> str:
    """The office that the last title begins with: 兴安区档案馆2023年度…."""
    if not title_texts:
        return ""
    title = title_texts[-1]
    office = _OWN.match(fold(title))
    if office:
        return title[: office.end()]
    return ""
