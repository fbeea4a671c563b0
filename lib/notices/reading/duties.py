"""What a piece of text says of who answers and by when: labels, verbs (由甲牵头，乙配合) and dates → claims."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import Final

from lib import measures
from lib.notices import labels
from lib.notices.model import Line, Source
from lib.text import deadlines, folding

_TRIM: Final = " \t\n\u3000\xa0，,。；;：:、.|"
_PEELED: Final = 8  # brackets that are taken off
DASHES: Final = frozenset({"", "-", "--", "/", "无", "暂无", "——"})
DITTO: Final = frozenset({"同上", "〃", "″", "''", '"', "同前", "”", "同上项", "同 上"})


@dataclass(frozen=True, slots=True)
class Claim:
    """One thing that a text says: names for a role, or a deadline. departments: a single list, whose first leads.

    reason, sure, detail: as in model.Cell; rank: of several claims for one field the lowest counts.
    """

    field: str
    text: str
    source: Source
    names: tuple[str, ...] = ()
    reason: str = "label"
    sure: bool = True
    detail: str = ""
    rank: int = 0


def brackets(folded: str) -> list[tuple[int, int]]:
    """The outermost bracketed parts, from opener to behind the closer; one that is never closed runs to the end
    if a label stands in it."""
    found: list[tuple[int, int]] = []
    depth, begin = 0, 0
    for match in re.finditer(r"[(\[)\]]", folded):
        if match[0] in "([":
            if not depth:
                begin = match.start()
            depth += 1
        elif depth:
            depth -= 1
            if not depth:
                found.append((begin, match.end()))
    if depth and labels.labels_in(folded, begin, min(len(folded), begin + 60)):
        found.append((begin, len(folded)))
    return found


def duty_brackets(line_: Line) -> list[tuple[int, int]]:
    """The outermost brackets that say who answers or by when."""
    if not re.search(r"[:为]|负责|牵头|配合|落实|完成|主办|承办|会同|前|月|底|年|办", line_.folded):
        return []
    return [span for span in brackets(line_.folded) if is_duty(line_, *span)]


def is_duty(line_: Line, start: int, end: int) -> bool:
    """Whether the bracket from start to end states a responsibility: a label inside, or verbs behind names alone."""
    inner = line_.folded[start + 1 : end - 1]
    if len(inner) > 1500 or _NOTE.search(inner):
        return False
    found = labels.labels_in(line_.folded, start, end)
    if any(label.field in labels.DUTIES for label in found):
        return True
    opening = labels.opening_label(line_.folded, start + 1, end)
    if opening and opening.field in labels.DUTIES:
        return True
    return not found and (
        bool(clauses(line_, start + 1, end - 1, strict=True)) or _is_bare(line_, start + 1, end - 1)
    )


def _is_bare(line_: Line, start: int, end: int) -> bool:
    """Departments without a label, with a date behind them or one of them starred: （*区审批局、区数据局；6月底）."""
    first, start = _date_ahead(line_, start, end)
    found = deadlines.find(line_.folded, start, end)
    stop = found[0].start if found else end
    given = names(line_, *trimmed(line_.folded, start, stop))
    told = bool(found or first) or any(note for _, note in given) or len(given) > 1
    return told and _are_names([name for name, _ in given])


def _are_names(given: list[str]) -> bool:
    """Whether all are formed like names, and one at least like a department's."""
    folded = [folding.fold(name) for name in given]
    return any(map(labels.is_department, folded)) and all(map(labels.is_name, folded))


_NOTE: Final = re.compile(
    r"下同|(?:排名|排|列|名列|位列|排列|排序)(?:在)?第一|第一(?:责任)?(?:单位|部门|个).{0,8}(?:为|是)牵头|排名不分先后|为牵头(?:单位|部门|部室|科室)"
)


def is_note(folded: str) -> bool:
    """Whether a bracket or line only says who of a list leads, or that it holds for what follows too."""
    return bool(_NOTE.search(folded)) and len(folded) < 120


# --- a piece of text → claims -----------------------------------------------------------------------------------------


def read(line_: Line, start: int, end: int) -> list[Claim]:
    """Everything that a bracket's inside or a line of labels says."""
    found = labels.labels_in(line_.folded, start, end)
    opening = labels.opening_label(line_.folded, start, found[0].start if found else end)
    if opening:
        spaced = [
            label
            for label in labels.spaced_labels(line_.folded, opening.end, end)
            if not any(a.start <= label.start < a.end for a in found)
        ]
        found = sorted([opening, *spaced, *found])
    if not found:
        return clauses(line_, start, end, strict=False)
    claims = clauses(line_, start, found[0].start, strict=True) if found[0].start > start else []
    for label, following in zip(found, [*found[1:], None], strict=True):
        stop = following.start if following else end
        claims += _labelled(line_, label, label.end, stop)
    return claims


