"""Characters are copied from the file as they were typed, those too that share their glyph with another.

WeasyPrint notes for each glyph of a font the characters that it stood for when it was first drawn, and writes these into
the font's ToUnicode map (ISO 32000-1, 9.10.3). So a no-break space is copied as a space, U+02BB of Uzbek as U+2018, and
each later ``…`` as the words that an ellipsis has hidden before. Here a glyph that comes to stand for other characters
than before is written with another code, which has its own line in the map and is led to the same outline by the
font's ``CIDToGIDMap`` (9.7.4.2). A letter with marks that are set above or below it becomes one glyph, since readers that
guess at lines and spaces part them. A font that needs neither is written as ever.

- Why: a reader who copies, searches or listens gets other characters than are printed; words cannot be compared.
- Uses: ``draw.text.draw_first_line(stream, textbox, …)``, which is replaced; that it asks ``textbox.pango_layout`` for its
  line by ``get_first_line`` once it is as it is to be drawn, and takes glyphs, widths and characters from there; ``text``
  of the layout; ``Stream.add_font``, ``ink_rect`` and ``logical_rect``; ``to_unicode``, ``widths``, ``glyph_count``,
  ``type``, ``name``, ``upem``, ``file_content``, ``bitmap``, ``png``, ``svg``, ``colr``, ``used_in_forms`` and ``clean`` of
  ``pdf.fonts.Font``; Pango's glyph strings as ``text.ffi`` declares them, and the byte of flags behind
  ``PangoAnalysis.level``.
- Known version: :data:`~c6brief.print.weasyprint_version.KNOWN`.
- With another version: no brief is typeset (problem ``unknown-weasyprint``).
- Test: ``tests/print/test_copying.py`` has three readers copy every letter of the shipped faces, and holds what is used
  against the installed version.
- Upstream: none asked for.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import partial
from typing import Any

from c6brief.print.added_glyphs import GlyphPart, Parts, add_glyphs

MOST_MISSING = 250
"""Codes after a font's last glyph that WeasyPrint may give to characters which the font does not have."""

LAST_CODE = 0xFFFE
"""The last code that two bytes can say and that is a character's."""

ELLIPSIS_FLAG = 2
"""``PANGO_ANALYSIS_FLAG_IS_ELLIPSIS``: what the item stands for is hidden, and it is the mark of that."""


@dataclass
class FontCodes:
    """The codes of one font that are no glyph's number: for what each stands, and where its glyph is."""

    codes: dict[tuple[Parts, str], int] = field(default_factory=dict)
    added: dict[int, int] = field(default_factory=dict)
    """The numbers of glyphs that were added to the font, by code."""

    def list_needed(self) -> set[int]:
        """The glyphs that those to be added are made of."""
        return {part.glyph for parts, _ in self.codes for part in parts}

    def add_glyphs(self, font: Any) -> None:
        """Add to a WeasyPrint ``Font`` the glyphs that no map can lead to."""
        is_mapped = font.type == "ttf"
        wanted = {code: parts for (parts, _), code in self.codes.items() if len(parts) > 1 or not is_mapped}
        if wanted:
            font.file_content, self.added = add_glyphs(font.file_content, wanted)

    def build_map(self, font: Any) -> bytes:
        """The map from codes to glyphs: two bytes for the glyph of each code."""
        found = {glyph: glyph for glyph in font.to_unicode if glyph < font.glyph_count}
        found |= {code: self.added.get(code, parts[0].glyph) for (parts, _), code in self.codes.items()}
        glyphs = bytearray(2 * (max(found) + 1))
        for code, glyph in found.items():
            glyphs[2 * code : 2 * code + 2] = glyph.to_bytes(2, "big")
        return bytes(glyphs)


@dataclass
class TypedCharacters:
    """The codes that are written for other characters than those that a glyph stood for first."""

    fonts: dict[Any, FontCodes] = field(default_factory=dict)
    """By WeasyPrint's ``Font``."""

    def find_code(self, font: Any, parts: Parts, text: str) -> int | None:
        """The code that stands for ``text`` and shows ``parts``: the number of a glyph of the font, or one beyond.

        ``None`` where the font can have no such code.
        """
        if len(parts) == 1 and font.to_unicode.setdefault(parts[0].glyph, text) == text:
            return parts[0].glyph
        if font.bitmap or font.png or font.svg or font.colr or font.used_in_forms:
            return None
        codes = self.fonts.setdefault(font, FontCodes()).codes
        code = codes.setdefault((parts, text), font.glyph_count + MOST_MISSING + len(codes))
        if code > LAST_CODE:
            return None
        font.to_unicode.setdefault(code, text)
        return code

    def write(self, pdf: Any) -> None:
        """Lead the codes to their glyphs, in a finished ``pydyf.PDF``."""
        import pydyf

        for font, found in self.fonts.items():
            if font.type == "ttf":
                stream = pydyf.Stream([found.build_map(font)], compress=True)
                pdf.add_object(stream)
                for each in pdf.objects:
                    if isinstance(each, pydyf.Dictionary) and each.get("BaseFont") == font.name and "W" in each:
                        each["CIDToGIDMap"] = stream.reference


