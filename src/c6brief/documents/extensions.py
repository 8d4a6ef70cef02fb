"""Modules that other installed packages add to c6brief, by entry points.

A package names a module of its own under a group, such as ``c6brief.rules``, in its ``pyproject.toml``::

    [project.entry-points."c6brief.rules"]
    house = "acme_rules.house"

Importing the module runs the decorators in it, just as it does in our own modules
(https://packaging.python.org/en/latest/specifications/entry-points/).
"""

from __future__ import annotations

import os
import traceback
from functools import cache
from importlib.metadata import EntryPoint, entry_points

from c6brief.documents.problems import Place, Problem


@cache
def import_extensions(group: str) -> tuple[Problem, ...]:
    """Import every module that an installed package names in ``group``, once in a process.

    Returns an error ``broken-extension`` for each that cannot be imported, whatever it raises; the others count.
    """
    found = sorted(entry_points(group=group), key=lambda entry: (entry.value, entry.name))
    return tuple(problem for entry in found if (problem := _import(entry)) is not None)


def _import(entry: EntryPoint) -> Problem | None:
    try:
        entry.load()
    except (Exception, SystemExit) as reason:
        if os.environ.get("C6BRIEF_TRACEBACK"):
            raise
        package = f"{entry.dist.name} {entry.dist.version}" if entry.dist else entry.module
        return broken_extension(package, f"'{entry.value}', which it adds to {entry.group}, cannot be imported", reason)
    return None


def broken_extension(package: str, message: str, reason: BaseException) -> Problem:
    """The error ``broken-extension`` of a ``package`` whose code raised ``reason``; it names the line that did."""
    last = traceback.extract_tb(reason.__traceback__)[-1]
    where = f"{os.path.basename(last.filename)}:{last.lineno}"
    said = " ".join(traceback.format_exception_only(reason)[-1].split())
    hint = "mend the package, or uninstall it; C6BRIEF_TRACEBACK=1 shows where it happened"
    return Problem("broken-extension", f"{message}: {said} ({where})", Place(package), hint)
