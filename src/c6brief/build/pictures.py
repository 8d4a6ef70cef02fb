"""The images of a brief as they are printed: converted and scaled for their boxes, new or from the cache.

An image that was converted is kept under a hash of its file, its box, our code that converts, and the packages that do.
"""

from __future__ import annotations

import hashlib
import importlib.metadata
from collections.abc import Iterator
from dataclasses import replace
from functools import lru_cache
from pathlib import Path

from c6brief.brief.model import Brief, FigureBlock, Picture
from c6brief.brief.pictures import box_in_mm, pictures_in
from c6brief.brief.settings import OURS
from c6brief.build.project_state import ProjectState
from c6brief.documents.boundary import OutsideProject, read_file
from c6brief.documents.cache import Kind, ProjectCache
from c6brief.documents.document import Document
from c6brief.documents.entries import Entry
from c6brief.documents.images.conversion import LEAST_DPI, PRINT_DPI, Box, convert_image
from c6brief.documents.images.facts import LARGEST_FILE, RASTER, BadImage, ImageFacts, format_of
from c6brief.documents.images.pixels import inspect_pixels
from c6brief.documents.problems import Place, Problems
from c6brief.evidence.image_files import IMAGE_COARSE, IMAGE_COLOURS_GUESSED, IMAGE_KIND, ImageFile
from c6brief.evidence.models import Image
from c6brief.evidence.table_models import Chart
from c6brief.pages.page import PROJECT, render_page
from c6brief.pages.page_style import PageStyle, page_style_of

IMAGES = Kind("image", most_files=300, most_bytes=200_000_000)
"""Images in the cache. A photograph of the column's width has about 300 kB."""

FIGURE_MM = 190.0
"""The greatest height of a chart that was made elsewhere."""

SHEET = Box(216, 297, is_filled=True)
"""mm. A full page, on A4 and on Letter: the larger sides of both."""

TALLEST_MM = {"column": 150.0, "wide": 180.0}
"""The greatest height of an image that has no page of its own, as the shipped style sheet gives it."""

LOGO = Box(100, 100)
"""mm. The room that a logo is scaled for, larger than that of any shipped template."""


def box_of(picture: Picture, style: PageStyle) -> Box:
    """The room of an image on the page."""
    size = box_in_mm(picture.box)
    if size is not None:
        return Box(*size)
    if picture.box == "full":
        return SHEET
    return Box(style.widths_mm["full" if picture.box == "wide" else "column"], TALLEST_MM[picture.box])


def check_pictures(brief: Brief, state: ProjectState, style: PageStyle, problems: Problems) -> None:
    """Report images that are too coarse for their places, or whose colours are guessed.

    Problems: ``image-coarse``, ``image-colours-guessed``.
    """
    problems.severities = state.settings.rules
    used: list[tuple[Image | Chart, str, Box, str]] = []
    for picture in pictures_in(brief):
        image, box = state.evidence.images[picture.id], box_of(picture, style)
        used.append((image, image.file, box, _describe(picture, box)))
    for block in (block for section in brief.parts() for block in section.blocks):
        if isinstance(block, FigureBlock) and block.chart == IMAGE_KIND and block.id in state.charts:
            box = Box(style.widths_mm[block.width], FIGURE_MM)
            file = str((state.evidence.charts[block.id].model_extra or {}).get("file"))
            used.append((state.evidence.charts[block.id], file, box, f"{block.width}, {box.width:g} mm"))
    for entry, file, box, place in used:
        facts = state.evidence.image_files[entry.id].facts
        if facts.colours == "CMYK" and not facts.has_profile:
            message = f"{file} is CMYK without a colour profile: its colours are guessed"
            hint = "save it with its profile, or as sRGB"
            problems.report(IMAGE_COLOURS_GUESSED, message, entry.place("file"), hint)
        dpi = box.dpi(facts.width, facts.height)
        if facts.format in RASTER and round(dpi) < LEAST_DPI:
            size = f"{facts.width:.0f} × {facts.height:.0f} pixels"
            message = f"{file} has {size}, {dpi:.0f} an inch as it is printed ({place})"
            wanted, best = (
                f"{facts.width * goal / dpi:,.0f} × {facts.height * goal / dpi:,.0f}" for goal in (LEAST_DPI, PRINT_DPI)
            )
            hint = f"{wanted} pixels are enough, {best} are best (300 an inch)"
            problems.report(IMAGE_COARSE, message, entry.place("file"), hint)


def check_pictures_in(brief: Brief, template: str, state: ProjectState, problems: Problems, at: Place) -> None:
    """Check the images of ``brief`` by the measures of its ``template``, which is named ``at`` a place.

    Problems: those of :func:`check_pictures`; those of the template are told elsewhere.
    """
    page = render_page(brief, template, state.project.templates, Problems(), at, state.brand)
    if page is not None:
        check_pictures(brief, state, page_style_of(page), problems)


