"""Makes what is measured: a copy of this project, and the twin of one of its briefs for the plain script.

The twin is made of the brief's own page (``render --format html``): each drawing becomes a hole that the plain script fills
with a chart of its own, and fonts lie beside the page, as a plain script would have them.
"""

from __future__ import annotations

import base64
import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from c6brief.documents.cache import ProjectCache

REPOSITORY = Path(__file__).resolve().parent.parent

COMMAND = [sys.executable, "-m", "c6brief"]


def copy_project(to: Path) -> Path:
    """This project's seeds, templates, briefs and brand file below ``to``, with no caches and no output."""
    for name in ("seeds", "templates", "briefs"):
        shutil.copytree(REPOSITORY / name, to / name)
    if (REPOSITORY / "_brand.yml").is_file():
        shutil.copy(REPOSITORY / "_brand.yml", to)
    return to


@contextmanager
def own_cache() -> Iterator[None]:
    """While open, commands keep what they keep in a folder of their own, which is deleted at the end."""
    before = os.environ.get("C6BRIEF_CACHE_DIR")
    with tempfile.TemporaryDirectory() as folder:
        os.environ["C6BRIEF_CACHE_DIR"] = folder
        try:
            yield
        finally:
            os.environ.pop("C6BRIEF_CACHE_DIR")
            if before is not None:
                os.environ["C6BRIEF_CACHE_DIR"] = before


def clear_cache(project: Path) -> None:
    """Forget what earlier commands have kept of ``project``."""
    ProjectCache(project).clear()


def lengthened(project: Path, brief: str, times: int) -> str:
    """A brief of ``project`` that holds all prose and tables ``times`` over, with notes and without drawings. Its name.

    The copies are evidence of their own, so that nothing is printed twice under one id.
    """
    name, seeds = f"long-{times}", REPOSITORY / "seeds"
    sections = ""
    for number in range(1, times + 1):
        ending = f"{name}-{number}"
        tables = [_copied(project, path, ending) for path in sorted((seeds / "tables").glob("*.yaml"))]
        for path in sorted((seeds / "sections").glob("*.md")):
            sections += f"  - use: {_copied(project, path, ending)}\n"
            if tables:
                sections += f"    tables: [{tables.pop()}]\n"
    head = (project / "briefs" / f"{brief}.yaml").read_text(encoding="utf-8")
    kept = "".join(f"{line}\n" for line in head.split("\n") if re.match(r"(title|date|language):", line))
    (project / "briefs" / f"{name}.yaml").write_text(f"{kept}sections:\n{sections}", encoding="utf-8")
    return name


def _copied(project: Path, path: Path, ending: str) -> str:
    """A seed of ours written into the project under another id, which is returned; what a section places by a line of
    ``:::`` is left out.
    """
    text = re.sub(r"^:::.*?^:::\s*$", "", path.read_text(encoding="utf-8"), flags=re.S | re.M)
    to = project / path.relative_to(REPOSITORY).with_stem(f"{path.stem}-{ending}")
    to.write_text(text, encoding="utf-8")
    return to.stem


def make_twin(project: Path, brief: str, to: Path) -> int:
    """The plain script's folder for a brief of ``project``. Returns the number of drawings."""
    subprocess.run(
        [*COMMAND, "render", f"briefs/{brief}.yaml", "--format", "html", "-o", str(to)],
        cwd=project,
        check=True,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    page = (to / f"{brief}.html").read_text(encoding="utf-8")
    fonts: list[str] = []

    def font(found: re.Match[str]) -> str:
        fonts.append(found[1])
        (to / f"font-{len(fonts)}.ttf").write_bytes(base64.b64decode(found[1]))
        return f'url("font-{len(fonts)}.ttf")'

    page = re.sub(r'url\("data:font/ttf;base64,([^"]+)"\)', font, page)
    pieces = re.split(r"<svg\b.*?</svg>", page, flags=re.S)
    holes = "{{ drawings[%d] }}"
    whole = pieces[0].join(("{% raw %}", "{% endraw %}"))
    for number, piece in enumerate(pieces[1:]):
        whole += holes % number + "{% raw %}" + piece + "{% endraw %}"
    (to / "page.html.j2").write_text(whole, encoding="utf-8")
    (to / "brief.yaml").write_text(f"drawings: {len(pieces) - 1}\n", encoding="utf-8")
    shutil.copytree(project / "seeds", to / "seeds")
    (to / f"{brief}.html").unlink()
    return len(pieces) - 1
