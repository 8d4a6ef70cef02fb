"""What a cell means: texts, numbers and dates of files as the values of a field, by Frictionless Table Schema.

A text is read by the field's type whatever file it stood in, so that a number stored as text in a workbook, or in
quotes in YAML, is the number that it would be in a CSV file.
"""

from __future__ import annotations

import datetime
import math
import re
from collections.abc import Callable, Collection, Iterable
from typing import TYPE_CHECKING

from c6brief.documents.grid import Fault

if TYPE_CHECKING:
    from c6brief.evidence.models import TableField

Value = str | int | float | bool | None
"""Dates are ISO texts; what is missing is ``None``."""

_INTEGER = re.compile(r"[-+]?[0-9]{1,18}")
_NUMBER = re.compile(r"[-+]?(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)(?:[eE][-+]?[0-9]{1,4})?")
_YEAR = re.compile(r"-?[0-9]{4}")
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_ENDLESS = frozenset(("nan", "inf", "+inf", "-inf", "infinity", "-infinity"))
_NOT_KNOWN = frozenset(
    [
        "na",
        "n/a",
        "n.a.",
        "n.d.",
        "nd",
        "nil",
        "null",
        "none",
        "unknown",
        "-",
        "–",
        "—",
        ".",
        "..",
        "...",
        "…",
        "x",
        "?",
        "*",
        ":",
        "н/д",
        "нд",
        "нет",
    ]
)

NOT_KNOWN = "leave the cell empty (null in YAML) where the value is not known"


class BadCell(Exception):
    """A cell that is no value of its field. ``str()`` says why."""

    def __init__(self, message: str, hint: str | Callable[[], str] = "") -> None:
        super().__init__(message)
        self._hint = hint

    @property
    def hint(self) -> str:
        """What would mend the cell: worked out for the few that are told, not for the thousands that are counted."""
        return self._hint() if callable(self._hint) else self._hint


def reader(field: TableField, missing: Collection[str]) -> Callable[[object], Value]:
    """What reads the cells of ``field``: a value, or :class:`BadCell`. ``missing`` are the texts that mean "not known"."""
    convert = {
        "string": _string,
        "integer": _whole(field),
        "number": _any_number(field),
        "year": _year,
        "date": _date,
        "boolean": _boolean(field),
    }[field.type]
    missing = frozenset(missing)

    def read(cell: object) -> Value:
        if cell is None:
            return None
        if isinstance(cell, str):
            if cell in missing or not cell.strip():
                return None
        elif isinstance(cell, Fault):
            raise BadCell(f"field '{field.name}' {cell.message}", cell.hint)
        value = convert(cell)
        if value is None:
            raise _bad(field, cell)
        return value

    return read


def read_all(cells: Iterable[object], read: Callable[[object], Value]) -> tuple[list[Value], list[tuple[int, BadCell]]]:
    """The values of a column (``None`` for bad cells), and by row what is wrong with the bad ones."""
    values: list[Value] = []
    bad: list[tuple[int, BadCell]] = []
    for row, cell in enumerate(cells):
        try:
            values.append(read(cell))
        except BadCell as reason:
            values.append(None)
            bad.append((row, reason))
    return values, bad


def shown(cell: object) -> str:
    """A cell as a message quotes it: on one line, not too long."""
    text = str(cell).lower() if isinstance(cell, bool) else " ".join(str(cell).split())
    return text if len(text) <= 40 else f"{text[:39]}…"


# Each of these gives a value, or ``None`` for what is none of its type.


def _string(cell: object) -> str | None:
    if isinstance(cell, str):
        return cell
    if isinstance(cell, bool):
        return str(cell).lower()
    if isinstance(cell, float):
        if not math.isfinite(cell):
            return None
        return str(int(cell)) if cell.is_integer() and abs(cell) < 1e15 else repr(cell)
    if isinstance(cell, (int, datetime.date, datetime.time)):
        return str(cell)
    return None


def _whole(field: TableField) -> Callable[[object], int | None]:
    plain = _plain(field)

    def convert(cell: object) -> int | None:
        if isinstance(cell, str):
            text = plain(cell)
            return int(text) if _INTEGER.fullmatch(text) else None
        if isinstance(cell, bool):
            return None
        if isinstance(cell, float):
            return int(cell) if cell.is_integer() else None
        return cell if isinstance(cell, int) else None

    return convert


def _any_number(field: TableField) -> Callable[[object], int | float | None]:
    plain = _plain(field)

    def convert(cell: object) -> int | float | None:
        if isinstance(cell, str):
            text = plain(cell)
            if _INTEGER.fullmatch(text):
                return int(text)
            value = float(text) if _NUMBER.fullmatch(text) else math.nan
        elif isinstance(cell, (int, float)) and not isinstance(cell, bool):
            value = cell
        else:
            return None
        return value if isinstance(value, int) or math.isfinite(value) else None

    return convert


