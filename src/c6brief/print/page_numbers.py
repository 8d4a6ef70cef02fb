"""Numbers of pages put into contents, lists of figures and the index once the pages are known.

A template prints an element of the class :data:`PAGES` with the anchors that it stands for:
``<span class="pages" data-places="note-3 figure-map"></span>``. After layout it holds the numbers of their pages, each
once, runs of three and more joined (3–5), each a link to the first of its places. CSS's ``target-counter()`` knows
one place at a time and would print the same page twice.
"""

from __future__ import annotations

from collections.abc import Callable
from itertools import groupby
from xml.etree.ElementTree import Element, SubElement

from c6brief.print.mending.mend import MendedDocument
from c6brief.print.weasyprint_document import LaidOutDocument, get_page_boxes, walk

PAGES = "pages"
"""The class of an element that wants numbers of pages."""

PLACES = "data-places"
"""Its attribute: anchors, separated by spaces."""

ROUNDS = 4
"""Layouts after the first, at most: numbers may move what they number."""


def fill_page_numbers(root: Element, mend: Callable[[], MendedDocument]) -> MendedDocument:
    """The laid out and mended document of ``root``, with the numbers of pages in their places.

    ``mend`` lays ``root`` out as it stands and mends it; called again, it goes on from what it has mended. A page
    without such elements is mended once.
    """
    wanting = [each for each in root.iter() if PAGES in (each.get("class") or "").split() and each.get(PLACES)]
    mended = mend()
    for _ in range(ROUNDS if wanting else 0):
        pages = _find_pages_of_anchors(mended.document)
        if not any([_fill(each, pages) for each in wanting]):
            break
        del mended  # so that its pages go as others take their places
        mended = mend()
    return mended


def _find_pages_of_anchors(document: LaidOutDocument) -> dict[str, int]:
    """The number of the page on which each anchor stands first."""
    found: dict[str, int] = {}
    for number, page in enumerate(get_page_boxes(document), 1):
        for box in walk(page):
            anchor = box.element.get("id") if box.element is not None else None
            if anchor and not str(box.element_tag).endswith("::footnote-call"):
                found.setdefault(anchor, number)
    return found


def _fill(element: Element, pages: dict[str, int]) -> bool:
    """Put the numbers into ``element``. Whether anything changed: the boxes of a layout know elements by identity."""
    first: dict[int, str] = {}
    for anchor in (element.get(PLACES) or "").split():
        if anchor in pages:
            first.setdefault(pages[anchor], anchor)
    wanted = [
        (str(run[0]) if len(run) == 1 else f"{run[0]}–{run[-1]}", f"#{first[run[0]]}")
        for run in _join_runs(sorted(first))
    ]
    if [(child.text, child.get("href")) for child in element] == wanted:
        return False
    for child in list(element):
        element.remove(child)
    element.text = None
    for count, (words, address) in enumerate(wanted, 1):
        link = SubElement(element, "a", {"href": address})
        link.text = words
        link.tail = ", " if count < len(wanted) else None
    return True


def _join_runs(numbers: list[int]) -> list[list[int]]:
    """Pages in runs: three and more that follow one another are one run, two are two."""
    runs = [
        [number for _, number in group] for _, group in groupby(enumerate(numbers), key=lambda pair: pair[1] - pair[0])
    ]
    return [part for run in runs for part in ([run] if len(run) > 2 else [[number] for number in run])]
