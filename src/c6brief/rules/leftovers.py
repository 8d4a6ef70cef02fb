"""Rules on what would be printed as it stands: what was to be filled in, and directives that are not read."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from c6brief.documents.document import NodePath
from c6brief.documents.problems import Place
from c6brief.rules.review.brief import BriefUnderReview, ProseUnderReview
from c6brief.rules.review.rule import Finding, rule

_PLACEHOLDER = re.compile(
    r"\b(?:TODO|FIXME|TBD|TBC|TBA|XXX+)\b|\b[Ll]orem ipsum\b|\?\?\?+"
    r"|\[(?i:insert|tbd|tbc|todo|citation needed)\b[^\]]*\]"
)
_FENCE = re.compile(r":{3,}[ \t]*\w*")


@rule("placeholder-left", chapter="craft", severity="error")
def placeholder_left(prose: ProseUnderReview) -> Iterator[Finding]:
    """TODO, TBD, XXX, ??? or lorem ipsum was left in a text

    It would be printed as it stands. Titles, authors, addressees, deadlines and owners are looked at too.
    """
    for text, place in _texts(prose):
        for match in _PLACEHOLDER.finditer(text):
            message = f"'{match[0]}' was to be filled in"
            yield Finding(message, place(match.start(), match.end()), "write it, or strike it")


def _texts(prose: ProseUnderReview) -> Iterator[tuple[str, Callable[[int, int], Place]]]:
    """Every text of the brief with a way to a place in it."""
    for paragraph in prose.texts:
        yield paragraph.text, paragraph.place
    if not isinstance(prose, BriefUnderReview):
        return
    spec = prose.spec
    plain: list[tuple[str, NodePath]] = [(spec.title, ("title",)), (spec.subtitle, ("subtitle",))]
    plain += [(author.name, ("authors", index, "name")) for index, author in enumerate(spec.authors)]
    for index, each in enumerate(spec.recommendations):
        named = (("addressee", each.addressee), ("by", each.by), ("owner", each.owner))
        plain += [(text, ("recommendations", index, key)) for key, text in named]
    for text, path in plain:

        def place(start: int, end: int, text: str = text, path: NodePath = path) -> Place:
            return spec.find(text[start:end], *path)

        yield text, place


@rule("dead-directive", chapter="reference", severity="error")
def dead_directive(prose: ProseUnderReview) -> Iterator[Finding]:
    """a directive (`::: quote ID`) or its end stands where it is not read and prints as it stands

    A directive begins a line, and ends with a line `:::`. In a key message or an action, in the middle of a line, or as
    an end without a beginning it is text. Directives that are misspelt, not closed or name nothing are told anyway, as
    `unknown-directive`, `directive` and `unknown-id`.
    """
    for paragraph in prose.texts:
        if match := _FENCE.search(paragraph.text):
            in_prose = paragraph.role == "prose"
            where = "on a line of its own, with a blank line before" if in_prose else "in the prose of a section"
            place = paragraph.place(match.start(), match.end())
            yield Finding(f"'{match[0].strip()}' prints as it stands", place, f"a directive stands {where}")
