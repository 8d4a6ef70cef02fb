"""Many briefs at once: abreast, by a matrix, by the rows of a table."""

from __future__ import annotations

import os
import pty
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from concurrent.futures import BrokenExecutor, Future
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from pypdf import PdfReader

from c6brief.build import executors
from c6brief.build.options import RenderOptions
from c6brief.build.plan import plan_jobs
from c6brief.documents.problems import Problems
from tests.support.batches import briefs, command, deadly, pdfs
from tests.support.project import BRIEF, Folder


def test_briefs_printed_abreast_are_those_printed_alone_byte_for_byte(folder: Folder) -> None:
    paths = briefs(folder, "one", "two", "three")
    result = folder.run("render", "--jobs", "2", *paths)
    assert (result.status, result.err) == (0, "")
    assert [line.split()[0] for line in result.out.splitlines() if line.startswith("output/")] == [
        "output/one.pdf",
        "output/two.pdf",
        "output/three.pdf",
    ]
    abreast = pdfs(folder)
    for path in paths:
        assert folder.run("render", path, "-o", "alone").status == 0
    assert abreast == {path.name: path.read_bytes() for path in (folder.root / "alone").glob("*")}
    assert len(abreast) == 3


@pytest.mark.rest
def test_a_brief_that_fails_fails_alone_and_problems_come_in_file_order(folder: Folder) -> None:
    paths = briefs(folder, "one", "two", "three", "four")
    folder.change(paths[1], "use: lifts", "use: lift")
    folder.change(paths[3], "date: 2026-03-02", "date: yesterday")
    result = folder.run("render", "--jobs", "2", *reversed(paths))
    assert result.status == 1
    assert result.rules == ["bad-date", "unknown-id"]
    assert result.err.index("briefs/four.yaml:") < result.err.index("briefs/two.yaml:")
    assert folder.written == ["one.pdf", "three.pdf"]


@pytest.mark.rest
def test_a_worker_that_is_killed_is_a_problem_of_its_brief(folder: Folder, tmp_path: Path) -> None:
    paths = briefs(folder, "one", "two", "three", "four")
    temporary = tmp_path / "temporary"
    temporary.mkdir()
    environment = deadly(folder, "two.yaml") | {"TMPDIR": str(temporary)}
    done = subprocess.run(command("render", "--jobs", "2", *paths), env=environment, capture_output=True, text=True)
    assert done.returncode == 1
    assert "briefs/two.yaml:1:1: error[worker-lost]: the process that printed it was killed by SIGKILL" in done.stderr
    assert done.stderr.count("error[") == 1 and "Traceback" not in done.stderr
    assert folder.written == ["four.pdf", "one.pdf", "three.pdf"]
    assert list(temporary.iterdir()) == []


STARTING = f"jobs.{sys.implementation.cache_tag}.pyc"
"""What a worker opens before it takes its first brief."""


@pytest.mark.rest
def test_a_worker_that_is_killed_while_it_starts_costs_nothing(folder: Folder, tmp_path: Path) -> None:
    paths = briefs(folder, "one", "two", "three")
    environment = deadly(folder, STARTING, tmp_path / "killed")
    done = subprocess.run(
        command("render", "--jobs", "2", *paths), env=environment, capture_output=True, text=True, timeout=120
    )
    assert (tmp_path / "killed").exists()
    assert (done.returncode, done.stderr) == (0, "")
    assert folder.written == ["one.pdf", "three.pdf", "two.pdf"]


def test_where_no_worker_lives_every_brief_is_named(folder: Folder) -> None:
    paths = briefs(folder, "one", "two")
    environment = deadly(folder, STARTING)
    done = subprocess.run(
        command("render", "--jobs", "2", *paths), env=environment, capture_output=True, text=True, timeout=120
    )
    assert done.returncode == 1 and "Traceback" not in done.stderr
    assert done.stderr.count("error[worker-lost]") == 2
    assert folder.written == []


