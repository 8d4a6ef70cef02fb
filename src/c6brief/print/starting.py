"""WeasyPrint imported in less time: its declarations of C functions come parsed, and what it never needs comes later.

Parsing them, and looking for each library under names that other systems have for it, takes a fifth of a second, in every
run the same. :mod:`pango_declarations <c6brief.print.pango_declarations>` holds them as cffi has parsed them; ``python
tools/pango_declarations.py`` writes it. This reaches into WeasyPrint: while ``weasyprint.text.ffi`` is imported, it is
handed a stand-in for cffi. Where its declarations are not the very ones that were parsed, where cffi has become another
one, or where a library is not found by its plain name, WeasyPrint is imported as it is.

Another tenth of a second goes into a hundred modules of fontTools that cut fonts down. WeasyPrint asks for them where HarfBuzz
does not do it, and for fonts with axes. They are imported when they are first asked for.
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

MODULE = "weasyprint.text.ffi"

SUBSET, INSTANCER = "fontTools.subset", "fontTools.varLib.instancer"


def import_weasyprint() -> ModuleType:
    """``import weasyprint``; whatever is in the way of less time is in the way of nothing else."""
    if MODULE not in sys.modules:
        cffi = sys.modules.get("cffi")
        stand_in = ModuleType("cffi")
        stand_in.FFI = _Parsed  # type: ignore[attr-defined]
        sys.modules["cffi"] = stand_in
        try:
            with _later(), redirect_stdout(io.StringIO()):  # where it misses a library, it tells at once
                importlib.import_module(MODULE)
        except Exception:  # the ordinary way says what is wrong, if anything is
            for name in [name for name in sys.modules if name.split(".")[0] == "weasyprint"]:
                del sys.modules[name]
        finally:
            if cffi is None:
                del sys.modules["cffi"]
            else:
                sys.modules["cffi"] = cffi
    with _later():
        weasyprint = importlib.import_module("weasyprint")
    from c6brief.print.hyphens import hyphenate_quickly

    hyphenate_quickly()
    return weasyprint


@contextmanager
def _later() -> Iterator[None]:
    """While this is open, modules of fontTools that are imported stand for themselves until something of them is asked for."""
    stand_ins: dict[str, ModuleType] = {name: _Later(name) for name in (SUBSET, INSTANCER) if name not in sys.modules}

    def instantiate(*arguments: Any, **options: Any) -> Any:
        return importlib.import_module(INSTANCER).instantiateVariableFont(*arguments, **options)

    if INSTANCER in stand_ins:
        stand_ins[INSTANCER].instantiateVariableFont = instantiate  # type: ignore[attr-defined]
    sys.modules.update(stand_ins)
    try:
        yield
    finally:
        for name, module in stand_ins.items():
            if sys.modules.get(name) is module:
                del sys.modules[name]


class _Later(ModuleType):
    """Stands in for a module that is imported when something of it is asked for."""

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(name)
        return getattr(importlib.import_module(self.__name__), name)


class _Parsed:
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
