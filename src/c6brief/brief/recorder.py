"""Writing the record while a brief is composed: what is printed, what it rests on, and the numbers in it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from c6brief.brief.model import RowGroup
from c6brief.brief.record import (
    Form,
    MatchKind,
    NumberVerdict,
    PrintedWords,
    Record,
    TextPositionSelector,
    TextQuoteSelector,
    UsedAccount,
    UsedNumber,
    UsedPassage,
    UsedSource,
    UsedStatement,
)
from c6brief.evidence.base import Evidence
from c6brief.evidence.design import arrangement
from c6brief.evidence.models import (
    DesignedTable,
    Event,
    EventAccount,
    EvidenceEntry,
    Quote,
    Source,
    Statement,
    sources_of,
)
from c6brief.evidence.strength import strength
from c6brief.evidence.verify import Passage, Passages, passages_of
from c6brief.evidence.written_quotation import readings

CONTEXT = 32
"""Characters of prefix and suffix, as many as annotation tools commonly keep."""

_NUMBER = re.compile(r"(?<![\w.,-])[-−]?\d+(?:[.,\u00a0\u202f]\d+)*(?:\s?%|\s?‰)?(?!\w)")


@dataclass
class Recorder:
    """Collects what one brief uses; :meth:`record` gives it in an order that depends on nothing else."""

    evidence: Evidence
    passages: Passages
    printed: list[PrintedWords] = field(default_factory=list)
    _run_in: dict[Passage, str] = field(default_factory=dict)
    _entries: dict[str, None] = field(default_factory=dict)
    _numbers: list[UsedNumber] = field(default_factory=list)

    def add_entries(self, ids: Iterable[str]) -> None:
        """Add quotations, events and claims, which the brief cites or draws."""
        self._entries.update(dict.fromkeys(ids))

    def add_printed(self, form: Form, id: str, index: int, words: str) -> None:
        """Add the printed ``words`` of a quotation, or of the account at ``index`` of a claim."""
        self.add_entries((id,))
        entry = self.evidence.entry(id)
        if (id, index) in self.passages and entry is not None:
            self.printed.append(PrintedWords(passage=_passage_id(entry, index), form=form, words=words))

    def add_run_in(self, words: str, passage: Passage) -> None:
        """Add a quotation in running prose, which was found at ``passage``."""
        id = self._run_in.setdefault(passage, f"run-in/{len(self._run_in) + 1}")
        self.printed.append(PrintedWords(passage=id, form="run-in", words=words))

    def add_numbers(self, text: str, where: str, cited: Sequence[EvidenceEntry]) -> None:
        """Add the numbers of a paragraph, compared with what it cites. ``where`` is its place in words."""
        found = list(dict.fromkeys(match.group().strip() for match in _NUMBER.finditer(text)))
        if not found:
            return
        sources = tuple(dict.fromkeys(id for entry in cited for id in sources_of(entry)))
        words = [passage.words for entry in cited for passage in passages_of(entry, self.passages)]
        words += [account.date or "" for entry in cited if isinstance(entry, Event) for account in entry.accounts]
        words += [entry.issued or "" for entry in cited if isinstance(entry, Source)]
        cites = tuple(dict.fromkeys(entry.id for entry in cited))
        for number in found:
            verdict = self._verdict(number, words, sources)
            self._numbers.append(UsedNumber(text=number, where=where, sources=sources, cites=cites, verdict=verdict))

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
                    verdict = self._verdict(cell, (), sources)
                    self._numbers.append(UsedNumber(text=cell, where=where, sources=sources, cites=(), verdict=verdict))

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
        )

    def _used_passages(self, entry: EvidenceEntry) -> list[UsedPassage]:
        count = len(entry.accounts) if isinstance(entry, Statement) else 1
        found = [(index, self.passages.get((entry.id, index))) for index in range(count)]
        return [self._passage(_passage_id(entry, index), entry.id, passage) for index, passage in found if passage]

    def _passage(self, id: str, entry: str, passage: Passage) -> UsedPassage:
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
            voice=source.voice,
        )

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
        csl = source.model_dump(
            mode="json", by_alias=True, exclude={"custom"}, exclude_none=True, exclude_defaults=True
        )
        return UsedSource(
            id=id,
            label=label,
            csl={"type": source.type, **csl},
            reference=reference,
            grade=source.custom.grade or "",
            voice=source.voice,
            voice_name=self.evidence.voice_name(source.voice),
            note=source.custom.note or "",
            text_sha256=text.sha256 if text else "",
            text_characters=len(text.text) if text else 0,
        )

    def _verdict(self, number: str, words: Sequence[str], sources: Sequence[str]) -> NumberVerdict:
        if any(_holds(text, number) for text in words):
            return "in-cited-words"
        texts = [self.evidence.texts[id].text for id in sources if id in self.evidence.texts]
        return "in-source-text" if any(_holds(text, number) for text in texts) else "not-found"


def _passage_id(entry: EvidenceEntry, index: int) -> str:
    return entry.id if isinstance(entry, (Quote, Source)) else f"{entry.id}/{index + 1}"


def _match_kind(words: str) -> MatchKind:
    quotation = next(readings(words))
    if len(quotation.pieces) > 1:
        return "with-ellipsis"
    return "with-additions" if "[" in words else "verbatim"


def _holds(text: str, number: str) -> bool:
    """Whether ``number`` stands in ``text``, whatever groups the thousands in either."""
    plain = re.sub(r"(?<=\d)[,\u00a0\u202f](?=\d{3})", "", text)
    bare = re.sub(r"(?<=\d)[,\u00a0\u202f](?=\d{3})", "", number).replace("−", "-")
    return re.search(rf"(?<![\w.]){re.escape(bare)}(?!\w|[.,]\d)", plain) is not None
