"""Rendering a brief in a template as an HTML page. Mistakes of a template are problems at its file and line."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, fields, is_dataclass
from pathlib import Path
from types import TracebackType
from typing import Any
from urllib.parse import unquote

from jinja2 import TemplateNotFound, TemplateSyntaxError
from jinja2.exceptions import SecurityError

from c6brief import about
from c6brief.brief.brand import Brand
from c6brief.brief.model import Brief
from c6brief.documents.problems import Place, Problems, did_you_mean
from c6brief.documents.project import inside
from c6brief.pages.brand_sheet import FOLDER, brand_sheet
from c6brief.pages.cascade import cascade
from c6brief.pages.environment import MissingName, environment
from c6brief.pages.options import check_template
from c6brief.pages.output_places import place_of_line
from c6brief.pages.references import find_unprinted, name_unprinted, report_unprinted
from c6brief.pages.search import MAIN, SHIPPED, TemplateSearch, file_below
from c6brief.pages.template_limits import TemplateLimit

BASE = "https://template.invalid/"
"""The base URL of every page. Nothing is served there: :meth:`Page.resolve` finds the files of addresses below it."""

PROJECT = "@project/"
"""The prefix of addresses of files in the project's folder: of a logo."""

FONTS = SHIPPED + "fonts/"
"""The prefix of addresses of the shipped fonts, for ``@font-face``."""


@dataclass(frozen=True)
class Page:
    """A brief as HTML, and where its style sheets, fonts and images lie.

    Its base URL is :data:`BASE`; :meth:`resolve` finds the files of its addresses.
    """

    html: str
    """The whole document."""
    folders: tuple[Path, ...]
    """The folders that relative addresses are searched in, in this order."""
    project: Path | None = None
    """The folder of the project."""
    brand_css: str = ""
    """The style sheet of the brand file, which ``html`` holds."""
    brand: Path | None = None
    """The folder of the brand file."""
    said: Brief | None = None
    """The brief as the template was given it, with the options of the template."""
    pictures: Mapping[str, bytes] = field(default_factory=dict)
    """Images as they are printed, by their addresses; they come before files."""

    def styles(self) -> list[Path]:
        """The style sheets that the page links, each after those it imports; later ones take precedence."""
        return cascade(self.html, self.resolve)

    def picture(self, url: str) -> bytes | None:
        """The image behind ``url``, as it is printed; ``None`` where files are to be searched."""
        return self.pictures.get(_name_of(url)) if self.pictures else None

    def resolve(self, url: str) -> Path | None:
        """The file behind ``url``; ``None`` where there is none in the templates, the fonts and the project.

        ``style.css`` and ``https://template.invalid/style.css`` are files of the template,
        ``c6brief:fonts/NAME`` is a shipped font, ``@project/PATH`` a file of the project,
        ``@brand/PATH`` one beside the brand file; a logo may lie in either.
        """
        name = _name_of(url)
        if name.startswith(FONTS):
            return file_below(about.FONTS, name.removeprefix(FONTS))
        for prefix, roots in ((PROJECT, (self.brand, self.project)), (FOLDER, (self.brand,))):
            if name.startswith(prefix):
                paths = (file_below(root, name.removeprefix(prefix)) for root in roots if root)
                return next((path for path in paths if path), None)
        if ":" in name:
            return None
        return next((path for folder in self.folders if (path := file_below(folder, name))), None)


def _name_of(url: str) -> str:
    """The address ``url`` without the base of the page, and as it was written there."""
    return unquote(url.partition("#")[0].partition("?")[0]).removeprefix(BASE)


