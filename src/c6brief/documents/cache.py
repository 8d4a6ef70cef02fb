"""The cache: what is kept from one run to the next, in the user's cache folder and never in a project.

A cache that lies in a project is sent with it, and whoever made it could say there what was verified and what was drawn.
So the cache of a project is a folder of the user's, named by a hash of the project's path, and every entry in it carries
an HMAC (RFC 2104, with SHA-256) under a key that is made once for each user. The HMAC covers the project, the kind and
the key of an entry too. An entry that was damaged, cut, exchanged or written by somebody else counts as missing.

The folder is ``C6BRIEF_CACHE_DIR``, else ``c6brief`` in the cache folder of the system: ``XDG_CACHE_HOME`` or
``~/.cache`` (XDG Base Directory Specification), ``~/Library/Caches``, ``%LOCALAPPDATA%``. It holds ``v1/secret``, and in
``v1`` a folder for each project; these and all in them are private (:mod:`c6brief.documents.private_files`). All may be
deleted at any time. Where nothing can be kept, all is computed anew.

``render`` looks here before it imports anything that takes long. So little is imported here, and not ``platformdirs``,
which takes 8 ms.
"""

from __future__ import annotations

import errno
import hashlib
import hmac
import os
import re
import sys
import time
from collections.abc import Iterator
from contextlib import suppress
from typing import NamedTuple

from c6brief.documents.private_files import check_folder, is_own, make_folder, read_private, write_private

VARIABLE = "C6BRIEF_CACHE_DIR"
"""The environment variable that names another folder for the cache."""

LARGEST = 50_000_000
"""Bytes of the file of an entry. A larger one is not read, and not written."""

MOST_PROJECTS = 200
MOST_BYTES = 1_000_000_000
LONGEST_UNUSED = 90 * 86_400
"""How many projects have entries, how many bytes these have in all, and for how many seconds a project may be unused.
Whenever a project is added, the entries of those beyond any of these are deleted; what was used last stays."""

DAY = 86_400
"""Seconds. How exactly it is known when a project was used last; how long an unfinished file of a killed run stays."""

UNFINISHED = "new-"
"""The beginning of the names of files that are being written."""

_PROJECT = r"[0-9a-f]{32}"
_ENTRY = r"[a-z]+-[0-9a-f]{32}"
_TAG = hashlib.sha256().digest_size


class Kind(NamedTuple):
    """A kind of entries, and how many entries and bytes of it a project may have. Beyond these the oldest are deleted."""

    name: str
    """Lower-case letters. A kind whose entries change their form gets another name: versions of c6brief share the cache."""
    most_files: int
    most_bytes: int = LARGEST


def cache_home() -> str | None:
    """The absolute path of the folder of all caches; ``None`` where the environment names none of this user."""
    named = os.environ.get(VARIABLE)
    if named:
        return os.path.join(os.path.abspath(named), "v1")
    folder = os.environ.get("LOCALAPPDATA" if os.name == "nt" else "XDG_CACHE_HOME", "")
    if not os.path.isabs(folder):  # such a one is to be ignored, the XDG specification says
        home = os.environ.get("HOME", "")
        if not os.path.isabs(home) or not os.path.isdir(home) or not is_own(os.stat(home)):  # as with sudo
            return None
        folder = os.path.join(home, "Library/Caches" if sys.platform == "darwin" else ".cache")
    return os.path.join(folder, "c6brief", "v1")


class ProjectCache:
    """The entries of the project in the folder ``root``. Nothing is read or written before it is asked for."""

    def __init__(self, root: str | os.PathLike[str]) -> None:
        real = os.path.realpath(root)
        home = cache_home()
        self.reason = ""
        """Why nothing can be kept, in words; empty as long as nothing is known against it."""
        if home is None:
            self.reason = "no home folder of yours is known"
        elif _is_below(home, os.path.abspath(root)) or _is_below(home, real) or _is_below(os.path.realpath(home), real):
            self.reason = "the folder lies in the project, and could have been sent with it"
        self.home = home or ""
        self.project = hashlib.sha256(os.fsencode(real)).hexdigest()[:32]
        self.folder = os.path.join(self.home, self.project) if home else ""
        """The path of the folder of entries, which may be missing; empty where no home folder is known."""
        self._secret: bytes | None = None

    def read(self, kind: Kind, key: str) -> bytes | None:
        """The entry of that ``kind`` with that ``key``; ``None`` where there is none that was written by this user."""
        if self.reason:
            return None
        try:
            check_folder(self.home)
            state = check_folder(self.folder)
            self._secret = self._secret or _read_secret(self.home)
            name = _file_name(kind, key)
            whole = read_private(os.path.join(self.folder, name), LARGEST)
            if time.time() - state.st_mtime > DAY:
                os.utime(self.folder)
        except OSError:
            return None
        tag, data = whole[:_TAG], whole[_TAG:]
        return data if self._secret and hmac.compare_digest(tag, self._tag(self._secret, name, data)) else None

    def write(self, kind: Kind, key: str, data: bytes) -> None:
        """Keep ``data`` as the entry of that ``kind`` with that ``key``. It is no error if it cannot be kept."""
        if _TAG + len(data) > LARGEST or not self.prepare() or self._secret is None:
            return
        name = _file_name(kind, key)
        with suppress(OSError):
            write_private(os.path.join(self.folder, name), self._tag(self._secret, name, data) + data, UNFINISHED)
            self._make_room(kind)

    def prepare(self) -> bool:
        """Make the folder and the secret where they are missing. ``False``, with a ``reason``, if that is impossible."""
        if self.reason:
            return False
        for is_last in (False, False, True):
            try:
                self._make()
                return True
            except OSError as error:
                if is_last or not isinstance(error, FileNotFoundError):  # which another run may delete just now
                    self.reason = error.strerror or str(error)
                    return False
        return False

    def _make(self) -> None:
        make_folder(self.home)
        self._secret = self._secret or _read_secret(self.home) or _make_secret(self.home)
        if self._secret is None:
            raise PermissionError(errno.EPERM, "files in the folder cannot be hidden from others")
        if make_folder(self.folder):
            with suppress(OSError):
                _delete_old_projects(self.home, self.project)
        if not os.access(self.folder, os.W_OK):
            check_folder(self.folder)
            raise PermissionError(errno.EACCES, "the folder cannot be written")

    def measure(self, kind: Kind) -> tuple[int, int]:
        """The number of entries of that ``kind``, and their size in bytes."""
        found: list[tuple[int, int, str]] = []
        with suppress(OSError):
            check_folder(self.home)
            found = _entries(self.folder, kind)
        return len(found), sum(size for _, size, _ in found)

    def clear(self) -> None:
        """Delete all entries. Raises ``OSError`` where that is not allowed."""
        with suppress(FileNotFoundError):
            check_folder(self.home)
            _delete_project(self.folder)

    def _tag(self, secret: bytes, name: str, data: bytes) -> bytes:
        """The HMAC of an entry. Neither the project nor the name of a file holds a space: no two texts are the same."""
        return hmac.digest(secret, f"c6brief {self.project} {name} ".encode() + data, "sha256")

    def _make_room(self, kind: Kind) -> None:
        """Delete the oldest entries of ``kind`` until the rest fits, and what killed runs have left unfinished."""
        found = sorted(_entries(self.folder, kind))
        count, size = len(found), sum(size for _, size, _ in found)
        for _, bytes_, path in found:
            if count <= kind.most_files and size <= kind.most_bytes:
                break
            _delete(path)
            count, size = count - 1, size - bytes_
        _delete_unfinished(self.folder)


