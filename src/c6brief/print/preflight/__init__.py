"""Preflight, as printers call the look over pages before they are printed: what has to be sent back.

``weasyprint_boxes`` reads the :mod:`content <c6brief.print.preflight.content>` of laid out pages once. Each module in
``rules`` holds the page rules of one subject: functions with a decorator (:mod:`c6brief.print.preflight.rule`) that
look at it and yield flaws. ``run`` runs them all and makes problems of what they find; ``excerpts`` cuts the places out
of the printed file. What can be mended is mended before, by :mod:`c6brief.print.mending`, with the remedies that flaws
bring along.
"""

from c6brief.print.preflight.content import DocumentContent, in_quotes
from c6brief.print.preflight.rule import Flaw, PageRule, Remedy, all_rules, page_rule, page_rules

__all__ = ["DocumentContent", "Flaw", "PageRule", "Remedy", "all_rules", "in_quotes", "page_rule", "page_rules"]
