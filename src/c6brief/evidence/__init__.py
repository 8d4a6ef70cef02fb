"""The evidence base: sources with their texts, and what they are quoted for: quotations, events, claims, tables.

``seeds`` reads it into one value (``base``), ``verify`` locates every quotation and account in its source by the rule
of ``matching``, and ``strength`` computes how well each statement is backed. Nothing here depends on briefs or pages.
"""
