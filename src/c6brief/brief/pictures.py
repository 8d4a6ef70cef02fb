"""Images of the evidence base as templates print them. They are converted and scaled later, for the box that each has."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import fields, is_dataclass
from typing import Any

from c6brief.brief.context import ComposeContext
from c6brief.brief.model import Brief, FigureBlock, Picture
from c6brief.brief.prose import smarten
from c6brief.documents.problems import Place, did_you_mean
from c6brief.evidence.image_files import IMAGE_KIND
from c6brief.evidence.models import Image

ADDRESS = "@image/"
"""The beginning of the addresses of images."""

CENTRE = "50% 50%"
"""The focus of an image that names none, as in CSS."""

_MILLIMETRES = re.compile(r"(\d+(?:\.\d+)?)x(\d+(?:\.\d+)?)")


def picture_of(context: ComposeContext, id: str, box: str, at: Place) -> Picture | None:
    """The image of that ``id``, which is named ``at`` a place, for a template to print in a ``box``.

    ``box`` is ``column``, ``wide`` or ``full`` (:class:`~c6brief.brief.model.ImageBlock`), or width and height in mm,
    ``24x30``, in which the image is shown whole, or cropped by CSS (``object-fit: cover``): it is scaled for either. The
    image is put into the record, and its source into the list of sources. ``None`` after the problem ``unknown-id``.

    For portraits, logos and covers::

        picture = picture_of(context, author.portrait, "24x30", spec.place("authors", 0, "portrait"))
    """
    image = context.evidence.images.get(id)
    if image is None:
        if not context.evidence.excuses(id, "images"):
            context.problems.error("unknown-id", f"no image '{id}'", at, did_you_mean(id, context.evidence.images))
        return None
    return make_picture(context, image, box)


def make_picture(context: ComposeContext, image: Image, box: str) -> Picture:
    """``image`` for a template, as :func:`picture_of` gives it."""
    if image.source is not None:
        context.notes.use_source(image.source)
        context.notes.index.add_source(image.source, f"image-{image.id}")
    context.recorder.add_image(image)
    return Picture(
        id=image.id,
        src=f"{ADDRESS}{image.id}/{box}",
        alt=smarten(image.alt),
        credit=smarten(image.credit),
        licence=image.licence or "",
        focus=image.focus or CENTRE,
        box=box,
    )


def pictures_in(value: Any) -> Iterator[Picture]:
    """Every image in a brief, or in a part of one, in the order of its fields."""
    if isinstance(value, Picture):
        yield value
    elif isinstance(value, tuple):
        for each in value:
            yield from pictures_in(each)
    elif isinstance(value, Mapping):
        return
    elif is_dataclass(value):
        for field in fields(value):
            yield from pictures_in(getattr(value, field.name))


def has_images(brief: Brief) -> bool:
    """Whether a brief prints images, or charts that were made elsewhere."""
    blocks = (block for section in brief.parts() for block in section.blocks)
    is_pictured = any(isinstance(block, FigureBlock) and block.chart == IMAGE_KIND for block in blocks)
    return is_pictured or next(pictures_in(brief), None) is not None


def box_in_mm(box: str) -> tuple[float, float] | None:
    """The width and height of a box in mm; ``None`` for one that is named."""
    match = _MILLIMETRES.fullmatch(box)
    return (float(match[1]), float(match[2])) if match else None
