"""``_brand.yml``: the house's settings under ``defaults: c6brief:``.

The file follows posit's brand.yml; a file made for another tool may hold keys that are not ours, which is why
only our own part is checked.
"""

from __future__ import annotations



from c6brief.documents.entries import Entry, validate
from c6brief.documents.problems import Problems
from c6brief.documents.project import Project
from c6brief.documents.yamltext import read_yaml


class Settings(Entry):
    """What a project says once for all its briefs. Every key is optional."""

    publisher: str = ""
    licence: str = ""
    issn: str = ""
    contact: str = ""
    template: str = "policy-brief"
    language: str = "en"



def read_settings(project: Project, problems: Problems) -> Settings:
    """The settings of ``project``; the defaults where it has none, or after a problem."""
    if not project.brand.exists():
        return Settings()
    document = read_yaml(project.brand, problems, what="brand file")
    if document is None:
        return Settings()
    ours = document.root
    for step in ("defaults", "c6brief"):
        below = ours.child(step)
        if below is None:
            return Settings()
        ours = below
    return validate(Settings, document, ("defaults", "c6brief"), problems) or Settings()
