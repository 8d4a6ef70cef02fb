"""Every country as a dot, continent by continent, with a line at the median: a strip plot."""

from statistics import median

STEP, ROOM = 0.8, 0.13  # years within which dots would touch, and the height of one in rows


def draw(figure, table, style):
    continents = {}
    for row in table:
        continents.setdefault(row["continent"], []).append(row["life"])
    order = sorted(continents, key=lambda name: median(continents[name]))

    axes = figure.subplots()
    for level, name in enumerate(order):
        lives = sorted(continents[name])
        colour = style.brand if name == "Africa" else style.grey
        axes.scatter(lives, [level + lift for lift in beside(lives)], s=7, color=colour, linewidth=0)
        middle = median(lives)
        axes.plot([middle, middle], [level - 0.38, level + 0.38], color=style.ink, linewidth=style.outline)
        axes.text(1.02, level, f"{middle:.1f}", transform=axes.get_yaxis_transform(), va="center", color=style.ink)

    axes.set_yticks(range(len(order)), order, color=style.ink, fontsize=style.text)
    axes.set_ylim(-0.6, len(order) - 0.3)
    axes.tick_params(axis="y", length=0)
    axes.spines[["left", "bottom"]].set_visible(False)
    axes.tick_params(axis="x", length=0)
    axes.grid(axis="x")
    axes.set_xlabel("Years; the line and the number are the median")


def beside(values):
    """How far each dot is lifted so that none lies upon another: by turns up and down."""
    lifts, placed = [], []
    for value in values:
        near = {lift for other, lift in placed if value - other < STEP}
        turn = 0
        while (lift := (turn + 1) // 2 * ROOM * (1 if turn % 2 else -1)) in near:
            turn += 1
        placed.append((value, lift))
        lifts.append(lift)
    return lifts
