"""``_brand.yml``: a house's colours and faces reach page and figures from one file, and mistakes in it are told."""

import io
import re
import shutil
from pathlib import Path
from xml.etree import ElementTree

import pypdf
import pypdfium2
import pytest

from c6brief.brief.settings import read_brand_file
from c6brief.build.options import RenderOptions
from c6brief.build.render_brief import RenderInput, prepare_brief
from c6brief.documents.colours import AA, contrast
from c6brief.documents.fontfile import damaged_tables, font_facts
from c6brief.documents.problems import Problems
from c6brief.documents.project import Project
from c6brief.figures import STYLE
from c6brief.figures.drawing.style import FontFile, nearest_face
from c6brief.pages.brand_sheet import brand_sheet
from c6brief.pages.page_style import WIDTHS_MM
from c6brief.pages.properties import faces_of, millimetres, root_colours
from tests.support.paths import FONTS, REFERENCES, REPOSITORY
from tests.support.project import QUIET, Folder

# Everything that posit's documentation of the format shows, for a project that Quarto prints too.
QUARTO = """\
meta:
  name: {full: Institute for Regional Evidence, short: IRE}
  link: {home: https://example.org/, mastodon: https://example.social/@ire}
logo:
  images:
    wide: {path: logos/wide.png, alt: The institute}
    icon: logos/icon.png
  small: icon
  medium: {light: wide, dark: icon}
  large: https://example.org/logo.svg
color:
  palette: {white: "#FFFFFF", black: "#151515", blue: "#447099", orange: "#EE6331", accent: orange, green: "#72994E",
            burgundy: "#9A4665", gray: "#707073"}
  foreground: black
  background: white
  primary: blue
  secondary: gray
  tertiary: "#C2C2C4"
  success: green
  info: "#419599"
  warning: accent
  danger: burgundy
  light: white
  dark: "#404041"
typography:
  fonts:
    - {family: Open Sans, source: bunny, weight: [400, 700], style: [normal, italic], display: swap}
    - family: House Slab
      source: file
      files:
        - fonts/Slab.ttf
        - {path: fonts/SlabBold.ttf, weight: bold, style: normal}
    - {family: Fira Code, source: google}
  base: {family: House Slab, size: 1rem, line-height: 1.25}
  headings: {family: House Slab, weight: 600, style: normal, line-height: 1.2, color: primary}
  monospace: {family: Fira Code, size: 0.9em}
  monospace-inline: {color: orange, background-color: white}
  monospace-block: {color: foreground}
  link: {weight: 600, decoration: underline, color: blue}
defaults:
  bootstrap: {defaults: {navbar-bg: $brand-orange}}
  quarto: {format: {html: {toc: true}}}
  shiny: {theme: {preset: shiny}}
"""
TEAL = "color: {primary: '#1b6f5a'}\n"


def fonts_into(folder: Folder, **files: str) -> None:
    for name, source in files.items():
        (folder.root / "fonts").mkdir(exist_ok=True)
        shutil.copy(FONTS / f"{source}.ttf", folder.root / "fonts" / f"{name}.ttf")


def house(folder: Folder, text: str | None = None):
    """The settings and looks of the project, and what is wrong with them."""
    if text is not None:
        folder.write("_brand.yml", text)
    problems = Problems()
    settings, brand = read_brand_file(Project(folder.root), problems)
    return settings, brand, list(problems)


def composed(folder: Folder, **wanted: Path) -> RenderInput:
    problems = Problems()
    found = prepare_brief(Path("briefs/lifts.yaml"), RenderOptions(**wanted), {}, problems)
    assert found is not None, "\n".join(map(str, problems))
    return found


def sheet_colours(folder: Folder, text: str) -> dict[str, str]:
    brand, problems = house(folder, text)[1:]
    assert problems == []
    return root_colours([], brand_sheet(brand))


# The format -----------------------------------------------------------------------------------------------------


