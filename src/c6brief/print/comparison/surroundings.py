"""What stands beside something on the page: a mark beside its claim or in the key, a speaker beside the quotation.

A mark or a name alone is right or wrong by what it is printed with. So the elements around it are looked through, from
the innermost to the outermost, for the first one in which there is something that it could be said of.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import islice
from xml.etree.ElementTree import Element

from c6brief.brief.model import Mark, PullQuote
from c6brief.evidence.atoms import count_words
from c6brief.print.comparison.brief_texts import BriefTexts, fold
from c6brief.print.comparison.compare import PrintedOtherwise
from c6brief.print.comparison.elements import Parents, list_around
from c6brief.print.comparison.printed import PrintedBlock

MOST_LEVELS = 5
"""Elements around something that are looked through."""

LONGEST_LABEL = 120
"""Characters of what stands beside a claim; longer texts speak of voices for themselves."""

MOST_WORDS_OF_LABEL = 5
"""Words of a text of the brief that can be such a label."""


class Surroundings:
    """The printed words of elements, each with all below it."""

    def __init__(self, root: Element, blocks: Iterable[PrintedBlock]) -> None:
        self.parents: Parents = {child: parent for parent in root.iter() for child in parent}
        self._words: dict[Element, list[str]] = {}
        for block in blocks:
            if block.element is not None and not block.running:
                for element in islice(list_around(block.element, self.parents), 100):
                    self._words.setdefault(element, []).append(block.words)

    def list_words(self, element: Element) -> Iterator[str]:
        """The printed words of ``element`` and of those around it, from the innermost."""
        for each in islice(list_around(element, self.parents), MOST_LEVELS):
            if each.tag in ("body", "html", "main"):
                return
            yield " ".join(self._words.get(each, ()))


def compare_marks(blocks: Iterable[PrintedBlock], said: BriefTexts, around: Surroundings) -> Iterator[PrintedOtherwise]:
    """Marks, as signs or as words, beside a claim or in the key that are not those of the claim or of the key."""
    statements = [(fold(claim.statement), claim.mark) for claim in said.claims]
    meanings = [(fold(words), mark) for mark in said.marks for words in (mark.meaning, mark.word)]
    by_word = {mark.word: mark for mark in said.marks}
    spoken = re.compile("|".join(re.escape(word) for word in sorted(by_word, key=len, reverse=True)) or r"(?!)")
    texts = {text.words for text in said.texts if _speaks_for_itself(text.words)} - {words for words, _ in meanings}
    for block in blocks:
        if block.element is None:
            continue
        for at, sign in block.stray:
            named = _find_named(block, at, meanings)
            if named is not None and named.sign != sign:
                yield _wrong(block, sign, named.word, named, f"{sign} {named.word}")
                continue
            near = _find_near(block.element, around, statements, meanings, sign)
            if near is None and _is_in_key(block.element, sign, said.marks):
                continue  # a line of the key of which the words are left out
            if near is None:
                message = f"the mark {sign} stands beside nothing that has it: “{block.words[:60]}”"
                yield PrintedOtherwise(message, block.page, block.words or sign)
            elif near[1].sign != sign:
                yield _wrong(block, sign, *near)
        if len(block.words) <= LONGEST_LABEL and block.words not in texts:
            for word in spoken.findall(block.words):
                near = _find_near(block.element, around, statements, meanings, by_word[word].sign)
                if near is not None and near[1].word != word and near[0] in dict(statements):
                    yield _wrong(block, word, *near)


def _speaks_for_itself(words: str) -> bool:
    """Whether a text of the brief is no label of a claim beside it: "claims and events whose accounts differ"."""
    return len(words) > LONGEST_LABEL or count_words(words) > MOST_WORDS_OF_LABEL


def _wrong(block: PrintedBlock, shown: str, beside: str, right: Mark, printed: str = "") -> PrintedOtherwise:
    message = f"the mark {shown} is printed beside “{beside[:60]}”, where {right.sign} ({right.word}) was computed"
    return PrintedOtherwise(message, block.page, printed or beside, block.words)


def _find_named(block: PrintedBlock, at: int, meanings: list[tuple[str, Mark]]) -> Mark | None:
    """The mark whose word or meaning stands right after the sign in a block: an entry of the key."""
    following = block.words.replace(" ", "")[at:]
    found = [(words, mark) for words, mark in meanings if following.startswith(words.replace(" ", ""))]
    return max(found, key=lambda each: len(each[0]))[1] if found else None


def _is_in_key(element: Element, sign: str, marks: Iterable[Mark]) -> bool:
    """Whether an element has the words of a mark with this sign, printed or not."""
    words = fold("".join(element.itertext()))
    return any(mark.sign == sign and fold(text) in words for mark in marks for text in (mark.word, mark.meaning))


def _find_near(
    element: Element,
    around: Surroundings,
    statements: list[tuple[str, Mark]],
    meanings: list[tuple[str, Mark]],
    sign: str,
) -> tuple[str, Mark] | None:
    """What a mark in ``element`` is said of, the one that has this ``sign`` if there is any: a claim, or a line of the key.

    A key is where two marks and more are named. It is no claim's, even where claims stand in the same element.
    """
    in_key: list[tuple[str, Mark]] = []
    for words in around.list_words(element):
        named = [each for each in meanings if each[0] in words]
        claims = [each for each in statements if each[0] in words]
        in_key = in_key or named
        if len({mark.name for _, mark in (in_key if claims else named)}) > 1:
            break
        if claims:
            return next((each for each in claims if each[1].sign == sign), claims[0])
    return next((each for each in in_key if each[1].sign == sign), in_key[0] if in_key else None)


def compare_speakers(
    blocks: Iterable[PrintedBlock], quotations: Iterable[PullQuote], around: Surroundings
) -> Iterator[PrintedOtherwise]:
    """Quotations beside which somebody stands who did not say them."""
    by_words: dict[str, set[str]] = {}
    for each in quotations:
        by_words.setdefault(fold(each.text), set()).add(fold(each.speaker))
    names = {name for found in by_words.values() for name in found if name}
    for block in blocks:
        own = next((said for words, said in by_words.items() if words in block.words), None)
        if own is None or block.element is None:
            continue
        for words in around.list_words(block.element):
            if sum(text in words for text in by_words) > 1:
                break  # the list of several quotations
            found = {name for name in names if name in words.replace(block.words, "")}
            if found:
                if not found & own:
                    message = f"“{block.words[:60]}” is printed as the words of {min(found)}, and {min(own)} said them"
                    yield PrintedOtherwise(message, block.page, block.words)
                break
