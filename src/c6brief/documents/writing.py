"""Writing into folders: files beside their targets, renamed when whole, never through a link out of a project.

A folder is opened once, as :mod:`c6brief.documents.boundary` opens it. All else is done by names in that open folder, so
that no link can take its place meanwhile. Where a killed process has left temporary files, the next one that writes to
the folder deletes them: only what has a name of ours, and whose process is dead.
"""

from __future__ import annotations

import errno
import hashlib
import itertools
import os
import re
import secrets
import signal
import stat
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack, contextmanager, suppress
from functools import lru_cache
from pathlib import Path

from c6brief.documents.boundary import AnyPath, OutsideProject, add_root, has_root, is_within, open_folder

_TEMPORARY = re.compile(r"\.c6brief-([0-9a-f]{8})-([0-9]{1,9})-[0-9]+-[0-9a-f]{8}\.tmp")
_counter = itertools.count()

OLDEST = 86_400
"""Seconds after which a temporary file of any machine is left over."""

_tidied: set[tuple[int, int]] = set()
"""The folders whose left-over files this process has deleted, by device and inode number."""


def write_all_beside(files: Mapping[Path, bytes]) -> None:
    """Write files by their paths, each beside its path, and rename them: a killed run leaves the old files whole.

    None is renamed before all are written. Raises ``OSError`` where a folder cannot be made or written, of which
    ``OutsideProject`` where a link in a project leads out of it.
    """
    beside: list[tuple[int, str, str]] = []
    with ExitStack() as stack:
        folders: dict[Path, int] = {}
        try:
            for path, data in files.items():
                if path.parent not in folders:
                    folders[path.parent] = stack.enter_context(open_made_folder(path.parent))
                folder, name = folders[path.parent], temporary_name()
                beside.append((folder, name, path.name))
                write_new(data, name, folder)
            with _undisturbed():
                for folder, name, target in beside:
                    os.replace(name, target, src_dir_fd=folder, dst_dir_fd=folder)
        except BaseException:  # an interrupt too must not leave temporary files behind
            for folder, name, _ in beside:
                with suppress(OSError):
                    os.unlink(name, dir_fd=folder)
            raise


@contextmanager
def _undisturbed() -> Iterator[None]:
    """While open, signals wait: a Ctrl-C between two renames would leave half of the files new."""
    if not hasattr(signal, "pthread_sigmask"):
        yield
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, signal.valid_signals())
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def write_new_folder(files: Mapping[str, bytes], folder: Path) -> None:
    """Make ``folder``, which must not exist, with these ``files`` by name: whole or not at all.

    It raises what :func:`write_all_beside` raises.
    """
    name = temporary_name()
    with open_made_folder(folder.parent) as above:
        try:
            os.mkdir(name, dir_fd=above)
            beside = os.open(name, os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW | os.O_CLOEXEC, dir_fd=above)
            try:
                for each, data in files.items():
                    write_new(data, each, beside)
            finally:
                os.close(beside)
            os.rename(name, folder.name, src_dir_fd=above, dst_dir_fd=above)
        except BaseException:
            _delete_folder(name, above)
            raise


def _delete_folder(name: str, above: int) -> None:
    """Delete a temporary folder with the files in it, as far as that can be done."""
    with suppress(OSError):
        beside = os.open(name, os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW | os.O_CLOEXEC, dir_fd=above)
        try:
            for each in os.listdir(beside):
                os.unlink(each, dir_fd=beside)
        finally:
            os.close(beside)
        os.rmdir(name, dir_fd=above)


def write_new(data: bytes, name: str, folder: int) -> None:
    """Write a file of that ``name``, which must not exist, in the open ``folder``. Raises ``OSError``."""
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW | os.O_CLOEXEC
    with open(os.open(name, flags, 0o666, dir_fd=folder), "wb") as file:
        file.write(data)


def temporary_name() -> str:
    """A new name for a temporary file, which tells whose it is."""
    return f".c6brief-{machine()}-{os.getpid()}-{next(_counter)}-{secrets.token_hex(4)}.tmp"


@contextmanager
def open_made_folder(path: AnyPath) -> Iterator[int]:
    """While open, a descriptor of the folder at ``path``, which is made where it is missing, with those above it.

    A path below no root is the user's own. Temporary files that dead processes left there are deleted. Raises
    ``OutsideProject`` before anything is made outside of a project, and other ``OSError``.
    """
    name = os.path.abspath(path)
    if not has_root(name):
        add_root(name)
    missing: list[str] = []
    while not os.path.isdir(name):
        if os.path.islink(name) and has_root(name) and not is_within(name):  # a link to nothing yet
            raise OutsideProject(name)
        if os.path.lexists(name):
            raise NotADirectoryError(errno.ENOTDIR, os.strerror(errno.ENOTDIR), name)
        missing.append(name)
        name = os.path.dirname(name)
    for name in reversed(missing):
        with _open_above(name) as above, suppress(FileExistsError):  # another run has made it
            os.mkdir(os.path.basename(name), dir_fd=above)
    with open_folder(path) as folder:
        _delete_left_over(folder)
        yield folder


@contextmanager
def _open_above(name: str) -> Iterator[int]:
    """While open, a descriptor of the folder above ``name``, which is a root itself, or below one."""
    above = os.path.dirname(name)
    if has_root(above):
        with open_folder(above) as folder:
            yield folder
        return
    descriptor = os.open(above, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
    try:
        yield descriptor
    finally:
        os.close(descriptor)


def delete_files(folder: AnyPath, is_ours: Callable[[str], bool]) -> None:
    """Delete the ordinary files in ``folder`` whose names are ours. Raises ``OSError``, as ``open_folder`` does."""
    with open_folder(folder) as descriptor:
        for name in sorted(filter(is_ours, os.listdir(descriptor))):
            if stat.S_ISREG(os.stat(name, dir_fd=descriptor, follow_symlinks=False).st_mode):
                os.unlink(name, dir_fd=descriptor)


def _delete_left_over(folder: int) -> None:
    """Delete the temporary files that dead processes have left in the open ``folder``."""
    state = os.fstat(folder)
    if (state.st_dev, state.st_ino) in _tidied:
        return
    _tidied.add((state.st_dev, state.st_ino))
    for name in os.listdir(folder):
        if (match := _TEMPORARY.fullmatch(name)) is None:
            continue
        with suppress(OSError):
            state = os.stat(name, dir_fd=folder, follow_symlinks=False)
            is_old = time.time() - state.st_mtime > OLDEST
            if is_old or (match[1] == machine() and not is_alive(int(match[2]))):
                if stat.S_ISREG(state.st_mode):
                    os.unlink(name, dir_fd=folder)
                elif stat.S_ISDIR(state.st_mode):
                    _delete_folder(name, folder)


def is_alive(process: int) -> bool:
    """Whether a process of that number runs on this machine. One that has ended runs no more, though nobody has asked how."""
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except OSError:
        return True
    return not _has_ended(process)


def _has_ended(process: int) -> bool:
    """Whether a process is a zombie, where the system tells (Linux: ``proc_pid_stat(5)``)."""
    try:
        with open(f"/proc/{process}/stat", "rb") as told:
            return told.read().rpartition(b")")[2].split()[:1] == [b"Z"]
    except OSError:
        return False


@lru_cache(maxsize=1)
def machine() -> str:
    """What tells one machine, or container, from others: numbers of processes mean something only there."""
    spaces = ""
    with suppress(OSError):
        spaces = os.readlink("/proc/self/ns/pid")
    return hashlib.sha256(f"{os.uname().nodename} {spaces}".encode()).hexdigest()[:8]