def test_a_file_made_for_quarto_works_unchanged(folder: Folder) -> None:
    fonts_into(folder, Slab="SourceSerif4-Regular", SlabBold="SourceSerif4-Bold")
    from PIL import Image

    (folder.root / "logos").mkdir()
    for name in ("wide", "icon"):
        Image.new("RGB", (30, 10)).save(folder.root / f"logos/{name}.png")
    settings, brand, problems = house(folder, QUARTO)
    assert problems == []
    assert settings.logo == "logos/wide.png"
    assert {role: colour.value for role, colour in brand.roles.items()} == {
        "foreground": "#151515",
        "background": "#ffffff",
        "primary": "#447099",
        "secondary": "#707073",
        "tertiary": "#c2c2c4",
        "success": "#72994e",
        "info": "#419599",
        "warning": "#ee6331",
        "danger": "#9a4665",
        "light": "#ffffff",
        "dark": "#404041",
    }
    assert brand.faces == {"serif": "House Slab", "display": "House Slab"}
    assert [(font.path, font.weight) for font in brand.fonts] == [("fonts/Slab.ttf", 400), ("fonts/SlabBold.ttf", 700)]
    result = folder.render()
    assert (result.status, result.rules) == (0, ["key-message-count"])
    pdf = pypdf.PdfReader(folder.root / "output/lifts.pdf")
    names = {str(font.get_object()["/BaseFont"]) for page in pdf.pages for font in page["/Resources"]["/Font"].values()}
    assert any("House-Slab" in name for name in names) and not any("Brief-Serif" in name for name in names)


def test_an_empty_or_missing_file_changes_nothing(folder: Folder) -> None:
    plain = composed(folder)
    for text in (
        "meta: {name: Buses}\n",
        "defaults: {c6brief: {publisher: Riders, licence: CC0, contact: us}}\n",
        "color: {}\n",
    ):
        brand, problems = house(folder, text)[1:]
        assert (brand_sheet(brand), problems) == ("", [])
        assert composed(folder).style == plain.style
    assert plain.style.style == STYLE and plain.style.widths_mm == WIDTHS_MM
    page = plain.page(plain.brief, Problems())
    assert page is not None and "<style" not in page.html


BAD = {
    "section": ("colour: {primary: red}\n", "unknown-key", "colour", "'color'", "warning"),
    "role": ("color: {primry: red}\n", "unknown-key", "primry", "'primary'", "warning"),
    "typography": ("typography: {heading: X}\n", "unknown-key", "heading", "'headings'", "warning"),
    "typography option": ("typography: {base: {familly: X}}\n", "unknown-key", "familly", "'family'", "warning"),
    "font key": ("typography: {fonts: [{famly: X}]}\n", "unknown-key", "famly", "'family'", "warning"),
    "ours among theirs": ("typography: {figures: X}\n", "unknown-key", "figures", "", "warning"),
    "no colour": ("color: {primary: blau}\n", "bad-value", "blau", "known", "error"),
    "palette name": (
        "color: {palette: {navy-blue: '#123456'}, primary: navyblue}\n",
        "bad-value",
        "navyblue",
        "navy-blue",
        "error",
    ),
    "transparent": ("color: {primary: '#12345678'}\n", "bad-value", "'#12345678'", "#1f5a62", "error"),
    "itself": ("color: {palette: {a: b, b: a}, primary: a}\n", "bad-value", "a", "", "error"),
    "number": ("color: {primary: 12}\n", "wrong-type", "12", "quotes", "error"),
    "list": ("color: {primary: [red]}\n", "wrong-type", "[red]", "", "error"),
    "our colour": ("defaults: {c6brief: {color: {alram: red}}}\n", "unknown-key", "alram", "'alarm'", "error"),
    "google": (
        "typography: {fonts: [{family: X, source: google}], base: X}\n",
        "font-not-local",
        "X",
        "source: file",
        "warning",
    ),
    "bunny": (
        "typography: {fonts: [{family: X, source: bunny}], base: X}\n",
        "font-not-local",
        "X",
        "source: file",
        "warning",
    ),
    "system": ("typography: {base: Arial}\n", "font-not-local", "Arial", "TTF", "warning"),
    "font on the web": (
        "typography: {fonts: [{family: X, source: file, files: [https://example.org/x.ttf]}], base: X}\n",
        "font-not-local",
        "https://example.org/x.ttf",
        "into the project",
        "warning",
    ),
    "source": (
        "typography: {fonts: [{family: X, source: files}], base: X}\n",
        "unknown-value",
        "files",
        "'file'",
        "error",
    ),
    "no files": ("typography: {fonts: [{family: X, source: file}], base: X}\n", "missing-key", None, "files", "error"),
    "fonts no list": ("typography: {fonts: X, base: X}\n", "wrong-type", "X", "", "error"),
    "logo on the web": (
        "logo: https://example.org/x.svg\n",
        "logo-not-local",
        "https://example.org/x.svg",
        "into the project",
        "warning",
    ),
    "no such logo": ("logo: {medium: gone.png}\n", "no-such-file", "gone.png", "project", "error"),
}


