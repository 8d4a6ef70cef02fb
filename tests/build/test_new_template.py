"""``c6brief new template``: a template of one's own that looks like its parent until it is changed."""

from __future__ import annotations

from pathlib import Path

import pypdf
import pypdfium2
import pytest
import yaml
from PIL import ImageChops

from tests.support.project import BRIEF, SEEDS, Folder
from tests.support.sampling import sampled

SHIPPED = ("factsheet", "memo", "policy-brief", "report")


def pages(folder: Folder, template: str, *options: str) -> list:
    """What ``template`` prints of the brief about buses, as images."""
    result = folder.render("briefs/lifts.yaml", "--template", template, "-o", template, *options)
    assert (result.status, result.err) == (0, ""), result.err
    document = pypdfium2.PdfDocument(folder.root / template / "lifts.pdf")
    return [page.render(scale=1).to_pil().convert("RGB") for page in document]


def assert_same_looks(one: list, other: list) -> None:
    assert len(one) == len(other)
    assert all(ImageChops.difference(a, b).getbbox() is None for a, b in zip(one, other, strict=True))


def made(folder: Folder) -> list[str]:
    root = folder.root / "templates"
    return sorted(path.relative_to(root).as_posix() for path in root.rglob("*")) if root.exists() else []


@pytest.mark.parametrize("parent", sampled(SHIPPED, "factsheet"))
def test_it_looks_like_its_parent_and_takes_its_options(folder: Folder, parent: str) -> None:
    result = folder.run("new", "template", "ministry", "--from", parent)
    assert (result.status, result.err) == (0, "")
    files = ["README.md", "brief.html.j2", "style.css", "template.yaml"]
    assert made(folder) == ["ministry", *(f"ministry/{name}" for name in files)]
    assert all(f"templates/ministry/{name}" in result.out for name in files)
    assert_same_looks(pages(folder, "ministry"), pages(folder, parent))
    letter = ("--set", "options.paper=letter")
    assert_same_looks(pages(folder, "ministry", *letter), pages(folder, parent, *letter))


def test_each_of_its_files_is_heard(folder: Folder) -> None:
    """Every change that the comments invite is made, and is seen."""
    assert folder.run("new", "template", "ministry").status == 0
    home = "templates/ministry/"
    folder.change(home + "style.css", "--brand: #1f5a62", "--brand: #7a1f3d")
    folder.change(home + "style.css", "the last word. */", "the last word. */\n.subtitle { color: #123456 }")
    main = (folder.root / home / "brief.html.j2").read_text(encoding="utf-8")
    assert all(f"\n      {block} " in main for block in ("style", "cover", "key_messages", "body", "colophon"))
    folder.write(home + "brief.html.j2", main + "{% block sources %}{% endblock %}\n")
    settings = (folder.root / home / "template.yaml").read_text(encoding="utf-8")
    opened = [line[2:] if line.startswith(("# options:", "#   paper:")) else line for line in settings.splitlines()]
    folder.write(home + "template.yaml", "\n".join(opened).replace("default: a4", "default: letter"))
    assert set(yaml.safe_load((folder.root / home / "template.yaml").read_text())["options"]) == {"paper"}
    result = folder.render("briefs/lifts.yaml", "--template", "ministry")
    assert (result.status, result.err) == (0, "")
    reader = pypdf.PdfReader(folder.root / "output/lifts.pdf")
    content = reader.pages[0].get_contents().get_data().decode("latin-1")
    assert [round(float(side)) for side in reader.pages[0].mediabox[2:]] == [612, 792]
    assert "0.478431 0.121569 0.239216 rg" in content and "0.070588 0.203922 0.337255 rg" in content
    assert "Riders’ Union, 2024" not in " ".join(page.extract_text() for page in reader.pages[-1:])


