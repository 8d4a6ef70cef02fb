"""Something was to be filled in, and was not."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from c6brief.documents.problems import Place
from c6brief.rules.rule import Finding, Rule, register
from c6brief.rules.subject import Subject

_LEFT = re.compile(
    r"\b(?:TODO|FIXME|TBD|TBC|TBA|XXX+)\b|\b[Ll]orem ipsum\b|\?\?\?+"
    r"|\[(?i:insert|tbd|tbc|todo|citation needed)\b[^\]]*\]"
)


def _check(subject: Subject) -> Iterator[Finding]:
    for text, place in _texts(subject):
        for match in _LEFT.finditer(text):
            yield Finding(
                f"'{match[0]}' was to be filled in", place(match.start(), match.end()), "write it, or strike it"
            )


def _texts(subject: Subject) -> Iterator[tuple[str, Callable[[int, int], Place]]]:
    """Every text of the brief with a way to a place in it."""
    for paragraph in subject.texts:
        yield paragraph.text, paragraph.place
    spec = subject.spec
    plain = [(spec.title, ("title",)), (spec.subtitle, ("subtitle",))]
    plain += [(author.name, ("authors", index, "name")) for index, author in enumerate(spec.authors)]
    for index, each in enumerate(spec.recommendations):
        plain += [(getattr(each, key), ("recommendations", index, key)) for key in ("addressee", "by", "owner")]
    for text, path in plain if subject.whole else ():
        yield text, lambda start, end, text=text, path=path: spec.find(text[start:end], *path)


register(
    Rule(
        name="placeholder-left",
        severity="error",
        about="prose",
        line="TODO, TBD, XXX, ??? or lorem ipsum was left in a text",
        why="It would be printed as it stands. Titles, authors, addressees, deadlines and owners are looked at too.",
        check=_check,
    )
)
