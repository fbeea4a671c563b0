"""Small Word and Excel files for the tests, made of their own XML."""

import io
import zipfile
from collections.abc import Mapping, Sequence

_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"
W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'


def packed(parts: Mapping[str, str | bytes]) -> bytes:
    """An archive of these parts."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in parts.items():
            archive.writestr(name, text)
    return out.getvalue()


def docx(body: str, **parts: str) -> bytes:
    """A Word file with this body; numbering and styles are the inside of their parts."""
    document = f"<w:document {W}><w:body>{body}</w:body></w:document>"
    beside = {
        f"word/{name}.xml": f"<w:{name} {W}>{inner}</w:{name}>" for name, inner in parts.items()
    }
    return packed({"word/document.xml": document, **beside})


def p(text: str, properties: str = "") -> str:
    """A paragraph."""
    return f"<w:p><w:pPr>{properties}</w:pPr><w:r><w:t>{text}</w:t></w:r></w:p>"


def cell(text: str, properties: str = "") -> str:
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{p(text)}</w:tc>"


def row(*cells: str) -> str:
    return f"<w:tr>{''.join(text if text.startswith('<') else cell(text) for text in cells)}</w:tr>"


def level(depth: int, style: str, text: str, start: int = 1) -> str:
    """A level of a numbering."""
    return (
        f'<w:lvl w:ilvl="{depth}"><w:start w:val="{start}"/>'
        f'<w:numFmt w:val="{style}"/><w:lvlText w:val="{text}"/></w:lvl>'
    )


def numbered(text: str, depth: int = 0, instance: int = 1) -> str:
    """A paragraph that Word numbers by itself."""
    return p(text, f'<w:numPr><w:ilvl w:val="{depth}"/><w:numId w:val="{instance}"/></w:numPr>')


def xlsx(
    *sheets: str, strings: Sequence[str] = (), styles: str = "", state: str = "", book: str = ""
) -> bytes:
    """A workbook of these sheets' XML; state: of all sheets but the first."""
    names = "".join(
        f'<sheet name="s{i}" {state if i else ""} r:id="s{i}"/>' for i in range(len(sheets))
    )
    links = {f"s{i}": f"worksheets/sheet{i}.xml" for i in range(len(sheets))}
    links |= {"sharedStrings": "sharedStrings.xml", "styles": "styles.xml"}
    return workbook(
        f"{book}<sheets>{names}</sheets>",
        links,
        {
            "sharedStrings.xml": f"<sst>{''.join(strings)}</sst>",
            "styles.xml": f"<styleSheet>{styles}</styleSheet>",
        }
        | {
            f"worksheets/sheet{i}.xml": f"<worksheet>{xml}</worksheet>"
            for i, xml in enumerate(sheets)
        },
    )


def workbook(book: str, links: dict[str, str], parts: dict[str, str]) -> bytes:
    """A workbook of these parts; links: what the book refers to, by its name."""
    xml = {"workbook.xml": f'<workbook xmlns:r="{_OFFICE}">{book}</workbook>'}
    return of_parts(xml | parts, links)


def of_parts(parts: Mapping[str, str | bytes], links: dict[str, str]) -> bytes:
    """A workbook of these parts, the first of which is the book."""
    book = next(iter(parts))
    return packed(
        {
            "_rels/.rels": _relations({"officeDocument": f"xl/{book}"}),
            f"xl/_rels/{book}.rels": _relations(links),
        }
        | {f"xl/{name}": content for name, content in parts.items()}
    )


def _relations(targets: dict[str, str]) -> str:
    links = ""
    for name, target in targets.items():
        kind = "worksheet" if "worksheets" in target else name
        links += f'<Relationship Id="{name}" Type="{_OFFICE}/{kind}" Target="{target}"/>'
    return f'<Relationships xmlns="{_PACKAGE}">{links}</Relationships>'


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
