"""Drawing the kind ``image``: the picture that was made elsewhere on a sheet of the printed width."""

from __future__ import annotations

from io import BytesIO

from c6brief.documents.boundary import read_file
from c6brief.documents.images.conversion import (
    MM_PER_INCH,
    PRINT_DPI,
    Box,
    PrintImage,
    convert_image,
    write_image,
)
from c6brief.documents.images.drawing import Drawing, clean_drawing
from c6brief.documents.images.facts import LARGEST_FILE
from c6brief.documents.images.pdf_page import draw_page
from c6brief.figures.drawing.canvas import Canvas, PictureLayer
from c6brief.figures.drawing.style import POINTS_PER_MM
from c6brief.figures.kinds import DrawContext

TALLEST_MM = 190.0
"""The greatest height of a figure: a title and a source line fit on the page with it."""

LARGEST_PICTURE = 1_450_000
"""Bytes of a picture in a page: what WeasyPrint is given in a ``data:`` address has 2 million characters at most."""


def draw_image(id: str, page: int, context: DrawContext) -> Canvas:
    """The picture of the chart of that ``id``, of a PDF that ``page``, as wide as the sheet; one that would be too tall is narrower. Raises ``BadImage``, ``OSError``."""
    file = context.evidence.image_files[id]
    ratio = file.facts.height / file.facts.width
    width_mm = min(context.width_mm, TALLEST_MM / ratio)
    data = read_file(file.path, LARGEST_FILE)
    picture: PrintImage | Drawing
    if file.facts.format == "SVG":
        picture = clean_drawing(data, f"chart-{id}-", context.style.family)
    elif file.facts.format == "PDF":
        pixels = round(width_mm / MM_PER_INCH * PRINT_DPI)
        picture = _small(write_image(draw_page(data, page, pixels), "PDF"))
    else:
        picture = _small(convert_image(data, file.facts, Box(width_mm)))
    width = width_mm * POINTS_PER_MM
    canvas = Canvas(context.width, width * ratio, context.style)
    canvas.layers.append(PictureLayer(picture, 0, 0, width, width * ratio))
    return canvas


def _small(picture: PrintImage) -> PrintImage:
    """``picture`` in at most :data:`LARGEST_PICTURE` bytes: as JPEG, which loses the more the smaller it has to be."""
    from PIL import Image

    quality = 90
    while len(picture.data) > LARGEST_PICTURE and quality >= 30:
        with Image.open(BytesIO(picture.data)) as image:
            plain = Image.new("RGB", image.size, "white")
            plain.paste(image, mask=image.getchannel("A") if image.mode in ("LA", "RGBA") else None)
        whole = BytesIO()
        plain.save(whole, "JPEG", quality=quality)
        picture = PrintImage(whole.getvalue(), "image/jpeg", *plain.size)
        quality -= 20
    return picture
