"""PDF/A and PDF/UA: what files claim, and what veraPDF, the reference validator, says of it."""

from __future__ import annotations

import re
from itertools import product
from pathlib import Path

import pytest
from pypdf import PdfReader

from tests.support.crafted import print_crafted
from tests.support.house_briefs import NAMES, TEMPLATES, in_template, run_in
from tests.support.paths import REPOSITORY
from tests.support.project import BRIEF, SEEDS, Folder
from tests.support.sampling import sampled
from tests.support.verapdf import FLAVOURS, need_java, validate

ATTACHING = {
    "templates/policy-brief/brief.html.j2": """\
{% extends "c6brief:policy-brief/brief.html.j2" %}
{% block style %}{{ super() }}<link rel="attachment" href="more.csv" title="More">{% endblock %}
""",
    "templates/policy-brief/more.csv": "a,b\n1,2\n",
}


def make_project(root: Path, content: dict[str, str]) -> Path:
    for name, text in content.items():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text(text, encoding="utf-8")
    return root


def render(root: Path, *arguments: str) -> None:
    status, said = run_in(root, "render", *arguments)
    assert status == 0, said


@pytest.mark.parametrize(("standard", "template"), sampled(product(FLAVOURS, TEMPLATES), ("pdf-1.7", "policy-brief")))
def test_verapdf_has_nothing_to_say_of_a_template(
    tmp_path_factory: pytest.TempPathFactory, tmp_path: Path, standard: str, template: str
) -> None:
    """Every brief of ours and the tests' own."""
    need_java()
    project = make_project(tmp_path / "project", SEEDS | {"briefs/lifts.yaml": BRIEF})
    briefs = ["briefs/lifts.yaml"]
    wanted = []
    if standard == "pdf-1.7":
        wanted += in_template(tmp_path_factory, template, "a4").values()
    else:
        briefs += [str(path) for path in sorted((REPOSITORY / "briefs").glob("*.yaml"))]
    render(project, *briefs, "-o", "printed", "--template", template, "--standard", standard)
    wanted += (project / "printed").glob("*.pdf")
    assert len(wanted) == 1 + len(NAMES)
    nothing_to_say(dict.fromkeys(wanted, FLAVOURS[standard]))


@pytest.mark.rest
def test_verapdf_has_nothing_to_say_of_odd_files(tmp_path: Path) -> None:
    """A crafted page with everything on it; a draft; and a template that attaches a file."""
    need_java()
    unverified = SEEDS["seeds/quotes.yaml"].replace("will have", "will not have")
    drafted = make_project(tmp_path / "drafted", SEEDS | {"briefs/lifts.yaml": BRIEF, "seeds/quotes.yaml": unverified})
    attaching = make_project(tmp_path / "attaching", SEEDS | {"briefs/lifts.yaml": BRIEF} | ATTACHING)
    wanted: dict[Path, tuple[str, ...]] = {}
    for standard, flavours in FLAVOURS.items():
        wanted[print_crafted(tmp_path / standard / "crafted", standard)] = flavours
        for root, *options in ((drafted, "--draft"), (attaching,)):
            render(root, "briefs/lifts.yaml", *options, "--standard", standard, "-o", standard)
        wanted[attaching / standard / "lifts.pdf"] = flavours
        wanted[drafted / standard / "lifts-draft.pdf"] = tuple(each.replace("4f", "4") for each in flavours)
    nothing_to_say(wanted)


def nothing_to_say(wanted: dict[Path, tuple[str, ...]]) -> None:
    verdicts = validate(wanted)
    assert [f"{each.file} {each.flavour}: {each.failed[:3]}" for each in verdicts if each.failed] == []
    assert all(verdict.checks > 2_000 for verdict in verdicts)


