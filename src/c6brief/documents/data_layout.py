"""Where the data of a file stand: below a title, under heads of several rows, above notes, in a range.

A table says so (``skipRows``, ``headerRows``, ``footerRows``, ``range``, ``hidden``, ``fillMergedCells``). What it does not say
is not guessed: what looks like a title, a second head or a note is refused, and the problem names the key.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from c6brief.documents.grid import Fault
from c6brief.documents.problems import name_rule

HIDDEN_CELLS = name_rule(
    "hidden-cells",
    "warning",
    """a row or column of a workbook is hidden

    Hidden and filtered rows are left out, and so are hidden columns that no field names. `hidden: true` on the table reads
    them all, `hidden: false` leaves them out without a word. A hidden column that a field names is read.
    """,
    chapter="data",
)

_RANGE = re.compile(r"\$?([A-Za-z]{1,3})\$?([1-9][0-9]{0,6}):\$?([A-Za-z]{1,3})\$?([1-9][0-9]{0,6})")
_NUMBER = re.compile(r"[^\w]{0,3}[0-9][0-9., \u00a0\u202f']*[^\w]{0,3}\Z")
_YEAR = re.compile(r"(?:1[5-9]|20|21)[0-9]{2}(?![0-9])")
_NOTE = re.compile(
    r"""\s*(?:[*†‡§¹²³⁴-⁹©:]|\.\.|\(?[0-9a-z]{1,2}[).]\s|\((?!.*\)\S).{1,3}\)\s|[0-9]\s?/\s|https?://|[a-z:.]{1,2}\s?[=–-]\s
    |(?:sources?|notes?|footnotes?|remarks?|data\ from|last\ updat|updated|extracted|downloaded|available\ flags|special\ value
    |symbols?|legend|licen[cs]e|copyright|method|contact|доступ|источник|примеч|сноск|обновл|quelle|anmerkung|hinweis|stand
    |fuente|nota|notas|remarque|note\s?:|champ\s?:|lecture\s?:|fonte|källa|lähde|źródło|zdroj|kaynak|manba|дереккөз)(?![^\W\d_]{4}))""",
    re.I | re.X,
)
LONG = 60
"""Characters from which on a text alone in its row is a note and no category."""
_SAMPLE = 60
"""Rows that are looked at for a heading."""


@dataclass(frozen=True)
class CellRange:
    """A range of cells, its edges by row and column from 0; all of them are part of it."""

    top: int
    left: int
    bottom: int
    right: int


@dataclass(frozen=True)
class DataLayout:
    """What a table says of where its data stand in their file."""

    skip_rows: int | None = None
    """Rows above the heading; ``None`` where the table does not say."""
    header_rows: int = 1
    footer_rows: int = 0
    range: CellRange | None = None
    hidden: bool | None = None
    """Whether hidden rows and columns are read; ``None`` where the table does not say."""
    fill_merged: bool = False

    @property
    def is_placed(self) -> bool:
        """Whether the table says where the heading stands."""
        return self.range is not None or self.skip_rows is not None


PLAIN = DataLayout()


def parse_range(text: str) -> CellRange | None:
    """The range that ``B4:F20`` names; ``None`` for what names none."""
    match = _RANGE.fullmatch(text.strip())
    if match is None:
        return None
    left, right = (_column(letters) for letters in match.group(1, 3))
    top, bottom = (int(digits) - 1 for digits in match.group(2, 4))
    return CellRange(top, left, bottom, right) if top <= bottom and left <= right else None


def _column(letters: str) -> int:
    number = 0
    for letter in letters.upper():
        number = number * 26 + ord(letter) - 64
    return number - 1


def is_empty(cell: object) -> bool:
    """Whether a raw cell holds nothing. What is merged with others holds nothing of its own."""
    return cell is None or (isinstance(cell, str) and not cell.strip()) or (isinstance(cell, Fault) and cell.is_merged)


def _extent(row: Sequence[object]) -> int:
    """The columns of ``row`` up to the last that holds anything."""
    return max((at + 1 for at, cell in enumerate(row) if not is_empty(cell)), default=0)


def _filled(row: Sequence[object]) -> int:
    return sum(not is_empty(cell) for cell in row)


def _is_number(cell: object) -> bool:
    if isinstance(cell, str):
        return bool(_NUMBER.match(cell.strip()))
    return not isinstance(cell, bool) and not is_empty(cell) and not isinstance(cell, Fault)


def _is_head(cell: object) -> bool:
    """Whether a cell may be a heading: words, or a year."""
    return not is_empty(cell) and (not _is_number(cell) or bool(_YEAR.match(str(cell).strip())))


def heading_keys(skipped: int, rows: int) -> str:
    """The keys of a table that skip so many rows above a heading of so many ``rows``."""
    return f"skipRows: {skipped}{f' and headerRows: {rows}' if rows > 1 else ''} in the table"


def find_heading(rows: Sequence[Sequence[object]]) -> tuple[int, int] | None:
    """The row that looks like the heading where the first one does not, and how many rows it has.

    ``None`` where the first row looks like it, or none does.

    The first row is a title if it fills far fewer cells than most of those below; the heading fills all that these do, with
    words or years, and numbers stand below it.
    """
    sample = [row for row in rows[:_SAMPLE] if _filled(row)]
    widths = Counter(_extent(row) for row in sample[1:])
    if not sample or not widths:
        return None
    width = max(widths, key=lambda each: (widths[each], each))
    first = rows[0]
    if width < 2 or _filled(first) >= min(width, 3) or (_filled(first) == 2 and width < 4):
        return None
    for number, row in enumerate(rows[1:_SAMPLE], 1):
        if _extent(row) < width:
            continue
        heads = [cell for cell in row[:width] if not is_empty(cell)]
        if len(heads) < max(2, width - 1) or not all(map(_is_head, heads)):
            if any(_is_number(cell) and not _is_head(cell) for cell in heads):
                return None
            continue
        below = [each for each in rows[number + 1 : number + 6] if _filled(each)]
        if any(_is_number(cell) for each in below for cell in each[1:width]):
            begin = number
            while begin > 1 and _filled(rows[begin - 1]) > 1:
                begin -= 1
            return begin, number - begin + 1
        return None
    return None


def count_notes(rows: Sequence[Sequence[object]], width: int) -> int:
    """How many of the last ``rows`` are notes below a table of ``width`` columns, with the empty rows above them.

    Looked at are the last rows that hold a text in the first column alone, or nothing. Notes begin there with an empty row,
    or with a text that begins as notes do or is long; what stands above is a category of which nothing is known.
    """
    if width < 2:
        return 0
    begin = len(rows)
    while begin and _holds_at_most_a_name(rows[begin - 1]):
        begin -= 1
    for at in range(begin, len(rows)):
        if not _filled(rows[at]) or _is_note(str(rows[at][0])):
            return len(rows) - at
    return 0


def _holds_at_most_a_name(row: Sequence[object]) -> bool:
    filled = _filled(row)
    return filled == 0 or (filled == 1 and isinstance(row[0], str) and not is_empty(row[0]))


def _is_note(text: str) -> bool:
    text = text.strip()
    return bool(_NOTE.match(text)) or len(text) > LONG or (text.endswith((".", ":")) and text.count(" ") > 2)


def join_heads(rows: Sequence[Sequence[object]], width: int) -> tuple[str, ...]:
    """One heading of several rows: the words of each column from top to bottom.

    A group of columns has its head in the first: it stands for those at its right too, up to the next one. Words that stand in
    a column twice are one (cells that are merged downwards).
    """
    names: list[list[str]] = [[] for _ in range(width)]
    for level, row in enumerate(rows):
        last = ""
        for column in range(width):
            cell = row[column] if column < len(row) else None
            word = "" if is_empty(cell) else " ".join(str(cell).split())
            if level < len(rows) - 1:
                above_is_own = bool(names[column]) and names[column] != (names[column - 1] if column else [])
                last = word or ("" if above_is_own else last)
                word = last
            if word and word not in names[column][-1:]:
                names[column].append(word)
    return tuple(" ".join(words) for words in names)
