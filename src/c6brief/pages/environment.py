"""The sandbox that templates run in.

A template is somebody's file: it may be wrong and it may be hostile. It sees one value, the brief; it reads only
template files; it cannot call into Python, change what it is given, or make a text of a billion characters from
one short expression. Loops that never end are for the print room, which limits the process.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from types import CodeType
from typing import Any

from jinja2 import BaseLoader, BytecodeCache, StrictUndefined, TemplateNotFound, UndefinedError
from jinja2.bccache import Bucket
from jinja2.exceptions import SecurityError
from jinja2.sandbox import ImmutableSandboxedEnvironment

from c6brief.pages.arrange import arrange
from c6brief.pages.balance import balanced
from c6brief.pages.search import Search

WIDEST = 1_000
"""Characters that one filter may pad, indent or wrap to."""

GROWERS = frozenset({"center", "ljust", "rjust", "zfill", "expandtabs", "format", "format_map", "replace", "translate"})
"""Methods of texts that make a large text from small ones."""


class MissingName(UndefinedError):
    """A template asked for something that is not there: ``owner`` has no ``name``."""

    def __init__(self, message: str | None, owner: Any, name: str | None) -> None:
        super().__init__(message)
        self.owner = owner
        self.name = name


class Missing(StrictUndefined):
    """Jinja's strict undefined value, whose error also says what was asked of what."""

    def __init__(self, hint: str | None = None, obj: Any = None, name: str | None = None, exc: Any = None) -> None:
        super().__init__(hint, obj, name, partial(MissingName, owner=obj, name=name))


class Sandbox(ImmutableSandboxedEnvironment):
    """Jinja's immutable sandbox, and no operator or method that blows texts and lists up."""

    intercepted_binops = frozenset({"*", "**", "%"})

    def call_binop(self, context: Any, operator: str, left: Any, right: Any) -> Any:
        """Arithmetic on numbers of ordinary size, and on nothing else."""
        if not all(isinstance(side, (int, float)) for side in (left, right)):
            raise SecurityError(f"'{operator}' works on numbers only: it could blow a text or a list up")
        if operator == "**" and (abs(left) > 1_000 or abs(right) > 100):
            raise SecurityError("'**' works on numbers up to 1000 and powers up to 100 only")
        return super().call_binop(context, operator, left, right)

    def wrap_str_format(self, value: Any) -> None:
        """No ``"{:999999999}".format(1)``: Jinja would allow it before asking :meth:`is_safe_attribute`."""
        return None

    def is_safe_attribute(self, obj: Any, attr: str, value: Any) -> bool:
        """What Jinja allows, without the growers."""
        return not (isinstance(obj, str) and attr in GROWERS) and super().is_safe_attribute(obj, attr, value)


class TemplateLoader(BaseLoader):
    """Reads what ``{% extends %}``, ``{% include %}`` and ``{% import %}`` name, along the search of one template."""

    def __init__(self, search: Search) -> None:
        self.search = search

    def get_source(self, environment: Any, template: str) -> tuple[str, str, Callable[[], bool]]:
        """The text and the path of ``template``. Raises ``TemplateNotFound``, ``OSError``, ``UnicodeDecodeError``."""
        path = self.search.file(template)
        if path is None:
            raise TemplateNotFound(template)
        if not any(path.is_relative_to(folder) for folder in self.search.folders) or ":" in template:
            self.search.follow(template)
        return path.read_text(encoding="utf-8"), str(path), lambda: True


class Compiled(BytecodeCache):
    """Templates as they were compiled, as long as this process lives; each is known by its file and its text.

    A page is made twice, and in a watched project with every save. It is never kept in a file: code that lies in somebody's
    project is run by nobody.
    """

    MOST = 500
    """Files and versions of them."""

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


_compiled = Compiled()


def environment(search: Search) -> Sandbox:
    """The sandbox in which the templates of ``search`` run: made anew for each page, so that no edit is missed."""
    sandbox = Sandbox(
        loader=TemplateLoader(search),
        bytecode_cache=_compiled,
        autoescape=True,
        undefined=Missing,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    del sandbox.filters["format"]  # '%999999999d' % 1
    for name in ("center", "indent", "wordwrap", "round"):
        sandbox.filters[name] = _limited(name, sandbox.filters[name])
    sandbox.filters["arrange"] = arrange
    sandbox.filters["balanced"] = balanced
    return sandbox


def _limited(name: str, filter_: Callable[..., Any]) -> Callable[..., Any]:
    """``filter_`` with its number (or text to indent with) kept small. Jinja hands the environment first to some."""

    def limited(*args: Any, **kwargs: Any) -> Any:
        for value in (*args[1:], *kwargs.values()):
            if (isinstance(value, (int, float)) and abs(value) > WIDEST) or (
                isinstance(value, str) and name == "indent" and len(value) > WIDEST
            ):
                raise SecurityError(f"the filter '{name}' goes up to {WIDEST}")
        return filter_(*args, **kwargs)

    for mark in ("jinja_pass_arg",):  # how Jinja knows that a filter wants the environment
        if hasattr(filter_, mark):
            setattr(limited, mark, getattr(filter_, mark))
    return limited
