"""Markdown files with YAML front matter: ``seeds/sections/*.md``."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from c6brief.documents.document import Document, Node
from c6brief.documents.files import read_text
from c6brief.documents.problems import Problems, Span
from c6brief.documents.yamltext import compose

FENCE = "---"


def read_markdown(path: Path, problems: Problems) -> Document | None:
    """The file as a document whose root has the keys of its front matter and, under ``text``, its prose.

    ``None`` after problems: those of :func:`~c6brief.documents.files.read_text` and
    :func:`~c6brief.documents.yamltext.compose`, ``no-front-matter``, ``wrong-type``, ``unknown-key``.
    """
    whole = read_text(path, problems, what="section")
    if whole is None:
        return None
    lines = whole.split("\n")
    shell = Document(path, whole, Node(Span(), None))
    if lines[0].rstrip() != FENCE or FENCE not in [line.rstrip() for line in lines[1:]]:
        hint = "start the file with '---', 'title: …', '---'"
        problems.error("no-front-matter", "the section has no front matter", shell.place_of(Span(1, 1, 1, 2)), hint)
        return None
    end = 1 + [line.rstrip() for line in lines[1:]].index(FENCE)
    front = compose("\n".join(lines[1:end]), path, problems, first_line=2)
    if front is None:
        return None
    if not isinstance(front.root.value, dict):
        problems.error("wrong-type", "front matter wants keys and values", front.place(), "title: …")
        return None
    if "text" in front.root.keys:
        hint = "the prose stands below the front matter"
        problems.error("unknown-key", "unknown key 'text'", front.place(("text",), key=True), hint)
        return None
    prose = Span(end + 2, 1, len(lines), len(lines[-1]) + 1)
    front.root.value["text"] = Node(prose, "\n".join(lines[end + 1 :]))
    front.root.keys["text"] = prose
    return replace(front, text=whole, first_line=1)
