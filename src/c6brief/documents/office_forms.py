"""Files of statistics offices, told by their heads, as long rows: one for each observation.

Known are SDMX-CSV (1.0 and 2.0, https://github.com/sdmx-twg/sdmx-csv), Eurostat's TSV
(https://wikis.ec.europa.eu/display/EUROSTATHELP/API+-+Getting+started), and the CSV and workbooks of the World Bank's Data
Catalog and DataBank. Long rows have the dimensions, ``time``, ``value`` and ``flag``, and what else the file has.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from c6brief.documents.data_layout import is_empty
from c6brief.documents.grid import Grid
from c6brief.documents.problems import Place

TIME, VALUE, FLAG = "time", "value", "flag"

_WORLD_BANK = (("country name", "country code"), ("series name", "series code"), ("country code", "country name"))
_YEAR = re.compile(r"((?:1[89]|20|21)[0-9]{2})(?: \[YR\1\])?")
_PERIOD = re.compile(r"(?:1[5-9]|20|21)[0-9]{2}(?:-?[QSMWH][0-9]{1,2}|-[0-9]{2}(?:-[0-9]{2})?)?(?: \[YR[0-9]{4}\])?")
_OBSERVATION = re.compile(r"\s*(:|[^\s:]*)\s*([A-Za-z ]*)\s*")
_PREAMBLE = ("data source", "last updated date")
_FOOT = ("data from database", "last updated")
_MISSING = ("", "..", ":")
_TIMES = ("TIME_PERIOD",)
_VALUES = ("OBS_VALUE",)
_FLAGS = ("OBS_FLAG", "OBS_STATUS")


@dataclass(frozen=True)
class OfficeForm:
    """Where the heading of a known form stands, as the number of its row, and how many rows its foot has."""

    heading: int
    footer: int


def form_of(rows: Sequence[Sequence[object]]) -> OfficeForm | None:
    """Where the heading and the foot of a file of the World Bank are; ``None`` for any other file."""
    for number, row in enumerate(rows[:8]):
        first = [_word(cell) for cell in row[:2]]
        if tuple(first) in _WORLD_BANK and sum(bool(_YEAR.fullmatch(_label(cell))) for cell in row) > 0:
            above = [_word(each[0]) for each in rows[:number] if each and not is_empty(each[0])]
            if not all(word in _PREAMBLE for word in above):
                return None
            footer = 0
            for back in reversed(rows[-12:]):
                filled = [cell for cell in back if not is_empty(cell)]
                if filled and not (len(filled) == 1 and _word(filled[0]).startswith(_FOOT)):
                    break
                footer += 1
            return OfficeForm(number, footer)
    return None


def as_long(grid: Grid) -> Grid | None:
    """``grid`` as long rows; ``None`` where it has no form that is known."""
    heads = [_id(name) for name in grid.heading]
    if "OBS_VALUE" in heads and "TIME_PERIOD" in heads and heads[0] in ("DATAFLOW", "STRUCTURE", "KEY"):
        return _renamed(grid, heads)
    if "\\" in grid.heading[0] and len(grid.heading) > 1 and all(map(_PERIOD.fullmatch, grid.heading[1:])):
        return _unpivoted(grid, 1, grid.heading[0].rpartition("\\")[0].split(","), has_flags=True)
    if tuple(map(str.casefold, grid.heading[:2])) in _WORLD_BANK:
        fixed = next((at for at, name in enumerate(grid.heading) if _YEAR.fullmatch(name)), 0)
        if fixed and all(map(_YEAR.fullmatch, grid.heading[fixed:])):
            return _unpivoted(grid, fixed, list(grid.heading[:fixed]), has_flags=False)
    return None


def _word(cell: object) -> str:
    return " ".join(str(cell).split()).casefold().rstrip(":") if not is_empty(cell) else ""


def _label(cell: object) -> str:
    return "" if is_empty(cell) else str(cell).strip()


def _id(name: str) -> str:
    """The id of a head of SDMX-CSV, which may have its label beside it: ``FREQ: Frequency``."""
    return name.partition(":")[0].strip()


def _renamed(grid: Grid, heads: Sequence[str]) -> Grid:
    """SDMX-CSV has long rows already: its heads are named, and the three of every observation as everywhere."""
    flag = next((name for name in _FLAGS if name in heads), None)
    names = {"TIME_PERIOD": TIME, "OBS_VALUE": VALUE, **({flag: FLAG} if flag else {})}
    heading = tuple(names.get(head, head) for head in heads)
    columns = list(grid.columns)
    value = heading.index(VALUE)
    columns[value] = [None if _label(cell) in ("", "NaN") else cell for cell in columns[value]]
    if flag is None:
        heading, columns = (*heading, FLAG), [*columns, [None] * len(columns[0])]
    return replace(grid, heading=heading, columns=tuple(columns), is_long=True)


def _unpivoted(grid: Grid, fixed: int, dimensions: Sequence[str], *, has_flags: bool) -> Grid:
    """A row for each cell of the columns from ``fixed`` on, whose heads are times.

    The first ``fixed`` columns hold the ``dimensions``: one column all of them, parted by commas, or each one.
    """
    times = [name.partition(" ")[0] for name in grid.heading[fixed:]]
    made: list[list[object]] = [[] for _ in range(len(dimensions) + 3)]
    height = len(grid.columns[0])
    for row in range(height):
        if fixed == 1 and len(dimensions) > 1:
            names: list[object] = list(map(str.strip, str(grid.columns[0][row]).split(",")))
            names = (names + [None] * len(dimensions))[: len(dimensions)]
        else:
            names = [grid.columns[at][row] for at in range(fixed)]
        for at, time in enumerate(times):
            value, flag = _observed(grid.columns[fixed + at][row], has_flags)
            for column, cell in enumerate((*names, time, value, flag)):
                made[column].append(cell)
    count, inner, heading_cell = len(times), grid.origin.cell, grid.heading_cell

    def cell_place(row: int, column: int) -> Place:
        if column < len(dimensions):
            return inner(row // count, min(column, fixed - 1))
        at = fixed + row % count
        return heading_cell(at) if column == len(dimensions) else inner(row // count, at)

    heading = (*(name.strip() for name in dimensions), TIME, VALUE, FLAG)
    origin = replace(grid.origin, cell=cell_place)
    return replace(grid, heading=heading, columns=tuple(made), origin=origin, heading_cell=_of_long(heading_cell, fixed), is_long=True)  # fmt: skip


def _of_long(heading_cell: Callable[[int | None], Place], fixed: int) -> Callable[[int | None], Place]:
    """The place of a head of long rows: that of the column that it comes from, or of the first time."""
    return lambda column: heading_cell(None if column is None else min(column, fixed))


def _observed(cell: object, has_flags: bool) -> tuple[object, str | None]:
    """The value of a cell, and its flag: ``12.3 p`` is provisional, ``: c`` is confidential."""
    if not isinstance(cell, str):
        return cell, None
    if not has_flags:
        return (None if cell.strip() in _MISSING else cell), None
    match = _OBSERVATION.fullmatch(cell)
    if match is None:
        return cell, None  # it is told as a bad cell, with its place
    value, flag = match[1], match[2].strip()
    return (None if value in _MISSING else value), flag or None
