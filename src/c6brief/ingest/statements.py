"""Dated statements and statements with numbers, sentence by sentence."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace

from c6brief.evidence.matching import SourceText
from c6brief.evidence.numbers import FIRST_YEAR, LAST_YEAR, Number, numbers_in
from c6brief.ingest.dated import FoundDate, dates_in
from c6brief.ingest.found import FoundClaim, FoundEvent, FoundTable
from c6brief.ingest.segments import Segment, Sentence, segments_of, sentences_of

LEAST_NUMBER = 10
"""Whole numbers below it are no claim by themselves (nine months)."""

FEWEST_WORDS = 4
"""Words of a sentence that is proposed."""

_DATELINE = re.compile(
    r"\s*(?:date\s+[\d-]+\s+)?[A-ZÀ-ÞА-Я][A-ZÀ-ÞА-Я' -]{2,30}(?:,\s*[^\W\d_][\w ]{2,30})?,\s*(?P<date>[^.—–:-]{3,25})(?P<end>[.:])?\s*(?=[.—–:-]|\Z)"
)
_NOISE = re.compile(
    r"©|\(c\)\s*(?:19|20)\d\d|all rights reserved|\b(?:tel|phone|fax|e-?mail|isbn|issn|doi)\b[.: ]|https?://|www\.|^\s*page\s+\S|(?-i:^\s*By\s+[A-ZÀ-Þ]\w+\s+[A-ZÀ-Þ]\w+)"
    r"|^\s*(?:table|figure|fig|box|chart)\s+\d|^\W*(?:contact|published|updated|posted|last modified)\b|\bp\.m\.|\ba\.m\.",
    re.I,
)
_SHARE = re.compile(
    r"\b(?:(?:one|two|three|\d)[ -](?:half|thirds?|quarters?|fifths?|in (?:two|three|four|five|six|ten|\d+))|half of|(?:a|one) (?:third|quarter|half) of|doubled|tripled|halved)\b",
    re.I,
)
_OPENING = tuple('"“„«‘')
_MARKS = "\"“”„«»‘’' "


def find_events(text: SourceText, issued: str, heads: Mapping[int, int]) -> Iterator[FoundEvent]:
    """The dated statements of prose and lists. ``issued`` is the source's own date, or empty; ``heads`` are those of turns."""
    sentences = [_without_head(each, heads, text) for each in sentences_of(text)]
    dateline = _dateline(sentences, issued)
    for number, sentence in enumerate(sentences):
        if dateline and number == 0:
            continue
        if dateline and number == 1:
            yield _event(
                sentence,
                FoundDate(
                    0, 0, f"{dateline}~", "the dateline dates the report; the day of what it tells is not stated"
                ),
                issued,
            )
        if _NOISE.search(sentence.text) or len(sentence.text.split()) < FEWEST_WORDS:
            continue
        seen: set[str] = set()
        for found in dates_in(sentence.text, issued):
            is_day = len(found.edtf) == 10 or sentence.is_item
            if not sentence.is_whole and not is_day:
                continue  # a heading that holds a year
            if found.edtf not in seen:
                seen.add(found.edtf)
                yield _event(sentence, found, issued)


def _event(sentence: Sentence, found: FoundDate, issued: str) -> FoundEvent:
    exact = _bare(sentence.text)
    year = found.edtf[-4:] if re.fullmatch(r"\d{4}/\d{4}", found.edtf) else found.edtf[:4]
    is_later = found.edtf.rstrip("~") > issued if issued and len(found.edtf) == len(issued) else year > issued[:4]
    is_planned = bool(found.edtf) and (
        is_later if issued else bool(re.search(r"\b(?:will|shall|planned|should)\b", exact))
    )
    return FoundEvent(exact, sentence.start, found.edtf, bool(found.counted), found.counted, is_planned)


def _without_head(sentence: Sentence, heads: Mapping[int, int], text: SourceText) -> Sentence:
    """A sentence without the name and the colon that its turn begins with."""
    begin = heads.get(sentence.start)
    if begin is None or begin >= sentence.end:
        return sentence
    return replace(sentence, start=begin, text=" ".join(text.text[begin : sentence.end].split()))


