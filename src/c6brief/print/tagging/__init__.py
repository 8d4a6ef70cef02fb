"""The tag tree: what a screen reader finds in the file. :func:`write_tags` is all that others need.

``tree`` makes structure elements of the HTML and of what is drawn of it (by ``roles``; ``lists``, ``tables`` and
``headers`` for these), ``writing`` puts them into the file, ``destinations`` makes links lead to them. What is drawn is
in :mod:`c6brief.print.drawn_content`; what reaches into WeasyPrint is :mod:`c6brief.print.weasyprint_tags`.
"""

from __future__ import annotations

from contextlib import AbstractContextManager
from typing import Any
from xml.etree.ElementTree import Element

from c6brief.documents.catalogue import languages, words
from c6brief.print.standards import Standard
from c6brief.print.tagging.destinations import lead_to_elements
from c6brief.print.tagging.roles import STRUCTURE_TYPES
from c6brief.print.tagging.tree import MissingAlternative, TagTreeBuilder
from c6brief.print.tagging.writing import TagWriter
from c6brief.print.weasyprint_document import LaidOutDocument
from c6brief.print.weasyprint_tags import read_content, replace_tag_writer

__all__ = ["MissingAlternative", "write_tags"]


def write_tags(root: Element, standard: Standard) -> AbstractContextManager[None]:
    """While this is open, WeasyPrint writes the tags of the HTML document ``root`` as ``standard`` wants them.

    Raises in writing :class:`MissingAlternative`.
    """
    types = STRUCTURE_TYPES[standard.part]
    language = root.get("lang", "").split("-")[0]

    def write(pdf: Any, document: LaidOutDocument, page_streams: list[Any]) -> None:
        content = read_content(document, page_streams)
        builder = TagTreeBuilder(root, content, types, words(language if language in languages() else "en"))
        tree = builder.build()
        writer = TagWriter(pdf, page_streams, content, types)
        writer.write(tree)
        lead_to_elements(pdf, builder, writer)

    return replace_tag_writer(write)
