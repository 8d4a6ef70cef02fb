"""Timelines: events as rows, dots on a line of time."""
