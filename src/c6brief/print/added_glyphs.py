"""Glyphs added to a font that was cut down to what a document uses: copies of its glyphs, and letters with their marks.

Outlines are not drawn anew: in TrueType's form a glyph refers to others, in that of CFF it repeats them.
"""

from __future__ import annotations

from collections.abc import Mapping
from io import BytesIO
from typing import Any, NamedTuple


class GlyphPart(NamedTuple):
    """A glyph, by its number, and how far it is moved to the right and up, in units of the font."""

    glyph: int
    x: int = 0
    y: int = 0


Parts = tuple[GlyphPart, ...]
"""What a glyph is made of: a letter, which gives the width, and its marks."""


def add_glyphs(font_file: bytes, wanted: Mapping[int, Parts]) -> tuple[bytes, dict[int, int]]:
    """A font with a glyph more for each of the ``wanted``, and the number of each.

    ``wanted`` has, by the code that a document writes, what a glyph is made of. A font in TrueType's form gets them after
    its last glyph, one with CFF's outlines where a glyph's number is its code, since a PDF has no other way to it.
    """
    from fontTools.ttLib import TTFont

    font = TTFont(BytesIO(font_file), recalcTimestamp=False)
    numbers = {}
    add = _add_outline if "glyf" in font else _add_charstring
    for code, parts in sorted(wanted.items()):
        numbers[code] = add(font, code, parts)
    written = BytesIO()
    font.save(written)
    return written.getvalue(), numbers


def _add_outline(font: Any, code: int, parts: Parts) -> int:
    from fontTools.pens.ttGlyphPen import TTGlyphPen

    order, outlines = font.getGlyphOrder(), font["glyf"]
    pen = TTGlyphPen(outlines)
    for part in parts:
        pen.addComponent(order[part.glyph], (1, 0, 0, 1, part.x, part.y))
    name, number = f"code{code}", len(order)
    outlines[name] = glyph = pen.glyph()
    glyph.recalcBounds(outlines)
    font["hmtx"][name] = (font["hmtx"][order[parts[0].glyph]][0], getattr(glyph, "xMin", 0))
    return number


def _add_charstring(font: Any, code: int, parts: Parts) -> int:
    from fontTools.pens.t2CharStringPen import T2CharStringPen
    from fontTools.pens.transformPen import TransformPen

    top = font["CFF "].cff.topDictIndex[0]
    charstrings, order = top.CharStrings, font.getGlyphOrder()
    outlines = font.getGlyphSet()
    width = font["hmtx"][order[parts[0].glyph]][0]
    private = top.FDArray[0].Private if hasattr(top, "FDArray") else top.Private
    for number in range(len(order), code + 1):
        pen = T2CharStringPen(width, None)
        if number == code:
            for part in parts:
                outlines[order[part.glyph]].draw(TransformPen(pen, (1, 0, 0, 1, part.x, part.y)))
        name = f"cid{number:05d}" if hasattr(top, "ROS") else f"code{number}"
        charstring = pen.getCharString(private=private, globalSubrs=top.GlobalSubrs)
        charstrings.charStrings[name] = len(charstrings.charStringsIndex)
        charstrings.charStringsIndex.append(charstring)
        if top.charset is not order:
            top.charset.append(name)
        if hasattr(top, "FDSelect"):
            top.FDSelect.append(0)
        font["hmtx"][name] = (width if number == code else 0, 0)
        if order is not font.getGlyphOrder() or order[-1] != name:
            order.append(name)
    return code
