"""Who can be asked the overview's questions, and in which form all answer."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any, Literal, NamedTuple, Protocol

AS_OF = date(2023, 3, 15)
TOP = 20  # names that a grid shows; the others are put together
MONTHS = range(1, 13)
ROLES: tuple[Literal["lead", "support"], ...] = ("lead", "support")


@dataclass(frozen=True)
class Selection:
    """A section and a leader, or everything."""

    section: str = ""
    leader: str = ""


class Answers(NamedTuple):
    """The answers to the five questions, each as its library gives it."""

    leaders: Any
    departments: Any
    months: Any
    department_months: Any
    leader_departments: Any


class Sums(NamedTuple):
    """What two answers to the same questions must share: counts without the names.

    Args:
        leaders: measures of each leader, ascending.
        departments: measures of each department in each role, ascending.
        months: measures due in each month.
        department_months: those counted in the grid, for each role.
        leader_departments: those counted in the grid, for each role.
    """

    leaders: list[int]
    departments: list[int]
    months: list[int]
    department_months: list[int]
    leader_departments: list[int]


class Contestant(Protocol):
    """A library with a table of its own, prepared for the questions."""

    def ask(self, selection: Selection) -> Answers:
        """Answer the five questions; this is what is timed."""

    def sums(self, answers: Answers) -> Sums:
        """Make answers comparable."""


def with_zeros(counts: list[tuple[Any, ...]]) -> list[int]:
    """Give the counts of departments by role, with a 0 for a role that a department never has.

    The product has one row a department with both roles, the others a row a department and role.

    Args:
        counts: (department, role, count).
    """
    names = {name for name, _, _ in counts}
    missing = len(ROLES) * len(names) - len(counts)
    return sorted([0] * missing + [count for _, _, count in counts])
