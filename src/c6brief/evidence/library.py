"""The library: sources as reference managers export them, and our own keys of them in ``seeds/readings.yaml``.

``seeds/sources.yaml``, ``.json``, ``.bib`` or ``.ris``, and files of any name with such an ending in ``seeds/sources/``, are
exports, written anew each time and never edited. What we say of a source stands in ``seeds/readings.yaml``, by the id of
the source or its ``citation-key``, and is put under ``custom`` of the item here, with its place there.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from c6brief.documents.boundary import read_file
from c6brief.documents.direction import describe_turning, find_turning
from c6brief.documents.document import Document, Node, NodePath
from c6brief.documents.entries import validate
from c6brief.documents.files import display_name
from c6brief.documents.folders import files_below, names_in
from c6brief.documents.jsontext import ITEMS, read_json
from c6brief.documents.problems import LONGEST_NAME, Place, Problems, did_you_mean, name_rule
from c6brief.documents.project import Project
from c6brief.documents.yamltext import read_yaml
from c6brief.evidence.converted_library import CONVERTED, read_converted
from c6brief.evidence.csl import PRINTED, VARIABLES
from c6brief.evidence.models import Reading

LARGEST_LIBRARY = 50_000_000
"""Bytes of a file of sources. Ten thousand items with their abstracts have half of this."""

YAML = (".yaml", ".yml")
JSON = (".json", ".csljson")
READ = (*YAML, *JSON, *CONVERTED)
"""How the names of files end that hold sources."""

OTHERS = (".nbib", ".enw", ".enl", ".rdf", ".mods", ".enlx", ".ciw", ".paperpile")
"""How libraries end that are not read."""

SNIFFED = 4_000
"""Characters of a file by which a library is known that its name does not show."""

_LIBRARY = re.compile(
    r"\ufeff?\s*(?:TY  - |PMID- |%0 |@(?:article|book|comment|string|preamble|misc|online|report|inbook|incollection|thesis|in\w+)\s*[{(]|"
    r'"?Key"?,"?Item Type|<\?xml[^>]*>\s*<(?:xml>\s*<records|rdf:RDF|modsCollection|TEI))',
    re.I,
)
_JSON_LIBRARY = re.compile(r'\ufeff?\s*[\[{].*"(?:itemType|citation-key|container-title|issued|type)"\s*:', re.S)
_CITATION_KEY = re.compile(r"^[ \t]*Citation Key:[ \t]*(\S+)[ \t]*$", re.M | re.I)

NEAR = 80
"""How like a variable of CSL an unknown one must be, in percent, to be taken for a slip."""

UNKNOWN_VARIABLE = name_rule(
    "unknown-variable",
    "note",
    """an item of a library has a variable that is not one of CSL

    It is not printed. Each variable is told once for a file. Where a variable of CSL is near, it is most likely misspelt:
    in a YAML file, which people write, that is the error `unknown-key`.
    """,
    chapter="project",
)


@dataclass
class LibraryItem:
    """An item of a library as written: its document and path, its plain value, its id and its citation-key."""

    document: Document
    path: NodePath
    plain: Any
    given: Mapping[str, str]
    id: str | None = None
    key: str | None = None

    @property
    def node(self) -> Node | None:
        return self.document.root.find(self.path)

    @property
    def is_exported(self) -> bool:
        """Whether it stands in a file that only programs write."""
        return is_exported(self.document.path)


@dataclass
class Library:
    """The items of all files of sources, and what we say of them, by the id of the item."""

    items: list[LibraryItem] = field(default_factory=list)
    readings: dict[str, Reading] = field(default_factory=dict)
    written_readings: list[tuple[str | None, Document, NodePath]] = field(default_factory=list)
    """The id of the source of each reading, those with problems too, and where it stands."""
    broken: set[str] = field(default_factory=set)
    """The ids of sources whose reading has a problem."""
    unread: bool = False
    """Whether a file of sources or readings could not be read."""

    @property
    def aliases(self) -> dict[str, str]:
        """The ids of items by their citation-keys, where these are those of one item and no ids."""
        ids = {item.id for item in self.items}
        found: dict[str, str | None] = {}
        for item in self.items:
            if item.key and item.id and item.key not in ids:
                found[item.key] = item.id if found.get(item.key, item.id) == item.id else None
        return {key: id for key, id in found.items() if id}


def is_exported(path: Path) -> bool:
    """Whether a file of sources is one that only programs write."""
    return path.suffix.lower() not in YAML


def read_library(project: Project, problems: Problems) -> Library:
    """The library of ``project``: its files of sources read, and its readings put into the items.

    Problems: those of reading, ``unread-library``, ``unknown-variable``, ``unknown-key``, ``wrong-type``, ``unknown-id``,
    ``id-twice``.
    """
    library = Library()
    for path in _files_of(project.seeds):
        document = _read_file(path, project, problems)
        if document is None:
            library.unread = True
            continue
        found = list(_items_of(document, problems))
        _report_variables(document, found, problems)
        library.items += found
    _report_unread(project.seeds, problems)
    _read_readings(project.seeds, library, problems)
    return library


def _files_of(seeds: Path) -> Iterator[Path]:
    """The files of sources: ``seeds/sources.*``, and every file in ``seeds/sources/``, that end as one that is read."""
    for folder, stem in ((seeds, "sources"), (seeds / "sources", "")):
        for name in names_in(folder):
            path = folder / name
            is_named = not name.startswith(".") and (not stem or path.stem == stem)
            if is_named and path.suffix.lower() in READ:
                yield path


def _read_file(path: Path, project: Project, problems: Problems) -> Document | None:
    ending = path.suffix.lower()
    if ending in JSON:
        return read_json(path, problems, what="library", largest=LARGEST_LIBRARY)
    if ending in CONVERTED:
        return read_converted(path, project, problems, LARGEST_LIBRARY)
    return read_yaml(path, problems, what="seeds", largest=LARGEST_LIBRARY)


def _items_of(document: Document, problems: Problems) -> Iterator[LibraryItem]:
    """Every item of a file of sources. Problems: ``wrong-type``, ``unread-library``."""
    value = document.root.value
    path: NodePath = ()
    if isinstance(value, dict):
        listed = next((key for key in ITEMS if key in value and isinstance(value[key].value, list)), None)
        if listed is not None:
            value, path = value[listed].value, (listed,)
    if isinstance(value, dict) and not path and "id" in value and document.path.stem != "sources":
        nodes: Sequence[tuple[NodePath, Node]] = [((), document.root)]
    elif isinstance(value, list):
        nodes = [((*path, index), node) for index, node in enumerate(value)]
    else:
        hint = "start every entry with '- id: …'" if not is_exported(document.path) else "export it as CSL JSON: a list"
        problems.error("wrong-type", "sources want a list of entries", document.place(path), hint)
        return
    for at, node in nodes:
        plain = node.to_plain()
        if isinstance(plain, dict) and "itemType" in plain:
            message = "this is Zotero's own JSON, not CSL JSON"
            problems.error("unread-library", message, document.place((*at, "itemType"), key=True), EXPORT)
            return
        yield LibraryItem(document, at, plain, {}, _id_of(plain), _citation_key(plain))


def _id_of(plain: Any) -> str | None:
    id = plain.get("id") if isinstance(plain, dict) else None
    if isinstance(id, (int, float)) and not isinstance(id, bool):
        return str(id)
    return id if isinstance(id, str) and id else None


def _citation_key(plain: Any) -> str | None:
    """The key by which Better BibTeX has an item cited, as a variable or in the ``note`` that Zotero puts it into."""
    if not isinstance(plain, dict):
        return None
    key = plain.get("citation-key")
    if not isinstance(key, str) and isinstance(plain.get("note"), str):
        found = _CITATION_KEY.search(plain["note"])
        key = found[1] if found else None
    return key if isinstance(key, str) and key else None


def _report_variables(document: Document, items: Iterable[LibraryItem], problems: Problems) -> None:
    """Report variables that are not those of CSL, each once for a file, at the first item that has it."""
    first: dict[str, NodePath] = {}
    counts: dict[str, int] = {}
    for item in items:
        for key in item.plain if isinstance(item.plain, dict) else ():
            if key not in VARIABLES:
                first.setdefault(key, (*item.path, key))
                counts[key] = counts.get(key, 0) + 1
    for key, path in first.items():
        place = document.place(path, key=True)
        hint = _near(key)
        if hint and not is_exported(document.path):
            problems.error("unknown-key", f"'{key}' is no CSL variable", place, hint)
        else:
            more = f" ({counts[key]} items have it)" if counts[key] > 1 else ""
            message = f"'{key}' is no CSL variable: it is not printed{more}"
            problems.report(UNKNOWN_VARIABLE, message, place, hint)


def _near(key: str) -> str:
    from rapidfuzz import fuzz  # here: a run without problems never needs it

    if len(key) > LONGEST_NAME:
        return ""
    alike = [each for each in VARIABLES if fuzz.ratio(key, each) >= NEAR]
    return did_you_mean(key, alike) if alike else ""


def report_turned_text(item: LibraryItem, problems: Problems) -> None:
    """Report a printed variable of an item that is shown in another order than it stands in. Problem: ``text-direction``.

    YAML is looked at when it is read.
    """
    if not item.is_exported or not isinstance(item.plain, dict):
        return
    for key in item.plain.keys() & PRINTED:
        for path, text in _texts_in(item.plain[key], (key,)):
            if turning := find_turning(text):
                message, hint = describe_turning(turning)
                problems.error("text-direction", message, item.document.place((*item.path, *path)), hint)


def _texts_in(value: Any, path: NodePath) -> Iterator[tuple[NodePath, str]]:
    if isinstance(value, str):
        yield path, value
    elif isinstance(value, dict):
        for key, each in value.items():
            yield from _texts_in(each, (*path, key))
    elif isinstance(value, list):
        for index, each in enumerate(value):
            yield from _texts_in(each, (*path, index))


# Readings


def _read_readings(seeds: Path, library: Library, problems: Problems) -> None:
    """Read ``seeds/readings.yaml``, and what is in ``seeds/readings/``, and put each reading into its item."""
    by_id = {item.id: item for item in library.items if item.id}
    aliases = library.aliases
    folder = seeds / "readings"
    paths = [path for path in (folder.with_suffix(ending) for ending in YAML) if path.exists()]
    paths += [folder / name for name in names_in(folder) if Path(name).suffix in YAML]
    for path in paths:
        document = read_yaml(path, problems, what="seeds")
        if document is None:
            library.unread = True
            continue
        value = document.root.value
        if not isinstance(value, list):
            message, hint = "readings want a list of entries", "start every entry with '- id: …'"
            problems.error("wrong-type", message, document.place(), hint)
            library.unread = True
            continue
        for index, node in enumerate(value):
            id = _id_of(node.to_plain())
            item = by_id.get(aliases.get(id or "", id or ""))
            library.written_readings.append((item.id if item else id, document, (index,)))
            reading = validate(Reading, document, (index,), problems)
            if item is not None and item.id is not None:
                if reading is not None:
                    _resolve_independent(node, aliases)
                _add_reading(library, item, item.id, reading, node, problems)
            elif reading is not None and not library.unread:
                hint = did_you_mean(reading.id, (*by_id, *aliases)) or "export the library again, with this item"
                problems.error("unknown-id", f"no source '{reading.id}'", reading.place("id"), hint)


def _add_reading(
    library: Library, item: LibraryItem, id: str, reading: Reading | None, node: Node, problems: Problems
) -> None:
    """Put a ``reading``, whose ``node`` it was read from, under ``custom`` of its ``item``."""
    if reading is None:
        library.broken.add(id)
        return
    first = library.readings.get(id)
    if first is not None:
        place = first.place("id")
        message = f"source '{id}' has two readings"
        problems.error("id-twice", message, reading.place("id"), f"first in {place.file}:{place.span.line}")
        library.broken.add(id)
        return
    library.readings[id] = reading
    own = item.node
    if own is None or reading.document is None:
        return
    custom = own.child("custom")
    if custom is None or not isinstance(custom.value, dict):
        custom = own.value["custom"] = Node(own.span, {}, origin=reading.place())
    for key in node.value:
        if key == "id":
            continue
        if key in custom.value:
            place = item.document.place((*item.path, "custom", key), key=True)
            message = f"'{key}' of '{id}' stands in the library too"
            hint = f"in {place.file}:{place.span.line}: leave one of them out"
            problems.error("duplicate-key", message, reading.place(key, key=True), hint)
            library.broken.add(id)
        else:
            custom.value[key] = _written_in(reading.document, node, (key,), reading)
    item.plain = own.to_plain()


def _resolve_independent(node: Node, aliases: Mapping[str, str]) -> None:
    """Write ids in the place of the citation-keys of the sources that a reading's ``node`` names. It is changed in place."""
    listed = node.child("independent")
    for each in listed.value if listed is not None and isinstance(listed.value, list) else ():
        other = each.child("of")
        if other is not None and isinstance(other.value, str):
            other.value = aliases.get(other.value, other.value)


