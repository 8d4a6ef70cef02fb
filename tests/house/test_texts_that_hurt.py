"""Texts made to take long, through the command: it ends soon, with a named problem or with success.

What is measured is processor time, so that a busy machine changes nothing; ``--limit-time`` ends what would hang.
"""

from __future__ import annotations

import json
import os
import resource
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.support.project import write_project
from tests.support.sampling import sampled

LONGEST = 10
"""Seconds of processor time, of which two are the command's own on a slow machine."""

N = 50_000

TEXTS = {
    "spaces": " " * 100_000, "spaces after a letter": "[T]he" + " " * 100_000, "backticks": "`" * N, "code": "` " * N,
    "brackets": "[" * N, "closing brackets": "]" * N, "empty brackets": "[]" * N, "links": "[a](" * N,
    "images": "![a](" * 25_000, "asterisks": "*" * N, "emphasis": "*a " * N, "strong": "a**b" * N, "underscores": "_a " * N,
    "straight marks": '"' * N, "straight marks and words": '"a ' * N, "single marks": "'a " * N, "opening marks": "“" * N,
    "quotations": "“a” " * N, "low marks": "„a " * N, "guillemets": "«" * N, "dashes": "—" * N, "dashes and words": "a — " * N,
    "hyphens": "a-" * N, "ellipses": "… " * N, "stops": "." * N, "initials": "A." * N, "initials and spaces": "A. " * N,
    "digits": "7" * N, "groups of digits": "7," * N, "percentages": "7% " * N, "dates": "1 May " * N, "tags": "<img " * N,
    "tables": "<table>" * 40_000, "comments": "<!--" * N, "links in HTML": '<a href="' * 20_000, "citations": "[@step-free] " * 5_000,
    "begun citations": "[@" * N, "comments of Jinja": "{#" * 100_000, "equal words": "word " * 4_000, "rows": "a|b\n" * N,
    "block quotations": "> " * N, "addresses": "http://" * N, "mail": "a@b." * N, "speakers": "said Ada Line, " * 10_000,
    "speech": "“A b,” said Ada Line. " * 5_000, "speech after colons": "said: a b c d e f g h " * 5_000,
    "pieces": "the … " * 3_000, "entities": "&amp;" * N, "fences": "```\n" * N,
}  # fmt: skip

Write = Callable[[Path, str], None]


def change(name: str, old: str, new: str = "{}", quoted: bool = True) -> Write:
    """What writes a text in the place of ``old``, as a string of JSON, which YAML reads too."""

    def write(root: Path, text: str) -> None:
        path = root / name
        whole = path.read_text(encoding="utf-8")
        assert old in whole
        path.write_text(
            whole.replace(old, new.replace("{}", json.dumps(text) if quoted else text), 1), encoding="utf-8"
        )

    return write


def template(root: Path, text: str, css: str = "") -> None:
    folder = root / "templates" / "mine"
    folder.mkdir(parents=True)
    (folder / "brief.html.j2").write_text(f"<html lang=en><head><title>x</title></head><body>{text}</body></html>")
    (folder / "style.css").write_text(css)
    change("briefs/lifts.yaml", "title:", "template: mine\ntitle:")(root, "")


def table(root: Path, rows: str) -> None:
    (root / "seeds" / "tables" / "d.csv").write_text(rows)
    path = root / "seeds" / "tables" / "access.yaml"
    path.write_text(path.read_text().partition("rows:")[0] + "data: d.csv\n")


SECTION = change("seeds/sections/lifts.md", "The works began", "{} [@step-free]\n\nThe works began", quoted=False)
QUOTE = change("seeds/quotes.yaml", "Every station will have a lift by 2030.")
SOURCE = change("seeds/texts/transit.txt", "Getting on board", "{}\n\nGetting on board", quoted=False)
STATEMENT = change("seeds/claims.yaml", "Ninety-four stations are step-free.")
YAML = change("seeds/quotes.yaml", "themes: [lifts]", "themes: {}", quoted=False)


def quote_in_one_word(root: Path, text: str) -> None:
    QUOTE(root, text)
    SOURCE(root, "a" * 4_900_000)


def pattern(root: Path, text: str) -> None:
    change("seeds/tables/access.yaml", "title: Access}", "title: Access, constraints: {pattern: (a+)+b}}")(root, "")
    change("seeds/tables/access.yaml", "Street to train")(root, text)


CASES: dict[str, tuple[Write, str]] = {
    **{f"section, {name}": (SECTION, text) for name, text in TEXTS.items()},
    **{
        f"{where}, {name}": (write, TEXTS[name])
        for where, write in {"quotation": QUOTE, "source": SOURCE, "statement": STATEMENT}.items()
        for name in (
            "spaces", "spaces after a letter", "empty brackets", "straight marks and words", "initials", "ellipses",
            "percentages", "equal words", "pieces", "speech", "dates",
        )
    },
    "quotation, 10,000 letters and one word of 4.9 MB": (quote_in_one_word, "b" * 10_000),
    "quotation, words and one word of 4.9 MB": (quote_in_one_word, "word other " * 1_000),
    "YAML, brackets": (YAML, "[" * N), "YAML, braces": (YAML, "{" * N), "YAML, anchors": (YAML, "&a " * N),
    "YAML, quotation marks": (YAML, '"' * N), "YAML, dashes": (YAML, "- " * N),
    "CSV, quotation marks": (table, "access,stations\n" + '"' * N),
    "CSV, opened fields": (table, "access,stations\n" + ',"a' * N),
    "CSV, 100,000 columns": (table, ",".join(f"c{n}" for n in range(100_000)) + "\n1\n"),
    "CSV, one column 100,000 times": (table, "a," * 100_000 + "\n1\n"),
    "table, a pattern that goes back": (pattern, "a" * 100_000),
    "template, comments": (template, "{#" * 100_000), "template, expressions": (template, "{{" * N),
    "template, tags": (template, "<img " * N), "template, comments of HTML": (template, "<!--" * N),
    "template, calc() in calc()": (lambda root, text: template(root, "", text), "p{width:" + "calc(" * 5_000),
    "template, wide cell": (template, "<table><tr><td colspan=999999999>x</td></tr></table>"),
}  # fmt: skip

SAMPLE = ["section, citations", "template, calc() in calc()"]


@pytest.mark.rest
@pytest.mark.rest_sample(12)
@pytest.mark.skipif(not hasattr(os, "fork"), reason="this system cannot limit a process")
@pytest.mark.parametrize("case", sampled(CASES, *SAMPLE))
def test_it_ends_soon_with_a_named_problem_or_success(case: str, tmp_path: Path) -> None:
    write, text = CASES[case]
    write(write_project(tmp_path), text)
    command = "render" if case.startswith("template") else "check"
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    done = subprocess.run(
        [sys.executable, "-m", "c6brief", command, "briefs/lifts.yaml", "--limit-time", "60"],
        cwd=tmp_path, capture_output=True, text=True, check=False,
    )  # fmt: skip
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    rules = {line.split("[", 1)[1].split("]", 1)[0] for line in done.stderr.split("\n") if ": error[" in line}
    assert done.returncode == (1 if rules else 0), done.stderr[-2_000:]
    assert not rules & {"internal", "limit-time"} and "Traceback" not in done.stderr, done.stderr[-2_000:]
    assert after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime < LONGEST
