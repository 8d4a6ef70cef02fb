"""The files of a new template: a few small ones, which a communications officer edits.

The template extends its parent and prints what the parent prints until it is changed. ``style.css`` has the parent's
own colours, faces and measures, ``brief.html.j2`` lists the blocks that can be replaced, ``template.yaml`` inherits the
options, and ``README.md`` has the parent's recipes.
"""

from __future__ import annotations

import re
from pathlib import Path

import yaml
from jinja2 import Environment, TemplateSyntaxError, nodes

from c6brief.documents.boundary import read_page_text
from c6brief.documents.problems import Place, Problems, did_you_mean
from c6brief.pages.options import FILE, TemplateFile, lineage, read_template_files
from c6brief.pages.search import MAIN, SHIPPED, shipped_templates, template_names

NAME = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
"""Names of templates: they are names of folders on every system, and are typed on command lines."""

LONGEST_NAME = 60

STYLE, README = "style.css", "README.md"

PARTS = {
    "style": "the style sheets",
    "cover": "series, date, title, subtitle",
    "key_messages": "the key messages, and who wrote it",
    "summary": "the summary, before the key messages",
    "numbers": "the big numbers",
    "body": "the sections, with their figures, tables and quotations",
    "options_considered": "the table of options",
    "recommendations": "what to do",
    "annexes": "parts after the text",
    "sources": "the list of sources",
    "credits": "about the authors, acknowledgements, funders, disclaimer",
    "colophon": "about, how it was checked, how to cite it",
}
"""What the blocks of the shipped templates print, for a comment in the new one."""


def scaffold_template(name: str, parent: str, project_templates: Path, problems: Problems) -> dict[str, str] | None:
    """The texts of the files of a new template ``name`` that extends ``parent``, by name; ``None`` after problems.

    ``project_templates`` is the project's ``templates`` folder, which may be missing. Problems: ``bad-name``,
    ``name-exists``, ``unknown-template``, those of the parent's ``template.yaml``.
    """
    at = Place("templates")
    known = template_names(project_templates)
    if not NAME.fullmatch(name) or len(name) > LONGEST_NAME:
        message = f"a template cannot be called '{name}': small letters, digits and hyphens, at most {LONGEST_NAME}"
        problems.error("bad-name", message, at, _suggest_name(name, known))
    elif (project_templates / name).exists():
        problems.error("name-exists", f"templates/{name} exists already", at, "choose another name, or delete it first")
    elif name in known:
        hint = f"choose another name; to change the shipped one, put single files into templates/{name}/"
        problems.error("name-exists", f"c6brief has a template '{name}' of its own", at, hint)
    if parent not in known:
        problems.error("unknown-template", f"no template '{parent}' to start from", at, did_you_mean(parent, known))
    settings = read_template_files(parent, project_templates, problems) if parent in known else None
    if problems.errors or settings is None:
        return None
    folders = lineage(parent, project_templates)
    title = name.replace("-", " ").capitalize()
    own = project_templates / parent
    shipped = shipped_templates() / parent
    is_shipped = shipped.is_dir() and (not own.is_dir() or own.resolve() == shipped.resolve())
    files = {
        MAIN: _main_file(title, f"{SHIPPED if is_shipped else ''}{parent}/{MAIN}", parent, _block_names(folders)),
        FILE: _settings_file(title, parent, settings),
        README: _readme_file(name, title, parent, _recipes(_read_first(folders, README), name)),
    }
    style = _read_first(folders, STYLE)
    return files | {STYLE: _style_file(title, parent, style)} if style else files


def _suggest_name(name: str, known: list[str]) -> str:
    """A hint with a name like ``name`` that is free."""
    plain = "-".join(re.findall(r"[a-z0-9]+", name.lower()))[:LONGEST_NAME].strip("-")
    return f"for example '{plain}'" if plain and plain not in known else "for example 'ministry'"


def _read_first(folders: list[Path], name: str) -> str:
    """The text of the first file of that name; empty where there is none that can be read."""
    for folder in folders:
        try:
            return read_page_text(folder / name)
        except OSError:
            continue
    return ""


