"""What a quotation leaves out or adds that turns its sense: never a reason to refuse it, always one to look.

The words match, so they stand in the source; but ``We … support deadlines`` of ``We do not support deadlines`` says the
opposite. Each finding is a warning that shows the passage whole.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Literal

from c6brief.documents.problems import name_rule
from c6brief.evidence.folding import FoldedText, fold
from c6brief.evidence.lexicon import Lexicon, any_of
from c6brief.evidence.matching import Match, Paragraph, SourceText
from c6brief.evidence.numbers import numbers_in

SenseRule = Literal["omission-negates", "addition-negates", "question-cut"]

OMISSION_NEGATES = name_rule(
    "omission-negates",
    "warning",
    """a quotation leaves out a negation, a condition or a doubt

    “We … support deadlines” is word for word in “We do not support deadlines”, and says the opposite. Looked at is what
    an ellipsis leaves out inside a sentence, the word directly before and after the quotation, the clause that it is
    the object of (“nobody believes that …”) and a condition beside it (“unless it rains, …”); sentences that are left
    out whole are not. Words of scope (only, merely, at least, up to, some of) count where they stand directly before
    what is quoted, or before what follows an ellipsis: “if they pay” of “only if they pay”. Where the sentence of the
    brief has such a word beside the marks itself (Berg does not “support deadlines”), nothing is told. The words that
    count are in `src/c6brief/evidence/words/`, one file a language: that of the source (`language`), else those of the
    house's language and of English. """,
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
    ends in a full stop is refused. A question that only follows in the sentence (“Asked about it, she said: ‘Why not?’”) is
    none of these words, and an indirect one (“asked whether the states join”) shows what it is.
    """,
)

_SENTENCE_END = re.compile(r"[.!?…](?=['\")\]]*(?: |$))")
_THAT = re.compile("that|dass|daß|que|что")
_OBJECT = re.compile(rf"(?<![\w'-])((?:[\w'-]+ ){{1,4}}[\w'-]+),? (?:{_THAT.pattern})\Z")
"""A short clause that ends with a conjunction: its words before it."""
_SMALL = re.compile(r"(?: (?:to|be|been|yet|ever|really|fully|simply|zu|de|à)){1,9}\Z")
_ARTICLE = re.compile(
    r"(?: (?:the|a|an|our|its|their|his|her|this|these|those|der|die|das|den|dem|des|le|la|les|l'|el|los|las)){1,9}\Z"
)
_PART = re.compile(r"[:;]|(?<!\w)'(?=\w)|\(")
"""What begins another part of a sentence, such as speech in it; marks of quotation are folded."""
FARTHEST = 6
"""Words of our own before the marks among which a word may stand that keeps the sense."""


@dataclass(frozen=True)
class SenseChange:
    """What turned the sense: the rule it goes by, the word that does it, and the sentences of the source, whole."""

    rule: SenseRule
    word: str
    passage: str


@dataclass(frozen=True)
class OwnWords:
    """The text of our own ``before`` and ``after`` words in marks, and the ``lexicon`` of its language."""

    before: str
    after: str
    lexicon: Lexicon

    def keeps_before(self, word: str) -> bool:
        """Whether our clause says before the marks what ``word`` does before the words in the source.

        It does with the same word, with a negation or a condition of our language (does not “support the plan”), and with a
        word of scope directly before the marks (at least “40 people died”).
        """
        near = _SENTENCE_END.split(fold(self.before).text.rstrip(" '"))[-1].split(" ")
        clause = " ".join(near[-FARTHEST:])
        own = self.lexicon
        same = any_of((word.lower(), *own.negators, *own.indirect))
        return same.search(clause) is not None or bool(_last((*own.scopes, *own.bounds), _ARTICLE.sub("", clause)))

    def keeps_after(self) -> bool:
        """Whether our text goes on as the source does directly behind the words: “we will go” if they pay."""
        words = fold(self.after).text.lstrip(" ',")
        return any_of((*self.lexicon.following, *self.lexicon.limits)).match(words) is not None


def sense_changes(
    text: SourceText, words: str, match: Match, lexicon: Lexicon, own: OwnWords | None = None
) -> Iterator[SenseChange]:
    """What ``words``, which matched at ``match``, leave out, add or cut that turns their sense.

    ``lexicon`` is that of the source's language. ``own`` are our words around a quotation in prose: what these say again
    is not lost.
    """
    paragraph = text.paragraphs[match.paragraph - 1]
    folded = paragraph.folded_text
    pieces = [_folded_span(folded, paragraph, start, end) for start, end in match.pieces or ((match.start, match.end),)]
    start, end = pieces[0][0], pieces[-1][1]
    passage = _sentences_around(folded.text, start, end)
    before, after = _cut_before(folded.text, start, lexicon), _cut_behind(folded.text, start, end, lexicon)
    if before and own and own.keeps_before(before):
        before = ""
    if after and own and own.keeps_after():
        after = ""
    cut = _left_out(folded.text, pieces, lexicon) or before or after
    if cut:
        yield SenseChange("omission-negates", cut, passage)
    quotation = text.find_reading(words)[0] if "[" in words else None
    for addition in quotation.additions if quotation else ():
        found = any_of(lexicon.reversing).search(fold(addition).text)
        if found:
            yield SenseChange("addition-negates", found.group(), passage)
    if _cuts_a_question(folded.text, start, end, lexicon) and not (own and own.keeps_before("?")):
        yield SenseChange("question-cut", "?", passage)


def _folded_span(folded: FoldedText, paragraph: Paragraph, start: int, end: int) -> tuple[int, int]:
    """A stretch of the text as one of the folded paragraph."""
    return bisect_left(folded.origin, start - paragraph.start), bisect_left(folded.origin, end - paragraph.start)


def _left_out(text: str, pieces: Sequence[tuple[int, int]], lexicon: Lexicon) -> str:
    """The word between two of the ``pieces`` that turns what they say; empty where there is none."""
    negators, harmless = any_of(lexicon.negators), any_of(lexicon.harmless)
    for (_, end), (start, _) in pairwise(pieces):
        found = negators.search(harmless.sub(" ", _inside_sentences(text, end, start)))
        if found:
            return found.group()
        limited = _limits(text, end, start, lexicon)
        if limited:
            return limited
    return ""


def _cut_before(text: str, start: int, lexicon: Lexicon) -> str:
    """The word before a quotation, which begins at ``start``, that turns what it says."""
    negators, harmless = any_of(lexicon.negators), any_of(lexicon.harmless)
    return (
        _ends_with(negators, text, start)
        or _limits(text, 0, start, lexicon)
        or _denied_before(negators, harmless, text, start)
        or _conditioned(any_of(lexicon.conditions), text, start)
    )


def _cut_behind(text: str, start: int, end: int, lexicon: Lexicon) -> str:
    """The word behind a quotation that turns what it says; behind one that denies (we shall not rest before …) a limit too."""
    denies = any_of(lexicon.negators).search(any_of(lexicon.harmless).sub(" ", text[start:end])) is not None
    limits = lexicon.limits if denies else ()
    return _begins_with(any_of((*lexicon.following, *limits)), text, end)


def _inside_sentences(text: str, start: int, end: int) -> str:
    """What was left out between two pieces, without sentences that were left out whole."""
    ends = [match.end() for match in _SENTENCE_END.finditer(text, start, end)]
    if not ends:
        return text[start:end]
    if text[max(0, start - 5) : start].rstrip(" '\")]")[-1:] in tuple(".!?…"):
        return text[ends[-1] : end]
    return f"{text[start : ends[0]]} | {text[ends[-1] : end]}"


def _limits(text: str, first: int, at: int, lexicon: Lexicon) -> str:
    """The word of scope, of what stands from ``first`` on, directly before the piece at ``at``: only, at least, some of the."""
    lead = any_of(lexicon.harmless).sub(" ", text[max(first, at - 50) : at].rstrip(" "))
    near = _ARTICLE.sub("", lead)
    if any_of(lexicon.conditions).match(text, at):
        near = near.rstrip(",")  # nur, wenn sie zahlen
    found = _last(lexicon.scopes, near)
    if not found and _last(lexicon.bounds, near):
        counted = text[at : at + 40].lstrip("$€£")
        if any(number.start == 0 for each in lexicon.languages for number in numbers_in(counted, each)):
            return _last(lexicon.bounds, near)
    return found


def _last(words: tuple[str, ...], text: str) -> str:
    """The one of ``words`` that ``text`` ends with."""
    return next((found.group() for found in any_of(words).finditer(text) if found.end() == len(text)), "")


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
    lead = text[_sentence_start(text, start) : start].strip(" '")
    found = words.match(lead) if lead.endswith(",") and lead.count(",") == 1 else None
    return found.group() if found else ""


def _cuts_a_question(text: str, start: int, end: int, lexicon: Lexicon) -> bool:
    """Whether the words are part of a question whose mark is left out.

    They are not where the question is another part of the sentence, behind a colon, a mark of quotation or ``, but who``;
    and not where they show that it is an indirect one.
    """
    if text[end - 1 : end] in "?.!…":
        return False
    following = _SENTENCE_END.search(text, end)
    if following is None or following.group() != "?":
        return False
    if any_of(lexicon.indirect).search(text[start:end]):
        return False
    interrogatives = any_of(lexicon.interrogatives)
    first = _sentence_start(text, start)
    first = max([first, *(found.end() for found in _PART.finditer(text, first, start))])
    if interrogatives.match(text[first:].lstrip(" '")):
        return True
    rest = text[end : following.start()]
    asks_later = re.search(rf", \w+ (?={interrogatives.pattern})", rest) if lexicon.interrogatives else None
    return not (_PART.search(rest) or asks_later)


def _sentence_start(text: str, at: int) -> int:
    """Where the sentence begins that the position lies in."""
    before = [match.end() for match in _SENTENCE_END.finditer(text, 0, at)]
    return before[-1] if before else 0


def _sentences_around(text: str, start: int, end: int) -> str:
    """The sentences that the stretch from ``start`` to ``end`` lies in, whole."""
    following = _SENTENCE_END.search(text, end - 1)
    return text[_sentence_start(text, start) : following.end() if following else len(text)].strip()
