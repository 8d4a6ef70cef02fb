"""What the browser shows now, and waiting for what comes next."""

from __future__ import annotations

import threading
from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from c6brief.documents.problems import Problem
from c6brief.preview.state import PreviewState


class Feed:
    """The last state without errors, and the problems of the last render. ``name`` is the name of the PDF's file.

    The one thread that renders writes it; those that serve the browser read it.
    """

    def __init__(self, name: str) -> None:
        self.name = name
        self.state: PreviewState | None = None
        self.is_closed = False
        self._problems: list[dict[str, Any]] = []
        self._number = 0
        self._is_rendering, self._has_failed = True, False
        self._changed = threading.Condition()

    def begin(self) -> None:
        """Announce that a render begins."""
        with self._changed:
            self._is_rendering = True
            self._notify()

    def show(self, state: PreviewState | None, problems: Iterable[Problem]) -> None:
        """Announce that a render has ended, with its ``problems``, and its ``state`` if it had no errors."""
        with self._changed:
            self.state = state or self.state
            self._problems = [_as_json(problem) for problem in problems]
            self._is_rendering, self._has_failed = False, state is None
            self._notify()

    def close(self) -> None:
        """Announce that nothing more will come."""
        with self._changed:
            self.is_closed = True
            self._notify()

    def after(self, number: int, seconds: float) -> tuple[int, dict[str, Any]] | None:
        """The next update after that of ``number``, with its own number; ``None`` if none comes in ``seconds``."""
        with self._changed:
            if not self._changed.wait_for(lambda: self._number > number or self.is_closed, seconds):
                return None
            return self._number, self._as_dict()

    def _notify(self) -> None:
        self._number += 1
        self._changed.notify_all()

    def _as_dict(self) -> dict[str, Any]:
        state = self.state
        return {
            "name": self.name,
            "title": state.title if state else "",
            "edition": state.id if state else "",
            "pages": state.sizes if state else [],
            "setting": self._is_rendering,
            "failed": self._has_failed,
            "problems": self._problems,
        }


def _as_json(problem: Problem) -> dict[str, Any]:
    """The parts of a problem as a command prints it: place, rule, message, excerpt and hint."""
    span = problem.place.span
    _, _, excerpt = str(replace(problem, hint="")).partition("\n")
    return {
        "severity": problem.severity,
        "rule": problem.rule,
        "message": problem.message,
        "place": f"{problem.place.file}:{span.line}:{span.column}",
        "excerpt": excerpt,
        "hint": problem.hint,
    }
