"""Every regular expression of ours takes time that grows linearly with the text: ten times the text, no more than ten times
the time, and some for chance.

The patterns are found by reading the code. Each is run as the code runs it (``search`` and its like over the whole text,
``match`` and ``fullmatch`` from its beginning) on repeats of each kind of character that it knows, and of pairs of them.
"""

from __future__ import annotations

import ast
import importlib
import re
import re._constants as codes
import re._parser as parser
import signal
import time
import warnings
from collections import defaultdict
from collections.abc import Iterator
from functools import cache
from itertools import pairwise
from typing import Any, NamedTuple

import pytest

from tests.support.paths import SOURCE
from tests.support.sampling import sampled

SMALL, LARGE = 10_000, 100_000

WORST_RATIO = 20

NOISE = 0.05
"""Seconds of processor time below which nothing is compared."""

LONGEST = 3.0
"""Seconds of processor time after which a run is ended."""

METHODS = {"search", "match", "fullmatch", "sub", "subn", "split", "findall", "finditer"}

_CLASSES = {
    codes.CATEGORY_DIGIT: "7",
    codes.CATEGORY_SPACE: " ",
    codes.CATEGORY_WORD: "w",
    codes.CATEGORY_NOT_DIGIT: "x",
    codes.CATEGORY_NOT_SPACE: "y",
    codes.CATEGORY_NOT_WORD: "-",
}


class Use(NamedTuple):
    """A pattern, where it is written, and how it is run."""

    where: str
    pattern: re.Pattern[Any]
    method: str


@cache
def uses() -> dict[str, Use]:
    """Every pattern of the package with every way it is run, by an id for pytest."""
    found: list[Use] = []
    for path in sorted(SOURCE.rglob("*.py")):
        if path.name == "__main__.py":
            continue
        name = ".".join(path.relative_to(SOURCE.parent).with_suffix("").parts).removesuffix(".__init__")
        tree = ast.parse(path.read_text(encoding="utf-8"))
        methods: dict[str, set[str]] = defaultdict(set)
        for node in ast.walk(tree):
            if not isinstance(node, ast.Call) or not isinstance(node.func, ast.Attribute):
                continue
            owner, method = node.func.value, node.func.attr
            if isinstance(owner, ast.Name) and owner.id == "re" and method in METHODS | {"compile"}:
                given = node.args[0]
                if method != "compile" and isinstance(given, ast.Constant):
                    found.append(Use(f"{name}:{node.lineno}", re.compile(given.value, _flags(node)), method))
            elif method in METHODS and isinstance(owner, (ast.Name, ast.Attribute)):
                methods[owner.id if isinstance(owner, ast.Name) else owner.attr].add(method)
        for key, value in vars(importlib.import_module(name)).items():
            # Patterns in a list or a map are run by another name; the strictest way is taken.
            is_elsewhere = isinstance(value, re.Pattern) and key not in methods
            used = () if is_elsewhere else methods.get(key) or {"search"}
            found += [Use(f"{name}.{key}", each, method) for each in _patterns(value) for method in used]
    return {f"{each.where} {each.method} {number}": each for number, each in enumerate(_different(found))}


def _different(found: list[Use]) -> Iterator[Use]:
    known = set()
    for each in found:
        key = each.pattern, "match" if each.method in ("match", "fullmatch") else "search"
        if key not in known:
            known.add(key)
            yield each._replace(method=key[1])


def _flags(node: ast.Call) -> int:
    flags = 0
    for given in [*node.args[1:], *(keyword.value for keyword in node.keywords)]:
        for each in ast.walk(given):
            if isinstance(each, ast.Attribute) and isinstance(each.value, ast.Name) and each.value.id == "re":
                value = getattr(re, each.attr)
                flags |= value if isinstance(value, re.RegexFlag) else 0
    return flags


