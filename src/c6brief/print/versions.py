"""The versions of what shapes a printed file."""

from __future__ import annotations

import sys
from importlib.metadata import PackageNotFoundError, version

from c6brief import __version__

PACKAGES = ("weasyprint", "pydyf", "pypdf", "fonttools", "matplotlib")


def versions() -> dict[str, str]:
    """By name: c6brief, Python (without its patch number) and the packages that lay out, draw and write."""
    found = {"c6brief": __version__, "python": f"{sys.version_info[0]}.{sys.version_info[1]}"}
    for package in PACKAGES:
        try:
            found[package] = version(package)
        except PackageNotFoundError:  # a frozen build without package data
            found[package] = "unknown"
    return found
