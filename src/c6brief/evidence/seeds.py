"""Reading ``seeds/``: every kind of entry from its file or folder, then every reference from one entry to another."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from fnmatch import fnmatch
from pathlib import Path
from types import MappingProxyType
from typing import TypeVar

from c6brief.documents.document import Document, Node, NodePath
from c6brief.documents.entries import IDENTIFIER, validate, validate_as
from c6brief.documents.files import display_name
from c6brief.documents.folders import names_in
from c6brief.documents.markdown_file import read_markdown
from c6brief.documents.problems import Place, Problems, did_you_mean
from c6brief.documents.project import Project
from c6brief.documents.yamltext import read_yaml
from c6brief.evidence.alike_sources import alike_sources
from c6brief.evidence.base import KINDS, Evidence
from c6brief.evidence.design import design_holds
from c6brief.evidence.image_files import FileOfEntry, image_of_chart, read_image_files
from c6brief.evidence.library import Library, read_library, report_turned_text
from c6brief.evidence.models import (
    UNSTATED,
    Claim,
    Event,
    EvidenceEntry,
    Image,
    Organisation,
    Person,
    Quote,
    Scope,
    Section,
    Source,
)
from c6brief.evidence.references import check_references
from c6brief.evidence.rows import read_rows
from c6brief.evidence.source_texts import read_texts
from c6brief.evidence.table_models import Chart, ChartRows, DesignedTable
from c6brief.evidence.written import WrittenEntry, WrittenSeeds

ONE_PER_FILE = frozenset(("tables", "charts", "sections"))
"""Kinds whose entries may take their ids from the names of their files. A table and its chart may have the same name
there: both are placed by kind and never cited."""

RESERVED = re.compile(r"(fig|tbl|sec):", re.I)
"""How the ids of references begin (``@fig:lifts``), and so none of an entry."""

RESERVED_NOUNS = {"fig": "figures", "tbl": "tables", "sec": "sections"}

NAMING_SOURCES = ("source", "sources")
"""Keys of entries and charts whose values are ids of sources."""

E = TypeVar("E", bound=EvidenceEntry)


def load_evidence(project: Project, problems: Problems) -> Evidence:
    """The evidence base of ``project``. Entries with problems are left out.

    Problems: those of reading and validating, ``id-twice``, ``reserved-id``, ``unknown-id``, ``unknown-file``,
    ``missing-source-text``, ``source-text-changed``, ``outside-project``, ``bad-table``, and those of
    :func:`~c6brief.evidence.image_files.read_image_files`.
    """
    _report_unknown_files(project.seeds, problems)
    library = read_library(project, problems)
    reader = _SeedsReader(project, problems, library)
    sources = reader.read_sources()
    people = reader.read("people", Person)
    organisations = reader.read("organisations", Organisation)
    scopes = reader.read("scopes", Scope)
    scopes.setdefault(UNSTATED, Scope(id=UNSTATED, name=""))
    quotes = reader.read("quotes", Quote)
    events = reader.read("events", Event)
    claims = reader.read("claims", Claim)
    images = reader.read("images", Image)
    written_tables = reader.read("tables", DesignedTable)
    charts = reader.read("charts", Chart)
    sections = reader.read("sections", Section)
    tables = read_rows(project, written_tables.values(), problems)
    tables = {id: table for id, table in tables.items() if design_holds(table, table, table, problems)}
    chart_rows, without_rows = _read_chart_rows(project, charts.values(), problems)
    pictured: list[Image | FileOfEntry] = [*images.values(), *filter(None, map(image_of_chart, charts.values()))]
    image_files = read_image_files(project, pictured, problems)
    without_files = {image.id for image in images.values()} - image_files.keys()
    evidence = Evidence(
        sources=MappingProxyType(sources),
        people=MappingProxyType(people),
        organisations=MappingProxyType(organisations),
        scopes=MappingProxyType(scopes),
        quotes=MappingProxyType(quotes),
        events=MappingProxyType(events),
        claims=MappingProxyType(claims),
        images=MappingProxyType(images),
        tables=MappingProxyType(tables),
        charts=MappingProxyType(charts),
        sections=MappingProxyType(sections),
        chart_rows=MappingProxyType(chart_rows),
        image_files=MappingProxyType(image_files),
        texts=MappingProxyType(read_texts(project, sources.values(), problems)),
        with_data=_with_data(written_tables, charts),
        aliases=MappingProxyType(reader.aliases),
        readings=MappingProxyType(library.readings),
        broken=frozenset(reader.broken | (written_tables.keys() - tables.keys())),
        unread=frozenset(reader.unread),
        written=WrittenSeeds(reader.written, project.seeds),
    )
    evidence = _drop_entries(evidence, check_references(evidence, problems) | without_rows | without_files)
    return replace(evidence, likeness=alike_sources(evidence))


class _SeedsReader:
    """Reads the kinds of entries one after the other, and knows which ids they have taken."""

    def __init__(self, project: Project, problems: Problems, library: Library) -> None:
        self.project, self.problems, self.library = project, problems, library
        self.aliases = library.aliases
        self.broken: set[str] = set()
        """Ids of entries with problems."""
        self.unread: set[str] = set()
        """Kinds of which a file, or an entry's id, could not be read."""
        self.written: list[WrittenEntry] = []
        """Every entry, those with problems too."""
        self._taken: dict[str, EvidenceEntry] = {}
        """By their ids, the entries whose ids are written in them."""
        self._named_by_file: dict[tuple[str, str], EvidenceEntry] = {}
        """By kind and id, the entries whose ids are the names of their files."""

    def read_sources(self) -> dict[str, Source]:
        """The sources of the library, by their ids. Those with problems are left out."""
        sources: dict[str, Source] = {}
        if self.library.unread:
            self.unread.add("sources")
        for id, document, path in self.library.written_readings:
            self.written.append(WrittenEntry("readings", id, document, path))
        for item in self.library.items:
            exported = item.is_exported
            self.written.append(WrittenEntry("sources", item.id, item.document, item.path, item.key, exported))
            report_turned_text(item, self.problems)
            source = validate(Source, item.document, item.path, self.problems)
            if source is None or source.id in self.library.broken:
                self._note_broken("sources", item.id)
            elif self._take_id("sources", source, False):
                sources[source.id] = source
        return sources

    def read(self, kind: str, model: type[E]) -> dict[str, E]:
        """The entries of one kind, by their ids. Entries with problems are left out."""
        entries: dict[str, E] = {}
        for document in self._read_documents(kind):
            if self.aliases:
                _resolve_aliases(document.root, self.aliases)
            for path, given in _find_entries(document, kind, self.problems):
                id = self._id_of(document, path, given)
                self.written.append(WrittenEntry(kind, id, document, path))
                entry = validate(model, document, path, self.problems, given=given)
                if entry is None:
                    self._note_broken(kind, id)
                elif self._take_id(kind, entry, bool(given)):
                    entries[entry.id] = entry
        return entries

    def _id_of(self, document: Document, path: NodePath, given: Mapping[str, str]) -> str | None:
        """The id of an entry as written, or as its file's name gives it; ``None`` where it is none."""
        node = document.root.find((*path, "id"))
        id = (node.value if node else None) or given.get("id")
        return id if isinstance(id, str) and re.match(IDENTIFIER, id) else None

    def _note_broken(self, kind: str, id: str | None) -> None:
        """Keep the ``id`` of an entry with problems, or that the kind has an entry whose id is not known."""
        if id is None:
            self.unread.add(kind)
        else:
            self.broken.add(id)

    def _take_id(self, kind: str, entry: EvidenceEntry, named_by_file: bool) -> bool:
        """Take the id of ``entry``. Returns whether it was free. Problems: ``id-twice``, ``reserved-id``."""
        if match := RESERVED.match(entry.id):
            message = f"'{entry.id}' begins as a reference to {RESERVED_NOUNS[match[1].lower()]} does"
            self.problems.error("reserved-id", message, entry.place("id"), f"name it '{entry.id[match.end() :]}'")
        first = self._taken.get(entry.id) or self._named_by_file.get((kind, entry.id))
        if first is not None:
            place = first.place("id")
            message = f"id '{entry.id}' is used twice"
            hint = f"first in {place.file}:{place.span.line}; ids are unique over the whole evidence base"
            self.problems.error("id-twice", message, entry.place("id"), hint)
            self.broken.add(entry.id)
            return False
        if named_by_file:
            self._named_by_file[kind, entry.id] = entry
        else:
            self._taken[entry.id] = entry
        return True

    def _read_documents(self, kind: str) -> Iterator[Document]:
        """The documents of a kind: ``seeds/KIND.yaml``, and every file in ``seeds/KIND/``."""
        folder = self.project.seeds / kind
        paths = [path for path in (folder.with_suffix(".yaml"), folder.with_suffix(".yml")) if path.exists()]
        endings = (".md",) if kind == "sections" else (".yaml", ".yml")
        paths += [folder / name for name in names_in(folder) if Path(name).suffix in endings]
        for path in paths:
            document = self._read_document(path)
            if document is None:
                self.unread.add(kind)
            else:
                yield document

    def _read_document(self, path: Path) -> Document | None:
        if path.suffix == ".md":
            return read_markdown(path, self.problems)
        return read_yaml(path, self.problems, what="seeds")


