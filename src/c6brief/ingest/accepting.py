"""What a person has accepted in a proposal becomes new texts of files of ``seeds/``. Nothing is written here."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from c6brief.documents.document import Document, Node
from c6brief.documents.entries import IDENTIFIER
from c6brief.documents.files import display_name, read_bytes
from c6brief.documents.folders import names_in
from c6brief.documents.problems import Place, Problems, did_you_mean
from c6brief.documents.project import Project
from c6brief.evidence.base import Evidence
from c6brief.ingest.insertion import Inserted, NewEntry, insert_entries, lines_of_item

KINDS = ("sources", "organisations", "people", "scopes", "quotes", "events", "claims", "tables", "charts")
"""The sections of a proposal, in the order in which they are written: none refers to one behind it but a chart."""

IN_FILES = ("tables", "charts")
"""Kinds whose entries are a file each."""


@dataclass
class Acceptance:
    """What an accepted proposal changes: the new text of each file, and what lies behind its lines."""

    files: dict[Path, Inserted] = field(default_factory=dict)
    ends: dict[Path, str] = field(default_factory=dict)
    """By path, how the lines of the file end."""
    counts: dict[str, int] = field(default_factory=dict)
    known: int = 0
    """Accepted items that the evidence base holds already, word for word."""

    def data(self) -> dict[Path, bytes]:
        """The bytes of each file, in the order in which they are to be written."""
        return {path: each.text.replace("\n", self.ends[path]).encode() for path, each in self.files.items()}


def accept(document: Document, project: Project, evidence: Evidence, problems: Problems) -> Acceptance:
    """The changes that a proposal, as read, asks for.

    Problems: ``wrong-type``, ``unknown-key``, ``missing-key``, ``bad-value``, ``id-twice``, ``cannot-insert``.
    """
    acceptance = Acceptance()
    root = document.root.value
    if not isinstance(root, dict):
        problems.error(
            "wrong-type", "a proposal has sections: sources, people, quotes, …", document.place(), "see docs/add.md"
        )
        return acceptance
    for kind in root:
        if kind not in KINDS:
            place = document.place((kind,), key=True)
            problems.error("unknown-key", f"no section '{kind}' in a proposal", place, did_you_mean(kind, KINDS))
    for kind in KINDS:
        entries = _accepted(document, kind, evidence, acceptance, problems) if kind in root else []
        if entries:
            acceptance.counts[kind] = len(entries)
            if kind in IN_FILES:
                _make_files(entries, project, acceptance, document, problems)
            else:
                _put_into_list(kind, entries, project, acceptance, document, problems)
    return acceptance


def _accepted(
    document: Document, kind: str, evidence: Evidence, acceptance: Acceptance, problems: Problems
) -> list[NewEntry]:
    """The accepted entries of a section that the base does not hold already."""
    section = document.root.value[kind]
    if section.value is None:
        return []
    if not isinstance(section.value, list):
        problems.error(
            "wrong-type", f"{kind} want a list of items", document.place((kind,)), "start every item with '- accept: …'"
        )
        return []
    begins = [each.span.line for each in section.value]
    later = [span.line for span in document.root.keys.values() if begins and span.line > begins[-1]]
    ends = [*begins[1:], min(later) if later else len(document.text.split("\n")) + 1]
    found = []
    for number, (item, end) in enumerate(zip(section.value, ends, strict=True)):
        entry = _entry(document, kind, number, item, end, evidence, problems)
        if entry is None:
            continue
        if _is_known(entry, evidence):
            acceptance.known += 1
        elif not _is_taken(entry, evidence, document.place((kind, number, "id")), problems):
            found.append(entry)
    return found


def _entry(
    document: Document, kind: str, number: int, item: Node, end: int, evidence: Evidence, problems: Problems
) -> NewEntry | None:
    """An item as a new entry; ``None`` where it is not accepted, and after problems."""
    place = document.place((kind, number))
    if not isinstance(item.value, dict):
        problems.error("wrong-type", "an item has keys and values", place, "start it with '- accept: true'")
        return None
    mark = item.value.get("accept")
    if mark is None:
        problems.error(
            "missing-key", "an item says whether it is taken over", place, "add accept: true, or accept: false"
        )
        return None
    if not isinstance(mark.value, bool):
        problems.error(
            "bad-value",
            "accept is true or false",
            document.place((kind, number, "accept")),
            "write accept: true, or accept: false",
        )
        return None
    if not mark.value:
        return None
    id = item.value["id"].value if "id" in item.value else None
    if not isinstance(id, str) or not re.match(IDENTIFIER, id) or (kind in IN_FILES and "/" in id):
        problems.error(
            "missing-key",
            "what is taken over has an id",
            place,
            "add id: a letter or digit, then letters, digits and _ . : -",
        )
        return None
    dropped = ("accept", "id") if kind in IN_FILES else ("accept",)
    lines, origins = lines_of_item(document, item, end, dropped)
    value = {key: each for key, each in item.to_plain().items() if key not in dropped}
    return NewEntry(kind, id, tuple(lines), tuple(origins), value)


def _is_known(entry: NewEntry, evidence: Evidence) -> bool:
    """Whether the base holds an entry of that kind, id and value, as after a run that was interrupted."""
    known = evidence.written.of_id(entry.id) if evidence.written else []
    return any(
        each.kind == entry.kind and each.node is not None and each.node.to_plain() == entry.value for each in known
    )


def _is_taken(entry: NewEntry, evidence: Evidence, place: Place, problems: Problems) -> bool:
    """Whether the id of an entry of a list is that of another one. Problem: ``id-twice``."""
    known = evidence.written.of_id(entry.id) if evidence.written and entry.kind not in IN_FILES else []
    first = next((each for each in known if each.kind not in (*IN_FILES, "sections")), None)
    if first is None:
        return False
    hint = f"first in {first.file}:{max(1, first.begins[0])}; if it is the same, write accept: false here"
    problems.error("id-twice", f"id '{entry.id}' is used twice", place, hint)
    return True


def _put_into_list(
    kind: str,
    entries: Sequence[NewEntry],
    project: Project,
    acceptance: Acceptance,
    document: Document,
    problems: Problems,
) -> None:
    path = _list_file(kind, project, document.path.stem)
    text = _read(path, acceptance, problems)
    if text is None:
        return
    made = insert_entries(text, kind, entries, path)
    if made is not None:
        acceptance.files[path] = made
    else:
        message = f"nothing can be put into {display_name(path)}: its list is not written with a dash for each entry"
        hint = "write it so, an entry beginning with '- id: …', or mend what check says of it"
        problems.error("cannot-insert", message, Place(display_name(path)), hint)


def _make_files(
    entries: Sequence[NewEntry], project: Project, acceptance: Acceptance, document: Document, problems: Problems
) -> None:
    for entry in entries:
        folder = project.seeds / entry.kind
        path = folder / f"{entry.id}.yaml"
        if path.name in names_in(folder) or path in acceptance.files:
            place = Place(display_name(document.path))
            problems.error(
                "id-twice", f"there is a file {display_name(path)} already", place, f"give '{entry.id}' another id"
            )
            continue
        text = "\n".join(entry.lines) + "\n"
        acceptance.files[path] = Inserted(text, dict(enumerate(entry.origins, 1)))
        acceptance.ends[path] = "\n"


def _list_file(kind: str, project: Project, name: str) -> Path:
    """The file that new entries of a kind go to: its one file, else one of this name in its folder, else a new one file."""
    names = names_in(project.seeds)
    for single in (f"{kind}.yaml", f"{kind}.yml"):
        if single in names:
            return project.seeds / single
    is_library = kind == "sources" and any(f"sources{ending}" in names for ending in (".json", ".bib", ".ris"))
    return project.seeds / kind / f"{name}.yaml" if kind in names or is_library else project.seeds / f"{kind}.yaml"


def _read(path: Path, acceptance: Acceptance, problems: Problems) -> str | None:
    """The text of a file with its lines ended by LF; empty where there is none, ``None`` after a problem."""
    if path.name not in names_in(path.parent):
        acceptance.ends[path] = "\n"
        return ""
    data = read_bytes(path, problems, what="seeds")
    if data is None:
        return None
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError:
        problems.error("not-utf-8", "this file is not UTF-8", Place(display_name(path)), "save it again as UTF-8")
        return None
    ends = "\r\n" if "\r\n" in text else "\n"
    if ends == "\r\n" and text.count("\r\n") != text.count("\n"):
        hint = "save it with one kind of line ends"
        problems.error(
            "cannot-insert", "some lines of this file end with CR LF, others with LF", Place(display_name(path)), hint
        )
        return None
    acceptance.ends[path] = ends
    return text.replace("\r\n", "\n")


def problem_place(place: Place, origins: Mapping[str, Inserted], proposal: Document) -> Place | None:
    """Where a proposal wrote what stands at ``place`` of a file with new entries; ``None`` for what it did not write."""
    made = origins.get(place.file)
    line = made.origins.get(place.span.line) if made else None
    if line is None:
        return None
    written = proposal.text.split("\n")[line - 1]
    shift = len(written) - len(written.lstrip()) - (len(place.line_text) - len(place.line_text.lstrip()))
    if (
        place.line_text.strip() and place.line_text.strip() not in written
    ):  # the first line of an entry, or one written anew
        bare = place.line_text.strip().removeprefix("- ")
        at = written.find(bare)
        shift = at - place.line_text.find(bare) if at >= 0 else 0
    span = place.span
    moved = replace(
        span,
        line=line,
        end_line=line + span.end_line - span.line,
        column=max(1, span.column + shift),
        end_column=max(2, span.end_column + shift),
    )
    return Place(display_name(proposal.path), moved, written, place.name)
