"""Something that should be whole, on two pages."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from c6brief.print.proofing.rule import Flaw, PageRule, register
from c6brief.print.proofing.sheets import Frame, Sheets, around


def _check(sheets: Sheets) -> Iterator[Flaw]:
    owners: dict[int, Any] = {}  # of each element the outermost one around it that must stay whole
    for sheet in sheets:
        for element in sheet.whole:
            for inner in element.iter():
                owners.setdefault(id(inner), element)
    stands: dict[int, dict[int, Frame]] = {}
    for sheet in sheets:
        shown = [(piece.element, piece.ink, piece.within) for piece in sheet.pieces]
        shown += [(drawing.element, drawing.frame, drawing.within) for drawing in sheet.drawings]
        for element, frame, within in shown:
            owner = owners.get(id(element))
            if owner is not None and not (within.notes or within.running or within.stamped):
                here = stands.setdefault(id(owner), {})
                here[sheet.number] = here[sheet.number].with_(frame) if sheet.number in here else frame
    whole = {id(element): element for sheet in sheets for element in sheet.whole}
    highest = max((sheet.text.height for sheet in sheets), default=0.0)
    for key, frames in stands.items():
        if len(frames) > 1 and sum(frame.height for frame in frames.values()) < highest:
            page = min(frames)
            words = around("".join(whole[key].itertext()))
            yield Flaw(f"what should be whole goes on overleaf: {words}", page, frames[page])


register(
    PageRule(
        name="torn-block",
        line="something that should stay whole lies on two pages",
        why="A figure, an entry of a list or a table's row that the template keeps whole (`break-inside: avoid`) may be "
        "parted all the same, most often for a float inside of it. It is found where it shows something on more than one "
        "page and would fit on one. Nothing is mended, but it often goes with a short last page.",
        hint="shorten it, or move it by a line",
        noun=("a block kept whole", "blocks kept whole"),
        check=_check,
    )
)
