"""Reading ``seeds/``: every kind of entry from its file or folder, then every reference among them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from types import MappingProxyType

from c6brief.documents.entries import IDENTIFIER, Entry, validate
from c6brief.documents.files import display_name, read_text
from c6brief.documents.lookups import report_lookup
from c6brief.documents.markdown_file import read_markdown
from c6brief.documents.problems import Place, Problems, did_you_mean
from c6brief.documents.project import Project, inside
from c6brief.documents.yamltext import Document, NodePath, read_yaml
from c6brief.evidence.base import KINDS, Evidence
from c6brief.evidence.design import design_holds
from c6brief.evidence.matching import SourceText
from c6brief.evidence.models import (
    UNSTATED,
    Chart,
    ChartRows,
    Claim,
    DesignedTable,
    Event,
    Organisation,
    Person,
    Quote,
    Scope,
    Section,
    Source,
    Table,
)
from c6brief.evidence.rows import with_rows

MODELS: dict[str, type[Entry]] = {
    "sources": Source,
    "people": Person,
    "organisations": Organisation,
    "scopes": Scope,
    "quotes": Quote,
    "events": Event,
    "claims": Claim,
    "tables": DesignedTable,
    "charts": Chart,
    "sections": Section,
}

ONE_PER_FILE = frozenset(("tables", "charts", "sections"))
"""Kinds whose entry may take its id from its file's name. A table and the chart of it may share that name: they are
placed by kind and never cited."""


def load_evidence(project: Project, problems: Problems) -> Evidence:
    """The evidence base of ``project``. What has problems is reported and left out.

    Problems: those of reading and validating, ``id-twice``, ``unknown-id``, ``unknown-file``,
    ``missing-source-text``, ``source-text-changed``, ``outside-project``, ``bad-table``.
    """
    found: dict[str, dict[str, Entry]] = {kind: {} for kind in KINDS}
    taken: dict[str, Entry] = {}
    files: dict[tuple[str, str], Entry] = {}
    broken: set[str] = set()
    unread: set[str] = set()
    _strange_files(project.seeds, problems)
    for kind in KINDS:
        for document in _documents(project, kind, problems, unread):
            for path, given in _entries(document, kind, problems):
                entry = validate(MODELS[kind], document, path, problems, **given)
                if entry is None:
                    id = _id_at(document, path) or given.get("id")
                    broken.add(str(id))
                    if not isinstance(id, str) or not re.match(IDENTIFIER, id):
                        unread.add(kind)
                    continue
                first = taken.get(entry.id) or files.get((kind, entry.id))
                if first is not None:
                    place = first.place("id")
                    message = f"id '{entry.id}' is used twice"
                    hint = f"first in {place.file}:{place.span.line}; ids are unique over the whole evidence base"
                    problems.error("id-twice", message, entry.place("id"), hint)
                    broken.add(entry.id)
                    continue
                found[kind][entry.id] = entry
                if given:
                    files[kind, entry.id] = entry
                else:
                    taken[entry.id] = entry
    if UNSTATED not in found["scopes"]:
        found["scopes"][UNSTATED] = Scope(id=UNSTATED, name="")
    evidence = Evidence(
        **{kind: MappingProxyType(entries) for kind, entries in found.items()},
        texts=MappingProxyType(_texts(project, found["sources"], problems)),
        broken=frozenset(broken),
        unread=frozenset(unread),
    )
    tables = with_rows(project, evidence.tables.values(), problems)
    tables = {id: table for id, table in tables.items() if design_holds(table, table, table, problems)}
    rows, without_rows = _chart_rows(project, evidence, problems)
    broken = evidence.broken | (evidence.tables.keys() - tables.keys())
    evidence = replace(
        evidence, tables=MappingProxyType(tables), chart_rows=MappingProxyType(rows), broken=frozenset(broken)
    )
    return _without(evidence, _lost_references(evidence, problems) | without_rows)


def _chart_rows(project: Project, evidence: Evidence, problems: Problems) -> tuple[dict[str, Table], set[str]]:
    """The rows that charts bring along, by chart id, and the ids of the charts whose rows have problems."""
    bringing = [chart for chart in evidence.charts.values() if {"rows", "data"} & set(chart.model_extra or ())]
    tables = [validate(ChartRows, chart._document, chart._path, problems, id=chart.id) for chart in bringing]
    rows = with_rows(project, [table for table in tables if table is not None], problems)
    return rows, {chart.id for chart in bringing} - rows.keys()


def _strange_files(seeds: Path, problems: Problems) -> None:
    """A file that no kind reads is most likely misspelt: say so rather than leave its entries out in silence."""
    for path in sorted(seeds.iterdir()):
        if (
            path.stem in KINDS
            or path.name.startswith((".", "_"))
            or path.suffix.lower() not in ("", ".yaml", ".yml", ".md")
        ):
            continue
        if path.is_dir() and not any(path.glob("*.y*ml")):
            continue
        hint = did_you_mean(path.stem, KINDS)
        problems.error("unknown-file", f"no kind of evidence is called '{path.stem}'", Place(display_name(path)), hint)


def _documents(project: Project, kind: str, problems: Problems, unread: set[str]) -> Iterator[Document]:
    """The documents of a kind: ``seeds/KIND.yaml``, and every file in ``seeds/KIND/``. A bad file makes it unread."""
    folder = project.seeds / kind
    paths = [path for path in (folder.with_suffix(".yaml"), folder.with_suffix(".yml")) if path.exists()]
    if folder.is_dir():
        endings = (".md",) if kind == "sections" else (".yaml", ".yml")
        paths += sorted(path for path in folder.iterdir() if path.suffix in endings)
    for path in paths:
        if not inside(path, project.root):
            problems.error("outside-project", "the link leads out of the project", Place(display_name(path)))
            unread.add(kind)
            continue
        read = read_markdown(path, problems) if path.suffix == ".md" else read_yaml(path, problems, what="seeds")
        if read is None:
            unread.add(kind)
        else:
            yield read


def _entries(document: Document, kind: str, problems: Problems) -> Iterator[tuple[NodePath, dict]]:
    """The path of every entry in a document, with what the file's name gives it."""
    value = document.root.value
    if kind == "sources" and isinstance(value, dict) and "references" in value:
        value = value["references"].value
        path: NodePath = ("references",)
    else:
        path = ()
    if isinstance(value, list):
        for index in range(len(value)):
            yield (*path, index), {}
    elif isinstance(value, dict) and not path:
        stem = document.path.stem
        if stem == kind:
            hint = "start every entry with '- id: …'"
            message = f"{kind} want a list of entries"
            problems.error("wrong-type", message, document.place(), hint)
        else:
            yield path, ({"id": stem} if kind in ONE_PER_FILE else {})
    else:
        message = f"{kind} want a list of entries"
        problems.error("wrong-type", message, document.place(path), "start every entry with '- id: …'")


