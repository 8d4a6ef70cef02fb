"""Page rules on notes."""

from __future__ import annotations

from collections.abc import Iterator

from c6brief.print.preflight.content import DocumentContent, in_quotes
from c6brief.print.preflight.rule import Flaw, page_rule


@page_rule("note-off-page", hint="shorten the note, or the text before it by a line")
def note_off_page(document: DocumentContent) -> Iterator[Flaw]:
    """a note does not stand on the page of its number

    A note on the next page is a note unread. Every number of a note is looked for among the notes at the foot of its
    own page; a note without a number, such as the colophon, may stand where it likes. *Mended:* the page is made
    shorter by the lines whose notes found no room, at most ten, so that line and note go over together.
    """
    pages = document.note_pages()
    for page in document:
        for line in (line for fragment in page.fragments for line in fragment.lines):
            for note in line.calls:
                there = pages.get(note, set())
                if page.number not in there:
                    stands = f"stands on page {min(there)}" if there else "is not printed"
                    words = in_quotes("".join(note.itertext()), most=40)
                    message = f"the note {words}, called in {in_quotes(line.words)}, {stands}"
                    yield Flaw(message, page.number, line.frame)
