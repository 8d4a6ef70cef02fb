"""The one version of WeasyPrint whose private parts this room knows.

Everything that WeasyPrint's documentation does not describe may change or go with any release, as its documentation
says itself. The modules of this room whose names begin with ``weasyprint_`` use such parts, each saying which, why, and
what happens with another version. No other module of the room uses any; ``tests/house/test_private_parts.py`` sees to it.
"""

from __future__ import annotations

KNOWN = "70.0"
"""The version that all of these modules were written for and tested with; ``pyproject.toml`` pins it."""


class UnknownWeasyPrint(RuntimeError):
    """Another version of WeasyPrint than :data:`KNOWN`: what it writes might claim to be accessible and not be."""

    def __init__(self, found: str) -> None:
        super().__init__(f"tags are written for WeasyPrint {KNOWN}, and this is {found}: install weasyprint=={KNOWN}")


def is_known_version() -> bool:
    """Whether the WeasyPrint that is installed is :data:`KNOWN`."""
    import weasyprint

    return bool(weasyprint.__version__ == KNOWN)


def require_known_version() -> None:
    """Raise :class:`UnknownWeasyPrint` unless the WeasyPrint that is installed is :data:`KNOWN`."""
    import weasyprint

    if not is_known_version():
        raise UnknownWeasyPrint(weasyprint.__version__)
