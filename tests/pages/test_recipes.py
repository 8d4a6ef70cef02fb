"""The recipes in the READMEs of the templates, followed word by word in a project that is not ours.

Each is read as a designer reads it: "At the end of `FILE`, write:" and what stands below, and no more than that. What
comes out is looked for in the PDF, and no page of it may have a flaw.
"""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from itertools import pairwise
from pathlib import Path

import pypdf
import pypdfium2
import pytest

from tests.support.paths import REPOSITORY
from tests.support.project import BRIEF, Folder

MM = 72 / 25.4
FONTS = REPOSITORY / "src/c6brief/assets/fonts"
FILES = {
    "fonts/HouseDisplay-Semibold.ttf": FONTS / "SourceSans3-Semibold.ttf",
    "fonts/HouseDisplay-Italic.ttf": FONTS / "SourceSans3-It.ttf",
}
"""What a house has in its drawers: faces that are not those of the template."""

LOGO = (
    '<svg xmlns="http://www.w3.org/2000/svg" width="120" height="48">'
    '<rect width="120" height="48" fill="#ffd23f"/></svg>'
)
WINE, VIOLET, TEAL, YELLOW = "#7a1f3d", "#3b2a6b", "#1f5a62", "#ffd23f"


def recipes_of(template: str) -> dict[str, str]:
    """The recipes of a README: title and text."""
    readme = (REPOSITORY / "templates" / template / "README.md").read_text(encoding="utf-8")
    chapter = readme.split("\n## Recipes\n")[1].split("\n## ")[0]
    return {title: text for title, _, text in (part.partition("\n") for part in chapter.split("\n### ")[1:])}


ALL = [
    (template, title) for template in ("policy-brief", "memo", "factsheet", "report") for title in recipes_of(template)
]


def steps(recipe: str) -> list[tuple[str, str]]:
    """What is said before each indented block, and the block."""
    parts = [part.strip("\n") for part in re.split(r"\n\n(?! {4})", recipe)]
    parts = [piece for part in parts for piece in re.split(r"\n\n(?= {4})", part, maxsplit=1)]
    return [(words, block) for words, block in pairwise(parts) if block.startswith("    ")]


def follow(project: Path, template: str, title: str, brief: str) -> None:
    """Do what the recipe says, in ``project`` and its ``templates/ministry``."""
    home, done = project / "templates/ministry", 0
    for words, block in steps(recipes_of(template)[title]):
        words = " ".join(words.split())
        lines = [line[4:] for line in block.split("\n")]
        if not words.endswith(":"):
            continue
        done += 1
        if where := re.search(r"At the end of `([^`]+)`(?:,.*)? write(?: one of its blocks anew.*)?", words):
            path = (project if where[1] == "_brand.yml" else home) / where[1]
            before = path.read_text(encoding="utf-8") if path.exists() else ""
            path.write_text(before + "\n".join(lines) + "\n", encoding="utf-8")
        elif "In `style.css`, under `:root`, change these lines" in words:
            style = (home / "style.css").read_text(encoding="utf-8")
            for line in lines:
                style, changed = re.subn(rf"^\s*{line.split(':')[0]}:[^;]*;", f"  {line}", style, flags=re.M)
                assert changed == 1, f"style.css has no {line}"
            (home / "style.css").write_text(style, encoding="utf-8")
        elif "Put the font files" in words:
            for line in lines:
                (home / line).parent.mkdir(exist_ok=True)
                shutil.copy(FILES[line], home / line)
        elif "in the brief" in words.lower():
            with (project / brief).open("a", encoding="utf-8") as file:
                file.write("\n".join(lines) + "\n")
        else:
            raise AssertionError(f"nobody knows how to follow: {words}")
    assert done, "the recipe says nothing to do"
    if "everywhere" in title:  # "In the project's folder …, with the files there."
        (project / "fonts").mkdir()
        for name, font in FILES.items():
            shutil.copy(font, project / name)
    if "house.svg" in recipes_of(template)[title]:
        (project / "house.svg").write_text(LOGO, encoding="utf-8")


