"""The tree as objects of the PDF: structure elements, the parent tree, links and destinations (ISO 32000-1, 14.7)."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from c6brief.print.drawn_content import ContentPiece, DrawnContent, LinkArea
from c6brief.print.tagging.node import NoteLink, StructureNode, TemplateLink
from c6brief.print.tagging.roles import PDF_2_ONLY, StructureTypes
from c6brief.print.weasyprint_tags import find_groups, find_marked_content, mark_artifact

PDF_2 = "http://iso.org/pdf2/ssn"
"""The namespace of PDF 2.0's structure types (ISO 32000-2, 14.8.6)."""

PRINTED = 4
"""The flag of an annotation that prints, which PDF/A wants (ISO 32000-1, table 165)."""


@dataclass
class TagWriter:
    """Writes one tree into ``pdf``, a ``pydyf.PDF``. ``streams`` are the content streams of its pages."""

    pdf: Any
    streams: list[Any]
    content: DrawnContent
    types: StructureTypes
    elements: dict[StructureNode, Any] = field(default_factory=dict)
    """Filled in writing: the ``pydyf.Dictionary`` of each structure element."""
    _parents: list[tuple[Any, Any]] = field(default_factory=list)
    """Of each annotation: its dictionary, and the structure element that it belongs to."""
    _indexed: dict[int, dict[int, int]] = field(default_factory=dict)

    def write(self, document: StructureNode) -> None:
        """Write the tree, and what in the catalog says that there is one. The language is WeasyPrint's to write."""
        import pydyf

        self._forms = find_groups(self.pdf, self.streams)
        self._slots: list[dict[int, bytes]] = [{} for _ in self.streams]
        self._form_slots: dict[int, dict[int, bytes]] = {}
        self._emptied: list[
            Any
        ] = []  # objects of links that were dropped, for what comes next: nothing would lead to them
        self._mark_artifacts()
        self._drop(self.content.stray)
        root = self._add({"Type": "/StructTreeRoot"})
        if self.types.part == 2:
            self._namespace = self._add({"Type": "/Namespace", "NS": pydyf.String(PDF_2)})
            root["Namespaces"] = pydyf.Array([self._namespace.reference])
        self._declare(document, root)
        self._fill(document)
        root["K"] = pydyf.Array([self.elements[document].reference])
        ids = sorted((node.id, element.reference) for node, element in self.elements.items() if node.id)
        if ids:
            names = pydyf.Array(part for id, reference in ids for part in (pydyf.String(id), reference))
            root["IDTree"] = pydyf.Dictionary({"Names": names})
        root["ParentTree"] = self._parent_tree().reference
        self.pdf.catalog["StructTreeRoot"] = root.reference
        self.pdf.catalog["MarkInfo"] = pydyf.Dictionary({"Marked": "true"})
        self.pdf.catalog["ViewerPreferences"] = pydyf.Dictionary({"DisplayDocTitle": "true"})

    def _add(self, values: dict[str, Any]) -> Any:
        import pydyf

        if self._emptied:
            added = self._emptied.pop()
            added.update(values)
            return added
        added = pydyf.Dictionary(values)
        self.pdf.add_object(added)
        return added

    # Structure elements: first all of them, so that they can refer to one another, then what is in them

    def _declare(self, node: StructureNode, parent: Any) -> None:
        element = self._add({"Type": "/StructElem", "S": f"/{node.kind}", "P": parent.reference})
        self.elements[node] = element
        if self.types.part == 2 and (node.kind in PDF_2_ONLY or node.kind == "Document"):
            element["NS"] = self._namespace.reference
        for kid in node.kids:
            if isinstance(kid, StructureNode):
                self._declare(kid, element)

    def _fill(self, node: StructureNode) -> None:
        import pydyf

        element = self.elements[node]
        texts = {"Lang": node.language, "Alt": node.alt, "E": node.expansion, "ID": node.id}
        element.update({key: pydyf.String(text) for key, text in texts.items() if text})
        owners = [
            pydyf.Dictionary({"O": f"/{owner}", **{name: _value(value) for name, value in values.items()}})
            for owner, values in node.attributes.items()
            if values
        ]
        if owners:
            element["A"] = owners[0] if len(owners) == 1 else pydyf.Array(owners)
        if node.refers_to:
            element["Ref"] = pydyf.Array(self.elements[other].reference for other in node.refers_to)
        page = next((kid.page for kid in node.kids if isinstance(kid, ContentPiece)), None)
        if page is not None:
            element["Pg"] = self.pdf.page_references[page]
        kids = pydyf.Array()
        for kid in node.kids:
            if isinstance(kid, StructureNode):
                kids.append(self.elements[kid].reference)
                self._fill(kid)
            elif isinstance(kid, ContentPiece):
                kids.append(self._piece(kid, page, element))
            else:
                kids.append(self._link(kid, element))
        element["K"] = kids

    def _piece(self, piece: ContentPiece, page: int | None, element: Any) -> Any:
        """A piece as an element's kid: its number where it is on the element's page, else with its page."""
        import pydyf

        form = self._forms.get((piece.page, piece.mcid))
        if form is not None:
            self._form_slots.setdefault(id(form), {})[piece.mcid] = element.reference
        else:
            self._slots[piece.page][piece.mcid] = element.reference
            if piece.page == page:
                return piece.mcid
        values = {"Type": "/MCR", "Pg": self.pdf.page_references[piece.page], "MCID": piece.mcid}
        return pydyf.Dictionary(values | ({"Stm": form.reference} if form is not None else {}))

    # Links

    def _link(self, kid: NoteLink | TemplateLink, element: Any) -> Any:
        import pydyf

        page = self.pdf.page_references[kid.area.page]
        annotation = self._note_annotation(kid) if isinstance(kid, NoteLink) else kid.area.annotation
        annotation["Contents"] = pydyf.String(kid.label)
        annotation["F"] = PRINTED
        self._parents.append((annotation, element))
        return pydyf.Dictionary({"Type": "/OBJR", "Obj": annotation.reference, "Pg": page})

    def _note_annotation(self, link: NoteLink) -> Any:
        """The annotation of a link that leads from a note's call to the note, or back."""
        import pydyf

        annotation = self._add({"Type": "/Annot", "Subtype": "/Link", "BS": pydyf.Dictionary({"W": 0})})
        annotation["Rect"] = pydyf.Array(link.area.rectangle)
        left, _, _, top = link.place.rectangle
        place = (self.pdf.page_references[link.place.page], "/XYZ", left, top, 0)
        if self.types.part == 1:
            annotation["Dest"] = pydyf.Array(place)
        else:  # PDF/UA-2, 8.8: what leads within the file leads to an element of its structure
            annotation["A"] = self.go_to(link.target, pydyf.Array(place))
        page = self._page(link.area.page)
        page.setdefault("Annots", pydyf.Array()).append(annotation.reference)
        return annotation

    def aim(self, node: StructureNode, place: list[Any]) -> Any:
        """The destination ``place``, a page and a point on it, as one that is an element of the structure."""
        import pydyf

        return pydyf.Array((self.elements[node].reference, *place[1:]))

    def go_to(self, node: StructureNode, place: list[Any]) -> Any:
        """The action that leads to an element of the structure, and readers that know none to its ``place``."""
        import pydyf

        return pydyf.Dictionary({"Type": "/Action", "S": "/GoTo", "D": place, "SD": self.aim(node, place)})

    def _drop(self, areas: list[LinkArea]) -> None:
        """Take links out of the file that stand in running lines: no reader would reach them."""
        for area in areas:
            annotations = self._page(area.page)["Annots"]
            annotations[:] = [each for each in annotations if each != area.annotation.reference]
            area.annotation.clear()
            self._emptied.append(area.annotation)

    def _page(self, number: int) -> Any:
        return self.pdf.objects[int(self.pdf.page_references[number].split()[0])]

    # Marked content

    def _mark_artifacts(self) -> None:
        for (page, mcid), kind in self.content.artifacts.items():
            form = self._forms.pop((page, mcid), None)
            stream = self.streams[page] if form is None else form
            mark_artifact(stream, self._find_marked_content(stream)[mcid], kind)

    def _find_marked_content(self, stream: Any) -> dict[int, int]:
        """As :func:`find_marked_content`, once for each stream."""
        if id(stream) not in self._indexed:
            self._indexed[id(stream)] = find_marked_content(stream)
        return self._indexed[id(stream)]

    def _parent_tree(self) -> Any:
        """From each piece and each annotation to its element (ISO 32000-1, 14.7.4.4)."""
        import pydyf

        numbers = pydyf.Array()
        for page, slots in enumerate(self._slots):
            numbers += [page, _array_of_slots(slots)]
        key = len(self._slots)
        for form in {id(form): form for form in self._forms.values()}.values():
            form.extra["StructParents"] = key
            numbers += [key, _array_of_slots(self._form_slots.get(id(form), {}))]
            key += 1
        for annotation, element in self._parents:
            annotation["StructParent"] = key
            numbers += [key, element.reference]
            key += 1
        return self._add({"Nums": numbers})


def _array_of_slots(slots: dict[int, bytes]) -> Any:
    """References by the numbers of marked content, ``null`` where one has none."""
    import pydyf

    return pydyf.Array(slots.get(mcid, b"null") for mcid in range(max(slots, default=-1) + 1))


def _value(value: Any) -> Any:
    """An attribute's value: lists of ids are byte strings, rectangles numbers."""
    import pydyf

    if isinstance(value, list):
        return pydyf.Array(pydyf.String(each) for each in value)
    return pydyf.Array(round(each, 3) for each in value) if isinstance(value, tuple) else value
