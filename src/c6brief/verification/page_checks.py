"""Pages and attachments of a PDF against what its manifest says of them."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Sequence
from difflib import SequenceMatcher

from c6brief.brief.record import sha256
from c6brief.documents.logs import silenced
from c6brief.documents.problems import Problems, quote, quote_name
from c6brief.evidence.similar_stretch import are_compared_soon
from c6brief.manifest.document_parts import PARTS, PageParts
from c6brief.manifest.model import MANIFEST, Manifest, PrintedPage
from c6brief.manifest.word_search import find_words
from c6brief.verification.printed_file import FoundPage, PrintedFile, read_with_pdfium, tell_foreign

_FINGERPRINT = re.compile(r"(?<![\w-])[A-Z2-7]{4}(?:- ?[A-Z2-7]{4}){3}(?![\w-])")

MOST_CHANGES = 3
"""Stretches of a page's words that are reported where they differ."""

LONGEST_COMPARED = 3_000
"""Words; beyond that a page's differences are shown as one stretch."""


def check_pages(manifest: Manifest, file: PrintedFile, problems: Problems) -> None:
    """Check the visible words of every page, how it is painted, its frame and its links.

    Problems: ``page-missing``, ``page-added``, ``page-order``, ``page-text``, ``page-painted``, ``page-frame``,
    ``page-links``, ``readers-differ``, ``printed-fingerprint``.
    """
    for number, now in enumerate(file.pages, 1):
        for printed in _FINGERPRINT.findall(now.text):
            if printed.replace(" ", "") != manifest.fingerprint:
                message = (
                    f"page {number} prints the fingerprint {printed}, the manifest has {quote(manifest.fingerprint)}"
                )
                problems.error(
                    "printed-fingerprint", message, file.place(number), "manifest and pages are of two briefs"
                )
    expected, found = manifest.pages, file.pages
    if len(expected) == len(found):
        if _is_reordered(expected, found):
            problems.error("page-order", "the pages are in another order than printed", file.place())
            return
        as_painted = []
        for page, now, hashed in zip(expected, found, _hash_pages(manifest, file), strict=True):
            _check_page(page, now, hashed, file, problems)
            if hashed and hashed.painted == page.painted:
                as_painted.append(page)
        _check_readings(as_painted, file, problems)
        return
    texts = [now.text for now in found]
    for page in expected:
        if page.text in texts:
            texts.remove(page.text)
        else:
            message = f"page {page.number} of the print is missing or changed: {quote(page.text)}"
            problems.error("page-missing", message, file.place(min(page.number, max(1, len(found)))))
    printed_texts = [page.text for page in expected]
    for number, now in enumerate(found, 1):
        if now.text in printed_texts:
            printed_texts.remove(now.text)
        else:
            message = f"page {number} is not as any page of the print: {quote(now.text)}"
            problems.error("page-added", message, file.place(number))
    message = f"the file has {len(found)} pages, the print had {len(expected)}"
    problems.error("page-missing" if len(found) < len(expected) else "page-added", message, file.place())


def check_quotations(manifest: Manifest, file: PrintedFile, problems: Problems) -> None:
    """Check that every printed quotation stands in the file, as often as it was printed.

    Problem: ``quotation-lost``.
    """
    places = find_words([each.words for each in manifest.printed], [page.letters for page in file.pages])
    for printed, on in zip(manifest.printed, places, strict=True):
        if printed.pages != on and (printed.pages or manifest.version > 1):
            message = f"{quote(printed.words)} ({quote_name(printed.passage)}) does not stand where it was printed, word for word"
            problems.error(
                "quotation-lost", message, file.place(min((printed.pages or on)[0], max(1, len(file.pages))))
            )


def check_attachments(manifest: Manifest, file: PrintedFile, problems: Problems) -> None:
    """Check every attachment: its name, its hash, and what the file ties it to.

    Problems: ``attachment-missing``, ``attachment-changed``, ``attachment-added``, ``attachment-place``.
    """
    expected = {each.name: each for each in manifest.attachments}
    figures = {figure.data: figure for figure in manifest.figures if figure.tied}
    seen: set[str] = set()
    for each in file.files:
        if each.name == MANIFEST:
            if not each.associated:
                problems.error(
                    "attachment-place", f"{quote_name(each.name)} is no associated file of the document", file.place()
                )
            continue
        wanted = expected.get(each.name)
        if wanted is None or each.name in seen:
            message = f"attachment {quote_name(each.name)} was added after printing"
            problems.error("attachment-added", message, file.place())
            continue
        seen.add(each.name)
        if sha256(each.data) != wanted.sha256:
            problems.error(
                "attachment-changed", f"attachment {quote_name(each.name)} is not the one printed", file.place()
            )
        if not each.associated or each.relationship != wanted.relationship:
            message = f"attachment {quote_name(each.name)} should be associated with the document as its {wanted.relationship}"
            problems.error("attachment-place", message, file.place())
        if each.name in figures and not each.figure:
            message = f"attachment {quote_name(each.name)} is not tied to figure {quote_name(figures[each.name].number)} in the tag tree"
            problems.error("attachment-place", message, file.place(), "assistive technology will not find the data")
    for name in expected.keys() - seen:
        problems.error(
            "attachment-missing", f"attachment {quote_name(name)} is missing", file.place(), "it was taken out"
        )


