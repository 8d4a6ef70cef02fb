"""Figures that a project's own code draws with Matplotlib. The code runs in a process of its own, and only where it is trusted."""
