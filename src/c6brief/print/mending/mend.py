"""Laying out until nothing is left to mend, or a bounded number of times.

Most notes are brought to their pages while these are made (:func:`notes_brought <c6brief.print.mending.notes>`). Prose
below figures is moved to the height of the lines on facing pages when all are made (:func:`set_on_grid
<c6brief.print.mending.grid>`). For the rest there is one loop. It looks at the laid out document, makes the first of
these changes that is needed, and lays out again:

1. a figure that leaves a hole is moved (:mod:`figures <c6brief.print.mending.figures>`), and in the same layout flaws are
   given a remedy that leaves every line on its page (:mod:`trials <c6brief.print.mending.trials>`);
2. quotations that are crowded go overleaf, and those that touch something, and notes that are still late, are fitted to the
   pages (:mod:`quotes <c6brief.print.mending.quotes>`, :mod:`notes <c6brief.print.mending.notes>`), with such remedies too;
3. where all fits, or the fitting has not begun, flaws are given remedies that move the text;
4. where all that is done and the last page is short, the white is changed (:mod:`spacing
   <c6brief.print.mending.spacing>`).

What was fitted to the pages is dropped as soon as a change moves the text, and fitted anew. A document without a flaw is
laid out once; another layout takes as long as the pages that a change reaches (:mod:`c6brief.print.layouts`).
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from copy import copy
from dataclasses import dataclass
from typing import Any
from xml.etree.ElementTree import Element

from c6brief.print.layouts import Settle
from c6brief.print.mending.figures import Figures
from c6brief.print.mending.inline_overrides import InlineOverrides
from c6brief.print.mending.notes import Brought, bring_notes, notes_brought
from c6brief.print.mending.quotes import Quotes, fit_quotes
from c6brief.print.mending.spacing import Spacing
from c6brief.print.mending.trials import Trials
from c6brief.print.preflight.run import PreflightResult, run_preflight

LAYOUTS = 20
"""After the first one, at most. Most briefs take one to three."""

GRAVE = {"note-off-page": 10, "outside-box": 10}
"""How much flaws weigh that a reader cannot read past; all others weigh 1."""


@dataclass(frozen=True)
class Mended:
    """A laid out document, the flaws that are left in it, and what was done, in words."""

    document: Any
    found: tuple[PreflightResult, ...]
    said: tuple[str, ...]

    @property
    def weight(self) -> int:
        return sum(GRAVE.get(one.rule.name, 1) for one in self.found)


LayOut = Callable[[str, Settle[Brought]], tuple[Any, Sequence[Brought]]]


class Mending:
    """Mends the HTML document ``root``.

    ``lay_out`` lays out ``root`` as it stands, with a style sheet to be added after the template's own, and gives
    WeasyPrint's ``Document``. It may show each page to the function that it is given, and lay it out again with the rules
    that come back, which it gives too (:meth:`Layouts.settled <c6brief.print.layouts.Layouts.settled>`).
    """

    def __init__(self, root: Element, lay_out: LayOut) -> None:
        self._lay_out = lay_out
        styles = InlineOverrides()
        self._figures, self._quotes = Figures(root), Quotes(root)
        self._trials, self._spacing, self._fits = Trials(styles), Spacing(styles), _Fits()

    def mended(self) -> Mended:
        """Lay out and mend what can be: of all layouts the last one with the lightest flaws.

        May be called again where texts of the document have changed meanwhile: it goes on from what was done already.
        """
        last = self._laid_out()
        best, state = last, (self._spacing.at, copy(self._fits))
        for _ in range(LAYOUTS):
            if not self._change(last):
                break
            del last  # so that its pages go as others take their places
            last = self._laid_out()
            same_white = self._spacing.at == state[0]
            if last.weight < best.weight or (last.weight == best.weight and same_white):
                best, state = last, (self._spacing.at, copy(self._fits))  # another spacing has to be worth it
        at, self._fits = state
        self._spacing.back_to(at, best.document)
        return best

    def _laid_out(self) -> Mended:
        document, brought = self._lay_out(f"{self._spacing.css}\n{self._fits.css}".strip(), notes_brought)
        self._fits.settled = sum(each.notes for each in brought)
        found = run_preflight(document)
        said = (*self._figures.said(), *self._fits.said(), *self._trials.said(found), *self._spacing.said())
        return Mended(document, found, said)

    def _change(self, last: Mended) -> bool:
        """Make the first change that is needed; whether there was one."""
        if self._figures.move(last.document):
            self._trials.change(last.found, may_move=False)  # what is wrong within lines is so wherever they stand
            self._fits = _Fits()
            return True
        begun = self._fits.begun
        fitted = self._fits.fit(last.document, self._quotes.overleaf(last.document))
        changed = self._trials.change(last.found, may_move=not (begun and fitted))
        if any(remedy.moves for remedy in changed):
            self._fits = _Fits()
        elif not fitted and not changed:
            if not self._spacing.change(last.document, last.found):
                return False
            self._fits = _Fits()
        return True


class _Fits:
    """The style sheet that fits notes and quotations to the pages as they are broken now."""

    def __init__(self) -> None:
        self._rules: tuple[str, ...] = ()
        self.begun = False
        """Whether there was anything to fit."""
        self.settled = 0
        """How many notes were brought to their pages while these were made."""
        self._brought: tuple[Brought, ...] = ()

    @property
    def css(self) -> str:
        return "\n".join((*self._rules, *(each.css for each in self._brought)))

    def fit(self, document: Any, gone: frozenset[str]) -> bool:
        """Add what ``document`` still needs, from whose pages quotations have ``gone``; whether there was anything.

        A note that is brought to its page moves the text from that page on. So quotations are fitted to the pages before the
        first of these alone; and what was done for a page is taken back where it has come to begin otherwise.
        """
        suits = tuple(each for each in self._brought if each.suits(document))
        if suits != self._brought:
            self._brought = suits
            return True
        brought = bring_notes(document)
        css = fit_quotes(document.pages[: brought[0].page - 1] if brought else document.pages, gone)
        self._rules += (css,) if css else ()
        self._brought += tuple(brought)
        self.begun = self.begun or bool(css or brought)
        return bool(css or brought or gone)

    def said(self) -> list[str]:
        """What was done, in words. That quotations stand where they have room is their place, not a mend."""
        notes = sum(each.notes for each in self._brought) + self.settled
        if not notes:
            return []
        return ["a note brought to its page" if notes == 1 else f"{notes} notes brought to their pages"]
