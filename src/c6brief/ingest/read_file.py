"""A file of somebody else as read: its text in pages, what it says of itself, and what was cleaned away."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field, replace


@dataclass(frozen=True)
class Metadata:
    """What a file says of itself, for a CSL entry. ``unsure`` names the keys that were guessed."""

    type: str = "document"
    title: str = ""
    authors: tuple[str, ...] = ()
    issued: str = ""
    """EDTF."""
    publisher: str = ""
    url: str = ""
    language: str = ""
    unsure: frozenset[str] = frozenset()

    def or_else(self, **guessed: str) -> Metadata:
        """These metadata, with what is ``guessed`` for texts that are empty, which is unsure then."""
        new = {key: value for key, value in guessed.items() if value and not getattr(self, key)}
        return replace(self, unsure=frozenset(self.unsure | new.keys()), **new)  # type: ignore[arg-type]  # keys are those of texts


@dataclass(frozen=True)
class ReadFile:
    """What was read. Paragraphs of ``pages`` are parted by blank lines; a file without pages has one."""

    pages: tuple[str, ...]
    metadata: Metadata = Metadata()
    cleaned: Counter[str] = field(default_factory=Counter)
    """By kind, how often something was taken away or mended."""
    turns: bool = False
    """Whether paragraphs are turns of speakers: ``NAME: words``."""

    @property
    def text(self) -> str:
        """The whole text, as it is kept: a form feed between pages, a line feed at its end."""
        return "\n\f\n".join(page.strip("\n") for page in self.pages) + "\n"
