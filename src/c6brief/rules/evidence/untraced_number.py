"""A number stands in the prose and in nothing that is cited for it."""

from __future__ import annotations

from collections.abc import Iterator

from c6brief.evidence.models import Event, Quote, Source, Table, sources_of
from c6brief.evidence.quotations import quotations_in
from c6brief.rules.language import Words, any_of
from c6brief.rules.numbers import Number, contained, dates_as_numbers, numbers_in
from c6brief.rules.rule import Finding, Rule, register
from c6brief.rules.sentences import within
from c6brief.rules.subject import Citation, Paragraph, Part, Subject

SMALL = 20
"""Numbers in words up to here count things ("three texts", "the two documents") rather than report a figure."""

LONGEST_PART = 20
"""Characters before a number that are looked at for "Table" and the like."""


def _check(subject: Subject) -> Iterator[Finding]:
    for paragraph in subject.key_messages:
        yield from _untraced(paragraph, None, subject)
    for part in subject.parts:
        for paragraph in part.paragraphs:
            if paragraph.role == "prose":
                yield from _untraced(paragraph, part, subject)


def _untraced(paragraph: Paragraph, part: Part | None, subject: Subject) -> Iterator[Finding]:
    figures = [] if paragraph.lost else list(_figures(paragraph.text, subject.words))
    if not figures:
        return
    backed = [number for citation in paragraph.citations for number in _of_citation(citation, subject)]
    backed += [number for id in (part.ids("table") if part else ()) for number in _of_table(id, subject)]
    why = "nothing that this paragraph cites holds it" if paragraph.citations else "this paragraph cites nothing"
    for number in figures:
        if not contained(number, backed):
            shown = paragraph.text[number.start : number.end]
            place = paragraph.place(number.start, number.end)
            yield Finding(f"'{shown}': {why}", place, "cite the passage that it comes from")


def _figures(text: str, words: Words | None) -> Iterator[Number]:
    """The numbers that want a source: no small ones in words, no ``Table 2``, nothing quoted."""
    parts = any_of(words.counted_parts if words else ())
    starts = [(text.find(quotation), len(quotation)) for quotation in quotations_in(text)]
    quotations = [(start, start + length) for start, length in starts]  # held against their sources already
    for number in numbers_in(text, words):
        if number.in_words and number.value <= SMALL and not number.percent:
            continue
        before = text[max(0, number.start - LONGEST_PART) : number.start].rstrip()
        counts_a_part = any(part.end() == len(before) for part in parts.finditer(before))
        if not counts_a_part and not within(number.start, quotations):
            yield number


def _of_citation(citation: Citation, subject: Subject) -> Iterator[Number]:
    """The numbers in the passages of what is cited, and its dates."""
    entry, evidence = citation.entry, subject.evidence
    if entry is None:
        return
    for id in sources_of(entry):
        issued = evidence.sources[id].issued if id in evidence.sources else None
        yield from dates_as_numbers(issued or "")
    if isinstance(entry, Source):
        text = evidence.texts.get(entry.id)
        yield from numbers_in(text.text if text else "", subject.words)
        return
    words = [entry.text] if isinstance(entry, Quote) else [account.exact for account in entry.accounts]
    for index, exact in enumerate(words):
        passage = subject.passages.get((entry.id, index))
        text = evidence.texts[passage.source].text[passage.match.start : passage.match.end] if passage else exact
        yield from numbers_in(text, subject.words)
    if isinstance(entry, Event):
        for account in entry.accounts:
            yield from dates_as_numbers(account.date or "")


def _of_table(id: str, subject: Subject) -> Iterator[Number]:
    """The numbers in a table that the section prints: its source line backs what the text says of it."""
    table = subject.evidence.tables.get(id)
    if isinstance(table, Table):
        cells = [str(cell) for row in table.rows or () for cell in row if cell is not None]
        for text in (table.title, table.subtitle or "", *cells):
            yield from numbers_in(text, subject.words)


register(
    Rule(
        name="untraced-number",
        severity="warning",
        about="prose",
        line="a figure, percentage, year or amount in prose stands in no passage that its paragraph cites",
        why=(
            "A number without its passage is the commonest mistake in a brief, and the one that is quoted on. "
            "Numbers are compared as values: 1,140 is 1140, ninety-four is 94, and 25% stands in “25 per cent” "
            "but not in 25. A number counts as backed if it stands in a passage that is cited in its paragraph "
            "(of a source cited as such, in its text), among the dates of the events cited there, stated or "
            "derived, in the date of a source cited there, or in a table that the section prints. Left alone are "
            "numbers in words up to twenty (“three texts”), numbers in quotations, which are checked word for "
            "word anyway, “Figure 2”, and names such as C6."
        ),
        check=_check,
    )
)
