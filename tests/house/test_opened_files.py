"""Nothing opens, lists, writes or deletes a file of a project but the modules that hold its boundary."""

from __future__ import annotations

import ast
import os
import re
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.support.hostile_projects import SECRET, ZOO, contents, make_outside
from tests.support.project import REPOSITORY, write_project

SOURCE = REPOSITORY / "src" / "c6brief"

HOLDS_THE_BOUNDARY = {"documents/boundary.py", "documents/folders.py", "documents/writing.py"}

OWN_FILES = "reads files of the package"
CACHE = "keeps the cache in the user's folder"
DOCS = "writes pages of docs/ when it is run by a developer"

IN_MEMORY = "opens images that are in memory"

OTHERS = {
    "build/accept.py": "makes a copy of seeds/ in a temporary folder, to check it there",
    "build/executors.py": "reads how many processors a container has",
    "build/fingerprints.py": "lists the package, installed packages and loaded libraries; opens entries of folders of walk()",
    "build/inputs.py": "lists folders that open_folder() has opened",
    "build/new_template.py": "deletes a folder that it has made, if it is empty",
    "build/warm_process.py": "makes a temporary folder for the process that renders",
    "build/pictures.py": OWN_FILES,
    "cli/streams.py": "opens the null device",
    "documents/cache.py": CACHE,
    "documents/catalogue.py": OWN_FILES,
    "documents/images/pixels.py": IN_MEMORY,
    "documents/countries.py": OWN_FILES,
    "documents/private_files.py": CACHE,
    "documents/temporary_folder.py": "makes a temporary folder, and deletes those of dead processes",
    "evidence/lexicon.py": OWN_FILES,
    "evidence/numbers.py": OWN_FILES,
    "evidence/passage_cache.py": OWN_FILES,
    "evidence/topic_words.py": OWN_FILES,
    "figures/atlas.py": OWN_FILES,
    "figures/cache.py": OWN_FILES,
    "figures/document.py": DOCS,
    "figures/drawing/export.py": IN_MEMORY,
    "figures/image/drawing.py": IN_MEMORY,
    "figures/drawing/matplotlib_font_list.py": "makes Matplotlib's list of fonts, of the package's, in a temporary folder",
    "figures/matplotlib/kind.py": "lists installed packages",
    "figures/registry.py": OWN_FILES,
    "manifest/building.py": "lists the fonts of the package",
    "manifest/model.py": DOCS,
    "manifest/pdf_syntax.py": "opens images that are in memory",
    "pages/document.py": DOCS,
    "pages/fields.py": DOCS,
    "preview/address_file.py": "writes the address for the browser, in a temporary folder of its own",
    "preview/server.py": OWN_FILES,
    "preview/session.py": "deletes that folder",
    "print/preflight/reference.py": DOCS,
    "print/pyphen_patterns.py": "reads patterns of the package pyphen",
    "print/signing.py": "asks a time-stamping authority that the user names",
    "build/review_copy.py": "writes the house's reference.docx, as it was read, to a temporary file for Pandoc",
    "drafts/office_parts.py": "opens parts of a draft that is in memory",
    "documents/workbook_parts.py": "opens parts of a workbook that is in memory",
}
"""Modules that open other files than those of a project, and what they open."""

OPENS = {
    *(
        "open",
        "fdopen",
        "urlopen",
        "read_text",
        "read_bytes",
        "write_text",
        "write_bytes",
        "touch",
        "scandir",
        "listdir",
    ),
    *(
        "walk",
        "fwalk",
        "iterdir",
        "glob",
        "iglob",
        "rglob",
        "mkdir",
        "makedirs",
        "mkfifo",
        "unlink",
        "rmdir",
        "removedirs",
    ),
    *(
        "rmtree",
        "rename",
        "renames",
        "symlink",
        "symlink_to",
        "link",
        "hardlink_to",
        "copy",
        "copyfile",
        "copytree",
        "move",
    ),
    *("truncate", "chmod", "mkstemp", "mkdtemp", "NamedTemporaryFile", "TemporaryFile", "TemporaryDirectory"),
}
"""Names of functions and methods of Python that open, list, write or delete files."""

OF_MODULES = {"os", "io", "shutil", "tempfile", "glob", "pathlib", "fileinput", "linecache", "codecs", "tokenize"}
COMMON = {"copy", "walk", "link", "rename", "move", "truncate"}
"""Names that other things have too (lists, trees): they count as functions of these modules only."""


