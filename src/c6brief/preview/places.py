"""Where the calls of notes, the figures and the words of sources stand on the pages of a PDF.

Positions are read from the finished file: links and destinations by pypdf, the boxes of figures from the tag tree,
letters from what PDFium draws. What is not found has no position.
"""

from __future__ import annotations

import io
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from c6brief.evidence.folding import fold

NEAR = 0.6
"""Points by which a link's target and a named destination may differ where they are the same place."""

MOST_ELEMENTS = 200_000
"""Structure elements that are read of one file."""


@dataclass(frozen=True)
class Box:
    """A box on a page, from 1: distances from its left and top edge, width and height, in percent of the page."""

    page: int
    left: float
    top: float
    width: float
    height: float


PageArea = tuple[float, float, float, float]
"""The visible part of a page, or a box on it: left, bottom, right, top, in points."""


def box_on(page: int, sheet: PageArea, left: float, bottom: float, right: float, top: float) -> Box:
    """The box between these edges, in points from the origin of the page, whose visible part is ``sheet``."""
    across, up = sheet[2] - sheet[0], sheet[3] - sheet[1]
    numbers = (left - sheet[0], sheet[3] - top, right - left, top - bottom)
    return Box(
        page, *(round(100 * part / whole, 3) for part, whole in zip(numbers, (across, up, across, up), strict=True))
    )


class PdfAnchors:
    """The places of notes and figures in a PDF, given its bytes."""

    def __init__(self, data: bytes) -> None:
        from pypdf import PdfReader

        self._reader = PdfReader(io.BytesIO(data))
        self._pages = {_number(page.indirect_reference): at for at, page in enumerate(self._reader.pages, 1)}

    def anchors(self) -> dict[str, int]:
        """The page of each named destination (``figure-ID``, ``section-ID``), from 1, by its name."""
        at = {name: _number(where.raw_get("/Page")) for name, where in self._reader.named_destinations.items()}
        return {name: self._pages[page] for name, page in at.items() if page in self._pages}

    def notes(self) -> dict[str, list[Box]]:
        """The boxes of each note's calls, by its anchor (``note-3``). A call links to where the note begins."""
        begins: dict[tuple[int, float, float], str] = {}
        for name, at in self._reader.named_destinations.items():
            if name.startswith("note-"):
                begins[_number(at.raw_get("/Page")), _to_float(at["/Left"]), _to_float(at["/Top"])] = name
        found: dict[str, list[Box]] = {}
        for number, page in enumerate(self._reader.pages, 1):
            for reference in page.get("/Annots") or ():
                link = reference.get_object()
                target = link.get("/Dest")
                if link.get("/Subtype") != "/Link" or not isinstance(target, list) or len(target) < 4:
                    continue
                note = _find_note(begins, _number(list.__getitem__(target, 0)), target[2], target[3])
                if note:
                    edges = (float(edge) for edge in link["/Rect"])
                    found.setdefault(note, []).append(box_on(number, _sheet(page), *edges))
        return found

    def figures(self) -> dict[str, Box]:
        """The box of the drawing of each figure, by its alternative text."""
        found: dict[str, Box] = {}
        for element in _elements(self._reader.root_object.get("/StructTreeRoot")):
            attributes = element.get("/A")
            edges = attributes.get_object().get("/BBox") if attributes is not None and "/Alt" in element else None
            number = self._pages.get(_number(element.raw_get("/Pg"))) if "/Pg" in element else None
            if element.get("/S") == "/Figure" and edges and number:
                sheet = _sheet(self._reader.pages[number - 1])
                found.setdefault(str(element["/Alt"]), box_on(number, sheet, *(float(edge) for edge in edges)))
        return found


class PageWords:
    """The letters on page ``number`` of ``pdf``, a document of PDFium, with the edges of each."""

    def __init__(self, number: int, pdf: Any) -> None:
        import pypdfium2.raw as pdfium

        self._number = number
        letters: list[str] = []
        self._edges: list[PageArea] = []
        page = pdf[number - 1]
        words = page.get_textpage()
        self._sheet: PageArea = page.get_cropbox()
        for index in range(words.count_chars()):
            char = chr(pdfium.FPDFText_GetUnicode(words, index))
            kept = [letter for letter in fold(char).text if letter.isalnum()]
            letters += kept
            self._edges += [words.get_charbox(index, loose=True)] * len(kept) if kept else []
        self._letters = "".join(letters)
        words.close()
        page.close()

    def find(self, words: str, after: int = 0) -> tuple[list[Box], int]:
        """The boxes of ``words``, one for each line, and the index after them; no boxes where they are not found.

        They are looked for from the index ``after`` on. Only letters and digits are compared.
        """
        wanted = "".join(letter for letter in fold(words).text if letter.isalnum())
        start = self._letters.find(wanted, after) if wanted else -1
        if start < 0:
            return [], after
        end = start + len(wanted)
        lines: list[list[float]] = []
        for left, bottom, right, top in self._edges[start:end]:
            last = lines[-1] if lines else None
            if last and left >= last[0] and min(top, last[3]) - max(bottom, last[1]) > 0.4 * (top - bottom):
                last[1], last[2], last[3] = min(bottom, last[1]), max(right, last[2]), max(top, last[3])
            else:
                lines.append([left, bottom, right, top])
        return [box_on(self._number, self._sheet, *line) for line in lines], end


def _sheet(page: Any) -> PageArea:
    box = page.cropbox
    return float(box.left), float(box.bottom), float(box.right), float(box.top)


def _find_note(begins: dict[tuple[int, float, float], str], page: int, left: Any, top: Any) -> str | None:
    """The anchor of the note that begins at this place of a page, which is given by its object number."""
    for (number, x, y), name in begins.items():
        if number == page and abs(x - float(left)) < NEAR and abs(y - float(top)) < NEAR:
            return name
    return None


def _number(reference: Any) -> int:
    """The number of the object that ``reference`` names; -1 where it is none."""
    number: int = getattr(reference, "idnum", -1)
    return number


def _to_float(number: Any) -> float:
    """A number of a PDF, which pypdf gives a type that is too wide."""
    return float(number)


def _elements(root: Any) -> Iterator[Any]:
    """The structure elements of the tag tree."""
    from pypdf.generic import ArrayObject, DictionaryObject

    waiting: list[Any] = [root]
    for _ in range(MOST_ELEMENTS):
        if not waiting:
            return
        value = waiting.pop()
        element = value.get_object() if value is not None else None
        if isinstance(element, ArrayObject):
            waiting += _kids(element)
        elif isinstance(element, DictionaryObject):
            yield element
            if "/K" in element:
                waiting.append(element.raw_get("/K"))


def _kids(array: Iterable[Any]) -> list[Any]:
    return [kid for kid in array if not isinstance(kid, int)]
