"""The rows of tables: from lists, maps or a CSV file, each cell as its field's type wants it."""

from __future__ import annotations

import csv
import io
import math
from collections.abc import Iterable

from c6brief.documents.files import read_text
from c6brief.documents.problems import Place, Problems, did_you_mean
from c6brief.documents.project import Project, inside
from c6brief.evidence.models import Table


def with_rows(project: Project, tables: Iterable[Table], problems: Problems) -> dict[str, Table]:
    """By id, the ``tables`` with their rows as tuples in field order, from lists, maps or a CSV file.

    What has problems is reported and left out. Problems: ``unknown-key``, ``bad-table``, ``outside-project``, those
    of reading a file.
    """
    read = {}
    for table in tables:
        rows = _csv_rows(project, table, problems) if table.data is not None else _yaml_rows(table, problems)
        if rows is not None:
            whole = table.model_copy(update={"rows": tuple(rows)})
            whole._document, whole._path = table._document, table._path
            read[table.id] = whole
    return read


def _yaml_rows(table: Table, problems: Problems) -> list[tuple] | None:
    names = [field.name for field in table.fields]
    rows = []
    good = True
    for index, row in enumerate(table.rows):
        steps: list[str | int] = list(range(len(names)))
        if isinstance(row, dict):
            steps = list(names)
            for key in row:
                if key not in names:
                    problems.error(
                        "unknown-key",
                        f"no field '{key}'",
                        table.place("rows", index, key, key=True),
                        did_you_mean(key, names),
                    )
                    good = False
            row = [row.get(name) for name in names]
        if not isinstance(row, (list, tuple)) or len(row) != len(names):
            message = f"row {index + 1} wants {len(names)} cells, one for each field"
            problems.error("bad-table", message, table.place("rows", index), ", ".join(names))
            good = False
            continue
        for column, cell in enumerate(row):
            good = _cell(table, cell, column, table.place("rows", index, steps[column]), problems) and good
        rows.append(tuple(row))
    return rows if good else None


def _csv_rows(project: Project, table: Table, problems: Problems) -> list[tuple] | None:
    at = table.place("data")
    path = table._document.path.parent / table.data
    if not inside(path, project.root):
        problems.error("outside-project", f"'{table.data}' lies outside the project", at, "keep the data below seeds/")
        return None
    text = read_text(path, problems, what="data file", at=at)
    if text is None:
        return None
    lines = list(csv.reader(io.StringIO(text)))
    names = [field.name for field in table.fields]
    missing = [name for name in names if name not in lines[0]]
    for name in missing:
        problems.error("bad-table", f"{table.data} has no column '{name}'", at, did_you_mean(name, lines[0]))
    if missing:
        return None
    order = [lines[0].index(name) for name in names]
    rows = []
    for number, line in enumerate(lines[1:], 2):
        if len(line) != len(lines[0]):
            message = f"line {number} of {table.data} has {len(line)} cells, its heading {len(lines[0])}"
            problems.error("bad-table", message, at)
            return None
        cells = tuple(_number(line[place], field.type) for place, field in zip(order, table.fields, strict=True))
        if not all([_cell(table, cell, column, at, problems) for column, cell in enumerate(cells)]):
            return None
        rows.append(cells)
    return rows


def _number(text: str, type_: str) -> object:
    """A CSV cell as the field's type wants it; what does not fit stays a text and is reported by :func:`_cell`."""
    if not text.strip():
        return None
    try:
        return int(text) if type_ in ("integer", "year") else float(text) if type_ == "number" else text
    except ValueError:
        return text


def _cell(table: Table, cell: object, column: int, at: Place, problems: Problems) -> bool:
    field = table.fields[column]
    if field.type in ("integer", "number", "year"):
        right = isinstance(cell, (int, float)) and not isinstance(cell, bool)
        right = right and (isinstance(cell, int) or math.isfinite(cell))
        right = right and (field.type == "number" or cell == int(cell))
    else:
        right = not isinstance(cell, (list, dict))
    if cell is not None and not right:
        article = "an" if field.type[0] in "aeiou" else "a"
        hint = "null where the value is not known" if isinstance(cell, float) and not math.isfinite(cell) else ""
        problems.error("bad-table", f"field '{field.name}' wants {article} {field.type}, found '{cell}'", at, hint)
        return False
    return True
