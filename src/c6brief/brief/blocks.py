"""What stands between paragraphs: pull quotes, claim boxes, figures and tables, numbered as they come."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from markupsafe import Markup

from c6brief.brief import prose
from c6brief.brief.context import ComposeContext
from c6brief.brief.model import Account, ClaimBox, Figure, PullQuote
from c6brief.brief.model import Table as PrintedTable
from c6brief.brief.tables import printed_table
from c6brief.evidence.models import Chart, Claim, DesignedTable, Quote


class Blocks:
    """Makes the blocks of one brief from entries of the evidence base."""

    def __init__(self, context: ComposeContext) -> None:
        self.context = context
        self.counts = {"chart": 0, "table": 0}

    def quote(self, quote: Quote) -> PullQuote:
        """A quotation set large."""
        speaker = self.context.evidence.people.get(quote.speaker) or self.context.evidence.organisations[quote.speaker]
        role = getattr(speaker, "role", None) or ""
        house = getattr(speaker, "organisation", None) or ""
        body = self.context.evidence.organisations.get(house)
        house = (body.acronym or body.name) if body else house
        where = self.context.notes.short(quote.source, self.context.notes.paragraph(quote.id))
        role = ", ".join(part for part in (role, house) if part)
        if not self.context.notes.is_verified(quote):
            where = f"{self.context.notes.mark('unverified').word}: {where}"
        words = prose.typographic(quote.text)
        self.context.recorder.prints("pull-quote", quote.id, 0, words)
        self.context.notes.index.speaks(quote.speaker, f"quote-{quote.id}")
        self.context.notes.index.uses(quote.source, f"quote-{quote.id}")
        return PullQuote(quote.id, words, speaker.name, role, where)

    def claim(self, claim: Claim) -> ClaimBox:
        """A claim with all its accounts."""
        found = self.context.notes.strength(claim)
        accounts = tuple(
            Account(
                self.context.notes.short(account.source, self.context.notes.paragraph(claim.id, index)),
                self.context.wording(f"stance_{account.stance}"),
                prose.typographic(account.exact),
            )
            for index, account in enumerate(claim.accounts)
        )
        for index, account in enumerate(accounts):
            self.context.recorder.prints("claim", claim.id, index, account.words)
            self.context.notes.index.uses(claim.accounts[index].source, f"claim-{claim.id}")
        scope = self.context.evidence.scopes[claim.scope].name
        statement = prose.typographic(claim.statement)
        marks = self.context.notes.entry_marks(found)
        mark = marks[0] if self.context.notes.is_verified(claim) else self.context.notes.mark("unverified")
        return ClaimBox(claim.id, statement, mark, scope, accounts)

    def chart(self, chart: Chart) -> Figure | PrintedTable | None:
        """The next figure, still without its drawing; the next table, where the chart is one."""
        spec = self.context.figure_specs.get(chart.id)
        if spec is None:
            return None  # its problems have been reported by the figures room
        for source in spec.sources:
            self.context.notes.use_source(source)
            self.context.notes.index.uses(source, f"figure-{chart.id}")
        self.context.recorder.rests_on(spec.entries)
        if spec.table is not None:
            width = "column" if chart.width == "margin" else chart.width or ""
            return replace(self.table(spec.table), width=width, chart=True)
        self.counts["chart"] += 1
        words = [prose.typographic(text or "") for text in (chart.title, chart.subtitle, chart.alt, chart.note)]
        return Figure(chart.id, self.counts["chart"], chart.kind, *words, "", spec.width, Markup(""))

    def table(self, table: DesignedTable) -> PrintedTable:
        """The next table."""
        source = self.context.evidence.sources.get(table.source or "")
        if source:
            self.context.notes.use_source(source.id)
            self.context.notes.index.uses(source.id, f"table-{table.id}")
        self.counts["table"] += 1
        printed = printed_table(table, self.counts["table"], source, "", self.context.wording)
        self.context.recorder.table(table, printed.groups)
        return printed

    def source_line(self, ids: Sequence[str], labels: Mapping[str, str]) -> str:
        """Where data come from, and which of the sources are one voice; a mark where there is no second voice."""
        if not ids:
            return ""
        sources = [self.context.evidence.sources[id] for id in ids]
        names = ", ".join(f"{labels[source.id]} {source.short}" for source in sources)
        line = self.context.wording("source_line_one" if len(ids) == 1 else "source_line_other", sources=names)
        by_voice: dict[str, list[str]] = {}
        for source in sources:
            by_voice.setdefault(source.voice, []).append(labels[source.id])
        if len(by_voice) == 1:
            mark = self.context.notes.mark("one-voice")
            line = f"{mark.sign} {mark.word.capitalize()}. {line}"
        for voice, shared in by_voice.items():
            if len(shared) > 1:
                name = self.context.evidence.voice_name(voice)
                line += " " + self.context.wording(
                    "sources_one_voice", sources=self.context.wording.listed(shared), voice=name
                )
        return line
