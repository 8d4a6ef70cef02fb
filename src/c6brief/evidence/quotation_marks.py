"""Words in quotation marks, whatever style the marks are of: in our prose, and in the texts of sources.

Marks are told by what stands beside them more than by their shape, since languages use the same shapes both ways: Swedish
opens and closes with ”, German closes with “, Danish points » inwards « (Unicode CLDR, `delimiters`). A mark can open
where a word begins behind it and none ends before it; it can close where a word or its punctuation ends before it. What
is open is closed by any mark that can close; an opening mark that nothing closes quotes to the end of its paragraph, and
a closing mark that nothing opened from its beginning. No marks of quotation are apostrophes (O‘zbekiston, the states’
own, ’24), primes (5′ 3″), and the modifier letters ʻ and ʼ.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from c6brief.evidence.atoms import count_words, is_spaceless

FEWEST_WORDS = 4
"""Words in marks from which on they are somebody's words; fewer are a term or a turn of phrase."""

_TOKEN = re.compile(
    r"<[<‹«]|[>›»]>|‹<|>>|<<|``|''|´´|′′|‘‘|’’|,,|"
    "[\"“”„‟«»″〝〞〟❝❞＂]|[「」『』《》〈〉﹁﹂﹃﹄]|['‘’‚‛‹›`´′❛❜❮❯＇]"
)
_SINGLES = frozenset("'‘’‚‛‹›`´′❛❜❮❯＇")
_ALWAYS_OPEN = frozenset("「『《〈﹁﹃")
_ALWAYS_CLOSE = frozenset("」』》〉﹂﹄")
_POINTED = frozenset(("«", "»", "‹", "›", "<<", ">>", "<‹", "<«", "›>", "»>", "‹<"))
"""Marks that may stand apart from their words: « mots »."""
_LEFTWARD, _RIGHTWARD = frozenset("“‘„‚«‹"), frozenset("”’»›")
_PRIMES = frozenset("'\"′″’”´")
_ELISIONS = frozenset(
    (
        "tis",
        "twas",
        "twere",
        "twill",
        "em",
        "n",
        "cause",
        "til",
        "till",
        "bout",
        "round",
        "neath",
        "s",
        "t",
        "k",
        "m",
        "tween",
        "ndrangheta",
    )
)
"""Words that begin with an apostrophe."""

_AFTER = re.compile(r"\w*")


@dataclass(frozen=True)
class QuotedSpan:
    """Words in marks: ``start`` and ``end`` in the text, marks excluded. ``is_closed``: both marks are there."""

    start: int
    end: int
    is_closed: bool = True


@dataclass(frozen=True)
class _Mark:
    start: int
    end: int
    kind: Literal["single", "double"]
    can_open: bool
    can_close: bool
    is_certain: bool = True
    """Whether, closing, it can be nothing else: no apostrophe of a plural possessive, no prime."""


def quoted_spans(text: str) -> list[QuotedSpan]:
    """Where words stand in marks in a paragraph, in order. A quotation inside another is part of it."""
    if not _TOKEN.search(text):
        return []
    marks = list(_marks(text))
    open_marks: list[_Mark] = []
    found: list[QuotedSpan] = []
    for number, mark in enumerate(marks):
        at = _closed_by(mark, open_marks) if mark.can_close else None
        if at is not None and not (mark.can_open and open_marks[at].kind != mark.kind):
            if mark.is_certain or not _closes_later(marks, number):
                opening = open_marks[at]
                del open_marks[at:]
                if not open_marks:
                    found.append(QuotedSpan(opening.end, mark.start))
        elif mark.can_open:
            open_marks.append(mark)
        elif (
            mark.can_close
            and not open_marks
            and mark.is_certain
            and (mark.kind == "double" or _ends_a_sentence(text, mark))
        ):
            begin = max((span.end + 1 for span in found), default=0)
            found.append(QuotedSpan(begin, mark.start, is_closed=False))
    if open_marks:
        found.append(QuotedSpan(open_marks[0].end, len(text), is_closed=False))
    return [_trimmed(text, span) for span in found]


def quotations_in(text: str) -> list[QuotedSpan]:
    """The quotations of :data:`FEWEST_WORDS` words or more in a paragraph."""
    return [span for span in quoted_spans(text) if count_words(text[span.start : span.end]) >= FEWEST_WORDS]


