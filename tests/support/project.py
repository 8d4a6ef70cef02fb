"""A small project to break: an evidence base about buses, and the command run on it as a user would."""

from __future__ import annotations

import sys
from dataclasses import dataclass
from pathlib import Path

import pytest

from c6brief.cli import main

REPOSITORY = Path(__file__).resolve().parents[2]

QUIET = "defaults: {c6brief: {rules: {key-message-count: off}}}\n"
"""Settings for a brief of one key message, of which nothing is told."""

SEEDS = {
    "_brand.yml": QUIET,
    "seeds/sources.yaml": """\
references:
  - id: transit-2024
    type: report
    title: Getting on board
    title-short: Transit
    publisher: City Transit
    issued: 2024-05-06
    custom: {text: texts/transit.txt, grade: B2, voice: city}
  - id: riders-2024
    type: article
    title: Waiting for the lift
    publisher: Riders' Union
    issued: {year: 2024}
    custom: {text: texts/riders.txt, grade: C3, voice: riders-union}
""",
    "seeds/texts/transit.txt": """\
Getting on board

"Every station will have a lift by 2030," said Ada Line. "We began in 2018." The first lift opened in 2019.

Ninety-four stations are step-free from street to train. Another 1,061 platforms are.
""",
    "seeds/texts/riders.txt": """\
The first lift opened in 2021. Nobody has seen a plan for 2030.

Ninety-four stations are step-free, and the union counted them.
""",
    "seeds/people.yaml": "- {id: ada-line, name: Ada Line, role: Director, organisation: City Transit, source: transit-2024}\n",
    "seeds/organisations.yaml": "- {id: city, name: City Transit}\n- {id: riders-union, name: Riders' Union}\n",
    "seeds/scopes.yaml": "- {id: nordic, name: Nordic states, members: [DK, FI, IS, NO, SE]}\n",
    "seeds/quotes.yaml": """\
- id: lift-everywhere
  text: Every station will have a lift by 2030.
  speaker: ada-line
  source: transit-2024
  themes: [lifts]
""",
    "seeds/events.yaml": """\
- id: first-lift
  title: First lift opens
  themes: [lifts]
  accounts:
    - {source: transit-2024, date: 2019, exact: The first lift opened in 2019.}
    - {source: riders-2024, date: 2021, exact: The first lift opened in 2021.}
- id: works-begin
  title: Works begin
  themes: [lifts]
  accounts:
    - {source: transit-2024, date: 2018, exact: We began in 2018.}
""",
    "seeds/claims.yaml": """\
- id: step-free
  statement: Ninety-four stations are step-free.
  themes: [access]
  accounts:
    - {source: transit-2024, exact: Ninety-four stations are step-free from street to train.}
    - {source: riders-2024, exact: "Ninety-four stations are step-free, and the union counted them."}
- id: plan-2030
  statement: There is a plan for 2030.
  themes: [lifts]
  accounts:
    - {source: transit-2024, exact: Every station will have a lift by 2030}
    - {source: riders-2024, stance: disputes, exact: Nobody has seen a plan for 2030.}
""",
    "seeds/tables/access.yaml": """\
title: Stations by access
source: transit-2024
fields:
  - {name: access, type: string, title: Access}
  - {name: stations, type: integer, title: Stations, unit: number}
rows: [[Street to train, 94], [Street to platform, 1061]]
""",
    "seeds/charts/lifts.yaml": """\
kind: timeline
title: The first lift opened in 2019 or in 2021
subtitle: Events named in both sources, by year
alt: Timeline of two events; the accounts of the first lift conflict.
events: [works-begin, first-lift]
""",
    "seeds/sections/lifts.md": """\
---
title: Lifts
themes: [lifts]
---
The works began in 2018. [@works-begin]

When the first lift opened is in dispute [@first-lift].
""",
}

BRIEF = """\
title: Stations wait for their lifts
subtitle: What two sources say
series: Transit Brief
number: 1
date: 2026-03-02
authors: [{name: An Author, role: Analyst}]
key_messages:
  - Ninety-four stations are step-free. [@step-free]
sections:
  - use: lifts
    quotes: [lift-everywhere]
    charts: [lifts]
  - title: Access
    text: |
      Some stations are step-free. [@step-free]
    tables: [access]
    claims: [plan-2030]
recommendations:
  - {action: Publish the plan., addressee: City Transit, by: 2027, owner: Riders, evidence: [plan-2030]}
"""


def write_project(root: Path, **changes: tuple[str, str]) -> Path:
    """The project about buses, written into ``root``; of each file named in ``changes`` one text for another."""
    for name, content in {**SEEDS, "briefs/lifts.yaml": BRIEF}.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(content.replace(*changes.get(path.stem, ("", ""))) if path.stem in changes else content)
    return root


@dataclass(frozen=True)
class Result:
    """What a user sees of one command."""

    status: int
    out: str
    err: str

    @property
    def rules(self) -> list[str]:
        """The names of the problems, in the order printed."""
        return [
            line.split("[", 1)[1].split("]", 1)[0]
            for line in self.err.split("\n")
            if ": error[" in line or ": warning[" in line
        ]

    @property
    def errors(self) -> list[str]:
        """The names of the errors, in the order printed."""
        return [line.split("[", 1)[1].split("]", 1)[0] for line in self.err.split("\n") if ": error[" in line]


class Folder:
    """A project on disk, and the commands run in it."""

    def __init__(self, root: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]) -> None:
        self.root, self._monkeypatch, self._capfd = root, monkeypatch, capfd
        monkeypatch.chdir(root)

    def write(self, name: str, content: str | bytes) -> Path:
        path = self.root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return path

    def change(self, name: str, old: str, new: str) -> None:
        text = (self.root / name).read_text(encoding="utf-8")
        assert old in text, f"{name} holds no {old!r}"
        self.write(name, text.replace(old, new, 1))

    def run(self, *arguments: str) -> Result:
        """``c6brief ARGUMENTS`` in this folder."""
        self._monkeypatch.setattr(sys, "argv", ["c6brief", *arguments])
        self._capfd.readouterr()
        status = 0
        try:
            main()
        except SystemExit as stop:
            status = stop.code if isinstance(stop.code, int) else 1
        out, err = self._capfd.readouterr()
        assert "Traceback" not in err
        return Result(status, out, err)

    def render(self, brief: str = "briefs/lifts.yaml", *options: str) -> Result:
        return self.run("render", brief, *options)

    @property
    def written(self) -> list[str]:
        """What lies in output/, whatever its name."""
        return sorted(path.name for path in (self.root / "output").glob("**/*"))


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]) -> Folder:
    """The project about buses, whole and right."""
    root = tmp_path / "project"
    root.mkdir()
    made = Folder(root, monkeypatch, capfd)
    for name, content in SEEDS.items():
        made.write(name, content)
    made.write("briefs/lifts.yaml", BRIEF)
    return made
