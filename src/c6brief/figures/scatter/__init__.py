"""Scatter plots: two numbers of each thing as a point."""
