"""Page rules on figures and tables: near their titles, and near where the text speaks of them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from xml.etree.ElementTree import Element

from c6brief.print.preflight.content import DocumentContent, Frame, add_frame, in_quotes
from c6brief.print.preflight.rule import Flaw, Remedy, page_rule

FARTHEST = 1
"""Pages between a figure and where the text speaks of it: the next one can be seen, or turned to once."""

_LABEL = re.compile(r"[^\W\d]+\.? \d+(?:\.\d+)*")


@dataclass
class _Figure:
    """Where the parts of one figure stand, by page."""

    element: Element
    title: str = ""
    titles: dict[int, Frame] = field(default_factory=dict)
    bodies: dict[int, Frame] = field(default_factory=dict)
    """The drawing, or the rows."""
    tails: dict[int, Frame] = field(default_factory=dict)
    """Notes and sources below."""


@page_rule(
    "figure-away",
    hint="place the figure nearer, or give it break-inside: avoid in the template",
    mended_as=("a figure kept with its title", "figures kept with their titles"),
)
def figure_away(document: DocumentContent) -> Iterator[Flaw]:
    """a figure or table is parted from its title or source, or far from where the text speaks of it

    The parts of a `figure` (or of a `table` that stands in none) are its caption, its drawing or rows, and what stands
    below. It is found where the caption is on a page that has neither the first nor the last of the drawing or rows;
    where what stands below begins on a later page; and where the text calls it by its label (“Figure 2”) only on pages
    more than one away. *Mended:* the figure is kept whole (`break-inside: avoid`).
    """
    figures = _figures(document)
    running = _running_text(document) if figures else []
    for figure in figures:
        if not figure.bodies:
            continue
        first, last = min(figure.bodies), max(figure.bodies)
        name = in_quotes(figure.title)
        remedy = (Remedy(figure.element, "break-inside: avoid"),)
        if figure.titles and not set(figure.titles) & {first, last}:
            page = min(figure.titles)
            yield Flaw(f"the title {name} stands without its figure", page, figure.titles[page], remedy)
        elif figure.tails and min(figure.tails) > last:
            page = min(figure.tails)
            message = f"what stands below the figure {name} is parted from it"
            yield Flaw(message, page, figure.tails[page], remedy)
        yield from _far_from_text(figure, running)


def _running_text(document: DocumentContent) -> list[tuple[str, set[int]]]:
    """The paragraphs of running text, each with its pages."""
    return [
        (paragraph.text, {fragment.page for fragment in paragraph.fragments})
        for paragraph in document.paragraphs
        if paragraph.fragments[0].context.figure is None and not paragraph.fragments[0].context.listing
    ]


def _far_from_text(figure: _Figure, running: list[tuple[str, set[int]]]) -> Iterator[Flaw]:
    """Where the running text calls the figure by its label, and never near it."""
    label = _LABEL.match(figure.title)
    if not label or not figure.titles:
        return
    number = label[0].rpartition(" ")[2]  # asked for first, which is quick
    called = re.compile(rf"\b{re.escape(label[0])}(?![\d.]*\d)", re.I)
    pages = {page for text, pages in running if number in text and called.search(text) for page in pages}
    page = min(figure.titles)
    if pages and min(abs(page - other) for other in pages) > FARTHEST:
        nearest = min(pages, key=lambda other: abs(page - other))
        yield Flaw(f"the text speaks of {label[0]} on page {nearest}, far from it", page, figure.titles[page])


def _figures(document: DocumentContent) -> list[_Figure]:
    figures: dict[Element, _Figure] = {}

    def of(element: Element) -> _Figure:
        return figures.setdefault(element, _Figure(element))

    for page in document:
        for drawing in page.drawings:
            if drawing.context.figure is not None:
                add_frame(of(drawing.context.figure).bodies, page.number, drawing.frame)
        for row in page.rows:
            add_frame(of(row.table).bodies, page.number, row.frame)
        for fragment in page.fragments:
            if fragment.context.figure is None or fragment.context.table:
                continue
            figure = of(fragment.context.figure)
            if fragment.context.caption:
                figure.title = figure.title or " ".join(line.words.strip() for line in fragment.lines)
                add_frame(figure.titles, page.number, fragment.ink)
            else:
                add_frame(figure.tails, page.number, fragment.ink)
    return list(figures.values())
