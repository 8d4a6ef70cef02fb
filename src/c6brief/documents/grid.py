"""A sheet of data as read from a file: a heading, columns of raw cells, and where each cell stands.

CSV files and workbooks both become a :class:`Grid`; what the cells mean, the evidence room decides.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

from c6brief.documents.problems import Place, Problems

LARGEST_DATA = 20_000_000
"""Bytes of a data file. A hundred thousand rows of twenty columns have half of that."""

MOST_REPORTED = 20
"""Problems reported of the cells of one table. A table with more has one mistake, made many times."""


@dataclass(frozen=True)
class Fault:
    """Why a cell has no value (it holds an error, it is merged with others), and a hint how to mend it."""

    message: str
    hint: str = ""
    is_merged: bool = False
    """Whether the cell is part of a merged range whose value stands elsewhere."""


class Shown(NamedTuple):
    """A number of a workbook that is shown with more than its digits: 25% for 0.25, 0101 for 101, 3.4 bn."""

    value: int | float
    """The number meant by what is shown: 25 where the cell holds 0.25 and shows 25%."""
    write: Callable[[int | float], str]
    """Writes ``value`` as it is shown, with all decimals that the cell holds: few cells are asked for that."""
    beside: tuple[str, ...] = ()
    """The words and signs around the number that the format of the cell adds."""
    is_percent: bool = False
    """Whether the cell holds a hundredth of ``value``."""

    @property
    def text(self) -> str:
        """As shown."""
        return self.write(self.value)

    def __str__(self) -> str:
        return self.text


@dataclass(frozen=True)
class Origin:
    """The data file that rows were read from."""

    path: Path | None
    """``None`` where the rows were computed."""
    sha256: str
    """Of the file, byte for byte, in hexadecimal."""
    cell: Callable[[int, int], Place]
    """The place of a cell, by its row and column in the file's data, both counted from 0."""
    sheet: str = ""
    """The sheet of a workbook; empty for CSV."""


@dataclass(frozen=True)
class Grid:
    """What a data file holds, in its own order, without blank rows and columns at its edges."""

    heading: tuple[str, ...]
    columns: tuple[Sequence[object], ...]
    """The raw cells below the heading. A missing cell is ``None`` or an empty text."""
    origin: Origin
    heading_cell: Callable[[int | None], Place]
    """The place of a cell of the heading, by its column from 0; for ``None`` that of the whole heading."""
    whole: bool = True
    """Whether every row is there; ``False`` where rows were left out after problems."""
    has_semicolons: bool = False
    """Whether semicolons separate its cells, as where a comma is the decimal sign: a point may group thousands there."""
    hidden: frozenset[int] = frozenset()
    """The columns that a workbook hides."""
    is_long: bool = False
    """Whether it was made of the form of a statistics office: a row for each observation."""


class CellProblems:
    """Reports the first :data:`MOST_REPORTED` problems in the cells of one table, and counts the others.

    Call :meth:`error` in the order of the file, and :meth:`close` at the end.
    """

    def __init__(self, problems: Problems, rule: str = "bad-table") -> None:
        self._problems, self._rule = problems, rule
        self.count = 0
        """How many problems there were, reported or not."""

    def error(
        self, message: str, place: Callable[[], Place], hint: str | Callable[[], str] = "", rule: str = ""
    ) -> None:
        """Report or count one problem. ``place`` and ``hint`` are called only where it is reported: both may be slow.

        ``rule`` names the problem where it is not the rule of the whole table.
        """
        self.count += 1
        if self.count <= MOST_REPORTED:
            self._problems.error(rule or self._rule, message, place(), hint() if callable(hint) else hint)
        elif self.count == MOST_REPORTED + 1:
            self._first_unreported = place

    def close(self) -> None:
        """Report how many more problems there are, at the place of the first that was not reported."""
        more = self.count - MOST_REPORTED
        if more > 0:
            words = "problem" if more == 1 else "problems"
            self._problems.error(self._rule, f"and {more:,} more {words} from here on", self._first_unreported())
