"""Rules on tables: each cell is read out with its headings."""

from __future__ import annotations

import re
from collections.abc import Iterator

from c6brief.rules.review.brief import ProjectUnderReview
from c6brief.rules.review.rule import Finding, rule
from c6brief.rules.review.template import TemplateUnderReview

_TABLE = re.compile(r"(<table\b[^<>]*>)(.*?)(?:</table>|\Z)", re.S | re.I)
_HEADING = re.compile(r"<th\b|\{%-?\s*(?:include|block)\b", re.I)


@rule("column-without-title", chapter="access")
def column_without_title(project: ProjectUnderReview) -> Iterator[Finding]:
    """a field of a table has no title, so that its name is printed as the heading

    A cell is read out with its headings. `gdp_pc_usd` is a name for programs; “GDP per head” is a heading.
    """
    for table in project.evidence.tables.values():
        for index, field in enumerate(table.fields):
            if not (field.title or "").strip():
                hint = "give the field a title: what its cells are, in words"
                message = f"the column '{field.name}' of '{table.id}' has no title, and prints its name"
                yield Finding(message, table.place("fields", index, "name"), hint)


@rule("table-without-headings", chapter="access")
def table_without_headings(template: TemplateUnderReview) -> Iterator[Finding]:
    """a table in a template has no `th`

    Each cell is read out with its headings, which only `th` makes. For mere layout use blocks, not a table.
    """
    for markup in template.markup:
        for match in _TABLE.finditer(markup.text):
            if not _HEADING.search(match[2]):
                hint = '<th scope="col"> for the heading of a column, <th scope="row"> for that of a row'
                yield Finding("this table has no headings", markup.place(*match.span(1)), hint)
