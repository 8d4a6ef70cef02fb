"""``render --watch``: a real process, real saves."""

from __future__ import annotations

import io
import time
from collections.abc import Iterable
from pathlib import Path

import pypdf
import pytest

from c6brief.build.options import RenderOptions
from c6brief.build.watch import WarmRenderer, WarmResult, inputs_of, render_on_changes
from c6brief.documents.problems import Problems
from tests.support.paths import REPOSITORY
from tests.support.process import Running, until
from tests.support.project import Folder

FONTS = REPOSITORY / "src/c6brief/assets/fonts"

BRAND = """\
typography:
  fonts: [{family: House, source: file, files: [fonts/House.ttf]}]
  base: House
defaults: {c6brief: {publisher: House of Lifts, typography: {figures: House}}}
"""


def text_of(folder: Folder) -> str:
    pages = pypdf.PdfReader(io.BytesIO((folder.root / "output" / "lifts.pdf").read_bytes())).pages
    return " ".join(" ".join(page.extract_text() for page in pages).split())


class Nothing:
    """Renders nothing."""

    def render(self, changed: Iterable[Path] = ()) -> WarmResult:
        return WarmResult()


@pytest.mark.parametrize("most", ["MOST_FILES", "MOST_FOLDERS"])
def test_a_project_that_is_not_watched_whole_says_so(
    folder: Folder, monkeypatch: pytest.MonkeyPatch, most: str
) -> None:
    """The result that the page and the terminal show has a warning, until there are fewer files again."""
    briefs = [folder.root / "briefs" / "lifts.yaml"]
    monkeypatch.setattr(f"c6brief.build.inputs.{most}", 3)
    inputs = inputs_of(briefs, RenderOptions(), Problems())
    assert inputs is not None
    [problem] = next(render_on_changes(Nothing(), inputs)).problems
    assert (problem.rule, problem.severity) == ("not-all-watched", "warning")
    monkeypatch.setattr(f"c6brief.build.inputs.{most}", 5000)
    inputs = inputs_of(briefs, RenderOptions(), Problems())
    assert inputs is not None
    assert not list(next(render_on_changes(Nothing(), inputs)).problems)


@pytest.mark.rest
def test_every_save_is_printed(folder: Folder) -> None:
    with Running(folder.root, "render", "briefs/lifts.yaml", "--watch") as running:
        running.wait_for("Ctrl-C ends it")
        assert "Stations wait for their lifts" in text_of(folder)

        # A sentence of the specification, of a section in the evidence base.
        folder.change("briefs/lifts.yaml", "Stations wait for their lifts", "Nobody waits any longer")
        running.wait_for("\nin ", 2)
        assert "Nobody waits any longer" in text_of(folder)
        folder.change("seeds/sections/lifts.md", "The works began in 2018.", "Works have gone on since 2018.")
        running.wait_for("seeds/sections/lifts.md")
        until(lambda: "Works have gone on since 2018" in text_of(folder), "the new sentence")

        # A mistake is told, and the last good file stays.
        good = (folder.root / "output" / "lifts.pdf").read_bytes()
        folder.write("seeds/claims.yaml", (folder.root / "seeds/claims.yaml").read_text() + "- [\n")
        printed = running.wait_for("the last good file stays as it is")
        assert "seeds/claims.yaml:13:" in printed
        assert "error[yaml-syntax]" in printed
        assert (folder.root / "output" / "lifts.pdf").read_bytes() == good
        before = printed.count("output/lifts.pdf")
        folder.change("seeds/claims.yaml", "- [\n", "")
        printed = running.wait_for("output/lifts.pdf", before + 1)
        assert printed.count("error[") == 1

        # A new file of seeds, in a new folder, cited at once.
        folder.write("seeds/texts/new.txt", "The escalators run again.\n")
        folder.write(
            "seeds/sources/new.yaml",
            "references:\n  - {id: new, type: report, title: Escalators, publisher: WarmRenderer, custom: {text: texts/new.txt}}\n",
        )
        (folder.root / "seeds/sources.yaml").rename(folder.root / "seeds/sources/old.yaml")
        folder.change(
            "briefs/lifts.yaml", "Some stations are step-free.", "“The escalators run again.” [@new] They are."
        )
        until(lambda: "The escalators run again" in text_of(folder), "the new source")

        # The new folder is watched too.
        folder.change("seeds/sources/new.yaml", "publisher: WarmRenderer", "publisher: Gazette")
        until(lambda: "Gazette" in text_of(folder), "the new publisher")

        # A style sheet of the project, and its brand.
        folder.write("templates/policy-brief/template.yaml", "title: Ours\ndescription: Ours.\nwords: [styled anew]\n")
        folder.write("templates/policy-brief/type.css", "h2::after { content: ' styled anew' }\n")
        until(lambda: "styled anew" in text_of(folder), "the new style")
        folder.write("fonts/House.ttf", (FONTS / "SourceSans3-Regular.ttf").read_bytes())
        folder.write("_brand.yml", BRAND)
        until(lambda: "House of Lifts" in text_of(folder), "the new publisher")

        # Another font in the place of one of the same name, for text and figures.
        before = (folder.root / "output" / "lifts.pdf").read_bytes()
        folder.write("fonts/House.ttf", (FONTS / "SourceSerif4-Regular.ttf").read_bytes())
        until(lambda: (folder.root / "output" / "lifts.pdf").read_bytes() != before, "the new font")

        # What a warm process prints is what a cold one does.
        warm = (folder.root / "output" / "lifts.pdf").read_bytes()
        assert running.interrupt() == 0
        assert "Traceback" not in running.printed
    assert folder.render("briefs/lifts.yaml", "-o", "cold").status == 0
    assert (folder.root / "cold" / "lifts.pdf").read_bytes() == warm


