"""A notice's measures as lines of text, to be compared with what was expected."""

from __future__ import annotations

from lib import notices


def read(text: str) -> list[str]:
    """A notice's measures as lines."""
    rows = []
    for measure in notices.read_text(text).measures:
        cells = measure.cells
        names = [
            "、".join(cells[field].names)
            for field in ("leaders", "lead_departments", "support_departments")
        ]
        rows.append(
            "|".join(
                [
                    cells["section"].text,
                    cells["article"].text,
                    cells["title"].text,
                    *names,
                    cells["deadline"].text,
                ]
            )
        )
    return rows


def codes(text: str) -> list[str]:
    """The codes of the problems of a notice."""
    return [problem.code for problem in notices.read_text(text).problems]
