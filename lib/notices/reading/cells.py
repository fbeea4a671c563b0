"""Claims → the cells of a measure: who leads, by which rule, from where; and what is to be checked."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

from lib.measures import name_forms
from lib.measures.joined import is_doubtful
from lib.notices.model import Cell
from lib.notices.reading.claims.claim import ROLES, WHO, Claim
from lib.notices.reading.claims.deadlines import ANY_YEAR
from lib.notices.reading.entry import Entry
from lib.notices.reading.rules import Rules
from lib.text import day_numbers, deadlines, slips
from lib.text.folding import fold

_EXPECTED: Final = ("section", "article", "leaders", "lead_departments", "deadline")
_RARE: Final = 5  # one in so many: then an empty cell is pointed out
_DATED: Final = re.compile(
    r"[0-9一二三四五六七八九十] *[月日](?:份|底|末|前|中旬|[上下]旬|[0-9]|完成|$)"
    r"|[底末]前|年底|季度|完成时"
)
_Cells = dict[str, Cell]


@dataclass(frozen=True, slots=True)
class Filled:
    """The cells that claims fill.

    departments: the single list as printed, empty where roles are named.
    """

    cells: _Cells
    departments: str


def fill(claims: Sequence[Claim], rules: Rules, before: Mapping[str, Cell] | None) -> Filled:
    """Fill the cells of a measure for leaders, departments and deadline.

    Args:
        before: the cells of the measure before, for 同上.
    """
    filled = _departments(claims, rules, before)
    row = {
        "leaders": _leaders(claims, before),
        "deadline": _deadline(claims, rules, before),
        **filled.cells,
    }
    likely = {field: _likely(cell, persons=field == "leaders") for field, cell in row.items()}
    return Filled(likely, filled.departments)


def point_out(entries: Sequence[Entry]) -> None:
    """Point out cells that are empty where nearly all other measures of the list have theirs."""
    for name in _EXPECTED:
        empty = [entry for entry in entries if entry.measure.cells[name].reason == "absent"]
        if len(empty) * _RARE > len(entries):
            continue
        for entry in empty:
            row = entry.measure.cells
            doubt = replace(row[name], reason="others_have", sure=False)
            entry.measure = replace(entry.measure, cells={**row, name: doubt})


def _likely(cell: Cell, *, persons: bool) -> Cell:
    """A cell of names of which one looks like none, or like two, is to be checked."""
    if not cell.sure:
        return cell
    for name in cell.names:
        if name_forms.is_odd(fold(name)) or is_doubtful(name, persons=persons):
            return replace(cell, reason="odd_name", sure=False, detail=name)
    return cell


def _of(claims: Iterable[Claim], field: str) -> list[Claim]:
    return [claim for claim in claims if claim.field == field]


def _names_of(claims: Iterable[Claim]) -> tuple[str, ...]:
    """The names of several claims, each once."""
    names: dict[str, None] = {}
    for claim in claims:
        names |= dict.fromkeys(claim.names)
    return tuple(names)


def _are_one(claims: Iterable[Claim], key: Callable[[Claim], object]) -> bool:
    """Whether claims agree in something."""
    return len({key(claim) for claim in claims}) == 1


def _cell(
    claim: Claim, names: tuple[str, ...] = (), *, sure: bool, text: str | None = None
) -> Cell:
    """A cell with a claim's text, reason and place."""
    words = claim.text if text is None else text
    return Cell(words, names, claim.reason, sure, claim.source, claim.detail)


def _ditto(claim: Claim, before: Mapping[str, Cell] | None, field: str) -> Cell:
    """The cell of the measure before, where it has one; else to be checked."""
    above = before[field] if before else Cell()
    if not above.names and not above.text:
        return Cell(reason="ditto", sure=False, source=claim.source)
    return replace(above, reason="ditto", source=claim.source, detail=claim.text)


# --- leaders and deadline --------------------------------------------------------------------------


def _leaders(claims: Sequence[Claim], before: Mapping[str, Cell] | None) -> Cell:
    """Who leads, by the label that ranks highest."""
    every = _of(claims, "leaders")
    # 规划科（王强） counts where nobody else does
    given = [claim for claim in every if claim.reason != "beside"] or every
    if not given:
        return Cell()
    if given[0].reason == "ditto":
        return _ditto(given[0], before, "leaders")
    highest = min(claim.rank for claim in given)
    best = [claim for claim in given if claim.rank == highest]
    one_place = _are_one(best, lambda claim: claim.source)
    one_label = _are_one(given, lambda claim: claim.detail)
    sure = one_place and one_label and all(claim.sure for claim in best)
    return _cell(best[0], _names_of(best), sure=sure)


