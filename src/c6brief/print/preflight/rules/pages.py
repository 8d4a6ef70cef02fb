"""Page rules on how full pages are."""

from __future__ import annotations

from collections.abc import Iterator

from c6brief.documents.addition import total
from c6brief.print.preflight.content import PIXELS_PER_MM, DocumentContent, Frame, PageContent, in_quotes
from c6brief.print.preflight.rule import Flaw, page_rule

LARGEST_HOLE = 1 / 3
"""Of the height that text may take."""

LEAST_OF_DOCUMENT = 0.2
"""Of the height that text may take: what a last page must fill."""

LEAST_OF_CHAPTER = 0.12
"""The same of the last page of a chapter: some five lines, as books have it."""

AT_THE_FOOT = 2 * PIXELS_PER_MM
"""How near to the foot of the text a colophon ends that stands at the foot."""


@page_rule("hole", hint="place the figure elsewhere in the text, or make it smaller")
def hole(document: DocumentContent) -> Iterator[Flaw]:
    """a page has a gap of more than a third of its text height

    A page half empty in the midst of a text says that something went wrong. Measured is, from the top of the text to
    its foot, the height in which neither letters nor drawings, grounds or rules stand, in the column or beside it. Left
    alone is what is free below the last words of the document, and before a page that the template begins on purpose
    (`break-before`, `break-after`). *Mended:* a figure that starts the next page lets the paragraphs after it go first,
    or follows a paragraph later; this is done for gaps of 30 mm and more.
    """
    for page, following in _with_next(document):
        ended = following is None or page.ends_forced or following.begins_forced
        for top, bottom in _gaps(page, ended):
            if bottom - top > LARGEST_HOLE * page.text.height:
                message = f"nothing for {(bottom - top) / PIXELS_PER_MM:.0f} mm below {_words_above(page, top)}"
                yield Flaw(message, page.number, Frame(page.text.left, top, page.text.right, bottom))


def _gaps(page: PageContent, ended: bool) -> Iterator[tuple[float, float]]:
    """The gaps from top to bottom. Where the text has ``ended``, with the document or by the author's will, what is left
    below it is no gap.
    """
    here = [(frame, context) for frame, context in page.inked if not context.running]
    flowing = (frame.bottom for frame, context in here if not (context.notes or context.apart))
    text_end = max(flowing, default=page.text.top)
    at = page.text.top
    for frame in sorted((frame for frame, _ in here), key=lambda frame: frame.top):
        if frame.top > at and not (ended and at >= text_end):
            yield at, frame.top
        at = max(at, frame.bottom)
    if not ended:
        yield at, page.text.bottom


def _words_above(page: PageContent, at: float) -> str:
    lines = [line for fragment in page.fragments if not fragment.context.running for line in fragment.lines]
    above = [line for line in lines if line.words and line.frame.bottom <= at + 1]
    return in_quotes(max(above, key=lambda line: line.frame.bottom).words) if above else "the top of the page"


@page_rule("short-last-page", hint="cut a few lines, or write a few more")
def short_last_page(document: DocumentContent) -> Iterator[Flaw]:
    """the last page is less than a fifth full, or the last one of a chapter less than an eighth

    A few lines on a page of their own look left over. Added up are the height of the text and drawings from the first
    to the last, that of the notes, and that of the colophon where it stands at the very foot of the page (within 2 mm);
    the white between them does not count. A page that has nothing but these last two is found too. The same goes for a
    page whose text came over from the page before and after which a new page was asked for, if it is less than 12 %
    full. A brief, or a chapter, of one page is left alone. *Mended:* less white above sections and around figures (the
    template's `--air`), then lines 3 % closer as well, then lines 3 % further apart, whichever helps first.
    """
    for first, last in chapters(document):
        if first is last:
            continue
        which = "the last page" if last is document.pages[-1] else "a chapter's last page"
        if not any(not (context.notes or context.running) for _, context in last.inked):
            yield Flaw(f"{which} has no text, only notes or the colophon", last.number, last.text)
        elif (share := filled_share(last)) < least_share(last, document):
            yield Flaw(f"{which} is {share * 100:.0f}% full", last.number, last.text)


def chapters(document: DocumentContent) -> Iterator[tuple[PageContent, PageContent]]:
    """The first and the last page of each stretch of text that begins a page and that nothing but its end ends."""
    first = None
    for page, following in _with_next(document):
        first = first or page
        if following is None or page.ends_forced or following.begins_forced:
            yield first, page
            first = None


def least_share(page: PageContent, document: DocumentContent) -> float:
    """How much of a page, from 0 to 1, must be filled after which there is none, or a new one was asked for."""
    return LEAST_OF_DOCUMENT if page is document.pages[-1] else LEAST_OF_CHAPTER


def filled_share(page: PageContent) -> float:
    """How much of the height of a page is taken, from 0 to 1: its text and drawings from the first to the last, its
    notes, and what stands at the very foot.
    """
    text = [frame for frame, context in page.inked if not (context.notes or context.running)]
    colophon = [frame for _, frame in page.unnumbered_notes]
    notes = [frame for frame, context in page.inked if context.notes]
    numbered = [frame for frame in notes if not any(_is_inside(frame, other) for other in colophon)]
    taken = max((frame.bottom for frame in text), default=0.0) - min((frame.top for frame in text), default=0.0)
    if numbered:
        taken += max(frame.bottom for frame in numbered) - min(frame.top for frame in numbered)
    taken += total(frame.height for frame in colophon if frame.bottom >= page.text.bottom - AT_THE_FOOT)
    return taken / page.text.height if page.text.height > 0 else 1.0


def _is_inside(frame: Frame, other: Frame) -> bool:
    return frame.top >= other.top - 1 and frame.bottom <= other.bottom + 1


def _with_next(document: DocumentContent) -> Iterator[tuple[PageContent, PageContent | None]]:
    """Each page and the one after it; none after the last."""
    return zip(document.pages, (*document.pages[1:], None), strict=True)
