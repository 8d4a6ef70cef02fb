"""What templates print, compared with what was verified.

A template and its style sheets may leave out what they like. What they print of a brief is to stand on the pages as the
brief says it: :mod:`brief_texts <c6brief.print.comparison.brief_texts>` gathers what it says, ``weasyprint_printed_text``
reads what the laid out pages show, and :mod:`compare <c6brief.print.comparison.compare>` holds one against the other.
"""