class Print:
    """A PDF, as a designer looks at it."""

    def __init__(self, path: Path) -> None:
        self._reader = pypdf.PdfReader(path)
        self._sheets = pypdfium2.PdfDocument(path)
        self.pages = len(self._reader.pages)

    def paints(self, colour: str, page: int | None = None) -> bool:
        """Whether something is filled with ``colour``, on one page (from 1) or on any."""
        wanted = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
        pages = self._reader.pages if page is None else [self._reader.pages[page - 1]]
        return any(
            all(abs(float(given) - want) < 1e-3 for given, want in zip(found, wanted, strict=True))
            for each in pages
            for found in re.findall(
                r"([\d.]+) ([\d.]+) ([\d.]+) rg\b", each.get_contents().get_data().decode("latin-1")
            )
        )

    @property
    def fonts(self) -> set[str]:
        return {
            str(font.get_object()["/BaseFont"]).split("+")[-1]
            for page in self._reader.pages
            for font in page["/Resources"]["/Font"].values()
        }

    def font_of(self, words: str) -> str:
        """The font of the first run of letters that holds ``words``."""
        found: list[str] = []
        for page in self._reader.pages:
            page.extract_text(
                visitor_text=lambda text, cm, tm, font, size: words in text and found.append(font["/BaseFont"])
            )
        return found[0].split("+")[-1]

    def size_of(self, words: str) -> float:
        """The size in CSS pixels of the letters of ``words``."""
        for page in self._sheets:
            text = page.get_textpage()
            if found := text.search(words).get_next():
                return pypdfium2.raw.FPDFText_GetFontSize(text, found[0])
        raise AssertionError(f"{words!r} is not printed")

    def place(self, words: str) -> tuple[int, float, float]:
        """Where ``words`` stand first: page from 1, mm from its left edge, mm from its upper edge."""
        for number, page in enumerate(self._sheets, 1):
            text = page.get_textpage()
            if found := text.search(words).get_next():
                left, _, _, top = text.get_charbox(found[0])
                return number, left / MM, (page.get_height() - top) / MM
        raise AssertionError(f"{words!r} is not printed")

    @property
    def alternatives(self) -> set[str]:
        """The alternative texts of all pictures."""
        numbers = {*self._reader.xref.get(0, ()), *self._reader.xref_objStm} - {0}
        objects = (self._reader.get_object(number) for number in sorted(numbers))
        return {str(each["/Alt"]) for each in objects if isinstance(each, dict) and "/Alt" in each}


ONE = "      Some stations are step-free. [@step-free]\n"
TWO = """\
      Alpha begins the first of two paragraphs that fill a few lines. [@step-free]

      Omega begins the second of two paragraphs that fill a few lines. [@step-free]
"""


@pytest.fixture
def ministry(folder: Folder) -> Folder:
    folder.write("briefs/lifts.yaml", BRIEF.replace(ONE, TWO))
    return folder


def printed(folder: Folder, template: str, *titles: str) -> Print:
    """The brief about lifts in a template of its own, after the recipes were followed."""
    assert folder.run("new", "template", "ministry", "--from", template).status == 0
    for title in titles:
        follow(folder.root, template, title, "briefs/lifts.yaml")
    result = folder.render("briefs/lifts.yaml", "--template", "ministry", "--strict")
    assert (result.status, result.err) == (0, ""), result.err
    return Print(folder.root / "output/lifts.pdf")


@pytest.mark.sample(2)
@pytest.mark.parametrize(("template", "title"), ALL, ids=[f"{template}: {title}" for template, title in ALL])
def test_a_recipe_does_what_its_title_says(ministry: Folder, template: str, title: str) -> None:
    done = printed(ministry, template, title)
    LOOKED_FOR[title](done)


def colours(done: Print) -> None:
    assert done.paints(WINE) and not done.paints(TEAL)


def own_colours(done: Print) -> None:
    assert done.paints(VIOLET) and not done.paints(TEAL)


def title_face(done: Print) -> None:
    assert done.font_of("Stations wait").startswith("House-Display")
    assert any("Italic" in font or "Oblique" in font for font in done.fonts if font.startswith("House-Display")), (
        done.fonts
    )
    assert not any(font.startswith("Brief-Display") for font in done.fonts)


def logo(done: Print) -> None:
    assert done.paints(YELLOW, page=1) and "Ministry of Transit" in done.alternatives


