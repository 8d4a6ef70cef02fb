"""The one place that reads words in quotation marks in what an author wrote, and has them verified or refused.

Four words in marks, or more, are somebody's. In prose their source is cited beside them; in a field of an entry it is the
entry's own, in a field of a specification one that the brief uses (:mod:`c6brief.evidence.field_policies`). Whole names of
the evidence base are nobody's words, nor are a term and a title (:mod:`c6brief.evidence.named_words`).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import TypeVar

from pydantic import BaseModel

from c6brief.documents.document import NodePath
from c6brief.documents.entries import Entry
from c6brief.documents.problems import Place, Problems
from c6brief.evidence.attribution import Attribution
from c6brief.evidence.base import Evidence
from c6brief.evidence.field_policies import FieldPolicy
from c6brief.evidence.field_texts import map_texts
from c6brief.evidence.folding import QUOTATION_SHAPES
from c6brief.evidence.lexicon import lexicon
from c6brief.evidence.models import Source
from c6brief.evidence.named_as_speech import fault_of
from c6brief.evidence.named_words import HOW_TO_NAME, NamedWords, named_words, plain_line, without_markup
from c6brief.evidence.quotation_marks import QuotedSpan, quotations_in
from c6brief.evidence.sense import OwnWords
from c6brief.evidence.table_models import Table
from c6brief.evidence.verify import Passage, check_sense, locate_among

E = TypeVar("E", bound=BaseModel)
Find = Callable[[str], Place]
"""Where words of a text were written."""

_LETTERS = re.compile(r"[^\W_]+")
_PARAGRAPH = re.compile(r"\n[ \t]*\n")


@dataclass
class MarkedWords:
    """Reads words in marks with the sources of ``attribution`` and reports into ``problems``.

    ``language`` is that of what is read. Problems: ``quotation-uncited``, ``words-not-found``, ``words-found-twice``,
    ``term-too-long``, ``named-as-speech``, and those of :func:`~c6brief.evidence.verify.check_sense` and
    :meth:`Attribution.check <c6brief.evidence.attribution.Attribution.check>`.
    """

    attribution: Attribution
    problems: Problems
    language: str = "en"
    found: list[Passage] = field(default_factory=list)
    """Every passage that was found, in the order of reading."""

    @property
    def evidence(self) -> Evidence:
        """The evidence base whose sources the words must stand in."""
        return self.attribution.evidence

    # Whole texts

    def quotation(
        self,
        text: str,
        span: QuotedSpan,
        sources: Sequence[str],
        find: Find,
        *,
        cited: Sequence[Passage] | None = None,
        hint: str = "",
    ) -> Passage | None:
        """The passage that the words in marks at ``span`` of a paragraph match in one of ``sources``; ``None`` after problems.

        Where they stand more than once in a source, the place inside a passage that is ``cited`` is meant; without
        ``cited`` any will do. ``hint`` says how to name a source.
        """
        words = text[span.start : span.end]
        place = place_of(words, find)
        if not sources:
            self.problems.error("quotation-uncited", f"“{words}” has no source here", place, f"{hint}; {HOW_TO_NAME}")
            return None
        if not any(id in self.evidence.texts for id in sources):
            named = ", ".join(f"'{id}'" for id in dict.fromkeys(sources))
            message = f"these words cannot be compared: the text of {named} is not held"
            self.problems.error("words-not-found", message, place, HOW_TO_NAME)
            return None
        passages = self._anywhere(words, sources) if cited is None else []
        if not passages:
            passage = locate_among(self.evidence, sources, words, cited or (), place, self.problems)
            passages = [passage] if passage else []
        return self._said(text, span, passages, place)

    def line(self, text: str, sources: Sequence[str], find: Find, *, hint: str) -> list[tuple[str, Passage]]:
        """The words in marks in a one-line field, each with the passage that it matches. Terms and titles are checked."""
        self.check_names(named_words(text), find)
        verified: list[tuple[str, Passage]] = []
        for paragraph in _PARAGRAPH.split(without_markup(text)):
            for span in self.quotations(paragraph):
                passage = self.quotation(paragraph, span, sources, find, hint=hint)
                if passage is not None:
                    verified.append((paragraph[span.start : span.end], passage))
        return verified

    def quotations(self, paragraph: str) -> list[QuotedSpan]:
        """Where words stand in marks in a paragraph that are somebody's: not those that only name something of the base."""
        spans = [span for span in quotations_in(paragraph) if not self._is_only_named(paragraph, span)]
        if not spans or self._names_with_marks is None:
            return spans
        names = [match.span() for match in self._names_with_marks.finditer(paragraph)]
        return [span for span in spans if not any(start <= span.start and span.end <= end for start, end in names)]

    def check_names(self, names: Iterable[NamedWords], find: Find) -> None:
        """Report terms that are too long, and terms and titles beside a verb of saying."""
        for named in names:
            is_known = named.kind == "title" and self.is_name(named.words)
            words = lexicon((self.language, "en"))
            fault = fault_of(named, words, self.attribution.names_somebody, is_known=is_known)
            if fault is not None:
                place = place_of(named.words, find)
                self.problems.error(fault.rule, fault.message, place, fault.hint)

    # Fields of entries

    def settle(self, entry: E, sources: Sequence[str], names: list[NamedWords] | None = None) -> E:
        """``entry`` as it is printed: words in marks in its fields verified in ``sources``, terms and titles set in marks.

        These are added to ``names``. Prose is left as it is, and so are words that are compared with the sources of a brief,
        which its composing does (:meth:`line`). What a library says of a source whose text is not held is left too: its title
        may have marks, and nobody edits an export.
        """

        not_held = isinstance(entry, Source) and not entry.has_text

        def settle_text(text: str, path: NodePath, policy: FieldPolicy) -> str:
            if policy.check == "prose" or (not_held and path[0] != "custom"):
                return text
            if policy.check == "own-source":
                self.line(text, sources, place_finder(entry, path), hint=_hint(entry, sources))
            elif policy.check == "name":
                self._check_name(text, place_finder(entry, path))
            found = named_words(text)
            if policy.check == "brief":
                self.check_names(found, place_finder(entry, path))
            if names is not None:
                names.extend(found)
            return plain_line(text, self.is_source_title) if found else text

        return map_texts(entry, settle_text)

    def _check_name(self, text: str, find: Find) -> None:
        """Words in marks inside a name stand in some source: a name is not the place to quote."""
        self.check_names(named_words(text), find)
        for span in quotations_in(text):
            words = text[span.start : span.end]
            if not self.is_name(words) and not any(source.find(words) for source in self.evidence.texts.values()):
                hint = f"a name is written as a source writes it; {HOW_TO_NAME}"
                place = place_of(words, find)
                self.problems.error("words-not-found", f"“{words}” stands in no source", place, hint)

    # Names of the base

    def _is_only_named(self, paragraph: str, span: QuotedSpan) -> bool:
        """Whether marks hold a whole name of the base that nobody says: a title may be a sentence, and be put in a mouth."""
        words = paragraph[span.start : span.end]
        if not self.is_name(words):
            return False
        final = words[-1] if words[-1] in ",!?–—" else ""  # the comma stands inside of the marks, or behind them
        named = NamedWords(
            "title", words, paragraph[: span.start], final + paragraph[span.end :].lstrip("".join(QUOTATION_SHAPES))
        )
        return fault_of(named, lexicon((self.language, "en")), is_known=True) is None

    def is_name(self, words: str) -> bool:
        """Whether ``words`` are the whole name of an organisation, or the title, container or publisher of a source."""
        return fold_letters(words) in self._names

    def is_source_title(self, words: str) -> bool:
        """Whether ``words`` are the title of a source of the base, or its short title."""
        return fold_letters(words) in self._titles

    @cached_property
    def _titles(self) -> frozenset[str]:
        sources = self.evidence.sources.values()
        return _folded(title for source in sources for title in (source.title, source.title_short))

    @cached_property
    def _names_with_marks(self) -> re.Pattern[str] | None:
        """Finds organisations with marks inside: ``Fund “Rivers and Lakes of the South”``; ``None`` where there are none."""
        names = (body.name for body in self.evidence.organisations.values())
        marked = [_LETTERS.findall(name) for name in names if quotations_in(name)]
        ordered = sorted((words for words in marked if words), key=len, reverse=True)
        whole = "|".join(r"[\W_]+".join(map(re.escape, words)) for words in ordered)
        return re.compile(rf"(?<!\w)(?:{whole})(?!\w)") if whole else None

    @cached_property
    def _names(self) -> frozenset[str]:
        sources, bodies = self.evidence.sources.values(), self.evidence.organisations.values()
        others = [
            name for source in sources for name in (source.container_title, source.publisher, *_extra_titles(source))
        ]
        return self._titles | _folded(others) | _folded(name for body in bodies for name in (body.name, body.acronym))

    # Passages

    def _anywhere(self, words: str, sources: Sequence[str]) -> list[Passage]:
        texts = ((id, self.evidence.texts[id]) for id in dict.fromkeys(sources) if id in self.evidence.texts)
        return [Passage(id, words, match) for id, text in texts for match in text.find(words)]

    def _said(self, text: str, span: QuotedSpan, passages: Sequence[Passage], place: Place) -> Passage | None:
        """The first of ``passages`` that its source gives to whom ``text`` gives the words; ``None`` after a problem."""
        if not passages:
            return None
        who = self.attribution.speaker_in_prose(text, span, self.language)
        own = OwnWords(text[: span.start], text[span.end :], lexicon((self.language, "en")))
        for at, passage in enumerate(passages):
            problems = self.problems if at == len(passages) - 1 else Problems(severities=self.problems.severities)
            check_sense(passage, self.attribution, place, problems, own)
            is_theirs = who is None or self.attribution.check(passage.source, passage.match, who, problems, place)
            if is_theirs and (problems is self.problems or not list(problems)):
                self.found.append(passage)
                return passage
        return None


