"""No silent fallback: every character has its glyph, and every font is one the template names.

Fontconfig sees only the bundled fonts (``assets/fonts.conf``), so that a font of the system can never slip in; what
Pango could not set, or set in a font that nobody asked for, is a problem.
"""

from __future__ import annotations

import os
import unicodedata
from collections.abc import Callable
from pathlib import Path
from typing import Any

from c6brief.documents.problems import Place, Problems

CONFIGURATION = Path(__file__).parent.parent / "assets" / "fonts.conf"


def use_bundled_fonts() -> None:
    """Point Fontconfig at the bundled fonts alone. Must run before WeasyPrint is imported, which reads it once."""
    os.environ["FONTCONFIG_FILE"] = str(CONFIGURATION)


def check_fonts(
    document: Any, styles: list[Path], find: Callable[[str], Place], problems: Problems, brand_css: str = ""
) -> None:
    """Check the fonts of a written WeasyPrint ``document``.

    ``find`` gives the place where a character was written, ``brand_css`` is a style sheet that the page carries itself.
    Problems: ``missing-glyph``, ``font-fallback`` (a warning).
    """
    named = "\n".join(path.read_text(encoding="utf-8", errors="replace") for path in styles) + brand_css
    for font in document.fonts.values():
        for codepoint in sorted(font.missing):
            char = chr(codepoint)
            name = unicodedata.name(char, "a character without a name")
            message = f"no font has U+{codepoint:04X} ({name})"
            problems.error(
                "missing-glyph", message, find(char), "write it otherwise, or give the template a font that has it"
            )
        if font.family not in named:
            message = f"some text is set in '{font.family}', which the template does not name"
            hint = "a character is missing from the template's fonts, or a font-family is misspelt"
            problems.warning("font-fallback", message, find(""), hint)
