"""A rule on references to figures and tables: numbers that were typed are right until one is put in before."""

from __future__ import annotations

import re
from collections.abc import Iterator

from c6brief.brief.model import FigureBlock, TableBlock
from c6brief.documents.catalogue import languages, words
from c6brief.rules.review.brief import ProseUnderReview
from c6brief.rules.review.rule import Finding, rule
from c6brief.rules.review.sentences import quoted_ranges

_SHORT = {"figure": ("Fig.", "Figs."), "table": ("Tab.",)}
_ELSEWHERE = r"(?!\s+(?:of|in|from|by)\s)(?!['’]s\b)"
"""What follows a number of another work: Figure 2 of the report."""


@rule("typed-reference", chapter="reference")
def typed_reference(prose: ProseUnderReview) -> Iterator[Finding]:
    """the number of a figure or table of the brief was typed (“see Figure 2”)

    It is wrong, without a word, as soon as a figure is put in before. `@fig:ID` and `@tbl:ID` print the number that the figure
    or table has, and lead to it. Left alone are words in quotation marks, and figures of other works: “Figure 2 of the
    report”.
    """
    numbered: dict[tuple[str, int], str] = {}
    for block in (block for section in (prose.brief.parts() if prose.brief else ()) for block in section.blocks):
        if isinstance(block, (FigureBlock, TableBlock)) and block.number:
            numbered[block.kind, block.number] = block.id
    nouns = {form: kind for kind in _SHORT for form in _forms(kind, prose.language)}
    if not nouns:
        return
    typed = re.compile(rf"(?<![\w@])({'|'.join(map(re.escape, nouns))})\s*(\d{{1,3}})(?![\w.,]*\d){_ELSEWHERE}")
    for paragraph in prose.texts:
        quoted = quoted_ranges(paragraph.text)
        for match in typed.finditer(paragraph.outside_code):
            if any(start <= match.start() < end for start, end in quoted):
                continue
            kind, number = nouns[match[1]], int(match[2])
            count = sum(each == kind for each, _ in numbered)
            id = numbered.get((kind, number))
            sign = "fig" if kind == "figure" else "tbl"
            message = f"'{match[0]}' was typed: it does not change with the numbers of the {kind}s"
            if id is None:
                message = f"'{match[0]}' was typed, and this brief has {count} {kind}{'s' * (count != 1)}"
            yield Finding(message, paragraph.place(*match.span()), f"write @{sign}:{id or 'ID'}")


def _forms(kind: str, language: str) -> tuple[str, ...]:
    """The word for a figure or table in front of its number, in the language of the brief; English plurals and short forms."""
    word = words(language).get(kind, "") if language in languages() else ""
    if not word:
        return ()
    return (word, f"{word}s", *_SHORT[kind]) if language.startswith("en") else (word,)
