"""The rows of tables: from lists, maps, CSV files or workbooks, each cell as its field's type wants it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from c6brief.documents.csvtext import read_csv
from c6brief.documents.grid import Grid, Telling
from c6brief.documents.problems import Place, Problems, did_you_mean
from c6brief.documents.project import Project, inside
from c6brief.evidence.cells import BadCell, Value, read_all, reader
from c6brief.evidence.fields import columns_of, inferred, sensible, violations
from c6brief.evidence.models import Table, TableField

WORKBOOKS = (".xlsx", ".xlsm")
OTHER_WORKBOOKS = (".xls", ".xlsb", ".ods", ".numbers")
"""Refused by name: in these we could not tell an error from an empty cell."""


def with_rows(project: Project, tables: Iterable[Table], problems: Problems) -> dict[str, Table]:
    """By id, the ``tables`` with their rows as tuples in field order, and with the fields that were inferred.

    What has problems is reported and left out. Problems: ``unknown-key``, ``bad-table``, ``bad-value``,
    ``outside-project``, those of reading a file.
    """
    read = {}
    for table in tables:
        if sensible(table, problems):
            whole = _of_file(project, table, problems) if table.data is not None else _of_yaml(table, problems)
            if whole is not None:
                read[table.id] = whole
    return read


# Rows in YAML ------------------------------------------------------------------------------------------------------


def _of_yaml(table: Table, problems: Problems) -> Table | None:
    if table.sheet is not None:
        problems.error("bad-value", "sheet: only a workbook has sheets", table.place("sheet", key=True), "remove it")
        return None
    names = [field.name for field in table.fields]
    rows: list[Sequence[object]] = []
    kept: list[tuple[int, Sequence[str | int]]] = []
    telling = Telling(problems)
    for index, row in enumerate(table.rows or ()):
        steps: Sequence[str | int] = range(len(names))
        if isinstance(row, dict):
            steps = names
            for key in row:
                if key not in names:
                    place = table.place("rows", index, key, key=True)
                    telling(f"no field '{key}'", lambda place=place: place, did_you_mean(key, names), "unknown-key")
            row = [row.get(name) for name in names]
        if not isinstance(row, (list, tuple)) or len(row) != len(names):
            message = f"row {index + 1} wants {len(names)} cells, one for each field"
            telling(message, lambda index=index: table.place("rows", index), ", ".join(names))
            continue
        rows.append(row)
        kept.append((index, steps))

    def place(row: int, column: int) -> Place:
        index, steps = kept[row]
        return table.place("rows", index, steps[column])

    columns = list(zip(*rows, strict=True)) if rows else [() for _ in names]
    values = _values(table.fields, columns, table.missing_values, place, telling)
    telling.close()
    return None if telling.count else table.read(table.fields, _across(values), None, ())


# Rows in files -----------------------------------------------------------------------------------------------------


def _of_file(project: Project, table: Table, problems: Problems) -> Table | None:
    grid = _grid(project, table, problems)
    if grid is None:
        return None
    telling = Telling(problems)
    columns = columns_of(grid, table, telling)
    values = None
    if columns is not None:
        cells = [grid.columns[column] for column in columns]
        fields = table.fields or inferred(grid.heading, cells, table.missing_values)
        values = _values(
            fields, cells, table.missing_values, lambda row, column: grid.origin.cell(row, columns[column]), telling
        )
    telling.close()
    if telling.count or not grid.whole or values is None:
        return None
    return table.read(fields, _across(values), grid.origin, columns)


def _grid(project: Project, table: Table, problems: Problems) -> Grid | None:
    at = table.place("data")
    path = table._document.path.parent / table.data
    if not inside(path, project.root):
        problems.error("outside-project", f"'{table.data}' lies outside the project", at, "keep the data below seeds/")
        return None
    ending = path.suffix.lower()
    if ending in OTHER_WORKBOOKS:
        problems.error(
            "bad-workbook", f"workbooks of type {ending} are not read", at, "save it as .xlsx or as CSV UTF-8"
        )
        return None
    if ending in WORKBOOKS:
        from c6brief.documents.workbook import read_workbook  # here: few projects have workbooks

        return read_workbook(path, table.sheet, problems, at, table.place("sheet"))
    if table.sheet is not None:
        problems.error("bad-value", "sheet: a CSV file has no sheets", table.place("sheet", key=True), "remove it")
        return None
    return read_csv(path, problems, at)


# Both --------------------------------------------------------------------------------------------------------------


def _values(
    fields: Sequence[TableField],
    columns: Sequence[Sequence[object]],
    missing: Sequence[str],
    place: Callable[[int, int], Place],
    telling: Telling,
) -> list[list[Value]]:
    """The columns as values. Cells that are none, or break a constraint, are told in the order of the rows."""
    found: list[tuple[int, int, BadCell]] = []
    values = []
    for column, (field, cells) in enumerate(zip(fields, columns, strict=True)):
        read, bad = read_all(cells, reader(field, missing))
        rows = {row for row, _ in bad}
        bad += [(row, reason) for row, reason in violations(field, read) if row not in rows]
        found += [(row, column, reason) for row, reason in bad]
        values.append(read)
    for row, column, reason in sorted(found, key=lambda each: each[:2]):
        telling(str(reason), lambda row=row, column=column: place(row, column), lambda reason=reason: reason.hint)
    return values


def _across(columns: Sequence[Sequence[Value]]) -> list[tuple[Value, ...]]:
    return list(zip(*columns, strict=True))
