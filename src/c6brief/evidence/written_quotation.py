"""A quotation as written, taken apart: its pieces between ellipses, the editor's additions, its final comma or full stop.

Rules 2 to 5 of :mod:`c6brief.evidence.matching` are read here; whether the pieces stand in a source is asked there.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from typing import Literal

from c6brief.evidence.atoms import count_words
from c6brief.evidence.folding import QUOTATION_SHAPES, fold
from c6brief.evidence.lexicon import editor_notes

_DOTS = r"(?:\.\s?\.\s?\.(?:\s?\.)?|…)"
_ELLIPSIS = re.compile(rf"\[\s*{_DOTS}\s*\]|<\s*{_DOTS}\s*>|\(\s*{_DOTS}\s*\)|\.\s\.\s\.(?:\s\.)?|\.\.\.+|…\.?")
_LETTER = re.compile(r"(?<!\w)\[(\w)\](?=['’]?\w)")
_LONE_LETTER = re.compile(r"(?<!\w)\[(\w)\](?![\w'’-])")
_ADDITION = re.compile(r"\[([^\[\]]*)\]")
_ROUND_NOTE = re.compile(r"\(([^()\[\]]*)\)")
_SIGNED_NOTE = re.compile(r"(?:[.,;]|(?<!\s))\s*[—–-]\s*(?:[^\W\d_]\.\s*)+\Z")
"""The initials of the editor behind a note, as Russian has them: курсив мой. — М. Л."""
_STOP_BEFORE_ELLIPSIS = re.compile(rf"(?<=\w)[.,](?=\s+(?:{_ELLIPSIS.pattern}))")
_MARK_AND_COMMA = re.compile(r"([.,])(['’”\"»‘“«])(?=\s)|(['’”\"»‘“«])([.,])(?=\s)")
_INNER_END = re.compile(r"([.,])(['’”\"»])\Z|(['’”\"»])([.,])\Z")


@dataclass(frozen=True)
class Piece:
    """Words of a quotation without an ellipsis among them, folded.

    ``letters`` are positions whose letter stands for either case. ``added_before`` and ``added_after``: an addition stands
    at that edge, and no ellipsis beside it.
    """

    text: str
    letters: frozenset[int] = frozenset()
    added_before: bool = False
    added_after: bool = False
    seams: tuple[int, ...] = ()
    """Positions where additions and notes of the editor stood between words."""

    @cached_property
    def pattern(self) -> re.Pattern[str] | None:
        """What finds it where it holds a letter of either case; ``None`` where its text does."""
        if not self.letters:
            return None
        parts = [
            f"[{re.escape(char.lower())}{re.escape(char.upper())}]" if at in self.letters else re.escape(char)
            for at, char in enumerate(self.text)
        ]
        return re.compile("".join(parts))

    def find_in(self, text: str, start: int) -> int:
        """The first place in the folded ``text`` from ``start`` on; -1 where there is none."""
        if self.pattern is None:
            return text.find(self.text, start)
        match = self.pattern.search(text, start)
        return match.start() if match else -1


Fault = Literal["", "half-word", "more-added"]
"""Why a quotation is refused whatever its source says."""


@dataclass(frozen=True)
class Quotation:
    """A quotation as written, taken apart.

    ``additions`` are the editor's, without brackets and without notes such as ``sic``. ``final`` is the comma or full stop
    at its end, which is no part of it.
    """

    pieces: tuple[Piece, ...]
    additions: tuple[str, ...] = ()
    final: str = ""
    fault: Fault = ""
    culprit: str = ""
    """The addition that is at fault."""


Brackets = Literal["letters", "additions", "source's own"]
"""What brackets are: letters of either case where one letter stands in them, else additions; additions; words like others."""


def readings(words: str) -> Iterator[Quotation]:
    """The ways to read ``words``, as a rule one.

    ``[A] state`` is the letter of either case, or an addition, or as the source has it; ``‘so.’`` is ``‘so’.`` too, wherever
    it stands.
    """
    words = _strip_marks(words.strip())
    yield _read(words, "letters")
    if _LONE_LETTER.search(words):
        yield _read(words, "additions")
    if _ADDITION.search(words):
        yield _read(words, "source's own")
    square = _ROUND_NOTE.sub(lambda found: f"[{found[1]}]" if _is_note(found[1]) else found[0], words)
    for other in (square, _STOP_BEFORE_ELLIPSIS.sub("", words), _MARK_AND_COMMA.sub(_swap, words)):
        if (
            other != words
        ):  # (sic!); words end with a stop before an ellipsis; a comma stands within a mark, or behind it
            yield _read(other, "letters")
    inner = _INNER_END.search(words)
    if inner:  # a full stop stands within the last mark of quotation in some countries, and behind it in others
        yield _read(words[: inner.start()] + _swap(inner), "letters")


def _swap(pair: re.Match[str]) -> str:
    """A mark of quotation and the comma or full stop beside it, in the other order."""
    return pair[2] + pair[1] if pair[1] else pair[4] + pair[3]


@lru_cache(maxsize=1024)
def _read(words: str, brackets: Brackets) -> Quotation:
    final = re.search(r"(?<![.…])[.,]\s*\Z", words)
    if final and not _ELLIPSIS.search(words, max(0, final.start() - 6)):
        words = words[: final.start()]
    else:
        final = None
    pieces: list[Piece] = []
    additions: list[str] = []
    culprit = ""
    segments = _ELLIPSIS.split(words)
    for number, segment in enumerate(segments):
        piece, added, broken = _piece(segment, brackets, free_before=number > 0, free_after=number < len(segments) - 1)
        additions += added
        culprit = culprit or broken
        if piece is not None:
            pieces.append(piece)
    fault: Fault = "half-word" if culprit else ""
    if not fault and pieces and sum(map(count_words, additions)) > sum(count_words(piece.text) for piece in pieces):
        fault = "more-added"
    return Quotation(tuple(pieces), tuple(additions), final.group().strip() if final else "", fault, culprit)


def _piece(
    segment: str, brackets: Brackets, free_before: bool, free_after: bool
) -> tuple[Piece | None, list[str], str]:
    """The words of a ``segment`` between ellipses, its additions, and the one that touches half a word.

    ``free_before`` and ``free_after``: there is an ellipsis on that side.
    """
    taken = _take_brackets(segment, brackets)
    text, marked, seams = "".join(taken.kept), taken.marked, taken.seams
    if len(taken.kept) > 1:
        text, moved = _close_up(text, [*marked, *seams])
        marked, seams = [moved[at] for at in marked], [moved[at] for at in seams]
    folded = fold(text)
    if not _has_words(folded.text):
        return None, taken.additions, taken.culprit
    wanted = set(marked)
    letters = frozenset(at for at, origin in enumerate(folded.origin) if origin in wanted) if marked else frozenset()
    piece = Piece(
        folded.text,
        letters,
        taken.added_before and not free_before,
        taken.added_after and not free_after,
        tuple(bisect_left(folded.origin, at) for at in seams),
    )
    return piece, taken.additions, taken.culprit


@dataclass
class _WithoutBrackets:
    """A segment without its brackets, in stretches, and what was in them."""

    kept: list[str] = field(default_factory=list)
    marked: list[int] = field(default_factory=list)
    """Where what is kept has a letter of either case, before folding."""
    seams: list[int] = field(default_factory=list)
    """Where it had a bracket."""
    additions: list[str] = field(default_factory=list)
    culprit: str = ""
    """The first addition that touches half a word."""
    added_before: bool = False
    added_after: bool = False
    """Whether something is added before its first word, or after its last."""


def _take_brackets(segment: str, brackets: Brackets) -> _WithoutBrackets:
    """Take the brackets out of a ``segment`` between ellipses."""
    taken = _WithoutBrackets()
    length = end = 0
    without = _ADDITION.sub(lambda found: " " * len(found[0]), segment)
    outside = [at for at, char in enumerate(without) if char.isalnum()]
    for bracket in _ADDITION.finditer(segment) if brackets != "source's own" else ():
        taken.kept.append(segment[end : bracket.start()])
        length += bracket.start() - end
        end = bracket.end()
        inner = bracket[1].strip()
        if _LETTER.match(segment, bracket.start()) or (
            brackets == "letters" and _LONE_LETTER.match(segment, bracket.start())
        ):
            taken.marked.append(length)
            taken.kept.append(inner)
            length += len(inner)
            continue
        taken.kept.append(" ")
        length += 1
        taken.seams.append(length)
        if not inner or _is_note(inner):
            continue
        before, after = segment[max(0, bracket.start() - 2) : bracket.start()], segment[end : end + 2]
        if (before and _joins(before[-1], before[:-1])) or (after and _joins(after[0], after[1:])):
            taken.culprit = taken.culprit or inner
        taken.additions.append(inner)
        taken.added_before = taken.added_before or not outside or bracket.start() < outside[0]
        taken.added_after = taken.added_after or not outside or bracket.start() > outside[-1]
    taken.kept.append(segment[end:])
    return taken


def _is_note(inner: str) -> bool:
    """Whether brackets hold a note of the editor on the quotation, such as ``sic``."""
    bare = _SIGNED_NOTE.sub("", inner.strip()).casefold().replace("’", "'").rstrip(".;, ")
    return bare in editor_notes()


def _joins(beside: str, beyond: str) -> bool:
    """Whether a character next to a bracket is a part of a word: a letter, or a hyphen or apostrophe with one behind."""
    return beside.isalnum() or (beside in "-'’‐‑" and beyond.isalnum())


def _has_words(text: str) -> bool:
    return any(char.isalnum() for char in text)


def _close_up(text: str, places: Sequence[int]) -> tuple[str, dict[int, int]]:
    """``text`` without the spaces that a bracket left before punctuation, and where the ``places`` in it are now."""
    out: list[str] = []
    moved: dict[int, int] = {}
    wanted = set(places)
    for at, char in enumerate(text):
        if char in ",.;:!?":
            while out and out[-1].isspace():
                out.pop()
        if at in wanted:
            moved[at] = len(out)
        out.append(char)
    return "".join(out), {at: moved.get(at, len(out)) for at in wanted}


def _strip_marks(words: str) -> str:
    """Take off marks of quotation around the whole; a comma or full stop may stand outside of them."""
    inner = words.rstrip(".,")
    if len(inner) > 1 and inner[0] in QUOTATION_SHAPES and inner[-1] in QUOTATION_SHAPES:
        return inner[1:-1].strip()
    return words
