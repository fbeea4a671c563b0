"""A claim: one thing that a piece of text says of who answers, or by when."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Final

from lib.measures import placeholders
from lib.notices.model import Source, Span

# What stands where somebody is named: a name, or 同上.
_NAMING: Final = (placeholders.STATED, placeholders.DITTO)

# The fields of which one says who answers.
WHO: Final = frozenset({"leaders", "departments", "lead_departments", "support_departments"})
# The fields of which one says who leads.
LEADS: Final = frozenset({"departments", "lead_departments"})
ROLES: Final = ("lead_departments", "support_departments")
_DEPARTMENTS: Final = LEADS | {"support_departments"}


@dataclass(frozen=True, slots=True)
class Claim:
    """Names for a field, or a deadline.

    Besides the fields of a measure there are `departments`, a single list whose first name leads,
    and `beside`, departments named only in brackets after a person.

    reason, sure, detail: as in model.Cell.
    rank: of several claims for one field the lowest counts.
    """

    field: str
    text: str
    source: Source
    names: tuple[str, ...] = ()
    reason: str = "label"
    sure: bool = True
    detail: str = ""
    rank: int = 0

    @classmethod
    def of(
        cls,
        span: Span,
        field: str,
        names: Iterable[str] = (),
        reason: str = "label",
        *,
        sure: bool = True,
        detail: str = "",
        rank: int = 0,
    ) -> Claim:
        """Make a claim of what a span says; each name counts once."""
        distinct = tuple(dict.fromkeys(names))
        return cls(
            field=field,
            text=span.text,
            source=span.source,
            names=distinct,
            reason=reason,
            sure=sure,
            detail=detail,
            rank=rank,
        )


Claims = list[Claim]  # what a stretch of text says


def is_unnamed(span: Span) -> bool:
    """Whether nobody stands in a cell or after a label: nothing, 无, —, 待定, #N/A."""
    if not span.folded:
        return True
    return placeholders.kind_of(span.text) not in _NAMING


def is_undated(span: Span) -> bool:
    """Whether no date stands there: nothing, 无 or —; 待定 is kept, to be checked."""
    if not span.folded:
        return True
    return placeholders.kind_of(span.text) == placeholders.MISSING


def is_ditto(span: Span) -> bool:
    """Whether it says the same as the measure above: 同上, 〃."""
    return placeholders.kind_of(span.text) == placeholders.DITTO


def has_names(claims: Iterable[Claim]) -> bool:
    """Whether somebody is named at all."""
    return any(claim.names for claim in claims)


def has_who(claims: Iterable[Claim]) -> bool:
    """Whether a claim says who answers."""
    return any(claim.field in WHO for claim in claims)


def has_lead(claims: Iterable[Claim]) -> bool:
    """Whether a claim says which department leads."""
    return any(claim.field in LEADS for claim in claims)


def has_deadline(claims: Iterable[Claim]) -> bool:
    """Whether a claim says by when."""
    return any(claim.field == "deadline" for claim in claims)


def for_field(claims: Iterable[Claim], field: str) -> Claims:
    """The claims for one field, in their order."""
    return [claim for claim in claims if claim.field == field]


def fields_of(claims: Iterable[Claim]) -> set[str]:
    """The fields that claims are for."""
    return {claim.field for claim in claims}


def layered(*layers: Sequence[Claim]) -> Claims:
    """Lay claims over one another: a nearer layer covers what a farther one says of the same field.

    Args:
        layers: the item's own claims first, then those of its group and its headings. All but the
            first are inherited, and say so.
    """
    nearest, *farther_layers = layers
    claims = list(nearest)
    for layer in farther_layers:
        covered = fields_of(claims)
        has_single_list = "departments" in covered
        if has_single_list and covered.isdisjoint(ROLES):
            claims += _leads_above(claims, layer)
        if covered & LEADS:
            covered |= _DEPARTMENTS
        for claim in layer:
            if claim.field not in covered:
                claims.append(_inherited(claim))
    return claims


def _leads_above(claims: Sequence[Claim], layer: Sequence[Claim]) -> Claims:
    """Take over a lead that a heading names: it leads the item's own list; to be checked."""
    first_names: set[str] = set()
    for claim in for_field(claims, "departments"):
        first_names.update(claim.names[:1])
    leads: Claims = []
    for claim in for_field(layer, "lead_departments"):
        if first_names.isdisjoint(claim.names[:1]):
            leads.append(replace(claim, reason="inherited", sure=False))
    return leads


def _inherited(claim: Claim) -> Claim:
    """Say that a claim is inherited; one of a group says that already."""
    if claim.reason.startswith("group"):
        return claim
    return replace(claim, reason="inherited")
