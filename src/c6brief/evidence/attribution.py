"""Whose words a quotation is: speech and not a paraphrase, of the person to whom the source gives it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache

from c6brief.documents.problems import Place, Problems, name_rule
from c6brief.evidence.base import Evidence, name_of
from c6brief.evidence.lexicon import lexicon
from c6brief.evidence.matching import Match, SourceText
from c6brief.evidence.mentions import Mention
from c6brief.evidence.models import Organisation, Person, Source
from c6brief.evidence.names import Name, fold_text, is_named
from c6brief.evidence.numbers import language_of
from c6brief.evidence.quotation_marks import QuotedSpan
from c6brief.evidence.speakers import SpeakerIndex

SPOKEN = frozenset(("speech", "interview", "personal_communication", "hearing", "broadcast", "song", "motion_picture"))
"""CSL types whose whole text is somebody's speech, and so has no quotation marks around it."""

SPEAKER_UNCLEAR = name_rule(
    "speaker-unclear",
    "warning",
    """a source does not say whose words a quotation is

    The words stand in marks, and neither a clause beside them (said NAME, according to NAME) nor one before them in the
    paragraph names anybody, or one gives them to somebody unnamed (an official said) or to a text. Where a source names one
    person alone, and no clause says otherwise, the words are that person's. What somebody quotes in a speech or an article
    of one's own is somebody else's, but for “I said”.
    """,
)

Speaker = Person | Organisation

UNKNOWN = "nobody"
"""The id of a speaker of running prose who is not in the evidence base, or of whom only a family name is given."""