@pytest.mark.rest
def test_a_burst_of_saves_is_one_print(folder: Folder) -> None:
    with Running(folder.root, "render", "briefs/lifts.yaml", "--watch", "-o", ".") as running:
        running.wait_for("Ctrl-C ends it")
        for number in range(12):
            folder.write("briefs/other.yaml", f"number: {number}\n")
            folder.write("seeds/texts/riders.txt", (folder.root / "seeds/texts/riders.txt").read_text() + "\nMore.\n")
        running.wait_for("\nin ", 2)
        # Files that c6brief writes itself, and those that editors leave, wake nothing: nor does -o . with its PDF.
        folder.write(".lifts.yaml.swp", "x")
        folder.write("briefs/lifts.yaml~", "x")
        time.sleep(2.5)
        assert running.printed.count("\nin ") == 2
        assert running.interrupt() == 0


def test_watching_needs_a_project_and_a_pdf(folder: Folder) -> None:
    outside = folder.root.parent / "alone.yaml"
    outside.write_text("title: x\n")
    done = folder.run("render", str(outside), "--watch")
    assert (done.status, done.rules) == (1, ["no-project"])
    done = folder.run("render", "briefs/lifts.yaml", "--watch", "--figures", "slides")
    assert done.status == 2
    assert "--watch" in done.err


LONG = " ".join(f"Nobody has said so much of lift {number} as of the stairs beside it." for number in range(60))
EDITS = {
    "a sentence": lambda folder: folder.change("seeds/sections/lifts.md", "began in 2018", "were begun in 2018"),
    "a note more": lambda folder: folder.change(
        "briefs/lifts.yaml", "step-free. [@step-free]", "step-free. [@works-begin] Yes. [@step-free]"
    ),
    "a title": lambda folder: folder.change("briefs/lifts.yaml", "Stations wait", "Everybody waits"),
    "a chart": lambda folder: folder.change("seeds/events.yaml", "Works begin", "Works start"),
    "a style": lambda folder: folder.write(
        "templates/policy-brief/type.css", "h2 { letter-spacing: 1pt; colour: red }"
    ),
    "a sentence after that": lambda folder: folder.change("seeds/sections/lifts.md", "were begun", "began"),
    "an image": lambda folder: folder.write(
        "logo.svg", "<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 9 9'><rect width='9' height='9'/></svg>"
    ),
}


@pytest.mark.rest
def test_a_warm_print_is_a_cold_one(folder: Folder) -> None:
    """Byte for byte, problem for problem, whatever was printed before it."""
    folder.change(
        "briefs/lifts.yaml",
        "Some stations are step-free. [@step-free]",
        f"Some are step-free. [@step-free]\n\n      {LONG}",
    )
    folder.write("_brand.yml", "logo: logo.svg\ndefaults: {c6brief: {publisher: House of Lifts}}\n")
    folder.write("logo.svg", "<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 9 9'><circle r='4'/></svg>")
    renderer = WarmRenderer([folder.root / "briefs/lifts.yaml"], RenderOptions())
    for name, edit in EDITS.items():
        changed = edit(folder)
        result = renderer.render([changed] if isinstance(changed, Path) else [folder.root / "seeds/sections/lifts.md"])
        warm = (folder.root / "output/lifts.pdf").read_bytes()
        cold = folder.render()
        assert (folder.root / "output/lifts.pdf").read_bytes() == warm, f"after {name}"
        assert [problem.rule for problem in result.problems] == cold.rules, f"after {name}"
