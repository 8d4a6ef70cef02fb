"""The public interface: what it exports, that it is documented and lazy, and that the examples of the docs run."""

from __future__ import annotations

import inspect
import re
import shutil
import subprocess
import sys
from pathlib import Path
from types import ModuleType

import pytest

import c6brief
import c6brief.extend
from tests.support.paths import REPOSITORY

EXAMPLES = re.findall(
    r"^```python\n(.*?)^```", (REPOSITORY / "docs/python.md").read_text(encoding="utf-8"), re.S | re.M
)


def run(code: str, folder: Path) -> str:
    done = subprocess.run([sys.executable, "-c", code], cwd=folder, capture_output=True, text=True, timeout=300)
    assert done.returncode == 0, done.stderr
    return done.stdout


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("project")
    for name in ("seeds", "briefs", "templates"):
        shutil.copytree(REPOSITORY / name, folder / name)
    shutil.copy(REPOSITORY / "_brand.yml", folder)
    return folder


@pytest.mark.rest
def test_the_examples_of_the_docs_run_one_after_the_other(project: Path) -> None:
    assert len(EXAMPLES) == 3
    checked, rendered, verified = (run(example, project) for example in EXAMPLES)
    assert checked.splitlines()[-1] == "2 briefs checked, sound: True"
    assert re.findall(r"^at-a-glance--(\w+)\.pdf (\d+) pages", rendered, re.M) == [("memo", "2"), ("factsheet", "1")]
    assert re.search(r"^\d+ of \d+ claims rest on one voice$", verified, re.M)
    assert "whole: True" in verified
    assert "brief" in verified.splitlines()[-1]


@pytest.mark.parametrize("module", [c6brief, c6brief.extend], ids=lambda module: module.__name__)
def test_every_public_name_is_there_and_documented(module: ModuleType) -> None:
    for name in module.__all__:
        value = getattr(module, name)
        if name != "__version__":
            assert inspect.getdoc(value), name
        if inspect.isfunction(value):
            annotations = inspect.get_annotations(value, eval_str=False)
            assert annotations.keys() == {*inspect.signature(value).parameters, "return"}, name
    assert set(module.__all__) <= set(dir(module))


def test_a_name_that_is_not_exported_is_an_attribute_error() -> None:
    with pytest.raises(AttributeError, match="no attribute 'compose'"):
        _ = c6brief.compose


def test_importing_it_imports_nothing_that_takes_time() -> None:
    code = "import sys, c6brief, c6brief.extend; print(sorted({name.split('.')[0] for name in sys.modules} & {'pydantic', 'yaml', 'weasyprint', 'matplotlib', 'typer', 'babel'}))"
    assert run(code, REPOSITORY).strip() == "[]"


def test_what_is_wrong_is_in_the_result_and_never_raised(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(project)
    (project / "briefs/bad.yaml").write_text(
        "title: T\ndate: 2026-03-02\nsections: [{use: nowhere}]\n", encoding="utf-8"
    )
    for result in (c6brief.check("briefs/bad.yaml"), c6brief.render("briefs/bad.yaml")):
        assert not result.is_successful
        assert [problem.rule for problem in result.problems if problem.severity == "error"] == ["unknown-id"]
    missing = c6brief.verify("output/nothing.pdf")
    assert [problem.rule for problem in missing.problems] == ["no-such-file"] and not missing.is_whole
    assert c6brief.diff("output/nothing.pdf", "output/nothing.pdf").differences is None
    with pytest.raises(FileNotFoundError, match="upwards holds seeds"):
        c6brief.load(project.parent)
