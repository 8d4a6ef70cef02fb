"""A figure or table whose data come from nowhere."""

from __future__ import annotations

from collections.abc import Iterator

from c6brief.brief.model import FigureBlock, TableBlock
from c6brief.rules.rule import Finding, Rule, register
from c6brief.rules.subject import Subject


def _check(subject: Subject) -> Iterator[Finding]:
    for section in subject.brief.sections if subject.brief else ():
        for block in section.blocks:
            if isinstance(block, (FigureBlock, TableBlock)) and not block.source_line:
                noun = "figure" if isinstance(block, FigureBlock) else "table"
                kind = "tables" if isinstance(block, TableBlock) and not block.chart else "charts"
                entry = subject.evidence.kind(kind)[block.id]
                yield Finding(
                    f"no source line can be printed under this {noun}", entry.place("title"), "add 'source: …'"
                )


register(
    Rule(
        name="figure-without-source",
        severity="warning",
        about="prose",
        line="a figure or table of a brief has no source",
        why=(
            "Under every figure and table stands where its data come from. Charts of events and tables take it from "
            "these; others want a `source` of their own."
        ),
        check=_check,
    )
)
