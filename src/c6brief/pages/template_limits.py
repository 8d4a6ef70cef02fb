"""Limits on what a template makes: steps, text, values, and time.

Jinja's sandbox keeps a template from calling what it must not call. It does not keep one from going round a loop a billion
times, or from doubling a text forty times over. So templates are compiled with a call at each round of a loop, each call of
a macro and each list that is written out, which adds to what this page has made so far. All limits are far above what
briefs need: a table of 100,000 rows takes a tenth.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import partial, wraps
from typing import Any

from jinja2 import Environment, nodes, pass_environment
from jinja2.exceptions import SecurityError
from jinja2.filters import make_attrgetter
from jinja2.sandbox import safe_range
from jinja2.utils import Namespace
from jinja2.visitor import NodeTransformer

from c6brief.documents.addition import total

MOST_STEPS = 5_000_000
"""Rounds of loops and calls of one page."""

MOST_TEXT = 200_000_000
"""Characters of one page and of all texts that were made on the way to it."""

MOST_SECONDS = 20.0
"""Seconds that the template of one page may take: what a step costs differs."""

LARGEST_LIST = 200_000
"""Items of one list or map, those of the lists in it counted too, each as often as it stands there."""

LARGEST_NUMBER = 10**1000
"""Whole numbers go up to here: multiplied with themselves they grow without end."""

LONGEST_SEARCHED = 200_000
"""Characters of a text that is searched for tags, addresses or words: Jinja's ways are not linear."""


class TemplateLimit(SecurityError):
    """A template goes on for too long, or makes too much."""


class Budget:
    """What one page may still make. Every method raises :class:`TemplateLimit` where that is too much."""

    def __init__(self) -> None:
        self._steps, self._text = 0, 0
        self._end = time.monotonic() + MOST_SECONDS

    def step(self, text: int = 0, steps: int = 1) -> str:
        """Count a round of a loop or a call that puts out ``text`` characters of the template itself."""
        self._steps += steps
        if self._steps > MOST_STEPS:
            raise TemplateLimit(f"the template makes more than {MOST_STEPS:,} steps (rounds of loops, calls of macros)")
        if time.monotonic() > self._end:
            raise TemplateLimit(f"the template takes longer than {MOST_SECONDS:g} s for one page")
        self.add_text(text)
        return ""

    def add_text(self, characters: int) -> None:
        """Count ``characters`` of a text that is made."""
        self._text += characters
        if self._text > MOST_TEXT:
            raise TemplateLimit(f"the template makes more than {MOST_TEXT:,} characters of text")

    def counted(self, value: Any) -> Any:
        """``value``, after it was counted: a text by its length, a list or map by all that is in it."""
        if isinstance(value, str):
            self.add_text(len(value))
        elif isinstance(value, (list, tuple, dict, set, frozenset)):
            self._weigh(value)
        return value

    def _weigh(self, value: Any) -> None:
        """Count what stands in a list or map, at any depth. The same list twice in another is counted twice."""
        items, text = 0, 0
        waiting = [iter(_parts(value))]
        while waiting:
            for part in waiting[-1]:
                items += 1
                if isinstance(part, str):
                    text += len(part)
                elif isinstance(part, (list, tuple, dict, set, frozenset)):
                    waiting.append(iter(_parts(part)))
                    break
                if items > LARGEST_LIST:
                    raise TemplateLimit(f"the template makes a list of more than {LARGEST_LIST:,} items")
            else:
                waiting.pop()
            if items > LARGEST_LIST or len(waiting) > LARGEST_LIST:
                raise TemplateLimit(f"the template makes a list of more than {LARGEST_LIST:,} items")
            if text > MOST_TEXT:
                raise TemplateLimit(f"the template makes more than {MOST_TEXT:,} characters of text")

    def range(self, *bounds: int) -> range:
        """The numbers of Jinja's ``range``. Each is a step: a loop may leave all of them out."""
        numbers = safe_range(*bounds)
        self.step(steps=len(numbers))
        return numbers

    def collect(self, pieces: Iterable[str]) -> str:
        """The page that ``pieces`` make."""
        kept = []
        for piece in pieces:
            self.add_text(len(piece))
            kept.append(piece)
        return "".join(kept)


def _parts(value: Any) -> Iterator[Any]:
    if isinstance(value, dict):
        for pair in value.items():
            yield from pair
    else:
        yield from value


class QuietNamespace(Namespace):
    """Jinja's ``namespace``, which does not put itself out: it may hold others, each of which holds others."""

    def __repr__(self) -> str:
        return "<namespace>"


