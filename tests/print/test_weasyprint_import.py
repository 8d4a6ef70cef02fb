"""WeasyPrint imported with its declarations parsed before, and hyphens found in less time: they are the ones that are made
without, and nothing hangs on it."""

import subprocess
import sys

import cffi
import pyphen
import pytest

from c6brief.print import pyphen_patterns

MAKE = """
import sys
{before}
from c6brief.print.fonts import use_bundled_fonts
use_bundled_fonts()
from c6brief.print.weasyprint_import import import_weasyprint
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
    assert made()[0] == "_ParsedDeclarations", f"not taken, with cffi {cffi.__version__}"


def test_other_declarations_are_parsed_as_ever_and_give_the_same_page():
    stale = "import c6brief.print.pango_declarations as known; known.DECLARED = 'others'"
    kind, digest = made(stale)
    assert kind == "FFI"
    assert digest == made()[1]


def test_libraries_that_have_no_plain_name_are_looked_for_as_ever():
    missing = "import c6brief.print.weasyprint_import as start\ndef none(*_): raise OSError\nstart._ParsedDeclarations.dlopen = none"
    assert made(missing)[0] == "FFI"


CUT = """
import sys
from c6brief.print.fonts import use_bundled_fonts
use_bundled_fonts()
from c6brief.print.weasyprint_import import import_weasyprint
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


WORDS = (
    "extraordinary typesetting Hyphenation is not what table tables' present present. records ELEVENTH l’homme co-operation "
    "перевозки международных организаций железнодорожный straßenbahnhaltestelle œuvre ekonomikasi Oʻzbekiston "
    "kyrgyzstan azərbaycan dushanbe multilateralism a be ing aaa zzzz x1y2"
)

NO_PATTERN = "ISO8859-1\nLEFTHYPHENMIN 2\n% a comment, a1b\n\n"


def theirs(path):
    """What Pyphen itself makes of a dictionary, in whichever order the two were imported."""
    return pyphen_patterns._original(path)


@pytest.mark.sample(3)
@pytest.mark.parametrize("language", ["en_GB", "en_US", "ru_RU", "fr", "de_DE", "hu_HU", "id_ID", "it_IT", "uk_UA"])
def test_hyphens_are_where_pyphen_puts_them(language):
    path = pyphen.LANGUAGES[language]
    quick, known = pyphen_patterns.read_patterns(path), theirs(path)
    for word in WORDS.split():
        assert [(int(at), at.data) for at in quick.positions(word)] == [
            (int(at), at.data) for at in known.positions(word)
        ], word


@pytest.mark.parametrize(
    "patterns",
    [
        "1na\n2nat\n.n3at",
        "n\xb2a1t\nna1t",
        "a1b\r\nb2c \n",
        "%1na\n#1na\n1ta",
        "1n\nn1a\nna4t1i",
        "ta1.\n.n2",
        "nat5ion\n0n1a",
    ],
)
def test_a_dictionary_is_read_as_pyphen_reads_it(tmp_path, patterns):
    path = tmp_path / "hyph_xx.dic"
    path.write_text(NO_PATTERN + patterns + "\n", encoding="latin-1", newline="")
    for word in ("nation", "national", "abc", "#na", "%na", "na", "n", "nata"):
        assert list(pyphen_patterns.read_patterns(path).positions(word)) == list(theirs(path).positions(word)), word


@pytest.mark.parametrize("pattern", ["f1f=f/ff=f,1,2", "a^^621b", "a11b", "a१b"])
def test_patterns_that_are_more_than_letters_and_digits_are_left_to_pyphen(tmp_path, pattern):
    path = tmp_path / "hyph_xx.dic"
    path.write_text(f"{NO_PATTERN.replace('ISO8859-1', 'UTF-8')}{pattern}\n", encoding="utf-8")
    assert type(pyphen_patterns.read_patterns(path)) is pyphen_patterns._original


def test_another_pyphen_is_left_alone(monkeypatch):
    monkeypatch.setattr(pyphen, "HyphDict", pyphen_patterns._original)
    monkeypatch.setattr(pyphen, "__version__", "99")
    pyphen_patterns.read_patterns_lazily()
    assert pyphen.HyphDict is pyphen_patterns._original
    monkeypatch.setattr(pyphen, "__version__", pyphen_patterns.KNOWN)
    pyphen_patterns.read_patterns_lazily()
    assert pyphen.HyphDict is pyphen_patterns.read_patterns


def test_weasyprint_hyphenates_by_what_was_read_so():
    done = subprocess.run([sys.executable, "-c", HYPHENATED], capture_output=True, text=True)
    assert done.returncode == 0, done.stderr


HYPHENATED = """
from c6brief.print.fonts import use_bundled_fonts
use_bundled_fonts()
from c6brief.print.weasyprint_import import import_weasyprint
page = "<p lang=en style='hyphens: auto; width: 9em; font-family: Source Serif 4'>Extraordinary typesetting"
import_weasyprint().HTML(string=page).write_pdf()
import pyphen
assert [type(each).__name__ for each in pyphen.hdcache.values()] == ["LazyPatterns"], pyphen.hdcache
"""
