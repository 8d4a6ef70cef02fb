"""What leaves the house: the wheel, the lock, and the files that are committed.

The wheel must render a brief far from this repository, with nothing of it but seeds and specifications.
"""

import os
import re
import shutil
import subprocess
import sys
import sysconfig
import tomllib
import zipfile
from pathlib import Path

import pypdf
import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from tests.support.paths import REPOSITORY

ASSETS = REPOSITORY / "src" / "c6brief" / "assets"


def run(*command, **options):
    """Run a command without a network index; fail with all that it printed."""
    done = subprocess.run(
        [str(part) for part in command],
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        stdin=subprocess.DEVNULL,
        text=True,
        timeout=300,
        **options,
    )
    assert done.returncode == 0, f"{command} ended with {done.returncode}:\n{done.stdout}"
    return done.stdout


def files_below(folder):
    """Files of a folder as relative POSIX paths, without what Python and editors leave behind."""
    return {
        path.relative_to(folder).as_posix()
        for path in folder.rglob("*")
        if path.is_file() and "__pycache__" not in path.parts and not path.name.startswith(".")
    }


# The wheel -----------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def wheel(tmp_path_factory):
    folder = tmp_path_factory.mktemp("wheel")
    run(sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", folder, REPOSITORY)
    [path] = folder.glob("c6brief-*.whl")
    return path


@pytest.fixture(scope="module")
def names(wheel):
    with zipfile.ZipFile(wheel) as archive:
        return set(archive.namelist())


def test_wheel_carries_the_templates(names):
    templates = files_below(REPOSITORY / "templates")
    assert templates, "the repository has no templates/"
    assert {f"c6brief/templates/{name}" for name in templates} <= names


def test_wheel_carries_fonts_map_data_and_licences(names):
    assert (ASSETS / "map").is_dir(), "the map data belong in src/c6brief/assets/map/"
    assets = files_below(ASSETS)
    assert {f"c6brief/assets/{name}" for name in assets} <= names

    fonts = {Path(name).stem for name in names if name.startswith("c6brief/assets/fonts/") and name.endswith(".ttf")}
    assert {"SourceSerif4-Regular", "SourceSerif4-BoldIt", "SourceSerif4Display-Semibold", "SourceSans3-Bold"} <= fonts
    licences = {Path(name).name for name in names if "/licenses/" in name}
    assert licences == {
        "LICENSE",
        "SourceSerif4-LICENSE.md",
        "SourceSans3-LICENSE.md",
        "LICENSE.txt",
        "pango_declarations-LICENSE.txt",
    }
    assert "c6brief/py.typed" in names


def test_wheel_carries_nothing_else(names):
    strangers = {
        name for name in names if not name.startswith("c6brief/") and not re.match(r"c6brief-[\d.]+\.dist-info/", name)
    }
    assert not strangers
    assert not {name for name in names if name.startswith(("c6brief/tests/", "c6brief/seeds/", "c6brief/briefs/"))}


def test_wheel_renders_away_from_the_repository(wheel, tmp_path):
    """A new virtual environment borrows this one's packages, but not its c6brief.

    The borrowing is by a path in a ``.pth`` file: ``.pth`` files in there, the editable install's too, are not read.
    """
    venv = tmp_path / "venv"
    run(sys.executable, "-m", "venv", "--without-pip", venv)
    python = venv / "bin" / "python"
    site = Path(run(python, "-c", "import sysconfig; print(sysconfig.get_path('purelib'))").strip())
    borrowed = dict.fromkeys([sysconfig.get_path("purelib"), sysconfig.get_path("platlib")])
    (site / "borrowed.pth").write_text("".join(f"{path}\n" for path in borrowed))
    run(
        sys.executable,
        "-m",
        "pip",
        "--python",
        python,
        "install",
        "--no-index",
        "--no-deps",
        "--force-reinstall",
        wheel,
    )

    project = tmp_path / "elsewhere"
    for folder in ("seeds", "briefs"):
        shutil.copytree(REPOSITORY / folder, project / folder)
    environment = {name: value for name, value in os.environ.items() if not name.startswith(("PYTHON", "PYTEST"))}

    module = run(python, "-c", "import c6brief; print(c6brief.__file__)", cwd=project, env=environment).strip()
    assert Path(module).resolve().is_relative_to(site.resolve())
    assert not project.resolve().is_relative_to(REPOSITORY)

    run(venv / "bin" / "c6brief", "render", "briefs/at-a-glance.yaml", cwd=project, env=environment)
    assert len(pypdf.PdfReader(project / "output" / "at-a-glance.pdf").pages) >= 1


@pytest.mark.rest
def test_wheel_has_the_same_bytes_from_another_day_and_folder(wheel, tmp_path):
    copy = tmp_path / "another folder"
    shutil.copytree(REPOSITORY, copy, ignore=shutil.ignore_patterns(".*", "output", "__pycache__", "tests", "docs"))
    for path in copy.rglob("*"):
        path.chmod(0o700 if path.is_dir() else 0o600)
        os.utime(path, (1_000_000_000, 1_000_000_000))
    environment = {**os.environ, "TZ": "Asia/Tashkent", "PYTHONHASHSEED": "7", "LC_ALL": "C"}
    run(sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", tmp_path, copy, env=environment)
    assert (tmp_path / wheel.name).read_bytes() == wheel.read_bytes()


# The lock ------------------------------------------------------------------------------------------------------


def locked_entries():
    """Each requirement of the lock with its hashes and comments, as one string."""
    lock = (REPOSITORY / "requirements.lock").read_text(encoding="utf-8")
    return re.findall(r"^[^\s#].*(?:\n .*)*", lock, re.MULTILINE)


def test_every_locked_requirement_is_exact_and_has_hashes():
    entries = locked_entries()
    assert entries
    for entry in entries:
        assert re.match(r"[a-z0-9-]+==\S+ ", entry), entry.splitlines()[0]
        assert "--hash=sha256:" in entry, entry.splitlines()[0]


def test_lock_names_no_index_and_no_host():
    lock = (REPOSITORY / "requirements.lock").read_text(encoding="utf-8")
    assert not re.findall(r"^.*(?:index-url|trusted-host|find-links|://).*$", lock, re.MULTILINE)


def test_lock_holds_what_pyproject_asks_for():
    locked = {}
    for entry in locked_entries():
        requirement = Requirement(entry.split(" \\\n")[0])
        [specifier] = requirement.specifier
        locked[canonicalize_name(requirement.name)] = specifier.version

    project = tomllib.loads((REPOSITORY / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    for line in project["dependencies"] + project["optional-dependencies"]["test"]:
        requirement = Requirement(line)
        version = locked.get(canonicalize_name(requirement.name))
        assert version and version in requirement.specifier, f"{line}: locked is {version}; run make lock"


# The committed files -------------------------------------------------------------------------------------------

# An absolute path into someone's machine. Not preceded by a word, so that the path of a web address is none.
MACHINE_PATH = re.compile(r"(?<![\w.~/-])/(?:tmp|root|home|work)/[a-z]")


def committed_files():
    """What git tracks, and what it would if all were added."""
    if not (REPOSITORY / ".git").exists() or not shutil.which("git"):
        pytest.skip("no git here to tell which files are committed")
    listing = run("git", "-C", REPOSITORY, "ls-files", "-z", "--cached", "--others", "--exclude-standard")
    return [REPOSITORY / name for name in listing.split("\0") if name and (REPOSITORY / name).is_file()]


def test_committed_files_name_no_machine_path():
    found = []
    for path in committed_files():
        try:
            text = path.read_text(encoding="utf-8")
        except UnicodeDecodeError:
            continue
        for number, line in enumerate(text.splitlines(), start=1):
            if MACHINE_PATH.search(line):
                found.append(f"{path.relative_to(REPOSITORY)}:{number}: {line.strip()[:100]}")
    assert not found, "\n".join(found)


def test_machine_paths_are_told_from_other_paths():
    for folder in ("tmp", "root", "home", "work"):
        assert MACHINE_PATH.search(f"see '/{folder}/" + "anna/brief.pdf'")
    for before in ("https://example.org", "seeds", "~"):
        for folder in ("home", "work"):
            assert not MACHINE_PATH.search(f"{before}/{folder}/" + "texts")
    assert not MACHINE_PATH.search("/etc/passwd")
