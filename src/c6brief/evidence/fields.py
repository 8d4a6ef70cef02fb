"""The fields of a table: checked, found in the heading of a data file, or inferred from its cells."""

from __future__ import annotations

import datetime
import re
from collections.abc import Callable, Collection, Iterator, Sequence
from functools import partial

from c6brief.documents.grid import CellProblems, Grid, Shown
from c6brief.documents.office_forms import TIME, VALUE
from c6brief.documents.problems import Problems, did_you_mean
from c6brief.evidence.cell_patterns import BadPattern, compile_pattern
from c6brief.evidence.cells import BadCell, cell_reader, cell_text, is_missing, read_all, take_apart_cell
from c6brief.evidence.models import Value
from c6brief.evidence.table_models import Table, TableField

_ORDERED = ("integer", "number", "year", "date")
_CODE = re.compile(r"\s*[-+]?0[0-9]")
_YEAR_HEADINGS = ("year", "год")


def check_fields(table: Table, problems: Problems) -> bool:
    """Whether the fields of ``table`` have different names, and their constraints suit their types.

    Problem: ``bad-value``, at the key that is wrong.
    """
    good = True

    def report(message: str, *at: str | int, hint: str = "", key: bool = False) -> None:
        nonlocal good
        problems.error("bad-value", message, table.place("fields", *at, key=key), hint)
        good = False

    names: set[str] = set()
    for index, field in enumerate(table.fields):
        name, wanted = f"field '{field.name}'", field.constraints
        if field.name in names:
            report(f"{name} stands twice", index, "name", hint="every field wants a name of its own")
        names.add(field.name)
        if field.decimal_char == field.group_char:
            hint = "add decimalChar: ','" if field.group_char == "." else "give one of the two another sign"
            report("decimalChar and groupChar are the same", index, "groupChar", hint=hint)
        if set(field.true_values) & set(field.false_values):
            report(f"{name}: a value is both true and false", index, "trueValues", key=True)
        for key in ("minimum", "maximum"):
            bound = getattr(wanted, key)
            if bound is not None and field.type not in _ORDERED:
                report(f"{key}: {field.type} has no order", index, "constraints", key, key=True)
            elif bound is not None and not _is_value(field, bound):
                report(f"{key}: '{cell_text(bound)}' is no {field.type}", index, "constraints", key)
        for number, value in enumerate(wanted.enum or ()):
            if not _is_value(field, value):
                report(f"enum: '{cell_text(value)}' is no {field.type}", index, "constraints", "enum", number)
        if wanted.pattern is not None:
            if field.type != "string":
                report(f"pattern: {field.type} has none, only texts have", index, "constraints", "pattern", key=True)
            else:
                try:
                    compile_pattern(wanted.pattern)
                except BadPattern as reason:
                    message = f"pattern: no regular expression that can be used here: {reason}"
                    report(message, index, "constraints", "pattern", hint=reason.hint)
    return good


def _is_value(field: TableField, value: object) -> bool:
    """Whether ``value``, as written in a constraint, is one of the field's type."""
    try:
        return cell_reader(field, ())(value) is not None
    except BadCell:
        return False


def columns_of(grid: Grid, table: Table, cell_problems: CellProblems) -> list[int] | None:
    """The columns of ``grid`` that the fields of ``table`` name, in their order; all where it has no fields.

    ``None`` after the problem ``bad-table``: a heading that is missing or stands twice.
    """
    shown = [name for column, name in enumerate(grid.heading) if column not in grid.hidden]
    names = [field.name for field in table.fields] or shown
    found: list[int] = []
    before = cell_problems.count
    for name in names:
        if name not in grid.heading:
            if name or table.fields:
                hint = did_you_mean(name, filter(None, grid.heading))
                cell_problems.error(f"no column '{name}'", partial(grid.heading_cell, None), hint)
        else:
            found.append(grid.heading.index(name))
    for column, name in enumerate(grid.heading):
        if column in grid.hidden and not table.fields:
            continue
        if not name and not table.fields:
            hint = "give the column a name; headerRows: 2 in the table where heads stand in two rows"
            cell_problems.error(f"column {column + 1} has no heading", partial(grid.heading_cell, column), hint)
        elif name in names and grid.heading.index(name) != column:
            hint = "every column wants a name of its own"
            cell_problems.error(f"the heading '{name}' stands twice", partial(grid.heading_cell, column), hint)
    return found if cell_problems.count == before else None


def infer_fields(
    heading: Sequence[str], columns: Sequence[Sequence[object]], missing: Collection[str], is_long: bool = False
) -> list[TableField]:
    """Fields for the columns of a file, named as their headings, each of the first type that fits all of its cells.

    The types are tried in this order: year (of four digits, under a heading that says so), integer, number, date,
    boolean (without 0 and 1), string. Digits after a zero (``007``) are a code and so a string, as is a column without
    values. A column of percentages alone has the unit ``%``. ``missing`` are the texts that mean "not known"; ``is_long``
    says that the rows are those of a statistics office, whose ``time`` is a year where it can be one.
    """
    years = (*_YEAR_HEADINGS, TIME) if is_long else _YEAR_HEADINGS
    return [_infer_field(name, cells, missing, years) for name, cells in zip(heading, columns, strict=True)]


