"""A text in segments: tables, lists and prose; and prose in sentences. Places are characters of the whole text."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from c6brief.evidence.matching import SourceText
from c6brief.ingest.dated import month_names

WIDEST_WRAPPED = 120
"""Characters of a line up to which a paragraph may be wrapped by hand. One with longer lines has a line for each paragraph."""

_ITEM = re.compile(r"[ \t]*(?:[-*+•‣▪–—]|\(?(?:\d{1,2}|[a-z])[.)])[ \t]+(?=\S)")
_ROW = re.compile(r"[ \t]*\|.*\|[ \t]*$")
_END = re.compile(r"(?<![.!?…])[.!?…]+[\"'”’»)\]]*(?=\s+[\"'“‘«(\[]?[^\Wa-z_]|\s*\Z)")
_ABBREVIATION = re.compile(
    r"(?:\b(?:mr|mrs|ms|dr|prof|st|gen|sen|gov|lt|col|rep|hon|rev|no|art|vol|fig|approx|ca|vs|inc|ltd|jan|feb|mar|apr|jun|jul"
    r"|aug|sept?|oct|nov|dec|bzw|usw|nr|гг?|им|ул|тыс|млн|млрд)|\b[^\W\d_]|\d)$",
    re.I,
)


@dataclass(frozen=True)
class Segment:
    """A stretch of one kind, with its lines: each where it begins, and its words."""

    kind: Literal["table", "list", "prose"]
    lines: tuple[tuple[int, str], ...]


@dataclass(frozen=True)
class Sentence:
    """A sentence, or a line that is none (a heading, an item of a list); ``is_whole``: it ends as sentences do."""

    start: int
    end: int
    text: str
    is_whole: bool
    is_item: bool = False
    paragraph: int = 1


def segments_of(text: SourceText) -> Iterator[tuple[int, Segment]]:
    """The segments of every paragraph, each with the paragraph's number."""
    for paragraph in text.paragraphs:
        lines: list[tuple[int, str]] = []
        at = paragraph.start
        for line in paragraph.text.split("\n"):
            if line.strip():
                lines.append((at, line))
            at += len(line) + 1
        is_wrapped = all(len(line) <= WIDEST_WRAPPED for _, line in lines)
        group: list[tuple[int, str]] = []
        kind: Literal["table", "list", "prose"] = "prose"
        for start, line in lines:
            new: Literal["table", "list", "prose"] = (
                "table" if _ROW.match(line) else "list" if _ITEM.match(line) else "prose"
            )
            goes_on = kind == "list" and new == "prose" and line.startswith("  ") and is_wrapped
            if group and ((new != kind and not goes_on) or (new == "prose" and kind == "prose" and not is_wrapped)):
                yield paragraph.number, Segment(kind, tuple(group))
                group = []
            kind = kind if goes_on else new
            group.append((start, line))
        if group:
            yield paragraph.number, Segment(kind, tuple(group))


def sentences_of(text: SourceText) -> Iterator[Sentence]:
    """The sentences of prose, and the items of lists."""
    for number, segment in segments_of(text):
        if segment.kind == "prose":
            start = segment.lines[0][0]
            end = segment.lines[-1][0] + len(segment.lines[-1][1])
            yield from _sentences(text.text, start, end, number)
        elif segment.kind == "list":
            for start, line in segment.lines:
                sign = _ITEM.match(line)
                begin = start + (sign.end() if sign else 0)
                for each in _sentences(text.text, begin, start + len(line), number):
                    yield Sentence(each.start, each.end, each.text, each.is_whole, True, number)


def items_of(segment: Segment) -> list[str]:
    """The items of a list, without their signs."""
    items: list[str] = []
    for _, line in segment.lines:
        sign = _ITEM.match(line)
        if sign:
            items.append(" ".join(line[sign.end() :].split()))
        elif items:
            items[-1] += " " + " ".join(line.split())
    return items


def _sentences(text: str, start: int, end: int, paragraph: int) -> Iterator[Sentence]:
    begin = start
    for found in _END.finditer(text, start, end):
        if found.group()[0] == "." and _is_abbreviation(text, found.start(), found.end(), begin):
            continue
        yield _sentence(text, begin, found.end(), True, paragraph)
        begin = found.end()
    if text[begin:end].strip():
        yield _sentence(text, begin, end, False, paragraph)


def _is_abbreviation(text: str, at: int, end: int, begin: int) -> bool:
    """Whether the full stop at ``at`` ends an abbreviation, an initial or a number such as ``3.`` and no sentence."""
    found = _ABBREVIATION.search(text[max(begin, at - 12) : at])
    if found is None:
        return False
    word = found.group()
    after = text[end : end + 16].lstrip()
    if word.isdigit():  # … in 2019. The next …
        return at - begin <= 3 or re.match(month_names(), after, re.I) is not None
    if len(word) == 1:
        return word.isupper() and after[:2].strip() != ""
    return True


def _sentence(text: str, start: int, end: int, is_whole: bool, paragraph: int) -> Sentence:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return Sentence(start, end, " ".join(text[start:end].split()), is_whole, False, paragraph)
