"""Mutants that ``check`` lets pass without an error, each with what it changes: a reader judges whether passing was right.

What is changed is told by values, not by lines, where a file is YAML before and after: a mutator writes all of it anew.
"""

from __future__ import annotations

import contextlib
import difflib
import io
import re
import zipfile
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import yaml

from tests.fuzz.oracle import Trial, try_project
from tests.fuzz.seedbed import project_files

MOST_SHOWN = 150
"""Characters of a changed stretch that are shown."""


def describe_pass(sandbox: Path, files: dict[str, bytes], usual: Trial) -> list[str] | None:
    """What a mutant changes, a line each, and what is told of it that is not told as usual; None if it does not pass.

    It is also printed where a file is changed that ``check`` does not draw: one of a template, an image, a font.
    """
    changes = list(differences(project_files(), files))
    drawn = any(not each.startswith(("seeds/", "briefs/")) for each in changes)
    trial = try_project(sandbox, files, render=drawn) if changes else Trial()
    if trial.commands[:1] != ["check: 0"]:
        return None
    told = _beside(trial.others, usual.others)
    later = _beside(trial.at_render, [*usual.at_render, *told])
    return [
        *changes,
        *(f"told: {rule}" for rule in told),
        *trial.commands[1:],
        *(f"told then: {rule}" for rule in later),
    ]


def _beside(told: list[str], usual: list[str]) -> list[str]:
    return sorted(Counter(told) - Counter(usual))


def differences(old: dict[str, bytes], new: dict[str, bytes]) -> Iterator[str]:
    """A line for each stretch or value that differs between two projects, by the path of its file."""
    for name in sorted(old.keys() | new.keys()):
        if old.get(name) == new.get(name):
            continue
        if name not in new:
            yield f"{name}: gone"
        else:
            yield from (f"{name}: {each}" for each in difference(old.get(name, b""), new[name], name))


def difference(old: bytes, new: bytes, name: str) -> list[str]:
    """What differs between two versions of a file."""
    if name.endswith(".xlsx") and zipfile.is_zipfile(io.BytesIO(new)):
        return [*differences(_parts(old), _parts(new))]
    if name.endswith((".ttf", ".png", ".xlsx")):
        return [
            f"{len(old)} bytes, then {len(new)}, {sum(a != b for a, b in zip(old, new, strict=False))} of them others"
        ]
    if name.endswith((".yaml", ".yml")):
        try:
            changed = [*_values(yaml.safe_load(old), yaml.safe_load(new), "")]
        except (yaml.YAMLError, ValueError, RecursionError):
            changed = []
        if changed:
            return changed
    return _stretches(old.decode("utf-8", "backslashreplace"), new.decode("utf-8", "backslashreplace"))


def _parts(workbook: bytes) -> dict[str, bytes]:
    """The parts of a workbook that can be read, by name."""
    parts = {}
    with zipfile.ZipFile(io.BytesIO(workbook)) as archive:
        for name in archive.namelist():
            with contextlib.suppress(Exception):  # zipfile and zlib raise a dozen kinds
                parts[name] = archive.read(name)
    return parts


def _values(old: Any, new: Any, path: str) -> Iterator[str]:
    if isinstance(old, dict) and isinstance(new, dict):
        for key in [*old, *(key for key in new if key not in old)]:
            inner = f"{path}.{key}" if path else str(key)
            if key not in new:
                yield f"{inner} gone, was {_shown(old[key])}"
            elif key not in old:
                yield f"{inner} added: {_shown(new[key])}"
            else:
                yield from _values(old[key], new[key], inner)
    elif isinstance(old, list) and isinstance(new, list) and len(old) == len(new):
        for number, (before, after) in enumerate(zip(old, new, strict=True)):
            yield from _values(before, after, f"{path}[{number}]")
    elif type(old) is not type(new) or repr(old) != repr(new):
        if isinstance(old, str) and isinstance(new, str) and len(old) > 60:
            yield from (f"{path}: {each}" for each in _stretches(old, new))
        else:
            yield f"{path}: {_shown(old)} -> {_shown(new)}"


def _stretches(old: str, new: str) -> list[str]:
    before, after = (re.findall(r"\w+|\s+|[^\w\s]", text) for text in (old, new))
    found = difflib.SequenceMatcher(None, before, after, autojunk=False).get_opcodes()
    return [
        f"…{_shown(''.join(before[max(0, start - 6) : start]))} [{_shown(''.join(before[start:end]))} -> "
        f"{_shown(''.join(after[to:till]))}] {_shown(''.join(before[end : end + 6]))}…"
        for what, start, end, to, till in found
        if what != "equal"
    ]


def _shown(value: Any) -> str:
    text = repr(value)
    return text if len(text) <= MOST_SHOWN else f"{text[:MOST_SHOWN]}… ({len(text)} characters)"