@contextmanager
def copy_as_typed() -> Iterator[TypedCharacters]:
    """While this is open, WeasyPrint draws texts so that they are copied as typed.

    What is given must be :meth:`written <TypedCharacters.write>` into the finished document.
    """
    from weasyprint.draw import text as drawing
    from weasyprint.pdf.fonts import Font

    characters = TypedCharacters()
    draw, clean = drawing.draw_first_line, Font.clean

    def draw_first_line(stream: Any, textbox: Any, *others: Any) -> Any:
        layout = textbox.pango_layout
        layout.get_first_line = partial(_get_first_line, layout.get_first_line, characters, stream, layout)
        try:
            return draw(stream, textbox, *others)
        finally:
            del layout.get_first_line

    def clean_and_add(font: Any, to_unicode: dict[int, str], hinting: Any) -> None:
        found = characters.fonts.get(font)
        if found is None:
            clean(font, to_unicode, hinting)
            return
        codes = set(found.codes.values())
        used = {glyph: text for glyph, text in to_unicode.items() if glyph not in codes}
        clean(font, used | dict.fromkeys(found.list_needed() - used.keys(), ""), hinting)
        found.add_glyphs(font)

    drawing.draw_first_line, Font.clean = draw_first_line, clean_and_add
    try:
        yield characters
    finally:
        drawing.draw_first_line, Font.clean = draw, clean


def _get_first_line(get_first_line: Any, characters: TypedCharacters, stream: Any, layout: Any) -> Any:
    """The line that ``get_first_line`` gives, with codes in place of the numbers of glyphs."""
    from weasyprint.text.ffi import ffi

    line, index = get_first_line()
    text = layout.text.encode()
    run = line.runs[0]
    pango_font = font = None
    size = 0.0
    while run != ffi.NULL:
        item, glyphs = run.data.item, run.data.glyphs
        run = run.next
        if item.analysis.font != pango_font:
            pango_font = item.analysis.font
            font, size = stream.add_font(pango_font)
        names = _name_glyphs(item, glyphs, text)
        _write_codes(glyphs.glyphs[0 : glyphs.num_glyphs], names, characters, font, size, pango_font, stream)
    return line, index


def _write_codes(
    glyphs: Any, names: list[str], characters: TypedCharacters, font: Any, size: float, pango_font: Any, stream: Any
) -> None:
    """Write into ``glyphs`` the codes under which they stand for their ``names``."""
    from weasyprint.text.ffi import pango

    at = 0
    while at < len(names):
        first, here = glyphs[at], at
        at += 1
        if first.glyph >= pango.PANGO_GLYPH_EMPTY:  # nothing to draw, or no glyph for the character
            continue
        parts: Parts = (GlyphPart(first.glyph),)
        while at < len(names) and (mark := _get_mark(glyphs[here : at + 1], names[at], font, size)):
            parts += (mark,)
            at += 1
        code = characters.find_code(font, parts, "".join(names[here:at]))
        if code is None:
            at = here + 1
            continue
        if code != first.glyph:
            width = _get_width(font, first.glyph, pango_font, size, stream)
            font.widths.setdefault(code, width)
            first.glyph = code
            for mark_glyph in glyphs[here + 1 : at]:
                mark_glyph.glyph = pango.PANGO_GLYPH_EMPTY


def _get_mark(glyphs: Any, name: str, font: Any, size: float) -> GlyphPart | None:
    """The last of ``glyphs`` as a part of the first, where it is a mark set above or below it; else ``None``."""
    from weasyprint.text.ffi import FROM_UNITS, pango

    if not name or name.isascii() or not all(unicodedata.combining(char) for char in name):
        return None
    mark, others = glyphs[len(glyphs) - 1], glyphs[0 : len(glyphs) - 1]
    if mark.glyph >= pango.PANGO_GLYPH_EMPTY or mark.geometry.width:
        return None
    unit = FROM_UNITS * font.upem / size
    x = sum(other.geometry.width for other in others) + mark.geometry.x_offset - others[0].geometry.x_offset
    return GlyphPart(mark.glyph, round(x * unit), round((others[0].geometry.y_offset - mark.geometry.y_offset) * unit))


def _get_width(font: Any, glyph: int, pango_font: Any, size: float, stream: Any) -> int:
    """The width of ``glyph`` in thousandths of the type size, as WeasyPrint counts it."""
    from weasyprint.text.ffi import FROM_UNITS, pango

    width: int | None = font.widths.get(glyph)
    if width is None:
        pango.pango_font_get_glyph_extents(pango_font, glyph, stream.ink_rect, stream.logical_rect)
        width = round(stream.logical_rect.width * 1000 * FROM_UNITS / size)
    return width


def _name_glyphs(item: Any, glyphs: Any, text: bytes) -> list[str]:
    """For each glyph of an item, the characters of ``text`` (UTF-8) that it stands for.

    Glyphs that stand for some characters together, a letter with its marks or a ligature, have one cluster: the first
    ones stand for one character each, the last one for the rest.
    """
    from weasyprint.text.ffi import ffi

    count, length = glyphs.num_glyphs, item.length
    text = text[item.offset : item.offset + length]
    level, _, flags = ffi.unpack(ffi.cast("unsigned char *", ffi.addressof(item.analysis, "level")), 3)
    if flags & ELLIPSIS_FLAG:
        return ["…"] if count == 1 else ["."] * count
    begins = ffi.unpack(glyphs.log_clusters, count)
    if text.isascii() and begins == list(range(length)):
        return list(text.decode())
    clusters: dict[int, list[int]] = {}
    for at, start in enumerate(begins):
        clusters.setdefault(start, []).append(at)
    names = [""] * count
    starts = sorted(clusters)
    for start, end in zip(starts, [*starts[1:], length], strict=True):
        places = clusters[start][::-1] if level % 2 else clusters[start]  # glyphs are in the order of the line
        said = text[start:end].decode()
        for step, place in enumerate(places[:-1]):
            names[place] = said[step : step + 1]
        names[places[-1]] = said[len(places) - 1 :]
    return names
