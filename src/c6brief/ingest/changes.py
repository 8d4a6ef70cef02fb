"""What a new text of a source no longer holds: quotations, accounts and tables whose words it has lost."""

from __future__ import annotations

from collections.abc import Iterator

from c6brief.documents.problems import Place, Problems
from c6brief.evidence.base import Evidence
from c6brief.evidence.matching import SourceText
from c6brief.evidence.nearest import find_nearest
from c6brief.evidence.table_models import Table


def report_lost(id: str, new: SourceText, evidence: Evidence, problems: Problems) -> int:
    """Report what rests on the source ``id`` and does not stand in its ``new`` text, or stands there twice.

    Returns how many entries were looked at. Problem: ``no-longer-holds``.
    """
    old = evidence.texts.get(id)
    count = 0
    for what, words, prefix, suffix, place in _resting_on(id, evidence):
        count += 1
        if old is not None and len(old.find(words, prefix, suffix)) != 1:
            continue  # it did not hold before
        found = new.find(words, prefix, suffix)
        if len(found) == 1:
            continue
        near = find_nearest(words, new)
        hint = (
            str(near)
            if near and not found
            else "add prefix: or suffix: with the words beside them"
            if found
            else "nothing comes near"
        )
        how = f"stand {len(found)} times" if found else "do not stand"
        problems.warning("no-longer-holds", f"{what}: these words {how} in the new text of '{id}'", place, hint)
    for table in evidence.tables.values():
        if table.source == id:
            count += 1
            _check_cells(table, old, new, problems)
    return count


def _resting_on(id: str, evidence: Evidence) -> Iterator[tuple[str, str, str | None, str | None, Place]]:
    """The words that rest on a source: whose they are, the words with those around them, and their place."""
    for quote in evidence.quotes.values():
        if quote.source == id:
            yield f"quotation '{quote.id}'", quote.text, quote.prefix, quote.suffix, quote.place("text")
    for kind, entries in (("event", evidence.events), ("claim", evidence.claims)):
        for entry in entries.values():
            for number, account in enumerate(entry.accounts):
                if account.source == id:
                    place = entry.place("accounts", number, "exact")
                    yield f"{kind} '{entry.id}'", account.exact, account.prefix, account.suffix, place


def _check_cells(table: Table, old: SourceText | None, new: SourceText, problems: Problems) -> None:
    """Report the first cell of a table that the old text held and the new one does not."""
    for row, cells in enumerate(table.rows or ()):
        for column, cell in enumerate(cells):
            words = cell if isinstance(cell, str) else str(cell) if isinstance(cell, (int, float)) else ""
            if words and old is not None and old.find(words) and not new.find(words):
                message = f"table '{table.id}': this cell does not stand in the new text of '{table.source}'"
                problems.warning("no-longer-holds", message, table.cell_place(row, column))
                return
