"""Laying out until nothing is left to mend, or a bounded number of times.

Most notes are brought to their pages while these are made (:func:`shorten_page
<c6brief.print.mending.notes.shorten_page>`). Prose below figures is moved to the height of the lines on facing pages,
and notes to the foot, when all are made (:func:`align_pages`). For the rest there is one loop. It looks at the laid out document, makes the first of these changes that is needed, and lays out again:

1. a figure that leaves a hole is moved (:mod:`figures <c6brief.print.mending.figures>`);
2. quotations that are crowded go overleaf, and those that touch something, and notes that are still late, are fitted to
   the pages (:mod:`quotes <c6brief.print.mending.quotes>`, :mod:`notes <c6brief.print.mending.notes>`);
3. where all fits, or the fitting has not begun, flaws are given remedies (:mod:`trials
   <c6brief.print.mending.trials>`);
4. where all that is done and the last page is short, the white is changed (:mod:`spacing
   <c6brief.print.mending.spacing>`).

What was fitted to the pages is dropped as soon as a change moves the text, and fitted anew. A document without a flaw
is laid out once; another layout takes as long as the pages that a change reaches
(:mod:`c6brief.print.weasyprint_layouts`).
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from copy import copy
from dataclasses import dataclass
from xml.etree.ElementTree import Element

from c6brief.print.mending.figures import FigureMover
from c6brief.print.mending.grid import set_on_grid
from c6brief.print.mending.inline_overrides import InlineOverrides
from c6brief.print.mending.notes import ShortenedPage, set_notes_at_foot, shorten_page, shorten_pages
from c6brief.print.mending.quotes import QuoteMover, fit_quotes
from c6brief.print.mending.spacing import Spacing
from c6brief.print.mending.trials import Trials
from c6brief.print.preflight.run import PreflightResult, run_preflight
from c6brief.print.weasyprint_document import LaidOutDocument, PageBox, get_page_boxes

MOST_LAYOUTS = 20
"""After the first one. Most briefs take one to three."""

GRAVE = {"note-off-page": 10, "off-sheet": 10, "outside-box": 10}
"""How much flaws weigh that a reader cannot read past; all others weigh 1."""


@dataclass(frozen=True)
class MendedDocument:
    """A laid out document, the flaws that are left in it, and what was done, in words."""

    document: LaidOutDocument
    found: tuple[PreflightResult, ...]
    summary: tuple[str, ...]

    @property
    def weight(self) -> int:
        """The weight of all its flaws."""
        return sum(GRAVE.get(one.rule.name, 1) for one in self.found)


def align_pages(pages: Sequence[PageBox]) -> list[bool]:
    """Move what stands at another height than on other pages: prose to the grid, notes to the foot of the page.

    For each page, whether it has changed. What stands where it belongs is not moved again.
    """
    on_grid, at_foot = set_on_grid(pages), set_notes_at_foot(pages)
    return [any(changed) for changed in zip(on_grid, at_foot, strict=True)]


LayOut = Callable[
    [str, Callable[[PageBox, int], ShortenedPage | None]], tuple[LaidOutDocument, Sequence[ShortenedPage]]
]


class Mender:
    """Mends the HTML document ``root``.

    ``lay_out`` lays out ``root`` as it stands, with a style sheet to be added after the template's own, and gives the
    laid out document. It may show each page to the function that it is given, and lay it out again with the rules
    that come back, which it gives too (:meth:`Layouts.lay_out_adjusted
    <c6brief.print.weasyprint_layouts.layouts.Layouts.lay_out_adjusted>`).
    """

    def __init__(self, root: Element, lay_out: LayOut) -> None:
        self._call_lay_out = lay_out
        overrides = InlineOverrides()
        self._figures, self._quotes = FigureMover(root), QuoteMover(root)
        self._trials, self._spacing, self._fitting = Trials(overrides), Spacing(overrides), _Fitting()

    def mend(self) -> MendedDocument:
        """Lay out and mend what can be mended: of all layouts, the last one with the lightest flaws.

        May be called again where texts of the document have changed meanwhile: it goes on from what was done already.
        """
        last = self._lay_out()
        best, state = last, (self._spacing.at, copy(self._fitting))
        for _ in range(MOST_LAYOUTS):
            if not self._change(last):
                break
            del last  # so that its pages go as others take their places
            last = self._lay_out()
            same_white = self._spacing.at == state[0]
            if last.weight < best.weight or (last.weight == best.weight and same_white):
                best, state = last, (self._spacing.at, copy(self._fitting))  # another spacing has to be worth it
        at, self._fitting = state
        self._spacing.go_back_to(at, best.document)
        return best

    def _lay_out(self) -> MendedDocument:
        css = f"{self._spacing.css}\n{self._fitting.css}".strip()
        document, shortened = self._call_lay_out(css, shorten_page)
        self._fitting.notes_brought_in_making = sum(each.notes for each in shortened)
        found = run_preflight(document)
        summary = (
            *self._figures.summary(),
            *self._fitting.summary(),
            *self._trials.summary(found),
            *self._spacing.summary(),
        )
        return MendedDocument(document, found, summary)

    def _change(self, last: MendedDocument) -> bool:
        """Make the first change that is needed. Whether there was one."""
        if self._figures.move(last.document):
            self._fitting = _Fitting()
            return True
        begun = self._fitting.begun
        fitted = self._fitting.fit(last.document, self._quotes.move_overleaf(last.document))
        if not (begun and fitted) and self._trials.change(last.found):
            self._fitting = _Fitting()
        elif not fitted:
            if not self._spacing.change(last.document, last.found):
                return False
            self._fitting = _Fitting()
        return True


class _Fitting:
    """The style sheet that fits notes and quotations to the pages as they are broken now."""

    def __init__(self) -> None:
        self._rules: tuple[str, ...] = ()
        self.begun = False
        """Whether there was anything to fit."""
        self.notes_brought_in_making = 0
        """How many notes were brought to their pages while these were made."""
        self._shortened: tuple[ShortenedPage, ...] = ()

    @property
    def css(self) -> str:
        return "\n".join((*self._rules, *(each.css for each in self._shortened)))

    def fit(self, document: LaidOutDocument, gone: frozenset[str]) -> bool:
        """Add what ``document`` still needs, from whose pages quotations have ``gone``. Whether there was anything.

        A page that is made shorter moves the text from there on. So quotations are fitted to the pages before the first
        of these alone; and what was done for a page is taken back where it has come to begin otherwise.
        """
        suiting = tuple(each for each in self._shortened if each.suits(document))
        if suiting != self._shortened:
            self._shortened = suiting
            return True
        shortened = shorten_pages(document)
        pages = get_page_boxes(document)
        css = fit_quotes(pages[: shortened[0].page - 1] if shortened else pages, gone)
        self._rules += (css,) if css else ()
        self._shortened += tuple(shortened)
        self.begun = self.begun or bool(css or shortened)
        return bool(css or shortened or gone)

    def summary(self) -> list[str]:
        """What was done, in words. Quotations that stand where they have room are in their place, and not mended."""
        notes = sum(each.notes for each in self._shortened) + self.notes_brought_in_making
        if not notes:
            return []
        return ["a note brought to its page" if notes == 1 else f"{notes} notes brought to their pages"]
