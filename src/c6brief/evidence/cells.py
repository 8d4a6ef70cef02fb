"""Cells as values: texts, numbers and dates of files, read by the types of fields of Frictionless Table Schema.

A text is read by the field's type in whatever file it stands: a number that is stored as text in a workbook, or quoted
in YAML, is the number that it would be in a CSV file.
"""

from __future__ import annotations

import datetime
import math
import re
from collections.abc import Callable, Collection, Iterable
from decimal import Decimal

from c6brief.documents.grid import Fault, Shown
from c6brief.documents.written_scalars import Written
from c6brief.evidence.affixes import CellNumber, lost_hint, may_go, several_hint, take_apart, tokens
from c6brief.evidence.models import Value
from c6brief.evidence.table_models import TableField

_INTEGER = re.compile(r"[-+]?[0-9]{1,18}")
_NUMBER = re.compile(r"[-+]?(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)(?:[eE][-+]?[0-9]{1,4})?")
_YEAR = re.compile(r"-?[0-9]{4}")
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_SPACED = re.compile("[-+]?[1-9][0-9]{0,2}(?:[ \u00a0\u2007\u2009\u202f][0-9]{3})+(?:[.][0-9]*)?")
"""A number in groups of three digits that spaces part: nothing else is written so."""
_SERIAL = range(20_000, 80_000)
"""Numbers of days by which spreadsheets keep dates: from 1954 to 2119."""
_NOT_FINITE = frozenset(("nan", "inf", "+inf", "-inf", "infinity", "-infinity"))
_MISSING_WORDS = frozenset([
    "na", "n/a", "n.a.", "n.d.", "nd", "nil", "null", "none", "unknown", "-", "–", "—", ".", "..", "...", "…", "x",
    "?", "*", ":", ": c", ": u", ": z", "c", "z", "np", "confidential", "suppressed", "н/д", "нд", "нет",
])  # fmt: skip

_GROUPED = re.compile(r"(?<![0-9.,])[1-9][0-9]{0,2}(?:\.[0-9]{3})+(?![0-9.,eE])")
"""A number whose points may group thousands."""
_DECIMAL = re.compile(r"(?<![0-9.,])[0-9]*\.[0-9]+(?![0-9.,])")
"""A number with one point; where its digits are no group, it is a decimal point."""

_GROUP_HINT = (
    "cells are separated by semicolons: if thousands are grouped, groupChar: '.' and decimalChar: ',' in the field; "
    "decimalChar: '.' if it is a decimal"
)
_LEAVE_EMPTY = "leave the cell empty (null in YAML) where the value is not known"


class BadCell(Exception):
    """A cell is no value of its field. ``str()`` is the message of the problem.

    ``hint`` is a text, or a function that makes it: few of thousands of such problems are reported.
    """

    def __init__(self, message: str, hint: str | Callable[[], str] = "") -> None:
        super().__init__(message)
        self._hint = hint

    def find_hint(self) -> str:
        """How to mend the cell; may be empty."""
        return self._hint() if callable(self._hint) else self._hint


def may_have_groups(field: TableField, cells: Iterable[object]) -> bool:
    """Whether points in a column of numbers may group thousands: the field does not say, and no cell shows that they do not."""
    if field.type not in ("integer", "number") or field.model_fields_set & {"decimal_char", "group_char"}:
        return False
    pointed = [cell for cell in cells if isinstance(cell, str) and "." in cell and re.search("[0-9]", cell)]
    return all(_GROUPED.search(cell) or not _DECIMAL.search(cell) for cell in pointed)


def cell_reader(field: TableField, missing: Collection[str], *, has_groups: bool = False) -> Callable[[object], Value]:
    """The function that reads the cells of ``field``: it returns a cell's value, or raises :class:`BadCell`.

    ``missing`` are the texts that mean "not known". ``has_groups``: a number like 1.980 may be one or a thousand.
    """
    converters: dict[str, Callable[[object], Value]] = {
        "string": _to_string,
        "integer": _integer_converter(field),
        "number": _number_converter(field),
        "year": _to_year,
        "date": _to_date,
        "boolean": _boolean_converter(field),
    }
    convert = converters[field.type]
    missing = frozenset(missing)

    def read(cell: object) -> Value:
        if cell is None:
            return None
        if isinstance(cell, str):
            if cell in missing or not cell.strip():
                return None
            if has_groups and _GROUPED.search(cell):
                raise BadCell(
                    f"field '{field.name}': '{cell_text(cell)}' may have a decimal point or groups", _GROUP_HINT
                )
        elif isinstance(cell, Fault):
            raise BadCell(f"field '{field.name}' {cell.message}", cell.hint)
        elif isinstance(cell, Shown) and field.type not in ("string", "integer", "number"):
            cell = cell.value
        value = convert(cell)
        if value is None:
            raise _bad_cell(field, cell)
        return value

    return read


def read_all(cells: Iterable[object], read: Callable[[object], Value]) -> tuple[list[Value], list[tuple[int, BadCell]]]:
    """The values of a column, ``None`` for bad cells, and the bad ones with their rows, from 0."""
    values: list[Value] = []
    bad: list[tuple[int, BadCell]] = []
    for row, cell in enumerate(cells):
        try:
            values.append(read(cell))
        except BadCell as reason:
            values.append(None)
            bad.append((row, reason))
    return values, bad


