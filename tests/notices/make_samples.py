"""Build the sample notices and what is expected of them from sources/*.src: see README.md.

python tests/notices/make_samples.py            the golden ones
python tests/notices/make_samples.py blind      those in blind/
"""

import csv
import html
import io
import json
import re
import sys
import zipfile
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path

HERE = Path(__file__).parent
COLUMNS = ["板块", "条目", "举措", "责任领导", "牵头部门", "配合部门", "完成时限", "到期日"]
KEYS = "sntlpcwe"  # the same in one letter each; d = departments of which the first leads
MARK = re.compile(r"\{([stldpcw]):([^{}]*)\}")
OPEN, CLOSE = "(（[【〔〈", ")）]】〕〉"


@dataclass
class Row:
    kind: str  # "!" header, "§" section, "~" other, "" measure
    cells: list[str]


@dataclass
class Block:
    kind: str  # p, title, right, auto1 to auto3, raw, sheet, table, break
    text: str = ""
    rows: list[Row] = field(default_factory=list)
    style: str = ""


@dataclass
class Sample:
    name: str
    head: dict[str, list[str]]
    blocks: list[Block]
    measures: list[dict[str, str]]
    milestones: list[list[str]]

    def one(self, key: str, default: str = "") -> str:
        return self.head.get(key, [default])[0]


def names(cell: str) -> str:
    """Names in one cell, joined by 、: split outside brackets only."""
    depth, cut, word = 0, [], ""
    for sign in cell:
        depth += (sign in OPEN) - (sign in CLOSE)
        if depth <= 0 and sign in "、，,；;\n \t　/":
            cut.append(word)
            word = ""
        else:
            word += sign
    cut.append(word)
    return "、".join(name.strip() for name in cut if name.strip())


def due(text: str, year: str) -> str:
    if text in ("-", ""):
        return ""
    iso = text if len(text) == 10 else f"{year}-{text}"
    return date.fromisoformat(iso).isoformat()