def _patterns(value: object, depth: int = 0) -> Iterator[re.Pattern[Any]]:
    if isinstance(value, re.Pattern):
        yield value
    elif isinstance(value, (list, tuple, set, frozenset, dict)) and depth < 3:
        for each in [*value, *value.values()] if isinstance(value, dict) else value:
            yield from _patterns(each, depth + 1)


def _characters(tree: Any) -> Iterator[str]:
    """A character of each kind that a parsed pattern knows."""
    for code, value in tree:
        if code in (codes.LITERAL, codes.NOT_LITERAL):
            yield chr(value)
        elif code is codes.RANGE:
            yield chr(value[0])
        elif code is codes.CATEGORY:
            yield _CLASSES[value]
        elif code is codes.ANY:
            yield "a"
        elif code is codes.IN:
            yield from _characters(value)
        else:
            yield from _inside(value)


def _inside(value: Any) -> Iterator[str]:
    if isinstance(value, parser.SubPattern):
        yield from _characters(value)
    elif isinstance(value, (list, tuple)):
        for each in value:
            yield from _inside(each)


def _beginning(tree: Any) -> str:
    """The literal characters that a pattern begins with."""
    text = ""
    for code, value in tree:
        if code is not codes.LITERAL:
            break
        text += chr(value)
    return text


def repeats(use: Use) -> list[str]:
    """What is repeated: each kind of character alone, beside its neighbours, and the pattern's beginning."""
    is_bytes = isinstance(use.pattern.pattern, bytes)
    text = use.pattern.pattern.decode("latin-1") if is_bytes else use.pattern.pattern
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        tree = parser.parse(text, use.pattern.flags & ~re.DEBUG)
    known = list(dict.fromkeys(_characters(tree)))[:16]
    pairs = [first + second for first, second in pairwise(known)]
    beginning = _beginning(tree)
    return list(dict.fromkeys([*known, *pairs, *([beginning, beginning + "x"] if beginning else []), "é", " ", "a "]))


class _TooLong(Exception):
    pass


def seconds(use: Use, unit: str, length: int) -> float:
    """Seconds of processor time for a text of ``length`` characters."""
    text: Any = (unit * (length // len(unit) + 1))[:length] + "\0"
    if isinstance(use.pattern.pattern, bytes):
        text = text.encode("utf-8", "replace")

    def stop(*_: object) -> None:
        raise _TooLong

    before = signal.signal(signal.SIGVTALRM, stop)
    signal.setitimer(signal.ITIMER_VIRTUAL, LONGEST)
    start = time.process_time()
    try:
        if use.method == "match":
            use.pattern.match(text)
        else:
            for _ in use.pattern.finditer(text):
                pass
    except _TooLong:
        return float("inf")
    finally:
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)
        signal.signal(signal.SIGVTALRM, before)
    return time.process_time() - start


def find_slow(use: Use) -> list[str]:
    """The repeats on which a pattern is not linear."""
    slow = []
    for unit in repeats(use):
        large = seconds(use, unit, LARGE)
        if large > NOISE and (large == float("inf") or large / max(seconds(use, unit, SMALL), 0.001) > WORST_RATIO):
            slow.append(unit)
    return slow


@pytest.mark.rest
@pytest.mark.rest_sample(3)
@pytest.mark.skipif(not hasattr(signal, "setitimer"), reason="runs are ended by an alarm")
@pytest.mark.parametrize("part", sampled(range(12), 0))
def test_time_grows_as_the_text_does(part: int) -> None:
    slow = {
        f"{use.where} {use.pattern.pattern!r} on repeats of {units!r}"
        for number, use in enumerate(uses().values())
        if number % 12 == part and (units := find_slow(use))
    }
    assert not slow, "\n".join(sorted(slow))


@pytest.mark.rest
def test_patterns_are_found_and_slow_ones_told() -> None:
    assert len(uses()) > 200
    assert find_slow(Use("here", re.compile(r"\s+$"), "search"))
    assert not find_slow(Use("here", re.compile(r"\s+"), "search"))
