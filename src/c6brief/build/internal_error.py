"""Errors that nobody has foreseen, as problems for the user, who should read no traceback.

What the system refuses (a right that is missing, a full disk, a file that is gone meanwhile) is no mistake of ours, wherever
it shows: it is told of the file. All else is the problem ``internal``.
"""

from __future__ import annotations

import errno
import os
from pathlib import Path

from c6brief.documents.files import display_name
from c6brief.documents.problems import Place, Problem

_NO_ROOM = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG, errno.EROFS)


def problem_of(error: Exception, place: Place) -> Problem:
    """``error`` as a problem, at its file if the system names one, else at ``place``.

    ``not-writable`` where there is no room, ``not-readable`` where a file cannot be used for another reason, ``too-deep``
    for what is nested more deeply than it can be read, ``internal`` for an error in c6brief.
    """
    if isinstance(error, RecursionError):
        message, hint = _describe_depth(error)
        return Problem("too-deep", message, place, hint)
    if isinstance(error, OSError) and error.errno in _NO_ROOM:
        file = _file_of(error)
        message = f"{repr(file) if file else 'a file'} cannot be written: {error.strerror}"
        hint = "make room for it" if file else "make room in output/ and in the folder for temporary files (TMPDIR)"
        return Problem("not-writable", message, Place(file) if file else place, hint)
    if isinstance(error, OSError) and (file := _file_of(error)):
        hint = "give yourself the right to use it" if isinstance(error, PermissionError) else "is it still there?"
        return Problem("not-readable", f"'{file}' cannot be used: {error.strerror}", Place(file), hint)
    hint = "this is a mistake of ours; C6BRIEF_TRACEBACK=1 shows where it happened"
    return Problem("internal", f"{type(error).__name__}: {error} ({_find_line(error)})", place, hint)


def _file_of(error: OSError) -> str:
    """The name of the file that the system names; empty for a number of a descriptor, or none."""
    name = error.filename
    return display_name(Path(os.fsdecode(name))) if isinstance(name, (str, bytes)) and name else ""


def _find_line(error: Exception) -> str:
    """The file and the line where ``error`` was raised."""
    where = error.__traceback__
    while where is not None and where.tb_next is not None:
        where = where.tb_next
    return f"{Path(where.tb_frame.f_code.co_filename).name}:{where.tb_lineno}" if where else "?"


_READERS = {
    "tinycss2": "a style sheet or `style` attribute", "weasyprint": "a page, its style sheets or a drawing",
    "jinja2": "a template", "yaml": "a YAML file", "markdown_it": "a text", "html5lib": "the markup of a page",
    "pydantic": "an entry", "json": "a JSON file", "xml": "a drawing or workbook",
}  # fmt: skip
"""Packages that read what others have written, and what that is."""


def _describe_depth(error: RecursionError) -> tuple[str, str]:
    """A message for what is nested more deeply than it can be read, with what that is if it is known, and a hint."""
    innermost = "something in the project"
    where = error.__traceback__
    while where is not None:
        package = str(where.tb_frame.f_globals.get("__name__", "")).partition(".")[0]
        innermost = _READERS.get(package, innermost)
        where = where.tb_next
    return f"{innermost} is nested too deeply to be read", "nest brackets, functions, lists and elements less deeply"
