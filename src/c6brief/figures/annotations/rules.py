"""The rules on annotations, which a project may give another severity."""

from __future__ import annotations

from c6brief.documents.problems import name_rule

OLD_KEY = name_rule(
    "old-key",
    "note",
    """a key of a chart is written as it was called before

    It is still read. The new one says more: `annotate` takes the place of `notes` of a line chart, with words anywhere
    on the plot, and arrows.
    """,
    chapter="craft",
)

CROWDED_WORDS = name_rule(
    "crowded-words",
    "warning",
    """words on a plot have no room near the place where they were put

    Words of `annotate` stand where nothing else is drawn, as near to their place as can be. Where there is no such room,
    or it is far off and no arrow says what is meant, they may stand upon something, or seem to be about something else.
    Fewer words, another place, or an arrow (`to`) mend it. It is found when the figure is drawn, by `render`: a narrow
    figure has less room than a wide one.
    """,
    chapter="craft",
)
