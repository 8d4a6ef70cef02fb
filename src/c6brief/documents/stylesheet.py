"""Style sheets as rules. One that was parsed before is not parsed again: a page's are read by many who ask of them."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

import tinycss2


@lru_cache(maxsize=128)
def parsed(css: str) -> tuple[Any, ...]:
    """The rules of a style sheet, without comments and white space between them. They are shared: change nothing."""
    return tuple(tinycss2.parse_stylesheet(css, skip_comments=True, skip_whitespace=True))
