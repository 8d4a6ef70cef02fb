"""What a template sets beside evidence: labels of something else, and words of its own.

A name under a quotation is read as its speaker's, whoever wrote it there. So in the innermost elements that hold a
quotation, a claim, a key message or a source stand its own fields, the tool's words, and words that ``template.yaml``
lists, which whoever reads that file knows of.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from xml.etree.ElementTree import Element

from c6brief.brief.model import Brief
from c6brief.evidence.quotation_marks import FEWEST_WORDS
from c6brief.print.comparison.brief_texts import fold
from c6brief.print.comparison.compare import PrintedOtherwise
from c6brief.print.comparison.elements import Parents, is_in_note, list_around
from c6brief.print.comparison.groups import Group, gather_groups
from c6brief.print.comparison.printed import PrintedBlock
from c6brief.print.comparison.text_index import TextIndex, strike_out

MOST_LEVELS = 5
"""Elements around a text that are looked through."""

WIDE = frozenset((
    "html", "body", "main", "article", "section", "header", "footer", "nav", "ol", "ul", "table", "thead", "tbody", "tfoot",
))  # fmt: skip
"""Elements that hold several things, or the heading of several."""

SAYS = re.compile(r"[^\W\d_]{2,}|\d{3,}|\b[A-F][1-6]\b")
"""What makes words, and the grade of a source; numerals of a list and letters of a counter are none."""

AROUND = " \t\"'“”„‘’‚«»‹›()[]—–-·|:;,./•="


class EvidencePage:
    """The evidence on the pages of a document: which block holds which, and what stands around it."""

    def __init__(
        self,
        blocks: Sequence[PrintedBlock],
        parents: Parents,
        brief: Brief,
        index: TextIndex,
        words: Iterable[str],
        changed: Collection[int],
    ) -> None:
        """``blocks`` are those outside of margin boxes, ``parents`` the elements around each element, ``words`` those that
        ``template.yaml`` lists, and ``changed`` the ids of blocks that are known to print something otherwise.
        """
        self._changed = changed
        self.blocks, self.parents, self.index = blocks, parents, index
        self.groups = groups = list(gather_groups(brief))
        marks = {fold(text) for key, text in brief.words.items() if key.startswith("mark_")}  # right where a field is
        known = (text for each in [*words, *index.others] if (text := fold(each)) and text not in marks)
        self._listed = sorted(known, key=len, reverse=True)
        self._folded = {text.casefold() for text in [*index.exact, *self._listed]}
        self.within: dict[Element, list[PrintedBlock]] = {}
        self.held: dict[int, list[Group]] = {}
        self._foreign: dict[int, list[str]] = {}
        anchors = {anchor for group in groups for anchor in group.anchors}
        for block in blocks:
            if block.element is None:
                continue
            if found := self._find_anchors(block, anchors):
                self.held[id(block)] = [group for group in groups if group.anchors & found]
            for each in list_around(block.element, parents):
                self.within.setdefault(each, []).append(block)

    def _find_anchors(self, block: PrintedBlock, anchors: set[str]) -> set[str]:
        if block.words in self.index.exact:
            return {block.words} & anchors
        found = {words for _, words in strike_out(block, block.words, self.index.by_length).found}
        labels = {label for label in anchors & self.index.others - set(self.index.exact) if label in block.words}
        return found & anchors | labels

    def compare(self) -> Iterator[PrintedOtherwise]:
        """What stands beside evidence and is not said of it."""
        for block in self.blocks:
            held = self.held.get(id(block))
            if held:
                # what is printed may be a text of several: it is right where it is right for one
                yield from min((list(self._compare_group(block, group)) for group in held), key=len)

    def _compare_group(self, block: PrintedBlock, group: Group) -> Iterator[PrintedOtherwise]:
        around = self.find_around(block, group)
        shown = " \n".join(each.words for each in around if not self.is_note(each))
        missing = {kind: text for kind, text in group.labels.items() if not _has(shown, text)}
        yield from self._compare_labels(group, around, missing)
        yield from _compare_stances(block, group, shown)
        if not (group.stands_alone or group.only_links or missing):
            return
        own = [*group.labels.values(), *(text for part in group.parts for text in part.labels.values())]
        for each in around:
            for piece in self.find_foreign(each):
                if _is_link(piece, group, each is block, missing) or any(_is_cut_from(piece, text) for text in own):
                    continue
                message = f"“{piece}” is printed beside {group.what}, and the brief does not say it there"
                yield PrintedOtherwise(message, each.page, piece, block.words, cause="beside", around=each.words)
            if group.stands_alone and not group.is_said and not group.parts:
                yield from self._compare_speakers(each, group)

    def find_around(self, block: PrintedBlock, group: Group) -> list[PrintedBlock]:
        """The blocks that stand with ``block`` in the place of its group."""
        home = self.find_home(block, group)
        return [block] if home is None else self.within[home]

    def find_home(self, block: PrintedBlock, group: Group) -> Element | None:
        """The outermost element around ``block`` that holds nothing but its group, and marks; ``None`` where the block
        alone is looked at.
        """
        if _is_mark([group]) or group.kind == "author":
            return None  # a line of the key; a name among whatever a cover has
        allowed = {group, *group.parts}
        element = block.element
        assert element is not None
        for _ in range(MOST_LEVELS):
            parent = self.parents.get(element)
            if parent is None or parent.tag in WIDE:
                break
            others = (self.held.get(id(each)) for each in self.within[parent])
            if any(held and not allowed & set(held) and not _is_mark(held) for held in others):
                break
            element = parent
        return element

    def _compare_labels(
        self, group: Group, around: list[PrintedBlock], missing: Mapping[str, str]
    ) -> Iterator[PrintedOtherwise]:
        """Labels of other things of the same kind, in place of the group's own."""
        own = [*group.anchors, *group.labels.values()]
        for kind, right in missing.items():
            if kind == "speaker":
                continue  # compare_speakers looks for them
            others = {each.labels.get(kind, "") for each in self.groups if each.kind == group.kind}
            for at, block in enumerate(around):
                if self.is_note(block) or not set(self.held.get(id(block), [group])) & {group}:
                    continue
                rest = strike_out(block, block.words, sorted(own, key=len, reverse=True)).rest
                found = next(
                    (text for text in sorted(others) if text and any(_has(piece, text) for piece in rest)), None
                )
                if found is not None:
                    message = f"“{found}” is printed as the {kind} of {group.what}, and “{right}” was verified"
                    following = " ".join(
                        each.words for each in around[at : at + 3]
                    )  # a label alone stands in many places
                    yield PrintedOtherwise(message, block.page, found, right, around=following)

    def _compare_speakers(self, block: PrintedBlock, group: Group) -> Iterator[PrintedOtherwise]:
        """Names of speakers beside what nobody said."""
        if block.words in self.index.exact and block.words not in self.index.speakers:
            return
        rest = strike_out(block, block.words, sorted(group.anchors, key=len, reverse=True)).rest
        own = " ".join(group.anchors)
        said = {
            each.labels.get("speaker", "")
            for each in self.groups
            if each.is_said
            and any(len(words.split()) >= FEWEST_WORDS and words.strip(AROUND) in own for words in each.anchors)
        }  # a message that quotes them; fewer words than a quotation has stand in any text
        for name in self.index.speakers:
            if name not in said and any(name in piece for piece in rest):
                message = f"{group.what} is printed as the words of {name}, and nobody said them"
                yield PrintedOtherwise(message, block.page, name)

    def is_note(self, block: PrintedBlock) -> bool:
        """Whether a block is a note, or stands in one."""
        return is_in_note(block.element, self.parents)

    def find_foreign(self, block: PrintedBlock) -> list[str]:
        """The stretches of a block that neither the brief nor ``template.yaml`` has."""
        if (found := self._foreign.get(id(block))) is None:
            found = self._foreign[id(block)] = list(self._list_foreign(block))
        return found

    def find_unknown(self, block: PrintedBlock) -> list[str]:
        """The same, with the names and labels of the brief that stand in them."""
        return self._strike_known(block, self.index.long)

    def _strike_known(self, block: PrintedBlock, texts: Iterable[str]) -> list[str]:
        """What is left of a block without ``texts``, what ``template.yaml`` lists, and what style sheets have added."""
        added = (fold(part.text) for part in block.parts if part.is_added)
        return strike_out(block, block.words, filter(None, (*texts, *self._listed, *added))).rest

    def _list_foreign(self, block: PrintedBlock) -> Iterator[str]:
        if block.words in self.index.exact or block.words in self._listed or id(block) in self._changed:
            return
        for piece in self._strike_known(block, self.index.by_length):
            said = piece.strip(AROUND)
            if SAYS.search(said) and said.casefold() not in self._folded:
                yield said


