"""A folder for all temporary files of a command, which is gone when the command is, however it ended.

WeasyPrint, for one, writes each font to a temporary folder, which a process that is killed leaves. So a command has one
folder for all of them, whose name tells whose it is. It is deleted at the command's end; where the command was killed,
by the process that waited for it, and else by the next command: only folders of this user with a name of ours, whose
process is dead, and never through a link.
"""

from __future__ import annotations

import atexit
import os
import re
import secrets
import shutil
import stat
import tempfile
from contextlib import suppress

from c6brief.documents.private_files import is_own
from c6brief.documents.writing import is_alive, machine

_NAME = re.compile(r"c6brief-([0-9a-f]{8})-([0-9]{1,9})-[0-9a-f]{8}")


def use_own_folder() -> None:
    """Have this process make its temporary files in a folder of its own, and delete what dead ones have left.

    Where no folder can be made, nothing changes: whoever needs a temporary file will say so.
    """
    with suppress(OSError):
        delete_left_over()
        folder = os.path.join(tempfile.gettempdir(), f"c6brief-{machine()}-{os.getpid()}-{secrets.token_hex(4)}")
        os.mkdir(folder, stat.S_IRWXU)
        atexit.register(shutil.rmtree, folder, ignore_errors=True)
        tempfile.tempdir = folder


def delete_left_over() -> None:
    """Delete the folders that dead processes have left, as far as that can be done."""
    with suppress(OSError):
        above = os.open(tempfile.gettempdir(), os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
        try:
            for name in os.listdir(above):
                match = _NAME.fullmatch(name)
                if match and match[1] == machine() and not is_alive(int(match[2])) and _is_own_folder(name, above):
                    shutil.rmtree(name, ignore_errors=True, dir_fd=above)
        finally:
            os.close(above)


def _is_own_folder(name: str, above: int) -> bool:
    try:
        state = os.stat(name, dir_fd=above, follow_symlinks=False)
    except OSError:  # another command has deleted it
        return False
    return stat.S_ISDIR(state.st_mode) and is_own(state)
