"""Where this repository keeps what tests look at."""

from pathlib import Path

REPOSITORY = Path(__file__).resolve().parents[2]
SOURCE = REPOSITORY / "src" / "c6brief"
FONTS = SOURCE / "assets" / "fonts"
REFERENCES = REPOSITORY / "tests" / "figures" / "references"
"""How figures print: one picture each."""
