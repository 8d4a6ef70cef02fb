"""Which kinds of chart there are: those in this folder, and those that packages of third parties bring.

A folder here that holds a ``kind.py`` is a kind: ``bar/kind.py`` is imported when a chart of kind ``bar`` is met, and no
other, since to import all takes as long as to read an evidence base. A package of a third party names a module under the
entry point group :data:`ENTRY_POINTS`; it is imported when a kind is not among ours, or when all are listed. Importing a
module runs the decorator :func:`chart_kind`, which registers the class below it.
"""

from __future__ import annotations

import importlib
import importlib.metadata
from collections.abc import Callable, Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any, TypeVar

from c6brief.evidence.models import Chart
from c6brief.figures.kinds import ChartKind, Width

ENTRY_POINTS = "c6brief.charts"
"""The group of entry points under which a package names the module that registers its kinds."""

K = TypeVar("K", bound=ChartKind[Any])

_kinds: dict[str, ChartKind[Any]] = {}


class ExtensionError(Exception):
    """A package that brings kinds of chart cannot be imported. The message names the package and the reason."""


def chart_kind(*names: str, width: Width) -> Callable[[type[K]], type[K]]:
    """Register the class below as the kind called ``names`` (one, or several that mean the same).

    ``width`` is how wide its charts stand on the page unless they say otherwise. Raises ``ValueError`` for a name that is
    taken, and ``TypeError`` for a class that lacks a method or its ``options``.
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
    """The kind called ``name``; ``None`` where there is none.

    Raises :class:`ExtensionError` where there is none and a package that might bring it cannot be imported.
    """
    folder = name.replace("-", "_")
    if name not in _kinds and folder in _folders():
        _import_kind(folder)
    if name not in _kinds:
        _import_built_in()
    if name not in _kinds:
        broken = _import_extensions()
        if broken and name not in _kinds:
            raise ExtensionError("; ".join(broken))
    return _kinds.get(name)


def built_in_kind(name: str) -> ChartKind[Any]:
    """The kind of ours that its folder is called after. Raises ``ImportError`` where there is no such folder."""
    _import_kind(name.replace("-", "_"))
    return _kinds[name]


def kind_of(chart: Chart) -> ChartKind[Any]:
    """The kind of a chart that was checked. Raises ``KeyError`` for another one."""
    kind_named(chart.kind)
    return _kinds[chart.kind]


def known_kinds() -> Mapping[str, ChartKind[Any]]:
    """Every kind by name. Raises :class:`ExtensionError` where a package that brings kinds cannot be imported."""
    _import_built_in()
    if broken := _import_extensions():
        raise ExtensionError("; ".join(broken))
    return dict(sorted(_kinds.items()))


def built_in_kinds() -> Mapping[str, ChartKind[Any]]:
    """The kinds that c6brief brings, by name."""
    _import_built_in()
    return {name: kind for name, kind in sorted(_kinds.items()) if is_built_in(kind)}


def is_built_in(kind: ChartKind[Any]) -> bool:
    """Whether c6brief brings ``kind``, rather than a package of a third party."""
    return type(kind).__module__.startswith(f"{__package__}.")


@lru_cache(maxsize=1)
def _folders() -> tuple[str, ...]:
    return tuple(sorted(path.parent.name for path in Path(__file__).parent.glob("*/kind.py")))


def _import_kind(folder: str) -> None:
    importlib.import_module(f"{__package__}.{folder}.kind")


def _import_built_in() -> None:
    for folder in _folders():
        _import_kind(folder)


@lru_cache(maxsize=1)
def _import_extensions() -> tuple[str, ...]:
    """Import the modules of third parties, in the order of their packages' names. Returns what is wrong with them.

    A module that fails registers nothing, whatever it had registered before it failed.
    """
    points = importlib.metadata.entry_points(group=ENTRY_POINTS)
    found = sorted((point.dist.name if point.dist else point.module, point.name, point) for point in points)
    broken = []
    for package, _, point in found:
        before = dict(_kinds)
        try:
            point.load()
        except Exception as reason:  # whatever a module of somebody else's does
            _kinds.clear()
            _kinds.update(before)
            broken.append(f"package '{package}' ({point.value}): {type(reason).__name__}: {reason}")
    return tuple(broken)
