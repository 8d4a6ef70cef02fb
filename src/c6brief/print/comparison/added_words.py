"""Words that style sheets add: by ``content``, markers of lists, counters, running lines.

A style sheet may count, repeat what the page says, and set signs and space. Words and figures of its own stand in
``template.yaml`` under ``words:``, so that whoever reads that file knows them.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import replace
from xml.etree.ElementTree import Element

from c6brief.evidence.atoms import count_words
from c6brief.evidence.quotation_marks import FEWEST_WORDS
from c6brief.print.comparison.brief_texts import SIGNS, fold
from c6brief.print.comparison.compare import PrintedOtherwise
from c6brief.print.comparison.printed import PrintedBlock, PrintedPart
from c6brief.print.comparison.text_index import TextIndex
from c6brief.print.preflight.content import HEADINGS

_COUNTED = re.compile(r"\b(?:\d+|[ivxlcdm]+|[IVXLCDM]+|[a-zA-Zα-ω])\b")
_NOTE_NUMBER = re.compile(r"(?<=[^\s\d])\d{1,4}(?!\w)")
"""The number of a note in a heading, which stands in the outline too."""
_MARKS = re.compile(r"[“”„‟«»‹›‘‚\"〝〞❝❞＂「」『』]")
_AROUND = ' “”„‟«»‹›‘’‚".'
_NAMING = HEADINGS | {"cite"}
"""Elements of titles, which may stand in marks."""

_ADDRESSES = ("href", "id", "class", "src", "lang")
"""Attributes that are no words for a reader."""

_SAYS = re.compile(rf"[\w{SIGNS}%‰°<>±=+−]|-(?=\s*\Z)")
"""What makes words, marks or another number."""


def compare_added(
    blocks: Iterable[PrintedBlock], index: TextIndex, page_words: str, typed: str, words: Iterable[str]
) -> Iterator[PrintedOtherwise]:
    """Words that a style sheet adds and that ``words`` does not list.

    ``page_words`` are those of all elements, without spaces, and ``typed`` those of them that no style sheet has added.
    """
    listed = sorted((fold(each) for each in words), key=len, reverse=True)
    for block in blocks:
        for part in _list_added(block):
            if not (said := fold(part.text)):
                continue
            rest = _strike(said, [*listed, *_list_repeated(part, listed, index, typed)])
            if part.counted or part.tag.endswith("::marker"):
                rest = _COUNTED.sub(" ", rest)
            if block.running and _SAYS.search(rest):
                rest = _strike_repeated(rest, index, page_words)
            if _SAYS.search(rest):
                message = f"a style sheet adds “{said}”, which template.yaml does not list under 'words'"
                yield PrintedOtherwise(message, block.page, part.text, cause="added")


def compare_outline(
    labels: Mapping[str, int], index: TextIndex, typed: str, words: Iterable[str]
) -> Iterator[PrintedOtherwise]:
    """Entries of the outline (``bookmark-label``) that neither the page says nor ``words`` lists.

    ``typed`` are the words of all elements, without spaces.
    """
    listed = sorted((fold(each) for each in words), key=len, reverse=True)
    for label, page in labels.items():
        said = fold(label)
        rests = (_strike(each, listed) for each in (said, _NOTE_NUMBER.sub("", said)))
        if all(_SAYS.search(rest) and _SAYS.search(_strike_repeated(rest, index, typed)) for rest in rests):
            message = f"a style sheet puts “{fold(label)}” into the outline, which the page does not say"
            yield PrintedOtherwise(message, page, label, cause="added")


def compare_added_marks(blocks: Iterable[PrintedBlock], index: TextIndex) -> Iterator[PrintedOtherwise]:
    """Marks of quotation that a style sheet sets before or after what nobody said: ``content: open-quote``."""
    verbatim = {text.words for texts in index.exact.values() for text in texts if text.is_verbatim}
    for block in blocks:
        for part in block.parts:
            element = part.element
            if block.running or not part.is_added or element is None or not _MARKS.search(part.text):
                continue
            said = fold("".join(element.itertext()))
            if count_words(said) < FEWEST_WORDS or element.tag in _NAMING or _holds(element, verbatim):
                continue
            message = f"a style sheet sets marks of quotation around “{said[:60]}”, and the brief has no such quotation"
            yield PrintedOtherwise(message, block.page, part.text, cause="added")


def _holds(element: Element, verbatim: Collection[str]) -> bool:
    """Whether an element is a quotation, or has one within it that stands apart."""
    said = fold("".join(element.itertext())).strip(_AROUND)
    if any(said.startswith(text.strip(_AROUND)) for text in verbatim):
        return True
    return any(
        fold("".join(each.itertext())).strip(_AROUND) in verbatim for each in element.iter() if each is not element
    )


def _list_added(block: PrintedBlock) -> list[PrintedPart]:
    """The stretches of a block that a style sheet has added, those that run over a line's end in one piece."""
    found: list[PrintedPart] = []
    before: PrintedPart | None = None
    for line in block.lines:
        for at, part in enumerate(line):
            if block.running or part.is_added:
                if before is not None and (before.element, before.tag) == (part.element, part.tag):
                    found[-1] = replace(found[-1], text=found[-1].text + " " * (at == 0) + part.text)
                else:
                    found.append(part)
            before = part
    return found


def _list_repeated(part: PrintedPart, listed: list[str], index: TextIndex, typed: str) -> Iterator[str]:
    """What ``attr()`` may repeat: addresses and names of an element's attributes, and what the page or ``listed`` says."""
    for name, value in part.element.attrib.items() if part.element is not None else ():
        said = fold(value)
        if name in _ADDRESSES or not _SAYS.search(_strike_repeated(_strike(said, listed), index, typed)):
            yield said


def _strike(text: str, phrases: Iterable[str]) -> str:
    for phrase in phrases:
        if phrase:
            text = re.sub(rf"(?<!\w){re.escape(phrase)}(?!\w)", " ", text)
    return text


def _strike_repeated(text: str, index: TextIndex, page_words: str) -> str:
    """``text`` without what the page says elsewhere: a running line repeats headings."""
    text = fold(text)
    if text.replace(" ", "") in page_words:
        return ""
    for known in index.by_length:
        if len(known) <= len(text) and known in text:
            text = _strike(text, [known])
    return text
