"""What stands around the measures: title, issuer, document number, date of issue, year, and the note on who leads."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from lib.notices import labels, name_forms
from lib.notices.fields import DUTIES
from lib.notices.layout import marks
from lib.notices.model import Line
from lib.notices.reading.claims import brackets
from lib.text import folding, numerals

_TITLE_END: Final = re.compile(
    r"(?:清单|方案|安排|分解表?|台账|通知|要点|计划|任务|分工|举措|措施|一览表|责任书|意见|办法|章程|规定|细则|表|公告|通报|总结|报告|函|纪要|目标|实事|项目|工程|行动|事项|责任分解|责任分工|时间表|路线图|任务书|进度表|分工表|信息|简报|规则|制度|公约|指南|部署|规划)"
    r"(?: *\([^()]{1,24}\))?$"
)
_NUMBER: Final = re.compile(
    r"(?:[一-鿿]{2,14}(?:字)? *)?[\[(] *(20[0-9]{2}) *[\])] *第? *[0-9]{1,4} *[号期]"
)
_DATE: Final = re.compile(
    r"(20[0-9]{2}|二[〇0][〇一二三四五六七八九0]{2}) *[年./-] *([0-9]{1,2}|[一二三四五六七八九十]{1,2})"
    r" *[月./-] *([0-9]{1,2}|[一二三四五六七八九十]{1,3}) *[日号]?"
)
_YEAR: Final = re.compile(
    r"(?<![0-9])(20[0-9]{2})(?= *(?:年|[-至/] *(?:20)?[0-9]{2} *(?:学年|年)))|(二〇[〇一二三四五六七八九]{2})"
    r"(?=年|[-至到]二〇)"
)
_LONGEST: Final = 90


@dataclass(frozen=True)
class Head:
    """What a notice says about itself."""

    title: str = ""
    issuer: str = ""
    document_number: str = ""
    year: int | None = None
    issued: date | None = None
    note: str = ""
    unordered: bool = False
    turn: date | None = None
    blocks: frozenset[int] = frozenset()


def read(
    lines: Sequence[Line],
    first: int,
    notes: Sequence[str],
    *,
    inside: Sequence[bool],
    lone: Sequence[bool],
) -> Head:
    """The head of a notice.

    first: the block at which its measures begin; inside: which blocks are table cells; lone: those alone in their row.
    """
    titles = _titles(lines[: first + 1], inside, lone)
    title = titles[-1] if titles else ("", frozenset())
    number = next((m for line_ in lines[:40] if (m := _NUMBER.search(line_.folded))), None)
    issued, at = _issued(lines, inside)
    issuer = _issuer(lines, at, [text for text, _ in titles], inside)
    document_number = _original(lines, number)
    year = _year([title[0]], [text for text, _ in titles], number, lines, issued)
    note = next(iter(notes), "")
    unordered = any("不分先后" in folding.fold(text) for text in notes) or any(
        "排名不分先后" in line_.folded for line_ in lines
    )
    return Head(
        _issued_list(title[0]),
        issuer,
        document_number,
        year,
        issued,
        note,
        unordered,
        _turn([text for text, _ in titles], year, issued),
        frozenset().union(*(used for _, used in titles)),
    )


def _original(lines: Sequence[Line], number: re.Match[str] | None) -> str:
    if not number:
        return ""
    line_ = next(
        line_ for line_ in lines if line_.folded is number.string or line_.folded == number.string
    )
    text = re.sub(r"\s+", "", line_.text[number.start() : number.end()])
    for prefix in ("文件",):
        text = text.rpartition(prefix)[2] or text
    return text


# --- title ------------------------------------------------------------------------------------------------------------


def _titles(
    lines: Sequence[Line], inside: Sequence[bool], lone: Sequence[bool]
) -> list[tuple[str, frozenset[int]]]:
    """The lines that are titles, each with the broken lines above that belong to it."""
    found: list[tuple[str, frozenset[int]]] = []
    taken: set[int] = set()
    for at, line_ in enumerate(lines):
        if _is_title(line_) and not (inside[at] and not lone[at]):
            begin = at if inside[at] else _begin(lines, at, taken, inside)
            text = "".join(lines[i].text.strip() for i in range(begin, at + 1))
            found.append((_bare(text), frozenset(range(begin, at + 1))))
            taken |= set(range(begin, at + 1))
    return found or _first_line(
        lines, [cell and not alone for cell, alone in zip(inside, lone, strict=False)]
    )


_COVER: Final = re.compile(
    r".*?(?:印发|下发|公布|发布|转发|分解下达) *"
    r"(?:《(?P<named>[^《》]{4,80})》|(?P<bare>[^《》。,]{6,60}?))(?:的|等文件的)?通知$"
)


def _issued_list(title: str) -> str:
    """The list that a covering notice issues, where its own title doesn't stand again: 关于印发《…》的通知."""
    folded = folding.fold(title)
    cover = _COVER.fullmatch(folded)
    if not cover or (cover["bare"] and not _TITLE_END.search(cover["bare"])):
        return title
    return title[slice(*cover.span("named" if cover["named"] else "bare"))].strip()


