"""Changes of files that know what the files are made of: keys and values of YAML, cells, tags, chunks, tables of fonts.

A mutator takes the bytes of a file and a source of chance, and gives other bytes. The same chance gives the same bytes.
"""

from __future__ import annotations

import io
import random
import re
import struct
import zipfile
from collections.abc import Callable, Sequence
from typing import Any

import yaml

Mutator = Callable[[bytes, random.Random], bytes]

VALUES: list[Any] = [
    None, True, "", " ", "0", 0, -1, 1e308, float("nan"), float("inf"), 10**40, 2026, "2026-02-30", "2024-24", "NO", "1:30",
    [], {}, [[]], [None], {"a": {"b": []}}, "x" * 3000, "\u202e\u200bזה", "é\u0301\u0301", "\x07\x1b[31m", "{{ brief }}", "{% if", "<b>&",
    "../../etc/hosts", "/dev/zero", ".", "”so it goes”", "\"Every station will have a lift by 2031\"", "[@nobody]", "[@step-free]",
    "[*]{.term}", "::: quote x", "`", "😀🏴", "a\n\n\nb", "step-free", "transit-2024", "lifts", "ada-line", "deep", "2019/2021",
    "94", "1 061", "٣", "Ⅷ", "a:b", "- a", "#c", "%", "$1", "\\", "C:\\x", "https://example.org/ü", "mailto:x",
]  # fmt: skip
"""What a value of YAML is replaced by."""

WORDS = {
    "prose": ["[@", "]", "::: ", ":::", "\n::: callout A\n", "“", "”", '"', "[x]{.term}", "[^1]", "[^1]: n", "\n# H\n", "\n---\n",
              "> ", "`", "```\n", "*", "**", "_", "<b>", "<!--", "@fig:lifts", "~a~", "^b^", "| a | b |\n|---|---|\n", "\t", "\\",
              "&nbsp;", "[...]", "( … )", "http://x", "\u00ad", "\f", "\r", "\u2028", "!", "![x](y.png)", "[a](b)", "1. ", "- "],
    "yaml": ["&a ", "*a", "!!python/object:os.system ", "!x ", "|\n", ">-\n", "? ", "---\n", "...\n", "'", '"', "{", "}", "[", "]",
             ": ", "- ", "\t", "#", "<<: ", "%YAML 9\n", "\u0085", "\x00", "\ufeff", "\n\n", "  "],
    "template": ["{{ brief.title }}", "{{ brief.nothing }}", "{% for a in brief.sections %}", "{% endfor %}", "{% include 'x' %}",
                 "{% extends 'house/brief.html.j2' %}", "{{ 'a' * 9 }}", "{{ [1] | first }}", "{#", "#}", "{%", "%}", "{{", "}}",
                 "<table>", "</div>", "<img src=hall.png>", "<svg>", "<script>", "{% block body %}", "{% macro m() %}", "{{ self }}",
                 "{{ ''.__class__ }}", "{{ 1 // 0 }}", "{{ brief | map }}", "<p>", "“Said who”", "&", "<p style='content:x'>"],
    "css": ["{", "}", ";", "/*", "*/", "@import 'style.css';", "@import url(x.css);", "@page { size: 1px }", "@page { margin: 9in }",
            "* { position: absolute }", "p { float: footnote }", "h2::before { content: 'not ' }", "* { display: none }", "\\", "url(",
            "* { display: table-cell }", "* { font-size: 1e9px }", "* { width: -1px }", "* { columns: 999 }", "* { display: grid }",
            "@font-face { font-family: x; src: url(nothing.ttf) }", "* { transform: rotate(1e9deg) }", "* { display: flex }",
            "* { font-family: Nothing }", "* { line-height: 0 }", "* { break-before: page }", "p { height: 1e30px }", "calc(1px/0)"],
    "svg": ["<g>", "</g>", "<use href='#g'/>", "<image href='hall.png'/>", "<image href='http://x/y.png'/>", "<script/>", "<!DOCTYPE a>",
            "<!ENTITY a 'b'>", "&a;", "<path d='M0 0L'/>", "<text>", "<style>*{}", " width='1e99'", " viewBox='0 0 0 0'", "\x00",
            "<rect width='-1'/>", " transform='scale(0)'", "<mask id='g'/>", "<pattern id='g'/>", "<foreignObject/>", "xmlns=''"],
    "csv": [",", '"', "\n", ";", "\t", "\r", "'", "1e309", "NaN", "=1+1", "\x00", "\ufeff", "2019", " ", "-", ",,,,", "”", "٣"],
}  # fmt: skip
"""What is put into texts, by the kind of file."""