@pytest.mark.rest
def test_a_template_of_the_project_can_be_the_parent(folder: Folder) -> None:
    assert folder.run("new", "template", "ministry", "--from", "memo").status == 0
    folder.change("templates/ministry/style.css", "--brand: #1f5a62", "--brand: #7a1f3d")
    folder.write("templates/ministry/README.md", "# Ours\n\n## Recipes\n\n### Shout\n\nLoudly.\n\n## Not this\n")
    assert folder.run("new", "template", "ministry-2026", "--from", "ministry").status == 0
    readme = (folder.root / "templates/ministry-2026/README.md").read_text(encoding="utf-8")
    assert "# Ministry 2026\n" in readme and "### Shout" in readme and "Not this" not in readme
    assert_same_looks(pages(folder, "ministry-2026"), pages(folder, "ministry"))


@pytest.mark.rest
def test_what_the_project_changed_in_a_shipped_template_is_its_child_s_too(folder: Folder) -> None:
    folder.write("templates/policy-brief/blocks/key_messages.html.j2", "<p class=label>Nothing to say</p>")
    assert folder.run("new", "template", "ministry").status == 0
    assert_same_looks(pages(folder, "ministry"), pages(folder, "policy-brief"))


WRONG = {
    "name taken by us": (["memo"], "name-exists", "templates/memo/"),
    "name taken by you": (["ours"], "name-exists", "another name"),
    "half of it there": (["started"], "name-exists", "another name"),
    "capitals": (["Ministry of Buses"], "bad-name", "'ministry-of-buses'"),
    "a path": (["../outside"], "bad-name", "'outside'"),
    "nothing": ([""], "bad-name", "'ministry'"),
    "no letters": (["..."], "bad-name", "'ministry'"),
    "endless": (["a" * 300], "bad-name", "at most 60"),
    "misspelt parent": (["mine", "--from", "polcy-brief"], "unknown-template", "did you mean 'policy-brief'?"),
    "strange parent": (["mine", "--from", "../x"], "unknown-template", "known: "),
}


@pytest.mark.parametrize("case", WRONG)
def test_what_cannot_be_made_is_told_and_leaves_nothing(folder: Folder, case: str) -> None:
    arguments, rule, hint = WRONG[case]
    folder.write("templates/ours/brief.html.j2", "<p>x")
    folder.write("templates/started/style.css", "")
    before = sorted(folder.root.parent.rglob("*"))
    result = folder.run("new", "template", *arguments)
    assert (result.status, result.rules, result.out) == (1, [rule], "")
    assert hint in result.err and "nothing was written" in result.err
    assert sorted(folder.root.parent.rglob("*")) == before


def test_both_mistakes_are_told_at_once(folder: Folder) -> None:
    assert folder.run("new", "template", "memo", "--from", "mem").rules == ["name-exists", "unknown-template"]


def test_a_parent_with_a_broken_template_yaml_is_told(folder: Folder) -> None:
    folder.write("templates/ours/brief.html.j2", "<p>x")
    folder.write("templates/ours/template.yaml", "titel: Ours\n")
    result = folder.run("new", "template", "mine", "--from", "ours")
    assert result.status == 1 and "templates/ours/template.yaml:1:1: error[unknown-key]" in result.err
    assert not (folder.root / "templates/mine").exists()


def test_it_needs_a_project(folder: Folder, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "elsewhere").mkdir()
    monkeypatch.chdir(tmp_path / "elsewhere")
    result = folder.run("new", "template", "ministry")
    assert (result.status, result.rules) == (1, ["no-project"])
    assert list((tmp_path / "elsewhere").iterdir()) == []


def test_from_a_folder_below_the_project(folder: Folder, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(folder.root / "briefs")
    assert folder.run("new", "template", "ministry").status == 0
    assert (folder.root / "templates/ministry/style.css").is_file()


def test_a_folder_that_cannot_be_written_is_told(folder: Folder) -> None:
    folder.write("templates", "a file where the folder should be")
    result = folder.run("new", "template", "ministry")
    assert (result.status, result.rules) == (1, ["not-writable"])


def test_the_command_says_how() -> None:
    assert BRIEF and SEEDS  # the project that all tests above start from
    from typer.testing import CliRunner

    from c6brief.cli.commands import app

    shown = CliRunner().invoke(app, ["new", "template", "--help"]).output
    assert "c6brief new template ministry --from policy-brief" in shown
    assert "template" in CliRunner().invoke(app, ["new", "--help"]).output
