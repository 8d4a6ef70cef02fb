"""Texts in drawings are set as texts: kerned, shaped, and in one piece.

WeasyPrint sets each letter of an SVG's text by itself, since SVG may give each a place of its own. That is half of what
painting a chart costs, takes the kerning out of its words, and parts the letters of scripts that join them. Here a text
that gives a place to its beginning alone is handed to WeasyPrint's function as one letter. It reaches into the version that
all the print room is written for (:mod:`c6brief.print.tagging.hook`), and leaves any other as it is.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from c6brief.print.tagging.hook import KNOWN

APART = ("letter-spacing", "textLength", "rotate")
"""Attributes that speak of letters."""

PLACES = ("x", "y", "dx", "dy")
"""Attributes that place letters, where they hold more than one number."""


class _OneLetter(str):
    """A text that is taken for one letter."""

    __slots__ = ()

    def __iter__(self) -> Iterator[str]:
        yield str(self)


@contextmanager
def texts_in_one_piece() -> Iterator[None]:
    """While this is open WeasyPrint draws texts in SVG as wholes, where they give no letter a place."""
    import weasyprint
    from weasyprint import svg

    if weasyprint.__version__ != KNOWN:
        yield
        return
    theirs = svg.text

    def ours(drawing: Any, node: Any, font_size: float) -> None:
        if node.tag != "textPath" and node.text and _is_one(node):
            node._etree_node.text = _OneLetter(node.text)
        theirs(drawing, node, font_size)

    tags = [tag for tag, draw in svg.TAGS.items() if draw is theirs]
    svg.text = ours
    svg.TAGS.update(dict.fromkeys(tags, ours))
    try:
        yield
    finally:
        svg.text = theirs
        svg.TAGS.update(dict.fromkeys(tags, theirs))


def _is_one(node: Any) -> bool:
    if any(node.get(name) for name in APART):
        return False
    return all(len((node.attrib.get(name) or "").replace(",", " ").split()) <= 1 for name in PLACES)
