"""``template.yaml``: the title of a template, the sheets that it prints on, and its options.

A template that extends another one has the other's options too; its own take precedence. A template without the file
takes any option that a specification gives it, as a text.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from types import MappingProxyType
from typing import Any, Literal

from pydantic import Field, model_validator
from pydantic_core import PydanticCustomError

from c6brief.brief.model import Brief
from c6brief.documents.boundary import read_file
from c6brief.documents.entries import Entry, ScalarText, Strict, validate
from c6brief.documents.problems import Place, Problems, did_you_mean
from c6brief.documents.yamltext import read_yaml
from c6brief.evidence.quotation_marks import quotations_in
from c6brief.pages.search import (
    MAIN,
    TemplateSearch,
    is_known_template,
    template_extension_problems,
    template_names,
)

FILE = "template.yaml"

_COMMENT, _EXTENDS = re.compile(r"\{#.*?(?:#\}|\Z)", re.S), re.compile(r"\{%[-+]?\s*extends\b")

OptionValue = bool | int | float | str

YES, NO = ("true", "yes", "on"), ("false", "no", "off")


class Option(Strict):
    """Something that a brief may set under ``options``."""

    type: Literal["boolean", "choice", "number", "text"]
    default: bool | int | float | str = Field(description="what holds where a brief says nothing")
    description: str = Field(description="what it changes")
    choices: tuple[ScalarText, ...] = Field((), description="for a choice: what there is")
    minimum: float | None = None
    maximum: float | None = None

    @model_validator(mode="after")
    def _check_default(self) -> Option:
        if self.type == "choice" and not self.choices:
            raise PydanticCustomError("missing-key", "a choice wants 'choices'")
        if self.read(str(self.default).lower() if self.type == "boolean" else str(self.default)) is None:
            raise PydanticCustomError("bad-value", f"the default '{self.default}' is no {self.type} of this option")
        return self

    def read(self, text: str) -> OptionValue | None:
        """The value that ``text`` means; ``None`` where it is no value of this option."""
        if self.type == "boolean":
            return True if text.lower() in YES else False if text.lower() in NO else None
        if self.type == "choice":
            return text if text in self.choices else None
        if self.type == "text":
            return text
        try:
            number = float(text)
        except ValueError:
            return None
        low = self.minimum is not None and number < self.minimum
        high = self.maximum is not None and number > self.maximum
        if low or high or number != number or number in (float("inf"), float("-inf")):
            return None
        return int(number) if number == int(number) else number

    @property
    def allowed_values(self) -> str:
        """The values that it takes, in words."""
        if self.type == "boolean":
            return "true or false"
        if self.type == "choice":
            return "one of: " + ", ".join(self.choices)
        if self.type == "number":
            ends = [f"from {self.minimum:g}" if self.minimum is not None else ""]
            ends.append(f"up to {self.maximum:g}" if self.maximum is not None else "")
            return " ".join(["a number", *filter(None, ends)])
        return "a text"


class TemplateFile(Entry):
    """The content of a ``template.yaml``."""

    title: str = Field(description="the template's name as people say it")
    description: str = Field(description="what it is for, in a sentence")
    pages: str = Field("", description="how many pages it is made for: 4-8")
    sheets: tuple[str, ...] = Field((), description="sizes of paper that it prints on")
    options: dict[str, Option] = Field(default_factory=dict, description="what a brief may set, by name")
    words: tuple[ScalarText, ...] = Field((), description="words, figures and marks that its style sheets add to pages")


def check_template(
    brief: Brief,
    template: str,
    project_templates: Path | None,
    problems: Problems,
    at: Place,
    option_at: Callable[[str], Place] | None = None,
) -> Brief | None:
    """``brief`` with the options of ``template``, in their types and with their defaults; ``None`` after a problem.

    ``project_templates`` is the project's ``templates`` folder, which may be missing. ``at`` is the place where the
    template is named, ``option_at`` gives that of an option. Problems: ``unknown-template``, ``broken-extension``,
    ``unknown-option``, ``bad-option``, those of the template's ``template.yaml``.
    """
    if not is_known_template(template, project_templates):
        problems.add_all(template_extension_problems())
        hint = did_you_mean(template, template_names(project_templates))
        problems.error("unknown-template", f"no template '{template}'", at, hint)
        return None
    files = read_template_files(template, project_templates, problems)
    if files is None:
        return None
    options = resolve_options(brief.options, files, option_at or (lambda _: at), problems)
    return None if options is None else replace(brief, options=options)


def read_template_files(template: str, project_templates: Path | None, problems: Problems) -> list[TemplateFile] | None:
    """The ``template.yaml`` of a template, and then those of the templates it extends; ``None`` after problems.

    Problems: ``template-quotation`` at its ``words``; those of :func:`~c6brief.documents.yamltext.read_yaml` and
    :func:`~c6brief.documents.entries.validate`.
    """
    found: list[TemplateFile] = []
    good = True
    for folder in lineage(template, project_templates):
        path = folder / FILE
        if not path.is_file():
            continue
        document = read_yaml(path, problems, what="template's settings")
        settings = validate(TemplateFile, document, (), problems) if document else None
        good = good and settings is not None
        if settings is not None:
            good = _has_no_quotation(settings, problems) and good
            found.append(settings)
    return found if good else None


def _has_no_quotation(settings: TemplateFile, problems: Problems) -> bool:
    """Whether the words that style sheets may add are in no marks. Problem: ``template-quotation``."""
    wrong = next((n for n, word in enumerate(settings.words) if quotations_in(word)), None)
    if wrong is None and quotations_in(" ".join(settings.words)):
        wrong = 0
    if wrong is not None:
        message = "words: these stand in quotation marks, and no source is named for them"
        hint = "a style sheet adds words of its own without marks; what somebody said comes from the brief"
        problems.error("template-quotation", message, settings.place("words", wrong), hint)
    return wrong is None


def read_added_words(template: str, project_templates: Path | None) -> tuple[str, ...]:
    """The words that the style sheets of a template may add to pages: its own ``words`` and those of the templates that
    it extends.
    """
    files = read_template_files(template, project_templates, Problems()) or []
    return tuple(word for file in files for word in file.words)


def resolve_options(
    given: Mapping[str, Any], settings: Sequence[TemplateFile], place: Callable[[str], Place], problems: Problems
) -> Mapping[str, OptionValue] | None:
    """The options of a template: the values ``given``, in their types, and the defaults of the others.

    ``settings`` are those of :func:`read_template_files`; ``place`` gives the place of an option's name. ``None`` after
    problems: ``unknown-option``, ``bad-option``.
    """
    if not settings:
        return MappingProxyType(dict(given))
    known: dict[str, Option] = {}
    for each in reversed(settings):
        known |= each.options
    values: dict[str, OptionValue] = {name: option.default for name, option in known.items()}
    good = True
    for name, text in given.items():
        option = known.get(name)
        value = option.read(str(text)) if option else None
        if option is None:
            message = f"the template has no option '{name}'"
            problems.error("unknown-option", message, place(name), did_you_mean(name, known))
        elif value is None:
            message = f"option {name}: '{text}' is none of its values"
            problems.error("bad-option", message, place(name), option.allowed_values)
        else:
            values[name] = value
        good = good and value is not None
    return MappingProxyType(values) if good else None


def lineage(template: str, project_templates: Path | None) -> list[Path]:
    """The folders of a template and of those it extends, in the order of searching."""
    search = TemplateSearch.of(template, project_templates)
    name: str | None = MAIN
    seen: set[Path] = set()
    while name is not None:
        path = search.file(name)
        if path is None or path in seen:
            break
        seen.add(path)
        name = _find_parent(path)
        if name is not None:
            search.follow(name)
    return list(search.folders)


def _find_parent(path: Path) -> str | None:
    """The name of the template that the one at ``path`` extends; ``None`` where none is written out."""
    try:
        text = read_file(path).decode()
    except (OSError, UnicodeDecodeError):
        return None  # rendering reports what is wrong with it
    if not _EXTENDS.search(_COMMENT.sub("", text)):
        return None
    from jinja2 import Environment, TemplateSyntaxError, nodes  # here: a check of most templates needs no Jinja

    try:
        tree = Environment().parse(text)
    except (TemplateSyntaxError, RecursionError):
        return None
    parents = [node.template for node in tree.find_all(nodes.Extends)]
    return str(parents[0].value) if parents and isinstance(parents[0], nodes.Const) else None
