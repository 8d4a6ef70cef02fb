"""The standards that a printed file claims, and what claiming them takes beside the tags.

``pdf-1.7`` is one file that is PDF/A-3a (ISO 19005-3: an archive can keep it) and PDF/UA-1 (ISO 14289-1: a screen
reader can read it). ``pdf-2`` is PDF/A-4f (ISO 19005-4), PDF/UA-2 (ISO 14289-2) and WTPDF 1.0, Well-Tagged PDF, for
accessibility and for reuse. WeasyPrint writes one claim to a file; ``weasyprint_metadata`` puts the others into it.
"""

from __future__ import annotations

from dataclasses import dataclass

_RDF = 'xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"'
_UA = 'xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/"'

_UA1 = f'<rdf:Description {_RDF} {_UA} rdf:about="" pdfuaid:part="1"/>'

# PDF/A-1 to 3 know no pdfuaid: a file that uses it must carry its description (ISO 19005-3, 6.6.2.3).
_UA_SCHEMA = (
    f'<rdf:Description {_RDF} xmlns:pdfaExtension="http://www.aiim.org/pdfa/ns/extension/"'
    ' xmlns:pdfaSchema="http://www.aiim.org/pdfa/ns/schema#"'
    ' xmlns:pdfaProperty="http://www.aiim.org/pdfa/ns/property#" rdf:about="">'
    '<pdfaExtension:schemas><rdf:Bag><rdf:li rdf:parseType="Resource">'
    "<pdfaSchema:schema>PDF/UA Universal Accessibility Schema</pdfaSchema:schema>"
    "<pdfaSchema:namespaceURI>http://www.aiim.org/pdfua/ns/id/</pdfaSchema:namespaceURI>"
    "<pdfaSchema:prefix>pdfuaid</pdfaSchema:prefix>"
    '<pdfaSchema:property><rdf:Seq><rdf:li rdf:parseType="Resource">'
    "<pdfaProperty:name>part</pdfaProperty:name><pdfaProperty:valueType>Integer</pdfaProperty:valueType>"
    "<pdfaProperty:category>internal</pdfaProperty:category>"
    "<pdfaProperty:description>Part of ISO 14289 to which the file conforms</pdfaProperty:description>"
    "</rdf:li></rdf:Seq></pdfaSchema:property></rdf:li></rdf:Bag></pdfaExtension:schemas></rdf:Description>"
)

_UA2 = f'<rdf:Description {_RDF} {_UA} rdf:about="" pdfuaid:part="2" pdfuaid:rev="2024"/>'

# WTPDF 1.0 is claimed by PDF Declarations (https://pdfa.org/resource/pdf-declarations/), one for each of its levels.
_WTPDF = (
    f'<rdf:Description {_RDF} xmlns:pdfd="http://pdfa.org/declarations/" rdf:about="">'
    "<pdfd:declarations><rdf:Bag>"
    '<rdf:li rdf:parseType="Resource">'
    "<pdfd:conformsTo>http://pdfa.org/declarations/wtpdf#accessibility1.0</pdfd:conformsTo></rdf:li>"
    '<rdf:li rdf:parseType="Resource">'
    "<pdfd:conformsTo>http://pdfa.org/declarations/wtpdf#reuse1.0</pdfd:conformsTo></rdf:li>"
    "</rdf:Bag></pdfd:declarations></rdf:Description>"
)


@dataclass(frozen=True)
class Standard:
    """What a file is to conform to."""

    name: str
    """As on the command line."""
    variant: str
    """WeasyPrint's ``pdf_variant``, for the archive's part."""
    part: int
    """Of PDF/UA: 1 for PDF 1.7, 2 for PDF 2.0."""
    claims: str
    """RDF that goes into the metadata beside WeasyPrint's own."""


STANDARDS = {
    standard.name: standard
    for standard in (
        Standard("pdf-1.7", "pdf/a-3a", 1, _UA1 + _UA_SCHEMA),
        Standard("pdf-2", "pdf/a-4f", 2, _UA2 + _WTPDF),
    )
}
"""By name; the first is what is printed unless another one is asked for."""

DEFAULT = STANDARDS["pdf-1.7"]
