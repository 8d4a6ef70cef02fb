"""A figure by itself, for slides and the web: with title, subtitle, note and source, as SVG, PDF and PNG.

None of the three needs a font where it is shown: the SVG's letters are outlines, the PDF brings its fonts along, the
PNG is of 300 dots an inch, twice what a slide needs. The same figure gives the same bytes.
"""

from __future__ import annotations

import io
from dataclasses import dataclass

import numpy as np
from PIL import Image

from c6brief.documents.addition import total
from c6brief.documents.images.conversion import PrintImage
from c6brief.figures.drawing import fonts
from c6brief.figures.drawing.canvas import Canvas, ImageLayer, PathLayer, PictureLayer, TextLayer, clip_of
from c6brief.figures.drawing.fonts import ASCENT, Face
from c6brief.figures.drawing.matplotlib_pdf_streams import compress_streams_alike
from c6brief.figures.drawing.style import SEMIBOLD
from c6brief.figures.drawing.svg import standalone_svg

# isort: split
# After our fonts, which keep Matplotlib from listing those of the system.
from matplotlib.artist import Artist
from matplotlib.figure import Figure
from matplotlib.image import BboxImage
from matplotlib.patches import PathPatch
from matplotlib.text import Text
from matplotlib.transforms import Affine2D, Bbox, Transform, TransformedBbox

EDGE = 14.0
"""pt of paper around everything."""
TITLE, TITLE_LEAD = 10.6, 13.4
SUBTITLE, SUBTITLE_LEAD = 8.4, 11.0
FOOT, FOOT_LEAD = 7.6, 10.0
"""Sizes and distances of lines in pt, as on the page."""
BELOW_RULE, BELOW_TITLE, ABOVE_DRAWING, ABOVE_FOOT, BETWEEN = 6.0, 1.0, 9.0, 7.0, 2.0
"""White space in pt."""

DOTS_PER_INCH = 300


@dataclass(frozen=True)
class Caption:
    """The words that the page sets around a figure; note and source may be empty."""

    title: str
    subtitle: str
    note: str
    source: str


def with_caption(drawing: Canvas, caption: Caption) -> Canvas:
    """``drawing`` on a larger sheet of paper with its caption, in house style.

    Must be called within the settings that the drawing was made in.
    """
    style, width = drawing.style, drawing.width
    small = [words for words in (caption.note, caption.source) if fonts.tidy(words)]
    blocks = [
        (caption.title, Face(TITLE, SEMIBOLD), TITLE_LEAD, style.ink, BELOW_TITLE),
        (caption.subtitle, Face(SUBTITLE), SUBTITLE_LEAD, style.grey, 0.0),
    ]
    head = [
        (fonts.wrap(words, width, face), face, lead, colour, gap)
        for words, face, lead, colour, gap in blocks
        if fonts.tidy(words)
    ]
    foot = [fonts.wrap(words, width, Face(FOOT)) for words in small]
    top = EDGE + BELOW_RULE + total(len(lines) * lead + gap for lines, _, lead, _, gap in head) + ABOVE_DRAWING
    end = top + drawing.height
    height = end + total(
        ABOVE_FOOT * (not n) + BETWEEN * bool(n) + len(lines) * FOOT_LEAD for n, lines in enumerate(foot)
    )
    sheet = Canvas(width + 2 * EDGE, height + EDGE, style)
    sheet.rectangle(0, 0, sheet.width, sheet.height, style.paper)
    sheet.line([(EDGE, EDGE), (EDGE + width, EDGE)], style.ink, 0.7)
    y = EDGE + BELOW_RULE
    for lines, face, lead, colour, gap in head:
        y = _set(sheet, lines, y, face, lead, colour) + gap
    sheet.paste(drawing, EDGE, top)
    y = end
    for number, lines in enumerate(foot):
        y = _set(sheet, lines, y + (BETWEEN if number else ABOVE_FOOT), Face(FOOT), FOOT_LEAD, style.grey)
    return sheet


def _set(sheet: Canvas, lines: list[str], top: float, face: Face, lead: float, colour: str) -> float:
    """Lines from ``top`` on; the height where they end."""
    sheet.text_lines(EDGE, top + (lead - face.size) / 2 + ASCENT * face.size, lines, face, colour, lead=lead)
    return top + len(lines) * lead


