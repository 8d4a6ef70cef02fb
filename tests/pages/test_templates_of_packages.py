"""Templates that other installed packages add: found by their entry points, printed and extended like ours."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pypdf
import pytest

from tests.support.project import Folder

MODULE = """\
from pathlib import Path

from c6brief.extend import add_template_folder

add_template_folder(Path(__file__).with_name("acme_folder"))
"""

MAIN = """\
{% extends "memo/brief.html.j2" %}
{% block cover %}{{ super() }}<p class="acme">Acme prints this</p>{% endblock %}
"""


@pytest.fixture
def site(tmp_path: Path) -> Path:
    """A folder with an installed package that adds the template ``acme``."""
    folder = tmp_path / "site"
    info = folder / "acme_templates-1.2.dist-info"
    info.mkdir(parents=True)
    (info / "METADATA").write_text("Metadata-Version: 2.1\nName: acme-templates\nVersion: 1.2\n")
    (info / "entry_points.txt").write_text("[c6brief.templates]\nacme = acme_templates\n")
    (folder / "acme_templates.py").write_text(MODULE)
    (folder / "acme_folder/acme").mkdir(parents=True)
    (folder / "acme_folder/acme/brief.html.j2").write_text(MAIN)
    return folder


def run(site: Path, project: Folder, *arguments: str) -> subprocess.CompletedProcess[str]:
    environment = os.environ | {"PYTHONPATH": str(site)}
    command = [sys.executable, "-m", "c6brief", *arguments]
    done = subprocess.run(command, cwd=project.root, env=environment, capture_output=True, text=True, check=False)
    assert "Traceback" not in done.stderr, done.stderr
    return done


def words_of(project: Folder) -> str:
    return "\n".join(page.extract_text() for page in pypdf.PdfReader(project.root / "output/lifts.pdf").pages)


def test_a_template_of_a_package_prints(site: Path, folder: Folder) -> None:
    done = run(site, folder, "render", "briefs/lifts.yaml", "--template", "acme")
    assert done.returncode == 0, done.stderr
    assert "Acme prints this" in words_of(folder)
    (site / "acme_folder/acme/brief.html.j2").write_text(MAIN.replace("this", "that"))
    assert "nothing changed" not in run(site, folder, "render", "briefs/lifts.yaml", "--template", "acme").stdout
    assert "Acme prints that" in words_of(folder)


@pytest.mark.rest
def test_it_is_suggested_and_can_be_started_from(site: Path, folder: Folder) -> None:
    done = run(site, folder, "render", "briefs/lifts.yaml", "--template", "acmee")
    assert "error[unknown-template]: no template 'acmee'" in done.stderr and "did you mean 'acme'?" in done.stderr
    made = run(site, folder, "new", "template", "ours", "--from", "acme")
    assert made.returncode == 0, made.stderr
    done = run(site, folder, "render", "briefs/lifts.yaml", "--template", "ours")
    assert done.returncode == 0, done.stderr
    assert "Acme prints this" in words_of(folder)


@pytest.mark.rest
def test_a_package_that_takes_our_name_or_breaks_is_named(site: Path, folder: Folder) -> None:
    (site / "acme_folder/acme").rename(site / "acme_folder/memo")
    done = run(site, folder, "render", "briefs/lifts.yaml", "--template", "acme")
    assert done.returncode == 1
    assert "acme-templates 1.2:1:1: error[broken-extension]" in done.stderr
    assert "ValueError: c6brief has a template 'memo' of its own" in done.stderr
    assert run(site, folder, "render", "briefs/lifts.yaml", "--template", "memo").returncode == 0
