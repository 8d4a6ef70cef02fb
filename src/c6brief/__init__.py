"""c6brief prints policy briefs that can be checked.

An analyst keeps an evidence base (``seeds/``); a specification (``briefs/NAME.yaml``) picks from it; c6brief verifies what
was picked, draws the figures, fills a template and typesets a PDF that carries its own evidence.

This module is the public interface. Five functions do what the commands do, and print nothing::

    import c6brief

    state = c6brief.load("my-project")                  # the evidence base, read and verified
    result = c6brief.check("briefs/security.yaml")      # every problem at once
    result = c6brief.render("briefs/security.yaml")     # verified, drawn, typeset, written
    result = c6brief.verify("output/security.pdf")      # a printed brief against the evidence it carries
    result = c6brief.diff("old.pdf", "new.pdf")         # what changed between two editions

What is wrong in somebody's files is never raised: it is in ``problems`` of the result, each a :class:`Problem` with its
place, rule, severity, message and hint. ``is_successful`` says whether one of them is an error.

Packages that add charts, rules or templates import from :mod:`c6brief.extend`. What neither module exports is private and
may change without notice. Everything is loaded when it is first asked for: ``import c6brief`` takes no time.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from c6brief.about import __version__

if TYPE_CHECKING:
    from c6brief.build.check import CheckResult, check
    from c6brief.build.limits import Limits
    from c6brief.build.options import BatchOptions, RenderOptions
    from c6brief.build.project_state import ProjectState, load
    from c6brief.build.render import RenderedFile, RenderInterrupted, RenderResult, render
    from c6brief.documents.problems import Place, Problem, Span
    from c6brief.print.signing import SigningOptions
    from c6brief.verification.editions import DiffResult, EditionDifference, diff
    from c6brief.verification.signature import Signature
    from c6brief.verification.verify import VerifiedFile, VerifyResult, verify

_HOMES = {
    "BatchOptions": "c6brief.build.options",
    "CheckResult": "c6brief.build.check",
    "DiffResult": "c6brief.verification.editions",
    "EditionDifference": "c6brief.verification.editions",
    "Limits": "c6brief.build.limits",
    "Place": "c6brief.documents.problems",
    "Problem": "c6brief.documents.problems",
    "ProjectState": "c6brief.build.project_state",
    "RenderInterrupted": "c6brief.build.render",
    "RenderOptions": "c6brief.build.options",
    "RenderResult": "c6brief.build.render",
    "RenderedFile": "c6brief.build.render",
    "Signature": "c6brief.verification.signature",
    "SigningOptions": "c6brief.print.signing",
    "Span": "c6brief.documents.problems",
    "VerifiedFile": "c6brief.verification.verify",
    "VerifyResult": "c6brief.verification.verify",
    "check": "c6brief.build.check",
    "diff": "c6brief.verification.editions",
    "load": "c6brief.build.project_state",
    "render": "c6brief.build.render",
    "verify": "c6brief.verification.verify",
}
"""The module that each public name is loaded from, when it is first asked for (PEP 562)."""

__all__ = [
    "BatchOptions",
    "CheckResult",
    "DiffResult",
    "EditionDifference",
    "Limits",
    "Place",
    "Problem",
    "ProjectState",
    "RenderInterrupted",
    "RenderOptions",
    "RenderResult",
    "RenderedFile",
    "Signature",
    "SigningOptions",
    "Span",
    "VerifiedFile",
    "VerifyResult",
    "__version__",
    "check",
    "diff",
    "load",
    "render",
    "verify",
]


def __getattr__(name: str) -> Any:
    if name not in _HOMES:
        raise AttributeError(f"module 'c6brief' has no attribute {name!r}")
    from importlib import import_module

    value = getattr(import_module(_HOMES[name]), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
