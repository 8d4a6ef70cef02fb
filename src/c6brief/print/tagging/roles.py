"""From HTML elements to standard structure types, of PDF 1.7 (ISO 32000-1, 14.8.4) or of PDF 2.0 (ISO 32000-2, 14.8.4).

An element that is in no table here says nothing to a listener (``div``, ``header``, ``main``, ``b``, ``span``): what
is in it stands in the element around it.
"""

from __future__ import annotations

from dataclasses import dataclass

HEADINGS = tuple(f"H{level}" for level in range(1, 7))

BLOCKS = {"p": "P", "pre": "P", "summary": "P", "legend": "P", **{heading.lower(): heading for heading in HEADINGS}}
"""What holds a line of text of its own."""

GROUPS = {
    "section": "Sect",
    "article": "Sect",
    "nav": "Sect",
    "figure": "Sect",
    "aside": "Sect",
    "blockquote": "BlockQuote",
}
"""What holds blocks."""

INLINES = {"a": "Link", "q": "Quote", "code": "Code", "kbd": "Code", "samp": "Code"}
"""What stands in a line of text."""

PLAIN = frozenset(
    ("html", "body", "main", "div", "header", "footer", "hgroup", "address", "form", "fieldset", "details", "dialog")
)
"""Blocks that say nothing: text that stands in one directly is a paragraph."""

LISTS = {"ul": "Disc", "ol": "Decimal", "dl": "None"}
"""Lists, and the ``ListNumbering`` of those that print labels (PDF 2.0 has one for terms, too)."""

NUMBERINGS = {"a": "LowerAlpha", "A": "UpperAlpha", "i": "LowerRoman", "I": "UpperRoman", "1": "Decimal"}
"""``<ol type>``, likewise."""

ROW_GROUPS = {"thead": "THead", "tbody": "TBody", "tfoot": "TFoot"}


@dataclass(frozen=True)
class StructureTypes:
    """The structure types of one edition of PDF/UA, by HTML element."""

    part: int
    """Of PDF/UA."""
    note: str
    blocks: dict[str, str]
    groups: dict[str, str]
    inlines: dict[str, str]
    lists: dict[str, str]
    """Their ``ListNumbering``."""


PDF_2_ONLY = frozenset(("FENote", "Aside", "Em", "Strong"))
"""Types that PDF 1.7 does not have: they carry the namespace of PDF 2.0."""

STRUCTURE_TYPES = {
    1: StructureTypes(1, "Note", BLOCKS, GROUPS, INLINES, LISTS),
    2: StructureTypes(
        2,
        "FENote",
        BLOCKS,
        GROUPS | {"aside": "Aside"},
        INLINES | {"em": "Em", "strong": "Strong"},
        LISTS | {"dl": "Description"},
    ),
}
"""By part of PDF/UA."""
