"""The commands and their options, for Typer. What each command prints is in a module of its own."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Literal

import typer

from c6brief.build.garbage import collect_seldom
from c6brief.build.limited_process import use_own_temporary_folder
from c6brief.build.limits import change_limits
from c6brief.cli import options as given
from c6brief.cli.options import Brand, Changes, Format, LimitMemory, LimitTime, Output, Template, check_together

app = typer.Typer(
    help="Print policy briefs that can be checked against their sources.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    add_completion=False,
    rich_markup_mode=None,
)


def _version(is_given: bool) -> None:
    if is_given:
        from c6brief.about import __version__

        typer.echo(f"c6brief {__version__}")
        raise typer.Exit


@app.callback()
def _c6brief(
    version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Show the version.")
    ] = False,
) -> None:
    """Print policy briefs that can be checked against their sources."""


@app.command(epilog="Example: c6brief render briefs/security.yaml -o output")
def render(
    briefs: given.Briefs,
    output: Output = None,
    template: Template = None,
    brand: Brand = None,
    set_: Changes = None,
    figures: given.Figures = None,
    draft: given.Draft = False,
    standard: given.Standard = "pdf-1.7",
    format_: given.RenderFormat = "pdf",
    strict: given.Strict = False,
    proof: given.Proof = None,
    matrix: given.Matrix = None,
    editions: given.Editions = None,
    jobs: given.Jobs = None,
    scheduler: given.Scheduler = None,
    sign: given.Sign = None,
    timestamp: given.Timestamp = "",
    watch: given.Watch = False,
    limit_time: LimitTime = None,
    limit_memory: LimitMemory = None,
) -> None:
    """Verify, draw and typeset briefs: one PDF each, its pages proofed."""
    change_limits(limit_time, limit_memory)
    with collect_seldom():
        from c6brief.build.options import BatchOptions, RenderOptions
        from c6brief.cli import render as words

    # Axes after the first one need no ``--matrix`` of their own.
    axes = [str(path) for path in briefs if matrix and "=" in str(path) and not path.exists()]
    briefs = [path for path in briefs if str(path) not in axes]
    batch = BatchOptions((*(matrix or ()), *axes), editions, jobs, scheduler)
    if not briefs:
        raise typer.BadParameter("name a brief", param_hint="BRIEF")
    check_together({
        "--output": output, "--figures": figures, "--draft": draft, "--strict": strict, "--proof": proof, "--watch": watch,
        "--matrix": matrix or None, "--editions": editions, "--jobs": jobs, "--scheduler": scheduler, "--sign": sign,
        "--standard": standard != "pdf-1.7", "--format": format_ != "pdf",
        "--limit-time": limit_time, "--limit-memory": limit_memory, "--timestamp": bool(timestamp),
    })  # fmt: skip
    use_own_temporary_folder()
    signing = words.ask_for_signing(sign, timestamp) if sign is not None else None
    options = RenderOptions(
        output, template, tuple(set_ or ()), draft, brand, standard, strict, proof, format_, signing
    )
    if watch:
        raise typer.Exit(words.watch(briefs, options))
    if figures is not None:
        raise typer.Exit(words.export_figures(briefs, options, figures))
    raise typer.Exit(words.render(briefs, options, batch))


@app.command(epilog="Example: c6brief preview briefs/security.yaml")
def preview(
    brief: Annotated[
        Path, typer.Argument(metavar="BRIEF", readable=False, help="A brief specification, briefs/NAME.yaml.")
    ],
    output: Output = None,
    template: Template = None,
    brand: Brand = None,
    set_: Annotated[
        list[str] | None,
        typer.Option("--set", metavar="KEY=VALUE", help="Change a value of the specification. Repeatable."),
    ] = None,
    port: Annotated[
        int, typer.Option(metavar="NUMBER", min=0, max=65535, help="The port on 127.0.0.1; a free one by default.")
    ] = 0,
    no_open: Annotated[bool, typer.Option("--no-open", help="Print the address and open no browser.")] = False,
    limit_time: LimitTime = None,
    limit_memory: LimitMemory = None,
) -> None:
    """Show a brief's pages in the browser while it is written: a save sets them anew."""
    change_limits(limit_time, limit_memory)
    from c6brief.build.options import RenderOptions
    from c6brief.cli.preview import preview as serve

    use_own_temporary_folder()

    options = RenderOptions(output, template, tuple(set_ or ()), brand=brand)
    raise typer.Exit(serve(brief, options, port, not no_open))