def standalone_files(sheet: Canvas, id: str, title: str, alt: str) -> dict[str, bytes]:
    """The sheet as files, by their endings: ``.svg``, ``.pdf``, ``.png``.

    Must be called within the settings that it was drawn in.
    """
    figure = matplotlib_figure(sheet)
    pdf = io.BytesIO()
    metadata = {"Title": title, "Subject": alt, "Creator": "c6brief", "Producer": None, "CreationDate": None}
    with compress_streams_alike():
        figure.savefig(pdf, format="pdf", metadata=metadata)
    return {
        ".svg": standalone_svg(sheet, id, title, alt).encode(),
        ".pdf": pdf.getvalue(),
        ".png": _png(figure, title, alt, DOTS_PER_INCH),
    }


def standalone_png(sheet: Canvas, title: str, alt: str, dots_per_inch: float = DOTS_PER_INCH) -> bytes:
    """The sheet as a PNG. Must be called within the settings that it was drawn in."""
    return _png(matplotlib_figure(sheet), title, alt, dots_per_inch)


def _png(figure: Figure, title: str, alt: str, dots_per_inch: float) -> bytes:
    png = io.BytesIO()
    metadata = {"Title": title, "Description": alt, "Software": None}
    figure.savefig(png, format="png", dpi=dots_per_inch, metadata=metadata)
    return png.getvalue()


def matplotlib_figure(sheet: Canvas) -> Figure:
    """The sheet for Matplotlib to draw: an artist for each layer; those of texts have the ids of ``Canvas.texts``."""
    figure = Figure(figsize=(sheet.width / 72, sheet.height / 72), dpi=72)
    figure.patch.set_visible(False)
    points = Affine2D().scale(1 / 72, -1 / 72).translate(0, sheet.height / 72) + figure.dpi_scale_trans
    texts = 0
    for order, layer in enumerate(sheet.layers, 1):
        artist: Artist
        name = None
        if isinstance(layer, TextLayer):
            artist, name = _text_artist(layer, sheet), f"t{texts}"
            texts += 1
        elif isinstance(layer, ImageLayer):
            artist = _image_artist(layer, points)
        elif isinstance(layer, PictureLayer):
            artist = _picture_artist(layer, points)
        else:
            artist = _path_artist(layer)
        artist.set(zorder=order, gid=name, **({} if isinstance(layer, PictureLayer) else {"transform": points}))
        figure.add_artist(artist)
        if (clip := clip_of(layer)) is not None:
            artist.set_clip_path(clip, points)
    return figure


def _text_artist(text: TextLayer, sheet: Canvas) -> Text:
    font = fonts.font_properties(text.face, sheet.style)
    artist = Text(text.x, text.y, text.words, color=text.colour, fontproperties=font, va="baseline", parse_math=False)
    if text.angle:
        artist.set(rotation=text.angle, rotation_mode="anchor")
    if text.opacity < 1:
        artist.set_alpha(text.opacity)
    return artist


def _picture_artist(layer: PictureLayer, points: Transform) -> BboxImage:
    """A picture of pixels. Matplotlib draws no SVG: of such drawings their own files are written."""
    assert isinstance(layer.picture, PrintImage)
    box = Bbox.from_extents(layer.x, layer.y + layer.height, layer.x + layer.width, layer.y)
    artist = BboxImage(TransformedBbox(box, points), interpolation="lanczos", resample=True)
    with Image.open(io.BytesIO(layer.picture.data)) as picture:
        artist.set_data(np.asarray(picture.convert("RGBA")))
    return artist


def _path_artist(layer: PathLayer) -> PathPatch:
    return PathPatch(
        layer.path,
        facecolor=_colour(layer.fill, layer.fill_opacity),
        edgecolor=_colour(layer.edge, layer.edge_opacity),
        linewidth=layer.width,
        linestyle=(0, layer.dashes) if layer.dashes else "solid",
        capstyle="projecting" if layer.cap == "square" else layer.cap,
        joinstyle=layer.join,
    )


def _colour(colour: str, opacity: float) -> str | tuple[str, float]:
    return colour if opacity >= 1 or colour == "none" else (colour, opacity)


def _image_artist(layer: ImageLayer, points: Transform) -> BboxImage:
    box = Bbox.from_extents(layer.x, layer.y + layer.height, layer.x + layer.width, layer.y)  # y runs downwards here
    image = BboxImage(TransformedBbox(box, points), interpolation="nearest", origin="lower", alpha=layer.opacity)
    image.set_data(np.asarray(Image.open(io.BytesIO(layer.png)).convert("RGBA")))
    return image
