"""``make fuzz``: mutate the project and printed files, try each, and tell what did not hold.

    make fuzz                                                    half an hour, with a seed of today
    make fuzz ARGS="--seconds 60 --seed 1"                       what CI does
    make fuzz ARGS="--seed 1 --only 4711"                        one of them again
    make fuzz ARGS="--seed 1 --only 4711 --save unclosed-term"   and kept as a case, in tests/fuzz/cases
    make fuzz ARGS="--seed 1 --passing 200"                      those that check lets pass, to be judged by a reader

Exit status 1 where something did not hold. Mutant N of a seed is the same on every machine.
"""

from __future__ import annotations

import argparse
import datetime
import json
import os
import random
import sys
import tempfile
import time
import traceback
from collections import Counter
from pathlib import Path
from typing import Any

from tests.fuzz.cases import save_case
from tests.fuzz.mutators import change_bytes, mutators_of
from tests.fuzz.oracle import Trial, run, try_file, try_project
from tests.fuzz.passing import describe_pass
from tests.fuzz.seedbed import BRIEF_PATH, project_files, write_files
from tests.support.hostile import KINDS

SLOW = {"many objects", "many values", "a page a million times", "zeros"}
"""Kinds of hostile files that take seconds each; ``tests/verification`` has them."""

FILES_OF_EIGHT = 1
"""How many of eight mutants are PDFs to verify."""


def mutate(seed: int, number: int, printed: bytes) -> tuple[str, dict[str, bytes]]:
    """What mutant ``number`` of ``seed`` changes, and its files; a PDF to verify is ``sent.pdf`` alone."""
    chance = random.Random(f"{seed} {number}")
    if number % 8 < FILES_OF_EIGHT:
        name = chance.choice(["bytes", *sorted(KINDS.keys() - SLOW)])
        return f"pdf: {name}", {
            "sent.pdf": change_bytes(printed, chance) if name == "bytes" else KINDS[name](printed, chance)
        }
    files, said = dict(project_files()), []
    for _ in range(chance.choice([1, 1, 1, 2, 3])):
        ending = chance.choice(sorted({name.rsplit(".", 1)[-1] for name in files}))
        suffix = f".{ending}" if chance.random() < 0.5 else ""
        name = chance.choice(sorted(each for each in files if each.endswith(suffix)))
        if chance.random() < 0.03 and name != BRIEF_PATH:
            del files[name]
            said.append(f"{name.rsplit('.', 1)[-1]}: gone")
            continue
        kind, mutator = chance.choice(mutators_of(name))
        files[name] = mutator(files[name], chance)
        said.append(f"{name.rsplit('.', 1)[-1]}: {kind}")
    return "; ".join(sorted(said)), files


def try_mutant(sandbox: Path, files: dict[str, bytes]) -> Trial:
    return try_file(sandbox, files["sent.pdf"]) if "sent.pdf" in files else try_project(sandbox, files)


def work(sandbox: Path, options: argparse.Namespace, worker: int, printed: bytes, end: float) -> None:
    """Try every mutant that belongs to this worker until ``end``; a line of JSON each."""
    sandbox.mkdir()
    with (sandbox.parent / f"found-{worker}.jsonl").open("w", encoding="utf-8") as found:
        for number in range(worker, options.count, options.processes):
            if time.monotonic() > end:
                break
            kind, files = mutate(options.seed, number, printed)
            trial = try_mutant(sandbox, files)
            found.write(json.dumps({"number": number, "kind": kind, **vars(trial)}) + "\n")
            found.flush()


def print_whole(sandbox: Path) -> bytes:
    """The project as it is, printed; what mutants do not reach is in the cache and imported from then on."""
    import c6brief.print.typesetting
    from c6brief.print.weasyprint_import import import_weasyprint

    import_weasyprint()
    assert c6brief.print.typesetting
    write_files(sandbox / "project", project_files())
    status, said = run(sandbox / "project", "render", BRIEF_PATH)
    assert status == 0, said
    return (sandbox / "project/output/lifts.pdf").read_bytes()


