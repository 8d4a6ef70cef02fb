"""Words in quotation marks, whatever style the marks are of: in our prose, and in the texts of sources.

What is open is closed by any mark that can close. An opening mark that nothing closes quotes to the end of its paragraph,
and a closing mark that nothing opened from its beginning. :mod:`c6brief.evidence.marks` tells which signs are marks.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from c6brief.evidence.atoms import count_words
from c6brief.evidence.marks import Kind, Mark, read_marks

_NEXT_MARKS = re.compile(r"\S\s*\S")
"""What stands between the words in marks that follow one another: a mark, spaces or none, a mark."""

FEWEST_WORDS = 4
"""Words in marks from which on they are somebody's words; fewer are a term or a turn of phrase."""


@dataclass(frozen=True)
class QuotedSpan:
    """Words in marks: ``start`` and ``end`` in the text, marks excluded. ``is_closed``: both marks are there."""

    start: int
    end: int
    is_closed: bool = True


def quoted_spans(text: str) -> list[QuotedSpan]:
    """Where words stand in marks in a paragraph, in order. A quotation inside another is part of it."""
    return list(_kept_spans(text) if len(text) <= LONGEST_KEPT else _read_spans(text))


def _read_spans(text: str) -> tuple[QuotedSpan, ...]:
    marks = read_marks(text)
    if not marks:
        return ()
    following = {kind: _following(marks, kind) for kind in ("single", "double")}
    opened = _OpenMarks()
    found: list[QuotedSpan] = []
    for number, mark in enumerate(marks):
        same_next = following[mark.kind][number]
        at = opened.closed_by(mark, text, following["double"][number]) if mark.can_close else None
        if at is not None and not (mark.can_open and opened.marks[at].kind != mark.kind):
            is_apostrophe = not mark.is_certain and (
                opened.marks[at].is_weak or (same_next is not None and same_next.only_closes)
            )
            if not is_apostrophe:
                opening = opened.close(at)
                if not opened.has_strong:
                    while found and found[-1].start >= opening.end:
                        found.pop()
                    found.append(QuotedSpan(opening.end, mark.start))
        elif mark.can_open:
            opened.add(mark)
        elif mark.can_close and not opened.has_strong and mark.is_certain and _closes_alone(text, mark):
            found.append(QuotedSpan(found[-1].end + 1 if found else 0, mark.start, is_closed=False))
    unclosed = next((mark for mark in opened.marks if not mark.is_weak), None)
    if unclosed is not None:
        found.append(QuotedSpan(unclosed.end, len(text), is_closed=False))
    return tuple(_trimmed(text, span) for span in found)


_kept_spans = lru_cache(maxsize=512)(_read_spans)
LONGEST_KEPT = 5000
"""Characters of a paragraph whose marks are kept: each is read several times, by speaker, by length and by what follows."""


def quotations_in(text: str) -> list[QuotedSpan]:
    """The quotations of :data:`FEWEST_WORDS` words or more in a paragraph.

    Fewer words count with those in the next marks where spaces alone stand between: “We will” “close the” “line”.
    """
    joined: list[QuotedSpan] = []
    sizes: list[int] = []
    for span in quoted_spans(text):
        size = count_words(text[span.start : span.end])
        before = joined[-1] if joined else None
        is_next = before is not None and _NEXT_MARKS.fullmatch(text, before.end, span.start) is not None
        if before is not None and is_next and min(sizes[-1], size) < FEWEST_WORDS:
            joined[-1] = QuotedSpan(before.start, span.end, span.is_closed)
            sizes[-1] += size
            continue
        joined.append(span)
        sizes.append(size)
    return [span for span, size in zip(joined, sizes, strict=True) if size >= FEWEST_WORDS]


class _OpenMarks:
    """The marks that are open, and quickly the last one of each kind."""

    def __init__(self) -> None:
        self.marks: list[Mark] = []
        self._places: dict[Kind, list[int]] = {"single": [], "double": []}
        self._strong = 0

    @property
    def has_strong(self) -> bool:
        """Whether a mark is open that is certainly no apostrophe."""
        return self._strong > 0

    def add(self, mark: Mark) -> None:
        """Open ``mark``. One that may be an apostrophe is one inside of a quotation with marks of its kind."""
        if mark.is_weak and any(not self.marks[at].is_weak for at in self._places[mark.kind][-1:]):
            return
        self._places[mark.kind].append(len(self.marks))
        self.marks.append(mark)
        self._strong += not mark.is_weak

    def closed_by(self, mark: Mark, text: str, next_double: Mark | None) -> int | None:
        """The place of the mark that ``mark`` closes: the last one of its kind, else the last one of the other.

        A single mark closes a double one beside punctuation only, and where no double mark follows that does.
        """
        places = self._places[mark.kind]
        if places and not (mark.kind == "double" and self.marks[places[-1]].is_weak):
            return places[-1]
        if not self.marks or self.marks[-1].is_weak:
            return None
        if mark.kind == "double":
            return len(self.marks) - 1
        is_beside = text[mark.start - 1 : mark.start] in tuple(".,!?…") or text[mark.end : mark.end + 1] in tuple(
            ".,;:!?"
        )
        is_end = is_beside or mark.end == len(text)
        better = next_double is not None and next_double.can_close
        return len(self.marks) - 1 if mark.only_closes and mark.is_certain and is_end and not better else None

    def close(self, at: int) -> Mark:
        """Close the mark at that place, and with it what was opened after it."""
        opening = self.marks[at]
        for mark in reversed(self.marks[at:]):
            self._places[mark.kind].pop()
            self._strong -= not mark.is_weak
        del self.marks[at:]
        return opening


def _following(marks: Sequence[Mark], kind: str) -> list[Mark | None]:
    """For each mark the next one of that kind."""
    following: list[Mark | None] = [None] * len(marks)
    last = None
    for number in range(len(marks) - 1, -1, -1):
        following[number] = last
        if marks[number].kind == kind:
            last = marks[number]
    return following


def _closes_alone(text: str, mark: Mark) -> bool:
    """Whether a mark that nothing opened is a mark all the same: a double one, or one behind the end of a sentence."""
    return mark.kind == "double" or text[mark.start - 1 : mark.start] in tuple(".,!?…")


def _trimmed(text: str, span: QuotedSpan) -> QuotedSpan:
    start, end = span.start, span.end
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return QuotedSpan(start, end, span.is_closed)
