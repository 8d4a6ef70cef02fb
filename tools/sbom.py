"""A software bill of materials (CycloneDX 1.6) of what c6brief runs with and what it brings: ``make sbom``.

    python tools/sbom.py dist/sbom.cdx.json path/to/cyclonedx-py

Packages are those that pyproject.toml asks for, with the extras that users install, as they are locked, and what these ask for in turn;
tests and tools are left out. What the wheel brings of others, fonts and outlines of maps, is added with licence and SHA-256.
The same environment gives the same bytes.
"""

from __future__ import annotations

import hashlib
import json
import subprocess
import sys
from importlib.metadata import PackageNotFoundError, metadata, requires
from pathlib import Path
from typing import Any

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

REPOSITORY = Path(__file__).resolve().parents[1]
ASSETS = REPOSITORY / "src" / "c6brief" / "assets"
EXTRAS = ("cluster", "sign")
"""The extras that users install; the others are for whoever works on c6brief."""

BROUGHT = (
    # name, version, kind, licence (SPDX), where it is from, its files
    ("Source Serif 4", "4.5.1", "file", "OFL-1.1", "pkg:npm/source-serif@4.5.1", "fonts/SourceSerif4*.ttf"),
    ("Source Sans 3", "3.52.0", "file", "OFL-1.1", "pkg:npm/source-sans@3.52.0", "fonts/SourceSans3*.ttf"),
    ("world-atlas (Natural Earth)", "2.0.2", "data", "ISC", "pkg:npm/world-atlas@2.0.2", "map/*.json"),
)
"""What lies in the wheel and was made by others; the READMEs beside the files say more."""


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


def brought_components() -> list[dict[str, Any]]:
    """Fonts and data of others, each with its files."""
    components = []
    for name, version, kind, licence, origin, pattern in BROUGHT:
        files = [
            {
                "type": "file",
                "name": path.relative_to(ASSETS).as_posix(),
                "hashes": [{"alg": "SHA-256", "content": hashlib.sha256(path.read_bytes()).hexdigest()}],
            }
            for path in sorted(ASSETS.glob(pattern))
        ]
        assert files, f"nothing is called {pattern}"
        component = {"type": kind, "bom-ref": origin, "name": name, "version": version, "purl": origin}
        components.append({**component, "licenses": [{"license": {"id": licence}}], "components": files})
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
    bill["components"] = kept + brought_components()
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
