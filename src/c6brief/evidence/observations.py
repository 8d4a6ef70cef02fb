"""Long rows of statistics offices: their flags and their scale are shown, or told; rows are picked by what stands in them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from functools import partial

from c6brief.documents.grid import CellProblems, Grid
from c6brief.documents.office_forms import FLAG, VALUE
from c6brief.documents.problems import Place, Problems, did_you_mean, name_rule
from c6brief.evidence.table_models import Table, TableField

FLAGS_LEFT_OUT = name_rule(
    "flags-left-out",
    "warning",
    """values of a statistics office have flags that the table neither has as a field nor notes

    A provisional (p), estimated (e) or confidential (c) value is not like the others, and a break in a series (b) makes two of
    it. `{name: flag}` among the fields keeps the flags; a `note` of the table, or `notes` on its cells, may say what they mean.
    """,
    chapter="data",
)
SCALE_NOT_NAMED = name_rule(
    "scale-not-named",
    "warning",
    """values of SDMX-CSV are in thousands or millions, and the field has no unit that says so

    SDMX keeps the scale apart, as a power of ten in the column UNIT_MULT: 6 for millions.
    """,
    chapter="data",
)
SCALES = ("UNIT_MULT", "UNIT_MULTIPLIER")
_LONGEST_CELL = 200


def pick_rows(grid: Grid, table: Table, cell_problems: CellProblems) -> Grid | None:
    """The rows of ``grid`` that hold what the table asks for under ``where``; ``None`` after the problem ``bad-table``."""
    wanted = table.of_file("where")
    if not wanted:
        return grid
    keep = range(len(grid.columns[0]) if grid.columns else 0)
    kept = list(keep)
    before = cell_problems.count
    for name, values in wanted.items():
        if name not in grid.heading:
            message, hint = f"where: no column '{name}'", did_you_mean(name, filter(None, grid.heading))
            cell_problems.error(message, partial(table.of_file_place, "where", name, of_key=True), hint)
            continue
        column = [_words(cell) for cell in grid.columns[grid.heading.index(name)]]
        known = set(column)
        for at, value in enumerate(values):
            if value.strip() not in known:
                hint = did_you_mean(value, {each for each in known if len(each) <= _LONGEST_CELL})
                cell_problems.error(
                    f"where: no row has '{value}' under '{name}'", partial(_where_place, table, name, at), hint
                )
        asked = {value.strip() for value in values}
        kept = [row for row in kept if column[row] in asked]
    if cell_problems.count > before:
        return None
    inner = grid.origin.cell
    origin = replace(grid.origin, cell=lambda row, column: inner(kept[row], column))
    columns = tuple([column[row] for row in kept] for column in grid.columns)
    return replace(grid, columns=columns, origin=origin)


def _where_place(table: Table, name: str, at: int) -> Place:
    one, several = table.of_file_place("where", name), table.of_file_place("where", name, at)
    return several if several != one else one


def _words(cell: object) -> str:
    return "" if cell is None else str(cell).strip()


def _code(cell: object) -> str:
    """The code of a cell, which may have its label beside it: ``E: Estimated``."""
    return _words(cell).partition(":")[0].strip()


def check_observations(grid: Grid, table: Table, fields: Sequence[TableField], problems: Problems) -> bool:
    """Report flags and scales of long rows that no field has. Returns whether the rows are of one scale.

    Problems: the rules of this module, ``bad-table``.
    """
    names = [field.name for field in fields]
    if not grid.is_long or VALUE not in names or not grid.columns or not grid.columns[0]:
        return True
    value = fields[names.index(VALUE)]
    at_value = grid.heading.index(VALUE)
    flags = grid.columns[grid.heading.index(FLAG)]
    flagged = [row for row, flag in enumerate(flags) if _code(flag) not in ("", "A")]  # SDMX: A is a normal value
    if flagged and FLAG not in names and not table.note:
        counts = ", ".join(
            f"{flag} {count}" for flag, count in sorted(Counter(_code(flags[row]) for row in flagged).items())
        )
        hint = "add {name: flag} to the fields, or say in note what the flags mean"
        message = f"{len(flagged)} of {len(flags)} values have flags that are left out ({counts})"
        problems.report(FLAGS_LEFT_OUT, message, grid.origin.cell(flagged[0], at_value), hint)
    scale = next((name for name in SCALES if name in grid.heading), None)
    if scale is None or scale in names:
        return True
    powers = [_code(cell) or "0" for cell in grid.columns[grid.heading.index(scale)]]
    odd = next((row for row, power in enumerate(powers) if power != powers[0]), None)
    if odd is not None:
        message = f"{scale} is {powers[odd]} here and {powers[0]} above: values of several scales stand in one column"
        hint = f"pick rows of one scale (where: {{{scale}: {powers[0]}}}), or add {{name: {scale}}} to the fields"
        problems.error("bad-table", message, grid.origin.cell(odd, at_value), hint)
    elif powers[0] not in ("0", "") and not value.unit:
        message = f"values are to be multiplied by 10^{powers[0]} ({scale})"
        problems.report(
            SCALE_NOT_NAMED, message, grid.origin.cell(0, at_value), "say so in the field's unit: million US$"
        )
    return odd is None