def _block_names(folders: list[Path]) -> list[str]:
    """The names of the blocks of a template and of those it extends, in the order of printing, each once."""
    found: dict[str, None] = {}
    for folder in reversed(folders):
        try:
            tree = Environment().parse(_read_first([folder], MAIN))
        except TemplateSyntaxError:
            continue  # rendering reports what is wrong with it
        found |= dict.fromkeys(block.name for block in tree.find_all(nodes.Block))
    return list(found)


def _main_file(title: str, extended: str, parent: str, blocks: list[str]) -> str:
    width = max(map(len, blocks), default=0)
    listed = "\n".join(f"      {name:<{width}}  {PARTS.get(name, '')}".rstrip() for name in blocks)
    return f"""\
{{#- {title}: prints what the template '{parent}' prints, but for the blocks that are written here.

    To change a part, write its block below this comment. To leave a part out, leave the block empty:

        {{% block sources %}}{{% endblock %}}

    {{{{ super() }}}} inside a block prints what would have stood there, so that something can be added before or after.
    The blocks:

{listed}

    What can be printed of a brief is listed in c6brief's docs/template-fields.md.
-#}}
{{% extends "{extended}" %}}
"""


def _settings_file(title: str, parent: str, settings: list[TemplateFile]) -> str:
    """``template.yaml``, with the inherited options in comments."""
    nearest = settings[0] if settings else None
    own = {"title": title, "description": f"{nearest.title if nearest else parent}, in our own looks"}
    if nearest and nearest.pages:
        own["pages"] = nearest.pages
    lines = ["# What this template is, and what a brief may set under `options:`."]
    lines += yaml.safe_dump(own, sort_keys=False, allow_unicode=True, width=1000).splitlines()
    if nearest and nearest.sheets:
        lines.append(f"sheets: [{', '.join(nearest.sheets)}]")
    options = {name: option for each in reversed(settings) for name, option in each.options.items()}
    if options:
        lines += [
            "",
            f"# Every option of '{parent}' holds here too. To give one another default, take the # from its line",
        ]
        lines += ["# and from 'options:', and write your default.", "", "# options:"]
        for name, option in options.items():
            written = option.model_dump(exclude_unset=True)
            flow = yaml.safe_dump(
                written, default_flow_style=True, sort_keys=False, allow_unicode=True, width=1000
            ).strip()
            lines.append(f"#   {name}: {flow}")
    return "\n".join(lines) + "\n"


def _style_file(title: str, parent: str, style: str) -> str:
    """The style sheet of the parent under another heading, with room for rules at its end."""
    body = re.sub(r"\A\s*/\*.*?\*/\s*", "", style, count=1, flags=re.S)
    return f"""\
/* {title}. The colours, faces and measures below are those of '{parent}': change what is yours to change, and
   save. README.md, beside this file, says how, step by step. */

{body.rstrip()}

/* Rules of your own stand below: they come after all others, and so have the last word. */
"""


def _recipes(readme: str, name: str) -> str:
    """The recipes of a template's README, written for the template ``name``; empty where it has none."""
    chapter = re.search(r"^## Recipes\n.*?(?=^## |\Z)", readme, re.M | re.S)
    recipes = re.search(r"^### .*", chapter[0], re.M | re.S) if chapter else None
    if recipes is None:
        return ""
    return f"""\
## Recipes

Files named below lie in this folder, but for `_brand.yml` and what it names, which lie in the project's folder, beside
`seeds/`. Any recipe goes together with any other.

{recipes[0].rstrip().replace("ministry", name)}
"""


def _readme_file(name: str, title: str, parent: str, recipes: str) -> str:
    return (
        f"""\
# {title}

A template of your own, made from '{parent}': until something here is changed it looks the same. You need a text editor
and no programmer. Print with it, from the folder of your project:

    c6brief render briefs/NAME.yaml --template {name}

or write `template: {name}` into a brief, and `c6brief render briefs/NAME.yaml` does. To make it every brief's template,
write into `_brand.yml`:

    defaults:
      c6brief:
        template: {name}

| File | Change it for |
|---|---|
| `style.css` | colours, typefaces, measures, and rules of your own at its end. **Start here.** |
| `brief.html.j2` | leaving parts out, or another order |
| `template.yaml` | what the template is called, the defaults of its options (US Letter, both sides, …) |

Every other file is taken from '{parent}'. One that you put here under the same name takes its place. Delete what you do
not need: each file here may be missing, but for `brief.html.j2`.

{recipes}
""".rstrip()
        + "\n"
    )
