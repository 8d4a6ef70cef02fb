"""Proof: reading printed briefs again. Does a PDF agree with the manifest it carries, and with the evidence base as it
is now? What changed between two editions? Nothing here needs WeasyPrint; what it proves stands in ``docs/verify.md``.
"""
