"""The colours that a project has written, with their places, for rules to check."""

from __future__ import annotations

from collections.abc import Mapping

from c6brief.brief.brand import Brand
from c6brief.brief.settings import Settings
from c6brief.documents.problems import Place
from c6brief.documents.project import Project, inside
from c6brief.pages.brand_sheet import brand_sheet
from c6brief.pages.properties import root_colours, root_places
from c6brief.pages.search import find_template_files, template_names

ROLES = {
    "brand": ("primary",),
    "paper": ("background",),
    "ink": ("foreground", "dark"),
    "grey": ("secondary",),
    "tint": ("light",),
    "alarm": ("danger",),
    "second": ("secondary", "tertiary", "warning", "info", "success"),
}
"""The colours of brand.yml, by their use, that a colour of a template may come from."""


def palettes_of(project: Project, settings: Settings, brand: Brand) -> tuple[Mapping[str, tuple[str, Place]], ...]:
    """The palettes of a project, one for each template that it has files of, or one of its brand file alone.

    A palette has colours, each with its place, by the names of custom properties. Colours that the project has not
    written are left out.
    """
    sheet = brand_sheet(brand)
    over: dict[str, tuple[str, Place]] = {}
    for name, value in root_colours([], sheet).items():
        place = _place(name, value, brand)
        if place is not None:
            over[name] = (value, place)
    palettes = []
    for template in dict.fromkeys((settings.template, *template_names(project.templates))):
        styles = [path for path in find_template_files(template, project.templates)[0] if inside(path, project.root)]
        places = root_places(styles)
        own = {name: (value, places[name]) for name, value in root_colours(styles).items() if name in places}
        if own or over:
            palettes.append({**own, **over})
    return tuple(palettes)


def _place(name: str, value: str, brand: Brand) -> Place | None:
    """Where the colour of a custom property is written in the brand file; ``None`` for one that is made of others."""
    if name in brand.properties:
        return brand.properties[name].place
    given = [brand.roles[role] for role in ROLES.get(name, ()) if role in brand.roles]
    same = [colour.place for colour in given if colour.value == value]
    return next(iter(same or [colour.place for colour in given if len(ROLES[name]) == 1]), None)
