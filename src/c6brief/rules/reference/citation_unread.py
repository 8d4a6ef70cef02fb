"""A citation in a text that is printed as it stands."""

from __future__ import annotations

import re
from collections.abc import Iterator

from c6brief.documents.entries import Entry
from c6brief.documents.yamltext import NodePath
from c6brief.rules.rule import Finding, Rule, register
from c6brief.rules.subject import Subject

_BRACKETS = re.compile(r"\[[^\[\]]*\]")
_ID = re.compile(r"(?<!\w)@[\w{]")


def _check(subject: Subject) -> Iterator[Finding]:
    for entry, path, text in _plain(subject):
        for match in _BRACKETS.finditer(text or ""):
            if _ID.search(match[0]):
                hint = "cite in prose, key messages and actions; here it is not read"
                yield Finding(f"'{match[0]}' would print as it stands", entry.find(match[0].split()[0], *path), hint)


def _plain(subject: Subject) -> Iterator[tuple[Entry, NodePath, str | None]]:
    """The texts of a brief that are not prose, and those of the figures, tables and sections that it prints."""
    spec, evidence = subject.spec, subject.evidence
    if subject.whole:
        yield spec, ("title",), spec.title
        yield spec, ("subtitle",), spec.subtitle
    for index, section in enumerate(spec.sections):
        if section.title:
            yield spec, ("sections", index, "title"), section.title
        if section.use in evidence.sections:
            yield evidence.sections[section.use], ("title",), evidence.sections[section.use].title
    for index, each in enumerate(spec.recommendations):
        for key in ("addressee", "owner"):
            yield spec, ("recommendations", index, key), getattr(each, key)
    for part in subject.parts:
        for kind, keys in (("chart", ("title", "subtitle", "note")), ("table", ("title", "subtitle", "note"))):
            for id in part.ids(kind):
                entry = evidence.kind(f"{kind}s").get(id)
                for key in keys if entry else ():
                    yield entry, (key,), getattr(entry, key)


register(
    Rule(
        name="citation-unread",
        severity="error",
        about="prose",
        line="a citation stands in a title, subtitle, addressee or note of a figure, where none is read",
        why="Citations are read in prose, key messages and actions. Elsewhere `[@id]` prints as it stands.",
        check=_check,
    )
)