@app.command(epilog="Example: c6brief check --strict --format github")
def check(
    briefs: Annotated[
        list[Path] | None,
        typer.Argument(
            metavar="BRIEF",
            readable=False,
            help="Brief specifications; without any, all briefs of this project and its whole evidence base.",
        ),
    ] = None,
    format_: Annotated[
        Literal["text", "json", "github"],
        typer.Option("--format", help="How problems are printed: for people, programs, or GitHub Actions."),
    ] = "text",
    strict: Annotated[bool, typer.Option("--strict", help="Warnings count as errors.")] = False,
    brand: Brand = None,
    rules: Annotated[bool, typer.Option("--rules", help="List the rules and their severities, and stop.")] = False,
    limit_time: LimitTime = None,
    limit_memory: LimitMemory = None,
) -> None:
    """Find every problem at once: what render would refuse, and what an editor would send back."""
    change_limits(limit_time, limit_memory)
    with collect_seldom():
        from c6brief.cli import check as words

        raise typer.Exit(words.list_rules() if rules else words.check(briefs or [], format_, strict, brand))


@app.command(epilog="Example: c6brief show claims --theme security --search 'non-aligned'")
def show(
    kind: Annotated[
        Literal[
            "sources",
            "people",
            "organisations",
            "scopes",
            "quotes",
            "events",
            "claims",
            "images",
            "tables",
            "charts",
            "sections",
        ],
        typer.Argument(
            metavar="KIND",
            help="sources, people, organisations, scopes, quotes, events, claims, tables, charts or sections.",
        ),
    ],
    theme: Annotated[str | None, typer.Option(metavar="THEME", help="Only entries of this theme.")] = None,
    search: Annotated[str | None, typer.Option(metavar="WORDS", help="Only entries that hold all these words.")] = None,
    json_: Annotated[bool, typer.Option("--json", help="For programs.")] = False,
) -> None:
    """Find evidence by word or theme, with how well it is backed."""
    from c6brief.cli.show import show_entries

    raise typer.Exit(show_entries(kind, theme, search, json_))


@app.command(epilog="Example: c6brief add report.pdf interview.vtt saved-page.html")
def add(
    files: Annotated[
        list[Path],
        typer.Argument(metavar="FILE...", readable=False, help="TXT, MD, HTML, PDF, DOCX, EML, VTT or SRT."),
    ],
    name: Annotated[
        str,
        typer.Option(metavar="ID", help="The id of the source, for one file; by default made from the file's name."),
    ] = "",
    replace: Annotated[
        bool, typer.Option("--replace", help="Put the new text in the place of a held one that differs from it.")
    ] = False,
    limit_time: LimitTime = None,
    limit_memory: LimitMemory = None,
) -> None:
    """Read files of others as sources: their text, cleaned, and proposals of what to take from it."""
    change_limits(limit_time, limit_memory)
    if name and len(files) > 1:
        raise typer.BadParameter("goes with one FILE", param_hint="--name")
    from c6brief.cli.add import add_files

    use_own_temporary_folder()
    raise typer.Exit(add_files(files, name, replace))


@app.command(epilog="Example: c6brief accept proposals/report.yaml")
def accept(
    file: Annotated[
        Path,
        typer.Argument(metavar="FILE", readable=False, help="Proposals that add has written, as you have edited them."),
    ],
    limit_time: LimitTime = None,
    limit_memory: LimitMemory = None,
) -> None:
    """Take what is marked `accept: true` over into seeds/: all of it, or nothing if it would not pass check."""
    change_limits(limit_time, limit_memory)
    from c6brief.cli.add import accept_file

    use_own_temporary_folder()
    raise typer.Exit(accept_file(file))


