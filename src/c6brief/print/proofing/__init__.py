"""The production editor in the machine: what a laid out page has that would be sent back.

``sheets`` takes a laid out document apart once; each file in ``rules`` looks at it and yields flaws; ``proof`` runs
them all and makes problems of what they find; ``excerpt`` cuts the places out of the printed file. What can be mended
is mended before, by :mod:`c6brief.print.mending`, with the remedies that flaws bring along.
"""

from c6brief.print.proofing.rule import known_page_rules

__all__ = ["known_page_rules"]
