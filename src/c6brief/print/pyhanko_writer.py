"""pyHanko's writer of incremental updates, kept from changing the document's metadata.

- Why: pyHanko writes its own name and the hour of signing into XMP and document information, and XMP anew. What a
  signature is put under must be what was printed, and nothing else may change: ``verify`` accepts no other update.
- Uses: ``IncrementalPdfFileWriter._update_meta``, which is called once before writing; that versions and extensions are
  asked for by ``ensure_output_version`` and ``register_extension``.
- Known version: pyHanko 0.38.
- With another version: were the method called otherwise, metadata would be updated, and ``verify`` would refuse the file.
- Test: ``tests/verification/test_signatures.py`` has every signed file verified, and validated by veraPDF.
- Upstream: none asked for.
"""

from __future__ import annotations

from typing import Any

from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter


class PlainUpdate(IncrementalPdfFileWriter):
    """An incremental update that holds what it is given, and no metadata."""

    def _update_meta(self) -> None:
        """Leave metadata as they were printed."""

    def ensure_output_version(self, version: tuple[int, int]) -> None:
        """Leave the version: keys on elliptic curves would make PDF 2.0 of a file that conforms to PDF/A-3."""

    def register_extension(self, ext: Any) -> None:
        """Name PAdES in the catalog of a PDF 1.7, and not what PDF 2.0 has of its own."""
        if ext.prefix_name == "/ESIC":
            super().register_extension(ext)
