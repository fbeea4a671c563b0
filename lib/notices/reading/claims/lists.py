"""Lists of names after a label or below a header → claims: who leads, who supports, who is a person."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from lib.measures import name_forms, person_names
from lib.measures.joined import without_others
from lib.measures.names import LEADING, Named, split_names
from lib.notices.model import Span
from lib.notices.reading.claims import names
from lib.notices.reading.claims.claim import Claim, Claims, is_ditto
from lib.text import folding

# The field of the departments among persons and departments after one label.
DEPARTMENTS_OF: Final = {
    "lead_who": "lead_departments",
    "support_who": "support_departments",
    "who": "departments",
}
_HIGHEST: Final = ("责任", "牵头", "挂帅", "市", "县", "区", "校", "院", "局")

# Ranks of the labels for leaders: of several claims the lowest counts.
_LEADING: Final = 0
IN_CHARGE: Final = 1
_ANSWERING: Final = 2
_BESIDE: Final = 3  # a person named only beside a department


# --- leaders ---------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _People:
    """The persons of a list of leaders, and the offices that stand among them."""

    persons: list[str]
    offices: list[str]
    sure: bool


def leaders(span: Span, label: str) -> Claims:
    """The persons after a label for leaders; titles are taken off, departments told apart.

    Args:
        span: the list of names.
        label: the label's or the header's own word.
    """
    rank = _rank(label)
    if is_ditto(span):
        return [Claim.of(span, "leaders", reason="ditto", rank=rank)]
    people = _people(span)
    claims: Claims = []
    if people.persons:
        claims.append(
            Claim.of(
                span,
                "leaders",
                people.persons,
                sure=people.sure,
                detail=label,
                rank=rank,
            )
        )
    if people.offices:
        beside = Claim.of(span, "beside", people.offices, "beside", sure=False)
        claims.append(beside)
    return claims


def _people(span: Span) -> _People:
    """Tell persons and offices apart: 县水务局 陈晨, 陈晨（县水务局）."""
    evened = names.even(span.text)
    printed = [name for name, _ in split_names(evened)]
    clipped = [without_others(name) for name in printed]
    offices = _offices_in_brackets(clipped)
    bare: list[str] = []
    for name in clipped:
        name_alone = person_names.bare(name.strip(names.EDGES))
        if name_alone:
            bare.append(name_alone)
    untitled = [name for name in bare if not names.is_title(name)]
    persons = [name for name in untitled if not _is_office(name)]
    if persons:
        offices += [name for name in untitled if _is_office(name)]
    else:
        persons = untitled
    if not persons:
        return _People(bare, offices, sure=False)  # a title alone is better than nothing
    persons = [person_names.untitled(name) for name in persons]
    is_whole = clipped == printed
    is_sure = is_whole and all(map(person_names.is_plain, persons))
    return _People(persons, offices, is_sure)


def _offices_in_brackets(listed: Sequence[str]) -> list[str]:
    offices: list[str] = []
    for name in listed:
        after_first = names.with_person(name)[1:]
        offices += filter(names.is_department, after_first)
    return offices


def _is_office(name: str) -> bool:
    """Whether a name among persons is a department's, and not 分管领导 or the like."""
    folded = folding.fold(name)
    return name_forms.is_department(folded) and not name_forms.is_role(folded)


def _rank(label: str) -> int:
    """Rank the labels for leaders: 责任领导 before 分管领导, and that before 责任人."""
    if "领导" not in label and "同志" not in label:
        return _ANSWERING
    return _LEADING if label.startswith(_HIGHEST) else IN_CHARGE


# --- departments, or both --------------------------------------------------------------------------


