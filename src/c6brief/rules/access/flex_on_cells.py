"""A cell of a table is made a flexible box."""

from __future__ import annotations

import re
from collections.abc import Iterator

from c6brief.rules.design import Design
from c6brief.rules.rule import Finding, Rule, register

_NO_CELL = re.compile(r"(?:inline-)?(?:flex|grid)\b")
_LAST = re.compile(r"[^\s>+~]+\Z")


def _check(design: Design) -> Iterator[Finding]:
    for each in design.declarations:
        if each.name == "display" and _NO_CELL.match(each.value):
            for selector in each.selector.split(","):
                if _is_cell(selector.strip(), design.cell_classes):
                    message = f"'display: {each.value}' on '{selector.strip()}' takes a cell out of its table"
                    yield Finding(message, each.place, "put a div into the cell, and set it on that")
                    break


def _is_cell(selector: str, classes: frozenset[str]) -> bool:
    """Whether what ``selector`` ends in is a cell, by its name or by a class that the markup gives to cells."""
    last = _LAST.search(selector)
    if last is None or "::" in last[0]:
        return False
    name = re.match(r"[a-z]+\d?", last[0], re.I)
    if name is not None:
        return name[0].lower() in ("td", "th")
    return bool(classes & set(re.findall(r"\.([\w-]+)", last[0])))


register(
    Rule(
        name="flex-on-cells",
        severity="warning",
        about="template",
        line="a style sheet makes a cell of a table a flex or grid box",
        why="It is laid out as no cell then, and the headings of its row and column move to other cells.",
        check=_check,
    )
)
