"""docs/drafts.md says what is so: its draft gives its list, and its commands run."""

from __future__ import annotations

from tests.support.paths import REPOSITORY
from tests.support.project import Folder

PAGE = (REPOSITORY / "docs/drafts.md").read_text(encoding="utf-8")


def block_after(words: str) -> str:
    """The indented block that follows the line that ends in ``words``."""
    lines = PAGE[PAGE.index(f"{words}\n\n    ") + len(words) + 2 :].split("\n")
    end = next(at for at, line in enumerate(lines) if line and not line.startswith("    "))
    return "\n".join(line[4:] for line in lines[:end]).strip() + "\n"


def test_the_draft_gives_the_list(folder: Folder) -> None:
    folder.write("draft.md", block_after("Of this draft"))
    result = folder.run("import", "draft.md", "--report")
    assert (result.status, result.err) == (0, "")
    assert result.out == block_after("it prints")


def test_the_draft_becomes_a_specification(folder: Folder) -> None:
    folder.write("draft.md", block_after("Of this draft"))
    result = folder.run("import", "draft.md", "--name", "lifts-2")
    assert result.out.endswith("briefs/lifts-2.yaml  1 section\n")
    assert folder.run("import", "draft.md", "--name", "lifts-2").errors == ["name-exists"]