def _written_in(document: Document, node: Node, path: NodePath, reading: Reading) -> Node:
    """A copy of what is at ``path`` below the ``node`` of a ``reading``, which knows the place that it was written at."""
    found = node.find(path)
    assert found is not None  # the caller goes over what there is
    value = found.value
    if isinstance(value, dict):
        value = {key: _written_in(document, node, (*path, key), reading) for key in value}
    elif isinstance(value, list):
        value = [_written_in(document, node, (*path, index), reading) for index in range(len(value))]
    return Node(found.span, value, origin=reading.place(*path), key_origin=reading.place(*path, key=True))


# What is not read

EXPORT = "in Zotero: File, Export Library, format CSL JSON; save it as seeds/sources.json"


def _report_unread(seeds: Path, problems: Problems) -> None:
    """Report files below ``seeds`` that look like a library and are not read. Problem: ``unread-library``."""
    read = set(_files_of(seeds))
    for name in files_below(seeds):
        path = Path(name)
        if path in read or path.name.startswith(".") or not _looks_like_library(path, seeds):
            continue
        place = Place(display_name(path))
        if path.suffix.lower() in READ:
            hint = f"name it seeds/sources{path.suffix.lower()}, or put it into seeds/sources/"
        else:
            hint = EXPORT
        problems.error("unread-library", "this looks like a library of sources, and is not read", place, hint)


def _looks_like_library(path: Path, seeds: Path) -> bool:
    ending = path.suffix.lower()
    if ending in CONVERTED or ending in OTHERS:
        return True
    if path.parent not in (seeds, seeds / "sources") or ending in (*YAML, ".md"):
        return False
    try:
        head = read_file(path, LARGEST_LIBRARY)[: SNIFFED * 4].decode("utf-8", "replace")[:SNIFFED]
    except (OSError, ValueError):
        return False
    return bool(_LIBRARY.match(head) or (ending in (*JSON, "", ".txt") and _JSON_LIBRARY.match(head)))
