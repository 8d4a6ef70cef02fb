"""Notes: what is printed for a citation, and the mark beside it.

A note begins with the mark and its word. It names every account of what is cited: a source in full at its first note,
and by its short name after that. The mark is computed from the evidence; nobody writes it. Only statements and
quotations have a strength: a note that cites nothing but sources is a reference, without a mark.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from markupsafe import Markup

from c6brief.brief.index import Index
from c6brief.brief.model import Check, Mark, MarkName
from c6brief.brief.prose import curl_quotes
from c6brief.brief.references import full_note, places_in_words
from c6brief.brief.spacing import NBSP
from c6brief.brief.styled_text import ended, linked, marked, to_html
from c6brief.brief.text_fragments import passage_address
from c6brief.brief.wording import Wording
from c6brief.evidence.base import Evidence
from c6brief.evidence.likeness import Witness, independent_voices
from c6brief.evidence.locators import Locator, locator_of
from c6brief.evidence.models import Citable, EventAccount, EvidenceEntry, Quote, Source, Statement
from c6brief.evidence.strength import Backing, Strength, strength, weakest
from c6brief.evidence.verify import Passage, Passages, passages_of

SIGNS: dict[MarkName, str] = {
    "two-voices": "●",
    "one-voice": "○",
    "voice-not-stated": "○",
    "unsupported": "–",
    "accounts-differ": "≠",
    "derived-date": "~",
    "unverified": "×",
}
"""The sign of each mark, in the order of the brief's key."""

MARKS: dict[Backing, MarkName] = {
    "corroborated": "two-voices",
    "single voice": "one-voice",
    "voice not stated": "voice-not-stated",
    "unsupported": "unsupported",
}
"""The mark of a statement by how it is backed."""


@dataclass(frozen=True)
class CitedEntry:
    """One entry that a note cites, with the author's own words before it (``see``) and after it (``para. 4``)."""

    entry: Citable
    prefix: str = ""
    locator: str = ""
    quoted: tuple[Locator, ...] = ()
    """Of a source, where the words stand that are quoted from it beside the citation."""


@dataclass(frozen=True)
class _NotePart:
    """What a note says of one account: its source, where in it, and how it differs from other accounts."""

    source: str
    places: tuple[Locator, ...] = ()
    stance: str = "supports"
    detail: str = ""
    prefix: str = ""
    locator: str = ""
    quoted: tuple[Locator, ...] = ()


