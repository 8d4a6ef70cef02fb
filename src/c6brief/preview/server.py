"""A server for one browser on this machine: it listens on 127.0.0.1 alone.

Every address begins with a secret, which each run draws anew, so that pages of other sites can ask for nothing. It stands
in the path, since cookies of 127.0.0.1 are sent to the servers of all its ports. :mod:`c6brief.preview.requests` says
which requests are refused though they know it. By Content Security Policy the page loads nothing from elsewhere.
Connections, and so threads, are counted, and slow ones are closed: no client can use up this machine. The server of the
standard library is enough for a dozen addresses, which are all read only.
"""

from __future__ import annotations

import json
import secrets
import socket
import sys
import threading
import time
from collections import deque
from collections.abc import Callable
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

from c6brief.about import FONTS
from c6brief.preview.feed import Feed
from c6brief.preview.requests import REQUEST_BYTES, Refusal, RequestReader, RequestTooLargeError, find_refusal

ADDRESS = "127.0.0.1"

POLICY = "default-src 'self'; object-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"

BEAT = 15.0
"""Seconds without an event after which a comment is sent, so that the browser keeps the connection."""

MOST_CONNECTIONS = 32
"""Connections at a time, each with a thread. A browser opens six; more are answered with status 503."""

REQUEST_SECONDS = 10.0
"""Seconds within which a whole request must have come, counted from the connection or the answer before it."""

ANSWER_SECONDS = 20.0
"""Seconds within which an answer, or an event, must have been taken."""

EVENT_BYTES = 65_536
"""Bytes of events that wait in the system for a browser to take them, as far as the system keeps to it."""

_BUSY = (
    "HTTP/1.1 503 Service Unavailable\r\nRetry-After: 1\r\nContent-Type: text/plain; charset=utf-8\r\n"
    "Content-Length: 21\r\nConnection: close\r\n\r\ntoo many connections\n"
)

FILES = {
    "": ("index.html", "text/html; charset=utf-8"),
    "preview.css": ("preview.css", "text/css; charset=utf-8"),
    "preview.js": ("preview.js", "text/javascript; charset=utf-8"),
    "icon.svg": ("icon.svg", "image/svg+xml"),
}

PAGE_FONTS = (
    "SourceSans3-Regular.ttf",
    "SourceSans3-Semibold.ttf",
    "SourceSerif4-Regular.ttf",
    "SourceSerif4-It.ttf",
    "SourceSerif4Display-Semibold.ttf",
)


class Server(ThreadingHTTPServer):
    """Serves what ``feed`` holds on a ``port``, a free one for 0. Raises ``OSError`` where the port is in use."""

    daemon_threads = True
    allow_reuse_address = False
    request_queue_size = MOST_CONNECTIONS

    def __init__(self, feed: Feed, port: int = 0) -> None:
        self.feed = feed
        self.token = secrets.token_urlsafe(24)
        self.visited: Callable[[], None] = lambda: None
        """Called when the page is asked for."""
        self._places = threading.BoundedSemaphore(MOST_CONNECTIONS)
        self._refused: deque[tuple[float, socket.socket]] = deque()
        super().__init__((ADDRESS, port), _RequestHandler)

    @property
    def url(self) -> str:
        """The address to open, with the secret in it."""
        return f"http://{ADDRESS}:{self.server_port}/{self.token}/"

    @property
    def hosts(self) -> tuple[str, str]:
        """What may stand in the header ``Host``."""
        return f"{ADDRESS}:{self.server_port}", f"localhost:{self.server_port}"

    def process_request(self, request: Any, client_address: Any) -> None:
        """Answer a connection in a thread of its own, or with status 503 where there are too many."""
        if not self._places.acquire(blocking=False):
            self._refuse(request)
            return
        try:
            super().process_request(request, client_address)
        except BaseException:  # no thread could be started
            self._places.release()
            raise

    def process_request_thread(self, request: Any, client_address: Any) -> None:
        """Answer the requests of a connection, and make room for another."""
        try:
            super().process_request_thread(request, client_address)
        finally:
            self._places.release()

    def _refuse(self, connection: socket.socket) -> None:
        """Send status 503 without waiting. The connection is closed a second later, so that the client can read it."""
        try:
            connection.setblocking(False)
            connection.send(_BUSY.encode())
            connection.shutdown(socket.SHUT_WR)
        except OSError:
            connection.close()
            return
        self._refused.append((time.monotonic() + 1, connection))
        self.service_actions()

    def service_actions(self) -> None:
        """Close refused connections whose second is over, and the oldest where there are many. Called twice a second."""
        while self._refused and (self._refused[0][0] < time.monotonic() or len(self._refused) > MOST_CONNECTIONS):
            self._refused.popleft()[1].close()

    def server_close(self) -> None:
        """Stop listening."""
        super().server_close()
        while self._refused:
            self._refused.popleft()[1].close()

    def handle_error(self, request: object, client_address: object) -> None:
        """Print the error, unless the browser has closed the connection."""
        reason = sys.exception()
        if reason is not None and not isinstance(reason, OSError):
            print(f"c6brief: preview: {type(reason).__name__}: {reason}", file=sys.stderr)


