"""``docs/rules.md``, from the words of the rules themselves: ``python -m c6brief.rules.document`` writes it."""

from __future__ import annotations

import importlib
from pathlib import Path

from c6brief.rules.rule import CHAPTERS, known_rules

OPENING = """\
# Rules

<!-- Written by `python -m c6brief.rules.document` from src/c6brief/rules/. Edit the words there. -->

`c6brief check` reads briefs as an editor would. It tells everything that `render` would refuse (what cannot be read,
quotations that do not stand in their sources, ids that name nothing), and then what the rules below find. It writes
nothing, and draws and typesets nothing.

    c6brief check                        # every brief of the project, and the whole evidence base
    c6brief check briefs/security.yaml   # one brief
    c6brief check --strict               # warnings count as errors
    c6brief check --format github        # annotations for GitHub Actions; or json
    c6brief check --rules                # the list below, with the severities of this project

The exit status is 0 where there are no errors, 1 where there are, 2 for wrong usage.

An **error** keeps `check` from succeeding, a **warning** is told. A project sets severities in `_brand.yml`; `off`
silences a rule:

    defaults:
      c6brief:
        rules:
          sentence-too-long: off
          scope-widened: error

A rule prefers to stay silent where it is not sure: what it finds is worth a look. Rules that need to know words
(number words, words of attribution, abbreviations) know those of `src/c6brief/rules/words/`, one file a language, and
stay silent in other languages.

A rule is one file in `src/c6brief/rules/evidence`, `craft`, `access` or `reference` that registers itself; this page is
made from the same file.
"""


def document() -> str:
    """The whole of ``docs/rules.md``."""
    rules = known_rules().values()
    parts = [OPENING]
    for chapter in CHAPTERS:
        here = [rule for rule in rules if rule.chapter == chapter]
        summary = importlib.import_module(f"c6brief.rules.{chapter}").__doc__.strip()
        rows = "".join(f"| [`{rule.name}`](#{rule.name}) | {rule.severity} | {rule.line} |\n" for rule in here)
        parts.append(
            f"## {chapter.capitalize()}\n\n{summary}\n\n| Rule | Severity | What it finds |\n|---|---|---|\n{rows}"
        )
        for rule in here:
            line = rule.line[0].upper() + rule.line[1:]
            parts.append(f"### {rule.name}\n\n{line}. *By default: {rule.severity}.*\n\n{rule.why}\n")
    return "\n".join(parts)


if __name__ == "__main__":
    path = Path(__file__).resolve().parents[3] / "docs" / "rules.md"
    path.parent.mkdir(exist_ok=True)
    path.write_text(document(), encoding="utf-8")
