"""Notes: what a citation prints, and the mark beside it.

A note names every account of what is cited, in full at a source's first note and short after it, and begins with
the mark and its word. The mark is computed from the evidence; nobody writes it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from markupsafe import Markup, escape

from c6brief.brief.index import Index
from c6brief.brief.model import Check, Mark, MarkName
from c6brief.brief.prose import typographic
from c6brief.brief.references import full_note, in_paragraphs
from c6brief.brief.wording import Wording
from c6brief.documents.entries import Entry
from c6brief.evidence.base import Evidence
from c6brief.evidence.models import Claim, Event, EventAccount, Quote, Source
from c6brief.evidence.strength import Strength, strength
from c6brief.evidence.verify import Passage, Passages, passages_of

SIGNS: dict[MarkName, str] = {
    "two-voices": "●",
    "one-voice": "○",
    "accounts-differ": "≠",
    "derived-date": "~",
    "unverified": "×",
}

Citable = Source | Quote | Event | Claim


@dataclass(frozen=True)
class Cited:
    """One entry that a note cites, with the author's own words around it."""

    entry: Citable
    prefix: str = ""
    locator: str = ""


@dataclass(frozen=True)
class _Part:
    """What a note says of one source: where, and anything that must be told apart from other accounts."""

    source: str
    paragraphs: tuple[int, ...] = ()
    stance: str = "supports"
    detail: str = ""
    prefix: str = ""
    locator: str = ""


