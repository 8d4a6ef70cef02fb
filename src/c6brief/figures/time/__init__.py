"""Plots along years, dates, numbers or words: where values stand, the labels at the foot and at the ends of lines."""