def _find_entries(document: Document, kind: str, problems: Problems) -> Iterator[tuple[NodePath, dict[str, str]]]:
    """The path of every entry in ``document``, with the keys that the name of the file gives it."""
    value = document.root.value
    stem = document.path.stem
    if isinstance(value, list):
        for index in range(len(value)):
            yield (index,), {}
    elif isinstance(value, dict) and stem != kind:
        yield (), ({"id": stem} if kind in ONE_PER_FILE else {})
    else:
        message = f"{kind} want a list of entries"
        problems.error("wrong-type", message, document.place(), "start every entry with '- id: …'")


def _resolve_aliases(node: Node, aliases: Mapping[str, str], key: str = "") -> None:
    """Write the ids of sources in the place of citation-keys, below keys that name sources. ``node`` is changed in place."""
    if isinstance(node.value, dict):
        for inner, child in node.value.items():
            _resolve_aliases(child, aliases, inner)
    elif isinstance(node.value, list):
        for child in node.value:
            _resolve_aliases(child, aliases, key)
    elif key in NAMING_SOURCES and isinstance(node.value, str):
        node.value = aliases.get(node.value, node.value)


def _report_unknown_files(seeds: Path, problems: Problems) -> None:
    """Report files that no kind reads: their names are most likely misspelt."""
    for path in (seeds / name for name in names_in(seeds)):
        if (
            path.stem in (*KINDS, "readings")
            or path.name.startswith((".", "_"))
            or path.suffix.lower() not in ("", ".yaml", ".yml", ".md")
        ):
            continue
        if path.is_dir() and not any(fnmatch(name, "*.y*ml") for name in names_in(path)):
            continue
        hint = did_you_mean(path.stem, KINDS)
        problems.error("unknown-file", f"no kind of evidence is called '{path.stem}'", Place(display_name(path)), hint)


