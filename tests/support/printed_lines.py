"""The lines of tagged paragraphs, measured in a PDF."""

from __future__ import annotations

from dataclasses import dataclass

from tests.support.tagtree import Tag, Words


@dataclass
class SetLine:
    """A printed line: its page, its edges in pt, and its words."""

    page: int
    left: float
    right: float
    text: str


def find_lines(tag: Tag) -> list[SetLine]:
    """The lines of a paragraph, without those of its notes."""
    found: list[SetLine] = []
    own = [kid for each in tag.below() if not in_note(each, tag) for kid in each.kids if isinstance(kid, Words)]
    for words in sorted(own, key=tag.words.index):
        left, _, right, _ = words.bounds
        last = found[-1] if found else None
        if last is None or words.page != last.page or left < last.right - 3:
            found.append(SetLine(words.page, left, right, words.text))
        else:
            last.right, last.text = right, last.text + words.text
    return [line for line in found if line.text.strip()]


def in_note(tag: Tag, paragraph: Tag) -> bool:
    while tag is not paragraph and tag.parent is not None:
        if tag.kind in ("Note", "FENote", "Reference", "Lbl"):
            return True
        tag = tag.parent
    return False
