"""What the browser is to show now, and a way to wait for what comes next."""

from __future__ import annotations

import threading
from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from c6brief.documents.problems import Problem
from c6brief.preview.edition import PreviewState


class Stage:
    """The last good edition and the problems of the last print. ``name`` is how the PDF's file is called.

    Written by the one thread that prints, read by those that serve.
    """

    def __init__(self, name: str) -> None:
        self.name = name
        self.edition: PreviewState | None = None
        self.closed = False
        self._problems: list[dict[str, Any]] = []
        self._number = 0
        self._setting, self._failed = True, False
        self._news = threading.Condition()

    def setting(self) -> None:
        """A print begins."""
        with self._news:
            self._setting = True
            self._tell()

    def show(self, edition: PreviewState | None, problems: Iterable[Problem]) -> None:
        """A print has ended: with ``edition``, or with none, and with these ``problems``."""
        with self._news:
            self.edition = edition or self.edition
            self._problems = [_told(problem) for problem in problems]
            self._setting, self._failed = False, edition is None
            self._tell()

    def close(self) -> None:
        """Nothing more will come."""
        with self._news:
            self.closed = True
            self._tell()

    def after(self, number: int, seconds: float) -> tuple[int, dict[str, Any]] | None:
        """The state that follows state ``number``, with its own number; ``None`` if none has come for so long."""
        with self._news:
            if not self._news.wait_for(lambda: self._number > number or self.closed, seconds):
                return None
            return self._number, self._state()

    def _tell(self) -> None:
        self._number += 1
        self._news.notify_all()

    def _state(self) -> dict[str, Any]:
        edition = self.edition
        return {
            "name": self.name,
            "title": edition.title if edition else "",
            "edition": edition.id if edition else "",
            "pages": edition.sizes if edition else [],
            "setting": self._setting,
            "failed": self._failed,
            "problems": self._problems,
        }


def _told(problem: Problem) -> dict[str, Any]:
    """A problem as the command prints it, in parts: place, rule, message, excerpt and suggestion."""
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
