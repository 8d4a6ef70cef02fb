"""The code of a figure as a file of the project: read, parsed without running it, and pointed at in problems."""

from __future__ import annotations

import ast
import tokenize
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from io import BytesIO
from pathlib import Path

from c6brief.documents.entries import Entry
from c6brief.documents.files import decode, display_name, read_bytes
from c6brief.documents.problems import Place, Problem, Problems, Span
from c6brief.documents.project import find_project, inside
from c6brief.documents.trust import is_trusted, sha256, trusted_code

FUNCTION = "draw"
PARAMETERS = ("figure", "table", "style")

LARGEST_CODE = 1_000_000
"""Bytes of a file of code that are read."""


@dataclass(frozen=True)
class CodeFile:
    """The code of one figure. ``root`` is the folder of its project."""

    path: Path
    data: bytes
    text: str
    root: Path

    @property
    def name(self) -> str:
        """Its name as problems have it."""
        return display_name(self.path)

    @property
    def sha256(self) -> str:
        """The SHA-256 of its bytes."""
        return sha256(self.data)

    def place(self, line: int, column: int = 1, end_column: int = 0) -> Place:
        """A stretch of one line; without ``end_column`` to the line's end."""
        lines = self.text.split("\n")
        line = min(max(line, 1), len(lines))
        text = lines[line - 1]
        column = min(max(column, 1), len(text) + 1)
        return Place(self.name, Span(line, column, line, end_column or max(len(text) + 1, column + 1)), text)

    def find(self, words: str) -> Place | None:
        """The first line that has ``words``, or as many of the first ones as one has; ``None`` where none has the first."""
        lines = self.text.split("\n")
        parts = words.split()
        for count in range(len(parts), 0, -1):
            wanted = " ".join(parts[:count])
            for number, line in enumerate(lines, 1):
                if wanted in line:
                    at = line.index(wanted) + 1
                    return self.place(number, at, at + len(wanted))
        return None


def read_code(entry: Entry, name: str, problems: Problems) -> CodeFile | None:
    """The code ``name`` beside the file of ``entry``, whose key ``code`` names it; ``None`` after problems.

    Problems: ``outside-project``, ``bad-value`` (no file of Python), and those of
    :func:`~c6brief.documents.files.read_bytes` and :func:`~c6brief.documents.files.decode`.
    """
    at = entry.place("code")
    assert entry.document is not None  # a chart that names a file was read from one
    path = entry.document.path.parent / name
    project = find_project(entry.document.path, problems)
    if project is None:
        return None
    if path.suffix != ".py":
        problems.error("bad-value", f"code: '{name}' is no file of Python", at, "its name ends with .py")
        return None
    if not inside(path, project.root):
        problems.error("outside-project", f"'{name}' lies outside the project", at, "keep the code below seeds/")
        return None
    data = read_bytes(path, problems, what="code", at=at, largest=LARGEST_CODE)
    text = None if data is None else decode(data, path, problems, what="code")
    return None if data is None or text is None else CodeFile(path, data, text, project.root)


def check_code(code: CodeFile, problems: Problems) -> bool:
    """Whether ``code`` is Python and has the function ``draw(figure, table, style)``. It is not run. Problem: ``figure-code``."""
    found = list(_faults(code))
    problems.add_all(found)
    return not found


def _faults(code: CodeFile) -> Iterator[Problem]:
    try:
        tree = _parse(code.text)
    except SyntaxError as wrong:
        end = wrong.end_offset if wrong.end_lineno == wrong.lineno and wrong.end_offset else 0
        place = code.place(wrong.lineno or 1, wrong.offset or 1, max(end, (wrong.offset or 1) + 1))
        yield Problem("figure-code", f"this is no Python: {wrong.msg}", place)
        return
    except (ValueError, RecursionError, MemoryError) as wrong:
        yield Problem("figure-code", f"this cannot be read as Python: {wrong}", code.place(1))
        return
    wanted = f"{FUNCTION}({', '.join(PARAMETERS)})"
    functions = [node for node in tree.body if isinstance(node, ast.FunctionDef) and node.name == FUNCTION]
    imported = any(
        isinstance(node, (ast.Assign, ast.AnnAssign, ast.ImportFrom)) and _binds(node, FUNCTION) for node in tree.body
    )
    if not functions and not imported:
        hint = f"write: def {wanted}:"
        yield Problem(
            "figure-code", f"the code of a figure has a function {wanted}; there is none here", code.place(1), hint
        )
        return
    for function in functions[-1:]:
        given = function.args
        count = len(given.posonlyargs) + len(given.args)
        optional = len(given.defaults)
        if given.vararg is None and not count - optional <= len(PARAMETERS) <= count:
            place = code.place(function.lineno, function.col_offset + 1)
            yield Problem(
                "figure-code", f"{FUNCTION} takes {count} arguments; it is given three", place, f"def {wanted}:"
            )


def _binds(node: ast.stmt, name: str) -> bool:
    if isinstance(node, ast.ImportFrom):
        return any((each.asname or each.name) == name for each in node.names)
    targets = node.targets if isinstance(node, ast.Assign) else [getattr(node, "target", None)]
    return any(isinstance(target, ast.Name) and target.id == name for target in targets)


@lru_cache(maxsize=64)
def _parse(text: str) -> ast.Module:
    tokenize.detect_encoding(BytesIO(text.encode()).readline)  # SyntaxError where a comment says that it is no UTF-8
    return ast.parse(text)


def check_trust(code: CodeFile, entry: Entry, problems: Problems) -> bool:
    """Whether the user trusts ``code``. Problem: ``code-not-trusted``, at the key that names it."""
    if is_trusted(code.path, code.data, code.root):
        return True
    known = str(code.path.resolve()) in trusted_code(code.root)
    what = "has changed since it was trusted" if known else "is not trusted here"
    hint = "code can do all that you can: read it, then run `c6brief trust`"
    problems.error("code-not-trusted", f"'{code.name}' {what}, and was not run", entry.place("code"), hint)
    return False