def openings(path: Path) -> Iterator[str]:
    """What a module calls, or imports by name, that may open, list, write or delete a file."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom) and node.module in OF_MODULES:
            yield from OPENS.intersection(each.name for each in node.names)
        if not isinstance(node, ast.Call):
            continue
        if isinstance(node.func, ast.Name) and node.func.id == "open":
            yield node.func.id
        if isinstance(node.func, ast.Attribute) and node.func.attr in OPENS:
            of = node.func.value.id if isinstance(node.func.value, ast.Name) else ""
            if of in OF_MODULES or node.func.attr not in COMMON:
                yield f"{of}.{node.func.attr}"


def test_no_other_module_opens_files() -> None:
    found = {
        path.relative_to(SOURCE).as_posix(): calls
        for path in sorted(SOURCE.rglob("*.py"))
        if (calls := sorted(set(openings(path))))
    }
    unknown = {name: calls for name, calls in found.items() if name not in HOLDS_THE_BOUNDARY | OTHERS.keys()}
    assert unknown == {}, "read files by documents/boundary.py, list folders by folders.py, write by writing.py"
    assert sorted(OTHERS.keys() - found.keys()) == [], "these open nothing any more: take them out of the list"


@pytest.mark.parametrize(
    "line",
    [
        "open(path)",
        "path.read_bytes()",
        "os.walk(top)",
        "[*folder.rglob('*')]",
        "Path(name).write_text('')",
        "os.open(a, 0)",
    ],
)
def test_such_calls_are_seen(line: str, tmp_path: Path) -> None:
    (tmp_path / "module.py").write_text(f"import os\ndef f(path, top, folder):\n    return {line}\n")
    assert list(openings(tmp_path / "module.py"))


# What the system is asked for ---------------------------------------------------------------------------------------

CALLS = "open,openat,openat2,creat,mkdir,mkdirat,unlink,unlinkat,rmdir,rename,renameat,renameat2,link,linkat,symlink,symlinkat,truncate,chmod,fchmodat,connect,execve"

_CALL = re.compile(r"^(?:\[pid +\d+\] |\d+ +)?(\w+)\((.*)\) += (-?\d+)(?:<(.*)>)?", re.M)
_PATH = re.compile(r'(?:AT_FDCWD<([^>]*)>|\d+<([^>]*)>)?(?:, )?"((?:[^"\\]|\\.)*)"')

strace = pytest.mark.skipif(
    not shutil.which("strace") and not os.environ.get("NEED_STRACE"),
    reason="NOT WATCHED BY strace: it is not here (make setup installs it where it may)",
)


def traced(root: Path, *arguments: str, until: str = "") -> tuple[str, int]:
    """What ``c6brief ARGUMENTS`` in ``root`` asked the system for, as strace prints it, and its exit status.

    ``until``: interrupt it when it prints a line with these words, since it does not end by itself.
    """
    log, temporary = root.parent / "trace", root.parent / "temporary"
    temporary.mkdir()
    folders = {"TMPDIR": str(temporary), "C6BRIEF_CACHE_DIR": str(root.parent / "cache")}
    command = ["strace", "-f", "-qq", "-y", "-s", "4096", "-o", str(log), "-e", f"trace={CALLS}"]
    with subprocess.Popen(
        [*command, sys.executable, "-m", "c6brief", *arguments],
        cwd=root,
        text=True,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        env={**os.environ, **folders, "PYTHONUNBUFFERED": "1"},
        start_new_session=True,
    ) as run:
        assert run.stdout is not None
        for line in run.stdout:
            assert SECRET not in line
            if until and until in line:
                os.killpg(run.pid, signal.SIGINT)
                until = ""
        status = run.wait(60)
    return log.read_text(errors="replace"), status


def reached(trace: str, root: Path) -> list[str]:
    """The calls of a trace that opened something that is neither the project's nor the system's, or wrote elsewhere."""
    system = (
        "/usr",
        "/lib",
        "/lib64",
        "/etc",
        "/proc",
        "/sys",
        "/dev/null",
        "/dev/urandom",
        "/dev/shm",
        "/opt",
        "/bin",
    )
    ours = (sys.prefix, sys.base_prefix, str(SOURCE), str(REPOSITORY / "templates"), str(REPOSITORY / "src"))
    libraries = tuple(os.path.realpath(path) for path in sys.path if path)
    home = tuple(os.path.expanduser(path) for path in ("~/.cache", "~/.config", "~/.fonts", "~/.local/share"))
    own = tuple(str(folder) for folder in (root, root.parent / "cache", root.parent / "temporary"))
    readable = (*own, *system, *ours, *libraries, *home)
    found = []
    for name, given, result, opened in _CALL.findall(trace):
        if int(result) < 0 or "O_PATH" in given or name == "execve":
            continue
        if name == "connect":
            found.append(f"{name} {given}")
            continue
        if name.startswith("open"):
            writes = re.search(r"O_(WRONLY|RDWR|CREAT|TRUNC)", given)
            allowed = (*own, "/dev/null", *home) if writes else readable
            paths = [opened]
        else:
            allowed = (*own, "/dev/shm", *home)
            paths = [
                os.path.join(here or folder or str(root), path) for here, folder, path in _PATH.findall(given) if path
            ]
        found += [
            f"{name} {path}"
            for path in paths
            if not any(path == each or path.startswith(each + "/") for each in allowed)
        ]
    return found


COMMANDS = {
    "check": (["check"], ""),
    "render": (["render", "briefs/lifts.yaml"], ""),
    "preview": (["preview", "briefs/lifts.yaml", "--no-open"], "127.0.0.1"),
    "verify": (["verify", "lifts.pdf", "--seeds", "."], ""),
}

HARDEST = (
    "seeds",
    "an include",
    "a style sheet",
    "the brand file",
    "a logo",
    "a font",
    "a large tree",
    "the output",
    "data",
)


@pytest.mark.rest_sample(12)
@strace
@pytest.mark.rest
@pytest.mark.parametrize("name", [*HARDEST, "nothing"])
@pytest.mark.parametrize("command", COMMANDS)
def test_the_system_is_asked_for_nothing_outside(command: str, name: str, tmp_path: Path) -> None:
    root = write_project(tmp_path / "project")
    outside = make_outside(tmp_path / "outside")
    if command == "verify":
        subprocess.run([sys.executable, "-m", "c6brief", "render", "briefs/lifts.yaml"], cwd=root, check=True)
        shutil.move(root / "output/lifts.pdf", root / "lifts.pdf")
    if name != "nothing":
        ZOO[name].make(root, outside)
    before = contents(outside)
    arguments, until = COMMANDS[command]
    trace, status = traced(root, *arguments, until=until)
    assert "seeds" in trace, "strace has seen nothing"
    assert status in (0, 1, 130), status
    assert reached(trace, root) == []
    assert contents(outside) == before
