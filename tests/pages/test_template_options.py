"""Options of templates: typed, with defaults, wrong ones told at their place; and what the shipped ones do."""

from __future__ import annotations

import io
import re

import pypdf
import pypdfium2
import pytest
import yaml

from tests.support.paths import REPOSITORY
from tests.support.printed_lines import find_lines
from tests.support.project import BRIEF, Folder
from tests.support.sampling import sampled
from tests.support.tagtree import TagTree

MINISTRY = """\
title: Ministry
description: What the ministry prints.
options:
  accent: {type: choice, choices: [left, right], default: left, description: where the accent stands}
  copies: {type: number, minimum: 1, maximum: 9, default: 2, description: how many}
  draft_note: {type: text, default: none yet, description: a line under the title}
  loud: {type: boolean, default: false, description: larger}
"""
PAGE = (
    "<html lang=en><title>{{ brief.title }}</title><p style='font-family:Brief Serif'>{{ brief.title }} "
    "{{ brief.options.accent }} {{ brief.options.copies + 1 }} {{ brief.options.draft_note }} "
    "{{ 'loud' if brief.options.loud else 'quiet' }}</p>"
    "<style>@font-face { font-family: 'Brief Serif'; src: url(c6brief:fonts/SourceSerif4-Regular.ttf) }</style>"
)


@pytest.fixture
def ministry(folder: Folder) -> Folder:
    folder.write("templates/ministry/brief.html.j2", PAGE)
    folder.write("templates/ministry/template.yaml", MINISTRY)
    return folder


def words(folder: Folder) -> str:
    [path] = (folder.root / "output").glob("*.pdf")
    return " ".join(pypdf.PdfReader(path).pages[0].extract_text().split())


def test_defaults_hold_and_values_have_their_types(ministry: Folder) -> None:
    assert ministry.render("briefs/lifts.yaml", "--template", "ministry").status == 0
    assert words(ministry).endswith("left 3 none yet quiet")
    ministry.write("briefs/lifts.yaml", BRIEF + "options: {accent: right, copies: 8, draft_note: 12, loud: yes}\n")
    assert ministry.render("briefs/lifts.yaml", "--template", "ministry").status == 0
    assert words(ministry).endswith("right 9 12 loud")


BAD = {
    "misspelt": ("{acent: left}", "unknown-option", "20:11", "did you mean 'accent'?"),
    "no such choice": ("{accent: middle}", "bad-option", "20:11", "one of: left, right"),
    "too many": ("{copies: 10}", "bad-option", "20:11", "a number from 1 up to 9"),
    "not a number": ("{copies: many}", "bad-option", "20:11", "a number from 1 up to 9"),
    "no end": ("{copies: .inf}", "bad-option", "20:11", "a number"),
    "neither yes nor no": ("{loud: 2}", "bad-option", "20:11", "true or false"),
    "a list": ("{accent: [left]}", "wrong-type", "20:19", ""),
}


@pytest.mark.parametrize("command", ["render", "check"])
@pytest.mark.parametrize("name", BAD)
def test_a_wrong_option_is_told_at_its_name(ministry: Folder, name: str, command: str) -> None:
    given, rule, at, hint = BAD[name]
    ministry.write("briefs/lifts.yaml", BRIEF + f"options: {given}\n" + "template: ministry\n")
    result = ministry.run(command, "briefs/lifts.yaml")
    assert result.status == 1 and ministry.written == []
    assert f"briefs/lifts.yaml:{at}: error[{rule}]" in result.err and hint in result.err, result.err
    assert result.rules.count(rule) == 1


BAD_FILES = {
    "misspelt key": (MINISTRY.replace("title: Ministry", "titel: Ministry"), "unknown-key", "1:1"),
    "unknown type": (MINISTRY.replace("type: number", "type: colour"), "unknown-value", "5:18"),
    "choice of nothing": (MINISTRY.replace("choices: [left, right], ", ""), "missing-key", "4:11"),
    "default that is none": (MINISTRY.replace("default: 2", "default: 12"), "bad-value", "5:11"),
    "no YAML": ("title: [\n", "yaml-syntax", "1:8"),
}