def second_heads(
    fields: Sequence[TableField], columns: Sequence[Sequence[object]], missing: Collection[str]
) -> Iterator[tuple[int, int]]:
    """Texts in the first row of columns that hold numbers below: their columns and rows, from 0.

    Such a row belongs to the heading: it has units, or the heads of a group of columns.
    """
    for column, (field, cells) in enumerate(zip(fields, columns, strict=True)):
        if field.type != "string" or len(cells) < 3 or is_missing(cells[0], missing):
            continue
        if (
            isinstance(cells[0], str)
            and not re.search("[0-9]", cells[0])
            and re.search("[0-9]", str(cells[1]) + str(cells[2]))
        ):
            below = _infer_field(field.name, cells[1:], missing, ())
            if below.type in ("integer", "number"):
                yield column, 0


def _infer_field(name: str, cells: Sequence[object], missing: Collection[str], years: Sequence[str]) -> TableField:
    known = [cell for cell in cells if not is_missing(cell, missing)]
    codes = any(_CODE.match(cell) for cell in known if isinstance(cell, str)) or any(
        _CODE.match(cell.text) for cell in known if isinstance(cell, Shown) and isinstance(cell.value, int)
    )
    if known and all(map(_may_be_date, known)) and any(isinstance(cell, datetime.date) for cell in known):
        return TableField(name=name, type="date")  # a number among dates is told at its cell
    candidates = [
        TableField(name=name, type="integer"),
        TableField(name=name, type="number"),
        TableField(name=name, type="date"),
        TableField(
            name=name, type="boolean", trueValues=("true", "True", "TRUE"), falseValues=("false", "False", "FALSE")
        ),
    ]
    if name.lower() in years:
        candidates.insert(0, TableField(name=name, type="year"))
    if known and all((number := take_apart_cell(cell)) and number.beside == ("%",) for cell in known):
        candidates[:0] = [TableField(name=name, type=kind, unit="%") for kind in ("integer", "number")]
    if TIME in years and name == VALUE:  # what is no number there is told at its cell
        candidates = [field for field in candidates if field.type in ("integer", "number")]
    for field in candidates if known else ():
        read = cell_reader(field, missing)
        if not (codes and field.type in ("integer", "number")) and all(_fits(read, cell) for cell in known):
            return field
    return TableField(name=name, type="number") if TIME in years and name == VALUE else TableField(name=name)


def _may_be_date(cell: object) -> bool:
    return isinstance(cell, (datetime.date, int, float)) and not isinstance(cell, bool)


def _fits(read: Callable[[object], Value], cell: object) -> bool:
    try:
        read(cell)
    except BadCell:
        return False
    return True


def _suggest(value: Value, allowed: Sequence[Value]) -> str:
    return did_you_mean(cell_text(value), map(cell_text, allowed))


def violations(field: TableField, values: Sequence[Value]) -> Iterator[tuple[int, BadCell]]:
    """The values that break a constraint of ``field``, with their rows, from 0."""
    wanted = field.constraints
    (least, most), _ = read_all((wanted.minimum, wanted.maximum), cell_reader(field, ()))
    allowed = None if wanted.enum is None else read_all(wanted.enum, cell_reader(field, ()))[0]
    pattern = None if wanted.pattern is None else compile_pattern(wanted.pattern)
    seen: set[Value] = set()
    for row, value in enumerate(values):
        name = f"field '{field.name}'"
        if value is None:
            if wanted.required:
                yield row, BadCell(f"{name} is required, the cell is empty")
            continue
        if least is not None and value < least:  # type: ignore[operator]  # values of a field are of one type
            yield (
                row,
                BadCell(f"{name}: {cell_text(value)} is less than {cell_text(least)}", f"minimum: {cell_text(least)}"),
            )
        if most is not None and value > most:  # type: ignore[operator]  # values of a field are of one type
            yield (
                row,
                BadCell(f"{name}: {cell_text(value)} is more than {cell_text(most)}", f"maximum: {cell_text(most)}"),
            )
        if allowed is not None and value not in allowed:
            yield row, BadCell(f"{name}: '{cell_text(value)}' is not allowed", partial(_suggest, value, allowed))
        if pattern is not None and not pattern.fullmatch(str(value)):
            yield row, BadCell(f"{name}: '{cell_text(value)}' does not fit", f"pattern: {wanted.pattern}")
        if wanted.unique:
            if value in seen:
                yield row, BadCell(f"{name}: '{cell_text(value)}' stands twice", "unique: true")
            seen.add(value)
