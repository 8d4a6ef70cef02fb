"""The colours that a project has chosen, with the places where it did: what rules look at."""

from __future__ import annotations

from collections.abc import Mapping

from c6brief.brief.brand import Brand
from c6brief.brief.settings import Settings
from c6brief.documents.problems import Place
from c6brief.documents.project import Project, inside
from c6brief.pages.brand_sheet import brand_sheet
from c6brief.pages.gather import template_files
from c6brief.pages.properties import root_colours, root_places
from c6brief.pages.search import template_names

ROLES = {
    "brand": ("primary",),
    "paper": ("background",),
    "ink": ("foreground", "dark"),
    "grey": ("secondary",),
    "tint": ("light",),
    "alarm": ("danger",),
    "second": ("secondary", "tertiary", "warning", "info", "success"),
}
"""Which colours of brand.yml a colour of the template may come from."""


def palettes_of(project: Project, settings: Settings, brand: Brand) -> tuple[Mapping[str, tuple[str, Place]], ...]:
    """The colours of each template that the project has files of, or else of its brand file alone.

    What the project has not written itself is left out: a shipped colour is nobody's mistake.
    """
    sheet = brand_sheet(brand)
    over: dict[str, tuple[str, Place]] = {}
    for name, value in root_colours([], sheet).items():
        place = _place(name, value, brand)
        if place is not None:
            over[name] = (value, place)
    palettes = []
    for template in dict.fromkeys((settings.template, *template_names(project.templates))):
        styles = [path for path in template_files(template, project.templates)[0] if inside(path, project.root)]
        places = root_places(styles)
        own = {name: (value, places[name]) for name, value in root_colours(styles).items() if name in places}
        if own or over:
            palettes.append({**own, **over})
    return tuple(palettes)


def _place(name: str, value: str, brand: Brand) -> Place | None:
    """Where the brand file says a colour of its sheet; ``None`` for one that only follows from others."""
    if name in brand.properties:
        return brand.properties[name].place
    given = [brand.roles[role] for role in ROLES.get(name, ()) if role in brand.roles]
    same = [colour.place for colour in given if colour.value == value]
    return next(iter(same or [colour.place for colour in given if len(ROLES[name]) == 1]), None)
