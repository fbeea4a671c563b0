"""Today, where the office is: what the board stands at where nobody chose a day."""

from __future__ import annotations

from datetime import date, datetime

from lib.ledger import place


def office_day() -> date:
    return datetime.now(place.zone()).date()
