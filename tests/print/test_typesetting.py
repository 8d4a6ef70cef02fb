"""What comes out of the press: text, fonts, tags, the same bytes everywhere, and nothing that was not allowed in."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from pypdf import PdfReader

from c6brief.documents.boundary import add_root
from c6brief.print.fonts import use_bundled_fonts
from tests.support.paths import REPOSITORY
from tests.support.project import Folder

ANOTHER_DAY = """
import datetime, runpy, sys, time
shift = 400 * 86400
real = time.time
time.time = lambda: real() + shift
class Later(datetime.datetime):
    @classmethod
    def now(cls, tz=None):
        return cls.fromtimestamp(time.time(), tz)
    @classmethod
    def utcnow(cls):
        return cls.fromtimestamp(time.time(), datetime.timezone.utc).replace(tzinfo=None)
datetime.datetime = Later
sys.argv = ["c6brief", *sys.argv[1:]]
from c6brief.cli import main
main()
"""


def text_of(path: Path) -> str:
    """The words of a PDF; hyphens at line ends taken back."""
    pages = "\n".join(page.extract_text() for page in PdfReader(path).pages)
    return re.sub(r"\s+", " ", re.sub(r"(?<=\w)[-\u2010]\n(?=\w)", "", pages))


def fonts_of(path: Path) -> set[str]:
    """The names of embedded fonts, without the tag of the subset."""
    names = set()
    for page in PdfReader(path).pages:
        for font in (page["/Resources"].get("/Font") or {}).values():
            names.add(str(font.get_object()["/BaseFont"]).split("+")[-1])
    return names


@pytest.fixture
def printed(folder: Folder) -> Path:
    result = folder.render()
    assert result.err == ""
    assert result.status == 0
    assert re.fullmatch(r"output/lifts\.pdf  [1-3] pages?\n", result.out)
    return folder.root / "output" / "lifts.pdf"


def test_a_brief_prints_what_it_holds(printed: Path) -> None:
    text = text_of(printed)
    for words in (
        "Stations wait for their lifts",
        "2 March 2026",
        "An Author",
        "Every station will have a lift by 2030",
        "When the first lift opened is in dispute.",
        "≠ Accounts differ.",
        "○ One voice (City Transit).",
        "The first lift opened in 2019 or in 2021",
        "Stations by access",
        "1,061",
        "Nobody has seen a plan for 2030.",
        "Publish the plan.",
        "S1",
        "passages were found word for word",
    ):
        assert words in text, words
    reader = PdfReader(printed)
    assert reader.metadata.title == "Stations wait for their lifts"
    assert reader.trailer["/Root"]["/MarkInfo"]["/Marked"] is not False
    assert reader.trailer["/Root"]["/Lang"] == "en"


def test_a_figure_is_real_text_in_the_page_s_fonts(printed: Path) -> None:
    assert "Works begin" in text_of(printed)
    assert fonts_of(printed)
    assert all(name.startswith("Brief-") for name in fonts_of(printed)), fonts_of(printed)


def test_only_the_file_itself_is_left_in_the_output_folder(printed: Path) -> None:
    assert [path.name for path in printed.parent.iterdir()] == ["lifts.pdf"]


def test_a_render_that_fails_leaves_the_old_file_whole(printed: Path, folder: Folder) -> None:
    before = printed.read_bytes()
    folder.change("seeds/quotes.yaml", "will have", "will not have")
    assert folder.render().status == 1
    assert printed.read_bytes() == before


def test_another_folder_template_and_values(folder: Folder) -> None:
    folder.write(
        "templates/plain/brief.html.j2",
        "<html lang=en><title>{{ brief.title }}</title><p style='font-family:Brief Serif'>{{ brief.title }} {{ brief.options.colour }}</p>",
    )
    folder.write("templates/plain/style.css", "p { font-family: 'Brief Serif' }")
    result = folder.render(
        "briefs/lifts.yaml",
        "-o",
        "elsewhere",
        "--template",
        "plain",
        "--set",
        "title=New words",
        "--set",
        "options.colour=red",
    )
    assert result.status == 0, result.err
    assert "New words red" in text_of(folder.root / "elsewhere" / "lifts.pdf")
    assert folder.written == []


@pytest.mark.rest
def test_one_failing_brief_does_not_stop_the_others(folder: Folder) -> None:
    folder.write("briefs/bad.yaml", "title: x\n")
    result = folder.run("render", "briefs/bad.yaml", "briefs/lifts.yaml")
    assert result.status == 1
    assert result.rules == ["missing-key", "missing-key"]
    assert folder.written == ["lifts.pdf"]
    assert "nothing was written" not in result.err


@pytest.mark.sample(12)
@pytest.mark.parametrize(
    "address",
    [
        "https://example.org/x.png",
        "file:///etc/hostname",
        "../../../../etc/hostname",
        "//example.org/x.png",
        "/etc/hostname",
        "http://127.0.0.1:9/x.png",
        "c6brief:fonts/../fonts.conf",
        "style.css/../../../seeds/quotes.yaml",
        "no.png",
    ],
)
@pytest.mark.parametrize(
    "element",
    [
        "<img alt=x src='{}'>",
        "<link rel=stylesheet href='{}'>",
        "<link rel=attachment href='{}'>",
        "<style>@import '{}'; p {{ background: url('{}') }}</style>",
    ],
)
def test_a_template_reads_only_its_own_files(folder: Folder, element: str, address: str) -> None:
    markup = element.replace("{}", address).replace("{{", "{").replace("}}", "}")
    folder.write(
        "templates/greedy/brief.html.j2", f"<html lang=en><title>x</title>{{% raw %}}{markup}{{% endraw %}}<p>x"
    )
    result = folder.render("briefs/lifts.yaml", "--template", "greedy")
    assert result.status == 1, (result.out, result.err)
    assert "missing-resource" in result.rules
    assert folder.written == []


def test_a_data_address_may_have_so_many_characters_and_no_more() -> None:
    use_bundled_fonts()
    from c6brief.documents.problems import Place, Problems
    from c6brief.print.fetcher import LARGEST_DATA_URL, ProjectFetcher

    fetcher, head = ProjectFetcher(lambda url: None, Problems(), Place("x")), "data:text/plain,"
    longest = head + "x" * (LARGEST_DATA_URL - len(head))
    assert len(fetcher.fetch(longest).read()) == LARGEST_DATA_URL - len(head)
    with pytest.raises(ValueError, match="a data address of 2,000,001 characters; at most 2,000,000 are read"):
        fetcher.fetch(longest + "x")


def test_a_damaged_picture_is_not_served(tmp_path: Path) -> None:
    use_bundled_fonts()
    from c6brief.documents.problems import Place, Problems
    from c6brief.print.fetcher import ProjectFetcher

    add_root(tmp_path)
    (tmp_path / "x.png").write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(3))
    with pytest.raises(ValueError, match="damaged: it ends too early"):
        ProjectFetcher(lambda url: tmp_path / "x.png", Problems(), Place("x")).fetch("x.png")


def test_a_drawing_that_unfolds_is_told_at_its_line_wherever_it_is_used(folder: Folder) -> None:
    """As an image of the page, and as one of a style sheet: once, at the line that refers to what unfolds."""
    uses = "".join(f'\n<g id="a{at}">' + f'<use href="#a{at - 1}"/>' * 10 + "</g>" for at in range(1, 9))
    drawing = f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><path id="a0" d="M0 0h9"/>{uses}</svg>'
    folder.write("templates/mine/bomb.svg", f"{drawing[:-6]}\n<use href='#a8'/></svg>")
    folder.write(
        "templates/mine/brief.html.j2",
        '{% extends "c6brief:policy-brief/brief.html.j2" %}\n'
        '{% block cover %}<img src="bomb.svg" alt="x"><p style="background: url(bomb.svg)">x</p>{% endblock %}',
    )
    result = folder.render("briefs/lifts.yaml", "--template", "mine")
    assert result.status == 1 and folder.written == []
    assert result.rules.count("drawing-unfolds") == 1 and "missing-resource" not in result.rules, result.err
    assert "templates/mine/bomb.svg:10:1: error[drawing-unfolds]" in result.err


def test_a_character_without_a_glyph_is_named_where_it_was_written(folder: Folder) -> None:
    folder.change("briefs/lifts.yaml", "What two sources say", "What 漢 says")
    result = folder.render()
    assert result.rules[:1] == ["missing-glyph"], result.err
    assert result.err.startswith("briefs/lifts.yaml:2:16: error[missing-glyph]: no font has U+6F22")
    assert folder.written == []


def test_css_that_is_ignored_is_told_at_its_line(folder: Folder) -> None:
    folder.write("templates/odd/brief.html.j2", "<html lang=en><title>x</title><link rel=stylesheet href=odd.css><p>x")
    folder.write("templates/odd/odd.css", "p { font-family: 'Source Serif 4' }\np { colour: red }\n")
    result = folder.render("briefs/lifts.yaml", "--template", "odd")
    assert result.status == 0
    assert "templates/odd/odd.css:2:5: warning[ignored-css]: 'colour: red' is ignored" in result.err


def test_a_font_that_nobody_named_is_told(folder: Folder) -> None:
    folder.write("templates/bare/brief.html.j2", "<html lang=en><title>x</title><p style='font-family: Nowhere'>x")
    result = folder.render("briefs/lifts.yaml", "--template", "bare")
    assert result.rules == ["font-fallback"]


@pytest.mark.parametrize(
    "css", ["p { width: calc(1px / 0) }", "div " * 5000 + "{}", "p { content: '" + "x" * 100_000 + "' }"]
)
def test_odd_css_never_ends_in_a_traceback(folder: Folder, css: str) -> None:
    folder.write(
        "templates/odd/brief.html.j2",
        "<html lang=en><title>x</title><link rel=stylesheet href=odd.css><p style='font-family:Source Serif 4'>x",
    )
    folder.write("templates/odd/odd.css", css)
    assert folder.render("briefs/lifts.yaml", "--template", "odd").status in (0, 1)


@pytest.mark.parametrize(
    ("css", "told"),
    [
        ("@page { size: 20mm; margin: 15mm }", ["typesetting-failed"]),
        ("@page { margin: 400mm }", ["typesetting-failed"]),
        ("html { font-size: 1e9px }", ["extreme-value"]),
        ("body { width: 0 }", []),
    ],
)
def test_a_page_without_room_is_told_in_our_words(folder: Folder, css: str, told: list[str]) -> None:
    text = (
        f"<html lang=en><title>x</title><style>{css}</style><p style='font-family:Source Serif 4'>Words that need room"
    )
    folder.write("templates/narrow/brief.html.j2", text)
    result = folder.render("briefs/lifts.yaml", "--template", "narrow")
    assert result.errors == told, result.err
    assert "Error" not in result.err and "_Failed" not in result.err
    assert "has no room for text" in result.err or told != ["typesetting-failed"]


def test_deep_nesting_is_a_problem_not_a_crash(folder: Folder) -> None:
    folder.write("templates/deep/brief.html.j2", "<html lang=en><title>x</title>" + "<div>" * 3000 + "x")
    result = folder.render("briefs/lifts.yaml", "--template", "deep")
    assert (result.status, result.rules) == (1, ["typesetting-failed"])


@pytest.mark.rest
def test_the_same_bytes_on_another_day_in_another_folder(tmp_path: Path) -> None:
    files = []
    for number, (seed, zone, code) in enumerate([("1", "Asia/Almaty", None), ("77", "America/Lima", ANOTHER_DAY)]):
        root = tmp_path / f"place {number}"
        for name in ("seeds", "briefs"):
            shutil.copytree(REPOSITORY / name, root / name)
        command = [
            sys.executable,
            *(["-c", code] if code else ["-m", "c6brief"]),
            "render",
            str(root / "briefs/at-a-glance.yaml"),
        ]
        environment = {**os.environ, "PYTHONHASHSEED": seed, "TZ": zone, "LC_ALL": "C" if number else "C.UTF-8"}
        done = subprocess.run(
            command, cwd=root if number else tmp_path, env=environment, capture_output=True, text=True, check=False
        )
        assert done.returncode == 0, done.stderr
        files.append((root / "output/at-a-glance.pdf").read_bytes())
    assert files[0] == files[1]


def test_text_flows_before_a_figure_that_does_not_fit(folder: Folder) -> None:
    # Two thirds of a page of text, then a figure of half a page, then more text: without flowing, a hole of a third.
    paragraph = "A paragraph that says very little in rather many words, so that it fills its lines. " * 4
    above, below = ("\n\n".join(f"{name} {number}. {paragraph}" for number in range(13)) for name in ("Above", "Below"))
    folder.write("seeds/sections/lifts.md", f"---\ntitle: Lifts\n---\n{above}\n\n::: chart lifts\n:::\n\n{below}\n")
    folder.write("seeds/events.yaml", "".join(
        f"- id: e{number}\n  title: Event number {number}\n  accounts:\n"
        f"    - {{source: transit-2024, date: {2000 + number}, exact: We began in 2018.}}\n" for number in range(20)
    ))  # fmt: skip
    folder.change(
        "seeds/charts/lifts.yaml", "[works-begin, first-lift]", "[" + ", ".join(f"e{n}" for n in range(20)) + "]"
    )
    folder.write("briefs/lifts.yaml", "title: T\ndate: 2026-03-02\nsections: [{use: lifts}]\n")
    result = folder.render()
    assert result.status == 0, result.err
    pages = [page.extract_text() for page in PdfReader(folder.root / "output/lifts.pdf").pages]
    figure = next(number for number, text in enumerate(pages) if "Figure 1" in text)
    before = "".join(pages[:figure])
    assert "Below 0." in before, "the figure took all that follows to its page"
    assert [f"{name} {number}." for name in ("Above", "Below") for number in range(13)] == re.findall(
        r"(?:Above|Below) \d+\.", "".join(pages)
    )


def colours_of(path: Path) -> set[str]:
    """The colours of large areas and thick marks on a PDF's pages."""
    import pypdfium2

    found: set[str] = set()
    for page in pypdfium2.PdfDocument(path):
        counts = page.render(scale=1).to_pil().convert("RGB").getcolors(1_000_000)
        found |= {f"#{colour[0]:02x}{colour[1]:02x}{colour[2]:02x}" for count, colour in counts if count > 8}
    return found


