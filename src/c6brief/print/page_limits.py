"""What would keep the layout of a page busy without end, seen in its HTML before: told at the line of the template.

Style sheets are looked at by the rule ``extreme-value`` (:mod:`c6brief.rules.extreme_values`), files of drawings by
:mod:`c6brief.documents.drawing_size` when they are asked for. Here are style attributes, style elements and drawings in
the page itself, and tables.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any
from xml.etree.ElementTree import Element

import tinycss2

from c6brief.documents.boundary import read_page_text
from c6brief.documents.drawing_size import MOST_DRAWN, Multiplied, find_multiplied
from c6brief.documents.problems import Place, Problems
from c6brief.pages.search import find_template_files
from c6brief.rules.extreme_values import find_extreme
from c6brief.rules.review.template import Markup

if TYPE_CHECKING:  # it imports the comparison of pages
    from c6brief.print.comparison.report import PageSource

MOST_SPANNED = 1_000
"""Columns that a cell of a table, or a ``col``, may span (HTML Living Standard, 4.9.11)."""

MOST_SLOTS = 2_000_000
"""Cells of one page's tables, each counted as often as the columns that it spans."""

MOST_NESTED = 500
"""Elements inside one another. To read and lay out many more takes time that grows with their square."""

_TAG = re.compile(r"<(/?)([a-zA-Z][a-zA-Z0-9-]*)\b[^<>]*?(/?)>")
_NO_DEPTH = frozenset([
    "area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr", "body",
    "caption", "colgroup", "dd", "dt", "head", "html", "li", "optgroup", "option", "p", "rp", "rt", "tbody", "td", "tfoot", "th", "thead", "tr",
])  # fmt: skip
"""Elements without an end tag, or with one that may be left out (HTML Living Standard, 13.1.2)."""

_HINT = "use a value that fits on paper"
_SVG = "{http://www.w3.org/2000/svg}svg"
_LOOKED_FOR = re.compile(r"\b(?:col)?span\s*=|\bstyle\s*=|<style\b|<use\b|\burl\(", re.I)
_LARGE = re.compile(r"\d{4}|\d[eE]\d")


def is_nested_too_deeply(html: str) -> bool:
    """Whether a page opens more elements inside one another than :data:`MOST_NESTED`."""
    depth = 0
    for end, name, closed in _TAG.findall(html):
        if not closed and name.lower() not in _NO_DEPTH:
            depth = max(0, depth - 1) if end else depth + 1
            if depth > MOST_NESTED:
                return True
    return False


def check_page_limits(root: Element, html: str, source: PageSource | None, brief: Place, problems: Problems) -> None:
    """Look at the page whose root element is ``root``, and whose text is ``html``; too wide spans are cut down in it.

    Problems: ``extreme-value``, ``drawing-unfolds``, at the line of the template of ``source`` that has the words, or at
    the ``brief``.
    """
    if not _LOOKED_FOR.search(html):
        return
    slots = 0
    for element in root.iter():
        tag = element.tag
        if tag == _SVG and (found := find_multiplied(element)) is not None:
            report_multiplied(found, _find(f"#{found.id}", source) or brief, problems)
        style = element.get("style")
        if style and _LARGE.search(style):
            for name, value in _declarations(tinycss2.parse_blocks_contents(style)):
                _report_extreme(name, value, source, brief, problems)
        if tag == "style" and element.text and _LARGE.search(element.text):
            for name, value in _declarations(tinycss2.parse_stylesheet(element.text)):
                _report_extreme(name, value, source, brief, problems)
        for name in ("colspan", "span"):
            span = element.get(name)
            if span is not None:
                slots += _cut_down(element, name, span)
    if slots > MOST_SLOTS:
        message = f"the cells of the page's tables span {slots:,} columns together"
        hint = f"at most {MOST_SLOTS:,} are laid out"
        problems.error("extreme-value", message, _find("span=", source) or brief, hint)


def report_multiplied(found: Multiplied, place: Place, problems: Problems) -> None:
    """Report a drawing that unfolds. Problem: ``drawing-unfolds``."""
    message = f"the drawing unfolds into more than {min(found.shapes, 10**12):,} shapes; '#{found.id}' is used most"
    if found.shapes < 10**12:
        message = f"the drawing unfolds into {found.shapes:,} shapes; '#{found.id}' is used most"
    hint = f"at most {MOST_DRAWN:,} are drawn: use elements, patterns and markers fewer times in one another"
    problems.error("drawing-unfolds", message, place, hint)


def _declarations(nodes: Any) -> Iterator[tuple[str, str]]:
    """The declarations in parsed rules, at any depth, each as its name and value."""
    waiting = list(nodes)
    while waiting:
        node = waiting.pop()
        if node.type == "declaration":
            yield node.name, tinycss2.serialize(node.value).strip()
        elif node.type in ("qualified-rule", "at-rule") and node.content is not None:
            waiting += tinycss2.parse_blocks_contents(node.content)


def _report_extreme(name: str, value: str, source: PageSource | None, brief: Place, problems: Problems) -> None:
    if words := find_extreme(name, value):
        large = _LARGE.search(value)
        place = _find(value, source) or (_find(name, source) if large else None) or brief
        problems.error("extreme-value", f"'{name}: {value[:40]}' has {words}", place, _HINT)


def _cut_down(element: Element, name: str, span: str) -> int:
    """How many columns the element spans, which is cut down to what HTML allows, as browsers do."""
    match = re.match(r"\s*\+?(\d+)", span)
    if match is None:
        return 1
    digits = match[1].lstrip("0")
    count = int(digits or "0") if len(digits) < 5 else MOST_SPANNED + 1
    if count > MOST_SPANNED:
        element.set(name, str(MOST_SPANNED))
        return MOST_SPANNED
    return count


def _find(words: str, source: PageSource | None) -> Place | None:
    """Where ``words`` stand first in a file of the template."""
    if source is None:
        return None
    _, markup = find_template_files(source.template, source.project_templates)
    for path in markup:
        text = read_page_text(path)
        if (at := text.find(words)) >= 0:
            return Markup(path, text).place(at, at + len(words))
    return None
