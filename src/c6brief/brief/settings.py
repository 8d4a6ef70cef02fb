"""The brand file, ``_brand.yml``: settings under ``defaults: c6brief:``, and the logo.

:mod:`c6brief.brief.brand` reads its colours and faces.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

from pydantic import Field

from c6brief.brief.brand import PROPERTIES, Brand, read_brand
from c6brief.documents.boundary import TooLarge, read_file
from c6brief.documents.document import Document, NodePath
from c6brief.documents.entries import Entry, validate
from c6brief.documents.files import report_outside
from c6brief.documents.images.facts import LARGEST_FILE, RASTER, BadImage, format_of
from c6brief.documents.images.pixels import inspect_pixels
from c6brief.documents.lookups import report_lookup
from c6brief.documents.problems import Place, Problems, RuleSeverity, did_you_mean
from c6brief.documents.project import Project, inside, leads_out
from c6brief.documents.yamltext import read_yaml

OURS = ("defaults", "c6brief")
"""Where our own keys stand in the file."""


class Settings(Entry):
    """The settings of a project, which hold for all its briefs. Every key is optional."""

    publisher: str = ""
    licence: str = ""
    issn: str = ""
    contact: str = ""
    logo: str = Field("", description="an image in the project; brand.yml's own `logo` counts too")
    logo_alt: str = Field("", description="what the logo says, for readers who cannot see it")
    reference_doc: str = Field(
        "",
        alias="reference-doc",
        description="a DOCX of the project, whose styles copies for Word have (`--format docx`)",
    )
    template: str = "policy-brief"
    language: str = "en"
    color: dict[str, str] = Field(default_factory=dict, description="colours by the template's names: alarm, second")
    typography: dict[str, Any] = Field(default_factory=dict, description="figures, base, headings, fonts")
    rules: dict[str, RuleSeverity] = Field(default_factory=dict, description="severities of rules, by name")


def read_settings(project: Project, problems: Problems) -> Settings:
    """The settings of ``project``; the defaults where it has none, or after the problems of :func:`read_brand_file`."""
    return read_brand_file(project, problems)[0]


def read_brand_file(project: Project, problems: Problems) -> tuple[Settings, Brand]:
    """The settings of ``project``, and its colours and faces; the defaults where it has no brand file, or a bad one.

    Problems: those of reading and validating, ``no-such-file`` and ``image-damaged`` and the like (the logo),
    ``logo-not-local``, and those of
    :func:`~c6brief.brief.brand.read_brand`.
    """
    if project.brand_file is None and not report_lookup(project.brand).exists():
        return Settings(), Brand()
    document = read_yaml(project.brand, problems, what="brand file")
    if document is None:
        return Settings(), Brand()
    logo, at = _logo(document, problems)
    words = _logo_alt(document, at)
    settings = Settings(logo=logo, logo_alt=words)
    settings._document = document  # so that a problem with them names the file
    defaults = document.root.child("defaults")
    if defaults is not None and defaults.child("c6brief") is not None:
        settings = validate(Settings, document, OURS, problems, given={"logo": logo, "logo_alt": words}) or settings
        for name in settings.color:
            if name not in PROPERTIES:
                place = document.place((*OURS, "color", name), key=True)
                problems.error("unknown-key", f"unknown key '{name}'", place, did_you_mean(name, PROPERTIES))
    if settings.logo:
        folder = document.path.parent
        path, place = folder / settings.logo, document.place(at if settings.logo == logo else (*OURS, "logo"))
        if leads_out(path, folder):
            report_outside(path, problems, place)
        elif not (inside(path, folder) and path.is_file()):
            hint = "a path from the project's folder" if project.brand_file is None else "a path from the brand file"
            problems.error("no-such-file", f"no logo '{settings.logo}' in the project", place, hint)
        else:
            _inspect_logo(path, settings.logo, place, problems)
    return settings, read_brand(document, problems)


def _inspect_logo(path: Path, name: str, place: Place, problems: Problems) -> None:
    """Report a logo of pixels that cannot be printed. Problems: ``image-damaged``, ``image-too-large``, ``image-format``."""
    try:
        data = read_file(path, LARGEST_FILE)
        format = format_of(data)
        if format in RASTER:
            inspect_pixels(data, format)
    except BadImage as reason:
        problems.error(reason.rule, f"the logo {name}: {reason}", place, reason.hint)
    except OSError as reason:
        why = "it is too large" if isinstance(reason, TooLarge) else reason.strerror or str(reason)
        problems.error("not-readable", f"the logo {name} cannot be read: {why}", place)


def _logo(document: Document, problems: Problems) -> tuple[str, NodePath]:
    """The path of the ``logo`` of brand.yml, and where it is written; an empty path where there is none.

    It is written as a path or as a name of ``images``, alone or for several sizes, of which the medium one is taken
    first, or for light and dark grounds, of which light is taken
    (https://posit-dev.github.io/brand-yml/brand/logo.html). One on the network is passed over. Problem:
    ``logo-not-local``, a warning.
    """
    for start in (("logo",), ("logo", "medium"), ("logo", "small"), ("logo", "large")):
        found = _image(document, start)
        if found is None:
            continue
        if re.match(r"(?:[a-z]+:)?//", found[0], re.I):
            message = f"logo '{found[0]}' is on the network, and nothing is ever fetched"
            place = document.place(found[1])
            problems.warning("logo-not-local", message, place, "put the file into the project and name its path")
            continue
        return found
    return "", ("logo",)


def _logo_alt(document: Document, at: NodePath) -> str:
    """The alternative text of the logo at ``at``: its own ``alt``, else the name of the publisher; may be empty."""
    meta = document.root.child("meta")
    name = meta.child("name") if meta else None
    nodes = [document.root.find((*at[:-1], "alt")) if at[-1] == "path" else None]
    nodes += [name, *(name.child(size) if name else None for size in ("full", "short"))]
    return next((node.value for node in nodes if node is not None and isinstance(node.value, str)), "")


def _image(document: Document, at: NodePath) -> tuple[str, NodePath] | None:
    """The path of the image at ``at``, and where it is written; ``None`` where there is none."""
    node = document.root.find(at)
    if node is None:
        return None
    for step in ("light", "path"):
        if (below := node.child(step)) is not None:
            node, at = below, (*at, step)
    if not isinstance(node.value, str):
        return None
    logo = document.root.child("logo")
    images = logo.child("images") if logo else None
    if images is not None and images.child(node.value) is not None and "images" not in at:
        return _image(document, ("logo", "images", node.value))
    return node.value, at
