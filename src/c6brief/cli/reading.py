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
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import Any, TypedDict

from c6brief.cli import STARTED
from c6brief.cli.traces import is_code, loaded_code, looks, placed, surroundings, tree, trees
from c6brief.documents.sought import heard

YOUNG = 2_000_000_000
"""ns before this process started: code that was changed since may not be the code that was loaded, and some disks tell
times no better."""

NO_FILES = ("/proc/", "/sys/", "/dev/")


class Reads(TypedDict):
    """What was read, in a form for JSON; digests and contents as in :mod:`traces <c6brief.cli.traces>`."""

    trees: dict[str, str]
    files: dict[str, str]
    code: list[str]
    looks: str
    surroundings: str


class Reading:
    """What one run has read in this process. ``briefs`` are noted as such: no other brief depends on them."""

    def __init__(self) -> None:
        self._surroundings = surroundings()
        self._trees: dict[str, str] = {}
        self._files: dict[str, str] = {}
        self._code: set[str] = set()
        self._written: set[str] = set()
        self._briefs: set[str] = set()

    @contextmanager
    def noting(self, root: str, briefs: Iterable[str], more: Iterable[str] = ()) -> Iterator[None]:
        """Note what is read while this is open, for ``briefs`` of the project in ``root``. ``more`` are folders whose
        files count as read too."""
        global _now
        for folder in (*trees(root), *more):
            if folder not in self._trees:
                self._trees[folder] = tree(folder)
        self._briefs.update(briefs)
        self._passed = tuple(folder + os.sep for folder in (*self._trees, os.path.join(root, ".c6brief")))
        _listen()
        _now = self
        try:
            with heard(self.looked_for):
                yield
        finally:
            _now = None

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
        self._files[path] = placed(path)

    def made_of(self, root: str, briefs: Iterable[str], more: Iterable[str] = ()) -> Reads | None:
        """What ``briefs`` were made of, all read by now; ``None`` where something changed meanwhile."""
        others = self._briefs.difference(briefs)
        files = {path: was for path, was in self._files.items() if path not in others}
        folders = {folder: self._trees[folder] for folder in (*trees(root), *more)}
        code = sorted({*loaded_code(), *(path for path in self._code if not path.endswith(".pyc"))})
        look, now = looks(code), surroundings()
        same = (
            all(placed(path) == was for path, was in files.items())
            and all(tree(folder) == was for folder, was in folders.items())
            and now == self._surroundings
            and max(look.latest, now.latest) < STARTED * 1_000_000_000 - YOUNG
        )
        if not same:
            return None
        return Reads(trees=folders, files=files, code=code, looks=look.digest, surroundings=now.digest)


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
