"""What a chart draws, as far as rules ask: the numeric fields of its table that it names."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from c6brief.evidence.base import Evidence
from c6brief.evidence.models import Chart, TableField

NUMERIC = ("integer", "number")


def drawn_numbers(chart: Chart, evidence: Evidence) -> list[TableField]:
    """The numeric fields that the chart's keys name; none for kinds that draw no table."""
    keys = chart.model_extra or {}
    table = evidence.tables.get(str(keys.get("table"))) or evidence.chart_rows.get(chart.id)
    if table is None:
        return []
    named = {word for key, value in keys.items() if key not in ("table", "rows", "fields") for word in _words(value)}
    return [field for field in table.fields if field.name in named and field.type in NUMERIC]


def _words(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, (list, tuple)):
        for each in value:
            yield from _words(each)