def change_text(kind: str) -> Mutator:
    """Texts with words of their format put in, parts left out, doubled, moved or cut off."""

    def mutate(data: bytes, chance: random.Random) -> bytes:
        parts = [each for each in re.split(r"(\s+|[^\w\s])", data.decode("utf-8", "surrogateescape")) if each]
        for _ in range(chance.choice([1, 1, 2, 5])):
            at = chance.randrange(len(parts) + 1)
            what = chance.randrange(7)
            end = min(len(parts), at + chance.choice([1, 2, 5, 20]))
            if what <= 2:
                parts.insert(at, chance.choice(WORDS[kind]))
            elif what == 3:
                del parts[at:end]
            elif what == 4:
                parts[at:at] = parts[at:end] * chance.choice([1, 2, 50])
            elif what == 5:
                taken = parts[at:end]
                del parts[at:end]
                to = chance.randrange(len(parts) + 1)
                parts[to:to] = taken
            else:
                parts[at:end] = [chance.choice(WORDS[kind])]
            parts = parts or [""]
        return "".join(parts).encode("utf-8", "surrogateescape")

    return mutate


def change_bytes(data: bytes, chance: random.Random) -> bytes:
    """Bytes turned over, left out, put in or cut off."""
    made = bytearray(data or b"\n")
    for _ in range(chance.choice([1, 1, 3, 30])):
        at = chance.randrange(len(made))
        what = chance.randrange(6)
        if what <= 1:
            made[at] ^= 1 << chance.randrange(8)
        elif what == 2:
            made[at : at + chance.choice([1, 4, 200])] = b""
        elif what == 3:
            made[at:at] = chance.choice(
                [b"\0", b"\xff\xfe", b"\xc3", b"\r", b"\x1b", b"\xed\xa0\x80", chance.randbytes(4)]
            )
        elif what == 4:
            made[at : at + 4] = struct.pack(">I", chance.choice([0, 1, 0x7FFFFFFF, 0xFFFFFFFF]))
        else:
            made = made[: at + 1] if chance.random() < 0.2 else made
        made = made or bytearray(b"\n")
    return bytes(made)


def change_yaml(data: bytes, chance: random.Random) -> bytes:
    """A key or value of YAML replaced, left out, doubled, moved, or put inside another."""
    try:
        root = yaml.safe_load(data)
    except yaml.YAMLError:
        return change_bytes(data, chance)
    places: list[tuple[Any, Any]] = []

    def walk(node: Any) -> None:
        for key in list(node) if isinstance(node, dict) else range(len(node)) if isinstance(node, list) else ():
            places.append((node, key))
            walk(node[key])

    walk(root)
    for _ in range(chance.choice([1, 1, 2])):
        if not places:
            return yaml.safe_dump(chance.choice(VALUES), allow_unicode=True).encode()
        holder, key = chance.choice(places)
        other, other_key = chance.choice(places)
        try:
            what = chance.randrange(7)
            if what <= 2:
                holder[key] = chance.choice(VALUES)
            elif what == 3:
                del holder[key]
            elif what == 4:
                holder[key] = other[other_key] if not _holds(other[other_key], holder) else None
            elif what == 5:
                holder[key] = chance.choice([[holder[key]], {"text": holder[key]}, [holder[key]] * 2])
            elif isinstance(holder, dict):
                holder[chance.choice(["id", "text", "title", "", "extra", 1, None, str(key)[:-1]])] = holder.pop(key)
            else:
                holder.insert(key, holder[key])
        except (KeyError, IndexError, TypeError):
            continue
    try:
        return yaml.safe_dump(
            root, allow_unicode=True, sort_keys=False, default_flow_style=chance.choice([None, True])
        ).encode()
    except (yaml.YAMLError, ValueError, RecursionError):
        return data


