"""What laid out pages show, held against what a brief says.

A paragraph that stands on a page as the brief has it, with notes and marks in their places, is as verified. Of others
each text that it holds whole is struck out; what is left is the template's own, unless it comes near to something that
the brief says: then that was printed otherwise. A text of which nothing is shown was left out, which is no fault.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Literal

from c6brief.evidence.similar_stretch import are_compared_soon
from c6brief.print.comparison.brief_texts import BriefText
from c6brief.print.comparison.printed import PrintedBlock
from c6brief.print.comparison.text_index import FEWEST_WORDS, WORD, TextIndex, strike_out

_AROUND = " \t\"'“”„‘’‚«»‹›()[]—–·|:;,"
"""What templates set around a text."""

_OPENED = re.compile(r"[“„«‹‘‚\"]([^“”„«»‹›‘\"]*)\Z")
_CLOSED = re.compile(r"([^“”„«»‹›\"]*)[”“»›’\"]")
_ELLIPSIS = re.compile(r"(?<!\s)\s*(?:…|\.\.\.)$")


Cause = Literal["changed", "beside", "added", "hidden", "moved", "long"]
"""What has done it: a template that has changed ``printed`` or set words of its own beside it; a style sheet that has
added it, hides a part of it, or has moved it; an author whose note is longer than a page."""

_LONGEST_NOTE = 1_500
"""Characters. Of a longer note words may run off the page, over whose end no note goes."""


@dataclass(frozen=True)
class PrintedOtherwise:
    """Something that is not printed as it was verified."""

    message: str
    page: int
    printed: str
    """Words to look for in the template."""
    verified: str = ""
    cause: Cause = "changed"
    around: str = ""
    """The words of the paragraph or the like that ``printed`` stands in, where they are known."""


def compare_block(block: PrintedBlock, index: TextIndex) -> Iterator[PrintedOtherwise]:
    """What of a ``block`` is printed otherwise than the brief says it. Marks that it cannot tell go to ``block.stray``."""
    same = index.exact.get(block.words)
    if same:
        yield from _compare_between(block, same)
        return
    if block.words in index.others:
        return
    if (note := _find_cut_note(block, index)) is not None:
        message = f"{note.what} is longer than a page, and words of it are lost: “{_first(note.words)}”"
        yield PrintedOtherwise(message, block.page, block.words, note.words, cause="long")
        return
    struck = strike_out(block, block.words, index.long)
    block.stray = list(block.wording.signs)
    for start, words in struck.found:
        yield from _compare_within(block, start, index.exact[words])
        yield from _compare_quoted(block, words, index.exact[words])
    for words, was_cut, near in _list_near(block, struck.rest, index):
        if was_cut and near.words.startswith(words) and not _is_held(near):
            continue
        printed, verified = show_change(near.words, words)
        message = f"{near.what} is printed otherwise: “{printed}”, and “{verified}” was verified"
        yield PrintedOtherwise(message, block.page, printed, near.words, cause="hidden" if block.hidden else "changed")


def _find_cut_note(block: PrintedBlock, index: TextIndex) -> BriefText | None:
    """The note of which a ``block`` is a long part: notes do not go over from one page to the next."""
    if len(block.words) < _LONGEST_NOTE:
        return None
    notes = (text for texts in index.exact.values() for text in texts if text.what.startswith(("note ", "a note")))
    return next((text for text in notes if block.words in text.words), None)


def compare_rest(block: PrintedBlock, index: TextIndex) -> Iterator[PrintedOtherwise]:
    """The few words that are left of a text of which a style sheet hides the others; of more, they are near to it."""
    whole = next(iter(index.find_whole(block.typed)), None)
    left, typed = WORD.findall(block.words), WORD.findall(block.typed)
    if _ELLIPSIS.search(block.words):
        return  # a title that was cut short says so
    if whole is not None and left and len(left) < len(typed) and len(left) < FEWEST_WORDS:
        message = f"of {whole.what} only “{block.words}” can be seen"
        yield PrintedOtherwise(message, block.page, block.words, whole.words, cause="hidden")


def _list_near(block: PrintedBlock, pieces: list[str], index: TextIndex) -> Iterator[tuple[str, bool, BriefText]]:
    """Each piece, or part of one, that comes near to a text: its words, whether an ellipsis ends it, and the text.

    What is left of a piece without the names and labels in it is the template's own or was changed. It was changed, too,
    where the piece is near with all of them: then they are a part of the text.
    """
    for piece in pieces:
        rests = strike_out(block, piece, index.short).rest
        if not WORD.search("".join(rests)):
            continue
        shown = piece.strip(_AROUND)
        words = _ELLIPSIS.sub("", shown)
        if near := index.find_near(words, whole=True) or (index.find_near(words) if rests == [piece] else None):
            yield words, words != shown, near
            continue
        for rest in rests:
            shown = rest.strip(_AROUND)
            words = _ELLIPSIS.sub("", shown)
            if words not in index.others and (near := index.find_near(words) or index.find_speaker(words)):
                yield words, words != shown, near


def _is_held(text: BriefText) -> bool:
    """Whether a text may not even be cut short: anything but titles."""
    return not text.what.startswith(("the title", "the subtitle", "the section"))


def _compare_between(block: PrintedBlock, same: list[BriefText]) -> Iterator[PrintedOtherwise]:
    """Compare the marks and notes between the words of a block with those of texts that have the ``same`` words."""
    printed = block.wording
    if any(set(printed.signs) <= set(text.wording.signs) for text in same):
        pass
    elif any(text.wording.signs for text in same):
        text = next(text for text in same if text.wording.signs)
        yield _wrong_mark(block, text, printed.signs)
    else:
        block.stray = list(printed.signs)
    if printed.notes and not any(_calls_own(printed.notes, text) for text in same):
        yield _wrong_note(block, same, printed.notes)


def _compare_within(block: PrintedBlock, start: int, same: list[BriefText]) -> Iterator[PrintedOtherwise]:
    """The same of a text that begins after ``start`` characters of a longer block."""
    length = len(same[0].words.replace(" ", ""))
    signs, notes = (
        [(at - start, each) for at, each in between if start < at <= start + length]
        for between in (block.wording.signs, block.wording.notes)
    )
    text = next((text for text in same if set(signs) <= set(text.wording.signs)), None)
    if text is not None:
        known = {(at + start, sign) for at, sign in text.wording.signs}
        block.stray = [each for each in block.stray if each not in known]
    elif any(text.wording.signs for text in same):
        yield _wrong_mark(block, next(text for text in same if text.wording.signs), signs)
    if notes and not any(_calls_own(notes, text) for text in same) and same[0].wording.notes:
        yield _wrong_note(block, same, notes)


def _calls_own(notes: list[tuple[int, str]], text: BriefText) -> bool:
    """Whether the ``notes`` that are called in a text are its own, each in its place, whole or with words left out.

    What a note says is compared where it stands; here its words tell which one it is.
    """
    return all(
        any(at == place and _is_left(words, own) for place, own in text.wording.notes) for at, words in notes if words
    )


def _is_left(words: str, text: str) -> bool:
    """Whether ``words`` are what is left of ``text`` where some of its words are left out."""
    if words == text:
        return True
    rest = iter(text.split())
    return all(word in rest for word in words.split())


def _compare_quoted(block: PrintedBlock, words: str, same: list[BriefText]) -> Iterator[PrintedOtherwise]:
    """Words beside those of a source, within the same marks of quotation."""
    text = next((text for text in same if text.is_verbatim), None)
    if text is None:
        return
    before, _, after = block.words.partition(words)
    opened, closed = _OPENED.search(before), _CLOSED.match(after)
    for extra, mark in ((opened[1], closed) if opened else ("", None), (closed[1], opened) if closed else ("", None)):
        if mark and WORD.search(extra):
            message = f"“{extra.strip()}” is printed within the marks of quotation of {text.what}"
            yield PrintedOtherwise(message, block.page, extra.strip(), words)


def _wrong_mark(block: PrintedBlock, text: BriefText, signs: list[tuple[int, str]]) -> PrintedOtherwise:
    found, right = (" ".join(sign for _, sign in each) for each in (signs, text.wording.signs))
    words = _first(text.words)
    message = f"{text.what} is printed with the mark {found}, where {right} was computed: “{words}”"
    return PrintedOtherwise(message, block.page, text.words, text.words)


def _wrong_note(block: PrintedBlock, same: list[BriefText], notes: list[tuple[int, str]]) -> PrintedOtherwise:
    own = {note for text in same for note in text.wording.notes}
    wrong = next(words for at, words in notes if not any(at == place and _is_left(words, each) for place, each in own))
    if any(_is_left(wrong, words) for _, words in own):
        message = f"{same[0].what} calls a note elsewhere than its author does: “{_first(wrong)}”"
    else:
        message = f"{same[0].what} calls a note that is not its own: “{_first(wrong)}”"
    return PrintedOtherwise(message, block.page, same[0].words, wrong)


def compare_note_numbers(blocks: Iterable[PrintedBlock]) -> Iterator[PrintedOtherwise]:
    """Notes that are called by another number than they carry."""
    carried = {}
    blocks = list(blocks)
    for block in blocks:
        for part in block.parts:
            if part.tag.endswith("::footnote-marker") and (digits := re.sub(r"\D", "", part.text)):
                carried[part.element] = digits
    for block in blocks:
        for _, call in block.calls:
            digits = re.sub(r"\D", "", call.text)
            if digits and carried.get(call.element, digits) != digits:
                message = f"the note {carried[call.element]} is called by the number {digits}"
                yield PrintedOtherwise(message, block.page, call.text, cause="added")


def show_change(verified: str, printed: str) -> tuple[str, str]:
    """The first stretch in which two texts differ, with some words before and after: as printed, and as verified."""
    old, new = verified.split(), printed.split()
    if not are_compared_soon(old, new):
        at = next((at for at, (one, other) in enumerate(zip(old, new, strict=False)) if one != other), 0)
        return _clip(new, at, at + 1), _clip(old, at, at + 1)
    for tag, i1, i2, j1, j2 in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if tag != "equal" and not (tag == "delete" and j1 in (0, len(new)) and i2 - i1 > 3):
            return _clip(new, j1, j2), _clip(old, i1, i2)
    return _first(printed), _first(verified)


def _clip(words: list[str], start: int, end: int) -> str:
    start, end = max(0, start - 3), min(len(words), end + 3)
    shown = words[start:end] if end - start <= 14 else [*words[start : start + 10], "…", *words[end - 3 : end]]
    return " ".join(["…"] * (start > 0) + shown + ["…"] * (end < len(words)))


def _first(text: str) -> str:
    words = text.split()
    return " ".join(words[:10] + ["…"] * (len(words) > 10))
