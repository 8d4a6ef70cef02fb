"""What WeasyPrint may read: files of the template, the bundled fonts, small data URIs. Nothing else, no network.

A template's relative addresses reach us as ``https://template.invalid/…`` (a name that RFC 6761 reserves), its
fonts as ``c6brief:fonts/NAME``.
"""

from __future__ import annotations

import mimetypes
from collections.abc import Callable
from pathlib import Path
from urllib.parse import unquote, urlsplit

from weasyprint.urls import URLFetcher, URLFetcherResponse

TEMPLATE = "https://template.invalid/"
"""The base address of a page."""

BUNDLED = "c6brief:fonts/"
FONTS = Path(__file__).parent.parent / "assets" / "fonts"

LARGEST_DATA_URI = 2_000_000
"""Characters of a ``data:`` address; a picture for a cover has a tenth."""


class ProjectFetcher(URLFetcher):
    """Serves the template's own files, found by ``resolve``, and refuses everything else."""

    def __init__(self, resolve: Callable[[str], Path | None]) -> None:
        super().__init__(allowed_protocols=("data",), allow_redirects=False)
        self._resolve = resolve

    def fetch(self, url: str, headers: dict | None = None) -> URLFetcherResponse:
        """The file behind ``url``. Raises ``ValueError``, which WeasyPrint logs and we report."""
        if url.startswith(TEMPLATE):
            name = unquote(urlsplit(url).path.lstrip("/"))
            path = self._resolve(name)
            if path is None:
                raise ValueError(f"the template has no file '{name}'")
            return _served(url, path)
        if url.startswith(BUNDLED):
            path = FONTS / Path(unquote(url.removeprefix(BUNDLED))).name
            if not path.is_file():
                raise ValueError(f"no bundled font '{path.name}'")
            return _served(url, path)
        if url.startswith("data:") and len(url) <= LARGEST_DATA_URI:
            return super().fetch(url, headers)
        raise ValueError(f"not a file of this project: {url[:80]}")


def _served(url: str, path: Path) -> URLFetcherResponse:
    kind = mimetypes.guess_type(path.name)[0] or "application/octet-stream"
    return URLFetcherResponse(url, path.read_bytes(), {"Content-Type": kind})
