"""Our own mistakes, told in a line: they are bugs, and no user reads a traceback."""

from __future__ import annotations

from pathlib import Path


def told_internal(reason: BaseException) -> tuple[str, str]:
    """What to say of a mistake of ours: where it happened, and how to see more."""
    where = reason.__traceback__
    while where is not None and where.tb_next is not None:
        where = where.tb_next
    place = f"{Path(where.tb_frame.f_code.co_filename).name}:{where.tb_lineno}" if where else "?"
    hint = "this is a mistake of ours; C6BRIEF_TRACEBACK=1 shows where it happened"
    return f"{type(reason).__name__}: {reason} ({place})", hint
