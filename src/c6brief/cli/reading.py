"""What a run reads, noted while it is read: of this a stamp says what a brief was made of.

Python tells of every file that is opened (an audit hook), and the rooms of those that they look for in vain
(:mod:`sought <c6brief.documents.sought>`). Each is hashed at that moment, before it is read, and again at the end: where it
differs, nobody can say which of the two was read, and there is no stamp. So it is with seeds and templates, which count
whether they were opened or not.

A process keeps one :class:`Reading` for a run, since what one brief has read is not read again for the next.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any, TypedDict

from c6brief.cli import STARTED
from c6brief.cli.traces import (
    content_and_path,
    is_code,
    loaded_code,
    project_root,
    stat_digest,
    surroundings,
    tree,
    trees,
)
from c6brief.documents.sought import heard

YOUNG = 2_000_000_000
"""ns before this process started: code that was changed since may not be the code that was loaded, and some disks tell
times no better."""

NO_FILES = ("/proc/", "/sys/", "/dev/")


class Reads(TypedDict):
    """What was read, in a form for JSON; digests and contents as in :mod:`traces <c6brief.cli.traces>`."""

    roots: dict[str, str]
    """The folder of the project that each brief lies in."""
    trees: dict[str, str]
    files: dict[str, str]
    code: list[str]
    stat_digest: str
    surroundings: str


class Reading:
    """What one run has read in this process. No brief depends on the specification of another."""

    def __init__(self) -> None:
        self._surroundings = surroundings()
        self._trees: dict[str, str] = {}
        self._files: dict[str, str] = {}
        self._code: set[str] = set()
        self._written: set[str] = set()
        self._briefs: set[str] = set()
        self._whole = False

    @contextmanager
    def noting(self, briefs: Sequence[str], *, whole: bool = False) -> Iterator[None]:
        """Note what is read for ``briefs`` while this is open. Of a ``whole`` project all that lies in the folder of
        its briefs counts as read."""
        global _now
        self._whole = self._whole or whole
        self._briefs.update(briefs)
        for folder in self._folders(briefs):
            if folder not in self._trees:
                self._trees[folder] = tree(folder)
        roots = filter(None, map(project_root, briefs))
        self._passed = tuple(folder + os.sep for folder in (*self._trees, *(f"{root}/.c6brief" for root in roots)))
        _listen()
        _now = self
        try:
            with heard(self.looked_for):
                yield
        finally:
            _now = None

    def _folders(self, briefs: Sequence[str]) -> list[str]:
        """The folders whose files count as read for ``briefs``."""
        roots = dict.fromkeys(filter(None, map(project_root, briefs)))
        folders = [folder for root in roots for folder in trees(root)]
        return [*folders, *(os.path.join(root, "briefs") for root in roots if self._whole)]

    def opened(self, name: str | bytes, writes: bool) -> None:
        """A file is about to be opened."""
        path = os.path.abspath(os.fsdecode(name))
        if writes:
            self._written.add(path)
        elif path not in self._written and not os.path.isdir(path):
            self.looked_for(path)

    def looked_for(self, name: str) -> None:
        path = os.path.abspath(name)
        if path in self._files or path.startswith(self._passed) or path.startswith(NO_FILES):
            return
        if is_code(path):
            self._code.add(path)
            return
        self._files[path] = ""  # hashing opens it too
        self._files[path] = content_and_path(path)

    def made_of(self, briefs: Sequence[str]) -> Reads | None:
        """What ``briefs`` were made of, all read by now; ``None`` where something changed meanwhile, or outside of
        projects."""
        roots = {brief: root for brief in briefs if (root := project_root(brief))}
        others = self._briefs.difference(briefs)
        files = {path: was for path, was in self._files.items() if path not in others}
        folders = {folder: self._trees[folder] for folder in self._folders(briefs)}
        code = sorted({*loaded_code(), *(path for path in self._code if not path.endswith(".pyc"))})
        look, now = stat_digest(code), surroundings()
        same = (
            len(roots) == len(briefs)
            and all(content_and_path(path) == was for path, was in files.items())
            and all(tree(folder) == was for folder, was in folders.items())
            and now == self._surroundings
            and max(look.latest, now.latest) < STARTED * 1_000_000_000 - YOUNG
        )
        if not same:
            return None
        return Reads(
            roots=roots, trees=folders, files=files, code=code, stat_digest=look.digest, surroundings=now.digest
        )


_now: Reading | None = None
_listens = False


def _listen() -> None:
    """Have Python tell of files. Such a hook stays for as long as the process does."""
    global _listens
    if not _listens:
        sys.addaudithook(_audit)
        _listens = True


def _audit(event: str, arguments: tuple[Any, ...]) -> None:
    if event != "open" or _now is None:
        return
    name, mode, flags = arguments
    if isinstance(name, (str, bytes)):
        writes = flags & (os.O_WRONLY | os.O_RDWR | os.O_CREAT) if isinstance(flags, int) else "r" not in (mode or "r")
        _now.opened(name, bool(writes))
