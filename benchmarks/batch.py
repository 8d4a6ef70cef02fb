"""What printing abreast saves: ``python benchmarks/batch.py [BRIEFS] [JOBS]``.

Makes 20 briefs of this repository's three, all different, in a copy of the project, and prints them twice: one process for
each, one after another, and in one command with ``--jobs 2``. Each starts without caches. Prints seconds and their ratio,
and whether the files are the same bytes.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

REPOSITORY = Path(__file__).resolve().parent.parent

TARGET = 0.28
"""Of the time that one process for each takes."""

RENDER = (sys.executable, "-m", "c6brief", "render")


def project(folder: Path, count: int) -> list[str]:
    """A copy of this repository's project with ``count`` briefs."""
    shutil.copytree(REPOSITORY / "seeds", folder / "seeds")
    shutil.copy(REPOSITORY / "_brand.yml", folder)
    (folder / "briefs").mkdir()
    names = []
    originals = sorted((REPOSITORY / "briefs").glob("*.yaml"))
    for number in range(count):
        lines = originals[number % len(originals)].read_text(encoding="utf-8").split("\n")
        changed = [f"{line} ({number})" if line.startswith("subtitle: ") else line for line in lines]
        name = f"briefs/brief-{number}.yaml"
        (folder / name).write_text("\n".join(changed), encoding="utf-8")
        names.append(name)
    return names


def seconds(commands: list[list[str]], folder: Path) -> float:
    """How long the commands take one after another, without what an earlier run has kept."""
    shutil.rmtree(folder / ".c6brief", ignore_errors=True)
    start = time.perf_counter()
    for command in commands:
        subprocess.run(command, cwd=folder, check=True, capture_output=True)
    return time.perf_counter() - start


def main() -> int:
    """Measure and print. Returns 1 where the target is missed, or the files differ."""
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 20
    jobs = sys.argv[2] if len(sys.argv) > 2 else "2"
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        briefs = project(folder, count)
        single = seconds([[*RENDER, brief, "-o", "single"] for brief in briefs], folder)
        abreast = seconds([[*RENDER, *briefs, "--jobs", jobs, "-o", "abreast"]], folder)
        files = [{path.name: path.read_bytes() for path in (folder / each).iterdir()} for each in ("single", "abreast")]
    same = files[0] == files[1]
    ratio = abreast / single
    print(f"{count} briefs, a process each       {single:7.1f} s   1.00")
    print(f"{count} briefs, {jobs} processes in all   {abreast:7.1f} s   {ratio:.2f}   (target {TARGET})")
    print(f"{abreast / count:.2f} s a brief; the files are {'the same' if same else 'NOT THE SAME'} bytes")
    return 0 if same and ratio <= TARGET else 1


if __name__ == "__main__":
    sys.exit(main())
