"""From the page's HTML and what is drawn of it to one tree of structure elements, in the order of the source.

One HTML element is one structure element, on however many pages it stands. Floats, quotations in the margin and
whatever else is positioned are read where they stand in the source; notes right after the block that calls them.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from xml.etree.ElementTree import Element

from c6brief.print.drawn_content import ContentPiece, DrawnContent
from c6brief.print.tagging.lists import build_list
from c6brief.print.tagging.node import (
    NOTES,
    Kid,
    NoteLink,
    StructureNode,
    TemplateLink,
    is_inline,
    split_off_notes,
)
from c6brief.print.tagging.roles import HEADINGS, LISTS, PLAIN, StructureTypes
from c6brief.print.tagging.tables import build_table, take_caption

SVG = "{http://www.w3.org/2000/svg}"


class MissingAlternative(ValueError):
    """A picture without words for those who cannot see it. The argument is the picture, as the template calls it."""


@dataclass
class TagTreeBuilder:
    """Builds the tag tree of the HTML document ``root``."""

    root: Element
    content: DrawnContent
    types: StructureTypes
    words: Mapping[str, str]
    """The tool's own, in the language of the document."""
    nodes: dict[Element, StructureNode] = field(default_factory=dict)
    """Filled in building: the structure element of each HTML element that has one."""
    labels: set[Element] = field(default_factory=set)
    """Labels that a template draws by hand and hides from the web's readers: see :mod:`~c6brief.print.tagging.lists`.
    """
    _counts: Counter[str] = field(default_factory=Counter)

    def __post_init__(self) -> None:
        self.parents = {child: parent for parent in self.root.iter() for child in parent}
        links = self.content.links
        for element in list(links):  # WeasyPrint makes links of all that is in a link, too
            owner = next((each for each in [*self.around(element)][::-1] if each in links), None)
            if owner is not None:
                links[owner] += links.pop(element)

    def build(self) -> StructureNode:
        """The document's element. Raises :class:`MissingAlternative`, and ``ValueError`` if any text has got lost."""
        document = StructureNode("Document", [], self.root)
        self.nodes[self.root] = document
        document.kids = self.flow(self.kids(self.root))
        _close_heading_gaps(document)
        self._account_for_all(document)
        return document

    def _account_for_all(self, document: StructureNode) -> None:
        """Nothing that is drawn is left out: it stands in the tree or is an artifact. Links that are not in it go."""
        kids = list(document.below())
        kept = {kid.area for kid in kids if isinstance(kid, TemplateLink)}
        self.content.stray += [area for areas in self.content.links.values() for area in areas if area not in kept]
        pieces = {kid for kid in kids if isinstance(kid, ContentPiece)}
        for (element, _), drawn in self.content.pieces.items():
            left = [each for each in drawn if each not in pieces and not self.content.is_artifact(each)]
            if any(piece.text.strip() for piece in left):
                raise ValueError(f"text of <{element.tag}> has no place in the tag tree: {left[0].text!r}")
            self.content.hide(left)

    def element(self, element: Element) -> list[Kid]:
        """What ``element`` becomes: nothing where nothing of it is read, several kids where it says nothing by itself."""
        if element in self.labels or not isinstance(element.tag, str):
            return []
        if element.get("aria-hidden") == "true" or element.get("role") in ("presentation", "none"):
            self.content.hide(self.content.below(element))
            return []
        if self.content.own(element, "footnote-marker") or self.content.own(element, "footnote-call"):
            return self._note(element)
        tag = element.tag
        if tag in ("img", f"{SVG}svg") or element.get("role") == "img":
            return self._picture(element)
        if tag == "table" and element in self.content.seen:
            return build_table(self, element)
        if tag in LISTS and element in self.content.seen:
            return build_list(self, element)
        kids = self.kids(element)
        if not kids:
            return []
        if tag in self.types.blocks:
            kids, notes = split_off_notes(kids)
            return [self.node(self.types.blocks[tag], kids, element), *notes]
        if tag == "figure":
            kids = take_caption(kids)
        if tag in self.types.groups:
            return [self.node(self.types.groups[tag], self.flow(kids), element)]
        if tag in ("figcaption", "caption"):
            return [self.node("Caption", self.filled(kids), element)]
        if tag in PLAIN:
            kids = self.flow(kids)
            return [self.node("Div", kids, element)] if self._language(element) else kids
        if element in self.content.links:
            return [self.node("Link", kids, element)]
        kind = self.types.inlines.get(tag, "Span")
        expansion = " ".join(element.get("title", "").split()) if tag == "abbr" else ""
        if kind not in ("Span", "Link") or self._language(element) or expansion:
            node = self.node("Span" if kind == "Link" else kind, kids, element)  # a link that leads nowhere
            node.expansion = expansion
            return [node]
        return kids

    def kids(self, element: Element) -> list[Kid]:
        """What is in ``element``: its own text and links where they are drawn between its children, these in order."""
        pieces = self.content.own(element)
        self.content.hide([piece for piece in pieces if piece.is_picture])  # by CSS: decoration
        own: list[tuple[int, Kid]] = [(piece.order, piece) for piece in pieces if not piece.is_picture]
        own += [(area.order, TemplateLink(area, self._label(element))) for area in self.content.links.get(element, ())]
        own.sort(key=lambda each: each[0])
        kids: list[Kid] = []
        for child in element:
            built = self.element(child)
            if built:
                first = self._first(child)
                while own and own[0][0] < first:
                    kids.append(own.pop(0)[1])
                kids += built
        return kids + [kid for _, kid in own]

    def _first(self, element: Element) -> int:
        """Where ``element`` begins in the order of boxes: a note where it is called."""
        if call := self.content.own(element, "footnote-call"):
            return call[0].order
        pieces = (self.content.own(each, pseudo) for each in element.iter() for pseudo in ("", "marker"))
        return min((found[0].order for found in pieces if found), default=0)

    def node(self, kind: str, kids: list[Kid], element: Element) -> StructureNode:
        """A structure element made of ``element``."""
        node = StructureNode(kind, kids, element, language=self._language(element))
        self.nodes.setdefault(element, node)
        return node

    def count(self, what: str) -> int:
        """1, 2, ...: the number of this ``what`` in the document."""
        self._counts[what] += 1
        return self._counts[what]

    def _language(self, element: Element) -> str:
        """The language of ``element`` where it is another than around it."""
        own = element.get("lang") or element.get("{http://www.w3.org/XML/1998/namespace}lang") or ""
        around = next((each.get("lang") for each in self.around(element) if each.get("lang")), own)
        return own if own != around else ""

    def around(self, element: Element) -> Iterator[Element]:
        """The elements that ``element`` stands in, from the inside out."""
        while (parent := self.parents.get(element)) is not None:
            yield parent
            element = parent

    def _label(self, element: Element) -> str:
        """What a link says: its words, and the address where the words are not the address already."""
        words = " ".join("".join(element.itertext()).replace("\u00ad", "").split())
        pictures = " ".join(each.get("alt", "") for each in element.iter("img"))
        words = element.get("aria-label") or words or pictures
        address = element.get("href", "").removeprefix("mailto:")
        if not words:
            return address
        return words if not address or address.startswith("#") or address in words else f"{words} ({address})"

    # Text that stands beside blocks, and notes

    def flow(self, kids: Iterable[Kid]) -> list[Kid]:
        """``kids`` as blocks: runs of text become paragraphs, each followed by its notes."""
        blocks: list[Kid] = []
        run: list[Kid] = []
        for kid in [*kids, None]:
            if (
                kid is not None
                and is_inline(kid)
                and not (isinstance(kid, StructureNode) and kid.kind in NOTES and not run)
            ):
                run.append(kid)
                continue
            text, notes = split_off_notes(run)
            spaces = [each for each in text if isinstance(each, ContentPiece) and _is_blank(each)]
            if len(spaces) == len(text):
                self.content.hide(spaces)  # they stand between blocks
            else:
                blocks.append(StructureNode("P", text))
            blocks += notes
            run = []
            if kid is not None:
                blocks.append(kid)
        return blocks

    def filled(self, kids: list[Kid]) -> list[Kid]:
        """The content of what may hold either text or blocks (a cell, a caption, the body of a list's item)."""
        if all(is_inline(kid) for kid in kids):
            text, notes = split_off_notes(kids)
            return [*text, *notes]
        return self.flow(kids)

    def _note(self, element: Element) -> list[Kid]:
        """The call of a note, and the note: each leads to the other."""
        call = StructureNode("Reference", [])
        marker = StructureNode("Lbl", [])
        note = self.node(self.types.note, [marker, *self.filled(self.kids(element))], element)
        note.id = f"note-{self.count('note')}"
        number = "".join(piece.text for piece in self.content.own(element, "footnote-call")).strip(" \u2060")
        for node, pseudo, target, there, label in (
            (call, "footnote-call", note, "footnote-marker", self.words["note_call"]),
            (marker, "footnote-marker", call, "footnote-call", self.words["note_back"]),
        ):
            node.kids = [*self.content.own(element, pseudo)]
            if node.kids and self.content.own(element, there):  # a template may print one without the other
                areas = self.content.areas
                link = NoteLink(areas[element, pseudo], target, areas[element, there], label.format(number=number))
                node.kids = [StructureNode("Link", [*node.kids, link])]
        if not marker.kids:
            note.kids.remove(marker)
        if not call.kids:
            return [note]
        note.refers_to, call.refers_to = [call], [note]
        return [call, note]

    # Pictures

    def _picture(self, element: Element) -> list[Kid]:
        """A figure with its alternative; of text that is a picture (a sign), a span with one."""
        pieces = self.content.below(element)
        alt = _read_alternative(element)
        if alt == "":
            self.content.hide(pieces)
        if not pieces or alt == "":
            return []
        if alt is None:
            raise MissingAlternative(element.get("src") or "an inline drawing")
        drawn = [piece for piece in pieces if piece.is_picture]
        node = self.node("Figure" if drawn else "Span", [*pieces], element)
        node.alt = alt
        if drawn:
            sides = list(zip(*(piece.rectangle for piece in drawn if piece.page == drawn[0].page), strict=True))
            node.attributes["Layout"] = {"BBox": (min(sides[0]), min(sides[1]), max(sides[2]), max(sides[3]))}
        return [node]


def _is_blank(piece: ContentPiece) -> bool:
    """Whether a piece is white space alone."""
    return not piece.is_picture and not piece.text.strip()


def _close_heading_gaps(document: StructureNode) -> None:
    """Let no heading skip a level (PDF/UA-1, 7.4.2): one that does stands right below the last one.

    ``c6brief check`` tells authors of theirs (heading-skipped); a template's are for its designer to see.
    """
    above = 0
    for node in document.below():
        if isinstance(node, StructureNode) and node.kind in HEADINGS:
            above = min(int(node.kind[1]), above + 1)
            node.kind = f"H{above}"


def _read_alternative(element: Element) -> str | None:
    """The words in place of a picture; empty for decoration, ``None`` where nobody said."""
    title = element.find(f"{SVG}title")
    if element.tag == "img" and element.get("alt") is not None:
        return element.get("alt", "").strip()
    name = element.get("aria-label") or ("".join(title.itertext()) if title is not None else "")
    if not name and element.tag not in ("img", f"{SVG}svg"):  # a wrapper that gives no name: its drawing may
        inner = next((each for each in element.iter() if each.tag in ("img", f"{SVG}svg")), None)
        return _read_alternative(inner) if inner is not None else None
    return " ".join(name.split()) or None
