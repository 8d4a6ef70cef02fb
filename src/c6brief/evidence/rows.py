"""The rows of tables, from lists, maps, CSV files or workbooks, each cell as a value of its field."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import partial
from typing import TypeVar

from c6brief.documents.csvtext import read_csv
from c6brief.documents.data_layout import HIDDEN_CELLS, DataLayout, parse_range
from c6brief.documents.grid import CellProblems, Grid
from c6brief.documents.office_forms import as_long
from c6brief.documents.problems import Place, Problems, did_you_mean
from c6brief.documents.project import Project, inside
from c6brief.evidence.cells import BadCell, cell_reader, cell_text, may_have_groups, read_all, with_percent
from c6brief.evidence.column_checks import check_column
from c6brief.evidence.fields import check_fields, columns_of, infer_fields, second_heads, violations
from c6brief.evidence.models import Value
from c6brief.evidence.observations import check_observations, pick_rows
from c6brief.evidence.table_models import OF_FILES, Table, TableField

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
    if not _only_of_files(table, problems):
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
    fields = [with_percent(*each, table.missing_values) for each in zip(table.fields, columns, strict=True)]
    values = _read_values(fields, columns, table.missing_values, cell_place, cell_problems)
    cell_problems.close()
    if cell_problems.count:
        return None
    _check_columns(fields, columns, table, cell_place, problems)
    return table.with_rows(fields, _transpose(values))


def _only_of_files(table: Table, problems: Problems) -> bool:
    """Whether a table whose rows are written in it has no key of data files. Problem: ``bad-value``."""
    given = [key for key, attribute in OF_FILES.items() if getattr(table, attribute) is not None]
    for key in given:
        words = "only a workbook has sheets" if key == "sheet" else "only a data file has it"
        problems.error("bad-value", f"{key}: {words}", table.place(key, key=True), "remove it")
    return not given


# Rows in files -----------------------------------------------------------------------------------------------------


def _read_data(project: Project, table: T, problems: Problems) -> T | None:
    """``table`` with the rows of its data file; ``None`` after problems."""
    grid = _read_grid(project, table, problems)
    if grid is None:
        return None
    names = [field.name for field in table.fields]
    long = as_long(grid) if grid.heading and not all(name in grid.heading for name in names or ("",)) else None
    cell_problems = CellProblems(problems)
    picked = pick_rows(long or grid, table, cell_problems)
    columns = columns_of(picked, table, cell_problems) if picked is not None else None
    if columns is None or picked is None:
        cell_problems.close()
        return None
    grid = picked
    _tell_hidden(grid, columns, table, problems)
    cells = [grid.columns[column] for column in columns]
    given = table.fields or infer_fields(
        [grid.heading[at] for at in columns], cells, table.missing_values, grid.is_long
    )
    fields = [with_percent(*each, table.missing_values) for each in zip(given, cells, strict=True)]

    def cell_place(row: int, column: int) -> Place:
        return grid.origin.cell(row, columns[column])

    if not table.fields:
        for column, row in second_heads(fields, cells, table.missing_values):
            hint = (
                "headerRows: 2 in the table, if this row belongs to the heading; else name the fields with their types"
            )
            message = f"'{cell_text(cells[column][row])}' stands above numbers"
            cell_problems.error(message, partial(cell_place, row, column), hint)
    values = _read_values(fields, cells, table.missing_values, cell_place, cell_problems, grid.has_semicolons)
    cell_problems.close()
    if cell_problems.count or not grid.whole:
        return None
    _check_columns(fields, cells, table, cell_place, problems, grid.has_semicolons)
    if not check_observations(grid, table, fields, problems):
        return None
    return table.with_rows(fields, _transpose(values), grid.origin, columns)


def _check_columns(
    fields: Sequence[TableField],
    columns: Sequence[Sequence[object]],
    table: Table,
    cell_place: Callable[[int, int], Place],
    problems: Problems,
    has_semicolons: bool = False,
) -> None:
    """Report what is odd of whole columns: :mod:`c6brief.evidence.column_checks`."""
    for column, (field, cells) in enumerate(zip(fields, columns, strict=True)):

        def place(row: int, column: int = column) -> Place:
            return cell_place(row, column)

        check_column(field, cells, table.missing_values, place, problems, has_semicolons=has_semicolons)


def _tell_hidden(grid: Grid, columns: Sequence[int], table: Table, problems: Problems) -> None:
    """Report hidden columns that are read because a field names them, or left out because none does."""
    if table.of_file("hidden") is not None:
        return
    for column in sorted(grid.hidden if not table.fields else grid.hidden & set(columns)):
        name = grid.heading[column]
        what = "and left out" if not table.fields else "in the sheet, and read"
        hint = (
            "hidden: true in the table reads what is hidden"
            if not table.fields
            else "hidden: true says that it is meant"
        )
        problems.report(HIDDEN_CELLS, f"the column '{name}' is hidden {what}", grid.heading_cell(column), hint)


def _read_grid(project: Project, table: Table, problems: Problems) -> Grid | None:
    """The data file of ``table``, which lies beside the file of the table itself; ``None`` after problems."""
    assert table.document is not None and table.data is not None  # only what is read from a file names another one
    name = table.data if isinstance(table.data, str) else table.data.file
    at = table.place("data") if isinstance(table.data, str) else table.place("data", "file")
    path = table.document.path.parent / name
    if not inside(path, project.root):
        problems.error("outside-project", f"'{name}' lies outside the project", at, "keep the data below seeds/")
        return None
    layout = _layout_of(table, problems)
    if layout is None:
        return None
    ending = path.suffix.lower()
    if ending in OTHER_WORKBOOKS:
        message = f"workbooks of type {ending} are not read"
        problems.error("bad-workbook", message, at, "save it as .xlsx or as CSV UTF-8")
        return None
    if ending in WORKBOOKS:
        from c6brief.documents.workbook import read_workbook  # here: few projects have workbooks

        return read_workbook(path, table.of_file("sheet"), problems, at, table.of_file_place("sheet"), layout)
    strange = {"sheet": "sheets", "hidden": "hidden cells", "fillMergedCells": "merged cells"}
    given = [key for key in strange if table.of_file(key) is not None]
    for key in given:
        message = f"{key}: a CSV file has no {strange[key]}"
        problems.error("bad-value", message, table.of_file_place(key, of_key=True), "remove it")
    return None if given else read_csv(path, problems, at, layout)


def _layout_of(table: Table, problems: Problems) -> DataLayout | None:
    """Where ``table`` says that its data stand; ``None`` after the problem ``bad-value``."""
    written, of_file = table.of_file("range"), table.of_file
    cells = None if written is None else parse_range(written)
    if written is not None and cells is None:
        message = f"range: '{written}' names no cells"
        problems.error("bad-value", message, table.of_file_place("range"), "the first and the last cell: B4:F20")
        return None
    if cells is not None and of_file("skipRows") is not None:
        message, hint = "'range' and 'skipRows' both say where the heading stands", "the range begins with the heading"
        problems.error("bad-value", message, table.of_file_place("skipRows", of_key=True), hint)
        return None
    return DataLayout(
        skip_rows=of_file("skipRows"),
        header_rows=of_file("headerRows") or 1,
        footer_rows=of_file("footerRows") or 0,
        range=cells,
        hidden=of_file("hidden"),
        fill_merged=bool(of_file("fillMergedCells")),
    )


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
    heads = bool(found) and all(row == 0 for row, _, _ in found) and len(columns[0]) > 1
    for row, column, reason in sorted(found, key=lambda each: each[:2]):
        hint = partial(_hint_of_head, reason) if heads and _has_no_digit(columns[column][0]) else reason.find_hint
        cell_problems.error(str(reason), partial(cell_place, row, column), hint)
    return values


def _has_no_digit(cell: object) -> bool:
    return isinstance(cell, str) and not any(map(str.isdigit, cell))


def _hint_of_head(reason: BadCell) -> str:
    """The hint for a bad cell in the first row, where all others are good: it may be part of the heading."""
    return "; or ".join(
        filter(None, (reason.find_hint(), "headerRows: 2 in the table, if this row belongs to the heading"))
    )


def _transpose(columns: Sequence[Sequence[Value]]) -> list[tuple[Value, ...]]:
    return list(zip(*columns, strict=True))