def _labelled(line_: Line, label: labels.Label, start: int, end: int) -> list[Claim]:
    start, end = trimmed(line_.folded, start, end)
    if label.field not in labels.DUTIES or line_.folded[start:end] in DASHES:
        return []
    if label.field == "deadline":
        stop = line_.folded.find(";", start, end)
        spoken = clauses(line_, stop + 1, end, strict=True) if stop > start else []
        return [deadline(line_, start, stop if has_names(spoken) else end, label.word), *spoken]
    stop = names_end(line_.folded, start, end)
    return _behind_label(line_, label, *trimmed(line_.folded, start, stop)) + behind_names(
        line_, stop, end, label.word
    )


def behind_names(line_: Line, start: int, end: int, word: str) -> list[Claim]:
    """The date in the clause behind a list of names."""
    return [replace(claim, detail=word) for claim in _rest(line_, start, end)]


def _behind_label(line_: Line, label: labels.Label, start: int, end: int) -> list[Claim]:
    if label.field == "leaders":
        stop = _names_end(line_.folded, start, end)
        rest = clauses(line_, stop, end, strict=True) if stop < end else []
        named = leaders(line_, *trimmed(line_.folded, start, stop), label.word)
        vague = line_.folded[label.end - 1] in "为是" or len(label.word) < 3
        return (
            [] if vague and not all(claim.sure for claim in named) else named
        ) + rest  # 分管：财务科 is of no measure
    if label.field == "departments" and (led := _in_bracket(line_, start, end, label.word)):
        return led
    if label.field == "departments" and (aside := _aside(line_, start, end)):
        return (
            listed(line_, *trimmed(line_.folded, start, aside[0]), label.field, label.word)
            + aside[1]
        )
    spoken = clauses(line_, start, end, strict=True)
    if spoken and label.field in ("departments", "who", "lead_who"):
        return [replace(claim, detail=label.word) for claim in spoken]
    return listed(line_, start, end, label.field, label.word)


_DATED: Final = re.compile(
    r"[,、;。(\s](?:(?:并|力争|争取|确保|务必|计划|预计|要求|应|须|拟|限|于|在|截至|最迟)*|(?:完成)?(?:时限|时间|期限)[为是]?)$"
)
_DONE: Final = re.compile(
    r"(?:按时|按期|如期|全部|全面|基本|力争|初步|集中)*(?:完成|办结|完毕|办理|落实|到位|整改|建成|见效|开展|启动|投用|投入|竣工|实施|举办|召开|报送|销号|起|开始|坚持|推进)"
    r"|[(),、;。\s]|$"
)


_PIECE: Final = re.compile(r"[^,、;。]{1,30}")


def names_end(folded: str, start: int, end: int) -> int:
    """Where a list of names ends and a date begins: 甲、乙，10月底前完成 or 甲、乙10月底前完成."""
    for date in deadlines.find(folded, start, end):
        before = _DATED.search(folded[max(start, date.start - 14) : date.start])
        spelled = re.search(r"[0-9一二三四五六七八九十]+ *[月年日季]|年底|半年|全年", date.text)
        done = _DONE.match(folded, date.end, end)
        piece = _PIECE.match(folded, date.end, end)
        other = before and not (piece and labels.is_department(piece[0]))  # ，年底前形成送审稿
        if date.start > start and ((done and spelled) or other):
            return date.start - (len(before[0]) if before else 0)
    return end


_ENDED: Final = re.compile(r"。(?=.)|,(?=[^,、。]*(?:配合|协助|参与|完成|月|底前|办结|组织))")


def _names_end(folded: str, start: int, end: int) -> int:
    """Where names end and a sentence goes on: 责任人：石山，各村配合。11月底前完成."""
    match = _ENDED.search(folded, start, end)
    return match.start() if match else end


def _in_bracket(line_: Line, start: int, end: int, word: str) -> list[Claim]:
    """责任科室：餐饮科、生产科（生产科牵头）: who of a list leads, or who else supports it."""
    open_ = line_.folded.rfind("(", start, end)
    if open_ <= start or line_.folded[end - 1] != ")":
        return []
    said = clauses(line_, open_ + 1, end - 1, strict=True)
    lead = [claim for claim in said if claim.field == "lead_departments"]
    support = [claim for claim in said if claim.field == "support_departments"]
    taken = [name for claim in lead for name in claim.names]
    rest = _distinct([name for name, _ in names(line_, start, open_) if name not in taken])
    if not (lead or support):
        return []
    source, text = Source(line_.block, start, open_), line_.text[start:open_]
    role = "support_departments" if lead else "departments"
    others = [Claim(role, text, source, rest, "noted", detail=word)] if rest else []
    return [replace(claim, reason="noted", detail=word) for claim in lead] + others + support


