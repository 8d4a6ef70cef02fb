"""``render --figures``: figures by themselves that look the same wherever they are opened."""

import io
import re
import subprocess
import sys
from xml.etree import ElementTree

import numpy as np
import pypdf
import pypdfium2
import pytest
from PIL import Image

from c6brief.figures.drawing.export import DOTS_PER_INCH, EDGE, Caption, with_caption
from c6brief.figures.drawing.fonts import drawing_settings
from c6brief.figures.drawing.style import STYLE
from c6brief.figures.kinds import DrawContext
from c6brief.figures.registry import known_kinds
from c6brief.figures.words import FigureWords
from tests.support.charts import assert_readable, base, checked
from tests.support.project import BRIEF, QUIET, SEEDS, Folder

SVG = "{http://www.w3.org/2000/svg}"
TITLE = "The first lift opened in 2019 or in 2021"
SUBTITLE = "Events named in both sources, by year"
ALT = "Timeline of two events; the accounts of the first lift conflict."
NARROW = """\
kind: bar
title: Most stations are reached from the street
subtitle: Stations by access, number
alt: Bar chart of stations by access; most are reached from the street.
note: Counted by the operator.
table: access
x: access
y: stations
width: margin
"""


@pytest.fixture(scope="module")
def slides(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    """The files of the project's one figure, by name; made once."""
    root = tmp_path_factory.mktemp("project")
    for name, content in (SEEDS | {"briefs/lifts.yaml": BRIEF, "_brand.yml": QUIET}).items():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text(content, encoding="utf-8")
    command = [sys.executable, "-m", "c6brief", "render", "briefs/lifts.yaml", "--figures", "slides"]
    done = subprocess.run(command, cwd=root, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout, done.stderr) == (0, "slides/lifts.svg  and .pdf, .png, .csv\n", "")
    assert not (root / "output").exists(), "no PDF of the brief"
    return {path.name: path.read_bytes() for path in (root / "slides").iterdir()}


def read(folder: Folder, name: str) -> bytes:
    return (folder.root / "slides" / name).read_bytes()


def pixels(image: Image.Image, size: tuple[int, int]) -> np.ndarray:
    return np.asarray(image.convert("L").resize(size, Image.Resampling.BOX), dtype=float)


def test_four_files(slides: dict[str, bytes]) -> None:
    assert sorted(slides) == ["lifts.csv", "lifts.pdf", "lifts.png", "lifts.svg"]
    assert slides["lifts.csv"].startswith(b"event,") and b"2021" in slides["lifts.csv"]


def test_the_svg_depends_on_nothing(slides: dict[str, bytes]) -> None:
    text = slides["lifts.svg"].decode()
    root = ElementTree.fromstring(text)
    assert [root[0].text, root[1].text] == [TITLE, ALT] and root[1].tag == f"{SVG}desc"
    assert {element.tag for element in root.iter()} == {f"{SVG}{name}" for name in ("svg", "title", "desc", "path")}
    for outside in ("font", "href", "url(", "style", "class", "data:"):
        assert outside not in text.replace(ALT, ""), outside
    assert root.get("width") == f"{round(170 + 2 * EDGE * 25.4 / 72, 2)}mm"


def test_the_pdf_has_words_fonts_and_no_pictures(slides: dict[str, bytes]) -> None:
    reader = pypdf.PdfReader(io.BytesIO(slides["lifts.pdf"]))
    [page] = reader.pages
    words = " ".join(page.extract_text().split())
    for part in (TITLE, SUBTITLE, "First lift opens", "Sources: S1 Transit", "≠"):
        assert part in words, part
    fonts = [font.get_object() for font in page["/Resources"]["/Font"].values()]
    for font in fonts:
        below = font["/DescendantFonts"][0].get_object() if "/DescendantFonts" in font else font
        assert "/FontFile2" in below["/FontDescriptor"].get_object(), font
        assert "SourceSans3" in font["/BaseFont"]
    assert fonts and not page["/Resources"]["/XObject"].get_object()
    assert (reader.metadata.title, reader.metadata.subject) == (TITLE, ALT)
    assert "/CreationDate" not in reader.metadata


def test_the_png_is_fit_for_slides(slides: dict[str, bytes]) -> None:
    image = Image.open(io.BytesIO(slides["lifts.png"]))
    assert image.info["dpi"] == pytest.approx((DOTS_PER_INCH, DOTS_PER_INCH), abs=0.1)
    assert image.width == pytest.approx((170 / 25.4 + 2 * EDGE / 72) * DOTS_PER_INCH, abs=1)
    assert image.info["Title"] == TITLE and image.info["Description"] == ALT and "Software" not in image.info
    assert image.convert("RGBA").getextrema()[3] == (255, 255), "paper, not glass"


def test_all_three_show_the_same(slides: dict[str, bytes], tmp_path) -> None:
    import weasyprint

    path = tmp_path / "lifts.svg"
    path.write_bytes(slides["lifts.svg"])
    size = (170, 60)
    png = pixels(Image.open(io.BytesIO(slides["lifts.png"])), size)
    pdf = pypdfium2.PdfDocument(slides["lifts.pdf"])[0]
    sheet = (
        f"<style>@page {{ size: {pdf.get_width()}pt {pdf.get_height()}pt; margin: 0 }} img {{ display: block }}</style>"
    )
    html = f'<html style="margin:0"><body style="margin:0">{sheet}<img src="{path.as_uri()}">'
    svg = pypdfium2.PdfDocument(weasyprint.HTML(string=html).write_pdf())[0]
    for other in (pdf, svg):
        drawn = pixels(other.render(scale=DOTS_PER_INCH / 72).to_pil(), size)
        assert (png < 160).sum() > 40, "something is drawn"
        assert np.abs(png - drawn).mean() < 1.5
        assert np.abs(png - drawn).max() < 50


def test_same_bytes_each_time(slides: dict[str, bytes], folder: Folder) -> None:
    """In another process, in another folder."""
    assert folder.run("render", "briefs/lifts.yaml", "--figures", "again").status == 0
    assert {path.name: path.read_bytes() for path in (folder.root / "again").iterdir()} == slides
    assert folder.written == []


@pytest.mark.rest
def test_a_figure_of_the_margin_gets_the_width_of_a_column(folder: Folder) -> None:
    folder.write("seeds/charts/narrow.yaml", NARROW)
    folder.change("briefs/lifts.yaml", "tables: [access]", "charts: [narrow]")
    assert folder.run("render", "briefs/lifts.yaml", "--figures", "slides").status == 0
    root = ElementTree.fromstring(read(folder, "narrow.svg"))
    assert float(root.get("width").removesuffix("mm")) == pytest.approx(118 + 2 * EDGE * 25.4 / 72, abs=0.02)
    words = pypdf.PdfReader(io.BytesIO(read(folder, "narrow.pdf"))).pages[0].extract_text()
    assert "Counted by the operator." in words and "Source: S1 Transit" in words
    assert (
        read(folder, "narrow.csv") == b"access,stations (number)\r\nStreet to train,94\r\nStreet to platform,1061\r\n"
    )


def test_all_or_nothing(folder: Folder) -> None:
    folder.write("seeds/charts/narrow.yaml", NARROW.replace("y: stations", "y: station"))
    folder.change("briefs/lifts.yaml", "tables: [access]", "charts: [narrow]")
    result = folder.run("render", "briefs/lifts.yaml", "--figures", "slides")
    assert result.status == 1 and "unknown-value" in result.rules and "nothing was written" in result.err
    assert not (folder.root / "slides").exists()


def test_a_missing_letter_stops_them_all(folder: Folder) -> None:
    folder.change("seeds/charts/lifts.yaml", "subtitle: Events", "subtitle: 出来事")
    result = folder.run("render", "briefs/lifts.yaml", "--figures", "slides")
    assert result.status == 1 and set(result.rules) == {"missing-glyph"}
    assert "seeds/charts/lifts.yaml:3:11" in result.err and not (folder.root / "slides").exists()


def test_a_folder_that_cannot_be_written_is_told(folder: Folder) -> None:
    folder.write("slides", "a file")
    result = folder.run("render", "briefs/lifts.yaml", "--figures", "slides")
    assert (result.status, result.rules) == (1, ["not-writable"])
    assert (folder.root / "slides").read_text() == "a file"


@pytest.mark.rest
def test_half_a_set_is_never_left(folder: Folder, monkeypatch: pytest.MonkeyPatch) -> None:
    folder.write("slides/lifts.csv/in the way", "")
    result = folder.run("render", "briefs/lifts.yaml", "--figures", "slides")
    assert result.rules == ["not-writable"]
    assert not [path for path in (folder.root / "slides").iterdir() if path.name.startswith(".")]


def test_wrong_usage(folder: Folder) -> None:
    for extra in (("-o", "out"), ("--draft",)):
        result = folder.run("render", "briefs/lifts.yaml", "--figures", "slides", *extra)
        assert result.status == 2 and "--figures" in result.err
    assert "--figures slides" in " ".join(folder.run("render", "--help").out.split())


def test_a_brief_without_figures_says_so(folder: Folder) -> None:
    folder.change("briefs/lifts.yaml", "    charts: [lifts]\n", "")
    result = folder.run("render", "briefs/lifts.yaml", "--figures", "slides")
    assert (result.status, result.out) == (0, "no figures: nothing was written\n")


@pytest.mark.parametrize("width_mm", [170.0, 118.0])
def test_captions_of_any_length_can_be_read(tmp_path, width_mm: float) -> None:
    evidence = base(tmp_path, coverage=COVERAGE)
    context = DrawContext(evidence, {}, width_mm, FigureWords("en"), STYLE)
    long = "Words that go on and on about what is shown here. " * 6
    with drawing_settings("test"):
        drawing = known_kinds()["coverage"].draw(checked(evidence, "coverage"), context)
        for caption in (
            Caption(long, long, long, long),
            Caption("Short", "", "", ""),
            Caption("T", "S", "", "Source: A"),
        ):
            sheet = with_caption(drawing, caption)
            assert_readable(sheet)
            assert sheet.width == pytest.approx(drawing.width + 2 * EDGE)


COVERAGE = """
    kind: coverage
    title: One theme has two voices
    subtitle: Themes by source
    alt: Matrix of themes and sources.
    themes: [security, trade]
    sources: [alpha, gamma]
    """


def test_outlines_are_those_of_the_letters(slides: dict[str, bytes]) -> None:
    """As many letter outlines as the title, subtitle and the rest have lines, each within the sheet."""
    root = ElementTree.fromstring(slides["lifts.svg"])
    width = float(root.get("viewBox").split()[2])
    starts = [re.match(r"M([\d.]+) ([\d.]+)", path.get("d")) for path in root.iter(f"{SVG}path")]
    assert len(starts) > 20 and all(found and 0 <= float(found[1]) <= width for found in starts)
