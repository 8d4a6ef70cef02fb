"""Slopes: many things at two moments, or up to four."""