def _aside(line_: Line, start: int, end: int) -> tuple[int, list[Claim]] | None:
    """责任股室：预算股，国库股配合: who supports stands behind the last comma."""
    first = _VERB.search(line_.folded, start, end)
    if not first or not first["support"] or _is_note(line_.folded, first):
        return None
    comma = line_.folded.rfind(",", start, first.start())
    named = (
        _named(line_, comma + 1, first.start(), "support_departments", "verb")
        if comma > start
        else []
    )
    return (comma, named) if named else None


def trimmed(folded: str, start: int, end: int) -> tuple[int, int]:
    """Without marks and spaces at both ends, and without brackets there that are not paired inside."""
    for _ in range(_PEELED):
        while start < end and folded[start] in _TRIM:
            start += 1
        while start < end and folded[end - 1] in _TRIM:
            end -= 1
        open_ = sum(folded.count(char, start, end) for char in "([") - sum(
            folded.count(char, start, end) for char in ")]"
        )
        if open_ < 0 and folded[end - 1] in ")]":
            end -= 1
        elif open_ > 0 and folded[start] in "([":
            start += 1
        elif open_ > 0 and folded[end - 1] in "([":
            end -= 1
        else:
            break
    return start, end


_WIDE_NAME: Final = re.compile(r"(?<![一-鿿])([一-鿿])[ \u3000]+([一-鿿]{1,2})(?![一-鿿])")


def names(line_: Line, start: int, end: int) -> list[tuple[str, str]]:
    """The names in a part and each one's role note, as the measure table splits them."""
    text = line_.text[start:end]
    split = measures.split_names(_even(text))
    found = [(_TOLD.sub("", name).strip(" ：:。"), note) for name, note in split]
    return [
        (_STAR.sub("", name), "牵头" if _STAR.search(name) else note)
        for name, note in found
        if _STAR.sub("", name)
    ]


_TOLD: Final = re.compile(
    r"[（(][^（()）:：]{1,20}[:：][^（()）]{0,40}[)）]$"
)  # （联系人：甲） is no part of a name
_STAR: Final = re.compile(r"^[*＊★☆▲△#＃]+|[*＊★☆▲△]+$")


def _even(text: str) -> str:
    """Brackets that are closed: a name whose bracket is not would swallow those behind it. One on a line of its own
    belongs to the name above."""
    text = re.sub(r"(?<=\S)\s{1,9}(?=[（(])", "", text)
    folded = folding.fold(text)
    if folded.count("(") + folded.count("[") == folded.count(")") + folded.count("]"):
        return text
    return "".join(
        char if fold not in "()[]" else "、" for char, fold in zip(text, folded, strict=True)
    )


_AND_OTHERS: Final = re.compile(
    r"(?<=[一-鿿]{2})等(?:[0-9一二三四五六七八九十]{1,2}[人名位]|班子成员|领导|同志|人|$)[一-鿿]{0,4}$"
)


def leaders(line_: Line, start: int, end: int, word: str) -> list[Claim]:
    """The persons of a label for leaders; titles are taken off, departments among them told apart."""
    source = Source(line_.block, start, end)
    if line_.folded[start:end] in DITTO:
        return [Claim("leaders", line_.text[start:end], source, (), "ditto", rank=_rank(word))]
    split = measures.split_names(_even(_WIDE_NAME.sub(r"\1\2", line_.text[start:end])))
    given = [_AND_OTHERS.sub("", name) for name, _ in split]
    offices = [
        part
        for name in given
        for part in _with_person(name)[1:]
        if labels.is_department(folding.fold(part))
    ]
    bare = [person for name in given if (person := _bare(name.strip(" ：:。")))]
    named = [person for person in bare if not labels.is_title(folding.fold(person))]
    beside = [
        person
        for person in named
        if labels.is_department(fold := folding.fold(person)) and not labels.is_role(fold)
    ]
    if len(beside) < len(named):  # 县水务局 陈晨
        named, offices = [person for person in named if person not in beside], offices + beside
    persons = [
        _untitled(person) for person in named
    ] or bare  # a title alone is better than nothing
    sure = bool(named) and all(map(_is_plain, persons)) and given == [name for name, _ in split]
    claims = (
        [
            Claim(
                "leaders",
                line_.text[start:end],
                source,
                _distinct(persons),
                "label",
                sure,
                word,
                _rank(word),
            )
        ]
        if persons
        else []
    )
    return claims + (
        [Claim("beside", line_.text[start:end], source, _distinct(offices), "beside", sure=False)]
        if offices
        else []
    )


_PLAIN: Final = re.compile(
    "[一-鿿㐀-䶿]{2,4}|[一-鿿]{1,9}[·•][一-鿿·•]{1,12}|[A-Za-z][A-Za-z .]{1,30}|[甲乙丙丁戊己庚辛]"
)


def _is_plain(name: str) -> bool:
    """Whether a name is beyond doubt a person's, also with a surname that is not listed."""
    folded = folding.fold(name)
    unlike = labels.is_department(folded) or labels.is_role(folded)
    return labels.is_person(folded) or (bool(_PLAIN.fullmatch(name)) and not unlike)


