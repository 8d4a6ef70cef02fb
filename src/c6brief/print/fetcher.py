"""What WeasyPrint may read: files that the page knows, and small data addresses. Nothing else, no network."""

from __future__ import annotations

import mimetypes
from collections import Counter
from collections.abc import Callable
from hashlib import sha256
from pathlib import Path
from typing import Any

from weasyprint.urls import URLFetcher, URLFetcherResponse

from c6brief.documents.boundary import read_file
from c6brief.documents.drawing_size import find_multiplied_in
from c6brief.documents.images.facts import media_type_of
from c6brief.documents.picturefile import check_picture
from c6brief.documents.problems import Place, Problems
from c6brief.pages.output_places import place_of_line
from c6brief.print.page_limits import report_multiplied

LARGEST_DATA_URL = 2_000_000
"""Characters of a ``data:`` address (RFC 2397); a picture for a cover has a tenth."""


MOST_IMPORTS = 20
"""How often one style sheet is read for a page. WeasyPrint follows each ``@import``, also one that leads back."""


class ProjectFetcher(URLFetcher):  # type: ignore[misc]  # WeasyPrint has no types
    """Serves the files that ``resolve`` finds behind an address, and refuses everything else."""

    def __init__(
        self,
        resolve: Callable[[str], Path | None],
        problems: Problems,
        brief: Place,
        picture: Callable[[str], bytes | None] = lambda url: None,
    ) -> None:
        """``picture`` gives the image that is printed for an address; ``resolve`` is asked for all others."""
        super().__init__(allowed_protocols=("data",), allow_redirects=False)
        self._resolve, self._problems, self._brief, self._picture = resolve, problems, brief, picture
        self.refused: dict[str, Place] = {}
        """The place of each drawing that is reported and not served, by its address."""
        self._read_sheets: Counter[Path] = Counter()
        self.served: dict[str, bytes] = {}
        """The SHA-256 of each file that was served, by its address."""

    def fetch(self, url: str, headers: dict[str, Any] | None = None) -> URLFetcherResponse:
        """The file behind ``url``. Raises ``ValueError``, which WeasyPrint logs and we report."""
        if url.startswith("data:"):
            if len(url) > LARGEST_DATA_URL:
                raise ValueError(f"a data address of {len(url):,} characters; at most {LARGEST_DATA_URL:,} are read")
            response = super().fetch(url, headers)
            data = response.read()
            self._check_drawing(data, url, None)
            return URLFetcherResponse(url, data, {"Content-Type": response.content_type})
        picture = self._picture(url)
        if picture is not None:
            self.served[url] = sha256(picture).digest()
            return URLFetcherResponse(url, picture, {"Content-Type": media_type_of(picture)})
        path = self._resolve(url)
        if path is None:
            raise ValueError("not a file of the template or the project")
        media_type = mimetypes.guess_type(path.name)[0] or "application/octet-stream"
        if media_type == "text/css":
            self._read_sheets[path] += 1
            if self._read_sheets[path] > MOST_IMPORTS:
                raise ValueError(f"style sheets import it more than {MOST_IMPORTS} times: does it import itself?")
        data = read_file(path)
        if media_type.startswith("image/"):
            check_picture(data)
        self._check_drawing(data, url, path)
        self.served[url] = sha256(data).digest()
        return URLFetcherResponse(url, data, {"Content-Type": media_type})

    def _check_drawing(self, data: bytes, url: str, path: Path | None) -> None:
        """Refuse a drawing that unfolds. Problem: ``drawing-unfolds``. Raises ``ValueError``."""
        if (found := find_multiplied_in(data)) is None:
            return
        if url not in self.refused:
            self.refused[url] = place_of_line(path, found[1]) if path else self._brief
            report_multiplied(found[0], self.refused[url], self._problems)
        raise ValueError("the drawing unfolds")

    def serves_same_as(self, other: ProjectFetcher) -> bool:
        """Whether ``other`` would serve the same bytes for every address that this one has served."""
        try:
            return all(other._digest(url) == digest for url, digest in self.served.items())
        except OSError:
            return False

    def _digest(self, url: str) -> bytes | None:
        """The SHA-256 of what is served for ``url``; ``None`` where nothing is. Raises ``OSError``."""
        picture, path = self._picture(url), None
        if picture is None and (path := self._resolve(url)) is not None:
            picture = read_file(path)
        return None if picture is None else sha256(picture).digest()
