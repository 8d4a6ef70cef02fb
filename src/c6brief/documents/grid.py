"""A sheet of data as read from a file: a heading, columns of raw cells, and where each cell stands.

CSV files and workbooks both become a :class:`Grid`; what the cells mean, the evidence room decides.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from c6brief.documents.problems import Place, Problems

LARGEST_DATA = 20_000_000
"""Bytes of a data file. A hundred thousand rows of twenty columns have half of that."""

MOST_TOLD = 20
"""Mistakes told of one table: who has more of them has one, made many times."""


@dataclass(frozen=True)
class Fault:
    """What a file has in place of a cell's value (an error, a merged cell), and what would mend it."""

    message: str
    hint: str = ""


@dataclass(frozen=True)
class Origin:
    """The file that rows come from (``None``: they were computed). ``cell`` gives the place of a row and column of it, both counted from 0."""

    path: Path | None
    sha256: str
    """Of the file, byte for byte."""
    cell: Callable[[int, int], Place]


@dataclass(frozen=True)
class Grid:
    """What a file holds: ``heading`` and ``columns`` in its own order, blank edges left out.

    A missing cell is ``None`` or an empty text. ``heading_cell`` gives the place of a cell of the heading, or for
    ``None`` that of all of it. Of a grid that is not ``whole`` rows were left out after problems.
    """

    heading: tuple[str, ...]
    columns: tuple[Sequence[object], ...]
    origin: Origin
    heading_cell: Callable[[int | None], Place]
    whole: bool = True


class Telling:
    """Problems in the cells of one table, of which the first :data:`MOST_TOLD` are told and the others counted."""

    def __init__(self, problems: Problems, rule: str = "bad-table") -> None:
        self._problems, self._rule = problems, rule
        self.count = 0

    def __call__(
        self, message: str, place: Callable[[], Place], hint: str | Callable[[], str] = "", rule: str = ""
    ) -> None:
        """Report. Place and hint are only asked for where they are told. To be called in the order of the file."""
        self.count += 1
        if self.count <= MOST_TOLD:
            self._problems.error(rule or self._rule, message, place(), hint() if callable(hint) else hint)
        elif self.count == MOST_TOLD + 1:
            self._next = place

    def close(self) -> None:
        """Say how many more there are, at the first that was not told."""
        more = self.count - MOST_TOLD
        if more > 0:
            words = "problem" if more == 1 else "problems"
            self._problems.error(self._rule, f"and {more:,} more {words} from here on", self._next())
