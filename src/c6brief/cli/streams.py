"""Standard output and standard error: the one place through which every word of a command goes.

Names of files, words of a project and of a PDF may hold anything, and so may the encoding, the disk or the pipe that words
are printed to. What is written here cannot steer a terminal, fits the encoding, and raises nothing.
"""

from __future__ import annotations

import errno
import io
import os
import sys
from collections.abc import Callable
from functools import wraps
from typing import ParamSpec, TextIO

from c6brief.documents.problems import escape_controls

Given = ParamSpec("Given")


class SafeStream(io.TextIOBase):
    """A stream that writes to ``stream`` with control characters, and those that its encoding lacks, as ``\\u001b``.

    That is an escape of JSON too, so that JSON stays JSON. After an error nothing more is written: it is kept in ``lost``.
    """

    def __init__(self, stream: TextIO) -> None:
        self.stream = stream
        self.lost: OSError | None = None

    @property
    def encoding(self) -> str:  # type: ignore[override]  # of the class it is a plain attribute
        """The encoding of what is written."""
        return self.stream.encoding or "utf-8"

    def writable(self) -> bool:
        """Always."""
        return True

    def isatty(self) -> bool:
        """Whether a terminal shows what is written."""
        return self.stream.isatty()

    def fileno(self) -> int:
        """The descriptor."""
        return self.stream.fileno()

    def write(self, text: str) -> int:
        """Write ``text``. Line feeds end lines. Returns its length."""
        if self.lost is None:
            try:
                self.stream.write(_escape(text, self.encoding))
            except OSError as error:
                self._lose(error)
        return len(text)

    def flush(self) -> None:
        """Write what is kept back."""
        if self.lost is None:
            try:
                self.stream.flush()
            except OSError as error:
                self._lose(error)

    def _lose(self, error: OSError) -> None:
        """Keep ``error``, and let what Python still writes at its end go nowhere."""
        self.lost = error
        try:
            nowhere = os.open(os.devnull, os.O_WRONLY)
            os.dup2(nowhere, self.stream.fileno())
            os.close(nowhere)
        except OSError:  # a stream without a descriptor
            pass


def under(stream: TextIO) -> TextIO:
    """The stream that ``stream`` writes to, for what moves the cursor of a terminal."""
    return stream.stream if isinstance(stream, SafeStream) else stream


def printing_safely(command: Callable[Given, None]) -> Callable[Given, None]:
    """``command``, with standard output and standard error as :class:`SafeStream`.

    Where they are closed, what is printed goes nowhere. Where they are full or nobody reads them any more, the command goes
    on to its end, and its exit status is 1 in place of 0; of a full one this is told on the other: ``output-lost``.
    """

    @wraps(command)
    def run(*arguments: Given.args, **keywords: Given.kwargs) -> None:
        before = sys.stdout, sys.stderr
        _open_closed_ones()
        out, err = SafeStream(sys.stdout), SafeStream(sys.stderr)
        sys.stdout, sys.stderr = out, err
        try:
            command(*arguments, **keywords)
        except SystemExit as stop:
            if stop.code or not _is_lost(out, err):
                raise
            sys.exit(1)
        else:
            if _is_lost(out, err):
                sys.exit(1)
        finally:
            sys.stdout, sys.stderr = before

    return run


def _is_lost(out: SafeStream, err: SafeStream) -> bool:
    """Write what is kept back. Returns whether words were lost; that those on ``out`` were is told on ``err``.

    It is not told where a pipe was closed: nobody wanted them.
    """
    out.flush()
    if out.lost and out.lost.errno != errno.EPIPE:
        err.write(f"c6brief: error[output-lost]: what is to be printed cannot be written: {out.lost.strerror}\n")
        err.write("      | print to a place that has room, and that you may write to\n")
    err.flush()
    return out.lost is not None or err.lost is not None


def _open_closed_ones() -> None:
    """Open the closed ones of the descriptors 0, 1 and 2, so that no file of a project gets their number."""
    for number, name, mode in ((0, "stdin", "r"), (1, "stdout", "w"), (2, "stderr", "w")):
        try:
            os.fstat(number)
        except OSError:
            os.open(os.devnull, os.O_RDWR)  # gets the lowest number that is free
        if getattr(sys, name) is None:
            setattr(sys, name, open(os.devnull, mode, encoding="utf-8"))  # noqa: SIM115  (as long as the process)


def _escape(text: str, encoding: str) -> str:
    """``text`` with control characters other than line feeds, and characters that ``encoding`` lacks, escaped."""
    if not all(line.isprintable() for line in text.split("\n")):
        text = escape_controls(text)
    try:
        text.encode(encoding)
    except UnicodeEncodeError:
        return "".join(char if _has(encoding, char) else escape_controls(char, always=True) for char in text)
    return text


def _has(encoding: str, char: str) -> bool:
    try:
        char.encode(encoding)
    except UnicodeEncodeError:
        return False
    return True
