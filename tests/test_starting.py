"""WeasyPrint imported with its declarations parsed before: they are the ones it makes, and nothing hangs on it."""

import subprocess
import sys

import cffi

MAKE = """
import sys
{before}
from c6brief.print.fonts import use_bundled_fonts
use_bundled_fonts()
from c6brief.print.starting import import_weasyprint
weasyprint = import_weasyprint()
from weasyprint.text.ffi import ffi
import cffi as ordinary
assert ordinary.FFI.__module__ == "cffi.api", "cffi is left as it was"
data = weasyprint.HTML(string="<p lang=en style='hyphens: auto; width: 9em'>Extraordinary typesetting").write_pdf()
print(type(ffi).__name__, __import__("hashlib").sha256(data).hexdigest())
"""


def made(before: str = "") -> tuple[str, str]:
    """The kind of ``ffi`` that WeasyPrint has, and the hash of a page set with it."""
    done = subprocess.run([sys.executable, "-c", MAKE.format(before=before)], capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    kind, digest = done.stdout.split()
    return kind, digest


def test_the_parsed_declarations_are_those_of_the_pinned_weasyprint_and_cffi():
    """Where this fails, run tools/pango_declarations.py: pages are right all the same, and start slower."""
    assert made()[0] == "_Parsed", f"not taken, with cffi {cffi.__version__}"


def test_other_declarations_are_parsed_as_ever_and_give_the_same_page():
    stale = "import c6brief.print.pango_declarations as known; known.DECLARED = 'others'"
    kind, digest = made(stale)
    assert kind == "FFI"
    assert digest == made()[1]


def test_libraries_that_have_no_plain_name_are_looked_for_as_ever():
    missing = "import c6brief.print.starting as start\ndef none(*_): raise OSError\nstart._Parsed.dlopen = none"
    assert made(missing)[0] == "FFI"


CUT = """
import sys
from c6brief.print.fonts import use_bundled_fonts
use_bundled_fonts()
from c6brief.print.starting import import_weasyprint
weasyprint = import_weasyprint()
import weasyprint.pdf.fonts as fonts
write = weasyprint.HTML(string="<p style='font-family: Source Serif 4'>Extraordinary typesetting").write_pdf
assert len(write()) > 1000 and "fontTools.subset" not in sys.modules
fonts.harfbuzz_subset = None
assert len(write()) > 1000 and "fontTools.subset" in sys.modules
assert fonts.subset.Options is sys.modules["fontTools.subset"].Options
try:
    fonts.instantiateVariableFont({}, {})
except ValueError as missing:
    assert "fvar" in str(missing)
"""


def test_what_cuts_fonts_down_without_harfbuzz_is_imported_when_it_is_needed():
    done = subprocess.run([sys.executable, "-c", CUT], capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
