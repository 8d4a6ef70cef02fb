"""Waffles: parts of a whole as squares."""
