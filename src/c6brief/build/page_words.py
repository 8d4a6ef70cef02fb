"""Words in marks on the page that a template makes: looked over when it is printed, and in a check of a project's own."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from c6brief.brief.compose import ComposedBrief
from c6brief.brief.spec import BriefSpec
from c6brief.build.project_state import ProjectState
from c6brief.documents.boundary import read_page_text
from c6brief.documents.problems import Problems
from c6brief.evidence.attribution import Attribution
from c6brief.evidence.marked_words import MarkedWords
from c6brief.pages.search import find_template_files, shipped_templates

if TYPE_CHECKING:
    from c6brief.pages.page import Page  # Jinja takes its time


def check_words_of(page: Page, template: str, spec: BriefSpec, state: ProjectState, problems: Problems) -> bool:
    """Whether all words in marks on ``page`` are its brief's. Problem: ``template-quotation``."""
    from c6brief.pages.template_words import check_page_words  # here: few checks have a page

    is_name = MarkedWords(Attribution(state.evidence), problems).is_name
    at = spec.place("template", key=True)
    assert page.said is not None
    return check_page_words(page.html, page.said, template, state.project.templates, is_name, problems, at)


def check_own_template(
    composed: ComposedBrief, template: str, spec: BriefSpec, state: ProjectState, problems: Problems
) -> None:
    """Render a brief in a template of the project's own, and check its words; templates of ours, and copies, add none.

    Problems: ``template-quotation``, and those of :func:`~c6brief.pages.page.render_page`.
    """
    folder = state.project.templates / template
    if not folder.is_dir() or folder.parent.resolve() == shipped_templates().resolve():
        return
    if _is_copy_of_ours(template, state.project.templates):
        return
    from c6brief.pages.page import render_page  # here: Jinja takes its time

    at, option_at = spec.place("template", key=True), partial(spec.place, "options", key=True)
    page = render_page(
        composed.brief, template, state.project.templates, problems, at, state.brand, option_at, composed.referred
    )
    if page is not None:
        check_words_of(page, template, spec, state, problems)


def _is_copy_of_ours(template: str, folder: Path) -> bool:
    """Whether all Jinja files that ``template`` may use are those that are shipped, or the same byte for byte."""
    ours = shipped_templates()
    for path in find_template_files(template, folder)[1]:
        if path.is_relative_to(ours):
            continue
        if not path.is_relative_to(folder):
            return False
        shipped = ours / path.relative_to(folder)
        if not shipped.is_file() or read_page_text(path) != read_page_text(shipped):
            return False
    return True
