"""The tag tree: what a screen reader finds in the file. :func:`tags_of` is all that others need.

``content`` reads what is drawn, ``tree`` makes structure elements of the HTML (by ``roles``; ``headers`` for tables),
``writing`` puts them into the file, ``destinations`` makes links lead to them. ``hook`` is the one place that reaches
into WeasyPrint's private parts, and says which version it knows.
"""

from __future__ import annotations

from contextlib import AbstractContextManager
from typing import Any
from xml.etree.ElementTree import Element

from c6brief.documents.catalogue import languages, words
from c6brief.print.standards import Standard
from c6brief.print.tagging.content import read_content
from c6brief.print.tagging.hook import UnknownWeasyPrint, tags_by
from c6brief.print.tagging.tree import MissingAlternative, Tree

__all__ = ["MissingAlternative", "UnknownWeasyPrint", "tags_of"]


def tags_of(root: Element, standard: Standard) -> AbstractContextManager[None]:
    """While this is open, WeasyPrint writes the tags of the HTML document ``root`` as ``standard`` wants them.

    Raises :class:`UnknownWeasyPrint` on entering, and in writing :class:`MissingAlternative`.
    """
    from c6brief.print.tagging.destinations import lead_to_elements
    from c6brief.print.tagging.roles import DIALECTS
    from c6brief.print.tagging.writing import Writer

    dialect = DIALECTS[standard.part]
    language = root.get("lang", "").split("-")[0]

    def write(pdf: Any, document: Any, page_streams: list[Any]) -> None:
        content = read_content(document, page_streams)
        tree = Tree(root, content, dialect, words(language if language in languages() else "en"))
        top = tree.build()
        writer = Writer(pdf, page_streams, content, dialect)
        writer.write(top)
        lead_to_elements(pdf, tree, writer)

    return tags_by(write)
