"""The data behind a figure, as rows: what a reader who cannot see it, or does not believe it, can check."""

from __future__ import annotations

import csv
import io
from dataclasses import dataclass, replace

from c6brief.evidence.base import Evidence
from c6brief.evidence.models import Chart, DesignedTable
from c6brief.figures.counts import CountedOptions, entries_of
from c6brief.figures.kind import Options, kind_of

Cell = str | int | float | None


@dataclass(frozen=True)
class Data:
    """Rows of a figure under their ``columns``. ``entries``: ids of the quotations, events and claims drawn."""

    columns: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]
    entries: tuple[str, ...] = ()

    def to_csv(self) -> bytes:
        """As RFC 4180 has it: a heading, CRLF, UTF-8. What is not known is an empty cell."""
        text = io.StringIO()
        writer = csv.writer(text, lineterminator="\r\n")
        writer.writerow(self.columns)
        writer.writerows(self.rows)
        return text.getvalue().encode()


def data_of(chart: Chart, options: Options, evidence: Evidence) -> Data | None:
    """The data that ``chart`` draws; ``None`` if its kind has none to give. What was counted is among its entries."""
    give = kind_of(chart).data
    if give is None:
        return None
    found = give(options, evidence)
    if isinstance(options, CountedOptions) and options.counts:
        found = replace(found, entries=tuple(entry.id for entry in entries_of(options, evidence)))
    return found


def table_of_chart(chart: Chart, options: Options, evidence: Evidence) -> DesignedTable | None:
    """The table that is printed in place of a drawing; ``None`` for charts that are drawn."""
    give = kind_of(chart).table
    return give(options, evidence) if give else None
