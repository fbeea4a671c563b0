"""Reports that were put right, beside what they put right: nothing that was recorded is hidden."""

from __future__ import annotations

from collections.abc import Sequence

from lib.ledger import events
from lib.ledger.events import Event, Kind, Report


def versions(of_measure: Sequence[Event]) -> list[tuple[Event, ...]]:
    """The events of a measure, the newest first, each followed by what it puts right.

    of_measure: in the order of their recording.
    """
    version_of: dict[str, list[Event]] = {}
    in_order: list[list[Event]] = []
    for event in of_measure:
        of_report = version_of.get(put_right_by(event))
        if of_report is None:
            of_report = []
            in_order.append(of_report)
        of_report.insert(0, event)
        version_of[event.id] = of_report
    in_order.sort(key=lambda of_report: of_report[0].seq, reverse=True)
    return [tuple(of_report) for of_report in in_order]


def put_right_by(event: Event) -> str:
    """The id of the report that an event puts right, "" for none."""
    if event.kind != Kind.CORRECTED:
        return ""
    body = events.body_of(event)
    return body.corrects if isinstance(body, Report) else ""