def messages_in_margin(done: Print) -> None:
    page, left, top = done.place("Ninety-four")
    assert page == 1 and 20 <= left <= 62
    assert done.place("Key messages")[1] == pytest.approx(20, abs=1)
    beside = done.place("The works began")
    assert beside[0] == 1 and beside[1] == pytest.approx(72, abs=1)
    assert done.place("Alpha begins")[1] == pytest.approx(72, abs=1)
    assert done.place("An Author")[1] == pytest.approx(72, abs=1) and done.place("An Author")[2] < beside[2]
    assert top < beside[2] + 10


def two_columns(done: Print) -> None:
    first, second = done.place("Alpha begins"), done.place("Omega begins")
    assert first[0] == second[0]
    assert second[1] - first[1] == pytest.approx(62, abs=5)  # half of 118 mm and half of the gap, less the indent
    assert abs(second[2] - first[2]) < 12


def no_sources(done: Print) -> None:
    with pytest.raises(AssertionError, match="is not printed"):
        done.place("Who speaks")


def addressee(done: Print) -> None:
    assert done.place("The Minister")[0] == 1


def larger(done: Print) -> None:
    assert done.size_of("Alpha begins") == pytest.approx(13.6 * 96 / 72, abs=0.01)


def no_figure(done: Print) -> None:
    assert not any(text.startswith("Timeline") for text in done.alternatives)


def sources_in_columns(done: Print) -> None:
    one, two = done.place("Getting on board"), done.place("Waiting for the lift")
    assert abs(one[1] - two[1]) > 40


def chapters_begin_a_page(done: Print) -> None:
    assert done.place("The works began")[0] != done.place("Alpha begins")[0]


def light_cover(done: Print) -> None:
    assert not done.paints(TEAL, page=1) and done.paints("#eef3f3", page=1)


LOOKED_FOR = {
    "Change the colours": colours,
    "Change the colours of this template alone": own_colours,
    "Change the face of the titles": title_face,
    "Change the face of the titles everywhere": title_face,
    "Add a logo": logo,
    "Move the key messages to the margin": messages_in_margin,
    "Add a second column": two_columns,
    "Leave a part out, or change the order": no_sources,
    "Say whom it is for": addressee,
    "Set it larger": larger,
    "Print other figures, or none": no_figure,
    "Set the sources in two columns": sources_in_columns,
    "Begin each chapter on a page": chapters_begin_a_page,
    "A light cover": light_cover,
}
"""For each recipe what it promises."""

TASKS = (
    "Change the colours",
    "Change the face of the titles",
    "Add a logo",
    "Move the key messages to the margin",
    "Add a second column",
)
"""A designer's list for one afternoon."""


def test_all_of_them_go_together(ministry: Folder) -> None:
    done = printed(ministry, "policy-brief", *TASKS)
    for title in TASKS:
        LOOKED_FOR[title](done)


@pytest.mark.rest
def test_our_own_briefs_have_no_flaw_after_them(tmp_path: Path) -> None:
    for name in ("seeds", "briefs"):
        shutil.copytree(REPOSITORY / name, tmp_path / name)
    shutil.copy(REPOSITORY / "_brand.yml", tmp_path)

    def command(*arguments: str) -> str:
        done = subprocess.run(
            [sys.executable, "-m", "c6brief", *arguments], cwd=tmp_path, capture_output=True, text=True, check=False
        )
        assert (done.returncode, done.stderr) == (0, ""), done.stderr
        return done.stdout

    command("new", "template", "ministry")
    for title in TASKS:
        follow(tmp_path, "policy-brief", title, "briefs/security.yaml")
    briefs = [str(path) for path in sorted((tmp_path / "briefs").glob("*.yaml"))]
    command("render", *briefs, "--template", "ministry", "--strict", "--jobs", "1")
    assert len(list((tmp_path / "output").glob("*.pdf"))) == len(briefs)


@pytest.mark.parametrize("template", ["policy-brief", "memo", "factsheet", "report"])
def test_a_new_template_brings_the_recipes_along(folder: Folder, template: str) -> None:
    assert folder.run("new", "template", "our-own", "--from", template).status == 0
    text = (folder.root / "templates/our-own/README.md").read_text(encoding="utf-8")
    assert all(f"### {title}\n" in text for title in recipes_of(template))
    assert "ministry" not in text and text.count("## Recipes") == 1
