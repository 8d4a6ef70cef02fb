"""Style sheets as lists of rules. Many checks read the sheets of a page; each sheet is parsed once."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

import tinycss2


@lru_cache(maxsize=128)
def parse_stylesheet(css: str) -> tuple[Any, ...]:
    """The rules of a style sheet, as nodes of tinycss2 without comments and white space, not to be changed."""
    return tuple(tinycss2.parse_stylesheet(css, skip_comments=True, skip_whitespace=True))
