"""The server of the preview under clients that are slow, many, or ask for what they should not."""

from __future__ import annotations

import contextlib
import os
import re
import shlex
import socket
import stat
import threading
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest

from c6brief.documents.problems import Place, Problem
from c6brief.preview import server as module
from c6brief.preview.feed import Feed
from c6brief.preview.requests import REQUEST_BYTES
from c6brief.preview.server import Server
from tests.support.process import Running, until
from tests.support.project import Folder


@pytest.fixture
def server(monkeypatch: pytest.MonkeyPatch) -> Iterator[Server]:
    """A server with less patience and fewer places than the real one."""
    monkeypatch.setattr(module, "REQUEST_SECONDS", 0.4)
    monkeypatch.setattr(module, "ANSWER_SECONDS", 0.4)
    monkeypatch.setattr(module._RequestHandler, "timeout", 0.4)
    monkeypatch.setattr(module, "MOST_CONNECTIONS", 4)
    server = Server(Feed("lifts.pdf"))
    thread = threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True)
    thread.start()
    yield server
    server.feed.close()
    server.shutdown()
    server.server_close()
    until(lambda: not busy(), "all threads to end")


def busy() -> list[threading.Thread]:
    """The threads that answer a connection."""
    return [thread for thread in threading.enumerate() if "process_request_thread" in thread.name]


def connect(server: Server, receive: int = 0) -> socket.socket:
    caller = socket.socket()
    if receive:
        caller.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, receive)
    caller.settimeout(20)
    caller.connect(server.server_address)
    return caller


def ask(server: Server, target: str = "", *, method: str = "GET", more: str = "", body: bytes = b"") -> bytes:
    """The whole answer to a request for ``target`` below the secret, or for an address that begins with ``/`` or has a host."""
    path = target if target.startswith(("/", "http:", "*")) else f"/{server.token}/{target}"
    host = "" if "Host:" in more else f"Host: {server.hosts[0]}\r\n"
    with connect(server) as caller:
        with contextlib.suppress(OSError):  # it is refused before all of it has come
            caller.sendall(
                f"{method} {path} HTTP/1.1\r\n{host}{more}Connection: close\r\n\r\n".encode("latin-1") + body
            )
        return read_all(caller)


def read_all(caller: socket.socket) -> bytes:
    got = b""
    with contextlib.suppress(ConnectionResetError):
        while piece := caller.recv(65_536):
            got += piece
    return got


def status(answer: bytes) -> int:
    assert answer.startswith(b"HTTP/1.1 "), answer[:80]
    return int(answer.split()[1])


def test_more_connections_than_there_are_places_are_told_to_come_again(server: Server) -> None:
    held = [connect(server) for _ in range(4)]
    until(lambda: len(busy()) == 4, "four threads")
    for _ in range(20):
        answer = ask(server)
        assert status(answer) == 503
        assert b"\r\nRetry-After: 1\r\n" in answer
        assert len(busy()) == 4
    for each in held:
        each.close()
    until(lambda: not busy(), "the places to be free")
    assert status(ask(server)) == 200


def test_slow_requests_are_given_up_and_make_room(server: Server) -> None:
    """A line that comes by the letter, a head that never ends, and a connection that says nothing."""
    begun = time.monotonic()
    with connect(server) as silent, connect(server) as letters, connect(server) as kept:
        kept.sendall(f"GET /{server.token}/ HTTP/1.1\r\nHost: {server.hosts[0]}\r\n\r\nGET /".encode())
        ended = {id(each): 0.0 for each in (silent, letters)}
        line = iter(f"GET /{server.token}/ HTTP/1.1\r\nX: {'x' * 1000}".encode())
        with contextlib.suppress(OSError):
            while time.monotonic() < begun + 10:
                letters.sendall(bytes([next(line)]))
                letters.settimeout(0.02)
                with contextlib.suppress(TimeoutError):
                    assert letters.recv(100) == b""
                    break
        ended[id(letters)] = time.monotonic() - begun
        assert read_all(silent) == b""
        ended[id(silent)] = time.monotonic() - begun
        assert status(read_all(kept)) == 200  # and the second request, of which half came, is not answered
        assert max(ended.values()) < 5
    until(lambda: not busy(), "the places to be free")


