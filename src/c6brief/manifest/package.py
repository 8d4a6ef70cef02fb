"""The evidence package: the files and the manifest that a printed brief carries.

:class:`EvidencePackage` holds everything that is known before typesetting (``building`` makes it);
:meth:`EvidencePackage.attach` runs in WeasyPrint's finisher, after every other change to the document, since the
manifest records the finished pages.
"""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from c6brief.brief.record import PrintedWords, Record, sha256
from c6brief.manifest.attachments import (
    Attachment,
    attach_files,
    fill_file,
    find_figure_elements,
    read_template_attachments,
)
from c6brief.manifest.document_parts import DocumentParts, read_parts
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
    ProseBlock,
    seal,
    to_json,
)
from c6brief.manifest.page_words import PdfFonts, join_pieces, read_visible_pieces
from c6brief.manifest.pdf_file import read_strictly
from c6brief.manifest.pdf_syntax import ForeignSyntax
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
    prose: tuple[ProseBlock, ...]
    files: tuple[Attachment, ...]
    """The specification and each figure's data."""
    inputs: tuple[Input, ...]
    settings: tuple[str, ...]
    template: str

    def attach(self, pdf: Any) -> Manifest:
        """Attach the files and the manifest to a ``pydyf.PDF`` that is finished but not written yet.

        Returns the manifest, sealed. Raises :class:`ForeignSyntax` for a document that verification would not take for
        one of ours: its text says why.
        """
        files = {file.name: file for file in (*read_template_attachments(pdf), *self.files)}
        files.pop(MANIFEST, None)
        elements = find_figure_elements(pdf, {figure.data: figure.alt for figure in self.figures if figure.data})
        fingerprint = self.record.fingerprint
        description = f"Evidence manifest: every passage with its source. Fingerprint {fingerprint}"
        own = Attachment(MANIFEST, b"", "application/json", "Supplement", description)
        attached = attach_files(pdf, (*self.files, own), self.head.date, elements)
        draft = write_draft(pdf)  # all that the file will have, but for the manifest's own bytes
        document = read_parts(read_strictly(draft.getvalue()), MANIFEST)
        if document.foreign:
            raise ForeignSyntax(", ".join(document.foreign))
        pages, letters = self._read_pages(draft, document)
        places = find_words([each.words for each in self.printed], letters)
        manifest = seal(
            Manifest(
                brief=self.head,
                fingerprint=fingerprint,
                record=self.record,
                figures=tuple(each.model_copy(update={"tied": each.data in elements}) for each in self.figures),
                tables=tuple(each.model_copy(update={"pages": find_rows(each, letters)}) for each in self.tables),
                printed=tuple(
                    PrintedQuotation(passage=each.passage, form=each.form, words=each.words, pages=numbers)
                    for each, numbers in zip(self.printed, places, strict=True)
                ),
                prose=tuple(
                    each.model_copy(update={"pages": numbers})
                    for each, numbers in zip(self.prose, find_prose(self.prose, letters), strict=True)
                ),
                pages=pages,
                parts=document.parts,
                attachments=tuple(_describe(files[name]) for name in sorted(files)),
                inputs=self.inputs,
                settings=self.settings,
                template=self.template,
                versions=collect_versions(),
                seal="",
            )
        )
        fill_file(pdf, attached[MANIFEST], to_json(manifest))
        return manifest

    def _read_pages(
        self, draft: io.BytesIO, document: DocumentParts
    ) -> tuple[tuple[PrintedPage, ...], list[PageLetters]]:
        """The pages as a reader of the file will find them, and their letters."""
        from pypdf import PdfReader

        reader, fonts = PdfReader(draft), PdfFonts()
        cache = _words_by_painting if len(document.pages) <= MOST_CACHED_PAGES else {}
        pages, letters = [], []
        for number, parts in enumerate(document.pages, 1):
            if parts.painted not in cache:
                pieces = read_visible_pieces(reader.pages[number - 1], fonts)
                cache[parts.painted] = join_pieces(pieces), extract_letters(pieces)
            text, its_letters = cache[parts.painted]
            pages.append(
                PrintedPage(
                    number=number,
                    text=text,
                    sha256=sha256(text.encode()),
                    painted=parts.painted,
                    frame=parts.frame,
                    links=parts.links,
                )
            )
            letters.append(its_letters)
        while len(_words_by_painting) > MOST_CACHED_PAGES:
            del _words_by_painting[next(iter(_words_by_painting))]
        return tuple(pages), letters


def find_prose(prose: Sequence[ProseBlock], pages: Sequence[PageLetters]) -> list[tuple[int, ...]]:
    """For each block of prose the page or pages where it stands in one piece; none where it does not."""
    return find_words([each.text for each in prose], pages)


def find_rows(table: PrintedTable, pages: Sequence[PageLetters]) -> tuple[tuple[int, ...], ...]:
    """For each row of a table the page or pages where it stands in one piece; none where it does not."""
    return tuple(find_words([" ".join(row) for row in table.rows], pages))


def _describe(file: Attachment) -> Attached:
    return Attached(
        name=file.name,
        media_type=file.media_type,
        relationship=file.relationship,
        description=file.description,
        size=len(file.data),
        sha256=sha256(file.data),
    )
