"""Warnings on words that may be somebody's and are not verified: short ones in marks, and speech that has no marks."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence

from markdown_it.token import Token

from c6brief.brief import prose
from c6brief.documents.problems import Problems, name_rule
from c6brief.evidence.atoms import count_words
from c6brief.evidence.dash_speech import dash_speech
from c6brief.evidence.folding import fold
from c6brief.evidence.lexicon import any_of, lexicon
from c6brief.evidence.marked_words import Find, MarkedWords, place_of
from c6brief.evidence.named_words import HOW_TO_NAME
from c6brief.evidence.quotation_marks import FEWEST_WORDS, quoted_spans

LONG_DASHES = tuple("—–―")
FEWEST_SPOKEN = 8
"""Words without marks that may be speech: fewer are a name or a stress."""

LONGEST_SPEECH = 2_000
"""Characters after a colon that are looked at: that they are speech shows soon."""

FARTHEST_BEFORE = 100
"""Characters before a verb among which the word before it is looked for."""

WORDS_IN_MARKS = name_rule(
    "words-in-marks",
    "warning",
    """two or three words in quotation marks stand in no source that their paragraph cites

    So few words may be a term as well as somebody's, so they are no error. The finding is made in paragraphs that cite. Whole
    names of the evidence base, and words in marks that a cited source has in whatever case of letters, are left alone. What
    nobody said is written as `[soft corridor]{.term}` or `[Roads of Asia]{.title}`.
    """,
)

SPEECH_WITHOUT_MARKS = name_rule(
    "speech-without-marks",
    "warning",
    """words that look like somebody's have no quotation marks, and so were not compared with a source

    Eight words or more in italics, in a paragraph that cites; and eight words or more that follow a verb of saying and
    a colon (`the minister said: we shall not …`), or that stand behind a dash with a reporting clause (`— We shall not
    …, said NAME`). Quotation marks have them verified. The title of a work is written as `[Roads of Asia]{.title}`,
    which is set in italics; what is told in the house's own words needs no colon. """,
)

_COLON = re.compile(r"(?:\s+(?:the|then|in|on)\s+[\w'’-]+)?(?:\s+[^\W\d_a-zа-я][\w.'’-]*){0,3}\s*:\s+")
"""A colon after a verb, with nobody between but its subject: said Mira Sol:, said the minister:, said on Monday:"""
_PLURALS = frozenset(("states", "notes", "claims", "answers", "calls", "comments", "remarks", "promises", "pledges"))
"""Verbs that are as often nouns: coastal states: …, written answers: …"""
_ADJECTIVE = re.compile(r"\d+|\w+(?:ing|ed|en|an|al|ic|ous|ive|ary|ern|ful|able|ible)")
_WORD = re.compile(r"[^\W\d_][\w'’-]*")
_WORDS = re.compile(r"[\w'’-]+")


def warn_of_unmarked_speech(
    tokens: Sequence[Token], sources: Sequence[str], marked: MarkedWords, find: Find, problems: Problems
) -> None:
    """Look at a paragraph that cites ``sources``. Problems: ``words-in-marks``, ``speech-without-marks``."""
    lines = [text for text, is_quoted in prose.lines(tokens) if not is_quoted]
    if not lines:
        return
    if sources:
        names = {name.words for name in prose.names_in(tokens)}
        for text in lines:
            _check_short_words(text, sources, names, marked, find, problems)
        quoted = [text[span.start : span.end] for text in lines for span in quoted_spans(text)]
        for words in prose.italics_in(tokens):
            is_verified = marked.is_name(words) or any(words.strip() in whole for whole in quoted)
            if count_words(words) >= FEWEST_SPOKEN and not is_verified:
                message = f"these {count_words(words)} words in italics look like a quotation"
                hint = f"put somebody's words in quotation marks; {HOW_TO_NAME}"
                problems.report(SPEECH_WITHOUT_MARKS, message, place_of(words, find), hint)
    for text in lines:
        _check_after_colon(text, marked, find, problems)
        _check_behind_dash(text, marked, find, problems)


def _check_short_words(
    text: str, sources: Sequence[str], names: set[str], marked: MarkedWords, find: Find, problems: Problems
) -> None:
    for span in quoted_spans(text):
        words = text[span.start : span.end]
        if not 2 <= count_words(words) < FEWEST_WORDS or words in names or marked.is_name(words):
            continue
        if not any(_stands_in(words, id, marked) for id in sources):
            named = ", ".join(f"'{id}'" for id in dict.fromkeys(sources))
            message = f"“{words}” stands in no source cited here ({named})"
            problems.report(WORDS_IN_MARKS, message, place_of(words, find), f"leave the marks out; {HOW_TO_NAME}")


def _stands_in(words: str, source: str, marked: MarkedWords) -> bool:
    """Whether a source has the words, in whatever case of letters."""
    text = marked.evidence.texts.get(source)
    if text is None:
        return False
    looked_for = re.compile(rf"(?<!\w){re.escape(fold(words).text.strip(' .,;:').casefold())}(?!\w)")
    return bool(text.find(words)) or any(
        looked_for.search(each.folded_text.text.casefold()) for each in text.paragraphs
    )


def _check_behind_dash(text: str, marked: MarkedWords, find: Find, problems: Problems) -> None:
    """Speech behind a dash, with a reporting clause in it, as newspapers set it: — We leave, said NAME."""
    spans = dash_speech(text, any_of(lexicon((marked.language, "en")).saying)) if text[:1] in LONG_DASHES else []
    spoken = [text[span.start : span.end] for span in spans]
    has_clause = bool(spans) and (len(spans) > 1 or spans[0].end < len(text.rstrip()))
    if has_clause and sum(map(count_words, spoken)) >= FEWEST_SPOKEN:
        message = "these words stand behind a dash as somebody's, and have no quotation marks"
        hint = "put somebody's words in quotation marks"
        problems.report(SPEECH_WITHOUT_MARKS, message, place_of(spoken[0], find), hint)


def _check_after_colon(text: str, marked: MarkedWords, find: Find, problems: Problems) -> None:
    """Words after a verb of saying and a colon, up to the first that stand in marks. A list of names is none."""
    words_of = lexicon((marked.language,))
    quoted = quoted_spans(text)
    for verb in any_of(words_of.saying).finditer(text):
        colon = _COLON.match(text, verb.end())
        before = _WORDS.findall(text, max(0, verb.start() - FARTHEST_BEFORE), verb.start())[-1:]
        if colon is None or text[verb.start() - 1 : verb.start()] == "-":
            continue
        if before and any_of(words_of.not_saying).fullmatch(before[0].lower()):
            continue
        if before and verb.group().lower() in _PLURALS and _ADJECTIVE.fullmatch(before[0].lower()):
            continue
        marked_at = bisect_right(quoted, colon.end(), key=lambda span: span.end)
        end = quoted[marked_at].start - 1 if marked_at < len(quoted) else len(text)
        said = text[colon.end() : max(colon.end(), min(end, colon.end() + LONGEST_SPEECH))]
        small = [word for word in _WORD.findall(said) if word[:1].islower() or not word[:1].isupper()]
        if count_words(said) >= FEWEST_SPOKEN and 2 * len(small) >= count_words(said):
            message = f"these words follow '{verb.group()}' and a colon, and have no quotation marks"
            hint = "put somebody's words in quotation marks, or tell them in your own without a colon"
            problems.report(SPEECH_WITHOUT_MARKS, message, place_of(said, find), hint)
            return
