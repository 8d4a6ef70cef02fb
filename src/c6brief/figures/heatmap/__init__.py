"""Heatmaps and matrices: rows by columns, a number or a word in each cell."""
