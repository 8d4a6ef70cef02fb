"""What a quotation leaves out or adds that turns its sense: never a reason to refuse it, always one to look.

The words match, so they stand in the source; but ``We … support deadlines`` of ``We do not support deadlines`` says the
opposite. Each finding is a warning that shows the passage whole.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from typing import Literal

from c6brief.documents.problems import name_rule
from c6brief.evidence.folding import FoldedText, fold
from c6brief.evidence.lexicon import Lexicon, any_of
from c6brief.evidence.matching import Match, Paragraph, SourceText

SenseRule = Literal["omission-negates", "addition-negates", "question-cut"]

OMISSION_NEGATES = name_rule(
    "omission-negates",
    "warning",
    """a quotation leaves out a negation, a condition or a doubt

    “We … support deadlines” is word for word in “We do not support deadlines”, and says the opposite. Looked at is what an
    ellipsis leaves out inside a sentence, the word directly before and after the quotation, the clause that it is the object of
    (“nobody believes that …”) and a condition beside it (“unless it rains, …”); sentences that are left out whole are not. The words that count are in `src/c6brief/evidence/words/`, one file a language: that of the source
    (`language`), else those of the house's language and of English.
    """,
)

ADDITION_NEGATES = name_rule(
    "addition-negates",
    "warning",
    """an addition in square brackets is a negation, a condition or a bound

    “No state will [not] leave”, “growth was [minus] 1.5 per cent”: an addition explains, it does not contradict.
    """,
)

QUESTION_CUT = name_rule(
    "question-cut",
    "warning",
    """a quotation is a part of a question and does not say so

    “The states join the bloc” is no statement where the source asks “Will the states join the bloc?”. A whole question that
    ends in a full stop is refused.
    """,
)

_SENTENCE_END = re.compile(r"[.!?…](?=['\")\]]*(?: |$))")
_THAT = re.compile("that|dass|daß|que|что")
_OBJECT = re.compile(rf"(?<![\w'-])((?:[\w'-]+ ){{1,4}}[\w'-]+),? (?:{_THAT.pattern})\Z")
"""A short clause that ends with a conjunction: its words before it."""
_SMALL = re.compile(r"(?: (?:to|be|been|yet|ever|really|fully|simply|zu|de|à))+\Z")


@dataclass(frozen=True)
class SenseChange:
    """What turned the sense: the rule it goes by, the word that does it, and the sentences of the source, whole."""

    rule: SenseRule
    word: str
    passage: str


def sense_changes(text: SourceText, words: str, match: Match, lexicon: Lexicon) -> Iterator[SenseChange]:
    """What ``words``, which matched at ``match``, leave out, add or cut that turns their sense.

    ``lexicon`` is that of the source's language.
    """
    paragraph = text.paragraphs[match.paragraph - 1]
    folded = paragraph.folded_text
    pieces = [_folded_span(folded, paragraph, start, end) for start, end in match.pieces or ((match.start, match.end),)]
    passage = _sentences_around(folded.text, pieces[0][0], pieces[-1][1])
    negators, following, reversing = map(any_of, (lexicon.negators, lexicon.following, lexicon.reversing))
    harmless = any_of(lexicon.harmless)
    for (_, end), (start, _) in pairwise(pieces):
        omitted = _inside_sentences(folded.text, end, start)
        found = negators.search(harmless.sub(" ", omitted))
        if found:
            yield SenseChange("omission-negates", found.group(), passage)
            break
    else:
        start, end = pieces[0][0], pieces[-1][1]
        cut = (
            _ends_with(negators, folded.text, start)
            or _begins_with(following, folded.text, end)
            or _denied_before(negators, harmless, folded.text, start)
            or _conditioned(any_of(lexicon.conditions), folded.text, start)
        )
        if cut:
            yield SenseChange("omission-negates", cut, passage)
    quotation = text.find_reading(words)[0] if "[" in words else None
    for addition in quotation.additions if quotation else ():
        found = reversing.search(fold(addition).text)
        if found:
            yield SenseChange("addition-negates", found.group(), passage)
    if _cuts_a_question(folded.text, pieces[-1][1]):
        yield SenseChange("question-cut", "?", passage)


def _folded_span(folded: FoldedText, paragraph: Paragraph, start: int, end: int) -> tuple[int, int]:
    """A stretch of the text as one of the folded paragraph."""
    return bisect_left(folded.origin, start - paragraph.start), bisect_left(folded.origin, end - paragraph.start)


def _inside_sentences(text: str, start: int, end: int) -> str:
    """What was left out between two pieces, without sentences that were left out whole."""
    ends = [match.end() for match in _SENTENCE_END.finditer(text, start, end)]
    if not ends:
        return text[start:end]
    if text[max(0, start - 5) : start].rstrip(" '\")]")[-1:] in tuple(".!?…"):
        return text[ends[-1] : end]
    return f"{text[start : ends[0]]} | {text[ends[-1] : end]}"


def _ends_with(words: re.Pattern[str], text: str, at: int) -> str:
    """The one of ``words`` that stands directly before a piece, at most a small word between (failed to, is not yet)."""
    near = _SMALL.sub("", text[max(0, at - 40) : at].rstrip(" "))
    return next((found.group() for found in words.finditer(near) if found.end() == len(near)), "")


def _begins_with(words: re.Pattern[str], text: str, at: int) -> str:
    """The one of ``words`` that stands directly behind a piece."""
    if text[at : at + 1] == ",":  # in some languages a comma must stand before a condition
        found = words.match(text[at : at + 40])
    else:
        found = words.match(text, at + 1) if text[at : at + 1] == " " and text[at - 1] not in ".!?…" else None
    return found.group().lstrip(", ") if found else ""


def _denied_before(words: re.Pattern[str], harmless: re.Pattern[str], text: str, at: int) -> str:
    """The one of ``words`` in the clause that a piece is the object of: nobody believes that …; is not to say that …"""
    lead = text[max(0, at - 60) : at].rstrip(" ")
    clause = _OBJECT.search(harmless.sub(" ", lead))
    found = words.search(clause.group(1)) if clause else None
    return found.group() if found else ""


def _conditioned(words: re.Pattern[str], text: str, start: int) -> str:
    """The one of ``words`` that begins the clause before a piece, over a comma: Unless it rains, …"""
    before = [match.end() for match in _SENTENCE_END.finditer(text, 0, start)]
    first = before[-1] if before else 0
    lead = text[first:start].strip(" '")
    found = words.match(lead) if lead.endswith(",") and lead.count(",") == 1 else None
    return found.group() if found else ""


def _cuts_a_question(text: str, end: int) -> bool:
    """Whether the words are part of a question whose mark is left out."""
    if text[end - 1 : end] in "?.!…":
        return False
    following = _SENTENCE_END.search(text, end)
    return following is not None and following.group() == "?"


def _sentences_around(text: str, start: int, end: int) -> str:
    """The sentences that the stretch from ``start`` to ``end`` lies in, whole."""
    before = [match.end() for match in _SENTENCE_END.finditer(text, 0, start)]
    first = before[-1] if before else 0
    following = _SENTENCE_END.search(text, end - 1)
    return text[first : following.end() if following else len(text)].strip()
