"""Every quotation of a draft, looked for in the texts of all sources: found, near, or nowhere."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from c6brief.documents.problems import Problems
from c6brief.drafts.citations import Citation
from c6brief.drafts.library import Library
from c6brief.drafts.reading import Draft, DraftParagraph
from c6brief.evidence.attribution import Attribution
from c6brief.evidence.base import Evidence
from c6brief.evidence.locators import locator_of
from c6brief.evidence.marked_words import MarkedWords
from c6brief.evidence.nearest import NearestAmong
from c6brief.evidence.quotation_marks import FEWEST_WORDS, QuotedSpan, quoted_spans

MOST_PLACES = 5
"""Places of a quotation that are listed."""

_MARKS = " “”„\"«»‹›‘’'"

MOST_OTHER_WORDS = 0.5
"""Of the words of a quotation, the part that may be others than those of a passage that is near."""

Status = Literal["found", "near", "nowhere"]


@dataclass(frozen=True)
class QuotationPlace:
    """Where words stand: the source's id, and the paragraph or line there in words."""

    source: str
    locator: str


@dataclass(frozen=True)
class DraftQuotation:
    """A quotation of a draft, and what was found of it."""

    paragraph: DraftParagraph
    words: str
    status: Status
    places: tuple[QuotationPlace, ...] = ()
    """Where it stands; of one that is near the one place that is nearest."""
    differs: str = ""
    """Of one that is near: why it does not match, or how it differs, word by word."""
    cited: tuple[str, ...] = ()
    """The ids of the sources that its paragraph, or a note called there, cites; empty where the draft does not say."""

    @property
    def is_cited_elsewhere(self) -> bool:
        """Whether it stands in no source that its paragraph cites."""
        return bool(self.places and self.cited and not {place.source for place in self.places}.intersection(self.cited))


@dataclass(frozen=True)
class QuotationReport:
    """The quotations of a draft in order, and words in marks that are too few to be somebody's."""

    quotations: tuple[DraftQuotation, ...]
    short: tuple[str, ...]

    def count(self, status: Status) -> int:
        """How many quotations have that status."""
        return sum(quotation.status == status for quotation in self.quotations)


def look_for_quotations(draft: Draft, evidence: Evidence, library: Library, language: str = "en") -> QuotationReport:
    """Look for what stands in marks, and for block quotations, in all texts of ``evidence``.

    Near is not equal: what is ``near`` does not match (:mod:`c6brief.evidence.matching`). ``language`` is that of the house.
    """
    search = _Search(evidence, library, language)
    paragraphs = list(draft.paragraphs())
    cited: dict[int, list[Citation]] = {}
    for paragraph in paragraphs:  # a note belongs to the paragraph that calls it
        cited.setdefault(paragraph.number, []).extend(paragraph.citations)
    quotations: list[DraftQuotation] = []
    short: list[str] = []
    for paragraph in paragraphs:
        sources = tuple(dict.fromkeys(id for each in cited[paragraph.number] for id in library.ids_of(each)))
        spans = search.quotations(paragraph)
        for span in spans:
            quotations.append(search.look_for(paragraph, paragraph.text[span.start : span.end], sources))
        for span in quoted_spans(paragraph.text):
            if not any(one.start <= span.start and span.end <= one.end for one in spans):
                short.append(paragraph.text[span.start : span.end])
    return QuotationReport(tuple(quotations), tuple(short))


class _Search:
    """Looks for words in all texts, and knows the answers of before."""

    def __init__(self, evidence: Evidence, library: Library, language: str) -> None:
        self.texts = evidence.texts
        self._marked = MarkedWords(Attribution(evidence, language), Problems(), language)
        self._nearest = NearestAmong(evidence.texts)
        self._known: dict[str, tuple[Status, tuple[QuotationPlace, ...], str]] = {}

    def quotations(self, paragraph: DraftParagraph) -> list[QuotedSpan]:
        """What is quoted: words in marks, as prose is read; the whole of a block quotation."""
        if paragraph.kind == "quotation" and len(paragraph.text.split()) >= FEWEST_WORDS:
            words = paragraph.text.strip(_MARKS)
            start = paragraph.text.index(words)
            return [QuotedSpan(start, start + len(words))]
        return self._marked.quotations(paragraph.text)

    def look_for(self, paragraph: DraftParagraph, words: str, cited: tuple[str, ...]) -> DraftQuotation:
        if words not in self._known:
            self._known[words] = self._find(words)
        status, places, differs = self._known[words]
        return DraftQuotation(paragraph, words, status, places, differs, cited)

    def _find(self, words: str) -> tuple[Status, tuple[QuotationPlace, ...], str]:
        places = tuple(
            QuotationPlace(id, _locator(str(locator_of(text, match))))
            for id, text in self.texts.items()
            for match in text.find(words)[:MOST_PLACES]
        )
        if places:
            return "found", places[:MOST_PLACES], ""
        for id, text in self.texts.items():
            if reason := text.explain(words):
                return "near", (QuotationPlace(id, ""),), reason
        near = self._nearest.find(words)
        if near is None or near[1].changed + near[1].inserted > len(words.split()) * MOST_OTHER_WORDS:
            return "nowhere", (), ""
        return "near", (QuotationPlace(near[0], f"para. {near[1].paragraph}"),), str(near[1])


def _locator(place: str) -> str:
    """A place in a source as a citation names it."""
    return f"p. {place.removeprefix('page ')}" if place.startswith("page ") else f"para. {place}"
