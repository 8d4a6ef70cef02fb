"""Rendering again after every save, in a process of its own that has limits.

What a limit ends is the one render. The command lives on, shows the problem, and the next save starts a fresh process. That
one imports and reads everything again, which takes a second; until then nothing is lost to a pickled result, which is small.

A process grows with each render by what Fontconfig does not give back, so after :data:`RENDERS_PER_PROCESS` another one takes
its place.
"""

from __future__ import annotations

import tempfile
from collections.abc import Iterable
from multiprocessing import get_context
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

from c6brief.build.executors import interrupts_blocked
from c6brief.build.limits import Limits, active_limits, describe_death, end_brief, limit_process
from c6brief.build.options import RenderOptions
from c6brief.build.watch import WarmRenderer, WarmResult
from c6brief.documents.files import display_name
from c6brief.documents.problems import Place

RENDERS_PER_PROCESS = 200
"""Renders of one process. With each it grows by a fifth of a megabyte (a brief of two pages) to a whole one (of eight)."""


class WarmProcess:
    """Does what a :class:`~c6brief.build.watch.WarmRenderer` does, with ``limits`` a render."""

    def __init__(self, paths: list[Path], options: RenderOptions, limits: Limits) -> None:
        self.paths, self._options, self._limits = paths, options, limits
        self._start()

    def render(self, changed: Iterable[Path] = ()) -> WarmResult:
        """Render after these files have ``changed``. Problems: those of a ``WarmRenderer``, and those of a limit."""
        changed = list(changed)
        if not self._process.is_alive():
            self._end()
            self._start()
        try:
            self._connection.send(changed)
            result: WarmResult = self._connection.recv()
        except (EOFError, OSError):
            self._process.join()
        else:
            self._renders += 1
            if self._renders >= RENDERS_PER_PROCESS:
                self._end()
                self._start()  # it imports while the next edit is made
            return result
        result = WarmResult(changed=changed)
        death = describe_death(-(self._process.exitcode or 0), self._limits)
        result.problems.add(death.at(Place(display_name(self.paths[0]))))
        return result

    def _start(self) -> None:
        self._renders = 0
        self._temporary = tempfile.TemporaryDirectory(prefix="c6brief-")
        spawn = get_context("spawn")  # a fork would copy the locks of the threads of a server
        self._connection, theirs = spawn.Pipe()
        arguments = (theirs, self.paths, self._options, self._limits, self._temporary.name)
        self._process: Any = spawn.Process(target=_serve, args=arguments, name="renderer", daemon=True)
        with interrupts_blocked():  # Ctrl-C is the command's, which ends this process
            self._process.start()
        theirs.close()

    def _end(self) -> None:
        """End the process, and delete its temporary files, which one that was killed has left."""
        self._connection.close()
        self._process.join()
        self._temporary.cleanup()


def _serve(connection: Connection, paths: list[Path], options: RenderOptions, limits: Limits, temporary: str) -> None:
    """Render for the other side of ``connection``, until it is closed. Temporary files go to the folder ``temporary``."""
    tempfile.tempdir = temporary
    limit_process(limits)
    end_brief()
    renderer = WarmRenderer(paths, options)
    while True:
        try:
            changed = connection.recv()
        except EOFError:
            return
        result = renderer.render(changed)
        end_brief()
        connection.send(result)


def warm_renderer(paths: list[Path], options: RenderOptions) -> WarmProcess | WarmRenderer:
    """What renders ``paths`` again and again: a process of its own where this one is limited, since that can be ended."""
    limits = active_limits()
    if limits is None:
        return WarmRenderer(paths, options)
    end_brief()  # this process waits
    return WarmProcess(paths, options, limits)