@dataclass
class Notes:
    """Writes the notes of one brief in the order of reading, and keeps what they cite for the back matter."""

    evidence: Evidence
    passages: Passages
    wording: Wording
    shorts: Mapping[str, str] = field(default_factory=dict)
    """Names in repeated notes, by the ids of sources that would be called alike."""
    sources: dict[str, None] = field(default_factory=dict)
    """Ids of the sources used, in order of first use."""
    marks: dict[MarkName, None] = field(default_factory=dict)
    """The marks printed, in order of first use."""
    statements: dict[str, Strength] = field(default_factory=dict)
    """The strength of each event and claim that the brief makes use of, by its id."""
    located: set[tuple[str, int]] = field(default_factory=set)
    """The quotations and accounts whose places are printed, as keys of ``passages``."""
    quoted: set[str] = field(default_factory=set)
    """Quotations in running prose that were found in a source."""
    index: Index = field(default_factory=Index)
    count: int = 0
    """How many notes are written."""
    cited: dict[str, tuple[str, ...]] = field(default_factory=dict)
    """What each note cites: ids of entries, by the note's anchor (``note-3``)."""
    _introduced: set[str] = field(default_factory=set)
    """Ids of the sources that a note has named in full."""
    _named_voices: set[str] = field(default_factory=set)
    """Voices that a mark's word has named."""

    def use_source(self, id: str) -> None:
        """Add a source to the list of sources."""
        self.sources.setdefault(id)

    def mark(self, name: MarkName) -> Mark:
        """The mark of that name, which is added to the brief's key."""
        self.marks.setdefault(name)
        key = name.replace("-", "_")
        return Mark(name, SIGNS[name], self.wording(f"mark_{key}"), self.wording(f"mark_{key}_meaning"))

    def strength(self, entry: Statement) -> Strength:
        """The strength of a statement that the brief makes use of."""
        if entry.id not in self.statements:
            self.statements[entry.id] = strength(entry, self.evidence)
        return self.statements[entry.id]

    def note(self, cited: Sequence[CitedEntry]) -> Markup:
        """The next note, and the marks beside it, as HTML."""
        marks, parts, printed = self._written(cited)
        mark_words = " ".join(f"{mark.sign}{NBSP}{self._mark_words(mark, cited)}." for mark in marks)
        first = marks[0].name if marks else "reference"
        marked = Markup('<span class="note-mark note-mark--{}">{}</span> ').format(first, mark_words) if marks else ""
        anchor = self.next_anchor()
        self._add_places(cited, parts, anchor)
        note = Markup('<span class="note note--{}" id="{}" role="doc-footnote">{}{}</span>').format(
            first, anchor, marked, _as_sentence(printed)
        )
        return note + _signs(marks)

    def next_anchor(self) -> str:
        """The anchor of the next note, which is counted: citations and plain notes are numbered in one row."""
        self.count += 1
        anchor = f"note-{self.count}"
        self.cited[anchor] = ()
        return anchor

    def plain_note(self, html: Markup, anchor: str) -> Markup:
        """A note in the author's own words, which has no mark, as HTML."""
        return Markup('<span class="note note--plain" id="{}" role="doc-footnote">{}</span>').format(anchor, html)

    def cite_within(self, cited: Sequence[CitedEntry], anchor: str) -> Markup:
        """What is cited inside of the plain note at ``anchor``: in brackets, with the marks behind them, as HTML."""
        marks, parts, printed = self._written(cited)
        self._add_places(cited, parts, anchor)
        text = Markup("; ").join(to_html(text, links) for text, links in printed)
        return Markup("({})").format(text) + _signs(marks)

    def _written(self, cited: Sequence[CitedEntry]) -> tuple[list[Mark], list[_NotePart], list[tuple[str, list[str]]]]:
        """The marks of what is cited, what is said of each account, and each of that as a marked text with its links."""
        marks = self._marks(cited)
        if not all(self.is_verified(one.entry) for one in cited):
            marks.insert(0, self.mark("unverified"))
        parts = _merge_parts([part for one in cited for part in self._parts(one)])
        return marks, parts, [self._print(part) for part in parts]

    def _add_places(self, cited: Sequence[CitedEntry], parts: Sequence[_NotePart], anchor: str) -> None:
        """Note what is cited at ``anchor``, for the index."""
        self.cited[anchor] = tuple(dict.fromkeys((*self.cited[anchor], *(one.entry.id for one in cited))))
        for part in parts:
            self.index.add_source(part.source, anchor)
        for one in cited:
            if isinstance(one.entry, Quote):
                self.index.add_speaker(one.entry.speaker, anchor)

    def short_name(self, source: str, places: Sequence[Locator]) -> str:
        """The short name of a source, and where in it, for pull quotes and claim boxes. The source is listed."""
        self.use_source(source)
        where = places_in_words(places, self.wording)
        return curl_quotes(", ".join(part for part in (self.short(source), where) if part))

    def short(self, source: str) -> str:
        """The name of a source in repeated notes, which no other source of the brief has."""
        return self.shorts.get(source) or self.evidence.sources[source].short

    def places_of(self, id: str, index: int = 0) -> tuple[Locator, ...]:
        """Where the words of a quotation or an account stand in their source; nowhere if they were not found."""
        passage = self.passages.get((id, index))
        if passage:
            self.located.add((id, index))
        return (locator_of(self.evidence.texts[passage.source], passage.match),) if passage else ()

    def passages_of(self, entry: EvidenceEntry) -> list[Passage]:
        """Where the words of a quotation, or those of the accounts of a statement, were found."""
        return passages_of(entry, self.passages)

    def is_verified(self, entry: EvidenceEntry) -> bool:
        """Whether all words that ``entry`` rests on were found; of a source, whether its text is there, if it has one."""
        if isinstance(entry, Source):
            return entry.id in self.evidence.texts or not entry.has_text
        return len(self.passages_of(entry)) == (len(entry.accounts) if isinstance(entry, Statement) else 1)

    def unverified_sign(self) -> Markup:
        """The mark, as HTML, of words in a draft that were not found and that have no note."""
        mark = self.mark("unverified")
        return Markup('<span class="mark mark--unverified">{}{}{}</span>').format(mark.sign, NBSP, mark.word)

    def voices(self) -> tuple[str, ...]:
        """The stated and independent voices of the sources used, in order."""
        return independent_voices((Witness(self.evidence.voice_of(id), id) for id in self.held), self.evidence)

    @property
    def held(self) -> list[str]:
        """The sources used whose texts are held: no words are quoted from others, and these add no voice."""
        return [id for id in self.sources if self.evidence.is_held(id)]

    def check(self) -> Check:
        """The counts of what was verified."""
        strengths = list(self.statements.values())
        found = len(self.located) + len(self.quoted)
        say = self.wording
        differing = sum(1 for one in strengths if one.differs)
        backings = Counter(one.backing for one in strengths if not one.differs)
        single = backings["single voice"]
        held = self.held
        mute = [id for id in held if not self.evidence.voice_of(id)]
        counts = {
            "passages": say.count("count_passages", found),
            "sources": say.count("count_sources", len(held)),
            "voices": say.count("count_voices", len(self.voices())),
            "statements": say.count("count_statements", len(strengths)),
            "one_voice": say.count("count_one_voice", single),
            "differing": say.count("count_differing", differing),
        }
        weaker = (("count_no_voice", backings["voice not stated"]), ("count_unsupported", backings["unsupported"]))
        weak = [say.count(key, count) for key, count in weaker if count]
        counts["one_voice"] = say.join_list([counts["one_voice"], *weak]) if weak else counts["one_voice"]
        key = "check_passages_mute" if len(mute) == len(held) else "check_passages"
        sentences = [say.plural(key, found, **counts)] if found else []
        if mute and key == "check_passages":
            sentences.append(say("check_mute", sources=say.count("count_sources", len(mute))))
        if len(held) < len(self.sources):
            sentences.append(say.count("check_not_held", len(self.sources) - len(held)))
        sentences += [say("check_statements", **counts)] if strengths else []
        return Check(
            quotations=found,
            sources=len(self.sources),
            voices=len(self.voices()),
            statements=len(strengths),
            one_voice=single,
            differing=differing,
            sentence=" ".join(sentences),
        )

    def marks_of(self, strength: Strength) -> list[Mark]:
        """The marks of a statement of that strength."""
        if strength.differs:
            return [self.mark("accounts-differ")]
        marks = [self.mark(MARKS[strength.backing])]
        return [*marks, self.mark("derived-date")] if strength.derived else marks

    def _marks(self, cited: Sequence[CitedEntry]) -> list[Mark]:
        """The marks of what a note cites, which is as strong as its weakest statement or quotation; none of sources."""
        strengths = [self._strength(one.entry) for one in cited if not isinstance(one.entry, Source)]
        return self.marks_of(weakest(strengths)) if strengths else []

    def _strength(self, entry: Statement | Quote) -> Strength:
        return strength(entry, self.evidence) if isinstance(entry, Quote) else self.strength(entry)

    def _mark_words(self, mark: Mark, cited: Sequence[CitedEntry]) -> str:
        """The word of ``mark`` with a capital; at the first note of a single voice, with the name of that voice."""
        word = mark.word[:1].upper() + mark.word[1:]
        if mark.name != "one-voice":
            return word
        stating = (one.entry for one in cited if not isinstance(one.entry, Source))
        voices = {voice for entry in stating for voice in self._strength(entry).voices}
        if len(voices) != 1 or voices <= self._named_voices:
            return word
        self._named_voices |= voices
        return f"{word} ({self.evidence.voice_name(*voices)})"

    def _parts(self, cited: CitedEntry) -> list[_NotePart]:
        entry = cited.entry
        if isinstance(entry, Source):
            return [_NotePart(entry.id, prefix=cited.prefix, locator=cited.locator, quoted=cited.quoted)]
        if isinstance(entry, Quote):
            where = self.places_of(entry.id)
            return [_NotePart(entry.source, where, prefix=cited.prefix, locator=cited.locator)]
        strength = self.strength(entry)
        parts = []
        for index, account in enumerate(entry.accounts):
            detail = ""
            if isinstance(account, EventAccount) and account.date and (strength.conflict or account.basis == "derived"):
                date = self.wording.date(account.date)
                detail = self.wording("date_derived", date=date) if account.basis == "derived" else date
            where = self.places_of(entry.id, index)
            parts.append(_NotePart(account.source, where, account.stance, detail, cited.prefix, cited.locator))
        return parts

    def _print(self, part: _NotePart) -> tuple[str, list[str]]:
        """What the note says of ``part``, as a marked text, and the addresses of its links."""
        source = self.evidence.sources[part.source]
        self.use_source(part.source)
        is_first = part.source not in self._introduced
        self._introduced.add(part.source)
        short = self.short(part.source)
        name = full_note(source, self.wording, short) if is_first else marked(short)
        where = marked(part.locator) or places_in_words(part.places, self.wording)
        links: list[str] = []
        passage = passage_address(source.URL, self.evidence.texts.get(source.id), part.places or part.quoted)
        if where:
            where = linked(where, passage, links)
        else:
            name = linked(name, passage, links)
        copy = self.wording("archived_copy") if is_first and source.custom.archived else ""
        copy = linked(copy, source.custom.archived or "", links)
        held = "" if self.evidence.is_held(source.id) else self.wording("text_not_held")
        text = ", ".join(words for words in (name, where, held, copy) if words)
        if part.detail:
            text = f"{text}: {part.detail}"
        if part.stance != "supports":
            text = self.wording(f"stance_{part.stance}_by", source=text)
        return f"{marked(part.prefix)} {text}".strip(), links