def test_a_reader_that_takes_nothing_is_given_up(server: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(module.FILES, "large", ("../server.py", "text/plain"))
    monkeypatch.setattr(Path, "read_bytes", lambda path: b"x" * 20_000_000)
    with connect(server, receive=4096) as slow:
        slow.sendall(f"GET /{server.token}/large HTTP/1.1\r\nHost: {server.hosts[0]}\r\n\r\n".encode())
        until(busy, "the request")
        until(lambda: not busy(), "the thread to end")
        assert len(read_all(slow)) < 20_000_000


@pytest.mark.rest
def test_a_reader_of_events_that_takes_nothing_is_given_up(server: Server) -> None:
    problem = Problem("unknown-id", "no source " * 20_000, Place("briefs/lifts.yaml"), "")
    with connect(server, receive=4096) as slow, connect(server) as reader:
        for each in (slow, reader):
            each.sendall(f"GET /{server.token}/events HTTP/1.1\r\nHost: {server.hosts[0]}\r\n\r\n".encode())
        until(lambda: len(busy()) == 2, "both requests")
        taken = threading.Thread(target=read_all, args=(reader,), daemon=True)
        taken.start()
        for _ in range(60):
            server.feed.show(None, [problem])
            time.sleep(0.02)
        until(lambda: len(busy()) == 1, "the thread of the slow one to end")
        assert taken.is_alive()
        server.feed.close()
        taken.join(10)
        assert not taken.is_alive()


@pytest.mark.parametrize(
    ("target", "more", "wanted"),
    [
        ("", "", 200),
        ("preview.js", "Sec-Fetch-Site: same-origin\r\n", 200),
        ("", "Sec-Fetch-Site: none\r\n", 200),
        ("", "Sec-Fetch-Site: cross-site\r\nSec-Fetch-Mode: navigate\r\nSec-Fetch-Dest: document\r\n", 200),
        ("", "Sec-Fetch-Site: cross-site\r\nSec-Fetch-Mode: navigate\r\nSec-Fetch-Dest: iframe\r\n", 403),
        ("preview.js", "Sec-Fetch-Site: cross-site\r\nSec-Fetch-Mode: no-cors\r\n", 403),
        ("preview.js", "Sec-Fetch-Site: same-site\r\n", 403),
        ("preview.js", "Sec-Fetch-Site: same-origin\r\nSec-Fetch-Site: cross-site\r\n", 403),
        ("preview.js", "Origin: http://OURS\r\n", 200),
        ("preview.js", "Origin: null\r\n", 403),
        ("preview.js", "Origin: http://attacker.example\r\n", 403),
        ("preview.js", "Origin: http://OURS.attacker.example\r\n", 403),
        ("preview.js", "Origin: https://OURS\r\n", 403),
        ("preview.js", "Referer: http://OURS/x/\r\n", 200),
        ("preview.js", "Referer: http://attacker.example/\r\n", 403),
        ("preview.js", "Referer: http://OURS.attacker.example/\r\n", 403),
        ("", "Host: OURS\r\nHost: OURS\r\n", 403),
        ("", "Host: attacker.example\r\n", 403),
        ("", "Host: OURS.\r\n", 403),
        ("", "Host: attacker.example@OURS\r\n", 403),
        ("", "Host:\r\n", 403),
        ("http://OURS/SECRET/", "", 403),
        ("http://[/SECRET/", "", 403),
        ("*", "", 403),
        ("//SECRET/", "", 200),  # the standard library makes one of several strokes
        ("/SECRET", "", 403),
        ("/SECRE/", "", 403),
        ("/SECRET%2f", "", 403),
        ("/x/../SECRET/", "", 403),
        ("/./SECRET/", "", 403),
        ("/\xff/", "", 403),
        ("../SECRET/", "", 404),
        ("fonts/../preview.js", "", 404),
        ("fonts/..%2fpreview.js", "", 404),
        ("%2e%2e/server.py", "", 404),
        ("..\\server.py", "", 404),
        ("/SECRET/\0", "", 404),
        ("%00", "", 404),
        ("preview.js%00.png", "", 404),
        ("page/1?edition=" + "x" * 20_000, "", 404),
        ("x" * REQUEST_BYTES, "", 431),
        ("", f"X: {'x' * REQUEST_BYTES}\r\n", 431),
        ("", "".join(f"X-{number}: x\r\n" for number in range(99)), 431),
        ("", "".join(f"X-{number}: x\r\n" for number in range(90)), 200),
        ("", "Content-Length: 5\r\n", 413),
        ("", "Content-Length: 0\r\n", 200),
        ("", "Content-Length: -1\r\n", 413),
        ("", "Content-Length: 0\r\nContent-Length: 9\r\n", 413),
        ("", "Transfer-Encoding: chunked\r\n", 413),
        ("", "Upgrade: websocket\r\nConnection: Upgrade\r\nOrigin: http://attacker.example\r\n", 403),
    ],
)
def test_what_is_answered_and_what_is_not(server: Server, target: str, more: str, wanted: int) -> None:
    def filled(text: str) -> str:
        return text.replace("OURS", server.hosts[0]).replace("SECRET", server.token).replace("SECRE", server.token[:-1])

    answer = ask(server, filled(target), more=filled(more))
    assert status(answer) == wanted
    head = answer.partition(b"\r\n\r\n")[0]
    assert b"\r\nContent-Security-Policy: default-src 'self';" in head
    assert server.token.encode() not in answer


@pytest.mark.parametrize(
    "method", ["POST", "PUT", "DELETE", "OPTIONS", "TRACE", "CONNECT", "PATCH", "get", "__init__", "X" * 99]
)
def test_no_method_but_reading(server: Server, method: str) -> None:
    answer = ask(server, method=method, body=b"x" * 1_000_000)
    assert status(answer) == 405
    assert b"\r\nAllow: GET, HEAD\r\n" in answer


@pytest.mark.parametrize(
    "bytes_sent",
    [
        b"\0\0\0\r\n\r\n",
        b"GET\r\n\r\n",
        b"GET / HTTP/9.9\r\n\r\n",
        b"GET / x y z\r\n\r\n",
        b"\x16\x03\x01\x02\x00\x01\r\n\r\n",
    ],
)
def test_what_is_no_request_is_refused(server: Server, bytes_sent: bytes, capsys: pytest.CaptureFixture[str]) -> None:
    with connect(server) as caller:
        caller.sendall(bytes_sent)
        assert status(read_all(caller)) in (400, 403, 505)
    assert capsys.readouterr().err == ""


def test_a_head_request_has_no_body(server: Server) -> None:
    for name in ("", "preview.js", "events"):
        answer = ask(server, name, method="HEAD")
        assert status(answer) == 200
        assert answer.endswith(b"\r\n\r\n")


VISITOR = """#!/bin/sh
printf '%s' "$1" > {seen}
"""


def test_the_list_of_processes_does_not_show_the_secret(folder: Folder, tmp_path: Path) -> None:
    """A browser is started with the name of a file, which only its owner can read, and which is gone after the visit."""
    seen, visitor = tmp_path / "seen", tmp_path / "visitor"
    visitor.write_text(VISITOR.format(seen=shlex.quote(str(seen))))
    visitor.chmod(0o755)
    with Running(folder.root, "preview", "briefs/lifts.yaml", BROWSER=f"{visitor} %s", TMPDIR=str(tmp_path)) as running:
        url = re.search(r"http://\S+", running.wait_for("Ctrl-C"))[0]
        until(lambda: seen.is_file() and seen.read_text(), "the browser")
        argument = seen.read_text()
        assert argument.startswith("file:///")
        page = Path(argument.removeprefix("file://"))
        assert stat.S_IMODE(page.stat().st_mode) == 0o600
        assert stat.S_IMODE(page.parent.stat().st_mode) == 0o700
        assert f'content="0; url={url}"' in page.read_text()
        secret = url.split("/")[3].encode()
        for process in Path("/proc").glob("[0-9]*"):
            if int(process.name) != os.getpid():
                for name in ("cmdline", "environ"):
                    with contextlib.suppress(OSError):
                        assert secret not in (process / name).read_bytes()
        assert urllib.request.urlopen(url, timeout=20).status == 200
        until(lambda: not page.parent.exists(), "the file to be gone")
        assert running.interrupt() == 0
    assert not [*tmp_path.glob("c6brief-*"), *tmp_path.glob("weasyprint-*")]
