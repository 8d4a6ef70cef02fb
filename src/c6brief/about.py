"""What this package is: its version, and where it lies. It imports nothing of ours, so that every room may ask."""

from __future__ import annotations

from pathlib import Path

__version__ = "0.1.0"

PACKAGE = Path(__file__).resolve().parent
"""The folder of the package, with ``assets`` in it."""

FONTS = PACKAGE / "assets" / "fonts"
"""The faces that are shipped."""
