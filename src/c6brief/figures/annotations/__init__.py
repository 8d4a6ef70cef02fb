"""Annotations: words, arrows, bands and reference lines that an author adds to a chart with axes, in values of its data."""
