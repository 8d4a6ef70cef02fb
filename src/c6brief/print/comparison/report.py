"""What is printed otherwise than it was verified, as problems: at the line of the template or of its style sheet."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from xml.etree.ElementTree import Element

import tinycss2

from c6brief.brief.model import Brief
from c6brief.brief.settings import Settings
from c6brief.documents.problems import Place, Problems
from c6brief.pages.options import read_added_words
from c6brief.pages.output_places import OutputPlace, find_output
from c6brief.print.comparison.brief_texts import fold
from c6brief.print.comparison.compare import Cause, PrintedOtherwise
from c6brief.print.comparison.pages import compare_document
from c6brief.print.weasyprint_document import LaidOutDocument
from c6brief.rules.review.template import Declaration, read_template

RULE = "printed-otherwise"

HINTS: dict[Cause, str] = {
    "changed": "let the template print the field as it is, or leave it out",
    "hidden": "a style sheet hides a part of it (visibility, opacity, colour, overflow): show it, or leave the whole out",
    "moved": "a style sheet moves it (position, transform, order, margins): let it stand beside what it belongs to",
    "beside": "print the field in its place, or list words of your own in the template's template.yaml: words: [...]",
    "long": "say it in the text or in an annex, and keep notes to some sentences",
    "added": "take it out, or list it in the template's template.yaml: words: [...]",
}


@dataclass(frozen=True)
class PageSource:
    """What a page was made from."""

    brief: Brief
    """As the template was given it."""
    template: str
    project_templates: Path | None


def report_printed_otherwise(
    document: LaidOutDocument,
    root: Element,
    source: PageSource,
    styles: Sequence[Path],
    brief: Place,
    problems: Problems,
) -> None:
    """Report what the pages of ``document`` print otherwise than the brief says it.

    ``root`` is the root element of the page, ``styles`` are its style sheets, and ``brief`` is the place of what has
    none of its own. Problem: ``printed-otherwise``.
    """

    def list_words() -> tuple[str, ...]:
        return read_added_words(source.template, source.project_templates)

    for found in compare_document(document, root, source.brief, list_words):
        message, place = f"page {found.page}: {found.message}", brief
        if found.cause == "added":
            place = _find_declaration(found.printed, styles) or brief
        elif found.cause != "long" and (output := _find_output(found, source)):
            place = output.place
            message += f" (block '{output.block}')" if output.block else ""
        problems.error(RULE, message, place, HINTS[found.cause])


def _find_output(found: PrintedOtherwise, source: PageSource) -> OutputPlace | None:
    """Where the template has put out what was changed; else the beginning of what it was to print."""
    shown = found.printed.strip("… ")
    for words in (found.around, shown, " ".join(found.verified.split()[:4])):
        if output := find_output(source.brief, source.template, source.project_templates, words):
            return output
    return None


def _find_declaration(added: str, styles: Sequence[Path]) -> Place | None:
    """The last declaration of a style sheet that has a part of the ``added`` words in a string."""
    wanted = fold(added)
    declarations = read_template("", Settings(), styles, ()).declarations
    found = [
        (max(map(len, strings)), number, each)
        for number, each in enumerate(declarations)
        if (strings := [text for text in _list_strings(each) if text in wanted])
    ]
    return max(found, key=lambda each: each[:2])[2].place if found else None


def _list_strings(declaration: Declaration) -> Iterator[str]:
    """The strings in the value of a declaration, as they print."""
    tokens: list[Any] = list(tinycss2.parse_component_value_list(declaration.value))
    while tokens:
        token = tokens.pop(0)
        if token.type == "string" and fold(token.value):
            yield fold(token.value)
        tokens[:0] = getattr(token, "arguments", None) or []