def test_a_project_restyles_by_one_file_and_its_figures_follow(folder: Folder) -> None:
    shipped = (REPOSITORY / "templates/policy-brief/style.css").read_text(encoding="utf-8")
    assert "--brand: #1f5a62;" in shipped
    folder.change("seeds/events.yaml", "date: 2021", "date: 2019")  # a figure without conflict: in the brand's colour
    assert folder.render().status == 0
    assert "#1f5a62" in colours_of(folder.root / "output/lifts.pdf")
    folder.write("templates/policy-brief/style.css", shipped.replace("--brand: #1f5a62;", "--brand: #7a1f3d;"))
    assert folder.render().status == 0
    colours = colours_of(folder.root / "output/lifts.pdf")
    assert "#7a1f3d" in colours and "#1f5a62" not in colours


def test_figures_and_pages_have_the_same_colours() -> None:
    from c6brief.figures import STYLE
    from c6brief.pages.properties import root_colours

    page = root_colours((REPOSITORY / "templates/policy-brief").glob("*.css"))
    shared = {name: colour for name, colour in page.items() if hasattr(STYLE, name)}
    assert {"ink", "grey", "hair", "brand", "tint", "alarm"} <= shared.keys()
    assert shared == {name: getattr(STYLE, name) for name in shared}