def render_page(
    brief: Brief,
    template: str,
    project_templates: Path | None,
    problems: Problems,
    at: Place,
    brand: Brand | None = None,
    option_at: Callable[[str], Place] | None = None,
    referred: Callable[[str], Place | None] = lambda anchor: None,
) -> Page | None:
    """``brief`` in ``template``; ``None`` after a problem.

    ``referred`` gives the place where something is referred to, by its anchor. References to what the template leaves out
    print its title, with the problem ``reference-unprinted``.

    The parameters are those of :func:`check_template <c6brief.pages.options.check_template>`. The style sheet of
    ``brand`` comes after the template's own. Problems: those of ``check_template``, ``template-syntax``,
    ``template-name`` (a name that is missing), ``template-file`` (a file that is missing), ``template-unsafe``,
    ``template-limit`` (it goes on without end), ``template-error``.
    """
    checked = check_template(brief, template, project_templates, problems, at, option_at)
    if checked is None:
        return None
    brief = checked
    search = TemplateSearch.of(template, project_templates)
    try:
        sandbox = environment(search)
        html = sandbox.budget.collect(sandbox.get_template(MAIN).generate(brief=brief))
        if unprinted := find_unprinted(html):
            report_unprinted(unprinted, referred, at, problems)
            brief, sandbox = name_unprinted(brief, unprinted), environment(search)
            html = sandbox.budget.collect(sandbox.get_template(MAIN).generate(brief=brief))
    except Exception as mistake:  # whatever a template does, the user reads a problem and no traceback
        _report(mistake, search, problems, at)
        return None
    css = brand_sheet(brand) if brand else ""
    project = project_templates.parent if project_templates else None
    return Page(_insert_style(html, css), tuple(search.folders), project, css, brand.folder if brand else None, brief)


def _insert_style(html: str, css: str) -> str:
    """``html`` with one more style sheet at the end of its head; at its own end where it closes no head."""
    if not css:
        return html
    head = re.search(r"</head\s*>", html, re.I)
    at = head.start() if head else len(html)
    return f"{html[:at]}<style>\n{css}\n</style>\n{html[at:]}"


def _report(mistake: Exception, search: TemplateSearch, problems: Problems, at: Place) -> None:
    """Report the mistake of a template, at its line if that is known, else at the place where the template is named."""
    if isinstance(mistake, TemplateSyntaxError):
        place = _place(mistake.filename, mistake.lineno) or at
        problems.error("template-syntax", mistake.message or "this is not Jinja", place)
        return
    place = _raised_at(mistake.__traceback__, search) or at
    match mistake:
        case MissingName():
            hint = did_you_mean(mistake.name or "", _known_names(mistake))
            problems.error("template-name", _missing_words(mistake), place, hint)
        case TemplateNotFound():
            hint = did_you_mean(str(mistake.name or ""), _files(search))
            problems.error("template-file", f"no template file '{mistake.name}'", place, hint)
        case TemplateLimit() | MemoryError():
            message = str(mistake) or "the template wants more memory than there is"
            problems.error(
                "template-limit", message, place, "does it go on without end? docs/templates.md has the limits"
            )
        case SecurityError():
            problems.error("template-unsafe", str(mistake), place, "templates show the brief; they do not compute")
        case RecursionError():
            hint = f'to build on the shipped file write {{% extends "{SHIPPED}policy-brief/{MAIN}" %}}'
            problems.error("template-error", "the template includes or extends itself", place, hint)
        case UnicodeDecodeError():
            problems.error("template-error", "a file of the template is not UTF-8", place, "save it again as UTF-8")
        case _:
            problems.error("template-error", f"{type(mistake).__name__}: {mistake}", place)


def _missing_words(mistake: MissingName) -> str:
    """What is missing from what, in the words of the documentation."""
    owner = mistake.owner
    if is_dataclass(owner):
        return f"{type(owner).__name__} has no '{mistake.name}' (docs/template-fields.md lists what there is)"
    if isinstance(owner, Mapping):
        return f"no words or option of the name '{mistake.name}'"
    if (isinstance(mistake.name, str) and type(owner).__name__ == "object") or owner is None:
        return f"'{mistake.name}' is not known here: a template is given 'brief' and nothing else"
    return mistake.message or "something that is not there was used"


def _known_names(mistake: MissingName) -> list[str]:
    """The names that are there."""
    owner = mistake.owner
    if is_dataclass(owner):
        return [field.name for field in fields(owner)]
    if isinstance(owner, Mapping):
        return [str(key) for key in owner]
    return ["brief"]


def _files(search: TemplateSearch) -> list[str]:
    """Every template file that an include could have meant."""
    return [name for name, _ in search.list_files(".j2")]


def _raised_at(traceback: TracebackType | None, search: TemplateSearch) -> Place | None:
    """The innermost line of a template in a traceback, to which Jinja adds the lines of templates."""
    found: Place | None = None
    while traceback is not None:
        name: Any = traceback.tb_frame.f_code.co_filename
        if any(inside(Path(name), folder) for folder in search.folders) and name.endswith(".j2"):
            found = _place(name, traceback.tb_lineno)
        traceback = traceback.tb_next
    return found


def _place(file: str | None, line: int) -> Place | None:
    """The place of a line of a template."""
    return place_of_line(Path(file), line) if file else None
