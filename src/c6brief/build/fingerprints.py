"""Digests of files, folders, code and environment, which are compared with later digests.

The *contents* of a project's files are hashed each time: an edit may keep a file's size and time, and a file may be
touched and stay the same. Of the thousand files of code (ours, the packages', the system's libraries) the *stat
results* are compared: size, times and inode number. Hashing these files would take longer than all else. The time of
the last change of status (``st_ctime``) is among the results, since nobody can set it. It cannot tell a file of code
that was changed only just now; so a :class:`StatDigest` has the latest time.

This module imports little: it runs before anything that takes long to import.
"""

from __future__ import annotations

import hashlib
import os
import stat
import sys
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from c6brief.documents.boundary import (
    LARGEST_READ,
    PACKAGE,
    READ_ENTRY,
    SHIPPED_TEMPLATES,
    NotAFile,
    add_root,
    open_file,
)
from c6brief.documents.folders import MOST_BYTES, LimitReached, walk

VARIABLES = (
    "C6BRIEF",
    "DYLD_",
    "FC_",
    "FONTCONFIG_PATH",
    "FONTCONFIG_SYSROOT",  # but not FONTCONFIG_FILE, which we set ourselves
    "FREETYPE_",
    "HB_",
    "HOME",
    "LANG",
    "LC_",
    "LD_",
    "MATPLOTLIB",
    "MPL",
    "PANGO",
    "PYPHEN",
    "PYTHON",
    "SOURCE_DATE_EPOCH",
    "TZ",
    "XDG_CACHE",
    "XDG_CONFIG",
    "XDG_DATA",
)
"""Prefixes of the names of environment variables that may change a page, or what is printed about it."""

MISSING = "missing"
"""Stands for the digest of a file that does not exist."""


class StatDigest(NamedTuple):
    """A digest of the stat results of some files, and the latest time at which any of them was changed, in ns."""

    digest: str
    latest: int


def hash_content(path: str) -> str:
    """The SHA-256 of a file, in hexadecimal; a word where it cannot be read.

    Of a file that is too large for anything to read its content, its size and times stand for that.
    """
    try:
        return _hash_descriptor(open_file(path, is_named=True))
    except FileNotFoundError:
        return MISSING
    except (IsADirectoryError, NotAFile):
        return "not a file"
    except (OSError, ValueError):
        return "unreadable"


def _hash_descriptor(descriptor: int) -> str:
    """The hash of an open file, which is closed."""
    try:
        state = os.fstat(descriptor)
        if not stat.S_ISREG(state.st_mode):
            return "not a file"
        if state.st_size > LARGEST_READ:
            return f"{state.st_size} {state.st_mtime_ns} {state.st_ctime_ns}"
        whole = hashlib.sha256()
        while piece := os.read(descriptor, min(state.st_size + 1, 1_000_000)):
            whole.update(piece)
        return whole.hexdigest()
    finally:
        os.close(descriptor)


def content_and_path(path: str) -> str:
    """The hash of a file's content, and its path with links followed: a file may be refused for where a link leads."""
    try:
        return f"{hash_content(path)} {os.path.realpath(path)}"
    except ValueError:  # a NUL in the name
        return MISSING


def hash_tree(folder: str) -> str:
    """A digest of the names and contents of all files below ``folder``, and of where links among them lead.

    Links are followed inside the project; a folder that is reached again is not read again.
    """
    whole = hashlib.sha256()
    size = 0

    def read(name: str, folder: int) -> str:
        nonlocal size
        try:
            descriptor = os.open(name, READ_ENTRY, dir_fd=folder)
        except OSError:
            return "unreadable"
        size += os.fstat(descriptor).st_size
        if size > MOST_BYTES:
            os.close(descriptor)
            raise LimitReached
        return _hash_descriptor(descriptor)

    try:
        for found in walk(folder, read):
            content = found.content or (hash_content(found.path) if found.kind == "file" else found.kind)
            whole.update(
                f"{found.path} {content} {found.real if found.is_link else ''}\n".encode(errors="surrogateescape")
            )
    except LimitReached:
        whole.update(b"and more")
    return whole.hexdigest()


def stat_digest(paths: Iterable[str]) -> StatDigest:
    """The digest of the stat results of the files at ``paths``, of which some may be missing."""
    found = []
    for path in paths:
        try:
            state = os.stat(path)
        except (OSError, ValueError):
            found.append((path, 0, 0, 0, 0))
        else:
            found.append((path, state.st_size, state.st_mtime_ns, state.st_ctime_ns, state.st_ino))
    digest = hashlib.sha256(repr(sorted(found)).encode()).hexdigest()
    return StatDigest(digest, max((max(each[2:4]) for each in found), default=0))


def environment_digest() -> StatDigest:
    """The digest of Python, our code, the installed packages, and environment variables that matter."""
    code = stat_digest([*_own_files(PACKAGE), *_installed_packages()])
    variables = sorted(each for each in os.environ.items() if each[0].startswith(VARIABLES))
    return StatDigest(hashlib.sha256(repr((sys.version, code.digest, variables)).encode()).hexdigest(), code.latest)


def _own_files(folder: str) -> Iterator[str]:
    for entry in os.scandir(folder):
        if not entry.is_dir():
            yield entry.path
        elif entry.name != "__pycache__":
            yield from _own_files(entry.path)


def _installed_packages() -> Iterator[str]:
    """The metadata folders of installed packages. Another version of a package has a new one."""
    for folder in dict.fromkeys(sys.path):
        try:
            names = os.listdir(folder or ".")
        except OSError:
            continue
        yield from (os.path.join(folder, name) for name in names if name.endswith((".dist-info", ".egg-info", ".pth")))


def loaded_code() -> list[str]:
    """The paths of every module and library of this process that is not our own."""
    paths = {str(module.__file__) for module in list(sys.modules.values()) if getattr(module, "__file__", None)}
    try:
        with open("/proc/self/maps", encoding="utf-8", errors="replace") as lines:  # Linux; elsewhere modules must do
            paths |= {line[line.index("/") :].strip() for line in lines if ".so" in line and "/" in line}
    except OSError:
        pass
    return sorted(path for path in paths if not path.startswith(PACKAGE + os.sep))


def is_code(path: str) -> bool:
    """Whether a file belongs to Python, to a package or to c6brief, and so is compared by its stat results."""
    homes = (PACKAGE, os.path.dirname(os.__file__))
    return path.startswith(tuple(home + os.sep for home in homes)) or not {"site-packages", "dist-packages"}.isdisjoint(
        path.split(os.sep)
    )


def project_root(brief: str) -> str | None:
    """The folder of the project that a brief lies in, as :func:`c6brief.documents.project.find_project` finds it."""
    folder = os.path.dirname(os.path.abspath(brief))
    while not os.path.isdir(os.path.join(folder, "seeds")):
        folder, below = os.path.dirname(folder), folder
        if folder == below:
            return None
    add_root(folder)
    return folder


def tracked_folders(root: str) -> list[str]:
    """The folders of which a brief may read any file: seeds and templates, the shipped ones too."""
    own = os.path.join(root, "templates")
    others = [SHIPPED_TEMPLATES] if os.path.realpath(own) != SHIPPED_TEMPLATES else []
    return [os.path.join(root, "seeds"), own, *others]