def test_a_draft_says_so_on_every_page_and_marks_what_is_not_verified(folder: Folder) -> None:
    folder.change("seeds/quotes.yaml", "will have", "will not have")
    folder.change("seeds/events.yaml", "exact: We began in 2018.", "exact: We began in 2017.")
    folder.change(
        "seeds/sections/lifts.md", "When the first", "“Nobody ever said these words” [@transit-2024]\n\nWhen the first"
    )
    assert folder.render().status == 1
    assert folder.written == []
    result = folder.render("briefs/lifts.yaml", "--draft")
    assert result.status == 0
    assert sorted(result.rules) == ["words-not-found"] * 3 and "error" not in result.err
    assert folder.written == ["lifts-draft.pdf"]
    path = folder.root / "output/lifts-draft.pdf"
    for page in PdfReader(path).pages:
        assert page.extract_text().count("DRAFT, unverified") == 2
    text = text_of(path)
    assert "× Unverified. ○ One voice" in text
    assert "unverified: Transit" in text
    assert re.search(r"“Nobody ever said these words”.{0,12}× unverified", text)
    assert "unverified: A draft: these words were not found" in text  # the key on page one
    assert not PdfReader(path).attachments


def test_a_draft_lets_nothing_else_through(folder: Folder) -> None:
    folder.change("briefs/lifts.yaml", "lift-everywhere", "lift-evrywhere")
    result = folder.render("briefs/lifts.yaml", "--draft")
    assert (result.status, result.rules, folder.written) == (1, ["unknown-id"], [])
