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
from importlib import metadata

from c6brief.documents.problems import Place, Problem

NOT_THEIRS = (
    "<frozen ",
    os.path.dirname(os.path.dirname(metadata.__file__)),
    os.path.dirname(os.path.dirname(__file__)) + os.sep,
)
"""Beginnings of the files of Python's import system, and of our own."""


@cache
def import_extensions(group: str) -> tuple[Problem, ...]:
    """Import every module that an installed package names in ``group``, once in a process.

    Returns an error ``broken-extension`` for each that cannot be imported, whatever it raises; the others count.
    """
    found = sorted(metadata.entry_points(group=group), key=lambda entry: (entry.value, entry.name))
    return tuple(problem for entry in found if (problem := _import(entry)) is not None)


def _import(entry: metadata.EntryPoint) -> Problem | None:
    try:
        entry.load()
    except (Exception, SystemExit) as reason:
        package = f"{entry.dist.name} {entry.dist.version}" if entry.dist else entry.module
        return broken_extension(package, f"'{entry.value}', which it adds to {entry.group}, cannot be imported", reason)
    return None


def broken_extension(package: str, message: str, reason: BaseException) -> Problem:
    """The error ``broken-extension`` of a ``package`` whose code raised ``reason``. It names the line that did, or that
    called what did in c6brief."""
    said = " ".join(traceback.format_exception_only(reason)[-1].split())
    places = [(frame.filename, frame.lineno) for frame in traceback.extract_tb(reason.__traceback__)]
    if isinstance(reason, SyntaxError) and reason.filename:
        places.append((reason.filename, reason.lineno))
    theirs = [f" ({os.path.basename(file)}:{line})" for file, line in places if not file.startswith(NOT_THEIRS)]
    message = f"{message}: {said}{theirs[-1] if theirs else ''}"
    return Problem("broken-extension", message, Place(package), "mend the package, or uninstall it")
