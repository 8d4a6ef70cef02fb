"""Projects that somebody might send: each is the project about buses with one thing in it that leads out, or never ends."""

from __future__ import annotations

import os
import shutil
import socket
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tests.support.project import BRIEF, QUIET, SEEDS

SECRET = "Nobody may read these words."

MINE = '{% extends "c6brief:policy-brief/brief.html.j2" %}\n'
"""A template of the project's own, called ``mine``."""

SVG = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><path d="M0 0h9v9z"/></svg>'


def make_outside(outside: Path) -> Path:
    """A folder that no project may reach: all that a project has, with the secret words in it."""
    for name, text in {**SEEDS, "briefs/lifts.yaml": BRIEF}.items():
        path = outside / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text.replace("Waiting for the lift", SECRET))
    for name in ("secret.css", "secret.html.j2", "lifts.pdf", "lifts.html", "secret.svg", "secret.csv"):
        (outside / name).write_text(SVG if name.endswith("svg") else f"/* {SECRET} */\n")
    (outside / "lifts").mkdir()
    (outside / "lifts" / "lifts-p1-hole.png").write_text(SECRET)
    shutil.copytree(outside / "seeds", outside / "data")
    return outside


def contents(folder: Path) -> dict[str, bytes]:
    """Every file below ``folder`` with what is in it."""
    return {str(path.relative_to(folder)): path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()}


@dataclass(frozen=True)
class Hostile:
    """One such project: what makes it, which rule finds it, and at which file of the project."""

    make: Callable[[Path, Path], None]
    rule: str
    file: str
    line: int = 1
    only_render: bool = False
    """Whether only writing meets it."""


def _put(root: Path, name: str, text: str | bytes) -> Path:
    path = root / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(text.encode() if isinstance(text, str) else text)
    return path


def _clear(path: Path) -> None:
    if path.is_dir() and not path.is_symlink():
        shutil.rmtree(path)
    else:
        path.unlink(missing_ok=True)
    path.parent.mkdir(parents=True, exist_ok=True)


def link(name: str, target: str, **before: str) -> Callable[[Path, Path], None]:
    """Replaces ``name`` in the project by a link to ``target`` outside, or to an absolute path."""

    def make(root: Path, outside: Path) -> None:
        _prepare(root, before)
        _clear(root / name)
        (root / name).symlink_to(target if target.startswith("/") else outside / target)

    return make


def special(name: str, **before: str) -> Callable[[Path, Path], None]:
    """Replaces ``name`` in the project by a FIFO that nobody writes to."""

    def make(root: Path, outside: Path) -> None:
        _prepare(root, before)
        _clear(root / name)
        os.mkfifo(root / name)

    return make


def _prepare(root: Path, before: dict[str, str]) -> None:
    """What the project has besides: a template, a brand file, a table's data."""
    if "template" in before:
        _put(root, "templates/mine/brief.html.j2", MINE + before["template"])
        _put(root, "briefs/lifts.yaml", "template: mine\n" + BRIEF)
    if "brand" in before:
        _put(root, "_brand.yml", QUIET + before["brand"])
    if "table" in before:
        table = SEEDS["seeds/tables/access.yaml"]
        _put(root, "seeds/tables/access.yaml", table[: table.index("rows:")] + f"data: {before['table']}\n")


def _socket(root: Path, outside: Path) -> None:
    here = os.getcwd()
    os.chdir(root / "seeds")  # the name of a socket has at most 108 bytes
    try:
        with socket.socket(socket.AF_UNIX) as made:
            made.bind("quotes.sock")
    finally:
        os.chdir(here)


def _chain(root: Path, outside: Path) -> None:
    _put(root, "shared/note.txt", "")
    (root / "shared/one").symlink_to(root / "shared/two")
    (root / "shared/two").symlink_to(outside / "seeds/texts/riders.txt")
    _clear(root / "seeds/texts/riders.txt")
    (root / "seeds/texts/riders.txt").symlink_to("../../shared/one")


def _nested(root: Path, outside: Path) -> None:
    here = os.getcwd()
    os.chdir(root / "seeds")
    try:
        for _ in range(3000):
            os.mkdir("d")
            os.chdir("d")
    finally:
        os.chdir(here)