def cell_text(cell: object) -> str:
    """``cell`` as messages quote it: on one line, and 40 characters at most."""
    text = str(cell).lower() if isinstance(cell, bool) else " ".join(str(cell).split())
    return text if len(text) <= 40 else f"{text[:39]}…"


# Each of these converts a cell to a value of one type, or returns ``None`` where it is none.


def _to_string(cell: object) -> str | None:
    if isinstance(cell, str):
        return cell
    if isinstance(cell, (Shown, Written)):
        return cell.text
    if isinstance(cell, bool):
        return str(cell).lower()
    if isinstance(cell, float):
        if not math.isfinite(cell):
            return None
        return str(int(cell)) if cell.is_integer() and abs(cell) < 1e15 else repr(cell)
    if isinstance(cell, (int, datetime.date, datetime.time)):
        return str(cell)
    return None


def _integer_converter(field: TableField) -> Callable[[object], int | None]:
    read = _number_converter(field)

    def convert(cell: object) -> int | None:
        if isinstance(cell, str):
            if _INTEGER.fullmatch(cell):
                return int(cell)
            if len(cell) > _LONGEST_NUMBER:
                return None
        elif type(cell) is int:
            return cell
        value = read(cell)
        if isinstance(value, float):
            is_whole = value.is_integer() and not (isinstance(cell, str) and re.search("[.eE]", cell))
            return int(value) if is_whole else None
        return value

    return convert


_LONGEST_NUMBER = 400
"""Characters of a cell that can be a number: no float has more digits that mean anything."""


def _number_converter(field: TableField) -> Callable[[object], int | float | None]:
    normalise = _number_normaliser(field)
    unit, is_plain = _unit_of(field), field.decimal_char == "." and not field.group_char

    def convert(cell: object) -> int | float | None:
        if isinstance(cell, str):
            text = cell if is_plain and _NUMBER.fullmatch(cell) else normalise(cell)
            if _INTEGER.fullmatch(text):
                return int(text)
            value = float(text) if _NUMBER.fullmatch(text) else math.nan
        elif isinstance(cell, Shown):
            if cell.beside and not may_go(tokens(" ".join(cell.beside)), unit, bare=cell.is_percent):
                return None
            value = cell.value
        elif isinstance(cell, (int, float)) and not isinstance(cell, bool):
            value = cell
        else:
            return None
        return value if isinstance(value, int) or math.isfinite(value) else None

    return convert


def _unit_of(field: TableField) -> str | None:
    """The unit of a field; per cent too where its title or its name ends in the sign."""
    return field.unit or ("%" if (field.title or field.name).rstrip(" )").endswith("%") else None)


def _number_normaliser(field: TableField) -> Callable[[str], str]:
    """The function that writes a number as programs do: without groups, with a point, without what may go beside it.

    It gives a text that is no number where something would be lost.
    """
    point, group = re.escape(field.decimal_char), _group_pattern(field.group_char)
    grouped = re.compile(rf"([-+]?[0-9]{{1,3}}(?:{group}[0-9]{{2,3}})*{group}[0-9]{{3}})(?:{point}([0-9]*))?")
    has_point, unit = field.decimal_char == ".", _unit_of(field)
    is_plain = has_point and not field.group_char

    def normalise(text: str) -> str:
        text = text.strip()
        if is_plain and _NUMBER.fullmatch(text):
            return text
        number = take_apart(text) if len(text) <= _LONGEST_NUMBER else None
        if number is None or not may_go(number.beside, unit, bare=field.bare_number):
            return ""
        text = number.digits
        if field.group_char:
            match = grouped.fullmatch(text)
            if match:
                digits = re.sub(group, "", match[1])
                return f"{digits}.{match[2]}" if match[2] else digits
        elif _SPACED.fullmatch(text if has_point else text.partition(field.decimal_char)[0]):
            text = re.sub(r"\s", "", text)
        return text if has_point else "" if "." in text else text.replace(field.decimal_char, ".")

    return normalise


def _group_pattern(char: str) -> str:
    """The regular expression of the sign between groups; a space stands for spaces of every width."""
    return "[ \u00a0\u2007\u2009\u202f]" if char == " " else re.escape(char)


def take_apart_cell(cell: object) -> CellNumber | None:
    """The number of a cell that has more than digits, and what stands beside it; ``None`` for any other cell."""
    if isinstance(cell, Shown):
        return CellNumber(cell.text, tokens(" ".join(cell.beside)))
    if isinstance(cell, str) and len(cell) <= _LONGEST_NUMBER and not _NUMBER.fullmatch(cell.strip()):
        return take_apart(cell)
    return None


def with_percent(field: TableField, cells: Iterable[object], missing: Collection[str]) -> TableField:
    """``field`` with the unit ``%`` where it has none, leaves signs around numbers out, and every cell is a percentage."""
    if field.type not in ("integer", "number") or field.bare_number or field.unit is not None or _unit_of(field):
        return field
    known = [cell for cell in cells if not is_missing(cell, missing)]
    if not known or not all((number := take_apart_cell(cell)) and number.beside == ("%",) for cell in known):
        return field
    return field.model_copy(update={"unit": "%"})


