"""Options of a render: how briefs are rendered, how many editions of each, and by which processes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from c6brief.brief.override import Override
from c6brief.documents.problems import named_rules
from c6brief.print.signing import SigningOptions
from c6brief.print.standards import DEFAULT

UNVERIFIED = (
    "words-not-found", "words-found-twice", "not-in-quotation-marks", "speaker-not-named", "wrong-speaker",
    "voice-unknown", "quotation-uncited", "term-too-long", "named-as-speech", "template-quotation",
    "missing-source-text", "source-text-changed", "printed-otherwise",
)  # fmt: skip
"""Rules whose errors do not prevent printing a draft."""


@dataclass(frozen=True)
class RenderOptions:
    """How a brief is rendered. The defaults are those of ``c6brief render``."""

    output: Path | None = None
    """The folder that files are written to; ``None``: the project's ``output/``."""
    template: str | None = None
    """A template in place of the one that the brief names."""
    overrides: tuple[str | Override, ...] = ()
    """Values in place of the specification's own. Texts are ``KEY=VALUE``: ``"title=Another title"``."""
    draft: bool = False
    """Whether a brief is printed in spite of unverified evidence, marked as a draft on every page."""
    brand: Path | None = None
    """A brand file in place of the project's ``_brand.yml``."""
    standard: str = DEFAULT.name
    """What the file conforms to: ``pdf-1.7`` (PDF/A-3a and PDF/UA-1) or ``pdf-2`` (PDF/A-4f, PDF/UA-2, WTPDF)."""
    strict: bool = False
    """Whether warnings count as errors, which keep a brief from being written."""
    proof: Path | None = None
    """The folder for images of the flaws of pages; ``None``: none are made."""
    form: Literal["pdf", "html", "docx", "md"] = "pdf"
    """What is written: the printed brief, its page as one HTML file, or a copy of it for Word or in Pandoc's Markdown."""
    sign: SigningOptions | None = None
    """The key that PDFs are signed with; ``None``: they are not signed."""

    @property
    def ending(self) -> str:
        """How the names of written files end."""
        return f"-draft.{self.form}" if self.draft else f".{self.form}"

    @property
    def demoted_rules(self) -> tuple[str, ...]:
        """The rules whose errors are warnings: in a draft all that a project may switch off, and those on evidence."""
        if not self.draft:
            return ()
        from c6brief.rules import review_rules  # here: few are drafts

        return (*UNVERIFIED, *named_rules(), *review_rules())


@dataclass(frozen=True)
class BatchOptions:
    """How many editions are rendered of each brief, and by which processes."""

    matrix: tuple[str, ...] = ()
    """Axes ``KEY=VALUE,VALUE``: each brief is rendered once for every combination of their values."""
    editions: Path | None = None
    """A CSV file with one edition in each row."""
    jobs: int | None = None
    """How many processes; ``None``: one for each core."""
    scheduler: str | None = None
    """The address of a Dask scheduler: ``tcp://HOST:8786``."""

    @property
    def is_plain(self) -> bool:
        """Whether every brief is rendered once, and on this machine."""
        return not (self.matrix or self.editions or self.scheduler)


def as_paths(briefs: Sequence[Path | str] | Path | str) -> list[Path]:
    """``briefs``, one or several, as paths."""
    return [Path(briefs)] if isinstance(briefs, (str, Path)) else [Path(brief) for brief in briefs]