@pytest.mark.parametrize("name", BAD_FILES)
def test_mistakes_in_template_yaml_are_told_there(ministry: Folder, name: str) -> None:
    text, rule, at = BAD_FILES[name]
    ministry.write("templates/ministry/template.yaml", text)
    result = ministry.render("briefs/lifts.yaml", "--template", "ministry")
    assert result.status == 1 and ministry.written == []
    assert f"templates/ministry/template.yaml:{at}: error[{rule}]" in result.err, result.err


@pytest.mark.sample(2)
@pytest.mark.parametrize("tag", ["{% extends", "{%- extends", "{#\n a comment #}{%\n  extends", "{%+extends"])
def test_options_are_inherited_and_overridden(folder: Folder, tag: str) -> None:
    folder.write("templates/house/brief.html.j2", tag + ' "c6brief:policy-brief/brief.html.j2" %}')
    folder.write(
        "templates/house/template.yaml",
        "title: House\ndescription: Ours.\noptions:\n"
        "  paper: {type: choice, choices: [a4, letter], default: letter, description: our sheet}\n",
    )
    assert folder.render("briefs/lifts.yaml", "--template", "house", "--set", "options.duplex=true").status == 0
    [path] = (folder.root / "output").glob("*.pdf")
    assert [round(float(side)) for side in pypdf.PdfReader(path).pages[0].mediabox[2:]] == [612, 792]


SHIPPED = sorted(path.parent.name for path in (REPOSITORY / "templates").glob("*/template.yaml"))


def options_of(template: str) -> dict:
    return yaml.safe_load((REPOSITORY / "templates" / template / "template.yaml").read_text(encoding="utf-8"))[
        "options"
    ]


def that_have(option: str) -> list[str]:
    return [template for template in SHIPPED if option in options_of(template)]


def printed(folder: Folder, template: str, *settings: str) -> pypdf.PdfReader:
    options = [word for setting in settings for word in ("--set", f"options.{setting}")]
    result = folder.render("briefs/lifts.yaml", "--template", template, *options)
    assert result.status == 0, result.err
    [path] = (folder.root / "output").glob("*.pdf")
    return pypdf.PdfReader(io.BytesIO(path.read_bytes()))


def test_no_option_is_left_untested() -> None:
    tested = {"paper", "text", "duplex", "crop_marks", "grey", "to", "figures", "images", "chapters"}
    assert {option for template in SHIPPED for option in options_of(template)} == tested


@pytest.mark.parametrize("template", sampled(that_have("paper"), "memo"))
def test_the_sheet_is_a4_or_letter(folder: Folder, template: str) -> None:
    for settings, sides in (((), [595, 842]), (("paper=letter",), [612, 792])):
        for page in printed(folder, template, *settings).pages:
            assert [round(float(side)) for side in page.mediabox[2:]] == sides


PROSE = (
    "Some stations are step-free, and whoever waits at one of the others waits for a lift that is late. [@step-free]"
)


@pytest.mark.parametrize("template", sampled(that_have("text"), "policy-brief"))
def test_prose_is_ragged_or_justified(folder: Folder, template: str) -> None:
    folder.write("seeds/sections/lifts.md", f"---\nid: lifts\ntitle: Lifts\n---\n{PROSE * 5}\n")
    spreads = []
    for settings in ((), ("text=justified",)):
        printed(folder, template, *settings)
        [path] = (folder.root / "output").glob("*.pdf")
        tags = [tag for tag in TagTree(path).root.all("P") if tag.text.startswith("Some stations are step-free")]
        [lines] = [lines for tag in tags if len(lines := find_lines(tag)) > 4]
        rights = [line.right for line in lines[:-1]]
        spreads.append(max(rights) - min(rights))
    assert spreads[0] > 6 and spreads[1] < 2.5, spreads


@pytest.mark.parametrize("template", sampled(that_have("crop_marks"), "report"))
def test_bleed_and_crop_marks_stand_outside_the_trim(folder: Folder, template: str) -> None:
    others = ["duplex=true"] if "duplex" in options_of(template) else []
    reader = printed(folder, template, "crop_marks=true", *others)
    page = reader.pages[0]
    trim, bleed, media = page.trimbox, page.bleedbox, page.mediabox
    assert round(float(trim[2] - trim[0])) == 595 and round(float(trim[3] - trim[1])) == 842
    assert float(trim[0] - bleed[0]) == pytest.approx(10, abs=0.1)  # 3.5 mm
    assert media[0] < bleed[0] - 10 and media[3] > bleed[3] + 10
    image = pypdfium2.PdfDocument(folder.root / "output/lifts.pdf")[0].render(scale=2).to_pil().convert("RGB")
    left, right = 2 * float(trim[0] - media[0]), 2 * float(trim[2] - media[0])
    row = 2 * float(media[3] - trim[3]) + 60  # in the cover
    assert image.getpixel((left - 15, row)) == image.getpixel((right + 15, row)) == (31, 90, 98)  # in the bleed
    assert image.getpixel((left - 26, row)) == image.getpixel((right + 26, row)) == (255, 255, 255)  # beyond it


