"""Values put in place of a specification's own: by ``--set``, by a matrix, by a row of a table of editions."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

from c6brief.documents.problems import Place, Problems
from c6brief.documents.yamltext import Document, Node, core_scalar


@dataclass(frozen=True)
class Override:
    """One value: ``key`` is a path with dots (``authors.0.name``), ``text`` the value as written.

    ``place`` is where the value was written, ``key_place`` where the key was. ``typed``: the text is a YAML scalar, as
    behind ``--set``; a cell of a table is a text as it stands.
    """

    key: str
    text: str
    place: Place
    key_place: Place
    typed: bool = False

    def __str__(self) -> str:
        return f"{self.key}={self.text}"

    @property
    def value(self) -> Any:
        return core_scalar(self.text) if self.typed else self.text


def read_override(text: str, problems: Problems) -> Override | None:
    """``KEY=VALUE`` of the command line; ``None`` after the problem ``bad-setting``."""
    key, equals, value = text.partition("=")
    place = Place(f"--set {text}", line_text=text)
    if not equals or not key or "" in key.split("."):
        problems.error("bad-setting", f"'{text}' is not KEY=VALUE", place, "--set title='Another title'")
        return None
    return Override(key, value, place, place, typed=True)


def put(document: Document, setting: Override, problems: Problems) -> Document | None:
    """``document`` with ``setting`` in its place; the one given stays as it is. ``None`` after ``bad-setting``.

    Keys that are not there yet are made; positions in lists have to be there.
    """
    steps: list[str | int] = [int(step) if step.isdigit() else step for step in setting.key.split(".")]
    root = node = _copied(document.root)
    for step, following in zip(steps, [*steps[1:], None], strict=True):
        here = node.value
        value = setting.value if following is None else {}
        fresh = Node(root.span, value, origin=setting.place, key_origin=setting.key_place)
        if isinstance(here, list) and isinstance(step, int) and step < len(here):
            here[step] = fresh if following is None else _copied(here[step])
        elif isinstance(here, dict) and isinstance(step, str):
            here[step] = fresh if following is None or step not in here else _copied(here[step])
        else:
            message = f"there is no '{setting.key}' to set"
            problems.error("bad-setting", message, setting.key_place, f"'{step}' leads nowhere")
            return None
        node = here[step]
    return replace(document, root=root)


def _copied(node: Node) -> Node:
    """``node`` with a list or map of its own, whose nodes are the same."""
    return replace(node, value=node.value.copy() if isinstance(node.value, (list, dict)) else node.value)