@pytest.mark.parametrize("case", BAD)
def test_mistakes_are_told_where_they_are(folder: Folder, case: str) -> None:
    text, rule, words, hint, severity = BAD[case]
    problems = [problem for problem in house(folder, text)[2] if problem.rule == rule]
    assert problems, house(folder, text)[2]
    problem = problems[0]
    assert problem.severity == severity and hint in problem.hint, str(problem)
    assert problem.place.file == "_brand.yml"
    if words is not None:
        span = problem.place.span
        assert problem.place.line_text[span.column - 1 : span.end_column - 1] == words, str(problem)


def test_what_is_not_printed_is_not_asked_for(folder: Folder) -> None:
    """Fonts for code, which no brief prints, may come from wherever they like."""
    fonts = "{family: Code, source: google}, {family: Gone, source: file, files: [gone.woff2]}"
    assert house(folder, f"typography: {{fonts: [{fonts}], monospace: Code, monospace-block: Gone}}\n")[2] == []


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (b"wOF2" + bytes(60), "WOFF2"),
        (b"wOFF" + bytes(60), "WOFF"),
        (b"ttcf" + bytes(60), "collection"),
        (b"<svg/>", "no font"),
        (b"", "no font"),
        ((FONTS / "SourceSans3-Bold.ttf").read_bytes()[:5000], "damaged"),
        ((FONTS / "SourceSans3-Bold.ttf").read_bytes()[:40], "damaged"),
        ((FONTS / "SourceSans3-Bold.ttf").read_bytes().replace(b"GPOS", b"fvar", 1), "variable"),
    ],
)
def test_fonts_that_cannot_be_printed_are_refused(folder: Folder, data: bytes, says: str) -> None:
    folder.write("fonts/x.ttf", data)
    [problem] = house(folder, "typography: {fonts: [{family: X, source: file, files: fonts/x.ttf}], base: X}\n")[2]
    assert problem.rule == "font-format" and says in problem.message and "TTF" in problem.hint
    assert problem.place.line_text[problem.place.span.column - 1 :].startswith("fonts/x.ttf")


@pytest.mark.parametrize("name", ["glyf", "hmtx", "head"])
def test_a_font_whose_letters_may_have_changed_is_told(folder: Folder, name: str) -> None:
    data = bytearray((FONTS / "SourceSans3-It.ttf").read_bytes())
    assert damaged_tables(data) == []
    at = data.index(name.encode())
    data[int.from_bytes(data[at + 8 : at + 12], "big") + 4] ^= 1
    folder.write("fonts/x.ttf", bytes(data))
    [problem] = house(folder, "typography: {fonts: [{family: X, source: file, files: fonts/x.ttf}], base: X}\n")[2]
    assert (problem.rule, problem.severity) == ("font-damaged", "warning") and f"({name})" in problem.message