@pytest.mark.sample(1)
@pytest.mark.parametrize("settings", [(), ("paper=letter",)], ids=["a4", "letter"])
@pytest.mark.parametrize("template", that_have("duplex"))
def test_duplex_puts_the_inner_margin_by_turns(folder: Folder, template: str, settings: tuple[str, ...]) -> None:
    def left_edge(page: pypdf.PageObject) -> float:
        found: list[float] = []
        page.extract_text(visitor_text=lambda text, cm, tm, *_: text.strip() and found.append(tm[4] * cm[0] + cm[4]))
        return min(found)

    pages = printed(folder, template, "duplex=true", *settings).pages
    right, left = (pages[2], pages[1]) if template == "report" else pages[:2]  # its first page is all cover
    assert left_edge(right) - left_edge(left) == pytest.approx(10 * 72 / 25.4, abs=1)  # 25 mm and 15 mm


@pytest.mark.parametrize("template", sampled(that_have("grey"), "policy-brief"))
def test_grey_leaves_no_colour_on_the_page(folder: Folder, template: str) -> None:
    found = 0
    for page in printed(folder, template, "grey=true").pages:
        content = page.get_contents().get_data().decode("latin-1")
        for red, green, blue in re.findall(r"([\d.]+) ([\d.]+) ([\d.]+) (?:rg|RG)\b", content):
            assert red == green == blue
            found += 1
    assert found


def test_a_memo_says_whom_it_is_for(folder: Folder) -> None:
    assert "The Minister" in printed(folder, "memo", "to=The Minister").pages[0].extract_text()


@pytest.mark.sample(1)
@pytest.mark.parametrize(("wanted", "drawn"), [("0", 0), ("1", 1), ("2", 1)])
def test_a_factsheet_prints_as_many_figures_as_are_wanted(folder: Folder, wanted: str, drawn: int) -> None:
    reader = printed(folder, "factsheet", f"figures={wanted}")
    assert sum("Figure 1" in page.extract_text() for page in reader.pages) == drawn


@pytest.mark.sample(1)
@pytest.mark.parametrize(("chapters", "together"), [("page", False), ("running", True), ("auto", True)])
def test_chapters_of_a_report_begin_a_page_or_follow(folder: Folder, chapters: str, together: bool) -> None:
    pages = [page.extract_text() for page in printed(folder, "report", f"chapters={chapters}").pages]
    assert any("The works began" in page and "Some stations are" in page for page in pages) == together


@pytest.mark.sample(1)
@pytest.mark.parametrize(("words", "together"), [(200, True), (1300, False)])
def test_only_long_chapters_of_a_report_begin_a_page_by_themselves(folder: Folder, words: int, together: bool) -> None:
    text = "Lifts are late again. " * (words // 4)
    parts = f"  - {{title: First, text: {text} Here it ends.}}\n  - {{title: Second, text: Here it begins. {text}}}\n"
    folder.write("briefs/lifts.yaml", f"title: Stations wait\ndate: 2026-03-02\nsections:\n{parts}")
    pages = [page.extract_text() for page in printed(folder, "report").pages]
    assert any("it ends" in page and "it begins" in page for page in pages) == together


@pytest.mark.parametrize("template", sampled(SHIPPED, "memo"))
def test_words_set_as_code_have_a_face_of_the_template(folder: Folder, template: str) -> None:
    folder.write(
        "briefs/lifts.yaml",
        "title: T\ndate: 2026-03-02\nkey_messages: ['As `lift` says']\nsections: [{title: S, text: 'A `lift` in *all*.'}]\n",
    )
    result = folder.render("briefs/lifts.yaml", "--template", template)
    assert "font-fallback" not in result.rules, result.err
