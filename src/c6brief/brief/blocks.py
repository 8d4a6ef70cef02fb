"""What stands between paragraphs: pull quotes, claim boxes, figures and tables, numbered as they come."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from markupsafe import Markup

from c6brief.brief import prose
from c6brief.brief.desk import Desk
from c6brief.brief.model import Account, ClaimBox, Figure, PullQuote
from c6brief.brief.model import Table as PrintedTable
from c6brief.brief.tables import printed_table
from c6brief.evidence.models import Chart, Claim, DesignedTable, Quote


class Blocks:
    """Makes the blocks of one brief from entries of the evidence base."""

    def __init__(self, desk: Desk) -> None:
        self.desk = desk
        self.counts = {"chart": 0, "table": 0}

    def quote(self, quote: Quote) -> PullQuote:
        """A quotation set large."""
        speaker = self.desk.evidence.people.get(quote.speaker) or self.desk.evidence.organisations[quote.speaker]
        role = getattr(speaker, "role", None) or ""
        house = getattr(speaker, "organisation", None) or ""
        body = self.desk.evidence.organisations.get(house)
        house = (body.acronym or body.name) if body else house
        where = self.desk.notes.short(quote.source, self.desk.notes.paragraph(quote.id))
        role = ", ".join(part for part in (role, house) if part)
        if not self.desk.notes.is_verified(quote):
            where = f"{self.desk.notes.mark('unverified').word}: {where}"
        words = prose.typographic(quote.text)
        self.desk.recorder.prints("pull-quote", quote.id, 0, words)
        self.desk.notes.index.speaks(quote.speaker, f"quote-{quote.id}")
        self.desk.notes.index.uses(quote.source, f"quote-{quote.id}")
        return PullQuote(quote.id, words, speaker.name, role, where)

    def claim(self, claim: Claim) -> ClaimBox:
        """A claim with all its accounts."""
        found = self.desk.notes.strength(claim)
        accounts = tuple(
            Account(
                self.desk.notes.short(account.source, self.desk.notes.paragraph(claim.id, index)),
                self.desk.wording(f"stance_{account.stance}"),
                prose.typographic(account.exact),
            )
            for index, account in enumerate(claim.accounts)
        )
        for index, account in enumerate(accounts):
            self.desk.recorder.prints("claim", claim.id, index, account.words)
            self.desk.notes.index.uses(claim.accounts[index].source, f"claim-{claim.id}")
        scope = self.desk.evidence.scopes[claim.scope].name
        statement = prose.typographic(claim.statement)
        marks = self.desk.notes.entry_marks(found)
        mark = marks[0] if self.desk.notes.is_verified(claim) else self.desk.notes.mark("unverified")
        return ClaimBox(claim.id, statement, mark, scope, accounts)

    def chart(self, chart: Chart) -> Figure | PrintedTable | None:
        """The next figure, still without its drawing; the next table, where the chart is one."""
        plan = self.desk.plans.get(chart.id)
        if plan is None:
            return None  # its problems have been reported by the figures room
        for source in plan.sources:
            self.desk.notes.use_source(source)
            self.desk.notes.index.uses(source, f"figure-{chart.id}")
        self.desk.recorder.rests_on(plan.entries)
        if plan.table is not None:
            width = "column" if chart.width == "margin" else chart.width or ""
            return replace(self.table(plan.table), width=width, chart=True)
        self.counts["chart"] += 1
        words = [prose.typographic(text or "") for text in (chart.title, chart.subtitle, chart.alt, chart.note)]
        return Figure(chart.id, self.counts["chart"], chart.kind, *words, "", plan.width, Markup(""))

    def table(self, table: DesignedTable) -> PrintedTable:
        """The next table."""
        source = self.desk.evidence.sources.get(table.source or "")
        if source:
            self.desk.notes.use_source(source.id)
            self.desk.notes.index.uses(source.id, f"table-{table.id}")
        self.counts["table"] += 1
        printed = printed_table(table, self.counts["table"], source, "", self.desk.wording)
        self.desk.recorder.table(table, printed.groups)
        return printed

    def source_line(self, ids: Sequence[str], labels: Mapping[str, str]) -> str:
        """Where data come from, and which of the sources are one voice; a mark where there is no second voice."""
        if not ids:
            return ""
        sources = [self.desk.evidence.sources[id] for id in ids]
        names = ", ".join(f"{labels[source.id]} {source.short}" for source in sources)
        line = self.desk.wording("source_line_one" if len(ids) == 1 else "source_line_other", sources=names)
        by_voice: dict[str, list[str]] = {}
        for source in sources:
            by_voice.setdefault(source.voice, []).append(labels[source.id])
        if len(by_voice) == 1:
            mark = self.desk.notes.mark("one-voice")
            line = f"{mark.sign} {mark.word.capitalize()}. {line}"
        for voice, shared in by_voice.items():
            if len(shared) > 1:
                name = self.desk.evidence.voice_name(voice)
                line += " " + self.desk.wording(
                    "sources_one_voice", sources=self.desk.wording.listed(shared), voice=name
                )
        return line
