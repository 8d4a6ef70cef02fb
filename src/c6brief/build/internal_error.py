"""Errors in c6brief itself, as a message for the user, who should read no traceback."""

from __future__ import annotations

from pathlib import Path


def describe_internal_error(error: BaseException) -> tuple[str, str]:
    """A message that names ``error`` and where it was raised, and a hint how to see the traceback."""
    where = error.__traceback__
    while where is not None and where.tb_next is not None:
        where = where.tb_next
    place = f"{Path(where.tb_frame.f_code.co_filename).name}:{where.tb_lineno}" if where else "?"
    hint = "this is a mistake of ours; C6BRIEF_TRACEBACK=1 shows where it happened"
    return f"{type(error).__name__}: {error} ({place})", hint


_READERS = {
    "tinycss2": "a style sheet or `style` attribute", "weasyprint": "a page, its style sheets or a drawing",
    "jinja2": "a template", "yaml": "a YAML file", "markdown_it": "a text", "html5lib": "the markup of a page",
    "pydantic": "an entry", "json": "a JSON file", "xml": "a drawing or workbook",
}  # fmt: skip
"""Packages that read what others have written, and what that is."""


def describe_depth(error: RecursionError) -> tuple[str, str]:
    """A message for what is nested more deeply than it can be read, with what that is if it is known, and a hint."""
    innermost = "something in the project"
    where = error.__traceback__
    while where is not None:
        package = str(where.tb_frame.f_globals.get("__name__", "")).partition(".")[0]
        innermost = _READERS.get(package, innermost)
        where = where.tb_next
    return f"{innermost} is nested too deeply to be read", "nest brackets, functions, lists and elements less deeply"
