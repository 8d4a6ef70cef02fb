"""What stays behind of much work: ``python benchmarks/load.py batch [EDITIONS [BRIEF]]`` and ``load.py edits [EDITS [BRIEF]]``.

``batch`` prints 2,000 editions of this repository's brief of two pages in one command, ``edits`` saves 3,000 edits to it
under a preview, of which some are mistakes and some change the evidence, while a reader takes events, pages and sources.
Both print what each process holds as the work goes on: megabytes of memory (``held``: resident; ``reserved``: address space,
which is what ``--limit-memory`` counts), handles of files, threads, the files in the folder for temporary ones, and the
seconds of one brief. Where BRIEF is ``smallest``, it is a brief of one page without a figure. Linux only: it reads ``/proc``.
"""

from __future__ import annotations

import contextlib
import http.client
import os
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple
from urllib.parse import urlsplit

from twin import COMMAND, copy_project, own_cache

BRIEF = "at-a-glance"

SMALLEST = """\
title: Three texts leave open what the C6 is
date: 2026-03-02
sections:
  - title: What is reported
    text: |
      Akramjon Nematov is the only speaker quoted. [@single-speaker; @institute-under-president]
"""

ROWS = 12
"""Rows of the table that is printed."""


class Held(NamedTuple):
    """What a process holds."""

    held: float
    reserved: float
    handles: int
    threads: int


def look(process: int | str) -> Held | None:
    """What ``process`` holds now; ``None`` where it has ended."""
    folder = Path("/proc") / str(process)
    try:
        lines = dict(line.split(":", 1) for line in (folder / "status").read_text().splitlines())
        handles = len(os.listdir(folder / "fd"))
        kilobytes = [int(lines[name].split()[0]) for name in ("VmRSS", "VmSize")]
        return Held(kilobytes[0] / 1000, kilobytes[1] / 1000, handles, int(lines["Threads"]))
    except (OSError, KeyError, ValueError):
        return None


def below(process: int) -> list[int]:
    """The processes that ``process`` has started, and those that these have."""
    started: dict[int, list[int]] = {}
    for stat in Path("/proc").glob("[0-9]*/stat"):
        with contextlib.suppress(OSError):
            started.setdefault(int(stat.read_text().rpartition(")")[2].split()[1]), []).append(int(stat.parent.name))
    found = [process]
    for each in found:
        found += started.get(each, [])
    return found[1:]


def is_renderer(process: int) -> bool:
    """Whether ``process`` renders for another one of ours."""
    try:
        return b"spawn_main" in Path(f"/proc/{process}/cmdline").read_bytes()
    except OSError:
        return False


@contextlib.contextmanager
def project() -> Iterator[tuple[Path, Path]]:
    """A copy of this project, and a folder for temporary files."""
    with tempfile.TemporaryDirectory() as name, own_cache():
        temporary = Path(name) / "temporary"
        temporary.mkdir()
        before, tempfile.tempdir = tempfile.tempdir, str(temporary)
        os.environ["TMPDIR"] = str(temporary)
        try:
            folder = copy_project(Path(name) / "project")
            (folder / "briefs" / "smallest.yaml").write_text(SMALLEST, encoding="utf-8")
            yield folder, temporary
        finally:
            tempfile.tempdir = before
            del os.environ["TMPDIR"]


HEAD = f"{'':>7}{'s each':>8}{'process':>20}{'held':>7}{'reserved':>10}{'handles':>9}{'threads':>9}{'temporary':>11}"


def row(done: int, seconds: float, name: str, held: Held | None, temporary: Path) -> str:
    """A line of the table."""
    if held is None:
        return f"{done:7}{seconds:8.2f}{name:>20}   has ended"
    files = sum(1 for _ in temporary.rglob("*"))
    return f"{done:7}{seconds:8.2f}{name:>20}{held.held:7.0f}{held.reserved:10.0f}{held.handles:9}{held.threads:9}{files:11}"


def batch(count: int, brief: str) -> int:
    """Print ``count`` editions of ``brief`` in one command, and look at its processes twice a second."""
    with project() as (folder, temporary):
        table = "file,title\n" + "".join(
            f"edition-{at},Three texts leave open what number {at} is\n" for at in range(count)
        )
        (folder / "all.csv").write_text(table, encoding="utf-8")
        command = [*COMMAND, "render", f"briefs/{brief}.yaml", "--editions", "all.csv", "--jobs", "2"]
        with (folder / "out.txt").open("wb") as out:
            running = subprocess.Popen(command, cwd=folder, stdout=out, stderr=subprocess.STDOUT)
        most: dict[str, Held] = {}
        seen: set[int] = set()
        print(HEAD, flush=True)
        begun, before, told = time.monotonic(), (0, time.monotonic()), 0
        while running.poll() is None:
            time.sleep(0.5)
            output = folder / "output"
            done = len(list(output.glob("*.pdf"))) if output.is_dir() else 0
            for process in [running.pid, *below(running.pid)]:
                now = look(process)
                if now is None:
                    continue
                name = "printing" if is_renderer(process) else "waiting" if process == running.pid else "command"
                if name == "command" and not now.handles > 6:
                    continue  # multiprocessing's own, which counts semaphores
                seen.add(process)
                most[name] = Held(*(max(pair) for pair in zip(most.get(name, now), now, strict=True)))
                if done >= told:
                    each = (time.monotonic() - before[1]) / max(1, done - before[0])
                    print(row(done, each, name, now, temporary), flush=True)
            if done >= told:
                before, told = (done, time.monotonic()), done + count // ROWS
        print(
            f"status {running.returncode}, {time.monotonic() - begun:.0f} s, {len(seen)} processes; the most of each:"
        )
        for name, held in most.items():
            print(row(count, (time.monotonic() - begun) / count, name, held, temporary))
        print(f"temporary files left: {len(list(temporary.rglob('*')))}")
        made = len(list((folder / "output").glob("*.pdf")))
        print(f"{made} files; {(folder / 'out.txt').read_text().splitlines()[-1]}")
        return 0 if running.returncode == 0 and made == count else 1


