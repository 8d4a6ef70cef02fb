"""The files that a brief may be made of, and waiting until one of them is saved.

These are all files in a project's folder, without those that c6brief writes, hidden files and installed packages: seeds
with their texts and data, specifications, templates, style sheets, the brand file, fonts and pictures. The shipped
templates are among them, and the folder of a brand file that lies elsewhere.

Notices of the system (by watchfiles) only end the waiting. Then files are compared with what they were, by time, size
and inode number. So nothing is missed that was saved during a render, or on a system that sends no notices.
"""

from __future__ import annotations

import os
import time
from collections.abc import Iterable, Iterator
from pathlib import Path

from c6brief.documents.boundary import open_folder
from c6brief.documents.folders import MOST_FILES, MOST_FOLDERS
from c6brief.print.preflight.excerpts import is_excerpt

QUIET = 0.06
"""Seconds without another save after which a burst of saves has ended."""

LONGEST_BURST = 2.0
"""Seconds after which a burst of saves that does not end is taken as ended."""

RESCAN_AFTER = 1500
"""Milliseconds after which files are compared without a notice from the system."""

PACKAGES = frozenset(("node_modules", "site-packages"))

State = dict[Path, tuple[int, int, int]]
"""The time of change in ns, the size and the inode number of each file."""


class Inputs:
    """The files below ``folders``, without those in the folders ``written``, and without PDFs and excerpts of flaws.

    ``beside`` are folders that may hold anything. Of these only the files in them and in their own subfolders count.
    """

    def __init__(self, folders: Iterable[Path], beside: Iterable[Path] = (), written: Iterable[Path] = ()) -> None:
        folders = list(folders)
        self._beside = [Path(os.path.abspath(folder)) for folder in beside]
        self._roots = _outermost(Path(os.path.abspath(folder)) for folder in folders)
        self.top = Path(next(iter(folders), "."))
        """The first of the ``folders``, by which problems of watching are named."""
        self._written = {Path(os.path.abspath(folder)) for folder in written}
        self.is_cut_short = False
        """Whether there are more files or folders than are watched: ``MOST_FILES``, ``MOST_FOLDERS``."""
        self._known, self._folders = self._scan()

    @property
    def count(self) -> int:
        """How many files are watched."""
        return len(self._known)

    def changes(self) -> Iterator[list[Path]]:
        """Wait for changes, and yield the files that were changed, made or deleted, once for each burst of saves.

        It does not end by itself; ``KeyboardInterrupt`` ends it.
        """
        while True:
            for _ in self._notices():
                changed = self._find_changes()
                if changed:
                    yield changed
                if self._moved:
                    break  # folders came or went: have the system watch those that are there now

    def _notices(self) -> Iterator[object]:
        """Yields at once, and then at every notice of the system and after :data:`RESCAN_AFTER` without one."""
        import watchfiles

        watched, self._moved = self._folders, False
        yield None
        try:
            yield from watchfiles.watch(
                *watched,
                watch_filter=None,
                recursive=False,
                step=20,
                debounce=200,
                rust_timeout=RESCAN_AFTER,
                yield_on_timeout=True,
            )
        except OSError:  # a folder is gone, or the system watches no more of them: compare without notices
            time.sleep(RESCAN_AFTER / 1000)
            self._moved = True

    def _find_changes(self) -> list[Path]:
        """The files that differ from the last time, once a burst of saves has ended."""
        before, folders = self._known, self._folders
        now, self._folders = self._scan()
        if now != before:
            until = time.monotonic() + LONGEST_BURST
            while time.monotonic() < until:
                time.sleep(QUIET)
                later, self._folders = self._scan()
                if later == now:
                    break
                now = later
        self._known = now
        self._moved = self._moved or folders != self._folders
        return sorted(path for path in before.keys() | now.keys() if before.get(path) != now.get(path))

    def _scan(self) -> tuple[State, list[Path]]:
        """The state of every file now, and the folders to watch; of more than a project may have only the first."""
        files: State = {}
        folders: list[Path] = []
        waiting = [*self._beside, *self._roots]
        seen: set[Path] = set()
        while waiting and len(files) < MOST_FILES and len(folders) < MOST_FOLDERS:
            folder = waiting.pop()
            if folder in seen:
                continue
            seen.add(folder)
            deep = any(folder.is_relative_to(root) for root in self._roots) or folder in self._beside
            try:
                with open_folder(folder) as descriptor, os.scandir(descriptor) as found:
                    entries = list(found)
                    if any(entry.name == "pyvenv.cfg" for entry in entries):
                        continue
                    folders.append(folder)
                    inner = self._take(folder, entries, files)
                    waiting += inner if deep else []
            except OSError:  # it is gone, or may not be read
                continue
        self.is_cut_short = bool(waiting)
        return files, sorted(folders)

    def _take(self, folder: Path, entries: Iterable[os.DirEntry[str]], files: State) -> list[Path]:
        """Add the ``entries`` of ``folder`` to ``files``. Returns those that are folders to look into."""
        inner = []
        for entry in entries:
            path = folder / entry.name
            if entry.name.startswith(".") or entry.name.endswith("~"):
                continue
            try:
                if entry.is_dir(follow_symlinks=False):
                    if path not in self._written and entry.name not in PACKAGES and entry.name != "__pycache__":
                        inner.append(path)
                elif not entry.name.lower().endswith(".pdf") and not is_excerpt(entry.name):
                    state = entry.stat()
                    files[path] = (state.st_mtime_ns, state.st_size, state.st_ino)
            except OSError:  # it is gone, or is a link to nothing
                continue
        return inner


def _outermost(folders: Iterable[Path]) -> list[Path]:
    """The ``folders`` that exist and lie in none of the others."""
    found = sorted({folder for folder in folders if folder.is_dir()})
    return [one for one in found if not any(one != other and one.is_relative_to(other) for other in found)]
