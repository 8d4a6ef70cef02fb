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