def _is_below(path: str, folder: str) -> bool:
    return os.path.join(path, "").startswith(os.path.join(folder, ""))


def _file_name(kind: Kind, key: str) -> str:
    return f"{kind.name}-{hashlib.sha256(key.encode(errors='surrogateescape')).hexdigest()[:32]}"


def _read_secret(home: str) -> bytes | None:
    """The secret of the user, with which entries are authenticated; ``None`` where there is none, or others know it."""
    with suppress(OSError):
        secret = read_private(os.path.join(home, "secret"), _TAG)
        return secret if len(secret) == _TAG else None
    return None


def _make_secret(home: str) -> bytes | None:
    """Make the secret. Of two runs that do so at once, one secret remains; what the other run kept is made anew."""
    write_private(os.path.join(home, "secret"), os.urandom(_TAG), UNFINISHED)
    return _read_secret(home)


def _scan(folder: str) -> Iterator[os.DirEntry[str]]:
    """What is in a folder of ours; nothing where it is missing. Raises ``OSError`` where it is a link, or not readable."""
    with suppress(FileNotFoundError):
        check_folder(folder)
        yield from list(os.scandir(folder))


def _entries(folder: str, kind: Kind | None = None) -> list[tuple[int, int, str]]:
    """Time in ns, size in bytes and path of the entries of ``kind``, or of every kind. No link is among them."""
    found = []
    for file in _scan(folder):
        is_wanted = re.fullmatch(_ENTRY, file.name) and (kind is None or file.name.startswith(f"{kind.name}-"))
        if is_wanted and file.is_file(follow_symlinks=False):
            with suppress(FileNotFoundError):  # another run may have deleted it
                state = file.stat(follow_symlinks=False)
                found.append((state.st_mtime_ns, state.st_size, file.path))
    return found


def _delete(path: str) -> None:
    with suppress(FileNotFoundError):  # another run may have deleted it
        os.unlink(path)


def _delete_unfinished(folder: str) -> None:
    """Delete files in ``folder`` that were begun long ago and never finished."""
    for file in _scan(folder):
        if file.name.startswith(UNFINISHED) and file.is_file(follow_symlinks=False):
            with suppress(FileNotFoundError):  # its own run may have finished it
                if time.time() - file.stat(follow_symlinks=False).st_mtime > DAY:
                    os.unlink(file.path)


def _delete_project(folder: str) -> None:
    """Delete the entries in the ``folder`` of a project, and the folder if nothing else is in it. Raises ``OSError``."""
    for _, _, path in _entries(folder):
        _delete(path)
    _delete_unfinished(folder)
    with suppress(OSError):  # missing, or something else is in it
        os.rmdir(folder)


def _delete_old_projects(home: str, new: str) -> None:
    """Delete the entries of projects that are unused for long, too many or too large, but not those of the ``new`` one."""
    _delete_unfinished(home)
    used = []
    for file in _scan(home):
        if re.fullmatch(_PROJECT, file.name) and file.name != new and file.is_dir(follow_symlinks=False):
            with suppress(OSError):
                used.append((file.stat(follow_symlinks=False).st_mtime, file.path))
    size = 0
    for number, (time_used, folder) in enumerate(sorted(used, reverse=True), 2):
        with suppress(OSError):
            size += sum(each for _, each, _ in _entries(folder))
            if number > MOST_PROJECTS or size > MOST_BYTES or time.time() - time_used > LONGEST_UNUSED:
                _delete_project(folder)