def test_a_font_that_lost_a_table_is_told() -> None:
    data = (FONTS / "SourceSans3-It.ttf").read_bytes().replace(b"GPOS", b"abcd", 1)
    assert damaged_tables(data) == ["list of tables"]


def test_our_fonts_are_whole() -> None:
    assert [path.name for path in FONTS.glob("*.ttf") if damaged_tables(path.read_bytes())] == []


@pytest.mark.parametrize("path", ["../secret.ttf", "/etc/passwd", "fonts/gone.ttf", "fonts"])
def test_fonts_come_from_the_project(folder: Folder, path: str) -> None:
    shutil.copy(FONTS / "SourceSans3-Bold.ttf", folder.root.parent / "secret.ttf")
    fonts_into(folder, A="SourceSans3-It")
    text = f"typography: {{fonts: [{{family: X, source: file, files: [{path}]}}], base: X}}\n"
    assert [problem.rule for problem in house(folder, text)[2]] == ["no-such-file"]


def test_fonts_say_their_weight_themselves() -> None:
    facts = {
        name: font_facts((FONTS / f"{name}.ttf").read_bytes())
        for name in ("SourceSans3-Semibold", "SourceSerif4-BoldIt")
    }
    assert [(fact.weight, fact.italic) for fact in facts.values()] == [(600, False), (700, True)]


# Colours --------------------------------------------------------------------------------------------------------


def test_roles_become_the_colours_of_the_template(folder: Folder) -> None:
    found = sheet_colours(
        folder,
        QUARTO.split("typography")[0].split("logo:")[0]
        + "color:"
        + QUARTO.split("color:", 1)[1].split("typography")[0],
    )
    wanted = {"ink": "#151515", "brand": "#447099", "grey": "#707073", "alarm": "#9a4665", "second": "#ee6331"}
    assert wanted.items() <= found.items()
    assert "paper" not in found, "white is what the template has"


@pytest.mark.parametrize("primary", ["#1b6f5a", "#ffe600", "#fafafa", "#000000", "#d00000", "#808080"])
@pytest.mark.parametrize("background", ["white", "#ddeaf1", "#14181a"])
def test_whatever_the_brand_texts_can_be_read(folder: Folder, primary: str, background: str) -> None:
    text = f"color: {{primary: '{primary}', background: '{background}', danger: '#ff9090', secondary: '#bbbbbb'}}\n"
    page = {"ink": "#1b1f22", "grey": "#5d676d", "alarm": "#a63a22", "paper": "#ffffff"} | sheet_colours(folder, text)
    for name in ("ink", "grey", "alarm", "brand-text"):
        assert contrast(page[name], page["paper"]) >= AA - 0.01, name
    for name in ("on-brand", "brand-light"):
        assert contrast(page[name], page["brand"]) >= min(AA, contrast(page["on-brand"], page["brand"])), name
    assert contrast(page["on-brand"], page["brand"]) >= 3.9
    assert page["brand"] == primary, "the brand's colour stays what it is"


def test_our_own_names_come_last(folder: Folder) -> None:
    text = TEAL + "defaults: {c6brief: {color: {alarm: '#8a1c7c', second: maroon, tint: '#f0f0e8'}}}\n"
    found = sheet_colours(folder, text)
    assert (found["alarm"], found["second"], found["tint"]) == ("#8a1c7c", "#800000", "#f0f0e8")


def test_light_and_dark_variants_are_read_for_paper(folder: Folder) -> None:
    assert sheet_colours(folder, "color: {primary: {light: '#123456', dark: '#abcdef'}}\n")["brand"] == "#123456"


