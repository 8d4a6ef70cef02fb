"""The software bill of materials names whatever lies in the wheel and is no code, with its licence."""

from __future__ import annotations

import importlib.util
import tomllib
from pathlib import Path
from types import ModuleType

import pytest
from packaging.licenses import canonicalize_license_expression

from tests.support.paths import REPOSITORY


@pytest.fixture(scope="module")
def sbom() -> ModuleType:
    spec = importlib.util.spec_from_file_location("sbom", REPOSITORY / "tools" / "sbom.py")
    assert spec and spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_every_file_beside_the_code_is_in_one_component_with_a_licence(sbom: ModuleType) -> None:
    components = sbom.bundled_components(sbom.files_in_wheel())
    for each in components:
        [licence] = each["licenses"]
        assert canonicalize_license_expression(licence["license"]["id"]) == licence["license"]["id"]
    named = [file["name"] for each in components for file in each["components"]]
    assert len(named) == len({*named}), "a file in two components"
    beside = {
        beginning + path.relative_to(folder).as_posix()
        for beginning, folder in (("", REPOSITORY / "src" / "c6brief"), ("templates/", REPOSITORY / "templates"))
        for path in folder.rglob("*")
        if path.is_file() and path.suffix not in (".py", ".pyc") and path.name != "py.typed" and path.name[0] != "."
    }
    assert beside <= {*named}
    assert {"assets", "documents", "evidence", "rules", "preview", "templates"} <= {
        name.split("/")[0] for name in beside
    }


def test_licences_of_others_are_in_the_wheel_and_in_its_metadata(sbom: ModuleType) -> None:
    project = tomllib.loads((REPOSITORY / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    kept = {
        path.relative_to(REPOSITORY / "src" / "c6brief").as_posix()
        for pattern in project["license-files"]
        for path in REPOSITORY.glob(pattern)
        if path.parent != REPOSITORY
    }
    licences = {sbom.LICENCE}
    for name, _, _, licence, _, patterns in sbom.BROUGHT:
        assert sbom.matching(dict.fromkeys(kept, Path()), patterns), f"no licence of {name} among license-files"
        licences.add(licence)
    assert {*project["license"].split(" AND ")} == licences


@pytest.mark.parametrize("name", ["assets/styles/apa.csl", "evidence/words/lists/en.yaml", "templates/memo/img/a.png"])
def test_a_file_that_nobody_named_is_told(sbom: ModuleType, name: str) -> None:
    with pytest.raises(ValueError, match=name):
        sbom.bundled_components({**sbom.files_in_wheel(), name: REPOSITORY / "LICENSE"})


def test_a_component_without_files_is_told(sbom: ModuleType) -> None:
    files = {name: path for name, path in sbom.files_in_wheel().items() if not name.startswith("assets/map/")}
    with pytest.raises(ValueError, match="world-atlas"):
        sbom.bundled_components(files)
