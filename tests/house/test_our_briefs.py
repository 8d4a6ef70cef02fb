"""The three briefs of this repository, as a production editor would look at them."""

from __future__ import annotations

import importlib.util
import re
from itertools import product
from pathlib import Path

import pypdfium2
import pytest
import yaml
from PIL import Image, ImageChops, ImageFilter
from pypdf import PdfReader

from tests.support.house_briefs import TEMPLATES, in_template
from tests.support.paths import REPOSITORY
from tests.support.sampling import sampled

PAGES = {"security": (4, 8), "connectivity": (2, 4), "at-a-glance": (2, 2)}
"""How many pages each brief may have."""

WORDS = {"security": 4000, "connectivity": 2200, "at-a-glance": 1000}
"""How many words a reader can be asked to read on so many pages."""

MM = 72 / 25.4


@pytest.fixture(scope="session")
def printed(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    return in_template(tmp_path_factory, "policy-brief", "a4")


@pytest.mark.parametrize(
    ("template", "paper"),
    sampled(product(TEMPLATES, ["a4", "letter"]), ("policy-brief", "a4")),
)
def test_no_page_has_a_flaw(tmp_path_factory: pytest.TempPathFactory, template: str, paper: str) -> None:
    """Every brief in every template on every paper: no page rule finds anything."""
    files = in_template(tmp_path_factory, template, paper)
    sides = {"a4": [595, 842], "letter": [612, 792]}[paper]
    for path in files.values():
        assert all([round(float(side)) for side in page.mediabox[2:]] == sides for page in PdfReader(path).pages)


def words_of(path: Path) -> list[str]:
    return [page.extract_text() for page in PdfReader(path).pages]


@pytest.mark.parametrize("name", PAGES)
def test_length(printed: dict[str, Path], name: str) -> None:
    pages = words_of(printed[name])
    fewest, most = PAGES[name]
    assert fewest <= len(pages) <= most
    assert len(re.findall(r"\w+", " ".join(pages))) <= WORDS[name] * 1.6  # the limit is on prose; notes come on top


@pytest.mark.parametrize("name", PAGES)
def test_every_font_is_ours(printed: dict[str, Path], name: str) -> None:
    fonts = {
        str(font.get_object()["/BaseFont"]).split("+")[-1]
        for page in PdfReader(printed[name]).pages
        for font in page["/Resources"]["/Font"].values()
    }
    assert fonts and all(font.startswith("Brief-") for font in fonts), fonts


@pytest.mark.parametrize("name", PAGES)
def test_every_mark_that_is_used_is_explained_on_page_one(printed: dict[str, Path], name: str) -> None:
    pages = words_of(printed[name])
    for sign, word in (("●", "two voices"), ("○", "one voice"), ("≠", "accounts differ"), ("~", "derived date")):
        if any(re.search(rf"{sign}\s", page) for page in pages):
            assert word in " ".join(pages[0].split()), (sign, word)


def ink_of(pdf: Path, page: int) -> list[int]:
    """Dark pixels of each row of a page between its running lines, at one row a millimetre."""
    sheet = pypdfium2.PdfDocument(pdf)[page].render(scale=1 / MM * 2).to_pil().convert("L")
    rows = [
        sheet.crop((0, row, sheet.width, row + 2)).point(lambda v: 255 * (v < 160))
        for row in range(0, sheet.height - 1, 2)
    ]
    return [sum(row.histogram()[255:]) for row in rows][24:272]


@pytest.mark.parametrize("name", PAGES)
def test_no_page_has_a_hole_and_the_last_ends_with_the_colophon(printed: dict[str, Path], name: str) -> None:
    pages = words_of(printed[name])
    for number in range(len(pages)):
        rows = ink_of(printed[name], number)
        longest = run = 0
        for dark in rows:
            run = run + 1 if dark == 0 else 0
            longest = max(longest, run)
        assert longest < 248 / 3, f"{name}, page {number + 1}: nothing for {longest} mm"
    assert "Suggested citation" in pages[-1]


@pytest.mark.parametrize("name", PAGES)
def test_notes_stand_on_the_page_of_their_number(printed: dict[str, Path], name: str) -> None:
    last = 0
    for number, text in enumerate(words_of(printed[name]), 1):
        notes = [int(n) for n in re.findall(r"(?m)^\s*(\d{1,2})\s*[○●≠–]\s?[OTAVU]", text)]
        calls = [int(n) for n in re.findall(r"[.,;:!?”’)](\d{1,2})\s?[○●≠–](?: ?~)?(?=\s|$)", text)]
        assert notes == list(range(last + 1, last + 1 + len(notes)))
        assert set(calls) == set(notes), f"{name}, page {number}: numbers {set(calls) ^ set(notes)}"
        last += len(notes)
    assert last > 5


def _images():
    spec = importlib.util.spec_from_file_location("docs_images", REPOSITORY / "tools" / "docs_images.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.mark.parametrize("image", sampled(_images().SHEETS, "security-factsheet.png"))
def test_images_of_the_documentation_are_fresh(
    tmp_path_factory: pytest.TempPathFactory, tmp_path: Path, image: str
) -> None:
    tool = _images()
    brief, template, in_a_row, width = tool.SHEETS[image]
    drawn = tool.sheet(in_template(tmp_path_factory, template, "a4")[brief], in_a_row, width)
    is_fresh(drawn, tool.IMAGES / image, tmp_path)


@pytest.mark.rest
@pytest.mark.parametrize("image", _images().EXAMPLES)
def test_images_of_examples_are_fresh(tmp_path: Path, image: str) -> None:
    is_fresh(_images().draw_example(image, tmp_path).convert("RGB"), _images().IMAGES / image, tmp_path)


def is_fresh(drawn: Image.Image, path: Path, tmp_path: Path) -> None:
    kept = Image.open(path).convert("RGB")
    assert kept.size == drawn.size, "run make images"
    difference = ImageChops.difference(kept, drawn).convert("L").filter(ImageFilter.BoxBlur(2))
    changed = sum(difference.point(lambda v: 255 * (v > 60)).histogram()[255:])
    if changed > 40:
        difference.point(lambda v: min(255, v * 4)).save(tmp_path / f"difference-{path.name}")
        pytest.fail(f"{changed} pixels differ (see {tmp_path / f'difference-{path.name}'}); run make images")


def test_the_page_of_the_templates_is_fresh_and_shows_each() -> None:
    from c6brief.pages.document import document, image_of

    kept = (REPOSITORY / "docs/templates.md").read_text(encoding="utf-8")
    assert kept == document(), "run make images"
    shown = _images().SHEETS
    for template in TEMPLATES:
        assert shown[image_of(template)][:2] == ("security", template)
        assert f"(images/{image_of(template)})" in kept and f"(../templates/{template}/README.md)" in kept
        for option in yaml.safe_load((REPOSITORY / "templates" / template / "template.yaml").read_text())["options"]:
            assert f"| `{option}` |" in kept.split(f": `{template}`\n")[1].split("\n## ")[0]