def test_colours_reach_page_and_figures(folder: Folder) -> None:
    folder.write("_brand.yml", TEAL + QUIET)
    made = composed(folder)
    assert made.style.style.brand == "#1b6f5a"
    result = folder.render()
    assert (result.status, result.err) == (0, "")
    drawn = pypdf.PdfReader(folder.root / "output/lifts.pdf").pages
    content = b"".join(page.get_contents().get_data() for page in drawn)
    operators = {
        tuple(round(float(v) * 255) for v in found) for found in re.findall(rb"([\d.]+) ([\d.]+) ([\d.]+) rg", content)
    }
    assert (0x1B, 0x6F, 0x5A) in operators and (0x1F, 0x5A, 0x62) not in operators


def test_marks_in_a_faint_brand_colour_are_made_stronger(folder: Folder) -> None:
    folder.write("_brand.yml", "color: {primary: '#ffe600'}\n")
    style = composed(folder).style.style
    assert style.brand != "#ffe600" and contrast(style.brand, style.paper) >= 3


def test_the_brand_comes_after_the_templates_own_sheet(folder: Folder) -> None:
    folder.write("templates/policy-brief/extra.css", ":root { --brand: #ff0000 }")
    folder.write("_brand.yml", TEAL + QUIET)
    assert composed(folder).style.style.brand == "#1b6f5a"
    page = composed(folder).page(composed(folder).brief, Problems())
    assert page is not None
    assert page.html.index("style.css") < page.html.index("--brand: #1b6f5a") < page.html.index("</head>")


def test_a_name_cannot_break_out_of_the_sheet(folder: Folder) -> None:
    fonts_into(folder, A="SourceSans3-Regular")
    name = "'X\"} </style><b>&\\'"
    text = f"typography: {{fonts: [{{family: {name}, source: file, files: fonts/A.ttf}}], base: {name}}}\n"
    brand, problems = house(folder, text)[1:]
    assert problems == []
    css = brand_sheet(brand)
    assert "</style" not in css and css.count("}") == 2
    found = faces_of(root_value(css, "serif"), [], css, lambda url: folder.root / "fonts/A.ttf")
    assert found is not None and found[0] == 'X"} </style><b>&\\'


def root_value(css: str, name: str) -> str:
    return re.search(rf"--{name}: (.*?)(?:;| \}}$)", css, re.M)[1]


# Faces ----------------------------------------------------------------------------------------------------------

FACES = """\
typography:
  fonts:
    - {family: House, source: file, files: [fonts/Plain.ttf, fonts/Bold.ttf]}
defaults: {c6brief: {typography: {figures: House}, rules: {key-message-count: off}}}
"""


def drawings(folder: Folder) -> ElementTree.Element:
    from c6brief.build.render_brief import _draw_figures

    brief = _draw_figures(composed(folder), Problems())
    assert brief is not None
    [figure] = [
        block for section in brief.sections for block in section.blocks if type(block).__name__ == "FigureBlock"
    ]
    return ElementTree.fromstring(str(figure.svg))


SERIF, SANS = "SourceSerif4-Regular", "SourceSans3-Regular"


def advance(name: str, words: str) -> float:
    """How wide ``words`` are in a shipped font, without kerning, in sizes."""
    from fontTools.ttLib import TTFont

    font = TTFont(FONTS / f"{name}.ttf")
    return sum(font["hmtx"][font.getBestCmap()[ord(char)]][0] for char in words) / font["head"].unitsPerEm


def width_in(path: Path, words: str) -> float:
    """How wide ``words`` stand where they stand last in a PDF, in pt."""
    widths = []
    for page in pypdfium2.PdfDocument(path):
        text = page.get_textpage()
        found = text.search(words)
        while place := found.get_next():
            boxes = [text.get_charbox(at, loose=True) for at in range(place[0], sum(place))]
            widths.append(boxes[-1][2] - boxes[0][0])
    return widths[-1]