def is_speech(text: str, start: int, end: int) -> bool:
    """Whether the characters from ``start`` to ``end`` of a paragraph stand inside quotation marks, as a whole.

    Speech that a paragraph leaves open goes to its end, as newspapers set speech of several paragraphs.
    """
    return any(span.start - 1 <= start and end <= span.end + 1 for span in quoted_spans(text))


def _marks(text: str) -> Iterator[_Mark]:
    for token in _TOKEN.finditer(text):
        mark = _read_mark(text, token.start(), token.end())
        if mark is not None:
            yield mark


def _read_mark(text: str, start: int, end: int) -> _Mark | None:
    """The mark at ``start``; ``None`` for an apostrophe or a prime."""
    shape = text[start:end]
    kind: Literal["single", "double"] = "single" if shape in _SINGLES else "double"
    before, after = _neighbour(text, start - 1, -1), _neighbour(text, end, 1)
    if shape in _ALWAYS_OPEN or shape in _ALWAYS_CLOSE:
        return _Mark(start, end, "double", shape in _ALWAYS_OPEN, shape in _ALWAYS_CLOSE)
    if is_spaceless(before) or is_spaceless(after):
        opens, closes = shape in _LEFTWARD, shape in _RIGHTWARD
        return _Mark(start, end, kind, opens or not closes, closes or not opens)
    near_before, near_after = text[start - 1 : start], text[end : end + 1]
    if kind == "single" and _is_letter(near_before) and _is_letter(near_after):
        return None
    if shape in _PRIMES and near_before.isdigit():
        return _Mark(start, end, kind, False, True, is_certain=False) if not near_after.isalnum() else None
    if kind == "single" and shape not in ("‹", "›") and not _is_letter(near_before) and near_after.isdigit():
        return None
    word = _AFTER.match(text, end)
    if kind == "single" and not _is_letter(near_before) and word and word.group().lower() in _ELISIONS:
        return None
    apart = shape in _POINTED
    can_open = not before.isalnum() and (not after.isspace() or apart) and after != ""
    can_close = before != "" and (not before.isspace() or apart) and not after.isalnum()
    if kind == "double" and before.isalnum() and after.isalnum():
        can_open = can_close = True
    if apart and can_open and can_close:
        can_open = _opens_by_punctuation(near_before, near_after, shape)
        can_close = not can_open
    is_certain = not (kind == "single" and before.lower() in "sxz" and before != "" and after.isspace())
    return _Mark(start, end, kind, can_open, can_close, is_certain) if can_open or can_close else None


def _opens_by_punctuation(before: str, after: str, shape: str) -> bool:
    """Whether a pointed mark that could open and close opens: by the sign or space before it, else as in French."""
    if before in tuple("([{—–-:;/"):
        return True
    if before in tuple(".,!?…)]}") or after in tuple(".,;:!?…)]}"):
        return False
    if after in tuple("—–-"):
        return shape[0] in "«‹<"
    return before.isspace() if before.isspace() != after.isspace() else shape[0] in "«‹<"


def _neighbour(text: str, at: int, step: int) -> str:
    """The nearest character that is no mark, looking backwards or forwards; empty at the end of the text."""
    while 0 <= at < len(text) and _TOKEN.match(text[at]):
        at += step
    return text[at] if 0 <= at < len(text) else ""


def _is_letter(char: str) -> bool:
    return char.isalnum() and not char.isdigit()


def _closed_by(mark: _Mark, open_marks: list[_Mark]) -> int | None:
    """The position of the open mark that ``mark`` closes: the last one of its kind, else, for a double mark, the last."""
    for at in range(len(open_marks) - 1, -1, -1):
        if open_marks[at].kind == mark.kind:
            return at
    return len(open_marks) - 1 if open_marks and mark.kind == "double" else None


def _closes_later(marks: list[_Mark], number: int) -> bool:
    """Whether a better mark closes what is open: then this one is an apostrophe."""
    kind = marks[number].kind
    for mark in marks[number + 1 :]:
        if mark.kind == kind:
            return mark.can_close and not mark.can_open
    return False


def _ends_a_sentence(text: str, mark: _Mark) -> bool:
    return text[mark.start - 1 : mark.start] in tuple(".,!?…")


def _trimmed(text: str, span: QuotedSpan) -> QuotedSpan:
    start, end = span.start, span.end
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return QuotedSpan(start, end, span.is_closed)
