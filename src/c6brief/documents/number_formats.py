"""Number formats of workbooks (ECMA-376, 18.8.30): what a cell shows beside its number.

A format may make 25% of 0.25, 0101 of 101, or add a sign that the value does not hold: “<”, “bn”, “p”. Values are not rounded
as a format rounds them.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from xml.etree import ElementTree

from c6brief.documents.grid import Shown

_BUILT_IN = {1: "0", 2: "0.00", 9: "0%", 10: "0.00%"}
"""Formats of which a file gives no text and that show more than digits."""

_TOKEN = re.compile(
    r'"([^"]*)"|\\(.)|_.|\*.|\[\$([^\[\]-]*)(?:-[^\[\]]*)?\]|\[[^\[\]]*\]|([0#?.,]+)|([eE][+-])|(General)|(.)', re.S
)
_DATE = re.compile(r"[dmyhsDMYHS]")
_SCALE_COMMAS = re.compile(r"[0#?](,+)(?![0#?,])")


@dataclass(frozen=True)
class Section:
    """What one section of a format shows: the words before and after the number, and how its digits are filled up."""

    before: str = ""
    after: str = ""
    is_percent: bool = False
    digits: int = 0
    """The least number of digits before the decimal point."""
    decimals: int = 0

    @property
    def is_plain(self) -> bool:
        """Whether it shows a number as it is."""
        return not (self.before or self.after or self.is_percent or self.digits > 1 or self.decimals)


PLAIN = Section()


def formats_of(styles: bytes) -> dict[int, Sequence[Section]]:
    """The sections of formats that show more than digits, by the number of a cell's style. ``styles`` is well-formed XML."""
    root = ElementTree.fromstring(styles) if styles else ElementTree.Element("none")
    codes: dict[int, str] = dict(_BUILT_IN)
    found: dict[int, Sequence[Section]] = {}
    for node in root.iter():
        if node.tag.rpartition("}")[2] == "numFmt" and (node.get("numFmtId") or "").isdigit():
            codes[int(node.get("numFmtId", "0"))] = node.get("formatCode", "")
    cell_formats = next((node for node in root if node.tag.rpartition("}")[2] == "cellXfs"), ())
    for number, node in enumerate(cell_formats):
        id = node.get("numFmtId") or "0"
        sections = read_format(codes.get(int(id), "") if id.isdigit() else "")
        if any(not section.is_plain for section in sections):
            found[number] = sections
    return found


@lru_cache(maxsize=256)
def read_format(code: str) -> tuple[Section, ...]:
    """The sections of the format ``code``: for positive numbers, negative ones and zero. None for one of dates."""
    parts = _split(code)
    if any("[" in part and re.search(r"\[[<>=]", part) for part in parts):
        parts = [part for part in parts if re.search("[0#?]|General", part)][
            :1
        ] * 3  # conditions: the first is as good as any
    return tuple(_read_section(part) for part in parts[:3])


def _split(code: str) -> list[str]:
    parts = [""]
    for match in re.finditer(r'"[^"]*"|\\.|[_*].|\[[^\[\]]*\]|.', code, re.S):
        if match[0] == ";":
            parts.append("")
        else:
            parts[-1] += match[0]
    return parts


def _read_section(code: str) -> Section:
    before, after, digits = "", "", ""
    is_percent = False
    for match in _TOKEN.finditer(code):
        quoted, escaped, currency, places, _, general, other = match.groups()
        if places or general:
            digits += places or "0"
            continue
        if other and _DATE.match(other):
            return PLAIN
        if other == "%":
            is_percent = True
        words = quoted if quoted is not None else escaped or currency or (other if other and other != "@" else "")
        if digits:
            after += words or ""
        else:
            before += words or ""
    if "?" in digits and "/" in after:
        after = ""  # a fraction
    scaled = bool(_SCALE_COMMAS.search(digits + " "))
    whole, _, decimals = digits.partition(".")
    if scaled:  # the value is the whole one, and the words say what it is shown in
        before, after = "", ""
    return Section(
        before, after, is_percent, 0 if "#" in whole or "," in whole else whole.count("0"), decimals.count("0")
    )


def shown(value: int | float, sections: Sequence[Section]) -> int | float | Shown:
    """``value`` as a cell of this format shows it; itself where that is the same."""
    section = sections[0]
    if value < 0 and len(sections) > 1:
        section = sections[1]
    elif value == 0 and len(sections) > 2:
        section = sections[2]
    if section.is_plain:
        return value
    number = _hundredfold(value) if section.is_percent else value
    write, beside = _written_by(section, value < 0)
    return Shown(number, write, beside, section.is_percent)


@lru_cache(maxsize=512)
def _written_by(section: Section, is_negative: bool) -> tuple[Callable[[int | float], str], tuple[str, ...]]:
    """What writes numbers of one sign as a section shows them, and the words that it puts beside them."""
    before, after = section.before.replace("+", ""), section.after
    if is_negative:
        before, after = before.replace("(", "").replace("-", ""), after.replace(")", "")

    def write(number: int | float) -> str:
        exact = Decimal(f"{number:.15g}")  # as many digits as a spreadsheet keeps
        decimals = max(section.decimals, -int(exact.normalize().as_tuple().exponent or 0), 0)
        digits = f"{abs(exact):.{decimals}f}"
        padded = digits.zfill(section.digits + (decimals + 1 if decimals else 0))
        return f"{before}{'-' if exact < 0 else ''}{padded}{after}".strip()

    return write, tuple(f"{before} {after}".split())


def _hundredfold(value: int | float) -> int | float:
    exact = Decimal(f"{value:.15g}") * 100
    return int(exact) if exact == exact.to_integral_value() and abs(exact) < 10**15 else float(exact)