def test_figures_are_measured_and_drawn_in_the_houses_face(folder: Folder) -> None:
    fonts_into(folder, Plain="SourceSerif4-Regular", Bold="SourceSerif4-Bold")
    folder.write("_brand.yml", FACES)
    svg = drawings(folder)
    assert svg.get("font-family") == "House"
    texts = {each.text: each for each in svg.iter("{http://www.w3.org/2000/svg}text")}
    begins, size = (float(texts["Sources"].get(name)) for name in ("x", "font-size"))
    edge = float(svg.get("viewBox").split()[2])  # at which the last column ends
    assert begins + advance(SERIF, "Sources") * size == pytest.approx(edge, abs=0.3), "but for kerning"
    assert abs(begins + advance(SANS, "Sources") * size - edge) > 0.8

    assert folder.render().status == 0
    size = float(texts["Works begin"].get("font-size"))
    drawn = width_in(folder.root / "output/lifts.pdf", "Works begin")
    assert drawn == pytest.approx(advance(SERIF, "Works begin") * size, rel=0.02), "but for kerning"
    assert abs(drawn - advance(SANS, "Works begin") * size) > 2
    pdf = pypdf.PdfReader(folder.root / "output/lifts.pdf")
    names = {str(font.get_object()["/BaseFont"]) for page in pdf.pages for font in page["/Resources"]["/Font"].values()}
    assert any(name.endswith("House") or "House-" in name for name in names) and not any(
        "Brief-Sans" in name for name in names
    )
    result = folder.run("render", "briefs/lifts.yaml", "--figures", "slides")
    assert (result.status, result.err) == (0, "")
    [page] = pypdf.PdfReader(io.BytesIO((folder.root / "slides/lifts.pdf").read_bytes())).pages
    assert all("SourceSerif4" in font.get_object()["/BaseFont"] for font in page["/Resources"]["/Font"].values())


def test_a_template_may_name_another_sans_too(folder: Folder) -> None:
    fonts_into(folder, Plain="SourceSerif4-Regular")
    (folder.root / "templates/policy-brief").mkdir(parents=True)
    shutil.move(folder.root / "fonts", folder.root / "templates/policy-brief/fonts")
    folder.write(
        "templates/policy-brief/more.css",
        '@font-face { font-family: "Another"; src: url("fonts/Plain.ttf") format("truetype") }',
    )
    folder.write(
        "templates/policy-brief/page.css", "@import url(more.css); :root { --sans: Missing, 'Another', serif }"
    )
    shipped = REPOSITORY / "templates/policy-brief/style.css"
    text = shipped.read_text(encoding="utf-8").replace('--sans: "Brief Sans";', "")
    folder.write("templates/policy-brief/style.css", text)
    style = composed(folder).style.style
    assert style.family == "Another" and [Path(face.path).name for face in style.faces] == ["Plain.ttf"]


def test_a_letter_that_the_face_lacks_is_told(folder: Folder) -> None:
    from fontTools.ttLib import TTFont

    fonts_into(folder, Bold="SourceSerif4-Bold", Plain="SourceSerif4-Regular")
    font = TTFont(folder.root / "fonts/Plain.ttf")
    for table in font["cmap"].tables:
        table.cmap.pop(ord("W"), None)
    font.save(folder.root / "fonts/Plain.ttf")
    folder.write("_brand.yml", FACES)
    result = folder.render()
    assert result.status == 1 and "missing-glyph" in result.rules and "U+0057" in result.err and "House" in result.err
    assert folder.written == []


def test_a_damaged_outline_is_a_problem_and_no_traceback(folder: Folder) -> None:
    fonts_into(folder, Bold="SourceSerif4-Bold", Plain="SourceSerif4-Regular")
    path = folder.root / "fonts/Plain.ttf"
    data = bytearray(path.read_bytes())
    at = data.index(b"head") + 8  # where the table of that name starts
    start = int.from_bytes(data[at : at + 4], "big")
    data[start : start + 54] = bytes(54)
    path.write_bytes(data)
    folder.write("_brand.yml", FACES)
    result = folder.render()
    assert result.status == 1 and "font-format" in result.rules, result.err


