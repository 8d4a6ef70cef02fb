"""Writes ``src/c6brief/print/pango_declarations.py``: WeasyPrint's declarations of C functions, parsed by cffi.

Run it after another version of WeasyPrint or cffi is pinned; ``tests/print/test_weasyprint_import.py`` tells when.
"""

from __future__ import annotations

import hashlib
import tempfile
from pathlib import Path

import cffi

TO = Path(__file__).parent.parent / "src" / "c6brief" / "print" / "pango_declarations.py"

DOC = '''"""What WeasyPrint declares of Pango, HarfBuzz and Fontconfig, as cffi has parsed it. Written by
``tools/pango_declarations.py``; see :mod:`~c6brief.print.weasyprint_import`.
"""
'''


def main() -> None:
    declared: list[str] = []
    theirs = cffi.FFI.cdef

    def cdef(self: cffi.FFI, text: str) -> None:
        declared.append(text)
        theirs(self, text)

    cffi.FFI.cdef = cdef
    import weasyprint.text.ffi  # noqa: F401

    cffi.FFI.cdef = theirs
    [text] = declared
    ffi = cffi.FFI()
    ffi.cdef(text)
    ffi.set_source("c6brief.print.pango_declarations", None)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "made.py"
        ffi.emit_python_code(str(path))
        made = path.read_text(encoding="utf-8")
    code = made[made.index("import _cffi_backend") :]
    digest = hashlib.sha256(text.encode()).hexdigest()
    declaration = f'DECLARED = "{digest}"\n"""The SHA-256 of the declarations."""\n'
    TO.write_text(f"# ruff: noqa\n# fmt: off\n{DOC}\n{code.rstrip()}\n\n{declaration}", encoding="utf-8")


if __name__ == "__main__":
    main()
