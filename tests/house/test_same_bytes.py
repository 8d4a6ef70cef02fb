"""What is printed depends neither on the interpreter's zlib nor on how its ``sum`` rounds.

``make same-bytes PYTHONS="python3.12 python3.13"`` prints all briefs with several interpreters and compares.
"""

from __future__ import annotations

import ast
import builtins
import math
import zlib
from collections.abc import Iterator
from typing import Any

import pytest

from c6brief.documents.addition import add_in_order, total
from c6brief.documents.cache import VARIABLE
from c6brief.manifest.versions import collect_versions
from c6brief.print import pydyf_compression
from tests.support.paths import SOURCE
from tests.support.project import Folder

WHOLE = {"any", "all", "bool", "int", "isinstance", "len", "ord", "count_words", "isupper"}
"""Functions that give whole numbers or answers, as do those that begin with ``is_``, ``has_`` and ``count_``."""

COUNTING = {
    "brief/prose.py", "documents/identifiers.py", "drafts/office_parts.py", "build/dask_executor.py", "build/render.py", "documents/addition.py", "documents/cache.py", "documents/fontfile.py",
    "documents/private_files.py",
    "documents/workbook_parts.py", "evidence/design.py", "evidence/numbers.py", "evidence/similar_stretch.py", "figures/drawing/marks.py",
    "figures/drawing/numbers.py", "figures/ladder/rungs.py", "figures/slope/drawing.py", "figures/table/columns.py",
    "figures/waffle/drawing.py", "ingest/email_file.py", "ingest/pdf_layout.py", "ingest/web_page.py", "ingest/word_file.py",
    "ingest/proposing.py", "manifest/pdf_references.py", "manifest/value_encoding.py", "pages/arrange.py",
    "print/mending/mend.py", "print/mending/notes.py", "print/weasyprint_characters.py", "rules/imprint.py",
}  # fmt: skip
"""Modules whose other sums are of whole numbers, fractions or decimals too: each was read."""


PROBE = [1.0, 1e100, 1.0, -1e100]
"""What ``add_in_order`` adds to see how the built-in ``sum`` rounds."""


def calls() -> Iterator[tuple[str, str, ast.Call]]:
    """Every call in the package: the module, the name that is called, the call."""
    for path in sorted(SOURCE.rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call):
                yield path.relative_to(SOURCE).as_posix(), ast.unparse(node.func), node


def is_whole(node: ast.expr) -> bool:
    if isinstance(node, ast.Constant):
        return isinstance(node.value, int)
    if isinstance(node, ast.UnaryOp):
        return isinstance(node.op, ast.Not) or is_whole(node.operand)
    if isinstance(node, ast.BinOp):
        return not isinstance(node.op, ast.Div) and is_whole(node.left) and is_whole(node.right)
    if isinstance(node, ast.Call):
        name = ast.unparse(node.func).split(".")[-1]
        return name in WHOLE or name.startswith(("is_", "has_", "count_"))
    return isinstance(node, ast.Compare | ast.BoolOp)


def sums_whole_numbers(call: ast.Call) -> bool:
    values = call.args[0]
    if isinstance(values, ast.GeneratorExp | ast.ListComp):
        return is_whole(values.elt)
    return isinstance(values, ast.Call) and ast.unparse(values.func) == "map" and ast.unparse(values.args[0]) in WHOLE


def test_numbers_with_decimals_are_added_by_total() -> None:
    wrong = {
        f"{module}:{call.lineno} {ast.unparse(call)}"
        for module, name, call in calls()
        if name == "sum" and not sums_whole_numbers(call) and module not in COUNTING
    }
    assert not wrong, "use documents.addition.total, or name the module in COUNTING:\n" + "\n".join(sorted(wrong))


def test_one_module_compresses() -> None:
    packing = {
        module
        for module, name, _ in calls()
        if name
        in ("zlib.compress", "zlib.compressobj", "gzip.compress", "bz2.compress", "lzma.compress", "zlib_compress")
    }
    assert packing == {"documents/deflate.py", "build/up_to_date.py"}, "the second keeps a cache: it prints nothing"


def test_the_record_of_a_file_names_no_python() -> None:
    assert {"c6brief", "weasyprint"} <= {*collect_versions()} and "python" not in collect_versions()


def test_total_adds_from_the_first_to_the_last() -> None:
    assert total([0.1] * 10) == 0.1 + 0.1 + 0.1 + 0.1 + 0.1 + 0.1 + 0.1 + 0.1 + 0.1 + 0.1 != math.fsum([0.1] * 10)
    assert total([1.0, 1e100, 1.0, -1e100]) == 0
    assert total(iter([1, 2])) == 3 and isinstance(total([1, 2]), int) and total([]) == 0


def printed(folder: Folder, name: str, monkeypatch: pytest.MonkeyPatch) -> dict[str, bytes]:
    """All that is printed of the project, with nothing kept from before."""
    monkeypatch.setattr(pydyf_compression, "_compressed", {})
    monkeypatch.setenv(VARIABLE, str(folder.root.parent / f"cache-{name}"))
    assert folder.render("briefs/lifts.yaml", "-o", f"output/{name}").status == 0
    assert folder.render("briefs/lifts.yaml", "--figures", f"output/{name}/figures").status == 0
    made = folder.root / "output" / name
    return {str(path.relative_to(made)): path.read_bytes() for path in made.rglob("*") if path.is_file()}


@pytest.mark.rest
def test_another_interpreter_prints_the_same_bytes(folder: Folder, monkeypatch: pytest.MonkeyPatch) -> None:
    """An interpreter whose zlib writes otherwise, and whose ``sum`` corrects rounding as Python 3.12 does."""
    ordinary = printed(folder, "ordinary", monkeypatch)
    assert {"lifts.pdf", *(f"figures/lifts{suffix}" for suffix in (".pdf", ".svg", ".png"))} <= {*ordinary}

    pack, packer, add, summed = zlib.compress, zlib.compressobj, builtins.sum, []

    def add_otherwise(values: Any, start: Any = 0) -> Any:
        listed = list(values)
        if all(isinstance(each, int | float) for each in [*listed, start]) and not all(
            isinstance(each, int) for each in listed
        ):
            summed.append(listed)
            return math.fsum([start, *listed])
        return add(listed, start)

    monkeypatch.setattr(zlib, "compress", lambda data, *_, **__: pack(data, 1))
    monkeypatch.setattr(zlib, "compressobj", lambda *_, **__: packer(1))
    monkeypatch.setattr(builtins, "sum", add_otherwise)
    add_in_order("weasyprint")
    summed.clear()
    assert printed(folder, "other", monkeypatch) == ordinary
    assert all(each == PROBE for each in summed), "somebody adds numbers with decimals by the built-in sum"
