"""The files embedded in a PDF, read again, and what the PDF says that they belong to (ISO 32000-1, 7.11.4)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from pypdf.generic import ArrayObject, DictionaryObject, IndirectObject, StreamObject

from c6brief.manifest.resolved_values import as_dictionary, as_list

MOST_NODES = 2_000
"""Nodes and entries of the name tree that are read."""

MOST_ELEMENTS = 200_000
"""Structure elements that are looked at for a figure's data; an eight-page brief has 3,000."""


@dataclass(frozen=True)
class EmbeddedFile:
    """An attachment as the PDF holds it."""

    name: str
    data: bytes
    relationship: str
    """Its AFRelationship, without the solidus; may be empty."""
    associated: bool
    """Whether the catalog's AF names it."""
    figure: bool
    """Whether the AF of a Figure element names it."""
    alt: str
    """The alternative text of that element; may be empty."""
    description: str
    """What it is said to be; may be empty."""
    media_type: str
    size: int | None
    """The size that viewers list, in bytes; ``None`` where it is not given."""
    checksum: bytes
    """The MD5 that the file gives for it; may be empty."""


def read_embedded_files(catalog: DictionaryObject) -> tuple[EmbeddedFile, ...]:
    """Every file of the EmbeddedFiles name tree and of the catalog's AF, in that order.

    Raises what pypdf raises on broken objects, and ``ValueError`` for a tree without end.
    """
    named = _read_name_tree(catalog)
    associated = as_list(catalog.get("/AF"))
    for reference in associated:
        if all(reference != each for _, each in named):
            named.append(("", reference))
    of_figures = _find_files_of_figures(catalog) if named else {}
    found = []
    for name, reference in named:
        spec = reference.get_object()
        if not isinstance(spec, DictionaryObject):
            continue
        name = str(spec.get("/UF") or spec.get("/F") or name)
        key = _key(reference)
        relationship = str(spec.get("/AFRelationship", "")).lstrip("/")
        stream = as_dictionary(as_dictionary(spec.get("/EF")).get("/UF"))
        parameters = as_dictionary(stream.get("/Params"))
        size, checksum = parameters.get("/Size"), parameters.get("/CheckSum", b"")
        found.append(
            EmbeddedFile(
                name=name,
                data=_read_data(spec),
                relationship=relationship,
                associated=reference in associated,
                figure=key in of_figures,
                alt=of_figures.get(key, ""),
                description=str(spec.get("/Desc", "")),
                media_type=str(stream.get("/Subtype", "")).lstrip("/"),
                size=int(size) if isinstance(size, int) else None,
                checksum=getattr(checksum, "original_bytes", b""),
            )
        )
    return tuple(found)


def _read_data(spec: DictionaryObject) -> bytes:
    """The file's bytes. Where a specification has several that differ, all of them: readers may open any."""
    streams = [each.get_object() for each in as_dictionary(spec.get("/EF")).values()]
    return b"".join(dict.fromkeys(stream.get_data() for stream in streams if isinstance(stream, StreamObject)))


def _read_name_tree(catalog: DictionaryObject) -> list[tuple[str, Any]]:
    """The leaves of the name tree (ISO 32000-1, 7.9.6)."""
    waiting = [as_dictionary(as_dictionary(catalog.get("/Names")).get("/EmbeddedFiles"))]
    found: list[tuple[str, Any]] = []
    steps = 0
    while waiting:
        steps += 1
        if steps > MOST_NODES or len(found) > MOST_NODES:
            raise ValueError("the list of attachments has no end")
        node = waiting.pop(0)
        names = as_list(node.get("/Names"))
        found += [(str(name), names[at + 1]) for at, name in enumerate(names[:-1]) if at % 2 == 0]
        waiting += [as_dictionary(kid) for kid in as_list(node.get("/Kids"))]
    return found


def _find_files_of_figures(catalog: DictionaryObject) -> dict[tuple[int, int], str]:
    """The files that Figure elements of the tag tree name as theirs, with the alternative texts of these."""
    found: dict[tuple[int, int], str] = {}
    seen: set[int] = set()
    waiting: list[Any] = [catalog.get("/StructTreeRoot")]
    while waiting:
        value = waiting.pop()
        if isinstance(value, IndirectObject):
            if value.idnum in seen:
                continue
            seen.add(value.idnum)
            if len(seen) > MOST_ELEMENTS:
                raise ValueError("the tag tree has no end")
        element = value.get_object() if value is not None else None
        if isinstance(element, ArrayObject):
            waiting += [kid for kid in element if isinstance(kid, (IndirectObject, DictionaryObject, ArrayObject))]
        elif isinstance(element, DictionaryObject):
            if element.get("/S") == "/Figure":
                alt = str(element.get("/Alt", ""))
                found |= {_key(reference): alt for reference in as_list(element.get("/AF"))}
            if "/K" in element:
                waiting.append(element.raw_get("/K"))
    return found


def _key(reference: Any) -> tuple[int, int]:
    return (reference.idnum, reference.generation) if isinstance(reference, IndirectObject) else (-1, id(reference))
