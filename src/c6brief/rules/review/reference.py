"""``docs/rules.md``, from the docstrings of the rules themselves.

The print room adds the chapter of its own rules and writes the file: ``python -m c6brief.print.preflight.reference``.
"""

from __future__ import annotations

from collections.abc import Iterable

import c6brief.brief.cross_references
import c6brief.brief.prose_faults
import c6brief.brief.unmarked_speech  # noqa: F401 - they name rules, which are listed here
from c6brief.documents.problems import NamedRule, named_rules
from c6brief.evidence import image_files, library, seeds, support, verify  # noqa: F401  their rules are among the named
from c6brief.figures import checks  # noqa: F401  its rule too
from c6brief.rules.review.registry import Rule, is_ours
from c6brief.rules.review.rule import CHAPTERS, review_rules

OPENING = """\
# Rules

<!-- Written by `python -m c6brief.print.preflight.reference` from the rules themselves. Edit the words there. -->

`c6brief check` reads briefs as an editor would. It tells everything that `render` would refuse (what cannot be read,
quotations that do not stand in their sources, ids that name nothing), and then what the rules below find. It writes
nothing, and draws and typesets nothing. The rules of the last chapter, Pages, look at laid out pages: `render` runs them.

    c6brief check                        # every brief of the project, and the whole evidence base
    c6brief check briefs/security.yaml   # one brief
    c6brief check --strict               # warnings count as errors
    c6brief check --format github        # annotations for GitHub Actions; or json
    c6brief check --rules                # the list below, with the severities of this project

The exit status is 0 where there are no errors, 1 where there are, 2 for wrong usage.

An **error** keeps `check` from succeeding, and `render` from writing; a **warning** is told, and `--strict` makes an error
of it; a **note** is told and changes nothing. A project sets severities in `_brand.yml`; `off` silences a rule:

    defaults:
      c6brief:
        rules:
          sentence-too-long: off
          scope-widened: error

A rule prefers to stay silent where it is not sure: what it finds is worth a look. Rules that need to know words
(number words, words of attribution, abbreviations) know those of `src/c6brief/rules/words/`, one file a language, and
stay silent in other languages.

A rule is one function in `src/c6brief/rules`, in the file of its subject, or in `src/c6brief/print/preflight/rules`; this
page is made from its docstring. Packages that are installed beside c6brief may add rules of their own (entry points
of the group `c6brief.rules`).
"""


PROJECT = """\
Rules on the folder of a project and what is kept of it ([speed.md](speed.md)). They are notes, and change nothing that is printed."""

WORDS = """\
Rules on words, numbers and sources as they are read. `render` holds them as `check` does. What is refused outright (words
that are not in their source, another speaker) is no rule that can be switched off: [matching.md](matching.md) says it."""
"""What the chapter of rules begins with that are reported while evidence is read and briefs are composed."""


IMAGES = """\
Rules on the files of images, and of charts that were made elsewhere ([images.md](images.md)). What cannot be printed at all is
refused: `image-format`, `image-damaged`, `image-too-large`, `image-unsafe`."""

DATA = """\
Rules on data files and the cells of tables ([data.md](data.md)). What would lose a sign, a scale, a bound or a flag is refused,
and is no rule that can be switched off."""


def rules_page(more: Iterable[str] = ()) -> str:
    """The whole of ``docs/rules.md``, with ``more`` chapters at its end."""
    parts = [OPENING]
    for name, summary in (("words", WORDS), ("data", DATA), ("images", IMAGES), ("project", PROJECT)):
        named = [rule for rule in named_rules().values() if rule.chapter == name]
        parts += [chapter(name, summary, named), *entries(named)]
    for name, summary in CHAPTERS.items():
        here = [rule for rule in review_rules().values() if rule.chapter == name]
        parts += [chapter(name, summary, here), *entries(here)]
    return "\n".join([*parts, *more])


def chapter(name: str, summary: str, rules: Iterable[Rule | NamedRule], page: str = "") -> str:
    """The heading of a chapter and the table of our own rules. Their entries stand on ``page``, or on the same one."""
    rows = "".join(
        f"| [`{rule.name}`]({page}#{rule.name}) | {rule.severity} | {rule.summary} |\n"
        for rule in rules
        if isinstance(rule, NamedRule) or is_ours(rule)
    )
    return f"## {name.capitalize()}\n\n{summary}\n\n| Rule | Severity | What it finds |\n|---|---|---|\n{rows}"


def entries(rules: Iterable[Rule | NamedRule]) -> list[str]:
    """What each of our own rules says of itself."""
    return [
        f"### {rule.name}\n\n{rule.summary[0].upper()}{rule.summary[1:]}. *By default: {rule.severity}.*\n\n"
        f"{rule.explanation}\n"
        for rule in rules
        if isinstance(rule, NamedRule) or is_ours(rule)
    ]