def test_verapdf_says_what_is_wrong(tmp_path: Path) -> None:
    """A file that claims nothing and has no tags: the validator is really asked."""
    need_java()
    from c6brief.print.fonts import use_bundled_fonts

    use_bundled_fonts()
    from weasyprint import HTML

    path = tmp_path / "bare.pdf"
    HTML(string="<p style='font-family: Source Serif 4'>bare").write_pdf(path)
    archive, access = validate({path: FLAVOURS["pdf-1.7"]})
    assert any("PDF/A" in words or "MarkInfo" in words for words in archive.failed), archive.failed
    assert any("tagged" in words.lower() or "StructTreeRoot" in words for words in access.failed), access.failed


def metadata(path: Path) -> str:
    return PdfReader(path).trailer["/Root"]["/Metadata"].get_data().decode()


def test_the_default_is_an_archive_s_and_a_screen_reader_s_file(folder: Folder) -> None:
    assert folder.render().status == 0
    path = folder.root / "output/lifts.pdf"
    said = metadata(path)
    assert PdfReader(path).pdf_header == "%PDF-1.7"
    assert re.search(r'pdfaid:part="3"', said) and re.search(r'pdfaid:conformance="A"', said)
    assert re.search(r'pdfuaid:part="1"', said)
    assert folder.render("briefs/lifts.yaml", "-o", "again", "--standard", "pdf-1.7").status == 0
    assert (folder.root / "again/lifts.pdf").read_bytes() == path.read_bytes()


@pytest.mark.rest
def test_pdf_2_is_another_file_of_the_same_brief(folder: Folder) -> None:
    for out in ("one", "two"):
        assert folder.render("briefs/lifts.yaml", "-o", out, "--standard", "pdf-2").status == 0
    path = folder.root / "one/lifts.pdf"
    assert path.read_bytes() == (folder.root / "two/lifts.pdf").read_bytes()
    said = metadata(path)
    assert PdfReader(path).pdf_header == "%PDF-2.0"
    assert re.search(r'pdfaid:part="4"', said) and re.search(r'pdfaid:conformance="F"', said)
    assert re.search(r'pdfuaid:part="2"', said)
    assert "wtpdf#accessibility1.0" in said and "wtpdf#reuse1.0" in said
    checked = folder.run("verify", str(path), "--seeds", "seeds")
    assert (checked.status, checked.err) == (0, "")
    assert folder.render().status == 0
    compared = folder.run("diff", str(path), str(folder.root / "output/lifts.pdf"))
    assert (compared.status, compared.err) == (0, "")


def test_a_draft_claims_no_attachments(folder: Folder) -> None:
    assert folder.render("briefs/lifts.yaml", "--draft", "--standard", "pdf-2").status == 0
    said = metadata(folder.root / "output/lifts-draft.pdf")
    assert 'pdfaid:part="4"' in said and "pdfaid:conformance" not in said


@pytest.mark.parametrize(
    ("head", "rule"),
    [("<html><title>x</title>", "missing-language"), ("<html lang=en><title> </title>", "missing-title")],
)
def test_a_template_must_say_its_language_and_title(folder: Folder, head: str, rule: str) -> None:
    folder.write("templates/bare/brief.html.j2", head + "<p style='font-family: Source Serif 4'>x")
    result = folder.render("briefs/lifts.yaml", "--template", "bare")
    assert (result.status, result.rules.count(rule), folder.written) == (1, 1, []), result.err


def test_an_unknown_standard_is_wrong_usage_and_the_known_ones_are_told(folder: Folder) -> None:
    result = folder.render("briefs/lifts.yaml", "--standard", "pdf-3")
    assert result.status == 2
    assert "'pdf-1.7'" in result.err and "'pdf-2'" in result.err
    assert folder.written == []
    shown = folder.run("render", "--help").out
    assert "--standard" in shown and "PDF/UA-1" in shown and "WTPDF" in shown


def test_the_standards_of_the_command_are_those_of_the_press() -> None:
    from inspect import signature
    from typing import get_args, get_type_hints

    from c6brief.cli.commands import app
    from c6brief.print.standards import DEFAULT, STANDARDS

    [command] = [each.callback for each in app.registered_commands if each.callback.__name__ == "render"]
    assert list(get_args(get_type_hints(command)["standard"])) == list(STANDARDS) == list(FLAVOURS)
    assert signature(command).parameters["standard"].default == DEFAULT.name
