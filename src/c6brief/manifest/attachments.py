"""Files inside the PDF, as associated files (ISO 32000-2, 14.13; PDF/A-3, ISO 19005-3, 6.8).

They are written into WeasyPrint's document before the file is: the manifest can only be made when the pages are, which
is too late for WeasyPrint's own ``attachments``. References between objects are pydyf's, ``b"12 0 R"``.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, cast

from c6brief.evidence.folding import fold
from c6brief.manifest.model import Relationship


@dataclass(frozen=True)
class Attachment:
    """A file to attach."""

    name: str
    data: bytes
    media_type: str
    """As registered with IANA: ``text/csv``."""
    relationship: Relationship
    description: str


def attach_files(pdf: Any, files: Sequence[Attachment], day: str, figures: Mapping[str, Any]) -> dict[str, bytes]:
    """Attach ``files`` to a ``pydyf.PDF``, dated by the brief's ``day`` (2026-03-02).

    ``figures`` gives for the name of a file the structure element of the figure whose data it holds (as
    :func:`find_figure_elements` finds it): the element gets the file as its ``AF``. The name tree is sorted and the
    catalog's ``AF`` names every file once, as PDF/A-3 wants. Files that a template attached stay, dated by the brief
    too: WeasyPrint dates them by the clock. Returns the references to the specifications of all files, by name.
    """
    import pydyf

    references = _read_references(pdf)
    for reference in references.values():
        _get_stream(pdf, reference).extra["Params"].update(CreationDate=_date(day), ModDate=_date(day))
    for file in sorted(files, key=lambda file: file.name):
        references[file.name] = _add_file(pdf, file, day)
    ordered = [(name, references[name]) for name in sorted(references)]
    names = pdf.catalog.setdefault("Names", pydyf.Dictionary())
    if "EmbeddedFiles" not in names:
        tree = pydyf.Dictionary()
        pdf.add_object(tree)
        names["EmbeddedFiles"] = tree.reference
    tree = pdf.objects[_number(names["EmbeddedFiles"])]  # WeasyPrint's own, if a template attached files
    tree["Names"] = pydyf.Array(part for name, ref in ordered for part in (pydyf.String(name), ref))
    pdf.catalog["AF"] = pydyf.Array(reference for _, reference in ordered)
    for name, element in figures.items():
        element["AF"] = pydyf.Array([references[name]])
    return references


def fill_file(pdf: Any, specification: bytes, data: bytes) -> None:
    """Give a file that is attached already, by the reference to its specification, other bytes."""
    stream = _get_stream(pdf, specification)
    stream.stream = [data]
    stream.extra["Params"].update(_measure(data))


def find_figure_elements(pdf: Any, texts: Mapping[str, str]) -> dict[str, Any]:
    """The Figure elements of the tag tree that have these alternative ``texts``, by the keys of ``texts``, each once.

    A figure that a template leaves out is missing here too.
    """
    elements = [each for each in pdf.objects if isinstance(each, dict) and each.get("S") == "/Figure" and "K" in each]
    found = {}
    for name, text in texts.items():
        element = next((each for each in elements if _same_words(_read_text(each.get("Alt")), text)), None)
        if element is not None:
            elements = [each for each in elements if each is not element]
            found[name] = element
    return found


def read_template_attachments(pdf: Any) -> list[Attachment]:
    """What a template has attached by ``<link rel=attachment>``. A file without a relationship is ``Unspecified``."""
    files = []
    for name, reference in _read_references(pdf).items():
        specification = pdf.objects[_number(reference)]
        specification.setdefault("AFRelationship", "/Unspecified")
        stream = _get_stream(pdf, reference)
        media_type = str(stream.extra["Subtype"]).lstrip("/").replace("#2f", "/")
        relationship = cast(Relationship, str(specification["AFRelationship"]).lstrip("/"))
        data = b"".join(stream.stream)
        files.append(Attachment(name, data, media_type, relationship, _read_text(specification.get("Desc"))))
    return files


def _read_references(pdf: Any) -> dict[str, bytes]:
    """The references to the specifications of all files that are attached already, by name."""
    tree = pdf.catalog.get("Names", {}).get("EmbeddedFiles")
    if tree is None:
        return {}
    names = pdf.objects[_number(tree)]["Names"]
    return {_read_text(pdf.objects[_number(reference)]["UF"]): reference for reference in names[1::2]}


def _add_file(pdf: Any, file: Attachment, day: str) -> bytes:
    """Add the objects of one file; returns the reference to its specification."""
    import pydyf

    parameters = pydyf.Dictionary({**_measure(file.data), "CreationDate": _date(day), "ModDate": _date(day)})
    extra = {"Type": "/EmbeddedFile", "Subtype": f"/{file.media_type.replace('/', '#2f')}", "Params": parameters}
    stream = pydyf.Stream([file.data], extra, compress=True)
    pdf.add_object(stream)
    specification = pydyf.Dictionary(
        {
            "Type": "/Filespec",
            "F": pydyf.String(file.name),
            "UF": pydyf.String(file.name),
            "EF": pydyf.Dictionary({"F": stream.reference, "UF": stream.reference}),
            "Desc": pydyf.String(file.description),
            "AFRelationship": f"/{file.relationship}",
        }
    )
    pdf.add_object(specification)
    reference: bytes = specification.reference
    return reference


def _measure(data: bytes) -> dict[str, Any]:
    """The checksum of a file, as the format wants it (MD5: against accidents only), and its size."""
    return {"CheckSum": f"<{hashlib.md5(data, usedforsecurity=False).hexdigest()}>", "Size": len(data)}


def _date(day: str) -> Any:
    import pydyf

    return pydyf.String(f"D:{day.replace('-', '')}000000Z")


def _get_stream(pdf: Any, specification: bytes) -> Any:
    """The stream with the bytes of the file that has this ``specification``."""
    return pdf.objects[_number(pdf.objects[_number(specification)]["EF"]["F"])]


def _number(reference: bytes) -> int:
    return int(reference.split()[0])


def _read_text(value: Any) -> str:
    text = getattr(value, "string", value)
    return text.decode("utf-8", "replace") if isinstance(text, bytes) else str(text or "")


def _same_words(one: str, other: str) -> bool:
    """Whether two alternative texts agree, but for shapes of quotation marks, which drawings keep as written."""
    return bool(one) and fold(one).text == fold(other).text
