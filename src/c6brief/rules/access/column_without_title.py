"""A column of a table has no heading of its own."""

from __future__ import annotations

from collections.abc import Iterator

from c6brief.rules.rule import Finding, Rule, register
from c6brief.rules.subject import ProjectUnderReview


def _check(house: ProjectUnderReview) -> Iterator[Finding]:
    for table in house.evidence.tables.values():
        for index, field in enumerate(table.fields):
            if not (field.title or "").strip():
                hint = "give the field a title: what its cells are, in words"
                message = f"the column '{field.name}' of '{table.id}' has no title, and prints its name"
                yield Finding(message, table.place("fields", index, "name"), hint)


register(
    Rule(
        name="column-without-title",
        severity="warning",
        about="house",
        line="a field of a table has no title, so that its name is printed as the heading",
        why="A cell is read out with its headings. `gdp_pc_usd` is a name for programs; “GDP per head” is a heading.",
        check=_check,
    )
)
