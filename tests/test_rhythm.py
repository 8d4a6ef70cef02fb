"""Lines of prose stand at one height on facing pages: on a grid of half lines from the top of the text."""

from __future__ import annotations

from ctypes import c_double

import pypdfium2
import pytest
from conftest import Folder
from pypdfium2 import raw

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
    start = min(found[0] for found in lines)
    for found in lines:
        for baseline in found:
            halves = (baseline - start) / (line / 2)
            assert abs(halves - round(halves)) < 0.06, f"{baseline} pt is {halves:.2f} half lines below the first"
