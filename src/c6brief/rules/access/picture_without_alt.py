"""A picture in a template has no words for those who cannot see it."""

from __future__ import annotations

import re
from collections.abc import Iterator

from c6brief.rules.design import Design
from c6brief.rules.rule import Finding, Rule, register

_IMAGE = re.compile(r"<img\b(?:\{\{.*?\}\}|\{%.*?%\}|[^>])*>", re.S | re.I)
_ALT = re.compile(r"\s(?:alt|aria-label)\s*=|aria-hidden=[\"']true|role=[\"'](?:presentation|none)", re.I)


def _check(design: Design) -> Iterator[Finding]:
    for markup in design.markup:
        for match in _IMAGE.finditer(markup.text):
            if not _ALT.search(match[0]):
                hint = 'alt="what it shows"; alt="" for what is mere decoration'
                yield Finding("this picture has no alternative text", markup.place(*match.span()), hint)


register(
    Rule(
        name="picture-without-alt",
        severity="error",
        about="template",
        line="an image in a template has no `alt`",
        why='`render` refuses to print it: the file would claim to be accessible and not be. Decoration says `alt=""`.',
        check=_check,
    )
)