class Reader:
    """Reads a source line by line: what is printed goes to the blocks, what is expected to the measures."""

    def __init__(self, path: Path) -> None:
        lines = path.read_text(encoding="utf-8").split("\n")
        start = lines.index("---")
        head: dict[str, list[str]] = {}
        for line in lines[:start]:
            key, _, value = line.removeprefix("= ").partition(":")
            head.setdefault(key.strip(), []).append(value.strip())
        self.sample = Sample(path.stem, head, [], [], [])
        self.section = ""
        self.counts = [0, 0, 0]
        self.table: Block | None = None
        self.roles: list[str] = []
        self.above: list[str] = []
        for line in lines[start + 1 :]:
            self.line(line)

    def line(self, line: str) -> None:
        if line.startswith("@"):
            self.directive(line)
        elif self.table is not None:
            self.table_row(self.table, line)
        else:
            self.printed(line)

    def measure(self, article: str, due_on: str, options: str) -> dict[str, str]:
        row = dict.fromkeys(KEYS, "") | {"s": self.section, "n": article}
        row["e"] = due(due_on, self.sample.one("year"))
        row.update(re.findall(r"([stnlpcwe])=(\S*)", options))
        self.sample.measures.append(row)
        return row

    def directive(self, line: str) -> None:
        word, _, argument = line.partition(" ")
        if word == "@M":
            article, due_on, *others = argument.split(" ", 2)
            self.measure(article, due_on, " ".join(others))
        elif word == "@m":
            self.sample.milestones.append(
                [str(len(self.sample.measures) - 1), *argument.split(";")]
            )
        elif word == "@S":
            self.section = argument.strip()
        elif word == "@sheet":
            self.sample.blocks.append(Block("sheet", argument))
            self.section = ""
        elif word == "@end":
            self.table = None
        else:
            options = dict(part.split("=", 1) for part in argument.split())
            self.roles = options["cols"].split(",")
            self.above = [""] * len(self.roles)
            self.table = Block("table", style=options.get("style", ""))
            self.sample.blocks.append(self.table)

    def table_row(self, table: Block, line: str) -> None:
        kind = line[:1] if line[:1] in ("!", "§", "~") else ""
        body, _, tail = line[len(kind) :].partition("||")
        cells = [cell.strip().replace("\\n", "\n") for cell in body.split("|")]
        assert len(cells) == len(self.roles), (self.sample.name, line, len(cells), len(self.roles))
        table.rows.append(Row(kind, cells))
        if kind == "§":
            self.section = next(cell for cell in cells if cell not in ("", "<"))
        elif not kind:
            self.table_measure(cells, tail)

    def table_measure(self, cells: list[str], tail: str) -> None:
        for column, cell in enumerate(cells):
            self.above[column] = (
                self.above[column]
                if cell == "^"
                else self.above[column - 1]
                if cell == "<"
                else cell
            )
        due_on, _, options = tail.strip().partition(";")
        row = self.measure("", due_on.strip(), "")
        for role, cell in zip(self.roles, self.above, strict=True):
            put(row, role, cell.removeprefix("d:"))
        row.update(re.findall(r"([stnlpcwe])=(\S*)", options))

    def printed(self, line: str) -> None:
        directive = re.match(r"#([123t]) |> |#break$", line)
        sign = directive.group() if directive else ""
        kind = SIGNS.get(sign, "raw" if line.startswith("<") else "p")
        text = line[len(sign) :]
        number = self.automatic(int(kind[4])) if kind.startswith("auto") else ""
        for role, value in MARK.findall(text):
            words = value.replace("\\n", "")
            if role == "s":
                self.section = number + words
            elif self.sample.measures:
                put(self.sample.measures[-1], role, words)
        self.sample.blocks.append(Block(kind, MARK.sub(r"\2", text).replace("\\n", "\n")))

    def automatic(self, level: int) -> str:
        self.counts[level - 1] += 1
        self.counts[level:] = [0] * (3 - level)
        count = self.counts[level - 1]
        return (f"{CHINESE[count - 1]}、", f"（{CHINESE[count - 1]}）", f"{count}.")[level - 1]


SIGNS = {
    "#t ": "title",
    "> ": "right",
    "#break": "break",
    "#1 ": "auto1",
    "#2 ": "auto2",
    "#3 ": "auto3",
}
CHINESE = "一二三四五六七八九十"


def put(row: dict[str, str], role: str, text: str) -> None:
    """Add to a measure what a marked piece of text or a cell says."""
    if role == "d":
        row["p"], _, row["c"] = names(text).partition("、")
    elif role == "l":
        row[role] = "、".join(
            filter(None, [row[role], names(re.sub(r"(?<![^、，/\s])(\w) +(?=\w)", r"\1", text))])
        )
    elif role in "pc":
        row[role] = "、".join(filter(None, [row[role], names(text)]))
    elif role in "sntw":
        row[role] = text.replace("\n", "") if role == "s" else row[role] + text.replace("\n", "")


# What is expected


def write_expectation(sample: Sample, folder: Path) -> None:
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(COLUMNS)
    writer.writerows([row[key] for key in KEYS] for row in sample.measures)
    (folder / f"{sample.name}.expected.csv").write_text(out.getvalue(), encoding="utf-8-sig")

    checks = (part.split(";") for part in sample.head.get("check", []))
    year = sample.one("year")
    document = {
        "title": sample.one("title"),
        "issuer": sample.one("issuer"),
        "document_number": sample.one("number"),
        "year": int(year) if year else None,
        "issued": sample.one("issued") or None,
        "measures": len(sample.measures),
        "milestones": [
            {
                "measure": int(measure),
                "deadline": when,
                "milestone": what,
                "target": float(n) if n else None,
                "unit": unit,
            }
            for measure, when, what, n, unit in sample.milestones
        ],
        "to_check": [
            {"measure": int(measure), "field": name, "why": why} for measure, name, why in checks
        ],
        "problems": sample.head.get("problem", []),
        "unplaced": sample.head.get("unplaced", []),
    }
    text = json.dumps(document, ensure_ascii=False, indent=1) + "\n"
    (folder / f"{sample.name}.expected.json").write_text(text, encoding="utf-8")


