"""Going through a brand file: a format with shorthands, of which only a part is ours."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from c6brief.documents.problems import Problems, did_you_mean
from c6brief.documents.yamltext import Document, Node, NodePath


@dataclass(frozen=True)
class BrandReader:
    """A document and where its problems go."""

    document: Document
    problems: Problems

    def node(self, *path: str | int) -> Node | None:
        """The node at ``path``, if there is one."""
        node: Node | None = self.document.root
        for step in path:
            node = node.child(step) if node else None
        return node

    def words(self, node: Node | None, at: NodePath) -> str | None:
        """The text of ``node``, which stands at ``at``. Problem: ``wrong-type``."""
        if node is None or node.value is None:
            return None
        if not isinstance(node.value, str):
            message = f"{at[-1]}: expected a text"
            self.problems.error("wrong-type", message, self.document.place(at), "put it in quotes")
            return None
        return node.value

    def known(self, at: NodePath, names: Iterable[str]) -> None:
        """Tell the keys of the map at ``at`` that no version of the format knows. Problem: ``unknown-key``."""
        node = self.node(*at)
        if node is None or not isinstance(node.value, dict):
            return
        names = tuple(names)
        for key in node.value:
            if key not in names:
                place = self.document.place((*at, key), key=True)
                self.problems.warning("unknown-key", f"unknown key '{key}'", place, self.hint(key, names))

    def hint(self, word: str, names: Iterable[str]) -> str:
        """What may have been meant."""
        return did_you_mean(word, names)
