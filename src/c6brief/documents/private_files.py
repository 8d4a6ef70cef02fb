"""Files and folders that belong to the user alone: of the mode 0600 or 0700, and no links.

Nothing that somebody else has put in their place is read, written or waited for: links are not followed, and a pipe or
a device is an error. Where the system has no such modes (Windows), what the user's own folders hold counts as private.
"""

from __future__ import annotations

import errno
import os
import stat
from contextlib import suppress

FOR_OTHERS = stat.S_IRWXG | stat.S_IRWXO
"""Mode bits that let others than the owner in."""

_READ = sum(getattr(os, name, 0) for name in ("O_RDONLY", "O_NOFOLLOW", "O_NONBLOCK", "O_CLOEXEC", "O_BINARY"))


def check_folder(folder: str) -> os.stat_result:
    """The state of ``folder``. Raises ``OSError`` where it is a link, no folder, or another user's."""
    state = os.lstat(folder)
    if not stat.S_ISDIR(state.st_mode):
        raise NotADirectoryError(errno.ENOTDIR, "the folder is a link or a file")
    if not is_own(state):
        raise PermissionError(errno.EPERM, "the folder belongs to another user")
    return state


def make_folder(folder: str) -> bool:
    """Make ``folder`` and those above it where they are missing. Returns whether it is new. Raises ``OSError``."""
    missing, above = [], folder
    while not os.path.lexists(above):
        missing.append(above)
        above = os.path.dirname(above)
    for each in reversed(missing):
        with suppress(FileExistsError):  # another run makes it too
            os.mkdir(each, stat.S_IRWXU)
    if check_folder(folder).st_mode & FOR_OTHERS:
        os.chmod(folder, stat.S_IRWXU)
    return bool(missing)


def read_private(path: str, most: int) -> bytes:
    """The bytes of the file at ``path``, at most ``most``. Raises ``OSError`` for a larger one, and all but a private file."""
    handle = os.open(path, _READ)
    with open(handle, "rb") as file:
        state = os.fstat(handle)
        is_open = os.name != "nt" and state.st_mode & FOR_OTHERS
        if not stat.S_ISREG(state.st_mode) or not is_own(state) or is_open or state.st_size > most:
            raise OSError(errno.EINVAL, "it is no private file, or too large")
        return file.read(most)


def write_private(path: str, data: bytes, prefix: str) -> None:
    """Write a file beside ``path``, under a name that begins with ``prefix``, and rename it. Raises ``OSError``."""
    import tempfile  # here: who only reads needs none

    handle, new = tempfile.mkstemp(prefix=prefix, dir=os.path.dirname(path))
    try:
        with open(handle, "wb") as file:
            file.write(data)
        os.replace(new, path)
    except BaseException:  # an interrupt too
        with suppress(OSError):
            os.unlink(new)
        raise


def is_own(state: os.stat_result) -> bool:
    """Whether a file or folder belongs to this user."""
    return os.name == "nt" or state.st_uid == os.geteuid()
