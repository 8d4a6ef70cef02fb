"""The boundary of a project: the one place where files of a project are opened, and its folders listed.

A project may have been sent by somebody. What it names is opened only where it is an ordinary file that really lies
below the project's folder. So each file is looked at through a handle, without opening it: what kind of file it is, and
where it lies when links are followed. Then it is opened through that handle. No other file can take its place between
looking and opening, and no FIFO, device or file outside is ever opened.

A *root* is a folder whose files may be opened (:func:`add_root`): that of a project, of c6brief itself, of an installed
package. What a user names on the command line is a root too, which may be a single file. The nearest root above a path
counts. A path below no root is refused.

This module imports little: kept results are compared with files before anything that takes long is imported.
"""

from __future__ import annotations

import errno
import os
import stat
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TypeAlias

AnyPath: TypeAlias = "str | os.PathLike[str]"

PACKAGE = os.path.dirname(os.path.dirname(os.path.realpath(__file__)))
"""The folder of c6brief's code."""

_packed = os.path.join(PACKAGE, "templates")
SHIPPED_TEMPLATES = (
    _packed if os.path.isdir(_packed) else os.path.join(os.path.dirname(os.path.dirname(PACKAGE)), "templates")
)
"""The folder of the shipped templates: in the package (a wheel) or at the top of the repository (a checkout)."""

LARGEST_READ = 200_000_000
"""Bytes. No file of a project that is larger is read, whatever it is for; most kinds have a smaller limit of their own."""

_PATH_ONLY = getattr(os, "O_PATH", 0) if os.path.isdir("/proc/self/fd") else 0
"""The flag for a handle that opens nothing (Linux, open(2)); 0 where there is none."""

_READ = os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_CLOEXEC", 0) | getattr(os, "O_NOCTTY", 0)

READ_ENTRY = _READ | getattr(os, "O_NOFOLLOW", 0)
"""The flags to open a file by its name in an open folder: a link is refused, and a FIFO does not block."""

_ANYWHERE = "/"

_roots: dict[str, str] = {}
"""By the path of each root as it is named, its path with links followed; :data:`_ANYWHERE`: links may lead anywhere."""


class OutsideProject(OSError):
    """A path that leads out of the folder that it must lie in, or is below no root."""

    def __init__(self, path: AnyPath) -> None:
        super().__init__(errno.EACCES, "it leads out of the project", os.fspath(path))


class NotAFile(OSError):
    """A FIFO, a socket or a device where a file or a folder should be."""

    def __init__(self, path: AnyPath) -> None:
        super().__init__(errno.EINVAL, "it is not an ordinary file", os.fspath(path))


class TooLarge(OSError):
    """A file of more bytes than are read. ``size`` is how many it has, as far as is known."""

    def __init__(self, path: AnyPath, size: int) -> None:
        super().__init__(errno.EFBIG, "it is too large", os.fspath(path))
        self.size = size


class Look:
    """What a path leads to: the ``state`` of it, which are its stat results, and its ``path`` with links followed."""

    __slots__ = ("path", "state")

    def __init__(self, state: os.stat_result, path: str) -> None:
        self.state, self.path = state, path

    @property
    def is_file(self) -> bool:
        """Whether it is an ordinary file."""
        return stat.S_ISREG(self.state.st_mode)

    @property
    def is_folder(self) -> bool:
        """Whether it is a folder."""
        return stat.S_ISDIR(self.state.st_mode)


def add_root(path: AnyPath, *, is_trusted: bool = False) -> None:
    """Let files below ``path``, a folder, or the file ``path`` be opened.

    ``is_trusted``: links in it may lead anywhere, as those of installed packages do.
    """
    named = os.path.abspath(path)
    _roots[named] = _ANYWHERE if is_trusted else os.path.realpath(named)


def has_root(path: AnyPath) -> bool:
    """Whether ``path`` is below a root, or one."""
    return _root_of(os.path.abspath(path)) is not None


def is_within(path: AnyPath) -> bool:
    """Whether ``path`` really lies below its root. Nothing is opened. Of a missing file its name is what counts."""
    try:
        with _handle(path):
            return True
    except (OutsideProject, ValueError):
        return False
    except OSError:
        root = _root_of(os.path.abspath(path))
        return root is not None and _contains(root, os.path.realpath(path))


