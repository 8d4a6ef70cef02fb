"""All comparisons of one document."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from xml.etree.ElementTree import Element

from c6brief.brief.model import Brief, PullQuote
from c6brief.print.comparison.added_words import compare_added, compare_added_marks, compare_outline
from c6brief.print.comparison.beside import EvidencePage
from c6brief.print.comparison.brief_texts import BriefTexts, fold, gather_texts
from c6brief.print.comparison.compare import PrintedOtherwise, compare_block, compare_note_numbers, compare_rest
from c6brief.print.comparison.data import compare_drawings, compare_tables
from c6brief.print.comparison.elements import find_holder
from c6brief.print.comparison.own_words import compare_made_quotations, compare_own_words
from c6brief.print.comparison.places import compare_cells, compare_labels
from c6brief.print.comparison.printed import PrintedBlock
from c6brief.print.comparison.surroundings import Surroundings, compare_marks, compare_speakers
from c6brief.print.comparison.text_index import TextIndex
from c6brief.print.comparison.weasyprint_printed_text import read_printed
from c6brief.print.weasyprint_document import LaidOutDocument


def compare_document(
    document: LaidOutDocument, root: Element, brief: Brief, words: Callable[[], Iterable[str]]
) -> list[PrintedOtherwise]:
    """What the pages of ``document`` print otherwise than ``brief`` says it, in the order of pages.

    ``root`` is the root element of the page, ``words`` gives those that style sheets may add.
    """
    found = list(_compare(document, root, brief, words))
    return sorted(dict.fromkeys(found), key=lambda each: each.page)


def _compare(
    document: LaidOutDocument, root: Element, brief: Brief, words: Callable[[], Iterable[str]]
) -> Iterator[PrintedOtherwise]:
    said, printed = gather_texts(brief), read_printed(document)
    index = TextIndex(said)
    around = Surroundings(root, (block for block in printed.blocks if not block.running))
    flowing = [block for block in printed.blocks if not block.running]
    changed: set[int] = set()
    for block in printed.blocks:
        for found in compare_block(block, index):
            changed.add(id(block))
            yield found
        if block.words and (spoilt := block.covered or _find_struck(block, said, around)):
            message = f"a part of “{spoilt[:60]}” is painted over, struck out or heaped"
            yield PrintedOtherwise(message, block.page, spoilt, block.words, cause="hidden")
        elif block.hidden and id(block) not in changed:
            yield from compare_rest(block, index)
    yield from compare_note_numbers(flowing)
    yield from compare_marks(flowing, said, around)
    quotations = [block for section in brief.parts() for block in section.blocks if isinstance(block, PullQuote)]
    yield from compare_speakers(flowing, quotations, around)
    yield from compare_tables(flowing, said.tables, around)
    yield from compare_drawings(printed.drawings, said.figures)
    typed = fold("".join(root.itertext())).replace(" ", "")
    page_words = "\n".join([*(block.words.replace(" ", "") for block in flowing), typed])
    listed = tuple(words())
    page = EvidencePage(flowing, around.parents, brief, index, listed, changed)
    yield from page.compare()
    yield from compare_cells(page, printed.places)
    yield from compare_labels(page, printed.places)
    yield from compare_own_words(page, brief)
    yield from compare_made_quotations(page, brief)
    yield from compare_added(printed.blocks, index, page_words, typed, listed)
    yield from compare_outline(printed.labels, index, typed, listed)
    yield from compare_added_marks(flowing, index)


def _find_struck(block: PrintedBlock, said: BriefTexts, around: Surroundings) -> str:
    """The first stretch that is struck out and that the author has not struck; empty where there is none."""
    for words, element in block.struck:
        is_authors = find_holder(element, ("s",), around.parents) is not None
        if not is_authors or not any(words in whole for whole in said.struck):
            return words
    return ""
