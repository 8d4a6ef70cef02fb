"""Writing the record while a brief is composed: what is printed, what it rests on, and the numbers in it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from c6brief.brief.model import RowGroup
from c6brief.brief.record import (
    Form,
    MatchKind,
    NumberVerdict,
    PrintedName,
    PrintedWords,
    Record,
    TextPositionSelector,
    TextQuoteSelector,
    UsedAccount,
    UsedData,
    UsedImage,
    UsedNumber,
    UsedPassage,
    UsedSource,
    UsedStatement,
)
from c6brief.evidence.base import BRAND, Evidence
from c6brief.evidence.csl import PRINTED
from c6brief.evidence.design import arrangement
from c6brief.evidence.models import Event, EventAccount, EvidenceEntry, Image, Quote, Source, Statement, sources_of
from c6brief.evidence.named_words import NamedWords
from c6brief.evidence.numbers import Number, dates_as_numbers, is_among, language_of, numbers_in
from c6brief.evidence.source_data import cell_label, cells_of, file_name, tables_of_source
from c6brief.evidence.strength import strength
from c6brief.evidence.table_models import DesignedTable
from c6brief.evidence.verify import Passage, Passages, passages_of
from c6brief.evidence.written_quotation import readings

CONTEXT = 32
"""Characters of prefix and suffix, as many as annotation tools commonly keep."""
MOST_CELLS = 3
"""Cells named for one number: small ones stand in many."""


@dataclass
class Recorder:
    """Collects what one brief uses; :meth:`record` gives it in an order that depends on nothing else."""

    evidence: Evidence
    passages: Passages
    language: str = "en"
    """The language of the brief, in which its numbers are written."""
    printed: list[PrintedWords] = field(default_factory=list)
    _run_in: dict[Passage, str] = field(default_factory=dict)
    _entries: dict[str, None] = field(default_factory=dict)
    _numbers: list[UsedNumber] = field(default_factory=list)
    _names: dict[PrintedName, None] = field(default_factory=dict)
    _images: dict[str, UsedImage] = field(default_factory=dict)

    def add_entries(self, ids: Iterable[str]) -> None:
        """Add quotations, events and claims, which the brief cites or draws."""
        self._entries.update(dict.fromkeys(ids))

    def add_printed(self, form: Form, id: str, index: int, words: str) -> None:
        """Add the printed ``words`` of a quotation, or of the account at ``index`` of a claim."""
        self.add_entries((id,))
        entry = self.evidence.entry(id)
        if (id, index) in self.passages and entry is not None:
            self.printed.append(PrintedWords(passage=_passage_id(entry, index), form=form, words=words))

    def add_image(self, image: Image) -> None:
        """Add an image that is printed."""
        self._images[image.id] = UsedImage(
            id=image.id,
            sha256=self.evidence.image_files[image.id].sha256,
            alt=image.alt,
            credit=image.credit,
            licence=image.licence or "",
            source=image.source or "",
        )

    def add_run_in(self, words: str, passage: Passage) -> None:
        """Add a quotation in running prose, which was found at ``passage``."""
        id = self._run_in.setdefault(passage, f"run-in/{len(self._run_in) + 1}")
        self.printed.append(PrintedWords(passage=id, form="run-in", words=words))

    def add_names(self, names: Iterable[NamedWords]) -> None:
        """Add terms and titles that are printed: words that nobody said."""
        self._names.update(dict.fromkeys(PrintedName(kind=name.kind, words=name.words) for name in names))

    def add_names_of(self, ids: Iterable[str]) -> None:
        """Add the terms and titles in the fields of entries that are printed, of those that the brief rests on, of the brand."""
        quotes = (self.evidence.quotes.get(id) for id in dict.fromkeys((*ids, *self._entries)))
        speakers = [quote.speaker for quote in quotes if quote is not None]
        for id in dict.fromkeys((BRAND, *ids, *self._entries, *speakers)):
            self.add_names(self.evidence.names.get(id, ()))

    def add_numbers(self, text: str, where: str, cited: Sequence[EvidenceEntry], end: int | None = None) -> None:
        """Add the numbers of a paragraph, compared with what it cites. ``where`` is its place in words.

        Those that begin at the character ``end`` or after it are left out.
        """
        numbers = [number for number in numbers_in(text, self.language) if not number.in_words]
        numbers = [number for number in numbers if end is None or number.start < end]
        found = {text[number.start : number.end]: number for number in reversed(numbers)}
        if not found:
            return
        sources = tuple(dict.fromkeys(id for entry in cited for id in sources_of(entry)))
        words = [each for entry in cited for each in self._numbers_cited(entry)]
        cites = tuple(dict.fromkeys(entry.id for entry in cited))
        for printed, number in sorted(found.items(), key=lambda item: item[1].start):
            verdict = self._verdict(number, words, sources)
            cells = self._cells(number, sources) if verdict == "in-source-data" else ()
            self._numbers.append(
                UsedNumber(text=printed, where=where, sources=sources, cites=cites, verdict=verdict, cells=cells)
            )

    def _numbers_cited(self, entry: EvidenceEntry) -> Iterator[Number]:
        """The numbers in the passages of what is cited, and in its dates."""
        for passage in passages_of(entry, self.passages):
            yield from numbers_in(passage.words, language_of(self.evidence.sources[passage.source]))
        if isinstance(entry, Event):
            for account in entry.accounts:
                yield from dates_as_numbers(account.date or "", with_days=True)
        if isinstance(entry, Source):
            yield from dates_as_numbers(entry.issued or "", with_days=True)

    def add_table(self, table: DesignedTable, groups: Iterable[RowGroup]) -> None:
        """Add the numbers of a table, as they stand in its ``groups``.

        Each is compared with the text of the table's source. Sums that c6brief computed are left out: they stand in no
        source.
        """
        sources = (table.source,) if table.source else ()
        fields = [table.fields[column] for column in arrangement(table, table).columns]
        computed = table.total is not None and table.total.row is None
        rows = [row for group in groups for row in group.rows if not (row.total and computed)]
        for number, row in enumerate(rows, 1):
            for column, cell in zip(fields, (cell.text for cell in row.cells), strict=True):
                if column.type in ("integer", "number", "year") and any(char.isdigit() for char in cell):
                    where = f"table {table.id}, row {number}, {column.name}"
                    found = numbers_in(cell, self.language)
                    verdict = self._verdict(found[0], (), sources) if found else "not-found"
                    cells = self._cells(found[0], sources) if found and verdict == "in-source-data" else ()
                    self._numbers.append(
                        UsedNumber(text=cell, where=where, sources=sources, cites=(), verdict=verdict, cells=cells)
                    )

    def record(self, labels: Mapping[str, str], references: Mapping[str, str]) -> Record:
        """The record, its sources in the order of ``labels`` (S1, S2, … by id). ``references`` are printed, by id."""
        entries = [entry for id in sorted(self._entries) if (entry := self.evidence.entry(id)) is not None]
        used = [passage for entry in entries for passage in self._used_passages(entry)]
        used += [self._passage(id, "", passage) for passage, id in self._run_in.items()]
        named = dict.fromkeys((*labels, *sorted(passage.source for passage in used)))
        return Record(
            sources=tuple(self._source(id, labels.get(id, ""), references.get(id, "")) for id in named),
            passages=tuple(used),
            statements=tuple(self._statement(entry) for entry in entries if isinstance(entry, Statement)),
            numbers=tuple(self._numbers),
            names=tuple(self._names),
            images=tuple(self._images.values()),
        )

    def _used_passages(self, entry: EvidenceEntry) -> list[UsedPassage]:
        count = len(entry.accounts) if isinstance(entry, Statement) else 1
        found = [(index, self.passages.get((entry.id, index))) for index in range(count)]
        return [
            self._passage(_passage_id(entry, index), entry.id, passage, index) for index, passage in found if passage
        ]

    def _passage(self, id: str, entry: str, passage: Passage, index: int = 0) -> UsedPassage:
        source, match = self.evidence.sources[passage.source], passage.match
        text = self.evidence.texts[passage.source].text
        quote = self.evidence.quotes.get(entry)
        speaker = self.evidence.speaker(quote.speaker) if quote else None
        return UsedPassage(
            id=id,
            entry=entry,
            source=source.id,
            speaker=speaker.name if speaker else "",
            quoted=passage.words,
            selector=(
                TextQuoteSelector(
                    exact=text[match.start : match.end],
                    prefix=text[max(0, match.start - CONTEXT) : match.start],
                    suffix=text[match.end : match.end + CONTEXT],
                ),
                TextPositionSelector(start=match.start, end=match.end),
            ),
            paragraph=match.paragraph,
            match=_match_kind(passage.words),
            grade=source.custom.grade or "",
            voice=self._voice_of(entry, index, source.id),
        )

    def _voice_of(self, entry: str, index: int, source: str) -> str:
        """Whose word a passage is: of a quotation or of the account at ``index``; else that of its source."""
        found = self.evidence.entry(entry) if entry else None
        if isinstance(found, Quote):
            return self.evidence.voice_of_quote(found)
        if isinstance(found, Statement):
            return self.evidence.voice_of_account(found.accounts[index])
        return self.evidence.voice_of(source)

    def _statement(self, entry: Statement) -> UsedStatement:
        found = strength(entry, self.evidence)
        accounts = tuple(
            UsedAccount(
                passage=_passage_id(entry, index),
                source=account.source,
                stance=account.stance,
                date=(account.date or "") if isinstance(account, EventAccount) else "",
                basis=account.basis if isinstance(account, EventAccount) else "stated",
            )
            for index, account in enumerate(entry.accounts)
        )
        return UsedStatement(
            id=entry.id,
            kind="event" if isinstance(entry, Event) else "claim",
            words=entry.words,
            scope=entry.scope,
            accounts=accounts,
            backing=found.backing,
            voices=found.voices,
            contested=found.contested,
            qualified=found.qualified,
            conflict=found.conflict,
            undated=found.undated,
            derived=found.derived,
        )

    def _source(self, id: str, label: str, reference: str) -> UsedSource:
        source, text = self.evidence.sources[id], self.evidence.texts.get(id)
        written = source.model_dump(
            mode="json", by_alias=True, exclude={"custom"}, exclude_none=True, exclude_defaults=True
        )
        csl = {key: value for key, value in written.items() if key in PRINTED}  # nothing private leaves the house
        if source.undated:
            csl["issued"] = {"literal": source.undated}
        return UsedSource(
            id=id,
            label=label,
            csl={"type": source.type, **csl},
            reference=reference,
            grade=source.custom.grade or "",
            voice=self.evidence.voice_of(id),
            voice_name=self.evidence.voice_name(self.evidence.voice_of(id)),
            note=source.custom.note or "",
            text_sha256=text.sha256 if text else "",
            text_characters=len(text.text) if text else 0,
            data=tuple(self._data(id)),
        )

    def _verdict(self, number: Number, words: Sequence[Number], sources: Sequence[str]) -> NumberVerdict:
        if is_among(number, words):
            return "in-cited-words"
        held = (
            numbers_in(self.evidence.texts[id].text, language_of(self.evidence.sources[id]))
            for id in sources
            if id in self.evidence.texts
        )
        if any(is_among(number, each) for each in held):
            return "in-source-text"
        return "in-source-data" if any(cells_of(number, id, self.evidence) for id in sources) else "not-found"

    def _cells(self, number: Number, sources: Sequence[str]) -> tuple[str, ...]:
        """The names of the first cells of the data files of ``sources`` that hold ``number``."""
        found = [cell for id in sources for cell in cells_of(number, id, self.evidence)]
        return tuple(dict.fromkeys(cell_label(cell, self.evidence) for cell in found[:MOST_CELLS]))

    def _data(self, source: str) -> Iterator[UsedData]:
        """The data files of a source, with the cells that were read."""
        for table in tables_of_source(source, self.evidence):
            assert table.origin is not None
            first, last = table.extent
            yield UsedData(
                file=file_name(table, self.evidence),
                sha256=table.origin.sha256,
                sheet=table.origin.sheet,
                cells=f"{first.name}:{last.name.rpartition('!')[2]}"
                if first.name
                else f"lines {first.span.line}–{last.span.line}",
                table=table.id,
            )


def _passage_id(entry: EvidenceEntry, index: int) -> str:
    return entry.id if isinstance(entry, (Quote, Source)) else f"{entry.id}/{index + 1}"


def _match_kind(words: str) -> MatchKind:
    quotation = next(readings(words))
    if len(quotation.pieces) > 1:
        return "with-ellipsis"
    return "with-additions" if "[" in words else "verbatim"