def print_passing(sandbox: Path, seed: int, wanted: int, printed: bytes) -> None:
    """Print the first ``wanted`` mutants of ``seed`` that change the project and pass ``check`` without an error."""
    usual, found, number = try_project(sandbox, project_files()), 0, -1
    while found < wanted:
        number += 1
        kind, files = mutate(seed, number, printed)
        if "sent.pdf" in files or (lines := describe_pass(sandbox, files, usual)) is None:
            continue
        found += 1
        print(f"\n{found}. --seed {seed} --only {number}  {kind}", *lines, sep="\n    ", flush=True)
    print(f"\n{found} of {number + 1} mutants of seed {seed} pass check without an error")


def report(lines: list[dict[str, Any]], seed: int) -> int:
    """Print a table of what was tried, and what did not hold; the number of these."""
    tried, clean, passed, bad = Counter[str](), Counter[str](), Counter[str](), Counter[str]()
    for line in lines:
        for kind in line["kind"].split("; "):
            tried[kind] += 1
            clean[kind] += not line["errors"]
            passed[kind] += line["printed"]
            bad[kind] += bool(line["complaints"])
    print(f"{'kind of change':48}  tried  no error  printed  did not hold")
    for kind in sorted(tried):
        print(f"{kind:48} {tried[kind]:6} {clean[kind]:9} {passed[kind]:8} {bad[kind]:13}")
    wrong = [line for line in lines if line["complaints"]]
    for line in wrong:
        print(f"\n--seed {seed} --only {line['number']}  {line['kind']}", *line["complaints"], sep="\n    ")
    print(f"\n{len(lines)} mutants of seed {seed}: {len(wrong)} did not hold")
    return len(wrong)


def main() -> int:
    parser = argparse.ArgumentParser(
        prog="make fuzz", description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    parser.add_argument("--seconds", type=float, default=1800)
    parser.add_argument("--count", type=int, default=sys.maxsize, help="how many mutants, if time allows")
    parser.add_argument("--seed", type=int, default=datetime.date.today().toordinal())
    parser.add_argument("--processes", type=int, default=2)
    parser.add_argument("--only", type=int, help="one mutant, by its number")
    parser.add_argument("--save", metavar="NAME", help="keep it as a case")
    parser.add_argument(
        "--passing", type=int, metavar="COUNT", help="tell what changed in mutants that check lets pass"
    )
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="c6brief-fuzz-") as made:
        root = Path(made)
        (root / "whole").mkdir()
        printed = print_whole(root / "whole")
        if options.only is not None:
            kind, files = mutate(options.seed, options.only, printed)
            if options.save:
                save_case(options.save, files)
            trial = try_mutant(root / "whole", files)
            print(kind, *trial.commands, *trial.errors, *trial.complaints, sep="\n    ")
            return int(bool(trial.complaints))
        if options.passing:
            print_passing(root / "whole", options.seed, options.passing, printed)
            return 0
        end, children = time.monotonic() + options.seconds, []
        for worker in range(options.processes):
            child = os.fork()
            if child == 0:
                status = 1
                try:
                    work(root / f"worker-{worker}", options, worker, printed, end)
                    status = 0
                except BaseException:
                    traceback.print_exc()
                finally:
                    os._exit(status)
            children.append(child)
        failed = [child for child in children if os.waitpid(child, 0)[1]]
        lines = [json.loads(each) for path in root.glob("found-*.jsonl") for each in path.open(encoding="utf-8")]
    wrong = report(sorted(lines, key=lambda line: line["number"]), options.seed)
    if failed:
        print(f"{len(failed)} of {options.processes} workers failed", file=sys.stderr)
    return int(wrong > 0 or bool(failed))


if __name__ == "__main__":
    sys.exit(main())
