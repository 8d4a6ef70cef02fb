"""Images of the evidence base in briefs: where they may stand, what they must have, and what is told of their files."""

from __future__ import annotations

import os
import re
import textwrap
from pathlib import Path

import pytest

from c6brief import check
from c6brief.brief.blocks import read_image_argument
from c6brief.documents.problems import Problem
from tests.support.paths import REPOSITORY
from tests.support.pictures import cmyk_profile, drawing, picture, pictured, png_of_size, saved
from tests.support.project import Folder

__all__ = ["pictured"]


def told(folder: Folder, *names: str) -> list[Problem]:
    """The problems of the brief, errors and warnings; those of these ``names`` alone where some are given."""
    found = check(folder.root / "briefs/lifts.yaml").problems
    return [each for each in found if each.severity != "note" and (not names or each.rule in names)]


def test_a_brief_with_images_has_no_problems(pictured: Folder) -> None:
    assert told(pictured) == []


SIZES = {"hall": ("hall", "column"), "hall {size=wide}": ("hall", "wide"), 'hall {size="full"}': ("hall", "full"),
         "hall { size = wide }": ("hall", "wide"), "hall {width=3}": ("hall", ""), "hall large": ("hall", ""),
         "hall {size=}": ("hall", "")}  # fmt: skip


@pytest.mark.parametrize("argument", SIZES)
def test_a_size_is_an_attribute_as_pandoc_writes_them(argument: str) -> None:
    assert read_image_argument(argument) == SIZES[argument]


WRONG = {
    "no credit": (', credit: "Photograph: Ada Line"', "", "missing-key", "credit"),
    "no alt": (", alt: A hall with a lift.", "", "missing-key", "alt"),
    "blank credit": ("Photograph: Ada Line", " ", "bad-value", "empty"),
    "blank alt": ("alt: A hall with a lift.", "alt: ' '", "bad-value", "empty"),
    "no file of that name": ("images/hall.jpg", "images/hal.jpg", "no-such-file", "hal.jpg"),
    "a name without end": ("images/hall.jpg", "a" * 5_000 + ".jpg", "no-such-file", "aaa"),
    "outside": ("images/hall.jpg", "../../hall.jpg", "outside-project", "outside"),
    "a folder": ("images/hall.jpg", "images", "not-a-file", "folder"),
    "unknown source": ("source: transit-2024", "source: transit", "unknown-id", "transit"),
    "misspelt key": ("licence:", "license:", "unknown-key", "license"),
    "no place": ("focus: 50% 20%", "focus: middle", "bad-value", "middle"),
    "two rows": ("focus: 50% 20%", "focus: top bottom", "bad-value", "top bottom"),
    "too far": ("focus: 50% 20%", "focus: 120% 0%", "bad-value", "120%"),
    "CSS": ("focus: 50% 20%", "focus: '0; color: red'", "bad-value", "color"),
    "taken id": ("id: plan", "id: plan-2030", "id-twice", "plan-2030"),
}


@pytest.mark.sample(5)
@pytest.mark.parametrize("case", WRONG)
def test_what_is_wrong_with_an_image_is_told_where_it_is_written(pictured: Folder, case: str) -> None:
    old, new, rule, words = WRONG[case]
    pictured.change("seeds/images.yaml", old, new)
    found = [each for each in told(pictured, rule) if each.place.file.endswith(("images.yaml", "claims.yaml"))]
    assert found and words in found[0].message and found[0].place.line_text and found[0].hint
    assert "image-in-prose" not in [each.rule for each in told(pictured)]


MISPLACED = {
    "unknown id": ("::: image hall", "::: image hal", "unknown-id", "did you mean 'hall'?"),
    "no id": ("::: image hall", "::: image", "directive", "::: image ID"),
    "unknown size": ("::: image hall", "::: image hall {size=cover}", "directive", "column, wide, full"),
    "with text": ("::: image hall", "::: image hall\nwords", "directive", "outside"),
    "Markdown's own": ("::: image hall\n:::", "![A hall](images/hall.jpg)", "image-in-prose", "::: image ID"),
}


@pytest.mark.sample(3)
@pytest.mark.parametrize("case", MISPLACED)
def test_directives_that_are_wrong(pictured: Folder, case: str) -> None:
    old, new, rule, hint = MISPLACED[case]
    pictured.change("seeds/sections/lifts.md", old, new)
    [problem] = told(pictured)
    assert (problem.rule, problem.severity) == (rule, "error")
    assert hint in problem.hint and problem.place.file.endswith("lifts.md")


