"""What the campaign found. A case is a folder of the files that differ from the seedbed's, or ``sent.pdf`` alone."""

from __future__ import annotations

from pathlib import Path

from tests.fuzz.seedbed import project_files, write_files

FOLDER = Path(__file__).parent
GONE = ".gone"
"""What is appended to the name of a file that the case lacks."""


def save_case(name: str, files: dict[str, bytes]) -> None:
    """Keep a mutant as a case."""
    whole = {} if "sent.pdf" in files else project_files()
    changed = {path: data for path, data in files.items() if whole.get(path) != data}
    write_files(FOLDER / name, changed | {f"{path}{GONE}": b"" for path in whole.keys() - files.keys()})


def load_case(name: str) -> dict[str, bytes]:
    """The files of a case, whole."""
    folder = FOLDER / name
    kept = {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}
    if "sent.pdf" in kept:
        return kept
    gone = {path.removesuffix(GONE) for path in kept if path.endswith(GONE)}
    files = {**project_files(), **{path: data for path, data in kept.items() if not path.endswith(GONE)}}
    return {path: data for path, data in files.items() if path not in gone}


def case_names() -> list[str]:
    return sorted(path.name for path in FOLDER.iterdir() if path.is_dir() and path.name != "__pycache__")
