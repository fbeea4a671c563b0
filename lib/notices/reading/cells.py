"""Claims → the cells of a measure: who leads, by which rule, from where; and what is to be checked."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Final

from lib.notices import labels
from lib.notices.model import Cell, Measure
from lib.notices.reading.duties import Claim
from lib.text import deadlines, folding

WHO = frozenset({"leaders", "departments", "lead_departments", "support_departments"})
_EXPECTED: Final = ("section", "article", "leaders", "lead_departments", "deadline")
_RARE: Final = 5  # one in so many: then an empty cell is pointed out
_AUTUMN: Final = 9  # the month in which a school year begins
_DATED: Final = re.compile(
    r"[0-9一二三四五六七八九十] *[月日](?:份|底|末|前|中旬|[上下]旬|[0-9]|完成|$)|[底末]前|年底|季度|完成时"
)
_DEPARTMENTS = ("lead_departments", "support_departments")


@dataclass(frozen=True, slots=True)
class Rules:
    """What holds for the whole notice. note: the words that say who of a list leads; unordered: that nobody does.

    turn: in a school year or a heating season, the day before which a date without a year is one of the year after.
    """

    year: int | None = None
    note: str = ""
    unordered: bool = False
    turn: date | None = None
    issued: date | None = None

    def year_of(self, phrase: str) -> int | None:
        """The year that a phrase is read with: in 2021—2022学年 5月 is of 2022, 11月 of 2021."""
        if self.year is None or self.turn is None:
            return self.year
        window = deadlines.read(phrase, self.year)
        due = window.due if window else None
        late = due is not None and due.year == self.year and due < self.turn and due.month < _AUTUMN
        return self.year + (late and deadlines.read(phrase, self.year + 1) != window)


def has_who(claims: Iterable[Claim]) -> bool:
    return any(claim.field in WHO for claim in claims)


def layered(*layers: Sequence[Claim]) -> list[Claim]:
    """Claims of which a nearer layer covers the farther: the item's own, its group's, its headings'.

    The layers after the first are inherited, and say so.
    """
    out = list(layers[0])
    for layer in layers[1:]:
        taken = {claim.field for claim in out}
        if "departments" in taken and not taken & set(
            _DEPARTMENTS
        ):  # a lead named above leads the item's own list
            own = {claim.names[0] for claim in out if claim.field == "departments" and claim.names}
            lead = [
                c for c in layer if c.field == "lead_departments" and not own & set(c.names[:1])
            ]
            out += [replace(claim, reason="inherited", sure=False) for claim in lead]
        if taken & {"departments", "lead_departments"}:
            taken |= {"departments", "lead_departments", "support_departments"}
        out += [
            claim if claim.reason.startswith("group") else replace(claim, reason="inherited")
            for claim in layer
            if claim.field not in taken
        ]
    return out


def cells(
    claims: Sequence[Claim], rules: Rules, before: dict[str, Cell] | None
) -> tuple[dict[str, Cell], str]:
    """The cells that claims fill, and the single list of departments as printed (empty where roles are named).

    before: the cells of the measure before, for 同上.
    """
    found = {"leaders": _leaders(claims, before), "deadline": _deadline(claims, rules, before)}
    roles, printed = _departments(claims, rules, before)
    return {name: _likely(cell) for name, cell in (found | roles).items()}, printed


def pointed_out(measures: Sequence[Measure]) -> list[Measure]:
    """The measures of one list; a cell that is empty where nearly all others are filled is to be checked."""
    out = list(measures)
    for name in _EXPECTED:
        empty = [at for at, measure in enumerate(out) if measure.cells[name].reason == "absent"]
        for at in empty if len(empty) * _RARE <= len(out) else ():
            doubt = replace(out[at].cells[name], reason="others_have", sure=False)
            out[at] = replace(out[at], cells=out[at].cells | {name: doubt})
    return out


def _likely(cell: Cell) -> Cell:
    """A cell of names of which one looks like none is to be checked: a date or a verb may have stayed in it."""
    odd = next((name for name in cell.names if labels.is_odd(folding.fold(name))), "")
    return replace(cell, reason="odd_name", sure=False, detail=odd) if odd and cell.sure else cell


def _of(claims: Sequence[Claim], field: str) -> list[Claim]:
    return [claim for claim in claims if claim.field == field]


def _ditto(claim: Claim, before: dict[str, Cell] | None, field: str) -> Cell:
    if before is None or not (before[field].names or before[field].text):
        return Cell(reason="ditto", sure=False, source=claim.source)
    return replace(before[field], reason="ditto", source=claim.source, detail=claim.text)


def _leaders(claims: Sequence[Claim], before: dict[str, Cell] | None) -> Cell:
    every = _of(claims, "leaders")
    given = [
        claim for claim in every if claim.reason != "beside"
    ] or every  # 规划科（王强） counts where nobody else does
    if not given:
        return Cell()
    if given[0].reason == "ditto":
        return _ditto(given[0], before, "leaders")
    rank = min(claim.rank for claim in given)
    best = [claim for claim in given if claim.rank == rank]
    names = tuple(dict.fromkeys(name for claim in best for name in claim.names))
    sure = all(claim.sure for claim in best) and len({claim.source for claim in best}) == 1
    sure = sure and len({claim.detail for claim in given}) == 1
    return Cell(best[0].text, names, best[0].reason, sure, best[0].source, best[0].detail)


def _deadline(claims: Sequence[Claim], rules: Rules, before: dict[str, Cell] | None) -> Cell:
    given = _of(claims, "deadline")
    if not given:
        missed = next(
            (
                claim
                for claim in claims
                if claim.field in WHO and _DATED.search(folding.fold(claim.text))
            ),
            None,
        )
        return (
            Cell(reason="missed_date", sure=False, source=missed.source, detail=missed.text)
            if missed
            else Cell()
        )
    first = given[0]
    if first.reason == "ditto":
        return _ditto(first, before, "deadline")
    text = " ".join(first.text.split())
    readable = deadlines.read(text, rules.year) is not None
    reason = first.reason if readable or deadlines.read(text, 2020) is None else "needs_year"
    reason = "next_year" if rules.year_of(text) != rules.year else reason
    others = {claim.text for claim in given}
    return Cell(
        text, (), reason, first.sure and readable and len(others) == 1, first.source, first.detail
    )


def _departments(
    claims: Sequence[Claim], rules: Rules, before: dict[str, Cell] | None
) -> tuple[dict[str, Cell], str]:
    lead, support, single = (
        _of(claims, field) for field in ("lead_departments", "support_departments", "departments")
    )
    if single and single[0].reason == "ditto" and not lead:
        given = [
            field
            for field in _DEPARTMENTS
            if field == "lead_departments" or (before and before[field].names)
        ]
        return {field: Cell() for field in _DEPARTMENTS} | {
            field: _ditto(single[0], before, field) for field in given
        }, ""
    if not (single or lead or support):
        single = _of(claims, "beside")
        single = [replace(claim, field="departments") for claim in single]
    if single and not lead:
        return _first_leads(single, support, rules)
    roles = {
        "lead_departments": _role(lead, before, "lead_departments"),
        "support_departments": _role(support + single, before, "support_departments"),
    }
    return _apart(roles), ""


def _role(given: Sequence[Claim], before: dict[str, Cell] | None, field: str) -> Cell:
    if not given:
        return Cell()
    if given[0].reason == "ditto":
        return _ditto(given[0], before, field)
    names = tuple(dict.fromkeys(name for claim in given for name in claim.names))
    sure = all(claim.sure for claim in given) and len(given) == 1
    return Cell(given[0].text, names, given[0].reason, sure, given[0].source, given[0].detail)


def _apart(roles: dict[str, Cell]) -> dict[str, Cell]:
    """A department named as leading is not named as supporting as well."""
    lead, support = roles["lead_departments"], roles["support_departments"]
    rest = tuple(name for name in support.names if name not in lead.names)
    if len(rest) < len(support.names):
        roles["support_departments"] = replace(support, names=rest, sure=False, reason="led_too")
    if not lead.names and support.names:
        roles["lead_departments"] = replace(lead, sure=False, reason="no_lead")
    return roles


def _first_leads(
    single: Sequence[Claim], support: Sequence[Claim], rules: Rules
) -> tuple[dict[str, Cell], str]:
    """One list of departments: its first leads, by the notice's note or by custom."""
    first = single[0]
    names = tuple(dict.fromkeys(name for claim in single for name in claim.names))
    rest = tuple(dict.fromkeys((*names[1:], *(name for claim in support for name in claim.names))))
    sure = (
        first.sure
        and len({claim.source for claim in single}) == 1
        and not (rules.unordered and len(names) > 1)
    )
    reason = "note" if rules.note and first.reason == "label" else first.reason
    reason = "first" if reason == "label" and len(names) > 1 else reason
    reason = "unordered" if rules.unordered and len(names) > 1 else reason
    detail = rules.note if reason == "note" else first.detail
    lead = Cell(first.text, names[:1], reason, sure, first.source, detail)
    other = Cell(first.text, rest, reason, sure, first.source, detail) if rest else Cell()
    return {"lead_departments": lead, "support_departments": other}, "" if support or len(
        single
    ) > 1 else first.text
