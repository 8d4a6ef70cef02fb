"""Charts of tables: where their rows come from, and the checks that such kinds have in common.

A chart names a ``table`` of the evidence base, or brings ``rows`` (or a ``data`` file) with their ``fields``, or counts
``events`` or ``claims``. Each way a kind is handed one :class:`~c6brief.evidence.table_models.Table`, whose rows are tuples
in the order of its fields and whose cells know where they were written.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Annotated, Any, TypeVar

from pydantic import BeforeValidator, Field

from c6brief.documents.entries import Identifier, ScalarText
from c6brief.documents.problems import Problems
from c6brief.evidence.base import Evidence
from c6brief.evidence.table_models import OF_FILES, DataKeys, Table, TableField
from c6brief.figures.checks import known_id
from c6brief.figures.data import CellValue, ChartData, cell_value
from c6brief.figures.kinds import ChartKind
from c6brief.figures.rows.counts import CountedOptions, count_table, known_entries, sources_counted

NAMES = ("string", "year", "date")
"""Types of field that name a category."""
NUMBERS = ("integer", "number")
"""Types of field that can be measured from zero. A year is none: its distance from zero means nothing."""
TIMES = ("year", "date")
"""Types of field that stand on a scale of time."""


def _as_tuple(value: Any) -> Any:
    return (value,) if isinstance(value, (str, int, float)) else value


Names = Annotated[tuple[str, ...], BeforeValidator(_as_tuple), Field(min_length=1)]
"""One field's name, or a list of them."""
Values = Annotated[tuple[ScalarText, ...], BeforeValidator(_as_tuple)]
"""One value as written, or a list of them."""


class TabularOptions(DataKeys, CountedOptions):
    """The keys of a chart that is drawn from a table."""

    table: Identifier | None = Field(None, description="a table's id, or `rows` and `fields` in its place")
    rows: tuple[Any, ...] | None = Field(None, description="lists in field order, or maps")
    fields: tuple[TableField, ...] | None = Field(None, description="the columns of `rows` or `data`")
    missing_values: tuple[ScalarText, ...] | None = Field(
        None, alias="missingValues", description='cells of `rows` or `data` that mean "not known"'
    )


def check_table(options: TabularOptions, evidence: Evidence, problems: Problems) -> Table | None:
    """The table drawn; ``None`` after problems: ``missing-key``, ``bad-value`` (two origins), ``unknown-id``.

    What is wrong within rows was reported when the evidence base was read.
    """
    given = origins(options)
    own = [key for key in _OWN_ROWS if getattr(options, _attribute(key)) is not None]
    first = next((key for key in given if key not in _OWN_ROWS), None)
    extra = next((key for key in (*own, *given) if key != first), None) if first else None
    if extra:
        message = f"a {options.kind} chart has either '{first}' or '{extra}'"
        problems.error("bad-value", message, options.place(extra, key=True), "remove one")
        return None
    if not given:
        message = f"a {options.kind} chart has either 'table' or 'rows'"
        problems.error("missing-key", message, options.place(), "add 'table: …' (a table's id)")
        return None
    if options.counts and not known_entries(options, evidence, problems):
        return None
    if options.table is not None and not known_id(
        options.table, "tables", "table", ("table",), options, evidence, problems
    ):
        return None
    return table_of(options, evidence)


def table_of(options: TabularOptions, evidence: Evidence) -> Table:
    """The table of a checked chart."""
    if options.counts:
        return count_table(options, evidence)
    return evidence.tables[options.table] if options.table else evidence.chart_rows[options.id]


_OWN_ROWS = ("rows", "data", *(key for key in OF_FILES if key != "range"), "fields", "missingValues")


def _attribute(key: str) -> str:
    return "missing_values" if key == "missingValues" else OF_FILES.get(key, key)


def origins(options: TabularOptions) -> list[str]:
    """The keys that say where rows come from; one, in a chart that is right."""
    return [key for key in ("table", "events", "claims", "rows", "data") if getattr(options, key) is not None]


def one_line(words: str) -> str:
    """``words`` with each run of white space as one space: as the names of categories are compared."""
    return " ".join(words.split())


def column_named(table: Table, name: str) -> int:
    """The number of the column ``name``. Raises ``ValueError`` where there is none."""
    return [field.name for field in table.fields].index(name)


def optional_column(table: Table, name: str | None) -> int | None:
    """The number of the column ``name``; ``None`` where a chart names none."""
    return None if name is None else column_named(table, name)


def cell_name(table: Table, row: int, column: int) -> str:
    """A cell as the name of a category: on one line, years without decimals; empty where it is missing."""
    cell = (table.rows or ())[row][column]
    if cell is None:
        return ""
    whole = isinstance(cell, float) and cell == int(cell) if table.fields[column].type == "year" else False
    return one_line(str(int(cell) if whole else cell))


def names_in(table: Table, column: int) -> list[str]:
    """The cells of a column as names, one for each row: see :func:`cell_name`."""
    return [cell_name(table, row, column) for row in range(len(table.rows or ()))]


def quantity(field: TableField) -> str:
    """What a field holds, with its unit."""
    title = field.title or field.name
    return f"{title}, {field.unit}" if field.unit else title


def table_sources(options: TabularOptions, evidence: Evidence) -> tuple[str, ...]:
    """The source of the table drawn, or those of the events or claims counted."""
    if options.counts:
        return sources_counted(options, evidence)
    table = evidence.tables[options.table] if options.table else None
    return (table.source,) if table and table.source else ()


def headings(fields: Iterable[TableField]) -> tuple[str, ...]:
    """The columns of the attached data: each field's name, with its unit."""
    return tuple(f"{field.name} ({field.unit})" if field.unit else field.name for field in fields)


def rows_as_data(
    table: Table, columns: Iterable[int | None], names: Iterable[int | None], rows: Iterable[int] | None = None
) -> ChartData:
    """The cells of these ``columns`` (``None`` counts for nothing) and ``rows``, by default all in their order.

    Units stand in the headings. Columns that are among ``names`` are names of categories.
    """
    drawn, named = [column for column in columns if column is not None], set(names)

    def cell(row: int, column: int) -> CellValue:
        return cell_name(table, row, column) if column in named else cell_value((table.rows or ())[row][column])

    numbers = range(len(table.rows or ())) if rows is None else rows
    cells = tuple(tuple(cell(row, column) for column in drawn) for row in numbers)
    return ChartData(headings(table.fields[column] for column in drawn), cells)


T = TypeVar("T", bound=TabularOptions)


class TabularKind(ChartKind[T]):
    """A kind that is drawn from a table: its sources are those of the table, or of what is counted."""

    def sources(self, options: T, evidence: Evidence) -> tuple[str, ...]:
        """The source of the table drawn, or those of the events or claims counted."""
        return table_sources(options, evidence)
