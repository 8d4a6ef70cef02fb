"""``_brand.yml``: the house's settings under ``defaults: c6brief:``, and its logo.

The file follows posit's brand.yml; a file made for another tool may hold keys that are not ours, which is why
only our own part is checked.
"""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from c6brief.documents.entries import Entry, validate
from c6brief.documents.problems import Problems
from c6brief.documents.project import Project, inside
from c6brief.documents.yamltext import Document, read_yaml

OURS = ("defaults", "c6brief")
"""Where our own settings stand in the file."""

RuleSeverity = Literal["error", "warning", "off"]
"""What a project makes of a rule (see ``docs/rules.md``). Which rules there are is known in the rules room alone."""


class Settings(Entry):
    """What a project says once for all its briefs. Every key is optional."""

    publisher: str = ""
    licence: str = ""
    issn: str = ""
    contact: str = ""
    logo: str = Field("", description="an image in the project; brand.yml's own `logo` counts too")
    template: str = "policy-brief"
    language: str = "en"
    rules: dict[str, RuleSeverity] = Field(default_factory=dict, description="severities of rules, by name")


def read_settings(project: Project, problems: Problems) -> Settings:
    """The settings of ``project``; the defaults where it has none, or after a problem."""
    if not project.brand.exists():
        return Settings()
    document = read_yaml(project.brand, problems, what="brand file")
    if document is None:
        return Settings()
    logo = _logo(document)
    settings = Settings(logo=logo)
    defaults = document.root.child("defaults")
    if defaults is not None and defaults.child("c6brief") is not None:
        settings = validate(Settings, document, OURS, problems, logo=logo) or settings
    if settings.logo and not (
        inside(project.root / settings.logo, project.root) and (project.root / settings.logo).is_file()
    ):
        place = document.place(("logo",) if settings.logo == logo else (*OURS, "logo"))
        problems.error(
            "no-such-file", f"no logo '{settings.logo}' in the project", place, "a path from the project's folder"
        )
    return settings


def _logo(document: Document) -> str:
    """brand.yml's ``logo``: a path, or paths by size (https://posit-dev.github.io/brand-yml/brand/logo.html)."""
    logo = document.root.child("logo")
    sizes = [logo.child(size) for size in ("medium", "small", "large")] if logo else []
    return next((str(node.value) for node in [logo, *sizes] if node and isinstance(node.value, str)), "")