def take_events(url: str, news: list[int]) -> None:
    """Read events until the preview ends; count them in ``news``."""
    where = urlsplit(url)
    connection = http.client.HTTPConnection("127.0.0.1", where.port)
    connection.request("GET", f"{where.path}events")
    answer = connection.getresponse()
    while line := answer.readline():
        news[0] += line.startswith(b"data:")
    connection.close()


def take_pages(url: str, edition: str, pages: int) -> None:
    """Ask for all that a browser asks for after a save."""
    where = urlsplit(url)
    connection = http.client.HTTPConnection("127.0.0.1", where.port, timeout=60)
    names = ["items", *(f"page/{number}?edition={edition}&width=900" for number in range(1, pages + 1))]
    for name in names:
        connection.request("GET", where.path + name)
        answer = connection.getresponse()
        assert answer.status == 200 and answer.read(), name
    connection.close()


def edits(count: int, brief: str) -> int:
    """Save ``count`` edits of ``brief`` under a preview, each when the one before has been shown."""
    from c6brief.build.limits import Limits
    from c6brief.build.options import RenderOptions
    from c6brief.build.warm_process import WarmProcess
    from c6brief.build.watch import inputs_of, render_on_changes
    from c6brief.documents.problems import Problems
    from c6brief.preview.session import Session

    with project() as (folder, temporary):
        spec, quotes = folder / "briefs" / f"{brief}.yaml", folder / "seeds" / "people.yaml"
        good, people = spec.read_text(encoding="utf-8"), quotes.read_text(encoding="utf-8")
        os.chdir(folder)
        inputs = inputs_of([spec], RenderOptions(), Problems())
        assert inputs is not None
        session = Session(spec, 0)
        news = [0]
        threading.Thread(target=take_events, args=(session.url, news), daemon=True).start()
        took: list[float] = []
        failed = 0
        print(HEAD, flush=True)
        for number, result in enumerate(
            render_on_changes(WarmProcess([spec], RenderOptions(), Limits()), inputs, session.feed.begin)
        ):
            session.show(result)
            took.append(result.seconds)
            state = session.feed.state
            assert state is not None
            if result.problems.errors:
                failed += 1
                rules = {problem.rule for problem in result.problems.errors}
                assert rules == {"unknown-id"} and number % 10 == 7, (number, list(result.problems.errors))
            else:
                assert number % 10 != 7
                assert number == 0 or f"number {number} " in state.title, state.title
                take_pages(session.url, state.id, len(state.sizes))
            if number % max(1, count // ROWS) == 0 or number == count:
                recent = sorted(took[-20:])[len(took[-20:]) // 2]
                for process in [os.getpid(), *filter(is_renderer, below(os.getpid()))]:
                    name = "preview" if process == os.getpid() else "printing"
                    print(row(number, recent, name, look(process), temporary), flush=True)
            if number == count:
                break
            following = number + 1
            if following % 10 == 5:
                quotes.write_text(f"{people}# {following}\n", encoding="utf-8")
            text = good.replace("title: Three texts", f"title: Now number {following} of three texts", 1)
            assert text != good
            spec.write_text(
                text.replace("[@single-speaker;", "[@single-speakr;") if following % 10 == 7 else text, encoding="utf-8"
            )
        session.close()
        print(f"{count} edits, {failed} of them mistakes; {news[0]} events were read")
        threads = [thread.name for thread in threading.enumerate() if thread is not threading.main_thread()]
        print(f"threads at the end: {threads}")
        os.chdir("/")
    return 0


def main() -> int:
    """Run what the arguments ask for."""
    counts = {"batch": 2000, "edits": 3000}
    if len(sys.argv) < 2 or sys.argv[1] not in counts:
        print(__doc__)
        return 2
    count = int(sys.argv[2]) if len(sys.argv) > 2 else counts[sys.argv[1]]
    brief = sys.argv[3] if len(sys.argv) > 3 else BRIEF
    return (batch if sys.argv[1] == "batch" else edits)(count, brief)


if __name__ == "__main__":
    sys.exit(main())
