"""All briefs in all templates, printed with several interpreters: the same bytes?

    python tools/same_bytes.py python3.12 /opt/other/bin/python3.13

Each interpreter gets a virtual environment of its own, with what requirements.lock names, in a temporary folder; the
first one to compare with is the one that runs this. One may be of another architecture, run by an emulator:
tools/arm64_python.sh makes such a one. Exit status 1 where a file differs.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

REPOSITORY = Path(__file__).resolve().parents[1]
BRIEFS = sorted(str(path.relative_to(REPOSITORY)) for path in (REPOSITORY / "briefs").glob("*.yaml"))
TEMPLATES = sorted(path.parent.name for path in (REPOSITORY / "templates").glob("*/brief.html.j2"))
PATIENCE = ["--limit-time", "7200"]
"""Seconds: an emulated interpreter on a busy machine takes longer than the ten minutes that a brief has."""
ABOUT = """
import platform, sys, unicodedata, zlib
print(sys.version.split()[0], platform.machine(), zlib.ZLIB_RUNTIME_VERSION, unicodedata.unidata_version)
"""


def make_environment(python: str, folder: Path) -> str:
    """A virtual environment of ``python`` with what is locked; the path of its interpreter.

    uv, where there is one, installs without that interpreter: in an emulated one pip takes many minutes.
    """
    inside = str(folder / ("Scripts" if os.name == "nt" else "bin") / "python")
    uv = shutil.which("uv")
    install = [uv, "pip", "install", "--python", inside] if uv else [inside, "-m", "pip", "install"]
    subprocess.run([python, "-m", "venv", *(["--without-pip"] if uv else []), folder], check=True)
    locked = ["--require-hashes", "--no-deps", "--only-binary", ":all:", "-r", str(REPOSITORY / "requirements.lock")]
    subprocess.run([*install, "--quiet", *locked], check=True)
    return inside


def print_all(python: str, folder: Path) -> dict[str, str]:
    """The SHA-256 of all that ``python`` prints into ``folder``, by name."""
    environment = {**os.environ, "PYTHONPATH": str(REPOSITORY / "src"), "C6BRIEF_CACHE_DIR": str(folder / "cache")}
    for template in TEMPLATES:
        command = [python, "-m", "c6brief", "render", *BRIEFS, "-o", str(folder / "printed" / template)]
        command += ["--template", template, *PATIENCE]
        subprocess.run(command, check=True, cwd=REPOSITORY, env=environment, stdout=subprocess.DEVNULL)
    command = [python, "-m", "c6brief", "render", *BRIEFS, "--figures", str(folder / "printed" / "figures")]
    command += PATIENCE
    subprocess.run(command, check=True, cwd=REPOSITORY, env=environment, stdout=subprocess.DEVNULL)
    files = sorted(path for path in (folder / "printed").rglob("*") if path.is_file())
    return {str(path.relative_to(folder)): hashlib.sha256(path.read_bytes()).hexdigest() for path in files}


def main(pythons: list[str]) -> int:
    """Print with each; the exit status."""
    with tempfile.TemporaryDirectory(prefix="c6brief-same-bytes-") as made:
        root, first = Path(made), print_all(sys.executable, Path(made) / "first")
        differ = 0
        for number, python in enumerate(pythons):
            inside = make_environment(python, root / f"environment-{number}")
            about = subprocess.run([inside, "-c", ABOUT], check=True, capture_output=True, text=True).stdout.split()
            found = print_all(inside, root / f"printed-{number}")
            others = sorted(name for name in first.keys() | found.keys() if first.get(name) != found.get(name))
            same = f"{len(first) - len(others)} of {len(first)} the same"
            print("Python {}, {}, zlib {}, Unicode {}:".format(*about), same)
            print("".join(f"  {name} differs\n" for name in others), end="", flush=True)
            differ += len(others)
    return int(differ > 0)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
