"""Reading files whatever they are: missing, folders, unreadable, huge, in another encoding; writing files as a whole.

Every reader takes the :class:`Problems` of the run and returns ``None`` after a problem, so that one bad file never
hides the problems of the next.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from functools import lru_cache
from pathlib import Path

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


def read_text(path: Path, problems: Problems, *, what: str = "file", at: Place | None = None) -> str | None:
    """The text of a UTF-8 file, or ``None`` after a problem.

    ``what`` names the file in messages ("brief", "source text"). ``at`` is the place where a document names the file: a
    missing file is reported there, since that is the line to mend.

    Problems: those of :func:`read_bytes` and :func:`decode`.
    """
    data = read_bytes(path, problems, what=what, at=at)
    return None if data is None else decode(data, path, problems, what=what)


def read_bytes(
    path: Path, problems: Problems, *, what: str = "file", at: Place | None = None, largest: int = LARGEST_FILE
) -> bytes | None:
    """The bytes of a file of at most ``largest`` bytes, or ``None`` after a problem.

    ``what`` and ``at`` are those of :func:`read_text`.

    Problems: ``no-such-file``, ``not-a-file``, ``not-readable``, ``file-too-large``.
    """
    here = Place(display_name(path))
    try:
        if path.is_dir():
            problems.error("not-a-file", f"{what} '{display_name(path)}' is a folder", at or here, "name a file")
            return None
        if not path.exists():
            hint = "no file of that name: is the path spelled as on disk?"
            problems.error("no-such-file", f"no {what} '{display_name(path)}'", at or here, hint)
            return None
        if not path.is_file():
            problems.error("not-a-file", f"{what} '{display_name(path)}' is not an ordinary file", at or here)
            return None
        if path.stat().st_size > largest:
            size = path.stat().st_size / 1_000_000
            message = f"{what} has {size:.1f} MB; at most {largest / 1_000_000:.0f} MB are read"
            problems.error("file-too-large", message, here, "split it into several files")
            return None
        return path.read_bytes()
    except (OSError, ValueError) as reason:  # ValueError: a NUL in the name
        why = getattr(reason, "strerror", None) or str(reason)
        hint = "give yourself the right to read it" if isinstance(reason, PermissionError) else ""
        problems.error("not-readable", f"{what} '{display_name(path)}' cannot be read: {why}", at or here, hint)
        return None


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


def write_beside(data: bytes, path: Path) -> None:
    """Write ``data`` to a file beside ``path`` and rename that to ``path``: a killed run leaves the old file whole.

    Raises ``OSError`` where the folder cannot be made or written.
    """
    write_all_beside({path: data})


def write_all_beside(files: Mapping[Path, bytes]) -> None:
    """Write several files as :func:`write_beside` writes one. None is renamed before all are written.

    Raises ``OSError`` where a folder cannot be made or written.
    """
    import tempfile  # here: a run in which nothing has changed writes no file, and the import takes milliseconds

    beside: dict[Path, str] = {}
    try:
        for path, data in files.items():
            path.parent.mkdir(parents=True, exist_ok=True)
            handle, beside[path] = tempfile.mkstemp(prefix=f".{path.name}.", dir=path.parent)
            with os.fdopen(handle, "wb") as file:
                file.write(data)
            os.chmod(beside[path], 0o666 & ~_umask())
        for path, name in beside.items():
            os.replace(name, path)
    except BaseException:  # an interrupt too must not leave temporary files behind
        for name in beside.values():
            Path(name).unlink(missing_ok=True)
        raise


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask
