"""What makes a term or a title somebody's words after all: too many of them, a verb of saying or a name beside them."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from c6brief.evidence.atoms import count_words
from c6brief.evidence.folding import fold_name
from c6brief.evidence.lexicon import Lexicon, any_of
from c6brief.evidence.named_words import NamedWords, NameKind
from c6brief.evidence.offices import TITLES
from c6brief.evidence.quotation_marks import quotations_in, quoted_spans

MOST_TERM_WORDS = 3
"""Words of a term; more are a sentence's."""

_SENTENCE_END = re.compile(r"[.!?…]['\"”’»)\]]*\s")
_WORD = re.compile(r"\w+(?:['’-]\w+)*")
_BRIDGES = frozenset(("that", "of", "it", "что", "об", "dass", "que", "als", "deb"))
"""Words between a verb of saying and what is said."""
_OPENERS = frozenset((
    "the", "a", "so", "as", "he", "she", "they", "we", "i", "one", "his", "her", "their", "он", "она", "они", "er",
    "sie",
))  # fmt: skip
_WRITING = frozenset(("write", "writes", "wrote", "written", "cite", "cites", "cited", "mention", "mentions", "mentioned",
                      "quoted", "call", "calls", "called", "recall", "recalls", "announce", "announced"))  # fmt: skip
"""Verbs that a title may follow: somebody wrote it, or named it."""
_NAME = r"(?:[^\W\d_a-zа-яё][\w.'’-]*(?:\s+|(?=\W|$))){2,4}"


@lru_cache(maxsize=1)
def _names_beside() -> tuple[re.Pattern[str], re.Pattern[str], re.Pattern[str]]:
    """What finds a name behind a dash, as under an epigraph; in brackets behind the words; before a colon."""
    signed, bracketed = re.compile(rf"\s*[–—-]+\s*({_NAME})\W*$"), re.compile(rf"\s*\(\s*({_NAME})\)")
    return signed, bracketed, re.compile(rf"(?:^|[.!?…]\s+)({_NAME}):\s*$")


_BEFORE_COLON = re.compile(r"(?:^|[.!?…]\s+)([^.!?…:“”\"]{1,60}):\s*$")
_IN_BRACKETS = re.compile(r"\s*\(\s*([^()]{1,60})\)")
_BEHIND_DASH = re.compile(r"\s*[–—-]+\s*([^–—.,;:]{1,60})\W*$")
_CITED = re.compile(r"\[[^\[\]]*@[^\[\]]*\]")
FARTHEST_NAME = 6
"""Words of a name with its title behind ``in the words of``, at most."""
_PASSED = " \t\n\u00a0\u202f\u2060“”„‟«»\"'‘’*_("


@dataclass(frozen=True)
class NameFault:
    """Why words are no term, or no title: a problem's rule, its message and a hint."""

    rule: Literal["term-too-long", "named-as-speech"]
    message: str
    hint: str


def fault_of(
    named: NamedWords,
    lexicon: Lexicon,
    names_somebody: Callable[[str], bool] = lambda text: False,
    *,
    is_known: bool = False,
) -> NameFault | None:
    """What is wrong with a term or title; ``None`` where nothing is. ``lexicon`` is that of our own text.

    ``names_somebody`` says whether a few words name a person of the base. ``is_known``: the title is a source's.
    """
    count = count_words(named.words)
    hint = "quote its source, [@source-id], or write [a title]{.title} if it is the name of a work"
    if named.kind == "term" and count > MOST_TERM_WORDS:
        return NameFault("term-too-long", f"a term has {MOST_TERM_WORDS} words at most, this one {count}", hint)
    together = _words_together(named) if named.kind == "term" else 0
    if together:
        message = f"this term and the words in marks beside it are {together} words, as somebody's are"
        return NameFault("term-too-long", message, hint)
    is_speakable = named.kind == "term" or (not is_known and _is_sentence(named.words, lexicon))
    verb = _verb_beside(named, lexicon, is_speakable) or (
        _speaker_beside(named, lexicon, names_somebody) if is_speakable else ""
    )
    if verb:
        message = f"this {named.kind} stands beside '{verb}', as if somebody said it"
        hint = "quote what was said in marks, with its source, or say it in your own words"
        return NameFault("named-as-speech", message, hint)
    return None


def _words_together(named: NamedWords) -> int:
    """The words of a term and of the marks right beside it, where they are a quotation's; 0 where they are not."""
    line, at = f"{named.before}“{named.words}”{named.after}", len(named.before) + 1
    if not any(span.start == at for span in quoted_spans(line)):
        return 0  # inside of a quotation
    joined = (span for span in quotations_in(line) if span.start <= at and at + len(named.words) <= span.end)
    return next((count_words(line[span.start : span.end]) for span in joined), 0)


def _is_sentence(words: str, lexicon: Lexicon) -> bool:
    """Whether the words of a title are such as somebody says: they begin with a small letter, or with ``we will`` and the like."""
    found = _WORD.findall(words)
    if not found or found[0][:1].islower():
        return True
    long = [word for word in found[1:] if len(word) > 3]
    is_title_case = bool(long) and all(word[:1].isupper() for word in long)
    return not is_title_case and any_of(lexicon.speaking).search(words) is not None