def is_missing(cell: object, missing: Collection[str]) -> bool:
    """Whether a cell is empty, or one of the texts that mean "not known"."""
    return cell is None or (isinstance(cell, str) and (cell in missing or not cell.strip()))


def _to_year(cell: object) -> int | None:
    if isinstance(cell, str):
        text = cell.strip()
        return int(text) if _YEAR.fullmatch(text) else None
    if isinstance(cell, float) and cell.is_integer():
        cell = int(cell)
    return cell if isinstance(cell, int) and not isinstance(cell, bool) and abs(cell) <= 9999 else None


def _to_date(cell: object) -> str | None:
    if isinstance(cell, datetime.datetime):
        return cell.date().isoformat() if cell.time() == datetime.time() else None
    if isinstance(cell, datetime.date):
        return cell.isoformat()
    text = cell.strip() if isinstance(cell, str) else ""
    try:
        return datetime.date.fromisoformat(text).isoformat() if _DAY.fullmatch(text) else None
    except ValueError:
        return None


def _boolean_converter(field: TableField) -> Callable[[object], bool | None]:
    values = dict.fromkeys(field.true_values, True) | dict.fromkeys(field.false_values, False)

    def convert(cell: object) -> bool | None:
        if isinstance(cell, bool):
            return cell
        return values.get((_to_string(cell) or "").strip())

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


def _bad_cell(field: TableField, cell: object) -> BadCell:
    message = f"field '{field.name}' wants {_WANTED[field.type]}, found '{cell_text(cell)}'"
    return BadCell(message, lambda: _find_hint(field, cell))


def _find_hint(field: TableField, cell: object) -> str:
    """A guess how to mend ``cell``; empty where there is none."""
    text = cell.strip() if isinstance(cell, str) else ""
    if (isinstance(cell, float) and not math.isfinite(cell)) or text.lower() in _NOT_FINITE:
        return _LEAVE_EMPTY
    if text.lower() in _MISSING_WORDS:
        return f"if it means “not known”: missingValues: ['', '{text}'] in the table"
    if field.type == "boolean":
        return f"one of {', '.join((*field.true_values, *field.false_values))}"
    if field.type in ("date", "year"):
        number = (
            cell.value
            if isinstance(cell, Shown)
            else float(text)
            if re.fullmatch(r"[0-9]{5}(\.[0-9]+)?", text)
            else cell
        )
        if isinstance(number, (int, float)) and not isinstance(number, bool) and int(number) in _SERIAL:
            day = datetime.date(1899, 12, 30) + datetime.timedelta(days=int(number))
            return f"this is a spreadsheet's number of the day {day}: format the cell as a date, or write {day}"
        return "dates are written 2024-05-06" if field.type == "date" else "years have four digits"
    if isinstance(cell, (datetime.date, datetime.time, datetime.timedelta)):
        return "format the cell as a number"
    if isinstance(cell, Shown) and cell.is_percent:
        return (
            f"the cell shows {cell.text} and holds {_to_string(_hundredth(cell.value))}: unit: '%' in the field reads "
            f"{_to_string(cell.value)}; or format the cell as a number"
        )
    if isinstance(cell, Shown):
        return lost_hint(cell.text, tokens(" ".join(cell.beside)), _unit_of(field), field.bare_number)
    if field.type in ("integer", "number") and text:
        return _number_hint(field, text)
    return ""


def _hundredth(value: int | float) -> float:
    return float(Decimal(str(value)) / 100)


def _number_hint(field: TableField, text: str) -> str:
    grouped = re.fullmatch(r"[-+−]?[0-9]{1,3}(?:([ ,.'’\u00a0\u2007\u2009\u202f])[0-9]{3})+(?:[.,][0-9]+)?", text)
    decimal = re.fullmatch(r"[-+−]?[0-9]+([,;])[0-9]+", text)
    if grouped and grouped[1] not in (".", field.group_char):
        group = " " if grouped[1].isspace() else grouped[1]
        also = ", or decimalChar: ',' if that is a decimal comma" if group == "," and decimal else ""
        return f"if thousands are grouped: groupChar: '{group}' in the field{also}"
    if decimal and decimal[1] == ",":
        return "if that is a decimal comma: decimalChar: ',' in the field"
    if field.type == "integer" and _NUMBER.fullmatch(text):
        return "the type of the field may be 'number'" if len(text) < 19 else ""
    number = take_apart(text) if len(text) <= _LONGEST_NUMBER else None
    if number is None:
        return several_hint(text)
    if number.beside and not may_go(number.beside, _unit_of(field), bare=field.bare_number):
        if field.bare_number and may_go(number.beside, _unit_of(field), bare=False):
            return "if signs stand around the number: bareNumber: false in the field"
        return lost_hint(text, number.beside, _unit_of(field), field.bare_number)
    return "" if number.digits == text else _number_hint(field, number.digits)
