"""How long a large evidence base takes: ``python benchmarks/scale.py [SOURCES] [QUOTATIONS]``.

Makes a base of 500 sources (about 10,000 characters each) and 5,000 quotations in a temporary folder and prints the
seconds for reading it, for verifying it the first time, and for verifying it again unchanged, each in a process of
its own, five times; medians.
"""

from __future__ import annotations

import json
import random
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path

from twin import clear_cache, own_cache

RUNS = 5

MEASURE = """
import json, sys, time
from pathlib import Path
start = time.perf_counter()
from c6brief.documents.problems import Problems
from c6brief.documents.project import Project
from c6brief.evidence.seeds import load_evidence
from c6brief.evidence.passage_cache import PassageCache
from c6brief.evidence.verify import locate_all
imported = time.perf_counter()
problems = Problems()
project = Project(Path(sys.argv[1]))
evidence = load_evidence(project, problems)
loaded = time.perf_counter()
found = locate_all(evidence, problems, PassageCache(project.cache))
done = time.perf_counter()
assert not len(problems), list(problems)[:3]
assert len(found) == int(sys.argv[2]), len(found)
print(json.dumps([imported - start, loaded - imported, done - loaded]))
"""


def make(folder: Path, sources: int, quotations: int) -> None:
    """Write the evidence base: nonsense of a fixed seed, each quotation a sentence of its source."""
    chance = random.Random(1)
    words = ["".join(chance.choices("abcdefghiklmnoprstuvw", k=chance.randint(2, 11))) for _ in range(4000)]
    (folder / "seeds" / "texts").mkdir(parents=True)
    references, quotes = [], []
    each = -(-quotations // sources)
    for number in range(sources):
        paragraphs = []
        for _ in range(25):
            sentences = [" ".join(chance.choices(words, k=14)).capitalize() + "." for _ in range(4)]
            paragraphs.append('"' + " ".join(sentences) + '" said Jane Doe.')
        text = "\n\n".join(paragraphs)
        (folder / "seeds" / "texts" / f"s{number}.txt").write_text(text, encoding="utf-8")
        references.append(
            f"  - {{id: s{number}, title: Source {number}, custom: {{text: texts/s{number}.txt, grade: B2}}}}"
        )
        for spot in range(min(each, quotations - len(quotes))):
            sentence = paragraphs[spot * 2 % 25].strip('"').split(". ")[spot % 3]
            quotes.append(f"- {{id: q{len(quotes)}, text: {json.dumps(sentence)}, speaker: jane, source: s{number}}}")
    (folder / "seeds" / "sources.yaml").write_text("references:\n" + "\n".join(references) + "\n")
    (folder / "seeds" / "quotes.yaml").write_text("\n".join(quotes) + "\n")
    (folder / "seeds" / "people.yaml").write_text("- {id: jane, name: Jane Doe}\n")


def measure(folder: Path, quotations: int) -> list[float]:
    """Seconds for imports, reading and verifying, in a fresh process."""
    command = [sys.executable, "-c", MEASURE, str(folder), str(quotations)]
    return json.loads(subprocess.run(command, capture_output=True, text=True, check=True).stdout)


def main() -> None:
    """Make the base, measure, print medians."""
    sources, quotations = (int(n) for n in (sys.argv[1:3] or ("500", "5000")))
    with tempfile.TemporaryDirectory() as name, own_cache():
        folder = Path(name)
        make(folder, sources, quotations)
        first, again = [], []
        for _ in range(RUNS):
            clear_cache(folder)
            first.append(measure(folder, quotations))
            again.append(measure(folder, quotations))
    print(f"{sources} sources, {quotations} quotations; medians of {RUNS} runs, seconds")
    for name, runs in (("first", first), ("again, unchanged", again)):
        imports, reading, verifying = (statistics.median(column) for column in zip(*runs, strict=True))
        print(f"{name:18} imports {imports:.2f}  reading {reading:.2f}  verifying {verifying:.2f}")


if __name__ == "__main__":
    main()