def _speaker_beside(named: NamedWords, lexicon: Lexicon, names_somebody: Callable[[str], bool]) -> str:
    """A person of the base, an office or a pronoun before a colon, in brackets behind the words, or behind a dash."""
    found = [_BEFORE_COLON.search(named.before), _IN_BRACKETS.match(named.after)]
    if not named.before.rstrip(_PASSED):
        found.append(_BEHIND_DASH.match(named.after))
    for match in found:
        lead = match[1].strip() if match else ""
        words = _WORD.findall(lead)
        if not 0 < len(words) <= FARTHEST_NAME:
            continue
        is_office = len(words) <= 3 and fold_name(words[-1]) in TITLES and match is found[0]
        if names_somebody(lead) or is_office or (len(words) == 1 and lead.lower() in lexicon.pronouns):
            return lead
    return ""


def _verb_beside(named: NamedWords, lexicon: Lexicon, is_speakable: bool) -> str:
    """The verb of saying, ``according to``, or a lone name right beside the words; empty where there is none."""
    before, after = named.before.rstrip(_PASSED), named.after.lstrip(_PASSED)
    behind_dash, in_brackets, before_colon = _names_beside()
    signed = [behind_dash.match(named.after)] if not before else []
    if is_speakable:  # an author may stand beside a title so
        signed += [in_brackets.match(named.after), before_colon.search(named.before)]
    name = next((match[1].strip() for match in signed if match), "")
    if name:
        return name
    return (
        _verb_before(before, named.kind, lexicon)
        or _verb_after(before, after, lexicon)
        or _verb_around(before, after, lexicon)
    )


def _verb_before(before: str, kind: NameKind, lexicon: Lexicon) -> str:
    """A verb that the words follow: said that …, warned: …, according to …"""
    lead = before.rstrip(":,–—- ")
    words = list(_WORD.finditer(lead))
    if words and words[-1].group().lower() in _BRIDGES and len(words) > 1:
        lead = lead[: words[-1].start()].rstrip(":,–—- ")
    for pattern in (any_of(lexicon.saying), any_of(lexicon.according)):
        for match in pattern.finditer(lead):
            if match.end() != len(lead) or lead[match.start() - 1 : match.start()] == "-":
                continue
            previous = _WORD.findall(lead[: match.start()])[-1:]
            if previous and any_of(lexicon.not_saying).fullmatch(previous[0].lower()):
                continue
            if kind == "title" and match.group().lower() in _WRITING and not before.endswith(":"):
                continue
            return match.group()
    return ""


def _verb_after(before: str, after: str, lexicon: Lexicon) -> str:
    """A verb that follows words which begin their sentence: …, said NAME; …, NAME said."""
    begins = not before or bool(_SENTENCE_END.search(before[-3:] + " ")) or before[-1:] in ".!?…:;"
    according = any_of(lexicon.according).match(after.lstrip(", "))
    if begins and according:
        return according.group()
    if not begins or not after.startswith((",", "–", "—", "-", "!", "?")):
        return ""
    clause = _SENTENCE_END.split(after[1:] + " ")[0]
    words = list(_WORD.finditer(clause))
    for verb in any_of(lexicon.saying).finditer(clause):
        at = next((index for index, word in enumerate(words) if word.start() == verb.start()), len(words))
        follower = words[at + 1].group() if at + 1 < len(words) else ""
        speaks = follower[:1].isupper() or follower.lower() in _OPENERS or not follower
        if at == 0 and speaks:
            return verb.group()
        subject = [word.group() for word in words[:at]]
        is_text = any(any_of(lexicon.texts).fullmatch(word.lower()) for word in subject if word.lower() not in _OPENERS)
        if 0 < at <= 6 and not is_text and (subject[0][:1].isupper() or subject[0].lower() in _OPENERS):
            return verb.group()
    return ""


def _verb_around(before: str, after: str, lexicon: Lexicon) -> str:
    """A verb that gives somebody the end of a sentence: in the words of NAME, …; NAME has a message, …, she stated."""
    if not before or before[-1] not in ",:–—-":
        return ""
    sentence = _SENTENCE_END.split(before)[-1]
    rest = _CITED.sub("", after).strip()
    if not rest or rest[0] in ".!?":
        found = next(any_of(lexicon.according).finditer(sentence), None)
        if found and 0 < len(_WORD.findall(sentence[found.end() :])) <= FARTHEST_NAME:
            return found.group()
    clause = _SENTENCE_END.split(rest + " ")[0].strip(" ,.!?–—-")
    words = _WORD.findall(clause)
    verb = next((each for each in any_of(lexicon.saying).finditer(clause) if each.end() == len(clause)), None)
    if rest[:1] == "," and verb and 1 < len(words) <= 3 and (words[0][:1].isupper() or words[0].lower() in _OPENERS):
        return verb.group()
    return ""