def listed(span: Span, field: str, label: str) -> Claims:
    """The names after a label for departments, or for persons and departments alike.

    Args:
        span: the list of names; a role in brackets after a name tells who leads.
        field: what the label stands for, `who` and its kin for persons and departments.
        label: the label's or the header's own word.
    """
    if is_ditto(span):
        departments = DEPARTMENTS_OF.get(field, field)
        return [Claim.of(span, departments, reason="ditto")]
    printed = names.split(span)
    if field in ("departments", "who"):
        by_notes = noted(span, printed, label)
        if by_notes:
            return by_notes
    clipped = _clipped([name for name, _ in printed])
    if field.endswith("who"):
        return either(span, clipped, field, label)
    if not clipped:
        return []
    offices, persons = _told_apart(clipped)
    # 县文明办等: and whom else? 规划科（王强）: or is that a part of it?
    is_sure = offices == [name for name, _ in printed]
    claims = [Claim.of(span, field, offices, sure=is_sure, detail=label)]
    if persons:
        claims.append(_beside(span, persons))
    return claims


def _told_apart(printed: Sequence[str]) -> tuple[list[str], list[str]]:
    """Departments, and the persons in brackets after them."""
    offices: list[str] = []
    persons: list[str] = []
    for name in printed:
        parts = names.with_person(name)
        are_two = len(parts) > 1
        for part in parts:
            if are_two and not names.is_department(part):
                persons.append(part)
            else:
                offices.append(part)
    offices = [name for name in offices if name not in persons]
    untitled = [person_names.untitled(name) for name in persons]
    return offices, untitled


def noted(span: Span, printed: Sequence[Named], label: str) -> Claims:
    """Roles in brackets after the names: 甲（牵头）、乙; [] where no department has one that leads.

    They are unsure where 等 was cut off, or where a person stands in brackets after a department.
    """
    leading = [name for name, note in printed if note in LEADING]
    if not leading or all(is_only_person(name) for name, _ in printed):
        return []
    others = [name for name, _ in printed if name not in leading]
    lead, lead_persons = _told_apart(_clipped(leading))
    support, support_persons = _told_apart(_clipped(others))
    is_sure = [*lead, *support] == [*leading, *others]
    claims: Claims = []
    for role, offices in (("lead_departments", lead), ("support_departments", support)):
        if offices:
            claims.append(Claim.of(span, role, offices, "noted", sure=is_sure, detail=label))
    persons = [*lead_persons, *support_persons]
    if persons:
        claims.append(_beside(span, persons))
    return claims


def _clipped(printed: Sequence[str]) -> list[str]:
    """Names without 等 and the like; those of which nothing stays are left out."""
    clipped = map(without_others, printed)
    return [name for name in clipped if name]


def _beside(span: Span, persons: Sequence[str]) -> Claim:
    """Persons in brackets after departments, who may be leaders."""
    return Claim.of(span, "leaders", persons, "beside", sure=False, rank=_BESIDE)


def either(span: Span, printed: Sequence[str], field: str, label: str) -> Claims:
    """Persons and departments after one label, told apart by how the names are formed."""
    parts = _parts_without_titles(printed) or printed
    persons = [name for name in parts if is_only_person(name)]
    departments = [name for name in parts if not is_only_person(name)]
    claims: Claims = []
    is_sure = all(map(names.is_department, departments))
    if persons and field != "support_who":
        untitled = [person_names.untitled(name) for name in persons]
        rank = _rank(label)
        claims.append(
            Claim.of(
                span,
                "leaders",
                untitled,
                "form",
                sure=is_sure,
                detail=label,
                rank=rank,
            )
        )
    if departments:
        reason = "form" if persons else "label"
        role = DEPARTMENTS_OF[field]
        claim = Claim.of(span, role, departments, reason, sure=is_sure, detail=label)
        claims.append(claim)
    return claims


def _parts_without_titles(printed: Sequence[str]) -> list[str]:
    """The departments and persons of names that may be both; mere titles are left out."""
    parts: list[str] = []
    for name in printed:
        parts += names.with_person(name)
    return [part for part in parts if not names.is_title(part)]


def is_only_person(name: str) -> bool:
    """Whether a name is formed like a person's and not like a department's."""
    return names.is_person(name) and not names.is_department(name)
