"""Quotations with their speakers: words in marks, by their reporting clauses, and turns of transcripts (``NAME: words``)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from c6brief.evidence.atoms import count_words
from c6brief.evidence.base import Evidence, name_of
from c6brief.evidence.lexicon import lexicon
from c6brief.evidence.matching import SourceText
from c6brief.evidence.mentions import Mention
from c6brief.evidence.models import Organisation, Person
from c6brief.evidence.names import Name
from c6brief.evidence.quotation_marks import FEWEST_WORDS
from c6brief.evidence.speakers import SpeakerIndex, Speech
from c6brief.ingest.found import FoundPerson, FoundQuote
from c6brief.ingest.segments import sentences_of

LONGEST = 60
"""Words of a quotation; a longer one is parted at ends of sentences."""

FEWEST_TURN_WORDS = 6
"""Words of a turn that is proposed: shorter ones keep order (The House will come to order)."""

Turn = tuple[str, str, int, int]
"""The label of a turn, what stands in brackets behind it, and where its words begin and end."""

FEWEST_TURNS = 3
"""Paragraphs that begin with a name and a colon from which on a text is a transcript."""

_TURN = re.compile(r"(?P<label>[^\W\d_][^:()\n“”\"]{1,60}?)\s*(?:\((?P<role>[^()\n]{2,80})\))?:\s+(?=\S)")
_TITLED = re.compile(
    r"(?:entitled|titled|called|named|dubbed|themed|under the (?:title|theme|motto)|conference|forum|session|report|book|article"
    r"|programme|program|project|paper)[\s:,]*[\"'“‘«]*$",
    re.I,
)
_ROLE_BEHIND = re.compile(
    r",\s+(?:(?:a|an|the|who is|who speaks for)\s+)?([^\W\d_][^,.;:“”\"()]{3,70}?)(?=[,.;]|\s+and\s)"
)
_ROLE_AHEAD = re.compile(r"(?:\b(?:the|a|an|our)\s+)?((?:[^\W\d_][\w’'-]*\s+){0,4}[^\W\d_][\w’'-]*),?\s+$")


def find_quotes(
    text: SourceText, evidence: Evidence, language: str, *, is_transcript: bool = False
) -> tuple[list[FoundPerson], list[FoundQuote]]:
    """The people whom a text gives words, and these words, in order. ``evidence`` has the people who are known."""
    turns = turns_of(text, is_transcript=is_transcript)
    if turns:
        quotes = list(_from_turns(text, turns, evidence))
    else:
        quotes = list(_from_marks(text, evidence, language))
    people: dict[str, FoundPerson] = {}
    for quote in quotes:
        people.setdefault(quote.person.name, quote.person)
    return list(people.values()), quotes


def turns_of(text: SourceText, *, is_transcript: bool = False) -> list[Turn]:
    """The turns of a transcript: of one by its format, or of a text with several labels; else none."""
    turns = list(_turns(text))
    is_one = len({label for label, *_ in turns}) > 1 and len(turns) >= FEWEST_TURNS
    return turns if is_one or (is_transcript and turns) else []


def _from_marks(text: SourceText, evidence: Evidence, language: str) -> Iterator[FoundQuote]:
    words = lexicon(dict.fromkeys((language or "en", "en")))
    speakers: list[Person | Organisation] = [*evidence.people.values(), *evidence.organisations.values()]
    known = tuple((each.id, name_of(each)) for each in speakers)
    bodies = frozenset(evidence.organisations)
    finds_single = not language.startswith("de")
    first = SpeakerIndex(text, known, words, bodies, finds_single_names=finds_single)
    people = _people(first.reported, text)
    new = tuple((f"?{number}", Name(person.name)) for number, person in enumerate(people))
    index = SpeakerIndex(text, known + new, words, bodies, finds_single_names=finds_single)
    everybody = {speaker.id: speaker for speech in index.speeches for speaker in speech.speakers if speaker.id}
    for speech in index.speeches:
        said = text.text[speech.start : speech.end]
        if count_words(said) < FEWEST_WORDS or _is_title(text.text, speech):
            continue
        who = speech.speakers[0] if speech.speakers else None
        doubt = ""
        if who is None and len(everybody) == 1 and (speech.given is None or speech.given.refers):
            who = next(iter(everybody.values()))
        if who is None:
            continue
        if len({each.id or each.name.text for each in speech.speakers}) > 1:
            doubt = "several people of that name are meant, or one of them"
        elif not speech.speakers:
            doubt = "no clause beside the words names anybody"
        person = _person_of(who, people, evidence, text)
        if person is not None:
            for start, piece in _pieces(text, speech.start, speech.end):
                yield FoundQuote(piece, person, start, doubt=doubt)


def _is_title(text: str, speech: Speech) -> bool:
    """Whether words in marks are the title of something and nobody's speech."""
    said = text[speech.start : speech.end]
    before = text[max(0, speech.start - 40) : speech.start]
    if _TITLED.search(before) is None:
        return False
    words = re.findall(r"[^\W\d_]{4,}", said)
    capital = sum(word[0].isupper() for word in words)
    return said.rstrip()[-1:] not in tuple(".!?,") or (bool(words) and capital > 0.6 * len(words))