# The documents


def spans(block: Block) -> dict[tuple[int, int], tuple[int, int]]:
    """Top left cell → how many rows and columns it covers; cells that are covered are not in it."""
    rows = block.rows
    sizes: dict[tuple[int, int], tuple[int, int]] = {}
    for r, row in enumerate(rows):
        for c, cell in enumerate(row.cells):
            if cell not in ("^", "<"):
                across = next(
                    (n for n, text in enumerate(row.cells[c + 1 :]) if text != "<"),
                    len(row.cells) - c - 1,
                )
                down = next(
                    (n for n, below in enumerate(rows[r + 1 :]) if below.cells[c] != "^"),
                    len(rows) - r - 1,
                )
                sizes[r, c] = (1 if block.style == "blank" else 1 + down, 1 + across)
    return sizes


def wide(text: str) -> int:
    return sum(2 if ord(sign) > 0x2E7F or sign in "“”—…" else 1 for sign in text)


def flat_table(block: Block) -> list[str]:
    """A table as it looks after it was pasted as text."""
    rows = [
        ["" if cell in ("^", "<") else cell.removeprefix("d:") for cell in row.cells]
        for row in block.rows
    ]
    if block.style == "lines":  # one cell a line, empty cells are gone
        return [line for row in rows for cell in row if cell for line in cell.split("\n")]
    if block.style == "gaps":  # one cell a line, an empty line for an empty cell
        return [cell.replace("\n", "") for row in rows for cell in row]
    if block.style in ("tabs", "spaces"):
        by = "\t" if block.style == "tabs" else "    "
        return [by.join(cell.replace("\n", " ") for cell in row).rstrip() for row in rows]
    if block.style == "pipe":
        lines = ["| " + " | ".join(cell.replace("\n", " ") for cell in row) + " |" for row in rows]
        lines.insert(1, "|" + " --- |" * len(rows[0]))
        return lines
    if block.style == "bars":
        return ["|".join(cell.replace("\n", "、") for cell in row) for row in rows]
    return box(rows)


