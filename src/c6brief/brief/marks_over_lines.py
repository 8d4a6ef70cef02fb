"""Quotation marks that are opened in one paragraph or item of a list and closed in a later one.

Speech over paragraphs is opened in each and closed in the last; each paragraph of it is a quotation of its own. Where only
the first line opens and only the last one closes, all that stands between them is in the marks too, however short its lines
are: “We will: – close the border – leave the union”.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from c6brief.evidence.atoms import count_words
from c6brief.evidence.quotation_marks import FEWEST_WORDS, QuotedSpan, quotations_in, quoted_spans

MOST_LINES = 40
"""Lines from the opening mark to its closing one; what is closed later was not meant so."""


@dataclass(frozen=True)
class LineInMarks:
    """The part of a line that stands in marks of other lines: the line's number, its text, and where in it."""

    number: int
    text: str
    span: QuotedSpan


def lines_in_marks(lines: Sequence[str]) -> list[LineInMarks]:
    """The parts of ``lines`` that stand in marks over several of them, and that are no quotation by themselves."""
    found: list[LineInMarks] = []
    run: list[LineInMarks] = []
    for number, text in enumerate(lines):
        spans = quoted_spans(text)
        if run:
            if not spans:
                run.append(LineInMarks(number, text, QuotedSpan(0, len(text))))
            elif spans[0].start == 0 and not spans[0].is_closed and spans[0].end < len(text.rstrip()):
                run.append(LineInMarks(number, text, spans[0]))
                found += run if _count(run) >= FEWEST_WORDS else []
                run = []
            else:
                run = []
        if len(run) > MOST_LINES:
            run = []
        if not run and spans and not spans[-1].is_closed and spans[-1].end == len(text.rstrip()):
            run = [LineInMarks(number, text, spans[-1])]
    return [each for each in found if each.span.end > each.span.start and each.span not in quotations_in(each.text)]


def _count(run: Sequence[LineInMarks]) -> int:
    return sum(count_words(each.text[each.span.start : each.span.end]) for each in run)
