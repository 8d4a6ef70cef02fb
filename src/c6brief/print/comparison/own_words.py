"""What a template writes itself: sentences, entries of lists, headings, and quotations that it makes of other texts.

Labels of a word or some are a template's own. Sentences are not, unless ``template.yaml`` lists them: a reader takes them
for the brief's. Neither are entries of a list of sources, messages or recommendations, whatever their length.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from xml.etree.ElementTree import Element

from c6brief.brief.model import Brief, Html
from c6brief.evidence.atoms import count_words
from c6brief.evidence.quotation_marks import FEWEST_WORDS
from c6brief.print.comparison.beside import EvidencePage
from c6brief.print.comparison.brief_texts import fold, list_wordings
from c6brief.print.comparison.compare import PrintedOtherwise
from c6brief.print.comparison.elements import find_holder, list_around
from c6brief.print.comparison.groups import gather_section
from c6brief.print.comparison.printed import PrintedBlock
from c6brief.print.comparison.text_index import strike_out
from c6brief.print.preflight.content import HEADINGS

LONGEST_LABEL = 5
"""Words. What is longer is a sentence."""

FEWEST_OF_SENTENCE = 3
"""Words that make a sentence where they begin with a capital and end with a full stop or the like."""

_LISTS = {"source": "sources", "key message": "key messages", "recommendation": "recommendations"}
_UNSAID = (*_LISTS, "section", "the claim")
_HEADINGS = HEADINGS | {"th", "caption", "legend"}
_OUTERMOST = ("body", "html", "main")
_SENTENCE = re.compile(r"[^\W\d_].*[.!?。！？…]['\"”’»)]*\Z", re.S)
_MARKS_ALONE = re.compile(r"[\s“”„‟«»‹›‘’‚\"〝〞❝❞＂「」『』]+")
_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
_NUMBER = re.compile(r"\W*(\d+)\W*\Z")
_AROUND = ' “”„‟«»‹›‘’‚".,'


def compare_own_words(page: EvidencePage, brief: Brief) -> Iterator[PrintedOtherwise]:
    """What a template has written and does not list, where a reader takes it for the brief's."""
    lists, titles = _find_lists(page), _Titles(page, brief)
    for block in page.blocks:
        if wrong := _find_other_number(block, brief):
            message = f"“{block.words}” is printed, and the brief is number {brief.number or 'none'} of its series"
            yield PrintedOtherwise(message, block.page, wrong, block.words, cause="beside", around=block.words)
        foreign = page.find_foreign(block)
        for piece in foreign:
            if piece.isalpha() and piece.islower() and piece != block.words:
                continue  # a word that joins two fields: the ministry *until* 2030
            if (kind := _find_list(block, lists, page)) is not None:
                message = f"“{piece}” is printed in the list of {_LISTS[kind]}, and the brief does not have it there"
            elif (title := titles.find_replaced(block)) is not None:
                message = f"“{piece}” is printed as a heading in place of “{title}”"
            elif _YEAR.search(block.words) and page.find_unknown(block) == [block.words]:
                message = f"“{block.words}” is printed, and the brief does not say it"
            else:
                continue
            yield PrintedOtherwise(message, block.page, piece, block.words, cause="beside", around=block.words)
            break
        else:
            for sentence in _list_sentences(block, foreign, page):
                message = f"“{sentence}” is a sentence of the template's own"
                yield PrintedOtherwise(message, block.page, sentence, block.words, cause="beside", around=block.words)


def _list_sentences(block: PrintedBlock, foreign: list[str], page: EvidencePage) -> Iterator[str]:
    """What of a block is a sentence of the template's, or as long as one. Names of the brief may stand in it."""
    if not foreign:
        return
    for said in page.find_unknown(block):
        count = sum(count_words(piece) for piece in foreign if piece in said)
        is_one = said[0].isupper() and _SENTENCE.match(said)
        if count > LONGEST_LABEL or (count >= FEWEST_OF_SENTENCE and is_one):
            yield said


def _find_other_number(block: PrintedBlock, brief: Brief) -> str | None:
    """The number beside the brief's series, where it is another."""
    series = fold(brief.series)
    if not series or series not in block.words:
        return None
    before, _, after = block.words.partition(series)
    found = _NUMBER.match(after)
    return after.strip() if found and not before and found[1] != fold(brief.number) else None


