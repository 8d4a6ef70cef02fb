"""CSV files (RFC 4180) with a position for every cell.

Python's ``csv`` module reads at the speed of C but does not say in which column of a line a cell stands. Where a place
is asked for, :func:`_spans` reads that one record again, character by character, so that only files with problems pay
for it.

Cells are separated by commas; by semicolons, or else by tabs, where the heading has these and no comma outside of
quotation marks; by the sign that a first line ``sep=;`` names, as Excel writes it. Numbers, dates and missing values stay
texts.
"""

from __future__ import annotations

import csv
import hashlib
import io
import re
from array import array
from functools import cached_property
from pathlib import Path

from c6brief.documents.data_layout import PLAIN, DataLayout, count_notes, find_heading, heading_keys, join_heads
from c6brief.documents.direction import describe_turning, find_turning
from c6brief.documents.files import decode, display_name, read_bytes
from c6brief.documents.grid import LARGEST_DATA, CellProblems, Grid, Origin
from c6brief.documents.office_forms import form_of
from c6brief.documents.problems import Place, Problems, Span

_SEPARATOR = re.compile(r"sep=([^\n])[ \t]*\n", re.I)
"""The first line by which Excel says what separates cells."""
SAMPLE = 60
"""Lines of a file that are looked at for its heading."""
MOST_NOTES = 200
"""Rows at the end of a file that are looked at for notes."""

SAVE = "save it again as “CSV UTF-8”"