def _first_line(lines: Sequence[Line], inside: Sequence[bool]) -> list[tuple[str, frozenset[int]]]:
    """Without any title: the first line, if it is short and no sentence."""
    for at, line_ in enumerate(lines[:3]):
        text = line_.folded.strip()
        if (
            4 <= len(text) <= 40
            and not re.search("[。;:,|]", text)
            and not inside[at]
            and not marks.at(line_.folded, line_.text)
            and not (name_forms.is_department(text) or _NUMBER.search(text) or _DATE.search(text))
        ):
            return [(line_.text.strip(), frozenset({at}))]
    return []


def _is_title(line_: Line) -> bool:
    text = line_.folded.strip().lstrip("# ")
    if not 4 <= len(text) <= _LONGEST or text[-1] in "。;:,、" or "。" in text:
        return False
    if (
        re.match(r"(?:附件|附|抄送|主送)[0-9一二三四五六七八九十]*[:： ]?", text) and len(text) < 12
    ) or re.match(r"(?:附表|表) *[0-9一二三四五六七八九十]", text):
        return False
    if marks.at(line_.folded, line_.text) and not re.match(r"[\s#]*20", line_.folded):
        return False
    if labels.labels_in(text, 0, min(len(text), 24)) or brackets.is_note(text):
        return False
    return bool(_TITLE_END.search(text))


def _begin(lines: Sequence[Line], at: int, taken: set[int], inside: Sequence[bool]) -> int:
    """The line in which a title that runs over several lines begins."""
    begin = at
    while (
        begin > 0
        and at - begin < 4
        and begin - 1 not in taken
        and not inside[begin - 1]
        and _is_title_part(lines[begin - 1], lines[begin])
    ):
        begin -= 1
    return begin


_NAVIGATION: Final = re.compile(
    r"(?:(?:(?:网站)?首页|(?:机构|部门)(?:概况|职能|设置)|(?:政务|信息|院务|校务|党务)公开|(?:新闻|办事|资讯|服务)中心"
    r"|(?:办事|政务|便民)服务|(?:政民)?互动(?:交流)?|政策(?:文件|法规|解读)|(?:通知|公示|信息)公告|工作动态|专题专栏"
    r"|登录|注册|搜索|无障碍(?:浏览)?|长者模式|返回(?:首页|主页|顶部|列表)?)[ |>·/-]*)+"
)


def _is_title_part(line_: Line, after: Line) -> bool:
    text = line_.folded.strip()
    if (
        not 2 <= len(text) <= 40
        or text[-1] in "。;:!?)"
        or re.match(r"附件|附表", text)
        or _NAVIGATION.fullmatch(text)
        or re.search(r"内部(?:资料|文件)|机密|秘密|绝密|[特加急平]急$|不得?外传|征求意见稿$", text)
        or _NUMBER.search(text)
        or _DATE.search(text)
    ):
        return False
    if marks.at(line_.folded, line_.text) or text.endswith("文件"):
        return False
    if name_forms.is_department(text):
        return False
    return not labels.labels_in(text, 0, len(text)) and "," not in text


def _bare(text: str) -> str:
    """A title without the marks around it: # of Markdown, 附件：, 《 》 around the whole."""
    return re.sub(r"^[#\s]+|^附件[0-9一二三四五六七八九十]*[:：\s]+", "", text).strip()


# --- issuer, dates ----------------------------------------------------------------------------------------------------


def _issued(lines: Sequence[Line], inside: Sequence[bool]) -> tuple[date | None, int]:
    """The date that stands alone in a line, and the block: rather below the text than in a page's own table."""
    days: list[tuple[bool, int, date]] = []
    for at, line_ in enumerate(lines):
        text = line_.folded.strip().strip("()[] ")
        text = re.sub(
            r"^(?:印发|发布|发文|成文|填报|制表|填表|印发时间|日期|时间)(?:时间|日期)?[: ]*|(?:印发|发布)$",
            "",
            text,
        ).strip()
        match = _DATE.fullmatch(text)
        if match and (found := _day(match)) and (not inside[at] or at < 12):
            days.append((inside[at], at, found))
    if days:
        return min(days)[2], min(days)[1]
    for at, line_ in enumerate(lines):
        match = _DATE.search(line_.folded) if len(line_.text) < 80 else None
        if match and _ISSUED.search(line_.folded) and (found := _day(match)):
            return found, at
        if (
            match
            and match.end() == len(line_.folded.rstrip(" )"))
            and name_forms.is_department(line_.folded[: match.start()].strip(" ("))
            and (found := _day(match))
        ):
            return found, at
    return None, -1


_ISSUED: Final = re.compile(
    r"印发|填报日期|填表日期|制表日期|填报时间|发文日期|发布(?:时间|日期)"
    r"|^ *(?:时间|日期) *:|通过\)?$|^ *\(.*(?:通过|审议)"
)