def _people(mentions: Sequence[Mention], text: SourceText) -> list[FoundPerson]:
    """The people whom ``mentions`` name, each once, by the fullest name."""
    people: list[FoundPerson] = []
    for mention in sorted(mentions, key=lambda each: -len(each.name.tokens)):
        name, office = _without_office(mention.name)
        if not name or mention.name.is_body or any(Name(each.name).may_be(Name(name)) for each in people):
            continue
        people.append(FoundPerson(name, _role(text.text, mention, name) or office))
    return people


def _without_office(name: Name) -> tuple[str, str]:
    """A name without the offices before it, and these: ``Emil Brandt`` and ``Harbourmaster``."""
    words = name.text.split()
    tokens = name.tokens
    if not tokens or len(tokens) > len(words):
        return " ".join(words), ""
    return " ".join(words[-len(tokens) :]), " ".join(words[: -len(tokens)])


def _role(text: str, mention: Mention, name: str) -> str:
    behind = _ROLE_BEHIND.match(text, mention.end)
    if behind and not re.match(r"(?:who|which|and|but|said|says|told|added)\b", behind[1]) and "\n" not in behind[1]:
        return " ".join(behind[1].split())
    return ""


def _person_of(who: Mention, people: Sequence[FoundPerson], evidence: Evidence, text: SourceText) -> FoundPerson | None:
    if who.id.startswith("?"):
        return people[int(who.id[1:])]
    if who.id:
        known = evidence.speaker(who.id)
        return FoundPerson(known.name, id=who.id) if known else None
    same = next((each for each in people if Name(each.name).may_be(who.name)), None)
    if same is not None:
        return same
    name, office = _without_office(who.name)
    return FoundPerson(name, office)


def _turns(text: SourceText) -> Iterator[Turn]:
    """Paragraphs that a name and a colon begin."""
    for paragraph in text.paragraphs:
        found = _TURN.match(paragraph.text)
        if found and _is_label(found["label"]):
            end = len(paragraph.text.rstrip())
            yield (
                found["label"].strip(),
                (found["role"] or "").strip(),
                paragraph.start + found.end(),
                paragraph.start + end,
            )


def _is_label(label: str) -> bool:
    words = label.split()
    capital = sum(word[:1].isupper() for word in words)
    return 1 <= len(words) <= 7 and words[0][0].isupper() and 2 * capital >= len(words)


def _from_turns(text: SourceText, turns: Sequence[Turn], evidence: Evidence) -> Iterator[FoundQuote]:
    people: dict[str, FoundPerson] = {}
    for label, role, start, end in turns:
        person = _speaker_of(label, role, people, evidence)
        people[label] = person
        if count_words(text.text[start:end]) >= FEWEST_TURN_WORDS:
            for at, piece in _pieces(text, start, end):
                if count_words(piece) >= FEWEST_TURN_WORDS:
                    yield FoundQuote(piece, person, at)


def _speaker_of(label: str, role: str, people: dict[str, FoundPerson], evidence: Evidence) -> FoundPerson:
    """Who a label of a turn names: ``The Speaker (Ms Ilse Hartog)``, ``Mr Bexley (Minister)``, then ``Mr Bexley``."""
    if label in people:
        return people[label]
    given = Name(label)
    office = ""
    is_office = label.lower().startswith(("the ", "a ", "le ", "la ", "der ", "die "))
    if role and (is_office or not given.tokens):
        given, office = Name(role), re.sub(r"(?i)^the\s+", "", label)
    name, title = _without_office(given)
    for known in (*evidence.people.values(),):
        if Name(known.name).may_be(given):
            return FoundPerson(known.name, id=known.id)
    for person in people.values():
        if Name(person.name).may_be(given):
            return person
    return FoundPerson(name, office or role or ("" if title.lower() in ("mr", "mrs", "ms", "dr", "prof") else title))


def _pieces(text: SourceText, start: int, end: int) -> Iterator[tuple[int, str]]:
    """Speech in pieces of :data:`LONGEST` words at most, as far as sentences allow."""
    words = " ".join(text.text[start:end].split())
    if count_words(words) <= LONGEST:
        yield start, words.rstrip(",").rstrip()
        return
    inner = SourceText(" " * start + text.text[start:end])
    group: list[str] = []
    at = start
    for sentence in sentences_of(inner):
        if group and count_words(" ".join([*group, sentence.text])) > LONGEST:
            yield at, " ".join(group).rstrip(",")
            group = []
        if not group:
            at = sentence.start
        group.append(sentence.text)
    if group:
        yield at, " ".join(group).rstrip(",")
