"""Libraries in other formats than CSL: BibTeX, BibLaTeX and RIS, as Pandoc converts them to CSL JSON.

Pandoc is a program of its own, that of the package ``pypandoc_binary`` (the extra ``pandoc``) or one on the PATH. It is
run by :mod:`c6brief.documents.pandoc`. What it wrote is kept in the cache, by the hash of the file and
that of the program's own version.
"""

from __future__ import annotations

import hashlib
import os
import re
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from c6brief.documents.cache import Kind
from c6brief.documents.document import Document, Node
from c6brief.documents.files import decode, display_name, read_bytes
from c6brief.documents.jsontext import compose_json
from c6brief.documents.pandoc import PandocError, find_pandoc, run_pandoc
from c6brief.documents.problems import Place, Problems, Span, quote
from c6brief.documents.project import Project

CONVERTED = (".bib", ".bibtex", ".biblatex", ".ris")
"""How the names of such files end."""

LIBRARIES = Kind("library", most_files=20)

_ENTRY = re.compile(r"^[ \t]*@(?!(?:comment|string|preamble)\b)\w+\s*[{(]\s*([^\s,{}]+)\s*,", re.I | re.M)
_RECORD = re.compile(r"^TY  - ", re.M)
_BIBLATEX = re.compile(
    r"^[ \t]*(?:date|journaltitle|location|shorthand|eprinttype|langid|options)\s*=|^[ \t]*@(?:online|report|thesis|mv\w+)\s*\{",
    re.I | re.M,
)
_SUBSCRIPT, _SUPERSCRIPT = (re.compile(rf"\$(?:{{\}})?{mark}\{{?(\w+)\}}?\$") for mark in ("_", r"\^"))
"""Formulas of TeX that Pandoc leaves as they are: ``CO$_2$``."""
_AT = re.compile(r"\(?line (\d+), column (\d+)\)?:?")


def read_converted(path: Path, project: Project, problems: Problems, largest: int) -> Document | None:
    """The document of a library of at most ``largest`` bytes, its items as CSL; ``None`` after a problem.

    Every value of an item stands where the item begins in the file. Problems: ``no-pandoc``, ``unread-library``, those of
    :func:`~c6brief.documents.files.read_bytes` and :func:`~c6brief.documents.files.decode`.
    """
    data = read_bytes(path, problems, what="library", largest=largest)
    text = None if data is None else decode(data, path, problems, what="library", allows_mark=True)
    if text is None:
        return None
    place = Place(display_name(path))
    pandoc = find_pandoc()
    if pandoc is None:
        hint = "pip install 'c6brief[pandoc]'; or export the library as CSL JSON, which needs nothing"
        problems.error("no-pandoc", f"a {path.suffix} file is read by Pandoc, which is not installed", place, hint)
        return None
    written = _convert(text, _format_of(path, text), pandoc, project, place, problems)
    converted = None if written is None else compose_json(written, path, problems)
    if converted is None or not isinstance(converted.root.value, list):
        return None
    plain = [node.to_plain() for node in converted.root.value]
    items = [_placed(item, span) for item, span in zip(plain, _spans_of(path, text, plain), strict=True)]
    return Document(path, text, Node(Span(), items))


def _format_of(path: Path, text: str) -> str:
    if path.suffix.lower() == ".ris":
        return "ris"
    is_biblatex = path.suffix.lower() == ".biblatex" or _BIBLATEX.search(text)
    return "biblatex" if is_biblatex else "bibtex"


def _convert(text: str, form: str, pandoc: str, project: Project, place: Place, problems: Problems) -> str | None:
    """The CSL JSON of a library; ``None`` after the problem ``unread-library``."""
    state = os.stat(pandoc)
    version = f"{pandoc} {state.st_size} {state.st_mtime_ns}"
    key = f"{form} {hashlib.sha256(text.encode()).hexdigest()} {version}"
    kept = project.cache.read(LIBRARIES, key)
    if kept is not None:
        return kept.decode()
    hint = "mend that entry where it comes from, or export the library as CSL JSON"
    try:
        written = run_pandoc([f"--from={form}", "--to=csljson"], text.encode())
    except PandocError as reason:
        said = reason.said
        if not said:
            rule = "unread-library" if reason.rule == "pandoc-failed" else reason.rule
            problems.error(rule, str(reason), place, reason.hint or hint)
            return None
        at = _AT.search(said)
        if at:
            line, column = int(at[1]), int(at[2])
            lines = text.split("\n")
            shown = lines[line - 1] if 0 < line <= len(lines) else ""
            place = Place(place.file, Span(line, column, line, column + 1), shown)
        last = said[at.end() :].strip() if at else said
        problems.error("unread-library", f"Pandoc cannot read this library: {quote(last)}", place, hint)
        return None
    project.cache.write(LIBRARIES, key, written)
    return written.decode("utf-8", "replace")


def _spans_of(path: Path, text: str, items: Sequence[Any]) -> list[Span]:
    """The span of each of the ``items``, in order: of the entry with its key, or of the record; else the first character."""
    if path.suffix.lower() == ".ris":
        records = [_span(text, found.start(), 6) for found in _RECORD.finditer(text)]
        return records if len(records) == len(items) else [Span()] * len(items)
    entries: dict[str, Span] = {}
    for found in _ENTRY.finditer(text):
        entries.setdefault(found[1], _span(text, found.start(1), len(found[1])))
    return [entries.get(str(item.get("id")), Span()) for item in items]


def _span(text: str, at: int, length: int) -> Span:
    line, column = text.count("\n", 0, at) + 1, at - text.rfind("\n", 0, at)
    return Span(line, column, line, column + length)


def _placed(value: Any, span: Span) -> Node:
    """A plain value as a node, all of which stands at ``span``."""
    if isinstance(value, dict):
        return Node(span, {key: _placed(each, span) for key, each in value.items()}, dict.fromkeys(value, span))
    if isinstance(value, str) and "$" in value:
        value = _SUPERSCRIPT.sub(r"<sup>\1</sup>", _SUBSCRIPT.sub(r"<sub>\1</sub>", value))
    return Node(span, [_placed(each, span) for each in value] if isinstance(value, list) else value)
