"""What a brief says: every text of it that a template may print, with its notes and marks in their places.

Texts are compared as a reader sees them. White space is one space, and what has no width is left out.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, fields, is_dataclass, replace
from functools import lru_cache

from c6brief.brief.model import (
    BigNumber,
    Brief,
    BriefSection,
    ClaimBox,
    FigureBlock,
    Html,
    ImageBlock,
    ListedSource,
    Mark,
    OptionConsidered,
    PrintedAccount,
    PullQuote,
    Recommendation,
    TableBlock,
)
from c6brief.brief.notes import SIGNS as MARKS

SIGNS = "".join(sign for sign in MARKS.values() if sign not in "-–—")
"""The signs of all marks; dashes, which stand for much else, are words."""

_APART = frozenset(
    {
        "id",
        "kind",
        "anchor",
        "letter",
        "svg",
        "places",
        "tint",
        "ink",
        "pad",
        "bar_left",
        "bar_width",
        "zero",
        "src",
        "focus",
        "box",
        "size",
    }
)
"""Fields that are no words for a reader, or the tool's own words. Drawings are compared as drawings."""

_INVISIBLE = re.compile("[\u00ad\u200b-\u200f\u2060\ufeff]")
_SIGNS_ALONE = re.compile(rf"[{SIGNS}\s]+")
_TAG = re.compile(
    r"<(?P<end>/?)(?P<name>[a-zA-Z][\w:-]*)(?P<attributes>(?:[^<>\"']|\"[^\"]*\"|'[^']*')*)>|<!--.*?-->", re.S
)
_STRUCK = re.compile(r"<s>((?:(?!<s>).)*?)</s>", re.S)
_MARK_WORDS = re.compile(r"<span class=\"note-mark\b[^<>]*>[^<]*</span>")
"""The words of the mark with which a note begins; a template may leave them out."""

_CLASSES = re.compile(r"\bclass=[\"']([^\"']*)")
_INLINE = frozenset([
    "a", "abbr", "b", "bdi", "bdo", "cite", "code", "del", "dfn", "em", "i", "ins", "kbd", "mark", "q", "s", "samp",
    "small", "span", "strong", "sub", "sup", "time", "u", "var", "wbr",
])  # fmt: skip


@dataclass
class Wording:
    """The words of a paragraph, and what stands between them: signs, and the texts of notes."""

    words: str = ""
    signs: list[tuple[int, str]] = field(default_factory=list)
    """Each sign, after the number of characters (without spaces) that stand before it."""
    notes: list[tuple[int, str]] = field(default_factory=list)
    """The words of each note, likewise."""
    length: int = 0
    """The characters so far, without spaces."""
    inline: Wording | None = None
    """The same with the words of its notes in it, as a template prints them that has no foot of the page."""
    _raw: list[str] = field(default_factory=list)

    def add(self, text: str) -> None:
        """Add a stretch of text; one of signs alone is marks."""
        if self.inline is not None:
            self.inline.add(text)
        if text.strip() and _SIGNS_ALONE.fullmatch(text):
            self.signs += [(self.length, sign) for sign in text if sign in SIGNS]
            self._raw.append(" " if text[-1].isspace() else "")
        else:
            self._raw.append(text)
            self.length += count_characters(text)

    def add_note(self, words: str) -> None:
        """Add a note here."""
        if self.inline is None:
            self.inline = Wording(signs=list(self.signs), length=self.length, _raw=list(self._raw))
        self.inline.add(words)
        self.notes.append((self.length, words))

    def take_back(self) -> None:
        """Take the last character back, which is no space."""
        for at in reversed(range(len(self._raw))):
            if kept := self._raw[at].rstrip():
                self._raw[at] = kept[:-1]
                self.length -= 1
                return

    def finish(self) -> Wording:
        """The paragraph, all of it added."""
        self.words = fold("".join(self._raw))
        if self.inline is not None:
            self.inline.finish()
        return self


@dataclass(frozen=True)
class BriefText:
    """A text of a brief, and what it is called in a message: ``key message 2``."""

    wording: Wording
    what: str
    is_verbatim: bool = False
    """Whether it is a source's own words, to be printed in marks of quotation."""

    @property
    def words(self) -> str:
        """Its words, without notes and marks."""
        return self.wording.words


@dataclass(frozen=True)
class BriefTexts:
    """All that a brief says."""

    texts: tuple[BriefText, ...]
    others: frozenset[str]
    """The tool's own words in the brief's language, and the values of the template's options."""
    speakers: tuple[str, ...]
    claims: tuple[ClaimBox, ...]
    marks: tuple[Mark, ...]
    """The marks of its key and of its claims."""
    tables: tuple[TableBlock, ...]
    figures: tuple[FigureBlock, ...]
    struck: tuple[str, ...] = ()
    """What its author has struck out (``~~words~~``)."""


def fold(text: str) -> str:
    """``text`` as a reader sees it."""
    return " ".join(_INVISIBLE.sub("", text).split())


def count_characters(text: str) -> int:
    """The characters of ``text`` that a reader sees, spaces left out."""
    return len(fold(text).replace(" ", ""))


