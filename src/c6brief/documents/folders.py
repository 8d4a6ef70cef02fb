"""Listing and walking the folders of a project, within its boundary and within limits.

A folder is opened as :mod:`c6brief.documents.boundary` opens files; links inside a project are followed, each folder once.
The walk takes time in proportion to what it finds, and ends at the limits, of which all are here.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from typing import Literal

from c6brief.documents.boundary import AnyPath, OutsideProject, is_within, look_at, open_folder

MOST_FILES = 50_000
"""Files below one folder. Large evidence bases have some thousands."""

MOST_FOLDERS = 5_000
"""Folders below one folder."""

DEEPEST = 40
"""How deep folders may lie in one another."""

MOST_BYTES = 2_000_000_000
"""Bytes of all files below one folder. A sparse file counts by its size."""

Kind = Literal["file", "folder", "special", "outside", "unreadable"]


class Found:
    """What a walk found: its path, and that with links followed, which is empty where they cannot be.

    The kind ``special`` is a FIFO, a socket or a device, ``outside`` a link that leads out of the project. ``content`` is
    what the walk's reader returned for it. This is a plain class, and not a dataclass, since making one of these takes as
    long as comparing a dozen files.
    """

    __slots__ = ("content", "is_link", "kind", "path", "real")

    def __init__(self, path: str, kind: Kind, real: str, is_link: bool = False, content: str = "") -> None:
        self.path, self.kind, self.real, self.is_link, self.content = path, kind, real, is_link, content


class LimitReached(OSError):
    """A folder holds more than is read; its message says what."""


def list_folder(folder: AnyPath) -> list[str]:
    """The names in ``folder``, sorted.

    Raises ``LimitReached``, and as :func:`~c6brief.documents.boundary.open_folder`.
    """
    with open_folder(folder) as descriptor, os.scandir(descriptor) as entries:
        return sorted(entry.name for entry in _limited(entries, folder))


def names_in(folder: AnyPath) -> list[str]:
    """The names in ``folder``, sorted; none where it is missing, cannot be read, or holds more than is read."""
    try:
        return list_folder(folder)
    except (OSError, ValueError):
        return []


Reader = Callable[[str, int], str]
"""Reads a file, given its name and a descriptor of its folder; the name may have become a link or a FIFO meanwhile."""


def walk(top: AnyPath, read: Reader | None = None) -> Iterator[Found]:
    """``top`` and everything below it, a folder before what is in it, in an order that is always the same.

    ``__pycache__`` is left out, and so are links to nothing. Nothing is found where ``top`` is missing. ``read`` is called
    for each ordinary file that is no link. Raises ``LimitReached``.
    """
    name = os.path.abspath(top)
    waiting = [(Found(name, "folder", os.path.realpath(name), os.path.islink(name)), 0)]
    entered: set[tuple[int, int]] = set()
    files = 0
    while waiting:
        folder, depth = waiting.pop()
        if depth > DEEPEST:
            raise LimitReached(f"folders more than {DEEPEST} deep")
        try:
            inner = _read_folder(folder.path, entered, read)
        except LimitReached:
            raise
        except (FileNotFoundError, NotADirectoryError):
            continue
        except OutsideProject:
            yield Found(folder.path, "outside", "", folder.is_link)
            continue
        except OSError:
            yield Found(folder.path, "unreadable", "", folder.is_link)
            continue
        if inner is None:
            continue
        if len(entered) > MOST_FOLDERS:
            raise LimitReached(f"more than {MOST_FOLDERS:,} folders")
        yield folder
        deeper = []
        for found in inner:
            if found.kind == "folder":
                deeper.append((found, depth + 1))
                continue
            files += 1
            if files > MOST_FILES:
                raise LimitReached(f"more than {MOST_FILES:,} files")
            yield found
        waiting += reversed(deeper)


def _read_folder(folder: str, entered: set[tuple[int, int]], read: Reader | None) -> list[Found] | None:
    """What is in ``folder``, sorted by name; ``None`` where it has been ``entered``, to which it is added."""
    with open_folder(folder) as descriptor:
        state = os.fstat(descriptor)
        if (state.st_dev, state.st_ino) in entered:
            return None
        entered.add((state.st_dev, state.st_ino))
        with os.scandir(descriptor) as entries:
            listed = [
                (entry.name, entry.is_symlink(), _kind_of(entry))
                for entry in _limited(entries, folder)
                if entry.name != "__pycache__"
            ]
        found = []
        for name, is_link, kind in sorted(listed):
            path = f"{folder}{os.sep}{name}"
            if not is_link:
                content = read(name, descriptor) if read and kind == "file" else ""
                found.append(Found(path, kind, path, content=content))
            elif (end := _follow(path)) is not None:
                found.append(end)
        return found


def files_below(top: AnyPath) -> Iterator[str]:
    """The paths of the ordinary files below ``top``, as :func:`walk` finds them; it ends quietly at a limit."""
    try:
        for found in walk(top):
            if found.kind == "file":
                yield found.path
    except LimitReached:
        return


def _limited(entries: Iterator[os.DirEntry[str]], folder: AnyPath) -> Iterator[os.DirEntry[str]]:
    """The ``entries`` of a folder. Raises ``LimitReached`` beyond :data:`MOST_FILES`."""
    for count, entry in enumerate(entries):
        if count >= MOST_FILES:
            raise LimitReached(f"more than {MOST_FILES:,} files in '{os.path.basename(os.fspath(folder))}'")
        yield entry


def _kind_of(entry: os.DirEntry[str]) -> Kind:
    try:
        is_folder, is_file = entry.is_dir(follow_symlinks=False), entry.is_file(follow_symlinks=False)
    except OSError:
        return "unreadable"
    return "folder" if is_folder else "file" if is_file else "special"


def _follow(link: str) -> Found | None:
    """What ``link`` leads to; ``None`` for a link to nothing in the project."""
    try:
        look = look_at(link)
    except OutsideProject:
        return Found(link, "outside", "", is_link=True)
    except OSError:
        return None if is_within(link) else Found(link, "outside", "", is_link=True)
    kind: Kind = "folder" if look.is_folder else "file" if look.is_file else "special"
    return Found(link, kind, look.path, is_link=True)
