"""Rooms stand in a row: a module imports only from its own room and from rooms to its left, and never in a circle.

Imports inside functions and under TYPE_CHECKING count too.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from graphlib import CycleError, TopologicalSorter
from pathlib import Path

import pytest

from tests.support.paths import REPOSITORY

SOURCE = REPOSITORY / "src"
PACKAGE = SOURCE / "c6brief"

LEFT_OF = {
    "documents": (),
    "evidence": ("documents",),
    "ingest": ("documents", "evidence"),
    "brief": ("documents", "evidence"),
    "drafts": ("documents", "evidence", "brief"),
    "figures": ("documents", "evidence", "brief"),
    "rules": ("documents", "evidence", "brief", "figures"),
    "pages": ("documents", "evidence", "brief", "figures", "rules"),
    "manifest": ("documents", "evidence", "brief", "figures"),
    "print": ("documents", "evidence", "brief", "figures", "rules", "pages", "manifest"),
    "verification": ("documents", "evidence", "brief", "figures", "manifest"),
    "build": ("documents", "evidence", "ingest", "brief", "drafts", "figures", "rules", "pages", "manifest", "print"),
    "preview": (
        "documents",
        "evidence",
        "ingest",
        "brief",
        "drafts",
        "figures",
        "rules",
        "pages",
        "manifest",
        "print",
        "build",
    ),
}
"""The rooms, and those that each may import from. What is not a room (``cli``, the public interface) may import from all."""


def module_name(path: Path) -> str:
    parts = path.relative_to(SOURCE).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


MODULES = {module_name(path): path for path in sorted(PACKAGE.rglob("*.py"))}


def imports_of(module: str) -> Iterator[tuple[str, int]]:
    """The modules of ours that a module imports, each with its line."""
    for node in ast.walk(ast.parse(MODULES[module].read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom) and node.module:
            names = [
                f"{node.module}.{alias.name}" if f"{node.module}.{alias.name}" in MODULES else node.module
                for alias in node.names
            ]
        else:
            continue
        yield from ((name, node.lineno) for name in names if name in MODULES and name != module)


def room_of(module: str) -> str:
    return module.split(".")[1] if module.count(".") else ""


def test_every_folder_is_a_room() -> None:
    folders = {path.name for path in PACKAGE.iterdir() if (path / "__init__.py").is_file()}
    assert folders == {*LEFT_OF, "cli"}


@pytest.mark.parametrize("room", LEFT_OF)
def test_arrows_run_from_left_to_right(room: str) -> None:
    backwards = [
        f"{module}:{line} imports {imported}"
        for module in MODULES
        if room_of(module) == room
        for imported, line in imports_of(module)
        if room_of(imported) not in (room, *LEFT_OF[room], "about")
    ]
    assert not backwards, "\n".join(backwards)


def test_no_module_imports_itself_by_way_of_others() -> None:
    graph = {module: {imported for imported, _ in imports_of(module)} for module in MODULES}
    try:
        tuple(TopologicalSorter(graph).static_order())
    except CycleError as circle:
        pytest.fail("imports in a circle: " + " <- ".join(circle.args[1]))


def test_tests_named_in_docs_and_docstrings_exist() -> None:
    texts = [*REPOSITORY.glob("*.md"), *(REPOSITORY / "docs").rglob("*.md"), *PACKAGE.rglob("*.py")]
    named = {
        (path.relative_to(REPOSITORY).as_posix(), name)
        for path in [*texts, *(REPOSITORY / "tools").glob("*.py")]
        for name in re.findall(r"\btests/[\w/]+\.py\b", path.read_text(encoding="utf-8"))
    }
    assert len(named) > 20
    assert [
        (path, name) for path, name in sorted(named) if "NAME" not in name and not (REPOSITORY / name).is_file()
    ] == []
