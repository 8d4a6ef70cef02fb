"""Figures drawn before, in the cache of a project.

A drawing is kept under a hash of everything that it is made of but the evidence: the chart as validated, labels, width,
language, style with its fonts, our own code, that of its kind, and the packages that draw. What it reads of the
evidence base is recorded while it is drawn, kept beside it, and compared before it is taken. So an event's new date
redraws the timelines that show it and nothing else, and no kind of chart has to say what it reads.

A drawing that is damaged, or was kept by somebody else, is made anew (:mod:`c6brief.documents.cache`).
"""

from __future__ import annotations

import hashlib
import importlib.metadata
import json
import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from dataclasses import astuple, fields, replace
from functools import lru_cache
from pathlib import Path
from typing import Any

from pydantic import BaseModel

from c6brief.documents.cache import Kind, ProjectCache
from c6brief.evidence.base import Evidence
from c6brief.figures.drawing.style import Style
from c6brief.figures.kinds import ChartOptions, DrawContext
from c6brief.figures.registry import is_built_in, kind_named, kind_of

DRAWINGS = Kind("drawing", most_files=500, most_bytes=50_000_000)
"""Drawings in the cache. One has about 20 kB."""

PACKAGES = ("matplotlib", "numpy", "shapely", "babel", "coloraide", "pydantic", "pillow", "pypdfium2", "cssselect2")
"""What else decides how a figure looks."""

ALL = ""
"""In place of an id: all ids of a kind were read."""

Read = tuple[str, str]
"""What was read: a field of the evidence, and an id or :data:`ALL`."""


class FigureCache:
    """The drawings in ``cache``. ``hits`` counts the drawings found in it, ``misses`` those that had to be drawn."""

    def __init__(self, cache: ProjectCache) -> None:
        self.cache = cache
        self.hits = self.misses = 0

    def drawing(
        self, options: ChartOptions, context: DrawContext, draw: Callable[[DrawContext], str | None]
    ) -> str | None:
        """The drawing of ``options``: the one kept, or what ``draw`` makes. ``None`` from ``draw`` is not kept."""
        key = key_of(options, context)
        kept = _read(self.cache.read(DRAWINGS, key), context.evidence)
        if kept is not None:
            self.hits += 1
            return kept
        self.misses += 1
        reads: set[Read] = set()
        svg = draw(replace(context, evidence=recording(context.evidence, reads)))
        if svg is not None:
            self._keep(key, svg, sorted(reads), context.evidence)
        return svg

    def _keep(self, key: str, svg: str, reads: list[Read], evidence: Evidence) -> None:
        entry = {"reads": reads, "read": _digest_of(reads, evidence), "svg": svg}
        self.cache.write(DRAWINGS, key, json.dumps(entry, ensure_ascii=False).encode())


def key_of(options: ChartOptions, context: DrawContext) -> str:
    """A hash of all that a drawing is made of, but for the evidence that it reads."""
    parts = {
        "options": options.model_dump(mode="json"),
        "width": context.width_mm,
        "language": str(context.words.locale),
        "labels": dict(context.labels),
        "style": astuple(_placeless(context.style)),
        "extent": context.extent,
        "code": code_digest(),
        "kind": _digest_of_extension(options.kind),
        "made of": kind_of(options).digest(options),
    }
    return _sha256(json.dumps(parts, sort_keys=True, ensure_ascii=False))


def _placeless(style: Style) -> Style:
    """The style with fonts named by what they hold: a project that was moved keeps its figures."""
    return replace(style, faces=tuple(replace(face, path=face.sha256 or Path(face.path).name) for face in style.faces))


@lru_cache(maxsize=1)
def code_digest() -> str:
    """A hash of our own code and assets that draw, and the versions of the packages that do."""
    room = Path(__file__).parent
    files = [
        *room.rglob("*.py"),
        *(room.parent / "evidence").glob("*.py"),  # strengths and dates are drawn
        *(room.parent / "documents" / "images").glob("*.py"),
        *(room.parent / "assets" / "fonts").glob("*.ttf"),
        *(room.parent / "assets" / "map").glob("*"),
    ]
    whole = hashlib.sha256()
    for path in sorted(files):
        whole.update(path.relative_to(room.parent).as_posix().encode() + b"\0" + path.read_bytes())
    versions = []
    for package in PACKAGES:
        with suppress(importlib.metadata.PackageNotFoundError):
            versions.append(f"{package} {importlib.metadata.version(package)}")
    return f"{whole.hexdigest()} {', '.join(versions)}"


@lru_cache(maxsize=16)
def _digest_of_extension(kind: str) -> str:
    """A hash of the other package that brings ``kind``; empty for kinds of ours."""
    found = kind_named(kind)
    if found is None or is_built_in(found):
        return ""
    module = type(found).__module__
    top = getattr(sys.modules[module.partition(".")[0]], "__file__", None)  # none in a namespace package
    path = Path(top or sys.modules[module].__file__ or "")
    files = path.parent.rglob("*") if path.name == "__init__.py" else [path]
    whole = hashlib.sha256(module.encode())
    for path in sorted(file for file in files if file.is_file() and file.suffix != ".pyc"):
        whole.update(path.as_posix().encode() + b"\0" + path.read_bytes())
    return whole.hexdigest()


class _Recording(Mapping[str, Any]):
    """Entries of one kind; what is read of them is added to ``reads``."""

    def __init__(self, name: str, entries: Mapping[str, Any], reads: set[Read]) -> None:
        self._name, self._entries, self._reads = name, entries, reads

    def __getitem__(self, id: str) -> Any:
        self._reads.add((self._name, id))
        return self._entries[id]

    def __contains__(self, id: object) -> bool:
        self._reads.add((self._name, str(id)))
        return id in self._entries

    def __iter__(self) -> Iterator[str]:
        self._reads.add((self._name, ALL))
        return iter(self._entries)

    def __len__(self) -> int:
        self._reads.add((self._name, ALL))
        return len(self._entries)


def recording(evidence: Evidence, reads: set[Read]) -> Evidence:
    """``evidence`` that adds to ``reads`` what is read of it."""
    kinds = {field.name: getattr(evidence, field.name) for field in fields(evidence)}
    recorded: dict[str, Any] = {
        name: _Recording(name, kind, reads) for name, kind in kinds.items() if isinstance(kind, Mapping)
    }
    return replace(evidence, **recorded)


def _digest_of(reads: list[Read], evidence: Evidence) -> str:
    """A hash of what the evidence holds at ``reads``."""
    parts = []
    for name, id in reads:
        entries = getattr(evidence, name)
        parts.append([name, id, list(entries) if id == ALL else _entry(entries.get(id))])
    return _sha256(json.dumps(parts, ensure_ascii=False))


def _entry(entry: Any) -> str:
    return entry.model_dump_json() if isinstance(entry, BaseModel) else str(getattr(entry, "sha256", repr(entry)))


def _read(data: bytes | None, evidence: Evidence) -> str | None:
    """The drawing in an entry of the cache, if there is one and the evidence is what it was."""
    if data is None:
        return None
    entry = json.loads(data)
    reads = [(name, id) for name, id in entry["reads"]]
    return str(entry["svg"]) if entry["read"] == _digest_of(reads, evidence) else None


def _sha256(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()