def box(rows: list[list[str]], most: int = 20) -> list[str]:
    def cut(cell: str) -> list[str]:
        lines = [""]
        for sign in cell:
            if sign == "\n" or wide(lines[-1] + sign) > most:
                lines.append("")
            if sign != "\n":
                lines[-1] += sign
        return lines

    cuts = [[cut(cell) for cell in row] for row in rows]
    widths = [max(max(wide(line) for line in row[c]) for row in cuts) for c in range(len(rows[0]))]
    widths = [width + width % 2 for width in widths]

    def rule(left: str, mid: str, right: str) -> str:
        return left + mid.join("─" * (width // 2) for width in widths) + right

    out = [rule("┌", "┬", "┐")]
    for number, row in enumerate(cuts):
        for line in range(max(map(len, row))):
            parts = [cell[line] if line < len(cell) else "" for cell in row]
            out.append(
                "│"
                + "│".join(p + " " * (w - wide(p)) for p, w in zip(parts, widths, strict=True))
                + "│"
            )
        out.append(rule("├", "┼", "┤") if number + 1 < len(cuts) else rule("└", "┴", "┘"))
    return out


def write_txt(sample: Sample, path: Path) -> None:
    lines: list[str] = []
    for block in sample.blocks:
        if block.kind == "table":
            lines += flat_table(block)
        elif block.kind == "right":
            lines.append("　" * 16 + block.text)
        else:
            lines += block.text.split("\n")
    width = int(sample.one("wrap", "0"))
    if width:
        lines = [
            line[begin : begin + width]
            for line in lines
            for begin in range(0, max(len(line), 1), width)
        ]
    text = "\n".join(lines).rstrip("\n") + "\n"
    if sample.one("newline") == "crlf":
        text = text.replace("\n", "\r\n")
    encoding = sample.one("encoding", "utf-8")
    path.write_bytes((b"\xff\xfe" if encoding == "utf-16-le" else b"") + text.encode(encoding))


def write_csv(sample: Sample, path: Path) -> None:
    out = io.StringIO()
    writer = csv.writer(
        out, delimiter=sample.one("delimiter", ",").replace("tab", "\t"), lineterminator="\r\n"
    )
    for block in sample.blocks:
        if block.kind == "table":
            for row in block.rows:
                writer.writerow(["" if cell in ("^", "<") else cell for cell in row.cells])
        elif block.text:
            writer.writerow([block.text])
    encoding = sample.one("encoding", "utf-8-sig")
    path.write_bytes(
        (b"\xff\xfe" if encoding == "utf-16-le" else b"") + out.getvalue().encode(encoding)
    )


def repack(data: bytes, path: Path) -> None:
    """The same archive with one fixed time in it, so that a second run gives the same bytes."""
    with (
        zipfile.ZipFile(io.BytesIO(data)) as old,
        zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for entry in old.infolist():
            if entry.filename == "docProps/thumbnail.jpeg":
                continue
            content = old.read(entry.filename)
            if entry.filename == "docProps/core.xml":
                content = re.sub(
                    rb"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ", b"2024-01-01T00:00:00Z", content
                )
            if entry.filename == "_rels/.rels":
                content = re.sub(rb"<Relationship [^>]*thumbnail[^>]*/>", b"", content)
            info = zipfile.ZipInfo(entry.filename, (1980, 1, 1, 0, 0, 0))
            info.compress_type = zipfile.ZIP_DEFLATED
            new.writestr(info, content)


FONT = "STSong-Light"  # every reader has it, none is embedded
NUMBERING = """<w:abstractNum {ns} w:abstractNumId="77"><w:multiLevelType w:val="multilevel"/>
<w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="chineseCountingThousand"/><w:lvlText w:val="%1、"/></w:lvl>
<w:lvl w:ilvl="1"><w:start w:val="1"/><w:numFmt w:val="chineseCountingThousand"/><w:lvlText w:val="（%2）"/></w:lvl>
<w:lvl w:ilvl="2"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:lvlText w:val="%3."/></w:lvl>
</w:abstractNum>"""


def write_docx(sample: Sample, path: Path) -> None:
    import docx
    from docx.enum.text import WD_ALIGN_PARAGRAPH
    from docx.oxml import parse_xml
    from docx.oxml.ns import nsdecls

    document = docx.Document()
    if any(block.kind.startswith("auto") for block in sample.blocks):
        numbering = document.part.numbering_part.element
        numbering.insert(0, parse_xml(NUMBERING.format(ns=nsdecls("w"))))
        numbering.append(
            parse_xml(f'<w:num {nsdecls("w")} w:numId="77"><w:abstractNumId w:val="77"/></w:num>')
        )
    alignment = {"title": WD_ALIGN_PARAGRAPH.CENTER, "right": WD_ALIGN_PARAGRAPH.RIGHT}
    for block in sample.blocks:
        if block.kind == "break":
            document.add_page_break()
        elif block.kind == "table":
            docx_table(document, block)
        elif block.kind.startswith("auto"):
            paragraph = document.add_paragraph()
            level = int(block.kind[4]) - 1
            xml = (
                f'<w:numPr {nsdecls("w")}><w:ilvl w:val="{level}"/><w:numId w:val="77"/></w:numPr>'
            )
            paragraph._p.get_or_add_pPr().append(parse_xml(xml))
            for number, piece in enumerate(re.split(r"(?<=。)", block.text, maxsplit=1)):
                paragraph.add_run(piece).bold = number == 0
        else:
            paragraph = document.add_paragraph(block.text)
            if block.kind in alignment:
                paragraph.alignment = alignment[block.kind]
    properties = document.core_properties
    properties.author, properties.comments = "办公室", ""
    properties.created = properties.modified = datetime(2024, 1, 1)
    buffer = io.BytesIO()
    document.save(buffer)
    repack(buffer.getvalue(), path)


def docx_table(document, block: Block) -> None:
    rows = block.rows
    table = document.add_table(len(rows), len(rows[0].cells))
    table.style = "Table Grid"
    grid = [list(row.cells) for row in table.rows]
    for (r, c), (high, wide_by) in spans(block).items():
        cell = grid[r][c]
        if (high, wide_by) != (1, 1):
            cell = cell.merge(grid[r + high - 1][c + wide_by - 1])
        first, *others = rows[r].cells[c].removeprefix("d:").split("\n")
        cell.paragraphs[0].text = first
        for extra in cell.paragraphs[1:]:
            extra._element.getparent().remove(extra._element)
        for text in others:
            cell.add_paragraph(text)


def write_xlsx(sample: Sample, path: Path) -> None:
    import openpyxl

    book = openpyxl.Workbook()
    sheet = book.active
    used, line = False, 0
    for block in sample.blocks:
        if block.kind == "sheet":
            sheet = book.create_sheet() if used else sheet
            sheet.title, line = block.text, 0
        elif block.kind == "table":
            xlsx_table(sheet, block, line)
            line += len(block.rows)
        else:
            line += 1
            sheet.cell(line, 1, block.text or None)
            if block.kind == "title":
                sheet.merge_cells(start_row=line, start_column=1, end_row=line, end_column=6)
        used = True
    book.properties.creator = "办公室"
    book.properties.created = book.properties.modified = datetime(2024, 1, 1)
    buffer = io.BytesIO()
    book.save(buffer)
    repack(buffer.getvalue(), path)


def xlsx_table(sheet, block: Block, line: int) -> None:
    from openpyxl.styles import Alignment

    for (r, c), (high, wide_by) in spans(block).items():
        text = block.rows[r].cells[c]
        value: object = text or None
        if text.startswith("d:"):
            value = datetime.fromisoformat(text[2:])
        elif re.fullmatch(r"[1-9]\d{0,5}", text):
            value = int(text)
        cell = sheet.cell(line + r + 1, c + 1, value)
        cell.alignment = Alignment(wrap_text=True)
        if text.startswith("d:"):
            cell.number_format = "yyyy/m/d"
        if (high, wide_by) != (1, 1):
            sheet.merge_cells(
                start_row=line + r + 1,
                start_column=c + 1,
                end_row=line + r + high,
                end_column=c + wide_by,
            )


def write_html(sample: Sample, path: Path) -> None:
    encoding = sample.one("encoding", "utf-8")
    out = ["<!DOCTYPE html>", '<html lang="zh-CN">', f'<head><meta charset="{encoding}">']
    out.append(f"<title>{html.escape(sample.one('title'))}</title>")
    out += ["<style>td,th{border:1px solid #000}</style></head>", "<body>"]
    shapes = {
        "title": "<h1>{}</h1>",
        "right": '<p style="text-align:right">{}</p>',
        "p": "<p>{}</p>",
    }
    for block in sample.blocks:
        if block.kind == "raw":
            out.append(block.text)
        elif block.kind == "table":
            out += html_table(block)
        elif block.text.strip():
            out.append(shapes[block.kind].format(html.escape(block.text)))
    path.write_bytes("\n".join([*out, "</body></html>", ""]).encode(encoding))


def html_table(block: Block) -> list[str]:
    out = ["<table>"]
    covers = spans(block)
    for r, row in enumerate(block.rows):
        out.append("<tr>")
        tag = "th" if row.kind == "!" else "td"
        for c, cell in enumerate(row.cells):
            if (r, c) in covers:
                high, wide_by = covers[r, c]
                span = (f' rowspan="{high}"' if high > 1 else "") + (
                    f' colspan="{wide_by}"' if wide_by > 1 else ""
                )
                out.append(f"<{tag}{span}>{html.escape(cell).replace(chr(10), '<br>')}</{tag}>")
        out.append("</tr>")
    return [*out, "</table>"]


def write_pdf(sample: Sample, path: Path) -> None:
    from reportlab.lib.enums import TA_CENTER, TA_RIGHT  # type: ignore[import-untyped]
    from reportlab.lib.pagesizes import A4, landscape  # type: ignore[import-untyped]
    from reportlab.lib.styles import ParagraphStyle  # type: ignore[import-untyped]
    from reportlab.pdfbase import pdfmetrics  # type: ignore[import-untyped]
    from reportlab.pdfbase.cidfonts import UnicodeCIDFont  # type: ignore[import-untyped]
    from reportlab.platypus import PageBreak, Paragraph, SimpleDocTemplate  # type: ignore[import-untyped]

    pdfmetrics.registerFont(UnicodeCIDFont(FONT))
    body = ParagraphStyle(
        "body", fontName=FONT, fontSize=12, leading=20, wordWrap="CJK", firstLineIndent=24
    )
    plain = ParagraphStyle("plain", parent=body, firstLineIndent=0)
    styles = {
        "title": ParagraphStyle(
            "title", parent=plain, alignment=TA_CENTER, fontSize=16, leading=26
        ),
        "right": ParagraphStyle("right", parent=plain, alignment=TA_RIGHT),
    }
    size = landscape(A4) if sample.one("page") == "landscape" else A4
    story: list[object] = []
    for block in sample.blocks:
        if block.kind == "break":
            story.append(PageBreak())
        elif block.kind == "table":
            story.append(pdf_table(block, plain, size[0] - 144))
        elif block.text.strip():
            story.append(Paragraph(html.escape(block.text), styles.get(block.kind, body)))

    def footer(canvas, template) -> None:
        canvas.setFont(FONT, 9)
        canvas.drawCentredString(size[0] / 2, 40, f"— {template.page} —")

    template = SimpleDocTemplate(str(path), pagesize=size, invariant=1, title=sample.one("title"))
    template.build(story, onFirstPage=footer, onLaterPages=footer)


def pdf_table(block: Block, style, room: float) -> object:
    from reportlab.lib.styles import ParagraphStyle
    from reportlab.platypus import Paragraph, Table

    small = ParagraphStyle("cell", parent=style, fontSize=9, leading=13)
    columns = range(len(block.rows[0].cells))
    shares = [max(4, *(min(wide(row.cells[c]), 30) for row in block.rows)) for c in columns]
    covers = spans(block)
    look = [("GRID", (0, 0), (-1, -1), 0.5, "black"), ("VALIGN", (0, 0), (-1, -1), "MIDDLE")]
    look += [
        ("SPAN", (c, r), (c + w - 1, r + h - 1))
        for (r, c), (h, w) in covers.items()
        if (h, w) != (1, 1)
    ]

    def drawn(r: int, c: int, text: str) -> object:
        return (
            Paragraph(html.escape(text).replace("\n", "<br/>"), small) if (r, c) in covers else ""
        )

    data = [
        [drawn(r, c, text) for c, text in enumerate(row.cells)] for r, row in enumerate(block.rows)
    ]
    return Table(data, colWidths=[room * share / sum(shares) for share in shares], style=look)


WRITERS = {
    "txt": write_txt,
    "csv": write_csv,
    "docx": write_docx,
    "xlsx": write_xlsx,
    "html": write_html,
    "pdf": write_pdf,
}


def main(arguments: list[str]) -> None:
    folder = HERE / "blind" if "blind" in arguments else HERE
    beginnings = [word for word in arguments if word != "blind"]
    for path in sorted((folder / "sources").glob("*.src")):
        if beginnings and not any(path.name.startswith(word) for word in beginnings):
            continue
        sample = Reader(path).sample
        ending = sample.one("format")
        WRITERS[ending](sample, folder / f"{sample.name}.{ending}")
        write_expectation(sample, folder)
        sys.stdout.write(f"{sample.name}.{ending}: {len(sample.measures)} measures\n")


if __name__ == "__main__":
    main(sys.argv[1:])
