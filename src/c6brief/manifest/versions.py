"""The versions of what shapes a printed file. Python is none of it: every Python prints the same bytes."""

from __future__ import annotations

from importlib.metadata import PackageNotFoundError, version

from c6brief.about import __version__

PACKAGES = ("weasyprint", "pydyf", "pypdf", "fonttools", "matplotlib", "deflate")
"""The packages that lay out, draw, write and compress."""


def collect_versions() -> dict[str, str]:
    """The version of c6brief and of each of :data:`PACKAGES`, by name."""
    versions = {"c6brief": __version__}
    for package in PACKAGES:
        try:
            versions[package] = version(package)
        except PackageNotFoundError:  # a frozen build without package data
            versions[package] = "unknown"
    return versions
