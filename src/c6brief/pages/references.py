"""References to what a template leaves out: a link would lead nowhere, and a number to a figure that is not there.

Such a reference prints the title of what it refers to. So the page is made once, looked through for the elements that its
references lead to, and made again where one is missing.
"""

from __future__ import annotations

import html
import re
from collections.abc import Callable, Collection

from markupsafe import Markup

from c6brief.brief.cross_references import REFERENCE_UNPRINTED, map_prose
from c6brief.brief.model import Brief
from c6brief.documents.problems import Place, Problems

_REFERENCE = re.compile(r'<a class="reference" href="#([^"]+)" data-title="([^"]*)">(.*?)</a>', re.S)
_ID = re.compile(r"""\sid\s*=\s*(?:"([^"]*)"|'([^']*)')""")


def find_unprinted(page: str) -> dict[str, str]:
    """The anchors that references on ``page`` lead to and that are not there, with the titles of what they stand for."""
    wanted = {html.unescape(anchor): html.unescape(title) for anchor, title, _ in _REFERENCE.findall(page)}
    if not wanted:
        return {}
    there = {html.unescape(one or other) for one, other in _ID.findall(page)}
    return {anchor: title for anchor, title in wanted.items() if anchor not in there}


def name_unprinted(brief: Brief, anchors: Collection[str]) -> Brief:
    """``brief`` with titles in place of references to ``anchors``."""

    def name(match: re.Match[str]) -> str:
        return f"<em>{match[2]}</em>" if html.unescape(match[1]) in anchors else match[0]

    return map_prose(brief, lambda text: Markup(_REFERENCE.sub(name, text)))


def report_unprinted(
    unprinted: dict[str, str], find: Callable[[str], Place | None], at: Place, problems: Problems
) -> None:
    """Report references to what is left out, at the place of the first one that ``find`` gives; else ``at``."""
    for anchor, title in unprinted.items():
        message = f"the template leaves out what is referred to: its title is printed, “{title}”"
        problems.report(REFERENCE_UNPRINTED, message, find(anchor) or at, "refer to what the template prints")
