"""Small Word and Excel files for the tests, made of their own XML."""

import io
import zipfile
from collections.abc import Sequence

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'


def packed(parts: dict[str, str]) -> bytes:
    """An archive of these parts."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in parts.items():
            archive.writestr(name, text)
    return out.getvalue()


def docx(body: str, **parts: str) -> bytes:
    """A Word file with this body; numbering and styles are the inside of their parts."""
    found = {"word/document.xml": f"<w:document {W}><w:body>{body}</w:body></w:document>"}
    found |= {
        f"word/{name}.xml": f"<w:{name} {W}>{inner}</w:{name}>" for name, inner in parts.items()
    }
    return packed(found)


def p(text: str, properties: str = "") -> str:
    """A paragraph."""
    return f"<w:p><w:pPr>{properties}</w:pPr><w:r><w:t>{text}</w:t></w:r></w:p>"


def cell(text: str, properties: str = "") -> str:
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{p(text)}</w:tc>"


def row(*cells: str) -> str:
    return f"<w:tr>{''.join(text if text.startswith('<') else cell(text) for text in cells)}</w:tr>"


def level(at: int, style: str, text: str, start: int = 1) -> str:
    """A level of a numbering."""
    return (
        f'<w:lvl w:ilvl="{at}"><w:start w:val="{start}"/>'
        f'<w:numFmt w:val="{style}"/><w:lvlText w:val="{text}"/></w:lvl>'
    )


def numbered(text: str, at: int = 0, instance: int = 1) -> str:
    """A paragraph that Word numbers by itself."""
    return p(text, f'<w:numPr><w:ilvl w:val="{at}"/><w:numId w:val="{instance}"/></w:numPr>')


def xlsx(
    *sheets: str, strings: Sequence[str] = (), styles: str = "", state: str = "", book: str = ""
) -> bytes:
    """A workbook of these sheets' XML."""
    names = "".join(
        f'<sheet name="s{i}" {state if i else ""} r:id="r{i}"/>' for i in range(len(sheets))
    )
    links = "".join(
        f'<Relationship Id="r{i}" Target="worksheets/sheet{i}.xml"/>' for i in range(len(sheets))
    )
    return packed(
        {
            "xl/workbook.xml": f'<workbook xmlns:r="r">{book}<sheets>{names}</sheets></workbook>',
            "xl/_rels/workbook.xml.rels": f"<Relationships>{links}</Relationships>",
            "xl/sharedStrings.xml": f"<sst>{''.join(strings)}</sst>",
            "xl/styles.xml": f"<styleSheet>{styles}</styleSheet>",
        }
        | {
            f"xl/worksheets/sheet{i}.xml": f"<worksheet>{inner}</worksheet>"
            for i, inner in enumerate(sheets)
        }
    )


def rows(*lines: Sequence[str]) -> str:
    """Sheet rows of inline strings."""
    return (
        "<sheetData>"
        + "".join(
            f'<row r="{r}">'
            + "".join(
                f'<c r="{chr(64 + c)}{r}" t="inlineStr"><is><t>{text}</t></is></c>'
                for c, text in enumerate(line, 1)
            )
            + "</row>"
            for r, line in enumerate(lines, 1)
        )
        + "</sheetData>"
    )