_UNPRINTABLE = re.compile("[^\t\n\r\x20-\x7e\x85\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""Characters that no page can show; YAML refuses them too (https://yaml.org/spec/1.2.2/#51-character-set)."""

_CYRILLIC = re.compile(rb"[\xc0-\xff]{3}")
"""Three letters of Windows-1251 in a row; Western European encodings hardly ever have so many beyond ASCII."""


def find_unprintable(text: str) -> re.Match[str] | None:
    """The first character of ``text`` that no page can show; ``None`` where there is none."""
    return _UNPRINTABLE.search(text)


def read_csv(path: Path, problems: Problems, at: Place, layout: DataLayout = PLAIN) -> Grid | None:
    """The CSV file at ``path``, which is named in a document ``at``; ``None`` after a problem.

    ``layout`` says where its data stand.

    Problems: those of :func:`~c6brief.documents.files.read_bytes` and of
    :func:`~c6brief.documents.files.decode` (a byte order mark is allowed: Excel writes one), ``bad-table``,
    ``text-direction``.
    """
    data = read_bytes(path, problems, what="data file", at=at, largest=LARGEST_DATA)
    if data is None:
        return None
    here = Place(display_name(path))
    if data.startswith((b"PK\x03\x04", b"\xd0\xcf\x11\xe0")):
        problems.error("bad-table", "data file is a workbook, no CSV", here, "name it .xlsx, or save it as CSV UTF-8")
        return None
    guess = "this looks like Windows-1251: " if _CYRILLIC.search(data) else ""
    text = decode(data, path, problems, what="data file", hint=guess + SAVE, allows_mark=True)
    if text is None:
        return None
    file = CsvFile(path, text, layout)
    bad = find_unprintable(text)
    if bad:
        line, column = text.count("\n", 0, bad.start()) + 1, bad.start() - text.rfind("\n", 0, bad.start())
        place = file.place(Span(line, column, line, column + 1))
        hint = f"this looks like UTF-16: {SAVE}" if bad[0] == "\0" else "remove it"
        problems.error("bad-table", f"control character U+{ord(bad[0]):04X}", place, hint)
        return None
    for line, words in enumerate(text.split("\n") if not text.isascii() else (), 1):
        if turning := find_turning(words):
            message, hint = describe_turning(turning)
            problems.error("text-direction", message, file.place(Span(line, 1, line, len(words) + 1)), hint)
            return None
    return file.grid(hashlib.sha256(data).hexdigest(), problems)


class CsvFile:
    """The text of a CSV file. :meth:`grid` reads it; then the places of its cells are known."""

    def __init__(self, path: Path, text: str, layout: DataLayout = PLAIN) -> None:
        self.path, self.text, self.layout = path, text, layout
        named = _SEPARATOR.match(text)
        self.skipped = (1 if named else 0) + (layout.skip_rows or 0)
        """Lines above the heading that are not read."""
        rest = text.split("\n", self.skipped)[-1] if text.count("\n") >= self.skipped else ""
        if layout.range is not None:
            rest = "\n".join(text.split("\n")[layout.range.top : layout.range.bottom + 1])
        self.delimiter = named[1] if named else _find_delimiter(rest)
        self.left = layout.range.left if layout.range else 0
        """The column of the file that the data begin in, from 0."""
        self.heading_line = 1
        self.first_lines = array("L")
        """The line on which each row of the data starts, from 1."""

    def place(self, span: Span) -> Place:
        """``span`` with the line it starts on."""
        line = self._lines[span.line - 1] if span.line <= len(self._lines) else ""
        return Place(display_name(self.path), span, line)

    def cell(self, row: int, column: int) -> Place:
        """The place of a cell of the data, its row and column counted from 0."""
        return self._cell(self.first_lines[row], self.left + column)

    def heading_cell(self, column: int | None) -> Place:
        """The place of a cell of the heading, its column counted from 0; for ``None`` the heading's first line."""
        if column is not None:
            return self._cell(self.heading_line, self.left + column)
        width = len(self._lines[self.heading_line - 1])
        return self.place(Span(self.heading_line, 1, self.heading_line, width + 1))

    def grid(self, sha256: str, problems: Problems) -> Grid | None:
        """Read the file: its heading and columns, or ``None`` after the problem ``bad-table``.

        ``sha256`` is the hash of the file's bytes, for the grid's origin.
        """
        records, starts = self._read_records(problems)
        if records is None or not self._place(records, starts, problems):
            return None
        heads = self.layout.header_rows
        heading = [" ".join(name.split()) for name in records[0]]
        if heads > 1:
            heading = list(join_heads(records[:heads], max(map(len, records[:heads]))))
        self.heading_line = starts[0]
        body = [(record, start) for record, start in zip(records[heads:], starts[heads:], strict=True)]
        notes = count_notes([record for record, _ in body[-MOST_NOTES:]], _width(heading))
        cell_problems = CellProblems(problems)
        rows = []
        for record, start in body[: len(body) - notes]:
            if len(record) == len(heading) and any(map(str.strip, record)):
                rows.append(record)
                self.first_lines.append(start)
            else:
                self._report_row(record, start, len(heading), cell_problems, body[-1][1])
        if notes:
            self._report_notes(body[len(body) - notes :], notes, cell_problems)
        cell_problems.close()
        columns = tuple(zip(*rows, strict=True)) if rows else tuple(() for _ in heading)
        used = len(heading)
        while used and not heading[used - 1] and not any(map(str.strip, columns[used - 1])):
            used -= 1
        origin = Origin(self.path, sha256, self.cell)
        whole, has_semicolons = not cell_problems.count, self.delimiter == ";"
        return Grid(tuple(heading[:used]), columns[:used], origin, self.heading_cell, whole, has_semicolons)

    def _place(self, records: list[list[str]], starts: array[int], problems: Problems) -> bool:
        """Take from ``records`` what the layout leaves out. Returns whether the first one left is a heading.

        Problem: ``bad-table``, where something else stands above what looks like the heading.
        """
        layout = self.layout
        while records and not any(map(str.strip, records[-1])):
            del records[-1], starts[-1]
        if layout.range is not None:
            top, bottom = layout.range.top, layout.range.bottom
            right = min(layout.range.right + 1, max(map(len, records), default=0))
            kept = [at for at, start in enumerate(starts) if top < start <= bottom + 1]
            records[:] = [(records[at] + [""] * right)[self.left : right] for at in kept]
            starts[:] = array("L", [starts[at] for at in kept])
            while records and not any(map(str.strip, records[-1])):
                del records[-1], starts[-1]
        footer = layout.footer_rows
        if not layout.is_placed:
            form = form_of(records)
            if form is not None:
                del records[: form.heading], starts[: form.heading]
                footer = max(footer, form.footer)
                width = max(map(len, records), default=0)
                records[:] = [record + [""] * (width - len(record)) if record else record for record in records]
        if footer:
            del records[-footer:], starts[-footer:]
            while records and not any(map(str.strip, records[-1])):
                del records[-1], starts[-1]
        if not records:
            problems.error(
                "bad-table", "the rows that are read hold nothing", Place(display_name(self.path)), "which are meant?"
            )
            return False
        found = None if layout.is_placed else self._find_heading(records, starts)
        if found is not None:
            place = self.place(Span(starts[0], 1, starts[0], len(self._lines[starts[0] - 1]) + 1))
            line, count = found
            message = f"line {starts[0]} is no heading of these columns; line {line} looks like it"
            problems.error("bad-table", message, place, heading_keys(line - 1 - self._named, count))
        return found is None

    def _find_heading(self, records: list[list[str]], starts: array[int]) -> tuple[int, int] | None:
        """The line of what looks like the heading, and its rows, where the first record does not; ``None`` where it does."""
        found = find_heading(records)
        others = [record for record in records[1:SAMPLE] if record]
        has_cells = 2 * sum(len(record) > 1 for record in others) > len(others)
        if found is not None or (len(_filled_cells(records[0])) > 1 and has_cells):
            return None if found is None else (starts[found[0]], found[1])
        lines = self._lines[self.skipped : self.skipped + SAMPLE]
        for delimiter in ",;\t":
            if delimiter != self.delimiter:
                found = find_heading(_sample(lines, delimiter))
                if found is not None:
                    return self.skipped + found[0] + 1, found[1]
        return None

    @property
    def _named(self) -> int:
        """1 where the first line names the separator, which is no line of the data; else 0."""
        return self.skipped - (self.layout.skip_rows or 0)

    def _report_notes(self, notes: list[tuple[list[str], int]], count: int, cell_problems: CellProblems) -> None:
        """Report the ``count`` last rows, which are notes below the table, at the first of them."""
        line = notes[0][1]
        whole = Span(line, 1, line, len(self._lines[line - 1]) + 1)
        what = (
            "an empty row, and notes below it" if not any(map(str.strip, notes[0][0])) else "a note is no row of data"
        )
        hint = f"footerRows: {count} in the table leaves out what follows; or remove it, and say it under note"
        cell_problems.error(what, lambda: self.place(whole), hint)

    def _read_records(self, problems: Problems) -> tuple[list[list[str]] | None, array[int]]:
        """All records from the heading on, with the line on which each starts; no records after a problem."""
        records: list[list[str]] = []
        starts = array("L")
        before = 0
        text = io.StringIO(self.text)
        for _ in range(self.skipped):
            text.readline()
        reader = csv.reader(text, delimiter=self.delimiter, strict=True)
        try:
            for record in reader:
                if record or records:  # blank lines before the heading mean nothing
                    records.append(record)
                    starts.append(self.skipped + before + 1)
                before = reader.line_num
        except csv.Error as reason:
            self._report_quotes(self.skipped + before + 1, str(reason), problems)
            return None, starts
        return records, starts

    def _report_quotes(self, line: int, reason: str, problems: Problems) -> None:
        """Report where quotation marks are wrong in the record that starts on ``line``."""
        span, why = _spans(self._lines, line, self.delimiter)[-1]
        messages = {
            "open": ("a quotation mark is not closed", 'end the cell with ", and double every " inside it'),
            "after": ("words after the closing quotation mark", 'double every " inside a cell: ""'),
        }
        message, hint = messages.get(why, (f"not CSV: {reason}", ""))
        problems.error("bad-table", message, self.place(span), hint)

    def _report_row(self, record: list[str], line: int, wanted: int, cell_problems: CellProblems, last: int) -> None:
        """Report a row that is empty, or that has not as many cells as the heading (``wanted``). ``last`` is the last line."""
        width = len(self._lines[line - 1])
        whole = Span(line, 1, line, width + 1)
        if not any(map(str.strip, record)):
            hint = f"remove it, with what follows if that is no data (footerRows: {last - line + 1} in the table)"
            cell_problems.error("an empty row", lambda: self.place(whole), hint)
            return
        counted = "1 cell" if len(record) == 1 else f"{len(record)} cells"
        hint = f"cells are separated by '{_delimiter_name(self.delimiter)}'"
        if self.delimiter == "," and len(record) > wanted:
            hint = "a cell that holds a comma wants quotation marks around it"
        cell_problems.error(f"{counted}; the heading has {wanted}", lambda: self.place(whole), hint)

    def _cell(self, line: int, column: int) -> Place:
        spans = _spans(self._lines, line, self.delimiter)
        return self.place(spans[min(column, len(spans) - 1)][0])

    @cached_property
    def _lines(self) -> list[str]:
        return self.text.split("\n")


def _find_delimiter(text: str) -> str:
    """The first of comma, semicolon and tab that the heading has outside of quotation marks; the comma if none."""
    heading = re.sub(r'"[^"]*"', "", text.lstrip("\n").split("\n", 1)[0])
    if (
        "\\" in heading.partition("\t")[0] and "\t" in heading
    ):  # Eurostat's TSV: dimensions, parted by commas, are one cell
        return "\t"
    return next((mark for mark in ",;\t" if mark in heading), ",")


def _sample(lines: list[str], delimiter: str) -> list[list[str]]:
    """The records of a few ``lines``, if ``delimiter`` parts their cells; none where they cannot be read so."""
    try:
        return list(csv.reader(lines, delimiter=delimiter))
    except csv.Error:
        return []


def _filled_cells(record: list[str]) -> list[str]:
    """The cells of a record that hold anything."""
    return [cell for cell in record if cell.strip()]


def _width(heading: list[str]) -> int:
    """The columns up to the last that has a heading."""
    return max((at + 1 for at, name in enumerate(heading) if name), default=0)


def _delimiter_name(delimiter: str) -> str:
    return "TAB" if delimiter == "\t" else delimiter


def _spans(lines: list[str], line: int, delimiter: str) -> list[tuple[Span, str]]:
    """The cells of the record that starts on ``line`` (from 1), read as ``csv`` reads them, each with its mistake.

    A mistake ends the record: a quotation mark is left ``"open"``, or words stand ``"after"`` the closing one. Cells
    without a mistake have an empty text.
    """
    spans: list[tuple[Span, str]] = []
    column = 0
    while True:
        text = lines[line - 1]
        first, start = line, column
        if text[column : column + 1] == '"':
            column += 1
            while (match := re.compile(r'""|"').search(text, column)) is None or match[0] == '""':
                if match:
                    column = match.end()
                elif line < len(lines):
                    line, column = line + 1, 0
                    text = lines[line - 1]
                else:
                    opened = Span(first, start + 1, first, start + 2)
                    return [*spans, (opened, "open")]
            column = match.end()
            if text[column : column + 1] not in ("", delimiter):
                return [*spans, (Span(line, column + 1, line, column + 2), "after")]
        else:
            found = text.find(delimiter, column)
            column = found if found >= 0 else len(text)
        spans.append((Span(first, start + 1, line, column + 1), ""))
        if column >= len(text):
            return spans
        column += 1