def _describe(picture: Picture, box: Box) -> str:
    if picture.box == "full":
        return "a full page"
    return f"{box.width:g} × {box.height:g} mm" if box_in_mm(picture.box) else f"{picture.box}, {box.width:g} mm"


def prepare_pictures(brief: Brief, state: ProjectState, style: PageStyle, problems: Problems) -> dict[str, bytes]:
    """The images of ``brief`` as they are printed, and its logo where that has to be converted, by their addresses.

    Problems: ``image-damaged`` and others of :class:`~c6brief.documents.images.facts.BadImage`, at the entry that names the
    file; those of the logo at ``_brand.yml``.
    """
    files: dict[str, bytes] = {}
    cache = state.project.cache
    for picture in pictures_in(brief):
        if picture.src in files:
            continue
        image = state.evidence.images[picture.id]
        box = box_of(picture, style)
        room = replace(box, is_filled=True) if box_in_mm(picture.box) else box  # CSS may crop it
        held = state.evidence.image_files[picture.id]
        converted = _convert(held, room, style, cache, image, image.file, problems)
        if converted is not None:
            files[picture.src] = converted
    return files | _logo(brief, state, style, problems)


def _convert(
    file: ImageFile, box: Box, style: PageStyle, cache: ProjectCache, entry: Entry, name: str, problems: Problems
) -> bytes | None:
    """The file of an image as it is printed in ``box``; ``None`` after a problem at the key ``file`` of ``entry``."""
    family = style.style.family
    key = repr((file.sha256, box, family if file.facts.format == "SVG" else "", code_digest()))
    kept = cache.read(IMAGES, key)
    if kept is not None:
        return kept
    try:
        data = read_file(file.path, LARGEST_FILE)
        if hashlib.sha256(data).hexdigest() != file.sha256:
            raise BadImage("image-damaged", "the file was changed while it was read", "render again")
        printed = convert_file(data, file.facts, box, family)
    except BadImage as reason:
        problems.error(reason.rule, f"{name}: {reason}", entry.place("file"), reason.hint)
        return None
    except (OSError, OutsideProject) as reason:
        why = getattr(reason, "strerror", None) or str(reason)
        problems.error("not-readable", f"{name} cannot be read: {why}", entry.place("file"))
        return None
    cache.write(IMAGES, key, printed)
    return printed


def convert_file(data: bytes, facts: ImageFacts, box: Box, family: str) -> bytes:
    """The image in ``data``, which ``facts`` are of, as it is printed in ``box``; texts of drawings in ``family``.

    Raises :class:`~c6brief.documents.images.facts.BadImage`.
    """
    if facts.format == "SVG":
        from c6brief.documents.images.drawing import clean_drawing  # here: most projects have none

        return clean_drawing(data, "", family).to_file()
    return convert_image(data, facts, box).data


def _logo(brief: Brief, state: ProjectState, style: PageStyle, problems: Problems) -> dict[str, bytes]:
    """The logo as it is printed, by its address, where its file cannot be printed as it is."""
    name, document = brief.publisher.logo, state.settings.document
    if not name or document is None:
        return {}
    path = document.path.parent / name
    try:
        data = read_file(path, LARGEST_FILE)
        format = format_of(data)
        if format not in RASTER:
            return {}
        facts = inspect_pixels(data, format)
    except (OSError, BadImage):  # told by the brand file's reader
        return {}
    if _is_printable(facts):
        return {}
    held = ImageFile(path, hashlib.sha256(data).hexdigest(), facts)
    own = Problems()
    converted = _convert(held, LOGO, style, state.project.cache, state.settings, f"the logo {name}", own)
    problems.add_all(replace(problem, place=_logo_place(document)) for problem in own)
    return {} if converted is None else {f"{PROJECT}{name}": converted}


def _logo_place(document: Document) -> Place:
    """Where the brand file names its logo."""
    ours = (*OURS, "logo")
    return document.place(ours if document.root.find(ours) is not None else ("logo",))


def _is_printable(facts: ImageFacts) -> bool:
    """Whether the file of a logo can be put into the PDF as it is."""
    return (
        facts.format in ("PNG", "JPEG")
        and facts.colours in ("1", "L", "LA", "P", "RGB", "RGBA")
        and not facts.has_profile
        and not facts.is_turned
        and LOGO.dpi(facts.width, facts.height) <= PRINT_DPI
    )


@lru_cache(maxsize=1)
def code_digest() -> str:
    """A hash of our own code that converts images, and the versions of the packages that do."""
    whole = hashlib.sha256()
    for path in _code():
        whole.update(path.name.encode() + b"\0" + path.read_bytes())
    versions = [f"{name} {importlib.metadata.version(name)}" for name in ("pillow", "pypdfium2", "cssselect2")]
    return f"{whole.hexdigest()} {', '.join(versions)}"


def _code() -> Iterator[Path]:
    from c6brief.documents import images

    yield from sorted(Path(images.__file__).parent.glob("*.py"))
