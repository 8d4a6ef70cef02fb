"""References from one entry of the evidence base to another: every id that is named is that of an entry."""

from __future__ import annotations

from c6brief.documents.problems import Problems, did_you_mean
from c6brief.evidence.base import Evidence
from c6brief.evidence.models import EvidenceEntry, Image
from c6brief.evidence.table_models import Chart, Table


def check_references(evidence: Evidence, problems: Problems) -> set[str]:
    """Report every id that no entry has. Returns the ids of the entries that cannot be used for it.

    Words are quoted from no source whose text is not held. Problems: ``unknown-id``, ``missing-source-text``.
    """
    broken: set[str] = set()

    def check(entry: EvidenceEntry, id: str, kind: str, noun: str, *at: str | int) -> None:
        if id in evidence.kind(kind):
            return
        broken.add(entry.id)
        report(entry, id, kind, noun, *at)

    def report(entry: EvidenceEntry, id: str, kind: str, noun: str, *at: str | int) -> None:
        if not evidence.excuses(id, kind):
            problems.error("unknown-id", f"no {noun} '{id}'", entry.place(*at), did_you_mean(id, evidence.kind(kind)))

    def check_text(entry: EvidenceEntry, source: str, *at: str | int) -> None:
        held = evidence.sources.get(source)
        if held is not None and not held.has_text:
            message = f"the text of '{source}' is not held: no words can be quoted from it"
            hint = f"read it, and add to seeds/readings.yaml: {{id: {source}, text: texts/….txt}}"
            problems.error("missing-source-text", message, entry.place(*at), hint)

    for source in evidence.sources.values():
        for index, other in enumerate(source.custom.independent):
            if other.of not in evidence.sources and other.of not in evidence.aliases:
                report(source, other.of, "sources", "source", "custom", "independent", index, "of")
    for quote in evidence.quotes.values():
        check(quote, quote.source, "sources", "source", "source")
        check_text(quote, quote.source, "source")
        if quote.speaker not in evidence.organisations:
            check(quote, quote.speaker, "people", "person", "speaker")
    for person in evidence.people.values():
        if person.source is not None:
            check(person, person.source, "sources", "source", "source")
    for statement in evidence.statements():
        check(statement, statement.scope, "scopes", "scope", "scope")
        for index, account in enumerate(statement.accounts):
            check(statement, account.source, "sources", "source", "accounts", index, "source")
            check_text(statement, account.source, "accounts", index, "source")
    shown: tuple[Table | Chart | Image, ...] = (
        *evidence.tables.values(),
        *evidence.charts.values(),
        *evidence.images.values(),
    )
    for entry in shown:
        if entry.source is not None:
            check(entry, entry.source, "sources", "source", "source")
    return broken