def _day(match: re.Match[str]) -> date | None:
    year, month, day = (numerals.read(part) for part in match.groups())
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _issuer(
    lines: Sequence[Line], dated: int, titles: Sequence[str], inside: Sequence[bool]
) -> str:
    """Who issued it: the name above the date, before 关于 in the title, or the head of the page."""
    near = [at for at in range(dated, max(dated - 3, -1), -1) if not inside[at] or at == dated]
    signed = [_signed(lines[at]) for at in near]
    outside = [line_ for line_ in lines if not inside[line_.block]]
    heads = [
        text
        for text in (re.sub("文件$", "", line_.text.strip()) for line_ in outside[:4])
        if not _TITLE_END.search(folding.fold(text))
    ]
    feet = [line_.text.strip() for line_ in reversed(outside[-4:])]
    named = [_before_about(title) for title in titles]
    found = next((text for text in (*signed, *named, *heads, *feet) if _is_office(text)), "")
    return _compact(found) or _from_label(lines) or _of_title(titles)


def _before_about(title: str) -> str:
    """The office in a title: 某市工会关于….."""
    before = re.split(r"关于|關於", title, maxsplit=1)
    return before[0].strip() if len(before) > 1 else ""


_OWN: Final = re.compile(
    r"^(?:[一-鿿]{2,20}?(?:有限公司|集团|医院|学校|大学|学院|中学|小学|档案馆|图书馆|博物馆|文化馆|管委会|委员会|办事处"
    r"|总工会|工会|人民政府|政府|街道|[省市县区镇乡][一-鿿]{1,10}局|局|委|厅|馆|院|中心|公司|协会|联合会"
    r"|供销社|社区|林场|农场|管理站|水利站|合作社))(?=20[0-9]{2}|二〇|关于|[一-鿿])"
)


def _of_title(titles: Sequence[str]) -> str:
    """The office that a title begins with: 兴安区档案馆2023年度….."""
    match = _OWN.match(folding.fold(titles[-1])) if titles else None
    return titles[-1][: match.end()] if match else ""


_LABEL: Final = re.compile(r"^[^:：]{2,6}[:：]\s*")


def _signed(line_: Line) -> str:
    """Who a line near the date names: 发布单位：某局 does, 协同单位：某站 says who answers for a measure."""
    found = labels.labels_in(line_.folded, 0, min(len(line_.folded), 24))
    if found and found[0].field in DUTIES:
        return ""
    return _LABEL.sub("", line_.text[: _before_date(line_)].strip())


def _before_date(line_: Line) -> int:
    match = _DATE.search(line_.folded)
    return match.start() if match else len(line_.text)


def _from_label(lines: Sequence[Line]) -> str:
    for line_ in lines[:30]:
        if match := re.search(
            r"(?:^单位|填报单位|制表单位|发文单位|印发单位|发布单位)\s*[:：]\s*([^\s：:]{3,30})",
            line_.text,
        ):
            return match[1]
    return ""


def _is_office(text: str) -> bool:
    """Whether a line can be the office that issued: a name, no sentence."""
    folded = folding.fold(text)
    return (
        3 < len(text) < 40
        and not re.search("[:。,;]|^各|^附", folded)
        and not marks.at(folded, folded)
        and name_forms.is_department(folded)
    )


def _compact(text: str) -> str:
    return re.sub(r"\s+", "", text)


def _year(
    titles: Sequence[str],
    others: Sequence[str],
    number: re.Match[str] | None,
    lines: Sequence[Line],
    issued: date | None,
) -> int | None:
    """The year of the list: of its title, another title, the document number, the text, the date of issue."""
    for title in (*titles, *reversed(others)):
        if match := _YEAR.search(folding.fold(title)):
            year = _number(match)
            past = (
                issued is not None
                and issued.year > year
                and re.search("整改|反馈|问题", title) is not None
            )
            return issued.year if issued and past else year
    if number:
        return int(number[1])
    for line_ in lines[:60]:
        if (
            match := re.search(
                r"(?<![到至以])(20[0-9]{2})年(?:是|度|重点|工作|全市|全县|全区|我|,)", line_.folded
            )
        ) is not None:
            return int(match[1])
    if issued:
        return issued.year
    named = {
        found[1]
        for line_ in lines
        for found in re.finditer(r"(?<![0-9])(20[0-9]{2})(?= *[年./-])", line_.folded)
    }
    return int(named.pop()) if len(named) == 1 else None


_OVER: Final = re.compile(
    r"20[0-9]{2} *(?:年|学年)?度? *[-至到/] *(?:20)?[0-9]{2} *(?:年|年度)? *"
    r"(?P<kind>学年|[一-鿿]{0,4}(?:[采供][暖热][季期]|冬春))"
)


def _turn(titles: Sequence[str], year: int | None, issued: date | None) -> date | None:
    """Where the list's time runs over a new year: the day of issue, or else the day on which such a time begins."""
    match = next((found for title in titles if (found := _OVER.search(folding.fold(title)))), None)
    if not match or year is None:
        return None
    begins = date(year, 9 if match["kind"] == "学年" else 6, 1)
    return issued if issued and issued.year == year and issued.month > 5 else begins


def _number(match: re.Match[str]) -> int:
    return numerals.read(match[1] or match[2])
