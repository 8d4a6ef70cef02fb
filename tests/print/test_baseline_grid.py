"""Lines of prose stand at one height on all pages, below figures too: on a grid of half lines from the top of the text."""

from __future__ import annotations

from ctypes import c_double
from itertools import pairwise
from statistics import median

import pypdfium2
import pytest
from pypdfium2 import raw

from tests.support.project import Folder

PARAGRAPH = (
    "Some stations are step-free, and whoever waits at one of the others waits for a lift that is late, or for one that "
    "was never built, and reads in the paper that ninety-four of them are done and that the rest will follow in good time."
)
BRIEF = "title: Stations wait for their lifts\ndate: 2026-03-02\nsections:\n" + "".join(
    f"  - title: Part {part}\n    text: |\n"
    + "\n".join(f"      {PARAGRAPH}{' [@step-free]' * (number == 1)}\n" for number in range(2 + part))
    + ("\n      - one\n      - another\n\n      ### Of lifts\n\n      " + PARAGRAPH + "\n" if part == 2 else "")
    for part in range(1, 7)
)


def baselines(page: pypdfium2.PdfPage, size: float) -> list[float]:
    """Baselines of the lines set in ``size`` (CSS pixels), in points from the page's top."""
    text, found = page.get_textpage(), set()
    for at in range(text.count_chars()):
        if abs(raw.FPDFText_GetFontSize(text, at) - size) < 0.05:
            x, y = c_double(), c_double()
            raw.FPDFText_GetCharOrigin(text, at, x, y)
            found.add(round(page.get_height() - y.value, 2))
    return sorted(found)


@pytest.mark.parametrize(("template", "size", "line"), [("policy-brief", 9.8, 13.4), ("memo", 12.4, 17.5)])
def test_facing_pages_share_one_grid(folder: Folder, template: str, size: float, line: float) -> None:
    folder.write("briefs/long.yaml", BRIEF)
    result = folder.render("briefs/long.yaml", "--template", template)
    assert result.status == 0 and "lines" not in result.out, result.out
    pages = list(pypdfium2.PdfDocument(folder.root / "output/long.pdf"))[1:]
    lines = [found for page in pages if (found := baselines(page, size * 96 / 72))]
    assert len(lines) >= 2 and all(len(found) > 5 for found in lines[:-1])
    assert_one_grid(lines, line)


def assert_one_grid(lines: list[list[float]], line: float) -> None:
    """``lines`` are the baselines of each page."""
    start = min(found[0] for found in lines)
    for found in lines:
        for baseline in found:
            halves = (baseline - start) / (line / 2)
            assert abs(halves - round(halves)) < 0.06, f"{baseline} pt is {halves:.2f} half lines below the first"


BETWEEN = [
    "::: chart lifts\n:::",
    "::: table access\n:::",
    "::: claim plan-2030\n:::",
    "::: quote lift-everywhere\n:::",
    "::: callout\nA lift is a small room that moves.\n:::",
    "### Of lifts",
]


def mixed() -> str:
    """A brief whose prose has each kind of block between its paragraphs, and a heading of two lines."""
    sections, title = "", "Whoever waits for a lift in a station that has none waits longer"
    for number, blocks in enumerate((BETWEEN[:3], BETWEEN[3:])):
        parts = (
            "\n\n".join(f"{PARAGRAPH} [@step-free]\n\n{block}" for block in blocks) + f"\n\n{PARAGRAPH}\n\n{PARAGRAPH}"
        )
        indented = "\n".join(f"      {each}" for each in parts.splitlines())
        sections += f"  - title: {title if number else 'Lifts'}\n    text: |\n{indented}\n"
    return f"title: Stations wait for their lifts\ndate: 2026-03-02\nkey_messages: ['A lift is late. [@first-lift]']\nsections:\n{sections}"


@pytest.mark.sample(1)
@pytest.mark.parametrize(
    ("template", "size", "line"), [("policy-brief", 9.8, 13.4), ("report", 9.8, 13.4), ("memo", 12.4, 17.5)]
)
def test_prose_below_figures_is_on_the_grid(folder: Folder, template: str, size: float, line: float) -> None:
    folder.write("briefs/mixed.yaml", mixed())
    result = folder.render("briefs/mixed.yaml", "--template", template)
    assert result.status == 0, result.out + result.err
    pdf = pypdfium2.PdfDocument(folder.root / "output/mixed.pdf")
    lines = [found for page in pdf if (found := baselines(page, size * 96 / 72))]
    assert sum(len(found) for found in lines) > 30
    set_at = median(below - above for found in lines for above, below in pairwise(found))
    assert set_at == pytest.approx(line, rel=0.031)  # lines come closer for the last page
    assert_one_grid(lines, set_at)
    for page in pdf:  # what was moved took its links along
        for x0, y0, x1, y1 in links(page):
            assert page.get_textpage().get_text_bounded(x0, y0, x1, y1).strip(), (
                f"a link at {x0:.0f}, {y0:.0f} has no text"
            )


def links(page: pypdfium2.PdfPage) -> list[tuple[float, float, float, float]]:
    """The places of the links of a page, in points from its left bottom corner."""
    found = []
    for at in range(raw.FPDFPage_GetAnnotCount(page)):
        annotation, place = raw.FPDFPage_GetAnnot(page, at), raw.FS_RECTF()
        if raw.FPDFAnnot_GetSubtype(annotation) == raw.FPDF_ANNOT_LINK and raw.FPDFAnnot_GetRect(annotation, place):
            found.append((place.left, place.bottom, place.right, place.top))
        raw.FPDFPage_CloseAnnot(annotation)
    return found
