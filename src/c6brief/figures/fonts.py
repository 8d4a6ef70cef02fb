"""The bundled fonts as Matplotlib sees them, and how wide words are.

A font is named by its file, never by a search: what is measured here is what the page prints, and no font that
happens to be installed can get in between.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import numpy as np
from matplotlib.font_manager import FontProperties, get_font
from matplotlib.ft2font import LoadFlags
from matplotlib.textpath import text_to_path

from c6brief.figures.style import BOLD, REGULAR, SEMIBOLD, STYLE

FOLDER = Path(__file__).parent.parent / "assets" / "fonts"

FILES = {
    (REGULAR, False): "SourceSans3-Regular.ttf",
    (REGULAR, True): "SourceSans3-It.ttf",
    (SEMIBOLD, False): "SourceSans3-Semibold.ttf",
    (BOLD, False): "SourceSans3-Bold.ttf",
}

ASCENT, DESCENT = 0.74, 0.21
"""How far the letters of Source Sans 3 reach above and below the base line, in sizes."""

MIDDLE = 0.31
"""Half way between the middle of a small letter and that of a capital, in sizes: what looks centred on a line."""

_UNITS = text_to_path.FONT_SCALE
_NO_LIGATURES = ("-liga", "-clig", "-dlig", "-calt")


@dataclass(frozen=True)
class Face:
    """A size in pt, a weight, upright or italic."""

    size: float
    weight: int = REGULAR
    italic: bool = False


@dataclass(frozen=True)
class Line:
    """Words set in one line. ``offsets``: where each character starts, in pt; empty where letters combine."""

    width: float
    offsets: tuple[float, ...]


@lru_cache(maxsize=256)
def properties(face: Face, family: str = STYLE.family) -> FontProperties:
    """What Matplotlib needs to draw in ``face``; the SVG names ``family`` alone."""
    return FontProperties(
        fname=_file(face),
        family=family,
        style="italic" if face.italic else "normal",
        weight=face.weight,
        size=face.size,
    )


def _file(face: Face) -> str:
    return str(FOLDER / FILES[face.weight, face.italic])


@lru_cache(maxsize=8192)
def set_line(words: str, face: Face) -> Line:
    """``words`` as HarfBuzz sets them in ``face``, kerned, without ligatures."""
    if not words:
        return Line(0.0, ())
    font = get_font(_file(face))
    font.set_size(_UNITS, 72)
    glyphs, _, _ = text_to_path.get_glyphs_with_font(font, words, features=_NO_LIGATURES)
    scale = face.size / _UNITS
    offsets = tuple(x * scale for _, x, _, _ in glyphs)
    last = font.load_char(ord(words[-1]), flags=LoadFlags.NO_HINTING)
    width = offsets[-1] + last.linearHoriAdvance / 65536 * scale
    return Line(width, offsets if len(offsets) == len(words) else ())


def width(words: str, face: Face) -> float:
    """The width of ``words`` in pt."""
    return set_line(words, face).width


def longest_word(words: str, face: Face) -> float:
    """The width in pt of the longest word: what a column needs that breaks none of them."""
    return max((width(word, face) for word in tidy(words).split(" ")), default=0.0)


def outlines(words: str, face: Face):
    """The shapes of the letters from the origin, y upwards, in pt: vertices and path codes."""
    vertices, codes = text_to_path.get_text_path(properties(face), words, features=_NO_LIGATURES)
    return np.asarray(vertices) * (face.size / _UNITS), codes


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
