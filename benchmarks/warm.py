"""How long an edit of a sentence takes in a process that is warm: from the save to the PDF on disk.

``warm.py ours PROJECT BRIEF`` prints again as ``render --watch`` does, ``warm.py plain TWIN PDF`` runs the plain script
again in the same process. The median of some edits, in seconds of wall clock, is printed; the first one loads everything
and is not counted.
"""

from __future__ import annotations

import os
import runpy
import statistics
import sys
import time
from collections.abc import Callable
from pathlib import Path

EDITS = 5


def median_of(edit: Callable[[int], None]) -> float:
    took = []
    for number in range(EDITS + 1):
        start = time.perf_counter()
        edit(number)
        took.append(time.perf_counter() - start)
    return statistics.median(took[1:])


def ours(project: str, brief: str) -> float:
    from c6brief.build.options import RenderOptions
    from c6brief.build.watch import WarmRenderer

    os.chdir(project)
    spec = Path("briefs").resolve() / f"{brief}.yaml"
    text = spec.read_text(encoding="utf-8")
    renderer = WarmRenderer([spec], RenderOptions())

    def edit(number: int) -> None:
        spec.write_text(text.replace("The ", f"The {'very ' * (number % 2)}", 1), encoding="utf-8")
        result = renderer.render([spec])
        assert result.written_files, list(result.problems)

    took = median_of(edit)
    spec.write_text(text, encoding="utf-8")
    return took


def plain(twin: str, pdf: str) -> float:
    """The plain script reads all its files again each time: nothing has to be edited."""
    sys.argv = ["plain.py", twin, pdf]
    return median_of(lambda _: runpy.run_path(str(Path(__file__).parent / "plain.py"), run_name="__main__") and None)


if __name__ == "__main__":
    print({"ours": ours, "plain": plain}[sys.argv[1]](*sys.argv[2:]))
