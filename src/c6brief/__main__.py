"""``python -m c6brief``."""

from c6brief.cli import run

run()