def check_foreign(file: PrintedFile, problems: Problems) -> None:
    """Check that the file has nothing that c6brief does not write. Problem: ``foreign-file``."""
    for what in file.foreign:
        tell_foreign(what, file.place(), problems)


def check_parts(manifest: Manifest, file: PrintedFile, problems: Problems) -> None:
    """Check that the file has nothing that c6brief does not write, and what else than its pages a reader sees or hears.

    Problems: ``foreign-file``, ``part-changed``.
    """
    check_foreign(file, problems)
    if manifest.parts is None:
        return
    for name, words in PARTS.items():
        if manifest.parts.get(name) != file.document.parts.get(name):
            problems.error("part-changed", f"{words}: not as printed", file.place(), "they were changed after printing")


def _hash_pages(manifest: Manifest, file: PrintedFile) -> Sequence[PageParts | None]:
    """The hashes of the file's pages as ``manifest`` has them; ``None`` where there are none to compare."""
    if manifest.version == 1:
        with silenced("pypdf"):
            return [PageParts(painted, "", "") for painted in file.hash_old()]
    if len(file.document.pages) != len(file.pages):
        return [None] * len(file.pages)
    return file.document.pages


def _check_page(
    page: PrintedPage, now: FoundPage, hashed: PageParts | None, file: PrintedFile, problems: Problems
) -> None:
    place, number = file.place(page.number), page.number
    if sha256(page.text.encode("utf-8", "replace")) != page.sha256:
        problems.error("page-text", f"page {number}: the manifest's words do not agree with their own hash", place)
    if now.text != page.text:
        for old, new in find_changes(page.text, now.text):
            message = f"page {number}: {quote(old)} was printed, {quote(new)} stands there now"
            problems.error("page-text", message, place)
    elif hashed and hashed.painted != page.painted:
        message = f"page {number} is not painted as it was printed, though its words are the same"
        hint = "something was drawn over or taken away, a font, picture or link replaced, or a program redrew the page"
        problems.error("page-painted", message, place, hint)
    if hashed and page.frame and hashed.frame != page.frame:
        message = f"page {number} is not framed as it was printed"
        problems.error("page-frame", message, place, "it was cropped, turned or resized, or given other properties")
    if hashed and page.links and hashed.links != page.links:
        message = f"page {number} has other links than were printed, or they lead elsewhere"
        problems.error("page-links", message, place, "a link, a comment or a field was added, taken out or changed")


def _check_readings(pages: Sequence[PrintedPage], file: PrintedFile, problems: Problems) -> None:
    """Check what other readers make of ``pages``, which are painted as printed: of another page it is told that it is
    not, and it may have been made to keep readers busy."""
    hint = "the file shows one thing to one reader and another to others"
    for reader in ("PDFium", "pypdf"):
        try:
            with silenced("pypdf"):
                if reader == "PDFium":
                    texts = read_with_pdfium(file.data, [page.number for page in pages])
                else:
                    texts = {page.number: file.pages[page.number - 1].read_with_pypdf() for page in pages}
        except Exception:  # whatever a reader comes across in pages that we can read
            problems.error("readers-differ", f"{reader} cannot read its pages", file.place(), hint)
            continue
        for page in pages:
            letters, read = _count_letters(page.text), _count_letters(texts[page.number])
            if read != letters:
                more, less = _list_letters(read - letters), _list_letters(letters - read)
                message = (
                    f"page {page.number}: {reader} reads other letters than were printed (more: {more}; fewer: {less})"
                )
                problems.error("readers-differ", message, file.place(page.number), hint)


def _count_letters(text: str) -> Counter[str]:
    """The letters and digits of a text, in whatever order a reader takes columns, notes and drawings."""
    return Counter(char for char in unicodedata.normalize("NFKC", text) if char.isalnum())


def _list_letters(letters: Counter[str]) -> str:
    return "".join(sorted(letters.elements()))[:20] or "none"


def find_changes(old: str, new: str) -> list[tuple[str, str]]:
    """The first stretches of words that differ between two texts, each with a word before and after it: at most
    :data:`MOST_CHANGES` pairs of old and new.
    """
    before, after = old.split(), new.split()
    if max(len(before), len(after)) > LONGEST_COMPARED or not are_compared_soon(before, after):
        start = next((i for i, (a, b) in enumerate(zip(before, after, strict=False)) if a != b), 0)
        return [(_clip(before[start:]), _clip(after[start:]))]
    matcher = SequenceMatcher(None, before, after, autojunk=False)
    found = []
    for tag, i1, i2, j1, j2 in matcher.get_opcodes():
        if tag != "equal":
            found.append((_clip(before[max(0, i1 - 1) : i2 + 1]), _clip(after[max(0, j1 - 1) : j2 + 1])))
    return found[:MOST_CHANGES]


def _is_reordered(expected: tuple[PrintedPage, ...], found: tuple[FoundPage, ...]) -> bool:
    old, new = [page.text for page in expected], [page.text for page in found]
    return old != new and sorted(old) == sorted(new)


def _clip(words: list[str]) -> str:
    return " ".join(words) if len(words) <= 14 else " ".join([*words[:10], "…", *words[-3:]])
