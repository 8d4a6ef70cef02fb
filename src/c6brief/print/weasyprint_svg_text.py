"""Texts in drawings are set as texts: kerned, shaped, and in one piece.

WeasyPrint sets each letter of an SVG's text by itself, since SVG may give each a place of its own. That is half of what
painting a chart costs, takes the kerning out of its words, and parts the letters of scripts that join them. Here a text
that gives a place to its beginning alone is handed to WeasyPrint's function as one letter.

- Why: time, kerning, and scripts whose letters join.
- Uses: ``weasyprint.svg.text`` and the entries of ``weasyprint.svg.TAGS`` that hold it, which are replaced; ``tag``,
  ``text``, ``attrib`` and ``_etree_node`` of a node; that the function goes through the letters of its text.
- Known version: :data:`~c6brief.print.weasyprint_version.KNOWN`.
- With another version: WeasyPrint is left as it is.
- Test: ``test_texts_of_a_drawing_are_kerned_unless_they_place_their_letters`` in ``tests/figures/test_timeline_coverage_map.py``.
- Upstream: Kozea/WeasyPrint #2249 (open), pull request #2754.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from c6brief.print.weasyprint_version import is_known_version

OF_LETTERS = ("letter-spacing", "textLength", "rotate")
"""Attributes that say something of single letters."""

PLACES = ("x", "y", "dx", "dy")
"""Attributes that place single letters where they hold more than one number."""


class _OneLetter(str):
    """A text that gives itself as its only letter."""

    __slots__ = ()

    def __iter__(self) -> Iterator[str]:
        yield str(self)


@contextmanager
def draw_svg_texts_whole() -> Iterator[None]:
    """While this is open, WeasyPrint draws a text in SVG as a whole where it gives no letter a place."""
    from weasyprint import svg

    if not is_known_version():
        yield
        return
    original = svg.text

    def draw(drawing: Any, node: Any, font_size: float) -> None:
        if node.tag != "textPath" and node.text and _has_one_place(node):
            node._etree_node.text = _OneLetter(node.text)
        original(drawing, node, font_size)

    tags = [tag for tag, function in svg.TAGS.items() if function is original]
    svg.text = draw
    svg.TAGS.update(dict.fromkeys(tags, draw))
    try:
        yield
    finally:
        svg.text = original
        svg.TAGS.update(dict.fromkeys(tags, original))


def _has_one_place(node: Any) -> bool:
    """Whether a text says nothing of single letters."""
    if any(node.get(name) for name in OF_LETTERS):
        return False
    return all(len((node.attrib.get(name) or "").replace(",", " ").split()) <= 1 for name in PLACES)
