"""What a brief carries, made up once the pages are set: attachments and the manifest that seals them.

:class:`EvidencePackage` holds everything known before typesetting; :meth:`EvidencePackage.enclose` runs in WeasyPrint's finisher, after
every other change to the document.
"""

from __future__ import annotations

import io
from dataclasses import dataclass
from typing import Any

from c6brief.brief.record import PrintedWords, Record, sha256
from c6brief.print.attachments import File, attach, figures_by_text, foreign_files
from c6brief.print.finding import PageLetters, find_each, page_letters
from c6brief.print.manifest import (
    MANIFEST,
    Attached,
    Head,
    Input,
    Manifest,
    PrintedFigure,
    PrintedPage,
    PrintedQuotation,
    PrintedTable,
    sealed,
    to_json,
)
from c6brief.print.painted import Painter
from c6brief.print.versions import versions
from c6brief.print.visible import Fonts, visible_pieces, visible_text

MOST_WORDS = 60
"""Pages whose words are kept in memory; those of a longer file are not."""

_words: dict[str, tuple[str, PageLetters]] = {}
"""The words of pages by how they are painted: what is painted the same has the same words. A process that prints a brief
again after an edit finds most of its pages here.
"""


@dataclass(frozen=True)
class EvidencePackage:
    """What goes into the file beside its pages."""

    head: Head
    record: Record
    printed: tuple[PrintedWords, ...]
    figures: tuple[PrintedFigure, ...]
    tables: tuple[PrintedTable, ...]
    files: tuple[File, ...]
    """The specification and each figure's data."""
    inputs: tuple[Input, ...]
    settings: tuple[str, ...]
    template: str

    def enclose(self, pdf: Any) -> Manifest:
        """Attach files and manifest to a finished ``pydyf.PDF`` that has not been written yet."""
        pages, quotations = self._pages(pdf)
        files = {file.name: file for file in (*foreign_files(pdf), *self.files)}
        files.pop(MANIFEST, None)
        elements = figures_by_text(pdf, {figure.data: figure.alt for figure in self.figures if figure.data})
        manifest = sealed(
            Manifest(
                brief=self.head,
                fingerprint=self.record.fingerprint,
                record=self.record,
                figures=tuple(each.model_copy(update={"tied": each.data in elements}) for each in self.figures),
                tables=self.tables,
                printed=quotations,
                pages=pages,
                attachments=tuple(_attached(files[name]) for name in sorted(files)),
                inputs=self.inputs,
                settings=self.settings,
                template=self.template,
                versions=versions(),
                seal="",
            )
        )
        about = f"Evidence manifest: every passage with its source. Fingerprint {manifest.fingerprint}"
        own = File(MANIFEST, to_json(manifest), "application/json", "Supplement", about)
        attach(pdf, (*self.files, own), self.head.date, elements)
        return manifest

    def _pages(self, pdf: Any) -> tuple[tuple[PrintedPage, ...], tuple[PrintedQuotation, ...]]:
        """The pages as a reader of the file will find them, and where the quotations stand on them."""
        from pypdf import PdfReader

        reader, painter, fonts = PdfReader(_draft(pdf)), Painter(), Fonts()
        known = _words if len(reader.pages) <= MOST_WORDS else {}
        pages, letters = [], []
        for number, page in enumerate(reader.pages, 1):
            painted = painter.page(page)
            if painted not in known:
                pieces = visible_pieces(page, fonts)
                known[painted] = visible_text(pieces), page_letters(pieces)
            text, its_letters = known[painted]
            pages.append(PrintedPage(number=number, text=text, sha256=sha256(text.encode()), painted=painted))
            letters.append(its_letters)
        while len(_words) > MOST_WORDS:
            del _words[next(iter(_words))]
        places = find_each([each.words for each in self.printed], letters)
        quotations = tuple(
            PrintedQuotation(passage=each.passage, form=each.form, words=each.words, pages=on)
            for each, on in zip(self.printed, places, strict=True)
        )
        return tuple(pages), quotations


def _draft(pdf: Any) -> io.BytesIO:
    """The document as it stands, written aside. Nothing of it changes: pydyf numbers anew what it adds in writing. Streams are
    not compressed, as they would only be unpacked again.
    """
    objects, position = list(pdf.objects), pdf.current_position
    packed = [each for each in objects if getattr(each, "compress", False)]
    for stream in packed:
        stream.compress = False
    draft = io.BytesIO()
    pdf.write(draft)
    for stream in packed:
        stream.compress = True
    pdf.objects[:] = objects
    pdf.current_position = position
    return draft


def _attached(file: File) -> Attached:
    return Attached(
        name=file.name,
        media_type=file.media_type,
        relationship=file.relationship,
        description=file.description,
        size=len(file.data),
        sha256=sha256(file.data),
    )
