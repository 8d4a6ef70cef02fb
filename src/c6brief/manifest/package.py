"""The evidence package: the files and the manifest that a printed brief carries.

:class:`EvidencePackage` holds everything that is known before typesetting (``building`` makes it);
:meth:`EvidencePackage.attach` runs in WeasyPrint's finisher, after every other change to the document, since the
manifest records the finished pages.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from c6brief.brief.record import PrintedWords, Record, sha256
from c6brief.manifest.attachments import Attachment, attach_files, find_figure_elements, read_template_attachments
from c6brief.manifest.model import (
    MANIFEST,
    Attached,
    Head,
    Input,
    Manifest,
    PrintedFigure,
    PrintedPage,
    PrintedQuotation,
    PrintedTable,
    seal,
    to_json,
)
from c6brief.manifest.page_painting import PaintingHasher
from c6brief.manifest.page_words import PdfFonts, join_pieces, read_visible_pieces
from c6brief.manifest.pydyf_draft import write_draft
from c6brief.manifest.versions import collect_versions
from c6brief.manifest.word_search import PageLetters, extract_letters, find_words

MOST_CACHED_PAGES = 60
"""Pages whose words are kept in memory; those of a longer file are not."""

_words_by_painting: dict[str, tuple[str, PageLetters]] = {}
"""The words of pages by the hash of their painting: pages that are painted the same have the same words. A process that
prints a brief again after an edit finds most of its pages here.
"""


@dataclass(frozen=True)
class EvidencePackage:
    """What goes into the file beside its pages."""

    head: Head
    record: Record
    printed: tuple[PrintedWords, ...]
    figures: tuple[PrintedFigure, ...]
    tables: tuple[PrintedTable, ...]
    files: tuple[Attachment, ...]
    """The specification and each figure's data."""
    inputs: tuple[Input, ...]
    settings: tuple[str, ...]
    template: str

    def attach(self, pdf: Any) -> Manifest:
        """Attach the files and the manifest to a ``pydyf.PDF`` that is finished but not written yet.

        Returns the manifest, sealed.
        """
        pages, quotations = self._read_pages(pdf)
        files = {file.name: file for file in (*read_template_attachments(pdf), *self.files)}
        files.pop(MANIFEST, None)
        elements = find_figure_elements(pdf, {figure.data: figure.alt for figure in self.figures if figure.data})
        manifest = seal(
            Manifest(
                brief=self.head,
                fingerprint=self.record.fingerprint,
                record=self.record,
                figures=tuple(each.model_copy(update={"tied": each.data in elements}) for each in self.figures),
                tables=self.tables,
                printed=quotations,
                pages=pages,
                attachments=tuple(_describe(files[name]) for name in sorted(files)),
                inputs=self.inputs,
                settings=self.settings,
                template=self.template,
                versions=collect_versions(),
                seal="",
            )
        )
        description = f"Evidence manifest: every passage with its source. Fingerprint {manifest.fingerprint}"
        own = Attachment(MANIFEST, to_json(manifest), "application/json", "Supplement", description)
        attach_files(pdf, (*self.files, own), self.head.date, elements)
        return manifest

    def _read_pages(self, pdf: Any) -> tuple[tuple[PrintedPage, ...], tuple[PrintedQuotation, ...]]:
        """The pages as a reader of the file will find them, and where the quotations stand on them."""
        from pypdf import PdfReader

        reader, hasher, fonts = PdfReader(write_draft(pdf)), PaintingHasher(), PdfFonts()
        cache = _words_by_painting if len(reader.pages) <= MOST_CACHED_PAGES else {}
        pages, letters = [], []
        for number, page in enumerate(reader.pages, 1):
            painted = hasher.hash_page(page)
            if painted not in cache:
                pieces = read_visible_pieces(page, fonts)
                cache[painted] = join_pieces(pieces), extract_letters(pieces)
            text, its_letters = cache[painted]
            pages.append(PrintedPage(number=number, text=text, sha256=sha256(text.encode()), painted=painted))
            letters.append(its_letters)
        while len(_words_by_painting) > MOST_CACHED_PAGES:
            del _words_by_painting[next(iter(_words_by_painting))]
        places = find_words([each.words for each in self.printed], letters)
        quotations = tuple(
            PrintedQuotation(passage=each.passage, form=each.form, words=each.words, pages=numbers)
            for each, numbers in zip(self.printed, places, strict=True)
        )
        return tuple(pages), quotations


def _describe(file: Attachment) -> Attached:
    return Attached(
        name=file.name,
        media_type=file.media_type,
        relationship=file.relationship,
        description=file.description,
        size=len(file.data),
        sha256=sha256(file.data),
    )