def _read_chart_rows(
    project: Project, charts: Iterable[Chart], problems: Problems
) -> tuple[dict[str, ChartRows], set[str]]:
    """The rows that charts bring along, by the ids of the charts, and the ids of charts whose rows have problems."""
    with_rows = [chart for chart in charts if {"rows", "data"} & set(chart.model_extra or ())]
    tables = [validate_as(ChartRows, chart, problems, given={"id": chart.id}) for chart in with_rows]
    rows = read_rows(project, [table for table in tables if table is not None], problems)
    return rows, {chart.id for chart in with_rows} - rows.keys()


def _with_data(tables: Mapping[str, DesignedTable], charts: Mapping[str, Chart]) -> frozenset[str]:
    """The sources of which data files are held, which count as their texts."""
    named = [table.source for table in tables.values() if table.data is not None]
    named += [chart.source for chart in charts.values() if "data" in (chart.model_extra or ())]
    return frozenset(source for source in named if source is not None)


def _drop_entries(evidence: Evidence, ids: set[str]) -> Evidence:
    """``evidence`` without the entries of these ``ids``, which have problems that are reported already."""
    return replace(
        evidence,
        quotes=_without(evidence.quotes, ids),
        events=_without(evidence.events, ids),
        claims=_without(evidence.claims, ids),
        images=_without(evidence.images, ids),
        tables=_without(evidence.tables, ids),
        charts=_without(evidence.charts, ids),
        broken=evidence.broken | ids,
    )


def _without(entries: Mapping[str, E], ids: set[str]) -> Mapping[str, E]:
    return MappingProxyType({id: entry for id, entry in entries.items() if id not in ids})
