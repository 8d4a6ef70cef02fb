"""A server for one browser on this machine: it listens on 127.0.0.1 alone.

Every address begins with a secret, which each run draws anew, so that pages of other sites can ask for nothing. A
request to another host name than this machine's is refused, against DNS rebinding. By Content Security Policy the page
loads nothing from elsewhere. The server of the standard library is enough for a dozen addresses, which are all read
only.
"""

from __future__ import annotations

import hmac
import json
import secrets
import sys
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

from c6brief.about import FONTS
from c6brief.preview.feed import Feed

ADDRESS = "127.0.0.1"

POLICY = "default-src 'self'; object-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"

BEAT = 15.0
"""Seconds without an event after which a comment is sent, so that the browser keeps the connection."""

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

    def __init__(self, feed: Feed, port: int = 0) -> None:
        self.feed = feed
        self.token = secrets.token_urlsafe(24)
        super().__init__((ADDRESS, port), _RequestHandler)

    @property
    def url(self) -> str:
        """The address to open, with the secret in it."""
        return f"http://{ADDRESS}:{self.server_port}/{self.token}/"

    def handle_error(self, request: object, client_address: object) -> None:
        """Print the error, unless the browser has closed the connection."""
        reason = sys.exception()
        if reason is not None and not isinstance(reason, OSError):
            print(f"c6brief: preview: {type(reason).__name__}: {reason}", file=sys.stderr)


class _RequestHandler(BaseHTTPRequestHandler):
    server: Server
    protocol_version = "HTTP/1.1"
    timeout = 60

    def parse_request(self) -> bool:
        """Read a request of any method. One without the secret, or to another host, is refused."""
        if not super().parse_request():
            return False
        port = self.server.server_port
        path = urlsplit(self.path).path
        secret, slash, self.name = path.removeprefix("/").partition("/")
        known = hmac.compare_digest(secret.encode("utf-8", "replace"), self.server.token.encode())
        if known and slash and self.headers.get("Host") in (f"{ADDRESS}:{port}", f"localhost:{port}"):
            return True
        self.close_connection = True
        self._send(b"refused\n", "text/plain; charset=utf-8", status=403)
        return False

    def do_GET(self) -> None:
        state = self.server.feed.state
        query = parse_qs(urlsplit(self.path).query)
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
        """Send the state now and every later one, as Server-Sent Events, until the browser or the preview ends."""
        self.close_connection = True
        self._head("text/event-stream", None, keep=False)
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
        self.send_header("Cross-Origin-Resource-Policy", "same-origin")
        self.send_header("Referrer-Policy", "no-referrer")
        self.send_header("X-Content-Type-Options", "nosniff")
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
