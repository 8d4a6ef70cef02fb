"""Workbooks of Excel, made for tests."""

from __future__ import annotations

import datetime
import io
from collections.abc import Callable
from typing import Any

import xlsxwriter


def workbook(fill: Callable[[Any, Any], None] | list[list[Any]], sheets: tuple[str, ...] = ("Sheet1",)) -> bytes:
    """A workbook whose first sheet holds these rows, or whatever ``fill(workbook, sheet)`` writes."""
    file = io.BytesIO()
    book = xlsxwriter.Workbook(file, {"in_memory": True})
    book.set_properties({"created": datetime.datetime(2026, 1, 1)})  # the same bytes each time
    first, *_ = [book.add_worksheet(name) for name in sheets]
    if callable(fill):
        fill(book, first)
    else:
        for number, row in enumerate(fill):
            first.write_row(number, 0, row)
    book.close()
    return file.getvalue()
