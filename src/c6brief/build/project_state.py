"""The state of a project: read, verified and checked once in a run, and shared by all its briefs."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from c6brief.brief.brand import Brand
from c6brief.brief.context import FigureSpec
from c6brief.brief.override import Override
from c6brief.brief.settings import Settings, read_brand_file
from c6brief.brief.spec import BriefSpec, read_spec
from c6brief.documents.boundary import add_root
from c6brief.documents.problems import Place, Problem, Problems
from c6brief.documents.project import Project, find_project, open_cache
from c6brief.documents.survey import survey_project
from c6brief.evidence.attribution import Attribution
from c6brief.evidence.base import KINDS, Evidence
from c6brief.evidence.drawn_words import check_drawn_words
from c6brief.evidence.marked_words import MarkedWords
from c6brief.evidence.named_words import NamedWords
from c6brief.evidence.passage_cache import PassageCache
from c6brief.evidence.seeds import load_evidence
from c6brief.evidence.settling import settle_evidence
from c6brief.evidence.support import check_support
from c6brief.evidence.verify import Passages, locate_all
from c6brief.figures import (
    ChartData,
    ChartOptions,
    check_chart,
    data_of,
    files_of,
    sources_of,
    table_of_chart,
    width_of,
)


@dataclass(frozen=True)
class ProjectState:
    """A project with its settings, its evidence base, whose passages are located, and its charts."""

    project: Project
    settings: Settings
    evidence: Evidence
    passages: Passages
    """Where the words of quotations and accounts stand in their sources."""
    charts: Mapping[str, ChartOptions]
    """The options of each chart that can be drawn, by its id."""
    data: Mapping[str, ChartData]
    """The data that each chart draws, as rows, by its id."""
    problems: tuple[Problem, ...]
    """What is wrong with all of these."""
    brand: Brand = field(default_factory=Brand)
    """Colours and faces of the brand file."""

    @property
    def figure_specs(self) -> dict[str, FigureSpec]:
        """What composing a brief must know of each chart before it is drawn, by the chart's id."""
        charts = self.evidence.charts
        return {
            id: FigureSpec(
                sources_of(charts[id], options, self.evidence),
                width_of(charts[id]),
                self.data[id].entries if id in self.data else (),
                table_of_chart(charts[id], options, self.evidence),
                files_of(charts[id], options),
                tuple(options.written()),
            )
            for id, options in self.charts.items()
        }


def load(path: Path | str) -> ProjectState:
    """Read, verify and check the project around ``path``, a folder or file in it; briefs are not read.

    What is wrong is in ``problems`` of the result, which has all that was read without problems. Raises
    ``FileNotFoundError`` where neither the folder nor one above it holds ``seeds/``.
    """
    path = Path(path)
    project = find_project(path / "briefs" if path.is_dir() else path, Problems())
    if project is None:
        raise FileNotFoundError(f"no folder from {path} upwards holds seeds/")
    return load_project(project)


def load_project(project: Project, demoted: Iterable[str] = (), *, keeps: bool = True) -> ProjectState:
    """Read, verify and check ``project``. Errors of the rules in ``demoted`` become warnings.

    ``keeps``: places of words are kept from one run to the next.
    """
    problems = Problems(demoted)
    if not survey_project(project, problems):
        return _unread(project, problems)
    settings, brand = read_brand_file(project, problems)
    problems.severities = settings.rules
    evidence = load_evidence(project, problems)
    cache = PassageCache(open_cache(project, problems)) if keeps else PassageCache()
    attribution = Attribution(evidence, settings.language)
    passages = locate_all(evidence, problems, cache, attribution)
    check_support(passages, attribution, problems)
    checked = {id: check_chart(chart, evidence, problems) for id, chart in evidence.charts.items()}
    charts = {id: options for id, options in checked.items() if options is not None}
    sources = {id: sources_of(evidence.charts[id], options, evidence) for id, options in charts.items()}
    marked = MarkedWords(attribution, problems, settings.language)
    charts = {id: marked.settle(options, sources[id]) for id, options in charts.items()}
    brand_names: list[NamedWords] = []
    settings = marked.settle(settings, (), brand_names)
    evidence = settle_evidence(evidence, marked, sources, brand_names)
    check_drawn_words(evidence, marked, sources)
    data = {id: rows for id, options in charts.items() if (rows := data_of(evidence.charts[id], options, evidence))}
    return ProjectState(project, settings, evidence, passages, charts, data, tuple(problems), brand)


def _unread(project: Project, problems: Problems) -> ProjectState:
    """The state of a ``project`` that holds more than is read: it has nothing but ``problems``."""
    evidence = Evidence(unread=frozenset(KINDS))
    passages = locate_all(evidence, problems, PassageCache(), Attribution(evidence))
    return ProjectState(project, Settings(), evidence, passages, {}, {}, tuple(problems))


def open_brief(
    path: Path,
    states: dict[Project, ProjectState],
    load_state: Callable[[Project], ProjectState],
    problems: Problems,
    overrides: Sequence[str | Override] = (),
    brand: Path | None = None,
) -> tuple[BriefSpec | None, ProjectState] | None:
    """The specification at ``path``, ``None`` after its problems, and the state of its project.

    A project that is not in ``states`` is read by ``load_state`` and added there. ``overrides`` are values in place of
    the specification's own, ``brand`` is a brand file in place of the project's own. ``None`` where there is no such
    file, or it lies in no project. Problems: those of :func:`~c6brief.brief.spec.read_spec`, and ``no-project``.
    """
    project = find_project(path, no_project := Problems())
    if project is None:
        add_root(path)
    spec = read_spec(path, problems, overrides)
    if spec is None and not path.is_file():
        return None
    problems.add_all(no_project)
    if project is None:
        return None
    project = replace(project, brand_file=brand)
    if project not in states:
        states[project] = load_state(project)
    return spec, states[project]


def find_current_project(problems: Problems, hint: str = "go to a project, or name a brief") -> Project | None:
    """The project that the working directory lies in; ``None`` after the problem ``no-project``, with ``hint``."""
    project = find_project(Path.cwd() / "briefs", Problems())
    if project is None:
        problems.error("no-project", "neither this folder nor one above it holds seeds/", Place("."), hint)
    return project
