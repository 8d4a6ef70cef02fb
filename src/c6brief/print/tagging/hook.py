"""The one place where we reach into WeasyPrint: its function that writes the tag tree is replaced by ours.

WeasyPrint's own tree is wrong in more than a dozen ways (``docs/accessibility.md`` lists them), because it is made from
boxes, page by page. Ours is made from the HTML, and only takes from the boxes what is drawn where. For that we need,
of WeasyPrint's private parts:

- ``weasyprint.pdf.add_tags(pdf, document, pdf_version, page_streams)``, called once when all pages are painted;
- ``stream._tags``: for each box drawn, ``{"mcid": number, "tag": name}`` of its marked content, and the same dictionary
  in the streams of transparency groups;
- ``page._page_box`` and below it ``children``, ``element``, ``element_tag``, ``link_annotation``, ``hit_area()`` and
  the like of boxes; ``AbsolutePlaceholder._box``.

``tests/test_weasyprint.py`` holds each of these against the installed version, and says which one broke.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

KNOWN = "70.0"
"""The version of WeasyPrint that all of this was written for and tested with."""


class UnknownWeasyPrint(RuntimeError):
    """Another version of WeasyPrint than :data:`KNOWN`: what it writes might claim to be accessible and not be."""

    def __init__(self, found: str) -> None:
        super().__init__(f"tags are written for WeasyPrint {KNOWN}, and this is {found}: install weasyprint=={KNOWN}")


@contextmanager
def tags_by(write: Callable[[Any, Any, list[Any]], None]) -> Iterator[None]:
    """While this is open WeasyPrint has ``write`` make the tag tree.

    It is given the ``pydyf.PDF``, the laid out document, and the content stream of each page. Raises
    :class:`UnknownWeasyPrint`.
    """
    import weasyprint
    import weasyprint.pdf

    if weasyprint.__version__ != KNOWN:
        raise UnknownWeasyPrint(weasyprint.__version__)
    theirs = weasyprint.pdf.add_tags

    def ours(pdf: Any, document: Any, pdf_version: Any, page_streams: list[Any]) -> None:
        write(pdf, document, page_streams)

    weasyprint.pdf.add_tags = ours
    try:
        yield
    finally:
        weasyprint.pdf.add_tags = theirs
