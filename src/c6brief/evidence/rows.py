"""The rows of tables, from lists, maps, CSV files or workbooks, each cell as a value of its field."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import partial
from typing import TypeVar

from c6brief.documents.csvtext import read_csv
from c6brief.documents.grid import CellProblems, Grid
from c6brief.documents.problems import Place, Problems, did_you_mean
from c6brief.documents.project import Project, inside
from c6brief.evidence.cells import BadCell, cell_reader, may_have_groups, read_all
from c6brief.evidence.fields import check_fields, columns_of, infer_fields, violations
from c6brief.evidence.models import Value
from c6brief.evidence.table_models import Table, TableField

WORKBOOKS = (".xlsx", ".xlsm")
OTHER_WORKBOOKS = (".xls", ".xlsb", ".ods", ".numbers")
"""Workbooks that are not read: an error in them cannot be told from an empty cell."""

T = TypeVar("T", bound=Table)


def read_rows(project: Project, tables: Iterable[T], problems: Problems) -> dict[str, T]:
    """``tables`` by their ids, with rows as tuples in the order of their fields, and with fields that were inferred.

    Tables with problems are left out. Problems: ``unknown-key``, ``bad-table``, ``bad-value``, ``outside-project``,
    those of :func:`~c6brief.documents.csvtext.read_csv` and :func:`~c6brief.documents.workbook.read_workbook`.
    """
    read: dict[str, T] = {}
    for table in tables:
        if check_fields(table, problems):
            whole = _read_own_rows(table, problems) if table.data is None else _read_data(project, table, problems)
            if whole is not None:
                read[table.id] = whole
    return read


# Rows in YAML ------------------------------------------------------------------------------------------------------


def _read_own_rows(table: T, problems: Problems) -> T | None:
    """``table`` with the rows that are written in it; ``None`` after problems."""
    if table.sheet is not None:
        problems.error("bad-value", "sheet: only a workbook has sheets", table.place("sheet", key=True), "remove it")
        return None
    names = [field.name for field in table.fields]
    rows: list[Sequence[object]] = []
    kept: list[tuple[int, Sequence[str | int]]] = []
    cell_problems = CellProblems(problems)
    for index, row in enumerate(table.rows or ()):
        steps: Sequence[str | int] = range(len(names))
        if isinstance(row, Mapping):
            steps = names
            for key in row:
                if key not in names:
                    place = partial(table.place, "rows", index, key, key=True)
                    cell_problems.error(f"no field '{key}'", place, did_you_mean(key, names), "unknown-key")
            row = [row.get(name) for name in names]
        if not isinstance(row, (list, tuple)) or len(row) != len(names):
            message = f"row {index + 1} wants {len(names)} cells, one for each field"
            cell_problems.error(message, partial(table.place, "rows", index), ", ".join(names))
            continue
        rows.append(row)
        kept.append((index, steps))

    def cell_place(row: int, column: int) -> Place:
        index, steps = kept[row]
        return table.place("rows", index, steps[column])

    columns = list(zip(*rows, strict=True)) if rows else [() for _ in names]
    values = _read_values(table.fields, columns, table.missing_values, cell_place, cell_problems)
    cell_problems.close()
    return None if cell_problems.count else table.with_rows(table.fields, _transpose(values))


# Rows in files -----------------------------------------------------------------------------------------------------


def _read_data(project: Project, table: T, problems: Problems) -> T | None:
    """``table`` with the rows of its data file; ``None`` after problems."""
    grid = _read_grid(project, table, problems)
    if grid is None:
        return None
    cell_problems = CellProblems(problems)
    columns = columns_of(grid, table, cell_problems)
    if columns is None:
        cell_problems.close()
        return None
    cells = [grid.columns[column] for column in columns]
    fields = table.fields or infer_fields(grid.heading, cells, table.missing_values)

    def cell_place(row: int, column: int) -> Place:
        return grid.origin.cell(row, columns[column])

    values = _read_values(fields, cells, table.missing_values, cell_place, cell_problems, grid.has_semicolons)
    cell_problems.close()
    if cell_problems.count or not grid.whole:
        return None
    return table.with_rows(fields, _transpose(values), grid.origin, columns)


def _read_grid(project: Project, table: Table, problems: Problems) -> Grid | None:
    """The data file of ``table``, which lies beside the file of the table itself; ``None`` after problems."""
    assert table.document is not None and table.data is not None  # only what is read from a file names another one
    at = table.place("data")
    path = table.document.path.parent / table.data
    if not inside(path, project.root):
        problems.error("outside-project", f"'{table.data}' lies outside the project", at, "keep the data below seeds/")
        return None
    ending = path.suffix.lower()
    if ending in OTHER_WORKBOOKS:
        message = f"workbooks of type {ending} are not read"
        problems.error("bad-workbook", message, at, "save it as .xlsx or as CSV UTF-8")
        return None
    if ending in WORKBOOKS:
        from c6brief.documents.workbook import read_workbook  # here: few projects have workbooks

        return read_workbook(path, table.sheet, problems, at, table.place("sheet"))
    if table.sheet is not None:
        problems.error("bad-value", "sheet: a CSV file has no sheets", table.place("sheet", key=True), "remove it")
        return None
    return read_csv(path, problems, at)


# Both --------------------------------------------------------------------------------------------------------------


def _read_values(
    fields: Sequence[TableField],
    columns: Sequence[Sequence[object]],
    missing: Sequence[str],
    cell_place: Callable[[int, int], Place],
    cell_problems: CellProblems,
    has_semicolons: bool = False,
) -> list[list[Value]]:
    """The columns as values. Reports bad cells, and values that break a constraint, in the order of the rows.

    ``has_semicolons``: cells come from a file in which a point may group thousands.
    """
    found: list[tuple[int, int, BadCell]] = []
    values = []
    for column, (field, cells) in enumerate(zip(fields, columns, strict=True)):
        has_groups = has_semicolons and may_have_groups(field, cells)
        read, bad = read_all(cells, cell_reader(field, missing, has_groups=has_groups))
        rows = {row for row, _ in bad}
        bad += [(row, reason) for row, reason in violations(field, read) if row not in rows]
        found += [(row, column, reason) for row, reason in bad]
        values.append(read)
    for row, column, reason in sorted(found, key=lambda each: each[:2]):
        cell_problems.error(str(reason), partial(cell_place, row, column), reason.find_hint)
    return values


def _transpose(columns: Sequence[Sequence[Value]]) -> list[tuple[Value, ...]]:
    return list(zip(*columns, strict=True))
