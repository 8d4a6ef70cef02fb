"""Rules that other installed packages add: found by their entry points, run and listed as ours are, and never a traceback."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.support.paths import REPOSITORY
from tests.support.project import Folder

HOUSE = '''\
"""Rules of a house."""

from collections.abc import Iterator

from c6brief.extend import BriefUnderReview, DocumentContent, Finding, Flaw, page_rule, rule

MOST_SECTIONS = 1


@rule("too-many-sections", chapter="craft")
def too_many_sections(brief: BriefUnderReview) -> Iterator[Finding]:
    """the brief has more than {MOST_SECTIONS} section

    Our readers want one thing
    at a time.
    """
    if len(brief.sections) > MOST_SECTIONS:
        place = brief.spec.place("sections", MOST_SECTIONS, "title")
        yield Finding("this section is one too many", place, "leave it out")


@page_rule("page-numbered-one", hint="this house counts from two")
def page_numbered_one(document: DocumentContent) -> Iterator[Flaw]:
    """a page has the number 1

    Ours have none. Nothing is mended.
    """
    yield Flaw("the first page", 1, document.pages[0].text)
'''


@dataclass(frozen=True)
class Site:
    """A folder of installed packages, and a project in which c6brief is run with it."""

    folder: Path
    project: Path

    def install(self, module: str, *, package: str = "acme-rules", name: str = "acme_rules") -> None:
        """Install a package of one ``module``."""
        (self.folder / f"{name}.py").write_text(module, encoding="utf-8")
        info = self.folder / f"{package.replace('-', '_')}-1.2.dist-info"
        info.mkdir()
        (info / "METADATA").write_text(f"Metadata-Version: 2.1\nName: {package}\nVersion: 1.2\n")
        (info / "entry_points.txt").write_text(f"[c6brief.rules]\nhouse = {name}\n")

    def run(self, *arguments: str, flags: tuple[str, ...] = ()) -> subprocess.CompletedProcess[str]:
        """``c6brief ARGUMENTS`` in the project, with these packages."""
        done = subprocess.run(
            [sys.executable, *flags, "-m", "c6brief", *arguments],
            cwd=self.project,
            env={**os.environ, "PYTHONPATH": str(self.folder)},
            capture_output=True,
            text=True,
            check=False,
        )
        assert "Traceback" not in done.stderr and "internal" not in done.stderr, done.stderr
        return done

    def found(self) -> list[tuple[str, str, str]]:
        """File, name and message of each problem of ``c6brief check``."""
        problems = json.loads(self.run("check", "--format", "json").stdout)
        return [(problem["file"], problem["rule"], problem["message"]) for problem in problems]


@pytest.fixture
def site(folder: Folder, tmp_path: Path) -> Site:
    (tmp_path / "site").mkdir()
    brief = (folder.root / "briefs/lifts.yaml").read_text(encoding="utf-8")
    message = "  - Ninety-four stations are step-free. [@step-free]\n"
    folder.write("briefs/lifts.yaml", brief.replace(message, message * 3))
    return Site(tmp_path / "site", folder.root)


def test_a_rule_of_a_package_is_run_listed_and_switched_off(site: Site) -> None:
    assert site.found() == []
    site.install(HOUSE)
    assert site.found() == [("briefs/lifts.yaml", "too-many-sections", "this section is one too many")]
    listed = site.run("check", "--rules")
    assert listed.returncode == 0
    assert re.search(r"^too-many-sections +warning +the brief has more than 1 section$", listed.stdout, re.M)
    assert re.search(r"^page-numbered-one +warning +a page has the number 1$", listed.stdout, re.M)
    severities = "rules: {too-many-sections: off, page-numbered-one: error}"
    (site.project / "_brand.yml").write_text(f"defaults: {{c6brief: {{{severities}}}}}\n")
    assert site.found() == []
    listed = site.run("check", "--rules").stdout
    assert re.search(r"^too-many-sections +off ", listed, re.M) and re.search(
        r"^page-numbered-one +error ", listed, re.M
    )


@pytest.mark.rest
def test_a_page_rule_of_a_package_is_run_by_render(site: Site) -> None:
    site.install(HOUSE)
    done = site.run("render", "briefs/lifts.yaml")
    assert done.returncode == 0
    assert "warning[page-numbered-one]: page 1: the first page\n      | this house counts from two" in done.stderr


@pytest.mark.sample(1)
@pytest.mark.parametrize(
    ("module", "reason"),
    [
        ("import acme_words\n", "ModuleNotFoundError: No module named 'acme_words' (acme_rules.py:1)"),
        ("x = 1\ny = )\n", "SyntaxError: unmatched ')' (acme_rules.py:2)"),
        ("import sys\nsys.exit(3)\n", "SystemExit: 3 (acme_rules.py:2)"),
        (HOUSE.replace('"craft"', '"crafts"'), "'crafts' is no chapter of rules: evidence, craft, access, reference"),
        (HOUSE.replace('"too-many-sections"', '"Sections"'), "'Sections' is no name for a rule"),
        (HOUSE.replace("{MOST_SECTIONS}", "{MOST}"), "the docstring of too_many_sections names 'MOST'"),
        (HOUSE.replace("brief: BriefUnderReview", "brief: str"), "too_many_sections looks at <class 'str'>"),
        (HOUSE.replace("brief: BriefUnderReview", "brief"), "too_many_sections wants one annotated parameter"),
        (re.sub(r'    """the brief.*?"""\n', "", HOUSE, flags=re.S), "too_many_sections needs a docstring"),
    ],
)
def test_a_broken_package_is_an_error_that_names_it(site: Site, module: str, reason: str) -> None:
    site.install(module)
    other = HOUSE.replace("too-many-sections", "many-sections").replace("page-numbered-one", "page-one")
    site.install(other, package="other-rules", name="other_rules")
    [broken, other] = site.found()
    assert broken[:2] == ("acme-rules 1.2", "broken-extension")
    assert broken[2].startswith("'acme_rules', which it adds to c6brief.rules, cannot be imported: ")
    assert reason in broken[2]
    assert other[1] == "many-sections"
    listed = site.run("check", "--rules")
    assert listed.returncode == 1 and "many-sections" in listed.stdout
    assert listed.stderr.startswith("acme-rules 1.2:1:1: error[broken-extension]: 'acme_rules'")


@pytest.mark.rest
def test_no_brief_is_printed_where_a_package_is_broken(site: Site) -> None:
    """Its rules might have refused the brief."""
    site.install("import acme_words\n")
    done = site.run("render", "briefs/lifts.yaml")
    assert done.returncode == 1 and "acme-rules 1.2:1:1: error[broken-extension]" in done.stderr
    assert not (site.project / "output").exists()


@pytest.mark.sample(1)
@pytest.mark.parametrize(
    ("name", "owner"),
    [("no-owner", "c6brief.rules.recommendations"), ("runt", "c6brief.print.preflight.rules.lines")],
)
def test_a_name_that_is_taken_is_an_error_and_our_rule_counts(site: Site, name: str, owner: str) -> None:
    site.install(HOUSE.replace("too-many-sections", name))
    listed = site.run("check", "--rules")
    assert listed.returncode == 1
    assert listed.stderr == (
        f"acme_rules:1:1: error[clashing-rule]: '{name}' is the name of a rule in {owner} already\n"
        "      | give the rule another name\n"
    )
    assert len(re.findall(rf"^{name} ", listed.stdout, re.M)) == 1
    assert "more than 1 section" not in listed.stdout
    (site.project / "_brand.yml").write_text("defaults: {c6brief: {rules: {word-twice: off}}}\n")
    assert [problem[1] for problem in site.found()] == ["clashing-rule"]


@pytest.mark.rest
def test_a_rule_of_a_package_that_fails_ends_in_an_error_that_names_it(site: Site) -> None:
    site.install(HOUSE.replace("len(brief.sections)", "len(brief.chapters)"))
    [(file, rule, message)] = site.found()
    assert (file, rule) == ("acme_rules", "broken-extension")
    assert message.startswith(
        "its rule 'too-many-sections' cannot be run: AttributeError: 'BriefUnderReview' object has"
    )
    assert message.endswith("(acme_rules.py:17)")


@pytest.mark.rest
def test_a_page_rule_of_a_package_that_fails_ends_in_an_error_that_names_it(site: Site) -> None:
    site.install(HOUSE.replace("document.pages[0].text", "document.sheets[0].text"))
    done = site.run("render", "briefs/lifts.yaml")
    assert done.returncode == 1
    assert done.stderr.startswith(
        "acme_rules:1:1: error[broken-extension]: its rule 'page-numbered-one' cannot be run: "
    )
    assert "'DocumentContent' object has no attribute 'sheets' (acme_rules.py:28)" in done.stderr


@pytest.mark.rest
def test_rules_work_where_python_strips_docstrings(site: Site) -> None:
    """They are run and listed; only what they say of themselves is missing."""
    site.install(HOUSE)
    assert "warning[too-many-sections]" in site.run("check", flags=("-OO",)).stderr
    listed = site.run("check", "--rules", flags=("-OO",))
    assert listed.returncode == 0
    assert re.search(r"^no-owner +warning *$", listed.stdout, re.M)


def test_our_pages_describe_our_rules_alone(site: Site) -> None:
    site.install(HOUSE)
    code = "from c6brief.print.preflight.reference import *; print(rules_page(), proofing_page(), sep='', end='')"
    done = subprocess.run(
        [sys.executable, "-c", code],
        env={**os.environ, "PYTHONPATH": str(site.folder)},
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=True,
    )
    docs = REPOSITORY / "docs"
    assert done.stdout == "".join((docs / name).read_text(encoding="utf-8") for name in ("rules.md", "proofing.md"))
