"""The versions of what shapes a printed file."""

from __future__ import annotations

import sys
from importlib.metadata import PackageNotFoundError, version

from c6brief.about import __version__

PACKAGES = ("weasyprint", "pydyf", "pypdf", "fonttools", "matplotlib")
"""The packages that lay out, draw and write."""


def collect_versions() -> dict[str, str]:
    """The version of c6brief, of Python (without its patch number) and of each of :data:`PACKAGES`, by name."""
    versions = {"c6brief": __version__, "python": f"{sys.version_info[0]}.{sys.version_info[1]}"}
    for package in PACKAGES:
        try:
            versions[package] = version(package)
        except PackageNotFoundError:  # a frozen build without package data
            versions[package] = "unknown"
    return versions