@app.command("import", epilog="Example: c6brief import draft.docx --report")
def import_(
    draft: Annotated[Path, typer.Argument(metavar="DRAFT", readable=False, help="A draft: a .docx, .odt or .md file.")],
    report: Annotated[
        bool,
        typer.Option(
            "--report",
            help="Write nothing: list which quotations stand in the texts of the sources, and what is cited.",
        ),
    ] = False,
    name: Annotated[
        str, typer.Option(metavar="NAME", help="The specification is briefs/NAME.yaml; the draft's name by default.")
    ] = "",
    format_: Format = "text",
    limit_time: LimitTime = None,
    limit_memory: LimitMemory = None,
) -> None:
    """Find the quotations of a draft in the sources, and make a specification of it."""
    change_limits(limit_time, limit_memory)
    from c6brief.cli import import_draft as words

    raise typer.Exit(words.import_draft(draft, name, report, format_))


@app.command(epilog="Example: c6brief verify output/security.pdf --seeds seeds")
def verify(
    file: Annotated[Path, typer.Argument(metavar="FILE.pdf", readable=False, help="A brief that c6brief has printed.")],
    seeds: Annotated[
        Path | None,
        typer.Option(
            metavar="DIR", readable=False, help="A project's seeds/: tell what has changed there since printing."
        ),
    ] = None,
    expect: Annotated[
        str, typer.Option(metavar="SEAL", help="The seal or fingerprint that the publisher has made known.")
    ] = "",
    trust: Annotated[
        list[Path] | None,
        typer.Option(
            metavar="CERT",
            readable=False,
            help="A certificate (PEM or DER) that you trust: the file must be signed by it, or by a key whose certificate"
            " comes from it. Repeatable.",
        ),
    ] = None,
    format_: Format = "text",
    limit_time: LimitTime = None,
    limit_memory: LimitMemory = None,
) -> None:
    """Hold a printed brief against the evidence it carries."""
    change_limits(limit_time, limit_memory)
    from c6brief.cli.verify import verify_file

    raise typer.Exit(verify_file(file, seeds, expect, trust or [], format_))


@app.command(epilog="Example: c6brief diff output/security-1.pdf output/security-2.pdf")
def diff(
    old: Annotated[Path, typer.Argument(metavar="OLD.pdf", readable=False, help="The earlier edition.")],
    new: Annotated[Path, typer.Argument(metavar="NEW.pdf", readable=False, help="The later edition.")],
    format_: Format = "text",
    limit_time: LimitTime = None,
    limit_memory: LimitMemory = None,
) -> None:
    """Tell what changed between two editions of a brief."""
    change_limits(limit_time, limit_memory)
    from c6brief.cli.diff import diff_files

    raise typer.Exit(diff_files(old, new, format_))


@app.command(epilog="Example: c6brief trust")
def trust(
    folder: Annotated[
        Path, typer.Argument(metavar="[DIR]", readable=False, help="A folder of the project; by default this one.")
    ] = Path(),
    revoke: Annotated[bool, typer.Option("--revoke", help="Trust the code of this project no longer.")] = False,
) -> None:
    """Let the code of this project's figures (kind: matplotlib) run: read it before. A change of it asks again."""
    from c6brief.cli.trust import trust_project

    raise typer.Exit(trust_project(folder, revoke))


@app.command(epilog="Example: c6brief cache --clear")
def cache(
    clear: Annotated[bool, typer.Option("--clear", help="Delete all of it; nothing is lost but time.")] = False,
) -> None:
    """Tell what is kept of this project so as not to do it twice: where it lies, and its size."""
    from c6brief.cli.cache import show_cache

    raise typer.Exit(show_cache(clear))


new = typer.Typer(help="Start something of your own.", no_args_is_help=True, rich_markup_mode=None)
app.add_typer(new, name="new")


@new.callback()
def _new() -> None:
    """Start something of your own."""


@new.command("template", epilog="Example: c6brief new template ministry --from policy-brief")
def _new_template(
    name: Annotated[str, typer.Argument(metavar="NAME", help="Small letters, digits and hyphens: ministry.")],
    parent: Annotated[
        str, typer.Option("--from", metavar="TEMPLATE", help="The template that it starts as.")
    ] = "policy-brief",
) -> None:
    """Start a template in the project's templates/: it looks like the one it is made from until it is changed."""
    from c6brief.cli.new import new_template

    raise typer.Exit(new_template(name, parent))
