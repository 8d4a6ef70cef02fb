"""More than one standard claimed in the metadata of a file that WeasyPrint has made.

- Why: WeasyPrint claims one standard to a file (``pdf_variant``); ours are an archive's and a screen reader's at once.
- Uses: the stream of XMP metadata that the catalog names, with one ``rdf:RDF`` that ends in ``</rdf:RDF>``; the words
  ``pdfaid:conformance="F"`` in it; the ``extra`` dictionaries of images.
- Known version: :data:`~c6brief.print.weasyprint_version.KNOWN`.
- With another version: ``ValueError``, a problem ``typesetting-failed``, where there is no such RDF.
- Test: ``test_the_metadata_hold_one_rdf_to_put_claims_into`` in ``tests/print/test_weasyprint_tags.py``;
  ``tests/print/test_standards.py`` has veraPDF validate the claims.
- Upstream: Kozea/WeasyPrint #2783 (one standard to a file), #1661 (``Interpolate``).
"""

from __future__ import annotations

from typing import Any

from c6brief.print.standards import Standard

_ONLY_WITH_FILES = b' pdfaid:conformance="F"'
"""PDF/A-4f is PDF/A-4 with files attached; a file without any must not claim it (ISO 19005-4, annex A)."""


def write_claims(pdf: Any, standard: Standard, attached: bool, more: str = "") -> None:
    """Write the claims of ``standard`` into the metadata of a finished ``pydyf.PDF``, and ``more`` RDF after them.

    ``attached`` says whether files will be attached beside those of the template. The tag tree must be right already:
    see :mod:`c6brief.print.tagging`. Images lose ``Interpolate``, which PDF/A forbids (ISO 19005-3, 6.2.8).
    """
    metadata = pdf.objects[int(pdf.catalog["Metadata"].split()[0])]
    packet = b"".join(metadata.stream)
    if not attached and "EmbeddedFiles" not in pdf.catalog.get("Names", {}):
        packet = packet.replace(_ONLY_WITH_FILES, b"")
    head, end, tail = packet.rpartition(b"</rdf:RDF>")
    if not end:
        raise ValueError("WeasyPrint's metadata hold no RDF to put claims into")
    metadata.stream[:] = [head + (standard.claims + more).encode() + end + tail]
    metadata.compress = False  # for catalogues that read no compressed streams; and PDFium loses the filter in saving
    for each in pdf.objects:
        extra = getattr(each, "extra", {})
        if extra.get("Subtype") == "/Image":
            extra["Interpolate"] = "false"
