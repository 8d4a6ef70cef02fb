"""Page rules on page breaks: what they must not part, and what they must not leave alone."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise
from xml.etree.ElementTree import Element

from c6brief.documents.addition import total
from c6brief.print.preflight.content import HEADINGS, DocumentContent, Frame, TableRow, add_frame, in_quotes, join_lines
from c6brief.print.preflight.rule import Flaw, Remedy, page_rule


@page_rule("widow", hint="give paragraphs widows: 2 in the template", mended_as=("a widow", "widows"))
def widow(document: DocumentContent) -> Iterator[Flaw]:
    """the last line of a paragraph stands alone at the top of a page

    It has lost its paragraph. Counted are the lines that a paragraph of prose, a list or a callout has on its last
    page. *Mended:* two lines go over (`widows: 2`).
    """
    for paragraph in document.paragraphs:
        for _, fragment in pairwise(paragraph.fragments):
            is_last = fragment is paragraph.fragments[-1]
            if len(fragment.lines) == 1 and is_last and not fragment.context.apart:
                words = in_quotes(fragment.lines[0].words)
                message = f"the last line of a paragraph stands alone at the top: {words}"
                remedies = (Remedy(paragraph.element, "widows: 2; orphans: 2"),)
                yield Flaw(message, fragment.page, fragment.ink, remedies)


@page_rule("orphan", hint="give paragraphs orphans: 2 in the template", mended_as=("an orphan", "orphans"))
def orphan(document: DocumentContent) -> Iterator[Flaw]:
    """the first line of a paragraph stands alone at the foot of a page

    What it begins is out of sight. Counted are the lines that a paragraph of prose, a list or a callout has on its
    first page. *Mended:* the line goes over with the others (`orphans: 2`).
    """
    for paragraph in document.paragraphs:
        first = paragraph.fragments[0]
        if len(paragraph.fragments) > 1 and len(first.lines) == 1 and not first.context.apart:
            message = f"the first line of a paragraph stands alone at the foot: {in_quotes(first.lines[0].words)}"
            remedies = (Remedy(paragraph.element, "widows: 2; orphans: 2"),)
            yield Flaw(message, first.page, first.ink, remedies)


@page_rule(
    "heading-at-foot",
    hint="give the heading break-after: avoid in the template",
    mended_as=("a heading kept with its text", "headings kept with their text"),
)
def heading_at_foot(document: DocumentContent) -> Iterator[Flaw]:
    """a heading is the last line of its page

    A heading belongs to what follows it. It is found where the lowest line of the column, notes and margin aside, is
    that of a heading (`h1` to `h6`), nothing is drawn below it, another page follows, and the template did not break
    the page there. *Mended:* the heading goes over to the next page (`break-after: avoid`).
    """
    for page, following in pairwise(document):
        if page.ends_forced or following.begins_forced:
            continue  # a cover, or a page that the template ends on purpose
        last = max(page.flow(), key=lambda fragment: fragment.ink.bottom, default=None)
        if last is None or last.element is None or last.tag not in HEADINGS or not any(following.inked):
            continue
        below = [frame for frame, context in page.inked if not (context.notes or context.running or context.apart)]
        if any(frame.top >= last.ink.bottom and frame.height > 2 for frame in below):
            continue  # a figure stands below it
        message = f"the heading {in_quotes(join_lines(last.lines))} is the last line of the page"
        yield Flaw(message, page.number, last.ink, (Remedy(last.element, "break-after: avoid"),))


@page_rule(
    "hyphen-over-page",
    hint="change a word of the line, or the template's hyphenation",
    mended_as=("a word parted by the end of a page", "words parted by the end of a page"),
)
def hyphen_over_page(document: DocumentContent) -> Iterator[Flaw]:
    """a word is parted by the end of a page

    Nobody should have to turn the page in the middle of a word. Found where hyphenation parted the last word of a
    paragraph's lines on one page; a hyphen that the word has anyway is left alone. *Mended:* that paragraph is set
    without hyphenation.
    """
    for paragraph in document.paragraphs:
        for fragment, following in pairwise(paragraph.fragments):
            last = fragment.lines[-1]
            if last.printed.rstrip()[-1:] in ("\u2010", "\u00ad"):
                begun, goes_on = last.words.split()[-1:], following.lines[0].words.split()[:1]
                word = in_quotes(f"{''.join(begun)} {''.join(goes_on)}")
                remedies = (Remedy(paragraph.element, "hyphens: manual"),)
                yield Flaw(f"a word is parted by the end of the page: {word}", fragment.page, last.frame, remedies)


@page_rule(
    "lone-row",
    hint="shorten the table, or place it elsewhere in the text",
    mended_as=("a table kept from leaving one row", "tables kept from leaving one row"),
)
def lone_row(document: DocumentContent) -> Iterator[Flaw]:
    """a table leaves one row on a page

    One row above or below a page break looks like a mistake and cannot be compared with its neighbours. The rows of a
    table's body are counted on its first and on its last page; the head does not count. *Mended:* the table is kept
    whole; one that is longer than a page sends a second row along.
    """
    tables: dict[Element, list[tuple[int, TableRow]]] = {}
    for page in document:
        for row in page.rows:
            tables.setdefault(row.table, []).append((page.number, row))
    for rows in tables.values():
        pages = sorted({number for number, _ in rows})
        if len(pages) < 2:
            continue
        order = list(dict.fromkeys(row.element for _, row in rows))
        for end, where in ((pages[0], "leaves one row behind"), (pages[-1], "takes one row along")):
            here = {row.element: row for number, row in rows if number == end}
            if len(here) == 1:
                [row] = here.values()
                neighbour = order[0] if end == pages[0] else order[max(0, len(order) - 2)]
                words = in_quotes(" ".join("".join(row.element.itertext()).split()))
                remedies = (Remedy(row.table, "break-inside: avoid"), Remedy(neighbour, "break-after: avoid"))
                yield Flaw(f"a table {where}: {words}", end, row.frame, remedies)


@page_rule("torn-block", hint="shorten it, or move it by a line")
def torn_block(document: DocumentContent) -> Iterator[Flaw]:
    """something that should stay whole lies on two pages

    A figure, an entry of a list or a table's row that the template keeps whole (`break-inside: avoid`) may be parted
    all the same, most often for a float inside of it. It is found where it shows something on more than one page and
    would fit on one. Nothing is mended, but it often goes with a short last page.
    """
    owners: dict[Element, Element] = {}  # of each element the outermost one around it that must stay whole
    for page in document:
        for whole in page.unbreakable:
            for inner in whole.iter():
                owners.setdefault(inner, whole)
    places: dict[Element, dict[int, Frame]] = {}
    for page in document:
        shown = [(fragment.element, fragment.ink, fragment.context) for fragment in page.fragments]
        shown += [(drawing.element, drawing.frame, drawing.context) for drawing in page.drawings]
        for element, frame, context in shown:
            owner = owners.get(element) if element is not None else None
            if owner is not None and not (context.notes or context.running or context.stamped):
                add_frame(places.setdefault(owner, {}), page.number, frame)
    highest = max((page.text.height for page in document), default=0.0)
    for whole, frames in places.items():
        if len(frames) > 1 and total(frame.height for frame in frames.values()) < highest:
            first = min(frames)
            words = in_quotes("".join(whole.itertext()))
            yield Flaw(f"what should be whole goes on overleaf: {words}", first, frames[first])
