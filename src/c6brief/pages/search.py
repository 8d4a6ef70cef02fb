"""The search for the files of a template: each is looked for in the project's folder, and then in that of c6brief.

So a project with the one file ``templates/policy-brief/type.css`` gets the shipped policy brief in its own type. Other
packages may add folders of templates (entry points ``c6brief.templates``): they are looked into last.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from c6brief.documents.boundary import SHIPPED_TEMPLATES, add_root, look_at, read_page_text
from c6brief.documents.extensions import import_extensions
from c6brief.documents.folders import files_below, names_in
from c6brief.documents.lookups import report_lookup
from c6brief.documents.problems import Problem

MAIN = "brief.html.j2"
"""The file of a template that is rendered; it may include others."""

SHIPPED = "c6brief:"
"""The prefix of names of shipped files: ``c6brief:policy-brief/brief.html.j2``."""

_added_folders: list[Path] = []
"""The folders of templates of other packages, in the order of their import."""

_SHIPPED = Path(SHIPPED_TEMPLATES)

_NAMED = re.compile(r"""\{%-?\s*(?:extends|include|import|from)\s+["']([^"']+)["']""")
"""The name of a template file in another one, where it is written out."""


def shipped_templates() -> Path:
    """The folder of the shipped templates."""
    return _SHIPPED


def add_template_folder(folder: Path | str) -> None:
    """Add a folder of templates, each of them a folder with a ``brief.html.j2``. A package calls it when it is imported.

    Raises ``ValueError`` where a template in it has the name of one that c6brief ships.
    """
    folder = Path(folder)
    add_root(folder, is_trusted=True)
    clash = sorted(_names_in(folder) & _names_in(shipped_templates()))
    if clash:
        raise ValueError(f"c6brief has a template '{clash[0]}' of its own")
    if folder not in _added_folders:
        _added_folders.append(folder)


def template_extension_problems() -> tuple[Problem, ...]:
    """Import the packages that add templates, once. Problems: ``broken-extension`` for each that cannot be imported."""
    return import_extensions("c6brief.templates")


def added_templates() -> list[Path]:
    """The folders of templates that other packages add."""
    template_extension_problems()
    return list(_added_folders)


def template_names(project_templates: Path | None) -> list[str]:
    """The names of all templates, of the project, shipped and added: of folders that hold the main file."""
    return sorted({name for root in _roots(project_templates) for name in _names_in(root)})


def is_known_template(name: str, project_templates: Path | None) -> bool:
    """Whether there is a template of that ``name``. Other packages are imported only where it is not ours."""
    return any(name in _names_in(root) for root in _roots(project_templates))


def _roots(project_templates: Path | None) -> Iterator[Path]:
    """The folders of templates, those of other packages last."""
    if project_templates is not None:
        yield project_templates
    yield shipped_templates()
    yield from added_templates()


def _names_in(root: Path) -> set[str]:
    return {name for name in names_in(root) if file_below(root, f"{name}/{MAIN}")}


@dataclass
class TemplateSearch:
    """The folders in which the files of one template are searched for."""

    project: Path | None
    """The project's folder of templates."""
    folders: list[Path]
    """In the order of searching. It grows while a page is rendered: a template that extends another one has the other's
    files where it has none of its own."""

    @classmethod
    def of(cls, template: str, project_templates: Path | None) -> TemplateSearch:
        """The search in the folders of ``template``."""
        search = cls(project_templates, [])
        search.follow(template)
        return search

    def follow(self, name: str) -> None:
        """Search also in the folders of the template of the file ``name``: ``other/brief.html.j2``."""
        top = PurePosixPath(name.removeprefix(SHIPPED)).parts[:1]
        if not top:
            return
        for root in _roots_of(top[0], None if name.startswith(SHIPPED) else self.project):
            if (folder := root / top[0]) not in self.folders:
                self.folders.append(folder)

    def enter(self, name: str, path: Path) -> None:
        """Search also in the folders of the template of the file ``name``, found at ``path``, if it is another one."""
        if ":" in name or not any(path.is_relative_to(folder) for folder in self.folders):
            self.follow(name)

    def list_files(self, *endings: str) -> Iterator[tuple[str, Path]]:
        """The files in the folders with one of these ``endings``, by the names that templates give them."""
        for folder in self.folders:
            for path in map(Path, files_below(folder)):
                if path.name.endswith(endings):
                    yield path.relative_to(os.path.abspath(folder)).as_posix(), path

    def file(self, name: str) -> Path | None:
        """The file of that ``name``; ``None`` where there is none in the folders of templates.

        ``blocks/quote.html.j2`` is searched for in the template's folders, ``other/brief.html.j2`` in those of the
        other template, and ``c6brief:other/brief.html.j2`` only among the shipped templates.
        """
        if name.startswith(SHIPPED):
            return file_below(shipped_templates(), name.removeprefix(SHIPPED))
        here = next((found for folder in self.folders if (found := file_below(folder, name))), None)
        top = PurePosixPath(name).parts[:1]
        if here is not None or not top:
            return here
        return next((found for root in _roots_of(top[0], self.project) if (found := file_below(root, name))), None)


def _roots_of(template: str, project_templates: Path | None) -> list[Path]:
    """The folders in which files of ``template`` may lie: of the project, shipped, and that of a package that adds it."""
    roots = [root for root in (project_templates, shipped_templates()) if root is not None]
    if any((root / template).is_dir() for root in roots):
        return roots
    return [*roots, *(root for root in added_templates() if (root / template).is_dir())]


def file_below(root: Path, name: str) -> Path | None:
    """The file ``name`` below ``root``; ``None`` where it is missing, or lies outside of the project (``..``, links)."""
    if not name or "\0" in name or "\\" in name or name.startswith("/") or ".." in PurePosixPath(name).parts:
        return None
    path = report_lookup(root / name)
    try:
        return path if look_at(path).is_file else None
    except (OSError, ValueError):  # it is missing, its name is too long, or it lies outside
        return None


def find_template_files(template: str, project_templates: Path | None) -> tuple[list[Path], list[Path]]:
    """The style sheets and the Jinja files of ``template``, each as the search finds it, without rendering.

    They are sorted by name, but ``style.css`` is the last sheet, since it imports the others. Files of a template that
    this one extends or includes from are among them where it has none of its own. Files that cannot be read are no
    problem here.
    """
    search = TemplateSearch.of(template, project_templates)
    waiting, read = [MAIN], set[Path]()
    while waiting:
        name = waiting.pop()
        path = search.file(name)
        if path is None or path in read:
            continue
        read.add(path)
        search.enter(name, path)
        waiting += _NAMED.findall(read_page_text(path))
    found = _all_files(search)
    styles = sorted((path for path in found if path.suffix == ".css"), key=lambda path: path.name == "style.css")
    return styles, sorted({*(path for path in found if path.suffix == ".j2"), *read})


def _all_files(search: TemplateSearch) -> list[Path]:
    """All style sheets and Jinja files in the folders of ``search``, sorted by name; of one name the first found."""
    files: dict[str, Path] = {}
    for name, path in search.list_files(".css", ".j2"):
        files.setdefault(name, path)
    return [files[name] for name in sorted(files)]