def _id_at(document: Document, path: NodePath) -> object:
    node = document.root
    for step in (*path, "id"):
        node = node.child(step) if node else None
    return node.value if node else None


def _texts(project: Project, sources: dict[str, Source], problems: Problems) -> dict[str, SourceText]:
    """The text of every source. One without its text fails closed: nothing of it can be printed."""
    texts = {}
    for source in sources.values():
        if source.custom.text is None:
            message = f"source '{source.id}' has no text: nothing can be checked against it"
            problems.error("missing-source-text", message, source.place("id"), "add custom: {text: texts/….txt}")
            continue
        at = source.place("custom", "text")
        path = report_lookup(project.seeds / source.custom.text)
        if not inside(path, project.root):
            message = f"'{source.custom.text}' lies outside the project"
            problems.error("outside-project", message, at, "keep the text below seeds/")
            continue
        if not path.exists():
            near = did_you_mean(source.custom.text, _below(project.seeds))
            message = f"no source text '{source.custom.text}' below {display_name(project.seeds)}"
            problems.error("missing-source-text", message, at, near)
            continue
        text = read_text(path, problems, what="source text", at=at)
        if text is None:
            continue
        found, recorded = SourceText(text).sha256, source.custom.sha256
        if recorded and recorded.lower() != found:
            message = f"the text of '{source.id}' is not the one that was recorded"
            hint = f"it has sha256 {found}; read it again, and record that if it is right"
            problems.error("source-text-changed", message, source.place("custom", "sha256"), hint)
            continue
        texts[source.id] = SourceText(text)
    return texts


def _below(folder: Path) -> list[str]:
    return [path.relative_to(folder).as_posix() for path in sorted(folder.glob("*/*.txt"))[:200]]


def _lost_references(evidence: Evidence, problems: Problems) -> set[str]:
    """Report every id that names nothing. Returns the ids of the entries that named it."""
    lost: set[str] = set()

    def check(entry: Entry, id: str, kind: str, noun: str, *at: str | int) -> None:
        if id in evidence.kind(kind):
            return
        lost.add(entry.id)
        if not evidence.excuses(id, kind):
            problems.error("unknown-id", f"no {noun} '{id}'", entry.place(*at), did_you_mean(id, evidence.kind(kind)))

    for quote in evidence.quotes.values():
        check(quote, quote.source, "sources", "source", "source")
        if quote.speaker not in evidence.organisations:
            check(quote, quote.speaker, "people", "person", "speaker")
    for kind in ("events", "claims"):
        for entry in evidence.kind(kind).values():
            check(entry, entry.scope, "scopes", "scope", "scope")
            for index, account in enumerate(entry.accounts):
                check(entry, account.source, "sources", "source", "accounts", index, "source")
    for kind in ("tables", "charts"):
        for entry in evidence.kind(kind).values():
            if entry.source is not None:
                check(entry, entry.source, "sources", "source", "source")
    return lost


def _without(evidence: Evidence, lost: set[str]) -> Evidence:
    """The evidence base less the entries of those ids: they have been reported and can name nothing safely."""
    kept = {
        kind: MappingProxyType({id: entry for id, entry in evidence.kind(kind).items() if id not in lost})
        for kind in ("quotes", "events", "claims", "tables", "charts")
    }
    return replace(evidence, **kept, broken=evidence.broken | lost)
