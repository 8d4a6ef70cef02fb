"""The files of images: each looked at, when the evidence base is read, and decoded only for print."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from c6brief.documents.boundary import look_at
from c6brief.documents.entries import Entry
from c6brief.documents.files import display_name, read_bytes
from c6brief.documents.folders import names_in
from c6brief.documents.images.facts import LARGEST_FILE, PRINTED, BadImage, Format, ImageFacts
from c6brief.documents.images.inspection import inspect_image
from c6brief.documents.lookups import report_lookup
from c6brief.documents.problems import Problems, did_you_mean, name_rule
from c6brief.documents.project import Project, inside
from c6brief.evidence.models import EvidenceEntry, Image
from c6brief.evidence.table_models import Chart

IMAGE_KIND = "image"
"""The kind of charts that were made elsewhere."""


IMAGE_COARSE = name_rule(
    "image-coarse",
    "warning",
    """
    an image has fewer than 200 pixels an inch at the size at which it is printed

    It is seen to be coarse on paper. A larger file is wanted, or a smaller size (`::: image ID {size=column}`).
    """,
    chapter="images",
)

IMAGE_COLOURS_GUESSED = name_rule(
    "image-colours-guessed",
    "warning",
    """
    an image is CMYK and has no colour profile

    The same four inks are other colours on every press, which the profile says. Without it they are guessed, and most
    come out too bright.
    """,
    chapter="images",
)

PAGE_AS_PIXELS = name_rule(
    "page-as-pixels",
    "note",
    """
    a figure is a page of a PDF, which is printed as a picture of pixels

    Its letters and lines are drawn at 300 pixels an inch; nobody can copy or search them, and no word in it is verified.
    A drawing exported as SVG keeps texts as texts.
    """,
    chapter="images",
)


@dataclass(frozen=True)
class ImageFile:
    """The file of an image."""

    path: Path
    sha256: str
    facts: ImageFacts


@dataclass(frozen=True)
class FileOfEntry:
    """A file of an image that an entry names under its key ``file``."""

    entry: EvidenceEntry
    file: str
    allowed: tuple[Format, ...] = PRINTED
    page: int = 1
    """Which page of a PDF."""

    @property
    def id(self) -> str:
        """The id of the entry."""
        return self.entry.id


def image_of_chart(chart: Chart) -> FileOfEntry | None:
    """The file of a chart that was made elsewhere; ``None`` for other kinds, and where the key is no text."""
    keys = chart.model_extra or {}
    file, page = keys.get("file"), keys.get("page")
    if chart.kind != IMAGE_KIND or not isinstance(file, str):
        return None
    return FileOfEntry(chart, file, (*PRINTED, "PDF"), page if isinstance(page, int) and page >= 1 else 1)


def read_image_files(
    project: Project, images: Iterable[Image | FileOfEntry], problems: Problems
) -> dict[str, ImageFile]:
    """The file of each image, by the id of its entry; those with problems are left out. Files lie beside the entries'.

    Problems: ``no-such-file``, ``outside-project``, those of :func:`~c6brief.documents.files.read_bytes`,
    ``image-format``, ``image-damaged``, ``image-too-large``, ``image-unsafe``, ``drawing-unfolds``.
    """
    found: dict[str, ImageFile] = {}
    known: dict[tuple[Path, int], ImageFile] = {}
    for each in images:
        named = each if isinstance(each, FileOfEntry) else FileOfEntry(each, each.file)
        path = path_of_image(project, named.entry, named.file, problems)
        if path is None:
            continue
        if _is_too_large(path, named, problems):
            continue
        data = read_bytes(path, problems, what="image", at=named.entry.place("file"), largest=LARGEST_FILE)
        if data is None:
            continue
        digest = sha256(data).hexdigest()
        before = known.get((path, named.page))
        if before is None or before.sha256 != digest or before.facts.format not in named.allowed:
            try:
                facts = inspect_image(data, path.name, named.allowed, named.page)
            except BadImage as reason:
                key = "page" if reason.rule == "bad-value" else "file"
                problems.error(reason.rule, f"{named.file}: {reason}", named.entry.place(key), reason.hint)
                continue
            before = known[path, named.page] = ImageFile(path, digest, facts)
        found[named.id] = before
    return found


LONGEST_PATH = 250
"""Characters of a path: a longer one is a name that file systems refuse."""


def _is_too_large(path: Path, named: FileOfEntry, problems: Problems) -> bool:
    """Whether a file has more bytes than are read. Problem: ``image-too-large``."""
    try:
        size = look_at(path).state.st_size
    except OSError:  # told when it is read
        return False
    if size <= LARGEST_FILE:
        return False
    message = f"{named.file} has {size / 1_000_000:,.0f} MB"
    hint = f"at most {LARGEST_FILE // 1_000_000} MB are read: a photograph for a full page has 2 to 10 MB as JPEG"
    problems.error("image-too-large", message, named.entry.place("file"), hint)
    return True


def _similar_files(path: Path) -> str:
    return did_you_mean(path.name, names_in(path.parent)) if path.parent.is_dir() else ""


def path_of_image(project: Project, entry: Entry, file: str, problems: Problems) -> Path | None:
    """The path of the ``file`` that ``entry`` names, beside the entry's own file; ``None`` after a problem.

    Problems: ``no-such-file``, ``outside-project``.
    """
    at = entry.place("file")
    assert entry.document is not None  # only what is read from a file names another one
    folder = entry.document.path.parent
    path = folder / file[: LONGEST_PATH + 1]
    if "\0" in file or not inside(path, project.root):
        message = f"'{file}' lies outside the project"
        problems.error("outside-project", message, at, "keep images below seeds/, and name them from there")
        return None
    if len(file) > LONGEST_PATH or not report_lookup(path).exists():
        near = _similar_files(path) if len(file) <= LONGEST_PATH else ""
        hint = near or f"the path is read from {display_name(folder)}"
        problems.error("no-such-file", f"no image '{file[:LONGEST_PATH]}'", at, hint)
        return None
    return path