@pytest.mark.rest
def test_fresh_processes_take_the_place_of_tired_ones(
    folder: Folder, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """A process that has done its jobs ends well, and takes its temporary files along: its pool does not break."""
    pools = []
    temporary: list[Path] = []

    @contextmanager
    def open_pool(*arguments: Any) -> Iterator[executors.Executor]:
        pools.append(arguments)
        with executors.process_pool(*arguments) as executor:
            yield executor
            [folder] = (Path(tempfile.gettempdir()) / name for name in os.listdir(tempfile.gettempdir()))
            temporary.extend(folder.iterdir())

    (tmp_path / "temporary").mkdir()
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path / "temporary"))
    monkeypatch.setattr("c6brief.build.executors.JOBS_PER_PROCESS", 1)
    monkeypatch.setattr("c6brief.build.render.process_pool", open_pool)
    result = folder.run("render", "--jobs", "2", *briefs(folder, "one", "two", "three", "four", "five", "six"))
    assert (result.status, result.err) == (0, "")
    assert len(folder.written) == 6
    assert len(pools) == 1
    assert len(temporary) <= 4, "of the two processes that are about to end, and of the two in their place"


def test_a_pool_is_started_again_as_long_as_jobs_are_done(monkeypatch: pytest.MonkeyPatch) -> None:
    """However many jobs there are, no number of workers that die now and then ends the run."""
    jobs = list(range(5 * executors.MOST_RESTARTS))

    @contextmanager
    def does_one_and_breaks() -> Iterator[executors.Executor]:
        done = 0

        def submit(job: Any) -> Future[Any]:
            nonlocal done
            done += 1
            future: Future[Any] = Future()
            if done == 1:
                future.set_result(f"result of {job}")
            else:
                future.set_exception(BrokenExecutor())
            return future

        yield executors.Executor(submit, 4)

    results: dict[Any, Any] = dict(executors.run_jobs(jobs, does_one_and_breaks))  # type: ignore[arg-type]  # any jobs
    assert results == {job: f"result of {job}" for job in jobs}


@pytest.mark.rest
def test_an_interrupt_leaves_nothing_half_written_and_nobody_at_work(folder: Folder) -> None:
    paths = briefs(folder, *(f"brief-{number}" for number in range(12)))
    running = subprocess.Popen(
        command("render", "--jobs", "2", *paths), start_new_session=True, stderr=subprocess.PIPE, text=True
    )
    while not folder.written and running.poll() is None:
        time.sleep(0.01)
    while running.poll() is None:  # as a terminal does, and people who press again until it has ended
        os.killpg(running.pid, signal.SIGINT)
        time.sleep(0.005)
    _, err = running.communicate(timeout=60)
    assert running.returncode == 130, err
    assert "Traceback" not in err and "of 12 came out" in err
    written = folder.written
    assert 0 < len(written) < 12
    assert all(not name.startswith(".") and name.endswith(".pdf") for name in written)
    for name in written:
        PdfReader(folder.root / "output" / name)
    for _ in range(100):
        try:
            os.killpg(running.pid, 0)
        except ProcessLookupError:
            break
        time.sleep(0.1)
    else:
        pytest.fail("a process outlives the command")


