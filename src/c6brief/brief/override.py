"""Values in place of a specification's own, from ``--set``, from a matrix or from a row of a table of editions."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

from c6brief.documents.document import Document, Node
from c6brief.documents.problems import Place, Problems
from c6brief.documents.yamltext import core_scalar


@dataclass(frozen=True)
class Override:
    """One value in place of a specification's own."""

    key: str
    """The path of the value with dots: ``authors.0.name``."""
    text: str
    """The value as it was written."""
    place: Place
    """Where the value was written."""
    key_place: Place
    """Where the key was written."""
    is_yaml: bool = False
    """Whether the text is a YAML scalar, as on the command line. A cell of a table is a text as it stands."""

    def __str__(self) -> str:
        return f"{self.key}={self.text}"

    @property
    def value(self) -> Any:
        """The value: a text, or what a YAML scalar means."""
        return core_scalar(self.text) if self.is_yaml else self.text


def read_override(text: str, problems: Problems) -> Override | None:
    """The override that ``KEY=VALUE`` on the command line is; ``None`` after the problem ``bad-setting``."""
    key, equals, value = text.partition("=")
    place = Place(f"--set {text}", line_text=text)
    if not equals or not key or "" in key.split("."):
        problems.error("bad-setting", f"'{text}' is not KEY=VALUE", place, "--set title='Another title'")
        return None
    return Override(key, value, place, place, is_yaml=True)


def apply_override(document: Document, override: Override, problems: Problems) -> Document | None:
    """A copy of ``document`` with the value of ``override``; ``None`` after the problem ``bad-setting``.

    Keys that are missing are added; positions in lists must exist.
    """
    steps: list[str | int] = [int(step) if step.isdigit() else step for step in override.key.split(".")]
    root = node = _copy(document.root)
    for step, following in zip(steps, [*steps[1:], None], strict=True):
        here = node.value
        value = override.value if following is None else {}
        fresh = Node(root.span, value, origin=override.place, key_origin=override.key_place)
        if isinstance(here, list) and isinstance(step, int) and step < len(here):
            here[step] = fresh if following is None else _copy(here[step])
        elif isinstance(here, dict) and isinstance(step, str):
            here[step] = fresh if following is None or step not in here else _copy(here[step])
        else:
            message = f"there is no '{override.key}' to set"
            problems.error("bad-setting", message, override.key_place, f"'{step}' leads nowhere")
            return None
        node = here[step]
    return replace(document, root=root)


def _copy(node: Node) -> Node:
    """A copy of ``node`` with a list or map of its own, whose nodes are the same."""
    return replace(node, value=node.value.copy() if isinstance(node.value, (list, dict)) else node.value)
