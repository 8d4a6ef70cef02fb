"""Where a template's files are found: the project's folder first, then the one that c6brief ships, file by file.

A project that holds nothing but ``templates/policy-brief/type.css`` gets the shipped policy brief in its own type.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path, PurePosixPath

import c6brief
from c6brief.documents.lookups import report_lookup
from c6brief.documents.project import inside

MAIN = "brief.html.j2"
"""The file that a template starts with."""

SHIPPED = "c6brief:"
"""The prefix that always means a shipped file: ``c6brief:policy-brief/brief.html.j2``."""


def shipped_templates() -> Path:
    """The templates of c6brief: in the package (a wheel) or at the top of the repository (a checkout)."""
    package = Path(c6brief.__file__).resolve().parent
    packed = package / "templates"
    return packed if packed.is_dir() else package.parents[1] / "templates"


def template_names(project_templates: Path | None) -> list[str]:
    """Every template that exists: a folder with the main file, in the project or shipped."""
    roots = [root for root in (project_templates, shipped_templates()) if root is not None and root.is_dir()]
    return sorted({main.parent.name for root in roots for main in root.glob(f"*/{MAIN}")})


@dataclass
class Search:
    """The folders of one template, in the order in which they are searched.

    ``folders`` grows while a page is rendered: a template that extends another one gets the other's files
    wherever it has none of its own, style sheets and blocks alike.
    """

    project: Path | None
    folders: list[Path]

    @classmethod
    def of(cls, template: str, project_templates: Path | None) -> Search:
        """The search that starts in the folders of ``template``."""
        search = cls(project_templates, [])
        search.follow(template)
        return search

    def follow(self, name: str) -> None:
        """Also search the folders of the template that ``name`` (``other/brief.html.j2``) lies in."""
        shipped = name.startswith(SHIPPED)
        top = PurePosixPath(name.removeprefix(SHIPPED)).parts[:1]
        for root in (None if shipped else self.project, shipped_templates()):
            if root is not None and top and (folder := root / top[0]) not in self.folders:
                self.folders.append(folder)

    def file(self, name: str) -> Path | None:
        """The file that ``name`` means, or ``None``: never one outside of the folders of templates.

        ``blocks/quote.html.j2`` is searched in the template's folders, ``other/brief.html.j2`` in the other
        template's, and ``c6brief:other/brief.html.j2`` only among the shipped ones.
        """
        if name.startswith(SHIPPED):
            return below(shipped_templates(), name.removeprefix(SHIPPED))
        roots = [*self.folders, self.project, shipped_templates()]
        return next((found for root in roots if root is not None and (found := below(root, name))), None)


def below(root: Path, name: str) -> Path | None:
    """The file ``name`` below ``root``, unless it is missing or lies elsewhere (``..``, links)."""
    if not name or "\0" in name or "\\" in name or name.startswith("/") or ".." in PurePosixPath(name).parts:
        return None
    path = report_lookup(root / name)
    try:
        return path if path.is_file() and inside(path, root) else None
    except OSError:  # a name that is too long
        return None
