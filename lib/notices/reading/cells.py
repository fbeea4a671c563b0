"""Claims → the cells of a measure: who leads, by which rule, from where; and what is to be checked."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from operator import attrgetter
from typing import Final

from lib.measures import name_forms
from lib.measures.joined import is_doubtful
from lib.notices.model import Cell
from lib.notices.reading.claims.claim import WHO, Claim, Claims, for_field
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
_SOURCE: Final = attrgetter("source")
_DETAIL: Final = attrgetter("detail")
_TEXT: Final = attrgetter("text")

_Cells = dict[str, Cell]
_Before = Mapping[str, Cell] | None  # the cells of the measure before, for 同上


@dataclass(frozen=True, slots=True)
class Filled:
    """The cells that claims fill.

    departments: the single list as printed, empty where roles are named.
    """

    cells: _Cells
    departments: str


def fill(claims: Sequence[Claim], rules: Rules, before: _Before) -> Filled:
    """Fill the cells of a measure for leaders, departments and deadline.

    Args:
        before: the cells of the measure before, for 同上.
    """
    filled = _departments(claims, rules, before)
    row = dict(filled.cells)
    row["leaders"] = _leaders(claims, before)
    row["deadline"] = _deadline(claims, rules, before)
    for field, cell in row.items():
        are_persons = field == "leaders"
        row[field] = _likely(cell, persons=are_persons)
    return Filled(row, filled.departments)


def point_out(entries: Sequence[Entry]) -> None:
    """Point out cells that are empty where nearly all other measures of the list have theirs."""
    for name in _EXPECTED:
        empty = [entry for entry in entries if _is_absent(entry, name)]
        are_rare = len(empty) * _RARE <= len(entries)
        if not are_rare:
            continue
        for entry in empty:
            _point_out_in(entry, name)


def _is_absent(entry: Entry, name: str) -> bool:
    cell = entry.measure.cells[name]
    return cell.reason == "absent"


def _point_out_in(entry: Entry, name: str) -> None:
    row = dict(entry.measure.cells)
    row[name] = replace(row[name], reason="others_have", sure=False)
    entry.measure = replace(entry.measure, cells=row)


def _likely(cell: Cell, *, persons: bool) -> Cell:
    """A cell of names of which one looks like none, or like two, is to be checked."""
    if not cell.sure:
        return cell
    for name in cell.names:
        is_odd = name_forms.is_odd(fold(name))
        if is_odd or is_doubtful(name, persons=persons):
            return replace(cell, reason="odd_name", sure=False, detail=name)
    return cell


def _names_of(claims: Iterable[Claim]) -> tuple[str, ...]:
    """The names of several claims, each once."""
    names: dict[str, None] = {}
    for claim in claims:
        names |= dict.fromkeys(claim.names)
    return tuple(names)


def _are_one(claims: Iterable[Claim], key: Callable[[Claim], object]) -> bool:
    """Whether claims agree in something."""
    values = {key(claim) for claim in claims}
    return len(values) == 1


def _cell(
    claim: Claim, names: tuple[str, ...] = (), *, sure: bool, text: str | None = None
) -> Cell:
    """A cell with a claim's text, or another one, and with its reason and place."""
    if text is None:
        text = claim.text
    return Cell(
        text=text,
        names=names,
        reason=claim.reason,
        sure=sure,
        source=claim.source,
        detail=claim.detail,
    )


def _ditto(claim: Claim, before: _Before, field: str) -> Cell:
    """The cell of the measure before, where it has one; else to be checked."""
    above = before[field] if before else Cell()
    if not above.names and not above.text:
        return Cell(reason="ditto", sure=False, source=claim.source)
    return replace(above, reason="ditto", source=claim.source, detail=claim.text)


# --- leaders and deadline --------------------------------------------------------------------------


def _leaders(claims: Sequence[Claim], before: _Before) -> Cell:
    """Who leads, by the label that ranks highest."""
    leaders = _without_beside(for_field(claims, "leaders"))
    if not leaders:
        return Cell()
    first = leaders[0]
    if first.reason == "ditto":
        return _ditto(first, before, "leaders")
    highest_rank = min(claim.rank for claim in leaders)
    highest = [claim for claim in leaders if claim.rank == highest_rank]
    is_one_place = _are_one(highest, _SOURCE)
    is_one_label = _are_one(leaders, _DETAIL)
    are_sure = all(claim.sure for claim in highest)
    sure = is_one_place and is_one_label and are_sure
    names = _names_of(highest)
    return _cell(highest[0], names, sure=sure)


def _without_beside(leaders: Claims) -> Claims:
    """Leave out persons named beside departments, 规划科（王强）, where somebody else is named."""
    others = [claim for claim in leaders if claim.reason != "beside"]
    return others or leaders


def _deadline(claims: Sequence[Claim], rules: Rules, before: _Before) -> Cell:
    """By when, as the first of several claims says."""
    dates = for_field(claims, "deadline")
    if not dates:
        return _missed_date(claims)
    first = dates[0]
    if first.reason == "ditto":
        return _ditto(first, before, "deadline")
    words = first.text.split()
    text = " ".join(words)
    reasoned = _reasoned_deadline(first, text, rules)
    is_readable = _window(text, rules) is not None
    is_one_text = _are_one(dates, _TEXT)
    sure = reasoned.sure and is_readable and is_one_text
    return _cell(reasoned, sure=sure, text=text)


