"""What libraries want to know of a file: subjects and identifiers, each kept whole, in the form that XMP gives them.

A page says them in Dublin Core (https://www.dublincore.org/specifications/dublin-core/dcmi-terms/), one element for each:
``<meta name="dcterms.subject" content="water, shared">``, ``<meta name="dcterms.identifier" content="https://doi.org/…">``.
"""

from __future__ import annotations

from dataclasses import dataclass
from xml.etree.ElementTree import Element
from xml.sax.saxutils import escape

_RDF = 'xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"'


@dataclass(frozen=True)
class LibraryMetadata:
    """Subjects and identifiers of a page, in order."""

    subjects: tuple[str, ...] = ()
    identifiers: tuple[str, ...] = ()

    @property
    def keywords(self) -> list[str]:
        """For WeasyPrint, which joins keywords by commas: one text joined by semicolons, where a subject has a comma."""
        if any("," in subject for subject in self.subjects):
            return ["; ".join(self.subjects)]
        return list(self.subjects)

    @property
    def rdf(self) -> str:
        """RDF for the metadata of the file: ``dc:subject``, ``dc:identifier``, and all identifiers as ``xmp:Identifier``.

        They are of the schemas that PDF/A knows (XMP 2005; ISO 19005-3, 6.6.2.3.1). ``dc:identifier`` holds one alone.
        """
        parts = [_bag("dc:subject", self.subjects)] if self.subjects else []
        if self.identifiers:
            parts.append(f"<dc:identifier>{escape(self.identifiers[0])}</dc:identifier>")
            parts.append(_bag("xmp:Identifier", self.identifiers))
        if not parts:
            return ""
        names = 'xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:xmp="http://ns.adobe.com/xap/1.0/"'
        return f'<rdf:Description {_RDF} {names} rdf:about="">{"".join(parts)}</rdf:Description>'


def read_library_metadata(root: Element) -> LibraryMetadata:
    """What the page ``root`` says of itself to libraries."""
    found: dict[str, dict[str, None]] = {"dcterms.subject": {}, "dcterms.identifier": {}}
    for meta in root.iter("meta"):
        words = " ".join(meta.get("content", "").split())
        if words:
            found.get(meta.get("name", "").lower(), {})[words] = None
    return LibraryMetadata(tuple(found["dcterms.subject"]), tuple(found["dcterms.identifier"]))


def _bag(name: str, items: tuple[str, ...]) -> str:
    entries = "".join(f"<rdf:li>{escape(item)}</rdf:li>" for item in items)
    return f"<{name}><rdf:Bag>{entries}</rdf:Bag></{name}>"
