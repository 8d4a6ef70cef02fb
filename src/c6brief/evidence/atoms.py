"""What may not be cut: words, and numbers with all that belongs to them.

A piece of a quotation begins and ends where an atom does. ``aligned`` is not found in ``non-aligned``, nor ``25`` in
``25 %``, ``10`` in ``10:1``, ``5 years`` in ``<5 years``. A number is one atom with its sign, grouping, decimals, currency,
scale, unit, ratio, range and bound. Numbers that are written as words, and what is counted (``94 stations``), are not.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache

from c6brief.evidence.folding import DOUBLE_SHAPES, SPACELESS_LETTERS, FoldedText
from c6brief.evidence.lexicon import units

CURRENCY_SIGNS = "".join(chr(code) for code in range(0x24, 0x20D0) if unicodedata.category(chr(code)) == "Sc")

CURRENCY_CODES = (
    "AED AFN ALL AMD ARS AUD AZN BAM BDT BGN BHD BRL BYN CAD CHF CLP CNY COP CZK DKK DZD EGP EUR GBP GEL HKD HUF IDR ILS "
    "INR IQD IRR ISK JOD JPY KES KGS KRW KWD KZT LBP LKR MAD MDL MKD MNT MXN MYR NGN NOK NPR NZD OMR PEN PHP PKR PLN QAR "
    "RMB RON RSD RUB SAR SDR SEK SGD SYP THB TJS TMT TND TRY TWD UAH USD UZS VND XAU ZAR"
)
"""Codes of ISO 4217 that are met beside amounts."""

_SPACELESS = re.compile(f"[{SPACELESS_LETTERS}]")
_LETTERS = re.compile(rf"[^\W{SPACELESS_LETTERS}]{{2,}}")
_JOINER = re.compile(r"(?<=\w)['-](?=\w)")
_WORD = re.compile(r"\w+(?:['’-]\w+)*")

_DIGITS = r"(?:\d{1,3}(?:[ ,.']\d{3})+(?!\d)|\d+)(?:[.,:/]\d+)*[⁰¹²³⁴⁵⁶⁷⁸⁹]*(?: ?[¼½¾⅐-⅞])?"
_SINGLE = rf"(?:{_DIGITS}|[¼½¾⅐-⅞])"
_NUMBER = re.compile(rf"{_SINGLE}(?:(?:-|\.\.|\+| ?[x×] ?){_SINGLE})*\+?")
_SIGNS = f"[{re.escape(CURRENCY_SIGNS)}]"
_CODES = "|".join(CURRENCY_CODES.split())
_BEFORE = re.compile(
    rf"(?:[%‰] ?|\b(?i:yüzde) )?(?:[<>≤≥≈~∼±]=? ?){{0,4}}(?:(?<![\w)])[-+±] ?)?(?:\b(?:{_CODES}) ?|(?:\b[A-Z]{{1,3}})?{_SIGNS} ?)?(?:(?<![\w)])[-+±] ?)?\Z"
)
"""What belongs to a number and stands before it: bounds, signs, currencies. Looked for at the end of a few characters."""

_FARTHEST_BEFORE = 12
"""Characters before a number that may belong to it."""


_AFTER = re.compile(rf" ?[%‰‱]| ?°(?: ?[CFK]\b)?| ?{_SIGNS}| ?(?:{_CODES})\b|[°″′](?!\w)")
"""Signs that belong to a number and stand behind it: per cent, degrees, currencies."""

_UNIT = re.compile(r"[ -]([^\W\d_][^\s,;:!?()\[\]]*(?: [^\s,;:!?()\[\]]+){0,2})")
"""Up to three words behind a number, which may begin with a unit."""


def _end_of_number(text: str, at: int) -> int:
    """Where a number ends whose digits end ``at``: behind all signs, scales and units that follow."""
    while True:
        sign = _AFTER.match(text, at)
        if sign:
            at = sign.end()
            continue
        words = _UNIT.match(text, at)
        length = _unit_length(words[1]) if words else 0
        if not length:
            return at
        at += 1 + length


@lru_cache(maxsize=4096)
def _unit_length(words: str) -> int:
    """How many letters of ``words`` are a unit, the longest that there is; 0 where they begin with none."""
    known, small = units(), words.lower()
    if len(small) != len(words):
        return 0
    for end in range(len(small), 0, -1):
        if small[:end] in known and not small[end : end + 1].isalnum() and small[end : end + 1] != "_":
            return end
    return 0


def inside_atoms(folded: FoldedText, text: str) -> bytearray:
    """For every position of the folded text (0 to its length), 1 where it lies inside an atom, else 0.

    ``text`` is the text before folding, whose marks of quotation tell an apostrophe from a mark.
    """
    letters = folded.ends
    inside = bytearray(len(letters) + 1)
    for match in _LETTERS.finditer(letters):
        start, end = match.span()
        inside[start + 1 : end] = b"\x01" * (end - start - 1)
    for match in _JOINER.finditer(letters):
        at = match.start()
        is_mark = letters[at] == "'" and text[folded.origin[at]] in DOUBLE_SHAPES
        if not is_mark and at not in folded.parting:
            inside[at] = inside[at + 1] = 1
    for start, end in numbers(letters):
        inside[start + 1 : end] = b"\x01" * (end - start - 1)
    return inside


def numbers(folded: str) -> Iterator[tuple[int, int]]:
    """Where numbers stand in folded text, each with all that belongs to it; several units make one (5 ft 6 in)."""
    joined: tuple[int, int] | None = None
    has_unit = False
    for match in _NUMBER.finditer(folded):
        start, end = match.span()
        near = folded[max(0, start - _FARTHEST_BEFORE) : start]
        before = _BEFORE.search(near)
        first, last = start - (len(near) - before.start() if before else 0), _end_of_number(folded, end)
        if joined and has_unit and last > end and folded[joined[1] : first] in (" ", ""):
            joined = joined[0], last
        else:
            if joined:
                yield joined
            joined = first, last
        has_unit = last > end
    if joined:
        yield joined


def count_words(text: str) -> int:
    """How many words ``text`` has. In scripts without spaces two letters count as one word."""
    spaceless = len(_SPACELESS.findall(text))
    rest = _SPACELESS.sub(" ", text) if spaceless else text
    return len(_WORD.findall(rest)) + (spaceless + 1) // 2
