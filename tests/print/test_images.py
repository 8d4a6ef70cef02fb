"""Images on the printed page: in every template, converted, tagged, verified, and as the standards have them."""

from __future__ import annotations

from dataclasses import replace
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from PIL import Image
from pypdf import PdfReader

from c6brief import RenderOptions, diff, render, verify
from c6brief.brief.model import BriefSection, ImageBlock, Picture
from c6brief.brief.pictures import box_in_mm, pictures_in
from c6brief.build.pictures import check_pictures, prepare_pictures
from c6brief.build.render_brief import prepare_brief
from c6brief.documents.problems import Problems
from tests.support.pictures import cmyk_profile, opened, picture, pictured, saved
from tests.support.project import Folder
from tests.support.tagtree import Tag, TagTree
from tests.support.verapdf import FLAVOURS, validate

__all__ = ["pictured"]

TEMPLATES = ("policy-brief", "report", "memo", "factsheet")


def printed(folder: Folder, **options: Any) -> Path:
    """The brief as printed, without an error."""
    result = render(folder.root / "briefs/lifts.yaml", RenderOptions(**options))
    assert [str(each) for each in result.problems if each.severity == "error"] == []
    return result.files[0].target


def images_in(path: Path) -> list[Image.Image]:
    return [Image.open(BytesIO(image.data)) for page in PdfReader(path).pages for image in page.images]


@pytest.fixture
def full(pictured: Folder) -> Folder:
    """The project with an image on a page of its own, a page of a PDF, and a logo that has to be converted."""
    pictured.write("seeds/charts/shares.pdf", saved(picture((300, 200)), "PDF"))
    chart = (pictured.root / "seeds/charts/shares.yaml").read_text()
    pictured.write("seeds/charts/page.yaml", chart.replace("shares.svg", "shares.pdf"))
    pictured.write("seeds/images/sheet.jpg", saved(picture((2600, 3600))))
    pictured.write(
        "seeds/images.yaml",
        (pictured.root / "seeds/images.yaml").read_text()
        + "- {id: sheet, file: images/sheet.jpg, alt: A sheet., credit: Somebody, focus: 0% 0%}\n",
    )
    pictured.change("briefs/lifts.yaml", "images: [plan]", "images: [plan, {id: sheet, size: full}]")
    pictured.change("briefs/lifts.yaml", "charts: [shares]", "charts: [shares, page]")
    pictured.write("logo.jpg", saved(picture((2000, 2000), "CMYK"), icc_profile=cmyk_profile()))
    pictured.write("_brand.yml", "logo: logo.jpg\n" + (pictured.root / "_brand.yml").read_text())
    return pictured


def test_everything_stands_on_the_page_and_verifies(full: Folder) -> None:
    path = printed(full)
    assert verify(path).is_whole
    words = " ".join(page.extract_text() for page in PdfReader(path).pages)
    assert "Photograph: Ada Line · CC BY 4.0" in words and "City Transit · Source: S1 Transit." in words
    assert "North gate" in words  # a text of a drawing is a text
    found = {image.size: image for image in images_in(path)}
    assert {(1182, 1182), (1394, 872)} <= set(found)  # the logo at 100 mm, the hall at 118 mm, 300 an inch
    assert all(image.mode in ("RGB", "L") for image in found.values())
    red, green, blue = found[1182, 1182].convert("RGB").getpixel((9, 9))
    assert red < 60 < green < 140 < blue  # as the press of the profile has it
    tree = TagTree(path)
    check_figure(tree, "A hall with a lift.", "Photograph: Ada Line · CC BY 4.0")
    check_figure(tree, "Plan of a station.", "City Transit · Source: S1 Transit.")
    names = sorted(name for name in PdfReader(path).attachments if name.startswith("figure-"))
    assert names == ["figure-1-lifts.csv", "figure-2-shares.csv", "figure-3-page.csv"]


def check_figure(tree: TagTree, alt: str, credit: str) -> None:
    """An image is a figure with its words, and who made it is read right after it."""
    [figure] = [tag for tag in tree.root.all("Figure") if tag.entry.get("/Alt") == alt]
    assert figure.parent is not None and figure.parent.kind == "Sect"
    assert [kid.kind for kid in figure.parent.kids if isinstance(kid, Tag)] == ["Figure", "P"]
    assert figure.parent.one("P").text == credit
    assert figure.attribute("BBox") is not None


@pytest.mark.rest
@pytest.mark.parametrize("template", TEMPLATES)
def test_every_template_shows_images_and_conforms(full: Folder, template: str) -> None:
    path = printed(full, template=template)
    assert verify(path).is_whole
    words = " ".join(page.extract_text() for page in PdfReader(path).pages)
    assert "Photograph: Ada Line · CC BY 4.0" in words
    [verdict, *others] = validate({path: FLAVOURS["pdf-1.7"]})
    assert [each.failed for each in (verdict, *others) if each.failed] == []


