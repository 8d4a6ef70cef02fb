"""Matplotlib's text without its list of fonts.

Whoever imports ``matplotlib.font_manager`` in a fresh home waits while it opens every font of the system and writes
``fontlist-*.json`` into the user's cache. We name fonts by their files and never search, so it is handed an empty list
to read, in a folder of its own that is gone again afterwards; neither the user's list nor their settings are touched.
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

_VERSION = re.compile(r"^ {4}__version__ = ['\"]([^'\"]+)['\"]$", re.M)
"""How ``class FontManager`` says which lists it reads."""


def _import_unscanned() -> None:
    """Import Matplotlib's font manager with an empty list of fonts, unless somebody has imported it before."""
    if "matplotlib.font_manager" in sys.modules:
        return
    before = os.environ.get("MPLCONFIGDIR")
    with tempfile.TemporaryDirectory(prefix="c6brief-") as folder:
        os.environ["MPLCONFIGDIR"] = folder
        try:
            spec = find_spec("matplotlib.font_manager")
            code = pathlib.Path(spec.origin or "").read_text(encoding="utf-8") if spec else ""
            if version := _VERSION.search(code):
                fonts = {"__class__": "FontManager", "_version": version[1], "ttflist": [], "afmlist": []}
                path = pathlib.Path(
                    importlib.import_module("matplotlib").get_cachedir(), f"fontlist-v{version[1]}.json"
                )
                if path.parent == pathlib.Path(folder):
                    path.write_text(json.dumps(fonts), encoding="utf-8")
            importlib.import_module("matplotlib.font_manager")
        finally:
            if before is None:
                del os.environ["MPLCONFIGDIR"]
            else:
                os.environ["MPLCONFIGDIR"] = before


_import_unscanned()

import matplotlib  # noqa: E402
from matplotlib.font_manager import FontProperties  # noqa: E402
from matplotlib.ft2font import FT2Font, LoadFlags  # noqa: E402
from matplotlib.path import Path  # noqa: E402

__all__ = ["FT2Font", "FontProperties", "LoadFlags", "Path", "matplotlib"]