WEIGHTS = [
    ((400,), 700, 400),
    ((300, 700), 400, 300),
    ((500, 300), 400, 500),
    ((300, 800), 500, 300),
    ((600, 800), 400, 600),
    ((400, 900), 600, 900),
    ((400, 500), 700, 500),
    ((200, 400), 300, 200),
    ((100, 500), 300, 100),
    ((500, 900), 300, 500),
]


@pytest.mark.parametrize(("there", "wanted", "taken"), WEIGHTS)
def test_a_missing_weight_is_stood_in_for_as_in_css(there: tuple[int, ...], wanted: int, taken: int) -> None:
    faces = tuple(FontFile(f"{weight}.ttf", weight) for weight in there)
    assert nearest_face(faces, wanted, False).weight == taken
    assert nearest_face(faces, wanted, True).weight == taken, "upright where there is no italic"
    assert nearest_face((*faces, FontFile("i.ttf", 400, True)), wanted, True).italic


# Another file, another grid -------------------------------------------------------------------------------------


@pytest.mark.rest
def test_another_brand_file(folder: Folder, tmp_path: Path) -> None:
    """From anywhere, with its fonts and logo beside it."""
    other = tmp_path / "house"
    (other / "fonts").mkdir(parents=True)
    shutil.copy(FONTS / "SourceSerif4-Regular.ttf", other / "fonts/A b.ttf")
    shutil.copy(REFERENCES / "bar.png", other / "mark.png")
    font = "{family: Far, source: file, files: ['fonts/A b.ttf']}"
    (other / "brand.yml").write_text(
        f"logo: mark.png\ncolor: {{primary: '#7a1f3d'}}\ntypography: {{fonts: [{font}], base: Far}}\n{QUIET}",
        encoding="utf-8",
    )
    folder.write("_brand.yml", "color: {primary: nonsense}\n" + QUIET)
    result = folder.render("briefs/lifts.yaml", "--brand", str(other / "brand.yml"))
    assert (result.status, result.err) == (0, "")
    pdf = pypdf.PdfReader(folder.root / "output/lifts.pdf")
    fonts = {str(font.get_object()["/BaseFont"]) for page in pdf.pages for font in page["/Resources"]["/Font"].values()}
    assert any("Far" in name for name in fonts)
    assert len(pdf.pages[0].images) == 1
    assert folder.run("check", "--brand", str(other / "brand.yml")).status == 0
    assert folder.run("check").rules.count("bad-value") == 1
    assert folder.render("briefs/lifts.yaml", "--brand", "gone.yml").rules == ["key-message-count", "no-such-file"]


def test_fonts_and_brand_are_recorded_among_the_inputs(folder: Folder) -> None:
    fonts_into(folder, Plain="SourceSerif4-Regular", Bold="SourceSerif4-Bold")
    folder.write("_brand.yml", FACES)
    assert folder.render().status == 0
    carried = pypdf.PdfReader(folder.root / "output/lifts.pdf").attachments
    manifest = next(data[0] for name, data in carried.items() if name.endswith(".json"))
    assert b'"fonts/Plain.ttf"' in manifest and b'"_brand.yml"' in manifest


def test_widths_are_those_of_the_grid(folder: Folder) -> None:
    shipped = REPOSITORY / "templates/policy-brief/style.css"
    text = shipped.read_text(encoding="utf-8")
    for old, new in (
        ("--text-column: 118mm", "--text-column: 11cm"),
        ("--margin-column: 42mm", "--margin-column: 1.5in"),
    ):
        assert old in text
        text = text.replace(old, new)
    folder.write("templates/policy-brief/style.css", text)
    assert composed(folder).style.widths_mm == pytest.approx({"column": 110.0, "margin": 38.1, "full": 162.0})
    assert drawings(folder).get("width") == "162mm"
    folder.write("templates/policy-brief/style.css", text.replace("11cm", "calc(100% - 2cm)").replace("1.5in", "3mm"))
    assert composed(folder).style.widths_mm == WIDTHS_MM


