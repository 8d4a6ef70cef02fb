"""The blocks between paragraphs: pull quotes, claim boxes, figures and tables, numbered in the order of reading."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace

from markupsafe import Markup

from c6brief.brief.context import ComposeContext
from c6brief.brief.model import ClaimBox, FigureBlock, ImageBlock, PrintedAccount, PullQuote, TableBlock
from c6brief.brief.pictures import make_picture
from c6brief.brief.prose import smarten
from c6brief.brief.tables import note_with_origin, printed_table
from c6brief.evidence.models import Claim, Image, Person, Quote
from c6brief.evidence.table_models import Chart, DesignedTable, TableField

_IMAGE = re.compile(r"(?P<id>[^\s{]+)(?:\s*\{\s*size\s*=\s*[\"']?(?P<size>[\w-]*)[\"']?\s*\})?")


def read_image_argument(argument: str) -> tuple[str, str]:
    """The id and the size that ``::: image ID {size=wide}`` names; the size is ``column`` where none is, empty if unreadable.

    The size is an attribute as Pandoc writes those of fenced divs (https://pandoc.org/MANUAL.html#divs-and-spans).
    """
    match = _IMAGE.fullmatch(argument.strip())
    return (match["id"], match["size"] if "=" in argument else "column") if match else (argument.split()[0], "")


class Blocks:
    """Makes the blocks of one brief from entries of the evidence base."""

    def __init__(self, context: ComposeContext) -> None:
        self.context = context
        self.counts = {"chart": 0, "table": 0}

    def quote(self, quote: Quote) -> PullQuote:
        """A quotation that is set large."""
        evidence, notes = self.context.evidence, self.context.notes
        speaker = evidence.people.get(quote.speaker) or evidence.organisations[quote.speaker]
        role, employer = (speaker.role or "", speaker.organisation or "") if isinstance(speaker, Person) else ("", "")
        body = evidence.organisations.get(employer)
        employer = (body.acronym or body.name) if body else employer
        where = notes.short_name(quote.source, notes.places_of(quote.id))
        if not notes.is_verified(quote):
            where = f"{notes.mark('unverified').word}: {where}"
        words = smarten(quote.text)
        self.context.recorder.add_printed("pull-quote", quote.id, 0, words)
        notes.index.add_speaker(quote.speaker, f"quote-{quote.id}")
        notes.index.add_source(quote.source, f"quote-{quote.id}")
        return PullQuote(quote.id, words, speaker.name, ", ".join(filter(None, (role, employer))), where)

    def claim(self, claim: Claim) -> ClaimBox:
        """A claim with all its accounts."""
        notes = self.context.notes
        strength = notes.strength(claim)
        accounts: list[PrintedAccount] = []
        for index, account in enumerate(claim.accounts):
            where = notes.short_name(account.source, notes.places_of(claim.id, index))
            words = smarten(account.exact)
            accounts.append(PrintedAccount(where, self.context.wording(f"stance_{account.stance}"), words))
            self.context.recorder.add_printed("claim", claim.id, index, words)
            notes.index.add_source(account.source, f"claim-{claim.id}")
        scope = self.context.evidence.scopes[claim.scope].name
        marks = notes.marks_of(strength)
        mark = marks[0] if notes.is_verified(claim) else notes.mark("unverified")
        return ClaimBox(claim.id, smarten(claim.statement), mark, scope, tuple(accounts))

    def chart(self, chart: Chart) -> FigureBlock | TableBlock | None:
        """The next figure, still without its drawing; the next table, where the chart is one.

        ``None`` for a chart with problems, which are reported already.
        """
        spec = self.context.figure_specs.get(chart.id)
        if spec is None:
            return None
        for source in spec.sources:
            self.context.notes.use_source(source)
            self.context.notes.index.add_source(source, f"figure-{chart.id}")
        self.context.recorder.add_entries(spec.entries)
        if spec.table is not None:
            width = "column" if chart.width == "margin" else chart.width or ""
            return replace(self.table(spec.table), width=width, chart=True)
        self.counts["chart"] += 1
        return FigureBlock(
            id=chart.id,
            number=self.counts["chart"],
            chart=chart.kind,
            title=smarten(chart.title),
            subtitle=smarten(chart.subtitle),
            alt=smarten(chart.alt),
            note=note_with_origin(chart.note, chart.derived, self._fields_of(chart), self.context.wording),
            source_line="",
            width=spec.width,
            svg=Markup(""),
            annotations=tuple(" ".join(words.split()) for _, words in spec.annotations),
        )

    def image(self, image: Image, size: str) -> ImageBlock:
        """An image, still without its source line."""
        return ImageBlock(image.id, size, make_picture(self.context, image, size), source_line="")

    def _fields_of(self, chart: Chart) -> tuple[TableField, ...]:
        """The fields of the table, or of the rows of its own, that a chart draws."""
        table = self.context.evidence.table_drawn_by(chart)
        return table.fields if table else ()

    def table(self, table: DesignedTable) -> TableBlock:
        """The next table."""
        source = self.context.evidence.sources.get(table.source or "")
        if source:
            self.context.notes.use_source(source.id)
            self.context.notes.index.add_source(source.id, f"table-{table.id}")
        self.counts["table"] += 1
        printed = printed_table(table, self.counts["table"], source, "", self.context.wording)
        self.context.recorder.add_table(table, printed.groups)
        return printed

    def source_line(self, ids: Sequence[str], labels: Mapping[str, str], *, draws_statements: bool = False) -> str:
        """The line that names the sources of a figure or table by their labels, and which of them share a voice.

        ``ids`` are those of the sources, ``labels`` S1, S2, … by id. The line of a figure that draws statements
        begins with a mark where all are one voice, or none states one. That of data is a reference and has none.
        """
        if not ids:
            return ""
        sources = [self.context.evidence.sources[id] for id in ids]
        names = ", ".join(f"{labels[source.id]} {source.short}" for source in sources)
        line = self.context.wording("source_line_one" if len(ids) == 1 else "source_line_other", sources=names)
        by_voice: dict[str, list[str]] = {}
        for source in sources:
            by_voice.setdefault(self.context.evidence.voice_of(source.id), []).append(labels[source.id])
        if draws_statements and len(by_voice) == 1:
            mark = self.context.notes.mark("voice-not-stated" if "" in by_voice else "one-voice")
            line = f"{mark.sign} {mark.word.capitalize()}. {line}"
        for voice, shared in by_voice.items():
            if voice and len(shared) > 1:
                name = self.context.evidence.voice_name(voice)
                line += " " + self.context.wording(
                    "sources_one_voice", sources=self.context.wording.join_list(shared), voice=name
                )
        return line
