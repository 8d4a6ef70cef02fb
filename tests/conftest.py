"""What every test may ask for by name."""

from tests.support.project import folder

__all__ = ["folder"]