@dataclass
class Attribution:
    """Compares quotations with what their sources say of who speaks. ``language`` is that of the house."""

    evidence: Evidence
    language: str = "en"
    _indices: dict[str, SpeakerIndex] = field(default_factory=dict)
    _names: tuple[tuple[str, Name], ...] = ()

    def __post_init__(self) -> None:
        speakers: list[Speaker] = [*self.evidence.people.values(), *self.evidence.organisations.values()]
        self._names = tuple((speaker.id, name_of(speaker)) for speaker in speakers)

    def languages(self, source: Source) -> tuple[str, ...]:
        """The languages whose words to look for in ``source``: its own if it is given, else the house's and English."""
        own = language_of(source)
        return (own,) if own else (self.language, "en")

    def index_of(self, source: str) -> SpeakerIndex:
        """The speakers of the text of ``source``, read once."""
        if source not in self._indices:
            text = self.evidence.texts[source]
            languages = self.languages(self.evidence.sources[source])
            bodies = frozenset(self.evidence.organisations)
            self._indices[source] = _read_speakers(text, self._names_in(text.text), languages, bodies)
        return self._indices[source]

    def _names_in(self, text: str) -> tuple[tuple[str, Name], ...]:
        """Names of the base that the text may have: the beginning of the last part of the name stands in it."""
        folded = fold_text(text)[0]
        return tuple(
            (id, name) for id, name in self._names if (name.acronym and name.acronym in text) or name.mark in folded
        )

    def names_somebody(self, text: str) -> bool:
        """Whether a few words of our own name a person of the base."""
        return any(id in self.evidence.people and is_named(name, text) for id, name in self._names_in(text))

    def speaker_in_prose(self, text: str, span: QuotedSpan, language: str) -> Speaker | None:
        """The person or body to whom a line of our own ``text`` gives the words at ``span``; ``None`` for nobody.

        Somebody who is not in the evidence base, or a family name that several have, is given as a person of that name.
        """
        bodies = frozenset(self.evidence.organisations)
        is_german = language.startswith("de")
        index = SpeakerIndex(
            SourceText(text),
            self._names_in(text),
            lexicon((language,)),
            bodies,
            carries=False,
            finds_single_names=not is_german,
        )
        speech = index.speech_at(span.start, span.end)
        who = speech.speakers if speech else ()
        if not who or (speech and speech.given and speech.given.is_own):  # we say
            return None
        first = who[0]
        may_be_several = any(each.start == first.start and each.id != first.id for each in who)
        known = None if may_be_several else self.evidence.speaker(first.id)
        return known or Person(id=UNKNOWN, name=text[first.start : first.end] if may_be_several else first.name.text)

    def check(
        self,
        source: str,
        match: Match,
        speaker: Speaker,
        problems: Problems,
        at: Place,
        speaker_at: Place | None = None,
    ) -> bool:
        """Whether the words at ``match`` of ``source`` are speech of ``speaker``.

        ``at`` is where the words are written, ``speaker_at`` where the speaker is; without it they stand in running prose,
        where a publisher or a title means the text. Problems: ``not-in-quotation-marks``,
        ``speaker-not-named``, ``wrong-speaker``, ``speaker-unclear`` (a warning).
        """
        item, text = self.evidence.sources[source], self.evidence.texts[source]
        name = name_of(speaker)
        if speaker.id == UNKNOWN:
            name = replace(name, offices=self.index_of(source).offices)
        if speaker_at is None and _is_text(item, name, may_be_part=speaker.id == UNKNOWN):
            return True  # words given to the text itself
        is_signed = any(Name(str(author)).may_be(name) for author in item.author)
        if not is_signed and not is_named(name, text.text):
            message = f"'{source}' does not name {speaker.name}"
            hint = "a speaker must stand in the source by name"
            problems.error("speaker-not-named", message, speaker_at or at, hint)
            return False
        paragraph = text.paragraphs[match.paragraph - 1]
        pieces = match.pieces or ((match.start, match.end),)
        index = self.index_of(source)
        if any(index.speech_at(*span) is None for span in pieces):
            if item.type in SPOKEN or is_signed:
                return True
            message = f"in '{source}' these words stand outside of quotation marks: they are a paraphrase"
            hint = f"paragraph {paragraph.number}; quote what stands inside the marks, or make it a claim"
            problems.error("not-in-quotation-marks", message, at, hint)
            return False
        return self._check_speaker(
            source, pieces, speaker, name, problems, speaker_at or at, is_own=is_signed or item.type in SPOKEN
        )

    def _check_speaker(
        self,
        source: str,
        pieces: Sequence[tuple[int, int]],
        speaker: Speaker,
        name: Name,
        problems: Problems,
        at: Place,
        *,
        is_own: bool,
    ) -> bool:
        """Whether the source gives all ``pieces`` to ``speaker``. ``is_own``: the whole text is the speaker's."""
        index = self.index_of(source)
        unclear = f"'{source}' does not say clearly that these are words of {speaker.name}"
        for speech in [index.speech_at(*span) for span in pieces]:
            given = speech.given if speech else None
            if is_own and (given is None or given.is_own or not (speech and speech.is_beside)):
                continue  # I said, or nobody else did
            who = speech.speakers if speech else ()
            if who and not any(self._is_same(each, speaker, name) for each in who):
                message = f"'{source}' gives these words to {self._name_of(who[0])}, not to {speaker.name}"
                problems.error("wrong-speaker", message, at, "name the one who says them")
                return False
            if who:
                continue
            if given is not None and not given.refers:
                whom = "a text" if given.is_text else "somebody else, whom it does not name"
                unclear = f"'{source}' gives these words to {whom}, and not to {speaker.name}"
                is_clear = is_own and given.is_text and isinstance(speaker, Organisation)
            else:
                is_clear = not is_own and len(index.people) <= 1
            if not is_clear:
                problems.report(SPEAKER_UNCLEAR, unclear, at, "quote words beside which the source names the speaker")
                break
        return True

    def _is_same(self, who: Mention, speaker: Speaker, name: Name) -> bool:
        """Whether ``who`` is the speaker, or speaks for the body that is."""
        if who.id == speaker.id or ((not who.id or speaker.id == UNKNOWN) and who.name.may_be(name)):
            return True
        person = self.evidence.people.get(who.id)
        if isinstance(speaker, Organisation) and person is not None:
            return person.organisation in (speaker.id, speaker.name)
        return isinstance(speaker, Person) and who.id != "" and who.id in (speaker.organisation or "",)

    def _name_of(self, who: Mention) -> str:
        entry = self.evidence.speaker(who.id) if who.id else None
        return entry.name if entry else who.name.text


@lru_cache(maxsize=16)
def _read_speakers(
    text: SourceText, names: tuple[tuple[str, Name], ...], languages: tuple[str, ...], bodies: frozenset[str]
) -> SpeakerIndex:
    """The speakers of a text, which every brief of a run asks for."""
    finds_single_names = not languages[0].startswith("de")
    return SpeakerIndex(text, names, lexicon(languages), bodies, finds_single_names=finds_single_names)


def _is_text(source: Source, name: Name, *, may_be_part: bool) -> bool:
    """Whether a name is that of the source, or of those who publish it; its first words, if it ``may_be_part``: Trend says."""
    titles = (source.publisher, source.container_title, source.title_short, source.title)
    known = [Name(title).tokens for title in titles if title]
    return bool(name.tokens) and any(
        tokens == name.tokens or (may_be_part and tokens[: len(name.tokens)] == name.tokens) for tokens in known
    )
