"""What the whole board is about: which year, which lists, and the day at which it is read.

Nothing here asks for today or knows Streamlit: whoever does hands over today and the codes of the
address.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date

from lib import measures, workload
from lib.web import address


@dataclass(frozen=True)
class Scope:
    """What a reader looks at.

    years: those of the table, ascending.
    year: the one that is shown, 0 for all of them.
    years_shown: the years of what is shown, ascending.
    offered: the lists of that year, in the order of the table.
    lists: the chosen ones, () for all.
    as_of: the day at which the board is read.
    today: the reader's.
    nearest: the day where none is chosen: today, or the nearest one in the years of the lists where
        none of them is followed.
    is_chosen: whether the reader, or a link, has chosen the day.
    """

    years: tuple[int, ...]
    year: int
    years_shown: tuple[int, ...]
    offered: tuple[str, ...]
    lists: tuple[str, ...]
    as_of: date
    today: date
    nearest: date
    is_chosen: bool

    @property
    def lists_shown(self) -> tuple[str, ...]:
        """The lists of what is shown."""
        return self.lists or self.offered

    @property
    def year_code(self) -> str:
        """The year as the address has it; "" where there is no choice."""
        if len(self.years) > 1:
            return str(self.year or address.ALL_YEARS)
        return ""


def scope(
    table: measures.Table,
    today: date,
    *,
    year: str,
    as_of: str,
    lists: Sequence[str],
    followed: Collection[str] = (),
) -> Scope:
    """What is shown by codes of the address, each "" where it has none or one that fits nothing.

    Where nobody chose a year, it is the newest that has begun on the day, so that next year's list,
    issued in December, does not hide what is still due; and all years where lists are chosen.

    Args:
        table: what is shown.
        today: the reader's.
        year: `address.YEAR`.
        as_of: `address.AS_OF`.
        lists: the chosen lists.
        followed: the lists that are followed, and so go on after their year: its last reports come
            in January, and what is late is still to be closed.
    """
    years = workload.years(table)
    day = address.parse_day(as_of)
    year_shown = _year(years, day or today, year, lists)
    years_shown = (year_shown,) if year_shown else workload.years(table, lists)
    offered = workload.lists_of_year(table, year_shown)
    goes_on = any(name in followed for name in lists or offered)
    nearest = today if goes_on else address.nearest_day(today, years_shown)
    return Scope(
        years=years,
        year=year_shown,
        years_shown=years_shown,
        offered=offered,
        lists=tuple(lists),
        as_of=day or nearest,
        today=today,
        nearest=nearest,
        is_chosen=day is not None,
    )


def _year(years: Sequence[int], day: date, code: str, lists: Sequence[str]) -> int:
    """The year that is shown, 0 for all."""
    chosen = address.parse_year(code)
    if chosen is not None and chosen in {0, *years}:
        return chosen
    if len(years) > 1 and not lists:
        begun = [year for year in years if year <= day.year]
        return max(begun, default=years[0])
    return 0
