"""Stations by access, as bars."""


def draw(figure, table, style):
    """Draw one bar for each kind of access, with its number."""
    axes = figure.subplots()
    names = [row["access"] for row in table][::-1]
    bars = axes.barh(names, [row["stations"] for row in table][::-1], color=style.brand, height=0.6)
    axes.bar_label(bars, padding=4)
    axes.xaxis.set_visible(False)
    axes.spines[:].set_visible(False)
    axes.tick_params(length=0)
