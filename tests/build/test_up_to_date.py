"""A brief whose inputs are what they were is not rendered again, and one of which anything changed always is.

One project with every kind of input is rendered once; then each input is changed in turn, the stamp is asked, and the
input is put back. Asking is quick, rendering is not.
"""

import inspect
import json
import os
import shutil
import subprocess
import sys
import time
from contextlib import contextmanager
from pathlib import Path
from types import SimpleNamespace

import pytest

import c6brief
from c6brief.build import fingerprints, up_to_date
from c6brief.build import reads as reads_module
from c6brief.build.options import RenderOptions
from c6brief.build.plan import plan_jobs
from c6brief.build.reads import ReadsRecorder
from c6brief.build.up_to_date import CacheKey, Report, keep, lookup, lookup_command
from c6brief.cli.commands import render as render_command
from c6brief.documents.cache import ProjectCache
from c6brief.documents.problems import Problems
from c6brief.figures.cache import DRAWINGS
from c6brief.pages.search import shipped_templates
from tests.support.project import BRIEF, SEEDS

SPEC, PDF = "briefs/lifts.yaml", "output/lifts.pdf"
FONTS = Path(c6brief.__file__).parent / "assets" / "fonts"

TABLE = """\
title: Stations by access
source: transit-2024
data: {data}
fields:
  - {{name: access, type: string, title: Access}}
  - {{name: stations, type: integer, title: Stations, unit: number}}
"""

BRAND = """\
color: {primary: "#7a1f3d"}
logo: house.svg
typography:
  fonts: [{family: House Sans, source: file, files: [fonts/House.ttf]}]
  base: House Sans
"""

LOGO = '<svg xmlns="http://www.w3.org/2000/svg" width="20" height="9"><rect width="{}" height="9"/></svg>'

CSS = """
p { colour: red }
@font-face { font-family: Later; src: url("@project/fonts/Later.ttf"), url("c6brief:fonts/SourceSans3-Regular.ttf") }
"""
"""What WeasyPrint warns of, and a font of which one file is missing and another one is not."""


def workbook(path: Path, stations: int) -> None:
    import xlsxwriter

    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet()
        sheet.write_row(0, 0, ["access", "stations"])
        sheet.write_row(1, 0, ["Street to train", stations])


def put(root: Path, files: dict[str, str]) -> None:
    for name, text in files.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")


def c6brief_in(root: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "c6brief", *arguments]
    return subprocess.run(command, cwd=root, capture_output=True, text=True, check=False)


def results(root: Path) -> int:
    """How many results of the project are kept."""
    return ProjectCache(root).measure(up_to_date.RESULTS)[0]


def rendered(root: Path, *briefs: str) -> subprocess.CompletedProcess[str]:
    """Rendered so that stamps remain, which code that was installed a second ago does not leave."""
    done = c6brief_in(root, "render", *briefs)
    if results(root) < 2:
        time.sleep(2.5)
        done = c6brief_in(root, "render", *briefs)
    return done


@pytest.fixture(scope="module")
def printed(tmp_path_factory):
    """A project that has every kind of input, rendered once, and what that said."""
    root = tmp_path_factory.mktemp("whole") / "project"
    more = {
        SPEC: BRIEF.replace("tables: [access]", "tables: [access, lines]"),
        "seeds/tables/access.yaml": TABLE.format(data="access.csv"),
        "seeds/tables/access.csv": "access,stations\nStreet to train,94\n",
        "seeds/tables/lines.yaml": TABLE.format(data="lines.xlsx"),
        "_brand.yml": BRAND,
        "house.svg": LOGO.format(20),
    }
    put(root, SEEDS | more)
    workbook(root / "seeds/tables/lines.xlsx", 7)
    shutil.copytree(shipped_templates() / "policy-brief", root / "templates" / "policy-brief")
    with open(root / "templates/policy-brief/style.css", "a", encoding="utf-8") as file:
        file.write(CSS)
    (root / "fonts").mkdir()
    shutil.copy(FONTS / "SourceSans3-Regular.ttf", root / "fonts" / "House.ttf")
    return root, rendered(root, SPEC)


@pytest.fixture
def whole(printed, monkeypatch):
    """The folder of that project, to work in; every test leaves it as it was."""
    root, _ = printed
    monkeypatch.chdir(root)
    assert unchanged()
    yield root
    monkeypatch.undo()
    os.chdir(root)
    assert unchanged(), "the test has left something changed"


def unchanged(*arguments: str) -> bool:
    """Whether nothing would be done."""
    return lookup_command(["render", *(arguments or [SPEC])]) is not None