def _deadline(claims: Sequence[Claim], rules: Rules, before: Mapping[str, Cell] | None) -> Cell:
    """By when, as the first of several claims says."""
    given = _of(claims, "deadline")
    if not given:
        return _missed_date(claims)
    first = given[0]
    if first.reason == "ditto":
        return _ditto(first, before, "deadline")
    text = " ".join(first.text.split())
    readable = deadlines.read(text, rules.year, rules.issued) is not None
    if rules.year_of(text) != rules.year:
        first = replace(first, reason="next_year")
    elif not readable and deadlines.read(text, ANY_YEAR) is not None:
        first = replace(first, reason="needs_year")
    else:
        first = _doubted(first, text, rules)
    sure = first.sure and readable and _are_one(given, lambda claim: claim.text)
    return _cell(first, sure=sure, text=text)


def _doubted(claim: Claim, text: str, rules: Rules) -> Claim:
    """A deadline that is to be checked: unreadable, a number, or of a year unlike the list's."""
    window = deadlines.read(text, rules.year, rules.issued)
    if window is None:
        return replace(claim, reason="unreadable", sure=False)
    if day_numbers.in_words(text):
        return replace(claim, reason="day_number", sure=False, detail=f"{text} → {window.due}")
    if not rules.spans_years and slips.is_likely(text, window, rules.year or 0):
        detail = slips.shown(text, window, rules.year or 0)
        return replace(claim, reason="other_year", sure=False, detail=detail)
    return claim


def _missed_date(claims: Iterable[Claim]) -> Cell:
    """No deadline; to be checked where a date seems to stand among names."""
    for claim in claims:
        if claim.field in WHO and _DATED.search(fold(claim.text)):
            return Cell(reason="missed_date", sure=False, source=claim.source, detail=claim.text)
    return Cell()


# --- departments -----------------------------------------------------------------------------------


def _departments(
    claims: Sequence[Claim], rules: Rules, before: Mapping[str, Cell] | None
) -> Filled:
    """Who leads and who supports, by their roles, or else by the order of a single list."""
    lead, support = _of(claims, "lead_departments"), _of(claims, "support_departments")
    single = _of(claims, "departments")
    if single and single[0].reason == "ditto" and not lead:
        return _departments_above(single[0], before)
    if not (single or lead or support):
        single = _of(claims, "beside")
    if single and not lead:
        return _first_leads(single, support, rules)
    return _apart(
        _role(lead, before, "lead_departments"),
        _role(support + single, before, "support_departments"),
    )


def _departments_above(claim: Claim, before: Mapping[str, Cell] | None) -> Filled:
    """同上 for a single list: both roles are those of the measure before."""
    row = dict.fromkeys(ROLES, Cell())
    for field in ROLES:
        if field == "lead_departments" or (before and before[field].names):
            row[field] = _ditto(claim, before, field)
    return Filled(row, "")


def _role(given: Sequence[Claim], before: Mapping[str, Cell] | None, field: str) -> Cell:
    """Those named for one role."""
    if not given:
        return Cell()
    if given[0].reason == "ditto":
        return _ditto(given[0], before, field)
    sure = len(given) == 1 and given[0].sure
    return _cell(given[0], _names_of(given), sure=sure)


def _apart(lead: Cell, support: Cell) -> Filled:
    """Both roles; a department named as leading is not named as supporting as well."""
    others = tuple(name for name in support.names if name not in lead.names)
    if len(others) < len(support.names):
        support = replace(support, names=others, sure=False, reason="led_too")
    if others and not lead.names:
        lead = replace(lead, sure=False, reason="no_lead")
    return Filled({"lead_departments": lead, "support_departments": support}, "")


def _first_leads(single: Sequence[Claim], support: Sequence[Claim], rules: Rules) -> Filled:
    """One list of departments: its first leads, by the notice's note or by custom."""
    listed = _names_of(single)
    first = _reasoned(single[0], rules, several=len(listed) > 1)
    no_order = rules.unordered and len(listed) > 1
    one_list = _are_one(single, lambda claim: claim.source)
    sure = first.sure and one_list and not no_order
    others = tuple(dict.fromkeys((*listed[1:], *_names_of(support))))
    row = {
        "lead_departments": _cell(first, listed[:1], sure=sure),
        "support_departments": _cell(first, others, sure=sure) if others else Cell(),
    }
    return Filled(row, "" if support or len(single) > 1 else first.text)


def _reasoned(claim: Claim, rules: Rules, *, several: bool) -> Claim:
    """Say why the first of a list leads."""
    if several and rules.unordered:
        return replace(claim, reason="unordered")
    if claim.reason != "label":
        return claim
    if rules.note:
        return replace(claim, reason="note", detail=rules.note)
    return replace(claim, reason="first") if several else claim
