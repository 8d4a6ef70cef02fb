"""Words across every page, whatever the template: a draft must not be taken for a brief."""

from __future__ import annotations

from xml.etree.ElementTree import Element, SubElement

ACROSS = (
    "position: fixed; z-index: -1; top: 95mm; left: -30mm; width: 230mm; text-align: center; "
    "transform: rotate(-38deg); font: 700 54pt/1 'Brief Sans', 'Source Sans 3'; color: #f0d3cc"
)
"""Large and light, below the text."""

ABOVE = (
    "position: fixed; z-index: 9; top: 0; left: 0; margin-top: -9mm; padding: 1.2mm 2.4mm; background: #a63a22; "
    "color: #ffffff; font: 700 9pt/1 'Brief Sans', 'Source Sans 3'"
)
"""Small and dark, above everything, where nothing can cover it."""


def put_stamp(root: Element, words: str) -> None:
    """Put ``words`` on every page of the HTML document ``root``, twice: across it, and at its head.

    Who listens hears them once, before anything else.
    """
    body = root.find("body")
    body = root if body is None else body
    SubElement(body, "div", {"style": ACROSS, "aria-hidden": "true"}).text = words
    above = Element("div", {"style": ABOVE})
    above.text = words
    body.insert(0, above)