def test_images_are_listed_with_their_size_and_placed_once(pictured: Folder) -> None:
    pictured.change("briefs/lifts.yaml", "images: [plan]", "images: [{id: plan, size: wide}, plan]")
    [problem] = told(pictured)
    assert problem.rule == "placed-twice" and "image 'plan'" in problem.message
    pictured.change("briefs/lifts.yaml", "{id: plan, size: wide}, plan", "{id: plan, size: huge}")
    assert [each.rule for each in told(pictured)] == ["unknown-value"]


# What files are told of -----------------------------------------------------------------------------------------------


def test_coarse_images_are_told_with_the_pixels_that_are_wanted(pictured: Folder) -> None:
    pictured.write("seeds/images/hall.jpg", saved(picture((600, 400))))
    [problem] = told(pictured)
    assert (problem.rule, problem.severity) == ("image-coarse", "warning")
    assert "600 × 400" in problem.message and "129 an inch" in problem.message and "118 mm" in problem.message
    assert "929 × 619" in problem.hint and "1,394 × 929" in problem.hint
    pictured.change("_brand.yml", "key-message-count: off", "key-message-count: off, image-coarse: off")
    assert told(pictured) == []


def test_the_size_at_which_an_image_is_printed_counts(pictured: Folder) -> None:
    pictured.write("seeds/images/hall.jpg", saved(picture((1200, 800))))
    assert told(pictured) == []
    for size, dpi in (("wide", 179), ("full", 68)):
        pictured.change("seeds/sections/lifts.md", "::: image hall", f"::: image hall {{size={size}}}")
        assert f"{dpi} an inch" in told(pictured, "image-coarse")[0].message
        pictured.change("seeds/sections/lifts.md", f" {{size={size}}}", "")
    pictured.write("seeds/images/hall.jpg", saved(picture((900, 2000))))  # tall: narrower than the column
    assert told(pictured) == []


def test_cmyk_without_a_profile_is_told(pictured: Folder) -> None:
    pictured.write("seeds/images/hall.jpg", saved(picture((1600, 1000), "CMYK")))
    assert [each.rule for each in told(pictured)] == ["image-colours-guessed"]
    pictured.write("seeds/images/hall.jpg", saved(picture((1600, 1000), "CMYK"), icc_profile=cmyk_profile()))
    assert told(pictured) == []


def test_a_file_that_is_no_image_is_one_problem_beside_others(pictured: Folder) -> None:
    pictured.write("seeds/images/hall.jpg", b"GIF89a")
    pictured.write("seeds/charts/shares.svg", drawing("<script/>"))
    pictured.change("seeds/images.yaml", "City Transit", "' '")
    assert sorted(each.rule for each in told(pictured)) == ["bad-value", "image-format", "image-unsafe"]
    assert all(each.place.line_text for each in told(pictured))


def test_a_file_that_is_too_large_is_told_before_it_is_read(pictured: Folder) -> None:
    os.truncate(pictured.root / "seeds/images/hall.jpg", 300_000_000)
    [problem] = told(pictured)
    assert problem.rule == "image-too-large" and "300 MB" in problem.message
    assert problem.place.file.endswith("images.yaml")


def test_the_words_for_an_image_are_reviewed_as_those_for_charts(pictured: Folder) -> None:
    pictured.change("seeds/images.yaml", "A hall with a lift.", "A hall with a lift")
    assert [each.rule for each in told(pictured)] == ["alt-unfinished"]
    pictured.change("seeds/images.yaml", "A hall with a lift", "A hall " + "and a lift " * 30 + "stands.")
    assert [each.rule for each in told(pictured)] == ["alt-too-long"]


# Charts that were made elsewhere ------------------------------------------------------------------------------------


def pdf(pages: int = 2, **options: object) -> bytes:
    first, *rest = (picture((300, 200), colour=(shade, 90, 0)) for shade in range(0, 30 * pages, 30))
    return saved(first, "PDF", save_all=True, append_images=rest, **options)


def test_a_page_of_a_pdf_is_told_as_pixels(pictured: Folder) -> None:
    pictured.write("seeds/charts/shares.pdf", pdf())
    pictured.change("seeds/charts/shares.yaml", "shares.svg", "shares.pdf\npage: 2")
    [note] = [each for each in check(pictured.root / "briefs/lifts.yaml").problems if each.severity == "note"]
    assert note.rule == "page-as-pixels" and "page 2 of shares.pdf" in note.message
    assert told(pictured) == []


