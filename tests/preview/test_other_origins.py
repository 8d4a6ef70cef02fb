"""A page of another site in a real Chromium: it knows the whole address of the preview, and gets nothing."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, HTTPServer, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest
from selenium.webdriver import Chrome

from c6brief.preview import server as module
from c6brief.preview.address_file import address_file
from c6brief.preview.feed import Feed
from c6brief.preview.server import Server
from tests.support.browser import chromium
from tests.support.process import until

FOREIGN = "attacker.example"

ATTACK = """
const [url, done] = arguments, ours = new URL(url), outcomes = {};
const noted = (name) => [() => { outcomes[name] = true; }, () => { outcomes[name] = false; }];
const element = (name, tag, values) => new Promise((resolve) => {
    const one = Object.assign(document.createElement(tag), values);
    one.onload = () => resolve(); one.onerror = () => resolve(Promise.reject());
    document.body.append(one);
}).then(...noted(name));
const script = fetch(url + 'preview.js').then((answer) => { if (!answer.ok) throw answer; return answer.text(); });
const opened = (name, one) => new Promise((resolve) => {
    one.onopen = () => resolve(); one.onerror = () => resolve(Promise.reject());
}).then(...noted(name)).then(() => one.close());
const all = [
    script.then(...noted('fetch')),
    fetch(url + 'brief.pdf', {mode: 'no-cors'}).then(noted('no-cors')[1], noted('no-cors')[1]),
    fetch(url, {method: 'POST', mode: 'no-cors', body: 'x'}).then(noted('post')[1], noted('post')[1]),
    element('script', 'script', {src: url + 'preview.js'}),
    element('image', 'img', {src: url + 'icon.svg'}),
    element('style', 'link', {rel: 'stylesheet', href: url + 'preview.css'}),
    opened('events', new EventSource(url + 'events')),
    opened('socket', new WebSocket('ws://' + ours.host + ours.pathname + 'events')),
    new FontFace('x', `url(${url}fonts/SourceSans3-Regular.ttf)`).load().then(...noted('font')),
];
const frame = Object.assign(document.createElement('iframe'), {src: url});
document.body.append(frame);
Promise.all(all).then(() => setTimeout(() => {
    try { outcomes.frame = Boolean(frame.contentDocument && frame.contentDocument.getElementById('pages')); }
    catch { outcomes.frame = false; }
    done(outcomes);
}, 300));
"""


class _Page(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        self.send_response(200)
        self.send_header("Content-Type", "text/html")
        self.end_headers()
        self.wfile.write(b"<!DOCTYPE html><title>Foreign</title><body>")

    def log_message(self, format: str, *args: object) -> None:
        pass


@contextmanager
def serving(server: HTTPServer) -> Iterator[None]:
    threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True).start()
    try:
        yield
    finally:
        server.shutdown()
        server.server_close()


Seen = list[tuple[str, str | None, str | None, int]]


@pytest.fixture
def seen(monkeypatch: pytest.MonkeyPatch) -> Seen:
    """Every answer of the preview: method, ``Sec-Fetch-Site``, ``Sec-Fetch-Dest``, status."""
    answers: Seen = []

    def note(handler: Any, code: int, size: object = "-") -> None:
        fetch = [handler.headers.get(f"Sec-Fetch-{name}") for name in ("Site", "Dest")]
        answers.append((handler.command, *fetch, int(code)))

    monkeypatch.setattr(module._RequestHandler, "log_request", note)
    return answers


def attack(browser: Chrome, url: str) -> dict[str, bool]:
    browser.set_script_timeout(60)
    return browser.execute_async_script(ATTACK, url)


def test_a_page_of_another_site_gets_nothing(tmp_path: Path, seen: Seen) -> None:
    feed = Feed("lifts.pdf")
    preview, foreign = Server(feed), ThreadingHTTPServer(("127.0.0.1", 0), _Page)
    with (
        serving(preview),
        serving(foreign),
        chromium(tmp_path / "c", f"--host-resolver-rules=MAP {FOREIGN} 127.0.0.1") as browser,
    ):
        # From another site, from another port of this machine, which is the same site, and from the same name as ours.
        for origin in (FOREIGN, "localhost", "127.0.0.1"):
            browser.get(f"http://{origin}:{foreign.server_port}/")
            assert browser.title == "Foreign"
            seen.clear()
            outcomes = attack(browser, preview.url)
            assert not any(outcomes.values()), (origin, outcomes)
            assert len(outcomes) == 10
            assert {code for *_, code in seen} == {403}
            dests = {dest for _, _, dest, _ in seen}
            # A WebSocket does not tell its destination.
            assert dests >= {"empty", "script", "image", "style", "font", "iframe", None}, dests
            assert "POST" in {method for method, *_ in seen}

        # A name of another site that leads here: the browser takes the preview for a part of that site.
        rebound = preview.url.replace("127.0.0.1", FOREIGN)
        seen.clear()
        browser.get(rebound)
        assert browser.find_element("tag name", "body").text == "refused"
        outcomes = attack(browser, rebound)
        assert not any(outcomes.values()), outcomes
        assert {code for *_, code in seen} == {403}
        # Chromium sends no Fetch Metadata to an address without TLS that is no name of this machine: ``Host`` alone tells.
        assert {site for _, site, _, _ in seen} == {None}

        # Another site may open a window, which is a visit; it holds nothing of that window.
        browser.get(f"http://{FOREIGN}:{foreign.server_port}/")
        browser.execute_script("window.other = window.open(arguments[0])", preview.url)
        until(lambda: len(browser.window_handles) == 2, "the window")
        until(lambda: browser.execute_script("return window.other.closed"), "the windows to be parted")

        # The same attempts from our own page succeed, so what fails above is refused and not broken.
        with address_file(preview.url) as path:
            browser.get(path.as_uri())
            until(lambda: browser.current_url == preview.url, "the page that the file leads to")
        policy = "Page.setBypassCSP"  # our page may not load scripts of others either, nor frames
        browser.execute_cdp_cmd(policy, {"enabled": True})
        browser.get(preview.url)
        outcomes = attack(browser, preview.url)
        wanted = ("fetch", "script", "image", "style", "events", "font")
        assert [name for name in wanted if not outcomes[name]] == [], json.dumps(outcomes)
        feed.close()