class CountingNodes(NodeTransformer):
    """Adds to the nodes of a template what counts its steps and what it makes.

    The environment that runs it has ``step``, and the filter ``counted``.
    """

    def visit_For(self, node: nodes.For) -> nodes.Node:
        return self._with_step(node)

    def visit_Macro(self, node: nodes.Macro) -> nodes.Node:
        return self._with_step(node)

    def visit_CallBlock(self, node: nodes.CallBlock) -> nodes.Node:
        return self._with_step(node)

    def visit_Concat(self, node: nodes.Concat) -> nodes.Node:
        self.generic_visit(node)
        node.nodes = [_counted(each) for each in node.nodes]
        return node

    def visit_List(self, node: nodes.List) -> nodes.Node:
        return _counted(self.generic_visit(node))

    def visit_Dict(self, node: nodes.Dict) -> nodes.Node:
        return _counted(self.generic_visit(node))

    def visit_Tuple(self, node: nodes.Tuple) -> nodes.Node:
        self.generic_visit(node)
        return _counted(node) if node.ctx == "load" else node

    def visit_Include(self, node: nodes.Include) -> nodes.Node:
        return node  # the names of files, which Jinja looks at itself

    visit_Import = visit_FromImport = visit_Extends = visit_Include

    def _with_step(self, node: Any) -> nodes.Node:
        text = sum(len(each.data) for part in node.body for each in _find_data(part))
        self.generic_visit(node)
        call = nodes.Call(nodes.EnvironmentAttribute("step"), [nodes.Const(text)], [], None, None)
        node.body.insert(0, nodes.ExprStmt(call).set_lineno(node.lineno))
        changed: nodes.Node = node
        return changed


def _find_data(node: nodes.Node) -> Iterator[nodes.TemplateData]:
    if isinstance(node, nodes.TemplateData):
        yield node
    yield from node.find_all(nodes.TemplateData)


def _counted(node: Any) -> nodes.Expr:
    return nodes.Filter(node, "counted", [], [], None, None, lineno=node.lineno)


def counting_filters(budget: Budget, filters: Mapping[str, Callable[..., Any]]) -> dict[str, Callable[..., Any]]:
    """``filters``, each of which counts what it makes, and looks first at what it would make."""
    counting: dict[str, Callable[..., Any]] = {name: _counting(name, each, budget) for name, each in filters.items()}
    return {**counting, "counted": budget.counted, "sum": _counting("sum", sum_values, budget)}


def _counting(name: str, filter_: Callable[..., Any], budget: Budget) -> Callable[..., Any]:
    look = _BEFORE.get(name)
    first = 1 if hasattr(filter_, "jinja_pass_arg") else 0  # Jinja gives some the environment first

    @wraps(filter_)
    def call_counted(*args: Any, **kwargs: Any) -> Any:
        budget.step()
        if look is not None:
            arguments = list(args[first:])
            look(budget, arguments, kwargs)
            args = (*args[:first], *arguments)
        return budget.counted(filter_(*args, **kwargs))

    return call_counted


def _before_replace(budget: Budget, arguments: list[Any], named: Mapping[str, Any]) -> None:
    given = dict(zip(("s", "old", "new"), arguments, strict=False)) | dict(named)
    text, old, new = (str(given.get(key, "")) for key in ("s", "old", "new"))
    budget.add_text(text.count(old) * len(new))


def _before_join(budget: Budget, arguments: list[Any], named: Mapping[str, Any]) -> None:
    values = arguments[0]
    if not isinstance(values, str):
        values = arguments[0] = list(values)
    count_joined(budget, str(named.get("d", arguments[1] if len(arguments) > 1 else "")), values)


def count_joined(budget: Budget, between: str, values: Any) -> None:
    """Count the text that ``values`` make with the text ``between`` them."""
    budget.counted(values)
    budget.add_text(len(between) * len(values))


@pass_environment
def sum_values(environment: Environment, iterable: Iterable[Any], attribute: Any = None, start: Any = 0) -> Any:
    """Jinja's filter ``sum``. Lists are joined in one go: to add one after another takes the square of the time."""
    values = list(iterable if attribute is None else map(make_attrgetter(environment, attribute), iterable))
    if not isinstance(start, (list, tuple)):
        if isinstance(start, str):
            raise TypeError("'sum' adds numbers and lists; 'join' makes one text of many")
        return total(values, start)
    if any(type(each) is not type(start) for each in values):
        raise TypeError(f"'sum' adds to a {type(start).__name__} only what is one")
    if sum(map(len, values)) > LARGEST_LIST:
        raise TemplateLimit(f"the template makes a list of more than {LARGEST_LIST:,} items")
    return type(start)(each for value in (start, *values) for each in value)


def check_searched(name: str, value: Any) -> None:
    """Refuse a text that is too long to be searched."""
    if isinstance(value, str) and len(value) > LONGEST_SEARCHED:
        raise TemplateLimit(f"'{name}' works on texts of at most {LONGEST_SEARCHED:,} characters")


def _before_search(name: str, budget: Budget, arguments: list[Any], named: Mapping[str, Any]) -> None:
    check_searched(name, arguments[0])


_SEARCHING = ("striptags", "title", "truncate", "urlize", "wordcount", "wordwrap")
_BEFORE: dict[str, Callable[[Budget, list[Any], Mapping[str, Any]], None]] = {
    "replace": _before_replace,
    "join": _before_join,
    **{name: partial(_before_search, name) for name in _SEARCHING},
}
