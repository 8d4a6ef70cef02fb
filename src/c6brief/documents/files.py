"""Reading files whatever they are: missing, folders, unreadable, huge, in another encoding.

Every reader takes the :class:`Problems` of the run and returns ``None`` after a problem, so that one bad file never
hides the problems of the next.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import lru_cache
from pathlib import Path

from c6brief.documents.boundary import NotAFile, OutsideProject, TooLarge, read_file
from c6brief.documents.problems import Place, Problems, Span

LARGEST_FILE = 5_000_000
"""Bytes. The largest evidence files in practice have a tenth of this; a larger one is a mistake or an attack."""

_HERE: ContextVar[str] = ContextVar("here", default="")


@contextmanager
def name_files_from(folder: str) -> Iterator[None]:
    """While open, have :func:`display_name` name files as seen from ``folder``, in place of the working directory."""
    before = _HERE.set(folder)
    try:
        yield
    finally:
        _HERE.reset(before)


def display_name(path: Path) -> str:
    """``path`` as the user would type it: relative to the working directory where it lies below it."""
    return _display_name(path, _HERE.get() or os.getcwd())


@lru_cache(maxsize=1024)  # called for every place in a file
def _display_name(path: Path, here: str) -> str:
    path = Path(os.path.abspath(path))
    try:
        return path.relative_to(here).as_posix()
    except ValueError:
        return path.as_posix()


def read_text(
    path: Path, problems: Problems, *, what: str = "file", at: Place | None = None, largest: int = LARGEST_FILE
) -> str | None:
    """The text of a UTF-8 file, or ``None`` after a problem.

    ``what`` names the file in messages ("brief", "source text"). ``at`` is the place where a document names the file: a
    missing file is reported there, since that is the line to mend. A file of more than ``largest`` bytes is not read.

    Problems: those of :func:`read_bytes` and :func:`decode`.
    """
    data = read_bytes(path, problems, what=what, at=at, largest=largest)
    return None if data is None else decode(data, path, problems, what=what)


def read_bytes(
    path: Path,
    problems: Problems,
    *,
    what: str = "file",
    at: Place | None = None,
    largest: int = LARGEST_FILE,
    is_named: bool = False,
) -> bytes | None:
    """The bytes of a file of at most ``largest`` bytes, or ``None`` after a problem.

    ``what`` and ``at`` are those of :func:`read_text`, ``is_named`` is that of
    :func:`~c6brief.documents.boundary.open_file`.

    Problems: ``no-such-file``, ``not-a-file``, ``not-readable``, ``file-too-large``, ``outside-project``.
    """
    here = Place(display_name(path))
    try:
        return read_file(path, largest, is_named=is_named)
    except IsADirectoryError:
        problems.error("not-a-file", f"{what} '{here.file}' is a folder", at or here, "name a file")
    except FileNotFoundError:
        hint = "no file of that name: is the path spelled as on disk?"
        problems.error("no-such-file", f"no {what} '{here.file}'", at or here, hint)
    except NotAFile:
        report_special(path, problems, at)
    except OutsideProject:
        report_outside(path, problems, at)
    except TooLarge as reason:
        message = f"{what} has {reason.size / 1_000_000:.1f} MB; at most {largest / 1_000_000:.0f} MB are read"
        problems.error("file-too-large", message, here, "" if is_named else "split it into several files")
    except (OSError, ValueError) as reason:  # ValueError: a NUL in the name
        why = getattr(reason, "strerror", None) or str(reason)
        hint = "give yourself the right to read it" if isinstance(reason, PermissionError) else ""
        problems.error("not-readable", f"{what} '{here.file}' cannot be read: {why}", at or here, hint)
    return None


def report_outside(path: Path, problems: Problems, at: Place | None = None) -> None:
    """Report that ``path``, which is named ``at`` a place, leads out of the project. Problem: ``outside-project``."""
    name = display_name(path)
    message = f"'{name}' leads out of the project" if at else "the link leads out of the project"
    hint = "put into the project what it leads to: nothing outside of it is read or written"
    problems.error("outside-project", message, at or Place(name), hint)


def report_special(path: Path, problems: Problems, at: Place | None = None) -> None:
    """Report that ``path``, which is named ``at`` a place, is a FIFO, a socket or a device. Problem: ``not-a-file``."""
    name = display_name(path)
    problems.error("not-a-file", f"'{name}' is not an ordinary file", at or Place(name), "put a file in its place")


def decode(
    data: bytes,
    path: Path,
    problems: Problems,
    *,
    what: str = "file",
    hint: str = "save it again as UTF-8",
    allows_mark: bool = False,
) -> str | None:
    """The text of ``data``, read from ``path``, with lines ended by LF; ``None`` after a problem.

    ``hint`` says how to save such a file as UTF-8. ``allows_mark``: a byte order mark is no problem and is left out.
    Problems: ``byte-order-mark``, ``not-utf-8``, ``empty-file``.
    """
    if allows_mark:
        data = data.removeprefix(b"\xef\xbb\xbf")
    here = Place(display_name(path))
    for mark, name in ((b"\xff\xfe", "UTF-16"), (b"\xfe\xff", "UTF-16"), (b"\xef\xbb\xbf", "")):
        if data.startswith(mark):
            if name:
                problems.error("not-utf-8", f"{what} is {name}, not UTF-8", here, hint)
            else:
                without = "save it as UTF-8 without BOM"
                problems.error("byte-order-mark", f"{what} starts with a byte order mark", here, without)
            return None
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as reason:
        good = data[: reason.start].decode("utf-8", "replace")
        line, column = good.count("\n") + 1, len(good) - (good.rfind("\n") + 1) + 1
        place = Place(here.file, Span(line, column, line, column + 1))
        message = f"byte 0x{data[reason.start]:02x} is not UTF-8"
        problems.error("not-utf-8", message, place, hint)
        return None
    if not text.strip():
        problems.error("empty-file", f"{what} is empty", here, "write it, or delete the file")
        return None
    return text.replace("\r\n", "\n").replace("\r", "\n")