def test_lengths() -> None:
    read = {"118mm": 118, "11.8cm": 118, "1in": 25.4, "72pt": 25.4, "96px": 25.4, "4Q": 1, "6pc": 25.4, " .5mm ": 0.5}
    assert {words: millimetres(words) for words in read} == pytest.approx(read)
    assert [millimetres(words) for words in ("", "10", "50%", "calc(1mm)", "-3mm", "2em", "1 mm")] == [None] * 7


@pytest.mark.rest
def test_a_narrow_figure_stands_in_the_margin(folder: Folder) -> None:
    folder.write(
        "seeds/charts/narrow.yaml",
        "kind: bar\ntitle: Most are reached from the street\nsubtitle: Stations by access, number\n"
        "alt: Bar chart of stations by access.\ntable: access\nx: access\ny: stations\nwidth: margin\n",
    )
    prose = "      Some stations are step-free. [@step-free]\n"
    folder.change("briefs/lifts.yaml", prose, prose + "\n      " + "Words that fill the column beside it. " * 60 + "\n")
    folder.change("briefs/lifts.yaml", "tables: [access]", "charts: [narrow]")
    assert folder.render().status == 0
    made = composed(folder)
    page = made.page(made.brief, Problems())
    assert page is not None and '<div class="pull--margin figure--aside" id="aside-narrow">' in page.html
    places = []
    for number, sheet in enumerate(pypdf.PdfReader(folder.root / "output/lifts.pdf").pages):
        sheet.extract_text(
            visitor_text=lambda text, cm, tm, *rest, number=number: places.append((number, text, cm, tm))
        )
    left = [cm[4] + cm[0] * tm[4] for _, text, cm, tm in places if "Most are" in text]
    assert left and all(40 < x < 176 for x in left), left  # pt: the margin column, 20 to 62 mm
    folder.change("briefs/lifts.yaml", "Words that fill the column beside it. " * 60, "")
    page = composed(folder).page(made.brief, Problems())
    assert folder.render().status == 0
    brief = composed(folder)
    short = brief.page(brief.brief, Problems())
    assert short is not None and "figure--narrow" in short.html and "figure--aside" not in short.html


@pytest.mark.parametrize(
    ("text", "at"),
    [
        *(("word", "1:1"), ("[a, b]", "1:1"), ("7", "1:1"), ("null", "1:1")),
        *(("meta: x", "1:7"), ("color: red", "1:8"), ("color: {palette: [red]}", "1:18"), ("typography: 7", "1:13")),
        *(
            ("defaults: x", "1:11"),
            ("logo: [a.png]", "1:7"),
            ("logo: {images: 7}", "1:16"),
            ("meta: {name: 7}", "1:14"),
        ),
    ],
)
def test_a_brand_file_has_keys_and_values(tmp_path: Path, text: str, at: str) -> None:
    (tmp_path / "_brand.yml").write_text(f"{text}\n")
    problems = Problems()
    read_brand_file(Project(tmp_path), problems)
    (problem,) = problems
    assert problem.rule == "wrong-type" and "keys and values" in problem.message
    assert f"{problem.place.span.line}:{problem.place.span.column}" == at


@pytest.mark.parametrize("text", ["color:", "meta: {name: A House}", "logo: ~", "typography:\ncolor: {primary: red}"])
def test_an_empty_key_of_a_brand_file_is_no_mistake(tmp_path: Path, text: str) -> None:
    (tmp_path / "_brand.yml").write_text(f"{text}\n")
    problems = Problems()
    read_brand_file(Project(tmp_path), problems)
    assert not list(problems)
