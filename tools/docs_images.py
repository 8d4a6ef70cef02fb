"""Draw the images of the documentation from the briefs as they print: ``python tools/docs_images.py``.

``tests/test_docs.py`` compares what is committed with what this draws.
"""

from __future__ import annotations

import sys
from pathlib import Path

import pypdfium2
from PIL import Image

ROOT = Path(__file__).parent.parent
IMAGES = ROOT / "docs" / "images"

SHEETS = {
    "security.png": ("security", 4),
    "connectivity.png": ("connectivity", 4),
    "at-a-glance.png": ("at-a-glance", 2),
}
"""Image, the brief it shows, and pages in a row."""

PAGE_WIDTH = 420
"""Pixels of one page."""

GAP, GROUND = 14, (214, 218, 220)


def sheet(pdf: Path, in_a_row: int) -> Image.Image:
    """All pages of ``pdf`` on one ground."""
    pages = []
    for page in pypdfium2.PdfDocument(pdf):
        pages.append(page.render(scale=PAGE_WIDTH / page.get_width()).to_pil().convert("RGB"))
    width, height = pages[0].size
    rows = -(-len(pages) // in_a_row)
    ground = Image.new("RGB", (in_a_row * (width + GAP) + GAP, rows * (height + GAP) + GAP), GROUND)
    for number, page in enumerate(pages):
        column, row = number % in_a_row, number // in_a_row
        ground.paste(page, (GAP + column * (width + GAP), GAP + row * (height + GAP)))
    return ground


def main() -> None:
    """Draw all images from the PDFs in output/ (render the briefs first)."""
    IMAGES.mkdir(parents=True, exist_ok=True)
    for name, (brief, in_a_row) in SHEETS.items():
        pdf = ROOT / "output" / f"{brief}.pdf"
        if not pdf.exists():
            sys.exit(f"render briefs/{brief}.yaml first")
        sheet(pdf, in_a_row).quantize(64).save(IMAGES / name, optimize=True)
        print(f"docs/images/{name}")


if __name__ == "__main__":
    main()
