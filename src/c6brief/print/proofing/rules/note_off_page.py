"""A note that its reader has to turn the page for."""

from __future__ import annotations

from collections.abc import Iterator

from c6brief.print.proofing.rule import Flaw, PageRule, register
from c6brief.print.proofing.sheets import Sheets, around


def _check(sheets: Sheets) -> Iterator[Flaw]:
    pages = sheets.note_pages()
    for sheet in sheets:
        for piece in sheet.pieces:
            for line in piece.lines:
                for note in line.calls:
                    there = pages.get(id(note), set())
                    if sheet.number not in there:
                        stands = f"stands on page {min(there)}" if there else "is not printed"
                        said = around("".join(note.itertext()), most=40)
                        yield Flaw(
                            f"the note {said}, called in {around(line.words)}, {stands}", sheet.number, line.frame
                        )


register(
    PageRule(
        name="note-off-page",
        line="a note does not stand on the page of its number",
        why="A note on the next page is a note unread. Every number of a note is looked for among the notes at the foot "
        "of its own page; a note without a number, such as the colophon, may stand where it likes. *Mended:* the page is "
        "made shorter by the lines whose notes found no room, at most ten, so that line and note go over together.",
        hint="shorten the note, or the text before it by a line",
        noun=("a note brought to its page", "notes brought to their pages"),
        check=_check,
    )
)
