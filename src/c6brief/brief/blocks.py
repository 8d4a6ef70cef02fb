"""The blocks between paragraphs: pull quotes, claim boxes, figures and tables, numbered in the order of reading."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace

from markupsafe import Markup

from c6brief.brief import prose
from c6brief.brief.context import ComposeContext
from c6brief.brief.markdown_tables import TextTable
from c6brief.brief.model import ClaimBox, FigureBlock, ImageBlock, PrintedAccount, PullQuote, TableBlock
from c6brief.brief.pictures import make_picture
from c6brief.brief.prose import curl_quotes, smarten
from c6brief.brief.spacing import NBSP
from c6brief.brief.tables import note_with_origin, printed_table, printed_text_table
from c6brief.brief.text import TextWriter
from c6brief.documents.document import NodePath
from c6brief.documents.entries import Entry
from c6brief.evidence.models import Claim, EventAccount, Image, Person, Quote, Statement
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
        self.counts = {"chart": 0, "table": 0, "text table": 1}

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
        return self.statement(claim, f"claim-{claim.id}")

    def statement(self, entry: Statement, anchor: str) -> ClaimBox:
        """A claim or an event with all its accounts, to be printed at ``anchor``. Those of an event have their dates."""
        notes = self.context.notes
        strength = notes.strength(entry)
        accounts: list[PrintedAccount] = []
        for index, account in enumerate(entry.accounts):
            where = notes.short_name(account.source, notes.places_of(entry.id, index))
            words, stance = smarten(account.exact), self.context.wording(f"stance_{account.stance}")
            if isinstance(account, EventAccount) and account.date:
                date = self.context.wording.date(account.date)
                stance += ": " + (
                    self.context.wording("date_derived", date=date) if account.basis == "derived" else date
                )
            accounts.append(PrintedAccount(where, stance, words))
            self.context.recorder.add_printed("claim", entry.id, index, words)
            notes.index.add_source(account.source, anchor)
        scope = self.context.evidence.scopes[entry.scope].name
        marks = notes.marks_of(strength)
        mark = marks[0] if notes.is_verified(entry) else notes.mark("unverified")
        return ClaimBox(entry.id, smarten(entry.words), mark, scope, tuple(accounts), anchor)

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
            printed = replace(self._table(spec.table), width=width, chart=True)
            self._define("tbl", chart.id, f"chart-{chart.id}", printed.number, printed.title)
            return printed
        self.counts["chart"] += 1
        self._define("fig", chart.id, f"figure-{chart.id}", self.counts["chart"], smarten(chart.title))
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

    def _define(self, kind: str, id: str, anchor: str, number: int, title: str) -> None:
        """Let references lead to a figure or table of the evidence base."""
        self.context.references.define(kind, id, anchor, self.context.wording.number(number), title)

    def table(self, table: DesignedTable) -> TableBlock:
        """The next table."""
        printed = self._table(table)
        self._define("tbl", table.id, f"table-{table.id}", printed.number, printed.title)
        return printed

    def text_table(self, table: TextTable, owner: Entry, path: NodePath, text: TextWriter) -> TableBlock:
        """A table that is written in prose at ``path`` of ``owner``; the next one, where it has a caption."""
        text.check_tokens([token for token in table.tokens if token.type == "inline"], owner, path)
        printed = printed_text_table(table, *text.table_html(table, owner, path))
        if table.caption is not None:
            self.counts["table"] += 1
            title = prose.printed_text([table.caption])
            printed = replace(printed, number=self.counts["table"], title=title)
        id = f"text-{self.counts['text table']}"
        self.counts["text table"] += 1
        if table.id:
            number, place = self.context.wording.number(printed.number), owner.find(f"#{table.id}", *path)
            anchor = self.context.references.define_written("tbl", table.id, number, printed.title, place)
            id = anchor.removeprefix("table-") or id
        return replace(printed, id=id)

    def _table(self, table: DesignedTable) -> TableBlock:
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

        ``ids`` are those of the sources, ``labels`` S1, S2, … by id, in the order in which they are named. The line of a figure that draws statements
        begins with a mark where all are one voice, or none states one. That of data is a reference and has none.
        """
        if not ids:
            return ""
        order = list(labels)
        sources = sorted(ids, key=order.index)
        names = ", ".join(f"{labels[id]} {self.context.notes.short(id)}" for id in sources)
        line = self.context.wording("source_line_one" if len(ids) == 1 else "source_line_other", sources=names)
        by_voice: dict[str, list[str]] = {}
        for id in sources:
            by_voice.setdefault(self.context.evidence.voice_of(id), []).append(labels[id])
        if draws_statements and len(by_voice) == 1:
            mark = self.context.notes.mark("voice-not-stated" if "" in by_voice else "one-voice")
            line = f"{mark.sign}{NBSP}{mark.word.capitalize()}. {line}"
        for voice, shared in by_voice.items():
            if voice and len(shared) > 1:
                name = self.context.evidence.voice_name(voice)
                line += " " + self.context.wording(
                    "sources_one_voice", sources=self.context.wording.join_list(shared), voice=name
                )
        return curl_quotes(line)