def _dateline(sentences: list[Sentence], issued: str) -> str:
    """The date of a dateline that is a sentence of its own (BAKU, February 18.); empty where there is none."""
    if not sentences or len(sentences) < 2:
        return ""
    found = _DATELINE.match(sentences[0].text)
    if found is None or len(sentences[0].text) > 80 or found.end() < len(sentences[0].text) - 1:
        return ""
    dates = dates_in(found["date"], issued)
    return dates[0].edtf if dates else ""


def date_of_head(text: SourceText) -> str:
    """The date that the head of a text states (``date 2026-02-18``, ``14 May 2024``): of its first three lines; else empty."""
    for line in [line for line in text.text[:3000].split("\n") if line.strip()][:3]:
        for found in dates_in(line[:60], ""):
            if len(found.edtf) == 10 and not found.counted:
                return found.edtf
    return ""


def events_of_rows(table: FoundTable, segment: Segment) -> Iterator[FoundEvent]:
    """The rows of a table that has a column of years or dates: each is a dated statement."""
    column = next((at for at, each in enumerate(table.fields) if each.type in ("year", "date")), None)
    if column is None:
        return
    rows = [line for line in segment.lines if not re.fullmatch(r"[\s|:+-]+", line[1])][1:]
    for (start, line), cells in zip(rows, table.rows, strict=True):
        exact = " ".join(line.strip().strip("|").split())
        others = [cell for at, cell in enumerate(cells) if at != column]
        title = f"{others[0] if others else table.title}: {table.fields[column].title} {cells[column]}"
        yield FoundEvent(exact, start, cells[column], title=title)


def find_claims(text: SourceText, language: str, heads: Mapping[int, int]) -> Iterator[FoundClaim]:
    """The sentences that state numbers: shares, amounts, counts from :data:`LEAST_NUMBER` on.

    What begins with a mark of quotation is proposed as a quotation already.
    """
    for whole in sentences_of(text):
        sentence = _without_head(whole, heads, text)
        if sentence.text[:1] in _OPENING:
            continue
        if not sentence.is_whole or sentence.is_item or _NOISE.search(sentence.text):
            continue
        if len(sentence.text.split()) < FEWEST_WORDS:
            continue
        bare = sentence.text
        dates = dates_in(bare, "")
        numbers = [
            each
            for each in numbers_in(bare, language or "en")
            if not any(date.start < each.end and each.start < date.end for date in dates)
        ]
        if any(_counts(number, bare) for number in numbers) or _SHARE.search(bare):
            yield FoundClaim(_bare(bare), sentence.start)


def _counts(number: Number, text: str) -> bool:
    """Whether a number counts or measures something, and is neither a date nor a part of a name."""
    if number.is_dated:
        return False
    if number.percent:
        return True
    written = text[number.start : number.end]
    value = number.value
    is_year = FIRST_YEAR <= value <= LAST_YEAR and written.isdigit() and len(written) == 4
    is_ordinal = re.match(r"(?:st|nd|rd|th)\b", text[number.end :]) is not None
    return not is_year and not is_ordinal and (value >= LEAST_NUMBER or value != value.to_integral_value())


def _bare(sentence: str) -> str:
    """A sentence without marks of quotation at its edges that have no partner in it."""
    text = sentence.strip()
    while text and text[0] in _MARKS and not any(mark in text[1:] for mark in '"“”„«»'):
        text = text[1:].lstrip()
    while text and text[-1] in _MARKS and not any(mark in text[:-1] for mark in '"“”„«»'):
        text = text[:-1].rstrip()
    for opening, closing in ("“”", "«»", "„“"):
        if text.startswith(opening) and closing not in text:
            text = text[1:]
        if text.endswith(closing) and opening not in text:
            text = text[:-1]
    if text.count('"') % 2:
        text = text[1:] if text.startswith('"') else text[:-1] if text.endswith('"') else text
    return text.strip()


def tables_with_segments(text: SourceText) -> Iterator[tuple[Segment, str]]:
    """The tables and lists of a text, each with the line before it."""
    before = ""
    for _, segment in segments_of(text):
        if segment.kind == "prose":
            before = " ".join(" ".join(line for _, line in segment.lines).split())
        else:
            yield segment, before
            before = ""
