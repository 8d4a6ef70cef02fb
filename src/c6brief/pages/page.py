"""One brief and one template make one HTML page; a template's mistakes become problems at its file and line."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, fields, is_dataclass
from pathlib import Path
from types import TracebackType
from typing import Any
from urllib.parse import unquote

from jinja2 import TemplateNotFound, TemplateSyntaxError
from jinja2.exceptions import SecurityError

import c6brief
from c6brief.brief.brand import Brand
from c6brief.brief.model import Brief
from c6brief.documents.files import display_name
from c6brief.documents.problems import Place, Problems, Span, did_you_mean
from c6brief.documents.project import inside
from c6brief.pages.brand_sheet import FOLDER, brand_sheet
from c6brief.pages.cascade import cascade
from c6brief.pages.environment import MissingName, environment
from c6brief.pages.options import check_template
from c6brief.pages.search import MAIN, SHIPPED, Search, below

BASE = "https://template.invalid/"
"""The base URL of every page. It names no place: ``Page.resolve`` says what lies behind it."""

PROJECT = "@project/"
"""The prefix of files of the project, outside of its templates: a logo."""

FONTS = SHIPPED + "fonts/"
"""The prefix of the shipped fonts, for ``@font-face``."""


@dataclass(frozen=True)
class Page:
    """A brief as HTML, and where its style sheets, fonts and images lie.

    ``html`` is the whole document, ``folders`` those that its relative URLs mean, in the order of searching, and
    ``project`` the project's own folder, where there is one. Give :data:`BASE` to WeasyPrint as its base URL and
    have its fetcher ask :meth:`resolve`.
    """

    html: str
    folders: tuple[Path, ...]
    project: Path | None = None
    brand_css: str = ""
    """The brand file's style sheet, which ``html`` carries."""
    brand: Path | None = None
    """The folder of the brand file."""

    def styles(self) -> list[Path]:
        """The style sheets that the page links, each after those it imports: in the order in which they speak."""
        return cascade(self.html, self.resolve)

    def resolve(self, url: str) -> Path | None:
        """The file behind ``url``, or ``None``: never one outside of the templates, the fonts and the project.

        ``style.css`` and ``https://template.invalid/style.css`` are files of the template,
        ``c6brief:fonts/NAME`` is a shipped font, ``@project/PATH`` a file of the project,
        ``@brand/PATH`` one beside the brand file; a logo may lie in either.
        """
        name = unquote(url.partition("#")[0].partition("?")[0])
        if name.startswith(FONTS):
            fonts = Path(c6brief.__file__).resolve().parent / "assets" / "fonts"
            return below(fonts, name.removeprefix(FONTS))
        name = name.removeprefix(BASE)
        for prefix, roots in ((PROJECT, (self.brand, self.project)), (FOLDER, (self.brand,))):
            if name.startswith(prefix):
                found = (below(root, name.removeprefix(prefix)) for root in roots if root)
                return next((path for path in found if path), None)
        if ":" in name:
            return None
        return next((found for folder in self.folders if (found := below(folder, name))), None)


def render_page(
    brief: Brief,
    template: str,
    project_templates: Path | None,
    problems: Problems,
    at: Place,
    brand: Brand | None = None,
    option_at: Callable[[str], Place] | None = None,
) -> Page | None:
    """``brief`` in ``template``, or ``None`` after a problem.

    What is given is what :func:`check_template <c6brief.pages.options.check_template>` is given; the looks of
    ``brand`` come after the template's own style sheets. Problems: those of it, ``template-syntax``, ``template-name``
    (something that is not there), ``template-file`` (an include that is not there), ``template-unsafe``,
    ``template-error``.
    """
    checked = check_template(brief, template, project_templates, problems, at, option_at)
    if checked is None:
        return None
    brief = checked
    search = Search.of(template, project_templates)
    try:
        html = environment(search).get_template(MAIN).render(brief=brief)
    except Exception as mistake:  # whatever a template does, the user reads a problem and no traceback
        _report(mistake, search, problems, at)
        return None
    css = brand_sheet(brand) if brand else ""
    project = project_templates.parent if project_templates else None
    return Page(_with_style(html, css), tuple(search.folders), project, css, brand.folder if brand else None)


