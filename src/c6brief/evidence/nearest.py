"""When words do not match: the passage most like them, and where they part, word by word.

It suggests and never passes: a sentence and its negation are 97 of 100 alike.
"""

from __future__ import annotations

from dataclasses import dataclass
from difflib import SequenceMatcher

from c6brief.evidence.matching import SourceText, fold

LIKE_ENOUGH = 60.0
"""Of 100, by rapidfuzz's partial ratio: below this a passage is another sentence."""

CONTEXT = 4
"""Words shown on either side of a difference."""

AROUND = 24
"""Letters of the source looked at beyond the likeliest stretch: where it begins and ends is a guess."""


@dataclass(frozen=True)
class Near:
    """The nearest passage: its paragraph (from 1), the differences as text, and how many words they are.

    ``marked`` shows words that the quotation drops as ``[-so-]`` and words that it inserts as ``{+so+}``, as
    ``git diff --word-diff`` does; a changed word is both.
    """

    paragraph: int
    marked: str
    dropped: int
    inserted: int
    changed: int

    def __str__(self) -> str:
        counts = [(self.changed, "changed"), (self.dropped, "dropped"), (self.inserted, "inserted")]
        told = ", ".join(f"{count} word{'s' * (count != 1)} {what}" for count, what in counts if count)
        return f"nearest in paragraph {self.paragraph}, {told or 'other marks'}: {self.marked}"


def nearest(words: str, text: SourceText) -> Near | None:
    """The passage of ``text`` that is most like ``words``; ``None`` if nothing comes near."""
    from rapidfuzz import fuzz  # here: a run without mistakes never needs it

    quoted = fold(words.strip("\"'“”‘’«» ")).text
    best, found = LIKE_ENOUGH, None
    for paragraph in text.paragraphs:
        folded = paragraph.folded.text
        match = fuzz.partial_ratio_alignment(quoted, folded, score_cutoff=best)
        if match and match.score >= best and (found is None or match.score > best):
            best, found = match.score, (paragraph.number, folded, match.dest_start, match.dest_end)
    if found is None:
        return None
    number, folded, start, end = found
    return _compared(number, quoted.split(), _whole_words(folded, start, end).strip("' ").split())


def _whole_words(text: str, start: int, end: int) -> str:
    """``text[start:end]`` with a few words around, and those that it cuts through in full."""
    start, end = max(0, start - AROUND), min(len(text), end + AROUND)
    while start > 0 and not text[start - 1].isspace():
        start -= 1
    while end < len(text) and not text[end].isspace():
        end += 1
    return text[start:end]


def _compared(paragraph: int, quoted: list[str], source: list[str]) -> Near:
    shown: list[str] = []
    dropped = inserted = changed = 0
    bare = [[word.strip(".,;:'") for word in side] for side in (source, quoted)]
    steps = SequenceMatcher(None, *bare, autojunk=False).get_opcodes()
    for number, (kind, a, b, c, d) in enumerate(steps):
        if kind == "equal":
            shown.append(_shortened(source[a:b], first=number == 0, last=number == len(steps) - 1))
            continue
        if number in (0, len(steps) - 1) and kind == "delete":
            continue  # words before and after the quotation
        if kind == "replace" and number in (0, len(steps) - 1) and b - a > d - c:
            a, b = (b - (d - c), b) if number == 0 else (a, a + (d - c))
        both = min(b - a, d - c)
        changed, dropped, inserted = changed + both, dropped + b - a - both, inserted + d - c - both
        shown.append(
            ("[-" + " ".join(source[a:b]) + "-]" if b > a else "")
            + ("{+" + " ".join(quoted[c:d]) + "+}" if d > c else "")
        )
    return Near(paragraph, " ".join(shown), dropped, inserted, changed)


def _shortened(words: list[str], *, first: bool, last: bool) -> str:
    """Words that are alike, the middle of a long stretch left out."""
    head = [] if first else words[:CONTEXT]
    tail = [] if last else words[-CONTEXT:]
    if len(words) <= len(head) + len(tail) + 1:
        return " ".join(words)
    return " ".join([*head, "…", *tail])