def _hint(entry: BaseModel, sources: Sequence[str]) -> str:
    """How a source is named in a field of ``entry``."""
    if sources:
        return ""
    if "source" in type(entry).model_fields:
        return "name the source of this entry (source: ID)"
    return "this entry has no source of its own: leave the marks out"


def place_of(words: str, find: Find) -> Place:
    """The place of ``words`` where they stand whole, over the ends of lines too; else of as many of the first ones as do."""
    parts = words.split()
    for count in dict.fromkeys((len(parts), max(1, len(parts) // 2), 4, 3, 2)):
        first = " ".join(parts[:count])
        place = find(first)
        end = place.span.end_column - 1 if place.span.end_line == place.span.line else len(place.line_text)
        shown = fold_letters(place.line_text[place.span.column - 1 : end])
        if shown and fold_letters(first).startswith(shown):
            break
    return place


def place_finder(entry: BaseModel, path: NodePath) -> Find:
    """Where words in the text at ``path`` of ``entry`` stand."""
    if isinstance(entry, Table) and len(path) == 3 and path[0] == "rows" and entry.fields:
        row, column = path[1], path[2]
        if isinstance(row, int) and isinstance(column, int):
            return lambda words: entry.cell_place(row, column)
    if isinstance(entry, Entry):
        return lambda words: entry.find(words, *path)
    return lambda words: Place("<memory>")


def fold_letters(words: str) -> str:
    """The letters and digits of ``words`` in small letters: what two ways to write a name have in common."""
    return "".join(_LETTERS.findall(words)).casefold()


def _folded(names: Iterable[str | None]) -> frozenset[str]:
    return frozenset(folded for name in names if name and (folded := fold_letters(name)))


def _extra_titles(source: Source) -> list[str]:
    """Titles among the variables of CSL that have no field of their own."""
    extra = source.model_extra or {}
    return [
        value for key, value in extra.items() if isinstance(value, str) and ("title" in key.lower() or key == "event")
    ]