def _holds(node: Any, sought: Any) -> bool:
    inside = node.values() if isinstance(node, dict) else node if isinstance(node, list) else ()
    return node is sought or any(_holds(each, sought) for each in inside)


def of_whole_files(mutator: Mutator) -> Mutator:
    """``mutator``, which reads what it changes; a file that was damaged before, so that it can't, has its bytes changed."""

    def mutate(data: bytes, chance: random.Random) -> bytes:
        try:
            return mutator(data, chance)
        except Exception:  # zipfile and struct raise a dozen kinds
            return change_bytes(data, chance)

    return mutate


@of_whole_files
def change_workbook(data: bytes, chance: random.Random) -> bytes:
    """A part of a workbook changed, left out, doubled or renamed."""
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as new:
        names = old.namelist()
        chosen = chance.choice(names)
        for name in names:
            content = old.read(name)
            if name == chosen:
                what = chance.randrange(6)
                if what == 0:
                    continue
                content = change_text("svg")(content, chance) if what <= 3 else change_bytes(content, chance)
                name = "../" + name if what == 5 else name
            new.writestr(zipfile.ZipInfo(name, (2026, 1, 1, 0, 0, 0)), content)
    return made.getvalue()


@of_whole_files
def change_font(data: bytes, chance: random.Random) -> bytes:
    """An entry of a font's list of tables changed, or bytes inside a table (OpenType's "otff")."""
    made, count = bytearray(data), int.from_bytes(data[4:6], "big")
    at = 12 + 16 * chance.randrange(count)
    start, length = struct.unpack_from(">II", made, at + 8)
    what = chance.randrange(4)
    if what == 0:
        made[at : at + 4] = chance.choice([b"abcd", b"fvar", b"cmap", b"\0\0\0\0"])
    elif what == 1:
        struct.pack_into(
            ">I", made, at + chance.choice([8, 12]), chance.choice([0, 1, length // 2, len(data), 0xFFFFFFFF])
        )
    else:
        for _ in range(chance.choice([1, 10])):
            made[start + chance.randrange(max(1, min(length, 400)))] = chance.choice([0, 1, 0x7F, 0x80, 0xFF])
    return bytes(made)


def mutators_of(name: str) -> Sequence[tuple[str, Mutator]]:
    """The mutators that suit a file of this name, each with what it changes."""
    ending = name.rsplit(".", 1)[-1]
    found: list[tuple[str, Mutator]] = {
        "yaml": [("values", change_yaml)] * 3 + [("yaml", change_text("yaml")), ("prose", change_text("prose"))],
        "yml": [("values", change_yaml)] * 3 + [("yaml", change_text("yaml"))],
        "md": [("prose", change_text("prose"))] * 3 + [("yaml", change_text("yaml"))],
        "txt": [("prose", change_text("prose"))] * 3,
        "csv": [("cells", change_text("csv"))] * 3,
        "xlsx": [("parts", change_workbook)] * 3,
        "svg": [("svg", change_text("svg"))] * 3,
        "css": [("css", change_text("css"))] * 4,
        "j2": [("template", change_text("template"))] * 4,
        "ttf": [("tables", change_font)] * 3,
    }.get(ending, [])
    return [*found, ("bytes", change_bytes)]
