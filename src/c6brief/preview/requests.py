"""Which requests the preview answers, and how they are read.

The secret is known to the browser of the one who started the preview. A page of another site that has learnt it, say from
a screen that was shared, must read nothing all the same: a browser tells where a request comes from
(`Fetch Metadata <https://www.w3.org/TR/fetch-metadata/>`_, ``Origin``), and the name by which it found this machine
(``Host``), which is another one where a site has pointed its own name here (DNS rebinding).
"""

from __future__ import annotations

import hmac
import io
import socket
import time
from collections.abc import Sequence
from email.message import Message
from typing import NamedTuple

REQUEST_BYTES = 32_768
"""Bytes that a request may have: its first line and its headers. Those of browsers have about one thousand."""


class Refusal(NamedTuple):
    """Why a request is not answered."""

    status: int
    why: str


def find_refusal(method: str, target: str, headers: Message, secret: str, hosts: Sequence[str]) -> Refusal | None:
    """Why a request is refused; ``None`` where it is to be answered.

    ``target`` is what its first line asks for, and must be a path that begins with ``/SECRET/``; ``hosts`` are the names by
    which this server may be called. Nothing in it is decoded, so ``%2e`` is no dot.
    """
    first, slash, _ = target.partition("?")[0].removeprefix("/").partition("/")
    known = hmac.compare_digest(first.encode("utf-8", "replace"), secret.encode())
    host = headers.get_all("Host", [])
    if not (target.startswith("/") and known and slash and len(host) == 1 and host[0] in hosts):
        return Refusal(403, "refused")
    if not _is_from_here(headers, f"http://{host[0]}"):
        return Refusal(403, "refused: a page of another site asks")
    if method not in ("GET", "HEAD"):
        return Refusal(405, "pages are read, and nothing else")
    if headers.get("Transfer-Encoding") is not None or headers.get_all("Content-Length", ["0"]) != ["0"]:
        return Refusal(413, "a request has no body here")
    return None


def _is_from_here(headers: Message, origin: str) -> bool:
    """Whether a request comes from our page, or is a visit: an address that is opened in a window of its own.

    A program that is no browser sends none of these headers.
    """
    if any(each != origin for each in headers.get_all("Origin", [])):
        return False
    if any(not each.startswith(f"{origin}/") for each in headers.get_all("Referer", [])):
        return False
    sites = headers.get_all("Sec-Fetch-Site", [])
    is_visit = (headers.get("Sec-Fetch-Mode"), headers.get("Sec-Fetch-Dest")) == ("navigate", "document")
    return all(each in ("same-origin", "none") for each in sites) or is_visit


class RequestTooLargeError(Exception):
    """A request has more than :data:`REQUEST_BYTES`."""


class RequestReader(io.RawIOBase):
    """Reads requests from ``connection``, each within a time and up to a size."""

    def __init__(self, connection: socket.socket) -> None:
        self._connection = connection
        self.begin(0)

    def buffered(self) -> io.BufferedReader:
        """A file that can be read by the line."""
        return io.BufferedReader(self, 4096)

    def begin(self, seconds: float) -> None:
        """Begin a request, which must have come within so many ``seconds``, however many pieces it comes in."""
        self._end = time.monotonic() + seconds
        self._left = REQUEST_BYTES

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]
        """Raises ``TimeoutError`` when the time is over, and :class:`RequestTooLargeError`."""
        seconds = self._end - time.monotonic()
        if seconds <= 0:
            raise TimeoutError
        if self._left <= 0:
            raise RequestTooLargeError
        self._connection.settimeout(seconds)
        count = self._connection.recv_into(buffer)
        self._left -= count
        return count
