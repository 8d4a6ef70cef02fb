"""Recording which files are read while briefs are rendered or checked.

A kept result is up to date while these files stay the same.

Python reports every file that is opened (an audit hook, PEP 578), and rooms report files that they look for, which may
be missing (:mod:`c6brief.documents.lookups`). Each file is hashed then, before it is read, and again at the end. Where
the two hashes differ, it is not known which content was read, and no result is kept. Seeds and templates are hashed
whether they are opened or not.

A process has one :class:`ReadsRecorder` for a run: what was read for one brief is not read again for the next one.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any, TypedDict

from c6brief.build import PROCESS_STARTED
from c6brief.build.fingerprints import (
    content_and_path,
    environment_digest,
    hash_tree,
    is_code,
    loaded_code,
    project_root,
    stat_digest,
    tracked_folders,
)
from c6brief.documents.cache import cache_home
from c6brief.documents.lookups import listen_to_lookups

YOUNG = 2_000_000_000
"""ns. Code that was changed so shortly before the start of this process may not be the code that was loaded: the times
of some file systems are no more exact."""

NO_FILES = ("/proc/", "/sys/", "/dev/")
"""Folders whose files have no content that stays."""


class Reads(TypedDict):
    """What was read, as plain values for JSON. Digests are those of :mod:`c6brief.build.fingerprints`."""

    roots: dict[str, str]
    """The folder of the project of each brief, by the path of the brief."""
    trees: dict[str, str]
    """The digest of each folder of seeds and templates, by its path."""
    files: dict[str, str]
    """The digest of each other file, by its path."""
    code: list[str]
    """The paths of files of code."""
    stat_digest: str
    """The digest of the stat results of ``code``."""
    environment: str
    """The digest of the environment."""


class ReadsRecorder:
    """Records what one run reads in this process. A brief does not depend on the specifications of others."""

    def __init__(self) -> None:
        self._environment = environment_digest()
        self._trees: dict[str, str] = {}
        self._files: dict[str, str] = {}
        self._code: set[str] = set()
        self._written: set[str] = set()
        self._briefs: set[str] = set()
        self._whole = False

    @contextmanager
    def record_reads(self, briefs: Sequence[str], *, whole: bool = False) -> Iterator[None]:
        """While open, record what is read for the ``briefs`` at these paths.

        ``whole``: all files in the ``briefs`` folder of their project count as read.
        """
        global _active
        self._whole = self._whole or whole
        self._briefs.update(briefs)
        for folder in self._folders(briefs):
            if folder not in self._trees:
                self._trees[folder] = hash_tree(folder)
        self._skipped = tuple(folder + os.sep for folder in (*self._trees, *filter(None, [cache_home()])))
        _install_audit_hook()
        _active = self
        try:
            with listen_to_lookups(self.record):
                yield
        finally:
            _active = None

    def _folders(self, briefs: Sequence[str]) -> list[str]:
        """The folders of which all files count as read for ``briefs``."""
        roots = dict.fromkeys(filter(None, map(project_root, briefs)))
        folders = [folder for root in roots for folder in tracked_folders(root)]
        return [*folders, *(os.path.join(root, "briefs") for root in roots if self._whole)]

    def record_open(self, name: str | bytes, writes: bool) -> None:
        """Record a file that is about to be opened, to be written or to be read."""
        path = os.path.abspath(os.fsdecode(name))
        if writes:
            self._written.add(path)
        elif path not in self._written and not os.path.isdir(path):
            self.record(path)

    def record(self, name: str) -> None:
        """Record a file that is about to be read or looked for, with the hash of its content now."""
        path = os.path.abspath(name)
        if path in self._files or path.startswith(self._skipped) or path.startswith(NO_FILES):
            return
        if is_code(path):
            self._code.add(path)
            return
        self._files[path] = ""  # hashing opens it too
        self._files[path] = content_and_path(path)

    def reads_of(self, briefs: Sequence[str]) -> Reads | None:
        """All that was read for ``briefs``; ``None`` where some has changed since, or a brief lies in no project."""
        roots = {brief: root for brief in briefs if (root := project_root(brief))}
        others = self._briefs.difference(briefs)
        files = {path: was for path, was in self._files.items() if path not in others}
        folders = {folder: self._trees[folder] for folder in self._folders(briefs)}
        code = sorted({*loaded_code(), *(path for path in self._code if not path.endswith(".pyc"))})
        stats, environment = stat_digest(code), environment_digest()
        unchanged = (
            len(roots) == len(briefs)
            and all(content_and_path(path) == was for path, was in files.items())
            and all(hash_tree(folder) == was for folder, was in folders.items())
            and environment == self._environment
            and max(stats.latest, environment.latest) < PROCESS_STARTED * 1_000_000_000 - YOUNG
        )
        if not unchanged:
            return None
        return Reads(
            roots=roots,
            trees=folders,
            files=files,
            code=code,
            stat_digest=stats.digest,
            environment=environment.digest,
        )


_active: ReadsRecorder | None = None
_has_audit_hook = False


def _install_audit_hook() -> None:
    """Have Python report files that are opened. Such a hook cannot be removed."""
    global _has_audit_hook
    if not _has_audit_hook:
        sys.addaudithook(_audit)
        _has_audit_hook = True


def _audit(event: str, arguments: tuple[Any, ...]) -> None:
    if event != "open" or _active is None:
        return
    name, mode, flags = arguments
    if isinstance(name, (str, bytes)):
        writes = flags & (os.O_WRONLY | os.O_RDWR | os.O_CREAT) if isinstance(flags, int) else "r" not in (mode or "r")
        _active.record_open(name, bool(writes))