BAD_CHARTS = {
    "a page that is not there": ("shares.svg", "shares.pdf\npage: 3", "bad-value", "2 pages"),
    "page nought": ("shares.svg", "shares.pdf\npage: 0", "bad-value", "page"),
    "a page of a drawing": ("shares.svg", "shares.svg\npage: 1", "bad-value", "only a PDF"),
    "no data": ("table: access\n", "", "missing-key", "table"),
    "data that are not there": ("table: access", "data: gone.csv", "no-such-file", "gone.csv"),
    "no file": ("file: shares.svg\n", "", "missing-key", "file"),
    "a file that is a list": ("shares.svg", "[a]", "wrong-type", "file"),
    "no takeaway": ("title: Few stations are step-free\n", "", "missing-key", "title"),
    "a damaged PDF": ("shares.svg", "cut.pdf", "image-damaged", "cut.pdf"),
}


@pytest.mark.sample(4)
@pytest.mark.parametrize("case", BAD_CHARTS)
def test_charts_that_cannot_be_printed(pictured: Folder, case: str) -> None:
    pictured.write("seeds/charts/shares.pdf", pdf())
    pictured.write("seeds/charts/cut.pdf", pdf()[:300])
    old, new, rule, words = BAD_CHARTS[case]
    pictured.change("seeds/charts/shares.yaml", old, new)
    [problem] = told(pictured)
    assert problem.rule == rule and words in problem.message + problem.hint
    assert problem.place.file.endswith("shares.yaml") and problem.place.line_text


def test_a_locked_pdf_is_refused(pictured: Folder, tmp_path: Path) -> None:
    import pikepdf

    (tmp_path / "plain.pdf").write_bytes(pdf())
    with pikepdf.open(tmp_path / "plain.pdf") as plain:
        plain.save(pictured.root / "seeds/charts/locked.pdf", encryption=pikepdf.Encryption(owner="a", user="b"))
    pictured.change("seeds/charts/shares.yaml", "shares.svg", "locked.pdf")
    [problem] = told(pictured)
    assert problem.rule == "image-damaged" and "password" in problem.message


# Logos -------------------------------------------------------------------------------------------------------------

LOGOS = {
    "cut off": (saved(picture())[:300], "image-damaged"),
    "too large": (png_of_size(60_000, 60_000), "image-too-large"),
}


@pytest.mark.sample(1)
@pytest.mark.parametrize("case", LOGOS)
def test_a_logo_that_cannot_be_printed_is_told_at_the_brand_file(pictured: Folder, case: str) -> None:
    data, rule = LOGOS[case]
    pictured.write("logo.png", data)
    pictured.write("_brand.yml", "logo: logo.png\n" + (pictured.root / "_brand.yml").read_text())
    [problem] = told(pictured)
    assert problem.rule == rule and problem.place.file.endswith("_brand.yml") and problem.place.span.line == 1


# The documentation --------------------------------------------------------------------------------------------------


def examples() -> list[str]:
    """The indented blocks of docs/images.md, without their indentation and what a comment says."""
    text = (REPOSITORY / "docs" / "images.md").read_text(encoding="utf-8")
    blocks = re.findall(r"(?m)(?:^    .*\n|^\n(?=    ))+", text)
    return [re.sub(r"(?m) +# .*$", "", textwrap.dedent(block).strip("\n")) for block in blocks]


def test_the_examples_of_the_documentation_work(pictured: Folder) -> None:
    image, directives, listed, chart = examples()
    pictured.write("seeds/images.yaml", image + "\n- {id: plan, file: images/plan.svg, alt: Plan., credit: City}\n")
    pictured.write("seeds/charts/shares.yaml", chart + "\n")
    pictured.write("seeds/charts/shares.csv", "access,stations\nStreet to train,94\nStreet to platform,1061\n")
    for directive in directives.split("\n\n"):
        pictured.change("seeds/sections/lifts.md", "::: image hall\n:::", directive)
        assert told(pictured) == []
        pictured.change("seeds/sections/lifts.md", directive, "::: image hall\n:::")
    pictured.change("seeds/sections/lifts.md", "::: image hall\n:::\n", "")
    pictured.change("briefs/lifts.yaml", "sections:\n  - use: lifts", listed)
    assert told(pictured) == []
