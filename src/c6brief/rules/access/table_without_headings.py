"""A table in a template has no cell that is a heading."""

from __future__ import annotations

import re
from collections.abc import Iterator

from c6brief.rules.design import Design
from c6brief.rules.rule import Finding, Rule, register

_TABLE = re.compile(r"(<table\b[^>]*>)(.*?)</table>", re.S | re.I)
_HEADING = re.compile(r"<th\b|\{%-?\s*(?:include|block)\b", re.I)


def _check(design: Design) -> Iterator[Finding]:
    for markup in design.markup:
        for match in _TABLE.finditer(markup.text):
            if not _HEADING.search(match[2]):
                hint = '<th scope="col"> for the heading of a column, <th scope="row"> for that of a row'
                yield Finding("this table has no headings", markup.place(*match.span(1)), hint)


register(
    Rule(
        name="table-without-headings",
        severity="warning",
        about="template",
        line="a table in a template has no `th`",
        why="Each cell is read out with its headings, which only `th` makes. For mere layout use blocks, not a table.",
        check=_check,
    )
)
