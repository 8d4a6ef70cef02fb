"""What a page rule is, what it finds, and the list of page rules.

A page rule is one file in ``c6brief.print.proofing.rules`` that calls :func:`register`. Whatever file lies there is
found.
"""

from __future__ import annotations

import importlib
import pkgutil
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from c6brief.brief.settings import RuleSeverity

if TYPE_CHECKING:
    from c6brief.print.proofing.sheets import Frame, Sheets


@dataclass(frozen=True)
class Remedy:
    """CSS declarations to try on an element of the page.

    ``moves`` says whether lines may go to another page by it: a paragraph set a little narrower keeps its height.
    """

    element: Any
    css: str
    moves: bool = True


@dataclass(frozen=True)
class Flaw:
    """What a page rule found: in words, on which page (from 1), and where on it.

    ``remedies`` are tried one after the other, each for one layout, until the rule finds nothing there any more.
    """

    message: str
    page: int
    frame: Frame
    remedies: tuple[Remedy, ...] = ()


@dataclass(frozen=True)
class PageRule:
    """A page rule.

    ``name`` says what is wrong, in words joined by hyphens; ``severity`` is the one it has where the project gives
    none. ``line`` says in one line what it finds, ``why`` how it is measured and what is mended without being asked.
    ``hint`` is the advice under a problem, ``noun`` what is counted when it was mended, for one and for many: ``a
    runt``, ``runts``. ``check`` is given the :class:`~c6brief.print.proofing.sheets.Sheets`.
    """

    name: str
    line: str
    why: str
    hint: str
    noun: tuple[str, str]
    check: Callable[[Sheets], Iterator[Flaw]]
    severity: RuleSeverity = "warning"


_rules: dict[str, PageRule] = {}


def register(rule: PageRule) -> PageRule:
    """Make ``rule`` known under its name. A name belongs to one rule."""
    if rule.name in _rules:
        raise ValueError(f"two page rules are called {rule.name!r}")
    if not re.fullmatch(r"[a-z]+(?:-[a-z]+)*", rule.name):
        raise ValueError(f"{rule.name!r} is no name for a rule")
    _rules[rule.name] = rule
    return rule


@lru_cache(maxsize=1)
def known_page_rules() -> Mapping[str, PageRule]:
    """Every page rule by name, in the order of the alphabet."""
    folder = importlib.import_module("c6brief.print.proofing.rules")
    for module in sorted(info.name for info in pkgutil.iter_modules(folder.__path__)):
        importlib.import_module(f"{folder.__name__}.{module}")
    return dict(sorted(_rules.items()))
