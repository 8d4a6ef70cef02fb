"""Cells: heatmaps, matrices of words, waffles."""