def _bare(name: str) -> str:
    """A person's name without what is said of the person in brackets, before a colon or in digits."""
    title, _, rest = folding.fold(name).rpartition(":")
    name = name[len(name) - len(rest) :] if labels.is_title(title) else name
    return _ASIDE.sub("", name).strip()


_INNER: Final = r"[（(\[［〔【][^（()）\[\]］〕】]{0,40}[)）\]］〕】]"
_ASIDE: Final = re.compile(rf"^{_INNER}|{_INNER}$|[0-9][0-9 -]{{5,20}}$")


def _untitled(name: str) -> str:
    """A person's name without title and bracket; what then looks like none stays as it is."""
    name = _bare(name) or name
    folded = folding.fold(name)
    bare = labels.untitled(folded)
    at = folded.find(bare)
    return name[at : at + len(bare)] if _is_plain(bare) else name


def _rank(word: str) -> int:
    """Of several labels for leaders the one who leads counts: 责任领导 before 责任人, and that before 分管领导."""
    if "领导" in word or "同志" in word:
        return (
            0
            if word.startswith(("责任", "牵头", "挂帅", "市", "县", "区", "校", "院", "局"))
            else 1
        )
    return 2


def _distinct(items: list[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(items))


def listed(line_: Line, start: int, end: int, field: str, word: str) -> list[Claim]:
    """Names behind a label for departments, or for either; a role in brackets behind a name tells it apart."""
    source, text = Source(line_.block, start, end), line_.text[start:end]
    if line_.folded[start:end] in DITTO:
        return [
            Claim(
                "departments" if field == "who" else field.replace("_who", "_departments"),
                text,
                source,
                (),
                "ditto",
            )
        ]
    noted = names(line_, start, end)
    claims = _noted(noted, source, text, word) if field in ("departments", "who") else []
    if claims:
        return claims
    given = [bare for name, _ in noted if (bare := _AND_SO_ON.sub("", name))]
    if field.endswith("who"):
        return _either(given, field, source, text, word)
    offices, persons = _told_apart(given)
    sure = offices == [
        name for name, _ in noted
    ]  # 县文明办等: and whom else? 规划科（王强）: or is it a part of it?
    claims = (
        [Claim("leaders", text, source, _distinct(persons), "beside", sure=False, rank=3)]
        if persons
        else []
    )
    return (
        [Claim(field, text, source, _distinct(offices), "label", sure, word), *claims]
        if given
        else []
    )


def _told_apart(given: list[str]) -> tuple[list[str], list[str]]:
    """Departments, and the persons in brackets behind them."""
    parts = [_with_person(name) for name in given]
    persons = [
        part
        for pair in parts
        if len(pair) > 1
        for part in pair
        if not labels.is_department(folding.fold(part))
    ]
    return [part for pair in parts for part in pair if part not in persons], [
        _untitled(name) for name in persons
    ]


def _noted(noted: list[tuple[str, str]], source: Source, text: str, word: str) -> list[Claim]:
    lead = [name for name, note in noted if note in ("牵头", "主办", "主责")]
    if not lead:
        return []
    rest = [name for name, note in noted if name not in lead]
    claims = [Claim("lead_departments", text, source, _distinct(lead), "noted", detail=word)]
    return claims + (
        [Claim("support_departments", text, source, _distinct(rest), "noted", detail=word)]
        if rest
        else []
    )


def _either(given: list[str], field: str, source: Source, text: str, word: str) -> list[Claim]:
    """Persons and departments behind one label, told apart by how the names are formed."""
    given = [
        part
        for name in given
        for part in _with_person(name)
        if not labels.is_title(folding.fold(part))
    ] or given
    persons = [
        name
        for name in given
        if not labels.is_department(folding.fold(name)) and labels.is_person(folding.fold(name))
    ]
    others = [name for name in given if name not in persons]
    sure = all(labels.is_department(folding.fold(name)) for name in others)
    role = {
        "lead_who": "lead_departments",
        "support_who": "support_departments",
        "who": "departments",
    }[field]
    claims = []
    if persons and field != "support_who":
        claims.append(
            Claim(
                "leaders",
                text,
                source,
                _distinct([_untitled(name) for name in persons]),
                "form",
                sure,
                word,
                _rank(word),
            )
        )
    if others:
        claims.append(
            Claim(role, text, source, _distinct(others), "form" if persons else "label", sure, word)
        )
    return claims


def _with_person(name: str) -> list[str]:
    """组宣部（张慧） behind a label for both is a department and a person."""
    match = re.fullmatch(
        r"([^:：]{2,20})(?:[（(]|[:：](?=[^（()）]+$))([^（()）:：]{2,12})[)）]?", name
    )
    parts = [match[1], match[2]] if match else []
    if parts and labels.is_department(folding.fold(parts[0])) != labels.is_department(
        folding.fold(parts[1])
    ):
        return parts if any(labels.is_person(folding.fold(part)) for part in parts) else [name]
    return [name]


_FINISHED: Final = re.compile(
    r"(?<=.)(?:全部|全面|基本)?(?:完成(?:整改|任务|建设|改造|创建|整治|目标)?|整改完成|办结|完毕|办理完毕|整改到位)$"
)


# --- deadlines --------------------------------------------------------------------------------------------------------


_YEAR: Final = re.compile(r"20[0-9]{2}年度?|[今本明]年")
_EVENT: Final = re.compile(r"[一-鿿]{2,12}(?:前|后|起|止|期间|时)")  # 2018年|秋季学期开学前


def deadline(line_: Line, start: int, end: int, word: str) -> Claim:
    """A labelled deadline: the phrase as printed without 完成; of several dates with words between them the last."""
    source, text = Source(line_.block, start, end), line_.text[start:end]
    if line_.folded[start:end] in DITTO:
        return Claim("deadline", text, source, (), "ditto")
    bare = _FINISHED.sub("", line_.folded[start:end])
    stop = start + len(bare)
    if deadlines.read(bare, 2020) is not None:
        return Claim(
            "deadline",
            line_.text[start:stop],
            Source(line_.block, start, stop),
            (),
            "label",
            detail=word,
        )
    found = deadlines.find(line_.folded, start, end)
    if not found or re.match(
        r"[0-9]{2,3}年", line_.folded[start : found[0].start]
    ):  # 113年9月, of the Republic
        return Claim("deadline", text, source, (), "unreadable", sure=False, detail=word)
    last = max(found, key=lambda date: (date.order, date.start))
    if (
        len(found) == 1
        and _YEAR.fullmatch(last.text)
        and _EVENT.fullmatch(line_.folded, last.end, end)
    ):
        return Claim("deadline", text, source, (), "unreadable", sure=False, detail=word)
    at = Source(line_.block, last.start, last.end)
    after = line_.folded[last.end : end]
    sure = (len(found) > 1 or last.start == start) and not re.search(r"[0-9日前底]", after)
    sure = sure and last.start == max(
        date.start for date in found
    )  # 全年推进，11月底前完成: which of them?
    return Claim(
        "deadline",
        line_.text[last.start : last.end],
        at,
        (),
        "last_date" if len(found) > 1 else "date",
        sure,
        word,
    )


# --- verbs ------------------------------------------------------------------------------------------------------------

_C: Final = labels.CLAUSES
_LEAD, _SUPPORT, _CHARGE = (
    sorted(_C[key], key=len, reverse=True)
    for key in ("lead_verbs", "support_verbs", "charge_verbs")
)
_SHARED: Final = r"(?:按照?|根据|依)(?:各自)?(?:职责|职能|分工|任务)(?:分工|职责)*(?:负责|落实|抓好|推进|实施|做好)?"
_NO_NOUN: Final = (
    "(?!(?:责任)?(?:单位|部门|科室|处室|部室|股室|机构|人员|同志|领导))"  # 各学科负责单位
)
_VERB: Final = re.compile(
    rf"(?P<shared>{_SHARED})|(?P<lead>(?:{'|'.join(_LEAD)}){_NO_NOUN})|(?P<support>(?:共同|积极|协调|协助)?(?:{'|'.join(_SUPPORT)})"
    rf"{_NO_NOUN})|(?P<charge>(?:{'|'.join(_CHARGE)}){_NO_NOUN})"
)
_TOGETHER: Final = re.compile(
    r"会同|(?<![招工电通经外客协])商(?![务会业贸标场城店户品圈检联行投])|联合(?![会社国体大学办组])|协同(?![办创处科])"
)
_STOPS: Final = "。;；:：!！？?\n"
_AROUND: Final = re.compile(
    r"^(?:以上|上述|本项)?(?:任务|工作|事项|各项|内容|措施|举措)*(?:分别|均|都|统一)?(?:由|请)|^(?:并|其中|原则上)?由"
    r"|(?:等)?(?:共同|分别|具体|统一|一并|密切|积极|负责)+$|^[,、 ]+|[,、 ]+$"
)
_AND_SO_ON: Final = re.compile(
    r"等(?:[0-9一二三四五六七八九十]{1,3}[个家]?)?(?:有关|相关|各)?(?:责任)?(?:部门|单位|科室|处室|部室|乡镇)?$|等$"
)


def clauses(line_: Line, start: int, end: int, *, strict: bool) -> list[Claim]:
    """由甲牵头，乙、丙配合，6月底前完成 without labels. strict: only where nothing else stands in the text."""
    first, cursor = _date_ahead(line_, start, end)
    found = _clauses(line_, cursor, end, strict=strict)
    if not first:
        return found
    dated = any(claim.field == "deadline" for claim in found)
    return found + ([] if dated else first) if has_names(found) else []


def _clauses(line_: Line, start: int, end: int, *, strict: bool) -> list[Claim]:
    claims: list[Claim] = []
    cursor = start
    for match in _VERB.finditer(line_.folded, start, end):
        if match.start() < cursor or _is_note(line_.folded, match):
            continue
        claims += _verb_claims(line_, cursor, match, claims)
        cursor = _behind(line_.folded, match.end(), end)
    rest = _rest(line_, cursor, end)
    if strict and not claims:
        return rest if rest and _only_date(line_.folded, start, end) else []
    if not strict and not claims:
        stop = rest[0].source.start if rest else end
        return _bare_names(line_, *trimmed(line_.folded, start, stop)) + rest
    return claims + rest


def has_names(claims: list[Claim]) -> bool:
    return any(claim.names for claim in claims)


def _date_ahead(line_: Line, start: int, end: int) -> tuple[list[Claim], int]:
    """（3月，德育处负责）: the date that comes first, and where the names begin."""
    begin, _ = trimmed(line_.folded, start, end)
    stop = begin
    for date in deadlines.find(line_.folded, begin, min(end, begin + 40)):  # 4月、6月
        stop = date.end if line_.folded[stop : date.start] in ("", "、", "和") else stop
    comma = _COMMA.match(line_.folded, stop, end) if stop > begin else None
    if not comma:
        return [], start
    source = Source(line_.block, begin, stop)
    return [Claim("deadline", line_.text[begin:stop], source, (), "sentence")], comma.end()


_COMMA: Final = re.compile(r"[^,;，。、]{0,6}[,;] *(?=.)")


def _is_note(folded: str, match: re.Match[str]) -> bool:
    """（牵头） behind a name."""
    return (
        folded[match.start() - 1 : match.start()] == "("
        and folded[match.end() : match.end() + 1] == ")"
    )


def _behind(folded: str, at: int, end: int) -> int:
    """Where the clause of a verb ends: at the next comma, full stop or space."""
    match = re.compile(r"[,。;；、\s]").search(folded, at, end)
    return match.end() if match else end


_NEAR: Final = 500  # characters before a verb in which those it is said of are named


def _verb_claims(line_: Line, start: int, match: re.Match[str], before: list[Claim]) -> list[Claim]:
    start, stop = _subject(line_.folded, max(start, match.start() - _NEAR), match.start())
    if start >= stop:
        return []
    role = _role(match, before)
    inside = (
        _TOGETHER.search(line_.folded, start, stop)
        if role in ("departments", "lead_departments")
        else None
    )
    if inside:
        first = _named(line_, start, inside.start(), "lead_departments", "together")
        others = _named(line_, inside.end(), stop, "support_departments", "together")
        return first + others if first and others else []
    named = _named(line_, start, stop, role, "verb")
    shared = match["shared"] and role == "departments"
    return [
        replace(claim, sure=False, reason="shared") if shared and len(claim.names) > 1 else claim
        for claim in named
    ]


def _role(match: re.Match[str], before: list[Claim]) -> str:
    if match["lead"]:
        return "lead_departments"
    if match["support"]:
        return "support_departments"
    return "charge" if any(claim.field == "lead_departments" for claim in before) else "departments"


def _subject(folded: str, start: int, stop: int) -> tuple[int, int]:
    """The names before a verb: without 由, commas and adverbs around them, and without an earlier sentence."""
    cut = _cut(folded, start, stop)
    start = max(start, cut + 1)
    if folded.count("(", start, stop) > folded.count(")", start, stop):  # 各镇（市住建局牵头）
        start = folded.rfind("(", start, stop) + 1
    by = folded.rfind("由", start, stop)
    if by >= 0 and (by == start or folded[by - 1] not in "理"):
        start = by + 1
    while start < stop:
        match = _AROUND.search(folded[start:stop])
        if not match or not match[0]:
            break
        if match.start() == 0:
            start += match.end()
        else:
            stop = start + match.start()
    return trimmed(folded, start, stop)


def _cut(folded: str, start: int, stop: int) -> int:
    """The last mark that ends a sentence, but for those inside a bracket: 由甲（联系人：乙）牵头."""
    while start < stop:
        cut = max(folded.rfind(char, start, stop) for char in _STOPS)
        close, open_ = folded.find(")", cut, stop), folded.rfind("(", start, max(cut, start))
        if cut < start or open_ < 0 or close < 0 or folded.find(")", open_, cut) >= 0:
            return cut
        stop = open_
    return -1


def _named(line_: Line, start: int, stop: int, role: str, reason: str) -> list[Claim]:
    """The names of a clause, if each of them is formed like one."""
    noted = names(line_, start, stop)
    found = [
        bare
        for name, _ in noted
        if (bare := _AND_SO_ON.sub("", name)) and not labels.is_title(folding.fold(bare))
    ]
    found = [part for name in found for part in _with_person(name)]
    clipped = any(_AND_SO_ON.search(name) for name, _ in noted)
    folded = [folding.fold(name) for name in found]
    if not found or not all(labels.is_name(_bare(name)) for name in folded):
        return []
    source, text = Source(line_.block, start, stop), line_.text[start:stop]
    if role == "departments" and (claims := _noted(noted, source, text, "")):
        return claims
    persons = [
        name for name, fold in zip(found, folded, strict=True) if not labels.is_department(fold)
    ]
    others = [name for name in found if name not in persons]
    claims = []
    if persons and role != "support_departments":
        claims.append(
            Claim(
                "leaders",
                text,
                source,
                _distinct([_untitled(name) for name in persons]),
                reason,
                sure=not others,
                rank=1,
            )
        )
    if others:
        role = "support_departments" if role == "charge" else role
        claims.append(
            Claim(role, text, source, _distinct(others), reason, sure=not persons and not clipped)
        )
    return claims


def _rest(line_: Line, start: int, end: int) -> list[Claim]:
    """The date behind the last verb."""
    found = deadlines.find(line_.folded, start, end)
    if not found:
        return []
    last = max(found, key=lambda date: (date.order, date.start))
    return [
        Claim(
            "deadline",
            line_.text[last.start : last.end],
            Source(line_.block, last.start, last.end),
            (),
            "sentence",
        )
    ]


def _only_date(folded: str, start: int, end: int) -> bool:
    """Whether a text is a date and nothing else: （6月底前完成）."""
    found = deadlines.find(folded, start, end)
    left = len(folded[start:end]) - sum(date.end - date.start for date in found)
    return (
        bool(found)
        and re.search(r"前|完成|办结|底|旬|全年|长期", folded[start:end]) is not None
        and left <= 4
    )


def _bare_names(line_: Line, start: int, end: int) -> list[Claim]:
    """Names alone in a bracket at the end: （组宣部、办公室）. No label says that they answer: to be checked."""
    noted = names(line_, start, end)
    found = [name for name, _ in noted]
    source, text = Source(line_.block, start, end), line_.text[start:end]
    if not _are_names(found):
        return []
    if claims := _noted(noted, source, text, ""):
        return claims
    return [
        replace(claim, reason="bare", sure=False)
        for claim in _either(found, "who", source, text, "")
    ]


COUNT: Final = re.compile(
    r"\([共计合]* *[0-9一二三四五六七八九十]{1,4} *[个项件条类][^()]{0,6}\)$"
)  # （3项）
_HEADED: Final = re.compile(
    r"(?:由)?(?P<who>[^,。;:]{2,30}?)(?:同志)?(?:负责|牵头|分管|主抓|包抓|包联|包保|联系|领衔|主管)"
    r"(?:的|办理|推进|抓好|落实|督办|实施)*(?:[一-鿿]{0,6}(?:工作|任务|事项|项目|举措|措施|实事))?"
)


_DUE: Final = re.compile(
    r"(?:需|须|要|应)?(?:全部|全面|基本)?(?:完成|办结|整改|见效|坚持|推进)*(?:到位)?的?(?:整改|重点)?(?:工作|任务|事项|项目|问题|措施)"
)


def headed(line_: Line, start: int, end: int) -> list[Claim]:
    """Who leads what stands below a heading, or by when it is done: 副市长王强负责的工作（3项）, 6月底前完成的任务."""
    stop = _uncounted(line_.folded, start, end)
    match = _HEADED.fullmatch(line_.folded, start, stop)
    if match:
        return _office_or_person(line_, *trimmed(line_.folded, *match.span("who")))
    begins = [date for date in deadlines.find(line_.folded, start, stop)[:1] if date.start == start]
    if not begins or not _DUE.fullmatch(line_.folded, begins[0].end, stop):
        return []
    source = Source(line_.block, start, begins[0].end)
    return [Claim("deadline", line_.text[start : source.end], source, (), "heading")]


def alone(line_: Line, start: int, end: int) -> list[Claim]:
    """An office that is a heading, or a person with a title: 市教育局（3项）, 王强副市长."""
    start, stop = trimmed(line_.folded, start, _uncounted(line_.folded, start, end))
    claims = _office_or_person(line_, start, stop)
    words = (
        claims
        and claims[0].names == (line_.text[start:stop],)
        and not labels.is_office(line_.folded[start:stop])
    )
    return [] if words else claims


def _uncounted(folded: str, start: int, end: int) -> int:
    count = COUNT.search(folded, start, end)
    return count.start() if count else end


def _office_or_person(line_: Line, start: int, end: int) -> list[Claim]:
    offices = tuple(name for name, _ in names(line_, start, end))
    if all(labels.is_department(folding.fold(name)) for name in offices):
        source = Source(line_.block, start, end)
        return (
            [Claim("lead_departments", line_.text[start:end], source, offices, "heading")]
            if offices
            else []
        )
    claims = leaders(line_, start, end, "")
    return (
        claims
        if all(labels.is_person(folding.fold(name)) for claim in claims for name in claim.names)
        else []
    )


def sentence(line_: Line, start: int, end: int) -> list[Claim]:
    """What a sentence of the text says: somebody must lead or be in charge, named behind 由 or before 牵头, 会同."""
    if end - start <= 60 and (claims := headed(line_, start, end)):
        return claims
    claims = [
        claim for match in _LED.finditer(line_.folded, start, end) for claim in _led(line_, match)
    ]
    for match in re.compile(r"[^。；;！!\n]+").finditer(line_.folded, start, end):
        if re.search(r"牵头|主办|由.{2,60}|会同|分工负责|按职责分工|负责", match[0]):
            claims += _sentence(line_, match.start(), match.end())
        elif claims:  # 由甲牵头…；乙、丙参与
            said = clauses(line_, match.start(), match.end(), strict=True)
            claims += [
                c
                for c in said
                if c.field == "support_departments" and c.source.start == match.start()
            ]
    return claims


_LED: Final = re.compile(
    r"(责任领导|分管领导|牵头领导|包保领导|责任人|负责人)(?:为|是)?([一-鿿]{2,4})(?=[,。;、 )]|$)"
)


def _led(line_: Line, match: re.Match[str]) -> list[Claim]:
    """分管领导李静 without a colon."""
    if not labels.is_person(match[2]) or labels.is_department(match[2]):
        return []
    name = line_.text[match.start(2) : match.end(2)]
    return [
        Claim(
            "leaders",
            name,
            Source(line_.block, *match.span(2)),
            (_untitled(name),),
            "verb",
            detail=match[1],
        )
    ]


def _sentence(line_: Line, start: int, end: int) -> list[Claim]:
    claims = _together(line_, start, end)
    cursor = start
    for match in _VERB.finditer(line_.folded, start, end):
        if match.start() < cursor or _is_note(line_.folded, match):
            continue
        named = _verb_claims(line_, cursor, match, claims) or _verb_claims(
            line_, _comma(line_.folded, cursor, match.start()), match, claims
        )
        if named and (
            claims
            or match["lead"]
            or match["shared"]
            or named[0].reason == "together"
            or _by(line_.folded, named[0].source)
            or _alone(line_.folded, match, named)
        ):
            claims += named
            cursor = _behind(line_.folded, match.end(), end)
    claims = claims or _by_whom(line_, start, end)
    if not claims:
        return []
    return claims + _rest(line_, start, end)


def _alone(folded: str, match: re.Match[str], named: list[Claim]) -> bool:
    """市教育局负责，…: departments at the beginning of a clause and nothing behind the verb."""
    ends = match.end() == len(folded) or folded[match.end()] in ",。;、 "
    start = named[0].source.start
    begins = start == 0 or folded[start - 1] in ",。;: 、"
    return (
        bool(match["charge"])
        and ends
        and begins
        and all(claim.field != "leaders" for claim in named)
    )


def _by_whom(line_: Line, start: int, end: int) -> list[Claim]:
    """由市财政局审核后拨付: whoever stands behind 由 acts, whatever the verb; to be checked."""
    at = line_.folded.find("由", start, end)
    if at < 0 or (at > start and line_.folded[at - 1] not in ",。;: 、并,"):
        return []
    stop = min(end, at + 20)
    action = _ACTION.search(line_.folded, at + 2, stop)
    found = _longest(line_, at + 1, action.start() if action else stop, "departments", "by")
    return [
        replace(claim, sure=False)
        for claim in found
        if claim.field == "departments" and not claim.names[0].startswith("各")
    ]


_ACTION: Final = re.compile("|".join([*_C["actions"], ",", "、?于", "在", "对"]))


def _together(line_: Line, start: int, end: int) -> list[Claim]:
    """由甲会同乙、丙制定: the words behind the names may be any; they end where something is done."""
    word = _TOGETHER.search(line_.folded, start, end)
    if not word or _VERB.search(line_.folded, word.end(), end):
        return []
    first = _subject(line_.folded, _comma(line_.folded, start, word.start()), word.start())
    action = _ACTION.search(line_.folded, word.end(), end)
    lead = _named(line_, *first, "lead_departments", "together")
    support = _longest(
        line_, word.end(), action.start() if action else end, "support_departments", "together"
    )
    return lead + support if lead and support else []


def _longest(line_: Line, start: int, stop: int, role: str, reason: str) -> list[Claim]:
    """The longest beginning of a part that is names and nothing else; where it isn't the whole part, to be checked."""
    for last in range(min(stop, start + 60), start + 1, -1):
        if labels.is_department(line_.folded[start:last][-12:]) and (
            found := _named(line_, start, last, role, reason)
        ):
            return found if last == stop else [replace(claim, sure=False) for claim in found]
    return []


def _comma(folded: str, start: int, stop: int) -> int:
    """Behind the last comma: 拆除违规店招，城管队牵头."""
    return max(start, folded.rfind(",", start, stop) + 1)


def _by(folded: str, source: Source) -> bool:
    return "由" in folded[max(0, source.start - 2) : source.start]
