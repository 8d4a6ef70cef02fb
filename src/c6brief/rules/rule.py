"""What a rule is, and the list of rules.

A rule is one file below ``c6brief.rules`` (in ``evidence``, ``craft``, ``access`` or ``reference``) that calls :func:`register`.
Whatever file lies there is found; its folder is its chapter in ``docs/rules.md``.
"""

from __future__ import annotations

import importlib
import pkgutil
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Literal

from c6brief.brief.settings import RuleSeverity
from c6brief.documents.problems import Place

CHAPTERS = ("evidence", "craft", "access", "reference")
"""The folders that hold rules, in the order of the documentation."""

About = Literal["prose", "brief", "house", "template"]
"""What a rule looks at. ``prose``: the texts of a brief, or a section of the evidence base that no brief uses.
``brief``: a brief as a whole. ``house``: what all briefs share, the evidence base and ``_brand.yml``. ``template``:
the style sheets and the markup of a template."""


@dataclass(frozen=True)
class Finding:
    """What a rule found, and where. ``hint`` says what would mend it."""

    message: str
    place: Place
    hint: str = ""


@dataclass(frozen=True)
class Rule:
    """A rule.

    ``name`` says what is wrong, in words joined by hyphens. ``severity`` is the one it has where the project gives
    none. ``line`` says in one line what it finds, ``why`` all that a writer should know: what is counted, where a
    limit comes from, what would mend it. ``check`` is given a :class:`~c6brief.rules.subject.Subject`, or for
    ``about="house"`` a :class:`~c6brief.rules.subject.ProjectUnderReview`, for ``about="template"`` a
    :class:`~c6brief.rules.design.Design`, and yields findings.
    """

    name: str
    severity: RuleSeverity
    about: About
    line: str
    why: str
    check: Callable[[Any], Iterator[Finding]]

    @property
    def chapter(self) -> str:
        """The folder that it lies in."""
        return self.check.__module__.split(".")[-2]


_rules: dict[str, Rule] = {}


def register(rule: Rule) -> Rule:
    """Make ``rule`` known under its name. A name belongs to one rule."""
    if rule.name in _rules:
        raise ValueError(f"two rules are called {rule.name!r}")
    if not re.fullmatch(r"[a-z]+(?:-[a-z]+)*", rule.name):
        raise ValueError(f"{rule.name!r} is no name for a rule")
    _rules[rule.name] = rule
    return rule


@lru_cache(maxsize=1)
def known_rules() -> Mapping[str, Rule]:
    """Every rule by name, chapter by chapter."""
    for chapter in CHAPTERS:
        folder = importlib.import_module(f"c6brief.rules.{chapter}")
        for module in sorted(info.name for info in pkgutil.iter_modules(folder.__path__)):
            importlib.import_module(f"{folder.__name__}.{module}")
    return dict(sorted(_rules.items(), key=lambda item: (CHAPTERS.index(item[1].chapter), item[0])))
