"""No silent fallback: every character has its glyph, and every font is one the template names.

Fontconfig sees only the bundled fonts (``assets/fonts.conf``), so that a font of the system can never slip in. A
character that Pango could not set, or set in a font that nobody asked for, is a problem.
"""

from __future__ import annotations

import os
import unicodedata
from collections.abc import Callable
from pathlib import Path

from c6brief.documents.boundary import read_page_text
from c6brief.documents.problems import Place, Problems
from c6brief.print.weasyprint_document import LaidOutDocument, get_fonts

CONFIGURATION = Path(__file__).parent.parent / "assets" / "fonts.conf"


def use_bundled_fonts() -> None:
    """Point Fontconfig at the bundled fonts alone. Must run before WeasyPrint is imported, which reads it once."""
    os.environ["FONTCONFIG_FILE"] = str(CONFIGURATION)


def check_fonts(
    document: LaidOutDocument,
    styles: list[Path],
    find_character: Callable[[str], Place],
    problems: Problems,
    brand_css: str = "",
) -> None:
    """Check the fonts of a written ``document``.

    ``find_character`` gives the place where a character was written, ``brand_css`` is a style sheet that the page
    carries itself. Problems: ``missing-glyph``, ``font-fallback`` (a warning).
    """
    css = "\n".join(read_page_text(path) for path in styles) + brand_css
    for font in get_fonts(document):
        for codepoint in sorted(font.missing):
            char = chr(codepoint)
            name = unicodedata.name(char, "a character without a name")
            message = f"no font has U+{codepoint:04X} ({name})"
            hint = "write it otherwise, or give the template a font that has it"
            problems.error("missing-glyph", message, find_character(char), hint)
        if font.family not in css:
            message = f"some text is set in '{font.family}', which the template does not name"
            hint = "a character is missing from the template's fonts, or a font-family is misspelt"
            problems.warning("font-fallback", message, find_character(""), hint)