def remove_nested(folder: Path) -> None:
    """Delete a chain of folders that is too deep for ``shutil.rmtree``."""
    here = os.getcwd()
    os.chdir(folder)
    depth = 0
    while os.path.isdir("d"):
        os.chdir("d")
        depth += 1
    for _ in range(depth):
        os.chdir("..")
        os.rmdir("d")
    os.chdir(here)


def _sparse(name: str) -> Callable[[Path, Path], None]:
    def make(root: Path, outside: Path) -> None:
        with open(root / name, "wb") as file:
            file.truncate(10_000_000_000)

    return make


def _text(name: str, old: str, new: str) -> Callable[[Path, Path], None]:
    def make(root: Path, outside: Path) -> None:
        text = (root / name).read_text()
        assert old in text
        _put(root, name, text.replace(old, new.replace("OUTSIDE", str(outside)), 1))

    return make


def _files(root: Path, outside: Path) -> None:
    for number in range(200):
        _put(root, f"seeds/many/{number // 50}/{number}.txt", "")


TABLE = "seeds/tables/access.yaml"
LOGO = "logo: img/logo.svg\nmeta: {name: House}\n"

ZOO = {
    "seeds": Hostile(link("seeds", "seeds"), "outside-project", "seeds"),
    "texts": Hostile(link("seeds/texts", "seeds/texts"), "outside-project", "seeds/sources.yaml", 8),
    "one text": Hostile(
        link("seeds/texts/riders.txt", "seeds/texts/riders.txt"), "outside-project", "seeds/sources.yaml", 14
    ),
    "a chain of links": Hostile(_chain, "outside-project", "seeds/sources.yaml", 14),
    "a file of seeds": Hostile(link("seeds/quotes.yaml", "seeds/quotes.yaml"), "outside-project", "seeds/quotes.yaml"),
    "a folder of seeds": Hostile(link("seeds/sections", "seeds/sections"), "outside-project", "seeds/sections"),
    "a large tree": Hostile(link("seeds/x", "/usr"), "outside-project", "seeds/x"),
    "the root": Hostile(link("seeds/tables/x", "/"), "outside-project", "seeds/tables/x"),
    "a path upwards": Hostile(
        _text("seeds/sources.yaml", "texts/transit.txt", "../../outside/seeds/texts/transit.txt"),
        "outside-project",
        "seeds/sources.yaml",
        8,
    ),
    "an absolute path": Hostile(
        _text(TABLE, "rows: [[Street to train, 94], [Street to platform, 1061]]", "data: OUTSIDE/secret.csv"),
        "outside-project",
        TABLE,
        6,
    ),
    "data": Hostile(link("seeds/tables/d.csv", "secret.csv", table="d.csv"), "outside-project", TABLE, 6),
    "a workbook": Hostile(link("seeds/tables/d.xlsx", "secret.csv", table="d.xlsx"), "outside-project", TABLE, 6),
    "templates": Hostile(link("templates", "data"), "outside-project", "templates"),
    "a template": Hostile(link("templates/policy-brief", "data"), "outside-project", "templates/policy-brief"),
    "an include": Hostile(
        link(
            "templates/mine/part.html.j2",
            "secret.html.j2",
            template='{% block cover %}{% include "part.html.j2" %}{% endblock %}',
        ),
        "outside-project",
        "templates/mine/part.html.j2",
    ),
    "an import": Hostile(
        link(
            "templates/mine/part.html.j2",
            "secret.html.j2",
            template='{% block cover %}{% import "part.html.j2" as x %}{% endblock %}',
        ),
        "outside-project",
        "templates/mine/part.html.j2",
    ),
    "a folder of includes": Hostile(
        link(
            "templates/mine/parts",
            ".",
            template='{% block cover %}{% include "parts/secret.html.j2" %}{% endblock %}',
        ),
        "outside-project",
        "templates/mine/parts",
    ),
    "the template itself": Hostile(
        link("templates/mine/brief.html.j2", "secret.html.j2", template=""),
        "outside-project",
        "templates/mine/brief.html.j2",
    ),
    "a style sheet": Hostile(
        link("templates/mine/style.css", "secret.css", template=""), "outside-project", "templates/mine/style.css"
    ),
    "its settings": Hostile(
        link("templates/mine/template.yaml", "seeds/quotes.yaml", template=""),
        "outside-project",
        "templates/mine/template.yaml",
    ),
    "the brand file": Hostile(link("_brand.yml", "_brand.yml"), "outside-project", "_brand.yml"),
    "a logo": Hostile(link("img/logo.svg", "secret.svg", brand=LOGO), "outside-project", "_brand.yml", 2),
    "a folder of logos": Hostile(
        link("img", ".", brand=LOGO.replace("logo.svg", "secret.svg")), "outside-project", "_brand.yml", 2
    ),
    "a font": Hostile(
        link(
            "fonts/a.ttf",
            "secret.css",
            brand="typography:\n  fonts: [{family: A, source: file, files: [fonts/a.ttf]}]\n  base: A\n",
        ),
        "outside-project",
        "_brand.yml",
        3,
    ),
    "the briefs": Hostile(link("briefs", "briefs"), "outside-project", "briefs"),
    "the brief": Hostile(link("briefs/lifts.yaml", "briefs/lifts.yaml"), "outside-project", "briefs/lifts.yaml"),
    "the output": Hostile(link("output", "."), "outside-project", "output", only_render=True),
    "no output yet": Hostile(link("output", "new"), "outside-project", "output", only_render=True),
    "a FIFO of seeds": Hostile(special("seeds/quotes.yaml"), "not-a-file", "seeds/quotes.yaml"),
    "a FIFO as a text": Hostile(special("seeds/texts/riders.txt"), "not-a-file", "seeds/sources.yaml", 14),
    "a FIFO for seeds/KIND": Hostile(special("seeds/x"), "not-a-file", "seeds/x"),
    "a FIFO as data": Hostile(special("seeds/tables/d.csv", table="d.csv"), "not-a-file", TABLE, 6),
    "a FIFO as a brand": Hostile(special("_brand.yml"), "not-a-file", "_brand.yml"),
    "a FIFO as a brief": Hostile(special("briefs/lifts.yaml"), "not-a-file", "briefs/lifts.yaml"),
    "a FIFO as a style sheet": Hostile(
        special("templates/mine/style.css", template=""), "not-a-file", "templates/mine/style.css"
    ),
    "a socket": Hostile(_socket, "not-a-file", "seeds/quotes.sock"),
    "a device": Hostile(link("seeds/quotes.yaml", "/dev/zero"), "outside-project", "seeds/quotes.yaml"),
    "the terminal": Hostile(link("seeds/quotes.yaml", "/dev/stdin"), "outside-project", "seeds/quotes.yaml"),
    "3,000 folders": Hostile(_nested, "project-too-large", "seeds"),
    "200 files of 100": Hostile(_files, "project-too-large", "seeds"),
    "10 GB": Hostile(_sparse("seeds/x.bin"), "project-too-large", "seeds"),
    "10 GB of quotes": Hostile(_sparse("seeds/quotes.yaml"), "project-too-large", "seeds"),
}

_watched: list[str] = []
_outside: str | None = None


def _audit(event: str, arguments: tuple[Any, ...]) -> None:
    """Note what Python opens, lists, makes or deletes below the watched folder; a handle that opens nothing is none."""
    if _outside is None or event not in ("open", "os.listdir", "os.scandir", "os.mkdir", "os.remove", "os.rename"):
        return
    path = arguments[0]
    if event == "open" and isinstance(arguments[2], int) and arguments[2] & os.O_PATH:
        return
    if isinstance(path, int):
        path = f"/proc/self/fd/{path}"
    if isinstance(path, (str, os.PathLike)) and os.path.isabs(path):
        real = os.path.realpath(path)
        if real == _outside or real.startswith(_outside + os.sep):
            _watched.append(f"{event} {path}")


sys.addaudithook(_audit)


@contextmanager
def untouched(outside: Path) -> Iterator[None]:
    """Assert that nothing below ``outside`` is opened, listed or changed meanwhile."""
    global _outside
    before = contents(outside)
    _watched.clear()
    _outside = os.path.realpath(outside)
    try:
        yield
    finally:
        _outside = None
    assert _watched == []
    assert contents(outside) == before
