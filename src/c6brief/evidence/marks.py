"""Reading marks of quotation one by one: whether a sign is one, and whether it can open or close.

Marks are told by what stands beside them more than by their shape, since languages use the same shapes both ways: Swedish
opens and closes with ”, German closes with “, Danish points » inwards « (Unicode CLDR, `delimiters`). A mark can open
where a word begins behind it and none ends before it; it can close where a word or its punctuation ends before it. A mark
that stands apart from words on both sides may be either. No marks of quotation are apostrophes (O‘zbekiston, the states’
own), primes (5′ 3″), and gershayim inside a word. Modifier letters of the same shapes (ʻ ʼ ʽ ˋ ˊ ˈ) are marks where they are doubled,
or where one opens before a word and another closes behind one: Oʻzbekiston, ʻokina and Qurʼān have none.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

from c6brief.evidence.folding import is_spaceless
from c6brief.evidence.lexicon import elisions

Kind = Literal["single", "double"]

_TOKEN = re.compile(
    r"<[<‹«]|[>›»]>|‹<|>>|<<|``|''|´´|′′|‘‘|’’|,,|ʻʻ|ʼʼ|ʽʽ|ˋˋ|ˊˊ|ˈˈ|"
    "[\"“”„‟«»″‴⁗‶‷〝〞〟❝❞❠＂ʺˮ˝״⹂🙶🙷🙸¨]|[「」『』《》〈〉﹁﹂﹃﹄｢｣]|['‘’‚‛‹›`´′‵❛❜❟❮❯＇ʻʼʽˋˊˈ]"
)
_MODIFIERS = frozenset("ʻʼʽˋˊˈ")
"""Letters that look like marks of quotation (Unicode, Spacing Modifier Letters)."""
FARTHEST = 2000
"""Characters within which modifier letters open and close one another."""
_OPENED_BY_MODIFIER = re.compile(r"(?<!\w)[ʻʼʽˋˊˈ](?=[^\W_])")
_CLOSED_BY_MODIFIER = re.compile(r"(?<=[^\W_ʻʼʽˋˊˈ]|[.,;:!?…])[ʻʼʽˋˊˈ](?!\w)")
_SINGLES = frozenset("'‘’‚‛‹›`´′‵❛❜❟❮❯＇") | _MODIFIERS
_ALWAYS_OPEN = frozenset("「『《〈﹁﹃｢")
_ALWAYS_CLOSE = frozenset("」』》〉﹂﹄｣")
_POINTED = frozenset(("«", "»", "‹", "›", "<<", ">>", "<‹", "<«", "›>", "»>", "‹<"))
"""Marks that may stand apart from their words: « mots »."""
_LEFTWARD, _RIGHTWARD = frozenset("“‘„‚«‹"), frozenset("”’»›")
_PRIMES = frozenset("'\"′″‴⁗′′’”´ʺ˝")
_OPENING_BEFORE = frozenset("([{:;/—–-")
_CLOSING_AFTER = frozenset(".,;:!?…)]}")
_DASHES = frozenset("—–")
_NEXT_WORD = re.compile(r"\w*")


@dataclass(frozen=True)
class Mark:
    """A mark of quotation at its place.

    ``is_certain``: closing, it can be nothing else, no apostrophe of a plural possessive and no prime. ``is_weak``:
    opening, it may be an apostrophe ('90s, 'tis); it is a mark only where another closes it. ``is_apart``: it stands apart
    from words on both sides.
    """

    start: int
    end: int
    kind: Kind
    can_open: bool
    can_close: bool
    is_certain: bool = True
    is_weak: bool = False
    is_apart: bool = False

    @property
    def only_closes(self) -> bool:
        return self.can_close and not self.can_open


def has_marks(text: str) -> bool:
    """Whether ``text`` has anything that may be a mark of quotation, or an apostrophe."""
    return _TOKEN.search(text) is not None


def read_marks(text: str) -> list[Mark]:
    """All marks of a text in order. Beside a run of marks counts what stands before and after the whole run."""
    tokens = [match.span() for match in _TOKEN.finditer(text)]
    before, after = [""] * len(tokens), [""] * len(tokens)
    for number, (start, _) in enumerate(tokens):
        is_run = number > 0 and tokens[number - 1][1] == start
        before[number] = before[number - 1] if is_run else text[start - 1 : start] if start else ""
    for number in range(len(tokens) - 1, -1, -1):
        end = tokens[number][1]
        is_run = number + 1 < len(tokens) and tokens[number + 1][0] == end
        after[number] = after[number + 1] if is_run else text[end : end + 1]
    read = (_read(text, *span, *beside) for span, beside in zip(tokens, zip(before, after, strict=True), strict=True))
    return [mark for mark in read if mark is not None]


def _read(text: str, start: int, end: int, before: str, after: str) -> Mark | None:
    """The mark at ``start``; ``None`` for an apostrophe or a prime."""
    shape = text[start:end]
    kind: Kind = "single" if shape in _SINGLES else "double"
    near_before, near_after = text[start - 1 : start] if start else "", text[end : end + 1]
    if shape in _ALWAYS_OPEN or shape in _ALWAYS_CLOSE:
        return Mark(start, end, "double", shape in _ALWAYS_OPEN, shape in _ALWAYS_CLOSE)
    if is_spaceless(before) or is_spaceless(after):
        opens, closes = shape in _LEFTWARD, shape in _RIGHTWARD
        return Mark(start, end, kind, opens or not closes, closes or not opens)
    if _is_letter(near_before) and _is_letter(near_after) and (kind == "single" or _is_gershayim(shape, near_before)):
        return None
    if shape in _MODIFIERS and not _is_modifier_mark(text, start, end):
        return None
    if shape in _PRIMES and near_before.isdigit():
        return Mark(start, end, kind, False, True, is_certain=False) if not near_after.isalnum() else None
    if shape in _POINTED:
        return _read_pointed(text, start, end, kind, before, after)
    if not before.strip() and not after.strip():
        return Mark(start, end, kind, True, True, is_weak=kind == "single", is_apart=True)
    can_open = not before.isalnum() and bool(after) and not after.isspace() and not _only_ends(text, end, before, after)
    can_open = can_open or (before in _OPENING_BEFORE and after.isspace())
    can_open = can_open or (kind == "single" and shape in _LEFTWARD and near_after.isalpha())  # d’‘une
    can_close = before != "" and not after.isalnum() and (not before.isspace() or after in _CLOSING_AFTER)
    if kind == "double" and before.isalnum() and after.isalnum():
        can_open = can_close = True
    is_weak = kind == "single" and can_open and not can_close and _may_be_apostrophe(text, start, end)
    is_certain = not (kind == "single" and before != "" and before.lower() in "sxz" and after.isspace())
    return Mark(start, end, kind, can_open, can_close, is_certain, is_weak) if can_open or can_close else None


def _is_modifier_mark(text: str, start: int, end: int) -> bool:
    """Whether a single modifier letter is a mark: it opens before a word where another closes behind one, or closes so."""
    opens = _OPENED_BY_MODIFIER.match(text, start) is not None
    if opens:
        return _CLOSED_BY_MODIFIER.search(text, end, end + FARTHEST) is not None
    closes = _CLOSED_BY_MODIFIER.match(text, start) is not None
    return closes and _OPENED_BY_MODIFIER.search(text, max(start - FARTHEST, 0), start) is not None


def _read_pointed(text: str, start: int, end: int, kind: Kind, before: str, after: str) -> Mark | None:
    can_open = not before.isalnum() and after != ""
    can_close = before != "" and not after.isalnum()
    if kind == "double" and before.isalnum() and after.isalnum():
        can_open = can_close = True
    elif can_open and can_close:
        can_open = _opens_by_punctuation(text[start - 1 : start], text[end : end + 1], text[start])
        can_close = not can_open
    return Mark(start, end, kind, can_open, can_close) if can_open or can_close else None


def _opens_by_punctuation(before: str, after: str, shape: str) -> bool:
    """Whether a pointed mark that could open and close opens: by the sign or space before it, else as in French."""
    if before in _OPENING_BEFORE:
        return True
    if before in _CLOSING_AFTER or after in _CLOSING_AFTER:
        return False
    if after in _DASHES:
        return shape in "«‹<"
    return before.isspace() if before.isspace() != after.isspace() else shape in "«‹<"


def _only_ends(text: str, end: int, before: str, after: str) -> bool:
    """Whether the punctuation behind a mark ends something: it is no ellipsis with which words begin."""
    if not before.strip() or before in _OPENING_BEFORE:
        return False
    if after in _DASHES:
        return True
    return after in _CLOSING_AFTER and after != "…" and not text.startswith("..", end)


def _may_be_apostrophe(text: str, start: int, end: int) -> bool:
    """Whether a single mark at the beginning of a word stands for letters or digits that are left out there."""
    word = _NEXT_WORD.match(text, end)
    hangs_on = text[start - 1 : start] in tuple("-‐‑") and text[max(0, start - 2) : start - 1].isalpha()  # al-‘Uthaymin
    return text[end : end + 1].isdigit() or hangs_on or (word is not None and word.group().lower() in elisions())


def _is_gershayim(shape: str, before: str) -> bool:
    """Whether a double sign between letters is part of a Hebrew word."""
    return shape in '״"”' and "\u05d0" <= before <= "\u05ea"


def _is_letter(char: str) -> bool:
    return char.isalnum() and not char.isdigit()
