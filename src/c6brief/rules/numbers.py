"""Rules on numbers: what is printed stands in what is cited for it."""

from __future__ import annotations

from collections.abc import Iterator

from c6brief.evidence.models import Event, Quote, Source, sources_of
from c6brief.evidence.quotation_marks import quotations_in
from c6brief.rules.review.brief import Citation, Paragraph, ProseUnderReview, SectionProse
from c6brief.rules.review.numbers import Number, dates_as_numbers, is_among, numbers_in
from c6brief.rules.review.rule import Finding, rule
from c6brief.rules.review.sentences import lies_within
from c6brief.rules.review.vocabulary import Vocabulary, any_of

SMALL = 20
"""Numbers in words up to here count things ("three texts", "the two documents") rather than report a figure."""

LONGEST_PART = 20
"""Characters before a number that are looked at for "Table" and the like."""


@rule("untraced-number", chapter="evidence")
def untraced_number(prose: ProseUnderReview) -> Iterator[Finding]:
    """a figure, percentage, year or amount in prose stands in no passage that its paragraph cites

    A number without its passage is the commonest mistake in a brief, and the one that is quoted on. Numbers are
    compared as values: 1,140 is 1140, ninety-four is 94, and 25% stands in “25 per cent” but not in 25. A number counts
    as backed if it stands in a passage that is cited in its paragraph (of a source cited as such, in its text), among
    the dates of the events cited there, stated or derived, in the date of a source cited there, or in a table that the
    section prints. Left alone are numbers in words up to twenty (“three texts”), numbers in quotations, which are
    checked word for word anyway, “Figure 2”, and names such as C6.
    """
    for paragraph in prose.key_messages:
        yield from _untraced(paragraph, None, prose)
    for section in prose.sections:
        for paragraph in section.paragraphs:
            if paragraph.role == "prose":
                yield from _untraced(paragraph, section, prose)


def _untraced(paragraph: Paragraph, section: SectionProse | None, prose: ProseUnderReview) -> Iterator[Finding]:
    figures = [] if paragraph.cites_unknown else list(_figures(paragraph.text, prose.vocabulary))
    if not figures:
        return
    backed = [number for citation in paragraph.citations for number in _of_citation(citation, prose)]
    backed += [number for id in (section.ids("table") if section else ()) for number in _of_table(id, prose)]
    why = "nothing that this paragraph cites holds it" if paragraph.citations else "this paragraph cites nothing"
    for number in figures:
        if not is_among(number, backed):
            shown = paragraph.text[number.start : number.end]
            place = paragraph.place(number.start, number.end)
            yield Finding(f"'{shown}': {why}", place, "cite the passage that it comes from")


def _figures(text: str, vocabulary: Vocabulary | None) -> Iterator[Number]:
    """The numbers that want a source: no small ones in words, no ``Table 2``, nothing quoted."""
    parts = any_of(vocabulary.counted_parts if vocabulary else ())
    quotations = [(span.start, span.end) for span in quotations_in(text)]  # compared with their sources already
    for number in numbers_in(text, vocabulary):
        if number.in_words and number.value <= SMALL and not number.percent:
            continue
        before = text[max(0, number.start - LONGEST_PART) : number.start].rstrip()
        counts_a_part = any(part.end() == len(before) for part in parts.finditer(before))
        if not counts_a_part and not lies_within(number.start, quotations):
            yield number


def _of_citation(citation: Citation, prose: ProseUnderReview) -> Iterator[Number]:
    """The numbers in the passages of what is cited, and its dates."""
    entry, evidence = citation.entry, prose.evidence
    if entry is None:
        return
    for id in sources_of(entry):
        yield from dates_as_numbers(evidence.sources[id].issued or "" if id in evidence.sources else "")
    if isinstance(entry, Source):
        held = evidence.texts.get(entry.id)
        yield from numbers_in(held.text if held else "", prose.vocabulary)
        return
    words = [entry.text] if isinstance(entry, Quote) else [account.exact for account in entry.accounts]
    for index, exact in enumerate(words):
        passage = prose.passages.get((entry.id, index))
        text = evidence.texts[passage.source].text[passage.match.start : passage.match.end] if passage else exact
        yield from numbers_in(text, prose.vocabulary)
    if isinstance(entry, Event):
        for account in entry.accounts:
            yield from dates_as_numbers(account.date or "")


def _of_table(id: str, prose: ProseUnderReview) -> Iterator[Number]:
    """The numbers in a table that the section prints: its source line backs what the text says of it."""
    table = prose.evidence.tables.get(id)
    if table is not None:
        cells = [str(cell) for row in table.rows or () for cell in row if cell is not None]
        for text in (table.title, table.subtitle or "", *cells):
            yield from numbers_in(text, prose.vocabulary)
