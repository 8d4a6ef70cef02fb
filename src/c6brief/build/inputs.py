"""The files that a brief may be made of, and waiting until one of them is saved.

Everything in a project's folder counts but what c6brief writes itself, hidden files and installed packages: seeds and
their texts and data, specifications, templates, style sheets, the brand file, fonts and pictures, wherever they lie.
The shipped templates count too, and the folder of a brand file that lies elsewhere.

The system's notices (by watchfiles) only wake us up. What counts is whether a file is other than it was, by date, size
and identity, so that nothing is missed that was saved while pages were set, or where a system sends no notices.
"""

from __future__ import annotations

import os
import time
from collections.abc import Iterable, Iterator
from pathlib import Path

from c6brief.documents.files import display_name
from c6brief.print.preflight.excerpts import is_excerpt

QUIET = 0.06
"""Seconds without another save that end a burst of saves."""

LONGEST_BURST = 2.0
"""Seconds after which a burst that does not end is taken as it stands."""

RESCAN_AFTER = 1500
"""Milliseconds after which files are looked at without any notice from the system."""

PACKAGES = frozenset(("node_modules", "site-packages"))

State = dict[Path, tuple[int, int, int]]
"""For each file its date of change, its size and its number on the disk."""


class Inputs:
    """The inputs in some ``folders``, but for what lies in the folders ``written``. PDFs and excerpts of proofing never
    count, wherever c6brief writes them.

    Of the folders ``beside``, which may hold anything, only the files in them and in their own folders count.
    """

    def __init__(self, folders: Iterable[Path], beside: Iterable[Path] = (), written: Iterable[Path] = ()) -> None:
        self._beside = [Path(os.path.abspath(folder)) for folder in beside]
        self._roots = _outermost(Path(os.path.abspath(folder)) for folder in folders)
        self._written = {Path(os.path.abspath(folder)) for folder in written}
        self._known, self._folders = self._scan()

    @property
    def count(self) -> int:
        """How many files are watched."""
        return len(self._known)

    def changes(self) -> Iterator[list[Path]]:
        """Each time that inputs were changed, made or deleted, which these are. A burst of saves is told once.

        Ends never by itself; ``KeyboardInterrupt`` ends it.
        """
        while True:
            for _ in self._notices():
                changed = self._settled()
                if changed:
                    yield changed
                if self._moved:
                    break  # folders came or went: have the system watch those that are there now

    def _notices(self) -> Iterator[object]:
        """One at every notice of the system, and one from time to time; the first at once."""
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
        except OSError:  # a folder went away meanwhile, or the system watches no more of them: look by ourselves
            time.sleep(RESCAN_AFTER / 1000)
            self._moved = True

    def _settled(self) -> list[Path]:
        """What differs from the last time, once nothing changes any more."""
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
        """Every input as it is now, and the folders they may lie in."""
        files: State = {}
        folders: list[Path] = []
        waiting = [*self._beside, *self._roots]
        seen: set[Path] = set()
        while waiting:
            folder = waiting.pop()
            if folder in seen:
                continue
            seen.add(folder)
            deep = any(folder.is_relative_to(root) for root in self._roots) or folder in self._beside
            try:
                entries = list(os.scandir(folder))
            except OSError:  # gone, or not ours to read
                continue
            if any(entry.name == "pyvenv.cfg" for entry in entries):
                continue
            folders.append(folder)
            for entry in entries:
                path = Path(entry.path)
                if entry.name.startswith(".") or entry.name.endswith("~"):
                    continue
                try:
                    if entry.is_dir(follow_symlinks=False):
                        if (
                            deep
                            and path not in self._written
                            and entry.name not in PACKAGES
                            and entry.name != "__pycache__"
                        ):
                            waiting.append(path)
                    elif not entry.name.lower().endswith(".pdf") and not is_excerpt(entry.name):
                        state = entry.stat()
                        files[path] = (state.st_mtime_ns, state.st_size, state.st_ino)
                except OSError:  # it went away, or is a link to nothing
                    continue
        return files, sorted(folders)


def summarize_changes(changed: list[Path]) -> str:
    """The files that changed, in a few words."""
    names = [display_name(path) for path in changed[:3]]
    more = len(changed) - len(names)
    return ", ".join(names) + (f" and {more} more" if more else "")


def _outermost(folders: Iterable[Path]) -> list[Path]:
    """Those that exist and lie in none of the others."""
    found = sorted({folder for folder in folders if folder.is_dir()})
    return [one for one in found if not any(one != other and one.is_relative_to(other) for other in found)]
