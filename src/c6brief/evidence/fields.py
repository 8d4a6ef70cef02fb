"""The fields of a table: whether they make sense, what a file's own headings make of them, what they ask of values."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterator, Sequence

from c6brief.documents.grid import Grid, Telling
from c6brief.documents.problems import Problems, did_you_mean
from c6brief.evidence.cells import BadCell, Value, read_all, reader, shown
from c6brief.evidence.models import Table, TableField

_ORDERED = ("integer", "number", "year", "date")
_YEAR_HEADINGS = ("year", "год")


def sensible(table: Table, problems: Problems) -> bool:
    """Whether the fields are of different names and ask for nothing that their types do not have.

    Problem: ``bad-value``, at the key that is wrong.
    """
    good = True

    def wrong(message: str, *at: str | int, hint: str = "", key: bool = False) -> None:
        nonlocal good
        problems.error("bad-value", message, table.place("fields", *at, key=key), hint)
        good = False

    names: set[str] = set()
    for index, field in enumerate(table.fields):
        name, wanted = f"field '{field.name}'", field.constraints
        if field.name in names:
            wrong(f"{name} stands twice", index, "name", hint="every field wants a name of its own")
        names.add(field.name)
        if field.decimal_char == field.group_char:
            wrong("decimalChar and groupChar are the same", index, "groupChar")
        if set(field.true_values) & set(field.false_values):
            wrong(f"{name}: a value is both true and false", index, "trueValues", key=True)
        for key in ("minimum", "maximum"):
            bound = getattr(wanted, key)
            if bound is not None and field.type not in _ORDERED:
                wrong(f"{key}: {field.type} has no order", index, "constraints", key, key=True)
            elif bound is not None and not _readable(field, bound):
                wrong(f"{key}: '{shown(bound)}' is no {field.type}", index, "constraints", key)
        for number, value in enumerate(wanted.enum or ()):
            if not _readable(field, value):
                wrong(f"enum: '{shown(value)}' is no {field.type}", index, "constraints", "enum", number)
        if wanted.pattern is not None:
            if field.type != "string":
                wrong(f"pattern: {field.type} has none, only texts have", index, "constraints", "pattern", key=True)
            else:
                try:
                    re.compile(wanted.pattern)
                except (re.error, OverflowError, RecursionError) as reason:
                    wrong(f"pattern: no regular expression: {reason}", index, "constraints", "pattern")
    return good


def _readable(field: TableField, value: object) -> bool:
    try:
        return reader(field, ())(value) is not None
    except BadCell:
        return False


def columns_of(grid: Grid, table: Table, telling: Telling) -> list[int] | None:
    """The columns of ``grid`` that the fields of ``table`` name, in the order of the fields.

    ``None`` after ``bad-table``: a heading that is missing or stands twice.
    """
    names = [field.name for field in table.fields] or list(grid.heading)
    found: list[int] = []
    before = telling.count
    for name in names:
        if name not in grid.heading:
            if name:
                telling(
                    f"no column '{name}'",
                    lambda: grid.heading_cell(None),
                    did_you_mean(name, filter(None, grid.heading)),
                )
        else:
            found.append(grid.heading.index(name))
    for column, name in enumerate(grid.heading):
        if not name and not table.fields:
            hint = "give the column a name"
            telling(f"column {column + 1} has no heading", lambda at=column: grid.heading_cell(at), hint)
        elif name in names and grid.heading.index(name) != column:
            hint = "every column wants a name of its own"
            telling(f"the heading '{name}' stands twice", lambda at=column: grid.heading_cell(at), hint)
    return found if telling.count == before else None


def inferred(heading: Sequence[str], columns: Sequence[Sequence[object]], missing: Collection[str]) -> list[TableField]:
    """Fields for columns that no field describes: named as their headings, of the first type that fits every cell.

    The types tried are year (four digits each, under a heading that says so), integer, number, date, boolean (without
    0 and 1), string. Digits after a zero (``007``) are a code, which is a string; so is a column without any value.
    """
    return [_inferred(name, cells, missing) for name, cells in zip(heading, columns, strict=True)]


def _inferred(name: str, cells: Sequence[object], missing: Collection[str]) -> TableField:
    known = [cell for cell in cells if cell is not None and not (isinstance(cell, str) and _is_missing(cell, missing))]
    codes = any(isinstance(cell, str) and re.match(r"\s*[-+]?0[0-9]", cell) for cell in known)
    candidates = [
        TableField(name=name, type="integer"),
        TableField(name=name, type="number"),
        TableField(name=name, type="date"),
        TableField(
            name=name, type="boolean", trueValues=("true", "True", "TRUE"), falseValues=("false", "False", "FALSE")
        ),
    ]
    if name.lower() in _YEAR_HEADINGS:
        candidates.insert(0, TableField(name=name, type="year"))
    for field in candidates if known else ():
        read = reader(field, missing)
        if not (codes and field.type in ("integer", "number")) and all(_fits(read, cell) for cell in known):
            return field
    return TableField(name=name)


def _is_missing(text: str, missing: Collection[str]) -> bool:
    return text in missing or not text.strip()


def _fits(read: Callable[[object], Value], cell: object) -> bool:
    try:
        read(cell)
    except BadCell:
        return False
    return True


def _near(value: Value, allowed: Sequence[Value]) -> Callable[[], str]:
    return lambda: did_you_mean(shown(value), map(shown, allowed))


def violations(field: TableField, values: Sequence[Value]) -> Iterator[tuple[int, BadCell]]:
    """By row, the values that do not keep the field's constraints."""
    wanted = field.constraints
    (least, most), _ = read_all((wanted.minimum, wanted.maximum), reader(field, ()))
    allowed = None if wanted.enum is None else read_all(wanted.enum, reader(field, ()))[0]
    pattern = None if wanted.pattern is None else re.compile(wanted.pattern)
    seen: set[Value] = set()
    for row, value in enumerate(values):
        name = f"field '{field.name}'"
        if value is None:
            if wanted.required:
                yield row, BadCell(f"{name} is required, the cell is empty")
            continue
        if least is not None and value < least:  # type: ignore[operator]  # one type a field
            yield row, BadCell(f"{name}: {shown(value)} is less than {shown(least)}", f"minimum: {shown(least)}")
        if most is not None and value > most:  # type: ignore[operator]
            yield row, BadCell(f"{name}: {shown(value)} is more than {shown(most)}", f"maximum: {shown(most)}")
        if allowed is not None and value not in allowed:
            yield row, BadCell(f"{name}: '{shown(value)}' is not allowed", _near(value, allowed))
        if pattern is not None and not pattern.fullmatch(str(value)):
            yield row, BadCell(f"{name}: '{shown(value)}' does not fit", f"pattern: {wanted.pattern}")
        if wanted.unique:
            if value in seen:
                yield row, BadCell(f"{name}: '{shown(value)}' stands twice", "unique: true")
            seen.add(value)
