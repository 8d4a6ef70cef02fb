"""The fonts of a figure, and how wide words are in them.

A font is named by its file, never by a search: what is measured here is what the page prints, and no font that happens
to be installed can get in between. Which files those are, the :class:`~c6brief.figures.drawing.style.Style` says; it
holds within :func:`drawing_settings`. Only public functions of Matplotlib are used.
"""

from __future__ import annotations

import re
import unicodedata
import warnings
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

from c6brief.brief.prose import curl_quotes
from c6brief.figures.drawing.matplotlib_font_list import FontProperties, FT2Font, LoadFlags, matplotlib
from c6brief.figures.drawing.style import REGULAR, STYLE, FontFile, Style, nearest_face

ASCENT, DESCENT = 0.74, 0.21
"""How far the letters of Source Sans 3 reach above and below the base line, in sizes."""

MIDDLE = 0.31
"""Half way between the middle of a small letter and that of a capital, in sizes: what looks centred on a line."""

_UNITS = 100
"""pt in which letters are measured, once for all sizes: without hinting a letter is the same in each."""
_SUBPIXELS, _FIXED = 64, 65536
"""FreeType gives positions in 1/64 and advances in 1/65536 of a pixel, which is a point at 72 dots an inch."""
_NOTDEF = 0
"""The glyph that stands for what a font lacks (OpenType, cmap)."""
_NO_LIGATURES: Any = ("-liga", "-clig", "-dlig", "-calt")  # Any: Matplotlib's stubs say that there is one feature


@dataclass(frozen=True)
class Face:
    """A size in pt, a weight, upright or italic."""

    size: float
    weight: int = REGULAR
    italic: bool = False


class BadFont(ValueError):
    """A font file that FreeType cannot read; its path is the message."""


_files: ContextVar[tuple[FontFile, ...]] = ContextVar("files", default=STYLE.faces)


@contextmanager
def drawing_settings(salt: str, style: Style = STYLE) -> Iterator[None]:
    """What holds for the time of one drawing: Matplotlib's factory settings and ours, and the faces of ``style``.

    ``salt`` makes generated ids depend on the drawing alone. The user's matplotlibrc counts for nothing.
    """
    ours: dict[Any, Any] = {"svg.fonttype": "none", "svg.hashsalt": salt, "path.simplify": False}
    ours |= {"text.parse_math": False, "text.hinting": "none", "pdf.fonttype": 42}
    factory = {key: value for key, value in matplotlib.rcParamsDefault.items() if not key.startswith("backend")}
    before = _files.set(style.faces)
    try:
        with matplotlib.rc_context(factory | ours):
            yield
    finally:
        _files.reset(before)


def font_properties(face: Face, style: Style = STYLE) -> FontProperties:
    """What Matplotlib needs to draw in ``face`` of ``style``: a file, so that it never searches."""
    return FontProperties(
        fname=nearest_face(style.faces, face.weight, face.italic).path,
        family=style.family,
        style="italic" if face.italic else "normal",
        weight=face.weight,
        size=face.size,
    )


def _font_of(face: Face) -> FT2Font:
    return _font(nearest_face(_files.get(), face.weight, face.italic))


@lru_cache(maxsize=32)
def _font(file: FontFile) -> FT2Font:
    try:
        font = FT2Font(file.path)
    except (OSError, RuntimeError) as reason:
        raise BadFont(file.path) from reason
    font.set_size(_UNITS, 72)
    return font


def missing_characters(words: str, face: Face) -> set[str]:
    """The characters of ``words`` that the file for ``face`` has no glyph for."""
    font = _font_of(face)
    return {char for char in words if not font.get_char_index(ord(char))}


def width(words: str, face: Face) -> float:
    """The width of ``words`` in pt."""
    if not words:
        return 0.0
    return _measured_width(words, nearest_face(_files.get(), face.weight, face.italic)) * (face.size / _UNITS)


@lru_cache(maxsize=8192)
def _measured_width(words: str, file: FontFile) -> float:
    """The width of ``words`` at 100 pt as HarfBuzz sets them: kerned, without ligatures.

    FreeType's sum of advances is rounded at each letter. The place of the last letter and its own advance, which is not
    rounded, are exact; they are taken unless shaping has put another glyph there (Arabic), where they differ from the
    sum.
    """
    font = _font(file)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of missing glyphs, which are a problem of ours: see `missing_characters`
        places = font.set_text(words, 0.0, LoadFlags.NO_HINTING, features=_NO_LIGATURES)
        rounded = font.get_width_height()[0] / _SUBPIXELS
        if len(places) < len(words):  # what the font lacks is left out: room for the boxes that are set in its place
            lacking = sum(not font.get_char_index(ord(char)) for char in words)
            box = font.load_glyph(_NOTDEF, LoadFlags.NO_HINTING)  # type: ignore[arg-type]  # a NewType of type stubs
            rounded += lacking * box.linearHoriAdvance / _FIXED
        if not len(places):
            return rounded
        last = font.load_glyph(font.get_char_index(ord(words[-1])), LoadFlags.NO_HINTING)
    exact = float(places[-1][0]) / _SUBPIXELS + last.linearHoriAdvance / _FIXED
    return exact if abs(exact - rounded) <= 1 / _SUBPIXELS else rounded


def longest_word_width(words: str, face: Face) -> float:
    """The width in pt of the longest word: what a column needs that breaks none of them."""
    return max((width(word, face) for word in tidy(words).split(" ")), default=0.0)


def outlines(words: str, face: Face) -> tuple[NDArray[np.float64], NDArray[np.uint8]]:
    """The shapes of the letters from the origin, y upwards, in pt: vertices (n × 2) and path codes (n)."""
    from matplotlib.textpath import text_to_path  # here: takes 15 ms, and few drawings need it

    vertices, codes = [np.empty((0, 2))], [np.empty(0, dtype=np.uint8)]
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        glyphs, shapes, _ = text_to_path.get_glyphs_with_font(_font_of(face), words, features=_NO_LIGATURES)
    for glyph, x, y, _ in glyphs:
        points, kinds = shapes[glyph]
        vertices.append(np.add(points, (x, y)))
        codes.append(kinds)
    return np.concatenate(vertices) * (face.size / _UNITS), np.concatenate(codes)


def tidy(words: str) -> str:
    """``words`` on one line with letters and their marks composed, so that each character is one glyph.

    Straight apostrophes and quotation marks become those that prose has.
    """
    line = unicodedata.normalize("NFC", re.sub(r"[ \t\r\n]+", " ", words)).strip()
    return curl_quotes(line) if "'" in line or '"' in line else line


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


def wrap_whole(names: Sequence[str], limit: float, faces: Sequence[Face], most: int) -> list[list[str]] | None:
    """Each of ``names`` in its face, wrapped as :func:`wrap` does, if all can stand above columns of ``limit`` pt.

    ``None`` where one would be broken within a word, or have more than ``most`` lines.
    """
    wrapped = [wrap(name, limit, face) for name, face in zip(names, faces, strict=True)]
    whole = all(" ".join(lines) == tidy(name) for lines, name in zip(wrapped, names, strict=True))
    return wrapped if whole and max(map(len, wrapped), default=0) <= most else None


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