def _compare_stances(block: PrintedBlock, group: Group, shown: str) -> Iterator[PrintedOtherwise]:
    """A claim of which those accounts are left out that stand otherwise to it than the printed ones."""
    printed = [part for part in group.parts if any(words in shown for words in part.anchors)]
    stances = {part.labels.get("stance") for part in printed}
    for part in group.parts if printed else ():
        if part not in printed and (stance := part.labels.get("stance")) not in stances:
            source = part.labels.get("source", "")
            message = f"{group.what} is printed with some of its accounts, and without {source}, which {stance}"
            yield PrintedOtherwise(message, block.page, block.words)
            return


def _is_mark(held: list[Group]) -> bool:
    """Whether a block holds nothing but the word of a mark."""
    return all(group.what.startswith("the mark") for group in held)


def _is_link(piece: str, group: Group, beside_anchor: bool, missing: Mapping[str, str]) -> bool:
    """Whether ``piece`` is a word that joins fields, and stands in the place of none: Fig. 1, ministry *until* 2030."""
    if group.stands_alone or not piece.rstrip(".").isalpha() or "word" in missing:
        return False
    if group.only_links:
        return not beside_anchor and (piece.islower() or not missing)
    return beside_anchor or piece.islower()


def _has(words: str, text: str) -> bool:
    """Whether ``words`` have ``text``, and not as a part of a longer word or number."""
    at = words.find(text)
    while at >= 0:
        end = at + len(text)
        if not (words[at - 1 : at].isalnum() and text[0].isalnum()) and not (
            words[end : end + 1].isalnum() and text[-1].isalnum()
        ):
            return True
        at = words.find(text, at + 1)
    return False


def _is_cut_from(piece: str, text: str) -> bool:
    """Whether ``piece`` is a part of a label, cut where it has a comma or the like."""
    before, found, after = text.partition(piece)
    before, after = before.rstrip(), after.lstrip()
    return bool(found) and (not before or before[-1] in ",;:(–—·") and (not after or after[0] in ",;:)–—·")
