"""Speech behind a dash, as Russian, French and other newspapers and transcripts set it, without marks of quotation.

A line begins with a dash, and a reporting clause stands in it: «— Порт открыт, — сказал NAME. — Суда идут.»; « — La route est
ouverte, a déclaré NAME. » All but the clause is speech. Where a text has such a line, others that begin with a dash and a
capital letter are speech too; in a text without one they are a list.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence

from c6brief.evidence.lexicon import Lexicon, any_of
from c6brief.evidence.matching import Paragraph
from c6brief.evidence.quotation_marks import QuotedSpan, quoted_spans

_LINE = re.compile(r"[^\n]+")
_OPENING = re.compile(r"[^\S\n]*[—–―-]\s+(?=\W*[^\W_])")
_ANY_OPENING = re.compile(rf"(?:^|\n){_OPENING.pattern}")
_BREAK = re.compile(r"[,.!?…]\s*(?P<dash>[—–―-])\s+|[,!?…]\s+")
"""Where a clause may begin: behind a dash, or without one, as French sets it: , a déclaré NAME."""
_CLAUSE_END = re.compile(r"[.:,;]\s*[—–―-]\s+|$")
_INVERTED_END = re.compile(r"[.,;](?:\s+|$)")

FARTHEST = 60
"""Characters of a clause in which its verb begins: «— …, — в интервью агентству сказал NAME»."""

Part = tuple[Paragraph, list[QuotedSpan]]


def spoken_parts(paragraphs: Sequence[Paragraph], lexicon: Lexicon) -> list[Part]:
    """The paragraphs of a source, in parts, and where somebody speaks in each, in places of the part.

    Lines of speech behind a dash are parts of their own, since each may have another speaker. ``lexicon`` has the verbs of
    saying.
    """
    dashed = [each for each in paragraphs if _ANY_OPENING.search(each.text)]
    if not dashed:
        return [(each, quoted_spans(each.text)) for each in paragraphs]
    saying = any_of(lexicon.saying)
    is_talk = any(_has_clause(line.group(), saying) for each in dashed for line in _LINE.finditer(each.text))
    parts: list[Part] = []
    for paragraph in paragraphs:
        if is_talk and paragraph in dashed:
            parts += _talk(paragraph, saying)
        else:
            parts.append((paragraph, quoted_spans(paragraph.text)))
    return parts


def _talk(paragraph: Paragraph, saying: re.Pattern[str]) -> Iterator[Part]:
    """The parts of a paragraph with lines behind dashes."""
    start = 0
    for line in _LINE.finditer(paragraph.text):
        spans = dash_speech(line.group(), saying)
        if spans and line.group()[spans[0].start].islower() and not _has_clause(line.group(), saying):
            spans = []  # a list: — trade between states;
        if spans:
            if line.start() > start:
                yield _part(paragraph, start, line.start())
            yield Paragraph(paragraph.number, paragraph.start + line.start(), line.group()), spans
            start = line.end()
    if start < len(paragraph.text):
        yield _part(paragraph, start, len(paragraph.text))


def _part(paragraph: Paragraph, start: int, end: int) -> Part:
    text = paragraph.text[start:end]
    return Paragraph(paragraph.number, paragraph.start + start, text), quoted_spans(text)


def _has_clause(line: str, saying: re.Pattern[str]) -> bool:
    opening = _OPENING.match(line)
    return opening is not None and next(_clauses(line, opening.end(), saying), None) is not None


def dash_speech(line: str, saying: re.Pattern[str]) -> list[QuotedSpan]:
    """Where somebody speaks in a line that begins with a dash: all but its reporting clauses. None in another line.

    ``saying`` finds verbs of saying.
    """
    opening = _OPENING.match(line)
    if opening is None:
        return []
    spans, start, end = [], opening.end(), len(line.rstrip())
    for first, last in (*_clauses(line, start, saying), (end, end)):
        if start < first:
            spans.append(QuotedSpan(start, first))
        start = last
    return spans


def _clauses(line: str, at: int, saying: re.Pattern[str]) -> Iterator[tuple[int, int]]:
    """Where each reporting clause begins, the dash before it included, and where the speech goes on behind it."""
    verbs = [verb.start() for verb in saying.finditer(line, at)]
    for found in _BREAK.finditer(line, at) if verbs else ():
        start = found.end()
        if found.start() < at:
            continue
        place = bisect_left(verbs, start)
        verb = verbs[place] if place < len(verbs) else len(line)
        if verb > (start + FARTHEST if found["dash"] else start):
            continue
        end = (_CLAUSE_END if found["dash"] else _INVERTED_END).search(line, start)
        if end is None or verb < end.start():
            at = end.end() if end else len(line)
            yield found.start() + 1, at