def gather_texts(brief: Brief) -> BriefTexts:
    """All texts of ``brief`` that a template may print."""
    blocks = [block for section in brief.parts() for block in section.blocks]
    claims = tuple(block for block in blocks if isinstance(block, ClaimBox))
    return BriefTexts(
        texts=tuple(text for text in _walk(brief, "the brief") if text.words),
        others=frozenset(fold(str(value)) for value in (*brief.words.values(), *brief.options.values())),
        speakers=tuple(dict.fromkeys(fold(each.speaker) for each in blocks if isinstance(each, PullQuote))),
        claims=claims,
        marks=tuple(dict.fromkeys([*brief.marks, *(claim.mark for claim in claims)])),
        tables=tuple(block for block in blocks if isinstance(block, TableBlock)),
        figures=tuple(block for block in blocks if isinstance(block, FigureBlock)),
        struck=tuple(fold(html.unescape(_TAG.sub("", words))) for words in _list_struck(brief)),
    )


def _list_struck(value: object) -> Iterator[str]:
    if isinstance(value, Html):
        yield from _STRUCK.findall(value)
    elif isinstance(value, tuple):
        for each in value:
            yield from _list_struck(each)
    elif is_dataclass(value):
        for each in fields(value):
            yield from _list_struck(getattr(value, each.name))


def _walk(value: object, what: str) -> Iterator[BriefText]:
    if isinstance(value, Html):
        for wording, name in list_wordings(str(value)):
            yield BriefText(wording, name or what)
    elif isinstance(value, str):
        wording = Wording()
        wording.add(value)
        yield BriefText(wording.finish(), what)
    elif isinstance(value, tuple):
        for each in value:
            yield from _walk(each, _name(each) or what)
    elif isinstance(value, (PullQuote, PrintedAccount)):
        own = value.text if isinstance(value, PullQuote) else value.words
        yield from (replace(text, is_verbatim=True) for text in _walk(own, what))
        for each in fields(value):
            if each.name not in ("id", "kind", "text", "words"):
                yield from _walk(getattr(value, each.name), what)
    elif isinstance(value, Recommendation):
        name = _name(value)
        yield from _walk(value.action + value.evidence, name)  # the note stands after the last word of the action
        for term in (value.addressee, value.by, value.owner):
            yield from _walk(term, name)
    elif is_dataclass(value):
        for each in fields(value):
            if each.name in _APART or isinstance(getattr(value, each.name), Mapping):
                continue
            found = getattr(value, each.name)
            if each.name == "key_messages":
                for number, message in enumerate(found, 1):
                    yield from _walk(message, f"key message {number}")
            else:
                yield from _walk(found, f"the {each.name}" if isinstance(value, Brief) else what)


def _name(value: object) -> str:
    """What a part of a brief is called; empty for parts of parts."""
    match value:
        case PullQuote():
            return f"the quotation '{value.id}'"
        case ClaimBox():
            return f"the claim '{value.id}'"
        case FigureBlock():
            return f"figure {value.number}"
        case ImageBlock():
            return f"the image '{value.id}'"
        case TableBlock():
            return f"table {value.number}"
        case Recommendation():
            return f"recommendation {value.number}"
        case BigNumber():
            return f"big number {value.number}"
        case OptionConsidered():
            return f"option {value.number}"
        case ListedSource():
            return f"the source '{value.id}'"
        case BriefSection():
            return f"the section '{value.title}'"
    return ""


@lru_cache(maxsize=2_000)
def list_wordings(text: str) -> list[tuple[Wording, str]]:
    """All ways in which the paragraphs and notes of HTML may be printed: notes at the foot of the page or in the text,
    with the words of their marks or without them. Each has the name of a note, or an empty one.
    """
    found = _with_inline(split_html(text))
    known = {wording.words for wording, _ in found}
    without = _MARK_WORDS.sub("", text)
    return [*found, *(each for each in _with_inline(split_html(without)) if each[0].words not in known)]


def _with_inline(wordings: list[tuple[Wording, str]]) -> list[tuple[Wording, str]]:
    return wordings + [(wording.inline, name) for wording, name in wordings if wording.inline is not None]


@lru_cache(maxsize=2_000)
def split_html(text: str) -> list[tuple[Wording, str]]:
    """The paragraphs and notes of HTML that c6brief made, each with the name of a note (``note 3``) or an empty one."""
    found: list[tuple[Wording, str]] = []
    open_: list[tuple[Wording, str, int]] = [
        (Wording(), "", 0)
    ]  # the paragraph, and the notes within; spans open there
    at = 0
    for tag in [*_TAG.finditer(text), None]:
        said = text[at : tag.start() if tag else len(text)]
        at = tag.end() if tag else len(text)
        if said:
            open_[-1][0].add(html.unescape(said))
        if tag is None or not tag["name"]:
            continue
        wording, name, depth = open_[-1]
        if tag["name"].lower() not in _INLINE:
            found.append((wording.finish(), name))
            open_[-1] = (Wording(), name, depth)
        elif tag["name"] == "span":
            classes = _CLASSES.search(tag["attributes"])
            if not tag["end"] and classes and "note" in classes[1].split():
                number = re.search(r"\bid=[\"']note-(\d+)", tag["attributes"])
                open_.append((Wording(), f"note {number[1]}" if number else "a note", 1))
            elif len(open_) > 1:
                depth += -1 if tag["end"] else 1
                open_[-1] = (wording, name, depth)
                if depth == 0:
                    open_.pop()
                    found.append((wording.finish(), name))
                    open_[-1][0].add_note(wording.words)
    found += [(wording.finish(), name) for wording, name, _ in open_]
    return [(wording, name) for wording, name in found if wording.words]