@contextmanager
def changed(path: Path):
    """A file may be changed, made or deleted within; afterwards it is as it was, but for its times."""
    before = path.read_bytes() if path.is_file() else None
    try:
        yield path
    finally:
        if before is not None:
            path.write_bytes(before)
        else:
            path.unlink(missing_ok=True)


def test_it_is_told_again_and_nothing_is_done(printed):
    root, first = printed
    assert (first.returncode, first.stderr.count("ignored-css")) == (0, 1), first.stderr
    data, before = (root / PDF).read_bytes(), (root / PDF).stat()  # which reading changes
    again = c6brief_in(root, "render", SPEC)
    file, *more = first.stdout.splitlines()
    assert again.stdout.splitlines() == [f"{file}, nothing changed", *more]
    assert (again.returncode, again.stderr) == (0, first.stderr)
    assert (root / PDF).stat() == before
    c6brief_in(root, "cache", "--clear")
    anew = rendered(root, SPEC)
    assert (anew.stdout, anew.stderr) == (first.stdout, first.stderr)
    assert (root / PDF).read_bytes() == data


def test_nothing_heavy_is_imported_where_nothing_changed(whole):
    tell = (
        f"import sys\nfrom c6brief.cli import main\nsys.argv = ['c6brief', 'render', '{SPEC}']\ntry: main()\n"
        "except SystemExit: print({'typer', 'pydantic', 'yaml', 'tempfile', 'jinja2', 'matplotlib', 'weasyprint'} & set(sys.modules))"
    )
    done = subprocess.run([sys.executable, "-c", tell], cwd=whole, capture_output=True, text=True, check=True)
    assert done.stdout.endswith("set()\n"), done.stdout


EDITS = {
    "seed": ("seeds/claims.yaml", "There is a plan", "There was a plan"),
    "source": ("seeds/sources.yaml", "Getting on board", "Getting off board"),
    "text of a source": ("seeds/texts/transit.txt", "step-free", "step free"),
    "section": ("seeds/sections/lifts.md", "title: Lifts", "title: Lefts"),
    "chart": ("seeds/charts/lifts.yaml", "2019 or in 2021", "2019 or 2021"),
    "csv": ("seeds/tables/access.csv", "94", "95"),
    "specification": (SPEC, "What two sources say", "What two sources said"),
    "template": ("templates/policy-brief/brief.html.j2", "<main>", "<main><p>More</p>"),
    "style sheet": ("templates/policy-brief/style.css", "--ink: #1b1f22", "--ink: #1b1f44"),
    "option of a template": ("templates/policy-brief/template.yaml", "default: a4", "default: letter"),
    "language": (SPEC, "number: 1", "number: 1\nlanguage: en-GB"),
    "brand": ("_brand.yml", "#7a1f3d", "#1f3d7a"),
    "logo": ("house.svg", 'width="20"', 'width="10"'),
}


@pytest.mark.parametrize("kind", EDITS)
def test_an_edit_is_seen(whole, kind):
    name, old, new = EDITS[kind]
    with changed(whole / name) as path:
        text = path.read_text(encoding="utf-8")
        assert old in text
        path.write_text(text.replace(old, new, 1), encoding="utf-8")
        assert not unchanged()


def test_other_bytes_are_seen(whole):
    for name in ("fonts/House.ttf", "seeds/tables/lines.xlsx", PDF):
        with changed(whole / name) as path:
            path.write_bytes(path.read_bytes()[:-1] + b"!")
            assert not unchanged(), name


NEW = (
    "seeds/sections/more.md",
    "seeds/events/more.yaml",
    "seeds/texts/.hidden",
    "templates/policy-brief/fonts/Other.ttf",
    "templates/policy-brief/blocks/extra.html.j2",
    "templates/memo/type.css",
    "fonts/Later.ttf",
    "briefs/seeds/claims.yaml",
)
"""Files that may come to be: among seeds, in place of a shipped one, where one was looked for in vain, and those that make
another folder the project."""


def test_a_file_that_appears_is_seen(whole):
    for name in NEW:
        fresh = [folder for folder in (whole / name).parents if not folder.exists()]
        with changed(whole / name) as path:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text("new", encoding="utf-8")
            assert not unchanged(), name
        for folder in fresh:
            folder.rmdir()
        assert unchanged(), name


def test_a_file_that_goes_is_seen(whole):
    for name in ("templates/policy-brief/README.md", "seeds/scopes.yaml", "_brand.yml", "fonts/House.ttf", PDF):
        with changed(whole / name) as path:
            path.unlink()
            assert not unchanged(), name


