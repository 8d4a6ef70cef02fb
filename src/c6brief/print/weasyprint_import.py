"""WeasyPrint imported in less time: its declarations of C functions come parsed, and what it never needs comes later.

Parsing the declarations, and looking for each library under names that other systems have for it, takes a fifth of a
second in every run. :mod:`pango_declarations <c6brief.print.pango_declarations>` holds them as cffi has parsed them;
``python tools/pango_declarations.py`` writes it. Another tenth of a second goes into a hundred modules of fontTools
that cut fonts down: WeasyPrint asks for them where HarfBuzz does not do it, and for fonts with axes. They are imported
when they are first asked for.

- Why: ``import weasyprint`` is a sixth of a small brief's time.
- Uses: while ``weasyprint.text.ffi`` is imported, a stand-in for the module ``cffi``; while WeasyPrint is, stand-ins
  for :data:`SUBSET` and :data:`INSTANCER`; of cffi, the form of parsed declarations (``_cffi_backend.FFI``).
- Known version: the declarations that have the SHA-256 ``pango_declarations.DECLARED``, those of WeasyPrint 70.0, in
  the form ``0x2601`` of cffi 2.1.
- With another version: where the declarations are others, cffi refuses the form, or a library is not found by its plain
  name, WeasyPrint is imported as it is, in more time.
- Test: ``tests/print/test_weasyprint_import.py``.
- Upstream: Kozea/WeasyPrint #2073 (import time; closed: to be solved by whoever imports it), pull request #2074.
"""

from __future__ import annotations

import hashlib
import importlib
import io
import sys
from collections.abc import Iterator
from contextlib import contextmanager, redirect_stdout
from types import ModuleType
from typing import Any

from c6brief.documents.addition import add_in_order

MODULE = "weasyprint.text.ffi"

SUBSET, INSTANCER = "fontTools.subset", "fontTools.varLib.instancer"


def import_weasyprint() -> ModuleType:
    """``import weasyprint``, in less time where that can be."""
    if MODULE not in sys.modules:
        cffi = sys.modules.get("cffi")
        stand_in = ModuleType("cffi")
        stand_in.FFI = _ParsedDeclarations  # type: ignore[attr-defined]  # a module is given an attribute
        sys.modules["cffi"] = stand_in
        try:
            with _defer_font_tools(), redirect_stdout(io.StringIO()):  # WeasyPrint prints which library it misses
                importlib.import_module(MODULE)
        except Exception:  # the ordinary import reports what is wrong, if anything is
            for name in [name for name in sys.modules if name.split(".")[0] == "weasyprint"]:
                del sys.modules[name]
        finally:
            if cffi is None:
                del sys.modules["cffi"]
            else:
                sys.modules["cffi"] = cffi
    with _defer_font_tools():
        weasyprint = importlib.import_module("weasyprint")
    from c6brief.print.pyphen_patterns import read_patterns_lazily

    read_patterns_lazily()
    add_in_order("weasyprint")
    return weasyprint


@contextmanager
def _defer_font_tools() -> Iterator[None]:
    """While this is open, two modules of fontTools are imported as stand-ins, which import them when they are used."""
    stand_ins: dict[str, ModuleType] = {
        name: _DeferredModule(name) for name in (SUBSET, INSTANCER) if name not in sys.modules
    }

    def instantiate(*arguments: Any, **options: Any) -> Any:
        return importlib.import_module(INSTANCER).instantiateVariableFont(*arguments, **options)

    if INSTANCER in stand_ins:
        stand_ins[INSTANCER].instantiateVariableFont = instantiate  # type: ignore[attr-defined]  # as above
    sys.modules.update(stand_ins)
    try:
        yield
    finally:
        for name, module in stand_ins.items():
            if sys.modules.get(name) is module:
                del sys.modules[name]


class _DeferredModule(ModuleType):
    """Stands in for a module, which is imported when something of it is asked for."""

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(name)
        return getattr(importlib.import_module(self.__name__), name)


class _ParsedDeclarations:
    """Stands in for ``cffi.FFI``: compares what is declared, and gives everything else of what was parsed before."""

    def cdef(self, declarations: str) -> None:
        from c6brief.print.pango_declarations import DECLARED, ffi

        if hashlib.sha256(declarations.encode()).hexdigest() != DECLARED:
            raise ImportError("other declarations than those that were parsed")
        self._ffi = ffi

    def dlopen(self, name: str, flags: int) -> Any:
        # Where the plain names of Linux and macOS fail, so do the ones of Windows before them: no need to ask a linker.
        if name.startswith("lib") and (".so" in name or name.endswith(".dylib")):
            return self._ffi.dlopen(name, flags)
        raise OSError(name)

    def __getattr__(self, name: str) -> Any:
        if name == "_ffi":
            raise AttributeError(name)
        value = getattr(self._ffi, name)
        setattr(self, name, value)
        return value
