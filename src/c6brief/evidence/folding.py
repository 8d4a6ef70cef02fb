"""Folding: shapes of characters that print changes and meaning does not depend on.

FoldedText are runs of white space, shapes of quotation marks and apostrophes, shapes of dashes (spaced or not), soft hyphens
and other invisible characters, and compatibility forms of letters (Unicode NFKC), ligatures among them. Superscripts,
subscripts, fractions and circled numbers keep their meaning: 10² is not 102.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import cached_property

QUOTATION_SHAPES = frozenset("\"'`´‘’‚‛“”„‟‹›«»′″ʼʻʹ＂＇❛❜❝❞〝〞〟")
"""Characters that fold to one apostrophe."""

DOUBLE_SHAPES = frozenset('"“”„‟«»″＂❝❞〝〞〟')
"""Those of :data:`QUOTATION_SHAPES` that are never an apostrophe."""

DASH_SHAPES = frozenset("-‐‑‒–—―−﹘﹣－")
"""Characters that fold to one hyphen."""

LONG_DASHES = frozenset("—―﹘")
"""Dashes that part words without spaces."""

SPACELESS_LETTERS = "\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff"
"""Kana, Han, Thai, Lao, Myanmar, Khmer: scripts whose words are not parted by spaces. Each letter may be an edge."""

_SPACELESS = re.compile(f"[{SPACELESS_LETTERS}]")
_FOLDED = dict.fromkeys(QUOTATION_SHAPES, "'") | dict.fromkeys(DASH_SHAPES, "-")
_ASCII_SHAPES = str.maketrans({shape: folded for shape, folded in _FOLDED.items() if shape.isascii()})
_INVISIBLE = frozenset("\u00ad\u200b\u200c\u200d\u2060\ufeff")
_KEEPS_ITS_MEANING = frozenset(("<super>", "<sub>", "<fraction>", "<circle>"))
_DASH = re.compile(r" ?-+ ?")


@dataclass(frozen=True)
class FoldedText:
    """Text after folding.

    ``origin[i]`` is the index of its character ``i`` in the text before. ``parting`` are the indices of hyphens in
    ``text`` that stand for a dash between words, not for a hyphen or a sign.
    """

    text: str
    origin: tuple[int, ...]
    parting: frozenset[int] = frozenset()

    @cached_property
    def ends(self) -> str:
        """``text`` with every combining mark as a letter, for expressions that ask where words begin and end."""
        if self.text.isascii():
            return self.text
        return "".join("x" if unicodedata.category(char)[0] == "M" else char for char in self.text)


APOSTROPHES = "'’‘ʼʻ`´"
"""Those that stand in names."""

_LETTERS = str.maketrans("əıøłđðþßæœ", "eioldd\u00fes\u00e6\u0153", APOSTROPHES)


def fold_name(text: str) -> str:
    """``text`` in small letters without diacritics and apostrophes."""
    if text.isascii():
        return text.lower().translate(_LETTERS)
    bare = "".join(char for char in unicodedata.normalize("NFKD", text.casefold()) if not unicodedata.combining(char))
    return bare.translate(_LETTERS)


def is_spaceless(char: str) -> bool:
    """Whether a character is a letter of a script without spaces."""
    return bool(char) and _SPACELESS.match(char) is not None


def fold(text: str) -> FoldedText:
    """``text`` folded, with where each character came from."""
    if text.isascii():
        folded, origin = _fold_ascii(text)
    else:
        folded, origin = _fold_unicode(text)
    if "-" not in folded:
        return FoldedText(folded, tuple(origin))
    return _fold_dashes(text, folded, origin)


def _fold_unicode(text: str) -> tuple[str, list[int]]:
    out: list[str] = []
    origin: list[int] = []
    for index, char in enumerate(text):
        for shape in char if char < "\x7f" else _FOLDED.get(char) or _compatible(char):
            if shape in _INVISIBLE:
                continue
            if shape.isspace():
                if not out or out[-1] == " ":
                    continue
                shape = " "
            out.append(_FOLDED.get(shape, shape))
            origin.append(index)
    if out and out[-1] == " ":
        out.pop()
        origin.pop()
    folded = "".join(out)
    if not folded.isascii() and not unicodedata.is_normalized("NFC", folded):
        return _compose(folded, origin)
    return folded, origin


def _fold_ascii(text: str) -> tuple[str, list[int]]:
    """The same for plain ASCII, where only white space and quotation marks have shapes: ten times as fast."""
    words: list[str] = []
    origin: list[int] = []
    end = 0
    for word in re.finditer(r"\S+", text):
        if words:
            origin.append(end)
        words.append(word.group())
        end = word.end()
        origin.extend(range(word.start(), end))
    return " ".join(words).translate(_ASCII_SHAPES), origin


def _compatible(char: str) -> str:
    decomposition = unicodedata.decomposition(char)
    if decomposition.split(" ")[0] in _KEEPS_ITS_MEANING:
        return char
    return unicodedata.normalize("NFKC", char)


def _compose(text: str, origin: list[int]) -> tuple[str, list[int]]:
    """Letters and their combining marks put together (NFC), so that é is é however it was typed."""
    out: list[str] = []
    place: list[int] = []
    start = 0
    for index in range(1, len(text) + 1):
        if index == len(text) or not unicodedata.combining(text[index]):
            for char in unicodedata.normalize("NFC", text[start:index]):
                out.append(char)
                place.append(origin[start])
            start = index
    return "".join(out), place


def _fold_dashes(text: str, folded: str, origin: list[int]) -> FoldedText:
    """Dashes between words as one hyphen without spaces: ``a — b``, ``a -- b`` and ``a—b`` are one.

    A hyphen inside a word, a range (``2024–2025``) and a sign (``to −3``) stay as they stand. The edge of the text counts
    as a space: a dash there is the same one as where words follow.
    """
    out: list[str] = []
    place: list[int] = []
    parting: list[int] = []
    end = 0
    length = 0
    for dash in _DASH.finditer(folded):
        run = dash.group()
        start, stop = dash.span()
        bare = run.strip(" ")
        at = start + run.index("-")
        shape = text[origin[at]]
        before, after = folded[start - 1 : start], folded[stop : stop + 1]
        spaced = (run[0] == " " or start == 0) and (run[-1] == " " or stop == len(folded))
        is_sign = after.isdigit() and run[-1] != " " and not (before.isalnum() and run[0] != " ") and len(bare) == 1
        is_long = len(bare) > 1 or shape in LONG_DASHES or (shape == "–" and not (before.isdigit() and after.isdigit()))
        parts = (spaced or is_long) and not (is_sign and shape not in LONG_DASHES)
        out.append(folded[end:start])
        place += origin[end:start]
        length += start - end
        if parts:
            parting.append(length)
            out.append("-")
            place.append(origin[at])
            length += 1
        else:
            out.append(run)
            place += origin[start:stop]
            length += stop - start
        end = stop
    out.append(folded[end:])
    place += origin[end:]
    return FoldedText("".join(out), tuple(place), frozenset(parting))
