"""The files of a template, found without rendering it: what a designer has written, for checks to read."""

from __future__ import annotations

import os
import re
from pathlib import Path

from c6brief.pages.search import MAIN, Search

_NAMED = re.compile(r"""\{%-?\s*(?:extends|include|import|from)\s+["']([^"']+)["']""")
"""A template file named by another one, where its name is written out."""


def template_files(template: str, project_templates: Path | None) -> tuple[list[Path], list[Path]]:
    """The style sheets and the Jinja files of ``template``, each as the search finds it, by name.

    ``style.css`` comes last of its kind: it imports the others. Those of a template that it extends or includes from are
    among them where it has none of its own. What cannot be read says nothing here: rendering reports it.
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
    found = _files(search)
    styles = sorted((path for path in found if path.suffix == ".css"), key=lambda path: path.name == "style.css")
    return styles, sorted({*(path for path in found if path.suffix == ".j2"), *read})


def _files(search: Search) -> list[Path]:
    """Every style sheet and Jinja file of the search's folders, by name; of several of one name the one found first."""
    files: dict[str, Path] = {}
    for top in search.folders:
        for here, _, names in os.walk(top):
            for name in names:
                path = Path(here, name)
                if name.endswith((".css", ".j2")) and path.is_file():
                    files.setdefault(path.relative_to(top).as_posix(), path)
    return [files[name] for name in sorted(files)]
