"""The list of all rules: those of c6brief, and those that other installed packages add.

A decorator makes a rule of a function and calls :func:`define`. Two kinds of rules exist: rules of this room, which
look at what was written (:func:`rule <c6brief.rules.review.rule.rule>`), and rules of the print room, which look at
laid out pages. They share this list, since a project sets the severities of both in one place and by name.
"""

from __future__ import annotations

import importlib
import inspect
import pkgutil
import re
import sys
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import TypeVar

from c6brief.documents.extensions import broken_extension, import_extensions
from c6brief.documents.problems import Place, Problem, RuleSeverity

GROUP = "c6brief.rules"
"""The entry points by which packages add modules with rules of either kind."""

OURS = "c6brief."


@dataclass(frozen=True)
class Rule:
    """What every rule has.

    ``name`` says what is wrong, in words joined by hyphens. ``severity`` is the one that it has where the project sets
    none. ``summary`` says in one line what it finds; ``explanation`` says all that a writer should know: what is
    counted, where a limit comes from, what would mend it. ``module`` is where it is defined.
    """

    name: str
    severity: RuleSeverity
    summary: str
    explanation: str
    module: str


class BrokenRule(Exception):
    """A rule of another package has raised. ``problem``, an error ``broken-extension``, says so to users."""

    def __init__(self, rule: Rule, reason: Exception) -> None:
        self.problem = broken_extension(rule.module, f"its rule '{rule.name}' cannot be run", reason)
        super().__init__(self.problem.message)


SomeRule = TypeVar("SomeRule", bound=Rule)
Material = TypeVar("Material")
Found = TypeVar("Found")

_defined: list[Rule] = []


def define(rule: Rule) -> None:
    """Put ``rule`` on the list. Raises ``ValueError`` where its name is not made of small letters and hyphens."""
    if not re.fullmatch(r"[a-z]+(?:-[a-z]+)*", rule.name):
        raise ValueError(f"{rule.name!r} is no name for a rule: small letters, joined by hyphens")
    _defined.append(rule)


def docstring_texts(function: Callable[..., object]) -> tuple[str, str]:
    """The summary and the explanation of the rule that ``function`` is, from its docstring.

    The summary is the first line: small letters and no full stop, as it stands in ``c6brief check --rules``. The other
    lines are the explanation, each paragraph as one line. ``{MOST}`` stands for the constant of that name in the
    function's module, formatted as :meth:`str.format` does: ``{MOST:,}``.

    Both are empty where Python strips docstrings (``-OO``): the rules work, but lists and pages do not describe them.
    Raises ``ValueError`` where the docstring is missing, has no explanation or names no constant.
    """
    if function.__doc__ is None and sys.flags.optimize > 1:
        return "", ""
    summary, _, rest = inspect.cleandoc(function.__doc__ or "").partition("\n")
    explanation = "\n\n".join(" ".join(part.split("\n")) for part in rest.strip().split("\n\n"))
    if not explanation:
        raise ValueError(f"{function.__qualname__} needs a docstring: a line that says what it finds, then the reasons")
    constants = vars(sys.modules[function.__module__])
    try:
        return summary.format_map(constants), explanation.format_map(constants)
    except KeyError as name:
        raise ValueError(f"the docstring of {function.__qualname__} names {name}, which is no constant here") from name


def import_rules(package: str) -> None:
    """Import all rules: of c6brief those in ``package``, and those of all other installed packages.

    Of ``package`` every module is imported that lies directly in it. Packages in it are not: they hold what rules use.
    """
    folder = importlib.import_module(package)
    for found in pkgutil.iter_modules(folder.__path__, f"{package}."):
        if not found.ispkg:
            importlib.import_module(found.name)
    import_extensions(GROUP)


def rules_of(kind: type[SomeRule]) -> list[SomeRule]:
    """All rules of one ``kind`` that have been imported. Of several with one name only one counts: ours, or the first."""
    return [rule for rule in _by_name().values() if isinstance(rule, kind)]


def extension_problems() -> list[Problem]:
    """What is wrong with the rules of other packages.

    Problems, both errors: ``broken-extension`` for a module that cannot be imported, and ``clashing-rule`` for a rule
    that has the name of another one. The rule does not count then.
    """
    counts = _by_name()
    clashes = [
        Problem(
            "clashing-rule",
            f"'{rule.name}' is the name of a rule in {counts[rule.name].module} already",
            Place(rule.module),
            "give the rule another name",
        )
        for rule in _defined
        if rule is not counts[rule.name]
    ]
    return [*import_extensions(GROUP), *clashes]


def is_ours(rule: Rule) -> bool:
    """Whether ``rule`` belongs to c6brief itself."""
    return rule.module.startswith(OURS)


def run_rule(rule: Rule, check: Callable[[Material], Iterable[Found]], material: Material) -> list[Found]:
    """What ``check``, the function of ``rule``, finds in ``material``.

    Raises :class:`BrokenRule` where it raises and is not ours: then the package has a mistake, and not we.
    """
    try:
        return list(check(material))
    except Exception as reason:
        if is_ours(rule):
            raise
        raise BrokenRule(rule, reason) from reason


def _by_name() -> dict[str, Rule]:
    """Every rule that counts. Ours come first, whenever they were imported."""
    named: dict[str, Rule] = {}
    for rule in sorted(_defined, key=is_ours, reverse=True):
        named.setdefault(rule.name, rule)
    return named