def _as_sentence(parts: Sequence[tuple[str, list[str]]]) -> Markup:
    """The parts of a note, each a marked text with its links, as HTML that ends with a full stop."""
    *others, last = parts
    printed = [to_html(text, links) for text, links in (*others, (ended(last[0]), last[1]))]
    return Markup("; ").join(printed)


def _signs(marks: Sequence[Mark]) -> Markup:
    """The signs of ``marks`` beside the number of a note, as HTML."""
    return Markup("").join(
        Markup('<span class="mark mark--{}" role="img" aria-label="{}" title="{}">{}</span>').format(
            mark.name, mark.word, mark.word, mark.sign
        )
        for mark in marks
    )


def _merge_parts(parts: list[_NotePart]) -> list[_NotePart]:
    """``parts``, with those merged that differ in their places only. Those that support come first.

    A passage that qualifies one statement of the note and supports another is named once.
    """
    merged: dict[_NotePart, tuple[Locator, ...]] = {}
    for part in sorted(parts, key=lambda part: part.stance != "supports"):
        supporting = merged.get(replace(part, places=(), stance="supports"), ())
        if part.stance == "qualifies" and set(part.places) <= set(supporting):
            continue
        key = replace(part, places=())
        merged[key] = tuple(dict.fromkeys((*merged.get(key, ()), *part.places)))
    return [replace(part, places=places) for part, places in merged.items()]
