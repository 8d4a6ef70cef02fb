"""A short last page saved, or filled, by a little less or more white."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from c6brief.documents.addition import total
from c6brief.print.mending.inline_overrides import InlineOverrides
from c6brief.print.preflight.content import HEADINGS, DocumentContent, Fragment, PageContent
from c6brief.print.preflight.rules.pages import chapters, filled_share, least_share
from c6brief.print.preflight.run import PreflightResult
from c6brief.print.preflight.weasyprint_boxes import read_pages
from c6brief.print.weasyprint_document import LaidOutDocument

RULE = "short-last-page"

LESS_WHITE = ":root { --air: 6.5mm !important }"
"""Less white space above sections and around figures."""


@dataclass(frozen=True)
class _Step:
    """A change of the white of a document."""

    css: str
    leading: float
    """From line to line in prose, in parts of what the template has: within three per cent."""
    hope: float
    """How many times the white that it is reckoned to save or to add may be needed, for it to be worth a layout. Pages
    end where lines do, so that a little may do more than is reckoned; but what the next step does anyway need not be
    tried.
    """
    summary: str
    """In words."""


STEPS = (
    _Step("", 1, 0, ""),
    _Step(LESS_WHITE, 1, 0.7, "less white above sections, for the last page"),
    _Step(LESS_WHITE, 0.97, 1.5, "lines 3% closer, for the last page"),
    _Step("", 1.03, 1.5, "lines 3% further apart, for the last page"),
)
"""From the template's own spacing on, each tried where the one before has not helped."""


WHITE_SAVED = 3.8
"""CSS pixels that :data:`LESS_WHITE` saves above a heading and around a figure: the millimetre between 7.5 and 6.5."""


class Spacing:
    """The white of a document: at first as its template has it."""

    def __init__(self, overrides: InlineOverrides) -> None:
        self._overrides = overrides
        self.at = 0
        """Which of the :data:`STEPS` is in force."""
        self._tried = 0
        """The last one that was."""

    @property
    def css(self) -> str:
        return STEPS[self.at].css

    def change(self, document: LaidOutDocument, found: Iterable[PreflightResult]) -> bool:
        """Take the next step that may help where the last page is short. Whether one was taken."""
        number = next((one.flaw.page for one in found if one.rule.name == RULE), None)
        if number is None:
            return False
        sheets = read_pages(document)
        before = STEPS[self.at].leading
        while self._tried + 1 < len(STEPS):
            self._tried += 1
            if _may_help(STEPS[self._tried], before, sheets, number):
                self.at = self._tried
                if STEPS[self.at].leading != before:
                    self._set_leading(sheets, STEPS[self.at].leading, before)
                return True
        return False

    def go_back_to(self, at: int, document: LaidOutDocument) -> None:
        """Put the step ``at`` in force again, with which ``document`` was laid out. Later ones may be tried anew."""
        self._tried = at
        if at != self.at:
            self.at = at
            self._set_leading(read_pages(document), STEPS[at].leading, STEPS[at].leading)

    def summary(self) -> list[str]:
        """What was done, in words."""
        return [STEPS[self.at].summary] if self.at else []

    def _set_leading(self, sheets: DocumentContent, leading: float, before: float) -> None:
        """Set the prose of the column, whose lines stand at ``before``, at ``leading``."""
        for piece in _prose(sheets):
            if piece.element is not None and piece.leading:
                css = "" if leading == 1 else f"line-height: {piece.leading / before * leading:.2f}px"
                self._overrides.set(piece.element, RULE, css)


def _may_help(step: _Step, before: float, sheets: DocumentContent, number: int) -> bool:
    """Whether ``step`` may save page ``number``, or fill it. The lines of ``sheets`` have the leading ``before``."""
    first = next(first.number for first, last in chapters(sheets) if last.number == number)
    own = DocumentContent(sheets.pages[first - 1 : number], ())
    prose = total(piece.frame.height for piece in _prose(own)) / before
    previous, last = own.pages[-2:]
    taken = filled_share(last) * last.text.height
    if step.leading > 1:
        return taken + step.hope * (step.leading - 1) * prose >= least_share(last, sheets) * last.text.height
    airy = sum(piece.tag in HEADINGS for sheet in own for piece in sheet.flow())
    airy += len(
        {id(piece.context.figure) for sheet in own for piece in sheet.fragments if piece.context.figure is not None}
    )
    saved = WHITE_SAVED * airy + (1 - step.leading) * prose
    return taken - _free(previous) <= step.hope * saved


def _free(sheet: PageContent) -> float:
    """What is left between the text of a page and its notes, or its foot."""
    text = [frame.bottom for frame, within in sheet.inked if not (within.notes or within.running or within.apart)]
    notes = [frame.top for frame, within in sheet.inked if within.notes]
    return min(notes, default=sheet.text.bottom) - max(text, default=sheet.text.top)


def _prose(sheets: DocumentContent) -> Iterator[Fragment]:
    """The paragraphs of the column, outside of figures."""
    for sheet in sheets:
        for piece in sheet.flow():
            if piece.tag in ("p", "li") and piece.context.figure is None:
                yield piece