def _with_style(html: str, css: str) -> str:
    """``html`` with one more style sheet, the last of its head; at its end where it closes no head."""
    if not css:
        return html
    head = re.search(r"</head\s*>", html, re.I)
    at = head.start() if head else len(html)
    return f"{html[:at]}<style>\n{css}\n</style>\n{html[at:]}"


def _report(mistake: Exception, search: Search, problems: Problems, at: Place) -> None:
    """The problem that ``mistake`` is, at the template's line if there is one, else where the template was named."""
    if isinstance(mistake, TemplateSyntaxError):
        place = _place(mistake.filename, mistake.lineno) or at
        problems.error("template-syntax", mistake.message or "this is not Jinja", place)
        return
    place = _raised_at(mistake.__traceback__, search) or at
    match mistake:
        case MissingName():
            problems.error("template-name", _missing(mistake), place, did_you_mean(mistake.name or "", _has(mistake)))
        case TemplateNotFound():
            hint = did_you_mean(mistake.name or "", _files(search))
            problems.error("template-file", f"no template file '{mistake.name}'", place, hint)
        case SecurityError():
            problems.error("template-unsafe", str(mistake), place, "templates show the brief; they do not compute")
        case RecursionError():
            hint = f'to build on the shipped file write {{% extends "{SHIPPED}policy-brief/{MAIN}" %}}'
            problems.error("template-error", "the template includes or extends itself", place, hint)
        case UnicodeDecodeError():
            problems.error("template-error", "a file of the template is not UTF-8", place, "save it again as UTF-8")
        case _:
            problems.error("template-error", f"{type(mistake).__name__}: {mistake}", place)


def _missing(mistake: MissingName) -> str:
    """What was asked of what, in the words of the documentation."""
    owner = mistake.owner
    if is_dataclass(owner):
        return f"{type(owner).__name__} has no '{mistake.name}' (docs/template-fields.md lists what there is)"
    if isinstance(owner, Mapping):
        return f"no words or option of the name '{mistake.name}'"
    if (isinstance(mistake.name, str) and type(owner).__name__ == "object") or owner is None:
        return f"'{mistake.name}' is not known here: a template is given 'brief' and nothing else"
    return mistake.message or "something that is not there was used"


def _has(mistake: MissingName) -> list[str]:
    """The names that could have been meant."""
    owner = mistake.owner
    if is_dataclass(owner):
        return [field.name for field in fields(owner)]
    if isinstance(owner, Mapping):
        return [str(key) for key in owner]
    return ["brief"]


def _files(search: Search) -> list[str]:
    """Every template file that an include could have meant."""
    return [
        path.relative_to(folder).as_posix()
        for folder in search.folders
        if folder.is_dir()
        for path in folder.rglob("*.j2")
    ]


def _raised_at(traceback: TracebackType | None, search: Search) -> Place | None:
    """The innermost line of a template in a traceback: Jinja puts the template's own lines there."""
    found: Place | None = None
    while traceback is not None:
        name: Any = traceback.tb_frame.f_code.co_filename
        if any(inside(Path(name), folder) for folder in search.folders) and name.endswith(".j2"):
            found = _place(name, traceback.tb_lineno)
        traceback = traceback.tb_next
    return found


def _place(file: str | None, line: int) -> Place | None:
    """A line of a template, to show."""
    if not file:
        return None
    try:
        text = Path(file).read_text(encoding="utf-8").splitlines()[line - 1]
    except (OSError, ValueError, IndexError):
        text = ""
    start = len(text) - len(text.lstrip()) + 1
    return Place(display_name(Path(file)), Span(line, start, line, max(len(text.rstrip()) + 1, start + 1)), text)
