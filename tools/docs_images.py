"""Draw the images of the documentation from the briefs as they print, and write the page that shows the templates:
``python tools/docs_images.py``, or ``make images``.

``tests/house/test_our_briefs.py`` compares what is committed with what this draws.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
from pathlib import Path

import pypdfium2
from PIL import Image

ROOT = Path(__file__).parent.parent
IMAGES = ROOT / "docs" / "images"

SHEETS = {
    "security.png": ("security", "policy-brief", 4, 420),
    "connectivity.png": ("connectivity", "policy-brief", 4, 420),
    "at-a-glance.png": ("at-a-glance", "policy-brief", 2, 420),
    "security-factsheet.png": ("security", "factsheet", 2, 420),
    "security-memo.png": ("security", "memo", 5, 260),
    "security-report.png": ("security", "report", 5, 260),
}
"""Image, the brief it shows, the template it is printed in, pages in a row, and pixels of the width of a page."""

EXAMPLES = {"images.png": ("docs/gallery/briefs/images.yaml", "policy-brief", 4, 300)}
"""Likewise, of briefs of the gallery's project: image, the brief's file, template, pages in a row, pixels."""

GAP, GROUND = 14, (214, 218, 220)


def sheet(pdf: Path, in_a_row: int, width: int) -> Image.Image:
    """All pages of ``pdf`` on one ground, each ``width`` pixels wide."""
    pages = []
    for page in pypdfium2.PdfDocument(pdf):
        pages.append(page.render(scale=width / page.get_width()).to_pil().convert("RGB"))
    width, height = pages[0].size
    rows = -(-len(pages) // in_a_row)
    ground = Image.new("RGB", (in_a_row * (width + GAP) + GAP, rows * (height + GAP) + GAP), GROUND)
    for number, page in enumerate(pages):
        column, row = number % in_a_row, number // in_a_row
        ground.paste(page, (GAP + column * (width + GAP), GAP + row * (height + GAP)))
    return ground


def draw_example(image: str, folder: Path) -> Image.Image:
    """An image of :data:`EXAMPLES`, of the brief as it prints; ``folder`` is for its file."""
    brief, template, in_a_row, width = EXAMPLES[image]
    command = [sys.executable, "-m", "c6brief", "render", brief, "--template", template, "-o", str(folder)]
    subprocess.run(command, cwd=ROOT, check=True, stdout=subprocess.DEVNULL)
    return sheet(folder / f"{Path(brief).stem}.pdf", in_a_row, width)


def main() -> None:
    """Print what is shown, draw all images, and write ``docs/templates.md``."""
    IMAGES.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as name:
        for template in dict.fromkeys(template for _, template, _, _ in SHEETS.values()):
            briefs = dict.fromkeys(brief for brief, other, _, _ in SHEETS.values() if other == template)
            specs = [f"briefs/{brief}.yaml" for brief in briefs]
            command = [sys.executable, "-m", "c6brief", "render", *specs, "--template", template]
            subprocess.run([*command, "-o", f"{name}/{template}"], cwd=ROOT, check=True, stdout=subprocess.DEVNULL)
        for image, (brief, template, in_a_row, width) in SHEETS.items():
            drawn = sheet(Path(name) / template / f"{brief}.pdf", in_a_row, width)
            drawn.quantize(64).save(IMAGES / image, optimize=True)
            print(f"docs/images/{image}")
        for image in EXAMPLES:
            draw_example(image, Path(name)).quantize(64).save(IMAGES / image, optimize=True)
            print(f"docs/images/{image}")
    subprocess.run([sys.executable, "-m", "c6brief.pages.document"], cwd=ROOT, check=True)


if __name__ == "__main__":
    main()