def _reasoned_deadline(claim: Claim, text: str, rules: Rules) -> Claim:
    """Say with which year a deadline is read, or that it is to be checked."""
    if rules.year_of(text) != rules.year:
        return replace(claim, reason="next_year")
    window = _window(text, rules)
    if window is not None:
        return _doubted(claim, text, window, rules)
    is_readable_with_year = deadlines.read(text, ANY_YEAR) is not None
    if is_readable_with_year:
        return replace(claim, reason="needs_year")
    return replace(claim, reason="unreadable", sure=False)


def _window(text: str, rules: Rules) -> deadlines.Window | None:
    """What a deadline says in this list; None where it can't be read."""
    return deadlines.read(text, rules.year, rules.issued)


def _doubted(claim: Claim, text: str, window: deadlines.Window, rules: Rules) -> Claim:
    """A deadline that is to be checked: a number, or of a year unlike the list's."""
    if day_numbers.in_words(text):
        detail = f"{text} → {window.due}"
        return replace(claim, reason="day_number", sure=False, detail=detail)
    year = rules.year or 0
    if not rules.spans_years and slips.is_likely(text, window, year):
        detail = slips.shown(text, window, year)
        return replace(claim, reason="other_year", sure=False, detail=detail)
    return claim


def _missed_date(claims: Iterable[Claim]) -> Cell:
    """No deadline; to be checked where a date seems to stand among names."""
    for claim in claims:
        names_somebody = claim.field in WHO
        if names_somebody and _DATED.search(fold(claim.text)):
            return Cell(
                reason="missed_date",
                sure=False,
                source=claim.source,
                detail=claim.text,
            )
    return Cell()


# --- departments -----------------------------------------------------------------------------------


def _departments(claims: Sequence[Claim], rules: Rules, before: _Before) -> Filled:
    """Who leads and who supports, by their roles, or else by the order of a single list."""
    lead = for_field(claims, "lead_departments")
    support = for_field(claims, "support_departments")
    single = for_field(claims, "departments")
    is_ditto = bool(single) and single[0].reason == "ditto"
    if is_ditto and not lead:
        return _departments_above(single[0], before)
    if not (single or lead or support):
        single = for_field(claims, "beside")
    if single and not lead:
        return _first_leads(single, support, rules)
    leading = _role(lead, before, "lead_departments")
    supporting = _role(support + single, before, "support_departments")
    return _apart(leading, supporting)


def _departments_above(claim: Claim, before: _Before) -> Filled:
    """同上 for a single list: both roles are those of the measure before."""
    lead = _ditto(claim, before, "lead_departments")
    support = Cell()
    if before and before["support_departments"].names:
        support = _ditto(claim, before, "support_departments")
    return Filled(_roles(lead, support), "")


def _roles(lead: Cell, support: Cell) -> _Cells:
    """The cells of the two roles by their fields."""
    return {"lead_departments": lead, "support_departments": support}


def _role(claims: Sequence[Claim], before: _Before, field: str) -> Cell:
    """Those named for one role."""
    if not claims:
        return Cell()
    first = claims[0]
    if first.reason == "ditto":
        return _ditto(first, before, field)
    is_sure = first.sure and len(claims) == 1
    names = _names_of(claims)
    return _cell(first, names, sure=is_sure)


def _apart(lead: Cell, support: Cell) -> Filled:
    """Both roles; a department named as leading is not named as supporting as well."""
    others = [name for name in support.names if name not in lead.names]
    if len(others) < len(support.names):
        support = replace(support, names=tuple(others), sure=False, reason="led_too")
    if others and not lead.names:
        lead = replace(lead, sure=False, reason="no_lead")
    return Filled(_roles(lead, support), "")


def _first_leads(single: Sequence[Claim], support: Sequence[Claim], rules: Rules) -> Filled:
    """One list of departments: its first leads, by the notice's note or by custom."""
    listed = _names_of(single)
    are_several = len(listed) > 1
    has_no_order = rules.unordered and are_several
    first = _reasoned_lead(single[0], rules, several=are_several)
    is_one_list = _are_one(single, _SOURCE)
    sure = first.sure and is_one_list and not has_no_order
    lead = _cell(first, listed[:1], sure=sure)
    others = listed[1:] + _names_of(support)
    distinct_others = dict.fromkeys(others)
    supporting = Cell()
    if others:
        supporting = _cell(first, tuple(distinct_others), sure=sure)
    is_whole_list = not support and len(single) == 1
    printed = first.text if is_whole_list else ""
    return Filled(_roles(lead, supporting), printed)


def _reasoned_lead(claim: Claim, rules: Rules, *, several: bool) -> Claim:
    """Say why the first of a list leads."""
    if several and rules.unordered:
        return replace(claim, reason="unordered")
    if claim.reason != "label":
        return claim
    if rules.note:
        return replace(claim, reason="note", detail=rules.note)
    if several:
        return replace(claim, reason="first")
    return claim