@pytest.mark.rest
def test_a_factsheet_prints_the_first_image_or_none(full: Folder) -> None:
    for wanted, count in (("1", 1), ("0", 0)):
        printed(full, template="factsheet", overrides=(f"options.images={wanted}",))
        words = "".join(page.extract_text() for page in PdfReader(full.root / "output/lifts.pdf").pages)
        assert words.count("Photograph: Ada Line") == count and "City Transit · Source" not in words


@pytest.mark.rest
def test_an_image_of_a_page_of_its_own_fills_the_sheet(full: Folder) -> None:
    path = printed(full)
    [sheet] = [tag for tag in TagTree(path).root.all("Figure") if tag.entry.get("/Alt") == "A sheet."]
    left, bottom, right, top = map(float, sheet.attribute("BBox"))
    assert (left, right, top) == pytest.approx((0, 595.28, 841.89), abs=0.5) and bottom == pytest.approx(34, abs=1)


@pytest.mark.rest
def test_the_same_images_give_the_same_file_from_the_cache_or_not(
    full: Folder, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = printed(full).read_bytes()
    monkeypatch.setenv("C6BRIEF_CACHE_DIR", str(full.root.parent / "another"))
    assert printed(full).read_bytes() == first


@pytest.mark.rest
def test_html_holds_the_images(full: Folder) -> None:
    html = printed(full, form="html").read_text()
    assert html.count('src="data:image/jpeg;base64,') >= 3 and "@image/" not in html and "data:image/svg+xml" in html


@pytest.mark.rest
def test_figures_made_elsewhere_are_exported_as_they_came(full: Folder) -> None:
    assert full.render("briefs/lifts.yaml", "--figures", "out").status == 0
    assert (full.root / "out/shares.svg").read_bytes() == (full.root / "seeds/charts/shares.svg").read_bytes()
    assert (full.root / "out/page.pdf").exists() and (full.root / "out/page.csv").exists()


@pytest.mark.rest
def test_editions_and_the_evidence_base_are_compared_by_images(pictured: Folder) -> None:
    first = pictured.root.parent / "first.pdf"
    first.write_bytes(printed(pictured).read_bytes())
    assert [each.rule for each in verify(first, seeds=pictured.root / "seeds").problems] == []
    pictured.write("seeds/images/hall.jpg", saved(picture((1700, 1000))))
    pictured.change("seeds/images.yaml", "credit: City Transit", "credit: The city")
    told = verify(first, seeds=pictured.root / "seeds").problems
    assert [each.rule for each in told] == ["image-changed", "image-changed"]
    found = [each for each in diff(first, printed(pictured)).differences or () if each.subject == "images"]
    assert [(each.id, each.change) for each in found] == [("hall", "changed"), ("plan", "changed")]
    assert "City Transit" in found[1].old and "The city" in found[1].new
    pictured.change("seeds/images.yaml", "id: hall", "id: room")
    assert "entry-gone" in [each.rule for each in verify(first, seeds=pictured.root / "seeds").problems]


@pytest.mark.rest
def test_a_changed_image_is_printed_anew(full: Folder) -> None:
    printed(full)
    full.write("seeds/images/hall.jpg", saved(picture((1600, 1000), colour=(250, 250, 0))))
    assert any(image.convert("RGB").getpixel((9, 9))[0] > 200 for image in images_in(printed(full)))
    assert opened((full.root / "seeds/images/hall.jpg").read_bytes()).size == (1600, 1000)


def test_a_picture_in_a_box_of_millimetres_is_made_for_it(pictured: Folder) -> None:
    """As portraits and funders' logos are: cropped by CSS or whole, it has 300 pixels an inch."""
    problems = Problems()
    prepared = prepare_brief(pictured.root / "briefs/lifts.yaml", RenderOptions(), {}, problems)
    assert prepared is not None and not problems.errors
    [block, *_] = [
        each for section in prepared.brief.sections for each in section.blocks if isinstance(each, ImageBlock)
    ]
    portrait = replace(block, picture=replace(block.picture, src="@image/hall/24x30", box="24x30"))
    brief = replace(prepared.brief, sections=(BriefSection("x", "X", (portrait,)),))
    [(address, data)] = prepare_pictures(brief, prepared.state, prepared.style, problems).items()
    assert address == "@image/hall/24x30"
    assert opened(data).size == (567, 355)  # 1600 × 1000 cropped to 24 × 30 mm: 355 pixels are 30 mm
    check_pictures(brief, prepared.state, replace(prepared.style), problems)
    assert list(problems) == []


def test_pictures_are_found_wherever_a_template_may_have_them() -> None:
    picture = Picture("a", "@image/a/9x9", "A.", "B", "", "50% 50%", "9x9")
    assert list(pictures_in((picture, {"options": picture}, ("x", picture)))) == [picture, picture]
    assert box_in_mm("24x30") == (24, 30) and box_in_mm("31.5x9") == (31.5, 9) and box_in_mm("wide") is None
