"""c6brief prints policy briefs that can be checked.

An analyst keeps an evidence base (``seeds/``); a specification (``briefs/NAME.yaml``) picks from it; c6brief
verifies what was picked, draws the figures, fills a template and typesets a PDF that carries its own evidence.

The package is a house whose rooms stand in a row. Data flows from left to right, and a room imports only from
rooms to its left:

==============  ================================================================================================
``documents``   YAML and prose as written: every value knows its line and column; problems, and how they print
``evidence``    the evidence base: seeds, the matching of words with their source, and the verdicts on them
``brief``       the specification and what it picked, resolved and numbered: one immutable ``Brief``
``rules``       what an editor would send back: named rules, one file each
``figures``     SVG drawings, one file for each kind of chart
``pages``       HTML, from the ``Brief`` and a template
``print``       PDF: typesetting, and the evidence that the file carries
``proof``       printed files read again: held against their evidence, and against one another
``cli``         the commands; the only room that sees all the others
==============  ================================================================================================
"""

__version__ = "0.1.0"
