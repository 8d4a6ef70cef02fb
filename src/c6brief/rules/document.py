"""``docs/rules.md``, from the words of the rules themselves.

The print room adds the chapter of its own rules and writes the file: ``python -m c6brief.print.proofing.document``.
"""

from __future__ import annotations

import importlib
from collections.abc import Iterable
from typing import Protocol

from c6brief.rules.rule import CHAPTERS, known_rules

OPENING = """\
# Rules

<!-- Written by `python -m c6brief.print.proofing.document` from the rules themselves. Edit the words there. -->

`c6brief check` reads briefs as an editor would. It tells everything that `render` would refuse (what cannot be read,
quotations that do not stand in their sources, ids that name nothing), and then what the rules below find. It writes
nothing, and draws and typesets nothing. The rules of the last chapter, Pages, look at laid out pages: `render` runs them.

    c6brief check                        # every brief of the project, and the whole evidence base
    c6brief check briefs/security.yaml   # one brief
    c6brief check --strict               # warnings count as errors
    c6brief check --format github        # annotations for GitHub Actions; or json
    c6brief check --rules                # the list below, with the severities of this project

The exit status is 0 where there are no errors, 1 where there are, 2 for wrong usage.

An **error** keeps `check` from succeeding, and `render` from writing; a **warning** is told. A project sets severities in `_brand.yml`; `off`
silences a rule:

    defaults:
      c6brief:
        rules:
          sentence-too-long: off
          scope-widened: error

A rule prefers to stay silent where it is not sure: what it finds is worth a look. Rules that need to know words
(number words, words of attribution, abbreviations) know those of `src/c6brief/rules/words/`, one file a language, and
stay silent in other languages.

A rule is one file in `src/c6brief/rules/evidence`, `craft`, `access` or `reference`, or in
`src/c6brief/print/proofing/rules`, that registers itself; this page is made from the same file.
"""


class Described(Protocol):
    """A rule with its words: of this room, or of another."""

    @property
    def name(self) -> str: ...

    @property
    def severity(self) -> str: ...

    @property
    def line(self) -> str: ...

    @property
    def why(self) -> str: ...


def document(more: Iterable[str] = ()) -> str:
    """The whole of ``docs/rules.md``, with the chapters of other rooms at its end."""
    parts = [OPENING]
    for name in CHAPTERS:
        here = [rule for rule in known_rules().values() if rule.chapter == name]
        summary = importlib.import_module(f"c6brief.rules.{name}").__doc__ or ""
        parts += [chapter(name, summary, here), *entries(here)]
    return "\n".join([*parts, *more])


def chapter(name: str, summary: str, rules: Iterable[Described], page: str = "") -> str:
    """The heading of a chapter and the table of its rules. Their entries stand on ``page``, or on the same one."""
    rows = "".join(f"| [`{rule.name}`]({page}#{rule.name}) | {rule.severity} | {rule.line} |\n" for rule in rules)
    return f"## {name.capitalize()}\n\n{summary.strip()}\n\n| Rule | Severity | What it finds |\n|---|---|---|\n{rows}"


def entries(rules: Iterable[Described]) -> list[str]:
    """What each rule says of itself."""
    return [
        f"### {rule.name}\n\n{rule.line[0].upper()}{rule.line[1:]}. *By default: {rule.severity}.*\n\n{rule.why}\n"
        for rule in rules
    ]
