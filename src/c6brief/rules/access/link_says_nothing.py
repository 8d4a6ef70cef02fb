"""A link whose words do not say where it leads."""

from __future__ import annotations

import re
from collections.abc import Iterator

from c6brief.rules.rule import Finding, Rule, register
from c6brief.rules.subject import Subject

_ADDRESS = re.compile(r"(?:https?://|www\.)\S+", re.I)


def _check(subject: Subject) -> Iterator[Finding]:
    empty = subject.words.empty_links if subject.words else frozenset()
    for paragraph in subject.texts:
        for link in paragraph.links:
            words = " ".join(link.words.split())
            place = paragraph.place(link.start, link.start + len(link.words))
            hint = "link the words that name it: the [report of 2024](https://…)"
            if words.strip(" .:!→»>").lower() in empty:
                yield Finding(f"the link '{words}' does not say where it leads", place, hint)
            elif _ADDRESS.fullmatch(words):
                yield Finding("this link is named by its address, which is read letter by letter", place, hint)


register(
    Rule(
        name="link-says-nothing",
        severity="warning",
        about="prose",
        line="a link is named “here”, “click here” or by its bare address",
        why=(
            "Screen readers list the links of a document without the words around them: five of “here” are no list, and "
            "an address is read letter by letter. A file is printed too: there, too, words say more."
        ),
        check=_check,
    )
)
