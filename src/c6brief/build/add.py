"""``add``: files of others become texts of sources, originals kept beside, and proposals; all of it or nothing."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from c6brief.build.limits import begin_brief
from c6brief.documents.boundary import OutsideProject
from c6brief.documents.entries import IDENTIFIER
from c6brief.documents.files import display_name, read_bytes, report_outside
from c6brief.documents.folders import names_in
from c6brief.documents.problems import Place, Problems
from c6brief.documents.project import Project
from c6brief.documents.survey import survey_project
from c6brief.documents.writing import write_all_beside
from c6brief.evidence.base import KINDS, Evidence
from c6brief.evidence.matching import SourceText
from c6brief.evidence.seeds import load_evidence
from c6brief.ingest.changes import report_lost
from c6brief.ingest.formats import read_any
from c6brief.ingest.found import Findings
from c6brief.ingest.proposal_file import Origin, slug, write_proposals
from c6brief.ingest.proposing import guess_language, issued_of, propose, type_of
from c6brief.ingest.read_file import ReadFile

SUMS = "SHA256SUMS"
"""The file with the hashes of originals, in the form of ``sha256sum``."""


@dataclass(frozen=True)
class Added:
    """What was made of one file: the paths written, what was cleaned, and what is proposed."""

    id: str
    text: Path
    original: Path
    proposal: Path | None
    words: int
    pages: int
    cleaned: dict[str, int]
    counts: dict[str, int]
    is_unchanged: bool = False


@dataclass
class _Batch:
    """What all files together will write."""

    project: Project
    evidence: Evidence
    problems: Problems
    files: dict[Path, bytes] = field(default_factory=dict)
    added: list[Added] = field(default_factory=list)
    sums: dict[str, str] = field(default_factory=dict)
    hashes: dict[str, str] = field(default_factory=dict)
    """By the hash of a text that is replaced, that of the new one."""


def add(
    paths: Sequence[Path], project: Project, problems: Problems, *, name: str = "", replaces: bool = False
) -> list[Added]:
    """Add the files at ``paths`` to ``project``. Nothing is written while there is an error.

    ``name`` is the id of the source of a single file; ``replaces``: a text that is held and differs is replaced. Problems:
    those of :func:`~c6brief.ingest.formats.read_any`, ``name-taken``, ``bad-name``, ``source-changed``, ``no-longer-holds``,
    ``outside-project``, ``not-writable``.
    """
    if name and not re.match(IDENTIFIER, name):
        problems.error(
            "bad-name", f"'{name}' is no id", Place("--name"), "a letter or digit, then letters, digits and _ . : -"
        )
        return []
    if not survey_project(project, problems):
        return []
    begin_brief(project.seeds)
    batch = _Batch(project, load_evidence(project, Problems()), problems)
    for path in paths:
        begin_brief(path)
        _add(path, name, batch, replaces)
    if problems.errors:
        return []
    _keep_sums(batch)
    _replace_hashes(batch)
    if problems.errors or not write_files(batch.files, problems):
        return []
    return batch.added


def write_files(files: dict[Path, bytes], problems: Problems) -> bool:
    """Write ``files``, all or none. Returns ``False`` after the problem ``outside-project`` or ``not-writable``."""
    try:
        write_all_beside(files)
        return True
    except OutsideProject as reason:
        report_outside(Path(str(reason.filename)), problems)
    except OSError as reason:
        where = (
            display_name(Path(str(reason.filename)))
            if reason.filename and str(reason.filename).startswith("/")
            else "seeds"
        )
        hint = "give yourself the right to write there, or make room"
        problems.error("not-writable", f"nothing could be written: {reason.strerror}", Place(where), hint)
    return False


def _add(path: Path, name: str, batch: _Batch, replaces: bool) -> None:
    found = read_any(path, batch.problems)
    if found is None:
        return
    data, read = found
    text = SourceText(read.text)
    id, known = _id_for(path, name, batch)
    texts = batch.project.seeds / "texts"
    target = texts / f"{id}.txt"
    if target in batch.files:
        message = f"two of the files would be the source '{id}'"
        batch.problems.error("name-taken", message, Place(display_name(path)), "add them one by one, with --name ID")
        return
    original = batch.project.seeds / "originals" / f"{id}{path.suffix.lower()}"
    if target.name in names_in(texts):
        held = read_bytes(target, batch.problems, what="source text")
        if held is None:
            return
        old = SourceText(held.decode("utf-8", "replace").replace("\r\n", "\n"))
        if old.sha256 == text.sha256:
            batch.added.append(_described(id, target, original, None, read, {}, is_unchanged=True))
            return
        _report_changes(id, path, text, batch, replaces)
        if not replaces:
            return
        batch.hashes[old.sha256] = text.sha256
    metadata = replace(
        read.metadata,
        issued=issued_of(text, read.metadata),
        type=type_of(text, read.metadata, is_transcript=read.turns),
    )
    if metadata.issued != read.metadata.issued or metadata.type != read.metadata.type:
        guessed = {key for key in ("issued", "type") if getattr(metadata, key) != getattr(read.metadata, key)}
        metadata = replace(metadata, unsure=metadata.unsure | guessed)
    metadata = metadata.or_else(language=guess_language(text))
    findings = _new(propose(text, metadata, batch.evidence, is_transcript=read.turns), id, batch.evidence)
    origin = Origin(id, path.name, f"texts/{id}.txt", text.sha256, known)
    proposal = _free_proposal(id, batch)
    taken = {entry for kind in KINDS for entry in batch.evidence.kind(kind)} | batch.evidence.broken
    written = write_proposals(origin, metadata, findings, taken)
    batch.files[target] = read.text.encode()
    batch.files[original] = data
    batch.files[proposal] = written.replace("proposals/NAME.yaml", f"proposals/{proposal.name}", 1).encode()
    batch.sums[original.name] = hashlib.sha256(data).hexdigest()
    counts = {kind: len(getattr(findings, kind)) for kind in ("quotes", "events", "claims", "tables")}
    batch.added.append(_described(id, target, original, proposal, read, counts))


def _described(
    id: str,
    text: Path,
    original: Path,
    proposal: Path | None,
    read: ReadFile,
    counts: dict[str, int],
    *,
    is_unchanged: bool = False,
) -> Added:
    return Added(
        id, text, original, proposal, len(read.text.split()), len(read.pages), dict(read.cleaned), counts, is_unchanged
    )


def _id_for(path: Path, name: str, batch: _Batch) -> tuple[str, bool]:
    """The id of the source that a file is, and whether the base has a source of that id already."""
    id = name or slug(path.stem) or "source"
    if id in batch.evidence.sources:
        return id, True
    if f"{id}.txt" in names_in(batch.project.seeds / "texts"):
        return id, False
    number, free = 1, id
    while batch.evidence.entry(free) is not None or free in batch.evidence.broken:
        number += 1
        free = f"{id}-{number}"
    return free, False


def _report_changes(id: str, path: Path, text: SourceText, batch: _Batch, replaces: bool) -> None:
    """Report what no longer holds of a source whose text has changed; an error where it is not to be replaced."""
    lost = Problems(severities=batch.problems.severities)
    count = report_lost(id, text, batch.evidence, lost) if id in batch.evidence.sources else 0
    batch.problems.add_all(lost)
    if not replaces:
        held = f"{len(lost)} of {count} entries that rest on it no longer hold" if count else "no entry rests on it"
        message = f"the text of '{id}' differs from the one that is held; {held}"
        hint = "nothing was changed: --replace puts the new text in its place, --name ID adds it as another source"
        batch.problems.error("source-changed", message, Place(display_name(path)), hint)


def _new(found: Findings, id: str, evidence: Evidence) -> Findings:
    """``found`` without the words that entries of the base have of this source already."""
    held = {_bare(quote.text) for quote in evidence.quotes.values() if quote.source == id}
    told = {
        _bare(account.exact) for entry in evidence.statements() for account in entry.accounts if account.source == id
    }
    quotes = tuple(each for each in found.quotes if _bare(each.text) not in held)
    named = {each.person.name for each in quotes}
    return replace(
        found,
        people=tuple(each for each in found.people if each.name in named),
        quotes=quotes,
        events=tuple(each for each in found.events if _bare(each.exact) not in told),
        claims=tuple(each for each in found.claims if _bare(each.exact) not in told),
    )


def _bare(words: str) -> str:
    return " ".join(re.findall(r"\w+", words.casefold()))


def _free_proposal(id: str, batch: _Batch) -> Path:
    """A file for proposals that is not there: what a person has edited is never written over."""
    folder = batch.project.root / "proposals"
    names, number, name = names_in(folder), 1, f"{id}.yaml"
    while name in names:
        number += 1
        name = f"{id}-{number}.yaml"
    return folder / name


def _keep_sums(batch: _Batch) -> None:
    """Add the hashes of the originals to ``seeds/originals/SHA256SUMS``."""
    if not batch.sums:
        return
    folder = batch.project.seeds / "originals"
    lines: dict[str, str] = {}
    if SUMS in names_in(folder):
        held = read_bytes(folder / SUMS, batch.problems, what="list of hashes")
        for line in (held or b"").decode("utf-8", "replace").splitlines():
            found = re.fullmatch(r"([0-9a-fA-F]{64}) [ *](.+)", line)
            if found:
                lines[found[2]] = found[1]
    lines |= batch.sums
    batch.files[folder / SUMS] = "".join(f"{sum}  {name}\n" for name, sum in sorted(lines.items())).encode()


def _replace_hashes(batch: _Batch) -> None:
    """Put the hashes of new texts into the files of sources that have those of the texts they replace; nothing else changes."""
    if not batch.hashes:
        return
    seeds = batch.project.seeds
    names = names_in(seeds)
    paths = [seeds / name for name in names if re.fullmatch(r"(?:sources|readings)\.ya?ml", name)]
    paths += [
        seeds / folder / name
        for folder in ("sources", "readings")
        if folder in names
        for name in names_in(seeds / folder)
    ]
    for path in paths:
        if path.suffix not in (".yaml", ".yml"):
            continue
        data = read_bytes(path, batch.problems, what="seeds")
        new = data
        for old, hash in batch.hashes.items():
            for written in (old, old.upper()):
                new = new.replace(written.encode(), hash.encode()) if new is not None else None
        if new is not None and new != data:
            batch.files[path] = new
