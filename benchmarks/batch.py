"""What printing abreast saves: ``python benchmarks/batch.py [BRIEFS] [JOBS]``.

Makes 20 briefs of this repository's three, all different, in a copy of the project, and prints them twice: one process for
each, one after another, and in one command with ``--jobs 2``. Each starts without caches. Prints seconds and their ratio,
and whether the files are the same bytes. Beside them stand the seconds of processor time, which hardly depend on what
else the machine does: their ratio, shared out to the jobs, is what a machine with nothing else to do comes near to.
"""

from __future__ import annotations

import resource
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from twin import clear_cache, own_cache

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


def seconds(commands: list[list[str]], folder: Path) -> tuple[float, float]:
    """How long the commands take one after another, without what an earlier run has kept: time, and processor time."""
    clear_cache(folder)
    start, busy = time.perf_counter(), _busy()
    for command in commands:
        subprocess.run(command, cwd=folder, check=True, capture_output=True)
    return time.perf_counter() - start, _busy() - busy


def _busy() -> float:
    """Seconds of processor time of all processes that have ended below this one."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def main() -> int:
    """Measure and print. Returns 1 where the target is missed, or the files differ."""
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 20
    jobs = int(sys.argv[2]) if len(sys.argv) > 2 else 2
    with tempfile.TemporaryDirectory() as name, own_cache():
        folder = Path(name)
        briefs = project(folder, count)
        single, single_busy = seconds([[*RENDER, brief, "-o", "single"] for brief in briefs], folder)
        abreast, abreast_busy = seconds([[*RENDER, *briefs, "--jobs", str(jobs), "-o", "abreast"]], folder)
        files = [{path.name: path.read_bytes() for path in (folder / each).iterdir()} for each in ("single", "abreast")]
    same = files[0] == files[1]
    ratio = abreast / single
    print(f"{count} briefs{'':24}{'time':>8}{'ratio':>8}{'processor':>11}{'ratio':>8}")
    print(f"{'one process each':32}{single:6.1f} s{1:8.2f}{single_busy:9.1f} s{1:8.2f}")
    share = abreast_busy / single_busy / jobs
    print(
        f"{f'{jobs} processes in all':32}{abreast:6.1f} s{ratio:8.2f}{abreast_busy:9.1f} s{share:8.2f} (each of {jobs})"
    )
    print(
        f"target {TARGET}; {abreast / count:.2f} s a brief; the files are {'the same' if same else 'NOT THE SAME'} bytes"
    )
    return 0 if same and ratio <= TARGET else 1


if __name__ == "__main__":
    sys.exit(main())