class _Titles:
    """The titles of sections, and in which elements their texts stand."""

    def __init__(self, page: EvidencePage, brief: Brief) -> None:
        self._page = page
        self._titles = {
            anchor: fold(section.title)
            for section in brief.parts()
            for group in gather_section(section)
            for anchor in group.anchors
        }

    def find_replaced(self, block: PrintedBlock) -> str | None:
        """The title of the one section whose texts stand beside a heading, where it is printed nowhere beside them."""
        if block.tag not in _HEADINGS or block.element is None:
            return None
        parent = self._page.parents.get(block.element)
        if parent is None or parent.tag in _OUTERMOST:
            return None
        others = self._page.within.get(parent, ())
        groups = [group for each in others for group in self._page.held.get(id(each), ())]
        if not any(group.kind == "section" for group in groups):
            return None  # quotations or figures alone, which a template may gather under a heading of its own
        anchors = {anchor for group in groups for anchor in group.anchors}
        held = {self._titles[anchor] for anchor in anchors if anchor in self._titles}
        return None if len(held) != 1 or any(each.words in held for each in others) else held.pop()


def _find_lists(page: EvidencePage) -> dict[Element, str]:
    """The outermost element that holds nothing but sources, or messages, or recommendations, for each of them."""
    kinds: dict[Element, set[str]] = {}
    starts: list[tuple[Element, str]] = []
    for block in page.blocks:
        held = {group.kind for group in page.held.get(id(block), ()) if group.kind != "mark"}
        if not held or block.element is None or page.is_note(block):
            continue
        for each in list_around(block.element, page.parents):
            kinds.setdefault(each, set()).update(held)
        starts += [(block.element, kind) for kind in held & set(_LISTS) if len(held) == 1]
    found: dict[Element, str] = {}
    for element, kind in starts:
        while (around := page.parents.get(element)) is not None:
            if around.tag in _OUTERMOST or kinds[around] != {kind}:
                break
            element = around
        found[element] = kind
    return found


def _find_list(block: PrintedBlock, lists: dict[Element, str], page: EvidencePage) -> str | None:
    """The kind of list that a block stands in, not as a heading and not as what holds an entry."""
    if page.held.get(id(block)):
        return None  # words beside an entry are compared as such
    around = list_around(block.element, page.parents)
    end = next((each for each in around if each.tag in _HEADINGS or each in lists), None)
    return None if end is None or end.tag in _HEADINGS else lists[end]


def compare_made_quotations(page: EvidencePage, brief: Brief) -> Iterator[PrintedOtherwise]:
    """Texts of a brief that a template sets as quotations, in ``blockquote`` or between marks, and that nobody said."""
    said = {text.words.strip(_AROUND) for texts in page.index.exact.values() for text in texts if text.is_verbatim}
    said |= {words.strip(_AROUND) for words in _list_quoted(brief)}
    labels = {label for group in page.groups if group.is_said for label in group.labels.values()}
    short = {words for group in page.groups if group.kind in _UNSAID for words in group.anchors}
    texts = [
        words
        for words in page.index.by_length
        if (count_words(words) >= FEWEST_WORDS or words in short)
        and words.strip(_AROUND) not in said
        and words not in labels
    ]
    long = set(texts)
    for block in page.blocks:
        if _MARKS_ALONE.fullmatch(block.words):
            around = _find_marked(block, page)
        elif find_holder(block.element, ("blockquote",), page.parents) is not None and not page.is_note(block):
            around = [block]
        else:
            continue
        if any(text in each.words for each in around for text in said):
            continue
        for each in around:
            found = each.words if each.words in long else _find_first(each, texts)
            if found:
                message = f"“{found[:60]}” is set as a quotation, and nobody said it"
                yield PrintedOtherwise(message, each.page, found, found)


def _find_first(block: PrintedBlock, texts: list[str]) -> str:
    """The longest of ``texts`` that a block holds whole; empty where it holds none."""
    return next((text for _, text in strike_out(block, block.words, texts).found), "")


def _find_marked(block: PrintedBlock, page: EvidencePage) -> list[PrintedBlock]:
    """What stands with a block of marks alone in the innermost element that holds words too."""
    for element in list_around(block.element, page.parents):
        if element.tag in _OUTERMOST:
            break
        others = [each for each in page.within.get(element, ()) if not _MARKS_ALONE.fullmatch(each.words)]
        if others:
            return [each for each in others if not page.is_note(each)]
    return []


def _list_quoted(brief: Brief) -> Iterator[str]:
    """The paragraphs of the block quotations in the texts of a brief."""
    for section in brief.parts():
        for block in section.blocks:
            html = getattr(block, "html", None)
            # By str's own methods: a pattern would look for an end from each beginning.
            for until_end in str(html).split("</blockquote>")[:-1] if isinstance(html, Html) else ():
                _, begun, found = until_end.partition("<blockquote")
                yield from (wording.words for wording, _ in list_wordings(begun + found + "</blockquote>") if begun)