def look_at(path: AnyPath) -> Look:
    """What ``path`` leads to, without opening it. Raises ``OutsideProject``, ``OSError``, ``ValueError`` (a NUL)."""
    with _handle(path) as (_, look):
        return look


def open_file(path: AnyPath, *, is_named: bool = False) -> int:
    """A descriptor of the ordinary file at ``path``, to read from; the caller closes it.

    ``is_named``: the user has named it, so that it may lie below no root. Raises ``OutsideProject``, ``NotAFile``,
    ``IsADirectoryError``, other ``OSError``, and ``ValueError`` (a NUL).
    """
    with _handle(path, _ANYWHERE if is_named else None) as (handle, look):
        if look.is_folder:
            raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR), os.fspath(path))
        if not look.is_file:
            raise NotAFile(path)
        return _open_again(handle, path, _READ)


def read_file(path: AnyPath, largest: int = LARGEST_READ, *, is_named: bool = False) -> bytes:
    """The bytes of the ordinary file at ``path``. Raises ``TooLarge`` beyond ``largest``, and as :func:`open_file`."""
    descriptor = open_file(path, is_named=is_named)
    try:
        size = os.fstat(descriptor).st_size
        if size > largest:
            raise TooLarge(path, size)
        pieces: list[bytes] = []
        count = 0
        while piece := os.read(descriptor, size - count + 1 if size > count else 65_536):
            pieces.append(piece)
            count += len(piece)
            if count > largest:  # it has grown meanwhile
                raise TooLarge(path, count)
        return b"".join(pieces)
    finally:
        os.close(descriptor)


def read_page_text(path: AnyPath) -> str:
    """The text of a file of a template, whatever its encoding: what is no UTF-8 is replaced by U+FFFD.

    It raises what :func:`read_file` raises.
    """
    return read_file(path).decode("utf-8", "replace").replace("\r\n", "\n").replace("\r", "\n")


@contextmanager
def open_folder(path: AnyPath) -> Iterator[int]:
    """While open, a descriptor of the folder at ``path``, to list it or to write into it.

    Raises ``OutsideProject``, ``NotADirectoryError``, other ``OSError``, and ``ValueError`` (a NUL).
    """
    with _handle(path) as (handle, look):
        if not look.is_folder:
            raise NotADirectoryError(errno.ENOTDIR, os.strerror(errno.ENOTDIR), os.fspath(path))
        descriptor = _open_again(handle, path, _READ)
    try:
        yield descriptor
    finally:
        os.close(descriptor)


@contextmanager
def _handle(path: AnyPath, otherwise: str | None = None) -> Iterator[tuple[int, Look]]:
    """While open, a handle of what ``path`` leads to, once it is known to lie below its root, or else ``otherwise``."""
    name = os.path.abspath(path)
    root = _root_of(name) or otherwise
    if root is None:
        raise OutsideProject(path)
    # Where no handle can be had without opening, links are followed before and after.
    if not _PATH_ONLY and not _contains(root, os.path.realpath(name)):
        raise OutsideProject(path)
    handle = os.open(name, _PATH_ONLY | getattr(os, "O_CLOEXEC", 0) if _PATH_ONLY else _READ)
    try:
        state = os.fstat(handle)
        real = os.readlink(f"/proc/self/fd/{handle}") if _PATH_ONLY else os.path.realpath(name)
        if not _contains(root, real) or (not _PATH_ONLY and not os.path.samestat(os.stat(real), state)):
            raise OutsideProject(path)
        yield handle, Look(state, real)
    finally:
        os.close(handle)


def _open_again(handle: int, path: AnyPath, flags: int) -> int:
    """A descriptor of what ``handle`` stands for."""
    try:
        return os.open(f"/proc/self/fd/{handle}", flags) if _PATH_ONLY else os.dup(handle)
    except OSError as reason:
        reason.filename = os.fspath(path)
        raise


def _root_of(name: str) -> str | None:
    """The nearest root above the absolute path ``name``, with links followed; ``None`` where there is none."""
    while (root := _roots.get(name)) is None:
        above = os.path.dirname(name)
        if above == name:
            return None
        name = above
    return root


def _contains(root: str, real: str) -> bool:
    return root == _ANYWHERE or real == root or real.startswith(root + os.sep)


add_root(PACKAGE)
add_root(SHIPPED_TEMPLATES)
