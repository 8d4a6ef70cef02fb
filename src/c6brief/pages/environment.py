"""The sandbox in which templates run.

A template is somebody else's file: it may be wrong, and it may be hostile. It is given one value, the brief, and reads
only files of templates. It cannot call Python code, change what it is given, or make a text of a billion characters
with one short expression. What it makes with many is counted (:mod:`c6brief.pages.template_limits`).
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial, wraps
from textwrap import wrap
from types import CodeType
from typing import Any

from jinja2 import BaseLoader, BytecodeCache, StrictUndefined, Template, TemplateNotFound, UndefinedError, nodes
from jinja2.bccache import Bucket
from jinja2.exceptions import SecurityError
from jinja2.sandbox import ImmutableSandboxedEnvironment

from c6brief.documents.boundary import read_file
from c6brief.pages.arrange import arrange
from c6brief.pages.search import TemplateSearch
from c6brief.pages.template_limits import (
    LARGEST_NUMBER,
    Budget,
    CountingNodes,
    QuietNamespace,
    TemplateLimit,
    check_searched,
    count_joined,
    counting_filters,
)

WIDEST = 1_000
"""Characters that one filter may pad, indent or wrap to."""

LIMITED_FILTERS = ("batch", "center", "indent", "round", "slice", "tojson", "wordwrap")
"""Filters that make so many characters or items as a number says."""

GROWERS = frozenset(
    {"center", "ljust", "rjust", "zfill", "expandtabs", "format", "format_map", "replace", "to_bytes", "translate"}
)
"""Methods of texts, bytes and numbers that make something large of something small."""


class MissingName(UndefinedError):
    """A template used something that is missing: ``owner`` has no ``name``."""

    def __init__(self, message: str | None, owner: Any, name: str | None) -> None:
        super().__init__(message)
        self.owner = owner
        self.name = name


class Missing(StrictUndefined):
    """Jinja's strict undefined value, whose error also says what is missing from what."""

    def __init__(self, hint: str | None = None, obj: Any = None, name: str | None = None, exc: Any = None) -> None:
        make_error: Any = partial(MissingName, owner=obj, name=name)  # Jinja calls it as it would a class of errors
        super().__init__(hint, obj, name, make_error)


class Sandbox(ImmutableSandboxedEnvironment):
    """Jinja's immutable sandbox, without the operators and methods that make texts and lists grow.

    It renders one page. What the templates of the page make is counted, and raises ``TemplateLimit``.
    """

    intercepted_binops = frozenset({"+", "*", "**", "%"})

    def __init__(self, **settings: Any) -> None:
        self.budget = Budget()
        self.step = self.budget.step
        super().__init__(finalize=self.budget.counted, **settings)
        del self.filters["format"]  # '%999999999d' % 1
        for name in LIMITED_FILTERS:
            self.filters[name] = _limit(name, self.filters[name])
        self.filters["arrange"] = arrange
        self.filters["balanced"] = balanced_width
        self.filters.update(counting_filters(self.budget, self.filters))
        del self.globals["lipsum"]  # it has no end, and differs each time
        self.globals |= {"namespace": QuietNamespace, "range": self.budget.range}

    def _generate(self, source: nodes.Template, name: Any, filename: Any, defer_init: bool = False) -> str:
        return super()._generate(CountingNodes().visit(source), name, filename, defer_init)

    def get_template(self, name: Any, parent: Any = None, globals: Any = None) -> Template:
        """The template ``name``; that an ``include`` names it again and again is counted."""
        self.step()
        return super().get_template(name, parent, globals)

    def call(self, context: Any, obj: Any, *args: Any, **kwargs: Any) -> Any:
        """Call ``obj`` if Jinja allows that. What it returns is counted."""
        if obj == self.step:
            return obj(*args)
        owner, name = getattr(obj, "__self__", None), getattr(obj, "__name__", "")
        if isinstance(owner, (str, bytes)):
            check_searched(name, owner if name in ("striptags", "title", "unescape") else "")
            if name == "join" and args:
                args = (list(args[0]), *args[1:])
                count_joined(self.budget, str(owner), args[0])
        self.step()
        return self.budget.counted(super().call(context, obj, *args, **kwargs))

    def call_binop(self, context: Any, operator: str, left: Any, right: Any) -> Any:
        """Compute with numbers of ordinary size. Raises ``SecurityError`` for anything else but ``+``."""
        for side in (left, right):
            if isinstance(side, int) and abs(side) > LARGEST_NUMBER:
                raise TemplateLimit("the template makes a number of more than 1,000 digits")
        if operator == "+":
            return self.budget.counted(super().call_binop(context, operator, left, right))
        if not all(isinstance(side, (int, float)) for side in (left, right)):
            raise SecurityError(f"'{operator}' works on numbers only: it could blow a text or a list up")
        if operator == "**" and (abs(left) > 1_000 or abs(right) > 100):
            raise SecurityError("'**' works on numbers up to 1000 and powers up to 100 only")
        return super().call_binop(context, operator, left, right)

    def wrap_str_format(self, value: Any) -> None:
        """Do not wrap ``str.format``. Wrapped, ``"{:999999999}".format(1)`` would pass :meth:`is_safe_attribute`."""
        return None

    def is_safe_attribute(self, obj: Any, attr: str, value: Any) -> bool:
        """Whether Jinja allows the attribute, and it is none of :data:`GROWERS`."""
        return not (isinstance(obj, (str, bytes, int)) and attr in GROWERS) and super().is_safe_attribute(
            obj, attr, value
        )


