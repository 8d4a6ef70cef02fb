"""How long a brief takes, as a ratio to a plain script in the same run: ``make bench``, or ``python benchmarks/speed.py``.

Every round runs each thing once, one after the other, in processes of their own; a ratio is taken within a round, and
the median over the rounds is printed. So a machine that is slow for a while slows both sides. The last line of
``benchmarks/history.jsonl`` is shown beside each figure, and this run is appended to it with its commit: a change that
makes a row worse is seen in its diff. ``--rounds N`` (7 by default), ``--no-history`` leaves the file alone.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from pypdf import PdfReader
from twin import COMMAND, REPOSITORY, clear_cache, copy_project, lengthened, make_twin, own_cache

HISTORY = Path(__file__).parent / "history.jsonl"

BRIEF = "security"
"""Eight pages."""

ALONE = "import sys, weasyprint; weasyprint.HTML(sys.argv[1]).write_pdf(sys.argv[2])"
"""WeasyPrint on our own page, which is ready with its drawings: no evidence, no mending, no tags, no archive."""

LONG = (1, 12)
"""How often all prose and tables stand in the two long briefs, of about 8 and about 100 pages: between them the cost of a page is measured."""


@dataclass(frozen=True)
class Took:
    """What one process took: seconds of wall clock and of CPU, and its peak of memory in MB."""

    wall: float
    cpu: float
    peak: float


def run(arguments: list[str], folder: Path) -> Took:
    """Run a command to its end in ``folder``. Raises ``SystemExit`` where it fails."""
    start = time.perf_counter()
    with tempfile.TemporaryFile() as said:
        process = subprocess.Popen(arguments, cwd=folder, stdout=said, stderr=said)
        _, status, used = os.wait4(process.pid, 0)
        wall = time.perf_counter() - start
        if status:
            said.seek(0)
            raise SystemExit(f"{' '.join(arguments)} failed:\n{said.read().decode()}")
    kilobytes = used.ru_maxrss / (1024 if sys.platform == "darwin" else 1)
    return Took(wall, used.ru_utime + used.ru_stime, kilobytes / 1000)


class Bench:
    """A copy of the project, the plain script's twin of it, and the things that are measured."""

    def __init__(self, root: Path) -> None:
        self.project = copy_project(root / "project")
        self.spec = self.project / "briefs" / f"{BRIEF}.yaml"
        self.text = self.spec.read_text(encoding="utf-8")
        self.edits = 0
        self.twin = root / "twin"
        self.drawings = make_twin(self.project, BRIEF, self.twin)
        self.command("render", f"briefs/{BRIEF}.yaml", "--format", "html", "-o", "page")
        self.long_project = copy_project(root / "long")
        self.long = [lengthened(self.long_project, BRIEF, times) for times in LONG]
        self.long_twins = [root / f"twin-{name}" for name in self.long]

    def command(self, *arguments: str) -> Took:
        return run([*COMMAND, *arguments], self.project)

    def plain(self, twin: Path | None = None) -> Took:
        script = str(Path(__file__).parent / "plain.py")
        return run([sys.executable, script, str(twin or self.twin), str(self.project / "plain.pdf")], self.project)

    def alone(self) -> Took:
        page, pdf = (str(self.project / name) for name in (f"page/{BRIEF}.html", "alone.pdf"))
        return run([sys.executable, "-c", ALONE, page, pdf], self.project)

    def cold(self) -> Took:
        clear_cache(self.project)
        return self.command("render", f"briefs/{BRIEF}.yaml")

    def edited(self) -> Took:
        """After a sentence was changed; figures are in the cache."""
        self.edits += 1
        assert "The " in self.text
        self.spec.write_text(self.text.replace("The ", f"The {'very ' * (self.edits % 2)}", 1), encoding="utf-8")
        return self.command("render", f"briefs/{BRIEF}.yaml")

    def unchanged(self) -> Took:
        return self.command("render", f"briefs/{BRIEF}.yaml")

    def check(self) -> Took:
        return self.command("check", f"briefs/{BRIEF}.yaml")

    def help(self) -> Took:
        return self.command("--help")

    def warm(self) -> float:
        """An edit in a warm process, as a ratio to the plain script in one."""
        script = str(Path(__file__).parent / "warm.py")
        took = [
            subprocess.run([sys.executable, script, *arguments], check=True, capture_output=True, text=True).stdout
            for arguments in (
                ("ours", str(self.project), BRIEF),
                ("plain", str(self.twin), str(self.project / "plain.pdf")),
            )
        ]
        return float(took[0]) / float(took[1])

    def pages(self, index: int) -> tuple[Took, Took, int]:
        """A long brief from us and from the plain script, and the number of its pages."""
        name = self.long[index]
        make_twin(self.long_project, name, self.long_twins[index])
        took = run([*COMMAND, "render", f"briefs/{name}.yaml"], self.long_project)
        count = len(PdfReader(self.long_project / "output" / f"{name}.pdf").pages)
        return took, self.plain(self.long_twins[index]), count


