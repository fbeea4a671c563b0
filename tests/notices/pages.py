"""HTML pages with a table, and their measures as lines."""

from __future__ import annotations

from lib import notices


def page(rows: str) -> list[str]:
    """The measures of an HTML table, as lines."""
    notice = notices.read(f"<html><p>2024年清单</p><table>{rows}</table></html>".encode(), "x.html")
    return [
        "|".join(
            [
                m.cells["section"].text,
                m.cells["article"].text,
                m.cells["title"].text,
                *m.cells["lead_departments"].names,
                *m.cells["support_departments"].names,
            ]
        )
        for m in notice.measures
    ]


def tr(*cells: str) -> str:
    return (
        "<tr>"
        + "".join(text if text.startswith("<td") else f"<td>{text}</td>" for text in cells)
        + "</tr>"
    )


HEAD = tr("序号", "工作任务", "责任部门", "完成时限")