def _plain(field: TableField) -> Callable[[str], str]:
    """What writes a number as programs do: without groups, with a point, without signs around it."""
    point, group = re.escape(field.decimal_char), _group(field.group_char)
    grouped = re.compile(rf"([-+]?[0-9]{{1,3}}(?:{group}[0-9]{{2,3}})*{group}[0-9]{{3}})(?:{point}([0-9]*))?")
    around = re.compile(r"^[^0-9+\-.]*|[^0-9]*$")
    simple = field.decimal_char == "." and not field.group_char and field.bare_number

    def plain(text: str) -> str:
        text = text.strip()
        if simple:
            return text
        if not field.bare_number:
            sign = "-" if re.match(r"[^0-9]*-[^0-9]*[0-9]", text) else ""
            text = sign + around.sub("", text).lstrip("+-")
        if field.group_char:
            match = grouped.fullmatch(text)
            if match:
                digits = re.sub(group, "", match[1])
                return f"{digits}.{match[2]}" if match[2] else digits
        if field.decimal_char != ".":
            return "" if "." in text else text.replace(field.decimal_char, ".")
        return text

    return plain


def _group(char: str) -> str:
    """The sign between groups as a pattern; a space stands for spaces of every width."""
    return "[ \u00a0\u2009\u202f]" if char == " " else re.escape(char)


def _year(cell: object) -> int | None:
    if isinstance(cell, str):
        text = cell.strip()
        return int(text) if _YEAR.fullmatch(text) else None
    if isinstance(cell, float) and cell.is_integer():
        cell = int(cell)
    return cell if isinstance(cell, int) and not isinstance(cell, bool) and abs(cell) <= 9999 else None


def _date(cell: object) -> str | None:
    if isinstance(cell, datetime.datetime):
        return cell.date().isoformat() if cell.time() == datetime.time() else None
    if isinstance(cell, datetime.date):
        return cell.isoformat()
    text = cell.strip() if isinstance(cell, str) else ""
    try:
        return datetime.date.fromisoformat(text).isoformat() if _DAY.fullmatch(text) else None
    except ValueError:
        return None


def _boolean(field: TableField) -> Callable[[object], bool | None]:
    values = dict.fromkeys(field.true_values, True) | dict.fromkeys(field.false_values, False)

    def convert(cell: object) -> bool | None:
        if isinstance(cell, bool):
            return cell
        return values.get((_string(cell) or "").strip())

    return convert


# What is wrong -----------------------------------------------------------------------------------------------------

_WANTED = {
    "string": "a text",
    "integer": "an integer",
    "number": "a number",
    "boolean": "true or false",
    "date": "a date",
    "year": "a year",
}


def _bad(field: TableField, cell: object) -> BadCell:
    message = f"field '{field.name}' wants {_WANTED[field.type]}, found '{shown(cell)}'"
    return BadCell(message, lambda: _hint(field, cell))


def _hint(field: TableField, cell: object) -> str:
    """What would mend the cell, as far as it can be guessed."""
    text = cell.strip() if isinstance(cell, str) else ""
    if (isinstance(cell, float) and not math.isfinite(cell)) or text.lower() in _ENDLESS:
        return NOT_KNOWN
    if field.type == "boolean":
        return f"one of {', '.join((*field.true_values, *field.false_values))}"
    if field.type == "date":
        return "dates are written 2024-05-06"
    if field.type == "year":
        return "years have four digits"
    if isinstance(cell, datetime.date):
        return "format the cell as a number"
    if field.type in ("integer", "number") and text:
        return _number_hint(field, text)
    return ""


def _number_hint(field: TableField, text: str) -> str:
    if text.lower() in _NOT_KNOWN:
        return f"if it means “not known”: missingValues: ['', '{text}'] in the table"
    grouped = re.fullmatch(r"[-+−]?[0-9]{1,3}(?:([ ,.'’\u00a0\u2009\u202f])[0-9]{3})+(?:[.,][0-9]+)?", text)
    decimal = re.fullmatch(r"[-+−]?[0-9]+([,;])[0-9]+", text)
    if grouped and grouped[1] not in (".", field.group_char):
        group = " " if grouped[1].isspace() else grouped[1]
        also = ", or decimalChar: ',' if that is a decimal comma" if group == "," and decimal else ""
        return f"if thousands are grouped: groupChar: '{group}' in the field{also}"
    if decimal and decimal[1] == ",":
        return "if that is a decimal comma: decimalChar: ',' in the field"
    if text.startswith("−"):
        return "write the minus as a hyphen: -"
    if field.type == "integer" and _NUMBER.fullmatch(text):
        return "the type of the field may be 'number'" if len(text) < 19 else ""
    if field.bare_number and re.fullmatch(r"[^0-9]{0,4}[-+]?[0-9][0-9.,]*[^0-9]{0,4}", text):
        return "if signs stand around the number: bareNumber: false in the field"
    return ""
