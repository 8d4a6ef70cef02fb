"""What WeasyPrint may read: files that the page knows, and small data URIs. Nothing else, no network."""

from __future__ import annotations

import mimetypes
from collections.abc import Callable
from hashlib import sha256
from pathlib import Path

from weasyprint.urls import URLFetcher, URLFetcherResponse

LARGEST_DATA_URI = 2_000_000
"""Characters of a ``data:`` address; a picture for a cover has a tenth."""


class ProjectFetcher(URLFetcher):
    """Serves the files that ``resolve`` finds behind an address, and refuses everything else."""

    def __init__(self, resolve: Callable[[str], Path | None]) -> None:
        super().__init__(allowed_protocols=("data",), allow_redirects=False)
        self._resolve = resolve
        self.served: dict[str, bytes] = {}
        """The hash of each file that was served, by its address."""

    def fetch(self, url: str, headers: dict | None = None) -> URLFetcherResponse:
        """The file behind ``url``. Raises ``ValueError``, which WeasyPrint logs and we report."""
        if url.startswith("data:"):
            if len(url) > LARGEST_DATA_URI:
                raise ValueError(f"a data address of {len(url):,} characters; at most {LARGEST_DATA_URI:,} are read")
            return super().fetch(url, headers)
        path = self._resolve(url)
        if path is None:
            raise ValueError("not a file of the template or the project")
        kind = mimetypes.guess_type(path.name)[0] or "application/octet-stream"
        data = path.read_bytes()
        self.served[url] = sha256(data).digest()
        return URLFetcherResponse(url, data, {"Content-Type": kind})

    def serves_as(self, other: ProjectFetcher) -> bool:
        """Whether ``other`` would serve the same for all that this one has served."""
        try:
            return all(
                path is not None and sha256(path.read_bytes()).digest() == found
                for url, found in self.served.items()
                for path in [other._resolve(url)]
            )
        except OSError:
            return False
