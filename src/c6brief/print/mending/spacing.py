"""A short last page saved, or filled, by a little less or more white."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from c6brief.print.mending.styles import Styles
from c6brief.print.proofing.boxes import read_sheets
from c6brief.print.proofing.proof import Found

RULE = "short-last-page"

LESS_AIR = ":root { --air: 6.5mm !important }"
"""Less white space above sections and around figures."""


@dataclass(frozen=True)
class _Step:
    css: str
    leading: float
    """From line to line in prose, in parts of what the template has: within three per cent."""
    said: str


STEPS = (
    _Step("", 1, ""),
    _Step(LESS_AIR, 1, "less white above sections, for the last page"),
    _Step(LESS_AIR, 0.97, "lines 3% closer, for the last page"),
    _Step("", 1.03, "lines 3% further apart, for the last page"),
)
"""From the template's own spacing on, each tried where the one before has not helped."""


class Spacing:
    """The white of a document: at first as its template has it."""

    def __init__(self, styles: Styles) -> None:
        self._styles = styles
        self.at = 0
        """Which of the :data:`STEPS` is in force."""

    @property
    def css(self) -> str:
        return STEPS[self.at].css

    def change(self, document: Any, found: Iterable[Found]) -> bool:
        """Take the next step where the last page is short; whether one was taken."""
        if self.at + 1 == len(STEPS) or not any(one.rule.name == RULE for one in found):
            return False
        before = STEPS[self.at].leading
        self.at += 1
        self._set_leading(document, STEPS[self.at].leading, before)
        return True

    def said(self) -> list[str]:
        """What was done, in words."""
        return [STEPS[self.at].said] if self.at else []

    def _set_leading(self, document: Any, leading: float, before: float) -> None:
        """Set the prose of the column, whose lines stand at ``before`` in ``document``, at ``leading``."""
        if leading == before:
            return
        for sheet in read_sheets(document):
            for piece in sheet.flow():
                if piece.leading and piece.tag in ("p", "li") and piece.within.figure is None:
                    css = "" if leading == 1 else f"line-height: {piece.leading / before * leading:.2f}px"
                    self._styles.give(piece.element, RULE, css)
