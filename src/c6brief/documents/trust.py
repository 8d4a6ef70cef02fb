"""Which code of projects this user trusts: the one place that says whether a file of a project may be run.

A project may have been sent by somebody, and code in it can do whatever its user can. So code runs only after its user
has said so (``c6brief trust``). What was said is kept outside of projects, in the user's configuration folder, for each
file by its path, links followed, and the SHA-256 of its content: code that was changed, or moved, is not trusted.

The folder is ``C6BRIEF_CONFIG_DIR``, else ``c6brief`` in the system's folder for configurations: ``XDG_CONFIG_HOME`` or
``~/.config`` (XDG Base Directory Specification), ``~/Library/Application Support``, ``%APPDATA%``. A list that belongs to
another user, that others may read or write, or that lies in the project itself, trusts nothing.
"""

from __future__ import annotations

import errno
import hashlib
import json
import os
import sys
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path

from c6brief.documents.lookups import report_lookup
from c6brief.documents.private_files import check_folder, is_own, make_folder, read_private, write_private

VARIABLE = "C6BRIEF_CONFIG_DIR"
"""The environment variable that names another folder for the list."""

_NAME = "trusted-code.json"
_LARGEST = 5_000_000
"""Bytes of the list that are read."""


def sha256(code: bytes) -> str:
    """The SHA-256 of ``code``, as the list has it."""
    return hashlib.sha256(code).hexdigest()


def config_home() -> str | None:
    """The absolute path of the user's configuration folder for c6brief; ``None`` where the environment names none."""
    if named := os.environ.get(VARIABLE):
        return os.path.abspath(named)
    folder = os.environ.get("APPDATA" if os.name == "nt" else "XDG_CONFIG_HOME", "")
    if not os.path.isabs(folder):
        home = os.environ.get("HOME", "")
        if not os.path.isabs(home) or not os.path.isdir(home) or not is_own(os.stat(home)):  # as with sudo
            return None
        folder = os.path.join(home, "Library/Application Support" if sys.platform == "darwin" else ".config")
    return os.path.join(folder, "c6brief")


def is_trusted(path: Path, code: bytes, root: Path) -> bool:
    """Whether the user trusts the file at ``path`` of the project in ``root`` with the content ``code``."""
    return trusted_code(root).get(os.path.realpath(path)) == sha256(code)


def trusted_code(root: Path) -> Mapping[str, str]:
    """The SHA-256 of each trusted file, by its path with links followed; none where the list lies in the project ``root``."""
    home = config_home()
    if home is None or _lies_in(home, root):
        return {}
    report_lookup(Path(home, _NAME))  # a render that was refused is no longer up to date when the list is made
    with suppress(OSError, ValueError, AttributeError, KeyError, TypeError):
        check_folder(home)
        kept = json.loads(read_private(os.path.join(home, _NAME), _LARGEST))
        return {str(path): str(digest) for path, digest in kept["code"].items()}
    return {}


def trust(code: Mapping[Path, bytes], root: Path) -> None:
    """Trust these files of the project in ``root`` with their contents. Raises ``OSError`` where that cannot be kept."""
    added = {os.path.realpath(path): sha256(content) for path, content in code.items()}
    _write({**trusted_code(root), **added}, root)


def revoke(folder: Path, root: Path) -> list[str]:
    """Trust no file below ``folder`` any more, or ``folder`` itself, whether it still exists or not.

    Returns the paths that were trusted. Raises ``OSError`` where that cannot be kept.
    """
    known, real = trusted_code(root), os.path.realpath(folder)
    below = sorted(path for path in known if path == real or path.startswith(os.path.join(real, "")))
    if below:
        _write({path: digest for path, digest in known.items() if path not in below}, root)
    return below


def _write(code: Mapping[str, str], root: Path) -> None:
    home = config_home()
    if home is None:
        raise OSError(errno.ENOENT, "no home folder of yours is known", VARIABLE)
    if _lies_in(home, root):
        raise OSError(errno.EPERM, "the folder lies in the project, and could have been sent with it", home)
    make_folder(home)
    text = json.dumps({"version": 1, "code": dict(sorted(code.items()))}, indent=1)
    write_private(os.path.join(home, _NAME), text.encode(), ".new-")


def _lies_in(home: str, root: Path) -> bool:
    real = os.path.join(os.path.realpath(root), "")
    return os.path.join(os.path.realpath(home), "").startswith(real)
