"""Who says the words, by the source: the reporting clauses around speech, and whom they name.

A paragraph of a source is taken apart into speech and what stands between. The speaker of a piece of speech is the subject
of the reporting clause at one of its edges (:mod:`c6brief.evidence.clauses`), else the speaker of the speech before it in
the paragraph, else of the paragraph before that left its speech open. A pronoun or a role ("he said", "the minister added")
means the person who was named last.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property

from c6brief.evidence.atoms import count_words
from c6brief.evidence.clauses import Clause, Given
from c6brief.evidence.dash_speech import spoken_parts
from c6brief.evidence.folding import fold_name
from c6brief.evidence.lexicon import Lexicon, any_of
from c6brief.evidence.matching import Paragraph, SourceText
from c6brief.evidence.mentions import WORD, Mention, find_mentions, find_offices
from c6brief.evidence.names import SUFFIXES, Name
from c6brief.evidence.offices import TITLES
from c6brief.evidence.quotation_marks import FEWEST_WORDS, QuotedSpan, quoted_spans

_CLAUSE_END = re.compile(r"[.!?…](?=[\"'”’»)\]]*(?:\s|$))|[。！？]")
_INSERTED = re.compile(r"[,?!…]\s*[—–]\s*([^—–]{3,120})[,.]\s*[—–]")
_DASH = re.compile(r"[—–]|--| - ")
_BESIDE = "\u00a0\u202f\u2060\"'“”‘’«»„‹›`´,;—–- \t\n*_"
"""Characters between speech and its reporting clause."""


@dataclass(frozen=True)
class Speech:
    """A piece of speech, in places of the whole text, and who says it: several where any may be meant, none if unknown.

    ``given`` is what a reporting clause says of it, its own or that of the speech before it; ``None`` where there is none.
    ``is_beside``: no words stand between, so that the clause is certainly meant.
    """

    start: int
    end: int
    speakers: tuple[Mention, ...]
    given: Given | None = None
    is_beside: bool = True


@dataclass
class SpeakerIndex:
    """The speakers of a source's text, read once.

    ``names`` are those of the base, by id, and ``bodies`` the ids of those that are no people; ``lexicon`` is that of the
    source's language, and ``finds_single_names`` as of :class:`~c6brief.evidence.clauses.Clause`. ``carries``: speech
    without a clause of its own is that of the speaker before it.
    """

    text: SourceText
    names: tuple[tuple[str, Name], ...]
    lexicon: Lexicon
    bodies: frozenset[str] = frozenset()
    carries: bool = True
    finds_single_names: bool = True
    _named: list[tuple[int, tuple[Mention, ...]]] = field(default_factory=list)
    """Who was named where as a speaker, in order, for pronouns and roles that follow."""

    @cached_property
    def _found(self) -> tuple[Mention, ...]:
        return tuple(find_mentions(self.text.text, self.names, self.lexicon.no_names))

    @cached_property
    def offices(self) -> frozenset[str]:
        """Words that stand directly before whole names of the base."""
        return find_offices(self.text.text, self._found)

    @cached_property
    def _starts(self) -> tuple[int, ...]:
        return tuple(mention.start for mention in self._found)

    @cached_property
    def people(self) -> frozenset[str]:
        """Whom the text names: people of the base by id, and others whom it gives words to."""
        named = {mention.id for mention in self._found if mention.id}
        given = {" ".join(each.name.tokens) for speech in self.speeches for each in speech.speakers if not each.id}
        return frozenset(named | given) - self.bodies

    @cached_property
    def reported(self) -> tuple[Mention, ...]:
        """Names that are not in the base and to which the text gives words, in marks or beside a verb of saying, in order."""
        given = {each for speech in self.speeches for each in speech.speakers if not each.id}
        beside = {each for each in self._found if not each.id and each.name.tokens in self._speaking}
        return tuple(sorted(given | beside, key=lambda each: (each.start, each.end)))

    @cached_property
    def speeches(self) -> tuple[Speech, ...]:
        """All speech of the text, in order."""
        found: list[Speech] = []
        carried: Speech | None = None
        for paragraph, spans in self._spoken:
            read = self._read(paragraph, spans, carried) if spans else []
            found += read
            carried = read[-1] if read and self.carries and not spans[-1].is_closed else None
        return tuple(found)

    @cached_property
    def _spoken(self) -> list[tuple[Paragraph, list[QuotedSpan]]]:
        """The paragraphs with where somebody speaks in them; a line of speech behind a dash is one of its own."""
        if not self.carries:
            return [(each, quoted_spans(each.text)) for each in self.text.paragraphs]
        return spoken_parts(self.text.paragraphs, self.lexicon)

    def speech_at(self, start: int, end: int) -> Speech | None:
        """The speech that the characters from ``start`` to ``end`` stand in, as a whole; marks may be taken along."""
        at = bisect_right(self.speeches, start + 1, key=lambda speech: speech.start) - 1
        return self.speeches[at] if at >= 0 and end <= self.speeches[at].end + 1 else None

    def _read(self, paragraph: Paragraph, spans: Sequence[QuotedSpan], carried: Speech | None) -> list[Speech]:
        """The speech of a paragraph. Who spoke ``carried`` speaks if nobody else does."""
        edges = [0, *(edge for span in spans for edge in (span.start, span.end)), len(paragraph.text)]
        gaps = [_Gap.of(paragraph.text, start, end) for start, end in zip(edges[::2], edges[1::2], strict=True)]
        read: list[Speech] = []
        said, clauses = carried, list[Given | None]()
        for number, span in enumerate(spans):
            ahead, behind = gaps[number], gaps[number + 1]
            start, end = paragraph.start + span.start, paragraph.start + span.end
            own = self._given(paragraph, span, ahead, behind)
            clauses.append(own)
            if own is not None:
                people = self._people(own, start if not own.by else 0, spans, paragraph)
                if people:
                    self._named.append((paragraph.start + behind.first_end, people))
                said = Speech(start, end, people, own)
            elif said is not None and self.carries:
                is_beside = said.is_beside and not WORD.search(paragraph.text, ahead.start, ahead.end)
                said = replace(said, start=start, end=end, is_beside=is_beside)
            else:
                said = None
            read.append(said or Speech(start, end, ()))
        if self.carries and not carried:  # "…" "…," said NAME: the first clause is for all before it, too
            first = next((number for number, own in enumerate(clauses) if own is not None), 0)
            if read and read[first].speakers:
                read[:first] = [
                    replace(read[first], start=each.start, end=each.end, is_beside=False) for each in read[:first]
                ]
        return read

    def _given(self, paragraph: Paragraph, span: QuotedSpan, ahead: _Gap, behind: _Gap) -> Given | None:
        """To whom the clauses beside a span give it; ``None`` where there is none."""
        ends = paragraph.text[span.end - 1 : span.end] if span.end else ""
        after_text = paragraph.text[behind.start : behind.first_end]
        is_last = behind.end == len(paragraph.text)
        begins_new = after_text[:1].isupper() and ends in ".…" and not behind.has_end and not is_last
        after = None
        clause = None
        if not begins_new and not behind.is_stopped:
            clause = self._clause(paragraph, behind.start, behind.first_end)
            words, edge = paragraph.text[span.start : span.end], paragraph.text[max(0, span.end - 1) : behind.start]
            is_long = count_words(words) >= FEWEST_WORDS or ("," in edge and words[:1].isupper())
            is_open = self.carries and is_long and any(sign in edge for sign in ",，?!—–")
            after = clause.after(is_open, is_dashed=_DASH.search(edge) is not None)
        before_clause = self._clause(paragraph, ahead.last_start, ahead.end)
        first = WORD.findall(after_text)[:1]
        goes_on = not behind.has_end and not is_last  # NAME said “…”, and NAME said “…”
        if after is not None and (goes_on or (first and first[0] in self.lexicon.joining)):  # …, and NAME says no
            before = before_clause.before()
            if before is not None and before.by:
                return before
        if after is not None and clause is not None and after.refers and clause.has_verb_alone():
            return before_clause.before() or before_clause.first_name() or after
        return after or before_clause.before() or self._given_inside(paragraph, span)

    def _given_inside(self, paragraph: Paragraph, span: QuotedSpan) -> Given | None:
        """To whom a clause inside the marks gives the words, as Russian sets it: «Порт, — сказал NAME, — открыт»."""
        for found in _INSERTED.finditer(paragraph.text, span.start, span.end) if self.carries else ():
            clause = self._clause(paragraph, found.start(1), found.end(1))
            given = clause.after(is_open=True)
            if given is not None:
                return given
        return None

    def _clause(self, paragraph: Paragraph, start: int, end: int) -> Clause:
        first = bisect_left(self._starts, paragraph.start + start)
        last = bisect_left(self._starts, paragraph.start + end)
        here = [each for each in self._found[first:last] if each.end <= paragraph.start + end and self._is_name(each)]
        return Clause(
            paragraph.text[start:end], paragraph.start + start, here, self.lexicon, self.bodies, self.finds_single_names
        )

    def _is_name(self, mention: Mention) -> bool:
        """Whether a mention may be a speaker: of the base, or capitalised words without a title of office among them."""
        words = [fold_name(word) for word in WORD.findall(self.text.text[mention.start : mention.end])]
        return bool(mention.id) or words[-1] not in TITLES

    def _people(self, given: Given, at: int, spans: Sequence[QuotedSpan], paragraph: Paragraph) -> tuple[Mention, ...]:
        """The people whom a clause names or refers to, ``at`` being where the speech begins."""
        if given.by or not given.refers:
            return given.by
        speaker = self._named[-1] if self._named else None
        last = bisect_left(self._starts, at) - 1
        while last >= 0:
            mention = self._found[last]
            if speaker is not None and mention.end <= speaker[0]:
                break
            if mention.id not in self.bodies and not self._is_quoted(mention) and self._may_be_meant(mention):
                same = [each for each in self._found[max(0, last - 3) : last + 4] if each.start == mention.start]
                return tuple(same)
            last -= 1
        return speaker[1] if speaker else ()

    def _may_be_meant(self, mention: Mention) -> bool:
        """Whether a name may be taken up again: one of the base, or of somebody who is given words somewhere."""
        return bool(mention.id) or mention.name.tokens in self._speaking

    @cached_property
    def _speaking(self) -> frozenset[tuple[str, ...]]:
        """Names that are not in the base, beside which a verb of saying stands."""
        found = set()
        saying = any_of(self.lexicon.saying)
        for mention in self._found:
            if not mention.id and self._is_name(mention):
                behind = self.text.text[mention.end : mention.end + 25].lstrip(" ,")
                ahead = self.text.text[max(0, mention.start - 25) : mention.start].rstrip(" ,")
                if saying.match(behind) or any(verb.end() == len(ahead) for verb in saying.finditer(ahead)):
                    found.add(mention.name.tokens)
        return frozenset(found)

    @cached_property
    def _spans(self) -> tuple[tuple[int, int], ...]:
        return tuple(
            (paragraph.start + span.start, paragraph.start + span.end)
            for paragraph, spans in self._spoken
            for span in spans
        )

    def _is_quoted(self, mention: Mention) -> bool:
        """Whether a name stands inside of speech."""
        at = bisect_right(self._spans, mention.start, key=lambda span: span[0]) - 1
        return at >= 0 and mention.end <= self._spans[at][1]


@dataclass(frozen=True)
class _Gap:
    """What stands between two pieces of speech of a paragraph: its first sentence belongs to the one, its last to the other.

    ``is_stopped``: a full stop stands before its first word. ``has_end``: its first sentence ends in it.
    """

    start: int
    end: int
    first_end: int
    last_start: int
    is_stopped: bool
    has_end: bool

    @classmethod
    def of(cls, text: str, start: int, end: int) -> _Gap:
        """The gap from ``start`` to ``end`` of a paragraph's text."""
        first = start
        while first < end and text[first] in _BESIDE:
            first += 1
        is_stopped = text[first : first + 1] in tuple(".!?…") or ";" in text[start:first]
        ends = [
            each.end() for each in _CLAUSE_END.finditer(text, first, end) if not _is_abbreviation(text, each.start())
        ]
        return cls(first, end, ends[0] if ends else end, ends[-1] if ends else first, is_stopped, bool(ends))


_ABBREVIATIONS = frozenset(
    {"mr", "mrs", "ms", "dr", "prof", "st", "gen", "sen", "gov", "lt", "col", "rep", "hon", "rev", "г", "им"}
)


def _is_abbreviation(text: str, at: int) -> bool:
    """Whether the full stop at ``at`` ends an abbreviation or an initial and no sentence."""
    start = at
    while start > 0 and text[start - 1].isalpha():
        start -= 1
    word = fold_name(text[start:at])
    following = text[at + 1 : at + 4].strip()[:1]
    if word in SUFFIXES:
        return following.islower()
    return text[at] == "." and (word in _ABBREVIATIONS or (len(word) == 1 and text[start:at].isupper()))
