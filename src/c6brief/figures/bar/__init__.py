"""Bars: numbers of categories, in one series or several."""
