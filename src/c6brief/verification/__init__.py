"""Verification: printed briefs read again. Does a PDF agree with the manifest that it carries, and with the evidence
base as it is now? What changed between two editions?

``verify`` holds a file against its manifest (``printed_file`` opens it, ``manifest_checks`` and ``page_checks``
compare; ``signature`` reads the one update that a file may have); ``evidence_changes`` holds the manifest against the
evidence base; ``editions`` and ``prose_changes`` compare two files. Nothing
here needs WeasyPrint. What verification proves, and what it cannot, stands in ``docs/verify.md``.
"""
