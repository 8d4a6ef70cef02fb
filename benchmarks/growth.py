"""Whether time grows as the input does: ``python benchmarks/growth.py``.

For rows of a data table, the text of a source, and the pieces of a quotation, ``c6brief check`` runs on a quarter, a half
and the whole of what ``docs/speed.md`` promises, each in a process of its own, three times. Printed are the least seconds
of processor time beyond those of a small project, and by what each doubling multiplies them: 2 is linear, 4 a square.
"""

from __future__ import annotations

import json
import os
import resource
import subprocess
import sys
import tempfile
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path

from twin import own_cache

RUNS = 3

FILES = {
    "seeds/sources.yaml": "references:\n  - {id: s, title: Source, custom: {text: texts/s.txt, grade: B2}}\n",
    "seeds/people.yaml": "- {id: jane, name: Jane Doe}\n",
    "seeds/tables/t.yaml": "title: Table\nsource: s\ndata: t.csv\n"
    "fields: [{name: place, type: string, title: Place}, {name: count, type: integer, title: Count, unit: number}]\n",
    "briefs/b.yaml": "title: Brief\ndate: 2026-03-02\nkey_messages: ['One is so. [@q]']\nsections:\n"
    "  - {title: Section, text: 'It is so. [@q]', quotes: [q], tables: [t]}\n",
}


def make(folder: Path, rows: int = 1, letters: int = 1_000, pieces: int = 2) -> None:
    """Write a project with a table of so many rows, a source of so many letters, and a quotation of so many pieces."""
    begun = [f"word{number}" for number in range(pieces)]
    quoted = " and then ".join(begun)
    rest = [
        f'"This is sentence {number} of the source, and nobody quotes it," said Jane Doe.\n\n'
        for number in range(max(0, letters - len(quoted)) // 76)
    ]
    files = {
        **FILES,
        "seeds/texts/s.txt": f'"{quoted}," said Jane Doe.\n\n' + "".join(rest),
        "seeds/quotes.yaml": f"- {{id: q, text: {json.dumps(' … '.join(begun))}, speaker: jane, source: s}}\n",
        "seeds/tables/t.csv": "place,count\n" + "".join(f"Place {number},{number}\n" for number in range(rows)),
    }
    for name, text in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")


def measure(**sizes: int) -> float:
    """The least seconds of processor time that a check takes, of :data:`RUNS`, each without a cache."""
    least = float("inf")
    for _ in range(RUNS):
        with tempfile.TemporaryDirectory() as name, own_cache():
            make(Path(name), **sizes)
            before = resource.getrusage(resource.RUSAGE_CHILDREN)
            command = [sys.executable, "-m", "c6brief", "check", "briefs/b.yaml"]
            done = subprocess.run(command, cwd=name, capture_output=True, text=True, env=os.environ, check=False)
            after = resource.getrusage(resource.RUSAGE_CHILDREN)
            assert done.returncode == 0, done.stderr[:1_000]
            least = min(least, after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime)
    return least


def main() -> None:
    """Measure all, and print a line of each."""
    small = measure()
    print(f"a small project takes {small:.2f} s")
    kinds: dict[str, tuple[int, Callable[[int], dict[str, int]]]] = {
        "rows of a data table": (100_000, lambda size: {"rows": size}),
        "letters of a source": (4_600_000, lambda size: {"letters": size}),
        "pieces of a quotation": (3_000, lambda size: {"pieces": size}),
    }
    for name, (most, sizes) in kinds.items():
        times = [(size, measure(**sizes(size)) - small) for size in (most // 4, most // 2, most)]
        ratios = [later / max(earlier, 0.01) for (_, earlier), (_, later) in pairwise(times)]
        shown = "  ".join(f"{size:,}: {seconds:.2f} s" for size, seconds in times)
        print(f"{name:24} {shown}   × {ratios[0]:.1f}, × {ratios[1]:.1f}", flush=True)


if __name__ == "__main__":
    main()
