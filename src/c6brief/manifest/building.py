"""Building the evidence package of a brief: everything that it carries and that is known before typesetting."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from pathlib import Path

from c6brief.about import FONTS, PACKAGE
from c6brief.brief.compose import ComposedBrief
from c6brief.brief.model import Brief, FigureBlock, TableBlock
from c6brief.brief.record import sha256
from c6brief.brief.spec import BriefSpec
from c6brief.documents.boundary import SHIPPED_TEMPLATES, read_file
from c6brief.documents.folders import files_below
from c6brief.documents.problems import without_controls
from c6brief.documents.project import Project, inside
from c6brief.evidence.base import KINDS, Evidence
from c6brief.figures.data import ChartData
from c6brief.manifest.attachments import Attachment
from c6brief.manifest.model import MOST_ROWS, Head, Input, PrintedFigure, PrintedTable
from c6brief.manifest.package import EvidencePackage
from c6brief.manifest.prose import read_prose


def build_package(
    composed: ComposedBrief,
    spec: BriefSpec,
    *,
    settings: Sequence[object],
    project: Project,
    evidence: Evidence,
    data: Mapping[str, ChartData],
    template: str,
    folders: Sequence[Path],
    fonts: Sequence[Path] = (),
) -> EvidencePackage:
    """The evidence package of a composed brief.

    ``settings`` are the values given in place of the specification's (as texts ``KEY=VALUE``), ``data`` the data of
    charts by their ids, ``folders`` those of the ``template``, and ``fonts`` the files that the brand file names.
    """
    brief = composed.brief
    blocks = [block for section in brief.parts() for block in section.blocks]
    figures = [block for block in blocks if isinstance(block, FigureBlock)]
    tables = [block for block in blocks if isinstance(block, TableBlock) and not block.in_text]  # prose has the others
    names = {
        **{each.id: _data_name("figure", each) for each in figures if each.id in data},
        **{each.id: _data_name("table", each) for each in tables if each.chart and each.id in data},
    }
    files = [_specification(brief, spec)]
    files += [_data_file("figure", each, names, data) for each in figures if each.id in names]
    files += [_data_file("table", each, names, data) for each in tables if each.chart and each.id in names]
    return EvidencePackage(
        head=_head(brief),
        record=composed.record,
        printed=composed.printed,
        figures=tuple(_figure(figure, composed, data.get(figure.id), names) for figure in figures),
        tables=tuple(_table(table, composed, evidence, names) for table in tables),
        prose=read_prose(brief),
        files=tuple(files),
        inputs=tuple(
            sorted(_list_inputs(composed, spec, project, evidence, folders, fonts, figures), key=lambda each: each.path)
        ),
        settings=tuple(map(str, settings)),
        template=template,
    )


def _head(brief: Brief) -> Head:
    return Head(
        id=brief.id,
        title=brief.title,
        subtitle=brief.subtitle,
        series=brief.series,
        number=brief.number,
        date=brief.date.iso,
        language=brief.language,
        authors=tuple(author.name for author in brief.authors),
        publisher=brief.publisher.name,
    )


def _data_name(noun: str, block: FigureBlock | TableBlock) -> str:
    """The name of the attachment with the data of a block: ``figure-1-lifts.csv``."""
    return f"{noun}-{block.number}-{block.id.replace(':', '-')}.csv"


def _data_file(
    noun: str, block: FigureBlock | TableBlock, names: Mapping[str, str], data: Mapping[str, ChartData]
) -> Attachment:
    description = f"Data of {noun} {block.number}: {block.title}"
    return Attachment(names[block.id], data[block.id].to_csv(), "text/csv", "Data", description)


def _figure(
    figure: FigureBlock, composed: ComposedBrief, data: ChartData | None, names: Mapping[str, str]
) -> PrintedFigure:
    rows = data.rows if data and len(data.rows) <= MOST_ROWS else ()
    return PrintedFigure(
        id=figure.id,
        number=figure.number,
        kind=figure.chart,
        title=figure.title,
        subtitle=figure.subtitle,
        alt=figure.alt,
        sources=composed.figure_specs[figure.id].sources,
        data=names.get(figure.id, ""),
        columns=data.columns if data else (),
        annotations=figure.annotations,
        rows=tuple(tuple("" if cell is None else str(cell) for cell in row) for row in rows),
    )


def _specification(brief: Brief, spec: BriefSpec) -> Attachment:
    text = spec.document.text if spec.document else ""
    return Attachment(f"{brief.id}.yaml", text.encode(), "application/yaml", "Source", "Specification of this brief")


def _table(table: TableBlock, composed: ComposedBrief, evidence: Evidence, names: Mapping[str, str]) -> PrintedTable:
    columns = tuple(f"{column.title} ({column.unit})" if column.unit else column.title for column in table.columns)
    of_chart = composed.figure_specs[table.id].table if table.chart else None
    return PrintedTable(
        id=table.id,
        number=table.number,
        title=table.title,
        source=(of_chart or evidence.tables[table.id]).source or "",
        columns=columns,
        rows=table.rows,
        chart=table.chart,
        data=names.get(table.id, "") if table.chart else "",
    )


def _list_inputs(
    composed: ComposedBrief,
    spec: BriefSpec,
    project: Project,
    evidence: Evidence,
    folders: Sequence[Path],
    fonts: Sequence[Path],
    drawn: Sequence[FigureBlock],
) -> Iterator[Input]:
    """The files that were read, hashed: texts as they were read (UTF-8, lines ended by LF), others byte for byte.

    Texts of sources that the brief does not use are not named: the reader need not know what else the house holds.
    """
    documents = [spec.document] if spec.document else []
    documents += [entry.document for kind in KINDS for entry in evidence.kind(kind).values() if entry.document]
    documents += [reading.document for reading in evidence.readings.values() if reading.document]
    texts = {document.path: document.text for document in documents}
    for source in composed.record.sources:
        name = evidence.sources[source.id].custom.text
        if name and source.id in evidence.texts:
            texts[project.seeds / name] = evidence.texts[source.id].text
    for path, text in texts.items():
        yield Input(path=_portable_name(path, project), sha256=sha256(text.encode()))
    origins = [table.origin for table in (*evidence.tables.values(), *evidence.chart_rows.values())]
    files = {origin.path: origin.sha256 for origin in origins if origin and origin.path}
    figures = (id for id in composed.figure_specs if id in evidence.image_files)
    for id in (*(image.id for image in composed.record.images), *figures):
        files[evidence.image_files[id].path] = evidence.image_files[id].sha256
    for path, digest in files.items():
        yield Input(path=_portable_name(path, project), sha256=digest)
    shipped_fonts = FONTS.glob("*.ttf")
    others = {
        *(Path(path) for folder in folders for path in files_below(folder)),
        *shipped_fonts,
        *fonts,
        *(path for figure in drawn for path in composed.figure_specs[figure.id].files),
        project.brand,
    }
    for path in others:
        if not path.name.startswith("."):
            with suppress(OSError):  # a file of the template's folder that nobody may read has not been read
                yield Input(path=_portable_name(path, project), sha256=sha256(read_file(path)))


def _portable_name(path: Path, project: Project) -> str:
    """A name that is the same wherever project and tool are installed: what c6brief ships, it ships everywhere."""
    path, root = path.resolve(), project.root.resolve()
    for home, folder in ((PACKAGE, ""), (Path(SHIPPED_TEMPLATES), "templates/")):
        if inside(path, home):
            return f"c6brief:{folder}{path.relative_to(home.resolve()).as_posix()}"
    return without_controls(path.relative_to(root).as_posix() if inside(path, root) else path.name)
