"""The fonts of a figure as Matplotlib sees them, and how wide words are.

A font is named by its file, never by a search: what is measured here is what the page prints, and no font that
happens to be installed can get in between. Which files those are, the :class:`~c6brief.figures.style.Style` says; it
holds within :func:`using`.
"""

from __future__ import annotations

import re
import unicodedata
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from c6brief.figures.mpl_fonts import FontProperties, FT2Font, LoadFlags
from c6brief.figures.style import REGULAR, STYLE, FontFile, Style, nearest

ASCENT, DESCENT = 0.74, 0.21
"""How far the letters of Source Sans 3 reach above and below the base line, in sizes."""

MIDDLE = 0.31
"""Half way between the middle of a small letter and that of a capital, in sizes: what looks centred on a line."""

_UNITS = 100
"""pt in which letters are measured, once for all sizes: without hinting a letter is the same in each."""
_NO_LIGATURES = ("-liga", "-clig", "-dlig", "-calt")


@dataclass(frozen=True)
class Face:
    """A size in pt, a weight, upright or italic."""

    size: float
    weight: int = REGULAR
    italic: bool = False


_files: ContextVar[tuple[FontFile, ...]] = ContextVar("files", default=STYLE.faces)


@contextmanager
def using(style: Style) -> Iterator[None]:
    """Measure in the faces of ``style`` for the time of one drawing."""
    before = _files.set(style.faces)
    try:
        yield
    finally:
        _files.reset(before)


def properties(face: Face, style: Style = STYLE) -> FontProperties:
    """What Matplotlib needs to draw in ``face`` of ``style``: a file, so that it never searches."""
    return FontProperties(
        fname=nearest(style.faces, face.weight, face.italic).path,
        family=style.family,
        style="italic" if face.italic else "normal",
        weight=face.weight,
        size=face.size,
    )


@lru_cache(maxsize=8192)
def _measured(words: str, file: FontFile) -> float:
    """The width of ``words`` at 100 pt, as HarfBuzz sets them, kerned, without ligatures."""
    font = _font(file)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of missing letters, which are a problem of ours: see `missing`
        items = font._layout(words, LoadFlags.NO_HINTING, features=_NO_LIGATURES)
        last = font.load_glyph(items[-1].glyph_index, flags=LoadFlags.NO_HINTING)
    return items[-1].x + last.linearHoriAdvance / 65536


class BadFont(ValueError):
    """A font file that FreeType cannot read; its path is the message."""


@lru_cache(maxsize=32)
def _font(file: FontFile) -> FT2Font:
    try:
        font = FT2Font(file.path)
    except (OSError, RuntimeError) as reason:
        raise BadFont(file.path) from reason
    font.set_size(_UNITS, 72)
    return font


def missing(words: str, face: Face) -> set[str]:
    """The characters of ``words`` that the file for ``face`` has no letter for."""
    font = _font(nearest(_files.get(), face.weight, face.italic))
    return {char for char in words if not font.get_char_index(ord(char))}


def width(words: str, face: Face) -> float:
    """The width of ``words`` in pt."""
    if not words:
        return 0.0
    return _measured(words, nearest(_files.get(), face.weight, face.italic)) * (face.size / _UNITS)


def longest_word(words: str, face: Face) -> float:
    """The width in pt of the longest word: what a column needs that breaks none of them."""
    return max((width(word, face) for word in tidy(words).split(" ")), default=0.0)


def outlines(words: str, face: Face):
    """The shapes of the letters from the origin, y upwards, in pt: vertices and path codes."""
    font = _font(nearest(_files.get(), face.weight, face.italic))
    vertices, codes = [np.empty((0, 2))], [np.empty(0, dtype=np.uint8)]
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        for item in font._layout(words, LoadFlags.NO_HINTING, features=_NO_LIGATURES):
            font.load_glyph(item.glyph_index, flags=LoadFlags.NO_HINTING)
            points, kinds = font.get_path()
            vertices.append(np.add(points, (item.x, item.y)))
            codes.append(kinds)
    return np.concatenate(vertices) * (face.size / _UNITS), np.concatenate(codes)


def tidy(words: str) -> str:
    """``words`` on one line with letters and their marks composed, so that each character is one glyph."""
    return unicodedata.normalize("NFC", re.sub(r"[ \t\r\n]+", " ", words)).strip()


def wrap(words: str, limit: float, face: Face) -> list[str]:
    """``words`` broken into the fewest lines not wider than ``limit`` pt, the lines as even as they can be.

    A single word wider than ``limit`` is broken between letters.
    """
    parts = [piece for word in tidy(words).split(" ") for piece in _fitting(word, limit, face)]
    lines = _greedy(parts, limit, face)
    best, low, high = lines, 0.0, limit
    for _ in range(6):  # halving the slack six times leaves less than a letter
        middle = (low + high) / 2
        tried = _greedy(parts, middle, face)
        if len(tried) == len(lines) and max(width(line, face) for line in tried) <= middle:
            best, high = tried, middle
        else:
            low = middle
    return best


def _greedy(parts: list[str], limit: float, face: Face) -> list[str]:
    lines = [parts[0]]
    for part in parts[1:]:
        longer = f"{lines[-1]} {part}"
        if width(longer, face) <= limit:
            lines[-1] = longer
        else:
            lines.append(part)
    return lines


def _fitting(word: str, limit: float, face: Face) -> list[str]:
    pieces = []
    while len(word) > 1 and width(word, face) > limit:
        end = next((end for end in range(len(word) - 1, 1, -1) if width(word[:end], face) <= limit), 1)
        pieces.append(word[:end])
        word = word[end:]
    return [*pieces, word]
