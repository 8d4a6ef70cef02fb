"""The manifest of a PDF: read, held against its schema, its own seal and its own record."""

from __future__ import annotations

import json
from typing import Any

from pydantic import ValidationError

from c6brief.brief.record import canonical_json, sha256, short_form
from c6brief.documents.problems import Problems, quote, quote_name
from c6brief.evidence.matching import SourceText
from c6brief.manifest.model import FORMAT, MANIFEST, Manifest
from c6brief.verification.printed_file import PrintedFile

LARGEST_MANIFEST = 10_000_000
"""Bytes."""

MOST_REPORTED = 5
"""Places where a manifest leaves its schema that are reported one by one."""


def read_manifest(file: PrintedFile, problems: Problems) -> tuple[Manifest, dict[str, Any]] | None:
    """The manifest that ``file`` carries, and the JSON that it is made of; ``None`` after a problem.

    Problems: ``no-manifest``, ``manifest-twice``, ``manifest-form`` (no JSON, or not by the schema),
    ``manifest-version``.
    """
    found = [each for each in file.files if each.name == MANIFEST]
    if not found:
        hint = "it was not printed by c6brief, or its evidence was taken out"
        problems.error("no-manifest", f"the PDF carries no '{MANIFEST}'", file.place(), hint)
        return None
    if len(found) > 1:
        problems.error("manifest-twice", f"the PDF carries {len(found)} files '{MANIFEST}'", file.place())
        return None
    value = _parse_json(found[0].data, file, problems)
    if value is None:
        return None
    if value.get("format") == FORMAT and value.get("version") not in (1, 2):
        hint = "verify it with a later c6brief"
        problems.error(
            "manifest-version", f"the manifest is of version {value.get('version')!r:.20}", file.place(), hint
        )
        return None
    try:
        return Manifest.model_validate_json(found[0].data), value
    except ValidationError as invalid:
        details = invalid.errors(include_url=False, include_input=False, include_context=False)
        for detail in details[:MOST_REPORTED]:
            at = ".".join(str(step) for step in detail["loc"]) or "manifest"
            problems.error("manifest-form", f"manifest: {quote_name(at)}: {detail['msg'][:200]}", file.place())
        if len(details) > MOST_REPORTED:
            more = len(details) - MOST_REPORTED
            problems.error("manifest-form", f"manifest: {more} more places do not follow its schema", file.place())
        return None


def check_manifest(manifest: Manifest, raw: dict[str, Any], file: PrintedFile, problems: Problems) -> None:
    """Check that the manifest agrees with itself. ``raw`` is its JSON: what seal and fingerprint were made of, whatever
    keys later editions have.

    Problems: ``manifest-seal``, ``manifest-fingerprint``, ``manifest-record``.
    """
    try:
        seal = sha256(canonical_json({key: value for key, value in raw.items() if key != "seal"}))
        fingerprint = short_form(sha256(canonical_json(raw["record"])))
    except ValueError as reason:  # a number without end: 1e999
        problems.error("manifest-form", f"the manifest is not JSON: {reason}", file.place())
        return
    if seal != manifest.seal:
        hint = "its text was changed after printing"
        problems.error("manifest-seal", "the manifest does not agree with its own seal", file.place(), hint)
    if fingerprint != manifest.fingerprint:
        message = f"the record's fingerprint is {fingerprint}, the manifest says {quote(manifest.fingerprint)}"
        problems.error("manifest-fingerprint", message, file.place(), "passages, sources or statements were changed")
    passages = {passage.id: passage for passage in manifest.record.passages}
    sources = {source.id for source in manifest.record.sources}
    for passage in passages.values():
        exact = passage.selector[0].exact
        if passage.source not in sources:
            message = (
                f"passage {quote_name(passage.id)} names a source that is not listed, {quote_name(passage.source)}"
            )
            problems.error("manifest-record", message, file.place())
        if not SourceText(exact).find(passage.quoted):
            message = (
                f"passage {quote_name(passage.id)}: the words quoted do not match the words of the source beside them"
            )
            problems.error("manifest-record", message, file.place(), f"{quote(passage.quoted)} / {quote(exact)}")
    for printed in manifest.printed:
        source_words = passages[printed.passage].selector[0].exact if printed.passage in passages else None
        if source_words is None:
            message = (
                f"{quote(printed.words)} rests on passage {quote_name(printed.passage)}, which is not in the record"
            )
            problems.error("manifest-record", message, file.place())
        elif not SourceText(source_words).find(printed.words):
            message = f"the words printed for {quote_name(printed.passage)} do not match the words of the source"
            hint = f"{quote(printed.words)} / {quote(source_words)}"
            problems.error("manifest-record", message, file.place(), hint)


def _parse_json(data: bytes, file: PrintedFile, problems: Problems) -> dict[str, Any] | None:
    """The JSON object in ``data``. A key that stands twice would read differently in different readers: refused."""

    def once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        made = dict(pairs)
        if len(made) != len(pairs):
            raise ValueError("a key stands twice in one object")
        return made

    try:
        if len(data) > LARGEST_MANIFEST:
            raise ValueError(f"{len(data) / 1_000_000:.0f} MB; at most {LARGEST_MANIFEST / 1_000_000:.0f} MB are read")
        value = json.loads(data.decode("utf-8"), object_pairs_hook=once, parse_constant=_refuse_constant)
        if not isinstance(value, dict):
            raise ValueError("not a JSON object")
    except RecursionError:
        problems.error("manifest-form", "the manifest is nested too deeply", file.place())
    except (ValueError, UnicodeError) as reason:
        problems.error("manifest-form", f"the manifest is not JSON: {str(reason)[:160]}", file.place())
    else:
        return value
    return None


def _refuse_constant(name: str) -> None:
    raise ValueError(f"{name} is no number of JSON's")