@dataclass
class Notes:
    """Writes the notes of one brief in reading order, and keeps what the back matter needs to know."""

    evidence: Evidence
    passages: Passages
    wording: Wording
    sources: dict[str, None] = field(default_factory=dict)
    """Ids of the sources used, in order of first use."""
    marks: dict[MarkName, None] = field(default_factory=dict)
    statements: dict[str, Strength] = field(default_factory=dict)
    located: set[tuple[str, int]] = field(default_factory=set)
    quoted: set[str] = field(default_factory=set)
    """Quotations in running prose that were found in a source."""
    index: Index = field(default_factory=Index)
    count: int = 0
    """Notes written so far: the last one's number."""
    cited: dict[str, tuple[str, ...]] = field(default_factory=dict)
    """What each note cites: ids of entries, by the note's anchor (``note-3``)."""
    _introduced: set[str] = field(default_factory=set)
    _named: set[str] = field(default_factory=set)

    def use_source(self, id: str) -> None:
        """Put a source on the list, at its first use."""
        self.sources.setdefault(id)

    def mark(self, name: MarkName) -> Mark:
        """A mark, which the brief's key will explain."""
        self.marks.setdefault(name)
        key = name.replace("-", "_")
        return Mark(name, SIGNS[name], self.wording(f"mark_{key}"), self.wording(f"mark_{key}_meaning"))

    def strength(self, entry: Claim | Event) -> Strength:
        """The strength of a statement that the brief makes."""
        if entry.id not in self.statements:
            self.statements[entry.id] = strength(entry, self.evidence)
        return self.statements[entry.id]

    def note(self, cited: Sequence[Cited]) -> Markup:
        """A note and the mark beside it: the markup documented in ``docs/template-fields.md``."""
        marks = self._marks(cited)
        if not all(self.is_verified(one.entry) for one in cited):
            marks.insert(0, self.mark("unverified"))
        parts = _merged([part for one in cited for part in self._parts(one)])
        text = Markup("; ").join(self._print(part) for part in parts)
        spoken = " ".join(f"{mark.sign} {self._spoken(mark, cited)}." for mark in marks)
        first = marks[0].name
        self.count += 1
        anchor = f"note-{self.count}"
        self.cited[anchor] = tuple(dict.fromkeys(one.entry.id for one in cited))
        for part in parts:
            self.index.uses(part.source, anchor)
        for one in cited:
            if isinstance(one.entry, Quote):
                self.index.speaks(one.entry.speaker, anchor)
        note = Markup(
            '<span class="note note--{}" id="{}" role="doc-footnote">'
            '<span class="note-mark note-mark--{}">{}</span> {}.</span>'
        ).format(first, anchor, first, spoken, text)
        signs = Markup("").join(
            Markup('<span class="mark mark--{}" role="img" aria-label="{}" title="{}">{}</span>').format(
                mark.name, mark.word, mark.word, mark.sign
            )
            for mark in marks
        )
        return note + signs

    def short(self, source: str, paragraphs: Sequence[int]) -> str:
        """A source's short name and where in it: for pull quotes and claim boxes."""
        self.use_source(source)
        where = in_paragraphs(list(paragraphs), self.wording)
        return ", ".join(part for part in (self.evidence.sources[source].short, where) if part)

    def paragraph(self, id: str, index: int = 0) -> list[int]:
        """The paragraph of an account, as a list that is empty where its words were not found."""
        passage = self.passages.get((id, index))
        if passage:
            self.located.add((id, index))
        return [passage.match.paragraph] if passage else []

    def passages_of(self, entry: Entry) -> list[Passage]:
        """Where the words of an entry's accounts were found."""
        return passages_of(entry, self.passages)

    def is_verified(self, entry: Entry) -> bool:
        """Whether all words that an entry rests on were found; of a source, whether its text is there."""
        if isinstance(entry, Source):
            return entry.id in self.evidence.texts
        return len(self.passages_of(entry)) == (len(entry.accounts) if isinstance(entry, (Event, Claim)) else 1)

    def unverified_sign(self) -> Markup:
        """What stands beside words of a draft that were not found and have no note of their own to say so."""
        mark = self.mark("unverified")
        return Markup('<span class="mark mark--unverified">{} {}</span>').format(mark.sign, mark.word)

    def voices(self) -> list[str]:
        """The voices of the sources used, in order."""
        return list(dict.fromkeys(self.evidence.sources[id].voice for id in self.sources))

    def check(self) -> Check:
        """What was verified, counted."""
        strengths = list(self.statements.values())
        found = len(self.located) + len(self.quoted)
        say = self.wording
        differing = sum(1 for one in strengths if one.differs)
        single = sum(1 for one in strengths if not one.differs and len(one.voices) < 2)
        counts = {
            "passages": say.counted("count_passages", found),
            "sources": say.counted("count_sources", len(self.sources)),
            "voices": say.counted("count_voices", len(self.voices())),
            "statements": say.counted("count_statements", len(strengths)),
            "one_voice": say.counted("count_one_voice", single),
            "differing": say.counted("count_differing", differing),
        }
        told = [say("check_passages", **counts)] if found else []
        told += [say("check_statements", **counts)] if strengths else []
        sentence = " ".join(told)
        return Check(found, len(self.sources), len(self.voices()), len(strengths), single, differing, sentence)

    def entry_marks(self, found: Strength) -> list[Mark]:
        """The marks of one statement."""
        if found.differs:
            return [self.mark("accounts-differ")]
        marks = [self.mark("two-voices" if len(found.voices) > 1 else "one-voice")]
        return [*marks, self.mark("derived-date")] if found.derived else marks

    def _marks(self, cited: Sequence[Cited]) -> list[Mark]:
        """The marks of a cluster. It is as strong as its weakest statement: two claims of two voices, one each,
        are still two claims of one voice."""
        strengths = [self.strength(one.entry) for one in cited if isinstance(one.entry, (Claim, Event))]
        direct = {self._voice(one.entry) for one in cited if isinstance(one.entry, (Source, Quote))}
        units = [found.voices for found in strengths] + ([tuple(direct)] if direct else [])
        weakest = min(units, key=len, default=())
        return self.entry_marks(
            Strength(
                voices=weakest,
                contested=any(found.contested for found in strengths),
                conflict=any(found.conflict for found in strengths),
                derived=any(found.derived for found in strengths),
            )
        )

    def _voice(self, entry: Source | Quote) -> str:
        source = entry if isinstance(entry, Source) else self.evidence.sources.get(entry.source)
        return source.voice if source else ""

    def _spoken(self, mark: Mark, cited: Sequence[Cited]) -> str:
        """The mark's word, with a capital, and whose voice it is at that voice's first note."""
        word = mark.word[:1].upper() + mark.word[1:]
        if mark.name != "one-voice":
            return word
        voices = {voice for one in cited for voice in self._voices(one.entry)}
        if len(voices) != 1 or voices <= self._named:
            return word
        self._named |= voices
        return f"{word} ({self.evidence.voice_name(*voices)})"

    def _voices(self, entry: Citable) -> tuple[str, ...]:
        return self.strength(entry).voices if isinstance(entry, (Claim, Event)) else (self._voice(entry),)

    def _parts(self, cited: Cited) -> list[_Part]:
        entry, around = cited.entry, {"prefix": cited.prefix, "locator": cited.locator}
        if isinstance(entry, Source):
            return [_Part(entry.id, **around)]
        if isinstance(entry, Quote):
            return [_Part(entry.source, tuple(self.paragraph(entry.id)), **around)]
        found = self.strength(entry)
        parts = []
        for index, account in enumerate(entry.accounts):
            detail = ""
            if isinstance(account, EventAccount) and account.date and (found.conflict or account.basis == "derived"):
                date = self.wording.date(account.date)
                detail = self.wording("date_derived", date=date) if account.basis == "derived" else date
            where = tuple(self.paragraph(entry.id, index))
            parts.append(_Part(account.source, where, account.stance, detail, **around))
        return parts

    def _print(self, part: _Part) -> Markup:
        source = self.evidence.sources[part.source]
        self.use_source(part.source)
        name = source.short if part.source in self._introduced else full_note(source, self.wording)
        self._introduced.add(part.source)
        where = part.locator or in_paragraphs(list(part.paragraphs), self.wording)
        said = ", ".join(words for words in (name, where) if words)
        if part.detail:
            said = f"{said}: {part.detail}"
        if part.stance != "supports":
            said = self.wording(f"stance_{part.stance}_by", source=said)
        return escape(typographic(f"{part.prefix} {said}".strip()))


def _merged(parts: list[_Part]) -> list[_Part]:
    """Parts that differ only in their paragraphs as one, at the place of the first; those that support come first.

    A passage that qualifies one statement of the cluster and supports another is named once.
    """
    merged: dict[_Part, tuple[int, ...]] = {}
    for part in sorted(parts, key=lambda part: part.stance != "supports"):
        supporting = merged.get(replace(part, paragraphs=(), stance="supports"), ())
        if part.stance == "qualifies" and set(part.paragraphs) <= set(supporting):
            continue
        key = replace(part, paragraphs=())
        merged[key] = tuple(dict.fromkeys((*merged.get(key, ()), *part.paragraphs)))
    return [replace(part, paragraphs=paragraphs) for part, paragraphs in merged.items()]
