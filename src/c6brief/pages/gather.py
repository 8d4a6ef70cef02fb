"""The files of a template, found without rendering it: what a designer has written, for checks to read."""

from __future__ import annotations

import re
from pathlib import Path

from c6brief.pages.search import MAIN, Search

_NAMED = re.compile(r"""\{%-?\s*(?:extends|include|import|from)\s+["']([^"']+)["']""")
"""A template file named by another one, where its name is written out."""


def template_files(template: str, project_templates: Path | None) -> tuple[list[Path], list[Path]]:
    """The style sheets and the Jinja files of ``template``, each as the search finds it, by name.

    ``style.css`` comes last of its kind: it imports the others. Those of a template that it extends or includes from are among them where it has none of its own. What cannot be
    read says nothing here: rendering reports it.
    """
    search = Search.of(template, project_templates)
    waiting, read = [MAIN], set[Path]()
    while waiting:
        name = waiting.pop()
        path = search.file(name)
        if path is None or path in read:
            continue
        read.add(path)
        if not any(path.is_relative_to(folder) for folder in search.folders) or ":" in name:
            search.follow(name)
        waiting += _NAMED.findall(path.read_text(encoding="utf-8", errors="replace"))
    styles = sorted(_all(search, "*.css"), key=lambda path: path.name == "style.css")
    return styles, sorted({*_all(search, "*.j2"), *read})


def _all(search: Search, pattern: str) -> list[Path]:
    names = {found.relative_to(folder).as_posix() for folder in search.folders for found in folder.rglob(pattern)}
    return [path for name in sorted(names) if (path := _first(search, name)) is not None]


def _first(search: Search, name: str) -> Path | None:
    return next((folder / name for folder in search.folders if (folder / name).is_file()), None)
