"""What rules look at in a template: the declarations of its style sheets and its markup, each with its place.

CSS is read as tinycss2 reads it, Jinja files as text. Nothing is rendered: a check sees what a designer wrote.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import tinycss2

from c6brief.brief.settings import Settings
from c6brief.documents.boundary import read_page_text
from c6brief.documents.files import display_name
from c6brief.documents.problems import Place, Span
from c6brief.documents.stylesheet import parse_stylesheet

_COMMENT = re.compile(r"\{#.*?(?:#\}|\Z)|<!--.*?(?:-->|\Z)", re.S)
_CELL_CLASSES = re.compile(r"<t[dh]\b[^<>]*?\bclass=[\"']([^\"']*)[\"']")
_JINJA = re.compile(r"\{[{%].*?(?:[%}]\}|\Z)", re.S)


@dataclass(frozen=True)
class Declaration:
    """``name: value`` in a style sheet, for what ``selector`` names (``@page`` and the like among them)."""

    selector: str
    name: str
    value: str
    place: Place


@dataclass(frozen=True)
class Markup:
    """A Jinja file of a template, its comments blanked."""

    path: Path
    text: str

    def place(self, start: int, end: int) -> Place:
        """Where the characters from ``start`` to ``end`` stand; of several lines the first."""
        line = self.text.count("\n", 0, start) + 1
        begin = self.text.rfind("\n", 0, start) + 1
        shown = self.text[begin:].split("\n", 1)[0]
        column = start - begin + 1
        span = Span(line, column, line, min(column + end - start, len(shown) + 1))
        return Place(display_name(self.path), span, shown)


@dataclass(frozen=True)
class TemplateUnderReview:
    """A template as rules see it. Of several ``declarations`` of one property the last one counts, as in CSS."""

    template: str
    settings: Settings
    declarations: tuple[Declaration, ...]
    markup: tuple[Markup, ...]
    swallowed: tuple[Declaration, ...] = ()
    """Rules of style sheets that stand inside of another, where nothing reads them: ``@page`` in ``h2``."""

    @cached_property
    def colours(self) -> dict[str, Declaration]:
        """The custom properties of ``:root`` by name without dashes; of several of one name the last."""
        own = (each for each in self.declarations if each.selector == ":root" and each.name.startswith("--"))
        return {each.name.removeprefix("--"): each for each in own}

    @cached_property
    def cell_classes(self) -> frozenset[str]:
        """The classes that the markup gives to cells of tables."""
        found = (match[1] for each in self.markup for match in _CELL_CLASSES.finditer(each.text))
        return frozenset(name for given in found for name in _JINJA.sub(" ", given).split())


def read_template(
    template: str, settings: Settings, styles: Iterable[Path], markup: Iterable[Path]
) -> TemplateUnderReview:
    """The template of that name, with its style sheets (each after those that it overrides) and its Jinja files."""
    declarations: list[Declaration] = []
    for path in styles:
        declarations += _declarations(path)
    files = tuple(Markup(path, _without_comments(read_page_text(path))) for path in markup)
    swallowed = tuple(each for each in declarations if each.name in _OUTERMOST)
    read = tuple(each for each in declarations if each.name not in _OUTERMOST)
    return TemplateUnderReview(template, settings, read, files, swallowed)


def _without_comments(text: str) -> str:
    return _COMMENT.sub(lambda match: re.sub(r"[^\n]", " ", match[0]), text)


_OUTERMOST = ("", "@page", "@font-face", "@counter-style", "@import")
"""What has a place in a style sheet itself alone: these rules, and a block of nothing."""


def _declarations(path: Path) -> Iterator[Declaration]:
    text = read_page_text(path)
    lines, file = text.split("\n"), display_name(path)
    rules: list[tuple[Any, str]] = [(node, "") for node in parse_stylesheet(text)]
    while rules:
        node, around = rules.pop(0)
        if node.type in ("qualified-rule", "at-rule") and node.content is not None:
            inside = tinycss2.parse_blocks_contents(node.content, True, True)
            selector = tinycss2.serialize(node.prelude).strip()
            if node.type == "at-rule":
                selector = f"@{node.at_keyword} {selector}".strip()
            if around and not around.startswith("@"):
                name = f"@{node.at_keyword}" if node.type == "at-rule" else selector
                if name in _OUTERMOST:
                    yield Declaration(around, name, "", _place(file, lines, node))
            rules[:0] = [(each, selector) for each in inside]
        elif node.type == "declaration":
            value = tinycss2.serialize(node.value).strip()
            yield Declaration(around, node.name, value, _place(file, lines, node))


def _place(file: str, lines: list[str], node: Any) -> Place:
    """From a declaration's name to its end, or the end of its line."""
    shown = lines[node.source_line - 1] if node.source_line <= len(lines) else ""
    start = node.source_column
    end = next((at for at in range(start - 1, len(shown)) if shown[at] in ";}"), len(shown.rstrip()))
    return Place(file, Span(node.source_line, start, node.source_line, len(shown[:end].rstrip()) + 1), shown)
