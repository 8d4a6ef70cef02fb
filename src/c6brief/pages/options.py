"""``template.yaml``: what a template is, the sheets it prints on, and the options it takes.

A template that extends another one has its options too; what both name, the nearer one says. A template without the
file takes whatever a specification gives it, as texts.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from types import MappingProxyType
from typing import Any, Literal

from jinja2 import Environment, TemplateSyntaxError, nodes
from pydantic import Field, model_validator
from pydantic_core import PydanticCustomError

from c6brief.documents.entries import Entry, ScalarText, Strict, validate
from c6brief.documents.problems import Place, Problems, did_you_mean
from c6brief.documents.yamltext import read_yaml
from c6brief.pages.search import MAIN, Search

FILE = "template.yaml"

Value = bool | int | float | str

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
    def _suits_itself(self) -> Option:
        if self.type == "choice" and not self.choices:
            raise PydanticCustomError("missing-key", "a choice wants 'choices'")
        if self.read(str(self.default).lower() if self.type == "boolean" else str(self.default)) is None:
            raise PydanticCustomError("bad-value", f"the default '{self.default}' is no {self.type} of this option")
        return self

    def read(self, text: str) -> Value | None:
        """``text`` as this option's type has it; ``None`` where it is not one of its values."""
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
    def wanted(self) -> str:
        """What may stand here, for a hint."""
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
    """What ``template.yaml`` says."""

    title: str = Field(description="the template's name as people say it")
    description: str = Field(description="what it is for, in a sentence")
    pages: str = Field("", description="how many pages it is made for: 4-8")
    sheets: tuple[str, ...] = Field((), description="sizes of paper that it prints on")
    options: dict[str, Option] = Field(default_factory=dict, description="what a brief may set, by name")


def read_template_files(template: str, project_templates: Path | None, problems: Problems) -> list[TemplateFile] | None:
    """What the ``template.yaml`` of a template says, then those of the templates it extends; ``None`` after problems.

    Problems: those of reading and validating.
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
            found.append(settings)
    return found if good else None


def resolved(
    given: Mapping[str, Any], settings: Sequence[TemplateFile], place: Callable[[str], Place], problems: Problems
) -> Mapping[str, Value] | None:
    """The options as a template is handed them: ``given`` values in their types, defaults for all others.

    ``place`` tells where an option's name was written. ``None`` after problems: ``unknown-option``, ``bad-option``.
    """
    if not settings:
        return MappingProxyType(dict(given))
    known: dict[str, Option] = {}
    for each in reversed(settings):
        known |= each.options
    values: dict[str, Value] = {name: option.default for name, option in known.items()}
    good = True
    for name, text in given.items():
        option = known.get(name)
        value = option.read(str(text)) if option else None
        if option is None:
            message = f"the template has no option '{name}'"
            problems.error("unknown-option", message, place(name), did_you_mean(name, known))
        elif value is None:
            problems.error("bad-option", f"option {name}: '{text}' is none of its values", place(name), option.wanted)
        else:
            values[name] = value
        good = good and value is not None
    return MappingProxyType(values) if good else None


def lineage(template: str, project_templates: Path | None) -> list[Path]:
    """The folders of a template and of those it extends, in the order of searching."""
    search = Search.of(template, project_templates)
    reader = Environment()
    name: str | None = MAIN
    seen: set[Path] = set()
    while name is not None:
        path = search.file(name)
        if path is None or path in seen:
            break
        seen.add(path)
        try:
            tree = reader.parse(path.read_text(encoding="utf-8"))
        except (OSError, UnicodeDecodeError, TemplateSyntaxError, RecursionError):
            break  # rendering tells what is wrong with it
        parents = [node.template for node in tree.find_all(nodes.Extends)]
        name = str(parents[0].value) if parents and isinstance(parents[0], nodes.Const) else None
        if name is not None:
            search.follow(name)
    return list(search.folders)
