"""Ladders: which formats include whom."""
