"""Excerpts of printed pages: the places where flaws were found, framed, as PNG images."""

from __future__ import annotations

import io
import re
from collections.abc import Sequence

from c6brief.print.preflight.content import PIXELS_PER_MM, Frame
from c6brief.print.preflight.rule import page_rules
from c6brief.print.preflight.run import PreflightResult

SCALE = 1.5
"""Pixels of the image for one CSS pixel: 144 to the inch."""

AROUND = 12 * PIXELS_PER_MM
"""What is shown around the place, in CSS pixels."""

SMALLEST = (90 * PIXELS_PER_MM, 40 * PIXELS_PER_MM)
"""Width and height of what is shown, at least, in CSS pixels."""

COLOUR, THICKNESS, GAP = "#d0021b", 3, 5
"""The frame, in pixels of the image."""


def excerpts(data: bytes, results: Sequence[PreflightResult]) -> dict[str, bytes]:
    """For each flaw in the PDF ``data`` an image: by name, ``PAGE-RULE-n.png``."""
    if not results:
        return {}
    import pypdfium2

    images: dict[str, bytes] = {}
    counts: dict[tuple[int, str], int] = {}
    document = pypdfium2.PdfDocument(data)
    try:
        for number in sorted({result.flaw.page for result in results}):
            page = document[number - 1].render(scale=SCALE * 96 / 72).to_pil().convert("RGB")
            for result in results:
                if result.flaw.page == number:
                    key = number, result.rule.name
                    counts[key] = counts.get(key, 0) + 1
                    images[f"{number}-{result.rule.name}-{counts[key]}.png"] = _draw_framed(page, result.flaw.frame)
    finally:
        document.close()
    return images


def is_excerpt(name: str) -> bool:
    """Whether a file of that ``name`` may be one of ours, from an earlier run."""
    match = re.fullmatch(r"\d+-([a-z-]+)-\d+\.png", name)
    return match is not None and match[1] in page_rules()


def _draw_framed(page: object, frame: Frame) -> bytes:
    """The part of a rendered ``page`` around ``frame`` as a PNG image, and the frame drawn into it."""
    from PIL import Image, ImageDraw

    assert isinstance(page, Image.Image)
    wide = max(SMALLEST[0] - frame.width, 2 * AROUND) / 2
    tall = max(SMALLEST[1] - frame.height, 2 * AROUND) / 2
    box = [
        max(0, round((frame.left - wide) * SCALE)),
        max(0, round((frame.top - tall) * SCALE)),
        min(page.width, round((frame.right + wide) * SCALE)),
        min(page.height, round((frame.bottom + tall) * SCALE)),
    ]
    if box[2] <= box[0] or box[3] <= box[1]:  # the place lies off the page
        box = [0, 0, page.width, page.height]
    image = page.crop((box[0], box[1], box[2], box[3]))
    left = max(1, round(frame.left * SCALE) - box[0] - GAP)
    top = max(1, round(frame.top * SCALE) - box[1] - GAP)
    right = max(left + 1, min(image.width - 2, round(frame.right * SCALE) - box[0] + GAP))
    bottom = max(top + 1, min(image.height - 2, round(frame.bottom * SCALE) - box[1] + GAP))
    ImageDraw.Draw(image).rectangle((left, top, right, bottom), outline=COLOUR, width=THICKNESS)
    written = io.BytesIO()
    image.save(written, "PNG", optimize=True)
    return written.getvalue()
