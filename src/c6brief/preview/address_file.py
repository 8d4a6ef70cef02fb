"""A file that leads a browser to the preview.

A browser is started with the address to open among its arguments, which every user of a machine can list. The address of
the preview holds its secret, so the browser is given this file instead, which only its owner can read.
"""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from html import escape
from pathlib import Path

PAGE = """<!DOCTYPE html>
<html lang="en">
<meta charset="utf-8">
<meta name="referrer" content="no-referrer">
<meta http-equiv="refresh" content="0; url={url}">
<title>Preview</title>
<p><a href="{url}">To the preview</a></p>
</html>
"""


@contextmanager
def address_file(url: str) -> Iterator[Path]:
    """A page that leads to ``url``. It is deleted with the block, if not before. Raises ``OSError``."""
    with tempfile.TemporaryDirectory(prefix="c6brief-preview-") as folder:
        path = Path(folder) / "preview.html"
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with open(descriptor, "w", encoding="utf-8") as file:
            file.write(PAGE.format(url=escape(url)))
        yield path
