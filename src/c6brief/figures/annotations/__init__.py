"""Annotations: words, arrows, bands and reference lines on a chart with axes, in values of its data."""
