"""Files inside the PDF, as associated files (ISO 32000-2, 14.13; PDF/A-3, ISO 19005-3, 6.8).

Written into WeasyPrint's document before the file is: the manifest can only be made when the pages are, which is too
late for WeasyPrint's own ``attachments``.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from c6brief.evidence.matching import fold
from c6brief.print.manifest import Relationship


@dataclass(frozen=True)
class File:
    """A file to attach."""

    name: str
    data: bytes
    media_type: str
    relationship: Relationship
    description: str


def attach(pdf: Any, files: Sequence[File], day: str, figures: Mapping[str, Any]) -> None:
    """Attach ``files`` to a ``pydyf.PDF``, dated by the brief's ``day`` (2026-03-02).

    ``figures`` gives for the name of a file the structure element of the figure whose data it holds (as of
    :func:`figures_by_text`): the element gets the file as ``AF``. The name tree is sorted and the catalog's ``AF``
    names every file once, as PDF/A-3 wants. Files that a template attached stay, dated by the brief too: WeasyPrint
    dates them by the clock.
    """
    import pydyf

    for reference in _attached(pdf).values():
        _stream(pdf, reference).extra["Params"].update(CreationDate=_date(day), ModDate=_date(day))
    references = _attached(pdf)
    for file in sorted(files, key=lambda file: file.name):
        references[file.name] = _filespec(pdf, file, day)
    ordered = [(name, references[name]) for name in sorted(references)]
    tree = pydyf.Dictionary({"Names": pydyf.Array(part for name, ref in ordered for part in (pydyf.String(name), ref))})
    pdf.add_object(tree)
    pdf.catalog.setdefault("Names", pydyf.Dictionary())["EmbeddedFiles"] = tree.reference
    pdf.catalog["AF"] = pydyf.Array(reference for _, reference in ordered)
    for name, element in figures.items():
        element["AF"] = pydyf.Array([references[name]])


def figures_by_text(pdf: Any, texts: Mapping[str, str]) -> dict[str, Any]:
    """The Figure elements of the tag tree that have these alternative texts, by the keys of ``texts``, each once.

    A template may leave a figure out: then it is missing here.
    """
    elements = [each for each in pdf.objects if isinstance(each, dict) and each.get("S") == "/Figure" and "K" in each]
    found = {}
    for name, text in texts.items():
        element = next((each for each in elements if _alike(_text(each.get("Alt")), text)), None)
        if element is not None:
            elements = [each for each in elements if each is not element]
            found[name] = element
    return found


def foreign_files(pdf: Any) -> list[File]:
    """What a template attached by ``<link rel=attachment>``."""
    files = []
    for name, reference in _attached(pdf).items():
        spec = pdf.objects[_number(reference)]
        spec.setdefault("AFRelationship", "/Unspecified")
        stream = _stream(pdf, reference)
        media_type = str(stream.extra["Subtype"]).lstrip("/").replace("#2f", "/")
        relationship = str(spec["AFRelationship"]).lstrip("/")
        files.append(File(name, b"".join(stream.stream), media_type, relationship, _text(spec.get("Desc"))))  # type: ignore[arg-type]
    return files


def _attached(pdf: Any) -> dict[str, bytes]:
    """Name and reference of what is attached already."""
    tree = pdf.catalog.get("Names", {}).get("EmbeddedFiles")
    if tree is None:
        return {}
    names = pdf.objects[_number(tree)]["Names"]
    return {_text(pdf.objects[_number(reference)]["UF"]): reference for reference in names[1::2]}


def _filespec(pdf: Any, file: File, day: str) -> bytes:
    import pydyf

    parameters = pydyf.Dictionary(
        {
            "CheckSum": f"<{hashlib.md5(file.data, usedforsecurity=False).hexdigest()}>",
            "Size": len(file.data),
            "CreationDate": _date(day),
            "ModDate": _date(day),
        }
    )
    extra = {"Type": "/EmbeddedFile", "Subtype": f"/{file.media_type.replace('/', '#2f')}", "Params": parameters}
    stream = pydyf.Stream([file.data], extra, compress=True)
    pdf.add_object(stream)
    spec = pydyf.Dictionary(
        {
            "Type": "/Filespec",
            "F": pydyf.String(file.name),
            "UF": pydyf.String(file.name),
            "EF": pydyf.Dictionary({"F": stream.reference, "UF": stream.reference}),
            "Desc": pydyf.String(file.description),
            "AFRelationship": f"/{file.relationship}",
        }
    )
    pdf.add_object(spec)
    return spec.reference


def _date(day: str) -> Any:
    import pydyf

    return pydyf.String(f"D:{day.replace('-', '')}000000Z")


def _stream(pdf: Any, specification: bytes) -> Any:
    return pdf.objects[_number(pdf.objects[_number(specification)]["EF"]["F"])]


def _number(reference: bytes) -> int:
    return int(reference.split()[0])


def _text(value: Any) -> str:
    text = getattr(value, "string", value)
    return text.decode("utf-8", "replace") if isinstance(text, bytes) else str(text or "")


def _alike(one: str, other: str) -> bool:
    """Alternative texts may differ in the shapes of their quotation marks: the drawing has them as written."""
    return bool(one) and fold(one).text == fold(other).text
