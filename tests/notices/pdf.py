"""A small notice, as a line and as a PDF."""

from __future__ import annotations

import io

from reportlab.pdfbase import pdfmetrics  # type: ignore[import-untyped]
from reportlab.pdfbase.cidfonts import UnicodeCIDFont  # type: ignore[import-untyped]
from reportlab.pdfgen.canvas import Canvas  # type: ignore[import-untyped]

LINE = "1. 修缮礼堂。（责任领导：林森；责任部门：工程科、财务科；完成时限：8月）"
NOTICE = f"某馆2024年任务清单\n{LINE}\n"
HEADER = ("序号", "工作任务", "责任领导", "责任部门", "完成时限")


def pdf(pages: int = 1, *, draw: str = "") -> bytes:
    """A PDF of a small notice.

    draw: "" for lines of text; "table" for a ruled table that goes on from page to page; "blank"
    for pages without text; "locked" for a file with a password.
    """
    out = io.BytesIO()
    pdfmetrics.registerFont(UnicodeCIDFont("STSong-Light"))
    canvas = Canvas(out, encrypt="x" if draw == "locked" else None)
    for number in range(pages):
        canvas.setFont("STSong-Light", 12)
        if draw == "table":
            _table(canvas, number)
        elif draw == "":
            canvas.drawString(60, 700, NOTICE.splitlines()[0])
            canvas.drawString(60, 680, LINE)
        canvas.showPage()
    canvas.save()
    return out.getvalue()


def _table(canvas, number: int) -> None:
    lines = (
        [HEADER, ("1", "修缮礼堂并整理周边", "林森", "工程科", "8月")]
        if not number
        else [("2", "架桥", "^", "工程科", "9月")]
    )
    xs = [60, 100, 172, 230, 290, 350]
    for r in range(len(lines) + 1):
        canvas.line(xs[0], 700 - 40 * r, xs[-1], 700 - 40 * r)
    for x in xs:
        canvas.line(x, 700, x, 700 - 40 * len(lines))
    for r, cells in enumerate(lines):
        for c, text in enumerate(cells):
            canvas.drawString(xs[c] + 3, 685 - 40 * r, text[:5])
            canvas.drawString(xs[c] + 3, 670 - 40 * r, text[5:])
