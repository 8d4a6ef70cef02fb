"""Reading the nodes of a brand file, a format of which c6brief uses a part."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from c6brief.documents.document import Document, Node, NodePath
from c6brief.documents.problems import Problems, did_you_mean


@dataclass(frozen=True)
class BrandReader:
    """Reads nodes of a brand file, and reports what is wrong with them."""

    document: Document
    problems: Problems

    def node(self, *path: str | int) -> Node | None:
        """The node at ``path``; ``None`` where there is none."""
        return self.document.root.find(path)

    def text(self, node: Node | None, at: NodePath) -> str | None:
        """The text of ``node`` at ``at``; ``None`` where it is missing, or after the problem ``wrong-type``."""
        if node is None or node.value is None:
            return None
        if not isinstance(node.value, str):
            message = f"{at[-1]}: expected a text"
            self.problems.error("wrong-type", message, self.document.place(at), "put it in quotes")
            return None
        return node.value

    def check_map(self, *at: str, or_text: bool = False) -> None:
        """Report what stands at ``at`` if it is neither empty nor a map, nor a text where that may be (``or_text``).

        Problem: ``wrong-type``.
        """
        node = self.node(*at)
        if node is None or isinstance(node.value, dict) or (or_text and isinstance(node.value, str)):
            return
        if node.value is not None or not at:
            what = f"{at[-1]}: expected" if at else "a brand file has"
            wanted = f"{'a text, or ' if or_text else ''}keys and values"
            self.problems.error("wrong-type", f"{what} {wanted}", self.document.place(at), "write it as KEY: VALUE")

    def check_keys(self, at: NodePath, names: Iterable[str]) -> None:
        """Report keys of the map at ``at`` that are none of ``names``. Problem: ``unknown-key``, a warning."""
        node = self.node(*at)
        if node is None or not isinstance(node.value, dict):
            return
        names = tuple(names)
        for key in node.value:
            if key not in names:
                place = self.document.place((*at, key), key=True)
                self.problems.warning("unknown-key", f"unknown key '{key}'", place, did_you_mean(key, names))