def test_only_content_counts(whole):
    for path in (whole / SPEC, whole / "seeds/claims.yaml", whole / "fonts/House.ttf", whole / PDF):
        os.utime(path)
    assert unchanged()
    shutil.move(whole / "seeds/claims.yaml", whole / "claims.yaml")
    shutil.copy(whole / "claims.yaml", whole / "seeds/claims.yaml")  # another number on the disk
    (whole / "claims.yaml").unlink()
    assert unchanged()
    with changed(whole / "seeds/sections/lifts.md") as path:
        state = path.stat()
        path.write_text(path.read_text(encoding="utf-8").replace("title: Lifts", "title: Lefts"), encoding="utf-8")
        os.utime(path, ns=(state.st_atime_ns, state.st_mtime_ns))
        assert not unchanged(), "an edit that keeps size and time"


def test_where_a_link_leads_counts(whole, tmp_path):
    path = whole / "seeds/scopes.yaml"
    shutil.copy(path, tmp_path / "scopes.yaml")
    with changed(path):
        path.unlink()
        path.symlink_to(tmp_path / "scopes.yaml")
        assert not unchanged(), "the same words, from outside of the project"
        path.unlink()


VARIABLES = ("SOURCE_DATE_EPOCH", "LANG", "LC_ALL", "TZ", "XDG_CONFIG_HOME", "FONTCONFIG_PATH", "PYTHONHASHSEED")


def test_the_environment_counts_but_for_what_cannot_matter(whole, monkeypatch):
    for name in VARIABLES:
        with monkeypatch.context() as here:
            here.setenv(name, "1")
            assert not unchanged(), name
    monkeypatch.setenv("PATH", "/nowhere")
    monkeypatch.setenv("XDG_SESSION_ID", "7")
    assert unchanged()


def test_other_packages_and_another_python_are_seen(whole, tmp_path, monkeypatch):
    with monkeypatch.context() as here:
        here.syspath_prepend(str(tmp_path))
        assert unchanged()
        (tmp_path / "weasyprint-71.0.dist-info").mkdir()
        assert not unchanged()
    with monkeypatch.context() as here:
        here.setattr(sys, "version", "3.99.0")
        assert not unchanged()


def test_any_change_of_our_own_code_is_seen(whole, tmp_path, monkeypatch):
    """Also of a copy elsewhere, of a file that no render loads, and of one that is new."""
    package = tmp_path / "c6brief"
    shutil.copytree(fingerprints.PACKAGE, package, ignore=shutil.ignore_patterns("__pycache__", "assets"))
    monkeypatch.setattr(fingerprints, "PACKAGE", str(package))
    assert not unchanged()
    found = {fingerprints.environment_digest().digest}
    for name in ("__init__.py", "cli/new.py", "rules/one_more.py"):
        with open(package / name, "a", encoding="utf-8") as file:
            file.write("# changed\n")
        found.add(fingerprints.environment_digest().digest)
    state = (package / "__init__.py").stat()
    text = (package / "__init__.py").read_text(encoding="utf-8")
    (package / "__init__.py").write_text(text.replace('"0.', '"1.'), encoding="utf-8")
    os.utime(package / "__init__.py", ns=(state.st_atime_ns, state.st_mtime_ns))
    found.add(fingerprints.environment_digest().digest)
    assert len(found) == 5
    (package / "cli" / "__pycache__").mkdir()
    (package / "cli" / "__pycache__" / "new.pyc").write_bytes(b"")
    assert fingerprints.environment_digest().digest in found, "compiled code is no change"


@pytest.mark.parametrize("part", ["weasyprint/pdf/__init__.py", "libpango"])
def test_a_library_that_is_replaced_is_seen(whole, monkeypatch, part):
    """Of packages, and of the system."""
    if part == "libpango" and sys.platform != "linux":
        pytest.skip("only Linux tells which libraries are loaded")
    real = os.stat

    def newer(path, **more):
        state = real(path, **more)
        return SimpleNamespace(st_size=1, st_mtime_ns=1, st_ctime_ns=1, st_ino=1) if part in str(path) else state

    monkeypatch.setattr(fingerprints.os, "stat", newer)
    assert not unchanged()


