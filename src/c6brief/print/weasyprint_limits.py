"""Declarations of style sheets at which WeasyPrint fails with a bare error, and what to write in their place.

- Why: the error names neither the style sheet nor the line.
- Uses: nothing of WeasyPrint's; the list holds what its known version cannot do.
- Known version: :data:`~c6brief.print.weasyprint_version.KNOWN`.
- With another version: a line may be named that is not the cause; no brief is typeset (``unknown-weasyprint``).
- Test: ``test_css_at_which_weasyprint_fails_is_told_at_its_line`` in ``tests/print/test_own_words_and_places.py``.
- Upstream: none asked for.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path

from c6brief.brief.settings import Settings
from c6brief.documents.problems import Place
from c6brief.rules.review.template import read_template

_LIMITS = (
    (re.compile(r"::footnote-(?:call|marker)\b"), "display", re.compile(r"none\b"), "write `content: none`"),
    (
        re.compile(r"::marker\b"), "content", re.compile(r"(?!none|normal)"),
        "add `list-style-position: inside` to the list, or write the words as `list-style-type: \"…\"`",
    ),
)  # fmt: skip
"""Of each: the selector, the property, how its value begins, and the hint."""


def find_limit(styles: Sequence[Path]) -> tuple[Place, str] | None:
    """The last declaration in ``styles`` that WeasyPrint cannot lay out, and a hint; ``None`` where none is known."""
    for each in reversed(read_template("", Settings(), styles, ()).declarations):
        for selector, name, value, hint in _LIMITS:
            if each.name == name and selector.search(each.selector) and value.match(each.value.strip()):
                return each.place, hint
    return None