class _RequestHandler(BaseHTTPRequestHandler):
    server: Server
    protocol_version = "HTTP/1.1"
    default_request_version = "HTTP/1.1"
    timeout = ANSWER_SECONDS

    def setup(self) -> None:
        super().setup()
        self.rfile.close()
        self._reader = RequestReader(self.connection)
        self.rfile = self._reader.buffered()

    def handle_one_request(self) -> None:
        self.command, self.requestline, self.request_version = "", "", self.protocol_version
        self._reader.begin(REQUEST_SECONDS)
        try:
            super().handle_one_request()
        except RequestTooLargeError:
            self.send_error(431, f"a request has more than {REQUEST_BYTES} bytes")

    def parse_request(self) -> bool:
        """Read a request of any method. Returns ``False`` after an answer that refuses it."""
        if not super().parse_request():
            return False
        self.connection.settimeout(ANSWER_SECONDS)
        refusal = find_refusal(self.command, self.path, self.headers, self.server.token, self.server.hosts)
        if refusal is not None:
            self._refuse(refusal)
            return False
        self.name = urlsplit(self.path).path.removeprefix("/").partition("/")[2]
        return True

    def handle_expect_100(self) -> bool:
        return True  # no request of ours has a body to wait for

    def send_error(self, code: int, message: str | None = None, explain: str | None = None) -> None:
        """Refuse what the standard library cannot read, in the form of all other refusals."""
        self.connection.settimeout(ANSWER_SECONDS)
        self._refuse(Refusal(code, message or "this is no request"))

    def _refuse(self, refusal: Refusal) -> None:
        self.close_connection = True
        self._send(f"{refusal.why}\n".encode("utf-8", "replace"), "text/plain; charset=utf-8", status=refusal.status)

    def do_GET(self) -> None:
        state = self.server.feed.state
        query = parse_qs(urlsplit(self.path).query)
        if self.name == "":
            self.server.visited()
        if self.name in FILES:
            name, kind = FILES[self.name]
            self._send((Path(__file__).parent / "page" / name).read_bytes(), kind)
        elif self.name == "events":
            self._events()
        elif self.name.removeprefix("fonts/") in PAGE_FONTS:
            self._send((FONTS / self.name.removeprefix("fonts/")).read_bytes(), "font/ttf", keep=True)
        elif state is not None and self.name == "brief.pdf":
            self._send(state.data, "application/pdf")
        elif state is not None and self.name == "items":
            answer = {"edition": state.id, "items": state.items}
            self._send(json.dumps(answer, ensure_ascii=False).encode(), "application/json")
        elif state is not None and self.name.startswith("page/") and query.get("edition") == [state.id]:
            number, width = (
                _parse_number(self.name.removeprefix("page/")),
                _parse_number(query.get("width", ["1000"])[0]),
            )
            picture = state.picture(number, width)
            if picture is None:
                self._send(b"no such page\n", "text/plain; charset=utf-8", status=404)
            else:
                self._send(picture, "image/png", keep=True)
        else:
            self._send(b"not here\n", "text/plain; charset=utf-8", status=404)

    do_HEAD = do_GET

    def _events(self) -> None:
        """Send the state now and every later one, as Server-Sent Events, until the browser or the preview ends.

        A browser that takes none for :data:`ANSWER_SECONDS` is given up.
        """
        self.close_connection = True
        self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, EVENT_BYTES)
        self._head("text/event-stream", None, keep=False)
        if self.command == "HEAD":
            return
        number = 0
        while not self.server.feed.is_closed:
            update = self.server.feed.after(number, BEAT)
            if update is None:
                message = ": still here\n\n"
            else:
                number, values = update
                message = f"data: {json.dumps(values, ensure_ascii=False)}\n\n"
            try:
                self.wfile.write(message.encode("utf-8", "replace"))
                self.wfile.flush()
            except OSError:
                return

    def _send(self, body: bytes, kind: str, *, keep: bool = False, status: int = 200) -> None:
        self._head(kind, len(body), keep=keep, status=status)
        if self.command != "HEAD":
            self.wfile.write(body)

    def _head(self, kind: str, length: int | None, *, keep: bool, status: int = 200) -> None:
        self.send_response(status)
        self.send_header("Content-Type", kind)
        if length is not None:
            self.send_header("Content-Length", str(length))
        self.send_header("Cache-Control", "private, max-age=86400, immutable" if keep else "no-store")
        self.send_header("Content-Security-Policy", POLICY)
        self.send_header("Cross-Origin-Opener-Policy", "same-origin")
        self.send_header("Cross-Origin-Resource-Policy", "same-origin")
        self.send_header("Referrer-Policy", "no-referrer")
        self.send_header("X-Content-Type-Options", "nosniff")
        if status == 405:
            self.send_header("Allow", "GET, HEAD")
        if self.close_connection:
            self.send_header("Connection", "close")
        self.end_headers()

    def version_string(self) -> str:
        return "c6brief"

    def log_message(self, format: str, *args: object) -> None:
        """Requests are not logged: they hold the secret."""


def _parse_number(text: str) -> int:
    """The number that ``text`` stands for; 0 where it is none, or of six digits and more."""
    return int(text) if text.isascii() and text.isdigit() and len(text) < 6 else 0