OPTIONS = {
    "output": ("--output", "elsewhere"),
    "template": ("--template", "memo"),
    "brand": ("--brand", "other.yml"),
    "set_": ("--set", "title=Another title"),
    "figures": ("--figures", "slides"),
    "draft": ("--draft",),
    "standard": ("--standard", "pdf-2"),
    "format_": ("--format", "html"),
    "strict": ("--strict",),
    "proof": ("--proof", "proofs"),
    "matrix": ("--matrix", "template=memo,report"),
    "editions": ("--editions", "table.csv"),
    "jobs": ("--jobs", "2"),
    "scheduler": ("--scheduler", "tcp://127.0.0.1:1"),
    "watch": ("--watch",),
    "sign": ("--sign", "key.p12"),
    "timestamp": ("--timestamp", "https://example.org"),
    "limit_time": ("--limit-time", "60"),
    "limit_memory": ("--limit-memory", "3000"),
}


def test_every_option_makes_another_command(whole):
    assert set(OPTIONS) == set(inspect.signature(render_command).parameters) - {"briefs"}, "a new option: add it here"
    for options in OPTIONS.values():
        assert not unchanged(SPEC, *options), options
    assert not unchanged(str(whole / SPEC)), "files are named otherwise"


def test_every_wish_makes_another_stamp(whole):
    wishes = [
        RenderOptions(),
        RenderOptions(output=Path("elsewhere")),
        RenderOptions(template="memo"),
        RenderOptions(overrides=("title=Another title",)),
        RenderOptions(draft=True),
        RenderOptions(brand=Path("other.yml")),
        RenderOptions(standard="pdf-2"),
        RenderOptions(strict=True),
        RenderOptions(form="html"),
    ]
    keys = [plan_jobs([Path(SPEC)], options, (), None, Problems())[0].key for options in wishes]
    assert len(set(keys)) == len(wishes)
    again = plan_jobs([Path(SPEC)], RenderOptions(), (), None, Problems())[0].key
    assert again == keys[0], "another run asks the same"


def test_a_result_of_another_form_is_not_taken(whole):
    """As another version of c6brief may have kept it."""
    command = up_to_date._command_key(["render", SPEC])
    [result] = (CacheKey(*each) for each in up_to_date._read(command)["results"])
    bad = {command: ({"results": [1]}, {"form": None, "briefs": "x"}), result: ({"problems": [7]}, {"roots": None})}
    for key, changes in bad.items():
        good = up_to_date._read(key)
        for change in (*changes, dict.fromkeys(good)):
            up_to_date._write(key, {**good, **change})
            assert not unchanged(), change
        up_to_date._write(key, {})
        assert not unchanged()
        up_to_date._write(key, good)


# Without a render ---------------------------------------------------------------------------------------------------


@pytest.fixture(autouse=True)
def _old_code(monkeypatch):
    """Whoever has just saved a module tests it all the same."""
    monkeypatch.setattr("c6brief.build.reads.PROCESS_STARTED", time.time() + 10)


@pytest.fixture
def key(folder):
    return CacheKey(str(folder.root / SPEC), "all")


def reads_of(folder, recorder: ReadsRecorder | None = None):
    recorder = recorder or ReadsRecorder()
    with recorder.record_reads([str(folder.root / SPEC)]):
        (folder.root / SPEC).read_bytes()
    return recorder.reads_of([str(folder.root / SPEC)])


def test_a_file_that_changes_while_it_is_read_leaves_no_stamp(folder):
    brief = str(folder.root / SPEC)
    assert reads_of(folder) is not None
    for name in (SPEC, "seeds/claims.yaml"):
        recorder = ReadsRecorder()
        with recorder.record_reads([brief]):
            (folder.root / SPEC).read_bytes()
            folder.write(name, "other: words\n")
        assert recorder.reads_of([brief]) is None, name


def test_what_was_read_for_an_earlier_brief_of_the_run_counts(folder):
    folder.write("briefs/other.yaml", BRIEF)
    recorder = ReadsRecorder()
    assert reads_of(folder, recorder) is not None
    folder.change("seeds/claims.yaml", "There is a plan", "There was a plan")
    with recorder.record_reads([str(folder.root / "briefs/other.yaml")]):
        pass  # the evidence was read for the first one, as it was then
    assert recorder.reads_of([str(folder.root / "briefs/other.yaml")]) is None


def test_no_brief_depends_on_the_specification_of_another(folder):
    folder.write("briefs/other.yaml", BRIEF)
    recorder = ReadsRecorder()
    reads_of(folder, recorder)
    other = str(folder.root / "briefs/other.yaml")
    with recorder.record_reads([other]):
        Path(other).read_bytes()
    reads = recorder.reads_of([other])
    assert reads is not None
    assert other in reads["files"] and str(folder.root / SPEC) not in reads["files"]


def test_code_that_is_younger_than_the_process_leaves_no_stamp(folder, monkeypatch):
    real = fingerprints.environment_digest()
    monkeypatch.setattr(
        "c6brief.build.reads.environment_digest",
        lambda: real._replace(latest=int((reads_module.PROCESS_STARTED - 1) * 1e9)),
    )
    assert reads_of(folder) is None