def measured(bench: Bench, rounds: int, long_too: bool, say: Callable[[str], None]) -> dict[str, float]:
    """The rows, by name: medians over ``rounds``, after one round that is not counted."""
    found: dict[str, list[float]] = {}
    for number in range(rounds + 1):
        say(f"round {number} of {rounds}" if number else "warming up")
        plain, cold, edited, unchanged = bench.plain(), bench.cold(), bench.edited(), bench.unchanged()
        check, help_, alone = bench.check(), bench.help(), bench.alone()
        if number:
            row = {
                "plain s": plain.wall,
                "cold": cold.wall / plain.wall,
                "text edited": edited.wall / plain.wall,
                "nothing changed": unchanged.wall / plain.wall,
                "cold, by cpu": cold.cpu / plain.cpu,
                "text edited, by cpu": edited.cpu / plain.cpu,
                "nothing changed, by cpu": unchanged.cpu / plain.cpu,
                "nothing changed s": unchanged.wall,
                "check cpu s": check.cpu,
                "help s": help_.wall,
                "warm edit": bench.warm(),
                "WeasyPrint alone": alone.wall / plain.wall,
                "peak MB": cold.peak,
                "peak plain MB": plain.peak,
            }
            for name, value in row.items():
                found.setdefault(name, []).append(value)
    if long_too:
        say("long briefs")
        clear_cache(bench.long_project)
        (short, plain_short, few), (long, plain_long, many) = bench.pages(0), bench.pages(1)
        row = {
            "s a page": (long.wall - short.wall) / (many - few),
            "MB a page": (long.peak - short.peak) / (many - few),
            "plain s a page": (plain_long.wall - plain_short.wall) / (many - few),
            "plain MB a page": (plain_long.peak - plain_short.peak) / (many - few),
            "pages": many,
        }
        for name, value in row.items():
            found.setdefault(name, []).append(value)
    return {name: round(statistics.median(values), 4) for name, values in found.items()}


GOALS = {
    "cold": ("cold render, first run, empty caches", 0.65),
    "text edited": ("cold render, figures cached (text edited)", 0.35),
    "nothing changed": ("render, nothing changed", 0.03),
    "warm edit": ("edit of a sentence in watch or preview", 0.45),
    "check cpu s": ("check of one brief, s of CPU", 0.25),
    "help s": ("--help, s", 0.15),
    "s a page": ("8 to 100 pages, s a page", 0.2),
    "MB a page": ("8 to 100 pages, MB a page", 1.5),
}
"""What each row is called, and what it may reach at most."""


def table(rows: dict[str, float], before: dict[str, float]) -> str:
    """The rows beside their goals and what the last run had."""
    lines = [f"{'':44} {'now':>8} {'at most':>8} {'last':>8}"]
    for name, (words, goal) in GOALS.items():
        if name not in rows:
            continue
        last = f"{before[name]:8.3f}" if name in before else f"{'-':>8}"
        lines.append(f"{words:44} {rows[name]:8.3f} {goal:8.2f} {last}{'' if rows[name] <= goal else '  over'}")
    lines.append("")
    lines += [f"{name:44} {rows[name]:8.3f}" for name in rows if name not in GOALS]
    return "\n".join(lines)


def machine() -> str:
    return f"{platform.system()} {platform.machine()}, {os.cpu_count()} cores, Python {platform.python_version()}"


def commit() -> str:
    """The commit that was measured; ``+`` after it where files were changed since."""
    asked = subprocess.run(
        ["git", "describe", "--always", "--dirty=+", "--exclude=*"], cwd=REPOSITORY, capture_output=True, text=True
    )
    return asked.stdout.strip() or "unknown"


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    options.add_argument("--rounds", type=int, default=7)
    options.add_argument("--short", action="store_true", help="leave out the long briefs, which take minutes")
    options.add_argument("--no-history", action="store_true", help="append nothing")
    wanted = options.parse_args()
    history = [json.loads(line) for line in HISTORY.read_text().splitlines()] if HISTORY.is_file() else []
    with tempfile.TemporaryDirectory() as folder, own_cache():
        bench = Bench(Path(folder))
        rows = measured(bench, wanted.rounds, not wanted.short, lambda words: print(words, file=sys.stderr))
        drawings = bench.drawings
    print(f"{BRIEF}, {drawings} drawings; {machine()}; {wanted.rounds} rounds; 1 is the plain script's time\n")
    print(table(rows, history[-1]["rows"] if history else {}))
    if not wanted.no_history:
        line = {"commit": commit(), "machine": machine(), "rounds": wanted.rounds, "rows": rows}
        with HISTORY.open("a", encoding="utf-8") as file:
            file.write(json.dumps(line) + "\n")


if __name__ == "__main__":
    main()
