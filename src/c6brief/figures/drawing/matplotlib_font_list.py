"""Matplotlib's fonts without its list of fonts. The one place where figures rely on how Matplotlib works inside.

Why: whoever imports ``matplotlib.font_manager`` in a fresh home waits while it starts ``fc-list``, opens every font of
the system and writes ``fontlist-v*.json`` into the user's cache. We name fonts by their files and never search, so it
is handed an empty list to read, in a folder of its own that is gone again afterwards; neither the user's list nor their
settings are touched.

What it relies on, as of Matplotlib 3.11.2: the name of the list's file, the number of its format in the source text of
``class FontManager``, and its form as JSON. Drawings do not depend on any of it: with a version that keeps its list
otherwise, or gives no number, Matplotlib makes its list in that folder, which takes longer and draws the same.

Upstream: https://github.com/matplotlib/matplotlib/issues/28488 (open) asks for a way to do without the list.
Tests: ``test_no_list_of_fonts_is_made`` and ``test_another_list_of_fonts_draws_the_same``.
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
        (cache / f"fontlist-v{number[1]}.json").write_text(json.dumps(fonts), encoding="utf-8")


_import_font_manager()

import matplotlib  # noqa: E402
from matplotlib.font_manager import FontProperties  # noqa: E402
from matplotlib.ft2font import FT2Font, LoadFlags  # noqa: E402
from matplotlib.path import Path  # noqa: E402

__all__ = ["FT2Font", "FontProperties", "LoadFlags", "Path", "matplotlib"]
