"""Page rules on where things stand: in their boxes, on the page, and not on one another."""

from __future__ import annotations

from collections.abc import Iterator

from c6brief.print.preflight.content import PIXELS_PER_MM, DocumentContent, Fragment, Frame, PageContent, in_quotes
from c6brief.print.preflight.rule import Flaw, page_rule

SLACK = 2.0
"""CSS pixels (half a millimetre) that a letter or a drawing may overhang."""

HANGING = 8.0
"""CSS pixels (two millimetres) by which text may leave its box to the right: signs and marks are hung there on purpose."""

COVERED = 0.3
"""Of the height of a line: how deep one line must reach into another to be on it."""


@page_rule("off-sheet", hint="fewer columns, shorter words, or other measures in the template", severity="error")
def off_sheet(document: DocumentContent) -> Iterator[Flaw]:
    """text runs off the sheet

    Words beyond the edge of the paper are lost to the reader. So nothing is written: a table with too many columns,
    say, is to be split, or set in landscape by the template. Half a millimetre is allowed. What the template cuts off
    (`overflow`) or turns (`transform`) is left alone; so are running lines, and drawings, which a template may let bleed
    on purpose: see `outside-box`. *Mended:* as there, quotations in the margin move into the column.
    """
    for page in document:
        shown = (each for each in page.fragments if not each.context.stamped and not each.context.running)
        lines = (line for each in shown for line in each.lines)
        lost = [line for line in lines if _is_off(line.frame, page.frame)]
        if lost:
            more = f", and {len(lost) - 1} more" if len(lost) > 1 else ""
            words = in_quotes(lost[0].words or lost[0].printed)
            yield Flaw(f"text runs off the sheet: {words}{more}", page.number, lost[0].frame)


@page_rule("outside-box", hint="shorten the words, or change the template's measures")
def outside_box(document: DocumentContent) -> Iterator[Flaw]:
    """text or a drawing stands outside its box, a drawing off the sheet, or text on other text

    Printers cut off what lies outside, and nobody reads what lies below. Measured are letters from their capitals to
    their descenders, and whole drawings; half a millimetre is allowed, and two for text that hangs out of its box.
    Found is what ends to the right of its box or runs into the lower margin, and drawings that leave the sheet; a line that reaches
    into another by three tenths of its height; and text on a drawing. What the template cuts off (`overflow`), turns
    (`transform`), fixes on every page or puts behind the text (an image with `position`) is left alone, and so are the
    insides of drawings. *Mended:* pull quotes in the margin move as little as they must, or go into the column.
    """
    for page in document:
        for fragment in page.fragments:
            yield from _text_outside(fragment, page)
        yield from _drawings_outside(page)
        yield from _text_on_text(page)
        yield from _text_on_drawings(page)


def _text_outside(fragment: Fragment, page: PageContent) -> Iterator[Flaw]:
    """The first line of a fragment that leaves its box or the text's foot. Off the sheet it is :func:`off_sheet`'s."""
    context = fragment.context
    if context.stamped:
        return
    for line in fragment.lines:
        edge = None if context.running else fragment.frame.right
        what = _outside(line.frame, page, edge, HANGING, may_end_lower=context.running or context.apart)
        if what and (context.running or not _is_off(line.frame, page.frame)):
            yield Flaw(f"text {what}: {in_quotes(line.words or line.printed)}", page.number, line.frame)
            return


def _drawings_outside(page: PageContent) -> Iterator[Flaw]:
    for drawing in page.drawings:
        context = drawing.context
        if context.stamped or context.running:
            continue
        edge = drawing.holder.right if drawing.holder.width > 0 and not context.apart else None
        what = _outside(drawing.frame, page, edge, SLACK, may_end_lower=context.apart or context.notes)
        if what:
            yield Flaw(f"a drawing {what}", page.number, drawing.frame)


def _outside(frame: Frame, page: PageContent, edge: float | None, slack: float, *, may_end_lower: bool) -> str:
    """How something leaves the sheet, its box, which ends at ``edge`` if it has one, or the text's foot; empty if not."""
    if _is_off(frame, page.frame):
        return "runs off the sheet"
    if edge is not None and frame.right > edge + slack:
        return f"sticks out of its box by {(frame.right - edge) / PIXELS_PER_MM:.0f} mm"
    return "runs into the lower margin" if frame.bottom > page.text.bottom + SLACK and not may_end_lower else ""


def _text_on_text(page: PageContent) -> Iterator[Flaw]:
    """Lines of two fragments on one another, each pair of fragments once."""
    runs = sorted(
        (
            (run, line, fragment)
            for fragment in page.fragments
            if not fragment.context.stamped
            for line in fragment.lines
            for run in line.runs
        ),
        key=lambda one: one[0].top,
    )
    seen: set[frozenset[int]] = set()
    for at, (frame, line, fragment) in enumerate(runs):
        for other, below, second in runs[at + 1 :]:
            if other.top >= frame.bottom:
                break
            pair = frozenset((id(fragment), id(second)))
            if fragment is second or pair in seen or not _covers(frame, other):
                continue
            seen.add(pair)
            one, two = (in_quotes(each.words or each.printed, most=40) for each in (line, below))
            yield Flaw(f"text stands on text: {one} and {two}", page.number, frame.union(other))


def _covers(one: Frame, other: Frame) -> bool:
    wide, tall = one.overlap(other)
    return wide > SLACK and tall > COVERED * min(one.height, other.height)


def _text_on_drawings(page: PageContent) -> Iterator[Flaw]:
    for drawing in page.drawings:
        if drawing.context.apart or drawing.context.stamped or drawing.context.running:
            continue  # a picture that was put behind the text, or a logo
        for fragment in page.fragments:
            # A picture in a line is in none of its runs.
            overlaps = (run.overlap(drawing.frame) for line in fragment.lines for run in line.runs)
            if not fragment.context.stamped and any(wide > SLACK and tall > SLACK for wide, tall in overlaps):
                words = in_quotes(fragment.lines[0].words or fragment.lines[0].printed)
                frame = fragment.ink.union(drawing.frame)
                yield Flaw(f"text stands on a drawing: {words}", page.number, frame)


def _is_off(frame: Frame, page: Frame) -> bool:
    return (
        frame.left < page.left - SLACK
        or frame.top < page.top - SLACK
        or frame.right > page.right + SLACK
        or frame.bottom > page.bottom + SLACK
    )