class TemplateLoader(BaseLoader):
    """Loads what ``{% extends %}``, ``{% include %}`` and ``{% import %}`` name, along a template's search."""

    def __init__(self, search: TemplateSearch) -> None:
        self.search = search

    def get_source(self, environment: Any, template: str) -> tuple[str, str, Callable[[], bool]]:
        """The text and the path of ``template``. Raises ``TemplateNotFound``, ``OSError``, ``UnicodeDecodeError``."""
        path = self.search.file(template)
        if path is None:
            raise TemplateNotFound(template)
        self.search.enter(template, path)
        return read_file(path).decode(), str(path), lambda: True


class CompiledTemplates(BytecodeCache):
    """The code of compiled templates, by their file and text, while this process lives.

    A page is rendered twice, and again after every save in a watched project. The code is not written to a file: code
    that lies in somebody's project must never be run.
    """

    MOST = 500
    """How many are kept."""

    def __init__(self) -> None:
        self._known: dict[tuple[str, str], CodeType] = {}

    def load_bytecode(self, bucket: Bucket) -> None:
        """Give ``bucket`` its code, if that is known."""
        bucket.code = self._known.get((bucket.key, bucket.checksum))

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Keep the code of ``bucket``."""
        if len(self._known) >= self.MOST:
            self._known.clear()
        if bucket.code is not None:
            self._known[bucket.key, bucket.checksum] = bucket.code


_compiled = CompiledTemplates()


def environment(search: TemplateSearch) -> Sandbox:
    """A sandbox for the templates of ``search``. Each page needs a new one, so that no edit is missed."""
    return Sandbox(
        loader=TemplateLoader(search),
        bytecode_cache=_compiled,
        autoescape=True,
        undefined=Missing,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )


def _limit(name: str, filter_: Callable[..., Any]) -> Callable[..., Any]:
    """``filter_`` with a limit on its number, or on the text to indent with. Jinja gives some the environment first."""

    @wraps(filter_)  # with the mark by which Jinja knows that a filter wants the environment
    def call_limited(*args: Any, **kwargs: Any) -> Any:
        for value in (*args[1:], *kwargs.values()):
            if (isinstance(value, (int, float)) and abs(value) > WIDEST) or (
                isinstance(value, str) and name == "indent" and len(value) > WIDEST
            ):
                raise SecurityError(f"the filter '{name}' goes up to {WIDEST}")
        return filter_(*args, **kwargs)

    return call_limited


def balanced_width(text: str, characters: int, em: float) -> float:
    """The width, in ems, in which ``text`` breaks into the most even lines, as many as on lines of ``characters``.

    ``em`` is the average width of a character of the face, in ems. Our templates balance by ``--text-wrap``, which measures;
    those of others may use this still.
    """
    fewest = len(wrap(text, characters))
    if fewest < 2:
        return round(characters * em, 2)
    narrow = next(width for width in range(1, characters + 1) if len(wrap(text, width)) <= fewest)
    return round(min(narrow * 1.05 + 1, characters) * em, 2)  # the lines differ from the average
