"""A software bill of materials (CycloneDX 1.6) of what c6brief runs with and what it brings: ``make sbom``.

    python tools/sbom.py dist/sbom.cdx.json path/to/cyclonedx-py

Packages are those that pyproject.toml asks for, with the extras that users install, as they are locked, and what these ask
for in turn; tests and tools are left out. What the wheel brings beside our code is added with licence and SHA-256: fonts
and outlines of maps by others; word lists, templates and other files by ourselves. A file that nobody has named ends this
with an error.
The same environment gives the same bytes.
"""

from __future__ import annotations

import hashlib
import json
import subprocess
import sys
from importlib.metadata import PackageNotFoundError, metadata, requires
from pathlib import Path, PurePath
from typing import Any

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

REPOSITORY = Path(__file__).resolve().parents[1]
LICENCE = "MIT"
"""Of c6brief itself."""

EXTRAS = ("cluster", "pandoc", "sign")
"""The extras that users install; the others are for whoever works on c6brief."""

PLACES = {"": REPOSITORY / "src" / "c6brief", "templates/": REPOSITORY / "templates"}
"""Folders of the repository that make up ``c6brief/`` in a wheel, by what their files' names there begin with."""

BROUGHT = (
    # name, version, kind, licence (SPDX), where it is from, its files by their names in the wheel
    ("Source Serif 4", "4.5.1", "file", "OFL-1.1", "pkg:npm/source-serif@4.5.1", ("assets/fonts/SourceSerif4*",)),
    ("Source Sans 3", "3.52.0", "file", "OFL-1.1", "pkg:npm/source-sans@3.52.0", ("assets/fonts/SourceSans3*",)),
    ("world-atlas (Natural Earth)", "2.0.2", "data", "ISC", "pkg:npm/world-atlas@2.0.2", ("assets/map/*",)),
    (
        "WeasyPrint's declarations of Pango", "70.0", "file", "BSD-3-Clause",
        "pkg:pypi/weasyprint@70.0#weasyprint/text/ffi.py", ("print/pango_declarations*",),
    ),
)  # fmt: skip
"""What lies in the wheel and was made by others. READMEs beside the files say more; their licences lie there too."""

OWN = (
    # name, kind, its files by their names in the wheel
    ("c6brief: word lists", "data", ("documents/words/*", "evidence/words/*", "rules/words/*")),
    ("c6brief: names of countries", "data", ("documents/country_aliases.yaml",)),
    ("c6brief: templates", "file", ("templates/*/*", "templates/*/blocks/*", "templates/*/options/*")),
    ("c6brief: page of the preview", "file", ("preview/page/*",)),
    ("c6brief: settings and notes for fonts", "file", ("assets/fonts.conf", "assets/fonts/README.md")),
)
"""What lies in the wheel beside the code, and was made by the authors of c6brief."""


def needed_packages() -> set[str]:
    """The names of the packages that c6brief runs with."""
    found: set[str] = set()
    waiting: list[tuple[str, tuple[str, ...]]] = [("c6brief", EXTRAS)]
    while waiting:
        name, extras = waiting.pop()
        try:
            asked = [Requirement(each) for each in requires(name) or ()]
        except PackageNotFoundError:  # for another system or Python
            continue
        found.add(canonicalize_name(name))
        for each in asked:
            applies = not each.marker or any(each.marker.evaluate({"extra": extra}) for extra in ("", *extras))
            if applies and canonicalize_name(each.name) not in found:
                waiting.append((each.name, tuple(each.extras)))
    return found


def files_in_wheel() -> dict[str, Path]:
    """Every file that lies below ``c6brief/`` in a wheel, by its name there."""
    return {
        beginning + path.relative_to(folder).as_posix(): path
        for beginning, folder in PLACES.items()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and "__pycache__" not in path.parts and not path.name.startswith(".")
    }


def matching(files: dict[str, Path], patterns: tuple[str, ...]) -> dict[str, Path]:
    """Those of ``files`` whose name in the wheel matches one of ``patterns``; a ``*`` stays within a folder."""
    return {
        name: path
        for name, path in files.items()
        if any(
            len(PurePath(each).parts) == len(PurePath(name).parts) and PurePath(name).match(each) for each in patterns
        )
    }


def bundled_components(files: dict[str, Path]) -> list[dict[str, Any]]:
    """Fonts, data and other files that are no code of ours, each component with its licence and its files.

    Raises :class:`ValueError` where a component has no file, and where one of ``files`` that is no code is in none.
    """
    version = metadata("c6brief")["Version"]
    rows = [(name, version, kind, licence, purl, patterns) for name, version, kind, licence, purl, patterns in BROUGHT]
    rows += [(name, version, kind, LICENCE, "", patterns) for name, kind, patterns in OWN]
    components, named = [], set[str]()
    for name, version, kind, licence, purl, patterns in rows:
        found = matching(files, patterns)
        if not found:
            raise ValueError(f"{name}: no file is called {' or '.join(patterns)}")
        named |= found.keys()
        component = {"type": kind, "bom-ref": purl or name, "name": name, "version": version}
        component |= {"purl": purl} if purl else {}
        listed = [
            {
                "type": "file",
                "name": name_there,
                "hashes": [{"alg": "SHA-256", "content": hashlib.sha256(path.read_bytes()).hexdigest()}],
            }
            for name_there, path in found.items()
        ]
        components.append({**component, "licenses": [{"license": {"id": licence}}], "components": listed})
    unnamed = sorted(name for name in files.keys() - named if not name.endswith((".py", "py.typed")))
    if unnamed:
        raise ValueError(f"in no component, so say in {Path(__file__).name} who made them: {', '.join(unnamed)}")
    return components


def make_sbom(cyclonedx: str) -> dict[str, Any]:
    """The bill of the environment that runs this, as CycloneDX has it."""
    command = [cyclonedx, "environment", sys.executable, "--pyproject", str(REPOSITORY / "pyproject.toml")]
    command += ["--output-reproducible", "--short-PURLs", "--no-validate"]
    bill: dict[str, Any] = json.loads(subprocess.run(command, check=True, capture_output=True, text=True).stdout)
    needed = needed_packages()
    kept = [each for each in bill["components"] if canonicalize_name(each["name"]) in needed - {"c6brief"}]
    missing = needed - {"c6brief"} - {canonicalize_name(each["name"]) for each in kept}
    assert not missing, f"not in the environment: {sorted(missing)}"
    for each in kept:
        if not each.get("licenses") and (said := metadata(each["name"])["License"]):  # not in SPDX's words
            each["licenses"] = [{"license": {"name": said}}]
    bill["components"] = kept + bundled_components(files_in_wheel())
    references = {each["bom-ref"] for each in kept} | {bill["metadata"]["component"]["bom-ref"]}
    bill["dependencies"] = [
        {**each, "dependsOn": [other for other in each.get("dependsOn", ()) if other in references]}
        for each in bill.get("dependencies", ())
        if each["ref"] in references
    ]
    return bill


def main(target: str, cyclonedx: str) -> int:
    """Write the bill, and print which licences it holds; status 1 where a package names none."""
    bill = make_sbom(cyclonedx)
    Path(target).parent.mkdir(parents=True, exist_ok=True)
    Path(target).write_text(json.dumps(bill, indent=2, sort_keys=True, ensure_ascii=False) + "\n", encoding="utf-8")
    unlicensed = [each["name"] for each in bill["components"] if not each.get("licenses")]
    print(f"{target}: {len(bill['components'])} components; without a licence: {', '.join(unlicensed) or 'none'}")
    return int(bool(unlicensed))


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
