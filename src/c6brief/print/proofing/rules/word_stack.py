"""The same word below itself."""

from __future__ import annotations

import re
from collections.abc import Iterator

from c6brief.print.proofing.rule import Flaw, PageRule, Remedy, register
from c6brief.print.proofing.sheets import Sheets, around

STORIES = 3
"""Lines in a row that make a stack."""

_WORD = re.compile(r"\w+")


def _check(sheets: Sheets) -> Iterator[Flaw]:
    for paragraph in sheets.paragraphs:
        lines = paragraph.lines
        for side, where in ((0, "begin"), (-1, "end")):
            run = 0
            last = ""
            for piece, line in lines:
                words = _WORD.findall(line.words)
                word = words[side].casefold() if len(words) > 1 else ""
                run = run + 1 if word and word == last else 1
                last = word
                if run == STORIES and not line.forced:
                    remedies = (
                        Remedy(paragraph.element, "letter-spacing: -.012em"),
                        Remedy(paragraph.element, "letter-spacing: .012em"),
                    )
                    message = f"{STORIES} lines in a row {where} with “{word}”: {around(line.words)}"
                    yield Flaw(message, piece.page, line.frame, remedies)


register(
    PageRule(
        name="word-stack",
        line="three lines in a row begin or end with the same word",
        why="Readers skip a line there. Compared are the first words, and the last ones, of the lines of a paragraph, in "
        "small letters. Lines that the author broke are left alone. *Mended:* the paragraph is set with 2.5 % less between "
        "letters, or with as much more.",
        hint="change a word in that paragraph",
        noun=("a stack of words", "stacks of words"),
        check=_check,
    )
)
