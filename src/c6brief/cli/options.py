"""The options of the commands, for Typer."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, Literal

import typer

from c6brief.build.limits import LEAST_MEGABYTES

# Options that several commands have
Output = Annotated[
    Path | None,
    typer.Option(
        "-o", "--output", metavar="DIR", readable=False, help="Folder for the PDF; the project's output/ by default."
    ),
]
Template = Annotated[
    str | None, typer.Option(metavar="NAME", help="A folder of templates/, in place of the one the brief names.")
]
Brand = Annotated[
    Path | None, typer.Option(metavar="FILE", readable=False, help="A brand file in place of the project's _brand.yml.")
]


def _enough_memory(megabytes: int | None) -> int | None:
    if megabytes and megabytes < LEAST_MEGABYTES:
        raise typer.BadParameter(f"below {LEAST_MEGABYTES} not even the libraries can be loaded; 0 is no limit")
    return megabytes


LimitTime = Annotated[
    float | None,
    typer.Option(
        "--limit-time",
        metavar="SECONDS",
        min=0,
        help="End what takes longer for one brief; 600 by default, 0 for no limit.",
    ),
]
LimitMemory = Annotated[
    int | None,
    typer.Option(
        "--limit-memory",
        metavar="MB",
        min=0,
        callback=_enough_memory,
        help="End what wants more memory; 4000 by default, 0 for no limit.",
    ),
]
Format = Annotated[Literal["text", "json"], typer.Option("--format", help="For people or for programs.")]

# Options of render
Briefs = Annotated[
    list[Path], typer.Argument(metavar="BRIEF...", readable=False, help="Brief specifications, briefs/NAME.yaml.")
]
Changes = Annotated[
    list[str] | None,
    typer.Option(
        "--set",
        metavar="KEY=VALUE",
        help="Change a value of the specification, e.g. title='Another title' or options.KEY=VALUE. Repeatable.",
    ),
]
Figures = Annotated[
    Path | None,
    typer.Option(
        metavar="DIR",
        readable=False,
        help="Write no PDF but the figures alone, for slides and the web: each as NAME.svg, NAME.pdf, NAME.png and,"
        " where it has data, NAME.csv, with title, subtitle and source. Example: --figures slides",
    ),
]
Draft = Annotated[
    bool,
    typer.Option(
        "--draft",
        help="Print NAME-draft.pdf in spite of unverified evidence: every page says so, and each item is marked.",
    ),
]
Standard = Annotated[
    Literal["pdf-1.7", "pdf-2"],
    typer.Option(
        help="pdf-1.7: PDF/A-3a and PDF/UA-1, read everywhere. pdf-2: PDF/A-4f, PDF/UA-2 and WTPDF 1.0, e.g. "
        "--standard pdf-2."
    ),
]
RenderFormat = Annotated[
    Literal["pdf", "html", "docx", "md"],
    typer.Option(
        "--format",
        help="In place of the PDF. html: one HTML file with everything inside. docx: a copy for Word, to be reviewed. md:"
        " Pandoc's Markdown. The last two need the extra 'pandoc'.",
    ),
]
Strict = Annotated[bool, typer.Option("--strict", help="Warnings count as errors: nothing is written.")]
Proof = Annotated[
    Path | None,
    typer.Option(
        metavar="DIR",
        readable=False,
        help="Write an image of each flaw of the pages to DIR: PAGE-RULE-n.png, the place framed.",
    ),
]
Matrix = Annotated[
    list[str] | None,
    typer.Option(
        metavar="KEY=VALUE,...",
        help="Every brief once for each value (template, standard, or a key as in --set), and for each combination"
        " with further KEY=VALUE,...: --matrix template=memo,report options.paper=a4,letter",
    ),
]
Editions = Annotated[
    Path | None,
    typer.Option(
        metavar="FILE.csv",
        readable=False,
        help="One edition a row: the heading names keys as in --set, the column 'file' (or the first) names the PDF.",
    ),
]
Jobs = Annotated[int | None, typer.Option(metavar="N", min=1, help="How many processes; by default one a core.")]
Scheduler = Annotated[
    str | None,
    typer.Option(metavar="ADDRESS", help="Print on a Dask cluster, e.g. --scheduler tcp://HOST:8786."),
]
Sign = Annotated[
    Path | None,
    typer.Option(
        metavar="KEY.p12",
        readable=False,
        help="Sign the PDF with this key (PKCS #12). The passphrase is asked for, or read from"
        " C6BRIEF_SIGN_PASSWORD. Needs the extra 'sign'.",
    ),
]
Timestamp = Annotated[
    str,
    typer.Option(
        metavar="URL",
        help="With --sign: have this server witness the time (RFC 3161). Nothing else uses the network.",
    ),
]
Watch = Annotated[bool, typer.Option("--watch", help="Stay, and render again whenever a file of the project is saved.")]


_BATCH = ("--matrix", "--editions", "--jobs", "--scheduler")
_APART = (
    ("--scheduler", ("--jobs",), "a cluster has its own workers"),
    ("--scheduler", ("--limit-time", "--limit-memory"), "the workers of a cluster have limits of their own"),
    ("--figures", _BATCH, ""),
    ("--figures", ("--output", "--draft", "--strict", "--proof", "--watch"), "no PDF is written"),
    ("--format", ("--figures", "--proof", "--watch", "--standard"), "it has no pages"),
    ("--sign", ("--watch", "--draft", "--format", "--figures", "--scheduler"), "what is printed for good is signed"),
    ("--watch", _BATCH, ""),
)
"""Options of render that go without others, and why."""


def check_together(values: Mapping[str, object]) -> None:
    """Refuse options of render that do not go together: of those whose ``values`` are neither ``None`` nor ``False``."""
    given = {option for option, value in values.items() if value is not None and value is not False}
    if "--timestamp" in given and "--sign" not in given:
        raise typer.BadParameter("goes with --sign", param_hint="--timestamp")
    for option, others, why in _APART:
        if option in given and not given.isdisjoint(others):
            listed = " and ".join(filter(None, [", ".join(others[:-1]), others[-1]]))
            message = (
                f"{'what is no PDF ' if option == '--format' else ''}goes without {listed}{f': {why}' if why else ''}"
            )
            raise typer.BadParameter(message, param_hint=option)
