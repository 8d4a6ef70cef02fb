"""A running preview: the server, in threads of its own, and what it shows."""

from __future__ import annotations

import shutil
import threading
import webbrowser
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from c6brief.build.watch import WarmResult
from c6brief.documents.boundary import read_file
from c6brief.evidence.matching import SourceText
from c6brief.preview.address_file import address_file
from c6brief.preview.feed import Feed
from c6brief.preview.server import Server
from c6brief.preview.state import PreviewState


class Session:
    """Serves the pages of the brief at ``path``, on ``port`` of 127.0.0.1 (0: a free one), until :meth:`close`.

    Raises ``OSError`` or ``OverflowError`` where the port cannot be used.
    """

    def __init__(self, path: Path, port: int) -> None:
        self.path = path
        self.feed = Feed(f"{path.stem}.pdf")
        self._texts: Mapping[str, SourceText] = {}
        self._server = Server(self.feed, port)
        threading.Thread(target=self._server.serve_forever, name="preview", daemon=True).start()

    @property
    def url(self) -> str:
        """The address to open, with its secret."""
        return self._server.url

    @contextmanager
    def open_browser(self) -> Iterator[None]:
        """Open the page in the user's browser, by a file that is deleted when the browser comes, or with the block.

        Raises ``OSError`` where no file can be written.
        """
        with address_file(self.url) as path:
            self._server.visited = lambda: shutil.rmtree(path.parent, ignore_errors=True)
            # Some systems start a browser only after a while; the pages need not wait for it.
            threading.Thread(target=webbrowser.open, args=(path.as_uri(),), daemon=True).start()
            yield

    def show(self, result: WarmResult) -> None:
        """Show the result of a render: the file that was written, or that none was, and its problems."""
        if result.texts is not None:
            self._texts = result.texts
        self.feed.show(self._state(result), result.problems)

    def close(self) -> None:
        """Stop the server."""
        self.feed.close()
        self._server.shutdown()
        self._server.server_close()

    def _state(self, result: WarmResult) -> PreviewState | None:
        """The state of the file that was written, as it is on the disk; ``None`` where none was."""
        for brief, target in result.written_files.items():
            return PreviewState(read_file(target, is_named=True), result.rests_on[brief], self._texts)
        return None
