"""Which kinds of chart there are: those in this folder, and those that other packages bring.

A folder here that holds a ``kind.py`` is a kind: ``bar/kind.py`` is imported when a chart of kind ``bar`` is met, and
no other, since to import all takes as long as to read an evidence base. Another package names a module under the entry
point group :data:`ENTRY_POINTS`; it is imported when a kind is not among ours, or when all are listed. Importing a
module runs the decorator :func:`chart_kind`, which registers the class below it.
"""

from __future__ import annotations

import importlib
from collections.abc import Callable, Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any, TypeVar

from c6brief.documents.extensions import import_extensions
from c6brief.documents.problems import Problem
from c6brief.evidence.table_models import Chart
from c6brief.figures.kinds import ChartKind, Width

ENTRY_POINTS = "c6brief.charts"
"""The group of entry points under which a package names the modules that register its kinds."""

K = TypeVar("K", bound=ChartKind[Any])

_kinds: dict[str, ChartKind[Any]] = {}


def chart_kind(*names: str, width: Width) -> Callable[[type[K]], type[K]]:
    """Register the class below as the kind called ``names`` (one, or several that mean the same).

    ``width`` is how wide its charts stand on the page unless they say otherwise. Raises ``ValueError`` for a name that
    is taken, and ``TypeError`` for a class that lacks a method or its ``options``.
    """

    def register(kind: type[K]) -> type[K]:
        if not kind.__module__.startswith(f"{__package__}."):
            _import_built_in()  # so that no name of ours is taken
        if not hasattr(kind, "options"):
            raise TypeError(f"{kind.__name__} has no 'options', the model of its keys")
        for name in names:
            if name in _kinds:
                modules = f"{type(_kinds[name]).__module__} and {kind.__module__}"
                raise ValueError(f"two kinds of chart are called {name!r}: in {modules}")
            registered = kind()
            registered.name, registered.width = name, width
            _kinds[name] = registered
        return kind

    return register


def kind_named(name: str) -> ChartKind[Any] | None:
    """The kind called ``name``; ``None`` where there is none."""
    folder = name.replace("-", "_")
    if name not in _kinds and folder in _folders():
        _import_kind(folder)
    if name not in _kinds:
        _import_built_in()
    return _kinds.get(name) or known_kinds().get(name)


def built_in_kind(name: str) -> ChartKind[Any]:
    """The kind of ours that its folder is called after. Raises ``ImportError`` where there is no such folder."""
    _import_kind(name.replace("-", "_"))
    return _kinds[name]


def kind_of(chart: Chart) -> ChartKind[Any]:
    """The kind of a chart that was checked. Raises ``KeyError`` for another one."""
    kind_named(chart.kind)
    return _kinds[chart.kind]


def known_kinds() -> Mapping[str, ChartKind[Any]]:
    """Every kind by name, but for those that :func:`extension_problems` speaks of."""
    extension_problems()
    return dict(sorted(_kinds.items()))


def extension_problems() -> tuple[Problem, ...]:
    """Import the kinds of other packages, once. Problems: ``broken-extension`` for a module that cannot be imported."""
    _import_built_in()
    return import_extensions(ENTRY_POINTS)


def built_in_kinds() -> Mapping[str, ChartKind[Any]]:
    """The kinds that c6brief brings, by name."""
    _import_built_in()
    return {name: kind for name, kind in sorted(_kinds.items()) if is_built_in(kind)}


def is_built_in(kind: ChartKind[Any]) -> bool:
    """Whether c6brief brings ``kind``, rather than another package."""
    return type(kind).__module__.startswith(f"{__package__}.")


@lru_cache(maxsize=1)
def _folders() -> tuple[str, ...]:
    return tuple(sorted(path.parent.name for path in Path(__file__).parent.glob("*/kind.py")))


def _import_kind(folder: str) -> None:
    importlib.import_module(f"{__package__}.{folder}.kind")


def _import_built_in() -> None:
    for folder in _folders():
        _import_kind(folder)