@pytest.mark.rest
def test_one_brief_needs_no_pool(folder: Folder) -> None:
    done = subprocess.run(
        [sys.executable, "-X", "importtime", "-m", "c6brief", "render", "briefs/lifts.yaml"],
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0 and "weasyprint" in done.stderr
    assert "pebble" not in done.stderr and "rich.progress" not in done.stderr


@pytest.mark.rest
def test_progress_is_for_terminals(folder: Folder) -> None:
    paths = briefs(folder, "one", "two")
    ours, theirs = pty.openpty()
    environment = {**os.environ, "TERM": "xterm", "COLUMNS": "100"}
    running = subprocess.Popen(
        command("render", "--jobs", "2", *paths), stderr=theirs, stdout=subprocess.PIPE, env=environment
    )
    os.close(theirs)
    shown = b""
    while True:
        try:
            piece = os.read(ours, 1000)
        except OSError:  # the other end is closed
            break
        if not piece:
            break
        shown += piece
    out = running.communicate()[0].decode()
    assert running.returncode == 0
    assert "0/2" in shown.decode() and "left" in shown.decode()
    assert "\x1b" not in out and "output/one.pdf" in out


@pytest.mark.rest
def test_a_matrix_prints_every_combination(folder: Folder) -> None:
    result = folder.render("briefs/lifts.yaml", "--matrix", "template=memo,factsheet", "options.paper=a4,letter")
    assert result.status == 0
    assert folder.written == sorted(
        f"lifts--{template}--{paper}.pdf" for template in ("memo", "factsheet") for paper in ("a4", "letter")
    )
    widths = {
        name: round(float(PdfReader(folder.root / "output" / name).pages[0].mediabox.width)) for name in folder.written
    }
    assert {name for name, width in widths.items() if width == 612} == {
        "lifts--memo--letter.pdf",
        "lifts--factsheet--letter.pdf",
    }
    assert folder.render("briefs/lifts.yaml", "--set", "template=memo", "--set", "options.paper=letter").status == 0


@pytest.mark.rest
def test_a_matrix_of_standards_and_of_any_key(folder: Folder) -> None:
    axes = ("--matrix", "standard=pdf-1.7,pdf-2", "--matrix", 'title="Lifts, at last",Lifts: at last')
    result = folder.render("briefs/lifts.yaml", *axes)
    assert result.status == 0
    assert folder.written == [
        "lifts--pdf-1.7--Lifts-at-last-2.pdf",
        "lifts--pdf-1.7--Lifts-at-last.pdf",
        "lifts--pdf-2--Lifts-at-last-2.pdf",
        "lifts--pdf-2--Lifts-at-last.pdf",
    ]
    reader = PdfReader(folder.root / "output" / "lifts--pdf-2--Lifts-at-last.pdf")
    assert reader.pdf_header == "%PDF-2.0" and reader.xmp_metadata.dc_title["x-default"] == "Lifts, at last"


@pytest.mark.parametrize(
    ("axis", "rule", "column", "hint"),
    [
        ("template=memo,facsheet", "unknown-template", 15, "did you mean 'factsheet'?"),
        ("langage=en,ru", "unknown-key", 1, "did you mean 'language'?"),
        ("language=en,xx", "unknown-language", 13, "known: "),
        ("standard=pdf-2,pdf-3", "unknown-value", 16, "did you mean 'pdf-2'?"),
        ("options.papr=a4", "unknown-option", 1, "did you mean 'paper'?"),
        ("options.paper=a4,a5", "bad-option", 18, "one of: a4, letter"),
        ("authors.4.name=A,B", "bad-setting", 1, "leads nowhere"),
        ("date=2026-01-01,soon", "bad-date", 17, "date: 2026-03-02"),
        ("title=", "bad-setting", 1, "--matrix"),
        ("title", "bad-setting", 1, "--matrix"),
        ("title=A,A", "bad-setting", 9, ""),
    ],
)
def test_a_mistake_in_a_matrix_is_told_before_anything_is_printed(
    folder: Folder, axis: str, rule: str, column: int, hint: str
) -> None:
    result = folder.render("briefs/lifts.yaml", "--matrix", axis)
    assert result.status == 1
    assert result.rules == [rule]
    assert f"--matrix {axis}:1:{column}: error[{rule}]" in result.err and hint in result.err
    assert folder.written == []


@pytest.mark.rest
def test_a_row_is_an_edition(folder: Folder) -> None:
    folder.write(
        "editions.csv",
        "\ufefffile,title,number,template,key_messages.0,options.paper\n"
        'finland,"Finland waits, too",7,,"Finland has ninety-four. [@step-free]",letter\n'
        "norway,Norway waits,,memo,,\n",
    )
    result = folder.render("briefs/lifts.yaml", "--editions", "editions.csv", "--jobs", "2")
    assert (result.status, set(result.rules)) == (0, {"title-is-a-label"})
    assert folder.written == ["finland.pdf", "norway.pdf"]
    finland, norway = (PdfReader(folder.root / "output" / f"{name}.pdf") for name in ("finland", "norway"))
    assert finland.metadata.title == "Finland waits, too" and norway.metadata.title == "Norway waits"
    words = " ".join(page.extract_text() for page in finland.pages)
    assert "Finland has ninety-four." in " ".join(words.split())
    assert round(float(finland.pages[0].mediabox.width)) == 612 != round(float(norway.pages[0].mediabox.width))
    assert folder.run("verify", "output/finland.pdf", "--seeds", "seeds").status == 0


@pytest.mark.rest
def test_without_a_column_file_the_first_names_the_editions(folder: Folder) -> None:
    folder.write("editions.csv", "series;number\nMinistry of Works / Roads;1\nMinistry of Health;2\n")
    assert folder.render("briefs/lifts.yaml", "--editions", "editions.csv").status == 0
    assert folder.written == ["lifts--Ministry-of-Health.pdf", "lifts--Ministry-of-Works-Roads.pdf"]


def test_every_mistake_of_a_table_is_told_at_its_cell(folder: Folder) -> None:
    folder.write(
        "editions.csv",
        "file,titel,date,options.paper,template\n"
        "a,A,2026-03-02,a4,\n"
        "../b,B,2026-03-03,a4,\n"
        "A,C,2026-03-04,a4,\n"
        ",D,2026-03-05,a4,\n",
    )
    result = folder.render("briefs/lifts.yaml", "--editions", "editions.csv")
    assert result.status == 1 and folder.written == []
    places = [line.split(" error[")[0] for line in result.err.splitlines() if " error[" in line]
    assert places == ["editions.csv:1:6:", "editions.csv:3:1:", "editions.csv:4:1:", "editions.csv:5:1:"]
    assert result.rules == ["unknown-key", "bad-file-name", "same-file", "bad-file-name"]
    folder.write(
        "editions.csv",
        'file,title,date,options.paper,template\na,"A\nB",someday,a4,\nb,B,2026-03-02,a5,\nc,C,2026-03-02,a4,mmo\n',
    )
    result = folder.render("briefs/lifts.yaml", "--editions", "editions.csv")
    places = [line.split(": ")[0] for line in result.err.splitlines() if " error[" in line]
    assert places == ["editions.csv:3:4", "editions.csv:4:16", "editions.csv:5:19"]
    assert result.rules == ["bad-date", "bad-option", "unknown-template"]


@pytest.mark.rest
def test_what_a_row_quotes_is_verified_and_fails_alone(folder: Folder) -> None:
    folder.write(
        "editions.csv",
        "file,key_messages.0\n"
        "good,“Every station will have a lift by 2030.” [@transit-2024]\n"
        "bad,“No station will have a lift by 2030.” [@transit-2024]\n"
        "none,Nothing is known. [@nobody]\n",
    )
    result = folder.render("briefs/lifts.yaml", "--editions", "editions.csv", "--jobs", "2")
    assert result.status == 1
    assert result.rules == ["words-not-found", "unknown-id"]
    assert "editions.csv:3:6: " in result.err and "editions.csv:4:" in result.err
    assert folder.written == ["good.pdf"]


@pytest.mark.rest
def test_rows_and_a_matrix_multiply(folder: Folder) -> None:
    folder.write("editions.csv", "file,number\na,1\nb,2\n")
    result = folder.render("briefs/lifts.yaml", "--editions", "editions.csv", "--matrix", "template=memo,factsheet")
    assert result.status == 0
    assert folder.written == ["a--factsheet.pdf", "a--memo.pdf", "b--factsheet.pdf", "b--memo.pdf"]


@pytest.mark.parametrize(
    ("options", "rule"),
    [
        (("--matrix", "number=1,2"), "bad-setting"),
        (("--matrix", "template=memo", "--template", "memo"), "bad-setting"),
        (("--matrix", "subtitle=A", "--matrix", "subtitle=B"), "bad-setting"),
    ],
)
def test_nothing_is_set_twice(folder: Folder, options: tuple[str, ...], rule: str) -> None:
    folder.write("editions.csv", "file,number\na,1\n")
    result = folder.render("briefs/lifts.yaml", "--editions", "editions.csv", *options)
    assert (result.status, result.rules, folder.written) == (1, [rule], [])


@pytest.mark.rest
def test_two_briefs_never_share_a_file(folder: Folder) -> None:
    folder.write("briefs/more/lifts.yaml", BRIEF)
    result = folder.run("render", "briefs/lifts.yaml", "briefs/more/lifts.yaml")
    assert (result.status, result.rules, folder.written) == (1, ["same-file"], [])
    assert folder.run("render", "briefs/lifts.yaml", "briefs/lifts.yaml").status == 0


@pytest.mark.parametrize(
    "options",
    [("--jobs", "0"), ("--jobs", "2", "--scheduler", "tcp://127.0.0.1:1"), ("--figures", "x", "--jobs", "2")],
)
def test_wrong_usage(folder: Folder, options: tuple[str, ...]) -> None:
    assert folder.render("briefs/lifts.yaml", *options).status == 2
    assert folder.written == []


def test_a_broken_pool_whose_jobs_never_end_is_not_waited_for(folder: Folder, monkeypatch: pytest.MonkeyPatch) -> None:
    """A pool that breaks between taking a job and giving it to a process forgets the job."""
    monkeypatch.setattr(executors, "PATIENCE", 0.01)

    @contextmanager
    def broken() -> Iterator[executors.Executor]:
        yield executors.Executor(lambda job: Future(), 4, is_alive=lambda: False)

    jobs = plan_jobs([Path("briefs/lifts.yaml")], RenderOptions(), (), None, Problems())
    results = list(executors.run_jobs(jobs, broken))
    assert [[problem.rule for problem in result.problems] for _, result in results] == [["worker-lost"]]