def test_the_number_of_stamps_is_bounded(folder, key, monkeypatch):
    monkeypatch.setattr(up_to_date, "RESULTS", up_to_date.RESULTS._replace(most_files=3))
    reads = reads_of(folder)
    for number in range(5):
        keep(key._replace(request=str(number)), reads, {}, Report(()))
    assert results(folder.root) == 3
    assert lookup(key._replace(request="4")) is not None


def test_two_processes_may_write_the_same_stamp(folder, key):
    reads = reads_of(folder)
    script = (
        "import json, sys\nfrom c6brief.build.up_to_date import CacheKey, Report, keep\n"
        "key, reads, name = json.load(sys.stdin)\n"
        "for number in range(150): keep(CacheKey(*key), reads, {}, Report((), mended=[name] * 500))"
    )
    runs = [subprocess.Popen([sys.executable, "-c", script], stdin=subprocess.PIPE, text=True) for _ in range(2)]
    for run, name in zip(runs, ("one", "two"), strict=True):
        run.stdin.write(json.dumps([key, reads, name]))
        run.stdin.close()
    seen = set()
    while any(run.poll() is None for run in runs):
        known = lookup(key)
        seen.add(set(known.mended) and len(set(known.mended)) if known else 0)
    assert [run.returncode for run in runs] == [0, 0]
    assert seen <= {0, 1} and lookup(key) is not None
    assert len(list(Path(ProjectCache(folder.root).folder).iterdir())) == 1, "nothing half-written is left"


def test_a_name_that_no_file_can_have_is_a_problem_as_ever(folder):
    folder.change("seeds/sources.yaml", "texts/riders.txt", '"../a\\0b"')
    assert "missing-source-text" in folder.render().rules or "outside-project" in folder.render().rules


def test_errors_leave_no_stamp(folder):
    folder.change(SPEC, "charts: [lifts]", "charts: [lefts]")
    for command in ("render", "check"):
        first = folder.run(command, SPEC)
        assert first.status == 1
        again = folder.run(command, SPEC)
        assert (again.status, again.out, again.err) == (first.status, first.out, first.err)
    assert results(folder.root) == 0


def test_checks_are_told_again_in_their_form(folder):
    first = folder.run("check", "--format", "json")
    assert folder.run("check", "--format", "json") == first, "programs read the same"
    text = folder.run("check")
    again = folder.run("check")
    assert (again.status, again.err) == (text.status, text.err.replace("checked:", "checked, nothing changed:"))
    folder.write("briefs/new.yaml", "title: Too little\n")
    assert folder.run("check").status == 1


@pytest.mark.rest
def test_of_two_briefs_only_the_changed_one_is_rendered_by_a_pool(folder):
    """As HTML, which is quicker."""
    folder.write("briefs/other.yaml", BRIEF)
    command = ("render", SPEC, "briefs/other.yaml", "--format", "html", "--jobs", "2")
    files = [folder.root / "output" / f"{name}.html" for name in ("lifts", "other")]
    assert folder.run(*command).out == "output/lifts.html\noutput/other.html\n"
    first = [path.stat().st_ino for path in files]
    assert folder.run(*command).out == "output/lifts.html, nothing changed\noutput/other.html, nothing changed\n"
    folder.change("briefs/other.yaml", "What two", "What three")
    assert folder.run(*command).out == "output/lifts.html, nothing changed\noutput/other.html\n"
    second = [path.stat().st_ino for path in files]
    assert second[0] == first[0] and second[1] != first[1]
    assert "What three" in files[1].read_text(encoding="utf-8")


def test_a_matrix_leaves_no_stamp(folder):
    done = folder.run("render", SPEC, "--format", "html", "--matrix", "title=Another")
    assert done.status == 0
    assert results(folder.root) == 0


def test_the_cache_is_told_of_and_cleared(folder):
    cache = ProjectCache(folder.root)
    assert folder.run("cache").out == f"{cache.folder}  empty\n"
    cache.write(up_to_date.RESULTS, "one", b"x" * 12345)
    cache.write(DRAWINGS, "a", b"")
    told = folder.run("cache")
    assert told.out.splitlines() == [
        f"{cache.folder}  0.01 MB",
        "  1 drawing     0.00 MB",
        "  1 stamp       0.01 MB",
        "  passages      0.00 MB",
    ]
    assert folder.run("cache", "--clear").out == f"{cache.folder}  emptied\n"
    assert not Path(cache.folder).exists()
