"""Matplotlib's fonts without its list of the fonts of the system.

Whoever imports ``matplotlib.font_manager`` in a fresh home waits while it starts ``fc-list``, opens every font of the
system and writes ``fontlist-v*.json`` into the user's cache. We name fonts by their files and never search, so it is
handed an empty list to read, in a folder of its own that is gone again afterwards; neither the user's list nor their
settings are touched.

- Why: seconds in a fresh home, and nothing written there.
- Uses: the name of the list's file, its form as JSON, and the number of this form in the source text of
  ``class FontManager``.
- Known version: :data:`KNOWN`.
- With another version: where it keeps its list otherwise, or gives no number, Matplotlib makes its list in that folder,
  which takes longer. Drawings do not depend on the list.
- Test: ``tests/figures/test_figure_cache.py`` looks for files written, and draws the same with a list that is not known;
  ``tests/house/test_private_parts.py`` holds the version.
- Upstream: matplotlib/matplotlib #28488 (a way to avoid subcommands on import; open).
"""

from __future__ import annotations

import importlib
import json
import os
import pathlib
import re
import sys
import tempfile
from importlib.util import find_spec

KNOWN = "3.11.2"
"""The version of Matplotlib that this was written for and tested with."""

_FORMAT = re.compile(r"^ {4}__version__ = ['\"]([^'\"]+)['\"]$", re.M)
"""How ``class FontManager`` says which lists it reads."""


def _import_font_manager() -> None:
    """Import Matplotlib's font manager with an empty list of fonts, unless somebody has imported it before."""
    if "matplotlib.font_manager" in sys.modules:
        return
    before = os.environ.get("MPLCONFIGDIR")
    with tempfile.TemporaryDirectory(prefix="c6brief-") as folder:
        os.environ["MPLCONFIGDIR"] = folder
        try:
            _write_empty_list(pathlib.Path(folder))
            importlib.import_module("matplotlib.font_manager")
        finally:
            if before is None:
                del os.environ["MPLCONFIGDIR"]
            else:
                os.environ["MPLCONFIGDIR"] = before


def _write_empty_list(folder: pathlib.Path) -> None:
    spec = find_spec("matplotlib.font_manager")
    source = pathlib.Path(spec.origin).read_text(encoding="utf-8") if spec and spec.origin else ""
    cache = pathlib.Path(importlib.import_module("matplotlib").get_cachedir())
    if cache.resolve() == folder.resolve() and (number := _FORMAT.search(source)):
        fonts: dict[str, object] = {"__class__": "FontManager", "_version": number[1], "ttflist": [], "afmlist": []}
        fonts["defaultFamily"] = {"ttf": "DejaVu Sans", "afm": "Helvetica"}
        (cache / f"fontlist-v{number[1]}.json").write_text(json.dumps(fonts), encoding="utf-8")


_import_font_manager()

import matplotlib  # noqa: E402
from matplotlib.font_manager import FontProperties, fontManager  # noqa: E402
from matplotlib.ft2font import FT2Font, LoadFlags  # noqa: E402
from matplotlib.path import Path  # noqa: E402

__all__ = ["FT2Font", "FontProperties", "LoadFlags", "Path", "fontManager", "matplotlib"]
