"""Drafts as Word and Zotero's plug-in write them: OOXML by hand, packed by zipfile."""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Sequence
from xml.sax.saxutils import escape

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"

_TYPES = """<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" \
ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" \
ContentType="application/xml"/><Default Extension="png" ContentType="image/png"/><Override PartName="/word/document.xml" \
ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>"""
_RELS = """<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" \
Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="word/document.xml"/>\
</Relationships>"""
_DOCUMENT_RELS = """<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" \
Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/styles" Target="styles.xml"/><Relationship \
Id="rId2" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/footnotes" Target="footnotes.xml"/>\
<Relationship Id="rId3" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/image" \
Target="media/image1.png"/><Relationship Id="rId4" \
Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/numbering" Target="numbering.xml"/>\
<Relationship Id="rId5" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/comments" \
Target="comments.xml"/></Relationships>"""
_STYLES = f"""<w:styles xmlns:w="{W}"><w:style w:type="paragraph" w:styleId="Title"><w:name w:val="Title"/></w:style>\
<w:style w:type="paragraph" w:styleId="Heading1"><w:name w:val="heading 1"/></w:style>\
<w:style w:type="paragraph" w:styleId="Heading2"><w:name w:val="heading 2"/></w:style>\
<w:style w:type="paragraph" w:styleId="Quote"><w:name w:val="Quote"/></w:style></w:styles>"""
_NUMBERING = f"""<w:numbering xmlns:w="{W}"><w:abstractNum w:abstractNumId="0"><w:lvl w:ilvl="0"><w:numFmt w:val="bullet"/>\
<w:lvlText w:val="•"/></w:lvl></w:abstractNum><w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num></w:numbering>"""


def run(words: str, properties: str = "") -> str:
    """A run; ``properties`` is what stands in its ``rPr``."""
    about = f"<w:rPr>{properties}</w:rPr>" if properties else ""
    return f'<w:r>{about}<w:t xml:space="preserve">{escape(words)}</w:t></w:r>'


def paragraph(*runs: str, style: str = "", list_: bool = False) -> str:
    """A paragraph of runs."""
    about = f'<w:pStyle w:val="{style}"/>' if style else ""
    about += '<w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr>' if list_ else ""
    return f"<w:p>{f'<w:pPr>{about}</w:pPr>' if about else ''}{''.join(runs)}</w:p>"


def field(code: str, shown: str, pieces: int = 3) -> str:
    """A complex field whose code lies in so many runs, as Word saves a long one."""
    size = len(code) // pieces + 1
    parts = [code[at : at + size] for at in range(0, len(code), size)]
    codes = "".join(f'<w:r><w:instrText xml:space="preserve">{escape(part)}</w:instrText></w:r>' for part in parts)
    return (
        f'<w:r><w:fldChar w:fldCharType="begin"/></w:r>{codes}<w:r><w:fldChar w:fldCharType="separate"/></w:r>'
        f'{run(shown)}<w:r><w:fldChar w:fldCharType="end"/></w:r>'
    )


def zotero_code(*items: dict[str, object], start: str = " ADDIN ZOTERO_ITEM CSL_CITATION ") -> str:
    """The code of a field of Zotero's; each item has ``itemData``, ``uris``, ``locator`` and so on."""
    citation = {
        "citationID": "a1b2c3d4",
        "properties": {"formattedCitation": "(x)", "plainCitation": "(x)", "noteIndex": 0},
        "citationItems": [{"id": 7, **item} for item in items],
        "schema": "https://github.com/citation-style-language/schema/raw/master/csl-citation.json",
    }
    return f"{start}{json.dumps(citation, ensure_ascii=False)} "


def item(key: str = "", **csl: object) -> dict[str, object]:
    """An item of a citation, whose key in a library is ``key``."""
    uris = {"uris": [f"http://zotero.org/users/1/items/{key}"]} if key else {}
    given = {name.rstrip("_").replace("_", "-"): value for name, value in csl.items()}
    about = {
        name: given.pop(name) for name in ("locator", "label", "prefix", "suffix", "suppress-author") if name in given
    }
    return {**uris, **about, "itemData": {"id": 7, "type": "report", **given}}


def footnote(number: int) -> str:
    """A run that calls a footnote."""
    return f'<w:r><w:footnoteReference w:id="{number}"/></w:r>'


def picture(alt: str) -> str:
    """A run with the picture of the draft."""
    return (
        '<w:r><w:drawing><wp:inline xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing">'
        f'<wp:extent cx="914400" cy="914400"/><wp:docPr id="1" name="Picture" descr="{escape(alt)}"/>'
        '<a:graphic xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"><a:graphicData '
        'uri="http://schemas.openxmlformats.org/drawingml/2006/picture"><pic:pic '
        'xmlns:pic="http://schemas.openxmlformats.org/drawingml/2006/picture"><pic:blipFill><a:blip r:embed="rId3"/>'
        "</pic:blipFill></pic:pic></a:graphicData></a:graphic></wp:inline></w:drawing></w:r>"
    )


def table(*rows: Sequence[str]) -> str:
    """A table whose first row is its head."""
    made = ""
    for at, row in enumerate(rows):
        about = "<w:trPr><w:tblHeader/></w:trPr>" if not at else ""
        made += f"<w:tr>{about}{''.join(f'<w:tc>{paragraph(run(cell))}</w:tc>' for cell in row)}</w:tr>"
    columns = "<w:gridCol/>" * len(rows[0])
    return f'<w:tbl><w:tblPr><w:tblLook w:firstRow="1"/></w:tblPr><w:tblGrid>{columns}</w:tblGrid>{made}</w:tbl>'


def docx(*body: str, notes: Sequence[str] = (), image: bytes = b"", **others: str) -> bytes:
    """A DOCX file of paragraphs and tables; ``notes`` are the paragraphs of footnotes 1, 2, …; ``others`` further parts."""
    names = f'xmlns:w="{W}" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
    footnotes = "".join(f'<w:footnote w:id="{number}">{note}</w:footnote>' for number, note in enumerate(notes, 1))
    parts: dict[str, str | bytes] = {
        "[Content_Types].xml": _TYPES,
        "_rels/.rels": _RELS,
        "word/document.xml": f"<w:document {names}><w:body>{''.join(body)}</w:body></w:document>",
        "word/_rels/document.xml.rels": _DOCUMENT_RELS,
        "word/styles.xml": _STYLES,
        "word/numbering.xml": _NUMBERING,
        "word/footnotes.xml": f"<w:footnotes {names}>{footnotes}</w:footnotes>",
        **{f"word/{name}.xml": f"<w:{name} {names}>{text}</w:{name}>" for name, text in others.items()},
    }
    if image:
        parts["word/media/image1.png"] = image
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return file.getvalue()
