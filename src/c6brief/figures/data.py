"""The data behind a figure, as rows: what a reader who cannot see it, or does not believe it, can check."""

from __future__ import annotations

import csv
import io
from dataclasses import dataclass

Number = int | float
CellValue = str | int | float | None


@dataclass(frozen=True)
class ChartData:
    """Rows of a figure under their ``columns``. ``entries``: ids of the quotations, events and claims drawn."""

    columns: tuple[str, ...]
    rows: tuple[tuple[CellValue, ...], ...]
    entries: tuple[str, ...] = ()

    def to_csv(self) -> bytes:
        """As RFC 4180 has it: a heading, CRLF, UTF-8. What is not known is an empty cell."""
        text = io.StringIO()
        writer = csv.writer(text, lineterminator="\r\n")
        writer.writerow(self.columns)
        writer.writerows(self.rows)
        return text.getvalue().encode()


def cell_value(value: CellValue | bool) -> CellValue:
    """A cell of a table as it stands in the data: truth values as YAML writes them, ``true`` and ``false``."""
    return str(value).lower() if isinstance(value, bool) else value
